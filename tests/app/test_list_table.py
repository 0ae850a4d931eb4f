"""Phases and tenants: an overview, one chosen item, and everything that can be done with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.forms.line_field import LineField
from app.forms.list_table import ListTable
from app.forms.notes import NoteLine
from models import field_at
from tests.app.acting import focus
from tests.app.holder import Holder


def table_of(holder: Holder) -> ListTable:
    """The list of a page, its model under Qt's own test."""
    (table,) = holder.page.findChildren(ListTable)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    table.setProperty("tester", QAbstractItemModelTester(table.model, mode, table))
    return table


@pytest.fixture
def phases(qtbot: QtBot) -> Holder:
    """The phases of the Austral template."""
    return Holder(qtbot, "phases")


@pytest.fixture
def demand(qtbot: QtBot) -> Holder:
    """The tenants of the Austral template."""
    return Holder(qtbot, "demand")


def test_the_overview_tells_items_apart(phases: Holder, demand: Holder) -> None:
    """Each item has a row with its name and main figures, in the units of the heads."""
    model = table_of(phases).model
    assert model.headerData(1, Qt.Orientation.Vertical) == "Phase 2"
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())] == [
        "System", "GPUs", "Delivery", "Hardware price, $ per GPU", "Supported"
    ]  # fmt: skip
    assert [model.index(0, column).data() for column in range(5)] == [
        "GB300 NVL72", "10,000", "Jan 2027", "55,600", "yes"
    ]  # fmt: skip
    sides = [model.index(0, column).data(Qt.ItemDataRole.TextAlignmentRole) for column in range(5)]
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert [side == right for side in sides] == [False, True, True, True, True], "only words are written from the left"
    tenants = table_of(demand).model
    assert tenants.headerData(0, Qt.Orientation.Vertical) == "Model builders"
    assert [tenants.index(0, column).data() for column in range(4)] == ["Reserved", "14,000", "Mar 2027", "Feb 2032"]


def test_the_chosen_item_is_the_one_edited(phases: Holder) -> None:
    """Choosing a row shows its fields; typing there changes that item only, and the overview follows."""
    table = table_of(phases)
    table.view.choose(2)
    phases.page.focus_path("phases[2].gpus")
    QTest.keyClicks(focus(), "12k")
    assert [phase.gpus for phase in phases.deal.phases] == [10000, 10000, 12000, 10000]
    assert table.model.index(2, 1).data() == "12,000"
    assert table.model.is_changed(2, 1)
    assert not table.model.is_changed(1, 1)


def test_items_are_added_copied_and_removed(phases: Holder) -> None:
    """A new phase is like the last, a copy like the chosen one, each under a name of its own; each act is one wish."""
    table = table_of(phases)
    table._add.click()
    table.view.choose(0)
    table._copy.click()
    assert [phase.name for phase in phases.deal.phases] == [
        "Phase 1", "Phase 6", "Phase 2", "Phase 3", "Phase 4", "Phase 5"
    ]  # fmt: skip
    assert table.view.currentIndex().row() == 1
    assert table.model.is_new(1)
    assert not any(table.model.is_changed(2, column) for column in range(5))
    table._remove.click()
    table.view.choose(4)
    table._remove.click()
    assert phases.deal == phases.saved
    assert [wish[2] for wish in phases.wishes] == [
        "Phase added: Phase 5", "Phase added: Phase 6", "Phase removed: Phase 6", "Phase removed: Phase 5"
    ]  # fmt: skip


def test_the_last_item_cannot_be_removed(phases: Holder) -> None:
    """A deal has at least one phase and at most twelve."""
    table = table_of(phases)
    for _ in range(5):
        table._remove.click()
    assert len(phases.deal.phases) == 1
    for _ in range(20):
        table._copy.click()
    assert len(phases.deal.phases) == 12
    assert len({phase.name for phase in phases.deal.phases}) == 12


def test_tenants_change_places(demand: Holder) -> None:
    """The order is the priority: moving a tenant keeps it chosen."""
    table = table_of(demand)
    table.view.choose(2)
    table._up.click()
    assert [segment.segment for segment in demand.deal.demand][:3] == ["model_builders", "startups", "enterprises"]
    assert table.view.currentIndex().row() == 1
    table._down.click()
    assert demand.deal == demand.saved


def test_the_list_needs_no_mouse(demand: Holder) -> None:
    """Arrows choose, Enter goes to the fields, Ctrl+D copies, Delete removes, Alt with an arrow moves."""
    table = table_of(demand)
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    assert table.view.currentIndex().row() == 1
    QTest.keyClick(table.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(demand.deal.demand) == 6
    QTest.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert demand.deal.demand[1].segment == "enterprises 2"
    QTest.keyClick(table.view, Qt.Key.Key_Delete)
    assert demand.deal == demand.saved
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    field = focus()
    assert isinstance(field, LineField)
    assert field.path == "demand[1].segment"


def test_an_unreadable_entry_waits_for_its_item(phases: Holder) -> None:
    """A text that cannot be read stays with its phase: it is listed, gone from the next one, and back on return."""
    table = table_of(phases)
    phases.page.focus_path("phases[0].gpus")
    QTest.keyClicks(focus(), "1,2,3")
    table.view.choose(1)
    assert list(phases.page.entry_problems()) == ["phases[0].gpus"]
    phases.page.focus_path("phases[1].gpus")
    field = focus()
    assert isinstance(field, LineField)
    assert (field.text(), field.problem) == ("10,000", "")
    table.view.choose(0)
    assert (field.text(), bool(field.problem)) == ("1,2,3", True)
    phases.page.focus_path("phases[0].gpus")
    QTest.keyClicks(focus(), "9000")
    assert phases.page.entry_problems() == {}
    assert phases.deal.phases[0].gpus == 9000


def test_an_unreadable_entry_never_lands_in_another_item(phases: Holder) -> None:
    """When phases come, go or move, a text that could not be read is dropped rather than shown in the wrong one."""
    table = table_of(phases)
    phases.page.focus_path("phases[1].gpus")
    QTest.keyClicks(focus(), "1,2,3")
    table._up.click()
    assert phases.page.entry_problems() == {}
    phases.page.focus_path("phases[1].gpus")
    field = focus()
    assert isinstance(field, LineField)
    assert field.text() == "10,000"


def test_the_unit_of_a_price_follows_the_product(demand: Holder) -> None:
    """A tokens tenant is priced per million tokens, all others per GPU-hour, beside the same field."""
    table = table_of(demand)
    assert table.fields is not None
    price = next(row for row in table.fields.rows() if row.path.endswith(".price"))
    assert price.unit.text() == "$ per GPU-hour"
    table.view.choose(4)
    assert field_at(demand.deal, "demand[4].price").unit.name == "PRICE_PER_MTOKENS"
    assert price.entry.unit == "$ per million tokens"


def test_gpus_by_month_replace_size_and_growth(demand: Holder) -> None:
    """A tenant's months begin at its size, are edited in a table by year, and can be given up again."""
    table = table_of(demand)
    assert table.series is not None
    table.series._switch.click()
    series = demand.deal.demand[0].gpus_by_month
    assert series == (14000,) * 74
    assert table.model.index(0, 1).data() == "by month"
    demand.page.focus_path("demand[0].gpus_by_month[3]")
    assert table.series.table.view.currentIndex().column() == 3
    table.series._switch.click()
    assert demand.deal == demand.saved


def paste(table: ListTable, text: str) -> None:
    """Paste a text with the keys."""
    QGuiApplication.clipboard().setText(text)
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_list_goes_to_a_sheet_and_comes_back(demand: Holder) -> None:
    """Ctrl+C copies the overview with headings and every digit; pasted back it changes nothing."""
    table = table_of(demand)
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = QGuiApplication.clipboard().text().splitlines()
    assert rows[0].split("\t")[:4] == ["Segment", "Product", "GPUs wanted", "First month"]
    assert rows[1].split("\t")[:4] == ["Model builders", "Reserved", "14000", "Mar 2027"]
    paste(table, "\n".join(rows))
    assert demand.wishes == []


def test_rows_are_pasted_as_one_step(demand: Holder) -> None:
    """Rows lie over the items from the chosen one on, under headings in any order, and those below the last are new."""
    table = table_of(demand)
    before = demand.deal.demand
    last = len(before) - 1
    table.view.choose(last)
    paste(table, "GPUs wanted\tSegment\tPrice change\n1.500,5\tBanks\t-12,5 %\n700\t\t\n")
    (wish,) = demand.wishes
    assert wish[0] == "demand"
    assert wish[2] == "Segments: 2 rows pasted"
    changed, fresh = demand.deal.demand[last:]
    assert (changed.segment, changed.gpus, changed.annual_price_change) == ("Banks", 1500.5, -0.125)
    assert changed.price == before[last].price
    assert (fresh.segment, fresh.gpus) == ("Banks 2", 700)
    assert demand.deal.demand[:last] == before[:last]
    table.view.choose(0)
    paste(table, "GPUs wanted\n900\n")
    first, *others = demand.deal.demand
    assert first == before[0].model_copy(update={"gpus": 900.0})
    assert others[: last - 1] == list(before[1:last])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Segment\tGPUs wanted\nBanks\tmany", "Row 1, GPUs wanted: “many”"),
        ("Segment\tProduct\nBanks\tRented", "Row 1, Product: “Rented” is not offered."),
        ("GPUs wanted\n1.234,5\n1,234.5\n1,234", "Row 3, GPUs wanted: “1,234”"),
        ("Banks\t700", "The block has 2 columns and no headings"),
        ("", "There is nothing to paste."),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_pasted(demand: Holder, text: str, sentence: str) -> None:
    """One cell that cannot be read keeps the whole block out, with its row and column in the sentence."""
    table = table_of(demand)
    paste(table, text)
    assert demand.wishes == []
    said = [note.text for note in table.findChildren(NoteLine) if note.text]
    assert len(said) == 1
    assert said[0].startswith("Nothing was pasted: ")
    assert sentence.casefold() in said[0].casefold()
