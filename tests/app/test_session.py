"""What happens around the window: its icon, and files that the desktop hands over."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from app.own_command import own_command
from app.session import DesktopFiles
from models import VERSION, resource


def test_a_file_of_the_desktop_is_opened(qapp: QApplication, tmp_path: Path) -> None:
    """A double click on a deal while the program runs, which macOS sends as an event, opens that file once."""
    opened: list[str] = []
    files = DesktopFiles(qapp, opened.append)
    path = tmp_path / "some deal.deal"
    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
    assert [Path(each) for each in opened] == [path]
    qapp.removeEventFilter(files)
    files.deleteLater()


def test_the_icon_of_the_program_can_be_drawn(qapp: QApplication) -> None:
    """The icon that is shipped gives a picture at every size a desktop asks for."""
    assert qapp is not None
    icon = QIcon(str(resource("program", "backstop.svg")))
    assert not icon.isNull()
    for side in (16, 48, 256):
        image = icon.pixmap(QSize(side, side)).toImage()
        assert image.pixelColor(image.width() // 2, image.height() // 12).name() == "#1d56c9"


def test_the_program_can_start_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """From source the words are Python and the package, in an installed program the program alone; they run."""
    done = subprocess.run([*own_command(), "--version"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"backstop {VERSION}\n", "")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == (sys.executable,)
