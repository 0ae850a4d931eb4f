"""Where the keyboard focus is: always somewhere, always seen, and back where it was after a dialog."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.panels.explain import ExplainPage
from app.stops import holds, stops
from app.theme import apply_theme, theme_of
from app.theme.apply import Mode
from app.window import Window
from models import sections
from tests.app.acting import focus, open_template, press
from tests.app.tour import lay_out

Key = Qt.Key
CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEAST = 30
"""Pixels of a ring, at least: one side of the smallest control."""


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    window.resize(1280, 800)
    open_template(window, qtbot)
    return window


def digit(number: int) -> Qt.Key:
    """The key of a figure."""
    return Key(Key.Key_0.value + number)


def test_sections_by_number_put_the_focus_into_the_form(desk: Window) -> None:
    """Ctrl with a figure goes to the first entry of that section, also from a form that goes out of sight."""
    for number, _section in enumerate(sections(), start=1):
        press(desk, digit(number), CONTROL)
        assert holds(desk.desk.forms.page(), focus())


def test_another_tab_keeps_the_focus_in_sight(desk: Window) -> None:
    """A tab chosen from within another leaves the focus among the results; from elsewhere it stays where it is."""
    results = desk.desk.results
    for number in range(1, len(results.titles()) + 1):
        press(desk, digit(number), ALT)
        assert focus() is desk.desk.sections
    page = results.page(ExplainPage)
    for number in (*range(1, len(results.titles()) + 1), 1):
        stop = next(stop for stop in reversed(stops(results)) if stop.isVisible() and stop.isEnabled())
        stop.setFocus()
        press(desk, digit(number), ALT)
        assert holds(results, focus())
        assert focus() is not page


def test_folding_and_following_keep_the_focus(desk: Window, qtbot: QtBot) -> None:
    """Folding the form away leaves the focus in sight, and so does following a link that goes with its page."""
    press(desk, Key.Key_8, CONTROL)
    press(desk, Key.Key_M, CONTROL)
    assert holds(desk.desk.results, focus())
    press(desk, Key.Key_M, CONTROL)
    with qtbot.waitSignal(desk.finding.explaining.shown, timeout=20_000):
        press(desk, Key.Key_8, ALT)
    page = desk.desk.results.page(ExplainPage)
    page.table.setFocus()
    with qtbot.waitSignal(desk.finding.explaining.shown, timeout=20_000):
        press(desk, Key.Key_Return)
    assert focus() is page.table
    lay_out()
    links = (each for each in stops(page) if isinstance(each, QPushButton) and each.isVisible())
    user = next(each for each in links if each.text() == page.users()[0].label)
    user.setFocus()
    with qtbot.waitSignal(desk.finding.explaining.shown, timeout=20_000):
        press(desk, Key.Key_Space)
    assert holds(page, focus())


def test_the_focus_comes_back_from_dialogs_and_from_the_partner_view(desk: Window, qtbot: QtBot) -> None:
    """Escape closes help and Solve, and the focus is where it was; the partner view begins at its sections."""
    press(desk, Key.Key_6, CONTROL)
    before = focus()
    for key in ((Key.Key_F1, CONTROL), (Key.Key_F9,)):
        press(desk, *key)
        qtbot.waitUntil(lambda: not desk.isActiveWindow())
        assert focus().window() is not desk
        QTest.keyClick(focus(), Key.Key_Escape)
        desk.activateWindow()  # which the window manager does
        qtbot.waitUntil(desk.isActiveWindow)
        assert focus() is before
    press(desk, Key.Key_P, CONTROL, SHIFT)
    shared = desk.partner.window
    assert shared is not None
    qtbot.waitUntil(shared.isActiveWindow)
    assert focus() is shared.desk.sections
    QTest.keyClick(focus(), Key.Key_P, CONTROL | SHIFT)
    qtbot.waitUntil(desk.isActiveWindow)
    assert focus() is before


def kinds(window: Window) -> Iterator[QWidget]:
    """One of each kind of control that the Tab key comes to in the window, in sight while it is asked for."""
    seen: set[tuple[str, object]] = set()
    for section, title in zip(sections(), (*window.desk.results.titles(), "Cash flow"), strict=True):
        window.desk.sections.choose(section.key)
        window.desk.results.choose(title)
        for stop in stops(window):
            kind = (type(stop).__name__, stop.property("look"))
            empty = isinstance(stop, QAbstractItemView) and not stop.model().rowCount()
            if kind not in seen and not empty and stop.isVisible() and stop.isEnabled() and not stop.size().isEmpty():
                seen.add(kind)
                yield stop


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_kind_of_control_shows_that_it_has_the_focus(desk: Window, qapp: QApplication, mode: Mode) -> None:
    """With the focus on it there is a line that is not there without: of the accent, or of the text on the accent."""
    theme = apply_theme(qapp, mode)
    ringless = []
    for stop in kinds(desk):
        pictures = []
        for holder in (desk.desk.sections if stop is not desk.desk.sections else desk.desk.rail.cash, stop):
            holder.setFocus(Qt.FocusReason.TabFocusReason)
            pictures.append(grabbed(stop))
        rings = [[pixels(picture, colour) for picture in pictures] for colour in (theme.focus, theme.text)]
        if all(within < without + LEAST for without, within in rings):
            ringless.append(f"{type(stop).__name__} {stop.accessibleName()}: {rings}")
    assert ringless == []
    assert theme_of() is theme


def grabbed(stop: QWidget) -> QImage:
    """A control as it is seen, with what stands close around it."""
    window = stop.window()
    area = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size()).adjusted(-4, -4, 4, 4)
    return window.grab(area).toImage()


def pixels(picture: QImage, colour: QColor) -> int:
    """Pixels of a colour in a picture."""
    points = np.frombuffer(picture.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32)
    return int((points == np.uint32(colour.rgb())).sum())
