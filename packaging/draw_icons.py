# /// script
# requires-python = ">=3.11"
# dependencies = ["pillow>=11", "resvg-py>=0.2"]
# ///
"""Draws the program's icon anew in every size and form the three systems want, after the drawing was changed.

    uv run packaging/draw_icons.py

It reads resources/program/backstop.svg and writes packaging/icons/; both are kept, so that
a build needs neither library.
"""

import io
import sys
from pathlib import Path

import resvg_py
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "resources" / "program" / "backstop.svg"
FOLDER = ROOT / "packaging" / "icons"
LINUX = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 20, 24, 32, 40, 48, 64, 256)
MACOS = (16, 32, 64, 128, 256, 512, 1024)


def drawn(side: int) -> Image.Image:
    """The icon as a picture of `side` pixels, drawn for that size rather than scaled down to it."""
    png = bytes(resvg_py.svg_to_bytes(svg_path=str(DRAWING), width=side, height=side))
    return Image.open(io.BytesIO(png)).convert("RGBA")


def main() -> int:
    """Writes every file of the folder."""
    FOLDER.mkdir(exist_ok=True)
    for side in LINUX:
        drawn(side).save(FOLDER / f"backstop-{side}.png", optimize=True)
    *small, largest = (drawn(side) for side in WINDOWS)
    largest.save(FOLDER / "backstop.ico", sizes=[(side, side) for side in WINDOWS], append_images=small)
    *small, largest = (drawn(side) for side in MACOS)
    largest.save(FOLDER / "backstop.icns", append_images=small)
    sys.stdout.write(f"{FOLDER.relative_to(ROOT)}: {len(list(FOLDER.iterdir()))} files\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
