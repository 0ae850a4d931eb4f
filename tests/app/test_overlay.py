"""Another state of the deal over the chart of cover: chosen, computed, kept in step, and never in the partner view."""

from pytestqt.qtbot import QtBot

from app.charts.of_deal import Overlay, cover_chart
from app.charts.spec import Chart, Series
from app.panels.chart_page import ChartPage
from app.panels.cover import CoverPage
from app.panels.pages import partner_pages
from app.places import DealPlace
from app.window import Window
from models import differences, evaluate, explain, glance, load_template
from tests.app.acting import open_template

FLOOR = "credit_support[0].floor_prices[1]"


def stress() -> dict[str, object]:
    """The demand of the stressed template."""
    found = differences(load_template("austral"), load_template("austral-stress"))
    return {each.path: each.after for each in found if each.path.startswith("demand[")}


def lines(page: CoverPage) -> tuple[Series, ...]:
    """What the upper panel of the chart draws."""
    chart = page.view().chart()
    assert isinstance(chart, Chart)
    return chart.panels[0].series


def names(page: CoverPage) -> list[str]:
    """Name and note of each line."""
    return [f"{series.name} {series.note}".strip() for series in lines(page)]


def choose(page: CoverPage, name: str) -> None:
    """Choose a state as the user does."""
    page.box.setCurrentIndex(page.box.findText(name))
    page.box.activated.emit(page.box.currentIndex())


def test_a_state_is_drawn_over_the_cover(window: Window, qtbot: QtBot) -> None:
    """Nothing is offered while there is no other state; a scenario and the saved deal are drawn with and without the
    support, follow the deal, and go with the scenario."""
    open_template(window, qtbot)
    page = window.desk.results.page(CoverPage)
    window.desk.results.choose("Debt && cover")
    assert not page.box.isVisible()
    window.scenarios.add("Stressed demand", stress())
    window.scenarios.choose("")
    qtbot.waitUntil(page.box.isVisible)
    assert [page.box.itemText(at) for at in range(page.box.count())][-1] == "Stressed demand"
    choose(page, "Stressed demand")
    qtbot.waitUntil(lambda: len(names(page)) == 3)
    assert names(page)[1:] == ["Stressed demand with the support", "Stressed demand without the support"]
    base = load_template("austral")
    stressed = evaluate(base.model_copy(update={"demand": load_template("austral-stress").demand}))
    drawn = lines(page)[1].values
    assert drawn == glance(stressed, stressed).cover.cover
    with qtbot.waitSignal(window.live.shown):
        window.document.edit(FLOOR, 3.45, "Floor price", "")
    qtbot.waitUntil(lambda: lines(page)[1].values != drawn)
    window.scenarios.choose("Stressed demand")
    window.scenarios.delete()
    qtbot.waitUntil(lambda: page.chosen() == "" and len(names(page)) == 1)


def test_the_overlay_stands_in_the_months_of_the_deal() -> None:
    """A state that begins a month later has no cover in the first month, and each value stands in its own month.
    Its two lines have one name beside the chart and are told apart where they are read or copied."""
    deal = load_template("austral-stress")
    case, later = evaluate(deal), evaluate(deal.model_copy(update={"start": "2026-12"}))
    cover, other = glance(case, case).cover, glance(later, later).cover
    chart = cover_chart(cover, Overlay("Earlier", later.deal, other))
    assert chart is not None
    values = chart.panels[0].series[2].values
    assert values[20] == other.cover[21]
    place = chart.figure(20, 2)
    assert isinstance(place, DealPlace)
    assert explain(evaluate(place.deal), place.place.name, place.place.month).value == other.cover[21]
    assert "Earlier: " in chart.subtitle
    names = [column.name for column in chart.columns()]
    assert {"Earlier with the support", "Earlier without the support"} <= set(names)
    assert len(set(names)) == len(names)


def test_the_partner_view_has_no_overlay(qtbot: QtBot) -> None:
    """Scenarios are internal: the partner's page draws one state only."""
    pages = [page for page in partner_pages() if isinstance(page, ChartPage)]
    for page in pages:
        qtbot.addWidget(page)
    assert len(pages) == 2
    assert not any(isinstance(page, CoverPage) for page in pages)
