"""The window is painted before anything slow is imported."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT

PROBE = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from app.dialogs import QtDialogs
from app.runner import Runner
from app.session import AfterFirstPaint, load_engine
from app.settings import Settings
from app.theme import apply_theme
from app.window import Window

heavy = ("numpy", "pandas", "openpyxl", "xlsxwriter")
app = QApplication([])
apply_theme(app, "light")
window = Window(Settings(Path(sys.argv[1])), QtDialogs(), Runner(load_engine))

def painted():
    print("painted with", [name for name in heavy if name in sys.modules])
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


def test_nothing_slow_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    """When the start page is on screen no array library is loaded; computing a deal then loads NumPy alone."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.splitlines() == ["painted with []", "computed with ['numpy']"], done.stderr
    assert done.returncode == 0
