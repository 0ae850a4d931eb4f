"""The simulation in the window: run, watched, stopped, shown, stale, and opened path by path, with the real engine."""

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

import models
from app.charts.kinds import Histogram
from app.charts.spec import Chart
from app.durations import about, left
from app.panels.cash_flow import CashFlowPage
from app.panels.explain import ExplainPage
from app.settings import Settings
from app.simulating import Simulation
from app.tables.estimates import EstimatesTable
from app.window import Window
from models import Deal, RiskError, RiskResult, load_template, path_case, save_deal, value_at, with_value
from tests.app.acting import focus, open_template, press, type_into

PATHS = 1000
CONTROL = Qt.KeyboardModifier.ControlModifier
MANY = 3_000_000  # so many that a run is still under way when it is stopped


_real = models.simulate
_KNOWN: list[tuple[Deal, RiskResult]] = []


def simulate_once(deal: Deal, **given: Any) -> RiskResult:
    """The simulation of a deal; of a deal that was simulated before, what came of it then, to the last bit."""
    for known, result in _KNOWN:
        if known == deal:
            given["progress"](1.0)
            return result
    result = _real(deal, **given)
    _KNOWN.append((deal, result))
    return result


@pytest.fixture(autouse=True)
def each_deal_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No deal is simulated twice in these tests."""
    monkeypatch.setattr(models, "simulate", simulate_once)


def set_paths(window: Window, qtbot: QtBot, paths: int) -> None:
    """Let the deal ask for so many paths."""
    with qtbot.waitSignal(window.live.shown):
        assert window.document.edit("uncertainty.paths", paths, "Paths", "") == ""


def run(window: Window, qtbot: QtBot) -> Simulation:
    """Run the simulation by its button and wait for it."""
    window.risk.bar.run_button.click()
    qtbot.waitUntil(lambda: not window.risk.simulating.is_running, timeout=30_000)
    found = window.risk.simulating.simulation
    assert found is not None, window.risk.simulating.failure
    return found


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with Austral open at its risk tab, asking for few paths."""
    open_template(window, qtbot)
    set_paths(window, qtbot, PATHS)
    window.desk.results.choose("Risk")
    return window


def texts(window: Window) -> list[str]:
    """All words of the risk tab that are in sight."""
    return [each.text() for each in window.risk.page.findChildren(QLabel) if each.isVisible()]


def test_before_the_first_run_there_is_a_sentence_and_a_button(desk: Window, qtbot: QtBot) -> None:
    """The empty tab says how many paths would take how long, is marked internal, and its button runs them."""
    page = desk.risk.page
    assert re.fullmatch(
        r"No simulation of this deal yet\. 1,000 paths take (about \d+ s|less than a second)\.", page.empty.words()
    )
    assert "Internal" in texts(desk)
    assert not page.has_picture
    row = desk.desk.rail.expected_loss()
    assert row is not None
    assert row.text == "not simulated"
    assert desk.status.simulation_words() == ""
    page.empty.run_button.click()
    assert desk.risk.simulating.is_running
    qtbot.waitUntil(lambda: page.has_picture, timeout=30_000)


def test_a_run_is_shown_everywhere(desk: Window, qtbot: QtBot) -> None:
    """After a run the tab, the toolbar, the rail and the status line show it, and all of it is that of the models."""
    simulation = run(desk, qtbot)
    page, results = desk.risk.page, desk.risk.page.results
    shown = simulation.shown
    histogram, fan = results.outcomes.chart(), results.fan.chart()
    assert isinstance(histogram, Histogram)
    assert isinstance(fan, Chart)
    assert histogram.title == shown.loss.title
    assert [mark.value for mark in histogram.marks] == [value for value, _, _ in shown.loss.marks]
    assert fan.title == models.risk_fan(simulation.result, simulation.case, "cloud_revenue").title
    assert [view.chart() is not None for view in results.views()] == [True] * 4
    assert results.measures.table.figures.rowCount() >= len(shown.results.rows)
    assert re.fullmatch(r"Simulation of today \d\d:\d\d, current", page.head.words()[0])
    assert desk.risk.bar.words() == "1,000 paths, current"
    assert re.fullmatch(r"Simulation: 1,000 paths, seed 7, today \d\d:\d\d", desk.status.simulation_words())
    row = desk.desk.rail.expected_loss()
    assert row is not None
    value, error, digits = shown.expected_loss
    assert error is not None
    assert row.text == f"{value:.{digits}f} ± {error:.{digits}f}"
    assert "Internal" in texts(desk)


def test_progress_is_shown_while_it_runs(desk: Window, qtbot: QtBot) -> None:
    """While a run is under way the button gives way to progress with the time left and Stop."""
    set_paths(desk, qtbot, MANY)
    with qtbot.waitSignal(desk.risk.simulating.moved, timeout=30_000):
        desk.risk.bar.run_button.click()
    bar = desk.risk.bar
    assert bar.stop_button.isVisible()
    assert not bar.run_button.isVisible()
    assert re.fullmatch(r"\d+ %, \d+ (s|min) left", bar.words())
    assert re.fullmatch(r"Simulating: [\d,]+ of 3,000,000 paths, \d+ (s|min) left", desk.risk.page.empty.words())
    assert not desk.actions_["simulate"].isEnabled()
    bar.stop_button.click()
    assert bar.run_button.isVisible()


def test_stop_stops_at_once_and_keeps_what_was_there(desk: Window, qtbot: QtBot) -> None:
    """A run is stopped within a moment, by key as well, and the results from before stay."""
    before = run(desk, qtbot)
    set_paths(desk, qtbot, MANY)
    with qtbot.waitSignal(desk.risk.simulating.moved, timeout=30_000):
        press(desk, Qt.Key.Key_F5)
    started = monotonic()
    press(desk, Qt.Key.Key_Period, CONTROL)
    assert not desk.risk.simulating.is_running
    assert desk.risk.bar.run_button.isVisible()
    runner = desk.risk.simulating.runner
    qtbot.waitUntil(lambda: runner.jobs() == ())
    assert monotonic() - started < 2.0  # a tenth of a second on a machine with nothing else to do
    assert desk.risk.simulating.simulation is before
    assert desk.risk.simulating.failure == ""


def test_a_change_makes_results_stale_and_undo_takes_that_back(desk: Window, qtbot: QtBot) -> None:
    """An edit turns results grey with the word, a banner and what changed; none is cleared, and undo restores them."""
    run(desk, qtbot)
    page = desk.risk.page
    figures = page.results.measures.table.figures.text(1, 1)
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, "senior_debt.margin", "400")
    assert all(view.is_stale for view in page.results.views())
    assert page.results.measures.table.figures.text(1, 1) == figures
    assert page.results.measures.table.figures.faint
    when, banner, _ = page.head.words()
    assert when.endswith("stale")
    assert re.match(r"Stale: results of \d\d:\d\d, before 1 change .*300 bp → 400 bp", banner)
    with qtbot.waitSignal(desk.live.shown):
        desk.document.edit("senior_debt.upfront_fee", 0.02, "Upfront fee", "")
    assert page.head.words()[1].endswith("300 bp → 400 bp and 1 more")
    with qtbot.waitSignal(desk.live.shown):
        desk.actions_["undo"].trigger()
    assert desk.risk.bar.words() == "1,000 paths, stale"
    assert desk.status.simulation_words().endswith("stale")
    row = desk.desk.rail.expected_loss()
    assert row is not None
    assert row.state == "stale"
    assert row.text != "not simulated"
    with qtbot.waitSignal(desk.live.shown):
        desk.actions_["undo"].trigger()
    assert not any(view.is_stale for view in page.results.views())
    assert page.head.words()[1] == ""
    assert desk.risk.bar.words() == "1,000 paths, current"


def test_a_new_run_over_stale_results_tells_how_far_it_is(desk: Window, qtbot: QtBot) -> None:
    """While stale results are in sight, the banner says how far the new run is, and it replaces them."""
    before = run(desk, qtbot)
    set_paths(desk, qtbot, MANY)
    with qtbot.waitSignal(desk.risk.simulating.moved, timeout=30_000):
        desk.risk.page.head.run_wished.emit()
    assert re.fullmatch(r"New run: [\d,]+ of 3,000,000 paths", desk.risk.page.head.words()[2])
    desk.risk.simulating.stop()
    set_paths(desk, qtbot, PATHS + 1)
    after = run(desk, qtbot)
    assert after is not before
    assert desk.risk.page.head.words()[1] == ""


def test_the_same_deal_can_be_run_again(desk: Window, qtbot: QtBot) -> None:
    """A second run of an unchanged deal gives the same figures, with the time of its own."""
    first = run(desk, qtbot)
    second = run(desk, qtbot)
    assert second is not first
    assert second.shown.loss == first.shown.loss
    assert desk.risk.bar.words() == "1,000 paths, current"


def test_an_edit_during_a_run_makes_its_results_stale(desk: Window, qtbot: QtBot) -> None:
    """A run is of the deal as it was when it began; what has changed since is told once it is there."""
    desk.risk.bar.run_button.click()
    assert desk.document.edit("senior_debt.margin", 0.04, "Margin", "") == ""
    qtbot.waitUntil(lambda: not desk.risk.simulating.is_running, timeout=30_000)
    simulation = desk.risk.simulating.simulation
    assert simulation is not None
    assert value_at(simulation.deal, "senior_debt.margin") == 0.03
    assert desk.risk.simulating.is_stale


def test_another_deal_knows_nothing_of_the_results(desk: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """Opening another deal empties the tab, the rail and the status line, and gives up a run under way."""
    run(desk, qtbot)
    set_paths(desk, qtbot, MANY)
    with qtbot.waitSignal(desk.risk.simulating.moved, timeout=30_000):
        desk.risk.bar.run_button.click()
    other = tmp_path / "other.deal"
    save_deal(load_template("fjord"), other)
    with qtbot.waitSignal(desk.live.shown):
        desk.document.open(other)
    assert not desk.risk.simulating.is_running
    assert desk.risk.simulating.simulation is None
    assert not desk.risk.page.has_picture
    assert desk.status.simulation_words() == ""
    row = desk.desk.rail.expected_loss()
    assert row is not None
    assert row.text == "not simulated"


def test_a_run_that_cannot_be_made_says_why(desk: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the simulation refuses, its sentence stands in the tab, and the button is there again."""

    def refuses(*_args: object, **_settings: object) -> None:
        raise RiskError("a path count like this cannot be simulated")

    with monkeypatch.context() as patched:
        patched.setattr(models, "simulate", refuses)
        desk.risk.bar.run_button.click()
        qtbot.waitUntil(lambda: not desk.risk.simulating.is_running)
    assert "a path count like this cannot be simulated" in texts(desk)
    assert desk.risk.page.empty.run_button.isVisible()
    run(desk, qtbot)
    assert desk.risk.simulating.failure == ""


def test_a_fault_of_the_program_reaches_the_report(desk: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the program itself is handed on with its trace."""

    def breaks(*_args: object, **_settings: object) -> None:
        raise RuntimeError("a fault")

    with monkeypatch.context() as patched:
        patched.setattr(models, "simulate", breaks)
        with qtbot.waitSignal(desk.broken) as broken:
            desk.risk.bar.run_button.click()
    assert "RuntimeError\n| a fault" in broken.args[0]
    assert not desk.risk.simulating.is_running


def test_closing_during_a_run_is_clean(desk: Window, qtbot: QtBot) -> None:
    """Closing the window while a run is under way ends its threads and nothing is shown any more."""
    set_paths(desk, qtbot, MANY)
    with qtbot.waitSignal(desk.risk.simulating.moved, timeout=30_000):
        desk.risk.bar.run_button.click()
    with qtbot.waitSignal(desk.left):
        desk.give_up()
    assert desk.risk.simulating.simulation is None


def test_figure_and_line_are_chosen(desk: Window, qtbot: QtBot) -> None:
    """The choices above the charts show the distribution of any figure and the fan of any line, also by key."""
    simulation = run(desk, qtbot)
    results = desk.risk.page.results
    for box, view, titles in (
        (results.outcome_choice, results.outcomes, models.risk_outcomes),
        (results.line_choice, results.fan, models.risk_fan),
    ):
        box.setFocus()
        seen = set()
        for _ in range(box.count() - 1):
            QTest.keyClick(box, Qt.Key.Key_Down)
            chart = view.chart()
            assert chart is not None
            assert chart.title == titles(simulation.result, simulation.case, box.currentData()).title
            seen.add(box.currentData())
        assert len(seen) == box.count() - 1
    results.line_choice.setCurrentIndex(results.line_choice.findData("dscr_12m"))
    set_paths(desk, qtbot, PATHS - 1)
    run(desk, qtbot)
    assert results.line_choice.currentData() == "dscr_12m"


def test_the_worst_path_opens_as_a_case(desk: Window, qtbot: QtBot) -> None:
    """Its link shows the path in the result tabs under a banner, edits leave it there, and one click leads back."""
    simulation = run(desk, qtbot)
    choice = simulation.shown.paths[0]
    assert choice.words == "worst path"
    with qtbot.waitSignal(desk.risk.path_case.opened):
        desk.risk.page.results.paths.links()[0].click()
    results = desk.desk.results
    assert results.chosen() == "Cash flow"
    assert results.path == choice.path
    banner = results.banner
    assert banner.isVisible()
    assert banner.words().startswith(f"Path {choice.path + 1:,} of 1,000, the worst path of the simulation of")
    page = next(page for page in results.pages() if isinstance(page, CashFlowPage))
    case = path_case(simulation.deal, choice.path, seed=simulation.result.settings.seed)
    expected = models.cash_flow_table(case, "year")
    first = next(row for row in expected.rows if row.name == "cloud_revenue")
    model = page.table().model
    line = next(at for at in range(model.rowCount()) if model.label(at) == first.label)
    assert model.text(line, 1) == f"{first.values[1] / 1e6:,.1f}"
    rail = desk.desk.rail.row("partner_irr").text
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, "senior_debt.margin", "400")
    assert desk.desk.rail.row("partner_irr").text != rail
    assert results.path == choice.path
    assert model.text(line, 1) == f"{first.values[1] / 1e6:,.1f}"
    banner.back.click()
    assert results.path is None
    assert not banner.isVisible()
    assert desk.live.figures is not None
    base = desk.live.figures.case.lines["cloud_revenue"][12:24].sum() / 1e6
    assert model.text(line, 1) == f"{base:,.1f}"


def test_a_simulated_figure_is_explained_down_to_a_path(desk: Window, qtbot: QtBot) -> None:
    """A double click on the expected loss in the rail, Enter or F1 on a row of the tables, explains it; a path named
    there opens as a case, in which the explanation goes on. Before there is a simulation a sentence says so."""
    rail, explaining = desk.desk.rail.expected_loss(), desk.finding.explaining
    assert rail is not None
    with qtbot.waitSignal(explaining.refused) as refused:
        QTest.mouseDClick(rail.widget, Qt.MouseButton.LeftButton)
    assert refused.args == ["No simulation of this deal yet. F5 runs it; then its figures can be explained."]
    simulation = run(desk, qtbot)
    with qtbot.waitSignal(explaining.shown) as shown:
        QTest.mouseDClick(rail.widget, Qt.MouseButton.LeftButton)
    assert desk.desk.results.chosen() == "Explain"
    assert shown.args[0].explanation.value == simulation.result.measures.expected_loss.value
    page = desk.desk.results.page(ExplainPage)
    rows = page.table.model()
    worst = next(at for at in range(rows.rowCount()) if rows.index(at, 0).data() == "Worst path")
    with qtbot.waitSignal(desk.risk.path_case.opened):
        page.table.setFocus()
        page.table.setCurrentIndex(rows.index(worst, 0))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert desk.desk.results.path == simulation.shown.paths[0].path
    qtbot.waitUntil(lambda: getattr(page.shown(), "case_title", "").startswith("Path "))
    table = desk.risk.page.results.measures.table
    table.setCurrentIndex(table.model().index(1, 0))
    with qtbot.waitSignal(explaining.shown) as shown:
        table.activated.emit(table.currentIndex())
    assert shown.args[0].explanation.name == "el"
    results = desk.risk.page.results
    for table, name, value in (
        (results.measures.table, "called", simulation.result.called.value),
        (results.stress.table, "stress_called", simulation.result.stresses[0].distance),
    ):
        desk.desk.results.choose("Risk")
        table.setFocus()
        table.setCurrentIndex(table.model().index(0, 1))
        with qtbot.waitSignal(explaining.shown) as shown:
            press(desk, Qt.Key.Key_F1)
        assert (shown.args[0].explanation.name, shown.args[0].explanation.value) == (name, value)


def test_charts_of_a_path_say_that_they_are_of_it(desk: Window, qtbot: QtBot) -> None:
    """No chart of a path claims to be the base case, and back in the base case each says so again."""
    run(desk, qtbot)
    desk.desk.results.choose("Support")
    with qtbot.waitSignal(desk.risk.path_case.opened):
        desk.risk.page.path_wished.emit(11, "")
    view = desk.desk.results.picture_in_front()
    assert view is not None
    chart = view.chart()
    assert isinstance(chart, Chart)
    assert chart.subtitle.startswith("By quarter, path 12")
    desk.actions_["leave_path"].trigger()
    chart = view.chart()
    assert isinstance(chart, Chart)
    assert chart.subtitle.startswith("By quarter, base case")


def test_any_path_opens_by_its_number(desk: Window, qtbot: QtBot) -> None:
    """A number and Enter open that path; a number beyond the last opens none."""
    run(desk, qtbot)
    picker = desk.risk.page.results.paths
    picker.entry.setText("1001")
    picker.button.click()
    assert desk.desk.results.path is None
    assert focus() is picker.entry
    picker.entry.clear()
    QTest.keyClicks(picker.entry, "5")
    with qtbot.waitSignal(desk.risk.path_case.opened):
        QTest.keyClick(picker.entry, Qt.Key.Key_Return)
    assert desk.desk.results.path == 4
    desk.document.close()
    assert desk.desk.results.path is None


def test_the_settings_are_in_the_deal(desk: Window, qtbot: QtBot) -> None:
    """Links lead from the tab to paths, seed and sampling in the internal section of the deal."""
    desk.risk.page.empty.field_wished.emit("uncertainty.paths")
    assert desk.desk.sections.chosen_key() == "internal"
    desk.desk.sections.choose("deal")
    run(desk, qtbot)
    desk.risk.page.head.field_wished.emit("uncertainty.paths")
    assert desk.desk.sections.chosen_key() == "internal"
    with qtbot.waitSignal(desk.live.shown):
        type_into(desk, qtbot, "uncertainty.seed", "8")
    assert desk.risk.simulating.is_stale
    assert run(desk, qtbot).result.settings.seed == 8
    assert "seed 8" in desk.status.simulation_words()


def test_sampling_is_said_where_it_is_not_plain(desk: Window, qtbot: QtBot) -> None:
    """With antithetic pairs the head of the tab says so."""
    with qtbot.waitSignal(desk.live.shown):
        desk.document.edit("uncertainty.sampling", "antithetic", "Sampling", "")
    run(desk, qtbot)
    links = [button.text() for button in desk.risk.page.head.findChildren(QPushButton)]
    assert "1,000 paths, seed 7, antithetic pairs" in links


def test_what_has_the_focus_is_copied(desk: Window, qtbot: QtBot) -> None:
    """Copying takes the chart or the table with the focus in full precision, by itself the table of measures."""
    simulation = run(desk, qtbot)
    desk.actions_["copy_numbers"].trigger()
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0] == ["Measure", "Value", "± s.e."]
    loss = simulation.result.measures.expected_loss.value
    assert loss is not None
    assert float(next(row for row in rows if row[0] == "Expected loss, $m")[1]) == pytest.approx(loss / 1e6, rel=1e-12)
    results = desk.risk.page.results
    results.exposure.outlet.copy("year")
    years = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    shown = simulation.shown.exposure
    assert shown is not None
    assert years[0][:2] == ["Exposure", "Unit"]
    expected = next(row for row in years if row[0] == "Expected")
    at = shown.positions.index(f"Dec {years[0][3]}")
    assert expected[1] == "$m"
    assert float(expected[3]) == pytest.approx(shown.expected[at], rel=1e-12)
    results.outcomes.setFocus()
    qtbot.waitUntil(results.outcomes.hasFocus)
    desk.actions_["copy_numbers"].trigger()
    assert QGuiApplication.clipboard().text().startswith("Net support paid, present value, $m: from\tto\t")
    desk.actions_["copy_picture"].trigger()
    assert QGuiApplication.clipboard().image().size() == results.outcomes.size() * 2
    table = results.stress.table
    table.setFocus()
    table.selectRow(1)
    table.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 2


def test_tables_are_shown_whole(desk: Window, qtbot: QtBot) -> None:
    """In a wide window tables stand side by side, in a narrow one below one another, and no label is cut off."""
    run(desk, qtbot)
    results = desk.risk.page.results
    for width, side_by_side in ((1920, True), (1280, False)):
        desk.resize(width, 900)
        qtbot.waitUntil(lambda: results.width() < desk.width())
        qtbot.waitUntil(
            lambda wanted=side_by_side: (results.support.y() == results.stress.y()) is wanted  # type: ignore[misc]  # a lambda with its value
        )
        tables = [each.table for each in (results.measures, results.support, results.stress, results.figures)]
        for table in tables:
            assert table.needed_width() <= table.width()
            qtbot.waitUntil(lambda shown=table: whole(shown))  # type: ignore[misc]  # a lambda with its value


def whole(table: EstimatesTable) -> bool:
    """True where the last row of a table is in sight."""
    last = table.figures.rowCount() - 1
    return table.rowViewportPosition(last) + table.rowHeight(last) <= table.viewport().height()


def test_a_missing_figure_has_its_reason_below(desk: Window, qtbot: QtBot) -> None:
    """A measure that does not exist shows a dash and, in a line of its own, why."""
    simulation = run(desk, qtbot)
    reason = simulation.result.break_even_fee_bps.reason
    assert reason
    figures = desk.risk.page.results.measures.table.figures
    lines = [at for at in range(figures.rowCount()) if figures.is_reason(at)]
    assert reason[1:] in [figures.text(at, 0)[1:] for at in lines]
    assert figures.text(lines[0] - 1, 1) == "–"


def test_the_speed_is_remembered(
    desk: Window, qtbot: QtBot, settings: Settings, make_window: Callable[[], Window]
) -> None:
    """After a run the time of the next one is told by its speed, in the next session as well."""
    first = settings.simulation_speed
    run(desk, qtbot)
    assert settings.simulation_speed != first
    assert Settings(settings.folder, settings.folder).simulation_speed == settings.simulation_speed
    assert make_window().risk.simulating.simulation is None


@pytest.mark.parametrize(
    ("seconds", "words", "rest"),
    [
        (0.2, "less than a second", "1 s left"),
        (13.2, "about 13 s", "14 s left"),
        (200.0, "about 3 minutes", "4 min left"),
    ],
)
def test_durations_in_words(seconds: float, words: str, rest: str) -> None:
    """Times are said roughly, and what is left is never nothing."""
    assert about(seconds) == words
    assert left(seconds) == rest


def test_a_deal_of_another_currency_names_it(window: Window, qtbot: QtBot) -> None:
    """The expected loss of the rail is in the currency of the deal."""
    open_template(window, qtbot)
    with qtbot.waitSignal(window.live.shown):
        window.document.edit("", with_value(window.document.deal, "currency", "EUR"), "Currency", "")
    row = window.desk.rail.expected_loss()
    assert row is not None
    assert "€m" in row.spoken()


def test_the_rail_makes_room_for_a_large_loss(desk: Window, qtbot: QtBot) -> None:
    """A wide estimate cuts off no label of the rail in a window of the least width with all of the design."""
    desk.resize(1280, 800)
    desk.desk.show_expected_loss((1373.2, 11.6, 1), stale=True)
    rail = desk.desk.rail
    qtbot.waitUntil(lambda: rail.width() >= rail.needed_width())
    labels = [each for each in rail.findChildren(QLabel) if each.isVisible() and each.text() and not each.wordWrap()]
    qtbot.waitUntil(lambda: all(each.width() >= each.minimumSizeHint().width() for each in labels))
