"""Where a figure stands in an exported workbook, without writing one."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from models.engine.case import KEY_FIGURES, Case
from models.workbook.edition import shown_lines, wanted_figures
from models.workbook.model_sheet import FIRST, MODEL, VALUE, place_lines
from models.workbook.summary import FIGURE_COLUMN, FIGURES_TOP, SUMMARY


def workbook_place(case: Case, name: str, month: int | None = None, *, internal: bool = True) -> str:
    """Sheet, row and column of a line or key figure, such as `Model, row 71, column W`.

    Args:
        month: the month looked at, counted from 0; None for a total or a value of the whole deal.
        internal: in the internal edition; else in the partner's, for the case of a deal as the partner may see it.

    Returns:
        "" for what the edition does not hold.
    """
    wanted = wanted_figures(internal=internal)
    held = [figure.name for figure in KEY_FIGURES if figure.name in wanted]
    if month is None and name in held:
        return f"{SUMMARY}, row {FIGURES_TOP + held.index(name) + 2}, column {xl_col_to_name(FIGURE_COLUMN)}"
    rows = place_lines((line.name, section) for line, section in shown_lines(case.model, internal=internal))
    if name not in rows:
        return ""
    column = VALUE if month is None else FIRST + month
    return f"{MODEL}, row {rows[name] + 1}, column {xl_col_to_name(column)}"
