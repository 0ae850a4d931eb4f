"""The window is painted before anything slow is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

PROBE = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from app.dialogs import QtDialogs
from app.runner import Runner
from app.first_paint import AfterFirstPaint
from app.session import load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.window import Window

heavy = ("numpy", "pandas", "openpyxl", "xlsxwriter")
late = ("app.charts.view", "app.finding", "app.help", "app.panels.pages", "app.paper", "app.partner_window")
app = QApplication([])
apply_theme(app, "light")
window = Window(Settings(Path(sys.argv[1])), QtDialogs(), Runner(load_engine))

def painted():
    print("painted with", [name for name in heavy + late if name in sys.modules])
    window.live.shown.connect(computed)
    window.filing.open_template("austral")

def computed():
    print("computed with", [name for name in heavy if name in sys.modules])
    window.give_up()
    app.quit()

AfterFirstPaint(window, painted)
QTimer.singleShot(30_000, app.quit)
window.show()
app.exec()
"""

NAMED = """
import sys
from pathlib import Path
from app.first_paint import AfterFirstPaint
from app.session import Session
from app.settings import Settings

heavy = ("numpy", "pandas", "openpyxl", "xlsxwriter")
late = ("app.charts.view", "app.finding", "app.help", "app.panels.pages", "app.paper", "app.partner_window")

def painted():
    print("painted with", [name for name in heavy + late if name in sys.modules])

def computed():
    print("computed with", [name for name in heavy if name in sys.modules])
    session.window.give_up()

session = Session(sys.argv[:1], Settings(Path(sys.argv[1])))
AfterFirstPaint(session.window, painted)
session.window.live.shown.connect(computed)
sys.exit(session.run(None, "austral"))
"""


@pytest.mark.parametrize("probe", [PROBE, NAMED], ids=["start page", "deal named"])
def test_nothing_slow_is_imported_before_the_first_paint(probe: str, tmp_path: Path) -> None:
    """When the start page, or a deal that was named, is on screen no array library is loaded, not even by another
    thread, and nothing that shows nothing before there are figures; computing the deal then loads NumPy alone."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", probe, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.splitlines() == ["painted with []", "computed with ['numpy']"], done.stderr
    assert done.returncode == 0
