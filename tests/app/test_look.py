"""How the window looks as a whole: icons, figures, and the theme of the system."""

import os
import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.panels.cash_flow import CashFlowPage
from app.theme import DARK, LIGHT, Theme, apply_theme, pixmap, px, theme_of
from app.window import Window
from tests.app.acting import open_template
from tests.architecture.sources import ROOT

Iconed = QAction | QAbstractButton | QLabel


def iconed(window: Window) -> list[Iconed]:
    """Everything in a window that shows an icon: commands of menus, those of charts and tables too, buttons, labels."""
    menus = [window.desk.rail.cash.copy_menu()]
    shown: list[Iconed] = [*window.findChildren(QAction), *(action for menu in menus for action in menu.actions())]
    shown += [*window.findChildren(QAbstractButton), *window.findChildren(QLabel)]
    for menu in menus:
        menu.deleteLater()
    return [each for each in shown if each.property("icon_role")]


def wrong_icons(window: Window, theme: Theme, scale: float) -> list[str]:
    """The icons not drawn for a scale of the screen in the colours of a theme, while they can be used and while not."""
    wrong = []
    faint = QColor(theme.disabled)
    faint.setAlphaF(0.55)
    for each in iconed(window):
        name, role, size = str(each.property("icon_role")).split()
        side = px(int(size))
        for mode, colour in ((QIcon.Mode.Normal, theme.colour(role)), (QIcon.Mode.Disabled, faint)):
            wanted = pixmap(name, colour, side, scale).toImage()
            if isinstance(each, QLabel):
                found = each.pixmap() if mode == QIcon.Mode.Normal else pixmap(name, colour, side, scale)
            else:
                gap = px(4) if isinstance(each, QPushButton) else 0  # at its right
                found = each.icon().pixmap(QSize(side + gap, side), scale, mode)
            drawn = found.toImage().copy(wanted.rect())
            if drawn.convertedTo(wanted.format()) != wanted:
                wrong.append(f"{name} of {type(each).__name__} {mode.name}")
    return wrong


def marks(menu: QMenu) -> dict[str, QImage]:
    """The tick and the arrow that a menu draws beside its entries."""
    menu.resize(menu.sizeHint())
    picture, scale = menu.grab().toImage(), menu.devicePixelRatioF()
    found = {}
    for action in menu.actions():
        place = menu.actionGeometry(action)
        left = QRect(place.left(), place.top(), px(22), place.height())
        right = QRect(place.right() - px(24), place.top(), px(24), place.height())
        part = left if action.isChecked() else right if action.menu() is not None else None
        if part is not None:
            cut = QRect((part.topLeft().toPointF() * scale).toPoint(), part.size() * scale)
            found[action.text()] = picture.copy(cut)
    return found


def far_from(ink: QColor, image: QImage) -> int:
    """How far the pixel of an image that is nearest to an ink is from it, 0 to 765; thin strokes are blended."""
    seen = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return min(abs(c.red() - ink.red()) + abs(c.green() - ink.green()) + abs(c.blue() - ink.blue()) for c in seen)


def test_icons_and_marks_of_menus_follow_the_theme(window: Window, qtbot: QtBot, qapp: QApplication) -> None:
    """Every icon of a command, button or label, usable or not, and tick and arrow of a menu are tinted from the theme,
    and drawn anew when that changes while the window is open. None has an icon that would stay as it is."""
    open_template(window, qtbot)
    window.finding  # noqa: B018 - made at once, with all of its icons
    shown = iconed(window)
    assert len(shown) > 60
    others = [each for each in window.findChildren(QAction) if not each.icon().isNull() and each not in shown]
    assert others == []
    for mode, theme in (("dark", DARK), ("light", LIGHT), ("dark", DARK)):
        next(each for each in window.actions_.menu("View").actions() if each.data() == mode).trigger()
        assert theme_of() is theme
        assert wrong_icons(window, theme, 1.0) == []
        found = marks(window.actions_.menu("View")) | marks(window.actions_.menu("File"))
        tick, arrow = found.values()
        assert far_from(theme.text, tick) < 100 < abs(theme.text.red() - theme.base.red()) * 3
        assert far_from(theme.text2, arrow) < 100 < abs(theme.text2.red() - theme.base.red()) * 3
    apply_theme(qapp, "light")


CRISP = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.dialogs import QtDialogs
from app.runner import Runner
from app.settings import Settings
from app.theme import DARK, LIGHT, apply_theme
from app.window import Window
from tests.app.test_look import marks, wrong_icons

app = QApplication([])
apply_theme(app, "light")
window = Window(Settings(Path(sys.argv[1])), QtDialogs(), Runner())
window.show()
for mode, theme in (("light", LIGHT), ("dark", DARK)):
    apply_theme(app, mode)
    print(window.devicePixelRatioF(), wrong_icons(window, theme, 2.0))
    for words, image in (marks(window.actions_.menu("View")) | marks(window.actions_.menu("File"))).items():
        halved = image.scaled(image.size() / 2)
        print(words, "is drawn for the screen" if halved.scaled(image.size()) != image else "is blown up")
window.give_up()
"""


def test_icons_are_crisp_on_a_screen_of_twice_the_pixels(tmp_path: Path) -> None:
    """There every icon, and tick and arrow of menus, have all of the pixels that the screen shows, in both themes."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CRISP, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    drawn = ["2.0 []", "Theme of the &system is drawn for the screen", "Open &recent is drawn for the screen"]
    assert done.stdout.splitlines() == drawn * 2, done.stderr
    assert done.returncode == 0


def inked_to(image: QImage, place: QRect) -> int | None:
    """How far to the right something is drawn in a cell, as the distance from its right edge; None where nothing is."""
    cell = image.copy(place.adjusted(1, 1, -2, -2))  # without rules and the ring of focus
    ground = cell.pixelColor(0, 0)
    drawn = [
        x for x in range(cell.width()) for y in range(cell.height())
        if abs(cell.pixelColor(x, y).lightness() - ground.lightness()) > 60
    ]  # fmt: skip
    return cell.width() - max(drawn) if drawn else None


def test_figures_of_a_table_stand_under_one_another(window: Window, qtbot: QtBot) -> None:
    """They and their heads end at one edge, with groups of thousands, brackets below zero, an en dash for zero and no
    unit: units are in the labels."""
    window.resize(1440, 900)
    open_template(window, qtbot)
    view: QTableView = window.desk.results.page(CashFlowPage).table().view
    model, picture = view.model(), view.viewport().grab().toImage()
    seen = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    texts = {str(index.data() or "") for index in seen}
    number = r"\d{1,3}(,\d{3})*(\.\d+)?"
    assert [text for text in texts if not re.fullmatch(rf"|–|∞|{number}|\({number}\)", text)] == []
    assert any(text.startswith("(") for text in texts)
    assert any("," in text for text in texts)
    places = [view.visualRect(index) for index in seen if index.data() and index.column() < model.columnCount() - 1]
    ends = [inked_to(picture, place) for place in places if view.viewport().rect().contains(place)]
    heads = view.horizontalHeader()
    head = heads.viewport().grab().toImage()
    columns = range(model.columnCount() - 1)
    spots = [QRect(heads.sectionViewportPosition(at), 0, heads.sectionSize(at), heads.height() - 2) for at in columns]
    ends += [inked_to(head, spot) for spot in spots]
    assert len(ends) > 50
    told = [end for end in ends if end is not None]
    assert len(told) == len(ends)
    assert max(told) - min(told) <= 2  # what letters leave free beside them


def test_the_theme_of_the_system_is_followed_while_it_is_chosen(window: Window, qapp: QApplication) -> None:
    """When the desktop turns dark the window does so at once; not where a theme of the user's own is chosen."""
    modes = {each.data(): each for each in window.actions_.menu("View").actions() if each.data()}
    before = qapp.property("system_is_dark")
    hints = QGuiApplication.styleHints()
    try:
        for mode, expected in (("system", DARK), ("light", LIGHT)):
            qapp.setProperty("system_is_dark", False)
            modes[mode].trigger()
            assert theme_of() is LIGHT
            qapp.setProperty("system_is_dark", True)  # here no desktop says so itself
            hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
            assert theme_of() is expected
            assert window.palette().window().color() == expected.window
    finally:
        qapp.setProperty("system_is_dark", before)
        apply_theme(qapp, "light")
