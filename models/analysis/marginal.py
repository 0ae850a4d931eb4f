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

FIGURES = ("gross_commitment", "partner_irr", "debt_amount", "vendor_support_npv", "min_dscr", "equity_invested")
"""Key figures told of, in this order."""
_FACTOR_STEP = 0.01
_MOST_TOLD = 3
_DUST = 1e-9


@dataclass(frozen=True)
class Effect:
    """What a step does to one key figure: the change in file units and in words, `+$34.5m`, `+0.4 points`."""

    name: str
    label: str
    change: float
    text: str
    internal: bool


@dataclass(frozen=True)
class Marginal:
    """What one step of a field does.

    Attributes:
        step: in file units; negative where only a step down is allowed.
        effects: of the key figures that move, in the order of `FIGURES`.
        sentence: `Each +0.10 $ per GPU-hour: commitment +$34.5m, partner IRR +0.4 points`.
    """

    path: str
    label: str
    step: float
    step_text: str
    effects: tuple[Effect, ...]
    sentence: str

    def sentence_for(self, *, partner: bool) -> str:
        """The sentence, without internal figures for the partner."""
        return _sentence(self.step_text, [each for each in self.effects if not (partner and each.internal)])


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
        if not all(np.isnan(found.values[name]).all() for name in FIGURES):
            break
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
        effects.append(Effect(name, info.label, after - before, text, info.internal))
    words = _step_text(deal, term, taken)
    sentence = _sentence(words, effects)
    if not effects:
        why = irrelevant(deal, term.targets[0])
        sentence = f"{words}: moves no key figure. {why}".strip()
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
    sign = "+" if step > 0 else "−"
    if term.scales:
        return f"{sign}{abs(step):.0%}".replace("%", " %")
    if term.field.unit is Unit.MONTH:
        return f"{sign}{abs(step):.0f} month"
    return f"{sign}{term_text(deal, term, abs(step))}"


def _sentence(step: str, effects: list[Effect]) -> str:
    told = [f"{each.label} {each.text}" for each in effects[:_MOST_TOLD]]
    return f"Each {step}: {', '.join(told)}" if told else f"Each {step} moves no key figure."


def _change_text(change: float, unit: str, currency: str) -> str:
    sign = "+" if change > 0 else "−"
    size = abs(change)
    if unit == "money":
        mark = currency_mark(currency)
        return f"{sign}{mark}{size / 1e6:,.1f}m" if size >= 1e5 else f"{sign}{mark}{size:,.0f}"
    if unit in ("rate", "fraction"):
        return f"{sign}{_digits(size * 100)} points"
    return f"{sign}{_digits(size)} {unit}"


def _digits(size: float) -> str:
    return f"{size:.2f}" if size >= 0.1 else f"{size:.2g}"
