"""The Compare tab: why a key figure moved, what differs, and states side by side."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.charts.kinds import Bridge, Tornado
from app.panels.compare import ComparePage
from app.panels.explain import ExplainPage
from app.panels.movers import MOST
from app.window import Window
from models import evaluate, load_template, save_deal, scenario_deal, with_value
from tests.app.acting import open_template
from tests.app.conftest import Script

CHANGES: tuple[tuple[str, object], ...] = (
    ("senior_debt.margin", 0.0325),
    ("revenue_share.rates[0][0]", 0.65),
    ("credit_support[0].floor_prices[1]", 3.05),
)


@pytest.fixture
def window_(window: Window, qtbot: QtBot) -> Window:
    """A window with Austral and three changes since it was opened, on the Compare tab."""
    open_template(window, qtbot)
    for path, value in CHANGES:
        window.document.edit(path, value, path, "")
    with (
        qtbot.waitSignal(window.finding.comparing.bridge.found, timeout=20_000),
        qtbot.waitSignal(window.finding.comparing.states.found, timeout=20_000),
    ):
        window.desk.results.choose("Compare")
    return window


def page(window: Window) -> ComparePage:
    """The page that compares."""
    return window.desk.results.page(ComparePage)


def test_a_bridge_adds_up_from_saved_to_now(window_: Window) -> None:
    """The contributions of the three changes add up to the difference of the engine's figures, and the rule is told."""
    chart = page(window_).chart.chart()
    assert isinstance(chart, Bridge)
    before = evaluate(load_template("austral")).kpis["partner_irr"]
    after = evaluate(window_.document.deal).kpis["partner_irr"]
    assert before is not None
    assert after is not None
    assert chart.steps[0].value == pytest.approx(before * 100, rel=1e-12)
    assert chart.steps[-1].value == pytest.approx(after * 100, rel=1e-12)
    assert len(chart.steps) == 5
    parts = sum(step.value for step in chart.steps if not step.is_level)
    assert parts == pytest.approx((after - before) * 100, rel=1e-9)
    assert "Shapley" in chart.subtitle
    assert chart.title.startswith("Three changes lower the partner IRR by 0.95 points")


def test_every_difference_is_listed_and_leads_to_its_field(window_: Window) -> None:
    """The table names each field with both values and its contribution; Enter on a row goes to the field."""
    table = page(window_).differences
    assert [row.key for row in table.table.rows] == [path for path, _ in CHANGES]
    assert (table.text(0, 1), table.text(0, 2)) == ("300 bp", "325 bp")
    assert table.text(0, 3).startswith("−")
    table.setCurrentIndex(table.table.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert window_.desk.sections.chosen_key() == "debt"


def test_another_key_figure_can_be_asked_about(window_: Window, qtbot: QtBot) -> None:
    """Choosing another figure brings its bridge."""
    box = page(window_).figure
    with qtbot.waitSignal(window_.finding.comparing.bridge.found, timeout=20_000):
        box.setCurrentIndex(box.findData("debt_amount"))
        box.activated.emit(box.currentIndex())
    chart = page(window_).chart.chart()
    assert isinstance(chart, Bridge)
    debt = evaluate(window_.document.deal).kpis["debt_amount"]
    assert debt is not None
    assert chart.steps[-1].value == pytest.approx(debt / 1e6)


def test_scenarios_stand_side_by_side_with_differences(window_: Window, qtbot: QtBot, dialogs: Script) -> None:
    """New scenarios join the table, each with its figure and its difference from the first; the fields stand below."""
    for name, price in (("Low", 5.0), ("High", 8.0)):
        dialogs.expect("name", name)
        window_.scenarios.choose("")
        window_.scenarios.make()
        with qtbot.waitSignal(window_.live.shown, timeout=20_000):
            window_.document.edit("demand[0].price", price, "Price", "")
    with qtbot.waitSignal(window_.finding.comparing.states.found, timeout=20_000):
        page(window_).choose_states(["base", "scenario Low", "scenario High"])
    table = page(window_).figures
    assert [head.words for head in table.table.heads[:6]] == ["Key figure", "Base", "Low", "Δ", "High", "Δ"]
    row = next(row for row in table.table.rows if row.key == "partner_irr")
    for column, name in ((1, ""), (2, "Low"), (4, "High")):
        irr = evaluate(scenario_deal(window_.document.base, name)).kpis["partner_irr"]
        assert irr is not None
        assert row.cells[column].value == pytest.approx(irr * 100, rel=1e-9)
    values = [row.cells[at].value or 0.0 for at in (1, 2, 4)]
    assert row.cells[3].value == pytest.approx(values[1] - values[0])
    assert row.cells[5].text.startswith("+")
    fields = page(window_).fields.table.rows
    assert [row.key for row in fields] == ["demand[0].price"]
    assert any(row.internal for row in table.table.rows)


def test_the_way_follows_a_scenario_that_is_renamed(window_: Window, dialogs: Script) -> None:
    """An end keeps its choice under another name, and comes back by undo; without it the way is the usual one."""
    for name in ("Low", "High"):
        dialogs.expect("name", name)
        window_.scenarios.choose("")
        window_.scenarios.make()
    for key, after in (("scenario Low", False), ("scenario High", True)):
        page(window_).choose_end(key, after=after)
    page(window_).choose_states(["base", "scenario High"])

    def shown() -> tuple[str, ...]:
        assert page(window_).pick.text().startswith("2 of")
        return page(window_).before.currentText(), page(window_).after.currentText()

    dialogs.expect("name", "Stress")
    window_.scenarios.rename()
    assert shown() == ("Low", "Stress")
    window_.actions_["undo"].trigger()
    assert shown() == ("Low", "High")
    window_.scenarios.delete()
    assert (page(window_).before.currentText(), page(window_).after.currentText()) == ("Saved", "Base")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F1])
def test_a_figure_of_another_state_is_explained(window_: Window, qtbot: QtBot, key: Qt.Key) -> None:
    """Enter or F1 on a figure of the saved state explains it there, under that name."""
    table = page(window_).figures
    at = next(at for at, row in enumerate(table.table.rows) if row.key == "min_dscr")
    table.setCurrentIndex(table.table.index(at, 1))
    with qtbot.waitSignal(window_.finding.explaining.shown, check_params_cb=lambda shown: shown.case_title == "Saved"):
        table.setFocus()
        QTest.keyClick(table, key)
    shown = window_.desk.results.page(ExplainPage).shown()
    assert shown is not None
    assert shown.explanation.value == evaluate(load_template("austral")).kpis["min_dscr"]


def test_a_file_can_be_compared_with(window_: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """Choosing a file as the state before compares with the deal in it; one that cannot be read is told."""
    other = with_value(load_template("austral"), "operations.pue", 1.5)
    save_deal(other, tmp_path / "other.deal")
    dialogs.expect("open_deal", tmp_path / "other.deal")
    box = page(window_).before
    with qtbot.waitSignal(window_.finding.comparing.bridge.found, timeout=20_000):
        box.setCurrentIndex(box.count() - 1)
        box.activated.emit(box.currentIndex())
    assert box.currentText() == "other.deal"
    assert "operations.pue" in [row.key for row in page(window_).differences.table.rows]
    (tmp_path / "broken.deal").write_text("{")
    dialogs.expect("open_deal", tmp_path / "broken.deal")
    dialogs.expect("tell")
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.currentIndex())
    assert box.currentText() == "other.deal"


def test_an_edit_outdates_the_bridge(window_: Window, qtbot: QtBot) -> None:
    """After an edit the bridge is stale until the new one is there, which then ends at the new figure."""
    with qtbot.waitSignal(window_.finding.comparing.bridge.found, timeout=20_000):
        window_.document.edit("operations.pue", 1.4, "PUE", "")
        assert page(window_).chart.is_stale
    chart = page(window_).chart.chart()
    assert isinstance(chart, Bridge)
    assert len(chart.steps) == 6
    assert not page(window_).chart.is_stale


def test_the_way_to_sensitivity_keeps_the_figure(window_: Window, qtbot: QtBot) -> None:
    """“What would move it most?” opens the tornado of the same key figure."""
    box = page(window_).figure
    box.setCurrentIndex(box.findData("llcr"))
    with qtbot.waitSignal(window_.finding.studies.sensitivity.found, timeout=20_000):
        page(window_).sensitivity_wished.emit("llcr")
    assert window_.desk.results.chosen() == "Sensitivity"


def test_what_would_move_it_most_stands_below(window_: Window, qtbot: QtBot) -> None:
    """Under the bridge the terms that would move the same key figure most are drawn, and follow the figure chosen."""
    shown = page(window_)
    qtbot.waitUntil(shown.movers.isVisible, timeout=20_000)
    chart = shown.movers.chart.chart()
    assert isinstance(chart, Tornado)
    assert len(chart.swings) == MOST
    assert "partner IRR" in chart.title
    shown.figure.setCurrentIndex(shown.figure.findData("debt_amount"))
    shown.figure.activated.emit(shown.figure.currentIndex())
    qtbot.waitUntil(lambda: "senior debt" in str(getattr(shown.movers.chart.chart(), "title", "")), timeout=20_000)
