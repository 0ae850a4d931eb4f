"""The form of the chosen section; every page is made when it is first looked at, and kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.forms import Calculated, FormPage, compare_with
from app.live import Figures
from app.theme import px
from models import Deal, DealError, Problem, field_at, section_of


class FormStack(QStackedWidget):
    """Pages by section. Only the page in sight follows the deal; the others do when they are shown."""

    wish = Signal(str, object, str, str)  # path, value, words, merge key
    entries_changed = Signal()
    explain_wished = Signal(object)  # FigurePlace
    visited = Signal(str)  # path of the entry that got the focus
    guide_wished = Signal(str)  # title of a section
    import_wished = Signal(int)  # number of the tenant that a file is wanted for

    def __init__(self, parent: QWidget | None = None, *, guide: bool = False, imports: bool = False) -> None:
        """`imports` offers to take month series from files."""
        super().__init__(parent)
        self._has_guide = guide
        self._imports = imports
        self.setMinimumHeight(px(160))
        self._pages: dict[str, FormPage] = {}
        self._key = ""
        self._deals: tuple[Deal, Deal] | None = None
        self._figures: Figures | None = None

    def show_section(self, key: str) -> None:
        """Bring the form of a section to the front."""
        self._key = key
        if key not in self._pages:
            page = FormPage(key, guide=self._has_guide, imports=self._imports)
            page.wish.connect(self.wish)
            page.problems_changed.connect(self.entries_changed)
            page.explain_wished.connect(self.explain_wished)
            page.visited.connect(self.visited)
            page.guide_wished.connect(self.guide_wished)
            page.import_wished.connect(self.import_wished)
            self._pages[key] = page
            self.addWidget(page)
        self._refresh()
        self.setCurrentWidget(self._pages[key])

    def show_deal(self, deal: Deal, saved: Deal, below: str = "") -> None:
        """Show another state of the deal, compared with the saved one, or with `below`, what a scenario builds on."""
        compare_with(self, below)
        self._deals = (deal, saved)
        self._refresh()

    def show_figures(self, figures: Figures) -> None:
        """Show the calculated rows that belong under year tables."""
        self._figures = figures
        if self._key in self._pages:
            self._show_rows(self._pages[self._key])

    def show_problem(self, path: str, sentence: str | None) -> None:
        """Mark the editor of a path as wrong, or as right again where `sentence` is None."""
        page = self._pages.get(section_of(path).key)
        if page is not None:
            page.show_problem(path, sentence)

    def show_effect(self, path: str, sentence: str) -> None:
        """Say at the entry of a path what one step of it does; "" says nothing on all pages."""
        for key, page in self._pages.items():
            page.show_effect(path, sentence if path and key == self._key else "")

    def focus_path(self, path: str) -> None:
        """Put the keyboard focus on the editor of a path; its section must be the one shown."""
        self._pages[self._key].focus_path(path)

    def entries(self) -> tuple[Problem, ...]:
        """Entries of all pages that cannot be read."""
        found = (page.entry_problems() for page in self._pages.values())
        return tuple(self._problem(path, sentence) for each in found for path, sentence in each.items())

    def forget(self) -> None:
        """Drop all pages; another deal has other fields."""
        for page in self._pages.values():
            page.setParent(None)  # a page that is only taken off the stack would stay in memory for good
            page.deleteLater()
        self._pages.clear()
        self._deals = self._figures = None

    def page(self) -> FormPage:
        """The page in sight."""
        return self._pages[self._key]

    def _problem(self, path: str, sentence: str) -> Problem:
        assert self._deals is not None
        try:
            name = field_at(self._deals[0], path).label
        except DealError:  # the entry is of an item the deal does not have yet
            return Problem(path, sentence)
        return Problem(path, sentence, "error", f"{name}{',' if ',' in name else ''} cannot be used")

    def _refresh(self) -> None:
        if self._deals is not None and self._key in self._pages:
            page = self._pages[self._key]
            page.show_deal(*self._deals)
            self._show_rows(page)

    def _show_rows(self, page: FormPage) -> None:
        if self._figures is not None:
            rows = self._figures.glance.years.get(self._key, ())
            page.set_calculated(
                tuple(Calculated(row.label, row.values, row.decimals, 0, row.line, row.spans) for row in rows)
            )
