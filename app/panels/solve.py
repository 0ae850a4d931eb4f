"""Solve: the value of one term at which a key figure meets a target, rounded before it enters the deal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

import models  # figures are shown in units of the analysis, which is loaded with the first figures
from app.forms.figure_entry import FigureEntry
from app.panels.study_bar import StudyBar
from app.panels.term_box import TermBox
from app.requests import Offer, SolveRequest
from app.tables.outlet import Outlet
from app.theme import internal_tag, label, link, px, rule, set_look

if TYPE_CHECKING:
    from models import CellTable, Deal, SolvePicture

_BEGIN = "Choose a term, a key figure and its target."
_FIRST = "revenue_share.rates*"


class SolveDialog(QDialog):
    """Stands beside the window; what it wants are wishes. `apply_wished` carries changes by path and their words."""

    wanted = Signal(object)  # SolveRequest
    stop_wished = Signal()
    apply_wished = Signal(object, str)
    scenario_wished = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Solve for a term")
        self.setModal(False)
        self._offer: Offer | None = None
        self._deal: Deal | None = None
        self._found: SolvePicture | None = None
        self.term = TermBox("Term to vary")
        self.term.setMinimumWidth(px(340))
        self.term.setMaximumWidth(px(420))
        self.figure = QComboBox()
        self.target = FigureEntry("Target")
        self.unit = label("", "small", "secondary")
        self.level = QComboBox()
        self.low, self.high = FigureEntry("Lowest value tried"), FigureEntry("Highest value tried")
        self.term_unit = label("", "small", "secondary")
        self.go = QPushButton("Solve")
        self.bar = StudyBar()
        self.title = label(_BEGIN, "strong", wrap=True)
        self.reason = label("", "body", "secondary", wrap=True)
        self.roots = QComboBox()
        self.step = QComboBox()
        self.answer = label("", "body", wrap=True)
        self.changes = label("", "small", "secondary", wrap=True)
        self.apply = QPushButton("Enter into the deal")
        self.as_scenario = link("As a new scenario", "layers")
        self._result = QWidget()
        self._internal = internal_tag("Internal target: enter a rounded value")
        self._result.setAccessibleName("Solve")
        self.outlet = Outlet(self._result, self._table, self._table)
        self._copy = link("Copy", "copy")
        self._save = link("Save as Excel…")
        self._build()

    def _build(self) -> None:
        for box, name in (
            (self.figure, "Key figure"),
            (self.level, "Values that matter"),
            (self.roots, "Values that meet the target"),
            (self.step, "Rounding"),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for entry in (self.low, self.high):
            entry.setPlaceholderText("usual")
        set_look(self.go, "primary")
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(8))
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("&Vary", (self.term,)),
            ("&between", (self.low, label("and", "small", "secondary"), self.high, self.term_unit)),
            ("&until", (self.figure,)),
            ("&is", (self.target, self.unit, self.level)),
        )
        for at, (words, parts) in enumerate(rows):
            head = label(words)
            head.setBuddy(parts[0])
            grid.addWidget(head, at, 0)
            row = QHBoxLayout()
            row.setSpacing(px(8))
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
            grid.addLayout(row, at, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.bar)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addWidget(rule())
        column.addWidget(self.title)
        column.addWidget(self.reason)
        column.addWidget(self._result)
        column.addStretch(1)
        self._build_result()
        self.setMinimumWidth(px(560))
        self.term.chosen.connect(lambda _path: self._show_units())
        self.figure.activated.connect(lambda _at: self._choose_figure())
        self.level.activated.connect(self._take_level)
        self.target.textChanged.connect(lambda _text: self._allow())
        self.go.clicked.connect(self._want)
        self.bar.stop_wished.connect(self.stop_wished)
        self.bar.again_wished.connect(self._want)
        self.go.setDefault(True)
        self._allow()

    def _build_result(self) -> None:
        self._roots_row = QWidget()
        inside = QHBoxLayout(self._roots_row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(label("Value", "body"))
        inside.addWidget(self.roots)
        inside.addStretch(1)
        rounding = QHBoxLayout()
        rounding.addWidget(label("Rounded", "body"))
        rounding.addWidget(self.step)
        rounding.addWidget(self._internal)
        rounding.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.apply)
        buttons.addWidget(self.as_scenario)
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self._result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._roots_row)
        column.addWidget(self.answer)
        column.addLayout(rounding)
        column.addWidget(self.changes)
        column.addLayout(buttons)
        self._result.hide()
        self.roots.activated.connect(lambda _at: self._show_root())
        self.step.activated.connect(lambda _at: self._show_step())
        self.apply.clicked.connect(lambda: self._enter(self.apply_wished))
        self.as_scenario.clicked.connect(lambda: self._enter(self.scenario_wished))
        self._copy.clicked.connect(lambda _checked: self.outlet.copy())
        self._save.clicked.connect(lambda: self.outlet.save(".xlsx"))

    # what is on offer

    def offer(self, offer: Offer, deal: Deal) -> None:
        """Offer the terms and figures of the deal as it is."""
        self._offer, self._deal = offer, deal
        fresh = self.term.count() == 0
        self.term.offer(offer.labelled())
        if fresh:
            self.term.choose(_FIRST)
            for figure in (*offer.figures, *offer.simulated):
                words = " (simulated, internal)" if figure in offer.simulated else ""
                words = words or (" (internal)" if figure.internal else "")
                if figure.unit != "1 or 0":
                    self.figure.addItem(figure.label + words, figure.name)
            self.figure.setCurrentIndex(self.figure.findData("partner_irr"))
            self._choose_figure()
        self._show_units()
        self._allow()

    def _kpi(self) -> str:
        return str(self.figure.currentData() or "")

    def _choose_figure(self) -> None:
        """Offer the values that matter for the key figure; the first is the target to begin with."""
        self._show_units()
        levels = self._offer.levels.get(self._kpi(), ()) if self._offer is not None else ()
        self.level.clear()
        for each in levels:
            self.level.addItem(each.label, each.value)
        self.level.setVisible(bool(levels))
        self.target.put(levels[0].value if levels else None)

    def _take_level(self, at: int) -> None:
        self.target.put(float(self.level.itemData(at)))

    def _show_units(self) -> None:
        if self._offer is None or self._deal is None:
            return
        known = {figure.name: figure for figure in (*self._offer.figures, *self._offer.simulated)}
        figure = known.get(self._kpi())
        if figure is not None:
            suffix = models.figure_scale(self._deal, figure.name).unit
            self.target.use_figure(figure.unit, suffix, self._offer.currency)
            self.unit.setText(suffix)
        term = self._offer.term(self.term.path())
        if term is not None:
            for entry in (self.low, self.high):
                entry.use_term(term.field, self._offer.currency, scales=term.scales)
            dates = term.field.unit is models.Unit.MONTH
            self.term_unit.setText("% of now" if term.scales else "" if dates else term.unit)

    def _allow(self) -> None:
        self.go.setEnabled(self._offer is not None and self.target.value() is not None)

    # what was found

    def forget(self) -> None:
        """Another deal is open."""
        self._found = self._offer = self._deal = None
        self._result.hide()
        self.title.setText(_BEGIN)
        self.reason.hide()
        self.figure.clear()
        self.term.clear()
        self._allow()

    def show_progress(self, done: float) -> None:
        """The search goes on."""
        self.bar.show_progress(done)
        self._result.setEnabled(False)

    def show_found(self, found: SolvePicture) -> None:
        """Show what the search came to."""
        self._found = found
        self.bar.say("")
        self.title.setText(found.title)
        self.reason.setText(found.reason)
        self.reason.setVisible(bool(found.reason))
        self._result.setVisible(bool(found.roots))
        self._result.setEnabled(True)
        if found.roots:
            self.roots.clear()
            self.roots.addItems([root.text for root in found.roots])
            self.roots.setCurrentIndex(found.best)
            self._roots_row.setVisible(len(found.roots) > 1)
            self._show_root()
        self.adjustSize()

    def _table(self) -> CellTable | None:
        """Every value found, exact; None where there is none."""
        return self._found.table if self._found is not None and self._found.roots else None

    def refuse(self, sentence: str) -> None:
        """Say why nothing was searched."""
        self._found = None
        self.bar.say("")
        self.title.setText("No value was found")
        self.reason.setText(sentence)
        self.reason.show()
        self._result.hide()

    def show_stopped(self) -> None:
        """The search was stopped."""
        self.bar.say("Stopped", again=True)
        self._result.hide()

    def show_stale(self) -> None:
        """The deal has changed since; an old value is not entered."""
        if self._found is not None:
            self.bar.say("Stale: the deal has changed since", stale=True, again=True)
            self._result.setEnabled(False)

    def _show_root(self) -> None:
        assert self._found is not None
        root = self._found.roots[max(0, self.roots.currentIndex())]
        self.answer.setText(
            f"{root.text} gives {root.achieved_text}, "
            + (f"{root.residual_text} from the target." if root.residual_text else "the target itself.")
        )
        chosen = max(0, self.step.currentIndex())
        self.step.clear()
        self.step.addItems([each.step_text for each in root.entered])
        self.step.setCurrentIndex(chosen if chosen < len(root.entered) else 0)
        self._show_step()

    def _show_step(self) -> None:
        assert self._found is not None
        root = self._found.roots[max(0, self.roots.currentIndex())]
        entered = root.entered[max(0, self.step.currentIndex())]
        self.changes.setText("\n".join((*entered.words, f"That gives {entered.achieved_text}.")))
        known = self._offer.figures if self._offer is not None else ()
        public = any(figure.name == self._kpi() and not figure.internal for figure in known)
        self._internal.setVisible(not public and not entered.step)

    # wishes

    def _want(self) -> None:
        target = self.target.value()
        if target is not None:
            self.wanted.emit(SolveRequest(self.term.path(), self._kpi(), target, self.low.value(), self.high.value()))

    def _enter(self, wish: SignalInstance) -> None:
        assert self._found is not None
        root = self._found.roots[max(0, self.roots.currentIndex())]
        entered = root.entered[max(0, self.step.currentIndex())]
        words = entered.words[0] if len(entered.words) == 1 else f"{len(entered.words)} fields solved"
        wish.emit(entered.changes, words)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
