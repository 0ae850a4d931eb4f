"""The charts that do not run over time, fans and stacks: what is drawn, brought out, copied and saved."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.charts.axes import blend
from app.charts.curves import CurvesDrawing
from app.charts.drawing import drawing_of
from app.charts.kinds import (
    AnyChart,
    Bin,
    Bridge,
    BridgeStep,
    Contour,
    Curve,
    Curves,
    HeatMap,
    Histogram,
    Pile,
    Piles,
    Point,
    Slice,
    Swing,
    TailMark,
    Tornado,
)
from app.charts.scale import inner_ticks
from app.charts.spec import Band, Chart, Limit, Panel, Series, Span
from app.charts.view import ChartView, faded
from app.theme import DARK, LIGHT, Theme, apply_theme
from app.window import Window
from tests.app.acting import open_template
from tests.app.conftest import Script

HISTOGRAM = Histogram(
    "Most paths never call",
    "Share of paths",
    "Paid, $m",
    (Bin(0, 10, 7.0), Bin(10, 20, 3.0), Bin(20, 30, 1.5), Bin(30, 40, 1.0)),
    (TailMark(5, "Mean 5"), TailMark(22, "VaR 95  22"), TailMark(36, "CVaR 95  36", dashed=True)),
    "Nothing is paid on 87.5 % of paths.",
    ("No call", 87.5),
    20.0,
    open_end=True,
)
TORNADO = Tornado(
    "Prices move it most",
    "Partner IRR",
    "%",
    14.8,
    "Now 14.8",
    (
        Swing("Prices", "−10 % / +10 %", 9.0, 21.0),
        Swing("Rent", "−5 / +5", 16.0, 17.0),
        Swing("Tax", "0 / 1", None, 14.0, "never repaid"),
    ),
    "Prices move it most.",
)
HEAT_MAP = HeatMap(
    "Enough above a floor of 3",
    "Partner IRR, %",
    "Floor",
    ("2", "3", "4"),
    "Share",
    ("40", "50"),
    ((10.0, 15.0, 20.0), (8.0, None, 18.0)),
    "Enough above a floor of 3.",
    contours=(Contour("15", (((1.0, -0.5), (1.4, 1.5)),), strong=True),),
    threshold=15.0,
    now=(1, 0),
)
BRIDGE = Bridge(
    "Two changes",
    "In the order of the form",
    "%",
    (
        BridgeStep("Saved", "13 Nov", 13.85, is_level=True),
        BridgeStep("Margin", "325 → 300 bp", 1.25),
        BridgeStep("Share", "60 → 61 %", -0.25),
        BridgeStep("Now", "2 changes", 14.85, is_level=True),
    ),
    "From 13.85 to 14.85.",
    2,
    (Limit(15.0, "Cost of equity 15.0", dotted=True),),
)
CURVES = Curves(
    "More floor, more return",
    "Partner IRR over the floor",
    "Floor, $",
    "%",
    (
        Curve("IRR", (Point(2.0, 10.0), Point(3.0, 15.0), Point(4.0, 18.0))),
        Curve("Found", (Point(2.5, 12.0, "Second", "B", ("Share 50 %",)),), 2, line=False, dots=True),
    ),
    "It rises from 10 to 18.",
    limits=(Limit(15.0, "Cost of equity 15.0"),),
    now=(3.15, "Now 3.15"),
)
PILES = Piles(
    "Debt pays for most",
    "Until the last delivery",
    "$m",
    (
        Pile("Sources", "100", (Slice("Debt", 60.0, "60 %", 1), Slice("Equity", 40.0, "40 %", 3))),
        Pile("Uses", "100", (Slice("Hardware", 90.0, "90 %", 8), Slice("Fees", 10.0, "10 %", 5, hatched=True))),
    ),
    "Debt pays for 60 %.",
)
YEARS = ("2027", "2028", "2029")
FAN = Chart(
    "It falls",
    "Median and 90 % of paths",
    YEARS,
    tuple(Span(i, i + 1, year) for i, year in enumerate(YEARS)),
    (
        Panel(
            "$m",
            (Series("Median", (4.0, 3.0, 2.0)), Series("Floor", (3.0, 2.5, 2.0), "step", 2)),
            bands=(Band(Series("5 %", (2.0, 1.0, None)), Series("95 %", (6.0, 5.0, None)), labelled=True),),
        ),
    ),
    "It falls from 4 to 2.",
)
STACK = replace(
    FAN,
    panels=(
        Panel(
            "$m",
            (
                Series("In", (10.0, 8.0, 0.0), "stack", 1),
                Series("More", (5.0, 4.0, 0.0), "stack", 3, hatched=True),
                Series("Out", (-6.0, -20.0, 0.0), "stack", 2),
            ),
        ),
    ),
)
EMPTY = (
    replace(HISTOGRAM, bins=(), marks=(), zero=None),
    replace(TORNADO, swings=()),
    replace(PILES, piles=()),
    replace(CURVES, curves=()),
)
ALL: tuple[AnyChart, ...] = (HISTOGRAM, TORNADO, HEAT_MAP, BRIDGE, PILES, CURVES, FAN, STACK)
NAMES = [type(chart).__name__ for chart in ALL]


def painted(chart: AnyChart, size: tuple[int, int] = (600, 320), theme: Theme = LIGHT) -> QImage:
    """The picture of a chart at one pixel each."""
    image = QImage(QSize(*size), QImage.Format.Format_RGB32)
    image.fill(theme.base)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing_of(chart, QRectF(image.rect())).paint(painter, theme)
    return image


def count(image: QImage, colour: QColor) -> int:
    """How many pixels have exactly a colour."""
    return list(memoryview(image.constBits()).cast("B").cast("I")).count(colour.rgb())


@pytest.fixture
def show(qtbot: QtBot, themed: QApplication) -> Callable[[AnyChart], ChartView]:
    """Puts a chart on the screen."""
    assert themed

    def shown(chart: AnyChart) -> ChartView:
        made = ChartView("Outcome", QSize(200, 100))
        qtbot.addWidget(made)
        made.resize(600, 320)
        made.show_chart(chart)
        made.show()
        qtbot.waitExposed(made)
        return made

    return shown


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("chart", [*ALL, *EMPTY], ids=[*NAMES, "no bins", "no swings", "no piles", "no curves"])
def test_every_kind_is_drawn_in_any_room(chart: AnyChart, theme: Theme, themed: QApplication) -> None:
    """Each kind paints its title in both themes, in a wide room and in one that is far too small."""
    assert themed
    assert count(painted(chart, (600, 320), theme), theme.text) > 20
    assert not painted(chart, (60, 40), theme).isNull()


@pytest.mark.parametrize("chart", ALL, ids=NAMES)
def test_arrow_keys_go_through_every_place(show: Callable[[AnyChart], ChartView], chart: AnyChart) -> None:
    """The arrow keys bring out each place that the pointer finds, with values in words, and stop at the ends."""
    view = show(chart)
    plain = view.picture()
    drawing = drawing_of(chart, QRectF(view.rect()).adjusted(2, 2, -2, -2))
    key = Qt.Key.Key_Right if drawing.step_right else Qt.Key.Key_Down
    view.setFocus()
    pictures = []
    for index in range(drawing.positions):
        QTest.keyClick(view, key)
        pictures.append(view.grab().toImage())
        box = drawing.box(index)
        assert box.head in box.spoken()
        assert all(row.name in box.spoken() for row in box.rows)
    assert all(a != b for a, b in pairwise(pictures))
    QTest.keyClick(view, key)
    assert view.grab().toImage() == pictures[-1]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.clearFocus()
    assert view.picture() == plain


@pytest.mark.parametrize("chart", ALL, ids=NAMES)
def test_a_place_may_go_where_the_chart_becomes_smaller(show: Callable[[AnyChart], ChartView], chart: AnyChart) -> None:
    """A chart whose last place is brought out is painted in any smaller room, whether that still has the place."""
    view = show(chart)
    view.hover_at(drawing_of(chart, QRectF(view.rect())).positions - 1)
    for height in (200, 120, 100):
        view.resize(600, height)
        assert not view.grab().isNull()
        assert view.figure_in_focus() is None


@pytest.mark.parametrize("chart", ALL, ids=NAMES)
def test_the_pointer_finds_what_is_under_it(chart: AnyChart, themed: QApplication) -> None:
    """Somewhere in the drawing the pointer finds every place, and beside the drawing none."""
    assert themed
    drawing = drawing_of(chart, QRectF(0, 0, 600, 320))
    found = {drawing.index_at(QPointF(x, y)) for x in range(0, 600, 3) for y in range(0, 320, 2)}
    places = set(range(drawing.positions))
    assert places <= found
    assert drawing.index_at(QPointF(-20, -20)) is None


def test_the_bar_at_zero_is_broken(themed: QApplication) -> None:
    """A share at zero far above the others is a bar of its own with a gap; the axis fits the others."""
    assert themed
    low = replace(HISTOGRAM, zero=("No call", 8.0))
    bar = drawing_of(HISTOGRAM, QRectF(0, 0, 600, 320)).anchor(0)
    broken, whole = painted(HISTOGRAM), painted(low)
    x = round(bar.x()) - 20
    column = [broken.pixelColor(x, y).rgb() for y in range(60, 260)]
    blue, ground = LIGHT.series[0].rgb(), LIGHT.base.rgb()
    first, last = column.index(blue), len(column) - column[::-1].index(blue)
    assert ground in column[first:last]
    solid = [whole.pixelColor(x, y).rgb() for y in range(60, 260)]
    first, last = solid.index(blue), len(solid) - solid[::-1].index(blue)
    assert ground not in solid[first:last]


def test_bars_of_the_tail_have_its_colour(themed: QApplication) -> None:
    """Bars from the start of the tail on have the second colour; without a tail none has."""
    assert themed
    assert count(painted(HISTOGRAM), LIGHT.series[1]) > 500
    assert count(painted(replace(HISTOGRAM, tail=None)), LIGHT.series[1]) == 0


def test_low_values_are_hatched_and_high_ones_solid(themed: QApplication) -> None:
    """A low value shows ground between its lines, so that it differs from a high one without any colour."""
    assert themed
    swing = replace(TORNADO, swings=(Swing("Prices", "", 9.0, 21.0),))
    image = painted(swing)
    hatched, solid = LIGHT.series[1], LIGHT.series[0]
    pale = blend(hatched, LIGHT.base, 0.25)
    assert count(image, pale) > 50
    assert count(image, solid) > 3 * count(image, hatched)


def test_an_outcome_that_does_not_exist_is_said(themed: QApplication) -> None:
    """A term without a figure at one value has the reason in its box."""
    assert themed
    spoken = drawing_of(TORNADO, QRectF(0, 0, 600, 320)).box(2).spoken()
    assert "never repaid" in spoken
    assert "–" in spoken


def test_an_end_that_moves_nothing_takes_no_room(themed: QApplication) -> None:
    """A bar keeps its whole row where the other end is written as the deal is now, be it ever so little to its side."""
    assert themed
    solid = LIGHT.series[0]
    alone, beside = (
        count(painted(replace(TORNADO, swings=(Swing("GPUs", "", low, 9.0),))), solid) for low in (14.8, 14.79)
    )
    assert alone == pytest.approx(beside, rel=0.01)
    assert count(painted(replace(TORNADO, swings=(Swing("GPUs", "", 14.0, 9.0),))), solid) < 0.7 * alone


def test_words_of_a_point_hide_no_other(themed: QApplication) -> None:
    """The words beside a point stand where they cover least of the curves, within the plot."""
    assert themed
    falling = Curve("", tuple(Point(float(at), 10.0 - at) for at in range(11)), dots=True)
    drawing = CurvesDrawing(replace(CURVES, curves=(falling,), limits=(), now=None), QRectF(0, 0, 600, 320))
    just_under = drawing.anchor(5) + QPointF(-12, 4)
    place = drawing.free_place(just_under, 26)
    assert not any(place.contains(drawing.anchor(index)) for index in range(11))
    assert place.right() < just_under.x(), "to the left of it, where there is no curve"


def test_cells_under_the_threshold_differ(themed: QApplication) -> None:
    """With a threshold the cells under it have another tint than those above, and what does not exist has none."""
    assert themed
    drawing = drawing_of(HEAT_MAP, QRectF(0, 0, 600, 320))
    image = painted(HEAT_MAP)
    colours = []
    for index in (0, 2, 4):
        at = drawing.anchor(index)
        colours.append(image.pixelColor(round(at.x()), round(at.y()) + 20))
    under, above, nothing = colours
    assert under.red() > under.blue()
    assert above.blue() > above.red()
    assert nothing.rgb() == LIGHT.window.rgb()


def test_a_bridge_of_high_levels_breaks_its_bars(themed: QApplication) -> None:
    """Where the axis does not start at zero the bars of the levels have a gap; from low levels it starts at zero."""
    assert themed
    low = replace(
        BRIDGE, limits=(), steps=(BridgeStep("a", "", 1.0, is_level=True), BridgeStep("b", "", 9.0),
                                  BridgeStep("c", "", 10.0, is_level=True)),
    )  # fmt: skip
    for chart, gap in ((BRIDGE, True), (low, False)):
        image = painted(chart)
        drawing = drawing_of(chart, QRectF(0, 0, 600, 320))
        x = round(drawing.anchor(drawing.positions - 1).x()) - 30
        column = [image.pixelColor(x, y).rgb() for y in range(90, 300)]
        blue = LIGHT.series[0].rgb()
        first, last = column.index(blue), len(column) - column[::-1].index(blue)
        assert (LIGHT.base.rgb() in column[first:last]) is gap


def test_an_axis_need_not_hold_zero() -> None:
    """The round values of an axis between two levels lie between them."""
    axis = inner_ticks(13.4, 15.1, 4)
    assert axis.ticks == (13.5, 14.0, 14.5, 15.0)
    assert axis.decimals == 1


def test_a_stack_reaches_the_sum_of_its_parts(themed: QApplication) -> None:
    """Parts stand on one another: the box names each, and hovering no part hides another."""
    assert themed
    box = drawing_of(STACK, QRectF(0, 0, 600, 320)).box(1)
    assert [(row.name, row.text) for row in box.rows] == [("In", "8"), ("More", "4"), ("Out", "−20")]
    assert count(painted(STACK), LIGHT.series[1]) > 300


def test_a_fan_copies_from_the_highest_row_down(show: Callable[[AnyChart], ChartView]) -> None:
    """A fan's table has its upper ends, the median, its lower ends and then the other rows."""
    view = show(FAN)
    view.copy_numbers()
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[0] == "\t95 %, $m\tMedian, $m\t5 %, $m\tFloor, $m"
    assert rows[1] == "2027\t6\t4\t2\t3"
    assert rows[3] == "2029\t\t2\t\t2"


@pytest.mark.parametrize(
    ("chart", "row"),
    [
        (HISTOGRAM, "No call\tNo call\t87.5"),
        (HISTOGRAM, "30\t\t1"),
        (TORNADO, "Tax\t0 / 1\t\t14"),
        (HEAT_MAP, "50\t8\t\t18"),
        (CURVES, "Second\t2.5\t12"),
        (BRIDGE, "Share\t60 → 61 %\t-0.25"),
        (PILES, "Uses\tFees\t10\t10 %"),
    ],
)
def test_figures_copy_as_rows(show: Callable[[AnyChart], ChartView], chart: AnyChart, row: str) -> None:
    """Each kind copies its figures as rows of tab-separated cells in full precision."""
    view = show(chart)
    view.copy_numbers()
    rows = QGuiApplication.clipboard().text().splitlines()
    assert row in rows
    assert len({each.count("\t") for each in rows}) == 1


def test_what_is_stale_is_grey_and_says_so(show: Callable[[AnyChart], ChartView]) -> None:
    """A stale chart has none of its colours, has the word in its subtitle and summary, and keeps its figures."""
    view = show(HISTOGRAM)
    assert count(view.picture(), LIGHT.series[0]) > 100
    view.show_chart(HISTOGRAM, stale=True)
    picture = view.picture()
    assert count(picture, LIGHT.series[0]) == count(picture, LIGHT.series[1]) == 0
    assert count(picture, faded(LIGHT).series[0]) > 100
    shown = view.chart()
    assert isinstance(shown, Histogram)
    assert shown.subtitle.endswith("stale")
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Description).startswith("Stale.")
    assert shown.bins == HISTOGRAM.bins


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("chart", ALL, ids=NAMES)
def test_every_chart_can_be_taken_along(
    show: Callable[[AnyChart], ChartView], themed: QApplication, chart: AnyChart, theme: Literal["light", "dark"]
) -> None:
    """Every kind of chart says what it shows, has a picture at twice its size, a drawing with its words as text, a PDF
    of vectors with its fonts on a page of its own size, and its numbers as a table; alike in both themes."""
    apply_theme(themed, theme)
    view = show(chart)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Description) == chart.summary
    view.copy_picture()
    copied = QGuiApplication.clipboard().image()
    picture = QImage.fromData(view.file_of(".png"))
    assert picture.size() == copied.size() == QSize(1200, 640)
    assert picture.pixelColor(2, 2).rgb() == (DARK if theme == "dark" else LIGHT).base.rgb()
    drawing = ElementTree.fromstring(view.file_of(".SVG").decode())
    words = " ".join(text for each in drawing.iter() if (text := (each.text or "").strip()))
    assert chart.title in words
    page = view.file_of(".pdf")
    assert page.startswith(b"%PDF")
    assert b"/FontFile2" in page
    assert b"/MediaBox [0 0 450.000000 240.000000]" in page
    assert b"/Subtype /Image" not in page
    table = chart.table()
    assert table.rows
    assert {len(row.cells) for row in table.rows} == {len(table.heads)}
    view.outlet.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == len(table.rows) + 1


def test_a_chart_of_the_window_is_saved_where_the_user_says(
    window: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path
) -> None:
    """The menu asks where to, with a name made of the deal and the chart, and a folder that is gone is told."""
    open_template(window, qtbot)
    window.desk.results.choose("Support")
    dialogs.expect("save_picture", tmp_path / "support.svg")
    window.actions_["save_picture"].trigger()
    assert (tmp_path / "support.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert dialogs.asked[0][1] == ("Austral Support.png",)
    dialogs.expect("save_picture", tmp_path / "gone" / "support.png")
    dialogs.expect("tell")
    window.desk.rail.cash.file_wished.emit()
    assert dialogs.told[0][0] == "support.png could not be written"


def test_a_table_has_no_picture_to_save(window: Window, qtbot: QtBot) -> None:
    """On the tab of a table nothing is asked."""
    open_template(window, qtbot)
    window.desk.results.choose("Cash flow")
    window.actions_["save_picture"].trigger()
    assert window.desk.results.picture_in_front() is None


def test_moving_the_pointer_over_a_bar_brings_it_out(show: Callable[[AnyChart], ChartView], qtbot: QtBot) -> None:
    """The pointer over a bar draws its box; leaving the bars takes it away."""
    view = show(HISTOGRAM)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    plain = view.grab().toImage()
    at = drawing_of(HISTOGRAM, QRectF(view.rect()).adjusted(2, 2, -2, -2)).anchor(1)
    QTest.mouseMove(view, QPoint(round(at.x()) - 4, 260))
    assert view.grab().toImage() != plain
    QTest.mouseMove(view, QPoint(300, 5))
    qtbot.waitUntil(lambda: view.grab().toImage() == plain)
