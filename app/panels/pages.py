"""The pages behind the tabs of the results after the first, in their order."""

from __future__ import annotations

from app.charts.of_deal import calls_chart
from app.charts.spec import Chart
from app.live import Figures
from app.panels.chart_page import ChartPage, Empty
from app.panels.compare import ComparePage
from app.panels.cover import TITLE, CoverPage, cover_of
from app.panels.explain import ExplainPage
from app.panels.results import ResultPage
from app.panels.risk import RiskPage
from app.panels.sensitivity import SensitivityPage
from app.panels.waterfall import WaterfallPage


def result_pages() -> tuple[ResultPage, ...]:
    """A fresh page for every tab but the first."""
    return (
        WaterfallPage(),
        CoverPage(),
        ChartPage("Support", "support", _support),
        RiskPage(),
        SensitivityPage(),
        ComparePage(),
        ExplainPage(),
    )


def partner_pages() -> tuple[ResultPage, ...]:
    """A fresh page for every tab but the first that a partner may see."""
    return (
        WaterfallPage(),
        ChartPage(TITLE, "cover", cover_of),
        ChartPage("Support", "support", _support),
        ExplainPage(),
    )


def _support(figures: Figures) -> Chart | Empty:
    calls = figures.glance.calls
    return calls_chart(calls) or Empty(f"{calls.title}.", "Go to the terms of support", "credit_support")
