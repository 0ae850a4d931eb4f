"""THE MODEL: every line item of a deal, one file for each block, in the order of the waterfall.

Importing it checks all definitions: an ingredient that names nothing or a cycle within a month fails here.
"""

from __future__ import annotations

from functools import lru_cache

from models.deal.schema import Deal
from models.language.model import Model, build
from models.language.tree import Input

# the order of these imports is the order of the model's sections
# isort: off
from models.lines import timeline
from models.lines import capacity
from models.lines import demand
from models.lines import costs
from models.lines import sizing
from models.lines import commitment
from models.lines import share
from models.lines import supports
from models.lines import tax
from models.lines import waterfall
from models.lines import debt
from models.lines import closing
from models.lines import flows
from models.lines import figures
from models.lines import checks

# isort: on
from models.lines.book import BOOK
from models.lines.reference import reference_deal
from models.lines.structure import structure_key, surroundings

SECTIONS = (
    timeline, capacity, demand, costs, sizing, commitment, share, supports, tax, waterfall, debt, closing, flows,
    figures, checks,
)  # fmt: skip


def model_of(deal: Deal, *, simulated: bool = False, delayed: bool = False) -> Model:
    """The model for deals of this structure; one model serves all of them, whatever their numbers.

    Args:
        simulated: its demand, prices, residual value and partner follow given paths.
        delayed: its deliveries do, too; the loan stays as it was sized, see `PLANNED`.

    Raises:
        LineError: a line item is defined wrongly (a fault of the program, not of the deal).
    """
    return _model(structure_key(deal), simulated, delayed, _Held(deal))


ACTUAL = frozenset({"floor_price", "committed_gpu_hours", "committed_floor", "floor_ahead", "planned_draw"})
"""Lines of the sizing that follow the deliveries as they come."""

PLANNED = frozenset({"capex", "base_left", "base_sold", "base_revenue", "principal_months"})
"""Lines besides those of sizing and schedule that are those of the base case where deliveries can be late.

The loan is signed before anyone is late: its amount, schedule and cover in the sizing case, and the gross commitment
that an upfront fee is charged on, are given from the base case, each as the input `plan.` and its name.
"""


def planned_lines(deal: Deal) -> tuple[str, ...]:
    """Names of the lines that a model with late deliveries is given."""
    return tuple(
        name
        for name, line in model_of(deal).lines.items()
        if (line.definition.section in (sizing.SIZING, sizing.SCHEDULE) or line.definition.name in PLANNED)
        and line.definition.name not in ACTUAL
        and not line.constant_zero
        and not line.may_be_missing  # worked out again from those that are given, where it exists
    )


KEPT_MODELS = 32
"""Structures whose models are kept, of a deal, its scenarios and what it is compared with; each takes megabytes."""


class _Held:
    """A deal that rides along to a cached function without being part of its key."""

    def __init__(self, deal: Deal) -> None:
        self.deal = deal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=KEPT_MODELS)
def _model(key: tuple[object, ...], simulated: bool, delayed: bool, held: _Held) -> Model:
    del key
    given = {name: Input(f"plan.{name}") for name in planned_lines(held.deal)} if delayed else {}
    return build(BOOK, surroundings(held.deal, simulated=simulated, delayed=delayed, given=given))


model_of(reference_deal(), simulated=True, delayed=True)
model_of(reference_deal(), simulated=True)  # a wrong definition fails here, before any deal is opened
