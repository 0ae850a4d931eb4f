"""The tabs of the results, in their order."""

from __future__ import annotations

from app.charts.of_deal import calls_chart, cover_chart
from app.charts.spec import Chart
from app.live import Figures
from app.panels.cash_flow import CashFlowPage
from app.panels.chart_page import ChartPage, Empty
from app.panels.compare import ComparePage
from app.panels.explain import ExplainPage
from app.panels.results import ResultPage
from app.panels.risk import RiskPage
from app.panels.sensitivity import SensitivityPage
from app.panels.waterfall import WaterfallPage


def result_pages() -> tuple[ResultPage, ...]:
    """A fresh page for every tab."""
    return (
        CashFlowPage(),
        WaterfallPage(),
        ChartPage("Debt && cover", "cover", _cover),
        ChartPage("Support", "support", _support),
        RiskPage(),
        SensitivityPage(),
        ComparePage(),
        ExplainPage(),
    )


def partner_pages() -> tuple[ResultPage, ...]:
    """A fresh page for every tab that a partner may see."""
    return (
        CashFlowPage(),
        WaterfallPage(),
        ChartPage("Debt && cover", "cover", _cover),
        ChartPage("Support", "support", _support),
        ExplainPage(),
    )


def _cover(figures: Figures) -> Chart | Empty:
    cover = figures.glance.cover
    return cover_chart(cover) or Empty(cover.subtitle, "Go to the terms of the debt", "senior_debt.sizing")


def _support(figures: Figures) -> Chart | Empty:
    calls = figures.glance.calls
    return calls_chart(calls) or Empty(f"{calls.title}.", "Go to the terms of support", "credit_support")
