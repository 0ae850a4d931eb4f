"""The term sheet as a Word document that counsel can mark up: real headings, tables, fields for page numbers.

It is written part by part, so that it holds nothing beyond what is needed: no thumbnail, no custom XML, no history,
no name but the program's; equal term sheets give equal bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from models.workbook.term_sheet.blocks import Block, Grid, Paragraph, Points, Section, Term, TermSheet
from models.workbook.term_sheet.docx_parts import NAMESPACE, parts

TWIPS = 9638
"""Width of the text on A4 with margins of 20 mm, in twentieths of a point."""
_NUMBER, _NAME = 680, 1840
_AGREED = TWIPS - _NUMBER - _NAME
_PADDING = 160
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip file can name: the same in every document


def term_sheet_docx(sheet: TermSheet) -> bytes:
    """The document as the bytes of a .docx file."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(sheet, _document(sheet)).items():
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content.encode("utf-8"))
    return memory.getvalue()


def _document(sheet: TermSheet) -> str:
    body = [
        _paragraph(sheet.title, "Subtitle"),
        _paragraph(sheet.deal, "Title"),
        _facts(sheet),
        _paragraph(sheet.notice, "Notice"),
        *(part for section in sheet.sections for part in _section(section)),
    ]
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f"<w:document {NAMESPACE}><w:body>{''.join(body)}{page}</w:body></w:document>"


def _paragraph(text: str, style: str, *, right: bool = False) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>{run}</w:p>'


def _facts(sheet: TermSheet) -> str:
    widths = (_NUMBER + _NAME, _AGREED)
    rows = (
        _row(((_paragraph(name, "Label"), ""), (_paragraph(value, "Agreed"), "")), widths)
        for name, value in sheet.facts
    )
    return _table(widths, rows)


def _section(section: Section) -> Iterable[str]:
    yield (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{section.number}</w:t></w:r><w:r><w:tab/></w:r>'
        f'<w:r><w:t xml:space="preserve">{escape(section.title)}</w:t></w:r></w:p>'
    )
    widths = (_NUMBER, _NAME, _AGREED)
    if section.terms:
        yield _table(widths, (_term(term, widths) for term in section.terms))


def _term(term: Term, widths: Sequence[int]) -> str:
    blocks = [part for block in term.blocks for part in _block(block)]
    if not term.blocks or isinstance(term.blocks[-1], Grid):
        blocks.append(_paragraph("", "Gap"))  # a cell must end with a paragraph
    cells = (
        (_paragraph(term.number, "Label"), _RULE),
        (_paragraph(term.name, "TermName"), _RULE),
        ("".join(blocks), _RULE),
    )
    return _row(cells, widths)


_RULE = '<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="DCE6F1"/></w:tcBorders>'
_UNDER = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="BFC5CE"/></w:tcBorders>'
_OVER = '<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="BFC5CE"/></w:tcBorders>'


def _block(block: Block) -> Iterable[str]:
    match block:
        case Paragraph(text):
            yield _paragraph(text, "Agreed")
        case Points():
            for mark, point in block.marked():
                yield (
                    '<w:p><w:pPr><w:pStyle w:val="Point"/></w:pPr>'
                    f'<w:r><w:t xml:space="preserve">{mark}</w:t></w:r><w:r><w:tab/></w:r>'
                    f'<w:r><w:t xml:space="preserve">{escape(point)}</w:t></w:r></w:p>'
                )
        case Grid():
            yield _grid(block)


def _grid(grid: Grid) -> str:
    widths = _shared(grid, _AGREED - 2 * _PADDING)
    last = len(grid.rows) - 1
    rows = [_cells(grid, grid.head, "GridHead", _UNDER, widths, head=True)]
    for k, cells in enumerate(grid.rows):
        total = grid.total and k == last
        rows.append(_cells(grid, cells, "GridTotal" if total else "Grid", _OVER if total else "", widths))
    return _table(widths, rows)


def _cells(
    grid: Grid, cells: Sequence[str], style: str, border: str, widths: Sequence[int], *, head: bool = False
) -> str:
    made = [(_paragraph(text, style, right=k >= grid.words), border) for k, text in enumerate(cells)]
    return _row(made, widths, head=head)


def _shared(grid: Grid, whole: int) -> tuple[int, ...]:
    """Widths of the columns by the length of what stands in them."""
    needs = grid.weights()
    widths = [int(whole * need / sum(needs)) for need in needs]
    return (*widths[:-1], whole - sum(widths[:-1]))


def _table(widths: Sequence[int], rows: Iterable[str]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Iterable[tuple[str, str]], widths: Sequence[int], *, head: bool = False) -> str:
    kind = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>{content}</w:tc>'
        for (content, border), width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{kind}{''.join(made)}</w:tr>"
