"""How key figures and terms are shown: the factor from file units, the unit, and how many decimals."""

from __future__ import annotations

from dataclasses import dataclass

from models.analysis.offer import figure_info
from models.analysis.reading import MONEY_DUST
from models.analysis.terms import Term, term_text
from models.deal.field import Unit, unit_text
from models.deal.schema import Deal


@dataclass(frozen=True)
class Scale:
    """Shown = value in file units * factor + shift, in `unit`, with `decimals`; `fine` is one decimal more at least."""

    factor: float
    unit: str
    decimals: int
    shift: float = 0.0

    @property
    def fine(self) -> int:
        """Decimals for small differences."""
        return max(2, self.decimals)

    @property
    def change_unit(self) -> str:
        """The unit of a difference: that of a per cent figure is points."""
        return "points" if self.unit == "%" else self.unit

    def shown(self, value: float) -> float:
        """A value in file units as it is shown."""
        return value * self.factor + self.shift

    def shown_or_none(self, value: float | None) -> float | None:
        """The same, None where there is no value."""
        return None if value is None else self.shown(value)

    def file(self, shown: float) -> float:
        """A value as shown, in file units."""
        return (shown - self.shift) / self.factor

    def text(self, value: float | None, *, fine: bool = False) -> str:
        """A value in file units as text with its unit: `14.8 %`, `1.92 x`, `$1,567.4m`, `n/a`."""
        if value is None:
            return "n/a"
        figure = self.figure(value, fine=fine)
        return f"{figure} {self.unit}".strip()

    def figure(self, value: float, *, fine: bool = False) -> str:
        """A value in file units as text without its unit, negative ones with a true minus."""
        text = f"{self.shown(value):,.{self.fine if fine else self.decimals}f}"
        return text.replace("-", "−") if any(c in "123456789" for c in text) else text.replace("-", "")

    def change(self, value: float, *, fine: bool = True) -> str:
        """A difference in file units with its sign, without a unit: `+1.04`, `−0.04`."""
        text = f"{value * self.factor:+,.{self.fine if fine else self.decimals}f}"
        return text.replace("-", "−") if any(c in "123456789" for c in text) else text[1:]


def distance_text(deal: Deal, kpi: str, distance: float, target: float) -> str:
    """How far a key figure is from a target, in file units both: `−0.12 %`; "" where only rounding keeps them apart."""
    dust = MONEY_DUST if figure_info(deal, kpi).unit == "money" else _DUST * max(1.0, abs(target))
    if abs(distance) < dust:
        return ""
    scale = figure_scale(deal, kpi)
    return f"{distance * scale.factor:+.2g} {scale.unit}".replace("-", "−").strip()


_DUST = 1e-9
_PLAIN = {"x": ("x", 2), "years": ("years", 1), "month number": ("months", 0), "1 or 0": ("", 0)}


def figure_scale(deal: Deal, kpi: str) -> Scale:
    """How a key figure is shown. DealError where there is no such key figure."""
    unit = figure_info(deal, kpi).unit
    if unit == "money":
        return Scale(1e-6, unit_text(Unit.MONEY, deal.currency), 1)
    if unit in ("fraction", "rate"):
        return Scale(100.0, "%", 1)
    return Scale(1.0, *_PLAIN.get(unit, (unit, 2)))


def term_scale(term: Term) -> Scale:
    """How a term is shown on an axis: a factor in % of now, a month in months from now, else in its field's unit."""
    if term.scales:
        return Scale(100.0, "% of now", 0)
    if term.field.unit is Unit.MONTH:
        return Scale(1.0, "months from now", 0, -(term.base or 0.0))
    return Scale(10.0**term.field.unit.power, term.unit, term.field.unit.decimals)


def term_words(deal: Deal, term: Term, value: float) -> str:
    """A value of a term for the edge of a table: `90 %` of now for a factor, else as in sentences but without unit."""
    if term.scales:
        return f"{value * 100:.0f} %"
    if term.field.unit is Unit.MONTH:
        return term_text(deal, term, value)
    scale = term_scale(term)
    return f"{scale.shown(value):,.{scale.decimals}f}".replace("-", "−")
