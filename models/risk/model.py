"""The model of a deal as a simulation runs it: sized on the base case, everything else path by path.

Where deliveries can be late, a phase is paid for, drawn for, rented for and put into service at its own date on each
path, and is supported only if it comes before the longstop. The loan stays as signed: its amount and schedule are
those of the base case. A delivery up to the month before the first repayment is drawn for when it comes; what is
still undrawn after that month lapses, the schedule shrinks in proportion as by a prepayment, and the shareholders pay
for what comes later. A delivery beyond the end of the model never happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.case import Case, case_of, evaluate, program_of
from models.engine.evaluate import Prepared, Program
from models.lines import planned_lines
from models.lines.binding import Inputs, bind
from models.risk.drivers import delays_of

Array = NDArray[np.float64]


def simulated_program(deal: Deal) -> tuple[Program, Inputs]:
    """The model of a deal's paths, and what it takes besides their drivers."""
    if not delays_of(deal):
        return program_of(deal, simulated=True), bind(deal)
    base = evaluate(deal)
    plan: Inputs = {
        f"plan.{name}": base.once[name] if name in base.once else base.lines[name][:, None]
        for name in planned_lines(deal)
    }
    return program_of(deal, simulated=True, delayed=True), {**bind(deal), **plan}


class SimulatedModel:
    """Chosen lines of a deal for any paths; those that no path changes are evaluated once."""

    def __init__(
        self, deal: Deal, lines: Sequence[str], over_months: Mapping[str, tuple[str, str]] | None = None
    ) -> None:
        """Make ready for `lines` month by month, and for figures over months as `Program.keeping` takes them."""
        self.months = deal.months
        program, self._inputs = simulated_program(deal)
        self._program = program.keeping(lines, over_months)
        self._prepared: Prepared | None = None
        self._lock = Lock()

    def run(self, drivers: Mapping[str, Array]) -> dict[str, Array]:
        """The lines under drivers of shape (months or 1, columns), always the same ones varying.

        Returns:
            By name, shape (months or 1, columns or 1).
        """
        with self._lock:
            if self._prepared is None:
                self._prepared = self._program.prepare({**self._inputs, **drivers}, self.months)
        return self._prepared.run(drivers)


def simulated_case(deal: Deal, drivers: Mapping[str, Array]) -> Case:
    """The deal under drivers of shape (months or 1, 1) as a case of its own.

    Raises:
        FiguresError: a figure is beyond all measure.
    """
    single = {name: float(rows[0, 0]) if rows.shape[0] == 1 else rows for name, rows in drivers.items()}
    program, inputs = simulated_program(deal)
    return case_of(deal, program, {**inputs, **single})
