"""Opening the window, or saying why there is none."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import start
from models import load_template, save_deal, with_scenario
from tests.architecture.sources import ROOT


def run(code: str, tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run code in a fresh interpreter with settings of its own; an empty value takes a variable away."""
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), **environment}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={name: value for name, value in env.items() if value},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


OPEN = "import sys; from app.start import run_window; sys.exit(run_window())"


def test_without_a_display_one_sentence_says_so(tmp_path: Path) -> None:
    """On a machine without a screen the program ends with code 3 and one line on stderr that helps; Qt never aborts."""
    done = run(OPEN, tmp_path, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == start.NO_WINDOW
    assert len(done.stderr.splitlines()) == 1
    assert "DISPLAY" in done.stderr
    assert start.INSTALL in done.stderr
    assert done.stdout == ""


def test_without_a_library_of_qt_one_sentence_says_so(tmp_path: Path) -> None:
    """Where a library of Qt cannot be loaded the program ends with code 3 and the line that installs it."""
    broken = "import sys; sys.modules['PySide6.QtWidgets'] = None\n" + OPEN
    done = run(broken, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == start.NO_WINDOW
    assert len(done.stderr.splitlines()) == 1
    assert start.INSTALL in done.stderr


def test_a_library_of_the_screen_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that Qt's window system needs is looked for beforehand, because Qt would end the process."""

    def missing(name: str) -> None:
        if "cursor" in name:
            raise OSError(name)

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert "libxcb-cursor.so.0" in start.why_no_window()
    assert start.INSTALL in start.why_no_window()


@pytest.mark.parametrize(("platform", "system"), [("offscreen", "linux"), ("", "win32"), ("", "darwin")])
def test_elsewhere_nothing_is_missing(monkeypatch: pytest.MonkeyPatch, platform: str, system: str) -> None:
    """Offscreen, on Windows and on a Mac no display is asked for."""
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", system)
    assert start.why_no_window() == ""


CLOSE_AFTER_FIGURES = """
import sys
from app.session import Session
session = Session(["backstop"])
session.window.live.shown.connect(lambda _figures: (print(session.window.windowTitle()), session.window.close()))
sys.exit(session.run(*{arguments}))
"""


@pytest.mark.parametrize("arguments", [(None, "austral"), (str(ROOT / "resources/templates/fjord.deal"), None)])
def test_the_window_opens_with_what_was_named(tmp_path: Path, arguments: tuple[str | None, str | None]) -> None:
    """A template or file named on the command line is opened and computed; closing the window ends with code 0."""
    done = run(CLOSE_AFTER_FIGURES.format(arguments=arguments), tmp_path, QT_QPA_PLATFORM="offscreen")
    title = "Austral[*] – Backstop" if arguments[1] else "fjord.deal[*] – Backstop"
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, title, "")


CLOSE_IN_SCENARIO = """
import sys
from app.session import Session
session = Session(["backstop"])
window = session.window
shown = window.document
shown.scenario_changed.connect(lambda name: (print(name, shown.deal.operations.pue), window.close()))
sys.exit(session.run({path!r}, None, "Late"))
"""


def test_the_window_opens_on_a_scenario(tmp_path: Path) -> None:
    """A scenario named behind a file on the command line is looked at as soon as the file is open."""
    path = tmp_path / "late.deal"
    save_deal(with_scenario(load_template("fjord"), "Late", None, {"operations.pue": 1.31}), path)
    done = run(CLOSE_IN_SCENARIO.format(path=str(path)), tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "Late 1.31", "")


INTERRUPT = """
import os, signal, threading
import app.session
from app.first_paint import AfterFirstPaint
from app.start import run_window
class Interrupted(app.session.Session):
    def run(self, *named):
        kill = threading.Timer(0.6, os.kill, (os.getpid(), signal.SIGINT))
        AfterFirstPaint(self.window, kill.start)
        return super().run(*named)
app.session.Session = Interrupted
app.session._STARTED_AFTER = 50
print("ended", run_window())
"""


def test_ctrl_c_in_the_terminal_ends_the_program(tmp_path: Path) -> None:
    """An interrupt closes the window in good order, without a trace, also while it has nothing to do."""
    done = run(INTERRUPT, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "ended 0", "")


GARBAGE = """
import gc, sys
from PySide6.QtCore import QTimer
import app.session
from app.start import run_window
app.session._STARTED_AFTER = 50
class Watched(app.session.Session):
    def run(self, *named):
        QTimer.singleShot(0, lambda: print(gc.isenabled()))
        QTimer.singleShot(200, lambda: (print(gc.isenabled()), self.window.close()))
        return super().run(*named)
app.session.Session = Watched
sys.exit(run_window())
"""


def test_garbage_is_looked_for_once_the_window_stands(tmp_path: Path) -> None:
    """A start leaves garbage alone until the window stands, and from then on it is collected again."""
    done = run(GARBAGE, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["False", "True"], "")


FAULT = """
import sys
from PySide6.QtCore import QTimer
from app.session import Session
session = Session(["backstop"])
def look():
    report = session.faults.window()
    print(report is not None and "ZeroDivisionError" in report.report())
    session.window.close()
QTimer.singleShot(10, lambda: 1 / 0)
QTimer.singleShot(200, look)
sys.exit(session.run())
"""


def test_an_exception_in_a_slot_opens_the_report(tmp_path: Path) -> None:
    """An error that nobody caught shows the report, is logged, and the program goes on until it is closed."""
    done = run(FAULT, tmp_path, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout.strip()) == (0, "True")
    assert "ZeroDivisionError" in done.stderr
