"""How a function becomes a line item, and what is refused."""

from __future__ import annotations

import pytest

from models.language.line import Book, Kind, Measure
from models.language.model import Surroundings, build
from models.language.tree import Expr, Input, LineError
from tests.models.language.small_books import model_of


def test_an_unknown_ingredient_is_named_with_the_nearest_line() -> None:
    """An ingredient that names nothing is refused; the message names the line, the ingredient and the nearest name."""
    book = Book()

    @book.line("Cloud revenue", Measure.MONEY, section="Sales")
    def cloud_revenue(month: Expr) -> Expr:
        """Grows by one a month."""
        return month

    @book.line("Share", Measure.MONEY, section="Share")
    def share(cloud_revenu: Expr) -> Expr:
        """Misspells its ingredient."""
        return cloud_revenu

    with pytest.raises(LineError, match=r"'share' uses 'cloud_revenu', .* did you mean 'cloud_revenue'\?"):
        model_of(book)


def test_an_ingredient_like_no_other_is_still_refused() -> None:
    """Where no name is near, the message says only that there is no such thing."""
    book = Book()

    @book.line("Share", Measure.MONEY, section="Share")
    def share(xyzzy: Expr) -> Expr:
        """Uses what nobody defines."""
        return xyzzy

    with pytest.raises(LineError, match=r"'share' uses 'xyzzy', which does not exist$"):
        model_of(book)


def test_an_unknown_ingredient_of_a_start_value_is_refused_too() -> None:
    """The function that gives a balance its start is checked as the line itself is."""
    book = Book()

    @book.line("Cash", Measure.MONEY, section="Cash", start=lambda opening_csh: opening_csh)
    def cash(month: Expr) -> Expr:
        """Has a start that is misspelt."""
        return month

    with pytest.raises(LineError, match=r"'cash' uses 'opening_csh', .* did you mean 'opening_cash'"):
        model_of(book, ["opening_cash"])


def test_a_line_is_defined_once() -> None:
    """A second line of the same name is refused."""
    book = Book()

    def define() -> None:
        @book.line("Cash", Measure.MONEY, section="Cash")
        def cash(month: Expr) -> Expr:
            """Counts."""
            return month

    define()
    with pytest.raises(LineError, match="'cash' is defined twice"):
        define()


def test_a_line_says_why_it_exists() -> None:
    """A function without a docstring becomes no line."""
    book = Book()
    with pytest.raises(LineError, match="'silent' has no docstring"):

        @book.line("Silent", Measure.MONEY, section="Sales")
        def silent(month: Expr) -> Expr:
            return month


def test_the_kind_of_a_line_follows_from_its_measure() -> None:
    """Amounts are flows, flags are flags and all else is a ratio, unless the line says otherwise."""
    book = Book()
    for number, (measure, kind, expected) in enumerate(
        [
            (Measure.MONEY, None, Kind.FLOW),
            (Measure.GPU_HOURS, None, Kind.FLOW),
            (Measure.FLAG, None, Kind.FLAG),
            (Measure.FRACTION, None, Kind.RATIO),
            (Measure.MONEY, Kind.BALANCE, Kind.BALANCE),
        ]
    ):

        def line(month: Expr) -> Expr:
            """Counts."""
            return month

        line.__name__ = f"line_{number}"
        book.line("Line", measure, section="Lines", kind=kind)(line)
        assert book.definitions[f"line_{number}"].kind is expected


def test_a_family_has_a_line_for_each_member() -> None:
    """A line for each member of a family is called by number, sees its own member, and others see them all in order."""
    book = Book()

    @book.line("Size", Measure.GPUS, section="Phases", each="phase")
    def size(phase: Expr) -> Expr:
        """What the phase says."""
        return phase

    @book.line("All", Measure.GPUS, section="Phases")
    def all_sizes(size: tuple[Expr, ...]) -> Expr:
        """The last less the first."""
        return size[-1] - size[0]

    phases = [Input(f"phases[{i}].gpus") for i in range(3)]
    model = build(book, Surroundings({}, {"phase": phases}))
    assert list(model.lines) == ["size[0]", "size[1]", "size[2]", "all_sizes"]
    assert [model.lines[f"size[{i}]"].label for i in range(3)] == [f"Size, phase {i + 1}" for i in range(3)]
    assert model.lines["size[1]"].formula is phases[1]


def test_what_a_structure_has_not_is_nothing_to_those_who_use_it() -> None:
    """A line that returns None is zero, and so is every line that is made of such lines only."""
    book = Book()

    @book.line("Guarantee", Measure.MONEY, section="Support")
    def guarantee() -> None:
        """This deal has none."""

    @book.line("Fee", Measure.MONEY, section="Support")
    def fee(guarantee: Expr, rate: Expr) -> Expr:
        """A rate on nothing."""
        return guarantee * rate

    @book.line("Fees", Measure.MONEY, section="Support")
    def fees(fee: Expr) -> Expr:
        """All fees."""
        return 0 + fee

    model = model_of(book, ["rate"])
    assert [name for name, line in model.lines.items() if line.constant_zero] == ["guarantee", "fee", "fees"]
