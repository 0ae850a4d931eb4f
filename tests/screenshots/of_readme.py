"""The chosen few pictures that README and help show, under resources/screenshots."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

import models
from app.theme.apply import Mode
from tests.screenshots.saving import save_small
from tests.screenshots.scenes import change, simulated, with_scenario
from tests.screenshots.stage import Stage

FOLDER = Path(str(models.resource("screenshots")))
SIZE = (1440, 900)
PATHS = 20_000


def desk(stage: Stage) -> None:
    """Form, chart and rail of a deal that was changed."""
    stage.open("austral")
    with_scenario(stage)
    change(stage)
    stage.section("support")
    stage.tab("Debt && cover")
    stage.take("desk")


def compare(stage: Stage) -> None:
    """Why a figure moved."""
    stage.open("austral")
    change(stage)
    stage.tab("Compare", folded=True)
    stage.take("compare")


def risk(stage: Stage) -> None:
    """A simulation."""
    stage.open("austral")
    simulated(stage, PATHS)
    stage.tab("Risk", folded=True)
    stage.take("risk")


CHOSEN: tuple[tuple[Callable[[Stage], None], Mode], ...] = ((desk, "light"), (compare, "light"), (risk, "dark"))


def renew(app: QApplication) -> int:
    """Make all of them again; gives how many."""
    from tests.screenshots.__main__ import played  # noqa: PLC0415 - which asks for these pictures

    for act, theme in CHOSEN:

        def keep(name: str, widget: QWidget, theme: Mode = theme) -> None:
            save_small(widget.grab(), FOLDER / f"{name}-{theme}.png")

        played(app, act, theme, SIZE, keep)
    return len(CHOSEN)
