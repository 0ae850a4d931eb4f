"""Take lines apart into single steps on rows of columns, each worked out once, for a walk through the months.

What is the same in every column is left outside the walk: a number, or one number for each month.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum

from models.engine.printing import Need, Writer, is_series, over_name
from models.language.model import Line
from models.language.operators import OPERATORS
from models.language.tree import (
    NOT_AVAILABLE,
    ZERO,
    ByYear,
    Expr,
    Input,
    LineError,
    Month,
    Next,
    Op,
    Over,
    Prior,
    Ref,
    Window,
    is_const,
    walk,
)

COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq"})
CONDITIONS = COMPARISONS | {"both", "either"}

SPELLINGS = {
    "total": "add({target}, {0}, out={target})",
    "smallest": "minimum({target}, {0}, out={target})",
    "largest": "maximum({target}, {0}, out={target})",
}
"""How a figure over all months grows by one month."""


class Form(Enum):
    """What a value is in the printed code."""

    GIVEN = "bound before the first step: a number, a row from outside, or the month before"
    INTO = "a step that writes into a row; it may write over an argument"
    APART = "a step that writes into a row which is none of its arguments"
    FRESH = "a step that makes a row of its own"
    CHOSEN = "one of its arguments as it stands, by a condition that is the same in all columns"
    EFFECT = "a step that fills a row kept for others"


@dataclass(frozen=True)
class Step:
    """One value: its Python source with {0}, {1}, ... for the values it is made of and {out} for its row."""

    form: Form
    source: str
    uses: tuple[int, ...] = ()
    mask: bool = False


@dataclass
class Steps:
    """Lines of one walk as steps.

    Attributes:
        names: the lines, each after what it needs in the same month.
        direction: 1 for a walk from the first month to the last, -1 for one backward.
        wide: lines that differ from column to column, and `wide_inputs` the inputs that do.
        outputs: lines whose row by month is wanted outside or looked back on.
        totals: figures over all months to add up on the way, by line they start from.
        done: by line, its value.
        before: by line whose month before (or after, in a walk backward) is used, that value.
        starts: by such a line, the value before the first month.
        ends: by step, the lines that it completes, to be read beside it.
    """

    lines: Mapping[str, Line]
    names: tuple[str, ...]
    direction: int
    wide: Collection[str]
    wide_inputs: Collection[str]
    outputs: tuple[str, ...]
    totals: Mapping[str, tuple[Over, ...]]

    steps: list[Step] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    ends: dict[int, list[str]] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    by_month: dict[str, None] = field(default_factory=dict)
    at_once: dict[str, str] = field(default_factory=dict)
    _known: dict[Step, int] = field(default_factory=dict)
    _masks: dict[int, int] = field(default_factory=dict)
    _carried: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.same = Writer(self.lines, {}, plain=False, loop=False)
        self.outside = Writer(self.lines, {}, plain=False, loop=False, letter="y")
        for name in self.names:
            self.done[name] = self.value(self.lines[name].formula)
            if name in self.outputs:
                self.add(Step(Form.EFFECT, f"copyto({self.row_of(name)}, {{0}})", (self.done[name],)))
            for over in self.totals.get(name, ()):
                self._grow(over)
            self.ends.setdefault(len(self.steps) - 1, []).append(name)
        for name in tuple(self.before):
            self.starts[name] = self.value(self.lines[name].start if self.direction > 0 else ZERO)
            self._carry(name)

    def _carry(self, name: str) -> None:
        """A value that waits for the next month stands in a row of its own."""
        value = self.done[name]
        if name in self.outputs:
            return
        own = self.steps[value].form in (Form.INTO, Form.APART, Form.FRESH) and value not in self._carried
        if not own:
            self.steps.append(Step(Form.INTO, "copyto({out}, {0})", (value,)))
            value = self.done[name] = len(self.steps) - 1
        self._carried.add(value)

    def known(self, source: str) -> int:
        """The value given under a name."""
        return self._known[Step(Form.GIVEN, source)]

    def row_of(self, name: str) -> str:
        """The variable of the row by month in which a line is kept."""
        return f"o{self.outputs.index(name)}"

    def add(self, step: Step) -> int:
        """A step, or the one before it that does the same."""
        if step not in self._known:
            self._known[step] = len(self.steps)
            self.steps.append(step)
        return self._known[step]

    def value(self, expr: Expr) -> int:  # noqa: PLR0911 - one return for each kind of expression
        if self.is_fixed(expr):
            return self._fixed(expr)
        match expr:
            case Input(path):
                return self._given(Need(path, True), by_month=is_series(path))
            case Ref(name):
                if name in self.done:
                    return self.done[name]
                return self._given(Need(name, False), by_month=not self.lines[name].once)
            case Prior(of) | Next(of):
                if of.name not in self.names:
                    return self._from_outside(expr)
                known = self.before.setdefault(of.name, len(self.before))
                return self.add(Step(Form.GIVEN, f"p{known}"))
            case Window(of, first, None) if of.name in self.names:
                return self._looked_back(of, first)
            case Window():
                return self._from_outside(expr)
            case ByYear(table, year, ends):
                source = f"by_year({self.outside.text(table)}, {{0}}, {ends})"
                return self.add(Step(Form.FRESH, source, (self.value(year),)))
            case Op(operator, args):
                return self._operator(operator, args)
            case Over(how, _):
                raise LineError(f"{how}(...) stands in a recursion by month; give it a line of its own")
        raise LineError(f"no step for {type(expr).__name__}")

    def is_fixed(self, expr: Expr) -> bool:
        """Whether an expression is the same in all columns."""
        return not any(
            (isinstance(node, Ref) and node.name in self.wide)
            or (isinstance(node, Input) and node.path in self.wide_inputs)
            for node in walk(expr)
        )

    def _fixed(self, expr: Expr) -> int:
        if is_const(expr, 0):
            return self.add(Step(Form.GIVEN, "zero"))
        text = self.same.text(expr)
        steady = not any(
            isinstance(node, Month)
            or (isinstance(node, Ref) and not self.lines[node.name].once)
            or (isinstance(node, Input) and is_series(node.path))
            for node in walk(expr)
        )
        call = f"number({text})" if steady else f"by_month({text}, months)"
        known = self.fixed.setdefault(call, f"c{len(self.fixed)}")
        if not steady:
            self.by_month[known] = None
        return self.add(Step(Form.GIVEN, known))

    def _given(self, need: Need, *, by_month: bool) -> int:
        text = self.outside.need(need)
        if by_month:
            self.by_month[text] = None
            return self.add(Step(Form.GIVEN, text))
        return self.add(Step(Form.GIVEN, self.at_once.setdefault(f"{text}[0]", f"w{len(self.at_once)}")))

    def _from_outside(self, expr: Expr) -> int:
        for node in walk(expr):
            if isinstance(node, Ref) and node.name in self.names:
                raise LineError(f"sum_since(...) of {node.name} stands in a recursion; give it its own line")
        known = self.moved.setdefault(self.outside.text(expr), f"s{len(self.moved)}")
        self.by_month[known] = None
        return self.add(Step(Form.GIVEN, known))

    def _looked_back(self, of: Ref, first: Expr) -> int:
        if of.name not in self.done:
            raise LineError(f"sum_since({of.name}) stands in a recursion of other lines; give it its own line")
        rows = f"{self.row_of(of.name)}_by_month"
        start = self.value(first)
        # the line itself is an argument, so that its row is filled before it is looked back on
        if self.is_fixed(first):
            source = f"add_up({rows}[max(0, int({{0}})) : m + 1], 0, None, {{out}})"
            return self.add(Step(Form.APART, source, (start, self.done[of.name])))
        return self.add(Step(Form.FRESH, f"trailing({rows}, {{0}}, m)", (start, self.done[of.name])))

    def _operator(self, operator: str, args: tuple[Expr, ...]) -> int:
        if operator in CONDITIONS:
            return self._condition(operator, args)
        if operator == "where":
            return self._where(*args)
        if operator == "ratio":
            top, bottom, otherwise, above = map(self.value, args)
            meaningful = self._ufunc("greater", bottom, above, mask=True)
            return self._choice(meaningful, self._ufunc("divide", top, bottom), otherwise)
        values = [self.value(arg) for arg in args]
        if operator == "dot":
            half = len(values) // 2
            pairs = zip(values[:half], values[half:], strict=True)
            return self._folded("add", [self._ufunc("multiply", a, b) for a, b in pairs])
        spelling = OPERATORS[operator]
        if spelling.ufunc:
            return self._folded(spelling.ufunc, values) if len(values) > 1 else self._ufunc(spelling.ufunc, *values)
        fields = [f"{{{k}}}" for k in range(len(values))]
        return self.add(Step(Form.FRESH, spelling.rows.format(*fields), tuple(values)))

    def _ufunc(self, name: str, *values: int, mask: bool = False) -> int:
        fields = "".join(f"{{{k}}}, " for k in range(len(values)))
        return self.add(Step(Form.INTO, f"{name}({fields}out={{out}})", values, mask))

    def _folded(self, ufunc: str, values: list[int], *, mask: bool = False) -> int:
        result = values[0]
        for value in values[1:]:
            result = self._ufunc(ufunc, result, value, mask=mask)
        return result

    def _condition(self, operator: str, args: tuple[Expr, ...]) -> int:
        values = [self.value(arg) for arg in args]
        if operator in COMPARISONS and values[0] in self._masks:
            mask = self._masks[values[0]]
            if (operator == "gt" and is_const(args[1], 0)) or (operator == "ge" and is_const(args[1], 1)):
                return mask
            if (operator == "lt" and is_const(args[1], 1)) or (operator == "le" and is_const(args[1], 0)):
                return self._ufunc("logical_not", mask, mask=True)
        return self._folded(OPERATORS[operator].ufunc, values, mask=True)

    def _where(self, condition: Expr, then: Expr, otherwise: Expr) -> int:
        met = self.value(condition)
        if is_const(then, 1) and is_const(otherwise, 0):
            flag = self.add(Step(Form.INTO, "copyto({out}, {0})", (met,)))
            self._masks[flag] = met
            return flag
        a, b = self.value(then), self.value(otherwise)
        if self.is_fixed(condition):
            return self.add(Step(Form.CHOSEN, "{0} if {2} else {1}", (a, b, met)))
        if is_const(otherwise, 0) and self._finite(then):
            return self._ufunc("multiply", met, a)
        if is_const(then, 0) and self._finite(otherwise):
            return self._ufunc("multiply", self._ufunc("logical_not", met, mask=True), b)
        return self._choice(met, a, b)

    def _choice(self, met: int, a: int, b: int) -> int:
        return self.add(Step(Form.APART, "choose({0}, {1}, {2}, {out})", (met, a, b)))

    def _finite(self, expr: Expr) -> bool:
        """Whether an expression is always a finite number, so that 0 times it is 0."""
        return not any(
            is_const(node, NOT_AVAILABLE) or (isinstance(node, Ref) and self.lines[node.name].may_be_missing)
            for node in walk(expr)
        )

    def _grow(self, over: Over) -> None:
        values = [self.value(row) for row in over.rows]
        value = self._folded("multiply", values)
        how = "total" if over.how == "product" else over.how
        source = SPELLINGS[how].replace("{target}", f"t{list(self.over_names).index(over_name(over))}")
        self.add(Step(Form.EFFECT, source, (value,)))

    @property
    def over_names(self) -> dict[str, str]:
        """Figures over all months by the name others know them by, and how each grows."""
        return {over_name(over): over.how for overs in self.totals.values() for over in overs}


def looked_back_on(expr: Expr) -> list[Ref]:
    """Lines whose past months a formula adds up to the current one."""
    return [node.of for node in walk(expr) if isinstance(node, Window) and node.last is None]
