"""Which issue a returned workbook is a copy of, by what its about and changes sheets say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.workbook import about
from models.workbook.changes_sheet import CHANGES, HEAD, ISSUED, LABEL, NAME
from models.workbook.edition import Edition
from models.workbook.reading.facts import Facts
from models.workbook.reading.refusal import RefusedError, quoted
from models.workbook.record import export_id, inputs_hash, issued, record_hash, recorded_inputs, structure_hash

_WANTED = (
    about.DEAL, about.PARTNER, about.EDITION, about.DATE, about.EXPORT, about.INPUTS_HASH, about.STRUCTURE_HASH,
    about.RECORD_HASH,
)  # fmt: skip


@dataclass(frozen=True)
class Issue:
    """One issue of a workbook as it says itself.

    Attributes:
        values: the inputs as issued, by defined name; empty where that record was altered since.
        labels: what it calls them.
        sound: whether the record is as it was written.
    """

    deal: str
    partner: str
    edition: str
    date: str
    export: str
    inputs: str
    structure: str
    values: Mapping[str, tuple[float, ...]]
    labels: Mapping[str, str]
    sound: bool


def issue_of(facts: Facts) -> Issue:
    """The issue that a workbook was returned from.

    Raises:
        RefusedError: it is no workbook of this program, or what it says of itself does not fit together.
    """
    said = _particulars(facts)
    if said is None:
        raise RefusedError("The file is not a workbook exported by Backstop: its About sheet is missing or incomplete.")
    edition, date, hash_of_inputs = said[about.EDITION], said[about.DATE], said[about.INPUTS_HASH]
    if edition not in ("partner", "internal") or export_id(hash_of_inputs, edition, date) != said[about.EXPORT]:
        raise RefusedError("What the About sheet says of this issue was changed, so it cannot be told which it is.")
    values, labels = _record(facts)
    sound = record_hash(values) == said[about.RECORD_HASH]
    return Issue(
        deal=said[about.DEAL],
        partner=said[about.PARTNER],
        edition=edition,
        date=date,
        export=said[about.EXPORT],
        inputs=hash_of_inputs,
        structure=said[about.STRUCTURE_HASH],
        values=values if sound else {},
        labels=labels if sound else {},
        sound=sound,
    )


@dataclass(frozen=True)
class Standing:
    """How an issue stands to the deal as it is now.

    Attributes:
        same_inputs: the deal is as it was when the workbook was issued.
        same_structure: an export of the deal as it is now holds the same formulas in the same cells.
        issued: the inputs as issued by defined name, as far as they are known.
    """

    same_inputs: bool
    same_structure: bool
    issued: Mapping[str, tuple[float, ...]]


def standing_of(issue: Issue, edition: Edition) -> Standing:
    """How an issue stands to this edition of the deal.

    Raises:
        RefusedError: it was issued for another deal.
    """
    same = issue.inputs == inputs_hash(edition)
    if not same and (issue.deal, issue.partner) != (edition.title, edition.partner):
        raise RefusedError(
            f"The workbook was issued for the deal {quoted(issue.deal)} with {quoted(issue.partner)}; "
            f"this deal is {quoted(edition.title)} with {quoted(edition.partner)}."
        )
    values = issued(recorded_inputs(edition)) if same else issue.values
    return Standing(same, issue.structure == structure_hash(edition), values)


def _particulars(facts: Facts) -> dict[str, str] | None:
    cells = facts.sheets.get(about.ABOUT, {})
    beside = {
        str(cell.value): facts.at(about.ABOUT, row, column + 1)
        for (row, column), cell in sorted(cells.items(), reverse=True)
        if column == 1 and cell.kind == "s"
    }
    said = {label: beside.get(label) for label in _WANTED}
    found = {label: str(cell.value) for label, cell in said.items() if cell is not None and cell.kind == "s"}
    return found if len(found) == len(_WANTED) and _is_date(found[about.DATE]) else None


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _record(facts: Facts) -> tuple[dict[str, tuple[float, ...]], dict[str, str]]:
    """The values as issued and what they are called, by defined name."""
    cells = facts.sheets.get(CHANGES, {})
    values: dict[str, tuple[float, ...]] = {}
    labels: dict[str, str] = {}
    for row in sorted({row for row, _ in cells if row > HEAD + 1}):
        name, label = (cells.get((row, column + 1)) for column in (NAME, LABEL))
        if name is None or label is None:
            continue
        along = []
        column = ISSUED + 1
        while (cell := cells.get((row, column))) is not None and cell.kind == "n":
            along.append(float(cell.value or 0.0))
            column += 1
        values[str(name.value)] = (*values.get(str(name.value), ()), *along)
        labels.setdefault(str(name.value), str(label.value))
    return values, labels
