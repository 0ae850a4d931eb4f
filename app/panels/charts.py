"""Which of several charts of a page is meant."""

from __future__ import annotations

from app.charts.view import ChartView


def copied(*views: ChartView) -> ChartView:
    """The chart with the focus, or else the first."""
    return next((view for view in views if view.hasFocus()), views[0])
