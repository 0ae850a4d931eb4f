"""Any figure explained in the window: asked for by mouse and key, followed down and back, in scenarios and paths."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.explaining import explained
from app.forms.entry_view import EntryView
from app.live import Figures
from app.panels.cash_flow import CashFlowPage
from app.panels.explain import ExplainPage
from app.panels.explain_words import equation, formula_html, ingredient_rows
from app.panels.rail_figure import RailFigure
from app.places import DealPlace, FigurePlace
from app.reference import LineReference
from app.tables.cash_flow import CashFlowView
from app.window import Window
from models import (
    KEY_FIGURES,
    evaluate,
    glance,
    line_catalogue,
    load_template,
    path_case,
    scenario_deal,
    with_value,
)
from tests.app.acting import open_template, press
from tests.app.conftest import Script

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Window:
    """A window with the Austral template open and computed."""
    open_template(window, qtbot)
    return window


def page(window: Window) -> ExplainPage:
    """The page that explains."""
    return window.desk.results.page(ExplainPage)


def open_at(window: Window, qtbot: QtBot, place: FigurePlace) -> ExplainPage:
    """Explain a figure and wait for it."""
    with qtbot.waitSignal(window.finding.explaining.shown):
        window.finding.explain_routes.open(place)
    return page(window)


def cell_of(view: CashFlowView, line: str, column: int) -> QPoint:
    """The middle of a cell of the cash-flow table, scrolled into sight."""
    rows = range(view.model().rowCount())
    row = next(row for row in rows if (place := view.place_at(row, 0)) is not None and place.name == line)
    index = view.model().index(row, column)
    view.scrollTo(index)
    return view.visualRect(index).center()


def test_a_double_click_in_the_table_explains(desk: Window, qtbot: QtBot) -> None:
    """A double click on a month of the cash flow shows that line in that month, with the value of the case."""
    table = desk.desk.results.page(CashFlowPage)
    table.choose_period("month")
    view = table.table().view
    with qtbot.waitSignal(desk.finding.explaining.shown):
        at = cell_of(view, "cfads", 19)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.desk.results.chosen() == "Explain"
    shown = page(desk).shown()
    assert shown is not None
    assert shown.place == FigurePlace("cfads", 19)
    assert shown.explanation.value == evaluate(desk.document.deal).lines["cfads"][19]
    assert shown.explanation.recomputed == pytest.approx(shown.explanation.value, rel=1e-12)


def test_a_year_is_explained_as_its_sum(desk: Window, qtbot: QtBot) -> None:
    """F1 on a calendar year explains the sum of its months, which stand in a table of their own."""
    view = desk.desk.results.page(CashFlowPage).table().view
    view.setFocus()
    at = cell_of(view, "cloud_revenue", 1)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(desk.finding.explaining.shown):
        press(desk, Qt.Key.Key_F1)
    shown = page(desk).shown()
    assert shown is not None
    assert shown.explanation.value == pytest.approx(evaluate(desk.document.deal).lines["cloud_revenue"][12:24].sum())
    assert page(desk).months.isVisible()
    assert page(desk).months.model.columns == (*shown.months[12:24], "Total")
    assert page(desk).months.model.heads[:3] == ("Jan ’28", "Feb", "Mar")  # the year once, where it begins


def test_figures_of_the_rail_explain_by_key(desk: Window, qtbot: QtBot) -> None:
    """The rail is one stop of the Tab key, arrows go through its figures, and F1 explains the one in focus."""
    rows = desk.desk.rail
    rows.row("partner_irr").widget.setFocus()
    press(desk, Qt.Key.Key_Down)
    assert rows.row("min_dscr").widget.hasFocus()
    stops = rows.findChildren(RailFigure)
    assert sum(bool(stop.focusPolicy() & Qt.FocusPolicy.TabFocus) for stop in stops) == 1
    with qtbot.waitSignal(desk.finding.explaining.shown):
        press(desk, Qt.Key.Key_F1)
    shown = page(desk).shown()
    assert shown is not None
    assert shown.explanation.label == "Lowest DSCR"
    assert f"{shown.explanation.value:.2f}" == rows.row("min_dscr").text


def test_every_figure_of_the_rail_can_be_explained(desk: Window, qtbot: QtBot) -> None:
    """A double click on each figure of the rail leads to an explanation with the figure of the rail."""
    assert desk.live.figures is not None
    for figure in desk.live.figures.glance.figures:
        widget = desk.desk.rail.row(figure.name).widget
        with qtbot.waitSignal(desk.finding.explaining.shown):
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton)
        shown = page(desk).shown()
        assert shown is not None
        assert shown.explanation.value is not None


def test_calculated_rows_of_the_form_explain(desk: Window, qtbot: QtBot) -> None:
    """A double click on the floor amount of a contract year under the floor prices explains that year's sum."""
    desk.desk.sections.choose("support")
    (view,) = (view for view in desk.desk.forms.page().findChildren(EntryView) if not view.isHidden())
    index = view.model().index(1, 1)
    with qtbot.waitSignal(desk.finding.explaining.shown):
        view.doubleClicked.emit(index)
    shown = page(desk).shown()
    assert shown is not None
    assert shown.explanation.name == "floor_amount"
    assert index.data() == f"{(shown.explanation.value or 0) / 1e6:,.0f}"


def test_ingredients_lead_down_and_back(desk: Window, qtbot: QtBot) -> None:
    """Enter on an ingredient goes to it; Alt+Left comes back, Alt+Right goes forward, and the way is written out."""
    shown = open_at(desk, qtbot, FigurePlace("cfads", 19))
    shown.table.setFocus()
    shown.table.setCurrentIndex(shown.table.table.index(0, 0))
    with qtbot.waitSignal(desk.finding.explaining.shown):
        press(desk, Qt.Key.Key_Return)
    assert desk.finding.explaining.way() == (("Cash for debt service", ""), ("Cloud revenue", ""))
    with qtbot.waitSignal(desk.finding.explaining.shown):
        press(desk, Qt.Key.Key_Left, ALT)
    assert desk.finding.explaining.place == FigurePlace("cfads", 19)
    with qtbot.waitSignal(desk.finding.explaining.shown):
        press(desk, Qt.Key.Key_Right, ALT)
    assert desk.finding.explaining.place == FigurePlace("cloud_revenue", 19)


def test_an_input_leads_to_its_field(desk: Window, qtbot: QtBot) -> None:
    """Following an input goes to its field in the form and puts the focus there."""
    shown = open_at(desk, qtbot, FigurePlace("operating_costs", 19))
    explained = shown.shown()
    assert explained is not None
    rows = ingredient_rows(explained, "USD")
    at = next(at for at, row in enumerate(rows) if row.is_input and row.level == 0)
    desk.desk.fold(True)
    shown.table.setCurrentIndex(shown.table.table.index(at, 0))
    shown.table.setFocus()
    press(desk, Qt.Key.Key_Return)
    assert desk.desk.sections.chosen_key() == "costs"
    focus = desk.desk.forms.page().focusWidget()
    assert focus.accessibleName() == "Selling and overheads, % of revenue"


def test_users_lead_up(desk: Window, qtbot: QtBot) -> None:
    """A figure names the lines that use it, and each is a link."""
    shown = open_at(desk, qtbot, FigurePlace("cfads_12m", 19))
    (user, *_) = shown.users()
    with qtbot.waitSignal(desk.finding.explaining.shown):
        next(b for b in shown.findChildren(QPushButton) if b.text() == user.label).click()
    assert desk.finding.explaining.place == FigurePlace(user.name, user.month)


def test_another_month_is_no_step_of_the_way(desk: Window, qtbot: QtBot) -> None:
    """Choosing months shows their figures, and back goes to the line before, not through every month."""
    shown = open_at(desk, qtbot, FigurePlace("cfads", 19))
    open_at(desk, qtbot, FigurePlace("cloud_revenue", 19))
    for month in (20, 21):
        with qtbot.waitSignal(desk.finding.explaining.shown):
            shown.head.month_wished.emit(month)
    assert desk.finding.explaining.place == FigurePlace("cloud_revenue", 21)
    with qtbot.waitSignal(desk.finding.explaining.shown):
        press(desk, Qt.Key.Key_Left, ALT)
    assert desk.finding.explaining.place == FigurePlace("cfads", 19)


def test_an_explanation_follows_the_deal_and_the_scenario(desk: Window, qtbot: QtBot, dialogs: Script) -> None:
    """While the page is in sight an edit and a chosen scenario bring their own figures, and the page says whose."""
    open_at(desk, qtbot, FigurePlace("cfads", 19))
    dialogs.expect("name", "Stress")
    desk.scenarios.make()
    with qtbot.waitSignal(desk.finding.explaining.shown, check_params_cb=lambda shown: "Stress" in shown.case_title):
        desk.document.edit("operations.pue", 1.4, "PUE", "")
    qtbot.waitUntil(lambda: _value(desk) == evaluate(scenario_deal(desk.document.base, "Stress")).lines["cfads"][19])


def _value(window: Window) -> float | None:
    shown = page(window).shown()
    return None if shown is None else shown.explanation.value


def test_another_deal_can_be_explained(desk: Window, qtbot: QtBot) -> None:
    """A deal that is not the one shown, such as a file, is explained by its own figures, with a way back."""
    other = with_value(load_template("austral"), "operations.pue", 1.5)
    with qtbot.waitSignal(desk.finding.explaining.shown):
        desk.finding.explaining.explain(DealPlace(FigurePlace("power_cost", 19), other, "Worse cooling"))
    assert _value(desk) == evaluate(other).lines["power_cost"][19]
    assert desk.finding.explaining.is_elsewhere
    desk.desk.results.choose("Explain")
    with qtbot.waitSignal(desk.finding.explaining.shown):
        page(desk).leave_wished.emit()
    assert _value(desk) == evaluate(desk.document.deal).lines["power_cost"][19]


def test_every_line_and_figure_can_be_written(desk: Window) -> None:
    """Each line of the model and each key figure becomes a page: formula with links, equation and ingredients."""
    case = evaluate(desk.document.deal)
    for name in [*case.lines, *case.once, *(figure.name for figure in KEY_FIGURES)]:
        shown = explained(case, FigurePlace(name, 19 if name in case.lines else None), "Base case")
        assert formula_html(shown.explanation), name
        ingredient_rows(shown, "USD")
        said = equation(shown.explanation, "USD")
        assert not said or " = " in said


def test_the_equation_holds_the_values(desk: Window, qtbot: QtBot) -> None:
    """Under the formula stand the values in its place, in millions as the table writes them."""
    shown = open_at(desk, qtbot, FigurePlace("interest_due", 19)).shown()
    assert shown is not None
    case = evaluate(desk.document.deal)
    balance, rate = case.lines["debt_balance"][18], case.once["debt_rate"]
    assert equation(shown.explanation, "USD") == f"{balance / 1e6:,.1f} × {rate:.4g} = {balance * rate / 1e6:,.1f}"


def test_internal_figures_are_marked(desk: Window, qtbot: QtBot) -> None:
    """What a partner must not see carries the lock and the word on its page."""
    shown = open_at(desk, qtbot, FigurePlace("vendor_support_npv"))
    marks = [w for w in shown.findChildren(QWidget) if w.accessibleName() == "Internal" and w.isVisible()]
    assert len(marks) == 1
    open_at(desk, qtbot, FigurePlace("cfads", 19))
    assert not marks[0].isVisible()


def test_the_reference_lists_and_finds_every_line(desk: Window) -> None:
    """Shift+F1 opens all line items of the deal, and the search leaves those that hold every word."""
    press(desk, Qt.Key.Key_F1, SHIFT)
    (reference,) = desk.findChildren(LineReference)
    names = [line.name for section in line_catalogue(desk.document.deal) for line in section.lines]
    assert reference.shown() == names
    reference.search.setText("dscr twelve")
    assert "dscr_12m" in reference.shown()
    assert 0 < len(reference.shown()) < 10
    reference.search.setText("no such thing")
    assert reference.shown() == []
    assert reference.count.text() == f"0 of {len(names)} lines"
    reference.close()


def test_a_path_of_the_simulation_is_explained(desk: Window, qtbot: QtBot) -> None:
    """While a simulated path is shown on the tabs its figures are explained, drivers included; then the base again."""
    open_at(desk, qtbot, FigurePlace("cloud_revenue", 30))
    base = _value(desk)
    case = path_case(desk.document.deal, 3)
    figures = Figures(case, glance(case), 0.0, path=3)
    with qtbot.waitSignal(desk.finding.explaining.shown):
        desk.desk.results.show_path(figures, "Path 4")
    assert _value(desk) == case.lines["cloud_revenue"][30]
    assert _value(desk) != base
    shown = page(desk).shown()
    assert shown is not None
    assert shown.case_title == "Path 4 of the simulation"
    assert shown.explanation.recomputed == pytest.approx(shown.explanation.value, rel=1e-12)
    with qtbot.waitSignal(desk.finding.explaining.shown):
        desk.desk.results.leave_path()
    assert _value(desk) == base
