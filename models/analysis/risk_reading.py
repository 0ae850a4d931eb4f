"""Reading the results of a simulation in the units of the eye, and the words that go with parts of all paths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from models.analysis.reading import Reading
from models.deal.field import currency_mark
from models.deal.months import month_label, month_number
from models.engine.case import KEY_FIGURES, Case, line_items
from models.risk.estimates import Distribution, Estimate
from models.risk.results import RiskResult

LOSS, POSITION, LENDERS, INCOME = (
    "net_support_npv", "vendor_position_npv", "lender_loss_npv", "support_income_npv",
)  # fmt: skip
PRESENT_VALUES = {
    LOSS: "Net support paid, present value",
    POSITION: "Vendor position, present value",
    LENDERS: "Lenders' loss, present value",
    INCOME: "Share, fees and kicker, present value",
}


@dataclass(frozen=True)
class Shown:
    """How a figure is shown: multiplied by `factor`, in a unit, with so many decimals."""

    factor: float
    unit: str
    decimals: int

    def of(self, value: float | None) -> float | None:
        """A value in the unit shown."""
        return None if value is None else value * self.factor

    def write(self, value: float) -> str:
        """A value in the unit shown, as words of a sentence."""
        return f"{value * self.factor:,.{self.decimals}f}".replace("-", "−")


@dataclass(frozen=True)
class RiskReading:
    """A simulation and the base case of the same deal."""

    result: RiskResult
    case: Case

    @cached_property
    def base(self) -> Reading:
        """The base case."""
        return Reading(self.case)

    @property
    def money_unit(self) -> str:
        """Millions of the deal's currency."""
        return f"{currency_mark(self.case.deal.currency)}m"

    @cached_property
    def _units(self) -> dict[str, str]:
        return {info.name: info.unit for info in line_items(self.case.deal)}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {info.name: info.label for info in line_items(self.case.deal)}

    def label_of_line(self, name: str) -> str:
        """The label of a line of the model."""
        return self._labels[name]

    def shown_line(self, name: str) -> Shown:
        """How a line is shown."""
        return self._shown(self._units[name])

    def shown(self, name: str) -> Shown:
        """How a key figure or a present value is shown."""
        figure = next((each for each in KEY_FIGURES if each.name == name), None)
        if figure is None:
            return self._shown("money")
        return self._shown("fraction" if figure.how in ("irr", "ever") else self._units[figure.line])

    def label(self, name: str) -> str:
        """The label of a key figure or a present value."""
        known = {figure.name: figure.label for figure in KEY_FIGURES}
        return PRESENT_VALUES.get(name) or known[name]

    def distribution(self, name: str) -> Distribution:
        """How a key figure or a present value is distributed."""
        return self.result.present_values.get(name) or self.result.kpis[name]

    def differs(self, name: str) -> bool:
        """True where a figure differs from path to path by more than the eye sees."""
        spread, shown = self.distribution(name), self.shown(name)
        if not spread.edges.size:
            return False
        return float(spread.edges[-1] - spread.edges[0]) * shown.factor >= 10.0**-shown.decimals

    def month(self, index: int) -> str:
        """The label of a month of the model."""
        return month_label(self.result.dates[index])

    def width_words(self, shown: Shown, width: float) -> str:
        """The width of a bar, such as `$4m` or `0.1 x`."""
        if shown.unit == self.money_unit:
            return f"{self.money_unit.removesuffix('m')}{width:,g}m"
        words = {"%": "points", "months after the first": "months"}.get(shown.unit, shown.unit)
        return f"{width:,g} {words}"

    def year_words(self, year: int) -> tuple[str, str]:
        """A year of the model, counted from 0, in short and as a span of months."""
        first, last = 12 * year, min(12 * year + 11, len(self.result.dates) - 1)
        start = month_number(self.result.dates[first])
        short = str(start // 12) if start % 12 == 0 else f"{start // 12}/{(start // 12 + 1) % 100:02d}"
        return short, f"{self.month(first)} to {self.month(last)}"

    def _shown(self, unit: str) -> Shown:
        match unit:
            case "money":
                return Shown(1e-6, self.money_unit, self.base.money_decimals)
            case "fraction":
                return Shown(100.0, "%", 1)
            case "x":
                return Shown(1.0, "x", 2)
            case "month number":
                return Shown(1.0, "months after the first", 0)
            case _:
                return Shown(1.0, unit, 2)


def error_decimals(estimate: Estimate, factor: float, least: int = 1) -> int:
    """Decimals that show a standard error with one digit or two: 22.5 ± 0.2, 4.53 ± 0.09."""
    error = (estimate.se or 0.0) * factor
    if error <= 0:
        return least
    return min(4, max(least, -math.floor(math.log10(error) + 0.02)))


def per_cent(part: float) -> str:
    """A part in per cent with one decimal, a half rounded up as figures on the screen are."""
    return f"{math.floor(part * 1000 + 0.5 + 1e-9) / 10:.1f}"


_PARTS = (
    (0.9, "nine paths in ten"), (0.8, "four paths in five"), (0.75, "three paths in four"),
    (2 / 3, "two paths in three"), (0.5, "half of the paths"), (1 / 3, "one path in three"),
    (0.25, "one path in four"), (0.2, "one path in five"), (0.1, "one path in ten"),
)  # fmt: skip


def part_words(part: float) -> str:
    """A part of all paths in words: `nearly four paths in five`, `no path`, `2.3 % of the paths`."""
    if part <= 0:
        return "no path"
    if part >= 1:
        return "every path"
    if part < 0.08:
        return f"{per_cent(part)} % of the paths"
    if part > 0.95:
        return f"{math.floor(part * 1000) / 10:.1f} % of the paths"
    whole, words = min(_PARTS, key=lambda known: abs(known[0] - part))
    if abs(whole - part) < 0.005:
        return words
    return f"{'nearly' if part < whole else 'over'} {words}"


def capital(words: str) -> str:
    """Words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def are(part: float, verb: str, plural: str) -> str:
    """The verb that goes with `part_words`."""
    words = part_words(part)
    return f"{words} {verb if words in ('no path', 'every path') or ' one path' in f' {words}' else plural}"
