"""The only door for questions to the user: files, yes or no, messages. Tests put a script in its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QMainWindow,
    QMessageBox,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.theme import pixmap, px, set_icon, theme_of

if TYPE_CHECKING:  # laying out pages is loaded with the first of them
    from app.paper import Sheet
    from models import Deal, SourceTable

DEAL_FILES = "Deals (*.deal);;All files (*)"
TABLES = "Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)"
WORKBOOKS = "Excel workbooks (*.xlsx)"
EXPORTS = f"{WORKBOOKS};;Term sheets as PDF (*.pdf);;Term sheets for Word (*.docx)"
FIGURES = "Excel workbook with months, quarters and years (*.xlsx);;The table in sight as CSV (*.csv)"
PICTURES = "PNG pictures (*.png);;SVG drawings (*.svg);;PDF documents (*.pdf)"
CSV_FILES = "CSV files (*.csv)"


class Unsaved(Enum):
    """What to do with changes that are not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Outside(Enum):
    """What to do about a file that another program has changed."""

    THEIRS = "theirs"  # read the file again, or leave it as it is
    OURS = "ours"  # go on with the deal as it is here, or write it over the file
    ELSEWHERE = "elsewhere"  # save under another name
    CANCEL = "cancel"


class Elsewhere(Enum):
    """What to do with a file that is open in another window or program."""

    COPY = "copy"  # read it, and leave the file to the other
    SAME = "same"  # open it, or write it, all the same
    CANCEL = "cancel"


class Mend(Enum):
    """What to do with a scenario that cannot be used with the deal as it is now."""

    RESET = "reset"  # take out what does not fit
    DELETE = "delete"
    LEAVE = "leave"


class Left(Enum):
    """What to do with work that an earlier run left unsaved."""

    RESTORE = "restore"
    DISCARD = "discard"
    LATER = "later"


class Dialogs(Protocol):
    """Every question the program can ask; None or `CANCEL` means that the user thought better of it."""

    def open_deal(self, parent: QWidget, folder: str) -> Path | None:
        """Which deal file to open; the choice begins in `folder`."""

    def save_deal(self, parent: QWidget, suggested: str) -> Path | None:
        """Where to save the deal; `suggested` is a whole path, here as below."""

    def open_workbook(self, parent: QWidget, folder: str) -> Path | None:
        """Which returned workbook to read."""

    def save_workbook(self, parent: QWidget, suggested: str) -> Path | None:
        """Where to export to; the ending chosen says whether a workbook, a PDF or a Word document."""

    def save_picture(self, parent: QWidget, suggested: str) -> Path | None:
        """Where to save a chart as PNG, SVG or PDF."""

    def preview(self, parent: QWidget, sheet: Sheet) -> None:
        """Show a term sheet as it would be printed, and print it if that is wished."""

    def save_figures(self, parent: QWidget, suggested: str) -> Path | None:
        """Where to save all figures of a deal."""

    def save_table(self, parent: QWidget, suggested: str) -> Path | None:
        """Where to save a table as CSV or workbook; the kind of `suggested` is offered first."""

    def unsaved(self, parent: QWidget, name: str, changes: str) -> Unsaved:
        """What to do with changes to a deal that is about to be left; `changes` lists them in words."""

    def open_table(self, parent: QWidget, folder: str) -> Path | None:
        """Which file to import a month series from."""

    def import_series(
        self, parent: QWidget, name: str, tables: Sequence[SourceTable], deal: Deal, tenant: int
    ) -> tuple[int, tuple[float, ...]] | None:
        """Which tenant gets which months of the tables read from a file: its number and one value for each month."""

    def opened_elsewhere(self, parent: QWidget, name: str, holder: str, *, saving: bool) -> Elsewhere:
        """What to do with a deal that `holder` has open, where it is to be opened or, `saving`, written over."""

    def changed_outside(self, parent: QWidget, name: str, changes: str) -> Outside:
        """What to do about a file that another program has changed, with or without `changes` of one's own."""

    def overwrite_outside(self, parent: QWidget, name: str) -> Outside:
        """What to do about such a file when the deal is to be saved to it."""

    def left_unsaved(self, parent: QWidget, name: str, words: str) -> Left:
        """What to do with unsaved work of an earlier run on the file that is being opened."""

    def unfit_scenario(self, parent: QWidget, name: str, why: str, unfit: str) -> Mend:
        """What to do with a scenario that cannot be used; `unfit` names the changes that do not fit."""

    def lost_changes(self, parent: QWidget, name: str, places: Sequence[str]) -> bool:
        """Whether to remove those changes of a scenario that lead to `places` the deal no longer has."""

    def tell(self, parent: QWidget, title: str, text: str, icon: str = "circle-alert") -> None:
        """Say something that only needs to be read; `icon` stands beside it, the alert where something went wrong."""

    def name(self, parent: QWidget, title: str, suggested: str, taken: Collection[str], verb: str) -> str | None:
        """A name that is not among those `taken`; `verb` stands on the button that gives it."""


class QtDialogs:
    """The questions as dialogs of the platform."""

    def open_deal(self, parent: QWidget, folder: str) -> Path | None:
        return _ask(QFileDialog(parent, "Open a deal", folder, DEAL_FILES), QFileDialog.AcceptMode.AcceptOpen)

    def save_deal(self, parent: QWidget, suggested: str) -> Path | None:
        return _ask_where(parent, "Save the deal", suggested, DEAL_FILES)

    def open_workbook(self, parent: QWidget, folder: str) -> Path | None:
        dialog = QFileDialog(parent, "Open a returned workbook", folder, WORKBOOKS)
        return _ask(dialog, QFileDialog.AcceptMode.AcceptOpen)

    def save_workbook(self, parent: QWidget, suggested: str) -> Path | None:
        return _ask_where(parent, "Export", suggested, EXPORTS)

    def save_picture(self, parent: QWidget, suggested: str) -> Path | None:
        return _ask_where(parent, "Save the picture", suggested, PICTURES)

    def preview(self, parent: QWidget, sheet: Sheet) -> None:
        from app.previewing import preview_of  # noqa: PLC0415 - printing is loaded when it is first asked for

        dialog = preview_of(sheet, parent)
        dialog.exec()
        dialog.deleteLater()

    def save_figures(self, parent: QWidget, suggested: str) -> Path | None:
        return _ask_where(parent, "Save the figures", suggested, FIGURES)

    def save_table(self, parent: QWidget, suggested: str) -> Path | None:
        kinds = (CSV_FILES, WORKBOOKS) if suggested.endswith(".csv") else (WORKBOOKS, CSV_FILES)
        return _ask_where(parent, "Save the table", suggested, ";;".join(kinds))

    def unsaved(self, parent: QWidget, name: str, changes: str) -> Unsaved:
        buttons = QMessageBox.StandardButton
        box = _message(parent, "circle-help", f"Save the changes to {name}?", changes)
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answers = {buttons.Save.value: Unsaved.SAVE, buttons.Discard.value: Unsaved.DISCARD}
        answer = answers.get(box.exec(), Unsaved.CANCEL)
        box.deleteLater()
        return answer

    def open_table(self, parent: QWidget, folder: str) -> Path | None:
        return _ask(QFileDialog(parent, "Import a month series", folder, TABLES), QFileDialog.AcceptMode.AcceptOpen)

    def import_series(
        self, parent: QWidget, name: str, tables: Sequence[SourceTable], deal: Deal, tenant: int
    ) -> tuple[int, tuple[float, ...]] | None:
        from app.importing_dialog import ImportDialog  # noqa: PLC0415 - loaded when it is first shown

        dialog = ImportDialog(parent, name, tables, deal, tenant)
        chosen = dialog.result_of_choice() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return chosen

    def opened_elsewhere(self, parent: QWidget, name: str, holder: str, *, saving: bool) -> Elsewhere:
        text = f"It is open in {holder}. If both of you save, the one who saves last replaces what the other saved"
        if saving:
            text = f"{text}; what is there now stays beside it as .bak."
            answers = [("Save there all the same", Elsewhere.SAME)]
        else:
            text = f"{text}. A copy is yours alone: it gets a file of its own when you save it."
            answers = [("Open a copy", Elsewhere.COPY), ("Open it all the same", Elsewhere.SAME)]
        answers.append(("Cancel", Elsewhere.CANCEL))
        return _choose(parent, "lock", f"{name} is open elsewhere", text, answers, otherwise=Elsewhere.CANCEL)

    def changed_outside(self, parent: QWidget, name: str, changes: str) -> Outside:
        text = f"Another program has changed the file since it was read here. {changes}".strip()
        answers = [("Read the file again", Outside.THEIRS), ("Go on with the deal as it is here", Outside.OURS)]
        if changes:
            answers.reverse()  # what a hurried Enter chooses gives nothing up
        return _choose(parent, "history", f"{name} has changed", text, answers, otherwise=Outside.OURS)

    def overwrite_outside(self, parent: QWidget, name: str) -> Outside:
        text = (
            "Another program has changed the file since it was read here. Saving replaces that; what is there now "
            "stays beside it as .bak."
        )
        answers = (
            ("Save under another name", Outside.ELSEWHERE),
            ("Replace what is there", Outside.OURS),
            ("Cancel", Outside.CANCEL),
        )
        return _choose(parent, "history", f"{name} has changed", text, answers, otherwise=Outside.CANCEL)

    def left_unsaved(self, parent: QWidget, name: str, words: str) -> Left:
        answers = (("Restore it", Left.RESTORE), ("Discard it", Left.DISCARD), ("Decide later", Left.LATER))
        return _choose(parent, "history", f"There is unsaved work on {name}", words, answers, otherwise=Left.LATER)

    def unfit_scenario(self, parent: QWidget, name: str, why: str, unfit: str) -> Mend:
        text = f"{why} It would do without its change of {unfit}." if unfit else why
        answers = [("Leave it as it is", Mend.LEAVE), ("Delete it", Mend.DELETE)]
        if unfit:
            answers.insert(0, ("Reset what does not fit", Mend.RESET))
        return _choose(parent, "layers", f"Scenario “{name}” cannot be used", text, answers, otherwise=Mend.LEAVE)

    def lost_changes(self, parent: QWidget, name: str, places: Sequence[str]) -> bool:
        one = len(places) == 1
        text = f"It changes {', '.join(places)}. The scenario computes without {'that' if one else 'those'}, and its "
        text += "other changes stay. Undo brings back what is removed."
        remove = "Remove this change" if one else f"Remove these {len(places)} changes"
        title = f"Scenario “{name}” changes what this deal does not have"
        return _choose(parent, "layers", title, text, [(remove, True), ("Leave it as it is", False)], otherwise=False)

    def tell(self, parent: QWidget, title: str, text: str, icon: str = "circle-alert") -> None:
        box = _message(parent, icon, title, text)
        box.exec()
        box.deleteLater()

    def name(self, parent: QWidget, title: str, suggested: str, taken: Collection[str], verb: str) -> str | None:
        from app.naming import NameDialog  # noqa: PLC0415 - loaded when it is first shown

        dialog = NameDialog(parent, title, suggested, taken, verb)
        given = dialog.name() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return given


_Answer = TypeVar("_Answer")


def _choose(
    parent: QWidget,
    icon: str,
    title: str,
    text: str,
    answers: Sequence[tuple[str, _Answer]],
    *,
    otherwise: _Answer,
) -> _Answer:
    """The answer whose button is pressed, the first being the default; `otherwise` for Escape."""
    box = _message(parent, icon, title, text)
    roles = QMessageBox.ButtonRole
    buttons = [(box.addButton(words, roles.AcceptRole), answer) for words, answer in answers]
    box.setDefaultButton(buttons[0][0])
    escape = next((button for button, answer in buttons if answer == otherwise), None)
    if escape is not None:
        box.setEscapeButton(escape)
    box.exec()
    pressed = box.clickedButton()
    chosen = next((answer for button, answer in buttons if button is pressed), otherwise)
    box.deleteLater()
    return chosen


def _in_sight(parent: QWidget) -> QWidget:
    """The window asked from, or while that is out of sight the one in its place, such as the partner's."""
    active = QApplication.activeWindow()  # never a question before this one, which may be about to be deleted
    return active if not parent.isVisible() and isinstance(active, QMainWindow) else parent


def _message(parent: QWidget, icon: str, title: str, text: str) -> QMessageBox:
    parent = _in_sight(parent)
    box = QMessageBox(parent)
    tint = theme_of(parent)
    box.setIconPixmap(pixmap(icon, tint.text2, px(24), parent.devicePixelRatioF()))
    box.setWindowTitle("Backstop")
    box.setText(title)
    box.setInformativeText(text)
    words = box.findChild(QLabel, "qt_msgbox_informativelabel")
    if words is not None:
        words.setMinimumWidth(px(360))  # else a sentence is broken after every third word
    for part in box.findChildren(QLabel):  # names of deals and files are never read as markup
        part.setTextFormat(Qt.TextFormat.PlainText)
    return box


def _ask_where(parent: QWidget, title: str, suggested: str, kinds: str) -> Path | None:
    parent, path = _in_sight(parent), Path(suggested)
    dialog = QFileDialog(parent, title, str(path.parent), kinds)
    # the dialog adds the suffix itself, and so asks before it replaces a file
    dialog.setDefaultSuffix(path.suffix.removeprefix("."))
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_ending(chosen) or dialog.defaultSuffix()))
    dialog.selectFile(path.name)
    chosen = _ask(dialog, QFileDialog.AcceptMode.AcceptSave)
    known = {path.suffix, *(f".{_ending(kind)}" for kind in kinds.split(";;"))}
    free = not _ending(dialog.selectedNameFilter())
    if chosen is None or free or chosen.suffix.lower() in known:
        return chosen
    # to Qt a name such as "Austral v1.2" has a suffix already
    whole = chosen.with_name(f"{chosen.name}.{dialog.defaultSuffix()}")
    return whole if not whole.exists() or _may_replace(parent, whole.name) else None


def _ending(kind: str) -> str:
    """The suffix that files of a kind have, such as "pdf"; "" where all files are meant."""
    return kind.rpartition("(*.")[2].rstrip(")") if "(*." in kind else ""


def _may_replace(parent: QWidget, name: str) -> bool:
    answers = (("Replace it", True), ("Cancel", False))
    return _choose(parent, "circle-help", f"{name} exists already", "Replace it?", answers, otherwise=False)


_ICONS = {
    "backButton": "arrow-left", "forwardButton": "arrow-right", "toParentButton": "arrow-up", "newFolderButton": "plus",
}  # fmt: skip
"""Of the buttons of Qt's own dialog, by the names that Qt gives them; theirs are black in every theme."""


def _dress(dialog: QFileDialog) -> None:
    """Let Qt's own dialog look like the program, with room for its dates; one of the platform has no such parts."""
    for name, icon in _ICONS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            set_icon(button, icon)
    files = dialog.findChild(QTreeView, "treeView")
    if files is not None:
        dialog.resize(px(800), px(520))
        files.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        files.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def _ask(dialog: QFileDialog, mode: QFileDialog.AcceptMode) -> Path | None:
    saving = mode == QFileDialog.AcceptMode.AcceptSave
    dialog.setAcceptMode(mode)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile if saving else QFileDialog.FileMode.ExistingFile)
    _dress(dialog)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None
