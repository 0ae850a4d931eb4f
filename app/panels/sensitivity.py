"""What moves a key figure: a tornado, a sweep of one term, a heat map of two; as chart and as table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.charts.kinds import AnyChart
from app.charts.of_study import dot_at, figure_place, frontier_chart, grid_chart, sweep_chart, tornado_chart
from app.charts.view import ChartView
from app.live import Figures
from app.panels.sensitivity_choices import FRONTIER, TORNADO, SensitivityChoices
from app.panels.study_bar import StudyBar
from app.panels.study_rows import Heads, Rows, frontier_rows, grid_rows, sweep_rows, tornado_rows
from app.requests import FrontierRequest, GridRequest, Offer, SweepRequest, TornadoRequest
from app.study import Request
from app.tables.plain import PlainTable
from app.theme import label, px, set_look, tool

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from models import Swing


class SensitivityPage(QWidget):
    """Emits requests as wishes and is shown their results; what is of an older deal is marked stale."""

    title = "Sensitivity"
    wanted = Signal(object)  # Request
    stop_wished = Signal()
    offer_wished = Signal()
    terms_wished = Signal()
    scenario_wished = Signal(str, object)  # name, changes by path: a deal of the frontier is to be looked at

    def __init__(self) -> None:
        super().__init__()
        self.bar = StudyBar()
        self.choices = SensitivityChoices(self.bar)
        self.chart = ChartView("Sensitivity", QSize(px(300), px(200)))
        self.table = PlainTable("Sensitivity as a table")
        self.table.opened.connect(self._on_opened)
        self.chart.picked.connect(self._on_picked)
        self._nothing = label("", "body", "secondary", wrap=True)
        self._as_table = tool("table", "Show as table or as chart")
        self._as_table.setCheckable(True)
        self._stack = QStackedWidget()
        self._inputs: tuple[Swing, ...] | None = None
        self._request: Request | None = None
        self._found: object = None
        self._shown: AnyChart | None = None
        self._waits = False
        self._build()

    def _build(self) -> None:
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.chart, self.table, self._nothing):
            self._stack.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.choices, 1)
        head.addWidget(self._as_table, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        set_look(body, "pane")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(18), px(8), px(12), px(6))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.choices.changed.connect(self._want)
        self.choices.terms_wished.connect(self.terms_wished)
        self.bar.stop_wished.connect(self.stop_wished)
        self.bar.again_wished.connect(self._want)
        self._as_table.toggled.connect(lambda _on: self._show_side())

    # what is shown

    def show_figures(self, _figures: Figures) -> None:
        """The deal has changed, or the page has come into sight: ask again for what it shows."""
        self._waits = True
        self.offer_wished.emit()

    def offer(self, offer: Offer) -> None:
        """Offer the terms and key figures of the deal as it is, and ask for the picture that is wanted."""
        self.choices.offer(offer)
        if self._waits:
            self._waits = False
            if self.choices.is_simulated():
                self.show_stale()
                self.bar.say("Simulated figures are computed when wanted", stale=True, again=True)
            else:
                self._want()

    def choose_inputs(self, inputs: tuple[Swing, ...] | None) -> None:
        """Let the tornado move these terms, None for the usual ones."""
        self._inputs = inputs
        self._want()

    def inputs(self) -> tuple[Swing, ...] | None:
        """The terms that the tornado moves, None for the usual ones."""
        return self._inputs

    def forget(self) -> None:
        """Another deal is open."""
        self._inputs = self._request = self._shown = None
        self._say_nothing("")

    def show_progress(self, done: float) -> None:
        """The picture is being computed."""
        self.bar.show_progress(done)

    def show_stale(self) -> None:
        """What is shown is of the deal as it was."""
        if self._shown is not None:
            self.chart.show_chart(self._shown, stale=True)
            self.bar.say("Stale", stale=True)
        else:
            self.bar.say("")

    def show_stopped(self) -> None:
        """The computation was stopped; what is shown is of the deal as it was."""
        self.show_stale()
        self.bar.say("Stopped", stale=True, again=True)

    def refuse(self, sentence: str) -> None:
        """Say why there is no picture."""
        self._shown = None
        self.bar.say("")
        self._say_nothing(sentence)

    def show_found(self, request: Request, found: object) -> None:
        """Show the picture of a request."""
        self._request, self._found = request, found
        self.bar.say("")
        made = described(request, found)
        chart, (heads, rows) = made
        self.table.show_rows(heads, rows)
        self._shown = chart
        if chart is None:
            self._say_nothing(str(getattr(found, "title", "")))
            return
        one = request if isinstance(request, TornadoRequest | SweepRequest | GridRequest) else None
        self.chart.about = None if one is None else figure_place(one.kpi)
        self.chart.opens = isinstance(request, FrontierRequest)
        self.chart.show_chart(chart)
        self._show_side()

    def _say_nothing(self, sentence: str) -> None:
        self._nothing.setText(sentence)
        self._stack.setCurrentWidget(self._nothing)

    def _show_side(self) -> None:
        if self._shown is not None:
            self._stack.setCurrentWidget(self.table if self._as_table.isChecked() else self.chart)

    # wishes

    def _want(self) -> None:
        request = self.choices.request()
        if isinstance(request, TornadoRequest):
            request = TornadoRequest(request.kpi, request.spread, request.by_range, self._inputs)
        if request is not None:
            self.wanted.emit(request)

    def _on_opened(self, key: object) -> None:
        """A term of the tornado is looked at alone; a deal of the frontier becomes a scenario."""
        if self.choices.kind == FRONTIER:
            self._open(key)
        if self.choices.kind == TORNADO and isinstance(key, str):
            self.choices.choose_term(key)

    def _on_picked(self, index: int) -> None:
        if isinstance(self._request, FrontierRequest) and self._shown is not None and not self.chart.is_stale:
            self._open(dot_at(self._found, index))  # type: ignore[arg-type]  # the request says what it is

    def _open(self, dot: object) -> None:
        if dot is not None:
            self.scenario_wished.emit(dot.name, dot.changes)  # type: ignore[attr-defined]  # a dot of the frontier

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Escape stops what is computed."""
        if event.key() == Qt.Key.Key_Escape and self.bar.stop.isVisible():
            self.stop_wished.emit()
            return
        super().keyPressEvent(event)

    # copying

    @property
    def has_picture(self) -> bool:
        """True while a chart is shown."""
        return self._shown is not None

    def copy_numbers(self) -> None:
        """Put the figures of the picture on the clipboard, as a table."""
        if self._shown is not None:
            self.table.copy()

    def copy_picture(self) -> None:
        """Put the chart on the clipboard."""
        self.chart.copy_picture()


def described(request: Request, found: object) -> tuple[AnyChart | None, tuple[Heads, Rows]]:
    """The chart of a result, None where there is nothing to draw, and its rows."""
    picture: object = found
    if isinstance(request, TornadoRequest):
        return tornado_chart(picture), tornado_rows(picture)  # type: ignore[arg-type]  # the request says what it is
    if isinstance(request, SweepRequest):
        return sweep_chart(picture), sweep_rows(picture)  # type: ignore[arg-type]  # the request says what it is
    if isinstance(request, FrontierRequest):
        return frontier_chart(picture), frontier_rows(picture)  # type: ignore[arg-type]  # the request says what it is
    assert isinstance(request, GridRequest)
    return grid_chart(picture), grid_rows(picture)  # type: ignore[arg-type]  # the request says what it is
