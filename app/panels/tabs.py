"""Which tabs the results have, for oneself and for a partner; what is behind them is loaded once it is needed."""

from __future__ import annotations

from collections.abc import Sequence

from app.panels.cash_flow import CashFlowPage
from app.panels.results import ResultPage, Tabs


def _results() -> Sequence[ResultPage]:
    from app.panels.pages import result_pages  # noqa: PLC0415 - charts and studies wait until the window is painted

    return result_pages()


def _partner() -> Sequence[ResultPage]:
    from app.panels.pages import partner_pages  # noqa: PLC0415 - charts wait until the window is painted

    return partner_pages()


RESULTS = Tabs(
    (
        CashFlowPage.title, "Waterfall", "Debt && cover", "Support", "Risk", "Sensitivity", "Compare", "Explain",
    ),
    CashFlowPage,
    _results,
)  # fmt: skip
PARTNER = Tabs((CashFlowPage.title, "Waterfall", "Debt && cover", "Support", "Explain"), CashFlowPage, _partner)
