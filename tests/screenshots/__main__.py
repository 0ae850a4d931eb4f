"""Pictures of the whole program: `uv run python -m tests.screenshots [--out DIR] [--only NAME] [--theme …] [--size …]`.

Without a screen, with settings of its own, in both themes and two sizes; a folder of PNGs that can be looked at.
`--readme` makes the few pictures again that README and help show.
"""

from __future__ import annotations

import argparse
import faulthandler
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtWidgets import QApplication, QWidget

from app.theme.apply import Mode
from tests.screenshots import of_forms, of_readme, of_results, of_windows
from tests.screenshots.saving import save
from tests.screenshots.scenes import SCENES
from tests.screenshots.stage import LONGEST, Stage, park_pointer, screenless

THEMES: tuple[Mode, ...] = ("light", "dark")
SIZES = ("1280x800", "1920x1080")
PLACES = (of_forms, of_results, of_windows)  # importing them registers their scenes


def photograph(app: QApplication, out: Path, only: Sequence[str], theme: Mode, size: tuple[int, int]) -> list[Path]:
    """Play every scene that has a wanted picture, `only` these where some are named; gives the files."""
    files: list[Path] = []

    def keep(name: str, widget: QWidget) -> None:
        if not only or any(word in name for word in only):
            files.append(out / f"{name}-{theme}-{size[0]}.png")
            save(widget.grab(), files[-1])

    for name, act in SCENES.items():
        if only and not any(word.startswith(name) or name.startswith(word) for word in only):
            continue
        played(app, act, theme, size, keep)
    return files


def played(
    app: QApplication,
    act: Callable[[Stage], None],
    theme: Mode,
    size: tuple[int, int],
    keep: Callable[[str, QWidget], None],
) -> None:
    """Play one scene in a folder and a window of its own."""
    park_pointer()
    faulthandler.dump_traceback_later(LONGEST / 1000, exit=True)  # a question that nobody answers waits for ever
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(app, Path(folder), theme, size, keep)
        try:
            act(stage)
        finally:
            stage.close()
            faulthandler.cancel_dump_traceback_later()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description="Pictures of the program.")
    parser.add_argument("--out", type=Path, default=Path("pictures"), help="folder of the pictures")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="a picture, or its scene")
    parser.add_argument("--theme", choices=THEMES, help="one theme instead of both")
    parser.add_argument("--size", metavar="WIDTHxHEIGHT", help=f"one size instead of {' and '.join(SIZES)}")
    parser.add_argument("--readme", action="store_true", help="the chosen few of README and help")
    given = parser.parse_args(arguments)
    sizes = [tuple(map(int, size.split("x"))) for size in ([given.size] if given.size else SIZES)]
    largest = max(width for width, _ in sizes), max(height for _, height in sizes)
    begun = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        app = screenless(Path(folder), (largest[0], largest[1]))
        if given.readme:
            count = of_readme.renew(app)
        else:
            given.out.mkdir(parents=True, exist_ok=True)
            count = 0
            for theme in THEMES if given.theme is None else (given.theme,):
                for width, height in sizes:
                    count += len(photograph(app, given.out, given.only, theme, (width, height)))
    sys.stdout.write(f"{count} pictures in {monotonic() - begun:.0f} s\n")
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main())
