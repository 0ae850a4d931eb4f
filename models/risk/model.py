"""The model of a deal as a simulation runs it: sized on the base case, everything else path by path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.case import Case, case_of, program_of
from models.lines.binding import Inputs, bind

Array = NDArray[np.float64]


class SimulatedModel:
    """Chosen lines of a deal for any paths."""

    def __init__(self, deal: Deal, lines: Sequence[str]) -> None:
        self.months = deal.months
        self._inputs: Inputs = bind(deal)
        self._program = program_of(deal, simulated=True).keeping(lines)

    def run(self, drivers: Mapping[str, Array]) -> dict[str, Array]:
        """The lines under drivers of shape (months or 1, columns).

        Returns:
            By name, shape (months or 1, columns or 1).
        """
        return self._program.run({**self._inputs, **drivers}, self.months)


def simulated_case(deal: Deal, drivers: Mapping[str, Array]) -> Case:
    """The deal under drivers of shape (months or 1, 1) as a case of its own.

    Raises:
        FiguresError: a figure is beyond all measure.
    """
    single = {name: float(rows[0, 0]) if rows.shape[0] == 1 else rows for name, rows in drivers.items()}
    return case_of(deal, program_of(deal, simulated=True), {**bind(deal), **single})
