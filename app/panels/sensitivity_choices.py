"""What a sensitivity is asked about: the key figure, the kind of picture, and its terms."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from app.forms.figure_entry import FigureEntry
from app.panels.term_box import TermBox
from app.requests import FrontierRequest, GridRequest, Offer, SweepRequest, TornadoRequest
from app.study import Request
from app.theme import Flow, internal_tag, label, px, set_look, together
from models import Unit

TORNADO, ONE, TWO, FRONTIER = range(4)
_KINDS = ("Tornado", "One term", "Two terms", "Frontier")
_SPREADS = (("by 5 %", 0.05), ("by 10 %", 0.1), ("by 20 %", 0.2), ("over all that is allowed", 0.0))
_FIRST = ("revenue_share.rates*", "credit_support[0].floor_prices*", "senior_debt.target_dscr")


class SensitivityChoices(QWidget):
    """`changed` tells that another request is wanted; `request` is it, None while nothing is on offer."""

    changed = Signal()
    terms_wished = Signal()  # the terms of the tornado are to be chosen

    def __init__(self, bar: QWidget, parent: QWidget | None = None) -> None:
        """`bar`, which says how far a computation is, stands behind the choices."""
        super().__init__(parent)
        self._bar = bar
        self.kind = TORNADO
        self._offer: Offer | None = None
        self._least: float | None = None
        self.figure = QComboBox()
        self.figure.setAccessibleName("Key figure")
        self.spread = QComboBox()
        self.spread.setAccessibleName("How far each term is moved")
        for words, part in _SPREADS:
            self.spread.addItem(words, part)
        self.spread.setCurrentIndex(1)
        self.term = TermBox("Term")
        self.across = TermBox("Term across")
        self.low, self.high = FigureEntry("Lowest value"), FigureEntry("Highest value")
        self.term_unit = label("", "small", "secondary")
        self._ends: tuple[float | None, float | None] = (None, None)
        self.up = TermBox("Term upwards")
        self.first = TermBox("First term")
        self.second = TermBox("Second term")
        self.least = FigureEntry("Least cover")
        self.least.use_figure("x", "x", "USD")
        self.level = QComboBox()
        self.level.setAccessibleName("Contour")
        self.pick = QPushButton("Choose terms…")
        set_look(self.pick, "link")
        self.kinds = [QPushButton(words) for words in _KINDS]
        self._cover = _row("with cover of at least", self.least, "x")
        self._internal = internal_tag()
        self._build()

    def _build(self) -> None:
        for box in (self.figure, self.level):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._more = (
            _row("each term", self.spread, self.pick),
            _row("over", self.term, "from", self.low, "to", self.high, self.term_unit),
            _row("over", self.across, "and", self.up, "at", self.level),
            _row("of", self.first, "and", self.second),
        )
        for at, button in enumerate(self.kinds):
            button.clicked.connect(lambda _checked=False, kind=at: self.choose_kind(kind))
        row = Flow(gap=12)
        for part in (together(*self.kinds, gap=4), self.figure, self._cover, self._internal, self._bar):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(row)
        for more in self._more:
            column.addWidget(more)
        self._show_kind()
        self.figure.activated.connect(self._on_figure)
        for box in (self.spread, self.level):
            box.activated.connect(self.changed)
        self.term.chosen.connect(self._on_term)
        for entry in (self.low, self.high):
            entry.setPlaceholderText("usual")
            entry.editingFinished.connect(self._on_ends)
        for each in (self.across, self.up, self.first, self.second):
            each.chosen.connect(self.changed)
        self.least.editingFinished.connect(self._on_least)
        self.pick.clicked.connect(self.terms_wished)

    def offer(self, offer: Offer) -> None:
        """Offer the key figures and terms of another deal."""
        self._offer = offer
        names = [figure.name for figure in (*offer.figures, *offer.simulated) if figure.unit != "1 or 0"]
        shown = [self.figure.itemData(at) for at in range(self.figure.count())]
        if names != shown:
            chosen = self.figure.currentData() or "partner_irr"
            self.figure.clear()
            for figure in offer.figures:
                if figure.name in names:
                    self.figure.addItem(figure.label + (" (internal)" if figure.internal else ""), figure.name)
            for figure in offer.simulated:
                self.figure.addItem(f"{figure.label} (simulated, internal)", figure.name)
            self.figure.setCurrentIndex(max(0, self.figure.findData(chosen)))
        paths = [term.path for term in offer.terms]
        boxes = (self.term, self.across, self.up, self.first, self.second)
        for box, first in zip(boxes, (_FIRST[0], _FIRST[1], _FIRST[0], _FIRST[0], _FIRST[1]), strict=True):
            fresh = box.count() == 0
            box.offer(offer.labelled())
            if fresh:
                box.choose(first if first in paths else paths[0])
        for one, other in ((self.across, self.up), (self.first, self.second)):
            if one.path() == other.path():
                other.choose(next((path for path in _FIRST if path in paths and path != one.path()), paths[-1]))
        lockup = next((each.value for each in offer.levels["min_dscr"]), None)
        if not self.least.text():
            self.least.put(lockup)
        self._show_term()
        self._offer_levels()

    def choose_kind(self, kind: int) -> None:
        """Show another kind of picture."""
        if kind != self.kind:
            self.kind = kind
            self._show_kind()
            self.changed.emit()

    def choose_term(self, path: str) -> None:
        """Look at one term alone between its usual ends, if it is on offer."""
        self.term.choose(path)
        if self.term.path() == path:
            self._forget_ends()
            self.choose_kind(ONE)

    def choose_figure(self, name: str) -> None:
        """Ask about another key figure."""
        self.figure.setCurrentIndex(self.figure.findData(name))
        self._on_figure()

    def request(self) -> Request | None:
        """What is asked for now, apart from the choice of terms of a tornado."""
        kpi = self.figure.currentData()
        if self._offer is None or not isinstance(kpi, str):
            return None
        if self.kind == TORNADO:
            spread = float(self.spread.currentData())
            return TornadoRequest(kpi, spread or 0.1, by_range=not spread)
        if self.kind == ONE:
            return SweepRequest(kpi, self.term.path(), *self._ends)
        if self.kind == FRONTIER:
            return FrontierRequest(self.first.path(), self.second.path(), self.least.value())
        return GridRequest(kpi, self.across.path(), self.up.path(), str(self.level.currentData() or ""))

    def _on_term(self) -> None:
        """Another term is swept between its usual ends."""
        self._forget_ends()
        self.changed.emit()

    def _forget_ends(self) -> None:
        for entry in (self.low, self.high):
            entry.clear()
        self._ends = (None, None)
        self._show_term()

    def _show_term(self) -> None:
        term = self._offer.term(self.term.path()) if self._offer is not None else None
        if self._offer is not None and term is not None:
            for entry in (self.low, self.high):
                entry.use_term(term.field, self._offer.currency, scales=term.scales)
            self.term_unit.setText("% of now" if term.scales else "" if term.field.unit is Unit.MONTH else term.unit)

    def _on_ends(self) -> None:
        ends = (self.low.value(), self.high.value())
        if not (self.low.problem() or self.high.problem()) and ends != self._ends:
            self._ends = ends
            self.changed.emit()

    def _on_least(self) -> None:
        if self.kind == FRONTIER and not self.least.problem() and self.least.value() != self._least:
            self._least = self.least.value()
            self.changed.emit()

    def is_simulated(self) -> bool:
        """Whether what is asked for needs a simulation, which is run only when it is wanted."""
        simulated = self._offer.simulated if self._offer is not None else ()
        return self.kind != FRONTIER and any(each.name == self.figure.currentData() for each in simulated)

    def _mark_internal(self) -> None:
        """What a partner must not see carries its mark: a frontier always, else a figure of the vendor's own."""
        known = (*self._offer.figures, *self._offer.simulated) if self._offer is not None else ()
        secret = any(figure.internal and figure.name == self.figure.currentData() for figure in known)
        self._internal.setVisible(secret or self.kind == FRONTIER)

    def _on_figure(self) -> None:
        self._mark_internal()
        self._offer_levels()
        self.changed.emit()

    def _offer_levels(self) -> None:
        known = self._offer.levels.get(str(self.figure.currentData()), ()) if self._offer is not None else ()
        labels = ["", *(each.label for each in known)]
        if [self.level.itemData(at) for at in range(self.level.count())] != labels:
            self.level.clear()
            for name in labels:
                self.level.addItem(name or "none", name)
            self.level.setCurrentIndex(1 if known else 0)

    def _show_kind(self) -> None:
        for at, more in enumerate(self._more):
            more.setVisible(at == self.kind)
        self._mark_internal()
        self.figure.setVisible(self.kind != FRONTIER)  # a frontier is about vendor and partner at once
        self._cover.setVisible(self.kind == FRONTIER)
        for at, button in enumerate(self.kinds):
            set_look(button, "chosen" if at == self.kind else "link")
            button.setAccessibleDescription("chosen" if at == self.kind else "")


def _row(*parts: QWidget | str) -> QWidget:
    """A row of controls; words stay beside what follows them, or at the end beside what they follow."""
    made = QWidget()
    row = Flow(made, gap=6)
    held: list[QWidget] = []
    for at, part in enumerate(parts):
        held.append(label(part, "small", "secondary") if isinstance(part, str) else part)
        if not isinstance(part, str) and any(not isinstance(each, str) for each in parts[at + 1 :]):
            row.addWidget(together(*held, gap=6))
            held = []
    row.addWidget(together(*held, gap=6))
    return made
