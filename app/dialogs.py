"""The only door for questions to the user: files, yes or no, messages. Tests put a script in its place."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from app.naming import NameDialog
from app.theme import pixmap, px, theme_of

DEAL_FILES = "Deals (*.deal);;All files (*)"
WORKBOOKS = "Excel workbooks (*.xlsx)"
PICTURES = "PNG pictures (*.png);;SVG drawings (*.svg)"


class Unsaved(Enum):
    """What to do with changes that are not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Dialogs(Protocol):
    """Every question the program can ask; None or `CANCEL` means that the user thought better of it."""

    def open_deal(self, parent: QWidget, folder: str) -> Path | None: ...

    def save_deal(self, parent: QWidget, suggested: str) -> Path | None: ...

    def save_workbook(self, parent: QWidget, suggested: str) -> Path | None: ...

    def save_picture(self, parent: QWidget, suggested: str) -> Path | None: ...

    def unsaved(self, parent: QWidget, name: str, changes: str) -> Unsaved: ...

    def tell(self, parent: QWidget, title: str, text: str) -> None: ...

    def name(self, parent: QWidget, title: str, suggested: str, taken: Collection[str], verb: str) -> str | None: ...


class QtDialogs:
    """The questions as dialogs of the platform."""

    def open_deal(self, parent: QWidget, folder: str) -> Path | None:
        return _ask(QFileDialog(parent, "Open a deal", folder, DEAL_FILES), QFileDialog.AcceptMode.AcceptOpen)

    def save_deal(self, parent: QWidget, suggested: str) -> Path | None:
        return _ask_where(parent, "Save the deal", suggested, DEAL_FILES)

    def save_workbook(self, parent: QWidget, suggested: str) -> Path | None:
        return _ask_where(parent, "Export a workbook", suggested, WORKBOOKS)

    def save_picture(self, parent: QWidget, suggested: str) -> Path | None:
        return _ask_where(parent, "Save the picture", suggested, PICTURES)

    def unsaved(self, parent: QWidget, name: str, changes: str) -> Unsaved:
        buttons = QMessageBox.StandardButton
        box = _message(parent, "circle-help", f"Save the changes to {name}?", changes)
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answers = {buttons.Save.value: Unsaved.SAVE, buttons.Discard.value: Unsaved.DISCARD}
        answer = answers.get(box.exec(), Unsaved.CANCEL)
        box.deleteLater()
        return answer

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        box = _message(parent, "circle-alert", title, text)
        box.exec()
        box.deleteLater()

    def name(self, parent: QWidget, title: str, suggested: str, taken: Collection[str], verb: str) -> str | None:
        dialog = NameDialog(parent, title, suggested, taken, verb)
        given = dialog.name() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return given


def _message(parent: QWidget, icon: str, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    tint = theme_of(parent)
    box.setIconPixmap(pixmap(icon, tint.text2, px(24), parent.devicePixelRatioF()))
    box.setWindowTitle("Backstop")
    box.setText(title)
    box.setInformativeText(text)
    return box


def _ask_where(parent: QWidget, title: str, suggested: str, kinds: str) -> Path | None:
    path = Path(suggested)
    dialog = QFileDialog(parent, title, str(path.parent), kinds)
    # the dialog adds the suffix itself, and so asks before it replaces a file
    dialog.setDefaultSuffix(path.suffix.removeprefix("."))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")")))
    dialog.selectFile(path.name)
    return _ask(dialog, QFileDialog.AcceptMode.AcceptSave)


def _ask(dialog: QFileDialog, mode: QFileDialog.AcceptMode) -> Path | None:
    saving = mode == QFileDialog.AcceptMode.AcceptSave
    dialog.setAcceptMode(mode)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile if saving else QFileDialog.FileMode.ExistingFile)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None
