"""How large a returned workbook may be, and how long reading it may take. An export of the longest deal has room."""

LARGEST_FILE = 10_000_000
"""Bytes of the file."""
LARGEST_EXPANDED = 60_000_000
"""Bytes of all its parts together once expanded."""
HIGHEST_RATIO = 200
"""Bytes of a part for each byte of it in the file; parts under `SMALL_PART` are let off."""
SMALL_PART = 100_000
MOST_PARTS = 400
LONGEST_PART_NAME = 200

MOST_ELEMENTS = 1_000_000
"""Elements of all parts; the longest deal with the most phases and tenants has two thirds as many."""
DEEPEST = 60
LONGEST_TEXT = 32_767
"""Characters of a text: what a cell can hold."""
LONGEST_FORMULA = 2_000
MOST_COPIED = 30_000_000
"""Characters of shared formulas, the longest times the cells that share one: each is written out for its cell."""
LONGEST_ATTRIBUTE = 20_000
MOST_NAMES = 5_000
MOST_MERGES = 1_000
MOST_SHEETS = 40
ROWS, COLUMNS = 5_000, 500
"""The last row and column in which anything may stand; that of the export itself is checked afterwards."""

LONGEST_KEPT = 1_000
"""Characters of a text or formula that are handed on."""
LARGEST_ANSWER = 48_000_000
"""Bytes of what the process may answer."""

SECONDS = 30.0
"""Time for the whole of it; the longest deal takes four on an idle machine, the usual one less than one."""
MEMORY = 768_000_000
"""Bytes of address space for the process; what it fills stays far below, the rest are libraries."""
