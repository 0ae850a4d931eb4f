"""A result that is one chart, or one sentence where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

import models  # figures by period are added up by the engine, which has computed the case
from app.charts.spec import Chart
from app.charts.view import ChartView
from app.live import Figures
from app.theme import label, link, px, set_look


@dataclass(frozen=True)
class Empty:
    """What stands in place of a chart: a sentence, and a button that leads to a path."""

    sentence: str
    button: str
    path: str


class ChartPage(QScrollArea):
    """Draws one chart of the figures; `describe` makes it, or says why there is none."""

    wished = Signal(str)  # path the button of the empty page leads to

    def __init__(self, title: str, chart: str, describe: Callable[[Figures], Chart | Empty]) -> None:
        """`chart` names it where its figures are added up by period."""
        super().__init__()
        self.title = title
        self._chart = chart
        self._describe = describe
        self._view = ChartView(title.replace("&&", "and"), QSize(px(300), px(240)))
        body = QWidget()
        set_look(body, "pane")
        self._view.setParent(body)
        self._empty = Empty("", "", "")
        self._sentence = label("", "body", "secondary")
        self._go = link("")
        self._go.clicked.connect(lambda: self.wished.emit(self._empty.path))
        nothing = QWidget(body)
        inside = QVBoxLayout(nothing)
        inside.addStretch(1)
        inside.addWidget(self._sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self._go, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(18), px(10), px(12), px(6))
        self._stack = QStackedLayout()
        column.addLayout(self._stack)
        self._stack.addWidget(self._view)
        self._stack.addWidget(nothing)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_figures(self, figures: Figures) -> None:
        """Draw the chart of other figures."""
        found = self._describe(figures)
        self._stack.setCurrentIndex(0 if isinstance(found, Chart) else 1)
        if isinstance(found, Chart):
            self._view.show_chart(found, over=partial(models.chart_by, figures.case, self._chart))
        else:
            self._empty = found
            self._sentence.setText(found.sentence)
            self._go.setText(found.button)

    def view(self) -> ChartView:
        """The chart itself."""
        return self._view

    def copy_numbers(self) -> None:
        self._view.copy_numbers()

    def copy_picture(self) -> None:
        self._view.copy_picture()

    @property
    def has_picture(self) -> bool:
        """True while a chart is drawn."""
        return self._stack.currentIndex() == 0
