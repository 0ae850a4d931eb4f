"""The commands that look for terms and explain figures: solve, sensitivity, compare, explain."""

from __future__ import annotations

import re

import models
from app.analysis_output import (
    bridge_text,
    comparison_json,
    comparison_text,
    explanation_json,
    explanation_text,
    solved_json,
    solved_text,
    tornado_json,
    tornado_text,
)
from app.arguments import Asked, Refusal, quoted
from app.given import Given, given_deal, refusal_of
from app.output import say

_AMOUNT = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) ?(%|bp|k|m|bn)?", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_SCALE = {"": 1.0, "%": 0.01, "bp": 1e-4, "k": 1e3, "m": 1e6, "bn": 1e9}
_SPREAD = 0.1


def analyse(what: Asked) -> None:
    """Do one of the commands and print what came of it.

    Raises:
        Refusal: something asked for does not exist or cannot be done, in a sentence.
    """
    command = {"solve": _solve, "sensitivity": _sensitivity, "compare": _compare, "explain": _explain}[what.command]
    try:
        said = command(what)
    except models.DealError as error:
        raise refusal_of(error) from error
    except (models.RiskError, models.FiguresError) as error:
        raise Refusal(str(error)) from error
    say(said)


def _solve(what: Asked) -> str:
    given = given_deal(what.deal)
    vary, target = what.option("--vary"), what.option("--target")
    if vary is None:
        raise Refusal("What to vary must be said: --vary FIELD, such as --vary senior_debt.target_dscr.")
    if target is None:
        raise Refusal("The target must be said: --target KPI=VALUE, such as --target min_dscr=1.3.")
    kpi, sign, text = target.partition("=")
    if not sign:
        raise Refusal(f"{quoted(target)} is no target; it must be KPI=VALUE, such as min_dscr=1.3.")
    value = _amount(text)
    name = kpi.strip()
    paths, seed = _run(what, name)
    if name in models.SIMULATED_FIGURES:
        found = models.solve_simulated(given.deal, vary, name, value, paths=paths, seed=seed)
    else:
        found = models.solve(given.deal, vary, name, value)
    return solved_text(given, found) if what.option("--json") is None else solved_json(given, found)


def _run(what: Asked, kpi: str) -> tuple[int | None, int | None]:
    """Paths and seed, which only a simulated figure has a use for."""
    for name in ("--paths", "--seed"):
        if what.option(name) is not None and kpi not in models.SIMULATED_FIGURES:
            raise Refusal(f"{name} has no use: {kpi} is not a simulated figure.")
    return _whole(what, "--paths"), _whole(what, "--seed")


def _whole(what: Asked, name: str) -> int | None:
    text = what.option(name)
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise Refusal(f"{quoted(text)} is no whole number; {name} takes one of 0 or more.")
    return int(text)


def _amount(text: str) -> float:
    """A number as people write it: `1.3`, `15%`, `625m`, `300bp`."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise Refusal(f"{quoted(text)} is no number; write it as 1.3, 15%, 300bp, 625m or 1.2bn.")
    return float(f"{float(found[1]) * _SCALE[(found[2] or '').lower()]:.15g}")


def _sensitivity(what: Asked) -> str:
    given = given_deal(what.deal)
    kpi, inputs, spread = what.option("--kpi"), what.option("--inputs"), what.option("--range")
    if kpi is None:
        raise Refusal("The key figure must be said: --kpi KPI, such as --kpi partner_irr.")
    part = _SPREAD if spread is None else _amount(spread)
    if not 0 < part <= 1:
        raise Refusal(f"{quoted(spread or '')} is no range; it must be above 0 and at most 1, such as 0.1 or 10%.")
    chosen = None if inputs is None else [_swing(each.strip()) for each in inputs.split(",") if each.strip()]
    if chosen == []:
        raise Refusal(f"{quoted(inputs or '')} names no input; write paths of fields with commas between them.")
    paths, seed = _run(what, kpi)
    found = models.tornado(given.deal, kpi, chosen, spread=part, paths=paths, seed=seed)
    if chosen and not found.bars:
        raise Refusal(*(f"{path} cannot be moved. {reason}" for path, reason in found.left_out))
    return tornado_text(given, found) if what.option("--json") is None else tornado_json(given, found)


def _swing(text: str) -> str | models.Swing:
    """An input as written: `FIELD`, or `FIELD=LOW:HIGH` for one with ends of its own."""
    path, sign, ends = text.partition("=")
    if not sign:
        return text
    low, colon, high = ends.partition(":")
    if not (colon and low.strip() and high.strip()):
        raise Refusal(f"{quoted(text)} gives no two ends; write FIELD=LOW:HIGH, such as senior_debt.margin=2%:4%.")
    return models.Swing(path.strip(), _end(low.strip()), _end(high.strip()))


def _end(text: str) -> object:
    """A number, a month as the number it is counted by, yes or no, or one of the words that a field takes."""
    if _AMOUNT.fullmatch(text):
        return _amount(text)
    if _MONTH.fullmatch(text):
        return float(models.month_number(text))
    return {"true": True, "false": False}.get(text, text)


def _compare(what: Asked) -> str:
    before, after = _one_of_two(what.deal), _one_of_two(what.other)
    found = models.compare(before.deal, after.deal)
    kpi = what.option("--kpi")
    bridge = None if kpi is None else _bridge(before, after, found, kpi)
    if what.option("--json") is not None:
        return comparison_json(found, bridge)
    said = comparison_text(before, after, found)
    return said if bridge is None else f"{said}\n{bridge_text(after, bridge)}"


def _bridge(before: Given, after: Given, found: models.Comparison, kpi: str) -> models.Bridge | str:
    """The bridge of a figure; why there is none where one of the two deals lacks it."""
    moved = next((each for each in found.figures if each.name == kpi), None)
    if moved is None or moved.change is not None:
        return models.bridge(before.deal, after.deal, kpi)
    lacking = [given.words for given, value in ((before, moved.before), (after, moved.after)) if value is None]
    return f"{moved.label} has no change to explain, as {' and '.join(lacking)} has none: {moved.reason}."


def _one_of_two(words: str) -> Given:
    """The deal that words name; what is wrong with it is said of it by name, since there is another."""
    try:
        return given_deal(words)
    except Refusal as refusal:
        if isinstance(refusal.__cause__, models.DealError):
            raise Refusal(*(f"{quoted(words)}: {sentence}" for sentence in refusal.sentences)) from refusal
        raise


def _explain(what: Asked) -> str:
    given = given_deal(what.deal)
    case = models.evaluate(given.deal)
    month = what.option("--month")
    found = models.explain(case, what.other, None if month is None else _month(case, month))
    return explanation_text(given, found) if what.option("--json") is None else explanation_json(found)


def _month(case: models.Case, text: str) -> int:
    if text in case.dates:
        return case.dates.index(text)
    if re.fullmatch(r"\d{1,4}", text, re.ASCII):
        return int(text)
    span = f"{case.dates[0]} to {case.dates[-1]}"
    raise Refusal(f"{quoted(text)} is no month of this deal; give 0 to {case.months - 1}, or {span}.")
