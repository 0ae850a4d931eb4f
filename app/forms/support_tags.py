"""The row of supports above their terms: those the deal has, the one shown, and those that can be added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from app.theme import link, px, set_icon, set_look, tool


class SupportTags(QWidget):
    """`shown` asks for the terms of a kind, `added` for a new support of a kind, `removed` for the end of one."""

    shown = Signal(str)
    added = Signal(str)
    removed = Signal(str)

    def __init__(self, kinds: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._present: tuple[str, ...] = ()
        self._chosen: str | None = None  # before anything is shown
        self._tags: dict[str, QPushButton] = {}
        self._links: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(6))
        self._more = link("More", "chevron-down")
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._remove = tool("trash-2", "Remove this support")
        self._remove.clicked.connect(lambda: self.removed.emit(self._chosen))
        for kind, title in kinds:
            self._tags[kind] = self._tag(kind, title)
            self._links[kind] = self._link(kind, title)
        for button in (*self._tags.values(), *self._links.values(), self._more):
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._row.addWidget(self._remove)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _tag(self, kind: str, title: str) -> QPushButton:
        made = QPushButton(title)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda: self.shown.emit(kind))
        return made

    def _link(self, kind: str, title: str) -> QPushButton:
        made = link(title, "plus")
        made.setAccessibleName(f"Add {title}")
        made.clicked.connect(lambda: self.added.emit(kind))
        self._menu.addAction(title, lambda: self.added.emit(kind))
        return made

    def show_kinds(self, present: tuple[str, ...], chosen: str) -> None:
        """Show which supports there are and which one's terms are on the page ("" for none)."""
        if (present, chosen) == (self._present, self._chosen):
            return
        self._present, self._chosen = present, chosen
        for kind, button in self._tags.items():
            set_look(button, "chosen" if kind == chosen else "held")
            set_icon(button, "check" if kind == chosen else "shield-check", "seltext", 14)
            title = button.text()
            button.setAccessibleName(f"{title}, shown" if kind == chosen else f"Show {title}")
        self._remove.setVisible(bool(chosen))
        if chosen:
            words = f"Remove {self._tags[chosen].text()}"
            self._remove.setToolTip(words)
            self._remove.setAccessibleName(words)
        self._fit()

    def _fit(self) -> None:
        """Supports that can be added stand beside each other as long as there is room, the rest go under More."""
        gap = self._row.spacing()
        for kind, button in self._tags.items():
            button.setVisible(kind in self._present)
        used = self._held_width()
        absent = [kind for kind in self._links if kind not in self._present]
        widths = {kind: self._links[kind].sizeHint().width() + gap for kind in absent}
        more = self._more.sizeHint().width() + gap
        room = self.width() - used
        shown = list(absent)
        while shown and sum(widths[kind] for kind in shown) + (more if len(shown) < len(absent) else 0) > room:
            shown.pop()
        for kind, button in self._links.items():
            button.setVisible(kind in shown)
        hidden = [kind for kind in absent if kind not in shown]
        self._more.setVisible(bool(hidden))
        for kind, action in zip(self._links, self._menu.actions(), strict=True):
            action.setVisible(kind in hidden)

    def _held_width(self) -> int:
        """What the supports there are and the button that removes one take."""
        gap = self._row.spacing()
        held = [button for kind, button in self._tags.items() if kind in self._present]
        return sum(each.sizeHint().width() + gap for each in (*held, *([self._remove] if self._chosen else ())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """The supports there are, and More for the rest."""
        return QSize(self._held_width() + self._more.sizeHint().width(), self.sizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """One row of buttons."""
        return QSize(px(320), px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Room for more links, or for fewer."""
        super().resizeEvent(event)
        self._fit()
