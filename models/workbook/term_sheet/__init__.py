"""The term sheet: one content, made of the terms a partner may see, for whichever document it is printed in."""

from models.workbook.term_sheet.blocks import Grid, Paragraph, Points, Section, Term, TermSheet
from models.workbook.term_sheet.clauses import ClauseError
from models.workbook.term_sheet.content import term_sheet, term_sheet_of
from models.workbook.term_sheet.docx import term_sheet_docx
from models.workbook.term_sheet.html import term_sheet_html

__all__ = [
    "ClauseError", "Grid", "Paragraph", "Points", "Section", "Term", "TermSheet", "term_sheet", "term_sheet_docx",
    "term_sheet_html", "term_sheet_of",
]  # fmt: skip
