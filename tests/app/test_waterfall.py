"""The waterfall tab: cash by year, sources and uses."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

import models
from app.charts.kinds import Piles
from app.charts.spec import Chart
from app.panels.waterfall import WaterfallPage
from app.window import Window
from tests.app.acting import open_template, type_into


def page_of(window: Window) -> WaterfallPage:
    """The page, brought to the front."""
    window.desk.results.choose("Waterfall")
    return next(iter(window.findChildren(WaterfallPage)))


def test_the_tab_shows_the_cash_of_the_case(window: Window, qtbot: QtBot) -> None:
    """Both charts show what the models make of the case in sight, and follow an edit."""
    open_template(window, qtbot)
    page = page_of(window)
    cash, funding = page.cash.chart(), page.funding.chart()
    assert isinstance(cash, Chart)
    assert isinstance(funding, Piles)
    figures = window.live.figures
    assert figures is not None
    expected = models.cash_waterfall(figures.case)
    assert [series.values for series in cash.series()] == [part.values for part in expected.parts]
    assert [pile.total for pile in funding.piles] == [models.sources_and_uses(figures.case).total] * 2
    with qtbot.waitSignal(window.live.shown):
        type_into(window, qtbot, "senior_debt.margin", "400")
    assert page.cash.chart() != cash


def test_the_chart_with_the_focus_is_copied(window: Window, qtbot: QtBot) -> None:
    """Copying takes the cash unless sources and uses have the focus."""
    open_template(window, qtbot)
    page = page_of(window)
    window.actions_["copy_numbers"].trigger()
    assert "Cloud revenue" in QGuiApplication.clipboard().text().splitlines()[0]
    page.funding.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(page.funding.hasFocus)
    window.actions_["copy_numbers"].trigger()
    assert "Senior debt" in QGuiApplication.clipboard().text()
    window.actions_["copy_picture"].trigger()
    assert QGuiApplication.clipboard().image().size() == page.funding.size() * 2


def test_no_two_parts_of_a_side_look_alike(window: Window, qtbot: QtBot) -> None:
    """Parts that stand on one another differ in colour or in hatching, so that neither is told by colour alone."""
    open_template(window, qtbot, "austral-stress")
    chart = page_of(window).cash.chart()
    assert isinstance(chart, Chart)
    looks = [(series.colour, series.hatched) for series in chart.series()]
    assert len(set(looks)) == len(looks)
