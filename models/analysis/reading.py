"""Reading a computed deal as plain floats, with its money scaled for the eye."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, SupportsFloat

from models.deal.field import currency_mark
from models.deal.months import month_after, month_label
from models.deal.schema import Deal

MONEY_DUST = 0.005  # half a cent: what is less than this is nothing
_SMALL_DEAL = 500e6  # below this capital cost, millions are shown with one decimal


class Row(Protocol):
    """One line of a case: a figure for each month."""

    def tolist(self) -> list[float]: ...


class Computed(Protocol):
    """The part of a case that is read here."""

    @property
    def deal(self) -> Deal: ...
    @property
    def months(self) -> int: ...
    @property
    def lines(self) -> Mapping[str, Row]: ...
    @property
    def kpis(self) -> Mapping[str, SupportsFloat | None]: ...
    @property
    def reasons(self) -> Mapping[str, str]: ...


class Reading:
    """A case, its lines as lists of floats read once, its money in millions."""

    def __init__(self, case: Computed, name: str = "base case") -> None:
        self.case = case
        self.name = name  # what the case is called in a sentence
        self.deal = case.deal
        self.months = case.months
        self._lists: dict[str, list[float]] = {}

    def line(self, name: str) -> list[float]:
        """The figures of a line by month, in file units. KeyError when there is no such line."""
        if name not in self._lists:
            self._lists[name] = self.case.lines[name].tolist()
        return self._lists[name]

    def has(self, name: str) -> bool:
        """True where the case has a line of that name."""
        return name in self.case.lines

    def total(self, name: str) -> float:
        """The sum of a flow over all months, 0 where there is no such line."""
        return sum(self.line(name)) if self.has(name) else 0.0

    def kpi(self, name: str) -> float | None:
        """A key figure in file units; None where it does not exist."""
        value = self.case.kpis.get(name)
        return None if value is None else float(value)

    @property
    def money_decimals(self) -> int:
        """Digits after the point of millions: none for a large deal."""
        return 0 if (self.kpi("capex") or 0.0) >= _SMALL_DEAL else 1

    @property
    def money_unit(self) -> str:
        """`$m`, or `NOK m` for a currency without a sign of its own."""
        return f"{currency_mark(self.deal.currency)}m"

    def millions(self, amount: float) -> str:
        """An amount as words of a sentence, such as `$1,567m`."""
        return f"{currency_mark(self.deal.currency)}{amount / 1e6:,.{self.money_decimals}f}m"

    def month(self, index: int) -> str:
        """The label of a month of the model, such as `Jul 2028`."""
        return month_label(month_after(self.deal.start, index))
