"""Constructors of `Field` for the kinds of value a deal holds, each with the range of its kind."""

from models.deal.field import Field, Shape, Unit

MOST_MONEY = 1e15
HIGHEST_RATE = 10.0
LONGEST = 360


def money(
    label: str,
    help: str,
    *,
    step: float = 1e6,
    optional: bool = False,
    none_word: str = "none",
    shape: Shape = "scalar",
) -> Field:
    """An amount in whole units of the deal's currency, 0 or more."""
    return Field(
        label,
        Unit.MONEY,
        help,
        low=0.0,
        high=MOST_MONEY,
        step=step,
        optional=optional,
        none_word=none_word,
        shape=shape,
    )


def price(
    label: str, help: str, *, unit: Unit = Unit.PRICE_PER_GPU_HOUR, step: float = 0.1, shape: Shape = "scalar"
) -> Field:
    """A price or cost in the deal's currency per `unit`, 0 or more."""
    return Field(label, unit, help, low=0.0, high=1e9, step=step, shape=shape)


def fraction(
    label: str,
    help: str,
    *,
    of: str = "",
    step: float = 0.01,
    optional: bool = False,
    none_word: str = "none",
    low: float = 0.0,
    shape: Shape = "scalar",
) -> Field:
    """A part of a whole, 0 to 1 in the file and a percentage on screen (`low` -1 for a correlation)."""
    return Field(
        label,
        Unit.FRACTION,
        help,
        low=low,
        high=1.0,
        step=step,
        of=of,
        optional=optional,
        none_word=none_word,
        shape=shape,
    )


def rate(label: str, help: str, *, step: float = 0.01, unit: Unit = Unit.RATE) -> Field:
    """A change or interest a year as a fraction, above -1 because nothing can lose more than all of itself."""
    return Field(label, unit, help, low=-1.0, high=HIGHEST_RATE, low_open=True, step=step)


def months(label: str, help: str, *, low: int = 0, high: int = LONGEST, step: float = 1) -> Field:
    """A count of months."""
    return Field(label, Unit.MONTHS, help, low=low, high=high, whole=True, step=step)


def settlement(label: str, help: str) -> Field:
    """Months between two settlements; they must divide a contract year."""
    return Field(label, Unit.MONTHS, help, low=1, high=12, whole=True, allowed=(1, 2, 3, 4, 6, 12))


def month(label: str, help: str, *, optional: bool = False, none_word: str = "none") -> Field:
    """A calendar month, `YYYY-MM` in the file."""
    return Field(label, Unit.MONTH, help, optional=optional, none_word=none_word)


def count(
    label: str,
    help: str,
    *,
    low: float = 0,
    high: float = 1e7,
    step: float = 1,
    whole: bool = True,
    unit: Unit = Unit.COUNT,
    shape: Shape = "scalar",
    optional: bool = False,
    none_word: str = "none",
) -> Field:
    """A number of things."""
    return Field(
        label,
        unit,
        help,
        low=low,
        high=high,
        step=step,
        whole=whole,
        shape=shape,
        optional=optional,
        none_word=none_word,
    )


def ratio(
    label: str,
    help: str,
    *,
    low_open: bool = False,
    high: float = 100.0,
    optional: bool = False,
    none_word: str = "none",
    step: float = 0.05,
) -> Field:
    """A multiple such as a cover ratio, 0 or more."""
    return Field(
        label,
        Unit.RATIO,
        help,
        low=0.0,
        high=high,
        low_open=low_open,
        step=step,
        optional=optional,
        none_word=none_word,
    )


def number(
    label: str,
    help: str,
    *,
    low: float,
    high: float,
    step: float,
    unit: Unit = Unit.NUMBER,
    shape: Shape = "scalar",
    optional: bool = False,
    none_word: str = "none",
) -> Field:
    """A plain number with its own range."""
    return Field(
        label,
        unit,
        help,
        low=low,
        high=high,
        step=step,
        shape=shape,
        optional=optional,
        none_word=none_word,
    )


def text(
    label: str,
    help: str,
    *,
    least: int = 0,
    optional: bool = False,
    none_word: str = "none",
    pattern: str = "",
    pattern_words: str = "",
) -> Field:
    """Printable words, at most 200 characters, at least `least`, of the form `pattern` where one is given."""
    return Field(
        label,
        Unit.TEXT,
        help,
        low=least,
        optional=optional,
        none_word=none_word,
        pattern=pattern,
        pattern_words=pattern_words,
    )


def choice(
    label: str,
    help: str,
    *choices: tuple[str, str],
    optional: bool = False,
    none_word: str = "none",
) -> Field:
    """One of a few words; each choice is (word in the file, label on screen)."""
    return Field(label, Unit.CHOICE, help, choices=choices, optional=optional, none_word=none_word)


def flag(label: str, help: str) -> Field:
    """Yes or no."""
    return Field(label, Unit.FLAG, help)
