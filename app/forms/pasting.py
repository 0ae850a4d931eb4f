"""From a pasted text to cells of a table: all of them, or a sentence that lists what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from app.forms.entry_model import EntryModel, Place
from app.forms.marks import Marks, evidence, undecided
from app.forms.month import read_month
from app.tables.clipboard import Block, from_tsv, without_headings

_LISTED = 3
_MOST_COLUMNS = 60


@dataclass(frozen=True)
class Pasted:
    """The values to put into cells, or the reason why nothing is."""

    cells: dict[Place, object] = field(default_factory=dict)
    problem: str = ""
    hint: str = ""  # what the reader may have meant otherwise


def place_block(text: str, model: EntryModel, chosen: Sequence[Place], *, growing: bool) -> Pasted:
    """Lay a pasted block over a table from the first chosen cell on.

    One value fills all chosen cells; a column is laid along a row where the table has one row; headings are left out,
    and so are the rows below the entries that a copy of the whole table carries. A block whose headings name other
    cells than its values would go to is refused.
    """
    rows = _entered_only(from_tsv(text), model)
    if not rows:
        return Pasted(problem="There is nothing to paste.")
    first = chosen[0]
    reader = model.plan.lines[min(first[0], len(model.plan.lines) - 1)].entry
    block = without_headings(rows, _headings(model), lambda cell: reader.read(cell).ok or _looks_like_figure(cell))
    cells = block.cells
    if len(cells) == 1 and len(cells[0]) == 1 and len(chosen) > 1:
        texts, misfit = {place: cells[0][0] for place in chosen if model.can_edit(*place)}, ""
    else:
        goes = _laid(model, first, rows=len(cells), columns=len(cells[0]))
        texts = {goes(down, right): cell for down, row in enumerate(cells) for right, cell in enumerate(row)}
        misfit = _misnamed(block, goes, model)
    misfit = misfit or _misfit(texts, model, first, growing)
    return Pasted(problem=misfit) if misfit else _read_all(texts, model, block.texts)


def _entered_only(rows: list[list[str]], model: EntryModel) -> list[list[str]]:
    """The rows of a block without those named as calculated ones of the table; all of them where no other is left."""
    calculated = {model.headerData(row, Qt.Orientation.Vertical) for row in _calculated(model)}
    return [row for row in rows if row[0] not in calculated] or rows


def _calculated(model: EntryModel) -> range:
    return range(len(model.plan.lines), model.rowCount())


def _laid(model: EntryModel, first: Place, *, rows: int, columns: int) -> Callable[[int, int], Place]:
    """Where the cell at a row and column of a block goes: a row or a column of months runs on through the years."""
    if model.plan.by_month and 1 in (rows, columns):
        start = first[0] * 12 + first[1]
        return lambda down, right: divmod(start + down + right, 12)
    if len(model.plan.lines) == 1 and rows > 1 and columns == 1:
        return lambda down, _right: (first[0], first[1] + down)
    return lambda down, right: (first[0] + down, first[1] + right)


def _misnamed(block: Block, goes: Callable[[int, int], Place], model: EntryModel) -> str:
    """Why a block is refused whose headings name other cells of the table than its values would go to."""
    over = [(text, goes(0, right)) for row in block.heads for right, text in enumerate(row)]
    beside = [(text, goes(down, 0)) for column in block.labels for down, text in enumerate(column)]
    for text, place in [*over, *beside]:
        if text and _names_another(text, place, model):
            return (
                f"Nothing was pasted: “{text}” is the heading of a value that would go to {_name(model, place)}. "
                "Choose the cell where the block belongs, or copy the values without headings."
            )
    return ""


def _names_another(text: str, place: Place, model: EntryModel) -> bool:
    """Whether a heading names a column, a row or a month of the table, and not that of a place."""
    lines, columns = model.plan.lines, model.plan.columns
    if place[0] >= len(lines) or place[1] >= len(columns):
        return False
    month = read_month(text) if model.plan.by_month else None
    if month is not None and month.ok:
        return month.value != f"{lines[place[0]].label}-{place[1] + 1:02d}"
    name = text.casefold()
    rows = {line.label.casefold() for line in lines}
    known = {each.casefold() for column in columns for each in (column.head, column.sub)}
    head, sub = columns[place[1]].head.casefold(), columns[place[1]].sub.casefold()
    return (name in rows and name != lines[place[0]].label.casefold()) or (name in known and name not in (head, sub))


def _headings(model: EntryModel) -> list[str]:
    columns = [name for column in model.plan.columns for name in (column.head, column.sub)]
    return [model.plan.corner, *columns, *(line.label for line in model.plan.lines)]


def _looks_like_figure(text: str) -> bool:
    return any(c.isdigit() for c in text) and sum(c.isalpha() for c in text) <= 2


def _misfit(texts: dict[Place, str], model: EntryModel, first: Place, growing: bool) -> str:
    lines, columns = len(model.plan.lines), model.columnCount()
    if model.plan.by_month:
        filled = [place for place, text in texts.items() if text]
        inside = [place for place in filled if place[0] < lines and model.cell(*place) is not None]
        if len(inside) < len(filled):
            return f"Nothing was pasted: the block has {len(filled)} months, from here there is room for {len(inside)}."
    if any(row >= lines for row, _ in texts):
        room = f"{lines - first[0]} row" + ("s" if lines - first[0] != 1 else "")
        return f"Nothing was pasted: the block has {_rows(texts)} rows, from here there is room for {room}."
    most = _MOST_COLUMNS if growing else columns
    if any(column >= most for _, column in texts):
        room = "1 column" if most - first[1] == 1 else f"{most - first[1]} columns"
        return f"Nothing was pasted: from here there is room for {room}."
    for place, text in texts.items():
        if place[1] < columns and not model.can_edit(*place) and text and not _stands_there(model, place, text):
            return f"Nothing was pasted: {_name(model, place)} cannot be changed."
    return ""


def _stands_there(model: EntryModel, place: Place, text: str) -> bool:
    """Whether a text says what a cell that cannot be changed holds anyway."""
    cell, read = model.cell(*place), model.plan.lines[place[0]].entry.read(text)
    return cell is not None and read.ok and read.value == cell.value


def _rows(texts: dict[Place, str]) -> int:
    return len({row for row, _ in texts})


def _name(model: EntryModel, place: Place) -> str:
    row, column = place
    head = model.plan.columns[column].head if column < model.columnCount() else f"column {column + 1}"
    if model.plan.by_month:
        return f"{head} {model.plan.lines[row].label}"
    label = model.headerData(row, Qt.Orientation.Vertical)
    return f"{label}, {head}" if len(model.plan.lines) > 1 else head


def _read_all(texts: dict[Place, str], model: EntryModel, all_texts: Sequence[str]) -> Pasted:
    entry = model.plan.lines[0].entry
    told: Marks | None = evidence(all_texts, entry.marks)
    open_ = undecided(all_texts) if entry.field.unit.numeric else []
    if len(open_) > 1 and any(entry.marks.decimal in text for text in open_):
        return Pasted(problem=_two_ways(open_, entry.marks))
    cells: dict[Place, object] = {}
    bad: list[str] = []
    hints: list[str] = []
    for place, text in texts.items():
        if place[1] < model.columnCount() and not model.can_edit(*place):
            continue
        line = model.plan.lines[place[0]].entry
        read = line.read(text, told) if told is not None else line.refuse(text, None)
        if read.ok:
            cells[place] = read.value
            hints += [f"{_name(model, place)}: {read.hint}"] if read.hint else []
        else:
            bad.append(f"{_name(model, place)}: {read.sentence}")
    if not bad:
        return Pasted(_changing(cells, model), hint=" ".join([*_as_here(open_, entry.marks), _hinted(hints)]).strip())
    listed = " ".join(bad[:_LISTED])
    more = f" And {len(bad) - _LISTED} more." if len(bad) > _LISTED else ""
    many = f"{len(bad)} cells cannot" if len(bad) > 1 else "1 cell cannot"
    return Pasted(problem=f"Nothing was pasted: {many} be read. {listed}{more}")


def _changing(cells: dict[Place, object], model: EntryModel) -> dict[Place, object]:
    """The cells of those rows in which anything changes: what stands for a year without an entry makes none."""

    def changes(place: Place) -> bool:
        cell = model.cell(*place) if place[1] < model.columnCount() else None
        return cell is None or cell.value != cells[place]

    rows = {place[0] for place in cells if changes(place)}
    return {place: value for place, value in cells.items() if place[0] in rows}


def _hinted(hints: list[str]) -> str:
    """The first of some hints, and how many more there are."""
    if len(hints) < 2:
        return "".join(hints)
    return f"{hints[0]} The same holds for {len(hints) - 1} more."


def _two_ways(texts: Sequence[str], marks: Marks) -> str:
    """Why a block is refused in which all cells are thousands, or all have three decimals: nobody would see which."""
    first = next(text for text in texts if marks.decimal in text)
    return (
        f"Nothing was pasted: “{first}” could be {first.replace(marks.decimal, '')} or have three decimals, and no "
        "other cell tells. Copy the cells without a mark between thousands, or with two decimals."
    )


def _as_here(texts: Sequence[str], marks: Marks) -> list[str]:
    """How a cell was read that another country would read otherwise."""
    first = next(iter(texts), "")
    if marks.decimal in first:
        return [f"“{first}” was read with three decimals, as numbers are written here."]
    return [f"“{first}” was read as thousands, as numbers are written here."] if first else []
