"""Pictures as small PNG files: the window has few colours, so that each pixel can be a number in a list of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QPixmap

COLOURS = 256


def save(picture: QPixmap, path: Path) -> None:
    """Write a picture as it is."""
    assert picture.save(str(path), quality=60), f"{path} cannot be written"


def save_small(picture: QPixmap, path: Path) -> None:
    """Write a picture with its 256 most frequent colours; every other pixel takes the nearest of them."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(bytes(image.constBits()), np.uint32).reshape(height, -1)[:, :width] & 0xFFFFFF
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = np.sort(colours[np.argsort(-counts, kind="stable")[:COLOURS]])
    parts = [((each[:, None] >> np.array([16, 8, 0])) & 255).astype(np.int64) for each in (colours, kept)]
    nearest = np.concatenate(
        [
            ((few[:, None] - parts[1]) ** 2).sum(-1).argmin(1)
            for few in np.array_split(parts[0], 1 + len(colours) // 4096)
        ]
    )
    indexed = np.ascontiguousarray(nearest[places].reshape(height, width).astype(np.uint8))
    small = QImage(indexed.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(colour) for colour in kept])
    assert small.save(str(path), quality=0), f"{path} cannot be written"
