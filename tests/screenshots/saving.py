"""Pictures as small PNG files: the window has few colours, so that each pixel can be a number in a list of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage, QPixmap

COLOURS, FREQUENT = 256, 96


def save(picture: QPixmap, path: Path) -> None:
    """Write a picture as it is."""
    assert picture.save(str(path), quality=60), f"{path} cannot be written"


def save_small(picture: QPixmap, path: Path) -> None:
    """Write a picture with 256 colours: those most frequent, and those least like others; pixels take the nearest."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(bytes(image.constBits()), np.uint32).reshape(height, -1)[:, :width] & 0xFFFFFF
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = ((colours[:, None] >> np.array([16, 8, 0])) & 255).astype(np.int64)
    kept = [int(at) for at in np.argsort(-counts, kind="stable")[:FREQUENT]]
    away = np.array([((parts[kept] - part) ** 2).sum(-1).min() for part in parts])
    while len(kept) < min(COLOURS, len(colours)):
        kept.append(int(np.argmax(away * np.sqrt(counts))))
        away = np.minimum(away, ((parts - parts[kept[-1]]) ** 2).sum(-1))
    nearest = np.array([((parts[kept] - part) ** 2).sum(-1).argmin() for part in parts])
    indexed = np.ascontiguousarray(nearest[places].reshape(height, width).astype(np.uint8))
    small = QImage(indexed.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(colours[at]) for at in kept])
    assert small.save(str(path), quality=0), f"{path} cannot be written"
