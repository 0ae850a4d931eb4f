"""The partner view: what is internal is nowhere in it, and a deal can be worked on in it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from app.explaining import explained
from app.partner_view import BUSY
from app.partner_window import PartnerWindow
from app.places import FigurePlace
from app.shared_deal import NOT_HERE
from app.tables.outlet import Outlet
from app.window import Window
from models import KEY_FIGURES, Deal, differences, evaluate, load_template, partner_deal, sections, value_at
from models.deal.schema import Scenario
from tests.app.acting import open_template
from tests.app.conftest import Script
from tests.app.seen import copied, picture, texts, windows
from tests.models.workbook.planting import PARENT, planted

FLOOR = "credit_support[0].floor_prices[1]"


def with_other_secrets(deal: Deal) -> Deal:
    """The same terms with every internal field another, and scenarios with telling names."""
    return deal.model_copy(
        update={
            "partner": deal.partner.model_copy(update={"rating": "CCC", "discount_rate": 0.2718}),
            "vendor": deal.vendor.model_copy(
                update={
                    "discount_rate": 0.1618,
                    "gross_margin": 0.5772,
                    "incrementality": 0.6931,
                    "hurdle_raroc": 0.4142,
                }
            ),
            "uncertainty": deal.uncertainty.model_copy(
                update={"paths": 31_415, "seed": 2_718_281, "demand_volatility": 0.9, "price_volatility": 0.8}
            ),
            "demand": tuple(
                each.model_copy(update={"demand_beta": 0.123, "price_beta": 0.456}) for each in deal.demand
            ),
            "credit_support": tuple(
                each.model_copy(update={"internal_use_value": 0.789}) if hasattr(each, "internal_use_value") else each
                for each in deal.credit_support
            ),
            "scenarios": (Scenario(name="walk away price", parent=None, changes={FLOOR: 2.0}),),
        }
    )


@pytest.fixture
def shared(window: Window, qtbot: QtBot) -> Iterator[Callable[[Deal], PartnerWindow]]:
    """Opens the partner view of a deal and waits for its figures."""

    def opened(deal: Deal) -> PartnerWindow:
        window.partner.leave()
        with qtbot.waitSignal(window.live.shown, timeout=20_000):
            window.document.start_from(deal)
        window.partner.enter()
        found = window.partner.window
        assert found is not None
        found.resize(1440, 900)
        qtbot.waitUntil(lambda: found.live.figures is not None, timeout=20_000)
        return found

    yield opened
    window.partner.leave()


def laid_out() -> None:
    """Let the layouts come to rest, which takes them a few turns."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents()


def walked(view: PartnerWindow, qtbot: QtBot) -> tuple[list[str], list[bytes]]:
    """All that the view says and all pictures of it: each section and tab in turn, and the windows it opens."""
    said: list[str] = [QGuiApplication.applicationDisplayName()]
    pictures: list[bytes] = []
    for section in sections(partner=True):
        view.go_to_section(section.key)
        laid_out()
        said += copied(view.desk.forms)
        pictures.append(picture(view.desk.forms))
    for title in view.desk.results.titles():
        if title == "Explain":
            with qtbot.waitSignal(view.explaining.shown, timeout=20_000):
                view.desk.results.choose(title)
        else:
            view.desk.results.choose(title)
        laid_out()
        said += copied(view.desk.results)
        pictures.append(picture(view.desk.results))
        view.desk.results.copy_numbers()
        said.append(QGuiApplication.clipboard().text())
        for outlet in view.desk.findChildren(Outlet):  # what can be copied and saved of each table and chart
            given = (outlet.table(period) for period in ("", "month", "quarter", "year"))
            said += [str(table.texts(repr)) for table in given if table is not None]
    said += texts(view)  # every page was looked at and is still there
    pictures.append(picture(view.desk.rail))
    guide, lines = view.helping.show(), view.explain_routes.show_reference()
    for row in range(guide.list.count()):
        guide.list.setCurrentRow(row)
        said.append(guide.text.toPlainText())
    said += [*texts(guide), *texts(lines)]
    guide.close()
    lines.close()
    return said, pictures


def test_nothing_internal_is_or_moves_anything_in_the_view(
    window: Window, shared: Callable[[Deal], PartnerWindow], qtbot: QtBot
) -> None:
    """With every internal field another, edits of them to undo and a scenario looked at, all is the same to the pixel.

    Texts, tips, models in every role, marks of charts, what a screen reader is told, copies, help, line items; and no
    word of ratings, hurdles, the vendor's returns, risk, scenarios or saved states is among them.
    """
    plain = load_template("austral")
    before = walked(shared(plain), qtbot)
    other, values = planted(plain)
    assert len(values) > 15
    window.partner.leave()
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        window.document.start_from(other)
    window.document.edit("vendor.hurdle_raroc", 0.1414213, "Hurdle RAROC: 12.3457 → 14.14213 %", "")
    window.document.choose(PARENT)
    window.partner.enter()
    view = window.partner.window
    assert view is not None
    view.resize(1440, 900)
    qtbot.waitUntil(lambda: view.live.figures is not None, timeout=20_000)
    said, pictures = walked(view, qtbot)
    assert said == before[0]
    assert pictures == before[1]
    forbidden = re.compile(
        r"support npv|vendor.{0,3} npv|partner.{0,3} npv|vendor_(?!arrears|balance)|raroc|hurdle|expected loss|"
        r"margin on hardware|gross margin|incrementality|zebra|quagga|vs saved|since saved|cost of equity|beta\b|"
        r"volatility|simulat|\brating|internal use|own use",
        re.IGNORECASE,
    )
    assert [text[:200] for text in said if forbidden.search(text)] == []


def test_every_explanation_in_the_view_is_of_shared_things() -> None:
    """Explained with all they rest on and all that uses them, lines and key figures name none that is internal."""
    case = evaluate(partner_deal(planted(load_template("austral"))[0]))
    secret = [line for line in case.model.lines.values() if line.definition.internal]
    words = {line.name for line in secret} | {line.label for line in secret}
    words |= {name for figure in KEY_FIGURES if figure.internal for name in (figure.name, figure.label)}
    names = [name for name in case.model.lines if name not in words]
    names += [figure.name for figure in KEY_FIGURES if not figure.internal]
    for name in names:
        shown = explained(case, FigurePlace(name, None if name in case.kpis else 14), "Base case", partner=True)
        for found in (shown.explanation, *shown.nested.values()):
            assert not {user.name for user in found.users} & words, name
            assert not {user.label for user in found.users} & words, name
            assert not {each.name for each in found.ingredients} & words, name
            assert not words & set(re.findall(r"\w+", str(found))), name


def test_a_partner_deal_is_the_same_whatever_is_internal() -> None:
    """What the view computes from differs from the deal in internal fields only, and not between such deals."""
    for name in ("austral", "fjord", "campus"):
        plain = load_template(name)
        assert partner_deal(with_other_secrets(plain)) == partner_deal(plain)
        changed = {each.path.split(".")[0].split("[")[0] for each in differences(plain, partner_deal(plain))}
        assert changed <= {"vendor", "uncertainty", "partner", "demand", "credit_support", "scenarios"}


def test_edits_in_the_view_are_edits_of_the_deal(
    window: Window, shared: Callable[[Deal], PartnerWindow], qtbot: QtBot
) -> None:
    """A term changed in the view is changed in the deal, which keeps what is internal; undo names no edit."""
    deal = with_other_secrets(load_template("austral"))
    view = shared(deal)
    with qtbot.waitSignal(view.live.shown, timeout=20_000):
        view.desk.wish.emit(FLOOR, 3.4, "Floor price, year 2: 3.15 → 3.40", "")
    assert value_at(window.document.deal, FLOOR) == 3.4
    assert window.document.deal.vendor == deal.vendor
    undo = step(view, "&Undo")
    assert undo.text() == "&Undo"
    assert undo.isEnabled()
    undo.trigger()
    assert value_at(view.shared.deal, FLOOR) == 3.15


def test_the_view_takes_the_place_of_the_window(window: Window, qtbot: QtBot, dialogs: Script) -> None:
    """While it is open the main window is out of sight; leaving brings it back."""
    open_template(window, qtbot)
    window.actions_["partner_view"].trigger()
    view = window.partner.window
    assert view is not None
    assert view.isVisible()
    assert not window.isVisible()
    assert view.windowTitle() == "Austral – Partner view"
    assert dialogs.left() == []
    view.close()
    assert window.isVisible()
    assert window.partner.window is None


def test_a_figure_that_is_internal_is_not_explained(shared: Callable[[Deal], PartnerWindow], qtbot: QtBot) -> None:
    """Asked for an internal figure, the view says that it is not shared; shared ones name no internal user."""
    view = shared(load_template("austral"))
    with qtbot.waitSignal(view.explaining.refused, timeout=20_000) as refused:
        view.explaining.explain(FigurePlace("vendor_npv"))
    assert refused.args == ["This figure is not shared."]
    with qtbot.waitSignal(view.explaining.shown, timeout=20_000) as shown:
        view.explaining.explain(FigurePlace("share_paid"))
    assert shown.args is not None
    assert all("vendor" not in user.name for user in shown.args[0].explanation.users)


def test_the_partner_view_leaves_nothing_behind(
    shared: Callable[[Deal], PartnerWindow], window: Window, qtbot: QtBot
) -> None:
    """Once it is left and gone, a change of the deal reaches nothing of it any more."""
    partner = shared(load_template("austral"))
    gone: list[bool] = []
    partner.destroyed.connect(lambda: gone.append(True))
    window.partner.leave()
    del partner
    qtbot.waitUntil(lambda: gone == [True])
    with qtbot.waitSignal(window.live.shown):
        window.document.edit(FLOOR, 3.3, "Floor price", "")


def step(view: PartnerWindow, words: str) -> QAction:
    """The command of the view with these words."""
    return next(action for action in view.findChildren(QAction) if action.text() == words)


def test_the_view_undoes_its_own_edits_only(window: Window, qtbot: QtBot) -> None:
    """What was changed or undone before belongs to nobody at the table: there is no way back or forward to it."""
    with qtbot.waitSignal(window.live.shown, timeout=20_000):
        window.document.start_from(load_template("austral"))
    for price in (3.2, 3.3):
        window.document.edit(FLOOR, price, f"Floor price, year 2: {price}", "")
    window.document.stack.undo()
    window.partner.enter()
    view = window.partner.window
    assert view is not None
    assert not step(view, "&Undo").isEnabled()
    assert not step(view, "&Redo").isEnabled()
    view.desk.wish.emit(FLOOR, 3.4, "Floor price, year 2: 3.20 → 3.40", "floor")
    view.desk.wish.emit(FLOOR, 3.45, "Floor price, year 2: 3.40 → 3.45", "floor")
    step(view, "&Undo").trigger()
    assert value_at(window.document.deal, FLOOR) == 3.2
    assert not step(view, "&Undo").isEnabled()
    step(view, "&Redo").trigger()
    assert value_at(window.document.deal, FLOOR) == 3.45
    window.partner.leave()


def test_lists_arranged_in_the_view_keep_what_is_internal(
    window: Window, shared: Callable[[Deal], PartnerWindow]
) -> None:
    """Tenants and supports moved, copied and taken away in the view keep the betas and own use that are theirs."""
    deal, _ = planted(load_template("austral"))
    deal = deal.model_copy(update={"scenarios": None})
    view = shared(deal)
    seen = view.shared.deal.demand
    copy = seen[1].model_copy(update={"segment": "copied"})
    view.desk.wish.emit("demand", (seen[1], copy, seen[0]), "Segment moved", "")
    found = window.document.deal.demand
    assert found == (deal.demand[1], deal.demand[1].model_copy(update={"segment": "copied"}), deal.demand[0])
    assert found[0].demand_beta not in (0.0, deal.demand[0].demand_beta)
    pasted = tuple(item.model_copy(update={"price": item.price + 1, "gpus": 9}) for item in view.shared.deal.demand)
    view.desk.wish.emit("demand", pasted, "Cells pasted", "")
    assert [item.demand_beta for item in window.document.deal.demand] == [item.demand_beta for item in found]
    assert window.document.deal.demand[2].gpus == 9
    view.desk.wish.emit("credit_support", view.shared.deal.credit_support[:1], "Support removed", "")
    assert window.document.deal.credit_support == deal.credit_support[:1]


def test_a_refusal_on_internal_grounds_names_none(window: Window, shared: Callable[[Deal], PartnerWindow]) -> None:
    """Where only a scenario or an internal field stands against an edit, the view says so without a word of either."""
    held = Scenario(name="walk away price", parent=None, changes={FLOOR: 2.0})
    deal = load_template("fjord").model_copy(update={"scenarios": (held,)})
    view = shared(deal)
    other = tuple(support for support in deal.credit_support if support.kind != "capacity_commitment")
    assert "walk away price" in window.document.edit("credit_support", other, "Support removed", "")
    shown = tuple(support for support in view.shared.deal.credit_support if support.kind != "capacity_commitment")
    assert view.shared.edit("credit_support", shown, "Support removed", "") == NOT_HERE
    assert window.document.deal == deal
    assert "12" in view.shared.edit("revenue_share.settlement_months", 7, "Settlement", "")


def test_no_other_window_stays_in_sight(window: Window, qtbot: QtBot) -> None:
    """Dialogs of the main window that show internal figures vanish with it, and come back with it."""
    open_template(window, qtbot)
    window.actions_["solve"].trigger()
    window.actions_["reference"].trigger()
    before = windows()
    assert len(before) == 3
    window.partner.enter()
    assert windows() == [window.partner.window]
    window.partner.leave()
    assert set(windows()) >= set(before)
    for top in before[1:]:
        top.close()


def test_the_view_waits_for_work_begun_elsewhere(window: Window, qtbot: QtBot, dialogs: Script, tmp_path: Path) -> None:
    """While the internal term sheet is being written the view does not open; so nothing of it is told there."""
    open_template(window, qtbot)
    dialogs.expect("save_workbook", tmp_path / "deal internal.pdf")
    with qtbot.waitSignal(window.exporting.ended, timeout=60_000):
        window.exporting.start("internal")
        window.partner.enter()
        assert window.partner.window is None
        assert window.status.words()[0] == BUSY
    window.partner.enter()
    view = window.partner.window
    assert view is not None
    assert "internal" not in " ".join(view.status.words()).lower()
    dialogs.expect("save_workbook", tmp_path / "deal.pdf")
    with qtbot.waitSignal(window.exporting.ended, timeout=60_000):
        view.export_wished.emit()
    assert view.status.words()[0] == "deal.pdf written"
    window.partner.leave()
