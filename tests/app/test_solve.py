"""Solve, frontier and the marginal effect in the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.charts.kinds import Curves
from app.forms.edge_line import EdgeLine
from app.forms.fields_block import FieldsBlock
from app.forms.notes import NoteLine
from app.panels.sensitivity import SensitivityPage
from app.panels.sensitivity_choices import FRONTIER
from app.panels.solve import SolveDialog
from app.window import Window
from models import (
    Deal,
    entered_changes,
    evaluate,
    frontier,
    load_template,
    scenario_deal,
    scenario_names,
    solve,
    with_term,
    with_value,
)
from tests.app.acting import focus, open_template, press, type_into


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def opened(desk: Window, qtbot: QtBot) -> SolveDialog:
    """The dialog, opened by its key, with terms on offer."""
    with qtbot.waitSignal(desk.finding.studies.offered, timeout=20_000):
        press(desk, Qt.Key.Key_F9)
    return desk.finding.solving.show()


def search(desk: Window, qtbot: QtBot, dialog: SolveDialog) -> None:
    """Press Solve and wait for the answer."""
    with qtbot.waitSignal(desk.finding.solving.study.found, timeout=30_000):
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)


def irr(deal: Deal) -> float:
    """The partner's IRR."""
    value = evaluate(deal).kpis["partner_irr"]
    assert value is not None
    return float(value)


def test_a_term_is_solved_and_entered_rounded(desk: Window, qtbot: QtBot) -> None:
    """The share at which the partner earns its cost of equity enters rounded to 0.25 %, as one named step of undo."""
    dialog = opened(desk, qtbot)
    assert dialog.target.text() == "15.00"
    search(desk, qtbot, dialog)
    assert dialog.title.text() == "Share rate 99.09 % of now gives partner IRR 15.00 %"
    assert dialog.answer.text().endswith("the target itself.")
    deal = load_template("austral")
    found = solve(deal, "revenue_share.rates*", "partner_irr", 0.15)
    assert found.value is not None
    rounded = with_value(deal, "revenue_share.rates", [[0.595], [0.555], [0.515], [0.475], [0.435], [0.3975]])
    assert entered_changes(deal, "revenue_share.rates*", found.value) == {
        "revenue_share.rates": rounded.revenue_share.rates
    }
    assert f"That gives {irr(rounded) * 100:.2f} %." in dialog.changes.text()
    with qtbot.waitSignal(desk.live.shown):
        QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert desk.document.deal == rounded
    assert desk.document.stack.undoText().startswith("Revenue share: Share rate: 60, 56")
    desk.document.stack.undo()
    assert desk.document.deal == deal


def test_a_value_can_be_entered_as_found(desk: Window, qtbot: QtBot) -> None:
    """Without rounding the deal meets the target to 1e-9; the value copies with every digit, under its unit."""
    dialog = opened(desk, qtbot)
    search(desk, qtbot, dialog)
    QTest.mouseClick(dialog._copy, Qt.MouseButton.LeftButton)
    heads, values = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    assert heads == ["Revenue share: Share rate, % of now", "Partner IRR, %"]
    assert irr(with_term(load_template("austral"), "revenue_share.rates*", float(values[0]) / 100)) == pytest.approx(
        0.15, abs=1e-9
    )
    dialog.step.setCurrentIndex(dialog.step.count() - 1)
    dialog.step.activated.emit(dialog.step.currentIndex())
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert irr(desk.document.deal) == pytest.approx(0.15, rel=1e-9)


def test_a_solved_value_becomes_a_scenario(desk: Window, qtbot: QtBot) -> None:
    """As a scenario the value enters a layer of its own, and the base stays."""
    dialog = opened(desk, qtbot)
    search(desk, qtbot, dialog)
    with qtbot.waitSignal(desk.live.shown):
        QTest.mouseClick(dialog.as_scenario, Qt.MouseButton.LeftButton)
    assert scenario_names(desk.document.base) == ("Solved",)
    assert scenario_deal(desk.document.base, "") == load_template("austral")
    assert irr(desk.document.deal) == pytest.approx(0.15, abs=5e-4)


def test_a_search_that_fails_says_how_far_it_came(desk: Window, qtbot: QtBot) -> None:
    """Where no value meets the target, the nearest it came is told with what stopped it, and nothing can be entered."""
    dialog = opened(desk, qtbot)
    dialog.term.choose("senior_debt.target_dscr")
    dialog.target.setText("50")
    search(desk, qtbot, dialog)
    assert dialog.title.text() == "No target DSCR gives partner IRR 50.00 %"
    assert "comes no nearer to 50 %" in dialog.reason.text()
    assert not dialog.apply.isVisible()


def test_what_is_no_number_cannot_be_searched_for(desk: Window, qtbot: QtBot) -> None:
    """While the target cannot be read, it is marked and Solve is off."""
    dialog = opened(desk, qtbot)
    dialog.target.setText("fifteen")
    assert dialog.target.property("wrong") is True
    assert not dialog.go.isEnabled()
    dialog.target.setText("14,5")
    dialog.target.setText("14.5")
    assert dialog.go.isEnabled()


def test_an_edit_outdates_the_answer(desk: Window, qtbot: QtBot) -> None:
    """After an edit an old value cannot be entered until it is searched for again."""
    dialog = opened(desk, qtbot)
    search(desk, qtbot, dialog)
    desk.document.edit("operations.pue", 1.4, "PUE", "")
    assert dialog.bar.words().startswith("Stale")
    assert not dialog.apply.isEnabled()
    with qtbot.waitSignal(desk.finding.solving.study.found, timeout=30_000):
        QTest.mouseClick(dialog.bar.again, Qt.MouseButton.LeftButton)
    assert dialog.apply.isEnabled()


def test_a_target_under_simulation(desk: Window, qtbot: QtBot) -> None:
    """RAROC can be the target, with the hurdle offered; the same paths serve every trial, so the answer is exact."""
    desk.document.edit("uncertainty.paths", 400, "fewer paths", "")
    dialog = opened(desk, qtbot)
    dialog.figure.setCurrentIndex(dialog.figure.findData("raroc"))
    dialog.figure.activated.emit(dialog.figure.currentIndex())
    assert dialog.level.currentText() == "Hurdle"
    assert dialog.target.value() == desk.document.deal.vendor.hurdle_raroc
    search(desk, qtbot, dialog)
    hurdle = desk.document.deal.vendor.hurdle_raroc * 100
    assert f"RAROC {hurdle:.2f} %" in dialog.title.text()


def test_a_point_of_the_frontier_opens_as_a_scenario(desk: Window, qtbot: QtBot) -> None:
    """The frontier falls from left to right; Enter on one of its deals makes a scenario with just its two terms."""
    page = desk.desk.results.page(SensitivityPage)
    study = desk.finding.studies.sensitivity
    with qtbot.waitSignal(study.found, timeout=20_000):
        desk.desk.results.choose("Sensitivity")
    with qtbot.waitSignal(study.found, timeout=30_000):
        page.choices.choose_kind(FRONTIER)
    chart = page.chart.chart()
    assert isinstance(chart, Curves)
    heights = [point.y for point in chart.curves[0].points]
    assert heights == sorted(heights, reverse=True)
    page.chart.setFocus()
    QTest.keyClick(page.chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(desk.live.shown, timeout=20_000):
        QTest.keyClick(page.chart, Qt.Key.Key_Return)
    (scenario,) = desk.document.base.scenarios or ()
    assert set(scenario.changes) <= {"revenue_share.rates", "credit_support[0].floor_prices"}
    assert desk.document.scenario == scenario.name
    first = chart.curves[0].points[0]
    assert irr(desk.document.deal) * 100 == pytest.approx(first.x, abs=1.5), "its terms were rounded"


def test_the_frontier_keeps_to_the_least_cover(desk: Window, qtbot: QtBot) -> None:
    """A least cover that is entered leaves out the deals with less of it; what stays is what the engine finds."""
    page, study = desk.desk.results.page(SensitivityPage), desk.finding.studies.sensitivity
    choices = page.choices
    with qtbot.waitSignal(study.found, timeout=20_000):
        desk.desk.results.choose("Sensitivity")
    with qtbot.waitSignal(study.found, timeout=30_000):
        choices.choose_kind(FRONTIER)
    path_x, path_y = choices.first.path(), choices.second.path()

    def drawn() -> list[float]:
        chart = page.chart.chart()
        assert isinstance(chart, Curves)
        return [point.x for point in chart.curves[0].points]

    loose = drawn()
    choices.least.setText("1.55")
    with qtbot.waitSignal(study.found, timeout=30_000):
        QTest.keyClick(choices.least, Qt.Key.Key_Return)
    strict = drawn()
    assert strict != loose
    found = frontier(desk.document.deal, path_x, path_y, least=1.55).points
    kept = sorted(point.partner * 100 for point in found)
    assert [min(strict), max(strict)] == pytest.approx([kept[0], kept[-1]])
    assert all(min(abs(each - x) for x in kept) < 1e-9 for each in strict), "some of them are drawn"
    assert all(point.cover is not None and point.cover >= 1.55 for point in found)


def test_the_field_in_focus_says_what_a_step_does(desk: Window, qtbot: QtBot) -> None:
    """With the focus on a number the form says what one step does to the key figures, and follows the deal."""
    desk.desk.go_to("senior_debt.margin")
    page = desk.desk.forms.page()
    qtbot.waitUntil(lambda: page.effect().startswith("Each 25 bp takes "))
    before = page.effect()
    assert "off the partner IRR" in before
    type_into(desk, qtbot, "senior_debt.margin", "900")
    qtbot.waitUntil(lambda: page.effect().startswith("Each 25 bp ") and page.effect() != before)
    desk.desk.go_to("credit_support[0].floor_prices[1]")
    table = desk.desk.forms.page()
    qtbot.waitUntil(lambda: "to the commitment and" in table.effect())
    desk.desk.go_to("credit_support[0].basis")
    qtbot.waitUntil(lambda: table.effect() == "")


def test_the_effect_stands_right_under_its_field_and_moves_nothing(desk: Window, qtbot: QtBot) -> None:
    """What a step does is said under the group of the field in focus, or at the edge of the page where that is out
    of sight; no other field moves for it, and the line is gone when the focus goes to what has no step."""
    desk.resize(1280, 800)
    desk.desk.go_to("senior_debt.margin")
    page = desk.desk.forms.page()
    block = page.findChild(FieldsBlock)
    assert block is not None
    rows = {row.path: row.editor for row in block.rows()}
    places = {path: editor.mapTo(page, QPoint()) for path, editor in rows.items()}
    qtbot.waitUntil(lambda: page.effect() != "")
    assert {path: editor.mapTo(page, QPoint()) for path, editor in rows.items()} == places
    (line,) = [each for each in block.findChildren(NoteLine) if each.text == page.effect()]
    lowest = max(places[f"senior_debt.{name}"].y() for name in ("base_rate", "margin", "commitment_fee"))
    assert lowest < line.mapTo(page, QPoint()).y() < places["senior_debt.profile"].y()
    edge = page.findChild(EdgeLine)
    assert edge is not None
    assert not edge.isVisible()
    desk.desk.go_to("credit_support[0].coverage")
    low = desk.desk.forms.page()
    edge = low.findChild(EdgeLine)
    assert edge is not None
    qtbot.waitUntil(edge.isVisible)
    held = focus()
    assert held.mapTo(low, held.rect().bottomLeft()).y() <= edge.y()
    desk.desk.sections.setFocus()
    desk.desk.go_to("credit_support[0].basis")
    qtbot.waitUntil(lambda: not edge.isVisible())
