"""What an edition of a deal can be written as: a workbook, or its term sheet as PDF or Word document."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import models

ENDINGS = (".xlsx", ".pdf", ".docx")
TERM_SHEETS = ENDINGS[1:]


def write_document(
    deal: models.Deal,
    edition: str,
    path: str | os.PathLike[str],
    *,
    date: dt.date | None = None,
    scenario: str = "",
    results: Sequence[models.ResultTable] = (),
    progress: Callable[[float], None] = lambda _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write one edition whole or not at all; the ending of the name says as what.

    Args:
        date, scenario, results, progress, cancelled: as for `models.export_workbook`; a term sheet has no results.

    Raises:
        ValueError, DealError, CancelledError, FiguresError: as `models.export_workbook`; the sentence is for the user.
    """
    kind = Path(path).suffix.lower()
    if kind not in TERM_SHEETS:
        models.export_workbook(
            deal, edition, path, date=date, scenario=scenario, results=results, progress=progress, cancelled=cancelled
        )
        return
    progress(0.0)
    sheet = models.term_sheet(deal, edition, date=date)
    progress(0.4)
    content = models.term_sheet_docx(sheet) if kind == ".docx" else pdf(sheet)
    if cancelled():
        raise models.CancelledError
    models.write_whole(path, content)
    progress(1.0)


def pdf(sheet: models.TermSheet) -> bytes:
    """A term sheet as PDF.

    Raises:
        OSError: Qt cannot set it here: one of its libraries is missing, or every font.
    """
    try:
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - Qt is needed for this kind of document alone
    except ImportError as error:
        raise OSError(0, f"A PDF needs a system library that is missing ({error}).") from error
    from app.paper import Sheet, pdf_of  # noqa: PLC0415 - its libraries are known to be there only now

    application = QGuiApplication.instance()
    if application is None:  # the command line: no window, and so no display either
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        application = QGuiApplication(sys.argv[:1])
    content = pdf_of(Sheet(models.term_sheet_html(sheet), sheet.deal, sheet.mark))
    del application
    return content
