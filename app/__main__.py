"""The program from the command line: `backstop`, or `python -m app`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.commands import run


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask (those of the process where none are given) and return the exit code."""
    return run(sys.argv[1:] if argv is None else argv)


if __name__ == "__main__":
    sys.exit(main())
