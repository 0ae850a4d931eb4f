"""The pictures of the program can be made by their command, in short."""

from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPixmap

from tests.architecture.sources import ROOT
from tests.architecture.test_imports import run_python
from tests.screenshots.saving import COLOURS, save_small


def test_a_picture_of_each_kind_is_made(tmp_path: Path) -> None:
    """A page of the window and a dialog with figures in it are photographed in the theme and size asked for."""
    words = ["--out", str(tmp_path), "--only", "compare-nothing", "--only", "fault-report"]
    said = run_python(
        f"from tests.screenshots.__main__ import main; main({[*words, '--theme', 'dark', '--size', '1280x800']!r})",
        cwd=ROOT,
    )
    assert said.startswith("2 pictures in ")
    page, dialog = (QImage(str(tmp_path / f"{name}-dark-1280.png")) for name in ("compare-nothing", "fault-report"))
    assert (page.width(), page.height()) == (1280, 800)
    assert dialog.width() < 1280
    for picture in (page, dialog):
        assert QColor(picture.pixel(2, 2)).lightness() < 60
        shades = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}
        assert len(shades) > 20, "there are letters in it"


def test_small_pictures_keep_their_colours(qapp: object, tmp_path: Path) -> None:
    """A picture of many colours is written with 256 of them, those in common use unchanged."""
    assert qapp
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#1d56c9"))
    for x in range(300):
        for y in range(3):
            image.setPixelColor(x, y, QColor(x % 256, 40 * y, x // 2))
    path = tmp_path / "small.png"
    save_small(QPixmap.fromImage(image), path)
    read = QImage(str(path))
    assert len(read.colorTable()) == COLOURS
    assert read.pixelColor(150, 100) == QColor("#1d56c9")
    shown = {read.pixel(x, y) for x in range(300) for y in range(3)}
    assert shown <= {image.pixel(x, y) for x in range(300) for y in range(3)}, "every colour is one of the picture"
