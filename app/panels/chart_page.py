"""A result that is one chart, or one sentence where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.charts.spec import Chart
from app.charts.view import ChartView
from app.live import Figures
from app.theme import label, link, px


class ChartPage(QWidget):
    """Draws one chart of the figures; `describe` makes it, or gives None where it would be empty."""

    wished = Signal(str)  # path the button of the empty page leads to

    def __init__(
        self, title: str, describe: Callable[[Figures], Chart | None], empty: tuple[str, str, str] = ("", "", "")
    ) -> None:
        """`empty`: the sentence of the empty page, the words of its button, and the path it leads to."""
        super().__init__()
        self.title = title
        self._describe = describe
        self._view = ChartView(title, QSize(px(300), px(140)))
        self._view.setParent(self)
        sentence, button, path = empty
        nothing = QWidget(self)
        column = QVBoxLayout(nothing)
        column.addStretch(1)
        column.addWidget(label(sentence, "body", "secondary"), 0, Qt.AlignmentFlag.AlignHCenter)
        if button:
            go = link(button)
            go.clicked.connect(lambda: self.wished.emit(path))
            column.addWidget(go, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(px(18), px(10), px(12), px(6))
        self._stack.addWidget(self._view)
        self._stack.addWidget(nothing)

    def show_figures(self, figures: Figures) -> None:
        """Draw the chart of other figures."""
        chart = self._describe(figures)
        self._stack.setCurrentIndex(1 if chart is None else 0)
        if chart is not None:
            self._view.show_chart(chart)

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
