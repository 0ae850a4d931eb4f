"""What happens around the window: its icon, and files that the desktop hands over."""

from pathlib import Path

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from app.session import DesktopFiles
from models import resource


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
