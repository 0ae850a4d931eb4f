"""The questions as dialogs of Qt, answered as a user would."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.dialogs import Outside, QtDialogs, Unsaved
from app.theme import Mode, apply_theme, theme_of
from tests.app.test_theme import contrast


@pytest.fixture
def parent(qtbot: QtBot, themed: QApplication) -> QWidget:
    """A widget to ask from."""
    assert themed
    made = QWidget()
    qtbot.addWidget(made)
    return made


def answer(act: Callable[[QDialog], object]) -> list[QDialog]:
    """Act on the next dialog as soon as it is open; gives the dialogs seen."""
    seen: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            seen.append(dialog)
            act(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
    return seen


def press(button: QMessageBox.StandardButton) -> Callable[[QDialog], object]:
    """Press a button of a message box."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        dialog.button(button).click()

    return act


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        (QMessageBox.StandardButton.Save, Unsaved.SAVE),
        (QMessageBox.StandardButton.Discard, Unsaved.DISCARD),
        (QMessageBox.StandardButton.Cancel, Unsaved.CANCEL),
    ],
)
def test_unsaved_changes_can_be_saved_discarded_or_kept(
    parent: QWidget, button: QMessageBox.StandardButton, expected: Unsaved
) -> None:
    """Each button of the question gives its answer."""
    answer(press(button))
    assert QtDialogs().unsaved(parent, "Austral", "2 fields differ from the saved deal.") is expected


def test_names_are_never_read_as_markup(parent: QWidget) -> None:
    """A deal or file may be named like markup: every word of a message is plain text, as it stands."""
    seen = answer(press(QMessageBox.StandardButton.Ok))
    QtDialogs().tell(parent, "<b>a.deal cannot be opened", "<img src=x> is no number.")
    (box,) = seen
    told = [label for label in box.findChildren(QLabel) if label.text()]
    assert {"<b>a.deal cannot be opened", "<img src=x> is no number."} <= {label.text() for label in told}
    assert {label.textFormat() for label in told} == {Qt.TextFormat.PlainText}


def test_closing_the_question_keeps_everything(parent: QWidget) -> None:
    """Escape counts as cancel."""
    answer(lambda dialog: dialog.reject())
    assert QtDialogs().unsaved(parent, "Austral", "") is Unsaved.CANCEL


@pytest.mark.parametrize(("changes", "expected"), [("", Outside.THEIRS), ("1 field would be given up.", Outside.OURS)])
def test_a_hurried_enter_gives_no_work_up(parent: QWidget, changes: str, expected: Outside) -> None:
    """The file is read again by Enter only where nothing was changed here; it is asked in the midst of typing."""
    answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    assert QtDialogs().changed_outside(parent, "Austral.deal", changes) is expected


def test_a_message_says_title_and_text(parent: QWidget) -> None:
    """A message shows both of its sentences and closes with OK."""
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        said.extend([dialog.text(), dialog.informativeText()])
        dialog.accept()

    answer(read)
    QtDialogs().tell(parent, "The deal cannot be opened", "It is not a deal file.")
    assert said == ["The deal cannot be opened", "It is not a deal file."]


def test_only_what_went_wrong_looks_like_an_alert(parent: QWidget) -> None:
    """What is but told, such as what the program is, comes with a sign of its own."""
    shown = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        shown.append(dialog.iconPixmap().toImage())
        dialog.accept()

    for icon in ("circle-alert", "shield-check"):
        answer(look)
        QtDialogs().tell(parent, "Backstop", "It is a program.", icon)
    assert shown[0] != shown[1]


def choose(path: Path) -> Callable[[QDialog], object]:
    """Name a file in a file dialog and accept it."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        dialog.selectFile(str(path))
        dialog.accept()

    return act


def test_a_deal_to_open_is_chosen(parent: QWidget, tmp_path: Path) -> None:
    """The file named in the dialog is the answer, and none when it is dismissed."""
    path = tmp_path / "a.deal"
    path.write_text("{}", encoding="utf-8")
    answer(choose(path))
    assert QtDialogs().open_deal(parent, str(tmp_path)) == path
    answer(lambda dialog: dialog.reject())
    assert QtDialogs().open_deal(parent, str(tmp_path)) is None


def test_a_name_without_a_suffix_gets_it(parent: QWidget, tmp_path: Path) -> None:
    """A deal or workbook named without its ending gets the right one; the suggested name is offered first."""
    offered: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        offered.append(Path(dialog.selectedFiles()[0]).name)
        dialog.selectFile(str(tmp_path / "mine"))
        dialog.accept()

    answer(act)
    assert QtDialogs().save_deal(parent, str(tmp_path / "Austral.deal")) == tmp_path / "mine.deal"
    answer(act)
    assert QtDialogs().save_workbook(parent, str(tmp_path / "Austral.xlsx")) == tmp_path / "mine.xlsx"
    assert offered == ["Austral.deal", "Austral.xlsx"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_buttons_of_the_file_dialog_can_be_seen(
    parent: QWidget, qapp: QApplication, tmp_path: Path, mode: Mode
) -> None:
    """In Qt's own file dialog the arrows stand out from its ground in both themes; Qt's are black in each."""
    apply_theme(qapp, mode)
    seen: list[float] = []

    def look(dialog: QDialog) -> None:
        for name in ("backButton", "toParentButton", "newFolderButton"):
            button = dialog.findChild(QToolButton, name)
            assert button is not None
            image = button.icon().pixmap(16).toImage()
            pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
            seen.append(contrast(max(pixels, key=lambda pixel: pixel.alpha()), theme_of(dialog).window))
        dialog.reject()

    answer(look)
    QtDialogs().open_deal(parent, str(tmp_path))
    assert len(seen) == 3
    assert min(seen) >= 3


def enter(name: str, kind: str = "") -> Callable[[QDialog], object]:
    """Choose a kind of files by its first letter, type a name, and press Enter."""

    def act(dialog: QDialog) -> None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        kinds = dialog.findChild(QComboBox, "fileTypeCombo")
        assert line is not None
        assert kinds is not None
        if kind:
            QTest.keyClicks(kinds, kind)
        line.selectAll()
        QTest.keyClicks(line, name)
        QTest.keyClick(line, Qt.Key.Key_Return)

    return act


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_name_with_a_point_gets_its_suffix_too(parent: QWidget, tmp_path: Path) -> None:
    """A version in a name is no ending: the file gets the one of its kind, but where all files are meant."""
    dialogs, deal = QtDialogs(), str(tmp_path / "Austral.deal")
    answer(enter("Austral v1.2"))
    assert dialogs.save_deal(parent, deal) == tmp_path / "Austral v1.2.deal"
    answer(enter("Austral v1.2", "T"))
    assert dialogs.save_workbook(parent, str(tmp_path / "Austral.xlsx")) == tmp_path / "Austral v1.2.pdf"
    answer(enter("Austral", "A"))
    assert dialogs.save_deal(parent, deal) == tmp_path / "Austral.deal"
    answer(enter("Austral.json", "A"))
    assert dialogs.save_deal(parent, deal) == tmp_path / "Austral.json"


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("pressed", ["Replace it", "Cancel"])
def test_a_file_is_never_replaced_unasked(parent: QWidget, tmp_path: Path, pressed: str) -> None:
    """Where the name with its ending is that of a file, it is asked first."""
    there = tmp_path / "Austral v1.2.deal"
    there.touch()

    def replace(asked: QDialog) -> None:
        assert isinstance(asked, QMessageBox)
        assert asked.text() == f"{there.name} exists already"
        next(each for each in asked.buttons() if each.text() == pressed).click()

    def act(dialog: QDialog) -> None:
        answer(replace)
        enter("Austral v1.2")(dialog)

    answer(act)
    found = QtDialogs().save_deal(parent, str(tmp_path / "Austral.deal"))
    assert found == (there if pressed == "Replace it" else None)
