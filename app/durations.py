"""How long something takes, in words."""

from __future__ import annotations

import math


def about(seconds: float) -> str:
    """An expectation: `about 13 s`, `about 2 minutes`, `less than a second`."""
    if seconds < 1:
        return "less than a second"
    if seconds < 90:
        return f"about {seconds:.0f} s"
    return f"about {seconds / 60:.0f} minutes"


def left(seconds: float) -> str:
    """What is left of a run: `5 s left`, `2 min left`; never none while it runs."""
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s left"
    return f"{math.ceil(seconds / 60)} min left"
