"""The fields of one part of the deal under their headings, as they stand on a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.comparing import compared_with
from app.forms.entry import Entry
from app.forms.fields import FIRST_MONTH, FieldRow
from app.forms.grid import FieldGrid, Widths
from app.forms.line_field import LineField
from app.forms.marks import Marks
from app.forms.notes import NoteLine
from app.forms.order import Groups
from app.forms.plan import change_words, entry_at, saved_value
from app.theme import label, px
from models import DatesMove, Deal, field_at, irrelevant, month_label, value_at

_LINE = 20  # the height that is kept free under fields, so that no field moves when something is said there


class FieldsBlock(QWidget):
    """Fields of the part at a prefix ("senior_debt", "phases[2]", "" for the deal itself)."""

    wish = Signal(str, object, str, str)
    problems_changed = Signal()

    def __init__(self, groups: Groups, widths: Widths | None = None, *, locks: bool = True) -> None:
        super().__init__()
        self._locks = locks
        self._groups = groups
        self._widths = widths or Widths()
        self._prefix = ""
        self._rows: dict[str, FieldRow] = {}
        self._grids: list[FieldGrid] = []
        self._lines: list[NoteLine] = []  # one under each grid, for the field of it in focus
        self._kept: dict[str, tuple[str, str]] = {}  # what could not be read in items not shown now: text, sentence
        self._deal: Deal | None = None
        self._entries: dict[str, Entry] = {}
        self._seen: dict[str, tuple[object, ...]] = {}  # what each field showed last
        self._measured: tuple[Entry, ...] = ()
        self._entered_now: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))

    def put_prefix(self, prefix: str) -> None:
        """Say which part the fields belong to, before the first deal is shown."""
        self._prefix = prefix

    def _path(self, name: str) -> str:
        return f"{self._prefix}.{name}" if self._prefix else name

    def _build(self, deal: Deal) -> None:
        for heading, names in self._groups:
            if heading:
                title = label(heading, "strong")
                title.setContentsMargins(0, px(4) if self._grids else 0, 0, px(2))
                self._column.addWidget(title)
            rows = [self._row(deal, name) for name in names]
            grid = FieldGrid(rows, self._widths)
            self._grids.append(grid)
            self._column.addWidget(grid)
            line = NoteLine(reserved=_LINE)
            self._lines.append(line)
            self._column.addWidget(line)
            grid.show()  # at once: a field of it may be asked for the focus before the layout would show it

    def _row(self, deal: Deal, name: str) -> FieldRow:
        path = self._path(name)
        row = FieldRow(path, entry_at(deal, path), self, locked=self._locks)
        row.entered.connect(lambda value, key: self._entered(row, value, key))
        row.reset_wished.connect(lambda value: self._reset(row, value))
        row.dates_wished.connect(self._move_dates)
        row.settled.connect(lambda: self._settled(row))
        row.problem_changed.connect(self.problems_changed)
        self._rows[name] = row
        return row

    def show_deal(self, deal: Deal, saved: Deal, prefix: str | None = None) -> None:
        """Show the part at a prefix, or at the one before; entries that cannot be read wait for its return."""
        self._deal = deal
        if prefix is not None and prefix != self._prefix:
            self._leave()
            self._prefix = prefix
        if not self._rows:
            self._build(deal)
        against, marks = compared_with(self), Marks.of(QLocale())
        for name, row in self._rows.items():
            path = self._path(name)
            value, saved_now, idle = value_at(deal, path), saved_value(deal, saved, path), irrelevant(deal, path)
            seen = (path, type(value), value, saved_now, idle, against)
            entry = self._entry(deal, path, marks)
            if row.is_at_rest and self._seen.get(name) == seen and row.entry == entry:
                continue  # most of them at a keystroke
            self._seen[name] = seen
            row.show(path, entry, value, saved_now, idle)
            if path in self._kept and isinstance(row.editor, LineField):
                text, _ = self._kept.pop(path)
                row.editor.show_unreadable(text)
        entries = tuple(row.entry for row in self._rows.values())
        if entries != self._measured:  # widths follow labels and units, not values: no need to measure at a keystroke
            self._measured = entries
            for grid in self._grids:
                grid.measure()

    def _entry(self, deal: Deal, path: str, marks: Marks) -> Entry:
        """How a field is read and written; what the deal says of it seldom changes."""
        field = field_at(deal, path)
        known = self._entries.get(path)
        if known is None or (known.field, known.currency, known.marks) != (field, deal.currency, marks):
            known = self._entries[path] = Entry(field, deal.currency, marks)
        return known

    def _leave(self) -> None:
        self._seen.clear()
        self.show_effect("", "")
        for row in self._rows.values():
            if row.problem and isinstance(row.editor, LineField):
                self._kept[row.path] = (row.editor.text(), row.problem)
            row.forget()

    def drop_unreadable(self) -> None:
        """Forget every text that cannot be used, in all items."""
        self._kept.clear()
        self._seen.clear()
        for row in self._rows.values():
            row.forget()
        self.problems_changed.emit()

    def _entered(self, row: FieldRow, value: object, key: str) -> None:
        assert self._deal is not None
        words = change_words(self._deal, row.path, row.entry, value_at(self._deal, row.path), value)
        self._entered_now.add(row.path)
        self.wish.emit(row.path, value, words, key)

    def _reset(self, row: FieldRow, value: object) -> None:
        """Give a field of a scenario what it builds on."""
        assert self._deal is not None
        words = change_words(self._deal, row.path, row.entry, value_at(self._deal, row.path), value)
        self.wish.emit(row.path, value, words, "")

    def _move_dates(self, before: str, start: str) -> None:
        """Take all dates of the deal along with its first month, as one edit."""
        words = f"All dates moved: first month {month_label(before)} → {month_label(start)}"
        self.wish.emit(FIRST_MONTH, DatesMove(before, start), words, "")

    def _settled(self, done: FieldRow) -> None:
        """Offer again what the deal refused: the entry just made may have been what was missing."""
        if done.path not in self._entered_now:
            return
        self._entered_now.clear()
        for row in self._rows.values():
            if row is not done and row.problem:
                row.editor.retry()
        self._entered_now.clear()

    def problems(self) -> dict[str, str]:
        """Path and sentence of every entry that cannot be used, those of items not shown included."""
        shown = {row.path: row.problem for row in self._rows.values() if row.problem}
        return {path: sentence for path, (_, sentence) in self._kept.items()} | shown

    def show_problem(self, path: str, sentence: str) -> bool:
        """Mark the field at a path; False where the path is none of this block's."""
        row = self._at(path)
        if row is not None:
            row.show_problem(sentence)
        return row is not None

    def show_effect(self, path: str, sentence: str) -> NoteLine | None:
        """Say under the field at a path what a step of it does; the other lines fall silent. None: no such field."""
        row = self._at(path)
        found = None
        for grid, line in zip(self._grids, self._lines, strict=True):
            here = row in grid.rows
            line.say(sentence if here else "")
            found = line if here else found
        return found

    def focus_path(self, path: str) -> bool:
        """Put the focus on the field at a path; False where the path is none of this block's."""
        row = self._at(path)
        if row is None and path == self._prefix and self._rows:
            row = next(iter(self._rows.values()))
        if row is None:
            return False
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(row.editor, LineField):
            row.editor.selectAll()
        return True

    def _at(self, path: str) -> FieldRow | None:
        return next((row for row in self._rows.values() if row.path == path), None)

    def rows(self) -> Sequence[FieldRow]:
        """All field rows, in tab order."""
        return tuple(self._rows.values())
