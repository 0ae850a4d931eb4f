"""Starts the reading of a workbook when the program runs from source: `python -m models.workbook.reading`."""

import sys

from models.workbook.reading.child import read_in_this_process

sys.exit(read_in_this_process())
