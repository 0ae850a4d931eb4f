"""Pictures of every tab of the results: with figures, while they are on their way, and where there are none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.charts.view import ChartView
from app.panels.compare import ComparePage
from app.panels.cover import CoverPage
from app.panels.risk import RiskPage
from app.panels.sensitivity import SensitivityPage
from app.panels.sensitivity_choices import FRONTIER, ONE, TWO
from app.places import FigurePlace
from models import sections
from tests.screenshots.scenes import FLOOR, STRESSED, change, scene, simulated, with_scenario
from tests.screenshots.stage import Stage

PATHS = 2_000


def hover(view: QWidget, across: float = 0.45, down: float = 0.5) -> None:
    """Put the pointer over a part of a widget."""
    at = QPointF(view.width() * across, view.height() * down)
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, at, view.mapToGlobal(at),
        Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view, move)


def to_the_end(page: QWidget) -> None:
    """Scroll a page to its end."""
    for area in page.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        bar.setValue(bar.maximum())


def to_the_top(page: QWidget) -> None:
    """Scroll a page to where it begins."""
    for area in page.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)


@scene("tab")
def tab(stage: Stage) -> None:
    """Each tab under the form and over the whole height, with a scenario to compare with."""
    stage.open("austral")
    with_scenario(stage)
    change(stage)
    stage.section("support")
    names = {"Debt && cover": "cover"}
    for title in stage.window.desk.results.titles():
        name = names.get(title, title.lower().replace(" ", "-"))
        for folded in (False, True):
            stage.tab(title, folded=folded)
            stage.take(f"tab-{name}{'-folded' if folded else ''}")
    stage.tab("Debt && cover")
    page = stage.window.desk.results.page(CoverPage)
    page.box.setCurrentIndex(page.box.findText(STRESSED))
    page.box.activated.emit(page.box.currentIndex())
    stage.take("tab-cover-overlay")
    hover(_chart(stage))
    stage.take("tab-cover-hover")
    stage.tab("Cash flow", folded=True)
    table = stage.window.desk.results.pages()[0]
    for period in ("month", "quarter"):
        table.choose_period(period)  # type: ignore[attr-defined]  # the first page is the table of cash flows
        stage.take(f"tab-cash-flow-{period}")


def _chart(stage: Stage) -> ChartView:
    view = stage.window.desk.results.picture_in_front()
    assert view is not None
    return view


@scene("explain")
def explain(stage: Stage) -> None:
    """Figures explained: a ratio over months, a key figure, an amount of one month."""
    stage.open("austral")
    for name, place in (
        ("dscr", FigurePlace("dscr_12m", 18)),
        ("commitment", FigurePlace("commitment_paid", 20)),
        ("revenue", FigurePlace("cloud_revenue", 18)),
        ("irr", FigurePlace("partner_irr")),
    ):
        stage.window.finding.explain_routes.open(place)
        stage.tab("Explain", folded=True)
        stage.take(f"explain-{name}")


@scene("explain-of")
def explain_charts(stage: Stage) -> None:
    """Figures of charts explained: part of the cash, bar of a tornado and of a bridge, and what a simulation shows."""
    window, results = stage.window, stage.window.desk.results
    stage.open("lease-guarantee")
    window.finding.explain_routes.open(FigurePlace("sum.vendor", 12, 23))
    stage.take("explain-of-sum")
    stage.open("austral")
    change(stage)
    simulated(stage, PATHS)
    risk = results.page(RiskPage).results
    for title, view, name, at in (
        ("Sensitivity", results.page(SensitivityPage).chart, "tornado", 0),
        ("Compare", results.page(ComparePage).chart, "step", 1),
        ("Risk", risk.outcomes, "bar", 3),
        ("Risk", risk.fan, "percentile", 9),
        ("Risk", risk.exposure, "exposure", 30),
        ("Risk", risk.calls, "calls", 2),
    ):
        stage.tab(title, folded=True)
        stage.settle()
        view.hover_at(at)
        place = view.figure_in_focus()
        assert place is not None
        window.finding.explain_routes.open(place)
        stage.settle()
        stage.take(f"explain-of-{name}")


@scene("compare")
def compare(stage: Stage) -> None:
    """Saved to now, base to a scenario, and the states side by side."""
    stage.open("austral")
    stage.window.scenarios.add("Stressed demand", {FLOOR: 3.30, "demand[0].price": 4.4, "demand[2].gpus": 6000.0})
    stage.settle()
    stage.tab("Compare", folded=True)
    stage.take("compare-scenario")
    page = stage.window.desk.results.page(ComparePage)
    page.choose_states(("base", "scenario Stressed demand"))
    stage.settle()
    to_the_end(page)
    stage.take("compare-states")


@scene("compare-nothing")
def compare_nothing(stage: Stage) -> None:
    """Nothing has changed since the deal was saved."""
    stage.open("austral")
    stage.tab("Compare", folded=True)
    stage.take("compare-nothing")


@scene("sensitivity")
def sensitivity(stage: Stage) -> None:
    """The four pictures, the tornado as a table, and the choice of its terms."""
    stage.open("austral")
    stage.tab("Sensitivity", folded=True)
    stage.take("sensitivity-tornado")
    page = stage.window.desk.results.page(SensitivityPage)
    for name, kind in (("one", ONE), ("map", TWO), ("frontier", FRONTIER)):
        page.choices.choose_kind(kind)
        stage.take(f"sensitivity-{name}")
    page.choices.choose_kind(0)
    page._as_table.setChecked(True)
    stage.take("sensitivity-table")
    page.choices.pick.click()
    picks = stage.window.finding.studies.picks
    assert picks is not None
    stage.take("sensitivity-terms", picks)
    picks.close()


@scene("solve")
def solve(stage: Stage) -> None:
    """Solving for a term: before, with a value, and where there is none."""
    stage.open("austral")
    dialog = stage.window.finding.solving.show()
    stage.take("solve-begin", dialog)
    dialog.go.click()
    stage.take("solve-found", dialog)
    dialog.target.put(0.9)
    dialog.go.click()
    stage.take("solve-none", dialog)
    dialog.close()


@scene("risk")
def risk(stage: Stage) -> None:
    """Before a run, during the first, with results, stale, during another run, and a path of it opened."""
    window = stage.window
    stage.open("austral")
    stage.tab("Risk")
    stage.take("risk-none")
    stage.tab("Risk", folded=True)
    stage.edit("uncertainty.paths", 50_000)
    window.risk.simulating.start()
    stage.wait(lambda: window.risk.simulating.done > 0.2)
    stage.snap("risk-running-first")
    window.risk.simulating.stop()
    stage.settle()
    simulated(stage, PATHS)
    page = window.desk.results.page(RiskPage)
    stage.take("risk-folded")
    to_the_end(page)
    stage.take("risk-folded-end")
    stage.tab("Risk")
    to_the_top(page)
    stage.take("risk-open")
    change(stage)
    stage.take("risk-stale")
    stage.edit("uncertainty.paths", 50_000)
    window.risk.simulating.start()
    stage.wait(lambda: window.risk.simulating.done > 0.3)
    stage.snap("risk-running-again")
    window.risk.simulating.stop()
    stage.settle()
    stage.tab("Risk", folded=True)
    page.path_wished.emit(17, "worst of the paths")
    stage.settle()
    stage.take("risk-path")
    window.risk.path_case.leave()
    stage.tab("Risk")


@scene("reason")
def reason(stage: Stage) -> None:
    """Deals without some of their figures: reasons stand instead of blanks."""
    stage.open("empty")
    stage.edit("demand[0].price", 0.05)
    stage.settle()
    for title in ("Cash flow", "Waterfall", "Debt && cover", "Support", "Sensitivity", "Explain"):
        stage.tab(title)
        stage.take(f"reason-{title.replace(' && ', ' ').replace(' ', '-').lower()}")


@scene("empty")
def empty(stage: Stage) -> None:
    """The empty deal: every tab and every section of the form."""
    stage.open("empty")
    for title in stage.window.desk.results.titles():
        stage.tab(title)
        stage.take(f"empty-tab-{title.replace(' && ', ' ').replace(' ', '-').lower()}")
    for section in sections():
        stage.section(section.key)
        stage.take(f"empty-form-{section.key}")


@scene("partner")
def partner(stage: Stage) -> None:
    """The partner view: forms and tabs of it."""
    stage.open("austral")
    change(stage)
    stage.window.partner.enter()
    view = stage.window.partner.window
    assert view is not None
    stage.settle()
    for section in sections(partner=True):
        view.go_to_section(section.key)
        stage.take(f"partner-form-{section.key}", view)
    for title in view.desk.results.titles():
        view.desk.results.choose(title)
        stage.take(f"partner-tab-{title.replace(' && ', ' ').replace(' ', '-').lower()}", view)
    view.desk.fold(True)
    stage.take("partner-folded", view)
    stage.window.partner.leave()
