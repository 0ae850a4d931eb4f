"""The preview of printing: the pages of a term sheet as a printer would set them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QGraphicsView, QLineEdit, QToolBar, QWidget

from app.paper import Sheet, page_layout, print_sheet
from app.theme import px, set_icon, theme_of

_ICONS = {
    "Fit width": "move-horizontal", "Fit page": "maximize-2", "Zoom in": "zoom-in", "Zoom out": "zoom-out",
    "First page": "chevrons-left", "Previous page": "chevron-left", "Next page": "chevron-right",
    "Last page": "chevrons-right", "Page setup": "settings-2", "Print": "printer",
}  # fmt: skip
"""Of the commands that stay, by the names that Qt gives them."""


def preview_of(sheet: Sheet, parent: QWidget) -> QPrintPreviewDialog:
    """A window that shows the sheet as it would be printed, and prints it."""
    dialog = QPrintPreviewDialog(parent)  # it owns its printer
    printer = dialog.printer()
    printer.setDocName(sheet.deal)
    printer.setPageLayout(page_layout())
    dialog.setWindowTitle(f"{sheet.deal}: term sheet")
    dialog.paintRequested.connect(lambda device: print_sheet(sheet, device))
    dialog.resize(px(1000), px(780))
    _name_parts(dialog)
    _dress(dialog)
    return dialog


def _dress(dialog: QPrintPreviewDialog) -> None:
    """Give the commands the icons of the program, and leave those out that a sheet of A4 has no use for."""
    for action in dialog.findChildren(QAction):
        if action.text() in _ICONS:
            set_icon(action, _ICONS[action.text()], size=18)
        else:
            action.setVisible(not action.text())
    for view in dialog.findChildren(QGraphicsView):
        view.setBackgroundBrush(theme_of(dialog).line)  # Qt's own grey is glaring in the dark
    for bar in dialog.findChildren(QToolBar):
        bar.setMovable(False)
        bar.setIconSize(QSize(px(18), px(18)))
        shown = [action for action in bar.actions() if action.isVisible()]
        for before, action in pairwise(shown):
            action.setVisible(not (before.isSeparator() and action.isSeparator()))


def _name_parts(dialog: QPrintPreviewDialog) -> None:
    """Say what the parts are for which Qt has no name; its buttons have theirs."""
    for line in dialog.findChildren(QLineEdit):
        line.setAccessibleName("Zoom" if isinstance(line.parent(), QComboBox) else "Number of the page")
    for box in dialog.findChildren(QComboBox):
        box.setAccessibleName("Zoom")
    for view in dialog.findChildren(QGraphicsView):
        view.setAccessibleName("Pages")
        view.viewport().setAccessibleName("Pages")
