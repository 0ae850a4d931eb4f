"""A page of the form: one section of the deal, made from the schema. It shows and wishes; it never changes a deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.forms.blocks import blocks_of
from app.forms.comparing import BASE, compared_with
from app.forms.edge_line import EdgeLine
from app.forms.entry_model import Calculated
from app.forms.entry_view import EntryView, settle
from app.forms.marking import Marked
from app.forms.month_series import MonthSeries
from app.forms.notes import NoteLine
from app.forms.reverting import changes_in, reverting
from app.forms.support_block import SupportBlock
from app.forms.year_table import YearTable
from app.theme import Flow, internal_tag, label, link, px, set_look
from models import Deal, sections


class Block(Protocol):
    """A part of a page: fields, a table, a list, or the supports."""

    @property
    def wish(self) -> SignalInstance:
        """(path, value, words, merge key)."""

    @property
    def problems_changed(self) -> SignalInstance:
        """Other entries than before cannot be used."""

    def show_deal(self, deal: Deal, saved: Deal) -> None:
        """Show a state of the deal."""

    def problems(self) -> dict[str, str]:
        """Path and sentence of every entry that cannot be used."""

    def show_problem(self, path: str, sentence: str) -> bool:
        """Mark an entry; False where the path is none of the block's."""

    def show_effect(self, path: str, sentence: str) -> NoteLine | None:
        """Say at an entry what a step of it does; the line that says it, None where the path is none of the block's."""

    def focus_path(self, path: str) -> bool:
        """Put the focus on an entry; False where the path is none of the block's."""


class FormPage(QWidget):
    """The form of one section.

    `wish` is (path, value in file units, words for undo, merge key: edits with the same one are one step of undo).
    """

    wish = Signal(str, object, str, str)
    problems_changed = Signal()
    explain_wished = Signal(object)  # FigurePlace
    visited = Signal(str)  # path of the entry that got the focus
    guide_wished = Signal(str)  # title of the section
    import_wished = Signal(int)  # number of the tenant that a file is wanted for

    def __init__(
        self, section_key: str, parent: QWidget | None = None, *, guide: bool = False, imports: bool = False
    ) -> None:
        """`imports` offers to take month series from files."""
        super().__init__(parent)
        self._has_guide = guide
        self._imports = imports
        (self._section,) = (section for section in sections() if section.key == section_key)
        self._deal: Deal | None = None
        self._saved: Deal | None = None
        self._revert_count = 0
        self._blocks: list[Block] = []
        self._heard: set[QWidget] = set()
        self._changes = label("", "small", "secondary")
        self._revert = link("Revert", "rotate-ccw")
        self._trouble = NoteLine()
        self._effect_line: NoteLine | None = None  # in the block of the entry in focus
        self._edge = EdgeLine(self)
        self._trouble_path = ""
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        set_look(self, "pane")
        self._build()

    def _build(self) -> None:
        words = Flow(line_gap=2)
        title = label(self._section.title, "page")
        title.setMinimumHeight(px(30))  # of the links beside it, which are not always there
        words.addWidget(title)
        if self._section.internal:
            words.addWidget(internal_tag("Internal: never shown to the partner"))
        words.addWidget(self._changes)
        words.addWidget(self._revert)
        held = QWidget()
        head = QHBoxLayout(held)
        head.setContentsMargins(px(20), px(10), px(16), px(4))
        head.setSpacing(px(8))
        head.addLayout(words, 1)
        if self._has_guide:
            head.addWidget(self._guide_link(), 0, Qt.AlignmentFlag.AlignTop)
        held.setMinimumHeight(px(48))
        self._revert.clicked.connect(self._go_back)
        self._body.setObjectName("body")
        set_look(self._body, "pane")
        self._column.setContentsMargins(px(20), 0, px(16), px(12))
        self._column.setSpacing(px(6))
        self._column.addWidget(self._trouble)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        self._area = area
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(held)
        outer.addWidget(area, 1)
        self._edge.lie_over(area)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _guide_link(self) -> QWidget:
        """The way to the guide of the section; a key leads there too, so that Tab begins with the fields."""
        made = link("Guide", "circle-help")
        made.setToolTip("Guide to this section (Ctrl+F1)")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self.guide_wished.emit(self._section.title))
        return made

    def _fill(self, deal: Deal) -> None:
        for piece in blocks_of(self._section, deal):
            if isinstance(piece, str):
                title = label(piece, "panel")
                title.setContentsMargins(0, px(10), 0, px(2))
                self._column.addWidget(title)
                continue
            piece.wish.connect(self.wish)
            piece.problems_changed.connect(self.problems_changed)
            self._blocks.append(piece)
            self._column.addWidget(piece)
        self._column.addStretch(1)

    def _listen(self) -> None:
        """Hear the wishes of tables that were made since the last time."""
        for view in self._body.findChildren(EntryView):
            if view not in self._heard:
                self._heard.add(view)
                view.explain_wished.connect(self.explain_wished)
                view.visited.connect(self.visited)
        for series in self._body.findChildren(MonthSeries) if self._imports else ():
            if series not in self._heard:
                self._heard.add(series)
                series.import_wished.connect(self.import_wished)
                series.offer_import()

    def show_deal(self, deal: Deal, saved: Deal) -> None:
        """Show the section of a deal and how it differs from the saved one."""
        self._deal, self._saved = deal, saved
        if not self._blocks:
            self._fill(deal)
        for block in self._blocks:
            block.show_deal(deal, saved)
        self._listen()
        count = self.changes()
        below = compared_with(self)
        since = "in this scenario" if below else "since saved"
        self._changes.setText(f"{count} change{'s' if count != 1 else ''} {since}" if count else "")
        self._revert.setText(f"Reset to {below.lower() if below == BASE else below}" if below else "Revert")
        self._changes.setVisible(bool(count))
        self._revert.setVisible(bool(count))

    def changes(self) -> int:
        """How many fields of this section differ from the saved deal."""
        if self._deal is None or self._saved is None:
            return 0
        return changes_in(self._section.key, self._deal, self._saved)

    def show_effect(self, path: str, sentence: str) -> None:
        """Say at the entry of a path what one step of it does, where no field has to move for it; "" says nothing."""
        said = [block.show_effect(path, sentence) for block in self._blocks]
        self._effect_line = next((line for line in said if line is not None and sentence), None)
        held = self._body.focusWidget()
        if self._effect_line is not None and held is not None:
            self._keep_clear(held)
        self._edge.stand_in_for(self._effect_line)

    def effect(self) -> str:
        """What is said about the entry in focus."""
        return "" if self._effect_line is None else self._effect_line.text

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        if isinstance(now, Marked):
            self.visited.emit(now.path)
        elif not any(view is now or view.isAncestorOf(now) for view in self._heard):
            self.visited.emit("")

    def change_words(self) -> str:
        """How much of the section is changed, in words; "" where nothing is."""
        return self._changes.text()

    def notes(self) -> tuple[NoteLine, ...]:
        """The lines under fields and tables, from top to bottom."""
        return tuple(self._body.findChildren(NoteLine))

    def _go_back(self) -> None:
        assert self._deal is not None
        assert self._saved is not None
        self._revert_count += 1
        for made in reverting(self._section, self._deal, self._saved, compared_with(self)):
            self.wish.emit(made.path, made.value, made.words, f"revert {self._section.key} {self._revert_count}")

    def set_calculated(self, rows: Sequence[Calculated]) -> None:
        """Put figures by contract year below the year table of this page; pages without one ignore them."""
        for block in self._blocks:
            if isinstance(block, YearTable | SupportBlock):
                block.set_calculated(rows)
                return

    def entry_problems(self) -> dict[str, str]:
        """Path and sentence of every entry of this page that cannot be used as it stands."""
        return {path: sentence for block in self._blocks for path, sentence in block.problems().items()}

    def show_problem(self, path: str, sentence: str | None) -> None:
        """Mark the entry at a path, or the page where no entry has it; None takes the mark away."""
        if any(block.show_problem(path, sentence or "") for block in self._blocks):
            if path == self._trouble_path:
                self._trouble.say("")
            return
        if sentence or path == self._trouble_path:
            self._trouble_path = path if sentence else ""
            self._trouble.say(sentence or "", "problem")

    def focus_path(self, path: str) -> None:
        """Bring the entry at a path into sight and put the focus on it; the first entry where none has the path."""
        found = any(block.focus_path(path) for block in self._blocks)
        if not found:
            self._body.focusNextChild()
        chosen = self._body.focusWidget()
        if chosen is not None:
            for _ in range(2):  # with its true width the page may need fewer lines
                settle(chosen)
                QApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))  # it scrolls by true heights
            self._area.ensureWidgetVisible(chosen, 0, px(48))
            self._keep_clear(chosen)

    def _keep_clear(self, field: QWidget) -> None:
        """Scroll by as little as leaves room at the lower edge of the page for what is said about a field."""
        if field.height() < self._area.viewport().height() // 2:
            self._area.ensureVisible(0, field.mapTo(self._body, field.rect().bottomLeft()).y(), 0, px(30))
