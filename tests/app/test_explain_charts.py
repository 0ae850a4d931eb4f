"""Figures in charts explained like those in tables: by a double click on a row or part, and by F1."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.charts.of_cash import cash_waterfall_chart, funding_chart
from app.charts.of_deal import calls_chart, cash_chart, cover_chart, revenue_chart
from app.charts.of_term import term_chart
from app.charts.spec import Chart
from app.explaining import explained
from app.panels.explain import ExplainPage
from app.panels.sensitivity import SensitivityPage
from app.panels.waterfall import WaterfallPage
from app.places import FigurePlace
from app.window import Window
from models import Case, cash_waterfall, evaluate, explain, glance, lines_by, load_template, sources_and_uses
from tests.app.acting import open_template, press

KEY = Qt.Key


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def told_after(window: Window, qtbot: QtBot, act: Callable[[], object]) -> FigurePlace:
    """The figure on the page that explains after an act that asks for it."""
    with qtbot.waitSignal(window.finding.explaining.shown, timeout=20_000):
        act()
    assert window.desk.results.chosen() == "Explain"
    shown = window.desk.results.page(ExplainPage).shown()
    assert shown is not None
    assert isinstance(shown.place, FigurePlace)
    return shown.place


def charts_of(case: Case) -> Iterator[Chart]:
    """The charts over time of a case."""
    seen = glance(case)
    yield cash_chart(seen.cash)
    yield revenue_chart(seen.revenue)
    for chart in (cover_chart(seen.cover), calls_chart(seen.calls)):
        if chart is not None:
            yield chart


@pytest.mark.parametrize("name", ["austral-stress", "campus", "lease-guarantee"])
def test_a_figure_of_a_chart_is_that_of_its_line(name: str) -> None:
    """At every position of every chart the explanation has the value drawn there, in the unit of the chart."""
    case = evaluate(load_template(name))
    found = 0
    for chart in charts_of(case):
        for number, row in enumerate(chart.series()):
            for at in range(0, len(chart.positions), 5):
                place, drawn = chart.figure(at, number), row.values[at]
                if place is None or drawn is None:
                    continue
                assert isinstance(place, FigurePlace)
                value = explain(case, place.name, place.month, place.last).value
                assert value is not None
                scale = 1 if place.name.startswith("dscr") else 1e6
                assert value == pytest.approx(drawn * scale, rel=1e-9, abs=1e-3), (place, row.name)
                found += 1
    assert found > 30


@pytest.mark.parametrize("name", ["austral-stress", "campus", "lease-guarantee"])
def test_every_part_of_the_cash_and_the_capital_explains_its_value(name: str) -> None:
    """Each part of the waterfall in each year, and each source and use, is explained with the value drawn."""
    case = evaluate(load_template(name))
    chart = cash_waterfall_chart(cash_waterfall(case))
    for number, row in enumerate(chart.series()):
        for at, drawn in enumerate(row.values):
            place = chart.figure(at, number)
            assert isinstance(place, FigurePlace)
            found = explain(case, place.name, place.month, place.last)
            assert found.value is not None
            assert drawn is not None
            sign = 1 if row.name in ("Cloud revenue", "Vendor’s support", "Sponsors", "Sale of systems") else -1
            assert sign * found.value == pytest.approx(drawn * 1e6, abs=1e-3), (row.name, at)
            assert found.recomputed == found.value
        assert chart.figure(None, number) == FigurePlace(row.line)
    piles = funding_chart(sources_and_uses(case))
    parts = [part for pile in piles.piles for part in reversed(pile.slices)]
    for at, part in enumerate(parts):
        assert piles.figure(at, None) == FigurePlace(part.line)
        assert explain(case, part.line).value == pytest.approx(part.value * 1e6)


def test_a_part_of_several_lines_is_explained_as_their_sum() -> None:
    """The vendor's part of the cash is told line by line, in words that name each of them."""
    case = evaluate(load_template("lease-guarantee"))
    found = explain(case, "sum.vendor", 12, 23)
    assert found.formula_text == "Share paid + Running fees paid"
    assert [each.name for each in found.ingredients] == ["share_paid", "running_fees_paid"]
    assert all(each.value > 0 for each in found.ingredients)
    kept = explain(case, "sum.kept", 12, 23)
    held = case.lines["cash_close"] + case.lines["dsra_balance"]
    assert kept.value == pytest.approx(held[23] - held[11])
    assert kept.formula_text.startswith("Cash carried forward, ")


@pytest.mark.parametrize("name", ["sum.vendor", "sum.other", "sum.kept"])
def test_a_sum_is_drawn_over_the_term(name: str) -> None:
    """The chart below the explanation of a sum draws the sum in each month, not one of its lines."""
    case = evaluate(load_template("lease-guarantee"))
    shown = explained(case, FigurePlace(name, 12, 23), "Base case")
    assert shown.term is not None
    assert shown.drawn is not None
    chart = term_chart(shown.term, None)
    for month in (0, 14, case.months - 1):
        assert chart.figure(month, 0) == FigurePlace(name, month)
        drawn = chart.series()[0].values[month]
        assert drawn is not None
        assert explain(case, name, month).value == pytest.approx(drawn * 1e6, abs=1e-3)
    assert len(lines_by(*shown.drawn, "year").rows) == len(shown.drawn[1]) > 1


def test_a_double_click_on_a_part_explains_it(desk: Window, qtbot: QtBot) -> None:
    """A part of a pile of years is met where it is drawn: what comes in above the line, what goes out below."""
    desk.desk.fold(True)
    desk.desk.results.choose("Waterfall")
    view = desk.desk.results.page(WaterfallPage).cash

    def click(at: float) -> Callable[[], object]:
        place = QPoint(view.width() // 3, round(view.height() * at))
        return lambda: QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)

    above = told_after(desk, qtbot, click(0.4))
    assert above.name == "cloud_revenue"
    assert above.month is not None
    assert above.month % 12 == 0
    assert above.last == above.month + 11
    desk.desk.results.choose("Waterfall")
    below = told_after(desk, qtbot, click(0.8))
    case = evaluate(load_template("austral"))
    paid = [part.line for part in cash_waterfall(case).parts if part.side != "in"]
    assert below.name in paid
    assert below.month == above.month


def test_f1_explains_what_the_arrow_keys_brought_out(desk: Window, qtbot: QtBot) -> None:
    """F1 on a chart explains its first row, over the term or at the place brought out, not what was looked at last."""
    rail = desk.desk.rail
    for view, line in ((rail.cash, "cfads"), (rail.revenue, "floor_amount")):
        view.setFocus()
        assert told_after(desk, qtbot, lambda: press(desk, KEY.Key_F1)) == FigurePlace(line)
        view.setFocus()
        press(desk, KEY.Key_Right)
        place = told_after(desk, qtbot, lambda: press(desk, KEY.Key_F1))
        assert (place.name, place.month) == (line, 0)
    with qtbot.waitSignal(desk.finding.studies.sensitivity.found, timeout=20_000):
        desk.desk.results.choose(SensitivityPage.title)
    desk.desk.results.page(SensitivityPage).chart.setFocus()
    assert told_after(desk, qtbot, lambda: press(desk, KEY.Key_F1)) == FigurePlace("partner_irr")


def test_another_month_of_the_line_explained_is_met_on_its_chart(desk: Window, qtbot: QtBot) -> None:
    """On the page that explains, a double click on the line over the term explains it in that month."""
    desk.desk.fold(True)
    place = FigurePlace("cfads", 20)
    assert told_after(desk, qtbot, lambda: desk.finding.explain_routes.open(place)) == place
    chart = desk.desk.results.page(ExplainPage).chart
    middle = chart.rect().center()
    other = told_after(desk, qtbot, lambda: QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=middle))
    assert other.name == "cfads"
    assert other.month not in (None, 20)
    assert other.last is None
    chart.setFocus()
    press(desk, KEY.Key_Right)
    assert told_after(desk, qtbot, lambda: press(desk, KEY.Key_F1)) == FigurePlace("cfads", 0)
