"""The results under the form: one tab for each way to look at the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.live import Figures
from app.panels.path_banner import PathBanner
from app.tables.outlet import Outlet
from app.theme import px, rule, set_icon, set_look, tool

if TYPE_CHECKING:  # charts are loaded with the pages that show them
    from app.charts.view import ChartView


class ResultPage(Protocol):
    """One tab. It is shown figures only while it is the one in sight."""

    title: str

    @property
    def has_picture(self) -> bool:
        """Whether there is a chart that could be copied now."""

    def show_figures(self, figures: Figures) -> None:
        """Show a computed deal."""

    def copy_numbers(self) -> None:
        """Put the figures on the clipboard, tab-separated and at full precision."""

    def copy_picture(self) -> None:
        """Put the chart on the clipboard; nothing where there is none."""


Page = TypeVar("Page")


@dataclass(frozen=True)
class Tabs:
    """The tabs by their titles from left to right; `first` makes the page of the first, `others` those of the rest."""

    titles: tuple[str, ...]
    first: Callable[[], ResultPage]
    others: Callable[[], Sequence[ResultPage]]


class Results(QWidget):
    """Tabs over pages; `fold_wished` asks for the whole height.

    The page in front is there from the start; the others are made by `furnish`, or as soon as one of them is needed.
    """

    fold_wished = Signal()
    furnished = Signal()  # every page is made; nothing has been shown on the new ones yet
    tab_changed = Signal(str)  # its title

    def __init__(self, tabs: Tabs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "pane")
        self._titles, self._others = tabs.titles, tabs.others
        self._pages: tuple[ResultPage, ...] = (tabs.first(),)
        self._figures: Figures | None = None
        self._path: Figures | None = None
        self.banner = PathBanner()
        self._stack = QStackedWidget()
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Results")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        for title in self._titles:
            self._tabs.addTab(title)
        self._stack.addWidget(cast(QWidget, self._pages[0]))
        self._copy = tool("copy", "Copy as numbers (Ctrl+Alt+C)")
        self._picture = tool("image-down", "Copy as picture")
        self._fold = tool("maximize-2", "Fold the form away (Ctrl+M)")
        self._copy.clicked.connect(self.copy_numbers)
        self._picture.clicked.connect(self.copy_picture)
        self._fold.clicked.connect(self.fold_wished)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(12), 0, px(12), 0)
        bar.setSpacing(px(4))
        bar.addWidget(self._tabs, 1)
        for button in (self._copy, self._picture, self._fold):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(rule())
        layout.addWidget(self.banner)
        layout.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._on_tab)
        self._on_tab(0)

    def furnish(self) -> None:
        """Make the pages that are not there yet."""
        if len(self._pages) == len(self._titles):
            return
        fresh = self._others()
        self._pages = (*self._pages, *fresh)
        assert self._titles == tuple(page.title for page in self._pages)
        for page in fresh:
            self._stack.addWidget(cast(QWidget, page))
        self.furnished.emit()

    def titles(self) -> tuple[str, ...]:
        """The titles of the tabs from left to right."""
        return self._titles

    def page(self, kind: type[Page]) -> Page:
        """The page of a kind. LookupError where there is none."""
        if not isinstance(self._pages[0], kind):
            self.furnish()
        for page in self._pages:
            if isinstance(page, kind):
                return page
        raise LookupError(kind.__name__)

    def choose(self, title: str) -> None:
        """Bring a tab to the front."""
        self._tabs.setCurrentIndex(self._titles.index(title))

    def chosen(self) -> str:
        """The title of the tab in front."""
        return self._page.title

    def show_figures(self, figures: Figures) -> None:
        """Show other figures on the tab in front; the others follow when they are looked at."""
        self._figures = figures
        self._show()

    def show_tools(self) -> None:
        """Let the buttons follow what the tab in front can do."""
        self._picture.setEnabled(self._page.has_picture)

    def pages(self) -> tuple[ResultPage, ...]:
        """The page of every tab from left to right."""
        self.furnish()
        return self._pages

    def show_path(self, figures: Figures, words: str) -> None:
        """Show a path of the simulation on every tab, whatever else is computed, until `leave_path`."""
        self._path = figures
        back = "the base case" if self._figures is None or not self._figures.scenario else f"“{self._figures.scenario}”"
        self.banner.show_path(words, f"Back to {back}")
        self._show()

    def leave_path(self) -> None:
        """Show the newest figures again."""
        self._path = None
        self.banner.hide()
        self._show()

    def forget(self) -> None:
        """Let go of the figures of a deal that is no longer open."""
        self._figures = self._path = None
        self.banner.hide()

    @property
    def shown(self) -> Figures | None:
        """The figures that the tabs show: of a path while one is shown, else the newest; None before the first."""
        return self._path or self._figures

    @property
    def path(self) -> int | None:
        """The path of the simulation that is shown, None for none."""
        return self._path.path if self._path is not None else None

    def show_folded(self, folded: bool) -> None:
        """Let the fold button say what it would do now."""
        set_icon(self._fold, "minimize-2" if folded else "maximize-2")
        words = "Show the form (Ctrl+M)" if folded else "Fold the form away (Ctrl+M)"
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)

    def copy_numbers(self) -> None:
        """Put the figures of the tab in front on the clipboard."""
        self._page.copy_numbers()

    def save_numbers(self) -> None:
        """Wish the figures of the tab in front in a workbook, or where they are saved as CSV."""
        outlet = self.outlet_in_front()
        if outlet is not None:
            outlet.save(".xlsx")

    def outlet_in_front(self) -> Outlet | None:
        """The table or chart of the tab in front that has the focus, or else the first in sight; None for none."""
        page = cast(QWidget, self._page)
        shown = [outlet for outlet in page.findChildren(Outlet) if outlet.owner.isVisible() and outlet.table()]
        return next((outlet for outlet in shown if outlet.owner.hasFocus()), shown[0] if shown else None)

    def copy_picture(self) -> None:
        """Put the chart of the tab in front on the clipboard."""
        self._page.copy_picture()

    def picture_in_front(self) -> ChartView | None:
        """The chart of the tab in front that has the focus, or else the first in sight; None where there is none."""
        from app.charts.view import ChartView  # noqa: PLC0415 - loaded with the pages that show charts

        page = cast(QWidget, self._page)
        shown = [view for view in page.findChildren(ChartView) if view.isVisible()]
        return next((view for view in shown if view.hasFocus()), shown[0] if shown else None)

    def focus(self) -> None:
        """Take the keyboard focus."""
        self._tabs.setFocus()

    @property
    def _page(self) -> ResultPage:
        return self._pages[max(0, self._tabs.currentIndex())]

    def _show(self) -> None:
        if self.shown is not None:
            self._page.show_figures(self.shown)
        self.show_tools()

    def _on_tab(self, index: int) -> None:
        if index > 0:
            self.furnish()
        self._stack.setCurrentIndex(index)
        page = self._stack.widget(index)
        if page is not None and page.hasFocus():  # nothing in it takes the focus yet, and on itself nobody sees it
            self._tabs.setFocus()
        self._show()
        self.tab_changed.emit(self._page.title)
