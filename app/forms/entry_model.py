"""The model behind a table of entries: texts in, values out, and what cannot be read kept beside its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.forms.entry import Read
from app.forms.marks import Marks
from app.forms.plan import Cell, Line, Plan
from app.places import FigurePlace
from app.tables.figures import figure, raw
from app.tables.heads import CALCULATED, INPUT, RIGHT, ROW_STYLE, SUBHEAD
from app.tables.stretches import stretches

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int]
_NOWHERE = QModelIndex()
_ROLE = Qt.ItemDataRole


@dataclass(frozen=True)
class Calculated:
    """A row below the entries: one value for each column, shown / 10**power; None where there is none.

    `line` names the line of the model that is shown, `spans` the months of each column.
    """

    label: str
    values: tuple[float | None, ...]
    decimals: int = 0
    power: int = 0
    line: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class EntryModel(QAbstractTableModel):
    """Entries first, calculated rows below them.

    `told` carries {(row, column): value} for every valid entry, while it is typed already. While an entry cannot be
    used, `rejected` asks that the deal be given back what it had when the visit to the cell began.
    """

    told = Signal(object)
    rejected = Signal()
    problems_changed = Signal()
    texts_changed = Signal()  # something is written otherwise than before: columns may want other widths

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan("", (), ())
        self._calculated: tuple[Calculated, ...] = ()
        self._wrong: dict[Place, tuple[str, str]] = {}
        self._typed: dict[Place, str] = {}
        self._texts: dict[Place, str] = {}  # as written, for as long as their row is the same
        self._visit: tuple[Place, object] | None = None  # the cell opened last, and what the deal held there
        self._held = False
        self.hint = ""  # on what was typed last: what the reader may have meant otherwise

    @property
    def plan(self) -> Plan:
        """What is shown now."""
        return self._plan

    @property
    def wrong(self) -> dict[Place, str]:
        """The sentences of the cells that cannot be used."""
        return {place: sentence for place, (_, sentence) in self._wrong.items()}

    def set_plan(self, plan: Plan) -> None:
        """Show another state of the deal; cells still being mended keep their text."""
        before, self_shape = self._plan, (self._plan.shape(), len(self._plan.lines))
        if (plan.shape(), len(plan.lines)) != self_shape:
            self.beginResetModel()
            self._plan = plan
            self._texts.clear()
            self._wrong.clear()
            self._typed.clear()
            self.endResetModel()
            self.problems_changed.emit()
            return
        if plan == before:
            return
        self._plan = plan
        held = self._visit[0] if self._visit is not None and self._held else None
        gone = [
            place for place in self._wrong if place != held and _cell(before, place).value != _cell(plan, place).value
        ]
        for place in gone:
            del self._wrong[place]
        heads = plan.columns != before.columns or [line.label for line in plan.lines] != [
            line.label for line in before.lines
        ]
        at = enumerate(zip(plan.lines, before.lines, strict=True))
        changed = [(row, _unlike(line, old)) for row, (line, old) in at if line != old]
        if any(_places(plan.lines[row]) != _places(before.lines[row]) for row, _ in changed):
            changed = [(row, range(self.columnCount())) for row in range(len(plan.lines))]  # edges of others go with it
        self._cells_changed(changed, heads=heads)
        if gone:
            self.problems_changed.emit()

    def set_calculated(self, rows: tuple[Calculated, ...]) -> None:
        """Put rows of figures below the entries."""
        if len(rows) != len(self._calculated):
            self.beginResetModel()
            self._calculated = rows
            self._texts.clear()
            self.endResetModel()
        elif rows != self._calculated:
            before, self._calculated = self._calculated, rows
            heads = [row.label for row in rows] != [row.label for row in before]
            first = len(self._plan.lines)
            at = enumerate(zip(rows, before, strict=True), start=first)
            self._cells_changed([(row, self._rewritten(row)) for row, (made, old) in at if made != old], heads=heads)

    def _rewritten(self, row: int) -> list[int]:
        """The columns of a calculated row that read otherwise than they did."""
        columns = range(self.columnCount())
        return [column for column in columns if self._texts.get((row, column)) != self._written(row, column)]

    def _cells_changed(self, cells: Sequence[tuple[int, Sequence[int]]], *, heads: bool) -> None:
        """Tell which columns of rows are otherwise than before, so that no more is painted, and whether heads are."""
        columns = self.columnCount()
        if not columns:
            return
        spans = [(row, min(found), max(found)) for row, found in cells if found]
        for row, found in cells:
            for column in found:
                self._texts.pop((row, column), None)
        for (left, right), rows in groupby(spans, key=lambda span: span[1:]):
            for first, last in stretches(row for row, *_ in rows):
                self.dataChanged.emit(self.index(first, left), self.index(last, right))
        if heads:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, columns - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
        if spans or heads:
            self.texts_changed.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """Entries and calculated rows."""
        return 0 if parent.isValid() else len(self._plan.lines) + len(self._calculated)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's own name
        """One for each year, band, phase, item or month."""
        return 0 if parent.isValid() else len(self._plan.columns)

    def cell(self, row: int, column: int) -> Cell | None:
        """The entry at a place, None in calculated rows and where there is no entry."""
        if row >= len(self._plan.lines) or column >= len(self._plan.columns) or row < 0 or column < 0:
            return None
        cell = self._plan.lines[row].cells[column]
        return cell if cell.path else None

    def can_edit(self, row: int, column: int) -> bool:
        """Whether a value may be put there."""
        cell = self.cell(row, column)
        return cell is not None and not cell.fixed

    def is_changed(self, row: int, column: int) -> bool:
        """Whether the entry differs from the saved deal."""
        cell = self.cell(row, column)
        return cell is not None and not cell.implied and cell.value != cell.saved

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Entries can be edited, everything can be selected and copied."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return base | Qt.ItemFlag.ItemIsEditable if self.can_edit(index.row(), index.column()) else base

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Texts, tooltips and what a screen reader says."""
        if not index.isValid():
            return None
        place = (index.row(), index.column())
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            return self.text(*place)
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleDescriptionRole):
            return self._wrong.get(place, ("", self._help(place)))[1]
        others = {
            _ROLE.TextAlignmentRole: int(RIGHT),
            ROW_STYLE: self._style(place[0]),
            _ROLE.AccessibleTextRole: self._spoken(place),
        }
        return others.get(role)

    def _spoken(self, place: Place) -> str:
        row = self.headerData(place[0], Qt.Orientation.Vertical)
        return f"{row}, {self._plan.columns[place[1]].head}: {self.text(*place)}"

    def _style(self, row: int) -> str:
        return INPUT if row < len(self._plan.lines) else CALCULATED

    def _help(self, place: Place) -> str:
        return self._plan.lines[place[0]].entry.tooltip() if self.cell(*place) is not None else ""

    def text(self, row: int, column: int) -> str:
        """What a cell shows; a text that cannot be read is shown as it was typed."""
        if (row, column) in self._wrong:
            return self._wrong[(row, column)][0]
        known = self._texts.get((row, column))
        if known is None:
            known = self._texts[row, column] = self._written(row, column)
        return known

    def _written(self, row: int, column: int) -> str:
        if row >= len(self._plan.lines):
            made, value = self._figure(row, column)
            return figure(value, made.power, made.decimals) if value is not None else ""
        cell = self.cell(row, column)
        return self._plan.lines[row].entry.write(cell.value) if cell is not None else ""

    def place(self, row: int, column: int) -> FigurePlace | None:
        """Where a calculated figure comes from; None for entries and for what is no line of the model."""
        if row < len(self._plan.lines):
            return None
        made, value = self._figure(row, column)
        if not made.line or value is None or column >= len(made.spans):
            return None
        return FigurePlace(made.line, *made.spans[column])

    def _figure(self, row: int, column: int) -> tuple[Calculated, float | None]:
        made = self._calculated[row - len(self._plan.lines)]
        return made, made.values[column] if column < len(made.values) else None

    def raw(self, row: int, column: int) -> str:
        """What a cell copies: every digit."""
        if row >= len(self._plan.lines):
            made, value = self._figure(row, column)
            return raw(value, made.power) if value is not None else ""
        cell, entry = self.cell(row, column), self._plan.lines[row].entry
        if cell is None:
            return ""
        return raw(cell.value, entry.shown.power) if isinstance(cell.value, int | float) else entry.write(cell.value)

    def headerData(  # noqa: N802 - Qt's own name
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Heads of years, labels of rows."""
        if orientation == Qt.Orientation.Horizontal:
            if not 0 <= section < len(self._plan.columns):
                return None
            column = self._plan.columns[section]
            return {_ROLE.DisplayRole: column.head, SUBHEAD: column.sub}.get(role)
        if not 0 <= section < self.rowCount():
            return None
        entries = len(self._plan.lines)
        if section >= entries:
            return {_ROLE.DisplayRole: self._calculated[section - entries].label, ROW_STYLE: CALCULATED}.get(role)
        line = self._plan.lines[section]
        return {_ROLE.DisplayRole: line.label, _ROLE.ToolTipRole: line.entry.tooltip(), ROW_STYLE: INPUT}.get(role)

    def read(self, row: int, text: str, marks: Marks | None = None) -> Read:
        """Read a text as an entry of a row."""
        return self._plan.lines[row].entry.read(text, marks)

    def emptied(self, places: Iterable[Place]) -> dict[Place, object]:
        """What cells hold once they are empty: none where that is allowed, no GPUs in a month; nothing for others."""
        found: dict[Place, object] = {}
        for row, column in places:
            if self.can_edit(row, column):
                read = self.read(row, "")
                if read.ok or self._plan.by_month:
                    found[(row, column)] = read.value if read.ok else 0.0
        return found

    def begin(self, place: Place) -> None:
        """A visit to a cell begins: until the next one the deal may have to go back to what it holds now."""
        cell = self.cell(*place)
        self._visit = (place, cell.value if cell is not None else None)

    def hold(self, on: bool) -> None:
        """Keep the text and the mark of the cell visited, although the deal's value there changes."""
        self._held = on

    def _kept(self, place: Place) -> object:
        """What the deal computes with while a cell cannot be used."""
        if self._visit is not None and self._visit[0] == place:
            return self._visit[1]
        cell = self.cell(*place)
        return cell.value if cell is not None else None

    def type_text(self, index: Index, text: str) -> None:
        """Take a text that is still being typed: valid values are told, what cannot be mended by typing is marked."""
        place = (index.row(), index.column())
        if not self.can_edit(*place):
            return
        read = self.read(place[0], text)
        self._typed[place] = text
        self.hint = read.hint
        if read.ok:
            # told before anything is repainted: until then the deal still holds another value
            was_wrong = self._wrong.pop(place, None) is not None
            self._tell(place, read.value, live=True)
            if was_wrong:
                self._changed(place)
        elif not read.unfinished:
            self._reject(place, read.sentence, text)

    def setData(self, index: Index, value: object, role: int = _ROLE.EditRole) -> bool:  # noqa: N802 - Qt's own name
        """Take a text for good; what cannot be read stays in its cell, marked."""
        place = (index.row(), index.column())
        if role != _ROLE.EditRole or not index.isValid() or not self.can_edit(*place):
            return False
        text = str(value)
        if text == self.text(*place) and place not in self._wrong:
            return False
        read = self.read(place[0], text)
        if not read.ok:
            self._reject(place, read.sentence, text)
            return False
        self._typed[place] = text
        self.hint = read.hint
        was_wrong = self._wrong.pop(place, None) is not None
        self._tell(place, read.value, live=False)
        if was_wrong:
            self._changed(place)
        return True

    def _reject(self, place: Place, sentence: str, text: str) -> None:
        self.mark(place, self.full(place, sentence), text)
        self.rejected.emit()

    def _tell(self, place: Place, value: object, *, live: bool) -> None:
        cell = self.cell(*place)
        if cell is not None and (value != cell.value or (cell.implied and not live)):
            self.told.emit({place: value})

    def full(self, place: Place, sentence: str) -> str:
        """A sentence with the place before it and what the deal does meanwhile behind it."""
        entry = self._plan.lines[place[0]].entry
        return f"{self._plan.columns[place[1]].head}: {sentence} {entry.still(self._kept(place))}"

    def refuse(self, place: Place, sentence: str) -> None:
        """Mark a cell whose entry could be read and was refused by the deal."""
        entry, typed = self._plan.lines[place[0]].entry, self._typed.get(place, self.text(*place))
        said = entry.refused(typed, None, sentence, self._kept(place))
        self.mark(place, f"{self._plan.columns[place[1]].head}: {said}")

    def mark(self, place: Place, sentence: str, text: str | None = None) -> None:
        """Mark a cell with a sentence, keeping what was typed."""
        shown = text if text is not None else self._typed.get(place, self.text(*place))
        if self._wrong.get(place) == (shown, sentence):
            return
        self._wrong[place] = (shown, sentence)
        self._changed(place)

    def _unmark(self, place: Place) -> None:
        if self._wrong.pop(place, None) is not None:
            self._changed(place)

    def clear_marks(self) -> None:
        """Forget every text that cannot be used."""
        for place in tuple(self._wrong):
            self._unmark(place)

    def unmark(self, place: Place) -> None:
        """Take the mark of a cell away; it shows the deal's value again."""
        self._unmark(place)

    def _changed(self, place: Place) -> None:
        at = self.index(*place)
        self.dataChanged.emit(at, at)
        self.problems_changed.emit()


def _places(line: Line) -> list[bool]:
    """In which columns of a row there is an entry."""
    return [bool(cell.path) for cell in line.cells]


def _unlike(line: Line, old: Line) -> Sequence[int]:
    """The columns of a row of entries that are otherwise than they were."""
    if (line.label, line.entry) != (old.label, old.entry):
        return range(len(line.cells))
    return [column for column, (cell, was) in enumerate(zip(line.cells, old.cells, strict=True)) if cell != was]


def _cell(plan: Plan, place: Place) -> Cell:
    return plan.lines[place[0]].cells[place[1]]
