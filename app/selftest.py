"""The program tries itself: the real window opens every template, edits it and exports it, without anybody watching.

What a build is trusted by: `backstop selftest FOLDER` ends with 0 and says nothing on stderr, or it is not shipped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QObject, SignalInstance

import models
from app.dialogs import Dialogs, Unsaved
from app.fault import fault_text
from app.first_paint import AfterFirstPaint
from app.output import say, tell
from app.session import Session
from app.settings import Settings
from app.window import Window

EDITED = "operations.power_price_kwh"
"""A field that every deal has and that moves its figures."""

Steps = Iterator[SignalInstance]
"""Work to do, with the signal to be waited for after each piece of it."""


class SelfTestError(Exception):
    """Something did not hold; the sentence says what."""


class Answers:
    """Answers the questions of the program: files go to the folder, changes are given up, any other is a failure."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _file(self, _parent: object, suggested: str) -> Path:
        return self._folder / Path(suggested).name

    def __getattr__(self, question: str) -> Callable[..., object]:
        if question.startswith("save_"):
            return self._file
        if question == "unsaved":
            return lambda *_said: Unsaved.DISCARD

        def fail(*said: object) -> object:
            raise SelfTestError(f"The program asks {question}: {said[1:]}")

        return fail


class Walk(QObject):
    """Goes through steps, each after the signal that the one before waited for; ends the program after the last."""

    def __init__(self, session: Session, steps: Steps) -> None:
        super().__init__()
        self._session = session
        self._steps = steps
        self._awaited: SignalInstance | None = None
        self.failure = ""
        session.faults.shown.connect(self.fail)

    def step(self, *_sent: object) -> None:
        """Do the next piece of work; the program ends after the last one, or when one fails."""
        if self._awaited is not None:
            self._awaited.disconnect(self.step)
            self._awaited = None
        try:
            awaited = next(self._steps, None)
        except Exception as error:  # whatever it is, the test has failed and must say so
            self.fail(fault_text(error))
            return
        if awaited is None:
            self._session.quit()
            return
        self._awaited = awaited
        awaited.connect(self.step)

    def fail(self, trace: str) -> None:
        """End the program, with this as the reason."""
        self.failure = self.failure or trace
        self._session.quit()


def run_selftest(folder: str) -> int:
    """Go through the program in the real window and return the exit code: 0, or 1 after the reason on stderr.

    Args:
        folder: where its settings and exports go; made when it is not there. With "" the window is opened, painted
            once, which it says, and closed.
    """
    place = Path(folder)
    settings = Settings(place / "settings") if folder else Settings.of_this_user()
    session = Session(sys.argv[:1], settings, cast(Dialogs, Answers(place)))
    walk = Walk(session, _everything(session.window, place) if folder else _painted())
    AfterFirstPaint(session.window, walk.step)
    code = session.run()
    if walk.failure:
        tell(walk.failure.splitlines())
        return 1
    return code


def _painted() -> Steps:
    say("painted\n")
    yield from ()


def _everything(window: Window, folder: Path) -> Steps:
    folder.mkdir(parents=True, exist_ok=True)
    _check_words()
    _read_series(folder)
    for template in models.template_names():
        window.filing.open_template(template.name)
        yield window.live.shown
        before = _figures(window)
        for undo in (False, True):
            _edit(window, undo)
            yield window.live.shown
            _hold((_figures(window) == before) is undo, f"{template.name}: an edit, undone is {undo}, is not seen")
        say(f"{template.name}: opened, evaluated, edited, undone\n")
    yield from _export(window, folder, "partner")
    yield from _export(window, folder, "internal")
    window.filing.save_as()
    written = sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    _hold(len(written) == 3, f"Written are only {written}")
    window.open_path(str(folder / next(name for name in written if name.endswith(".deal"))))
    yield window.live.shown
    say(f"saved and opened again: {window.document.deal.name}\n")


def _check_words() -> None:
    """What the program says about its own lines are the docstrings of their definitions, which a build can lose."""
    silent = [info.name for info in models.line_items(models.load_template("austral")) if not info.reason]
    _hold(not silent, f"Lines without a reason: {silent}")


def _read_series(folder: Path) -> None:
    """A month series read from a file, which needs the largest of the libraries."""
    file = folder / "series.csv"
    file.write_text("Date;Price\n2027-01-01;1,5\n2027-02-01;2,5\n", encoding="utf-8")
    (table,) = models.read_tables(file)
    read = models.month_values(table, *models.suggested_columns(table), start="2027-01", months=2)
    file.unlink()
    _hold(read.values == (1.5, 2.5), f"A series is read as {read.values}")
    say("month series: read from a file\n")


def _edit(window: Window, undo: bool) -> None:
    if undo:
        window.document.stack.undo()
        return
    raised = 1.25 * cast(float, models.value_at(window.document.deal, EDITED))
    window.desk.wish.emit(EDITED, raised, "Raise the price of power", "")


def _figures(window: Window) -> dict[str, float | None]:
    shown = window.live.figures
    assert shown is not None
    return dict(shown.case.kpis)


def _export(window: Window, folder: Path, edition: Literal["partner", "internal"]) -> Steps:
    window.exporting.start(edition)
    yield window.exporting.ended
    books = [path for path in folder.glob("*.xlsx") if (" internal" in path.name) is (edition == "internal")]
    _hold(len(books) == 1, f"The {edition} edition was not written: {window.status.words()}")
    say(f"{books[0].name}: exported, {books[0].stat().st_size} bytes\n")


def _hold(holds: bool, sentence: str) -> None:
    if not holds:
        raise SelfTestError(sentence)
