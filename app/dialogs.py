"""The only door for questions to the user: files, yes or no, messages. Tests put a script in its place."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

DEAL_FILES = "Deals (*.deal);;All files (*)"
WORKBOOKS = "Excel workbooks (*.xlsx)"


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

    def unsaved(self, parent: QWidget, name: str, changes: str) -> Unsaved: ...

    def tell(self, parent: QWidget, title: str, text: str) -> None: ...


class QtDialogs:
    """The questions as dialogs of the platform."""

    def open_deal(self, parent: QWidget, folder: str) -> Path | None:
        return _path(QFileDialog.getOpenFileName(parent, "Open a deal", folder, DEAL_FILES)[0])

    def save_deal(self, parent: QWidget, suggested: str) -> Path | None:
        return _path(QFileDialog.getSaveFileName(parent, "Save the deal", suggested, DEAL_FILES)[0], ".deal")

    def save_workbook(self, parent: QWidget, suggested: str) -> Path | None:
        return _path(QFileDialog.getSaveFileName(parent, "Export a workbook", suggested, WORKBOOKS)[0], ".xlsx")

    def unsaved(self, parent: QWidget, name: str, changes: str) -> Unsaved:
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Backstop")
        box.setText(f"Save the changes to {name}?")
        box.setInformativeText(changes)
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        chosen = box.exec()
        box.deleteLater()
        return {buttons.Save.value: Unsaved.SAVE, buttons.Discard.value: Unsaved.DISCARD}.get(chosen, Unsaved.CANCEL)

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("Backstop")
        box.setText(title)
        box.setInformativeText(text)
        box.exec()
        box.deleteLater()


def _path(chosen: str, suffix: str = "") -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix or not suffix else path.with_name(path.name + suffix)
