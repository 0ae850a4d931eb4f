"""The start page: templates to begin from, deals opened lately, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from app.panels.leftovers import Leftovers
from app.settings import RecentDeal, told_apart
from app.tables.figures import DASH, figure
from app.theme import CutLink, aligned, label, link, px, rule, set_icon, set_look, verbatim
from models import Template

NEWS = (
    ("Scenarios and terms", "Layers over the base; solve for a term, see what moves a figure and why it moved."),
    ("Risk, simulated", "Every path through the whole model: expected loss, capital and RAROC with standard errors."),
    ("Any figure explained", "Double-click it: reason, formula, the values that went in, and links further down."),
    ("Out and back", "Term sheets, workbooks with live formulas, and a returned workbook laid beside the deal."),
    ("For a shared screen", "The partner view holds nothing internal, wherever one looks."),
)


_WIDE = 1750  # from this width on, for a 13 px font, the cards stand in two columns


class Card(QAbstractButton):
    """A template as a card: icon, title, when to use it, its terms."""

    stepped = Signal(int)  # an arrow key: to the next or the one before
    line_stepped = Signal(int)  # to the one below or above

    def __init__(self, template: Template) -> None:
        super().__init__()
        set_look(self, "card")
        self.template = template
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{template.title}. {template.when_to_use} {template.terms}")
        follows = f"Illustration. Follows: {template.source}"
        self.setToolTip(follows)
        self.setAccessibleDescription(follows)
        self.setText(template.title)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        icon = QLabel()
        set_icon(icon, template.icon, "link", 20)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(label(template.title, "card"))
        words.addWidget(label(template.when_to_use, wrap=True))
        words.addWidget(label(template.terms, "small", "secondary", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(9), px(16), px(9))
        row.setSpacing(px(16))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        option = QStyleOption()
        option.initFrom(self)
        with QPainter(self) as painter:
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        key = event.key()
        if key in _ASIDE:
            self.stepped.emit(_ASIDE[Qt.Key(key)])
        elif key in _LINES:
            self.line_stepped.emit(_LINES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


_ASIDE = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LINES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class StartPage(QScrollArea):
    """Emits what the user wishes to open; it opens nothing itself."""

    template_wished = Signal(str)  # name of a template
    file_wished = Signal(str)  # path of a recent deal
    open_wished = Signal()
    back_wished = Signal()
    changes_wished = Signal()  # what each version brought

    def __init__(self, templates: Sequence[Template], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        set_look(page, "window")
        self.setWidget(page)
        self._cards = [self._card(template) for template in templates]
        self._columns = 0
        self._grid = QGridLayout()
        self._recent = QFrame()
        self._back = link("Back to the deal", "arrow-left")
        self._back.clicked.connect(self.back_wished)
        self._back.hide()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        self._inner = inner = QWidget()
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer.addWidget(inner, 20)
        outer.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(24), px(24), px(24), px(16))
        column.setSpacing(px(4))
        column.addLayout(aligned(self._back))
        column.addWidget(label("Backstop", "explain"))
        column.addWidget(label("Structure, price and explain credit support for AI factories", "body", "secondary"))
        column.addSpacing(px(16))
        self.leftovers = Leftovers()
        column.addWidget(self.leftovers)
        column.addSpacing(px(12))
        self._halves = halves = QHBoxLayout()
        halves.setSpacing(px(48))
        halves.addLayout(self._template_column(), 10)
        halves.addLayout(self._recent_column(), 11)
        self._arrange()
        column.addLayout(halves)
        column.addStretch(1)

    def show_recent(self, deals: Sequence[RecentDeal], now: datetime) -> None:
        """List the deals opened lately; `now` tells today from earlier days."""
        fresh = QFrame()
        set_look(fresh, "pane")
        grid = QGridLayout(fresh)
        grid.setContentsMargins(px(14), px(8), px(14), px(8))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if not deals:
            words = "No deal yet. One that you open or save is listed here."
            grid.addWidget(label(words, "body", "secondary", wrap=True), 0, 0, 1, 4)
        else:
            for at, (words, side) in enumerate(
                (("Deal", None), ("Partner", None), ("Partner IRR, %", right), ("Changed", right))
            ):
                grid.addWidget(label(words, "small", "secondary"), 0, at, side or Qt.AlignmentFlag.AlignVCenter)
            grid.setRowMinimumHeight(0, px(28))
            grid.addWidget(rule("head-rule"), 1, 0, 1, 4)
        grid.setColumnStretch(1, 1)  # names have the width they wish, as far as there is room
        for at, (deal, title) in enumerate(zip(deals, told_apart(deals), strict=True)):
            self._recent_row(grid, 2 + 2 * at, deal, title, now)
        self._recent_holder.replaceWidget(self._recent, fresh)
        self._recent.hide()
        self._recent.deleteLater()
        self._recent = fresh

    def show_back(self, name: str) -> None:
        """Offer the way back to the open deal, or none where `name` is empty."""
        self._back.setText(f"Back to {verbatim(name)}")
        self._back.setVisible(bool(name))

    def focus(self) -> None:
        """Take the keyboard focus, on the first template."""
        if self._cards:
            self._cards[0].setFocus()

    def cards(self) -> tuple[Card, ...]:
        """The templates as shown."""
        return tuple(self._cards)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def _card(self, template: Template) -> Card:
        card = Card(template)
        card.clicked.connect(lambda: self.template_wished.emit(template.name))
        card.stepped.connect(lambda step: self._step(card, step))
        card.line_stepped.connect(lambda step: self._step(card, step * self._columns))
        return card

    def _step(self, card: Card, step: int) -> None:
        at = self._cards.index(card) + step
        if 0 <= at < len(self._cards):
            self._cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(self._cards[at])

    def _template_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(label("Start from a template", "panel"))
        column.addWidget(label("Arrow keys choose, Enter opens. All figures are illustrations.", "small", "secondary"))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(8))
        column.addLayout(self._grid)
        column.addStretch(1)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The cards in one column, or in two where the window is wide."""
        columns = 2 if self.width() >= px(_WIDE) else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._inner.setMaximumWidth(px(1200 if columns == 1 else 1860))
        self._halves.setStretch(0, 10 * columns)
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _recent_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(8))
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(px(8))
        titles.addWidget(label("Recent deals", "panel"))
        titles.addWidget(label("Figures as last saved", "small", "secondary"))
        head.addLayout(titles, 1)
        opener = QPushButton("Open a file")
        set_icon(opener, "folder-open")
        opener.setToolTip("A deal can also be dropped anywhere on the window")
        opener.clicked.connect(self.open_wished)
        head.addWidget(opener, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._recent_holder = QVBoxLayout()
        self._recent_holder.addWidget(self._recent)
        column.addLayout(self._recent_holder)
        column.addSpacing(px(20))
        column.addWidget(label("New in this version", "panel"))
        for title, words in NEWS:
            block = QVBoxLayout()
            block.setSpacing(px(2))
            block.addWidget(label(title))
            block.addWidget(label(words, "small", "secondary", wrap=True))
            column.addLayout(block)
        changes = link("All changes")
        changes.clicked.connect(self.changes_wished)
        column.addLayout(aligned(changes))
        column.addStretch(1)
        return column

    def _recent_row(self, grid: QGridLayout, row: int, deal: RecentDeal, title: str, now: datetime) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        name = CutLink(title)
        name.setToolTip(deal.path)
        name.setAccessibleName(f"Open {deal.name}, {Path(deal.path).name}")
        name.clicked.connect(lambda: self.file_wished.emit(deal.path))
        irr = DASH if deal.partner_irr is None else figure(deal.partner_irr, -2, 1)
        grid.addLayout(aligned(name), row, 0)
        grid.addWidget(label(deal.partner, "body", "secondary"), row, 1)
        grid.addWidget(label(irr), row, 2, right)
        grid.addWidget(label(_when(deal.changed, now), "body", "secondary"), row, 3, right)
        grid.setRowMinimumHeight(row, px(34))
        grid.addWidget(rule(), row + 1, 0, 1, 4)


def _when(changed: float, now: datetime) -> str:
    """A time of a file: `today 09:44` or `12 Nov 2026`."""
    moment = datetime.fromtimestamp(changed)
    if moment.date() == now.date():
        return f"today {moment:%H:%M}"
    return f"{moment.day} {moment:%b %Y}"
