"""GPUs month by month: none, or a table with a line for each year."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.forms.other_bindings import MonthBinding
from app.forms.plan import entry_at
from app.forms.year_table import YearTable
from app.theme import label, link, px
from models import Deal, value_at, words_at


class MonthSeries(QWidget):
    """A series of a tenant, in place of size, dates, ramp-up and growth."""

    wish = Signal(str, object, str, str)
    import_wished = Signal(int)  # number of the tenant that a file is wanted for
    problems_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deal: Deal | None = None
        self._binding = MonthBinding("")
        self.table = YearTable(self._binding, self)
        self._title = label("", "strong")
        self._state = label("", "small", "secondary")
        self._switch = link("")
        self._import = link("Import from CSV or Excel…", "upload")
        self._import.hide()
        head = QHBoxLayout()
        head.setSpacing(px(8))
        for widget in (self._title, self._state, self._switch, self._import):
            head.addWidget(widget)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(6), 0, 0)
        column.setSpacing(px(2))
        column.addLayout(head)
        column.addWidget(self.table)
        self._switch.clicked.connect(self._turn)
        self._import.clicked.connect(
            lambda: self.import_wished.emit(int(self._binding.path.split("[")[1].split("]")[0]))
        )
        self.table.wish.connect(self.wish)
        self.table.problems_changed.connect(self.problems_changed)

    def offer_import(self) -> None:
        """Offer to take the series from a file."""
        self._import.show()

    def show_deal(self, deal: Deal, saved: Deal, path: str) -> None:
        """Show the series at a path."""
        self._deal = deal
        if path != self._binding.path:
            self._binding.path, self._binding.paths = path, (path,)
            self.table.model.clear_marks()
        entry = entry_at(deal, path)
        given = value_at(deal, path) is not None
        self._title.setText(entry.field.label)
        self._title.setToolTip(entry.field.help)
        self._state.setText("in place of size, dates, ramp-up and growth" if given else "none")
        self._switch.setText("Use size, dates and growth" if given else "Enter month by month")
        self.table.setVisible(given)
        if given:
            self.table.show_deal(deal, saved)

    def _turn(self) -> None:
        assert self._deal is not None
        path = self._binding.path
        if value_at(self._deal, path) is not None:
            self.wish.emit(path, None, f"{words_at(self._deal, path)}: none", "")
            return
        size = value_at(self._deal, path.rpartition(".")[0] + ".gpus")
        self.wish.emit(path, (size,) * self._deal.months, f"{words_at(self._deal, path)}: entered by month", "")

    def problems(self) -> dict[str, str]:
        """Path and sentence of every month that cannot be read."""
        return self.table.problems()

    def show_problem(self, path: str, sentence: str) -> bool:
        """Mark a month; False where the path is none of this series'."""
        return self.table.show_problem(path, sentence)

    def focus_path(self, path: str) -> bool:
        """Put the focus on a month; False where the path is none of this series'."""
        if self.table.isVisibleTo(self) and self.table.focus_path(path):
            return True
        if path.startswith(self._binding.path):
            self._switch.setFocus()
            return True
        return False
