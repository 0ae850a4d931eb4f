"""Which rule of a formula gave a figure: the branch that applies, and a sentence that says why.

No sentence is written for a figure: each is made of the formula, the labels and the values that went in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.analysis.formulas import Words, text_of_formula
from models.analysis.recompute import Values, result_of
from models.language.line import Measure
from models.language.model import Line
from models.language.tree import Const, Expr, Input, Next, Op, Prior, Ref, is_const

_OPPOSITE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}
_LONGEST = 110
"""Letters above which a sentence is no help beside the formula that it repeats."""


def applied(expr: Expr, values: Values) -> Expr:
    """The formula without the branches that the values do not lead to."""
    match expr:
        case Op("where", (condition, then, otherwise)):
            return applied(then if result_of(condition, values) else otherwise, values)
        case Op("ratio", (top, bottom, otherwise, above)):
            if result_of(bottom, values) > result_of(above, values):
                return Op("div", (applied(top, values), applied(bottom, values)))
            return applied(otherwise, values)
        case Op(operator, args):
            return Op(operator, tuple(applied(arg, values) for arg in args))
    return expr


@dataclass(frozen=True)
class Choice:
    """Says which rule gave the value of a line."""

    lines: Mapping[str, Line]
    values: Values
    words: Words

    def sentence(self, line: Line) -> str:
        """`Zero, as Settlement of the commitment is no.`; "" where the formula had no choice, or the words are long."""
        is_flag = line.definition.measure is Measure.FLAG
        said = next((each for each in self._decided(line.formula, is_flag) if each), "")
        return f"{said[:1].upper()}{said[1:]}." if said and len(said) < _LONGEST else ""

    def _decided(self, expr: Expr, is_flag: bool) -> Iterator[str]:
        """What decided the value, the outermost rule first; a rule within a sum decides nothing alone."""
        match expr:
            case Op("where", (condition, then, otherwise)):
                holds = bool(self._value(condition))
                chosen = then if holds else otherwise
                yield f"{self._begin(chosen, is_flag)}, as {self._turned_out(condition, holds)}"
                yield from self._decided(chosen, is_flag)
            case Op("ratio", (_, bottom, otherwise, above)):
                if self._value(bottom) <= self._value(above):
                    side = f"{self._text(bottom)} is {'zero' if is_const(above, 0) else f'at most {self._text(above)}'}"
                    yield f"{self._begin(otherwise, is_flag)}, as {side}"
            case Op("least" | "greatest" as operator, args):
                results = [self._value(arg) for arg in args]
                at = results.index((min if operator == "least" else max)(results))
                if results.count(results[at]) == 1:
                    yield self._extreme(operator, args, at)
                    yield from self._decided(args[at], is_flag)
            case Op("mul", _) if self._value(expr) == 0:
                yield from self._zero(expr, is_flag)

    def _zero(self, expr: Expr, is_flag: bool) -> Iterator[str]:
        """A product is zero for one factor; a factor that is a line or an input is told before one that has rules."""
        none = [each for each in _factors(expr) if self._value(each) == 0]
        named = next((each for each in none if isinstance(each, Ref | Prior | Next | Input)), None)
        if named is not None:
            yield f"{'no' if is_flag else 'zero'}, as {self._text(named)} is {self._nothing(named)}"
        elif none:
            yield from self._decided(none[0], is_flag)

    def _extreme(self, operator: str, args: tuple[Expr, ...], at: int) -> str:
        if len(args) > 2:
            return f"{self._text(args[at])}, the {'lowest' if operator == 'least' else 'highest'} of {len(args)}"
        other = args[1 - at]
        if is_const(other, 0):
            return ""  # what is held at zero or above and was above needs no word
        side = "higher" if operator == "least" else "lower"
        if is_const(args[at], 0):
            return f"zero, as {self._text(other)} is {'above' if operator == 'least' else 'below'} zero"
        return f"{self._text(args[at])}, as {self._text(other)} is {side}"

    def _begin(self, chosen: Expr, is_flag: bool) -> str:
        if is_const(chosen, 0):
            return "no" if is_flag else "zero"
        if is_const(chosen, float("inf")):
            return "does not exist"
        return "yes" if is_flag and is_const(chosen, 1) else self._text(chosen)

    def _turned_out(self, condition: Expr, holds: bool) -> str:
        """A condition as it turned out, with no more of it than decided."""
        match condition:
            case Op("both" | "either" as operator, args):
                if holds == (operator == "either"):  # one decides
                    return self._turned_out(next(arg for arg in args if bool(self._value(arg)) == holds), holds)
                return " and ".join(self._turned_out(arg, holds) for arg in args)
            case Op(operator, (Ref() | Prior() | Next() as of, Const())) if self._is_flag(of) and operator in _OPPOSITE:
                return f"{self._text(of)} is {'yes' if self._value(of) else 'no'}"
            case Op("gt", (of, Const(0.0))):
                zero = "zero" if self._value(of) == 0 else "not above zero"
                return f"{self._text(of)} is {'above zero' if holds else zero}"
        return self._text(condition) if holds else self._failed(condition)

    def _failed(self, condition: Expr) -> str:
        match condition:
            case Op(operator, args) if operator in _OPPOSITE:
                return self._text(Op(_OPPOSITE[operator], args))
            case Op("eq", (left, right)):
                return f"{self._text(left)} is not {self._text(right)}"
        return f"not ({self._text(condition)})"

    def _is_flag(self, of: Expr) -> bool:
        return isinstance(of, Ref | Prior | Next) and self._measure(of) is Measure.FLAG

    def _measure(self, of: Ref | Prior | Next) -> Measure:
        return self.lines[of.name if isinstance(of, Ref) else of.of.name].definition.measure

    def _nothing(self, of: Expr) -> str:
        return "no" if self._is_flag(of) else "zero"

    def _value(self, expr: Expr) -> float:
        return result_of(expr, self.values)

    def _text(self, expr: Expr) -> str:
        return text_of_formula(expr, self.words)


def _factors(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Op) and expr.operator == "mul":
        for arg in expr.args:
            yield from _factors(arg)
    else:
        yield expr
