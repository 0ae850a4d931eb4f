"""The term sheet as HTML of the kind that Qt lays out on pages: for the PDF and for printing."""

from __future__ import annotations

from html import escape

from models.workbook.term_sheet.blocks import Block, Grid, Paragraph, Points, Section, Term, TermSheet

INK, GREY, NAVY, BAR, RULE = "#1A1D24", "#626A78", "#1F3864", "#DCE6F1", "#C9CFD8"
STYLE = f"""
body {{ font-family: Calibri, Carlito, 'Helvetica Neue', Arial, 'DejaVu Sans'; font-size: 9.5pt; color: {INK}; }}
p {{ margin: 0; }}
td {{ text-align: left; vertical-align: top; }}
.kind {{ font-size: 10pt; color: {GREY}; }}
.deal {{ font-size: 20pt; font-weight: bold; color: {NAVY}; margin-bottom: 8px; }}
.notice {{ font-weight: bold; margin-top: 10px; margin-bottom: 10px; }}
.name, .number {{ color: {GREY}; }}
.bar {{ background-color: {BAR}; font-weight: bold; color: {NAVY}; }}
.term {{ font-weight: bold; }}
.small {{ font-size: 8.5pt; }}
.head {{ color: {GREY}; font-size: 8.5pt; font-weight: bold; }}
"""
_TABLE = '<table width="100%" cellspacing="0" cellpadding="{padding}" style="border-collapse: collapse;{more}">'


def term_sheet_html(sheet: TermSheet) -> str:
    """The whole document; every text is escaped, so that nothing people type becomes markup."""
    facts = "".join(
        f'<tr><td width="18%"><p class="name">{escape(name)}</p></td><td><p>{escape(value)}</p></td></tr>'
        for name, value in sheet.facts
    )
    sections = "".join(map(_section, sheet.sections))
    return (
        f"<html><head><title>{escape(sheet.deal)}</title><style>{STYLE}</style></head><body>"
        f'<p class="kind">{escape(sheet.title)}</p><p class="deal">{escape(sheet.deal)}</p>'
        f"{_TABLE.format(padding=1, more='')}{facts}</table>"
        f'<p class="notice">{escape(sheet.notice)}</p>{sections}</body></html>'
    )


def _section(section: Section) -> str:
    """The bar and each term are tables of their own, so that a page can begin with any of them."""
    table = _TABLE.format(padding=3, more=" margin-top: 8px;")
    bar = (
        f'{table}<tr><td class="bar" width="7%"><p>{section.number}</p></td>'
        f'<td class="bar" width="93%"><p>{escape(section.title)}</p></td></tr></table>'
    )
    return bar + "".join(map(_term, section.terms))


def _term(term: Term) -> str:
    return (
        f'{_TABLE.format(padding=3, more="")}<tr><td width="7%"><p class="number">{term.number}</p></td>'
        f'<td width="20%"><p class="term">{escape(term.name)}</p></td>'
        f'<td width="73%">{"".join(map(_block, term.blocks))}</td></tr></table>'
    )


def _block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Points():
            points = (
                f'<tr><td width="6%"><p>{mark}</p></td><td width="94%"><p>{escape(point)}</p></td></tr>'
                for mark, point in block.marked()
            )
            return f"{_TABLE.format(padding=0, more='')}{''.join(points)}</table>"
        case Grid():
            return _grid(block)


def _grid(grid: Grid) -> str:
    small = "small" if len(grid.head) > 4 else ""
    last = len(grid.rows) - 1
    rows = [_row(grid, grid.head, "head", f"border-bottom: 1px solid {RULE};")]
    for k, cells in enumerate(grid.rows):
        total = grid.total and k == last
        line = f"border-top: 1px solid {RULE};" if total else ""
        rows.append(_row(grid, cells, f"{small} {'term' if total else ''}".strip(), line))
    return f"{_TABLE.format(padding=2, more=' margin-bottom: 4px;')}{''.join(rows)}</table>"


def _row(grid: Grid, cells: tuple[str, ...], style: str, line: str) -> str:
    parts = []
    weights = grid.weights()
    for k, (text, weight) in enumerate(zip(cells, weights, strict=True)):
        width = f' width="{round(100 * weight / sum(weights))}%"'
        right = ' align="right"' if k >= grid.words else ""
        css = f' style="{line}"' if line else ""
        parts.append(f'<td{width}{css}><p class="{style}"{right}>{escape(text)}</p></td>')
    return f"<tr>{''.join(parts)}</tr>"
