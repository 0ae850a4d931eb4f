"""The partner view: what is internal is nowhere in it, and a deal can be worked on in it."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractItemView, QWidget
from pytestqt.qtbot import QtBot

from app.partner_window import PartnerWindow
from app.places import FigurePlace
from app.tables.outlet import Outlet
from app.window import Window
from models import Deal, differences, load_template, partner_deal, sections, value_at
from models.deal.schema import Scenario
from tests.app.acting import open_template
from tests.app.conftest import Script

FLOOR = "credit_support[0].floor_prices[1]"
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.EditRole,
)  # fmt: skip


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


def texts(top: QWidget) -> list[str]:
    """Everything a window can say: of each widget and action its words and tips, of each model its cells."""
    said = [top.windowTitle()]
    for widget in (top, *top.findChildren(QWidget)):
        said += [widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.accessibleName()]
        said.append(widget.accessibleDescription())
        for name in ("text", "placeholderText", "toPlainText", "title", "toHtml", "currentText"):
            read = getattr(widget, name, None)
            said.append(str(read()) if callable(read) else "")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            said += _cells(widget.model())
    for action in top.findChildren(QAction):
        said += [action.text(), action.toolTip(), action.statusTip()]
    return [re.sub(r"computed in \d+ ms", "computed", text) for text in said if text]


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            for role in _ROLES:
                yield str(model.data(model.index(row, column), role) or "")
    for side in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
        for at in range(columns if side == Qt.Orientation.Horizontal else model.rowCount()):
            yield str(model.headerData(at, side) or "")


def walked(view: PartnerWindow, qtbot: QtBot) -> tuple[list[str], list[bytes]]:
    """All texts and pictures of the view with each section and each tab shown in turn."""
    said: list[str] = []
    pictures: list[bytes] = []
    for section in sections(partner=True):
        view.go_to_section(section.key)
        said += texts(view)
        pictures.append(_picture(view.desk.forms))
    for title in view.desk.results.titles():
        if title == "Explain":
            with qtbot.waitSignal(view.explaining.shown, timeout=20_000):
                view.desk.results.choose(title)
        else:
            view.desk.results.choose(title)
        said += texts(view)
        pictures.append(_picture(view.desk.results))
        view.desk.results.copy_numbers()
        said.append(QGuiApplication.clipboard().text())
        for outlet in view.desk.findChildren(Outlet):  # what can be copied and saved of each table and chart
            given = (outlet.table(period) for period in ("", "month", "quarter", "year"))
            said += [str(table.texts(repr)) for table in given if table is not None]
    pictures.append(_picture(view.desk.rail))
    return said, pictures


def _picture(widget: QWidget) -> bytes:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)  # held while its bytes are read
    return bytes(image.constBits())


def test_internal_fields_change_nothing_in_the_view(shared: Callable[[Deal], PartnerWindow], qtbot: QtBot) -> None:
    """With every internal field another, each text, each cell, each copy and each pixel of the view is the same."""
    plain = load_template("austral")
    before_texts, before_pictures = walked(shared(plain), qtbot)
    other = with_other_secrets(plain)
    assert len(differences(plain, other)) > 15
    after_texts, after_pictures = walked(shared(other), qtbot)
    assert after_texts == before_texts
    assert after_pictures == before_pictures


def test_the_view_names_nothing_internal(shared: Callable[[Deal], PartnerWindow], qtbot: QtBot) -> None:
    """No word of ratings, hurdles, the vendor's returns, risk, scenarios or saved states stands anywhere."""
    said, _ = walked(shared(with_other_secrets(load_template("austral"))), qtbot)
    forbidden = re.compile(
        r"support npv|vendor npv|partner npv|raroc|hurdle|expected loss|gross margin|incrementality|"
        r"walk away|vs saved|since saved|cost of equity|beta\b|volatility|simulation",
        re.IGNORECASE,
    )
    assert [text for text in said if forbidden.search(text)] == []


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
    undo = next(action for action in view.findChildren(QAction) if action.text().startswith("&Undo"))
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
