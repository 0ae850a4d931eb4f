"""What the cases of `places` stand on: two windows, the command line, and answers to every question."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from app.__main__ import main as backstop
from app.dialogs import Elsewhere, Left, Mend, Outside, QtDialogs, Unsaved
from app.runner import Runner
from app.session import load_engine
from app.settings import Settings
from app.window import Window
from models import load_deal, load_template, recovery_files, save_deal, value_at

MONTHS = 80
"""What a deal has been changed to; a fresh one has 74."""


class Replies(QtDialogs):
    """Answers as told before, keeps every question, and never shows one."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.asked: list[str] = []

    def _reply(self, question: str, *words: str) -> object:
        self.asked.append(" | ".join((question, *words)))
        return self.answers[question]

    def unfit_scenario(self, _parent: QWidget, name: str, why: str, unfit: str) -> Mend:
        answer = self._reply("unfit scenario", name, why, unfit)
        assert isinstance(answer, Mend)
        return answer

    def tell(self, _parent: QWidget, title: str, text: str, _icon: str = "") -> None:
        self.asked.append(f"{title} | {text}")

    def unsaved(self, _parent: QWidget, name: str, changes: str) -> Unsaved:
        answer = self._reply("unsaved", name, changes)
        assert isinstance(answer, Unsaved)
        return answer

    def opened_elsewhere(self, _parent: QWidget, name: str, holder: str, *, saving: bool) -> Elsewhere:
        answer = self._reply("opened elsewhere", name, holder, *(["saving"] if saving else []))
        assert isinstance(answer, Elsewhere)
        return answer

    def changed_outside(self, _parent: QWidget, name: str, changes: str) -> Outside:
        answer = self._reply("changed outside", name, changes)
        assert isinstance(answer, Outside)
        return answer

    def overwrite_outside(self, _parent: QWidget, name: str) -> Outside:
        answer = self._reply("overwrite outside", name)
        assert isinstance(answer, Outside)
        return answer

    def left_unsaved(self, _parent: QWidget, name: str, words: str) -> Left:
        answer = self._reply("left unsaved", name, words)
        assert isinstance(answer, Left)
        return answer

    def save_deal(self, _parent: QWidget, suggested: str) -> Path | None:
        answer = self._reply("save deal", suggested)
        assert answer is None or isinstance(answer, Path)
        return answer


class Program:
    """Two windows that every case uses, with settings of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.replies = Replies()
        self.broken: list[str] = []
        self.windows = self._window(), self._window()

    def _window(self) -> Window:
        window = Window(Settings(self.folder), self.replies, Runner(load_engine))
        window.broken.connect(self.broken.append)
        window.recovering.failed.connect(self.broken.append)
        window.show()
        return window

    def kept(self) -> tuple[Path, ...]:
        """The files of unsaved work."""
        return recovery_files(self.folder / "recovery")

    def clear(self) -> None:
        """Close both deals."""
        self.replies.answers = {"unsaved": Unsaved.DISCARD}
        for window in self.windows:
            window.filing.close()
        self.replies.asked = []

    def close(self) -> None:
        for window in self.windows:
            window.give_up()
            window.deleteLater()
        rest()


class Ground:
    """A folder of one case with a deal in it, two windows with no deal open, and the command line."""

    def __init__(self, folder: Path, program: Program) -> None:
        self.folder = folder
        self.file = folder / "a.deal"
        self.deal = load_template("austral")
        self.program = program
        self.replies = program.replies
        self.window, self.other = program.windows
        save_deal(self.deal, self.file)

    def opened(self, path: Path | None = None, months: int = MONTHS) -> Window:
        """The window in which the deal of a file is open and changed."""
        self.window.open_path(str(path or self.file))
        assert self.window.document.path == (path or self.file), self.replies.asked
        assert self.window.document.edit("months", months, "edit", "") == ""
        return self.window

    def refuses_to_save(self, window: Window, reason: str, path: Path | None = None) -> None:
        """Saving tells why it cannot be done; the deal stays open, as it is, and unsaved."""
        before = window.document.base
        saved = window.filing.save() if path is None else self.save_as(window, path)
        told = self.told()
        assert not saved
        assert told.startswith("The deal could not be saved | "), told
        assert reason in told, told
        assert told.isprintable()
        assert told.endswith(".")
        assert window.document.base is before
        assert window.document.is_modified
        assert [each for each in names(self.folder) if each.endswith(".tmp")] == []

    def refuses_to_open(self, path: Path, reason: str) -> None:
        """Window and command line each say in a sentence why a file cannot be opened; the deal before stays open."""
        window = self.other
        if not window.document.is_open:
            window.filing.open_template("fjord")
            window.document.edit("months", 70, "edit", "")
        before = window.document.base
        self.replies.answers |= {"unsaved": Unsaved.DISCARD, "opened elsewhere": Elsewhere.SAME}
        window.open_path(str(path))
        told = self.told()
        assert told.startswith("The deal cannot be opened | "), told
        assert reason in told, told
        assert told.isprintable()
        assert told.endswith(".")
        assert window.document.base is before
        assert window.document.is_modified
        self.refuses(reason if "too long" not in reason else "There is no file", "check", "--", str(path))

    def save_as(self, window: Window, path: Path) -> bool:
        self.replies.answers["save deal"] = path
        return window.filing.save_as()

    def told(self) -> str:
        """The last message, and none is left to be read."""
        said, self.replies.asked = self.replies.asked, []
        return said[-1] if said else ""

    def months(self, path: Path | None = None) -> object:
        return value_at(load_deal(path or self.file), "months")

    def refuses(self, reason: str, *words: str) -> None:
        """The command line says in a sentence why it does not do that."""
        code, _, said = self.command(*words)
        assert code == 2
        assert reason in said, said

    @staticmethod
    def command(*words: str) -> tuple[int, str, str]:
        """What the command line answers: exit code, output, sentences."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = backstop(words)
        for line in err.getvalue().splitlines():
            assert line.startswith("backstop: ")
            assert line[-1] in ".?"
        return code, out.getvalue(), err.getvalue()


def rest(milliseconds: int = 0) -> None:
    """Let what is on its way arrive."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        rest(10)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))
