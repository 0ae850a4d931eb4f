"""Opening, saving and leaving a deal, with the questions that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.dialogs import Dialogs, Unsaved
from app.document import Document
from app.live import Figures
from app.settings import RecentDeal, Settings
from models import DealError, load_template


class Filing:
    """Everything that touches the file of the open deal."""

    def __init__(self, document: Document, dialogs: Dialogs, settings: Settings, parent: QWidget) -> None:
        self._document = document
        self._dialogs = dialogs
        self._settings = settings
        self._parent = parent

    def open_template(self, name: str) -> None:
        """Start a new deal from a template."""
        if self.may_leave():
            self._attempt("The template cannot be used", lambda: self._document.start_from(load_template(name)))

    def open_file(self, path: Path | None = None) -> None:
        """Open a deal file, asking which one where none is given."""
        if not self.may_leave():
            return
        chosen = path or self._dialogs.open_deal(self._parent, self._settings.last_folder)
        if chosen is not None:
            self._attempt("The deal cannot be opened", lambda: self._document.open(chosen))

    def save(self) -> bool:
        """Save the deal to its file, asking for one where it has none; False where it was not saved."""
        return self._save(self._document.path) if self._document.path else self.save_as()

    def save_as(self) -> bool:
        """Save the deal to a file that the user names; False where it was not saved."""
        present = self._document.path
        chosen = self._dialogs.save_deal(self._parent, str(present) if present else self.suggested(".deal"))
        return chosen is not None and self._save(chosen)

    def close(self) -> None:
        """Close the deal, after the question what to do with changes."""
        if self._document.is_open and self.may_leave():
            self._document.close()

    def may_leave(self) -> bool:
        """True once nothing would be lost: nothing is changed, it was saved, or the user gave it up."""
        if not self._document.is_modified:
            return True
        count = len(self._document.changed_paths())
        words = f"{count} field{'s differ' if count != 1 else ' differs'} from the saved deal."
        answer = self._dialogs.unsaved(self._parent, self._document.deal.name, words)
        if answer is Unsaved.SAVE:
            return self.save()
        return answer is Unsaved.DISCARD

    def remember(self, figures: Figures) -> None:
        """Keep a saved deal and its figures in mind for the start page."""
        path = self._document.path
        if path is None or self._document.is_modified or figures.scenario or not path.exists():
            return
        deal, irr = figures.case.deal, figures.case.kpis["partner_irr"]
        self._settings.remember(
            RecentDeal(
                str(path.resolve()),
                deal.name,
                deal.partner.name,
                None if irr is None else float(irr),
                path.stat().st_mtime,
            )
        )

    def suggested(self, ending: str) -> str:
        """A path beside the deal's file, or in the folder used last, named after the deal."""
        path = self._document.path
        folder = path.parent if path is not None else Path(self._settings.last_folder)
        letters = (letter if letter.isalnum() or letter in " -_" else "-" for letter in self._document.deal.name)
        return str(folder / ("".join(letters).strip() + ending))

    def _save(self, path: Path) -> bool:
        return self._attempt("The deal could not be saved", lambda: self._document.save(path))

    def _attempt(self, title: str, act: Callable[[], None]) -> bool:
        try:
            act()
        except DealError as error:
            self._dialogs.tell(self._parent, title, str(error))
            return False
        return True
