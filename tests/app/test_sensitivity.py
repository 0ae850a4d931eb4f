"""The Sensitivity tab: what it asks, what it shows, and what it marks as stale."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.charts.kinds import Curves, HeatMap, Tornado
from app.panels.sensitivity import SensitivityPage
from app.panels.sensitivity_choices import ONE, TWO
from app.panels.term_box import TermBox
from app.requests import GridRequest, SweepRequest, TornadoRequest
from app.runner import Progress
from app.window import Window
from models import Deal, evaluate, load_template, month_number, with_term
from tests.app.acting import open_template


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> SensitivityPage:
    """The Sensitivity tab of Austral, with its tornado computed."""
    open_template(window, qtbot)
    with qtbot.waitSignal(window.finding.studies.sensitivity.found, timeout=20_000):
        window.desk.results.choose("Sensitivity")
    return window.desk.results.page(SensitivityPage)


def enter(line: QLineEdit, text: str) -> None:
    """Write into a line and leave it with Return."""
    line.setText(text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def irr(deal: Deal) -> float:
    """The partner's IRR in per cent."""
    value = evaluate(deal).kpis["partner_irr"]
    assert value is not None
    return float(value) * 100


def test_the_tornado_equals_single_evaluations(page: SensitivityPage) -> None:
    """The bars are ranked, and their ends are what the engine gives for the deal with that term alone moved."""
    chart = page.chart.chart()
    assert isinstance(chart, Tornado)
    deal = load_template("austral")
    assert chart.base == pytest.approx(irr(deal), rel=1e-12)
    reach = [
        max(s.low or 0, s.high or 0, chart.base) - min(s.low or 99, s.high or 99, chart.base) for s in chart.swings
    ]
    assert reach == sorted(reach, reverse=True)
    (share,) = (swing for swing in chart.swings if swing.name == "Share rate")
    assert share.by == "−10 % / +10 %"
    assert share.low == pytest.approx(irr(with_term(deal, "revenue_share.rates*", 0.9)), rel=1e-9)
    assert share.high == pytest.approx(irr(with_term(deal, "revenue_share.rates*", 1.1)), rel=1e-9)


def test_one_term_is_swept(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """A row of the tornado's table opens that term alone; the line ends where single evaluations do."""
    row = next(at for at, row in enumerate(page.table.table.rows) if row.key == "revenue_share.rates*")
    with qtbot.waitSignal(window.finding.studies.sensitivity.found, timeout=20_000):
        page.table.setCurrentIndex(page.table.table.index(row, 0))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.choices.kind == ONE
    chart = page.chart.chart()
    assert isinstance(chart, Curves)
    first = chart.curves[0].points[0]
    expected = irr(with_term(load_template("austral"), "revenue_share.rates*", first.x / 100))
    assert first.y == pytest.approx(expected, rel=1e-9)
    assert [limit.label for limit in chart.limits] == ["Cost of equity 15.0"]


def test_a_term_is_swept_between_own_ends(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """Ends that are entered are those of the line; another term begins with its usual ones again."""
    study = window.finding.studies.sensitivity
    with qtbot.waitSignal(study.found, timeout=20_000):
        page.choices.choose_term("revenue_share.rates*")
    with qtbot.waitSignal(study.found, timeout=20_000):
        enter(page.choices.low, "80")
    with qtbot.waitSignal(study.found, timeout=20_000):
        enter(page.choices.high, "120")
    chart = page.chart.chart()
    assert isinstance(chart, Curves)
    points = chart.curves[0].points
    assert (points[0].x, points[-1].x) == pytest.approx((80, 120))
    assert points[-1].y == pytest.approx(
        irr(with_term(load_template("austral"), "revenue_share.rates*", 1.2)), rel=1e-9
    )
    page.choices.choose_term("senior_debt.margin")
    assert page.choices.low.text() == ""
    assert page.choices.request() == SweepRequest("partner_irr", "senior_debt.margin")


def test_a_date_is_swept_between_months(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """A delivery is a term like any other: its ends are written as months, and the line is that of single deals."""
    study = window.finding.studies.sensitivity
    with qtbot.waitSignal(study.found, timeout=20_000):
        page.choices.choose_term("phases[3].delivery")
    enter(page.choices.low, "Apr 2o27")
    assert page.choices.low.problem() == "“Apr 2o27” is not a month."
    with qtbot.waitSignal(study.found, timeout=20_000):
        enter(page.choices.low, "Apr 2027")
    with qtbot.waitSignal(study.found, timeout=20_000):
        enter(page.choices.high, "2027-07")
    chart = page.chart.chart()
    assert isinstance(chart, Curves)
    points = chart.curves[0].points
    assert [point.name for point in points] == ["Apr 2027", "May 2027", "Jun 2027", "Jul 2027"]
    assert chart.x_name == "Delivery, months from now"
    later = with_term(load_template("austral"), "phases[3].delivery", month_number("2027-07"))
    assert points[-1].y == pytest.approx(irr(later), rel=1e-9)


def test_two_terms_make_a_heat_map_and_a_table(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """41 by 41 pairs with the contour at the cost of equity; the same figures stand in the table and copy out."""
    with qtbot.waitSignal(window.finding.studies.sensitivity.found, timeout=30_000):
        page.choices.choose_kind(TWO)
    chart = page.chart.chart()
    assert isinstance(chart, HeatMap)
    assert (len(chart.xs), len(chart.ys)) == (41, 41)
    assert chart.threshold == 15.0
    assert chart.contours[0].label == "Cost of equity 15.0"
    now = chart.now
    assert now is not None
    assert chart.values[now[1]][now[0]] == pytest.approx(irr(load_template("austral")), rel=1e-9)
    assert len(page.table.table.rows) == 41
    page.copy_numbers()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 42
    assert float(lines[-1].split("\t")[1]) == pytest.approx(chart.values[0][0])


def test_an_edit_makes_it_stale_until_it_is_computed_anew(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """After an edit the chart is grey and says so; the new one comes by itself and is of the new deal."""
    with qtbot.waitSignal(window.finding.studies.sensitivity.found, timeout=20_000):
        window.document.edit("operations.pue", 1.4, "PUE", "")
        assert page.chart.is_stale
        assert page.bar.words() == "Stale"
    chart = page.chart.chart()
    assert isinstance(chart, Tornado)
    assert not page.chart.is_stale
    assert chart.base == pytest.approx(irr(window.document.deal), rel=1e-12)


def test_a_computation_can_be_stopped(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """Stop ends the job, keeps the picture of before as stale, and offers to compute again."""
    study = window.finding.studies.sensitivity
    with qtbot.waitSignal(study.stopped, timeout=20_000):
        study.ask(_Endless())
        QTest.mouseClick(page.bar.stop, Qt.MouseButton.LeftButton)
    assert page.chart.is_stale
    assert page.bar.words() == "Stopped"
    with qtbot.waitSignal(study.found, timeout=20_000):
        QTest.mouseClick(page.bar.again, Qt.MouseButton.LeftButton)
    assert not page.chart.is_stale


class _Endless:
    """A request that only ends when it is stopped."""

    def run(self, _deal: Deal, progress: Progress) -> object:
        while True:
            progress(0.5)


def test_the_newest_request_wins(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """Of two requests in a row only the answer of the second is shown."""
    study = window.finding.studies.sensitivity
    seen: list[object] = []
    study.found.connect(lambda request, _found: seen.append(request))
    first, second = SweepRequest("min_dscr", "senior_debt.margin"), SweepRequest("llcr", "senior_debt.margin")
    with qtbot.waitSignal(study.found, timeout=20_000):
        study.ask(first)
        study.ask(second)
    assert seen == [second]
    chart = page.chart.chart()
    assert isinstance(chart, Curves)
    assert chart.unit == "LLCR, x"


def test_what_cannot_be_asked_is_a_sentence(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """The same term on both axes is refused in a sentence in place of the chart."""
    with qtbot.waitSignal(window.finding.studies.sensitivity.refused, timeout=20_000) as refused:
        window.finding.studies.sensitivity.ask(GridRequest("partner_irr", "senior_debt.margin", "senior_debt.margin"))
    assert "choose two different terms" in refused.args[0]
    assert not page.has_picture


def test_terms_are_found_by_typing(qtbot: QtBot, themed: object) -> None:
    """Any part of a name finds a term; what is no term falls back to the one chosen before."""
    assert themed
    box = TermBox("Term")
    qtbot.addWidget(box)
    box.offer((("a", "Debt: Margin"), ("b", "Revenue share: Share rate")))
    assert box.path() == "a"
    box.setEditText("revenue share: share rate")
    line = box.lineEdit()
    assert line is not None
    with qtbot.waitSignal(box.chosen) as chosen:
        line.editingFinished.emit()
    assert chosen.args == ["b"]
    box.setEditText("no such term")
    line.editingFinished.emit()
    assert (box.path(), box.currentText()) == ("b", "Revenue share: Share rate")


def test_a_tornado_over_ranges_asks_for_them(page: SensitivityPage) -> None:
    """The last choice of how far terms move asks for all that is allowed."""
    page.choices.spread.setCurrentIndex(page.choices.spread.count() - 1)
    assert page.choices.request() == TornadoRequest("partner_irr", 0.1, by_range=True)


def test_terms_and_their_ends_can_be_chosen(page: SensitivityPage, window: Window, qtbot: QtBot) -> None:
    """Only the terms ticked are moved, one of them between ends of its own; an end that is no number is told."""
    QTest.mouseClick(page.choices.pick, Qt.MouseButton.LeftButton)
    picks = window.finding.studies.picks
    assert picks is not None
    assert picks.model.chosen() is None
    picks.model.tick_all(False)
    for path in ("senior_debt.margin", "revenue_share.rates*"):
        index = picks.model.index(picks.model.row_of(path), 0)
        picks.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    row = picks.model.row_of("senior_debt.margin")
    assert not picks.model.setData(picks.model.index(row, 1), "two hundred")
    assert "is not a number" in picks.note.text()
    assert picks.model.setData(picks.model.index(row, 1), "200")
    assert picks.model.setData(picks.model.index(row, 2), "450")
    assert picks.note.text() == ""
    with qtbot.waitSignal(window.finding.studies.sensitivity.found, timeout=20_000):
        QTest.mouseClick(picks.use, Qt.MouseButton.LeftButton)
    chart = page.chart.chart()
    assert isinstance(chart, Tornado)
    assert {swing.name for swing in chart.swings} == {"Margin", "Share rate"}
    (margin,) = (swing for swing in chart.swings if swing.name == "Margin")
    assert margin.by == "200 / 450 bp"
    assert margin.high == pytest.approx(irr(with_term(load_template("austral"), "senior_debt.margin", 0.045)), rel=1e-9)
