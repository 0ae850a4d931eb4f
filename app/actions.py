"""Every command of the window once: its words, keys and icon, and the menus it stands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.theme import set_icon

Standard = QKeySequence.StandardKey
Keys = QKeySequence.StandardKey | str


@dataclass(frozen=True)
class Command:
    """One command: `needs_deal` disables it on the start page."""

    name: str
    words: str
    keys: Keys | None = None
    icon: str = ""
    needs_deal: bool = True
    tip: str = ""


SEPARATOR = Command("", "")
GUIDE_KEYS = "Ctrl+F1"

MENUS: dict[str, tuple[Command, ...]] = {
    "&File": (
        Command("new", "&New from a template", Standard.New, "file-plus", needs_deal=False, tip="New from a template"),
        Command("open", "&Open…", Standard.Open, "folder-open", needs_deal=False, tip="Open a deal"),
        Command("recent", "Open &recent", needs_deal=False),
        SEPARATOR,
        Command("save", "&Save", Standard.Save, "save", tip="Save the deal"),
        Command("save_as", "Save &as…", "Ctrl+Shift+S"),
        SEPARATOR,
        Command("export_partner", "Export for &partner…", "Ctrl+E", "upload"),
        Command("export_internal", "Export &internal edition…", None, "lock"),
        Command("print_preview", "Pre&view the term sheet…", "Ctrl+P"),
        Command("open_returned", "Open a re&turned workbook…", "Ctrl+Shift+O"),
        SEPARATOR,
        Command("close", "&Close the deal", "Ctrl+W"),
        Command("quit", "&Quit", "Ctrl+Q", needs_deal=False),
    ),
    "&Edit": (),
    "&Deal": (
        Command("import_series", "&Import GPUs by month…", tip="Take a tenant's GPUs from a CSV file or a workbook"),
        SEPARATOR,
        Command("solve", "&Solve for a term…", "F9"),
        SEPARATOR,
        Command("next_problem", "Next &problem", "F8"),
        Command("previous_problem", "Pre&vious problem", "Shift+F8"),
        SEPARATOR,
    ),
    "&Scenario": (),
    "&Results": (
        Command("explain", "&Explain the figure", "F1"),
        Command("explain_back", "&Back", "Alt+Left", "arrow-left"),
        Command("explain_forward", "For&ward", "Alt+Right", "arrow-right"),
        SEPARATOR,
        Command("copy_numbers", "&Copy as numbers", "Ctrl+Alt+C", "copy"),
        Command("save_figures", "Save the fi&gures…", tip="Months, quarters and years as a workbook or CSV"),
        Command("save_numbers", "Save the &numbers in sight…", tip="The table or chart in front as a workbook or CSV"),
        Command("copy_picture", "Copy as &picture", None, "image-down"),
        Command("save_picture", "Save the p&icture…"),
        SEPARATOR,
        Command("simulate", "&Run the simulation", "F5", "play"),
        Command("stop_simulation", "S&top the simulation", "Ctrl+.", "square"),
        Command("leave_path", "B&ack from the path to the base case", "Ctrl+Shift+B", "arrow-left"),
        SEPARATOR,
    ),
    "&View": (
        Command("partner_view", "Partner &view", "Ctrl+Shift+P", "eye", tip="Show only what the partner may see"),
        Command("fold", "&Fold the form away", "Ctrl+M"),
        Command("next_pane", "&Next pane", "F6"),
        Command("previous_pane", "&Previous pane", "Shift+F6"),
        SEPARATOR,
    ),
    "&Help": (
        Command("help", "&Guide and glossary", GUIDE_KEYS, "circle-help", needs_deal=False, tip="Guide and glossary"),
        Command("reference", "Line &items", "Shift+F1", needs_deal=False),
        SEPARATOR,
        Command("about", "&About Backstop", needs_deal=False),
    ),
}


class Actions:
    """The commands of a window as Qt actions, in its menu bar."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}
        self._needs_deal: list[QAction] = []
        for title, commands in MENUS.items():
            menu = window.menuBar().addMenu(title)
            menu.setToolTipsVisible(True)
            self._menus[title.replace("&", "")] = menu
            for command in commands:
                self._add(menu, command)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def menu(self, title: str) -> QMenu:
        """A menu of the bar by its title without the ampersand."""
        return self._menus[title]

    def on(self, handlers: dict[str, Callable[[], object]]) -> None:
        """Say what each command does."""
        for name, handler in handlers.items():
            self._actions[name].triggered.connect(lambda _checked, run=handler: run())

    def add(self, title: str, words: str, keys: Keys, run: Callable[[], object]) -> None:
        """Append a command for an open deal to a menu."""
        action = self._menus[title].addAction(words)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked: run())
        self._needs_deal.append(action)

    def adopt(self, title: str, name: str, action: QAction) -> None:
        """Append an action that exists already and knows itself when it can be used."""
        self._menus[title].addAction(action)
        self._actions[name] = action

    def enable_for_deal(self, is_open: bool) -> None:
        """Let the commands that need a deal follow whether one is shown; while none is, F1 has no figure to explain."""
        for action in self._needs_deal:
            action.setEnabled(is_open)
        self._actions["help"].setShortcuts([QKeySequence(keys) for keys in (GUIDE_KEYS, *([] if is_open else ["F1"]))])

    def _add(self, menu: QMenu, command: Command) -> None:
        if command is SEPARATOR:
            menu.addSeparator()
            return
        if command.name == "recent":
            self._menus["Open recent"] = menu.addMenu(command.words)
            self._menus["Open recent"].setToolTipsVisible(True)
            return
        action = QAction(command.words, self._window)
        if command.keys is not None:
            action.setShortcut(QKeySequence(command.keys))
        if command.icon:
            set_icon(action, command.icon)
            action.setIconVisibleInMenu(False)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = command.tip or command.words.replace("&", "").rstrip("…")
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        menu.addAction(action)
        self._actions[command.name] = action
        if command.needs_deal:
            self._needs_deal.append(action)
