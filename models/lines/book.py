"""The book of line items of this program and the short name of its decorator."""

from itertools import chain

from models.deal.shared import PARTNER_LINES
from models.language.line import Book

BOOK = Book(shared=frozenset(chain.from_iterable(PARTNER_LINES.values())))
line = BOOK.line
