"""The book of line items of this program and the short name of its decorator."""

from models.language.line import Book

BOOK = Book()
line = BOOK.line
