"""The inputs of a returned workbook against those of the deal, one by one, by their defined names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from models.deal.field import Field
from models.deal.months import month_after, month_label
from models.deal.paths import field_at, value_at, with_value, words_at
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import bare_text
from models.workbook.edition import Edition
from models.workbook.reading.facts import Area, Cell, Facts, address
from models.workbook.record import Recorded, cell_number, recorded_inputs, rounded
from models.workbook.redline.issue import Issue, Standing
from models.workbook.redline.notes import NoteKind, RedlineNote
from models.workbook.redline.values import Taken, taken


@dataclass(frozen=True)
class Offer:
    """A value of the returned workbook that differs from the deal and could be taken.

    Attributes:
        path: of the value in the deal; of the whole series where months differ.
        label: the place in words.
        unit: of the figures in the texts.
        ours, theirs: values in file units.
        ours_text, theirs_text: the same in words, without the unit.
        issued_text: what it was when issued, "" where that is not known.
        both: whether it was changed on this side, too, since the issue.
    """

    path: str
    label: str
    unit: str
    ours: object
    theirs: object
    ours_text: str
    theirs_text: str
    issued_text: str
    both: bool


@dataclass
class Comparison:
    """What came of comparing the inputs."""

    offers: list[Offer] = field(default_factory=list)
    notes: list[RedlineNote] = field(default_factory=list)
    cells: set[tuple[str, int, int]] = field(default_factory=set)


def compare_inputs(
    deal: Deal, edition: Edition, ours: Facts, theirs: Facts, issue: Issue, standing: Standing
) -> Comparison:
    """Every input of the edition in the returned workbook against the deal."""
    found = Comparison()
    known = set()
    for record in recorded_inputs(edition):
        known.add(record.name)
        area = _area(record, ours, theirs, standing)
        if isinstance(area, RedlineNote):
            found.notes.append(area)
            continue
        label = issue.labels.get(record.name, "")
        if label and not label.startswith(record.label):
            found.notes.append(_scope(record, f"was {label} when issued; it is not compared."))
            continue
        _Input(deal, record, area, theirs, standing.issued.get(record.name), found).compare()
    for name in sorted(standing.issued.keys() - known):
        words = issue.labels.get(name, name)
        found.notes.append(RedlineNote("scope", words, f"{words} is no input of this deal any more."))
    return found


def _area(record: Recorded, ours: Facts, theirs: Facts, standing: Standing) -> Area | RedlineNote:
    """The cells of an input, or why they are not read."""
    if record.name not in theirs.names:
        if standing.issued and record.name not in standing.issued:
            return _scope(record, "is new since the issue.")
        return RedlineNote("name", record.label, f"The name {record.name} was removed; {record.label} is not read.")
    area, own = theirs.names[record.name], ours.names.get(record.name)
    count = len(record.values)
    usable = area is not None and area.sheet in theirs.sheets and area.top == area.bottom
    if area is None or not usable or (standing.same_structure and area != own):
        return RedlineNote("name", record.label, f"The name {record.name} leads elsewhere; {record.label} is not read.")
    if area.right - area.left + 1 < count:
        return _scope(record, f"has {area.right - area.left + 1} values there and {count} here.")
    return area


def _scope(record: Recorded, what: str) -> RedlineNote:
    return RedlineNote("scope", record.label, f"{record.label} {what}")


class _Input:
    """One named input: its cells there, its values here and as issued."""

    def __init__(
        self, deal: Deal, record: Recorded, area: Area, theirs: Facts, issued: Sequence[float] | None, found: Comparison
    ) -> None:
        self._deal = deal
        self._record = record
        self._area = area
        self._found = found
        self._cells = [theirs.at(area.sheet, area.top, area.left + k) for k in range(len(record.values))]
        self._issued = issued if issued is not None and len(issued) == len(record.values) else None

    def compare(self) -> None:
        """Add what differs to what was found."""
        area = self._area
        self._found.cells |= {(area.sheet, area.top, area.left + k) for k in range(len(self._cells))}
        read = [taken(self._record.field, cell) for cell in self._cells]
        for k, each in enumerate(read):
            if each.kind is not None:
                self._note(each.kind, k, f"{self._words(k)} {each.why}")
        if self._record.shape == "by_month":
            if all(each.kind is None for each in read):
                self._compare_series(read)
            return
        for k, each in enumerate(read):
            if each.kind is None:
                self._compare_value(k, each.value)

    def _compare_value(self, k: int, value: object) -> None:
        record, path = self._record, self._record.paths[k]
        known = field_at(self._deal, path)
        side = self._side(k, cell_number(record.field, value))
        if side == "same":
            return
        words = self._words(k)
        mine, theirs, issued = value_at(self._deal, path), bare_text(known, value), self._issued_text(known, k)
        unit = known.unit_text(self._deal.currency)
        if side == "agreed":
            self._note("agreed", k, f"{words}: {_with_unit(theirs, unit)} on both sides, {issued} when issued.")
        elif side == "ours":
            here = _with_unit(bare_text(known, mine), unit)
            self._note("ours", k, f"{words}: {here} here, {issued} when issued and in the workbook.")
        elif self._allowed(k, path, value, known):
            both = side == "both"
            offer = Offer(path, words, unit, mine, value, bare_text(known, mine), theirs, issued, both)
            self._found.offers.append(offer)

    def _compare_series(self, read: Sequence[Taken]) -> None:
        """A series is one offer: the months that were changed there, all others as they are here."""
        record, path = self._record, self._record.paths[0]
        known = field_at(self._deal, path)
        numbers = [cell_number(record.field, each.value) for each in read]
        sides = [self._side(k, number) for k, number in enumerate(numbers)]
        here = [k for k, side in enumerate(sides) if side == "ours"]
        if here:
            self._note("ours", here[0], f"{record.label}: {_count(here)} changed here since the issue.")
        there = [k for k, side in enumerate(sides) if side in ("theirs", "both")]
        if not there:
            return
        mine = value_at(self._deal, path)
        assert isinstance(mine, tuple)
        merged = [numbers[k] if k in set(there) else record.values[k] for k in range(len(numbers))]
        while len(merged) > len(mine) and merged[-1] == 0:
            merged.pop()
        value = tuple(record.field.clean(each) for each in merged)
        if not self._allowed(there[0], path, value, known):
            return
        more = "" if len(there) == 1 else f" and {_count(there[1:])} more"
        first = self._month(there[0])
        texts = [f"{first}: {bare_text(record.field, each)}" for each in (record.values[there[0]], numbers[there[0]])]
        issued = "" if self._issued is None else f"{first}: {bare_text(record.field, self._issued[there[0]])}"
        self._found.offers.append(
            Offer(
                path, words_at(self._deal, path), known.unit_text(self._deal.currency), mine, value, texts[0],
                texts[1] + more, issued, any(sides[k] == "both" for k in there),
            )
        )  # fmt: skip

    def _side(self, k: int, number: float) -> Literal["same", "agreed", "ours", "theirs", "both"]:
        """Who has changed a value since it was issued; where that is not known, what differs counts as theirs."""
        there, here = rounded(number), rounded(self._record.values[k])
        issued = here if self._issued is None else rounded(self._issued[k])
        if there == here:
            return "same" if here == issued else "agreed"
        if there == issued:
            return "ours"
        return "theirs" if here == issued else "both"

    def _allowed(self, k: int, path: str, value: object, known: Field) -> bool:
        """Whether the field allows a value; else a note says what the deal says to it."""
        try:
            with_value(self._deal, path, value)
        except DealError as error:
            values = value if isinstance(value, tuple) else (value,)
            if not all(known.element.allows(each) for each in values):
                self._note("not allowed", k, error.problems[0].message)
                return False
        return True  # what only contradicts another field may go together with a change of that one

    def _issued_text(self, known: Field, k: int) -> str:
        if self._issued is None:
            return ""
        number = self._issued[k]
        value = taken(self._record.field, Cell("n", number)).value
        return bare_text(known, value)

    def _words(self, k: int) -> str:
        if self._record.shape == "by_month":
            return f"{self._record.label}, {self._month(k)}"
        return words_at(self._deal, self._record.paths[k])

    def _month(self, k: int) -> str:
        return month_label(month_after(self._deal.start, k))

    def _note(self, kind: NoteKind, k: int, message: str) -> None:
        place = f"{self._area.sheet}, {address(self._area.top, self._area.left + k)}"
        self._found.notes.append(RedlineNote(kind, place, message))


def _count(months: Sequence[int]) -> str:
    return "1 month" if len(months) == 1 else f"{len(months)} months"


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text
