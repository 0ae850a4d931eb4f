"""The overview of a list of the deal: one row for each phase or tenant, with the columns that tell them apart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from app.forms.entry import Entry
from app.forms.plan import entry_at, saved_path, saved_value
from app.tables.figures import raw
from app.tables.heads import PLAIN, ROW_STYLE
from app.theme import theme_of
from models import Deal, Unit, segment_label

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Listing:
    """What the overview of a list shows: where the list stands, the word for one item, its name, its columns."""

    path: str
    one: str
    name: str
    columns: tuple[str, ...]


BY_MONTH, OPEN_END = "by month", "open"  # in place of a number of GPUs, and of a last month
_VARYING = (Unit.PRICE_PER_GPU_HOUR, Unit.PRICE_PER_MTOKENS)

LISTINGS = {
    "phases": Listing("phases", "phase", "name", ("system", "gpus", "delivery", "hardware_price", "supported")),
    "demand": Listing(
        "demand", "segment", "segment", ("product", "gpus", "start", "end", "price", "annual_price_change")
    ),
}


class ListModel(QAbstractTableModel):
    """Texts of the items; changed values carry the mark of the forms. `problems_changed` asks for a repaint."""

    problems_changed = Signal()

    def __init__(self, listing: Listing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing = listing
        self._rows: list[list[str]] = []
        self._names: list[str] = []
        self._changed: set[tuple[int, int]] = set()
        self._wrong: set[int] = set()
        self._new: set[int] = set()
        self._seen: tuple[object, ...] = ()
        self._heads: list[str] = []
        self._deal: Deal | None = None
        self._texts: list[bool] = []  # whether a column is written from the left

    def show_deal(self, deal: Deal, saved: Deal) -> None:
        """Show the items of a deal."""
        held = getattr(deal, self.listing.path)
        seen = (held, getattr(saved, self.listing.path), deal.currency)
        if seen == self._seen:
            return
        self._seen, self._deal = seen, deal
        entries = [entry_at(deal, f"{self.listing.path}[0].{name}") for name in self.listing.columns]
        rows = [[self._text(deal, at, name) for name in self.listing.columns] for at in range(len(held))]
        names = [segment_label(getattr(item, self.listing.name)) for item in held]
        changed = {
            (at, column)
            for at in range(len(held))
            for column, name in enumerate(self.listing.columns)
            if saved_value(deal, saved, f"{self.listing.path}[{at}].{name}") != getattr(held[at], name)
        }
        self._new = {at for at in range(len(held)) if saved_path(deal, saved, f"{self.listing.path}[{at}]") is None}
        shape_changed = len(rows) != len(self._rows) or not self._heads
        if shape_changed:
            self.beginResetModel()
        self._rows, self._names, self._changed = rows, names, changed
        self._heads = [head_of(entry) for entry in entries]
        self._texts = [entry.field.unit in (Unit.TEXT, Unit.CHOICE) for entry in entries]
        if shape_changed:
            self.endResetModel()
        else:
            self._repaint()

    def show_problems(self, rows: set[int]) -> None:
        """Mark the items that hold entries which cannot be used."""
        if rows != self._wrong:
            self._wrong = rows
            self._repaint()

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._heads) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)

    def _text(self, deal: Deal, at: int, name: str) -> str:
        path = f"{self.listing.path}[{at}].{name}"
        entry = entry_at(deal, path)
        held = getattr(deal, self.listing.path)[at]
        if name == "gpus" and getattr(held, "gpus_by_month", None) is not None:
            return BY_MONTH
        value = getattr(held, name)
        if value is None and name == "end":
            return OPEN_END
        return entry.write(value)

    def cells(self) -> list[list[str]]:
        """The overview with its headings for the clipboard, figures with every digit."""
        columns = range(len(self._heads))
        rows = [[name, *(self._raw(row, at) for at in columns)] for row, name in enumerate(self._names)]
        return [[self.listing.one.capitalize(), *self._heads], *rows]

    def _raw(self, row: int, column: int) -> str:
        assert self._deal is not None
        name, text = self.listing.columns[column], self._rows[row][column]
        value = getattr(getattr(self._deal, self.listing.path)[row], name)
        if isinstance(value, bool) or not isinstance(value, int | float) or text == BY_MONTH:
            return text
        return raw(value, entry_at(self._deal, f"{self.listing.path}[{row}].{name}").shown.power)

    def is_changed(self, row: int, column: int) -> bool:
        """Whether a value differs from the saved deal."""
        return (row, column) in self._changed

    def is_new(self, row: int) -> bool:
        """Whether the saved deal has no such item."""
        return row in self._new

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Items."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Columns beside the name."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts and what a screen reader says."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        text = self._rows[row][column]
        answers: dict[int, object] = {
            _ROLE.DisplayRole: text,
            _ROLE.TextAlignmentRole: _LEFT if self._texts[column] else _RIGHT,
            _ROLE.AccessibleTextRole: f"{self._names[row]}, {self._heads[column]}: {text}",
            ROW_STYLE: PLAIN,
        }
        return answers.get(role)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Heads with units, names of items."""
        if orientation == Qt.Orientation.Horizontal:
            if not 0 <= section < len(self._heads):
                return None
            aligned = _LEFT if self._texts[section] else _RIGHT
            heads: dict[int, object] = {_ROLE.DisplayRole: self._heads[section], _ROLE.TextAlignmentRole: aligned}
            return heads.get(role)
        if not 0 <= section < len(self._names):
            return None
        ink: QColor | None = theme_of().negative if section in self._wrong else None
        answers: dict[int, object] = {
            _ROLE.DisplayRole: self._names[section],
            _ROLE.ForegroundRole: ink,
            ROW_STYLE: PLAIN,
        }
        return answers.get(role)


def head_of(entry: Entry) -> str:
    """The head of a column: label and unit, without a unit that the label says or that differs between the rows."""
    label, unit = entry.field.label, entry.short_unit
    if entry.field.unit in _VARYING:
        unit = unit.partition(" ")[0]
    return label if not unit or unit == "month" or unit in label else f"{label}, {unit}"
