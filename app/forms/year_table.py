"""A table of entries on a page: by contract year, band, phase, item or month, with paste, copy and fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.forms.comparing import before_words, compared_with
from app.forms.entry_model import Calculated, EntryModel, Place
from app.forms.entry_view import EntryView
from app.forms.notes import NoteLine
from app.forms.pasting import Pasted, place_block
from app.forms.plan import Binding, Wish, count_words, one_change
from app.tables.clipboard import to_tsv
from app.theme import link, px
from models import Deal, irrelevant, value_at


class YearTable(QWidget):
    """Shows what its binding plans and tells every edit as a wish (path, value, words, merge key)."""

    wish = Signal(str, object, str, str)
    problems_changed = Signal()

    def __init__(self, binding: Binding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._binding = binding
        self._deal: Deal | None = None
        self._session = 0
        self._paste_problem = ""
        self._hint = ""
        self._effect = ("", "")  # path of a cell, and what a step of it does
        self._start: Deal | None = None  # the deal when the visit to a cell began
        self._told_path = ""  # the widest part of the deal told of in this visit
        self._telling: Place | None = None
        self._restoring = False
        self.model = EntryModel(self)
        self.view = EntryView(self.model, self)
        self.note = NoteLine(reserved=24)
        self._fewer = link("")
        self._more = link("")
        self._below = QHBoxLayout()
        self._compared = ""
        self._build()
        self.model.told.connect(self._told)
        self.model.problems_changed.connect(self._problems)
        self.model.rejected.connect(self._restore)
        self.view.delegate.session_began.connect(self._session_began)
        self.view.delegate.taken_back.connect(self._take_back)
        self.view.selectionModel().currentChanged.connect(self._say)
        self.model.dataChanged.connect(self._say)
        self.view.emptied.connect(self._put)
        self.note.acted.connect(self._reset)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self.view)
        self._below.setSpacing(px(4))
        self._below.addWidget(self.note, 1)
        sizes = QHBoxLayout()
        sizes.setSpacing(px(4))
        self._more.setText(f"Add {self._binding.grows}")
        self._fewer.setText("Remove")
        self._fewer.setAccessibleName(f"Remove {self._binding.grows}")
        self._more.clicked.connect(lambda: self._resize(more=True))
        self._fewer.clicked.connect(lambda: self._resize(more=False))
        sizes.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        sizes.addWidget(self._fewer, 0, Qt.AlignmentFlag.AlignTop)
        self._below.addLayout(sizes)
        column.addLayout(self._below)
        self._more.setVisible(bool(self._binding.grows))
        self._fewer.setVisible(bool(self._binding.grows))
        keys = QKeySequence.StandardKey
        self._action("Copy", QKeySequence(keys.Copy), self.copy)
        self._action("Copy with headings", QKeySequence("Ctrl+Shift+C"), lambda: self.copy(headings=True))
        self._action("Paste", QKeySequence(keys.Paste), self.paste)
        self._action("Fill right", QKeySequence("Ctrl+R"), self.fill_right)
        self._action("Fill down", QKeySequence("Ctrl+D"), self.fill_down)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _action(self, words: str, keys: QKeySequence, do: Callable[[], object]) -> None:
        action = QAction(words, self.view)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(do)
        self.view.addAction(action)

    def show_deal(self, deal: Deal, saved: Deal) -> None:
        """Show the table of a deal."""
        self._deal = deal
        self.model.set_plan(self._binding.plan(deal, saved))
        if compared_with(self) != self._compared:  # what a mark of change looks like follows it
            self._compared = compared_with(self)
            self.view.viewport().update()
        self.view.setAccessibleName(self._spoken())
        self._stand_near()
        self._fewer.setEnabled(self._binding.resized(deal, False) is not None)
        self._more.setEnabled(self._binding.resized(deal, True) is not None)
        self._say()

    def _stand_near(self) -> None:
        """What adds and removes stands at the end of the table; under one that ends early, at its beginning."""
        ways = QBoxLayout.Direction
        way = ways.RightToLeft if self.view.is_narrow() else ways.LeftToRight
        if self._below.direction() != way:
            self._below.setDirection(way)

    def _spoken(self) -> str:
        """What the table is called: its lines, where each is a year of months what is entered in them."""
        plan = self.model.plan
        if not plan.by_month or not plan.lines:
            return ", ".join(line.label for line in plan.lines)
        entry = plan.lines[0].entry
        return ", ".join(word for word in (entry.field.label, entry.unit) if word)

    def set_calculated(self, rows: Sequence[Calculated]) -> None:
        """Show rows of figures below the entries, one value for each column."""
        self.model.set_calculated(tuple(rows))

    @property
    def binding(self) -> Binding:
        """What ties the table to the deal."""
        return self._binding

    def problems(self) -> dict[str, str]:
        """Path and sentence of every cell that cannot be used."""
        found = {}
        for place, sentence in self.model.wrong.items():
            cell = self.model.cell(*place)
            if cell is not None:
                found[cell.path] = sentence
        return found

    def show_problem(self, path: str, sentence: str) -> bool:
        """Mark the cell of a path, or take its mark away with ""; False where the path is none of this table's."""
        place = self._binding.cell_of(path)
        if place is None or self.model.cell(*place) is None:
            return False
        if self._restoring:
            return True  # what the deal is given back is not what is written in the cell
        if sentence and self._telling is not None:
            self.model.refuse(self._telling, sentence)
        elif sentence:
            self.model.mark(place, sentence)
        else:
            self.model.unmark(place)
        return True

    def show_effect(self, path: str, sentence: str) -> NoteLine | None:
        """Say under the table what a step of the cell in focus does; None where the path is none of this table's."""
        mine = self._binding.cell_of(path) is not None
        effect = (path, sentence) if mine else ("", "")
        if effect != self._effect:
            self._effect = effect
            self._say()
        return self.note if mine else None

    def focus_path(self, path: str) -> bool:
        """Put the focus on the cell of a path; False where the path is none of this table's."""
        place = self._binding.cell_of(path)
        if place is None:
            return False
        # said outright: Qt would add to what is selected while Ctrl is held, as it is for the keys that lead here
        self.view.selectionModel().setCurrentIndex(
            self.model.index(*place), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _session_began(self) -> None:
        self._session += 1
        self._start, self._told_path = self._deal, ""
        self._paste_problem = self._hint = ""

    def _merge_key(self) -> str:
        return f"{self._binding.paths[0]}[]#{self._session}"

    def _told(self, cells: dict[Place, object]) -> None:
        assert self._deal is not None
        made = self._binding.wish(self._deal, cells)
        self._told_path = self._told_path or made.path
        (self._telling,) = cells
        self._wish(made, self._merge_key())
        refused, self._telling = self._telling in self.model.wrong, None
        if refused:
            self._restore()
        elif self.model.hint:
            self._hint = self.model.hint
            self._say()

    def _restore(self) -> None:
        """While the entry in a cell cannot be used, the deal has what it had when the cell was opened."""
        self._restoring = True
        self.model.hold(True)
        self._take_back()
        self.model.hold(False)
        self._restoring = False

    def _take_back(self) -> None:
        path = self._told_path
        if self._deal is None or self._start is None or not path:
            return
        before = value_at(self._start, path)
        if value_at(self._deal, path) != before:
            self._wish(Wish(path, before, self._words_back(path, before)), self._merge_key())
        self._told_path = ""

    def _words_back(self, path: str, before: object) -> str:
        assert self._deal is not None
        if isinstance(before, tuple) or before is None:
            return count_words(self._deal, path, 1)
        return one_change(self._deal, path, before).words

    def _wish(self, made: Wish, merge_key: str = "") -> None:
        self._paste_problem = self._hint = ""
        self.wish.emit(made.path, made.value, made.words, merge_key)

    def _resize(self, *, more: bool) -> None:
        assert self._deal is not None
        made = self._binding.resized(self._deal, more)
        if made is not None:
            self._wish(made)

    def _selected(self) -> list[Place]:
        chosen = sorted((index.row(), index.column()) for index in self.view.selectionModel().selectedIndexes())
        current = self.view.currentIndex()
        return chosen or ([(current.row(), current.column())] if current.isValid() else [])

    def copy(self, *, headings: bool = False) -> None:
        """Put the selected cells on the clipboard at full precision, with heads and labels if asked or if all rows are.

        A single cell or a part of a row is copied bare, so that it can be pasted anywhere.
        """
        places = self._selected()
        if not places:
            return
        rows = range(places[0][0], max(row for row, _ in places) + 1)
        columns = sorted({column for _, column in places})
        lines = [[self.model.raw(row, column) for column in columns] for row in rows]
        if headings or len(columns) == self.model.columnCount() > 1:
            heads = [self.model.plan.columns[column].head for column in columns]
            labels = [str(self.model.headerData(row, Qt.Orientation.Vertical)) for row in rows]
            lines = [[label, *line] for label, line in zip(labels, lines, strict=True)]
            lines.insert(0, [self.model.plan.corner, *heads])
        QGuiApplication.clipboard().setText(to_tsv(lines))

    def paste(self) -> None:
        """Put the clipboard into the table from the chosen cell on: all of it or, with a list of bad cells, nothing."""
        assert self._deal is not None
        places = self._selected()
        if not places:
            return
        done: Pasted = place_block(
            QGuiApplication.clipboard().text(), self.model, places, growing=bool(self._binding.grows)
        )
        self._paste_problem = done.problem
        if done.cells:
            self._wish(self._binding.wish(self._deal, done.cells))
            last = max(done.cells)
            self._select(min(done.cells), last)
        self._hint = done.hint
        self._say()

    def _select(self, first: Place, last: Place) -> None:
        selection = self.view.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(self.model.index(*first), flags.ClearAndSelect)
        for column in range(first[1], min(last[1], self.model.columnCount() - 1) + 1):
            for row in range(first[0], last[0] + 1):
                selection.select(self.model.index(row, column), flags.Select)

    def fill_right(self) -> None:
        """Repeat the leftmost chosen value to the right: over the selection, or to the end of the row."""
        assert self._deal is not None
        places = [place for place in self._selected() if self.model.can_edit(*place)]
        cells: dict[Place, object] = {}
        for row in sorted({row for row, _ in places}):
            columns = [column for r, column in places if r == row]
            end = max(columns) if len(columns) > 1 else self.model.columnCount() - 1
            source = self.model.cell(row, min(columns))
            assert source is not None
            reach = range(min(columns) + 1, end + 1)
            cells |= {(row, column): source.value for column in reach if self.model.can_edit(row, column)}
        self._put(cells)

    def _put(self, cells: Mapping[Place, object]) -> None:
        """Wish values in cells, as one step."""
        if cells and self._deal is not None:
            self._wish(self._binding.wish(self._deal, cells))

    def fill_down(self) -> None:
        """Repeat the topmost chosen value downwards: over the selection, or to the last line of entries."""
        assert self._deal is not None
        places = [place for place in self._selected() if self.model.can_edit(*place)]
        cells: dict[Place, object] = {}
        for column in sorted({column for _, column in places}):
            rows = [row for row, c in places if c == column]
            end = max(rows) if len(rows) > 1 else len(self.model.plan.lines) - 1
            source = self.model.cell(min(rows), column)
            assert source is not None
            reach = range(min(rows) + 1, end + 1)
            cells |= {(row, column): source.value for row in reach if self.model.can_edit(row, column)}
        self._put(cells)

    def _problems(self) -> None:
        self._say()
        self.problems_changed.emit()

    def _say(self, *_: object) -> None:
        """One line for the cell in focus: what is wrong with it, or what it was when saved and what a step does."""
        current: QModelIndex = self.view.currentIndex()
        place = (current.row(), current.column())
        wrong = self.model.wrong
        if self._paste_problem:
            self.note.say(self._paste_problem, "problem")
        elif wrong:
            self.note.say(wrong.get(place, next(iter(wrong.values()))), "problem")
        elif self._hint:
            self.note.say(self._hint, "hint")
        elif current.isValid() and self.model.is_changed(*place):
            cell = self.model.cell(*place)
            assert cell is not None
            head = self._named(place)
            saved = self.model.plan.lines[place[0]].entry.write(cell.saved)
            self._say_before(head, saved, is_new=cell.saved is None)
        else:
            self.note.say(self._idle() or self._effect_here())

    def _named(self, place: Place) -> str:
        """What the place of a cell is called: its year, band or phase, or month and year."""
        plan = self.model.plan
        head = plan.columns[place[1]].head
        return f"{head} {plan.lines[place[0]].label}" if plan.by_month else head

    def _say_before(self, head: str, before: str, *, is_new: bool) -> None:
        """What the cell in focus was, with the way back in a scenario."""
        if compared_with(self):
            words = f"{head} is new in this scenario." if is_new else before_words(self, before, head)
            effect = self._effect_here()
            said = f"{words.rstrip('.')}. {effect}" if effect else words
            self.note.say(said, "layer", "" if is_new else "Reset", f"Reset {head}")
        else:
            words = f"{head} is new since saved." if is_new else before_words(self, before, head)
            self.note.say(f"{words} {self._effect_here()}".strip(), "note")

    def _effect_here(self) -> str:
        """What a step of the cell in focus does; "" while that is not known."""
        path, sentence = self._effect
        cell = self.model.cell(self.view.currentIndex().row(), self.view.currentIndex().column())
        return sentence if cell is not None and cell.path == path else ""

    def _reset(self) -> None:
        """Give the cell in focus of a scenario what it builds on."""
        current = self.view.currentIndex()
        cell = self.model.cell(current.row(), current.column())
        if self._deal is not None and cell is not None:
            self._wish(self._binding.wish(self._deal, {(current.row(), current.column()): cell.saved}))

    def _idle(self) -> str:
        """Why nothing in the table has an effect on this deal, "" where something has."""
        reasons = [irrelevant(self._deal, path) for path in self._binding.paths if path] if self._deal else []
        return reasons[0] if all(reasons) and reasons else ""
