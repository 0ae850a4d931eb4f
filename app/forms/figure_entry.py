"""A line for a figure that is no field of the deal: a target, or a limit of a search."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt

from app.forms.drop_line import DropLine
from app.forms.entry import Entry
from app.forms.marks import Marks, write
from app.forms.month import month_words, read_month
from app.forms.number import Kind, Refused, Shown, parse_number
from app.theme import px, repolish
from models import Field, Unit, month_number, month_text

_SHOWN: dict[str, tuple[Kind, int, int]] = {
    "money": ("money", 6, 1),
    "fraction": ("percent", -2, 2),
    "rate": ("percent", -2, 2),
    "x": ("ratio", 0, 2),
}


class FigureEntry(DropLine):
    """Reads a number in the unit it was told of; `value` is in file units, None where it is empty or unreadable."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shown = Shown("plain")
        self._by_month = False
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(px(110))
        self.textChanged.connect(lambda _text: self._mark())

    def use_figure(self, unit: str, suffix: str, currency: str) -> None:
        """Read key figures of a unit, such as "rate" or "money"."""
        self._by_month = False
        kind, power, decimals = _SHOWN.get(unit, ("plain", 0, 2))
        self._shown = Shown(kind, power, decimals, suffix, "a number", currency)
        self._mark()

    def use_term(self, field: Field, currency: str, *, scales: bool) -> None:
        """Read values of a term; of a factor in % of what is now, of a date as a month."""
        self._by_month = field.unit is Unit.MONTH and not scales
        self._shown = Shown("percent", -2, 1, "% of now") if scales else Entry(field, currency).shown
        self._mark()

    def put(self, value: float | None) -> None:
        """Write a value in file units, of a date the number of its month."""
        if value is not None and self._by_month:
            self.setText(month_words(month_text(round(value))))
            return
        marks = Marks.of(QLocale())
        self.setText("" if value is None else write(value, self._shown.power, self._shown.decimals, marks))

    def value(self) -> float | None:
        """The value in file units; None where nothing is entered, or nothing that can be read."""
        return self._read()[0]

    def problem(self) -> str:
        """Why the text is no number or month, "" where it is one or empty."""
        return self._read()[1]

    def _read(self) -> tuple[float | None, str]:
        if not self.text().strip():
            return None, ""
        if self._by_month:
            month = read_month(self.text())
            return (float(month_number(month.value)), "") if month.value is not None else (None, month.sentence)
        read = parse_number(self.text(), self._shown, Marks.of(QLocale()))
        return (None, read.reason) if isinstance(read, Refused) else (read.value, "")

    def _mark(self) -> None:
        wrong = bool(self.problem())
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.setToolTip(self.problem())
            repolish(self)
