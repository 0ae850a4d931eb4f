"""The marginal effect of a field: what one natural step of it does to the key figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.analysis.offer import figures_on_offer
from models.analysis.sensitivity import at_values
from models.analysis.terms import Term, term_at, term_text
from models.analysis.trials import Cancelled, never
from models.deal.field import Unit, currency_mark
from models.deal.problems import DealError
from models.deal.relevance import irrelevant
from models.deal.schema import Deal
from models.deal.values import number_text

FIGURES = (
    "gross_commitment", "partner_irr", "debt_amount", "vendor_support_npv", "min_dscr", "equity_invested", "share_paid",
    "vendor_npv", "llcr", "lender_loss", "min_dscr_called", "min_dscr_without_support", "commitment_paid",
    "guarantee_paid", "lease_guarantee_paid", "cloud_revenue", "capex", "average_life", "distributions",
)  # fmt: skip
"""Key figures told of, in this order."""
_SHORT = {"gross_commitment": "Commitment"}  # as the key figures beside the form have it
_FACTOR_STEP = 0.01
_MOST_TOLD = 2
_UNSEEN = {"money": 5e3, "rate": 5e-5, "fraction": 5e-5}  # what is smaller is told of only where nothing else moves
_UNSEEN_ELSE = 5e-4
_DUST = 1e-9


@dataclass(frozen=True)
class Effect:
    """What a step does to one key figure: the change in file units and in words, `+$34.5m`, `+0.4 points`."""

    name: str
    label: str
    change: float
    text: str
    internal: bool
    unit: str = ""


@dataclass(frozen=True)
class Marginal:
    """What one step of a field does.

    Attributes:
        step: in file units; negative where only a step down is allowed.
        effects: of the key figures that move, in the order of `FIGURES`.
        step_text: `Each 0.10`, in the unit beside the field.
        sentence: `Each 0.10 adds $34.5m to the commitment and 0.45 points to the partner IRR.`
    """

    path: str
    label: str
    step: float
    step_text: str
    effects: tuple[Effect, ...]
    sentence: str


def marginal(deal: Deal, path: str, *, step: float | None = None, cancelled: Cancelled = never) -> Marginal:
    """What one natural step of a number does to the key figures, as columns of one evaluation.

    Args:
        path: of a number, an entry of a table, a month, or a factor.
        step: in file units; by default the field's own; months move by one, a factor by a hundredth.

    Raises:
        DealError: no such number, it has no value, or no step from it is allowed.
        CancelledError: `cancelled` said so.
    """
    term = term_at(deal, path)
    if term.base is None:
        raise DealError(f'{term.label} ({path}) is "{term.field.none_word}" in this deal.')
    wanted = _step(term) if step is None else step
    found = None
    for each in _tried(term, term.base, wanted):
        if term.allowed(term.base + each) != term.base + each:
            continue
        found = at_values(deal, term, np.array([term.base, term.base + each]), FIGURES, cancelled=cancelled)
        if not all(np.isnan(found.values[name][1]) for name in FIGURES):
            break
        found = None  # the step makes no deal
    if found is None:
        raise DealError(f"No step from {term_text(deal, term, term.base)} is allowed for {term.label} ({path}).")
    taken = each
    infos = {info.name: info for info in figures_on_offer(deal)}
    effects = []
    for name in FIGURES:
        before, after = found.at(name, 0), found.at(name, 1)
        if before is None or after is None or abs(after - before) <= _DUST * max(1.0, abs(before)):
            continue
        info = infos[name]
        text = _change_text(after - before, info.unit, deal.currency)
        effects.append(Effect(name, info.label, after - before, text, info.internal, info.unit))
    words = _step_text(deal, term, taken)
    sentence = _sentence(words, effects)
    if not effects:
        why = irrelevant(deal, term.targets[0])
        sentence = f"{words} moves no key figure of the base case. {why}".strip()
    return Marginal(path, term.label, taken, words, tuple(effects), sentence)


def _tried(term: Term, base: float, wanted: float) -> list[float]:
    """The step up, then the step down; of a field that takes only some numbers those to the next of them."""
    if not term.field.allowed or term.scales:
        return [wanted, -wanted]
    above = [each - base for each in term.field.allowed if each > base]
    below = [each - base for each in term.field.allowed if each < base]
    return [float(step) for step in (*above[:1], *below[-1:])]


def _step(term: Term) -> float:
    if term.scales:
        return _FACTOR_STEP
    return 1.0 if term.field.unit is Unit.MONTH else term.field.step


def _step_text(deal: Deal, term: Term, step: float) -> str:
    """A step in words: `Each 0.10`, `Each $10m`, `Each 1 point less`, `Each month`."""
    less = "" if step > 0 else " less"
    unit, size = term.field.unit, abs(step)
    if term.scales:
        return f"Each {size:.0%}{less}".replace("%", " %")
    if unit is Unit.MONTH:
        return f"Each month {'later' if step > 0 else 'earlier'}"
    if unit is Unit.MONTHS and size == 1:
        return f"Each month{less}"
    if unit in (Unit.FRACTION, Unit.RATE):
        points = f"{size * 100:.4g}"
        return f"Each {points} point{'' if points == '1' else 's'}{less}"
    if unit is Unit.MONEY:
        return f"Each {_amount(size, deal.currency)}{less}"
    return f"Each {number_text(unit, size)}{_after(unit)}{less}"


def _after(unit: Unit) -> str:
    """The unit behind a step; that of a price stands beside its field."""
    return "" if unit.money or not unit.suffix else unit.suffix if unit is Unit.RATIO else f" {unit.suffix}"


def _sentence(step: str, effects: list[Effect]) -> str:
    """`Each 0.10 adds $34.5m to the commitment and 0.45 points to the partner IRR.`"""
    told: list[str] = []
    large = [each for each in effects if abs(each.change) >= _UNSEEN.get(each.unit, _UNSEEN_ELSE)]
    chosen = (large or effects)[:_MOST_TOLD]
    for at, each in enumerate(chosen):
        up, before = each.change > 0, chosen[at - 1].change > 0 if at else None
        verb = "" if up is before else "adds " if up else "takes "
        label = _SHORT.get(each.name, each.label)
        name = label if label.isupper() else label[0].lower() + label[1:]
        told.append(f"{verb}{each.text.lstrip('+−')} {'to' if up else 'off'} the {name}")
    return f"{step} {' and '.join(told)}." if told else f"{step} moves no key figure of the base case."


def _change_text(change: float, unit: str, currency: str) -> str:
    sign = "+" if change > 0 else "−"
    size = abs(change)
    if unit == "money":
        return f"{sign}{_amount(size, currency)}"
    if unit in ("rate", "fraction"):
        return f"{sign}{_digits(size * 100)} points"
    return f"{sign}{_digits(size)}{unit if unit == 'x' else f' {unit}'}"


def _amount(size: float, currency: str) -> str:
    """`$34.5m`, `$10m`, or under a tenth of a million in full: `$23,412`."""
    mark = currency_mark(currency)
    return f"{mark}{f'{size / 1e6:,.1f}'.removesuffix('.0')}m" if size >= 1e5 else f"{mark}{size:,.0f}"


def _digits(size: float) -> str:
    return f"{size:.2f}" if size >= 0.1 else f"{size:.2g}"
