"""The term sheet as the first sheet of a workbook: number, term and what is agreed, in wrapped text and tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import Any

from models.workbook.edition import Edition
from models.workbook.sheet import PAPER_HEIGHT, PAPER_WIDTH, close_sheet, open_sheet
from models.workbook.styles import GREY, RULE, SECTION, Styles
from models.workbook.term_sheet import Grid, Paragraph, Points, Term, TermSheet
from models.workbook.widths import column_pixels, lines_of, text_pixels

TERM_SHEET = "Term sheet"
AS_ISSUED = "As issued: changing an input elsewhere in this workbook does not change these words."
NUMBER, NAME, VALUE, UNITS = 0, 1, 2, 24
UNIT_WIDTH = 3.3
"""The column of what is agreed is made of so many narrow ones, so that tables can share it out."""
_NUMBER_WIDTH, _NAME_WIDTH = 6, 24
_FREE = 7
"""Pixels that stay free at the sides of a cell."""
_INDENT = 9
"""Pixels of a step of indentation."""
_LONG = 160
"""Pixels of a table's text that wraps, so that a long name leaves room for the figures beside it."""
_LINE, _AIR, _USUAL = 12.0, 4.0, 15.0
"""Points of a line of text, of the space around it, and of a row whose height is not set."""


def write_term_sheet(book: Any, styles: Styles, edition: Edition, terms: TermSheet) -> None:
    """All sections of a term sheet, below the head that every sheet has."""
    sheet = open_sheet(book, styles, edition, TERM_SHEET, VALUE + UNITS, check_column=VALUE + 12)
    sheet.set_column(NUMBER, NUMBER, _NUMBER_WIDTH)
    sheet.set_column(NAME, NAME, _NAME_WIDTH)
    sheet.set_column(VALUE, VALUE + UNITS - 1, UNIT_WIDTH)
    page = _Page(sheet, styles)
    page.span(terms.notice, styles.of(bold=True, text_wrap=True), NUMBER)
    for name, value in terms.facts:
        page.line(name, value)
    page.span(AS_ISSUED, styles.of(font_color=GREY, italic=True, text_wrap=True), NUMBER)
    head = page.row
    for column, text in ((NUMBER, "No."), (NAME, "Term"), (VALUE, "Agreed")):
        sheet.write_string(head, column, text, styles.head())
    for column in range(VALUE + 1, VALUE + UNITS):
        sheet.write_blank(head, column, None, styles.head())
    page.high(_USUAL)
    for section in terms.sections:
        for column in range(VALUE + UNITS):
            sheet.write_blank(page.row, column, None, styles.section())
        sheet.write_string(page.row, NUMBER, str(section.number), styles.section())
        sheet.write_string(page.row, NAME, section.title, styles.section())
        page.starts.append(page.row)
        page.high(17)
        for k, term in enumerate(section.terms):
            if k > 0:  # the first stays with the title of its section
                page.starts.append(page.row)
            page.term(term)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(head)
    sheet.print_area(0, 0, page.row - 1, VALUE + UNITS - 1)  # a title too long for the band would widen the page
    sheet.set_h_pagebreaks(page_ends(page.heights, page.starts, _room(), page.heights[head]))
    close_sheet(sheet, edition, landscape=False)


class _Page:
    """Writes downwards, a row for each paragraph, point and row of a table."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self._sheet = sheet
        self._styles = styles
        self.heights = [24.0, _USUAL, _USUAL]  # the title band, and a free row below it
        self.starts: list[int] = []
        """Rows with which a page may begin."""

    @property
    def row(self) -> int:
        """The row that is written next."""
        return len(self.heights)

    def high(self, points: float) -> None:
        """Finish a row with its height."""
        self._sheet.set_row(self.row, points)
        self.heights.append(points)

    def span(self, text: str, style: Any, first: int, indent: int = 0) -> None:
        """Text across all columns from `first` on, wrapped."""
        self._sheet.merge_range(self.row, first, self.row, VALUE + UNITS - 1, "", style)
        self._sheet.write_string(self.row, first, text, style)
        pixels = UNITS * column_pixels(UNIT_WIDTH) - _INDENT * indent
        if first == NUMBER:
            pixels += column_pixels(_NUMBER_WIDTH) + column_pixels(_NAME_WIDTH)
        self._high(lines_of(text, pixels - _FREE))

    def line(self, name: str, value: str) -> None:
        self._sheet.write_string(self.row, NAME, name, self._styles.of(font_color=GREY))
        self.span(value, self._styles.of(text_wrap=True), VALUE)

    def term(self, term: Term) -> None:
        top = self.row
        for block in term.blocks:
            match block:
                case Paragraph(text):
                    self._text(text, top)
                case Points():
                    for mark, point in block.marked():
                        self._text(f"{mark} {point}", top, indent=1)
                case Grid():
                    self._table(block, top)
        bold = {"bold": True, "text_wrap": True}
        self._sheet.write_string(top, NUMBER, term.number, self._cell(top, top, font_color=GREY))
        self._sheet.write_string(top, NAME, term.name, self._cell(top, top, **bold))
        for row in range(top + 1, self.row):
            for column in (NUMBER, NAME):
                self._sheet.write_blank(row, column, None, self._cell(row, top))
        wanted = lines_of(term.name, column_pixels(_NAME_WIDTH) - _FREE)
        if wanted > 1 and self.row == top + 1:
            self.heights[top] = max(self.heights[top], wanted * _LINE + _AIR)
            self._sheet.set_row(top, self.heights[top])

    def _text(self, text: str, top: int, indent: int = 0) -> None:
        self.span(text, self._cell(self.row, top, text_wrap=True, indent=indent), VALUE, indent)

    def _table(self, grid: Grid, top: int) -> None:
        spans = shares(grid)
        last = len(grid.rows) - 1
        for k, cells in enumerate((grid.head, *grid.rows)):
            column, lines = VALUE, 1
            for c, (text, units) in enumerate(zip(cells, spans, strict=True)):
                style: dict[str, Any] = {"align": "left" if c < grid.words else "right", "text_wrap": True}
                if k == 0:
                    style |= {"bold": True, "font_color": GREY, "bottom": 1, "bottom_color": RULE, "valign": "bottom"}
                elif grid.total and k - 1 == last:
                    style |= {"bold": True, "top": 1, "top_color": RULE}
                elif k % 2 == 0:
                    style |= {"bg_color": "#F6F8FB"}
                if self.row == top:
                    style |= {"top": 1, "top_color": SECTION}
                made = self._styles.of(**style)
                if units > 1:
                    self._sheet.merge_range(self.row, column, self.row, column + units - 1, "", made)
                self._sheet.write_string(self.row, column, text, made)
                lines = max(lines, lines_of(text, units * column_pixels(UNIT_WIDTH) - _FREE))
                column += units
            self._high(lines)

    def _cell(self, row: int, top: int, **more: Any) -> Any:
        """A cell of a term; a fine rule sets its first row apart from the term above."""
        rule = {"top": 1, "top_color": SECTION} if row == top else {}
        return self._styles.of(**{"valign": "top", **rule, **more})

    def _high(self, lines: int) -> None:
        self.high(lines * _LINE + _AIR)


def _room() -> float:
    """Points of rows on a page, at the scale at which all columns fit its width; a little stays free."""
    pixels = column_pixels(_NUMBER_WIDTH) + column_pixels(_NAME_WIDTH) + UNITS * column_pixels(UNIT_WIDTH)
    return 0.97 * PAPER_HEIGHT * 72 * pixels / 96 / PAPER_WIDTH


def page_ends(heights: Sequence[float], starts: Collection[int], room: float, head: float) -> list[int]:
    """The rows before which pages end, so that a term stays whole and a title with what follows it.

    Args:
        heights: of all rows.
        starts: rows with which a page may begin; where none is near, any row may.
        room: on a page, in the unit of the heights.
        head: height of the row that later pages repeat.
    """
    ends: list[int] = []
    begin = 0
    while True:
        left = room - (head if ends else 0.0)
        fit = begin + sum(used <= left for used in accumulate(heights[begin:]))
        if fit == len(heights):
            return ends
        fit = max(fit, begin + 1)
        begin = max((row for row in starts if begin < row <= fit), default=fit)
        ends.append(begin)


def shares(grid: Grid) -> list[int]:
    """How many of the narrow columns each column of a table gets, most to those whose text needs most."""
    needs = needed(grid)
    given = [1] * len(needs)
    for _ in range(UNITS - len(needs)):
        hungry = max(range(len(needs)), key=lambda c: needs[c] / given[c])
        given[hungry] += 1
    return given


def needed(grid: Grid) -> list[float]:
    """The width that each column of a table wants: heads may wrap at every space, what stands below only where long."""
    heads = [max(map(text_pixels, text.split()), default=0.0) + 0.12 * text_pixels(text) for text in grid.head]
    below = [min(_LONG, max(map(text_pixels, texts))) for texts in zip(*grid.rows, strict=True)]
    return [max(pair) for pair in zip(heads, below, strict=True)]
