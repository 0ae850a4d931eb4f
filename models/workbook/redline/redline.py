"""The redline: a returned workbook read, matched to its issue, and laid beside the deal."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.deal.layers import with_values
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.storage import reason_of, shown_name
from models.engine.evaluate import CancelledError
from models.workbook.edition import edition_for
from models.workbook.export import workbook_bytes
from models.workbook.reading.facts import Facts
from models.workbook.reading.limits import LARGEST_FILE
from models.workbook.reading.process import StoppedError, read_workbook
from models.workbook.reading.refusal import RefusedError
from models.workbook.redline.figures import Figures, RedlineEffect, effects_of
from models.workbook.redline.inputs import Comparison, Offer, compare_inputs
from models.workbook.redline.issue import Issue, Standing, issue_of, standing_of
from models.workbook.redline.notes import RedlineNote, ordered
from models.workbook.redline.sheets import refuse_other_structure, sheet_notes


@dataclass(frozen=True)
class RedlineChange(Offer):
    """One value that the returned workbook would change; `alone` is what it does without the others."""

    alone: RedlineEffect


@dataclass(frozen=True)
class Redline:
    """A returned workbook beside a deal.

    Attributes:
        deal: the deal it was compared with.
        name: of the file.
        edition, date, export: of the issue it is a copy of.
        changed_since: whether the deal has changed since that issue.
        changes: what could be taken, in the order of the inputs sheet.
        together: what all changes do at once.
        figures: the key figures without any of them.
        notes: what was found besides, by kind.
    """

    deal: Deal
    name: str
    edition: str
    date: str
    export: str
    changed_since: bool
    changes: tuple[RedlineChange, ...]
    together: RedlineEffect
    figures: Figures
    notes: tuple[RedlineNote, ...]


def read_redline(
    deal: Deal,
    path: str | os.PathLike[str],
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Redline:
    """Read a returned workbook and lay it beside the deal. Nothing of it enters the deal.

    Args:
        deal: the deal as it is now; where it has changed since the issue, that is told value by value.
        progress: told the share done, 0..1.
        cancelled: asked now and then.

    Raises:
        DealError: the file cannot be read, is not from this deal, was changed in its structure or is built to harm;
            one sentence says which.
        CancelledError: `cancelled` said so.
        FiguresError: the numbers of the deal lead to a figure beyond all measure.
    """
    report, stop = progress or (lambda _share: None), cancelled or (lambda: False)

    def step(share: float) -> None:
        if stop():
            raise CancelledError
        report(share)

    step(0.0)
    try:
        theirs = read_workbook(_content(Path(path)), cancelled=stop)
        step(0.3)
        issue = issue_of(theirs)
        edition = edition_for(deal, issue.edition)
        standing = standing_of(issue, edition)
        own = workbook_bytes(edition, dt.date.fromisoformat(issue.date), lambda share: step(0.3 + 0.3 * share))
        ours = read_workbook(own, cancelled=stop)
        step(0.8)
        if standing.same_structure:
            refuse_other_structure(ours, theirs)
        found = compare_inputs(deal, edition, ours, theirs, issue, standing)
    except RefusedError as refusal:
        raise DealError(str(refusal)) from refusal
    except StoppedError as stopped:
        raise CancelledError from stopped
    found.notes += _of_sheets(ours, theirs, found, issue, standing)
    step(0.9)
    redline = _with_effects(deal, Path(path).name, issue, standing, found)
    step(1.0)
    return redline


def effect_of_changes(redline: Redline, changes: Sequence[RedlineChange]) -> RedlineEffect:
    """What some of the changes do at once."""
    return effects_of(redline.deal, [_changed(redline.deal, changes)])[0]


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise RefusedError(f"{shown_name(path)} could not be read: {reason_of(error)}.") from error
    return data


_NO_SHEETS = (
    "Formulas and texts were not compared: the structure of the deal, or the version of the program, is another one "
    "since the issue."
)
_NO_RECORD = "The record of the values as issued was altered in this copy"


def _of_sheets(ours: Facts, theirs: Facts, found: Comparison, issue: Issue, standing: Standing) -> list[RedlineNote]:
    notes: list[RedlineNote] = []
    if standing.same_structure:
        notes += sheet_notes(ours, theirs, found.cells, texts=standing.same_inputs)
    else:
        notes.append(RedlineNote("scope", "All sheets", _NO_SHEETS))
    if not issue.sound:
        so = "the deal itself still has them." if standing.same_inputs else "so it is not known who changed what."
        notes.append(RedlineNote("scope", "Changes", f"{_NO_RECORD}; {so}"))
    return notes


def _with_effects(deal: Deal, name: str, issue: Issue, standing: Standing, found: Comparison) -> Redline:
    offers = found.offers
    deals = [deal, *(_changed(deal, [offer]) for offer in offers), _changed(deal, offers)]
    base, *alone, together = effects_of(deal, deals)
    changes = tuple(RedlineChange(**vars(offer), alone=effect) for offer, effect in zip(offers, alone, strict=True))
    return Redline(
        deal=deal,
        name=name,
        edition=issue.edition,
        date=issue.date,
        export=issue.export,
        changed_since=not standing.same_inputs,
        changes=changes,
        together=together,
        figures=base.figures,
        notes=ordered(found.notes),
    )


def _changed(deal: Deal, changes: Sequence[RedlineChange] | Sequence[Offer]) -> Deal | str:
    """The deal with some changes taken at once, or why it could not be used so."""
    try:
        return with_values(deal, "", {change.path: change.theirs for change in changes})
    except DealError as error:
        return str(error)
