"""Term sheets on paper: laid out on A4 pages with a head and a foot, for a printer, its preview or a PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextTable,
)

MARGINS = QMarginsF(18, 14, 18, 12)
"""Millimetres: left, top, right, bottom."""
_HEAD, _FOOT = 8.0, 8.0
_SPLIT = 0.3
"""Terms higher than this part of a page may go on on the next."""
_RESOLUTION = 600
_DATE = re.compile(rb"(?<=Date \(D:)\d{14}")
_SAME_DATE = b"20260101000000"
_IDENTITY = QUuid("{6f1d3a52-5f0e-4c1f-9f0a-3a6f0f2b7c11}")
_METADATA = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
    '<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
_GREY = QColor("#626A78")
_FAMILIES = ("Calibri", "Carlito", "Helvetica Neue", "Arial", "DejaVu Sans")


@dataclass(frozen=True)
class Sheet:
    """A term sheet to be printed: its text as HTML, the deal's name for the foot and a mark for the head."""

    html: str
    deal: str
    mark: str


class NoFontsError(OSError):
    """The system has no font to print with."""


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet as PDF; equal sheets and fonts give equal bytes, whose properties name the program and the deal only.

    It may be called in any thread, once there is an application object.

    Raises:
        NoFontsError: there is no font at all.
    """
    if not QFontDatabase.families():
        raise NoFontsError(0, "There is no font a PDF could be set in; install one, such as fonts-dejavu.")
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(sheet.deal)
    writer.setCreator("Backstop")
    writer.setDocumentId(_IDENTITY)
    writer.setDocumentXmpMetadata(QByteArray(_METADATA.format(title=escape(sheet.deal)).encode()))
    writer.setPageLayout(page_layout())
    print_sheet(sheet, writer)
    buffer.close()
    return _DATE.sub(_SAME_DATE, bytes(data.data()))


def page_layout() -> QPageLayout:
    """A4, upright."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, MARGINS, QPageLayout.Unit.Millimeter
    )


def print_sheet(sheet: Sheet, device: QPagedPaintDevice) -> None:
    """Print all pages on a device, such as a printer or the preview of one."""
    painter = QPainter(device)
    millimetre = device.logicalDpiY() / 25.4
    area = device.pageLayout().paintRectPixels(device.logicalDpiY())
    width, height = float(area.width()), area.height() - (_HEAD + _FOOT) * millimetre
    document = _laid_out(sheet.html, device, QSizeF(width, height))
    pages = document.pageCount()
    small = _plain_font()
    small.setPointSizeF(8)
    for page in range(pages):
        if page:
            device.newPage()
        head = QRectF(0, 0, width, _HEAD * millimetre)
        foot = QRectF(0, height + _HEAD * millimetre, width, _FOOT * millimetre)
        painter.setFont(small)
        painter.setPen(_GREY)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, sheet.mark)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, _cut(sheet.deal))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, f"{page + 1} of {pages}")
        painter.save()
        painter.translate(0, _HEAD * millimetre - page * height)
        painter.setClipRect(QRectF(0, page * height, width, height))
        _draw(document, painter, QRectF(0, page * height, width, height))
        painter.restore()
    painter.end()


def _draw(document: QTextDocument, painter: QPainter, part: QRectF) -> None:
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = part
    document.documentLayout().draw(painter, context)


def _laid_out(html: str, device: QPagedPaintDevice, page: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(device)
    document.setDefaultFont(_plain_font())
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(page)
    _keep_together(document, page.height())
    return document


def _keep_together(document: QTextDocument, height: float) -> None:
    """A term that is not long stands on one page, and the bar of a section is never the last thing on a page."""
    layout = document.documentLayout()
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    bar: QTextTable | None = None
    for table in tables:
        is_bar = table.columns() == 2 and table.cellAt(0, 0).firstCursorPosition().charFormat().fontWeight() > 400
        if not is_bar:
            box = layout.frameBoundingRect(table)
            begins = box if bar is None else box.united(layout.frameBoundingRect(bar))
            needed = min(begins.height(), _SPLIT * height)
            if int(begins.top() // height) != int((begins.top() + needed - 1) // height):
                _break_before(bar or table)
        bar = table if is_bar else None


def _break_before(frame: QTextFrame) -> None:
    layout = frame.frameFormat()
    layout.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    frame.setFrameFormat(layout)


def _plain_font() -> QFont:
    """The font of the pages without ligatures: who copies or searches text of a PDF must find the letters."""
    font = QFont(_FAMILIES)
    for feature in ("liga", "clig", "dlig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def _cut(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
