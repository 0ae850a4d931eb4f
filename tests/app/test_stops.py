"""The way of the Tab key through the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.panels.cash_flow import CashFlowPage
from app.panels.chart_page import ChartPage
from app.stops import first_stop, holds
from app.window import Window
from models import Problem, sections
from tests.app.acting import focus, open_template, press

MOST = 200


def way(window: Window, key: Qt.Key) -> list[str]:
    """The panes that a key goes through from the section list until it comes back there."""
    panes = {"forms": window.desk.forms, "results": window.desk.results, "rail": window.desk.rail}
    window.desk.sections.setFocus()
    seen: list[str] = []
    for _ in range(MOST):
        QTest.keyClick(focus(), key)
        if focus() is window.desk.sections:
            return seen
        seen += [name for name, pane in panes.items() if holds(pane, focus()) and seen[-1:] != [name]]
    pytest.fail(f"{key} does not come back: {seen}")


def test_tab_goes_through_the_panes_as_f6_does(window: Window, qtbot: QtBot) -> None:
    """Sections, form, results, rail and back, for every form, though forms and problems are made late."""
    open_template(window, qtbot)
    for section in sections():
        window.desk.sections.choose(section.key)
        window.desk.rail.show_problems([Problem(section.paths[0], "Something is wrong")])
        assert way(window, Qt.Key.Key_Tab) == ["forms", "results", "rail"], section.key
    assert way(window, Qt.Key.Key_Backtab) == ["rail", "results", "forms"]


def test_f6_and_tab_meet_at_the_first_stop_of_a_pane(window: Window, qtbot: QtBot) -> None:
    """From the section list both go to the same place in the form."""
    open_template(window, qtbot)
    window.desk.sections.choose(sections()[5].key)
    window.desk.sections.setFocus()
    press(window, Qt.Key.Key_F6)
    by_f6 = focus()
    assert by_f6 is first_stop(window.desk.forms)
    window.desk.sections.setFocus()
    QTest.keyClick(window.desk.sections, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is by_f6


def test_all_years_are_in_sight_in_a_small_window(window: Window, qtbot: QtBot) -> None:
    """At 1280 by 800 the yearly cash flow of a deal of seven calendar years, with its total, needs no scrolling."""
    window.resize(1280, 800)
    open_template(window, qtbot)
    view = window.desk.results.page(CashFlowPage).table().view
    assert view.model().columnCount() == 8
    assert view.horizontalScrollBar().maximum() == 0


def test_without_debt_there_is_a_sentence_and_a_way_to_the_terms(window: Window, qtbot: QtBot) -> None:
    """A deal without debt has no cover to draw: a sentence says so, and its button leads to the Debt section."""
    open_template(window, qtbot)
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        window.document.edit("senior_debt.advance_rate", 0.0, "No debt", "")
    window.desk.results.choose("Debt && cover")
    (page,) = (page for page in window.desk.results.findChildren(ChartPage) if page.title == "Debt && cover")
    assert not page.has_picture
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert shown == ["There is no senior debt, and so no cover to show."]
    (button,) = (button for button in page.findChildren(QPushButton) if button.isVisible())
    button.click()
    assert window.desk.sections.chosen_key() == "debt"
    assert holds(window.desk.forms, focus())
