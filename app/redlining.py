"""Reading a returned workbook as a job, and taking what was ticked in its redline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

import models  # the reader is loaded in the thread of the job
from app.actions import Actions
from app.dialogs import Dialogs
from app.document import Document
from app.one_job import OneJob, Said
from app.runner import Answer, Failure, Progress, Runner
from app.settings import Settings
from app.theme import px

if TYPE_CHECKING:  # made by the engine, which is loaded with the first figures
    from app.panels.redline import RedlineWindow
    from models import Deal, Redline, RedlineChange

_SLOT = "redline"


class Redlining(OneJob):
    """One returned workbook at a time."""

    made = Signal(object)  # a RedlineWindow, before it is shown for the first time
    shown = Signal()  # a redline is on the screen

    def __init__(
        self, document: Document, runner: Runner, dialogs: Dialogs, settings: Settings, parent: QWidget
    ) -> None:
        super().__init__(runner, dialogs, parent)
        self._document = document
        self._settings = settings
        self._path: Path | None = None
        self._redline: Redline | None = None
        self.view: RedlineWindow | None = None
        runner.answered.connect(self._on_effect)
        runner.refused.connect(self._on_no_effect)
        document.changed.connect(self._on_deal)
        document.opened.connect(self._leave)
        document.closed.connect(self._leave)

    def add_to(self, actions: Actions) -> None:
        """Let the command of the menu open a workbook."""
        actions.on({"open_returned": self.start})

    def start(self) -> None:
        """Ask which workbook, and read it; nothing happens while another one is read."""
        if self.is_busy or not self._document.is_open:
            return
        path = self._dialogs.open_workbook(self._window, self._settings.last_folder)
        if path is not None:
            self._read(path)

    def _read(self, path: Path) -> None:
        deal = self._document.deal
        self._path = path

        def work(progress: Progress) -> Redline:
            return models.read_redline(deal, path, progress=progress, cancelled=progress.cancelled)

        name = path.name
        said = Said(
            f"Reading {name}", f"{name} read", f"Reading {name} was stopped", f"{name} was not read",
            f"{name} cannot be laid beside the deal",
        )  # fmt: skip
        self.begin(said, work, self._show)  # type: ignore[arg-type]  # the answer of this job is a redline

    def expects(self, error: Exception) -> bool:
        """A workbook that cannot be compared, or a deal without figures, is told to the user."""
        return isinstance(error, ValueError)

    def _show(self, redline: Redline) -> None:
        self._redline = redline
        if self.view is None:
            from app.panels.redline import RedlineWindow  # noqa: PLC0415 - loaded when it is first shown

            self.view = RedlineWindow(self._window)
            self.view.apply_wished.connect(self._apply)
            self.view.ticks_changed.connect(self._ask_effect)
            self.view.again_wished.connect(self._again)
            self.view.destroyed.connect(self._on_closed)
            self.made.emit(self.view)
        self.view.show_redline(redline)
        self._fit(self.view, redline)
        if redline.deal is not self._document.deal:
            self.view.show_stale()
        self.view.show()
        self.view.activateWindow()
        self.shown.emit()

    def _fit(self, view: RedlineWindow, redline: Redline) -> None:
        """As large as a redline with something to read needs, as small as one with nothing."""
        room, least = self._window.size(), view.minimumSizeHint().height()
        wide, tall = (px(1420), px(760)) if redline.changes or redline.notes else (px(560), least)
        wide, tall = min(wide, room.width() - px(16)), min(tall, room.height() - px(40))
        if not view.isVisible():
            view.resize(wide, tall)
        elif view.width() < wide or view.height() < tall:  # compared again, with more to read than before
            view.resize(max(view.width(), wide), max(view.height(), tall))

    def _ask_effect(self) -> None:
        """What the ticked changes do together: known for none, one and all, else computed away from the window."""
        redline, view = self._redline, self.view
        if redline is None or view is None:
            return
        ticked = view.table.table.ticked()
        self._runner.forget(_SLOT)
        if not ticked:
            view.show_together(None)
        elif len(ticked) in (1, len(redline.changes)):
            view.show_together(ticked[0].alone if len(ticked) == 1 else redline.together)
        else:
            view.show_together(None, waiting=True)
            self._runner.ask(_SLOT, lambda: models.effect_of_changes(redline, ticked))

    def _on_effect(self, slot: str, answer: Answer) -> None:
        if slot == _SLOT and self.view is not None:
            self.view.show_together(answer.result)  # type: ignore[arg-type]  # the slot answers with an effect

    def _on_no_effect(self, slot: str, failure: Failure) -> None:
        if slot == _SLOT:
            self.broken.emit(failure.trace)

    def _apply(self, ticked: tuple[RedlineChange, ...]) -> None:
        if self.view is None or self._redline is None or not ticked:
            return
        count = f"{len(ticked)} change{'s' if len(ticked) > 1 else ''}"
        words = f"{count} from {self._redline.name}"
        view, redline = self.view, self._redline
        self._redline = None  # the change of the deal that follows is its own
        refusal = self._document.take({change.path: change.theirs for change in ticked}, words)
        if refusal:
            self._redline = redline
            self._dialogs.tell(self._window, f"{count} cannot be taken", refusal)
            return
        self.ended.emit(f"{words} taken")
        view.close()

    def _again(self) -> None:
        if self._path is not None and not self.is_busy and self._document.is_open:
            self._read(self._path)

    def _on_deal(self, _deal: Deal) -> None:
        if self.view is not None and self._redline is not None:
            self.view.show_stale()

    def _leave(self, *_said: object) -> None:
        """Another deal is open, or none: the redline of the one before is of no use."""
        self.abandon()
        if self.view is not None:
            self.view.close()

    def _on_closed(self) -> None:
        self._runner.forget(_SLOT)
        self.view = None
        self._redline = None
