"""The scenarios of the deal as commands: choosing, making, naming, moving and removing them, each one step of undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.actions import Actions
from app.dialogs import Dialogs, Mend
from app.document import Document
from app.forms import BASE
from app.panels.scenario_bar import ScenarioBar
from app.theme import set_icon, verbatim
from models import (
    Deal,
    DealError,
    LayerChange,
    changes_of,
    free_name,
    reset_in,
    scenario_names,
    unfit_changes,
    with_duplicate,
    with_parent,
    with_renamed,
    with_scenario,
    without_changes,
    without_scenario,
    words_at,
)

MENU = "Scenario"


class Scenarios(QObject):
    """Keeps bar and menu in step with the document, and fulfils what they wish for."""

    said = Signal(str)  # what became of a wish that could not be fulfilled as it stood

    def __init__(
        self, document: Document, bar: ScenarioBar, actions: Actions, dialogs: Dialogs, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document = document
        self.bar = bar
        self._dialogs = dialogs
        self._window = window
        self._allowed = False
        self._of_scenario: list[QAction] = []
        self._menu = actions.menu(MENU)
        self._new = self._action(actions, "new", "&New scenario…", self.make, "Ctrl+Shift+N", "plus", always=True)
        self._action(actions, "duplicate", "&Duplicate…", self.duplicate, "", "copy-plus")
        self._action(actions, "rename", "&Rename…", self.rename)
        self._parents = QMenu("&Built on", self._menu)
        self._menu.addMenu(self._parents)
        self._of_scenario.append(self._parents.menuAction())
        self._changes = QMenu("Remove one &change", self._menu)
        self._menu.addMenu(self._changes)
        self._of_scenario.append(self._changes.menuAction())
        self._action(actions, "reset", "Rese&t all its changes", self.reset, "", "rotate-ccw")
        self._action(actions, "delete", "D&elete", self.delete, "", "trash-2")
        self._menu.addSeparator()
        self._steps = [
            self._action(actions, "next", "Ne&xt scenario", lambda: self.step(1), "Ctrl+Alt+Down", always=True),
            self._action(actions, "previous", "&Previous scenario", lambda: self.step(-1), "Ctrl+Alt+Up", always=True),
        ]
        self._parents.aboutToShow.connect(self._fill_parents)
        self._changes.aboutToShow.connect(self._fill_changes)
        bar.chosen.connect(self.choose)
        bar.new_wished.connect(self.make)
        for signal in (document.opened, document.scenarios_changed, document.scenario_changed, document.closed):
            signal.connect(lambda *_: self.refresh())
        document.scenario_lost.connect(self.said)
        self.refresh()

    def allow(self, shown: bool) -> None:
        """Let the commands be used while a deal is shown."""
        self._allowed = shown
        self.refresh()

    def refresh(self) -> None:
        """Show which scenarios there are, which is looked at, and what can be done with it."""
        names = scenario_names(self._document.base) if self._document.is_open else ()
        self.bar.show_scenarios(names, self._document.scenario)
        self._new.setEnabled(self._allowed)
        for action in self._steps:
            action.setEnabled(self._allowed and bool(names))
        for action in self._of_scenario:
            action.setEnabled(self._allowed and bool(self._document.scenario))

    def choose(self, name: str) -> None:
        """Look at a scenario, or at the base with ""; where it cannot be used, says why and asks what to do with it."""
        try:
            self._document.choose(name)
        except DealError as error:
            self._mend(name, str(error))
        self.refresh()

    def go_to(self, path: str) -> None:
        """Look at the scenario that a path leads to, or in which something at that path is wrong.

        Where its changes are the problem, those that the deal has no place for can be removed at once.
        """
        at = int(path.partition("[")[2].partition("]")[0])
        name = scenario_names(self._document.base)[at]
        self.choose(name)
        if path.endswith(".changes") and self._document.scenario == name:
            lost = [change for change in changes_of(self._document.base, name) if change.missing]
            if lost and self._dialogs.lost_changes(self._window, name, [change.words for change in lost]):
                self.remove(lost)

    def _mend(self, name: str, why: str) -> None:
        unfit = unfit_changes(self._document.base, name)
        words = ", ".join(_words_of(self._document.base, path) for path in unfit)
        answer = self._dialogs.unfit_scenario(self._window, name, why, words)
        if answer is Mend.RESET:
            said = f"Scenario “{name}”: what did not fit reset"
            self._rearrange(lambda deal: reset_in(deal, name, unfit), name, said)
        elif answer is Mend.DELETE:
            said = f"Delete scenario “{name}”"
            self._rearrange(lambda deal: without_scenario(deal, name), self._document.scenario, said)

    def step(self, by: int) -> None:
        """Look at the next scenario, or with -1 at the one before, round and round with the base among them."""
        names = ("", *scenario_names(self._document.base))
        self.choose(names[(names.index(self._document.scenario) + by) % len(names)])

    def make(self) -> None:
        """Ask for a name and make a scenario upon the one looked at."""
        below = self._document.scenario
        name = self._ask("New scenario", free_name(self._document.base, "Scenario 1"), "Create")
        if name:
            words = f"New scenario “{name}”" + (f" upon “{below}”" if below else "")
            self._rearrange(lambda deal: with_scenario(deal, name, below or None), name, words)

    def add(self, name: str, changes: dict[str, object]) -> None:
        """Make a scenario of given changes upon the one looked at, under a name like this, and look at it."""
        free = free_name(self._document.base, name)
        below = self._document.scenario or None
        self._rearrange(lambda deal: with_scenario(deal, free, below, changes), free, f"New scenario “{free}”")

    def duplicate(self) -> None:
        """Ask for a name and make another scenario with the same changes."""
        chosen = self._document.scenario
        name = self._ask("Duplicate the scenario", free_name(self._document.base, f"{chosen} copy"), "Duplicate")
        if name:
            words = f"Scenario “{name}”, a duplicate of “{chosen}”"
            self._rearrange(lambda deal: with_duplicate(deal, chosen, name), name, words)

    def rename(self) -> None:
        """Ask for another name of the scenario."""
        chosen = self._document.scenario
        name = self._ask("Rename the scenario", chosen, "Rename", without=chosen)
        if name and name != chosen:
            self._rearrange(lambda deal: with_renamed(deal, chosen, name), name, f"Scenario “{chosen}” → “{name}”")

    def delete(self) -> None:
        """Remove the scenario; those that build on it keep its changes."""
        chosen, below = self._document.scenario, self._document.scenario_parent
        self._rearrange(lambda deal: without_scenario(deal, chosen), below, f"Delete scenario “{chosen}”")

    def reset(self) -> None:
        """Take all changes out of the scenario."""
        chosen = self._document.scenario
        changed = next(each.changes for each in self._document.base.scenarios or () if each.name == chosen)
        words = f"Scenario “{chosen}”: all changes reset"
        self._rearrange(lambda deal: reset_in(deal, chosen, tuple(changed)), chosen, words)

    def remove(self, changes: Sequence[LayerChange]) -> None:
        """Take single changes out of the scenario; the others stay."""
        chosen, paths = self._document.scenario, {change.path for change in changes}
        words = f"Scenario “{chosen}”: without its change of {', '.join(change.words for change in changes)}"
        self._rearrange(lambda deal: without_changes(deal, chosen, paths), chosen, words)

    def build_on(self, parent: str) -> None:
        """Let the scenario build on another one, or on the base."""
        chosen = self._document.scenario
        words = f"Scenario “{chosen}”: built on {f'“{parent}”' if parent else 'the base'}"
        self._rearrange(lambda deal: with_parent(deal, chosen, parent or None), chosen, words)

    def _rearrange(self, change: Callable[[Deal], Deal], look_at: str, words: str) -> None:
        try:
            self._document.rearrange(change(self._document.base), look_at, words)
        except DealError as error:
            self._dialogs.tell(self._window, "The scenarios stay as they are", str(error))

    def _ask(self, title: str, suggested: str, verb: str, without: str = "") -> str | None:
        taken = [name for name in scenario_names(self._document.base) if name != without]
        return self._dialogs.name(self._window, title, suggested, [*taken, BASE], verb)

    def _fill_parents(self) -> None:
        self._parents.clear()
        chosen, now = self._document.scenario, self._document.scenario_parent
        group = QActionGroup(self._parents)
        for name in ("", *scenario_names(self._document.base)):
            if name == chosen:
                continue
            action = self._parents.addAction(verbatim(name or BASE))
            action.setCheckable(True)
            action.setChecked(name == now)
            group.addAction(action)
            action.triggered.connect(lambda _checked, parent=name: self.build_on(parent))

    def _fill_changes(self) -> None:
        self._changes.clear()
        changes = changes_of(self._document.base, self._document.scenario)
        for change in sorted(changes, key=lambda each: not each.missing):  # what leads nowhere first
            words = f"{change.words} (not in this deal)" if change.missing else change.words
            action = self._changes.addAction(verbatim(words))
            action.triggered.connect(lambda _checked, one=change: self.remove((one,)))
        if self._changes.isEmpty():
            self._changes.addAction("It changes nothing").setEnabled(False)

    def _action(
        self,
        actions: Actions,
        name: str,
        words: str,
        run: Callable[[], object],
        keys: str = "",
        icon: str = "",
        *,
        always: bool = False,
    ) -> QAction:
        action = QAction(words, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        if icon:
            set_icon(action, icon)
            action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda _checked: run())
        actions.adopt(MENU, f"scenario_{name}", action)
        if not always:
            self._of_scenario.append(action)
        return action


def _words_of(deal: Deal, path: str) -> str:
    """The place of a path in words; the path itself where the deal does not have it."""
    try:
        return words_at(deal, path)
    except DealError:
        return path
