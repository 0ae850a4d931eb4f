"""The values that went into a figure: each line, input and constant that its formula names, as the case has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, isfinite

import numpy as np

from models.analysis.recompute import result_of
from models.analysis.shown import shown
from models.deal.field import Field, Unit
from models.deal.months import month_label, month_text
from models.deal.paths import field_at, value_at, words_at
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import segment_label, text_of
from models.engine.case import Case, label_of
from models.engine.printing import is_series
from models.language.line import Kind, Measure
from models.language.model import Line
from models.language.tree import (
    ByYear,
    Expr,
    Input,
    Month,
    Named,
    Next,
    Over,
    Prior,
    Ref,
    Window,
)
from models.lines import model_of

Key = tuple[str, str, int, int]


@dataclass(frozen=True)
class Link:
    """Where to go on to: to a line (in a month, None for one with one value; with `last` over months), a key figure, or
    a field of the deal."""

    kind: str
    name: str
    month: int | None
    label: str
    internal: bool = False
    last: int | None = None


@dataclass(frozen=True)
class Ingredient:
    """One thing that a formula names, with its value.

    Attributes:
        kind: "line", "row" (a line over several months), "input", "table" (by year), "constant" or "month".
        name: of the line, path of the field, name of the constant.
        when: which month, in words; "" where that needs no word.
        value: in file units; of a row the total of a flow, else the value in its last month; infinite where the
            figure does not exist.
        text: the value in words, with its unit in `unit`.
        values: of a row, month by month from `first`; of a table, year by year.
        link: where it is explained or entered; None for constants.
        about: what it is, in words of its definition.
        said: how the value is said where it is no amount: `yes`, `Aug 2027`; "" where `text` is what is said.
    """

    kind: str
    name: str
    label: str
    when: str
    value: float
    text: str
    unit: str
    internal: bool
    key: Key
    link: Link | None = None
    values: tuple[float, ...] = ()
    first: int = 0
    about: str = ""
    said: str = ""


class Reader:
    """Reads what a formula names from a case, for one month."""

    def __init__(self, case: Case, month: int) -> None:
        self.case = case
        self.month = month

    def now(self, name: str) -> float:
        if self.case.model.lines[name].once:
            return self.case.once[name]
        return float(self.case.lines[name][self.month])

    def before(self, name: str) -> float:
        if self.month > 0:
            return float(self.case.lines[name][self.month - 1])
        return result_of(self.case.model.lines[name].start, self)

    def after(self, name: str) -> float:
        return float(self.case.lines[name][self.month + 1]) if self.month + 1 < self.case.months else 0.0

    def all(self, name: str) -> tuple[float, ...]:
        return tuple(self.case.lines[name].tolist())

    def between(self, name: str, first: int, last: int) -> tuple[float, ...]:
        return self.all(name)[max(0, first) : max(0, last + 1)]

    def input(self, path: str) -> float:
        value = self.case.inputs[path]
        if isinstance(value, np.ndarray):
            return float(value[self.month if is_series(path) or path.startswith("plan.") else 0, 0])
        return float(value)

    def table(self, path: str) -> tuple[float, ...]:
        return tuple(float(entry) for entry in np.asarray(self.case.inputs[path])[:, 0])

    def constant(self, constant: Named) -> float:
        return constant.value


class Shown:
    """The same, read from ingredients alone: what is shown is all that is known."""

    def __init__(self, ingredients: Iterable[Ingredient], month: int) -> None:
        self._by_key: Mapping[Key, Ingredient] = {each.key: each for each in ingredients}
        self.month = month

    def now(self, name: str) -> float:
        return self._by_key["line", name, 0, 0].value

    def before(self, name: str) -> float:
        return self._by_key["line", name, -1, 0].value

    def after(self, name: str) -> float:
        return self._by_key["line", name, 1, 0].value

    def all(self, name: str) -> tuple[float, ...]:
        return self._by_key["row", name, 0, -1].values

    def between(self, name: str, first: int, last: int) -> tuple[float, ...]:
        return self._by_key["row", name, first, last].values

    def input(self, path: str) -> float:
        return self._by_key["input", path, 0, 0].value

    def table(self, path: str) -> tuple[float, ...]:
        return self._by_key["table", path, 0, 0].values

    def constant(self, constant: Named) -> float:
        return self._by_key["constant", constant.name, 0, 0].value


def ingredients_of(expr: Expr, case: Case, month: int) -> tuple[Ingredient, ...]:
    """Everything a formula names, each once, in the order of the formula."""
    found: dict[Key, Ingredient] = {}
    for each in _gathered(expr, case, Reader(case, month)):
        found.setdefault(each.key, each)
    return tuple(found.values())


def _gathered(expr: Expr, case: Case, reader: Reader) -> Iterable[Ingredient]:
    month = reader.month
    match expr:
        case Prior(of):
            yield _line(case, of.name, reader.before(of.name), month, -1)
        case Next(of):
            yield _line(case, of.name, reader.after(of.name), month, 1)
        case Ref(name):
            yield _line(case, name, reader.now(name), month, 0)
        case Over(_, rows):
            for row in rows:
                yield row_of(case, row.name, 0, case.months - 1, key=("row", row.name, 0, -1))
        case Window(of, first, last):
            yield from _gathered(first, case, reader)
            yield from [] if last is None else _gathered(last, case, reader)
            start = ceil(result_of(first, reader))
            end = month if last is None else floor(result_of(last, reader))
            yield row_of(case, of.name, start, end, key=("row", of.name, start, end))
        case Input(path):
            yield _input(case, path, reader)
        case ByYear(table, year, _):
            yield _table(case, table.path, reader)
            yield from _gathered(year, case, reader)
        case Named(name, value, unit, label):
            unit = case.deal.currency if unit == "currency" else unit
            yield Ingredient("constant", name, label, "", value, f"{value:,g}", unit, False, ("constant", name, 0, 0))
        case Month():
            when = month_of(case, month)
            yield Ingredient(
                "month", "month", "Month number", when, float(month), str(month), "", False, ("month", "", 0, 0)
            )
        case _:
            for child in expr.children():
                yield from _gathered(child, case, reader)


def month_of(case: Case, month: int) -> str:
    """A month of the model in words, `Mar 2027`."""
    return month_label(month_text(_first(case.deal) + month))


def months_of(case: Case, first: int, last: int) -> str:
    """Months of the model in words, `Mar 2027 to May 2027`; of one its name."""
    return month_of(case, first) if first == last else f"{month_of(case, first)} to {month_of(case, last)}"


def _first(deal: Deal) -> int:
    return int(deal.start[:4]) * 12 + int(deal.start[5:]) - 1


def _line(case: Case, name: str, value: float, month: int, shift: int) -> Ingredient:
    line = case.model.lines[name]
    measure = str(line.definition.measure)
    text, unit = shown(value, measure, case.deal.currency)
    at = month + shift
    inside = 0 <= at < case.months
    when = ""
    if shift:
        when = month_of(case, at) if inside else ("at the start" if shift < 0 else "after the end")
    label = label_of(case.deal, line)
    link = (
        Link("line", name, None if line.once else at, label, line.definition.internal) if line.once or inside else None
    )
    return Ingredient(
        "line", name, label, when, value, text, unit, line.definition.internal, ("line", name, shift, 0), link,
        about=line.definition.reason, said=said_of(case, line, value),
    )  # fmt: skip


def stock_of(case: Case, name: str, month: int, *, before: bool = False) -> Ingredient:
    """A line in a month, or `before` it, with the month in words."""
    read = Reader(case, month)
    value, shift = (read.before(name), -1) if before else (read.now(name), 0)
    made = _line(case, name, value, month, shift)
    return made if before else replace(made, when=month_of(case, month))


def said_of(case: Case, line: Line, value: float) -> str:
    """How a value of a line is said where it is no amount: yes, no or a month; "" where its text is what is said."""
    measure = line.definition.measure
    if measure is Measure.FLAG:
        return "yes" if value else "no"
    if measure is Measure.MONTH and line.definition.kind is not Kind.COUNT and isfinite(value) and value == int(value):
        return month_of(case, int(value))
    return ""


def row_of(case: Case, name: str, first: int, last: int, *, key: Key) -> Ingredient:
    """A line over the months first..last, those outside the model left out."""
    line = case.model.lines[name]
    start, end = max(0, first), min(case.months - 1, last)
    values = tuple(case.lines[name][start : end + 1].tolist())
    value = (sum(values) if line.sums else values[-1]) if values else 0.0
    text, unit = shown(value, str(line.definition.measure), case.deal.currency)
    whole = start == 0 and end == case.months - 1
    when = "all months" if whole else months_of(case, start, end) if values else "no month"
    label = label_of(case.deal, line)
    link = Link("line", name, None, label, line.definition.internal)
    about = line.definition.reason
    return Ingredient(
        "row", name, label, when, value, text, unit, line.definition.internal, key, link, values, start, about
    )


def _input(case: Case, path: str, reader: Reader) -> Ingredient:
    value = reader.input(path)
    key = ("input", path, 0, 0)
    if _is_of_path(path):
        return Ingredient("input", path, _factor_label(case.deal, path), "", value, f"{value:,.4f}", "", True, key)
    field, label = field_at(case.deal, path), words_at(case.deal, path)
    link = Link("field", path, None, label, field.internal)
    given = value_at(case.deal, path)
    series = isinstance(given, tuple)
    text = _bare(field.element, value if series else given, case.deal.currency)
    when = month_of(case, reader.month) if series else ""
    unit = _unit(field, case.deal)
    return Ingredient("input", path, label, when, value, text, unit, field.internal, key, link, about=field.help)


def _table(case: Case, path: str, reader: Reader) -> Ingredient:
    values = reader.table(path)
    name = field_path(path)
    field, label = field_at(case.deal, name), words_at(case.deal, name)
    band = int(path.rpartition("_")[2]) + 1 if name != path else 0
    label = f"{label}, band {band}" if band and len(case.deal.revenue_share.bands) > 1 else label
    text = ", ".join(_bare(field.element, value, case.deal.currency) for value in values)
    link = Link("field", name, None, label, field.internal)
    return Ingredient(
        "table", name, label, "by contract year", values[0], text, _unit(field, case.deal), field.internal,
        ("table", path, 0, 0), link, values, 1, field.help,
    )  # fmt: skip


def field_path(path: str) -> str:
    """The field of the deal that an input was bound from; rates are bound by band."""
    return "revenue_share.rates" if path.startswith("revenue_share.rates_") else path


def input_label(deal: Deal, path: str) -> str:
    """What an input is called, the factors of a simulated path included."""
    if _is_of_path(path):
        return _factor_label(deal, path)
    try:
        return words_at(deal, field_path(path))
    except DealError:
        return path


def _is_of_path(path: str) -> bool:
    """Whether an input is no field of the deal but a driver of a simulated path, or taken from the base case."""
    return path.startswith(("factors.", "plan.")) or path.endswith(_OF_PATH)


_OF_PATH = (".demand_factor", ".price_factor", ".delivery_delay")


def _factor_label(deal: Deal, path: str) -> str:
    if path.startswith("plan."):
        return f"{label_of(deal, model_of(deal).lines[path.removeprefix('plan.')])} in the base case"
    if path.endswith(".delivery_delay"):
        phase = deal.phases[int(path.partition("[")[2].partition("]")[0])]
        return f"Months of delay on the path: {phase.name}"
    if path == "factors.residual_factor":
        return "Residual value factor of the path"
    if path == "factors.partner_default_month":
        return "Month of the partner's own default in the path"
    number = int(path.partition("[")[2].partition("]")[0])
    word = "Demand" if path.endswith("demand_factor") else "Price"
    return f"{word} factor of the path: {segment_label(deal.demand[number].segment)}"


def _bare(field: Field, value: object, currency: str) -> str:
    text, unit = text_of(field, value, currency), field.unit_text(currency)
    return text.removesuffix(f" {unit}") if unit else text


def _unit(field: Field, deal: Deal) -> str:
    return "" if field.unit is Unit.MONTH else field.unit_text(deal.currency)
