"""A figure of the simulation in the rail: value, standard error, and whether it still holds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.panels.rail_figure import RailFigure
from app.tables.figures import plain
from app.theme import label, set_look

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBaseline


class EstimateRow:
    """The widgets of one estimate in a row of the rail's grid."""

    def __init__(self, grid: QGridLayout, row: int) -> None:
        self._label = label("")
        self._value = RailFigure("el", "card", simulated=True)
        self._state = label("", "small", "secondary")
        self._grid, self._row = grid, row
        self._shown: tuple[float, float | None, int] | None = None
        self._stale = False
        grid.addWidget(self._label, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBaseline)
        grid.addWidget(self._state, row, 2, _RIGHT)
        self.show_estimate(None)

    def name(self, words: str) -> None:
        """Say what is estimated, with its unit."""
        self._label.setText(words)
        self.show_estimate(self._shown, stale=self._stale)

    def show_estimate(self, estimate: tuple[float, float | None, int] | None, *, stale: bool = False) -> None:
        """Show a value with its standard error and decimals; None while there is no simulation of the deal."""
        self._shown, self._stale = estimate, stale
        self._state.setText("stale" if stale else "")
        missing = estimate is None
        set_look(self._value, "none-yet" if missing else "secondary" if stale else "")
        self._grid.removeWidget(self._value)  # words reach over the column of movements, which then is empty
        self._grid.addWidget(self._value, self._row, 1, 1, 2 if missing else 1, _RIGHT)
        if estimate is None:
            self._value.setText("not simulated")
            self._value.setToolTip("Run the simulation to estimate it")
            self._value.setAccessibleName(f"{self._label.text()}: not simulated yet")
            return
        value, error, decimals = estimate
        words = plain(value, decimals)
        if error is not None:
            words += f" ± {plain(error, decimals)}"
        self._value.setText(words)
        self._value.setToolTip("Mean over the simulated paths ± its standard error")
        self._value.setAccessibleName(f"{self._label.text()}: {words}{', stale' if stale else ''}")

    @property
    def widget(self) -> RailFigure:
        """The widget that shows the figure."""
        return self._value

    def spoken(self) -> str:
        """The row in words, for screen readers."""
        return self._value.accessibleName()

    @property
    def text(self) -> str:
        """The estimate as written."""
        return self._value.text()

    @property
    def state(self) -> str:
        """The word beside it."""
        return self._state.text()
