"""Brings every wish to explain a figure, from wherever it comes, to the page that explains."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.charts.view import ChartView
from app.desk import Desk
from app.explaining import Explained, Explaining, figure_in_focus
from app.live import Live
from app.panels.cash_flow import CashFlowPage
from app.panels.explain import ExplainPage
from app.panels.risk import RiskPage
from app.places import AnyPlace, FigurePlace
from app.reference import LineReference
from app.tables.plain import PlainTable

FIRST = FigurePlace("partner_irr")
"""What is explained before anything else was asked for."""
LOSS = FigurePlace("net_support_npv")
"""The line whose distribution over the paths a simulation measures."""


class ExplainRoutes(QObject):
    """Connects rail, tables, forms and keys with `explaining`, and that with its page."""

    def __init__(
        self, explaining: Explaining, desk: Desk, live: Live, parent: QObject, *, partner: bool = False
    ) -> None:
        super().__init__(parent)
        self._partner = partner
        self._explaining = explaining
        self._desk = desk
        self._live = live
        page = desk.results.page(ExplainPage)
        self._page = page
        explaining.read_tabs(lambda: desk.results.shown)
        page.wished.connect(explaining.go_on)
        page.field_wished.connect(desk.go_to)
        page.refresh_wished.connect(self._refresh)
        page.leave_wished.connect(explaining.leave_case)
        page.head.back.connect(explaining.back)
        page.head.forward.connect(explaining.forward)
        page.head.step_wished.connect(self._step_back)
        page.months.explain_wished.connect(explaining.go_on)
        desk.rail.explain_wished.connect(self._open_of_deal)
        desk.forms.explain_wished.connect(self.open)
        for chart in desk.findChildren(ChartView):
            chart.explain_wished.connect(self._way_from(chart))
        for table in desk.findChildren(PlainTable):
            table.explain_wished.connect(self.open)
        desk.results.page(CashFlowPage).table().explain_wished.connect(self.open)
        if not partner:
            risk = desk.results.page(RiskPage)
            explaining.read_simulation(risk.results.simulation)
            risk.results.explain_wished.connect(self.open)
            page.path_wished.connect(lambda path, what: self._open_path(risk, path, what))
        explaining.shown.connect(self._on_shown)
        explaining.moved.connect(page.show_way)
        explaining.refused.connect(page.refuse)

    def open(self, place: AnyPlace) -> None:
        """Explain a figure and bring the page to the front."""
        self._explaining.explain(place)
        self._desk.results.choose(self._page.title)

    def explain_focus(self) -> None:
        """Explain the figure that the keyboard focus is on, or come back to the one looked at last."""
        place, focus = figure_in_focus(), QApplication.focusWidget()
        if place is not None and focus is not None:
            self._way_from(focus)(place)
        else:
            self._desk.results.choose(self._page.title)

    def show_reference(self) -> LineReference:
        """Open the list of all line items, at the one looked at."""
        figures = self._live.figures
        deal = None if figures is None else figures.case.deal
        page = LineReference(self._desk.window(), deal, partner=self._partner)
        place = self._explaining.place
        if place is not None:
            page.go_to(f"{place.name.partition('[')[0]}[]" if "[" in place.name else place.name)
        page.show()
        return page

    def forget(self) -> None:
        """Another deal is open."""
        self._explaining.forget()
        self._page.forget()

    def _way_from(self, widget: QWidget) -> Callable[[AnyPlace], None]:
        """How a figure is explained that stands in a widget: on the page itself it is a step further."""
        if self._page.isAncestorOf(widget):
            return self._go_on
        return self._open_of_deal if self._desk.rail.isAncestorOf(widget) else self.open

    def _go_on(self, place: AnyPlace) -> None:
        if isinstance(place, FigurePlace):
            self._explaining.go_on(place)

    def _open_of_deal(self, place: AnyPlace) -> None:
        """Explain a figure of the rail, which shows the deal also while the tabs show a path of its simulation."""
        self._explaining.explain(place, of_deal=True)
        self._desk.results.choose(self._page.title)

    def _refresh(self) -> None:
        if self._explaining.place is None:
            self._explaining.explain(FIRST)
        else:  # once the new figures are painted: to show an explanation takes as long as to show them
            QTimer.singleShot(0, self._explaining, self._explaining.refresh)

    def _open_path(self, risk: RiskPage, path: int, what: str) -> None:
        """Open a path as a case and go on to what the support costs in it."""
        risk.path_wished.emit(path, what)
        self._explaining.explain(LOSS)

    def _step_back(self, steps: int) -> None:
        for _ in range(steps):
            self._explaining.back()

    def _on_shown(self, shown: Explained) -> None:
        self._page.show_explained(shown, self._explaining.way(), self._explaining.is_elsewhere)
