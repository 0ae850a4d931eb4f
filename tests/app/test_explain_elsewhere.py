"""Figures of another deal or case than the tabs show: which is explained, how often, and for how long it is held."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.charts.kinds import HeatMap
from app.charts.spec import Chart
from app.explaining import MOST_STEPS, Explained
from app.live import Figures
from app.panels.cash_flow import CashFlowPage
from app.panels.explain import ExplainPage
from app.panels.study_rows import state_rows
from app.places import DealPlace, FigurePlace
from app.requests import StatesRequest
from app.runner import Progress
from app.window import Window
from models import evaluate, explain, glance, load_template, path_case, scenario_deal, with_value
from tests.app.acting import open_template, press

KEY = Qt.Key


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def test_the_rail_explains_the_deal_while_a_path_is_shown(desk: Window, qtbot: QtBot) -> None:
    """While the tabs show a path of the simulation, a figure of the rail is explained as it is drawn there, and one of
    the tabs as of the path."""
    case = path_case(load_template("austral"), 77)
    desk.desk.results.show_path(Figures(case, glance(case), 0.0, path=77), "Path 78")
    rail, explaining = desk.desk.rail.cash, desk.finding.explaining
    chart = rail.chart()
    assert isinstance(chart, Chart)
    rail.setFocus()
    press(desk, KEY.Key_Right)
    told: list[Explained] = []
    explaining.shown.connect(told.append)
    press(desk, KEY.Key_F1)
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].explanation.value == pytest.approx((chart.series()[0].values[0] or 0) * 1e6)
    assert told[-1].case_title == "Base case"
    assert explaining.is_elsewhere
    place = told[-1].place
    assert isinstance(place, FigurePlace)
    desk.finding.explain_routes.open(place)
    qtbot.waitUntil(lambda: told[-1].case_title.startswith("Path 78"))
    assert told[-1].explanation.value == explain(case, place.name, place.month, place.last).value
    assert not explaining.is_elsewhere


def test_a_figure_of_another_deal_is_computed_once(desk: Window, qtbot: QtBot) -> None:
    """A figure of another deal is in the currency of that deal, and is not explained anew after each edit."""
    other = with_value(load_template("austral"), "currency", "EUR")
    explaining, page = desk.finding.explaining, desk.desk.results.page(ExplainPage)
    told: list[Explained] = []
    explaining.shown.connect(told.append)
    desk.finding.explain_routes.open(DealPlace(FigurePlace("capex"), other, "Other.deal"))
    qtbot.waitUntil(lambda: bool(told))
    assert page._unit.text() == "€m"
    with qtbot.waitSignal(desk.live.shown):
        desk.document.edit("senior_debt.target_dscr", 1.5, "Target DSCR", "")
    desk.desk.results.choose(CashFlowPage.title)
    desk.desk.results.choose(ExplainPage.title)
    explaining.leave_case()
    qtbot.waitUntil(lambda: told[-1].case_title == "Base case")
    assert [each.case_title for each in told] == ["Other.deal", "Base case"]
    assert page._unit.text() == "$m"


def test_the_deal_shown_is_known_in_a_scenario_and_beside_scenarios(desk: Window, qtbot: QtBot) -> None:
    """What is found about the scenario looked at is told by its name; the base is the case shown, though as a state to
    compare with it comes without its scenarios."""
    explaining = desk.finding.explaining
    told: list[Explained] = []
    explaining.shown.connect(told.append)
    with qtbot.waitSignal(desk.live.shown):
        desk.scenarios.add("Low", {"senior_debt.target_dscr": 1.6})
    explaining.explain(DealPlace(FigurePlace("capex"), desk.document.deal, "the deal", (("senior_debt.margin", 0.05),)))
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].case_title == "Scenario “Low” with Debt: Margin at 500 bp"
    with qtbot.waitSignal(desk.live.shown):
        desk.document.choose("")
    explaining.explain(DealPlace(FigurePlace("capex"), scenario_deal(desk.document.base, ""), "Base"))
    qtbot.waitUntil(lambda: told[-1].case_title == "Base case")
    assert not explaining.is_elsewhere


def test_long_words_of_another_deal_take_no_room_from_the_figure(desk: Window, qtbot: QtBot) -> None:
    """However long the words are for the deal that a figure is of, the page is no wider than the window."""
    desk.resize(1280, 800)
    page = desk.desk.results.page(ExplainPage)
    deal = with_value(load_template("austral"), "name", "Other")
    for place in (FigurePlace("partner_irr"), FigurePlace("cloud_revenue", 12, 23)):
        with qtbot.waitSignal(desk.finding.explaining.shown):
            desk.finding.explain_routes.open(DealPlace(place, deal, "the deal with " + "many words and " * 30))
        qtbot.waitUntil(page._elsewhere.isVisible)
        assert page._area.horizontalScrollBar().maximum() == 0


def test_the_way_back_tells_the_deals(desk: Window, qtbot: QtBot) -> None:
    """A step of the way to a figure of another deal says of which one, as many of them have the same name."""
    explaining, page = desk.finding.explaining, desk.desk.results.page(ExplainPage)
    for name in ("Saved", "Low", "High"):
        with qtbot.waitSignal(explaining.shown):
            deal = with_value(load_template("austral"), "name", name)
            desk.finding.explain_routes.open(DealPlace(FigurePlace("capex"), deal, name))
    steps = page.head._steps
    widgets = [item.widget() for at in range(steps.count()) if (item := steps.itemAt(at)) is not None]
    links = [each for each in widgets if isinstance(each, QAbstractButton)]
    assert [(each.text(), each.toolTip(), each.accessibleName()) for each in links] == [
        ("Capital cost", "Saved", "Capital cost, Saved"),
        ("Capital cost", "Low", "Capital cost, Low"),
    ]


def test_a_cell_without_a_figure_says_why(desk: Window) -> None:
    """A cell of a grid at which the deal could not be used says why, and which terms it is about."""
    deal = load_template("austral")
    steps = ((("phases[0].delivery", 24_319.0),), (("senior_debt.target_dscr", 1.3),))
    place = DealPlace(FigurePlace("partner_irr"), deal, "the deal")
    grid = HeatMap(
        "", "", "Delivery", ("Aug 2026",), "Target DSCR", ("1.30",), ((None,),), "", place=place, steps=steps
    )
    found = grid.figure(0, None)
    assert found is not None
    said: list[str] = []
    desk.finding.explaining.refused.connect(said.append)
    desk.finding.explain_routes.open(found)
    assert said[0].startswith("There is no deal with Phase 1: Delivery at Aug 2026 and Debt: Target DSCR at 1.30 x. ")
    assert "it must lie inside the model" in said[0]


def test_a_refusal_leaves_the_way_back(desk: Window, qtbot: QtBot) -> None:
    """Where a figure cannot be explained the way back to the one before is still in sight."""
    explaining, page = desk.finding.explaining, desk.desk.results.page(ExplainPage)
    with qtbot.waitSignal(explaining.shown):
        desk.finding.explain_routes.open(FigurePlace("cfads", 3))
    desk.finding.explain_routes.open(FigurePlace("el", simulated=True))
    back = next(each for each in page.head.findChildren(QAbstractButton) if each.accessibleName().startswith("Back"))
    assert back.isVisible()
    with qtbot.waitSignal(explaining.shown) as shown:
        back.click()
    assert shown.args[0].place == FigurePlace("cfads", 3)
    desk.finding.explain_routes.forget()
    assert not back.isVisible()


def test_the_way_back_ends(desk: Window) -> None:
    """The way back holds a limited number of figures, so that their deals are let go; another deal has none of it."""
    deal, explaining = load_template("austral"), desk.finding.explaining
    for count in range(MOST_STEPS + 5):
        explaining.explain(DealPlace(FigurePlace("capex"), deal, f"Other {count}"))
        explaining.explain(FigurePlace("cfads", 3))
    assert len(explaining.way()) == MOST_STEPS + 1
    explaining.forget()
    assert explaining.way() == ()


def test_what_does_not_exist_in_a_state_says_why() -> None:
    """A figure that a state does not have, and a difference, lead to the explanation of the figure in that state."""
    states = (("Saved", load_template("austral")), ("Stress", load_template("austral-stress")))
    _, rows = state_rows(StatesRequest(states).run(states[0][1], Progress(0, lambda _number, _done: None)))
    row = next(row for row in rows if row.key == "payback_month")
    none, moved = row.cells[2:4]
    assert none.text == "n/a"
    assert none.place == moved.place == DealPlace(FigurePlace("payback_month"), states[1][1], "Stress")
    assert explain(evaluate(states[1][1]), "payback_month").missing == none.tip != ""
