"""Figures of other deals and of the simulation, explained from the charts that draw them."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.charts.drawing import drawing_of
from app.charts.kinds import AnyChart, Bridge, Curves, HeatMap, Tornado
from app.charts.of_risk import calls_by_year_chart, exposure_chart, fan_chart, outcomes_chart
from app.charts.of_study import bridge_chart, frontier_chart, grid_chart, sweep_chart, tornado_chart
from app.charts.spec import Chart
from app.charts.view import ChartView
from app.explaining import Explained, explained_candidate
from app.panels.compare import ComparePage
from app.panels.explain import ExplainPage
from app.panels.risk import RiskPage
from app.panels.sensitivity import SensitivityPage
from app.panels.study_rows import frontier_rows, grid_rows, tornado_rows
from app.places import DealPlace, FigurePlace, StepPlace
from app.requests import BridgeRequest, FrontierRequest, GridRequest, SweepRequest, TornadoRequest
from app.runner import Progress
from app.window import Window
from models import (
    Case,
    RiskResult,
    Swing,
    evaluate,
    explain_simulated,
    explain_step,
    figure_scale,
    load_template,
    risk_fan,
    risk_outcomes,
    risk_view,
    simulate,
    terms_text,
    with_terms,
)
from tests.app.acting import open_template, press

KEY = Qt.Key
PRICE, COVER = "demand[].price*", "senior_debt.target_dscr"


def unheard() -> Progress:
    """The progress of a job that nobody watches."""
    return Progress(0, lambda _number, _done: None)


@pytest.fixture(scope="module")
def base() -> Case:
    """The base case of Austral."""
    return evaluate(load_template("austral"))


@pytest.fixture(scope="module")
def result(base: Case) -> RiskResult:
    """A small simulation of it."""
    return simulate(base.deal, paths=500)


def value_at(place: DealPlace) -> float | None:
    """The figure that an explanation of a place begins with."""
    return evaluate(with_terms(place.deal, place.terms)).kpis[place.place.name]


def same(chart: AnyChart, at: int, row: int | None, drawn: float | None, base: Case) -> str:
    """Hold that the deal behind a place has the figure drawn there; what is changed in it."""
    place = chart.figure(at, row)
    assert isinstance(place, DealPlace)
    value = value_at(place)
    assert value is not None
    assert figure_scale(base.deal, place.place.name).shown(value) == pytest.approx(drawn, rel=1e-9)
    return terms_text(place.deal, place.terms)


def test_both_ends_of_a_bar_are_the_deal_with_that_value(base: Case) -> None:
    """Each end of a tornado leads to the deal with the term at that value: factors, numbers, dates and choices."""
    inputs = (
        PRICE,
        COVER,
        "phases[0].delivery",
        Swing("phases[0].supported"),
        Swing("senior_debt.sizing", "advance_rate"),
    )
    found = TornadoRequest(
        "partner_irr", inputs=tuple(each if isinstance(each, Swing) else Swing(each) for each in inputs)
    ).run(base.deal, unheard())
    chart = tornado_chart(found)
    assert isinstance(chart, Tornado)
    said = []
    for at, swing in enumerate(chart.swings):
        for row, drawn in ((0, swing.low), (1, swing.high)):
            if drawn is not None:
                said.append(same(chart, at, row, drawn, base))
        ends = [value for value in (swing.low, swing.high) if value is not None]
        far = max(ends, key=lambda value: abs(value - chart.base))
        same(chart, at, None, far, base)
    assert {"Demand, all: Price at × 0.9", "Debt: Target DSCR at 1.43 x", "Phase 1: Supported at no"} <= set(said), said
    assert chart.figure(None, None) is None


def test_a_bar_of_a_measure_of_risk_is_simulated_again(base: Case) -> None:
    """The end of a bar of the expected loss is explained with the value drawn, from the same paths."""
    deal = with_terms(base.deal, (("uncertainty.paths", 400),))
    chart = tornado_chart(TornadoRequest("el", inputs=(Swing(PRICE),)).run(deal, unheard()))
    assert isinstance(chart, Tornado)
    for row, drawn in ((0, chart.swings[0].low), (1, chart.swings[0].high)):
        place = chart.figure(0, row)
        assert isinstance(place, DealPlace)
        told = explained_candidate(with_terms(place.deal, place.terms), place.title, place.place)
        assert drawn is not None
        assert told.explanation.value == pytest.approx(drawn * 1e6, rel=1e-9)
        assert not any(each.kind == "path" for each in told.explanation.ingredients)


def test_points_of_a_sweep_and_cells_of_a_grid_are_deals(base: Case) -> None:
    """A point of a sweep, a cell of a grid and a point of a frontier lead to the deal they stand for."""
    line = sweep_chart(SweepRequest("min_dscr", COVER).run(base.deal, unheard()))
    assert isinstance(line, Curves)
    for at in (0, 20, len(line.places()) - 1):
        said = same(line, at, None, line.curves[0].points[at].y, base)
        value = base.deal.senior_debt.target_dscr * (0.5 + at / 40)
        assert said == f"Debt: Target DSCR at {value:.2f} x"
    grid = grid_chart(GridRequest("partner_irr", PRICE, COVER).run(base.deal, unheard()))
    assert isinstance(grid, HeatMap)
    across = len(grid.xs)
    for x, y in ((30, 3), (20, 20), (40, 40)):
        said = same(grid, y * across + x, None, grid.values[y][x], base)
        assert said.startswith(f"Demand, all: Price at × {int(grid.xs[x].removesuffix(' %')) / 100:g}"), said
        assert " and Debt: Target DSCR at " in said
        assert f"{float(said.split()[-2]):.2f}" == grid.ys[y], said
    front = frontier_chart(FrontierRequest(PRICE, COVER).run(base.deal, unheard()))
    assert isinstance(front, Curves)
    seen = 0
    for at, (curve, point) in enumerate(front.places()):
        drawn = front.curves[curve].points[point]
        if front.curves[curve].name:
            same(front, at, None, drawn.y, base)
            seen += 1
        else:
            assert same(front, at, None, drawn.y, base) == ""
    assert seen


def test_a_bridge_leads_to_its_states_and_to_what_was_changed(base: Case) -> None:
    """The levels are figures of the two states; a contribution names its fields, both levels and the rule."""
    after = with_terms(base.deal, ((COVER, 1.6), (PRICE, 0.97), ("senior_debt.advance_rate", 0.6)))
    found = BridgeRequest("partner_irr", base.deal, after).run(base.deal, unheard())
    chart = bridge_chart(found, ("Saved", "Base"))
    assert isinstance(chart, Bridge)
    same(chart, 0, None, chart.steps[0].value, base)
    same(chart, len(chart.steps) - 1, None, chart.steps[-1].value, base)
    alone = BridgeRequest("partner_irr", base.deal, with_terms(base.deal, ((COVER, 1.6),))).run(base.deal, unheard())
    only = explain_step(alone, 0, ("Saved", "Base"))
    assert only.reason.endswith("comes from this change.")
    assert [each.label for each in only.ingredients][-1] == "Moved in all"
    total = 0.0
    for at in range(1, len(chart.steps) - 1):
        place = chart.figure(at, None)
        assert isinstance(place, StepPlace)
        told = explain_step(place.bridge, place.at, place.names)
        assert told.value is not None
        total += told.value
        fields = [each for each in told.ingredients if each.kind == "input"]
        assert [each.link.name for each in fields if each.link] == list(found.rows[place.at].paths)
        assert all("→" in each.said for each in fields)
        assert told.label == chart.steps[at].name
        assert told.why == found.rule
        levels = {each.key[1]: each.value for each in told.ingredients if each.kind == "line"}
        assert levels["after"] - levels["before"] == pytest.approx(levels["moved"])
    assert total == pytest.approx(found.found.after - found.found.before)


def test_figures_of_the_tables_come_from_the_same_deals(base: Case) -> None:
    """Each figure of the tables beside the charts leads where its place in the chart leads."""
    found = TornadoRequest("partner_irr").run(base.deal, unheard())
    bars = tornado_chart(found)
    assert isinstance(bars, Tornado)
    _, rows = tornado_rows(found)
    assert [(row.cells[2].place, row.cells[3].place) for row in rows[: len(bars.swings)]] == [
        (swing.low_place, swing.high_place) for swing in bars.swings
    ]
    grid = GridRequest("partner_irr", PRICE, COVER).run(base.deal, unheard())
    chart = grid_chart(grid)
    _, cells = grid_rows(grid)
    assert cells[0].cells[8].place == chart.figure((len(grid.ys) - 1) * len(grid.xs) + 7, None)
    assert cells[0].cells[0].place is None
    front = FrontierRequest(PRICE, COVER).run(base.deal, unheard())
    _, deals = frontier_rows(front)
    for cell, kpi in ((deals[0].cells[1], "partner_irr"), (deals[0].cells[2], "vendor_support_npv")):
        assert cell.place is not None
        assert isinstance(cell.place, DealPlace)
        value = value_at(cell.place)
        assert value is not None
        assert figure_scale(base.deal, kpi).shown(value) == pytest.approx(cell.value)


def drawn_of(result: RiskResult, base: Case) -> Iterator[tuple[Chart, float]]:
    """The charts of a simulation over time, with what their figures are divided by."""
    shown = risk_view(result, base)
    for line, _ in shown.fans:
        yield fan_chart(risk_fan(result, base, line)), 1.0 if line.startswith("dscr") else 1e6
    assert shown.exposure is not None
    yield exposure_chart(shown.exposure), 1e6
    yield calls_by_year_chart(shown.calls), 0.01


def test_charts_of_a_simulation_explain_what_they_draw(result: RiskResult, base: Case) -> None:
    """Each percentile, exposure and chance is explained with the value drawn there, at every fifth position."""
    names = set()
    for chart, scale in drawn_of(result, base):
        for number, row in enumerate(chart.rows()):
            for at in range(0, len(chart.positions), 5):
                place, drawn = chart.figure(at, number), row.values[at]
                if drawn is None:
                    continue
                if not row.line:  # a level agreed, such as the lock-up, comes from no line
                    assert place is None
                    continue
                assert isinstance(place, FigurePlace)
                if not place.simulated:
                    assert place.name == row.line
                    continue
                told = explain_simulated(result, base, place.name, place.month, place.last, place.part)
                unit = 1e9 if row.line == "contractual_ahead" else scale
                assert told.value == pytest.approx(drawn * unit, rel=1e-9, abs=1e-9), (place, row.name)
                assert told.ingredients
                names.add(row.name)
    assert {"5 %", "Median", "95 %", "Contractual", "Expected", "So far"} <= names


def test_a_bar_explains_the_paths_in_it(result: RiskResult, base: Case) -> None:
    """The bar of a distribution is explained with its share; paths named with the loss lie in the bar."""
    for name in ("net_support_npv", "partner_irr", "share_paid"):
        seen = risk_outcomes(result, base, name)
        chart = outcomes_chart(seen)
        shares = [*([seen.zero[1]] if seen.zero else []), *(share for _, _, share in seen.bars)]
        for at, share in enumerate(shares):
            place = chart.figure(at, None)
            assert isinstance(place, FigurePlace)
            told = explain_simulated(result, base, name, part=place.part)
            assert told.value == pytest.approx(share / 100)
            counts = {each.name: each.value for each in told.ingredients if each.kind == "count"}
            assert counts["in"] / counts["all"] == pytest.approx(share / 100)
            paths = [each for each in told.ingredients if each.kind == "path"]
            assert bool(paths) == (name == "net_support_npv" and share > 0)
            for path in paths:
                assert result.losses[int(path.name)] == path.value
        assert chart.figure(None, None) == FigurePlace(name, simulated=True)


def explained(window: Window, qtbot: QtBot, act: Callable[[], object]) -> Explained:
    """What is shown on the page that explains after an act that asks for it."""
    with qtbot.waitSignal(window.finding.explaining.shown, timeout=20_000):
        act()
    assert window.desk.results.chosen() == "Explain"
    shown = window.desk.results.page(ExplainPage).shown()
    assert shown is not None
    return shown


def place_of(view: ChartView, index: int) -> QPointF:
    """A point of the picture where a place is met."""
    chart = view.chart()
    assert chart is not None
    drawing = drawing_of(chart, view.rect().toRectF().adjusted(2, 2, -2, -2))
    points = (QPointF(x, y) for y in range(0, view.height(), 4) for x in range(0, view.width(), 4))
    return next(point for point in points if drawing.index_at(point) == index)


def test_from_the_sensitivity_page_to_the_deal_behind_a_bar(window: Window, qtbot: QtBot) -> None:
    """F1 on a bar explains the figure with the term changed and says of which deal; links stay with that deal, and a
    figure of the rail is of the deal shown again."""
    open_template(window, qtbot)
    with qtbot.waitSignal(window.finding.studies.sensitivity.found, timeout=20_000):
        window.desk.results.choose(SensitivityPage.title)
    chart = window.desk.results.page(SensitivityPage).chart
    chart.setFocus()
    press(window, KEY.Key_Down)
    shown = explained(window, qtbot, lambda: press(window, KEY.Key_F1))
    assert shown.case_title == "the deal with Phases, all: Hardware price at × 0.9"
    assert shown.explanation.name == "partner_irr"
    figures = window.live.figures
    assert figures is not None
    assert shown.explanation.value != figures.case.kpis["partner_irr"]
    assert window.finding.explaining.is_elsewhere
    inner = explained(window, qtbot, lambda: window.finding.explaining.go_on(FigurePlace("cfads", 20)))
    assert inner.case_title == shown.case_title
    own = explained(window, qtbot, lambda: window.finding.explain_routes.open(FigurePlace("cfads", 20)))
    assert own.case_title == figures.title
    back = explained(window, qtbot, window.finding.explaining.back)
    assert back.case_title == shown.case_title
    page = window.desk.results.page(SensitivityPage)
    window.desk.results.choose(SensitivityPage.title)
    qtbot.waitUntil(lambda: not page.chart.is_stale and bool(page.table.table.rows))
    page._as_table.setChecked(True)
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.model().index(0, 3))
    told = explained(window, qtbot, lambda: press(window, KEY.Key_F1))
    assert told.case_title.startswith("the deal with ")


def test_from_a_bridge_to_the_field_that_was_changed(window: Window, qtbot: QtBot) -> None:
    """A double click on a bar of the bridge explains the contribution; its field leads to the form."""
    open_template(window, qtbot)
    with qtbot.waitSignal(window.live.shown):
        window.document.edit(COVER, 1.6, "Target DSCR", "")
    compare = window.finding.comparing
    with qtbot.waitSignal(compare.bridge.found, timeout=20_000):
        window.desk.results.choose(ComparePage.title)
    view = window.desk.results.page(ComparePage).chart
    at = place_of(view, 1).toPoint()
    shown = explained(window, qtbot, lambda: QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at))
    assert shown.explanation.label == "Debt: Target DSCR"
    assert not window.finding.explaining.is_elsewhere
    page = window.desk.results.page(ExplainPage)
    with qtbot.waitSignal(page.field_wished) as wished:
        page.table.setFocus()
        page.table.setCurrentIndex(page.table.model().index(0, 0))
        press(window, KEY.Key_Return)
    assert wished.args == [COVER]


def test_from_a_bar_of_the_simulation_to_a_path(window: Window, qtbot: QtBot) -> None:
    """F1 on a bar of the losses explains how many paths it holds and opens one of them as a case; Enter on a row of
    the reverse stress explains that."""
    open_template(window, qtbot)
    with qtbot.waitSignal(window.live.shown):
        assert window.document.edit("uncertainty.paths", 500, "Paths", "") == ""
    press(window, KEY.Key_F5)
    qtbot.waitUntil(lambda: window.risk.simulating.simulation is not None, timeout=30_000)
    window.desk.results.choose(RiskPage.title)
    stress = window.desk.results.page(RiskPage).results.stress.table
    stress.setFocus()
    stress.setCurrentIndex(stress.model().index(0, 0))
    told = explained(window, qtbot, lambda: press(window, KEY.Key_Return))
    assert told.explanation.label.startswith("Reverse stress: ")
    window.desk.results.choose(RiskPage.title)
    view = window.desk.results.page(RiskPage).results.outcomes
    view.setFocus()
    press(window, KEY.Key_Left)  # the last bar holds the worst path
    shown = explained(window, qtbot, lambda: press(window, KEY.Key_F1))
    assert "or more" in shown.explanation.label
    path = next(each for each in shown.explanation.ingredients if each.kind == "path")
    page = window.desk.results.page(ExplainPage)
    rows = [page.table.table.row(at).label for at in range(page.table.table.rowCount())]
    with qtbot.waitSignal(page.path_wished) as wished:
        page.table.setFocus()
        page.table.setCurrentIndex(page.table.model().index(rows.index(path.label), 0))
        press(window, KEY.Key_Return)
    assert wished.args is not None
    assert wished.args[0] == int(path.name)
