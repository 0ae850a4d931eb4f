"""The chosen few pictures that README and help show, under resources/screenshots."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget

import models
from app.panels.compare import ComparePage
from app.panels.cover import CoverPage
from app.panels.risk import RiskPage
from app.theme.apply import Mode
from tests.screenshots.saving import save_small
from tests.screenshots.scenes import FLOOR, STRESSED, change, simulated, with_scenario
from tests.screenshots.stage import Stage

FOLDER = Path(str(models.resource("screenshots")))
HELP_FOLDER = Path(str(models.resource("help"))) / "pictures"
SIZE, HELP_SIZE = (1440, 900), (1110, 760)
HIGHEST = {"floor": 240}
"""Pictures that are cut off below: what follows there is not what they are about."""
HELP_THEMES: tuple[Mode, ...] = ("light", "dark")
PATHS = 20_000


def overlay(stage: Stage) -> None:
    """Draw the cover of the scenario over that of the base."""
    stage.tab("Debt && cover")
    page = stage.window.desk.results.page(CoverPage)
    page.box.setCurrentIndex(page.box.findText(STRESSED))
    page.box.activated.emit(page.box.currentIndex())
    stage.settle()


def desk(stage: Stage) -> None:
    """Form, chart and rail of a deal that was changed."""
    stage.open("austral")
    with_scenario(stage)
    change(stage)
    stage.window.desk.go_to(FLOOR)
    overlay(stage)
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


def parts(stage: Stage) -> None:
    """Parts of the window for the help."""
    desk = stage.window.desk
    stage.open("austral")
    with_scenario(stage)
    change(stage)
    stage.take("rail", desk.rail)
    desk.go_to(FLOOR)
    stage.settle()
    stage.snap("floor", desk.forms)
    overlay(stage)
    stage.take("cover", desk.results.page(CoverPage))
    stage.tab("Compare", folded=True)
    stage.take("bridge", desk.results.page(ComparePage).chart)
    simulated(stage, PATHS)
    stage.tab("Risk", folded=True)
    stage.take("loss", desk.results.page(RiskPage).results.outcomes)


CHOSEN: tuple[tuple[Callable[[Stage], None], Mode], ...] = ((desk, "light"), (compare, "light"), (risk, "dark"))


def renew(app: QApplication) -> int:
    """Make all of them again; gives how many."""
    from tests.screenshots.__main__ import played  # noqa: PLC0415 - which asks for these pictures

    for act, theme in CHOSEN:

        def keep(name: str, widget: QWidget, theme: Mode = theme) -> None:
            save_small(widget.grab(), FOLDER / f"{name}-{theme}.png")

        played(app, act, theme, SIZE, keep)
    pictures = 0
    for theme in HELP_THEMES:

        def keep_part(name: str, widget: QWidget, theme: Mode = theme) -> None:
            nonlocal pictures
            pictures += 1
            part = QRect(widget.mapTo(widget.window(), QPoint()), widget.size())  # with the ground that it stands on
            part.setHeight(min(part.height(), HIGHEST.get(name, part.height())))
            save_small(widget.window().grab(part), HELP_FOLDER / f"{name}-{theme}.png")

        played(app, parts, theme, HELP_SIZE, keep_part)
    return len(CHOSEN) + pictures
