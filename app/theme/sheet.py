"""The one style sheet of the program, written from the theme.

Fonts are set on widgets, not here; a weight is where the widget is made by Qt, or its words come and go.
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from app.theme.fonts import px
from app.theme.tokens import ROLES, Theme
from models import resource

_SHEET = """
QMainWindow, QDialog, QMessageBox { background: $window; }
QMessageBox QLabel#qt_msgbox_label { font-weight: 600; }
QWidget[look="window"] { background: $window; }
QWidget[look="pane"] { background: $base; }
QWidget[look="card"] { background: $base; border: 1px solid $line; border-radius: ${p6}px; }
QWidget[look="card"]:hover { border-color: $control; }
QWidget[look="card"]:focus { border: 2px solid $focus; }
QWidget[look="note"] { background: $window; border-radius: ${p4}px; }
QWidget[look="stale"] { background: $warning_bg; border-radius: ${p4}px; }
QWidget[look="wrong"] { background: $negative_bg; border-radius: ${p4}px; }
QWidget[look="band"] { background: $band; }
QWidget[look="rule"] { background: $line; border: none; }
QWidget[look="head-rule"] { background: $control; border: none; }
QLabel[look="secondary"] { color: $text2; }
QLabel[look="none-yet"] { color: $text2; font-weight: 400; }
QLabel[look="placeholder"] { color: $placeholder; }
QLabel[look="positive"] { color: $positive; }
QLabel[look="negative"] { color: $negative; }
QLabel[look="warning"] { color: $warning; }
QLabel[look="on-band"] { color: $on_band; }
QWidget[look="tag-internal"] { background: $internal_bg; border-radius: ${p4}px; }
QWidget[look="internal-band"] { background: $internal_bg; }
QLabel[look="internal"] { color: $internal; }

QPushButton {
  color: $text; background: $button; border: 1px solid $control; border-radius: ${p4}px;
  padding: 0 ${p12}px; min-height: ${p28}px;
}
QPushButton:hover { background: $alternate; }
QPushButton:pressed, QPushButton:open { background: $mid; }
QPushButton:disabled { color: $disabled; border-color: $mid; }
QPushButton:focus { border: 2px solid $focus; padding: 0 ${p11}px; min-height: ${p26}px; }
QPushButton:default { color: $on_accent; background: $accent; border-color: $accent; }
QPushButton[look="primary"] { color: $on_accent; background: $accent; border-color: $accent; }
QPushButton[look="primary"]:focus, QPushButton:default:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled, QPushButton:default:disabled {
  color: $disabled; background: $mid; border-color: $mid;
}
QPushButton[look="link"] {
  color: $link; background: transparent; border: 2px solid transparent; padding: 0 ${p4}px; min-height: ${p24}px;
}
QPushButton[look="link"][inline="true"] { padding: 0 ${p3}px; min-height: ${p16}px; }
QPushButton[look="link"][flush="true"] { padding: 0; text-align: left; }
QPushButton[look="link"]:hover { background: $sel; }
QPushButton[look="link"]:pressed { background: $mid; }
QPushButton[look="link"]:disabled { color: $disabled; }
QPushButton[look="link"]:focus { border-color: $focus; }
QPushButton[look="link"]::menu-indicator, QPushButton[look="chosen"]::menu-indicator { image: none; width: 0; }
QPushButton[look="chosen"], QPushButton[look="held"] {
  color: $seltext; background: $sel; border: 1px solid $accent; padding: 0 ${p12}px; min-height: ${p28}px;
}
QPushButton[look="held"] { border-color: $line; }
QPushButton[look="chosen"]:focus, QPushButton[look="held"]:focus {
  border: 2px solid $focus; padding: 0 ${p11}px; min-height: ${p26}px;
}
QPushButton[look="on-band"] { color: $on_band; background: transparent; border-color: $on_band; }
QPushButton[look="on-band"]:focus { border: 2px solid $on_band; }

QToolButton {
  color: $text; background: transparent; border: 2px solid transparent; border-radius: ${p4}px; padding: ${p4}px;
}
QToolButton:hover { background: $mid; }
QToolButton:pressed, QToolButton:checked { background: $sel; color: $seltext; }
QToolButton:disabled { color: $disabled; }
QToolButton:focus { border-color: $focus; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit {
  color: $input; background: $inputbg; border: 1px solid $control; border-radius: ${p4}px;
  padding: 0 ${p9}px; min-height: ${p26}px; selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $placeholder;
}
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $focus; padding: 0 ${p8}px; min-height: ${p24}px; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: $disabled; background: $window; border-color: $mid; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { color: $text; background: $base; border-color: $line; }
QLineEdit[idle="true"] { color: $text2; background: $window; border-color: $mid; }
QLineEdit[idle="true"]:focus { border-color: $focus; }
QLineEdit[wrong="true"] {
  color: $text; background: $negative_bg; border: 2px solid $negative; padding: 0 ${p8}px; min-height: ${p24}px;
}
QLineEdit[look="cell"], QLineEdit[look="cell"]:focus {
  border: none; border-radius: 0; background: $inputbg; padding: 0; min-height: 0;
}
QLineEdit[look="cell"][wrong="true"] { background: $negative_bg; }

QComboBox {
  color: $text; background: $button; border: 1px solid $control; border-radius: ${p4}px;
  padding: 0 ${p8}px; min-height: ${p26}px;
}
QComboBox:hover { background: $alternate; }
QComboBox[look="input"] { color: $input; background: $inputbg; }
QComboBox[idle="true"] { color: $text2; background: $window; border-color: $mid; }
QComboBox:focus { border: 2px solid $focus; padding: 0 ${p7}px; min-height: ${p24}px; }
QComboBox[wrong="true"], QComboBox[wrong="true"]:focus {
  color: $text; background: $negative_bg; border: 2px solid $negative; padding: 0 ${p7}px; min-height: ${p24}px;
}
QComboBox:disabled { color: $disabled; border-color: $mid; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: url("$chevron"); width: ${p14}px; height: ${p14}px; }
QComboBox::down-arrow:disabled { image: url("$chevron_disabled"); }
QComboBox QAbstractItemView {
  color: $text; background: $base; border: 1px solid $control; padding: ${p4}px; outline: none;
  selection-background-color: $sel; selection-color: $seltext;
}
QComboBox QAbstractItemView::item { min-height: ${p26}px; padding: 0 ${p6}px; border: none; }
QComboBox QAbstractItemView::item:selected { background: $sel; color: $seltext; }

QCheckBox { color: $text; spacing: ${p8}px; border: 2px solid transparent; border-radius: ${p4}px; }
QCheckBox::indicator {
  width: ${p14}px; height: ${p14}px; border: 1px solid $control; border-radius: ${p3}px; background: $inputbg;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check_on"); }
QCheckBox[idle="true"] { color: $text2; }
QCheckBox[idle="true"]::indicator { background: $window; border-color: $mid; }
QCheckBox:focus { border-color: $focus; }
QCheckBox:disabled { color: $disabled; }
QCheckBox::indicator:disabled { background: $window; border-color: $mid; }

QTabBar { background: transparent; }
QTabBar::tab {
  color: $text2; background: transparent; border: 2px solid transparent; padding: ${p7}px ${p11}px ${p8}px ${p11}px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { border: 2px solid $focus; }
QTabBar::tab:disabled { color: $disabled; }
QTabBar::scroller { width: ${p24}px; }
QTabBar QToolButton { background: $base; border: none; padding: 0; }
QTabBar QToolButton::left-arrow { image: url("$left"); }
QTabBar QToolButton::left-arrow:disabled { image: url("$left_disabled"); }
QTabBar QToolButton::right-arrow { image: url("$right"); }
QTabBar QToolButton::right-arrow:disabled { image: url("$right_disabled"); }
QTabBar::tear { width: 0; image: none; }

QMenuBar { color: $text; background: $window; padding: 0 ${p8}px; }
QMenuBar::item { background: transparent; padding: ${p6}px ${p10}px; border-radius: ${p4}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $sel; color: $seltext; }
QMenuBar::item:disabled { color: $disabled; }
QMenu { color: $text; background: $base; border: 1px solid $control; padding: ${p4}px; }
QMenu::item { padding: ${p5}px ${p24}px ${p5}px ${p12}px; border-radius: ${p3}px; }
QMenu::item:selected { background: $sel; color: $seltext; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${p8}px; }
QMenu::indicator { width: ${p14}px; height: ${p14}px; padding-left: ${p6}px; }
QMenu::indicator:checked { image: url("$check"); }
QMenu::right-arrow { image: url("$right"); width: ${p14}px; height: ${p14}px; }
QMenu::right-arrow:disabled { image: url("$right_disabled"); }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p4}px; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $line; padding: ${p7}px; spacing: ${p6}px; }
QToolBar::separator { background: $line; width: 1px; margin: ${p4}px ${p8}px; }
QStatusBar { color: $text2; background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $control; }

QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $mid; border-radius: ${p3}px; }
QScrollBar::handle:vertical { min-height: ${p28}px; margin: ${p2}px; }
QScrollBar::handle:horizontal { min-width: ${p28}px; margin: ${p2}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTableView, QListView {
  color: $text; background: $base; border: none; outline: none; gridline-color: $line;
  selection-background-color: $sel; selection-color: $seltext;
}
QListView[look="sections"] { background: $window; }
QTableView[look="pinned"] { border-left: 1px solid $control; }
QTableView::item { padding: ${p5}px; border: none; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $sel; color: $seltext; }
QTableView::item:focus { border: 2px solid $focus; padding: ${p3}px; }
QListView[look="list"] { border: 2px solid transparent; }
QListView[look="list"]:focus { border-color: $focus; }
QTableView::indicator {
  width: ${p14}px; height: ${p14}px; border: 1px solid $control; border-radius: ${p3}px; background: $inputbg;
}
QTableView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$check_on");
}
QTextBrowser { color: $text; background: $base; border: 1px solid $line; border-radius: ${p4}px; }
QTextBrowser:focus { border: 1px solid $focus; }
QListWidget { padding: ${p4}px 0; }
QListWidget::item { padding: ${p3}px ${p6}px; }
QListWidget::item:selected { background: $sel; color: $seltext; }
QHeaderView { background: $base; border: none; }
QHeaderView::section {
  color: $text2; background: $base; border: none; border-bottom: 1px solid $control; padding: ${p5}px ${p8}px;
}
QTableCornerButton::section { background: $base; border: none; border-bottom: 1px solid $control; }
QProgressBar { background: $mid; border: none; border-radius: ${p3}px; max-height: ${p6}px; min-height: ${p6}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
QToolTip { color: $on_tooltip; background: $tooltip; border: none; padding: ${p6}px ${p8}px; }
"""


class _Values(dict[str, str]):
    """Looks a name of the sheet up: `p12` is a length of the design, everything else a colour or a picture."""

    def __init__(self, named: dict[str, str], length: Callable[[float], int]) -> None:
        super().__init__(named)
        self._length = length

    def __missing__(self, name: str) -> str:
        return str(self._length(int(name.removeprefix("p"))))


def style_sheet(theme: Theme) -> str:
    """The sheet in the theme's colours, with lengths that follow the application font."""
    named = {role: theme.colour(role).name() for role in ROLES}
    for key, picture in (
        ("chevron", "chevron-down"),
        ("chevron_disabled", "chevron-down-disabled"),
        ("left", "chevron-left"),
        ("left_disabled", "chevron-left-disabled"),
        ("right", "chevron-right"),
        ("right_disabled", "chevron-right-disabled"),
        ("check", "check"),
        ("check_on", "check-on"),
    ):
        named[key] = resource("icons", theme.name, f"{picture}.svg").as_posix()
    return Template(_SHEET).substitute(_Values(named, px))
