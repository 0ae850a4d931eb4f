"""The preview of printing: the pages of a term sheet as a printer would set them."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QGraphicsView, QLineEdit, QWidget

from app.paper import Sheet, page_layout, print_sheet
from app.theme import px


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
    return dialog


def _name_parts(dialog: QPrintPreviewDialog) -> None:
    """Say what the parts are for which Qt has no name; its buttons have theirs."""
    for line in dialog.findChildren(QLineEdit):
        line.setAccessibleName("Zoom" if isinstance(line.parent(), QComboBox) else "Number of the page")
    for box in dialog.findChildren(QComboBox):
        box.setAccessibleName("Zoom")
    for view in dialog.findChildren(QGraphicsView):
        view.setAccessibleName("Pages")
        view.viewport().setAccessibleName("Pages")
