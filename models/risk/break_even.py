"""Terms at which RAROC is the hurdle: a running fee, and a scale of the share rates.

Both are found by simulating candidates under the same paths, so the waterfall's answer to a fee or a share is in them.
What is brought to 0 is the excess income = income - EL - hurdle * capital * years, nearly a straight line in either
term. The search runs on few paths; its answer is then corrected on all of them (on the first `EXACT` of very many).
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

from models.deal.schema import Deal, fields
from models.deal.support import CommonSupport
from models.risk.gathering import EXACT
from models.risk.measures import NO_CAPITAL, risk_measures
from models.risk.paths import Pass
from models.risk.results import RiskMeasures, Solution
from models.risk.settings import RiskSettings
from models.risk.terms import FEE_KINDS, highest_share, with_fee, with_share_scale

SEARCH_PATHS = 8192
"""Paths of the first search."""

NEAR = 1e-5
"""RAROC may miss the hurdle by this much."""

_TRIES, _CORRECTIONS = 24, 4

Found = tuple[float, float]
"""Excess income of a candidate, and what of it is near enough to none."""

Search = Generator[float, Found, tuple[float, float] | str]
"""Asks for candidates; ends with a root and the slope there, or with the reason why there is no root."""


def break_even(
    deal: Deal,
    settings: RiskSettings,
    run: Callable[[RiskSettings], Pass],
) -> tuple[Solution, Solution]:
    """The running fee, the same in basis points on every support that carries one, and the scale of all share rates.

    Args:
        run: a pass over the paths of other settings, with the threads and the progress of the whole run.
    """
    hurdle = f"the hurdle of {100 * deal.vendor.hurdle_raroc:.1f} %"
    highest = float(fields(CommonSupport)["fee_bps"].high or 0)
    share = highest_share(deal)
    searches: dict[str, tuple[Callable[[Deal, float], Deal], Search]] = {}
    answers: dict[str, Solution] = {}
    if not any(support.kind in FEE_KINDS for support in deal.credit_support):
        answers["fee"] = Solution(None, "no support of this deal carries a running fee")
    else:
        ends = (f"RAROC is above {hurdle} without any fee", f"no fee up to {highest:,.0f} bp brings RAROC to {hurdle}")
        searches["fee"] = (with_fee, _root(0.0, 100.0, highest, *ends))
    if share <= 0:
        answers["share"] = Solution(None, "this deal has no share of revenue")
    else:
        ends = (f"RAROC is above {hurdle} without any share", f"not even a share of 100 % brings RAROC to {hurdle}")
        searches["share"] = (with_share_scale, _root(0.0, min(1.0, 1 / share), 1 / share, *ends))
    few = replace(settings, paths=min(settings.paths, SEARCH_PATHS))
    found = _together(deal, searches, run(few))
    roots = {name: root for name, root in found.items() if not isinstance(root, str)}
    answers |= {name: Solution(None, reason) for name, reason in found.items() if isinstance(reason, str)}
    if few.paths < settings.paths and roots:
        corrections = {name: (searches[name][0], _corrected(*root)) for name, root in roots.items()}
        many = replace(settings, paths=min(settings.paths, EXACT))
        corrected = _together(deal, corrections, run(many))
        roots = {name: root for name, root in corrected.items() if not isinstance(root, str)}
    answers |= {name: Solution(x) for name, (x, _) in roots.items()}
    return answers["fee"], answers["share"]


def _together(
    deal: Deal, searches: dict[str, tuple[Callable[[Deal, float], Deal], Search]], simulate: Pass
) -> dict[str, tuple[float, float] | str]:
    """Run searches side by side: what they ask for in one round is simulated in one pass."""
    ended: dict[str, tuple[float, float] | str] = {}
    asked = {name: next(search) for name, (_, search) in searches.items()}
    while asked:
        candidates = [searches[name][0](deal, x) for name, x in asked.items()]
        passed = simulate(candidates)
        for name, each in zip(list(asked), passed, strict=True):
            try:
                asked[name] = searches[name][1].send(_excess(risk_measures(each.figures, deal), deal))
            except StopIteration as stop:
                ended[name] = stop.value
                del asked[name]
    return ended


def _excess(measures: RiskMeasures, deal: Deal) -> Found:
    known = (measures.income.value, measures.expected_loss.value, measures.economic_capital.value)
    income, loss, capital = (value or 0.0 for value in known)
    held = max(0.0, capital) * deal.months / 12
    return income - loss - deal.vendor.hurdle_raroc * held, NEAR * held


def _root(low: float, first: float, high: float, below: str, above: str) -> Search:
    """A root between bounds by false position (Illinois), beginning at `low` and `first`."""
    a, (fa, near) = low, (yield low)
    if near <= 0:
        return NO_CAPITAL
    if fa >= -near:
        return below
    b = first
    fb, near = yield b
    while fb < 0 and b < high:
        a, fa = b, fb
        b = min(high, 4 * b)
        fb, near = yield b
    if fb < -near:
        return above
    slope = (fb - fa) / (b - a)
    for _ in range(_TRIES):
        x = b - fb * (b - a) / (fb - fa)
        f, near = yield x
        if abs(f) <= near:
            return x, slope
        if (f < 0) == (fb < 0):
            fa /= 2
        else:
            a, fa = b, fb
        slope = (f - fb) / (x - b) if x != b else slope
        b, fb = x, f
    return b, slope


def _corrected(x: float, slope: float) -> Search:
    """A root near `x` by secants."""
    f, near = yield x
    for _ in range(_CORRECTIONS):
        if abs(f) <= near or slope <= 0:
            break
        new = max(0.0, x - f / slope)
        g, near = yield new
        if new != x and g != f:
            slope = (g - f) / (new - x)
        x, f = new, g
    return x, slope
