"""The risk tab: distributions, fans, exposure and tables of the simulation, or how to run it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.live import Figures
from app.panels.charts import copied
from app.panels.risk_empty import RiskEmpty
from app.panels.risk_head import RiskHead
from app.panels.risk_results import RiskResults
from app.simulating import Simulating
from app.theme import px, set_look


class RiskPage(QWidget):
    """Shows the state of the simulation; emits what the user wishes."""

    title = "Risk"
    run_wished = Signal()
    stop_wished = Signal()
    field_wished = Signal(str)  # path of a field to go to
    path_wished = Signal(int, str)  # number of a path, and what it is

    def __init__(self) -> None:
        super().__init__()
        self.empty = RiskEmpty()
        self.head = RiskHead()
        self.results = RiskResults()
        self._seen: object = None
        inside = QWidget()
        set_look(inside, "pane")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(18), px(8), px(12), px(12))
        column.setSpacing(px(10))
        column.addWidget(self.head)
        column.addWidget(self.results, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._scroll)
        self.empty.run_wished.connect(self.run_wished)
        self.empty.stop_wished.connect(self.stop_wished)
        self.empty.field_wished.connect(self.field_wished)
        self.head.run_wished.connect(self.run_wished)
        self.head.field_wished.connect(self.field_wished)
        self.results.path_wished.connect(self.path_wished)

    def show_state(self, state: Simulating) -> None:
        """Show another state of the simulation."""
        simulation = state.simulation
        self._stack.setCurrentIndex(0 if simulation is None else 1)
        if simulation is None:
            self._seen = None
            self.empty.show_state(state)
            return
        self.head.show_state(state, datetime.now())
        seen = (simulation, state.is_stale)
        if seen != self._seen:
            self._seen = seen
            self.results.show_simulation(simulation, stale=state.is_stale)

    def show_progress(self, state: Simulating) -> None:
        """Show how far a run is."""
        if self._stack.currentIndex() == 0:
            self.empty.show_progress(state)
        else:
            self.head.show_progress(state)

    def show_figures(self, _figures: Figures) -> None:
        """The base case is not shown here."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(px(600), px(320))

    def copy_numbers(self) -> None:
        """Put the figures of the chart or table with the focus on the clipboard, or of all of them."""
        self.results.copy_numbers()

    def copy_picture(self) -> None:
        if self.has_picture:
            copied(*self.results.views()).copy_picture()

    @property
    def has_picture(self) -> bool:
        """True while there are results."""
        return self._stack.currentIndex() == 1
