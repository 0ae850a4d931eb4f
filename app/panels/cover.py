"""Debt and cover, with the cover of another state of the deal drawn over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.charts.of_deal import Overlay, cover_chart
from app.charts.spec import Chart
from app.live import Figures
from app.panels.chart_page import ChartPage, Empty
from app.theme import label, px

TITLE = "Debt && cover"


def cover_of(figures: Figures, over: Overlay | None = None) -> Chart | Empty:
    """The chart of some figures, or why there is none."""
    cover = figures.glance.cover
    return cover_chart(cover, over) or Empty(cover.subtitle, "Go to the terms of the debt", "senior_debt.sizing")


class CoverPage(ChartPage):
    """`overlay_wished` asks for the cover of a state by its key, "" for none."""

    overlay_wished = Signal(str)

    def __init__(self) -> None:
        super().__init__(TITLE, "cover", self._described)
        self._over: Overlay | None = None
        self._figures: Figures | None = None
        self.box = QComboBox()
        self.box.setAccessibleName("Overlay")
        self.box.setToolTip("Draw the cover of another state of the deal over this one")
        self.box.setMinimumWidth(px(110))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.activated.connect(lambda _at: self.overlay_wished.emit(self.chosen()))
        self._choice = QWidget(self.view())  # beside the title of the chart
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        words = label("Overlay", "small", "secondary")
        words.setBuddy(self.box)
        row.addWidget(words)
        row.addWidget(self.box)
        head = QHBoxLayout()
        head.addStretch(1)
        head.addWidget(self._choice)
        column = QVBoxLayout(self.view())
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addStretch(1)
        self._choice.hide()

    def show_figures(self, figures: Figures) -> None:
        """Draw other figures, under the overlay as it was."""
        self._figures = figures
        super().show_figures(figures)

    def offer(self, states: Sequence[tuple[str, str]]) -> None:
        """Offer states by key and name to be drawn over; what was chosen stays so where it still is on offer."""
        known = [(self.box.itemData(at), self.box.itemText(at)) for at in range(1, self.box.count())]
        if known != list(states):
            before = self.chosen()
            self.box.clear()
            self.box.addItem("none", "")
            for key, name in states:
                self.box.addItem(name, key)
            self.box.setCurrentIndex(max(0, self.box.findData(before)))
            if self.chosen() != before:
                self.show_overlay(None)
            self._choice.setVisible(bool(states))
            if self._figures is not None:
                super().show_figures(self._figures)  # its title makes room for the choice

    def chosen(self) -> str:
        """The key of the state drawn over, "" for none."""
        return str(self.box.currentData() or "")

    def show_overlay(self, over: Overlay | None) -> None:
        """Draw the cover of a state over that of the deal, or none."""
        self._over = over
        if self._figures is not None:
            super().show_figures(self._figures)

    def forget(self) -> None:
        """Another deal is open."""
        self._over = self._figures = None
        self.offer(())

    def _described(self, figures: Figures) -> Chart | Empty:
        """The chart with room for the choice beside its title, or why there is none."""
        chart = cover_of(figures, self._overlay(figures))
        if isinstance(chart, Empty) or self._choice.isHidden():
            return chart
        return replace(chart, aside=self._choice.sizeHint().width() + px(16))

    def _overlay(self, figures: Figures) -> Overlay | None:
        return self._over if figures.path is None else None  # a simulated path is looked at alone
