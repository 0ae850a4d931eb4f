"""What is photographed: each scene brings a fresh window into states worth looking at, and names its pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.screenshots.stage import Stage

Scene = Callable[[Stage], None]

SCENES: dict[str, Scene] = {}
"""Every scene by the word with which the names of its pictures begin."""

FLOOR = "credit_support[0].floor_prices[1]"
STRESSED = "Stressed demand"


def scene(name: str) -> Callable[[Scene], Scene]:
    """Register a scene."""

    def register(act: Scene) -> Scene:
        SCENES[name] = act
        return act

    return register


def change(stage: Stage) -> None:
    """Three edits, as after a round of negotiation."""
    stage.edit(FLOOR, 3.30)
    stage.edit("revenue_share.rates[0][0]", 0.55)
    stage.edit("senior_debt.margin", 0.0275)
    stage.settle()


def stress() -> dict[str, object]:
    """Tenants take less and pay less: what changes in a scenario."""
    from models import differences, load_template  # noqa: PLC0415 - the engine is loaded when it is first needed

    found = differences(load_template("austral"), load_template("austral-stress"))
    return {each.path: each.after for each in found if each.path.startswith("demand[")}


def with_scenario(stage: Stage) -> None:
    """Add a scenario to the deal and go back to the base."""
    stage.window.scenarios.add(STRESSED, stress())
    stage.settle()
    stage.window.scenarios.choose("")
    stage.settle()


def simulated(stage: Stage, paths: int) -> None:
    """Run the simulation with so many paths and wait for its results."""
    stage.edit("uncertainty.paths", paths)
    stage.window.risk.simulating.start()
    stage.wait(lambda: stage.window.risk.simulating.simulation is not None)
    stage.settle()


def written(stage: Stage, name: str, text: str) -> Path:
    """A text file in the folder of the stage."""
    path = stage.folder / name
    path.write_text(text, encoding="utf-8")
    return path
