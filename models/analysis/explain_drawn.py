"""What the charts of a simulation show, explained: a bar, a percentile, what may still be paid, a chance by year."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from models.analysis.explain import Explanation
from models.analysis.formulas import Token
from models.analysis.ingredients import Ingredient, Link, month_of, months_of
from models.analysis.reading import MONEY_DUST
from models.analysis.risk_figures import CALLED
from models.analysis.risk_reading import LOSS, RiskReading, Shown
from models.analysis.risk_shown import (
    CALLED_IN_YEAR,
    CALLED_SO_FAR,
    CONTRACTUAL_AHEAD,
    EXPECTED_AHEAD,
    HIGH_AHEAD,
    Between,
    Percentile,
)
from models.analysis.telling import Teller, value_of
from models.deal.problems import DealError
from models.deal.values import clipped
from models.engine.case import Case, label_of
from models.language.line import Kind
from models.risk.estimates import PERCENTILES, Estimate
from models.risk.exposure import HIGH, PAYMENTS
from models.risk.results import RiskResult

_AHEAD = {
    CONTRACTUAL_AHEAD: ("Still to come at most, on paper", "How much could still be asked for."),
    HIGH_AHEAD: ("Still to come, 95 % of paths", "How much is still to be paid on a bad path: one in twenty has more."),
    EXPECTED_AHEAD: ("Still to come, expected", "How much is still to be paid on average."),
}
_MIDDLE = 0.5
_ROUND = 1e-9
_FINEST = 7  # decimals


def explain_drawn(
    result: RiskResult, case: Case, name: str, month: int | None, last: int | None, part: Between | Percentile | None
) -> Explanation:
    """Explain what a chart of a simulation shows; as `explain_simulated`.

    Raises:
        DealError: the simulation has no such figure, or not in these months.
    """
    teller = _Drawn(result, case)
    if isinstance(part, Between) and (name in result.present_values or name in result.kpis):
        return teller.bar(name, part)
    inside = month is not None and 0 <= month <= (month if last is None else last) < case.months
    if month is not None and inside:
        until = month if last is None else last
        if isinstance(part, Percentile) and name in result.kinds and part.share in PERCENTILES:
            return teller.percentile(name, month, until, part.share)
        if name in _AHEAD:
            return teller.ahead(name, month)
        if name in (CALLED_IN_YEAR, CALLED_SO_FAR) and month % 12 == 0:
            return teller.called(name, month, until)
    raise DealError(f'The simulation shows no such part of "{clipped(name)}".')


class _Drawn(Teller):
    def bar(self, name: str, part: Between) -> Explanation:
        """The paths of one bar of a distribution."""
        read = RiskReading(self.result, self.case)
        sample, shown, label = read.distribution(name).sample, read.shown(name), read.label(name)
        inside = _inside(sample.values, part)
        count, size = float(sample.counts[inside].sum()), sample.size
        words = _bar_words(part, shown, read)
        base = self.base(name)
        formula = (
            Token("paths on which "), Token(base.label, line=name), Token(f" is {words} / all paths that have it"),
        )  # fmt: skip
        made = [
            self.one("count", "in", "Paths in this bar", "", count, "number", None),
            self.one("count", "all", "All paths that have it", "", float(size), "number", None),
            base,
            *(self._paths_between(part) if name == LOSS else ()),
        ]
        share = Estimate(count / size if size else None)
        missing = "" if size else "On no path does the figure exist."
        return self.made(
            name, f"{label}: {words}", "How many of the paths end here.", share, "fraction", missing, formula,
            tuple(made), (),
        )  # fmt: skip

    def percentile(self, line: str, month: int, last: int, share: float) -> Explanation:
        """What part of the paths does not exceed of a line over some months."""
        read = RiskReading(self.result, self.case)
        ends = (last,) if month == 0 else (month - 1, last)
        fan = self.result.fan(line, ends, survivors=True)
        value, counted = float(fan.values[fan.percentiles.index(share), -1]), int(fan.paths[-1])
        flow = self.result.kinds[line] is Kind.FLOW
        label = label_of(self.case.deal, self.case.model.lines[line])
        name = "median" if share == _MIDDLE else f"{share * 100:g} % path"
        span = months_of(self.case, month, last)
        when = f"over {span}" if flow else f"in {month_of(self.case, last)}"
        formula = (
            Token(f"the value that {share * 100:g} % of the paths do not exceed of "), Token(label, line=line),
            Token(f" {when}"),
        )  # fmt: skip
        unit = str(self.case.model.lines[line].definition.measure)
        rows, rows_kept = self.case.lines[line], self.result.losses.size
        base = float(rows[month : last + 1].sum() if flow else rows[last])
        to = Link("line", line, month if flow else last, label, internal=True, last=last if flow else None)
        at = self._path_with(self._over(line, month, last), value)
        made = [
            self.one("base", line, label, "base case", base, unit, to),
            self.one("count", "counted", f"Paths not in default, of {rows_kept:,}", "", float(counted), "number", None),
            *(() if at is None else (self._path(at, "Path with this value", value, unit),)),
        ]
        reason = "How the line is spread over the paths that are not in default by then."
        missing = "" if counted else "On no path without a default is there such a figure then."
        estimate = Estimate(value if counted else None)
        return self.made(
            line, f"{read.label_of_line(line)}, {name}", reason, estimate, unit, missing, formula, tuple(made), (),
            when=span if flow else month_of(self.case, last),
        )  # fmt: skip

    def ahead(self, name: str, month: int) -> Explanation:
        """What may still be paid under the support, seen from a month."""
        profile, when = self.result.profile, month_of(self.case, month)
        label, reason = _AHEAD[name]
        values = {
            CONTRACTUAL_AHEAD: float(profile.contractual[month]),
            HIGH_AHEAD: float(profile.high[month]),
            EXPECTED_AHEAD: float(profile.expected[month]),
        }
        paid = label_of(self.case.deal, self.case.model.lines[PAYMENTS])
        rest = (Token(paid, line=PAYMENTS), Token(f" from {when} on"))
        words = {
            CONTRACTUAL_AHEAD: (Token("what all supports together could still be asked for: their caps, no default"),),
            HIGH_AHEAD: (Token(f"the value that {HIGH * 100:g} % of the paths do not exceed of "), *rest),
            EXPECTED_AHEAD: (Token("mean over all paths of "), *rest),
        }
        end = self.case.months - 1
        to = Link("line", PAYMENTS, month, paid, internal=True, last=end)
        base = float(self.case.lines[PAYMENTS][month:].sum())
        others = [
            self.one(
                "estimate", each, _AHEAD[each][0], "", values[each], "money",
                Link("simulated", each, month, _AHEAD[each][0], internal=True),
            )
            for each in values
            if each != name
        ]  # fmt: skip
        at = None if name != HIGH_AHEAD else self._path_with(self._over(PAYMENTS, month, end), values[name])
        made = [
            self.one("base", PAYMENTS, paid, f"base case, from {when} on", base, "money", to),
            *others,
            *(() if at is None else (self._path(at, "A path that pays it", values[name], "money"),)),
        ]
        return self.made(
            name, label, f"{reason} Undiscounted, this month’s payments included.", Estimate(values[name]), "money", "",
            words[name], tuple(made), (), when=f"seen from {when}",
        )  # fmt: skip

    def called(self, name: str, month: int, last: int) -> Explanation:
        """How likely a call is in a year of the model, or up to its end."""
        year = month // 12
        found = {CALLED_IN_YEAR: self.result.called_in_year, CALLED_SO_FAR: self.result.called_by_year}
        span = months_of(self.case, month, last)
        until = f"by the end of {month_of(self.case, last)}"
        labels = {CALLED_IN_YEAR: "Called in the year", CALLED_SO_FAR: "Called so far"}
        when = f"{'in' if month == last else 'from'} {span}" if name == CALLED_IN_YEAR else until
        formula = (Token(f"share of the paths on which any support is called {when}"),)
        other = CALLED_SO_FAR if name == CALLED_IN_YEAR else CALLED_IN_YEAR
        near = [(other, month, last, "")]
        if year:
            near.append((name, month - 12, month - 1, "the year before"))
        made = [
            self.one(
                "estimate", f"{each} {first}", labels[each], words,
                value_of(found[each][first // 12]), "fraction",
                Link("simulated", each, first, labels[each], internal=True, last=end),
            )
            for each, first, end, words in near
        ]  # fmt: skip
        ever = Link("simulated", CALLED, None, "Any call", internal=True)
        made.append(self.one("estimate", CALLED, "Any call", "", value_of(self.result.called), "fraction", ever))
        paid = self._over(PAYMENTS, month if name == CALLED_IN_YEAR else 0, last)
        worst = int(np.argmax(paid))
        if paid[worst] > MONEY_DUST:
            made.append(self._path(worst, "Path that is paid most", float(paid[worst]), "money"))
        reason = "How likely it is that any support is called."
        return self.made(
            name, labels[name], reason, found[name][year], "fraction", "", formula, tuple(made), (),
            when=span if name == CALLED_IN_YEAR else until,
        )  # fmt: skip

    def _over(self, line: str, month: int, last: int) -> NDArray[np.float64]:
        """A line of the first paths over some months, those in default left out of what is no payment."""
        rows = self.result.rows[line]
        flow = line == PAYMENTS or self.result.kinds[line] is Kind.FLOW
        values = rows[month : last + 1].sum(axis=0) if flow else rows[last]
        if line == PAYMENTS:
            return np.asarray(values)
        return np.where(self.result.rows["defaulted"][last] == 0, values, np.nan)

    def _path_with(self, values: NDArray[np.float64], value: float) -> int | None:
        """The first of the first paths that has a value; None where there is none."""
        if not np.isfinite(values).any() or not math.isfinite(value):
            return None
        at = int(np.nanargmin(np.abs(values - value)))
        return at if math.isclose(values[at], value, rel_tol=1e-9, abs_tol=MONEY_DUST) else None

    def _path(self, path: int, words: str, value: float, unit: str) -> Ingredient:
        to = Link("path", str(path), None, f"{words[:1].lower()}{words[1:]}", internal=True)
        return self.one("path", str(path), words, "", value, unit, to)

    def _paths_between(self, part: Between) -> list[Ingredient]:
        """The path with the least, the middle and the largest loss of a bar, each once."""
        losses = self.result.losses
        inside = np.flatnonzero(_inside(losses, part))
        if not inside.size:
            return []
        if part.low == part.high:
            return [self._path(int(inside[0]), "First path without", float(losses[inside[0]]), "money")]
        order = inside[np.argsort(losses[inside], kind="stable")]
        places = {"Least of these": order[0], "Middle one": order[(order.size - 1) // 2], "Largest": order[-1]}
        once = {int(path): words for words, path in reversed(places.items())}
        return [self._path(path, words, float(losses[path]), "money") for path, words in reversed(once.items())]


def _inside(values: NDArray[np.float64], part: Between) -> NDArray[np.bool_]:
    nothing = np.abs(values) <= MONEY_DUST
    if part.low == part.high:
        return nothing
    inside = (values >= part.low) & (values < part.high)
    return inside & ~nothing if part.apart else inside


def _bar_words(part: Between, shown: Shown, read: RiskReading) -> str:
    """What the figure is on the paths of a bar: `$7.00m to $7.50m`, `1.30 x or more`, `less than 4 %`, `nothing`."""
    if part.low == part.high:
        return "nothing"
    low, high = (None if math.isinf(value) else value * shown.factor for value in (part.low, part.high))
    decimals = _decimals([value for value in (low, high) if value is not None])
    money = shown.unit == read.money_unit
    mark, end = (read.money_unit.removesuffix("m"), "m") if money else ("", "")
    unit, _, rest = ("" if money else shown.unit).partition(" ")  # `months` and `after the first`

    def edge(value: float) -> str:
        return f"{'−' if value < 0 else ''}{mark}{abs(value):,.{decimals}f}{end}"

    if high is None:
        if low is None:
            return "any value"
        said: tuple[str, ...] = (edge(low), unit, "or more")
    elif low is None:
        said = ("less than", edge(high), unit)
    else:
        said = (edge(low), "to", edge(high), unit)
    return " ".join(filter(None, (*said, rest)))


def _decimals(edges: list[float]) -> int:
    """With how many decimals all edges of a bar are exact: none, or at least two; they are round numbers."""
    for decimals in (0, 2, 3, 4, 5, 6):
        if all(math.isclose(value, round(value, decimals), rel_tol=_ROUND, abs_tol=_ROUND) for value in edges):
            return decimals
    return _FINEST
