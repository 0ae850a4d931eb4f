"""The head of an explanation: back and forward, the way that led here, and the month."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.theme import clear, label, link, px, tool

MOST_STEPS = 3


class ExplainHead(QWidget):
    """Emits wishes: `back`, `forward`, a step of the way by its number from the end, and another month."""

    back = Signal()
    forward = Signal()
    step_wished = Signal(int)  # 1 for the step before
    month_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = tool("arrow-left", "Back (Alt+Left)")
        self._forward = tool("arrow-right", "Forward (Alt+Right)")
        self._way = QWidget()
        self._steps = QHBoxLayout(self._way)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self._steps.setSpacing(px(2))
        self._shown: list[tuple[str, str]] | None = None
        self._words = label("Month", "small", "secondary")
        self._earlier = tool("chevron-left", "The month before")
        self._later = tool("chevron-right", "The month after")
        self._month = QComboBox()
        self._month.setAccessibleName("Month")
        self._month.setMinimumWidth(px(110))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        for part in (self._back, self._forward, self._way):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._words, self._earlier, self._month, self._later):
            row.addWidget(part)
        self._back.clicked.connect(self.back)
        self._forward.clicked.connect(self.forward)
        self._month.activated.connect(self.month_wished)
        self._earlier.clicked.connect(lambda: self.month_wished.emit(self._month.currentIndex() - 1))
        self._later.clicked.connect(lambda: self.month_wished.emit(self._month.currentIndex() + 1))

    def show_way(self, way: Sequence[tuple[str, str]], can_back: bool, can_forward: bool) -> None:
        """Show the figures that led here, the present one last; the deal of another one than is shown is told too."""
        self._back.setEnabled(can_back)
        self._forward.setEnabled(can_forward)
        shown = list(way)[-MOST_STEPS:]
        if shown == self._shown:  # a key was typed: the links stay, and with them the focus
            return
        self._shown = shown
        clear(self._steps)
        for at, (name, deal) in enumerate(shown):
            last = at == len(shown) - 1
            if last:
                here = label(name, "strong")
                here.setContentsMargins(px(4), 0, 0, 0)
                self._steps.addWidget(here)
                continue
            back = link(name)
            back.setToolTip(deal)
            back.setAccessibleName(", ".join(filter(None, (name, deal))))
            steps = len(shown) - 1 - at
            back.clicked.connect(lambda _checked=False, by=steps: self.step_wished.emit(by))
            self._steps.addWidget(back)
            self._steps.addWidget(label("›", "body", "secondary"))

    def show_month(self, months: Sequence[str], month: int | None) -> None:
        """Offer the months of the model; without a month (one figure for the deal) there is none to choose."""
        if self._month.count() != len(months) or self._month.itemText(0) != (months[0] if months else ""):
            self._month.clear()
            self._month.addItems(list(months))
        for part in (self._words, self._month, self._earlier, self._later):
            part.setVisible(month is not None)
        if month is not None:
            self._month.setCurrentIndex(month)
            self._earlier.setEnabled(month > 0)
            self._later.setEnabled(month < len(months) - 1)
        self._month.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._month.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
