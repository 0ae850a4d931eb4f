"""What is made after the first paint is there for whoever acts before: a key pressed as soon as the window is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.charts.view import ChartView
from app.forms.line_field import LineField
from app.help import Help
from app.panels.explain import ExplainPage
from app.panels.risk import RiskPage
from app.panels.solve import SolveDialog
from app.panels.start import StartPage
from app.runner import Runner
from app.session import load_engine
from app.settings import Settings
from app.window import Window
from models import value_at
from tests.app.acting import focus, press
from tests.app.conftest import Script

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PRICE = "operations.power_price_kwh"


@pytest.fixture
def fresh(qtbot: QtBot, themed: QApplication, settings: Settings, dialogs: Script) -> Window:
    """A window for a deal named on the command line: blank, never painted, no event handled."""
    assert themed.palette() is not None
    window = Window(settings, dialogs, Runner(load_engine), blank=True)
    qtbot.addWidget(window, before_close_func=lambda closed: closed.give_up())
    window.resize(1440, 900)
    return window


@pytest.fixture
def opened(fresh: Window) -> Window:
    """The window with a deal, just shown and not painted yet; what waits for the first paint is not there."""
    fresh.filing.open_template("austral")
    fresh.show()
    fresh.activateWindow()
    assert not unmade(fresh)
    return fresh


def unmade(window: Window) -> list[object]:
    """What there is of the parts that wait for the first paint."""
    return [each for kind in (RiskPage, ExplainPage, ChartView, StartPage) for each in window.findChildren(kind)]


def to_risk(window: Window) -> bool:
    """Alt+5 brings the risk tab to the front, whose button runs the simulation."""
    press(window, Qt.Key.Key_5, ALT)
    return window.desk.results.chosen() == "Risk" and window.risk.page.empty.run_button.isVisible()


def to_explain(window: Window) -> bool:
    """F1 brings the page to the front that explains."""
    press(window, Qt.Key.Key_F1)
    return window.desk.results.chosen() == "Explain"


def to_help(window: Window) -> bool:
    """Ctrl+F1 opens the guide."""
    press(window, Qt.Key.Key_F1, CONTROL)
    return bool(window.findChildren(Help))


def to_solve(window: Window) -> bool:
    """F9 opens the dialog that solves."""
    press(window, Qt.Key.Key_F9)
    return bool(window.findChildren(SolveDialog))


def to_start(window: Window) -> bool:
    """Ctrl+N shows the templates."""
    press(window, Qt.Key.Key_N, CONTROL)
    return window.start.isVisible()


@pytest.mark.parametrize("act", [to_risk, to_explain, to_help, to_solve, to_start])
def test_a_key_pressed_at_once_finds_what_it_is_for(
    opened: Window, qtbot: QtBot, act: Callable[[Window], bool]
) -> None:
    """Before the first paint each command works as it does later; then figures come, and everything is there once."""
    with qtbot.waitSignal(opened.live.shown, timeout=20_000):
        assert act(opened)
    assert opened.desk.rail.row("partner_irr").text
    for kind, count in ((RiskPage, 1), (ExplainPage, 1), (StartPage, int(act is to_start))):
        assert len(opened.findChildren(kind)) == count
    if act is to_explain:
        page = opened.desk.results.page(ExplainPage)
        qtbot.waitUntil(lambda: page.shown() is not None)


def test_what_is_typed_at_once_is_in_the_figures(opened: Window, qtbot: QtBot) -> None:
    """A field is gone to and typed into before anything was painted: the figures are of that, and the form tells its
    effect."""
    opened.desk.go_to(PRICE)
    field = focus()
    assert isinstance(field, LineField)
    QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
    with qtbot.waitSignal(opened.live.shown, timeout=20_000):
        QTest.keyClicks(field, "0.075")
    figures = opened.live.figures
    assert figures is not None
    assert value_at(figures.case.deal, PRICE) == 0.075
    qtbot.waitUntil(lambda: opened.desk.forms.page().effect() != "")


def test_a_deal_that_is_named_is_opened_without_a_start_page(opened: Window, qtbot: QtBot) -> None:
    """It is made when it is first looked at; by then all that shows and explains figures has been made, before them."""
    seen: list[list[object]] = []
    opened.live.shown.connect(lambda _figures: seen.append(unmade(opened)))
    qtbot.waitUntil(lambda: bool(seen))
    assert {RiskPage, ExplainPage, ChartView} == {type(each) for each in seen[0]}


def test_the_start_page_comes_where_the_named_deal_cannot_be_opened(
    fresh: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path
) -> None:
    """Why it cannot is told, and the window is not left blank."""
    dialogs.expect("tell")
    fresh.show()
    fresh.open_path(str(tmp_path / "gone.deal"))
    assert "gone.deal" in dialogs.told[0][1]
    qtbot.waitUntil(lambda: bool(fresh.findChildren(StartPage)) and fresh.start.isVisible())
    assert focus() is fresh.start.cards()[0]


def test_a_template_chosen_at_once_stays_chosen(
    qtbot: QtBot, themed: QApplication, settings: Settings, dialogs: Script
) -> None:
    """On the start page an arrow key before the first paint moves the focus, and what is made then leaves it there."""
    assert themed.palette() is not None
    window = Window(settings, dialogs, Runner(load_engine))
    qtbot.addWidget(window, before_close_func=lambda closed: closed.give_up())
    window.show()
    window.activateWindow()
    QTest.keyClick(window.start.cards()[0], Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(window.findChildren(RiskPage)))
    assert focus() is window.start.cards()[1]
