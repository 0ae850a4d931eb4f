"""Why a key figure moved from one state to another, what differs, and any number of states side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.charts.of_study import bridge_chart
from app.charts.view import ChartView
from app.live import Figures
from app.panels.movers import Movers
from app.panels.study_bar import StudyBar
from app.panels.study_rows import difference_rows, state_field_rows, state_rows
from app.places import FigurePlace
from app.tables.plain import PlainTable
from app.theme import Flow, internal_tag, label, link, px, rule, set_look, together, verbatim

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import BridgePicture, FigureInfo, StatesPicture

FILE = "file…"
"""The key of the entry that asks for a file."""


@dataclass(frozen=True)
class State:
    """A state of the deal by its key, such as `saved`, `base` or `scenario Stress`, and what it is called."""

    key: str
    name: str


class ComparePage(QWidget):
    """Emits what is wanted by keys of states; the routes know the deals behind them."""

    title = "Compare"
    bridge_wished = Signal(str, str, str)  # key figure, key of the state before, key of the state after
    states_wished = Signal(object)  # keys of states, the first is compared with
    refresh_wished = Signal()
    file_wished = Signal(bool)  # a file is to be chosen; True for the state after
    stop_wished = Signal()
    field_wished = Signal(str)
    scenario_wished = Signal()
    sensitivity_wished = Signal(str)  # key figure

    def __init__(self) -> None:
        super().__init__()
        self._states: tuple[State, ...] = ()
        self._chosen: list[str] = []
        self._shown: BridgePicture | None = None
        self._names: tuple[str, str] = ("", "")
        self._ends: tuple[str, str] = ("saved", "base")
        self.figure = _box("Key figure")
        self.before = _box("From")
        self.after = _box("To")
        self._secret: frozenset[str] = frozenset()
        self._internal = internal_tag()
        self._internal.hide()
        self.bar = StudyBar()
        self.chart = ChartView("Bridge", QSize(px(300), px(280)))
        self.nothing = label("", "body", "secondary", wrap=True)
        self.rule = label("", "small", "secondary", wrap=True)
        self.differences = PlainTable("What differs", grows=True)
        self.movers = Movers()
        self.pick = QPushButton("States")
        self.menu = QMenu(self.pick)
        self.figures = PlainTable("Key figures side by side", grows=True)
        self.fields = PlainTable("Fields side by side", grows=True)
        self._first = QWidget()
        self._build()

    def _build(self) -> None:
        body = QWidget()
        set_look(body, "pane")
        column = QVBoxLayout(body)
        column.setContentsMargins(px(18), px(8), px(12), px(12))
        column.setSpacing(px(8))
        column.addLayout(self._bridge_head())
        column.addWidget(self.chart)
        column.addWidget(self.nothing)
        column.addWidget(self.rule)
        column.addWidget(self.differences)
        column.addWidget(self.movers)
        column.addSpacing(px(4))
        column.addWidget(rule())
        column.addLayout(self._states_head())
        column.addWidget(self._no_scenario())
        column.addWidget(self.figures)
        column.addWidget(self.fields)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        for box in (self.figure, self.before, self.after):
            box.activated.connect(lambda _at: self._want_bridge())
        self.bar.stop_wished.connect(self.stop_wished)
        self.bar.again_wished.connect(self._want_bridge)
        self.differences.opened.connect(self.field_wished.emit)
        self.fields.opened.connect(self.field_wished.emit)
        self.movers.more.clicked.connect(lambda: self.sensitivity_wished.emit(str(self.figure.currentData())))
        self.chart.setMinimumHeight(px(280))

    def _bridge_head(self) -> Flow:
        row = Flow()
        for part in (
            label("Why did it move?", "panel"),
            self.figure,
            together(label("from", "small", "secondary"), self.before, gap=6),
            together(label("to", "small", "secondary"), self.after, gap=6),
            self._internal,
            self.bar,
        ):
            row.addWidget(part)
        return row

    def _states_head(self) -> QHBoxLayout:
        self.pick.setMenu(self.menu)
        self.pick.setAccessibleName("States side by side")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(label("Side by side", "panel"))
        row.addWidget(self.pick)
        row.addStretch(1)
        return row

    def _no_scenario(self) -> QWidget:
        words = "No scenario yet. A scenario changes some fields and keeps the rest."
        new = link("New scenario", "plus")
        new.clicked.connect(self.scenario_wished)
        rows = QVBoxLayout(self._first)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(px(2))
        rows.addWidget(label(words, "body", "secondary", wrap=True))
        rows.addWidget(new)
        return self._first

    # what is shown

    def show_figures(self, _figures: Figures) -> None:
        """The deal has changed, or the page has come into sight."""
        self.refresh_wished.emit()

    def offer(self, states: Sequence[State], figures: Sequence[FigureInfo], before: str, after: str) -> None:
        """Offer these states and key figures; what was chosen stays while both ends are among them, also under another
        name; else the way leads from `before` to `after`."""
        self._secret = frozenset(figure.name for figure in figures if figure.internal)
        if self.figure.count() == 0:
            for figure in figures:
                if figure.unit != "1 or 0":
                    self.figure.addItem(figure.label + (" (internal)" if figure.internal else ""), figure.name)
            self.figure.setCurrentIndex(max(0, self.figure.findData("partner_irr")))
        if tuple(states) != self._states:
            named = _renamed(self._states, states)
            fresh = {state.key for state in states} - {state.key for state in self._states} - {*named.values()}
            self._states = tuple(states)
            boxes = (self.before, self.after)
            ends = [named.get(key, key) for key in (str(box.currentData() or "") for box in boxes)]
            if not {*ends} <= {FILE, *(state.key for state in states)}:
                ends = [before, after]  # of a way with one end there is nothing to tell
            for box, end in zip(boxes, ends, strict=True):
                box.clear()
                for state in states:
                    box.addItem(state.name, state.key)
                box.addItem("A file…", FILE)
                box.setCurrentIndex(box.findData(end))
            kept = [named.get(key, key) for key in self._chosen]
            alone = not any(state.key.startswith("scenario ") for state in states)
            usual_states = [s.key for s in states if s.key in fresh and (alone or s.key != "saved")]
            self._chosen = [s.key for s in states if s.key in {*kept, *usual_states}]
            self._fill_menu()
        self._first.setVisible(not any(state.key.startswith("scenario ") for state in states))
        self._want_bridge()
        self._want_states()

    def choose_end(self, key: str, *, after: bool) -> None:
        """Ask for the way from or to another state, by its key."""
        box = self.after if after else self.before
        box.setCurrentIndex(box.findData(key))
        self._want_bridge()

    def choose_states(self, keys: Sequence[str]) -> None:
        """Put these states side by side."""
        self._chosen = [state.key for state in self._states if state.key in keys]
        self._fill_menu()
        self._want_states()

    def show_progress(self, done: float) -> None:
        """The bridge is being computed."""
        self.bar.show_progress(done)

    def show_stale(self) -> None:
        """What is shown is of the deal as it was."""
        if self._shown is not None:
            self.chart.show_chart(bridge_chart(self._shown, self._names), stale=True)
            self.bar.say("Stale", stale=True)
        else:
            self.bar.say("")

    def show_stopped(self) -> None:
        """The computation was stopped."""
        self.show_stale()
        self.bar.say("Stopped", stale=True, again=True)

    def show_bridge(self, found: BridgePicture) -> None:
        """Show a bridge and every field that differs."""
        self._shown = found
        self._names = (self.before.currentText(), self.after.currentText())
        self.bar.say("")
        self.nothing.setVisible(not found.rows)
        self.nothing.setText("" if found.rows else f"{found.title}.")
        self.chart.setVisible(bool(found.rows))
        self.rule.setText(found.note)
        self.rule.setVisible(bool(found.note))
        if found.rows:
            self.chart.show_chart(bridge_chart(found, self._names))
        self.differences.setVisible(bool(found.fields))
        self.differences.show_rows(*difference_rows(found, self._names))

    def refuse(self, sentence: str) -> None:
        """Say why there is no bridge."""
        self._shown = None
        self.bar.say("")
        self.chart.hide()
        self.rule.hide()
        self.differences.hide()
        self.nothing.setText(sentence)
        self.nothing.show()

    def show_states(self, found: StatesPicture) -> None:
        """Show states side by side."""
        self.figures.show_rows(*state_rows(found))
        self.fields.show_rows(*state_field_rows(found))
        self.fields.setVisible(bool(found.fields))

    def forget(self) -> None:
        """Another deal is open."""
        self._shown = None
        self.movers.show_tornado(None)
        self._states = ()
        self._chosen = []
        for box in (self.figure, self.before, self.after):
            box.clear()

    # wishes

    def _want_bridge(self) -> None:
        self._internal.setVisible(self.figure.currentData() in self._secret)
        keys = (str(self.before.currentData()), str(self.after.currentData()))
        if FILE in keys:
            self._show_ends()
            self.file_wished.emit(keys[1] == FILE)
        elif self.figure.currentData():
            self._ends = keys
            self.chart.about = self.movers.chart.about = FigurePlace(str(self.figure.currentData()))
            self.bridge_wished.emit(str(self.figure.currentData()), *keys)

    def _show_ends(self) -> None:
        """Show the states asked about last; that a file is wanted is no state."""
        for box, key in zip((self.before, self.after), self._ends, strict=True):
            box.setCurrentIndex(max(0, box.findData(key)))

    def _want_states(self) -> None:
        if self._chosen:
            self.states_wished.emit(tuple(self._chosen))

    def _fill_menu(self) -> None:
        self.menu.clear()
        for state in self._states:
            action = self.menu.addAction(verbatim(state.name))
            action.setCheckable(True)
            action.setChecked(state.key in self._chosen)
            action.toggled.connect(lambda on, key=state.key: self._toggle(key, on))
        self.pick.setText(f"{len(self._chosen)} of {len(self._states)} states")

    def _toggle(self, key: str, on: bool) -> None:
        chosen = {*self._chosen, key} if on else set(self._chosen) - {key}
        self._chosen = [state.key for state in self._states if state.key in chosen]
        self.pick.setText(f"{len(self._chosen)} of {len(self._states)} states")
        self._want_states()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape stops what is computed."""
        if event.key() == Qt.Key.Key_Escape and self.bar.stop.isVisible():
            self.stop_wished.emit()
            return
        super().keyPressEvent(event)

    # copying

    @property
    def has_picture(self) -> bool:
        """True while a bridge is drawn."""
        return self._shown is not None and bool(self._shown.rows)

    def copy_numbers(self) -> None:
        """Put the figures side by side on the clipboard, or the bridge where there are none."""
        if self.figures.table.rows:
            self.figures.copy()
        else:
            self.chart.copy_numbers()

    def copy_picture(self) -> None:
        """Put the bridge on the clipboard."""
        self.chart.copy_picture()


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(px(220))
    return made


def _renamed(before: Sequence[State], after: Sequence[State]) -> dict[str, str]:
    """The key that a state had and the one it has, where one was given another name and the others are as they were."""
    if len(before) != len(after):
        return {}
    others = {was.key: now.key for was, now in zip(before, after, strict=True) if was != now}
    return others if len(others) == 1 else {}
