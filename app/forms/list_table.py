"""A list of the deal on a page: its overview, what can be done with an item, and the fields of the chosen one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.forms.fields_block import FieldsBlock
from app.forms.fresh import copy_of
from app.forms.list_model import LISTINGS, ListModel
from app.forms.list_pasting import place_items
from app.forms.list_view import ListView
from app.forms.month_series import MonthSeries
from app.forms.notes import NoteLine
from app.forms.order import grouped
from app.tables.clipboard import to_tsv
from app.theme import label, link, px, rule, tool
from models import Deal, item_names, items, words_at


class ListTable(QWidget):
    """Phases or tenants. Wishes are (path, value, words, merge key); the list as a whole for adding and moving."""

    wish = Signal(str, object, str, str)
    problems_changed = Signal()

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listing = LISTINGS[path]
        self._deal: Deal | None = None
        self._saved: Deal | None = None
        self._chosen = 0
        self._names: list[str] = []
        self.model = ListModel(self._listing, self)
        self.view = ListView(self.model, self)
        self._pasted = NoteLine()
        self._title = label("", "strong")
        self._add = link(f"Add {self._listing.one}", "plus")
        self._copy = link("Duplicate", "copy-plus")
        self._remove = link("Remove", "trash-2")
        self._up = tool("arrow-up", f"Move this {self._listing.one} up")
        self._down = tool("arrow-down", f"Move this {self._listing.one} down")
        self.fields: FieldsBlock | None = None
        self.series: MonthSeries | None = None
        self._column = QVBoxLayout(self)
        self._build()

    def _build(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(4))
        self._column.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(px(4))
        for button in (self._add, self._copy, self._remove, self._up, self._down):
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self._pasted)
        self._column.addWidget(rule())
        self._title.setContentsMargins(0, px(6), 0, px(2))
        self._column.addWidget(self._title)
        self._add.clicked.connect(lambda: self._insert(self._last()))
        self._copy.clicked.connect(lambda: self._insert(self._chosen))
        self._remove.clicked.connect(self._take_away)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))
        keys = QKeySequence.StandardKey
        one = self._listing.one
        self._action("&Copy the table", keys.Copy, self.copy)
        self._action("&Paste rows", keys.Paste, self.paste)
        self._action(f"&Duplicate this {one}", "Ctrl+D", self._copy.click)
        self._action(f"&Remove this {one}", keys.Delete, self._remove.click)
        self._action("Move &up", "Alt+Up", self._up.click)
        self._action("Move do&wn", "Alt+Down", self._down.click)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _before: self._choose(now.row()))
        self.view.setAccessibleName(f"{self._listing.one.capitalize()}s of the deal")

    def _action(self, words: str, keys: QKeySequence.StandardKey | str, do: Callable[[], object]) -> None:
        action = QAction(words, self.view)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: do())
        self.view.addAction(action)

    def copy(self) -> None:
        """Put the overview on the clipboard with its headings, figures at full precision."""
        QGuiApplication.clipboard().setText(to_tsv(self.model.cells()))

    def paste(self) -> None:
        """Lay rows of a sheet over the list from the chosen item on, as one step: all or, with a reason, none."""
        assert self._deal is not None
        done = place_items(QGuiApplication.clipboard().text(), self._deal, self._listing, self._chosen)
        self._pasted.say(done.problem, "problem")
        if not done.problem and done.value != getattr(self._deal, self._listing.path):
            self.wish.emit(self._listing.path, done.value, done.words, "")

    def _last(self) -> int:
        assert self._deal is not None
        return len(getattr(self._deal, self._listing.path)) - 1

    def show_deal(self, deal: Deal, saved: Deal) -> None:
        """Show the list of a deal; the chosen item stays chosen as long as there is one in its place."""
        self._deal, self._saved = deal, saved
        self._note_order()
        self.model.show_deal(deal, saved)
        count = len(getattr(deal, self._listing.path))
        self._chosen = min(self._chosen, count - 1)
        if self.view.currentIndex().row() != self._chosen:
            self.view.choose(self._chosen)
        self._show_item()

    def _note_order(self) -> None:
        """Where items came, went or moved, texts that cannot be read no longer know whose they are."""
        names = [getattr(item, self._listing.name) for item in getattr(self._deal, self._listing.path)]
        moved = len(names) != len(self._names) or (names != self._names and sorted(names) == sorted(self._names))
        if moved and self.fields is not None and self.fields.problems():
            self.fields.drop_unreadable()
        self._names = names

    def _choose(self, row: int) -> None:
        if row >= 0 and row != self._chosen:
            self._chosen = row
            self._show_item()

    def _show_item(self) -> None:
        assert self._deal is not None
        assert self._saved is not None
        path = f"{self._listing.path}[{self._chosen}]"
        item = getattr(self._deal, self._listing.path)[self._chosen]
        if self.fields is None:
            self._build_fields(type(item).title, item_names(type(item)))
        assert self.fields is not None
        self.fields.show_deal(self._deal, self._saved, path)
        if self.series is not None:
            self.series.show_deal(self._deal, self._saved, f"{path}.gpus_by_month")
        self._title.setText(words_at(self._deal, path))
        count, allowed = self._last() + 1, items(Deal)[self._listing.path]
        self._add.setEnabled(count < allowed.high)
        self._copy.setEnabled(count < allowed.high)
        self._remove.setEnabled(count > allowed.low)
        self._up.setEnabled(self._chosen > 0)
        self._down.setEnabled(self._chosen < count - 1)

    def _build_fields(self, title: str, names: tuple[str, ...]) -> None:
        scalar = tuple(name for name in names if name != "gpus_by_month")
        self.fields = FieldsBlock(grouped(title, scalar))
        self.fields.wish.connect(self.wish)
        self.fields.problems_changed.connect(self._problems)
        self._column.addWidget(self.fields)
        if "gpus_by_month" in names:
            self.series = MonthSeries()
            self.series.wish.connect(self.wish)
            self.series.problems_changed.connect(self._problems)
            self._column.addWidget(self.series)
        self.view.opened.connect(lambda: self.focus_path(f"{self._listing.path}[{self._chosen}]"))

    def _problems(self) -> None:
        rows = {int(path.partition("[")[2].partition("]")[0]) for path in self.problems()}
        self.model.show_problems(rows)
        self.problems_changed.emit()

    def _insert(self, like: int) -> None:
        assert self._deal is not None
        held = getattr(self._deal, self._listing.path)
        made = copy_of(self._deal, self._listing.path, like)
        at = like + 1
        self._chosen = at
        name = getattr(made, self._listing.name)
        words = f"{self._listing.one.capitalize()} added: {name}"
        self.wish.emit(self._listing.path, (*held[:at], made, *held[at:]), words, "")

    def _take_away(self) -> None:
        assert self._deal is not None
        held = getattr(self._deal, self._listing.path)
        name = getattr(held[self._chosen], self._listing.name)
        rest = held[: self._chosen] + held[self._chosen + 1 :]
        self.wish.emit(self._listing.path, rest, f"{self._listing.one.capitalize()} removed: {name}", "")

    def _move(self, by: int) -> None:
        assert self._deal is not None
        held = list(getattr(self._deal, self._listing.path))
        target = self._chosen + by
        if not 0 <= target < len(held):
            return
        held[self._chosen], held[target] = held[target], held[self._chosen]
        name = getattr(held[target], self._listing.name)
        self._chosen = target
        way = "up" if by < 0 else "down"
        self.wish.emit(self._listing.path, tuple(held), f"{self._listing.one.capitalize()} moved {way}: {name}", "")

    def problems(self) -> dict[str, str]:
        """Path and sentence of every entry that cannot be used, in all items."""
        found = dict(self.fields.problems()) if self.fields is not None else {}
        return found | (self.series.problems() if self.series is not None else {})

    def show_problem(self, path: str, sentence: str) -> bool:
        """Mark the field at a path; False where it is none of this list's or not shown."""
        if not path.startswith(f"{self._listing.path}["):
            return False
        if self.fields is not None and self.fields.show_problem(path, sentence):
            return True
        return self.series is not None and self.series.show_problem(path, sentence)

    def show_effect(self, path: str, sentence: str) -> NoteLine | None:
        """Say under the entry at a path what a step of it does; None where it is not shown."""
        parts = (self.fields, None if self.series is None else self.series.table)
        said = [part.show_effect(path, sentence) for part in parts if part is not None]
        return next((line for line in said if line is not None), None)

    def focus_path(self, path: str) -> bool:
        """Choose the item of a path and put the focus on its field; False where the path is none of this list's."""
        if path == self._listing.path:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if not path.startswith(f"{self._listing.path}["):
            return False
        self.view.choose(int(path.partition("[")[2].partition("]")[0]))
        if self.fields is not None and self.fields.focus_path(path):
            return True
        return self.series is not None and self.series.focus_path(path)
