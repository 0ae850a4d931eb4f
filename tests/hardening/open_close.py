"""Deals opened and closed, one after the other: `uv run python -m tests.hardening.open_close [DEALS]`, 100 by default.

Every template is opened in turn in one window without a screen; each of its sections and tabs is looked at and a field
is typed over. Once closed, nothing of it may be left: widgets and other objects of Qt and of the program are counted by
their class, threads and memory besides. What a first round fills for good, such as printed models, does not count.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.theme import apply_theme
from models import sections
from tests.hardening.soak import Count, Soak, counted

DEALS = 100
_COUNTED = ("PySide6.QtWidgets", "app.", "models.deal", "models.analysis", "models.risk", "models.engine.case")
"""Modules of widgets and of what belongs to a deal; those of language and engine are printed models, kept for a while.
"""
MOST_MEMORY = 0.05
"""Part by which memory may be higher after the last round than after the second; it is never quite still."""


@dataclass(frozen=True)
class Left:
    """What there is once the deals of a round are closed."""

    count: Count
    kinds: Counter[str]
    """Objects by class: widgets, other objects of Qt, and those of the program that the collector knows."""


def left(window: QObject) -> Left:
    """Count what there is now."""
    count = counted()
    kinds = Counter(f"widget {type(each).__name__}" for each in QApplication.allWidgets())
    kinds += Counter(f"object {type(each).__name__}" for each in window.findChildren(QObject))
    known = (type(each) for each in gc.get_objects() if type(each).__module__.startswith(_COUNTED))
    kinds += Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in known)
    return Left(count, kinds)


def look_at_all(soak: Soak, name: str) -> None:
    """Open a template, look at each section and tab, type over a field, and close it."""
    window = soak.window
    soak.until(window.live.shown, lambda: window.filing.open_template(name))
    for section in sections():
        window.desk.sections.choose(section.key)
    for tab in window.desk.results.titles():
        window.desk.results.choose(tab)
        soak.rest(0)
    soak.type_over("senior_debt.target_dscr", "1.4")
    soak.rest(20)
    window.filing.close()
    soak.rest(20)


def rounds(deals: int, names: tuple[str, ...], folder: Path) -> list[Left]:
    """Open and close so many deals; what is left after each round of all templates."""
    soak = Soak(folder, 1)
    found = []
    for at in range(deals):
        look_at_all(soak, names[at % len(names)])
        if at % len(names) == len(names) - 1:
            soak.rest(350)  # what waits for the deal to rest has been forgotten with it
            found.append(left(soak.window))
    soak.window.give_up()
    return found


def grown(found: list[Left]) -> list[str]:
    """What there is more of after each round than after the one before, the first left out, and threads and memory.

    What comes and goes with the moment at which is counted is no growth.
    """
    before, after = found[1], found[-1]
    steps = list(pairwise(each.kinds for each in found[1:]))
    kinds = [kind for kind in after.kinds if all(later[kind] > earlier[kind] for earlier, later in steps)]
    said = [f"{kind}: {before.kinds[kind]} became {after.kinds[kind]}" for kind in kinds]
    if after.count.threads > before.count.threads:
        said.append(f"threads: {before.count.threads} became {after.count.threads}")
    if after.count.megabytes > before.count.megabytes * (1 + MOST_MEMORY):
        said.append(f"megabytes: {before.count.megabytes:.0f} became {after.count.megabytes:.0f}")
    return said


def main(deals: int = DEALS) -> int:
    """Print what was left after each round; 1 where something grew."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    names = Soak.templates()
    with tempfile.TemporaryDirectory() as folder:
        found = rounds(max(deals, 4 * len(names)), names, Path(folder))
    for at, each in enumerate(found, start=1):
        sys.stdout.write(f"after {at * len(names):4} deals: {each.count}, {each.kinds.total()} objects\n")
    said = grown(found)
    sys.stdout.write("\n".join(said) + "\n" if said else "nothing grew\n")
    return int(bool(said))


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:2])))
