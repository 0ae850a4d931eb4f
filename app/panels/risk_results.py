"""The results of a simulation: charts and tables in two columns, figures and lines chosen by the user among them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

import models  # what is chosen is read from the result of the simulation
from app.charts.of_risk import calls_by_year_chart, exposure_chart, fan_chart, outcomes_chart
from app.charts.view import ChartView
from app.panels.path_picker import PathPicker
from app.places import FigurePlace
from app.simulating import Simulation
from app.tables.estimates import EstimatesTable
from app.theme import label, px
from models import ShownTable

_GAP = 26  # between the columns
_LEAST = 250  # height of a chart, for a 13 px font


class _Titled(QWidget):
    """A table under its title, which says when it is stale."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._title = label(name, "strong", wrap=True)
        self._subtitle = label("", "small", "secondary", wrap=True)
        self.table = EstimatesTable(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addWidget(self.table)
        column.addStretch(1)

    def show_table(self, table: ShownTable, *, stale: bool) -> None:
        self._title.setText(table.title)
        self._subtitle.setText(f"{table.subtitle}; stale" if stale else table.subtitle)
        self.table.show_table(table, faint=stale)


class RiskResults(QWidget):
    """Shows one simulation, in grey once it is stale."""

    path_wished = Signal(int, str)
    explain_wished = Signal(object)  # FigurePlace

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._simulation: Simulation | None = None
        self._stale = False
        least = QSize(px(260), px(_LEAST))
        self.outcomes = ChartView("Distribution over the paths", least)
        self.fan = ChartView("Fan of a line by quarter", least)
        self.exposure = ChartView("Exposure by month", QSize(px(260), px(270)))
        self.calls = ChartView("Calls by year", least)
        self.exposure.about, self.calls.about = (FigurePlace(name, simulated=True) for name in ("el", "called"))
        self.outcome_choice = _choice("Distribution of")
        self.line_choice = _choice("Fan of")
        self.measures = _Titled("Results with standard errors")
        self.support = _Titled("With and without the support")
        self.stress = _Titled("Reverse stress")
        self.figures = _Titled("Key figures over the paths")
        self.paths = PathPicker()
        self.paths.wished.connect(self.path_wished)
        for titled in (self.measures, self.support, self.stress, self.figures):
            titled.table.explain_wished.connect(self.explain_wished)
        self.outcome_choice.activated.connect(lambda _at: self._show_outcomes())
        self.line_choice.activated.connect(lambda _at: self._show_fan())
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(_GAP))
        self._grid.setVerticalSpacing(px(18))
        self._blocks = (
            _stacked(_row("Distribution of", self.outcome_choice), self.outcomes),
            _stacked(_row("Fan of", self.line_choice), self.fan),
            _stacked(self.exposure, self.calls),
            _stacked(self.measures, self.paths),
            self.support,
            self.stress,
            self.figures,
        )
        self._arrange()

    def show_simulation(self, simulation: Simulation, *, stale: bool) -> None:
        """Show a simulation; what was chosen stays chosen where there still is such a thing."""
        self._simulation, self._stale = simulation, stale
        shown = simulation.shown
        _offer(self.outcome_choice, shown.outcomes)
        _offer(self.line_choice, shown.fans)
        self._show_outcomes()
        self._show_fan()
        self.exposure.setVisible(shown.exposure is not None)
        if shown.exposure is not None:
            over = partial(models.exposure_by, simulation.case, shown.exposure)
            self.exposure.show_chart(exposure_chart(shown.exposure), stale=stale, over=over)
        self.calls.show_chart(calls_by_year_chart(shown.calls), stale=stale)
        for view, table in self._tables():
            view.show_table(table, stale=stale)
        self.paths.show_paths(shown.paths, simulation.result.settings.paths)
        self._arrange()

    def simulation(self) -> tuple[Simulation, bool] | None:
        """What is shown, and whether it is stale; None before there is any."""
        return None if self._simulation is None else (self._simulation, self._stale)

    def views(self) -> tuple[ChartView, ...]:
        """The charts from the most important on."""
        return self.outcomes, self.fan, self.exposure, self.calls

    def copy_numbers(self) -> None:
        """Copy the chart or table with the focus, or else the table of measures."""
        for view in self.views():
            if view.hasFocus():
                view.copy_numbers()
                return
        tables = [titled.table for titled, _ in self._tables()]
        next((table for table in tables if table.hasFocus()), self.measures.table).copy()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns where the tables of a column fit side by side, else the wide ones or all below one another."""
        room = (self.width() - px(_GAP)) // 2
        pairs = ((self.measures,), (self.support, self.stress))
        fits = [all(titled.table.needed_width() <= room for titled in pair) for pair in pairs]
        columns = 4 if all(fits) else 2 if fits[0] else 1
        if columns == self._columns:
            return
        self._columns = columns
        for block in self._blocks:
            self._grid.removeWidget(block)
        row = 0
        for at, block in enumerate(self._blocks):
            paired = (at < 4 and columns > 1) or (at in (4, 5) and columns == 4)
            if paired:
                self._grid.addWidget(block, row, at % 2)
                row += at % 2
            else:
                self._grid.addWidget(block, row, 0, 1, 2)
                row += 1
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def _tables(self) -> tuple[tuple[_Titled, ShownTable], ...]:
        if self._simulation is None:
            return ()
        shown = self._simulation.shown
        return (
            (self.measures, shown.results),
            (self.support, shown.support),
            (self.stress, shown.stress),
            (self.figures, shown.figures),
        )

    def _show_outcomes(self) -> None:
        if self._simulation is None:
            return
        name = self.outcome_choice.currentData()
        seen = models.risk_outcomes(self._simulation.result, self._simulation.case, name)
        self.outcomes.show_chart(outcomes_chart(seen), stale=self._stale)

    def _show_fan(self) -> None:
        if self._simulation is None or self.line_choice.count() == 0:
            return
        line = self.line_choice.currentData()
        seen = models.risk_fan(self._simulation.result, self._simulation.case, line)
        self.fan.show_chart(fan_chart(seen), stale=self._stale)


def _stacked(*parts: QWidget | QHBoxLayout) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(12))
    for part in parts:
        if isinstance(part, QHBoxLayout):
            column.addLayout(part)
        else:
            column.addWidget(part, 1 if isinstance(part, ChartView) else 0)
    return made


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumWidth(px(190))
    return made


def _row(words: str, box: QComboBox) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    name = label(words, "small", "secondary")
    name.setBuddy(box)
    row.addWidget(name)
    row.addWidget(box)
    row.addStretch(1)
    return row


def _offer(box: QComboBox, names: tuple[tuple[str, str], ...]) -> None:
    if [box.itemData(at) for at in range(box.count())] == [name for name, _ in names]:
        return
    chosen = box.currentData()
    box.clear()
    for name, words in names:
        box.addItem(words, name)
    box.setCurrentIndex(max(0, box.findData(chosen)))
