"""The chart kit: axes with round values, labels that keep apart, drawings that stay inside, and copies."""

import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.charts.layout import lay_out
from app.charts.of_deal import calls_chart, cash_chart, cover_chart, revenue_chart
from app.charts.painting import free_place, paint_chart
from app.charts.scale import push_apart, round_step, scale
from app.charts.spec import Chart, Limit, Mark, Panel, Series, Span
from app.charts.view import ChartView
from app.charts.words import nothing_in, number
from app.theme import DARK, LIGHT, Theme
from models import CellTable, Glance, evaluate, glance, load_template, template_names

FINITE = st.floats(-1e9, 1e9, allow_nan=False)


def looked_at(name: str) -> Glance:
    """What there is to draw of a template."""
    case = evaluate(load_template(name))
    return glance(case, case)


def charts_of(seen: Glance) -> list[Chart]:
    """Every chart of a deal."""
    perhaps = (cover_chart(seen.cover), calls_chart(seen.calls))
    return [cash_chart(seen.cash), revenue_chart(seen.revenue), *(chart for chart in perhaps if chart is not None)]


@pytest.fixture
def chart() -> Chart:
    """A chart with two panels, a gap, a limit and a mark."""
    lines = (
        Series("Cover", (1.0, None, 2.0, 9.0), "line", 1, "a note", decimals=2),
        Series("Without", (0.5, 0.6, -0.7, 0.8), "line", 2, dashed=True, decimals=2),
    )
    return Chart(
        "A finding",
        "What is drawn",
        ("Jan 2027", "Feb 2027", "Mar 2027", "Apr 2027"),
        (Span(0, 2, "2027"), Span(2, 4, "2028")),
        (
            Panel("x", lines, 2.0, (Limit(1.0, "Break-even"),), (Mark(2, 2.0, "Highest"),), ceiling=3.0, danger=1.0),
            Panel("", (Series("Debt", (10.0, 20.0, 5.0, 0.0), "bar", 5),)),
        ),
        "Cover rises.",
    )


@pytest.fixture
def view(qtbot: QtBot, themed: QApplication, chart: Chart) -> ChartView:
    """A chart on screen."""
    assert themed
    made = ChartView("Cover", QSize(200, 100))
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_chart(chart)
    made.show()
    qtbot.waitExposed(made)
    return made


@given(st.lists(FINITE, max_size=30), st.integers(2, 6))
def test_an_axis_holds_all_values_and_zero(values: list[float], most: int) -> None:
    """Every axis reaches from the lowest to the highest value, has zero among its round ticks and few of them."""
    axis = scale(values, most)
    unseen = 1e-8 * (axis.high - axis.low)
    assert axis.low <= min([0.0, *values]) + unseen
    assert axis.high >= max([0.0, *values]) - unseen
    assert any(abs(tick) < 1e-9 * max(1.0, axis.high - axis.low) for tick in axis.ticks)
    assert 1 <= len(axis.ticks) <= most + 2
    steps = {round((after - before) / (axis.high - axis.low), 9) for before, after in pairwise(axis.ticks)}
    assert len(steps) <= 1


@given(st.floats(1e-6, 1e12), st.integers(1, 8))
def test_steps_are_round(span: float, most: int) -> None:
    """A step is 1, 2 or 5 times a power of ten and divides the span into no more parts than allowed."""
    step = round_step(span, most)
    assert f"{step:.6e}"[0] in "125"
    assert step * most >= span * (1 - 1e-6)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 12)), min_size=1, max_size=6))
def test_labels_are_pushed_apart(labels: list[tuple[float, float]]) -> None:
    """Labels never overlap, keep their order, and stay between the ends wherever they fit."""
    wanted, heights = [at for at, _ in labels], [height for _, height in labels]
    tops = push_apart(wanted, heights, 0.0, 100.0)
    order = sorted(range(len(labels)), key=lambda index: tops[index])
    assert all(tops[b] >= tops[a] + heights[a] - 1e-6 for a, b in pairwise(order))
    assert all(top >= -1e-6 and top + height <= 100 + 1e-6 for top, height in zip(tops, heights, strict=True))
    assert all(wanted[a] <= wanted[b] + heights[a] + heights[b] for a, b in pairwise(order))


def test_words_stand_on_the_side_of_a_limit_that_their_point_is_on(chart: Chart) -> None:
    """A mark just above a limit has its words above it too, close by, and not on the ground beyond the limit."""
    flat = Series("Cover", (2.9, 1.7, 1.25, *(1.26 + 0.01 * month for month in range(12))), "line", 1, decimals=2)
    panel = Panel("x", (flat,), 2.0, (Limit(1.15, "Lock-up"), Limit(1.0, "Break-even")), ceiling=2.3)
    seen = replace(chart, panels=(panel,), positions=tuple(map(str, range(15))), spans=(Span(0, 15, "2027"),))
    layout = lay_out(seen, QRectF(0, 0, 900, 300))
    frame = layout.frames[0]
    at = QPointF(layout.centre(2), frame.y(1.25))
    place = free_place(at, 90, 14, frame, layout)
    assert at.y() - 45 < place.top() < place.bottom() < frame.y(1.15)


def test_a_ceiling_cuts_the_axis() -> None:
    """With a ceiling the axis ends there, and what lies above is out of sight."""
    assert scale([1.0, 50.0], 5, ceiling=3.5).high == 3.5
    assert scale([1.0, 2.0], 5, ceiling=3.5).high == 2.0


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [(1567.3, 0, "1,567"), (-0.42, 2, "−0.42"), (-0.001, 2, "0.00"), (None, 1, "–"), (0.0, 0, "0")],
)
def test_figures_are_written_for_reading(value: float | None, decimals: int, words: str) -> None:
    """Thousands are grouped, a minus is a true minus, nothing is an en dash, and no zero is negative."""
    assert number(value, decimals) == words


@pytest.mark.parametrize("size", [(880, 320), (300, 140), (120, 60)])
def test_parts_of_a_chart_lie_inside(chart: Chart, themed: QApplication, size: tuple[int, int]) -> None:
    """Head, plots and gutter lie within the chart, plots under one another on the same time axis."""
    assert themed
    area = QRectF(0, 0, *size)
    layout = lay_out(chart, area)
    for frame in layout.frames:
        assert frame.plot.left() >= area.left()
        assert frame.plot.right() <= area.right()
        assert frame.plot.left() == layout.frames[0].plot.left()
        assert frame.plot.width() == layout.frames[0].plot.width()
    assert layout.frames[0].plot.bottom() < layout.frames[1].plot.top()
    assert layout.gutter.right() <= area.right() + 1


def test_a_place_on_the_axis_finds_its_position(chart: Chart, themed: QApplication) -> None:
    """The position under the pointer is the one drawn there; beside the plot there is none."""
    assert themed
    layout = lay_out(chart, QRectF(0, 0, 600, 300))
    for index in range(4):
        assert layout.index_at(layout.centre(index)) == index
    assert layout.index_at(layout.left(4)) == 3
    assert layout.index_at(1.0) is None
    assert layout.index_at(599.0) is None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", [template.name for template in template_names()])
def test_every_chart_of_every_template_is_drawn(name: str, theme: Theme, themed: QApplication) -> None:
    """Each chart paints in both themes and in a narrow room, and uses the colours of its series."""
    assert themed
    for chart in charts_of(looked_at(name)):
        for size in (QSize(880, 300), QSize(280, 130)):
            image = QImage(size, QImage.Format.Format_RGB32)
            image.fill(theme.base)
            with QPainter(image) as painter:
                paint_chart(painter, chart, lay_out(chart, QRectF(image.rect())), theme)
            pixels = bytes(image.constBits())
            for series in chart.series():
                if series.kind == "bar" and any(series.values):
                    assert _bytes_of(theme.series[series.colour - 1]) in pixels


def _bytes_of(colour: QColor) -> bytes:
    """A colour as it stands in the memory of an image of the format RGB32."""
    return colour.rgb().to_bytes(4, sys.byteorder)


def test_two_drawings_are_the_same(chart: Chart, view: ChartView) -> None:
    """The same chart gives the same picture, pixel for pixel."""
    first = view.picture()
    view.show_chart(chart)
    assert view.picture() == first


def test_pointer_and_arrow_keys_bring_a_position_out(view: ChartView) -> None:
    """Moving over the chart or pressing an arrow changes what is painted; Escape and leaving take it back."""
    view.clearFocus()
    plain = view.grab().toImage()
    QTest.mouseMove(view, QPoint(200, 150))
    assert view.grab().toImage() != plain
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    with_focus = view.grab().toImage()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.grab().toImage() != with_focus
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.clearFocus()
    assert view.grab().toImage() == plain


def test_a_chart_speaks(view: ChartView) -> None:
    """A screen reader finds a name and a summary in words."""
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Cover"
    assert interface.text(QAccessible.Text.Description) == "Cover rises."


def test_numbers_copy_at_full_precision(view: ChartView) -> None:
    """Copied figures are a table with headings, one row for each position, gaps left empty."""
    view.copy_numbers()
    rows = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert rows[0] == ["", "Cover, x", "Without, x", "Debt"]
    assert rows[2] == ["Feb 2027", "", "0.6", "20"]
    assert len(rows) == 5


def test_the_menu_offers_copies_and_files(view: ChartView, chart: Chart, qtbot: QtBot) -> None:
    """The context menu copies the figures or the picture, and wishes files of both; a series in time by period too."""
    menu = view.copy_menu()
    words = [each.text().replace("&", "") for each in menu.actions() if not each.isSeparator()]
    assert words == ["Copy as numbers", "Copy as picture", "Save as CSV…", "Save as Excel…", "Save the picture…"]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().image().width() == 1200
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text().startswith("\tCover")
    with qtbot.waitSignal(view.file_wished):
        menu.actions()[-1].trigger()
    view.show_chart(chart, over=lambda period: CellTable.of(period, ("", "m"), (("a", 1.0),)))
    assert len(view.copy_menu().actions()) == len(menu.actions()) + 3
    view.outlet.copy("quarter")
    assert QGuiApplication.clipboard().text().splitlines() == ["\tm", "a\t1"]
    with qtbot.waitSignal(view.outlet.wished) as wished:
        view.outlet.save(".xlsx")
    tables, ending = wished.args or ((), "")
    assert [table.title for table in tables] == [chart.title, "month", "quarter", "year"]
    assert ending == ".xlsx"


def test_nothing_but_zero_has_no_scale(chart: Chart) -> None:
    """An axis of zeros has the one tick that is true, and the plot says why it is empty."""
    assert scale([0.0, 0.0], 5).ticks == (0.0,)
    (panel, *_) = chart.panels
    zero, none = (replace(panel, series=(Series("A", values),), bands=()) for values in ((0.0, 0.0), (None, None)))
    assert nothing_in(zero) == "Zero throughout"
    assert nothing_in(none) == "No figure in any of the months"
    assert nothing_in(panel) == ""


def test_a_chart_with_nothing_in_it_is_still_drawn(themed: QApplication) -> None:
    """Rows without any figure give empty axes, not an error."""
    assert themed
    empty = Chart("t", "", ("a",), (Span(0, 1, "x"),), (Panel("", (Series("s", (None,)),)),), "", compact=True)
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        paint_chart(painter, empty, lay_out(empty, QRectF(image.rect())), LIGHT)
    assert _bytes_of(LIGHT.text) in bytes(image.constBits())


def test_no_cover_is_no_empty_chart(themed: QApplication) -> None:
    """Without debt there is nothing to draw; with debt that needs no service yet, its balance alone, and a sentence."""
    assert themed
    cover = looked_at("austral").cover
    nothing = replace(cover, cover=(None,) * len(cover.cover), without=(), lowest=None)
    balance = cover_chart(nothing)
    assert balance is not None
    assert [[series.name for series in panel.series] for panel in balance.panels] == [[cover.debt_name]]
    assert cover_chart(replace(nothing, debt=(0.0,) * len(cover.debt))) is None
    whole = cover_chart(cover)
    assert whole is not None
    assert len(whole.panels) == 2


def test_cover_and_commitment_are_drawn_as_the_deal_has_them() -> None:
    """Where the support is called: cover with it and without it against lock-up and break-even, over the balance of the
    debt; the revenue against the floor, over what the support pays for the difference."""
    case = evaluate(load_template("austral-stress"))
    seen = glance(case, case)
    cover, calls = cover_chart(seen.cover), calls_chart(seen.calls)
    assert cover is not None
    assert calls is not None
    names = [[series.name for series in panel.series] for panel in (*cover.panels, *calls.panels)]
    assert names == [["With the support", "Without"], ["Senior debt, $m"], ["Floor", "Revenue"], ["Commitment paid"]]
    assert [(limit.label, limit.value) for limit in cover.panels[0].limits] == [
        (f"Lock-up {case.deal.senior_debt.lockup_dscr:.2f}", case.deal.senior_debt.lockup_dscr),
        ("Break-even 1.00", 1.0),
    ]
    with_support, without = (series.values for series in cover.panels[0].series)
    assert any(
        one is not None and other is not None and one > other for one, other in zip(with_support, without, strict=True)
    )
    floor, revenue = (series.values for series in calls.panels[0].series)
    (paid,) = (series.values for series in calls.panels[1].series)
    short = [bool(f and r is not None and r < f) for f, r in zip(floor, revenue, strict=True)]
    assert [at for at, value in enumerate(paid) if value and not short[at]] == []
