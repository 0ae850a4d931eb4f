"""The start page in the window: made when it is first shown, which it never is where a deal is named at the start."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget

from app.document import Document
from app.filing import Filing
from app.panels.start import StartPage
from app.recovery import Recovering
from app.settings import Settings, told_apart
from app.theme import verbatim
from models import template_names


class Starting(QObject):
    """Shows recent deals and unsaved work, and brings what is chosen to the filing."""

    path_wished = Signal(str)  # of a recent deal
    back_wished = Signal()
    changes_wished = Signal()  # what each version brought

    def __init__(
        self, document: Document, filing: Filing, recovering: Recovering, settings: Settings, stack: QStackedWidget
    ) -> None:
        super().__init__(stack)
        self._document = document
        self._filing = filing
        self._recovering = recovering
        self._settings = settings
        self._stack = stack
        self._page: StartPage | None = None
        recovering.found_changed.connect(self._show_leftovers)

    @property
    def page(self) -> StartPage:
        """The page, made now if it is not there yet."""
        if self._page is None:
            self._page = page = StartPage(template_names())
            page.template_wished.connect(self._filing.open_template)
            page.file_wished.connect(self.path_wished)
            page.open_wished.connect(self._filing.open_file)
            page.back_wished.connect(self.back_wished)
            page.changes_wished.connect(self.changes_wished)
            page.leftovers.restore_wished.connect(self._filing.restore)
            page.leftovers.compare_wished.connect(self._filing.tell_changes)
            page.leftovers.discard_wished.connect(self._recovering.discard)
            self._stack.addWidget(page)
        return self._page

    def show(self) -> None:
        """Bring the page to the front, as things are now."""
        page = self.page
        page.show_recent(self._settings.recent(), datetime.now())
        page.show_back(self._document.deal.name if self._document.is_open else "")
        self._show_leftovers()
        self._stack.setCurrentWidget(page)

    def focus(self) -> None:
        """Give the page the keyboard focus."""
        self.page.focus()

    def fill_menu(self, menu: QMenu) -> None:
        """List the deals opened lately, as they are now."""
        menu.clear()
        recent = self._settings.recent()
        for deal, title in zip(recent, told_apart(recent), strict=True):
            menu.addAction(verbatim(title), partial(self.path_wished.emit, deal.path)).setToolTip(deal.path)
        menu.setEnabled(True)
        if menu.isEmpty():
            menu.addAction("No recent deal").setEnabled(False)

    def _show_leftovers(self) -> None:
        if self._page is not None:
            self._page.leftovers.show_leftovers(self._recovering.found())
