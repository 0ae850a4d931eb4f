"""Deal at a glance: the rail of key figures, two small charts and the problems, always live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.panels.estimate_row import EstimateRow
from app.panels.problem_list import ProblemList
from app.panels.rail_figure import RailFigure
from app.panels.rail_row import MOVEMENT_WIDTH, FigureRow
from app.theme import internal_tag, label, px, rule, set_look
from models import Problem

if TYPE_CHECKING:  # charts are loaded once the window is painted, the engine with the first figures
    from app.charts.view import ChartView
    from app.panels.rail_charts import RailCharts
    from models import Case, Glance, GlanceFigure

_CHART = 116  # least height of a chart, and what stands around figures, charts and problems, for a 13 px font
_FRAME = 86
_STRETCH = 3  # of each chart, where that of the problems is 1
_GAP, _TIGHT = 8, 1  # below each figure, and where there is little room
_WISHES = (
    (_GAP, 4, 2), (_GAP, 4, 1), (_GAP, 4, 0), (_TIGHT, 4, 0), (_TIGHT, 3, 0), (_TIGHT, 2, 0), (_TIGHT, 1, 0),
)  # fmt: skip
"""The gap below figures, how many problems are listed and how many charts shown: the first for which there is room."""


class GlanceRail(QWidget):
    """Key figures with their movement, charts and problems; `wished` asks to go to the field of a problem."""

    wished = Signal(str)  # path
    explain_wished = Signal(object)  # FigurePlace
    focused = Signal(QWidget)  # the figure that has it

    def __init__(self, parent: QWidget | None = None, *, partner: bool = False) -> None:
        super().__init__(parent)
        self._partner = partner  # then neither movements nor problems are any of the reader's business
        set_look(self, "pane")
        self.setAccessibleName("Deal at a glance")
        self._rows: dict[str, FigureRow] = {}
        self._names: tuple[str, ...] = ()
        self._gaps: list[int] = []  # rows of the grid that set figures apart
        self._expected: EstimateRow | None = None
        self._loss: tuple[tuple[float, float | None, int] | None, bool] = (None, False)
        self._scenario = ""
        self._against: QLabel | None = None
        self._fitted: tuple[int, int, int, tuple[Problem, ...]] | None = None
        self._room: int | None = None  # the height there is where that is not its own
        self._figures = QWidget(self)
        self._charts: RailCharts | None = None
        self._problems = ProblemList(4)
        self._problems.wished.connect(self.wished)
        head = QHBoxLayout()
        head.addWidget(label("Deal at a glance", "panel"))
        self._case = label("Base case", "small", "secondary")
        self._case.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._case.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._case, 2)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(px(16), px(12), px(12), px(8))
        self._layout.setSpacing(px(6))
        self._layout.addLayout(head)
        self._layout.addWidget(self._figures)
        self._layout.addSpacing(px(2))
        self._rule = rule()
        self._layout.addWidget(self._rule)
        self._layout.addStretch(2 * _STRETCH)  # the charts take its place
        if partner:
            self._layout.addStretch(1)
            self._problems.setParent(self)
            self._problems.hide()
        else:
            self._layout.addWidget(rule())
            self._layout.addWidget(self._problems, 1)

    def furnish(self) -> None:
        """Make the charts, if they are not there yet."""
        self._made_charts()

    @property
    def cash(self) -> ChartView:
        """The upper chart."""
        return self._made_charts().cash

    @property
    def revenue(self) -> ChartView:
        """The lower chart."""
        return self._made_charts().revenue

    def show_glance(self, glance: Glance, case: Case, scenario: str = "") -> None:
        """Show the figures of a case, of a scenario where one is named."""
        self._scenario = scenario
        self._name_case()
        names = tuple(figure.name for figure in glance.figures)
        if names != self._names:
            self._names = names
            self._build(glance.figures)
        if self._expected is not None:
            self._expected.name(f"Expected loss, {glance.money_unit}")
        for figure in glance.figures:
            self._rows[figure.name].show_figure(figure)
            self._rows[figure.name].dim(False)
        self._made_charts().show_glance(glance, case)
        self._fit()

    def show_expected_loss(self, loss: tuple[float, float | None, int] | None, stale: bool = False) -> None:
        """Show the expected loss of the simulation with its error and decimals, or that there is none yet."""
        self._loss = (loss, stale)
        if self._expected is not None:
            self._expected.show_estimate(loss, stale=stale)

    def expected_loss(self) -> EstimateRow | None:
        """The row of the expected loss, None where nothing internal is shown."""
        return self._expected

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List the problems of the deal."""
        self._problems.show_problems(problems)
        self._fit()

    def problems(self) -> tuple[Problem, ...]:
        """The problems now listed."""
        return self._problems.problems()

    def step_problem(self, step: int) -> Problem | None:
        """The next problem, or with -1 the one before, round and round; None where there is none."""
        return self._problems.step(step)

    def dim(self) -> None:
        """New figures are on their way: the old ones stay, dimmed."""
        for row in self._rows.values():
            row.dim(True)

    def row(self, name: str) -> FigureRow:
        """The row of a key figure. KeyError when it is not shown."""
        return self._rows[name]

    def needed_width(self) -> int:
        """The width at which no label and no figure is cut off, in device-independent pixels."""
        inner = self._figures.layout()
        if inner is not None:
            inner.invalidate()  # its labels may have grown since it was last laid out
            self._figures.updateGeometry()
        self._layout.activate()
        return self._layout.minimumSize().width()

    def fit_into(self, height: int) -> None:
        """Make the most of a height, in device-independent pixels, without scrolling if that is possible."""
        self._room = height
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._name_case()
        self._fit()

    def _name_case(self) -> None:
        """Say whose figures these are; a name too long for its place is cut, and then a tooltip says all of it."""
        words = self._scenario or "Base case"
        self._case.setText(self._case.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._case.width()))
        self._case.setToolTip(words if self._case.text() != words else "")
        if self._against is not None:
            self._against.setText("vs base" if self._scenario else "vs saved")

    def _fit(self) -> None:
        """Key figures and problems never scroll: the charts give way, the second one first, the last one last."""
        chart, frame = px(_CHART), px(_FRAME)
        height = self.height() if self._room is None else self._room
        margins = self._layout.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        if (height, width, self._figures.sizeHint().height(), self._problems.problems()) == self._fitted:
            return
        for gap, most, charts in _WISHES:
            self._space(px(gap))
            self._problems.limit(most)
            below = 0 if self._partner else self._problems.height_at(width)
            room = height - frame - self._figures.sizeHint().height() - below
            if room >= charts * chart:
                break
        self._fitted = (height, width, self._figures.sizeHint().height(), self._problems.problems())
        self._rule.setVisible(room >= chart)
        if self._charts is not None:
            self._charts.show_first(room // chart)

    def _made_charts(self) -> RailCharts:
        if self._charts is None:
            from app.panels.rail_charts import RailCharts  # noqa: PLC0415 - charts wait until the window is painted

            self._charts = RailCharts(_CHART)
            place = self._layout.indexOf(self._rule) + 1
            self._layout.takeAt(place)
            for at, chart in enumerate((self._charts.cash, self._charts.revenue)):
                self._layout.insertWidget(place + at, chart, _STRETCH)
                chart.stackUnder(self._problems)  # the Tab key comes to it before them
            self._fitted = None
            self._fit()
        return self._charts

    def _space(self, gap: int) -> None:
        """Set the figures apart, closer where there is little room."""
        grid = self._figures.layout()
        if isinstance(grid, QGridLayout) and self._gaps and grid.rowMinimumHeight(self._gaps[0]) != gap:
            for row in self._gaps:
                grid.setRowMinimumHeight(row, gap)
            grid.invalidate()

    def _build(self, figures: Sequence[GlanceFigure]) -> None:
        fresh = QWidget(self)
        fresh.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0 if self._partner else px(8))  # no movements: the figures stand at the edge
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, 0 if self._partner else px(MOVEMENT_WIDTH))
        if not self._partner:
            right = Qt.AlignmentFlag.AlignRight
            grid.addWidget(label("Now", "small", "secondary"), 0, 1, right)
            self._against = label("vs base" if self._scenario else "vs saved", "small", "secondary")
            grid.addWidget(self._against, 0, 2, right)
        grid.setRowMinimumHeight(1, px(4))
        self._rows = {}
        self._gaps = []
        at = 2
        for figure in figures:
            if figure.internal and not any(row.internal for row in self._rows.values()):
                grid.addWidget(_internal_head(), at, 0, 1, 3)
                at += 1
            row = FigureRow(figure, grid, at, fresh)
            self._rows[figure.name] = row
            at += FigureRow.ROWS
            self._gaps.append(at)
            at += 1
        self._expected = None
        if any(row.internal for row in self._rows.values()):
            self._expected = EstimateRow(grid, at)
            self._gaps.append(at + 1)
            self.show_expected_loss(*self._loss)
        for widget in self._stops():
            widget.explain_wished.connect(self.explain_wished)
            widget.step_wished.connect(self._step_figure)
            widget.focused.connect(self._one_stop)
        self._layout.replaceWidget(self._figures, fresh)
        self._figures.hide()
        self._figures.deleteLater()
        self._figures = fresh
        self._fitted = None
        fresh.lower()  # first among all here: the Tab key comes to the figures before the charts below them
        self._one_stop()
        fresh.show()  # at once, so that the room it needs is known

    def _stops(self) -> list[RailFigure]:
        """The figures from top to bottom."""
        held = [row.widget for row in self._rows.values()]
        return held if self._expected is None else [*held, self._expected.widget]

    def _step_figure(self, step: int) -> None:
        """Give the focus to the next figure, or with -1 to the one before."""
        held = self._stops()
        here = next((at for at, widget in enumerate(held) if widget.hasFocus()), 0)
        held[min(max(here + step, 0), len(held) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _one_stop(self) -> None:
        """One figure is a stop of the Tab key: the one that had the focus last, at first the topmost."""
        held = self._stops()
        stop = next((widget for widget in held if widget.hasFocus()), held[0])
        if stop.hasFocus():
            self.focused.emit(stop)
        for widget in held:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus if widget is stop else Qt.FocusPolicy.ClickFocus)


class RailArea(QScrollArea):
    """Holds the rail, which scrolls only where its figures and problems have no room even without the charts."""

    def __init__(self, rail: GlanceRail) -> None:
        super().__init__()
        self._rail = rail
        self.setWidget(rail)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rail.focused.connect(self.ensureWidgetVisible)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._rail.fit_into(self.height())

    def needed_width(self) -> int:
        """The width at which nothing is cut off, the bar for scrolling included where there is one."""
        bar = self.verticalScrollBar()
        return self._rail.needed_width() + (bar.sizeHint().width() if bar.maximum() else 0)


def _internal_head() -> QFrame:
    made = QFrame()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, px(2), 0, px(6))
    row.setSpacing(px(8))
    row.addWidget(internal_tag())
    row.addWidget(rule(), 1)
    return made
