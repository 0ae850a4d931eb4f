"""The sheets of a returned workbook beside those of an export of the deal: structure, formulas, texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set

from models.workbook.about import ABOUT
from models.workbook.changes_sheet import CHANGES
from models.workbook.reading.facts import Cell, Facts, Spot, address
from models.workbook.reading.refusal import RefusedError, quoted
from models.workbook.redline.notes import RedlineNote
from models.workbook.results import RESULTS

_LOOSE = re.compile(r"[\s$']")
_OF_THE_ISSUE = (ABOUT, RESULTS)
"""Sheets whose rows depend on what was exported besides the deal: a scenario's name, results. Neither is compared."""
_MOVED_TOGETHER = 3
"""So many texts that moved by the same step were moved by a row or column put in or taken out."""


def refuse_other_structure(ours: Facts, theirs: Facts) -> None:
    """Refuse a workbook whose sheets, rows or columns are not those of the export.

    Raises:
        RefusedError: with a sentence that says what was changed.
    """
    for title in ours.sheets:
        if title not in theirs.sheets:
            raise RefusedError(
                f"The sheet {quoted(title)} is missing or has another name; only the values of inputs may be changed."
            )
    for title in theirs.sheets:
        if title not in ours.sheets and title != RESULTS:
            raise RefusedError(
                f"The sheet {quoted(title)} was added; only the values of inputs may be changed. Remove it and save "
                "the workbook again."
            )
    for title, cells in ours.sheets.items():
        if title in _OF_THE_ISSUE:
            continue
        _refuse_moved(title, cells, theirs.sheets[title])
        last = max(row for row, _ in cells), max(column for _, column in cells)
        for row, column in sorted(theirs.sheets[title]):
            if row > last[0] or column > last[1]:
                raise RefusedError(
                    f"Something was typed at {address(row, column)} of the sheet {quoted(title)}, outside the exported "
                    "cells. Remove it and save the workbook again."
                )


def _refuse_moved(title: str, ours: Mapping[Spot, Cell], theirs: Mapping[Spot, Cell]) -> None:
    """Texts that stand once on the sheet tell whether rows or columns were put in or taken out."""
    before, after = _single_texts(ours), _single_texts(theirs)
    steps = Counter(
        (after[text][0] - spot[0], after[text][1] - spot[1])
        for text, spot in before.items()
        if text in after and after[text] != spot
    )
    for (down, right), count in steps.most_common(1):
        if count >= min(_MOVED_TOGETHER, len(before)):
            what = "Rows" if down else "Columns"
            how = "inserted" if (down or right) > 0 else "deleted"
            raise RefusedError(
                f"{what} were {how} on the sheet {quoted(title)}; only the values of inputs may be changed."
            )


def _single_texts(cells: Mapping[Spot, Cell]) -> dict[str, Spot]:
    texts = {spot: str(cell.value) for spot, cell in cells.items() if cell.kind == "s"}
    counts = Counter(texts.values())
    return {text: spot for spot, text in texts.items() if counts[text] == 1}


def sheet_notes(ours: Facts, theirs: Facts, inputs: Set[tuple[str, int, int]], *, texts: bool) -> Iterator[RedlineNote]:
    """What was changed besides inputs, one note for each row of a sheet.

    Args:
        inputs: sheet, row and column of the cells that may be changed.
        texts: whether texts and fixed numbers can be compared, too: the deal is as it was when issued.
    """
    for title, cells in ours.sheets.items():
        found = theirs.sheets[title]
        rows: dict[int, list[tuple[int, str]]] = {}
        typed: list[RedlineNote] = []
        for spot in sorted(cells.keys() | found.keys()):
            if (title, *spot) in inputs:
                continue
            before, after = cells.get(spot), found.get(spot)
            if before is not None and before.kind == "f":
                said = _formula_changed(before, after)
                if said:
                    rows.setdefault(spot[0], []).append((spot[1], said))
            elif texts and title not in (*_OF_THE_ISSUE, CHANGES) and (before and before[:2]) != (after and after[:2]):
                typed.append(RedlineNote("text", _place(title, *spot), _text_changed(before, after)))
        yield from (_row_note(title, row, rows[row], cells) for row in sorted(rows))
        yield from typed


def _formula_changed(before: Cell, after: Cell | None) -> str:
    if after is None:
        return "was cleared"
    if after.kind != "f":
        return f"was overwritten by {_value(after)}"
    if bare_formula(str(before.value)) != bare_formula(str(after.value)):
        return f"became {quoted(str(after.value))}"
    return ""


def bare_formula(text: str) -> str:
    """A formula without what programs write one way or another: blanks, dollars, quotes round sheets, case."""
    return _LOOSE.sub("", text).upper().replace("_XLFN.", "")


def _row_note(title: str, row: int, found: list[tuple[int, str]], cells: Mapping[Spot, Cell]) -> RedlineNote:
    column, said = found[0]
    formula = quoted(str(cells[row, column].value))
    label = next((str(cells[row, k].value) for k in (2, 1) if _is_text(cells.get((row, k)))), "")
    more = f", and {len(found) - 1} more in this row" if len(found) > 1 else ""
    named = f"{label}: the" if label else "The"
    place = _place(title, row, column)
    return RedlineNote("overwritten", place, f"{named} formula {formula} {said}{more}; it has no effect here.")


def _text_changed(before: Cell | None, after: Cell | None) -> str:
    if before is None:
        return f"{_value(after)} was typed into an empty cell; it is not read."
    if after is None:
        return f"{_value(before)} was cleared; it is not read."
    return f"{_value(before)} became {_value(after)}; it is not read."


def _value(cell: Cell | None) -> str:
    if cell is None:
        return "nothing"
    if cell.kind == "n":
        return f"{cell.value:,.10g}"
    return quoted(str(cell.value), 120)


def _is_text(cell: Cell | None) -> bool:
    return cell is not None and cell.kind == "s"


def _place(title: str, row: int, column: int) -> str:
    return f"{title}, {address(row, column)}"
