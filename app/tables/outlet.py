"""What every result gives away: its figures to the clipboard, and wishes to save them in a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.tables.clipboard import to_tsv
from app.tables.figures import raw
from models import CellTable

ByPeriod = Callable[[str], CellTable]
PERIODS = (("month", "By &month"), ("quarter", "By &quarter"), ("year", "By &year"))


class Outlet(QObject):
    """The actions of one table or chart, for its keys and its context menu.

    `wished` carries the tables to be saved and the ending of the file, ".csv" or ".xlsx": what is seen and, of a
    series in time, the same by month, quarter and year.
    """

    wished = Signal(object, str)  # tuple of CellTable, ending

    def __init__(self, owner: QWidget, seen: Callable[[], CellTable | None], chosen: Callable[[], CellTable | None]):
        """`seen` gives the whole result, `chosen` what Ctrl+C copies of it."""
        super().__init__(owner)
        self.owner = owner
        self._seen = seen
        self._chosen = chosen
        self._over: ByPeriod | None = None
        self._menus: list[QMenu] = []
        copy = self._action("&Copy", lambda: put(self._chosen()), QKeySequence(QKeySequence.StandardKey.Copy))
        whole = self._action("Copy &everything", self.copy, QKeySequence("Ctrl+Shift+C"))
        csv = self._action("Save as CSV…", lambda: self.save(".csv"))
        excel = self._action("Save as E&xcel…", lambda: self.save(".xlsx"))
        self.actions = (copy, whole, csv, excel)
        owner.addActions(self.actions)

    def _action(self, words: str, do: Callable[[], object], keys: QKeySequence | None = None) -> QAction:
        made = QAction(words, self.owner)
        made.triggered.connect(lambda _checked=False: do())
        if keys is not None:
            made.setShortcut(keys)
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return made

    def give_periods(self, over: ByPeriod | None) -> None:
        """Offer the result by month, quarter and year too; `over` computes one of them when it is wanted."""
        offered, self._over = self._over is not None, over
        if over is not None and not self._menus:
            self._menus = [self._period_menu(period, words) for period, words in PERIODS]
            self.owner.addActions([menu.menuAction() for menu in self._menus])
        if offered != (over is not None):
            for menu in self._menus:
                menu.menuAction().setVisible(over is not None)

    def period_actions(self) -> list[QAction]:
        """An entry with a menu for each period, none where the result is no series in time."""
        return [menu.menuAction() for menu in self._menus if menu.menuAction().isVisible()]

    def _period_menu(self, period: str, words: str) -> QMenu:
        menu = QMenu(words, self.owner)
        menu.addAction("&Copy", lambda: self.copy(period))
        menu.addAction("&Save as CSV…", lambda: self.save(".csv", period))
        return menu

    def name(self) -> str:
        """What the result is called, as a part of the name of a file."""
        return self.owner.accessibleName()

    def window(self) -> QWidget:
        """The window that the result stands in."""
        return self.owner.window()

    def table(self, period: str = "") -> CellTable | None:
        """The result as seen, or by a period; None while there is none."""
        return self._over(period) if period and self._over is not None else self._seen()

    def copy(self, period: str = "") -> None:
        """Put the whole result on the clipboard at full precision, with its headings."""
        put(self.table(period))

    def save(self, ending: str, period: str = "") -> None:
        """Wish the result in a file; a workbook of a series in time has a sheet for each period."""
        table = self.table(period)
        if table is None:
            return
        over = [self._over(each) for each, _ in PERIODS] if self._over is not None and ending == ".xlsx" else []
        self.wished.emit((table, *over), ending)


def put(table: CellTable | None) -> None:
    """Put a table on the clipboard, tab-separated, figures at full precision in the decimal mark of the locale."""
    if table is not None:
        QGuiApplication.clipboard().setText(to_tsv(table.texts(raw)))
