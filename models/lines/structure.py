"""The structure of a deal: everything that decides which lines exist and what they are made of.

Choices (a basis, a profile, a rank), whether an optional field is given, and the number of phases, segments and bands
are structure; line items read them as plain Python values. Every other field is a number, bound at evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from models.deal.field import Field, Unit
from models.deal.part import Part as DealPart
from models.deal.schema import Deal, fields
from models.language.line import unknown
from models.language.model import Surroundings
from models.language.tree import ONE, ZERO, Expr, Input, LineError, Month

STRUCTURAL_FLAGS = frozenset({"reimbursable", "suspend_while_called", "include_support_payments"})
"""Yes-or-no fields that decide which lines exist; the others are numbers, 1 or 0."""

SUPPORT_NAMES = {
    "commitment": "capacity_commitment",
    "guarantee": "debt_guarantee",
    "lease": "lease_guarantee",
    "residual": "residual_value",
    "letter": "letter_of_credit",
}
"""How line items call each kind of credit support."""


class Part:
    """A part of the deal as line items see it: choices as text, missing optional fields as None, all else inputs."""

    def __init__(self, value: DealPart, path: str, **more: Expr | str | None) -> None:
        self._value = value
        self._path = path
        self._fields = fields(type(value))
        self._more = more

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._more:
            return self._more[name]
        if name not in self._fields:
            known = [*self._fields, *self._more]
            raise LineError(f"{type(self._value).__name__} has no field {name!r}, {unknown(name, known)}")
        value = getattr(self._value, name)
        if is_structural(name, self._fields[name]) or value is None:
            return value
        if value == ():
            return ZERO
        return Input(f"{self._path}.{name}" if self._path else name)


class Absent:
    """A kind of credit support that this deal has not; it is false, so that a line can ask for it."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise LineError(f"this deal has no {self._kind}; ask `if {self._kind}:` before its {name!r}")


def is_structural(name: str, field: Field) -> bool:
    return field.unit in (Unit.CHOICE, Unit.TEXT) or name in STRUCTURAL_FLAGS


def surroundings(
    deal: Deal, *, simulated: bool, delayed: bool = False, given: Mapping[str, Expr] | None = None
) -> Surroundings:
    """What line items of a deal of this structure may name besides each other.

    Args:
        simulated: whether demand, prices, residual value and the partner's own default follow given paths; else
            the factors are 1 and the lines do not mention them.
        delayed: whether deliveries can be late on those paths.
        given: lines that are inputs here, such as those that debt was sized with.
    """
    supports: dict[str, Part | Absent] = {name: Absent(name) for name in SUPPORT_NAMES}
    claims: list[Part] = []
    for k, support in enumerate(deal.credit_support):
        short = next(name for name, kind in SUPPORT_NAMES.items() if kind == support.kind)
        supports[short] = part = Part(support, f"credit_support[{k}]", short=short)
        if support.reimbursable:
            claims.append(part)
    phases = [
        Part(
            phase,
            f"phases[{i}]",
            delivery_delay=Input(f"phases[{i}].delivery_delay") if delayed else ZERO,
        )
        for i, phase in enumerate(deal.phases)
    ]
    factor = {"demand_factor": ONE, "price_factor": ONE}
    segments = [
        Part(
            segment,
            f"demand[{s}]",
            **({name: Input(f"demand[{s}].{name}") for name in factor} if simulated else factor),
        )
        for s, segment in enumerate(deal.demand)
    ]
    share = deal.revenue_share
    bands = [_band(share, b) for b in range(max(1, len(share.bands)))]
    path_inputs: dict[str, Expr | None] = {
        "residual_factor": Input("factors.residual_factor") if simulated else ONE,
        "partner_default_month": Input("factors.partner_default_month") if simulated else None,
    }
    return Surroundings(
        names={
            "month": Month(),
            "deal": Part(deal, ""),
            "partner": Part(deal.partner, "partner"),
            "phases": phases,
            "segments": segments,
            "operations": Part(deal.operations, "operations"),
            "senior_debt": Part(deal.senior_debt, "senior_debt"),
            "vendor_finance": Part(deal.vendor_finance, "vendor_finance"),
            "revenue_share": Part(share, "revenue_share"),
            "collateral": Part(deal.collateral, "collateral"),
            "vendor": Part(deal.vendor, "vendor"),
            "supports": tuple(part for part in supports.values() if part),
            **supports,
            **path_inputs,
            "delayed": delayed,
        },
        members={"phase": phases, "segment": segments, "band": bands, "claim": claims},
        given=given or {},
    )


class _Band:
    """One band of the revenue share: its bounds within a contract year and its column of rates."""

    def __init__(self, lower: Expr, upper: Expr | None, rates: Expr) -> None:
        self.lower = lower
        self.upper = upper
        self.rates = rates


def _band(share: Any, b: int) -> _Band:
    last = b + 1 >= len(share.bands)
    return _Band(
        lower=Input(f"revenue_share.bands[{b}]") if b else ZERO,
        upper=None if last else Input(f"revenue_share.bands[{b + 1}]"),
        rates=Input(f"revenue_share.rates_{b}") if share.rates else ZERO,
    )


def structure_key(deal: Deal) -> tuple[object, ...]:
    """Equal for two deals exactly when the same model serves both."""
    return tuple(_facts(deal))


def _facts(value: DealPart) -> Iterator[object]:
    for name, what in _telling(type(value)):
        item = getattr(value, name)
        if what == "itself":
            yield item
        elif what == "whether":
            yield item is None
        elif isinstance(item, tuple) and item and isinstance(item[0], DealPart):
            yield len(item)
            for each in item:
                yield from _facts(each)
        elif isinstance(item, tuple):
            yield len(item) if name == "bands" else bool(item)
        elif item is None:
            yield None
        elif isinstance(item, DealPart):
            yield from _facts(item)


@cache
def _telling(part: type[DealPart]) -> tuple[tuple[str, str], ...]:
    """The fields of a part that say which lines exist: by their value, by being given at all, or by what they hold."""
    described = fields(part)
    found: list[tuple[str, str]] = []
    for name in part.model_fields:
        if name in _NO_FACTS:
            continue
        if name == "kind":
            found.append((name, "itself"))
        if name not in described or described[name].shape != "scalar":
            found.append((name, "what it holds"))
        elif is_structural(name, described[name]):
            if described[name].unit is not Unit.TEXT:
                found.append((name, "itself"))
        elif described[name].optional:
            found.append((name, "whether"))
    return tuple(found)


_NO_FACTS = frozenset(
    {"uncertainty", "vendor", "scenarios", "name", "currency", "vendor_name", "clauses", "valid_days"}
)
"""Parts without any say in which lines exist."""
