"""The working view: sections at the left, form over results in the middle, the rail at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from app.live import Figures
from app.panels.forms import FormStack
from app.panels.glance import GlanceRail, RailArea
from app.panels.results import Results, Tabs
from app.panels.sections import SectionList
from app.stops import first_stop, holds, order_stops
from app.theme import label, link, px, rule, set_icon, set_look
from models import Deal, Problem, is_of_scenario, section_marks, section_of, section_summaries, sections

_WIDE, _NARROW = 1400, 960  # for a 13 px font: from here on side panes are a little wider, below much narrower


class Desk(QWidget):
    """Assembles the panes and passes on what they are shown; emits the wishes of all of them."""

    wish = Signal(str, object, str, str)  # path, value, words, merge key
    entries_changed = Signal()
    folded = Signal(bool)
    scenario_wished = Signal(str)  # the path of a scenario in which something is wrong
    furnished = Signal()  # every page and chart is made

    def __init__(self, tabs: Tabs, parent: QWidget | None = None, *, partner: bool = False) -> None:
        super().__init__(parent)
        self.sections = SectionList(partner=partner)
        self.forms = FormStack(guide=not partner, imports=not partner)  # folders are no business of a partner's
        self.results = Results(tabs)
        self.rail = GlanceRail(partner=partner)
        self._rail_area = RailArea(self.rail)
        self._summary_of: Deal | None = None
        self._summaries: dict[str, str] = {}
        self._strip = self._make_strip()
        self._strip_rule = rule()
        self._strip_rule.hide()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.forms)
        self._split.addWidget(self.results)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([px(430), px(380)])
        middle = QWidget()
        set_look(middle, "pane")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._strip_rule)
        column.addWidget(self._split, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.sections, _upright(), middle, _upright(), self._rail_area):
            row.addWidget(part, 1 if part is middle else 0)
        self.forms.wish.connect(self.wish)
        self.forms.entries_changed.connect(self.entries_changed)
        self.sections.chosen.connect(self.forms.show_section)
        self.sections.chosen.connect(self._name_strip)
        self.sections.chosen.connect(self._order_stops)
        self.rail.wished.connect(self.go_to)
        self.results.fold_wished.connect(self.toggle_fold)
        self.results.furnished.connect(self._on_furnished)

    def furnish(self) -> None:
        """Make what shows nothing before there are figures: the charts of the rail, and all results but the first.

        It is half of all widgets, so the first paint of a window does not wait for it; figures do. Where one of these
        parts was needed before, all of them are there already.
        """
        self.results.furnish()

    def open_deal(self, deal: Deal) -> None:
        """Show a deal that was just opened, at the section shown last."""
        self.forms.forget()
        key = self.sections.chosen_key() or sections()[0].key
        self.sections.choose(key)
        self.forms.show_section(key)
        self.show_deal(deal, deal, (), ())

    def section_title(self) -> str:
        """The title of the section shown; "" before there is one."""
        return next((each.title for each in sections() if each.key == self.sections.chosen_key()), "")

    def close_deal(self) -> None:
        """Let go of what was made and shown for the deal that was open."""
        self.forms.forget()
        self.results.forget()

    def show_deal(
        self, deal: Deal, saved: Deal, problems: Sequence[Problem], changed: Sequence[str], below: str = ""
    ) -> None:
        """Show another state of the deal, with its problems and the paths changed since it was saved.

        In a scenario `saved` is the deal that it changes, and `below` names that.
        """
        self.forms.show_deal(deal, saved, below)
        self.show_problems(deal, problems, changed)

    def show_problems(self, deal: Deal, problems: Sequence[Problem], changed: Sequence[str]) -> None:
        """List the problems, and mark the sections they are in."""
        if deal is not self._summary_of:
            self._summary_of = deal
            self._summaries = section_summaries(deal)
        self.sections.show_sections(self._summaries, section_marks(problems, changed))
        self.rail.show_problems(problems)

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of a computed deal in every pane."""
        self.rail.show_glance(figures.glance, figures.case, figures.scenario)
        self._share_width()
        self.results.show_figures(figures)
        self.forms.show_figures(figures)

    def show_expected_loss(self, loss: tuple[float, float | None, int] | None, *, stale: bool) -> None:
        """Show the expected loss of the simulation in the rail, which becomes wider where that needs it."""
        self.rail.show_expected_loss(loss, stale=stale)
        self._share_width()

    def go_to(self, path: str) -> None:
        """Go to the section and the editor of a path, or wish for the scenario that it leads to."""
        if is_of_scenario(path):
            self.scenario_wished.emit(path)
            return
        self.fold(False)
        self.sections.choose(section_of(path).key)
        self.forms.focus_path(path)

    def go_to_section(self, key: str) -> None:
        """Go to the first entry of a section, as somebody does who wishes to write there."""
        self.fold(False)
        self.sections.choose(key)
        (first_stop(self.forms) or self.sections).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold(self, away: bool) -> None:
        """Fold the form away or bring it back."""
        if away == self.forms.isHidden():
            return
        self.forms.setVisible(not away)
        self._strip.setVisible(away)
        self._strip_rule.setVisible(away)
        self.results.show_folded(away)
        self.folded.emit(away)

    def toggle_fold(self) -> None:
        """Fold the form away, or bring it back."""
        self.fold(not self.forms.isHidden())

    def panes(self) -> tuple[QWidget, ...]:
        """The panes that F6 goes through, those in sight."""
        return tuple(pane for pane in (self.sections, self.forms, self.results, self.rail) if not pane.isHidden())

    def step_pane(self, step: int) -> None:
        """Give the keyboard focus to the next pane, or with -1 to the one before."""
        self._order_stops()
        panes = self.panes()
        focus = self.focusWidget()
        holding = (at for at, pane in enumerate(panes) if focus is not None and holds(pane, focus))
        here = next(holding, -1 if step > 0 else 0)
        pane = panes[(here + step) % len(panes)]
        (first_stop(pane) or pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def state(self) -> bytes:
        """Where the splitter stands."""
        return bytes(self._split.saveState().data())

    def restore(self, state: bytes) -> None:
        """Put the splitter where it stood."""
        self._split.restoreState(QByteArray(state))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._share_width()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's own name
        """Tab goes through the panes from left to right, as F6 does, whenever their widgets were made."""
        self._order_stops()
        return super().focusNextPrevChild(next)

    def _on_furnished(self) -> None:
        from app.panels.chart_page import ChartPage  # noqa: PLC0415 - loaded with the pages themselves

        self.rail.furnish()
        for page in self.results.pages():
            if isinstance(page, ChartPage):
                page.wished.connect(self.go_to)
        self.furnished.emit()

    def _order_stops(self) -> None:
        order_stops((self.sections, self._strip, self.forms, self.results, self.rail))

    def _share_width(self) -> None:
        """The side panes are as wide as designed, narrower in large type; the rail is wider where a figure needs it."""
        wide, narrow = self.width() >= px(_WIDE), self.width() < px(_NARROW)
        least = max(px(152), self.sections.needed_width())
        self.sections.setFixedWidth(px(208 if wide else 192) if not narrow else min(px(192), least))
        rail = self._rail_area
        rail.setFixedWidth(max(px(312 if wide else 240 if narrow else 288), rail.needed_width()))

    def _make_strip(self) -> QWidget:
        strip = QWidget()
        strip.setFixedHeight(px(34))
        mark = QLabel()
        set_icon(mark, "panel-top-open")
        self._strip_words = label("", "small", "secondary")
        show = link("Show the form")
        show.clicked.connect(self.toggle_fold)
        row = QHBoxLayout(strip)
        row.setContentsMargins(px(20), 0, px(12), 0)
        row.setSpacing(px(8))
        for part in (mark, self._strip_words, show, label("Ctrl+M", "small", "secondary")):
            row.addWidget(part)
        row.addStretch(1)
        strip.hide()
        return strip

    def _name_strip(self, key: str) -> None:
        title = next(section.title for section in sections() if section.key == key)
        self._strip_words.setText(f"{title} form is folded away")


def _upright() -> QFrame:
    made = QFrame()
    made.setFixedWidth(1)
    set_look(made, "rule")
    return made
