"""Write a workbook: the edition, its sheets in order, and the file whole or not at all."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.storage import reason_of, replace_file, shown_name
from models.engine.evaluate import CancelledError
from models.workbook.about import write_about
from models.workbook.changes_sheet import write_changes
from models.workbook.checks_sheet import write_checks
from models.workbook.edition import Edition, edition_for
from models.workbook.inputs import series_rows, write_inputs, write_series, write_tables
from models.workbook.model_sheet import place_rows, write_model
from models.workbook.results import ResultTable, write_results
from models.workbook.styles import Styles
from models.workbook.summary import write_summary
from models.workbook.term_sheet import term_sheet_of
from models.workbook.term_sheet_sheet import write_term_sheet
from models.workbook.vendor_sheet import write_vendor

EDITIONS = ("partner", "internal")
_CREATED = dt.datetime(2026, 1, 1)  # workbook properties carry no zone; fixed, so that bytes repeat


def export_workbook(
    deal: Deal,
    edition: str,
    path: str | os.PathLike[str],
    *,
    date: dt.date | None = None,
    scenario: str = "",
    results: Sequence[ResultTable] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Evaluate a deal and write one edition of its workbook to `path`, whole or not at all.

    Args:
        edition: `partner` or `internal`.
        date: shown on the about sheet; today by default. Equal deals and dates give equal bytes.
        scenario: the scenario that the deal is, named by the internal edition only; "" for the base.
        results: tables of values for a sheet of their own, in the internal edition alone.
        progress: told the share done, 0..1.
        cancelled: asked now and then; the target is untouched where it says yes.

    Raises:
        ValueError: no such edition, results for the partner, a text that cannot stand in a workbook, or standing
            clauses that cannot be used.
        DealError: the file cannot be written.
        CancelledError: `cancelled` said so.
        FiguresError: the numbers of the deal lead to a figure beyond all measure.
    """
    report = progress or (lambda _share: None)
    stop = cancelled or (lambda: False)

    def step(share: float) -> None:
        if stop():
            raise CancelledError
        report(share)

    step(0.0)
    named = scenario if edition == "internal" else ""  # never to reach the partner's writer
    day = date or dt.date.today()  # the user's own day
    content = workbook_bytes(edition_for(deal, edition), day, step, scenario=named, results=results)
    step(1.0)
    write_whole(path, content)


def workbook_bytes(
    edition: Edition,
    date: dt.date,
    progress: Callable[[float], None],
    *,
    scenario: str = "",
    results: Sequence[ResultTable] = (),
) -> bytes:
    """The workbook of an edition as bytes, the same for equal editions, dates, names of a scenario and results.

    Raises:
        ValueError: results or a scenario for the partner's edition.
    """
    if (results or scenario) and not edition.internal:
        raise ValueError("Scenarios, simulations and sensitivities are internal; the partner edition takes none.")
    memory = io.BytesIO()
    book: Any = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": edition.title, "author": "Backstop", "created": _CREATED})
    book.set_calc_mode("auto")
    styles = Styles(book)
    place = place_rows(edition, dict(series_rows(edition)))
    write_term_sheet(book, styles, edition, term_sheet_of(edition, date))
    write_summary(book, styles, edition, place)
    write_inputs(book, styles, edition)
    write_tables(book, styles, edition)
    write_series(book, styles, edition, place)
    write_model(book, styles, edition, place, lambda share: progress(0.1 + 0.7 * share))
    write_checks(book, styles, edition, place)
    write_changes(book, styles, edition, place)
    if edition.internal:
        write_vendor(book, styles, edition, place)
        if results:
            write_results(book, styles, edition, results)
    seeds = [table.seed for table in results if table.seed is not None]
    write_about(book, styles, edition, date, scenario=scenario, seeds=seeds)
    progress(0.8)
    book.close()
    return memory.getvalue()


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a document to `path`, whole or not at all; one that stood there before hands on its permissions.

    Raises:
        DealError: the file cannot be written; what stood there before is unchanged.
    """
    target = Path(os.path.realpath(path))
    try:
        replace_file(target, content)
    except OSError as error:
        raise DealError(f"{shown_name(target)} could not be written: {reason_of(error)}.") from error
