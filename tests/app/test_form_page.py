"""Pages of the form: every field of the schema, made from it, wishing and never changing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.forms import FormPage, changes_in
from app.forms.choice_field import ChoiceField
from app.forms.entry import Entry
from app.forms.fields_block import FieldsBlock
from app.forms.fresh import new_support
from app.forms.grid import FieldGrid
from app.forms.line_field import LineField
from app.forms.year_table import YearTable
from app.theme import apply_theme
from models import SUPPORT_OF, Deal, field_at, load_template, section_of, sections, template_names, value_at, with_value
from tests.app.acting import focus
from tests.app.holder import Holder

KEYS = [section.key for section in sections()]


def paths_on(page: FormPage) -> set[str]:
    """The fields a page shows: those of its editors and of its tables."""
    rows = {row.path for block in page.findChildren(FieldsBlock) for row in block.rows()}
    tables = {path for table in page.findChildren(YearTable) for path in table.binding.paths if path}
    return rows | tables


def all_paths(deal: Deal) -> set[str]:
    """Every field of a deal, of the first item only where there is a list."""
    found = set()
    for section in sections():
        for path in section.paths:
            many, bracket, name = path.partition("[].")
            found |= {f"{many}[{at}].{name}" for at in range(len(getattr(deal, many)))} if bracket else {path}
    return {path for path in found if _exists(deal, path)}


def _exists(deal: Deal, path: str) -> bool:
    try:
        value_at(deal, path)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("template", ["austral", "fjord"])
def test_every_field_of_the_schema_is_on_a_page(qtbot: QtBot, template: str) -> None:
    """Nothing a deal says is out of reach: each field of each part stands on the page of its section."""
    deal = load_template(template)
    shown: set[str] = set()
    for key in KEYS:
        holder = Holder(qtbot, key, template)
        page = holder.page
        for at in range(len(deal.phases if key == "phases" else deal.demand if key == "demand" else ())):
            page.focus_path(f"{'phases' if key == 'phases' else 'demand'}[{at}]")
            shown |= paths_on(page)
        for at in range(len(deal.credit_support) if key == "support" else 0):
            page.focus_path(f"credit_support[{at}]")
        shown |= paths_on(page)
    assert all_paths(deal) - shown == set()


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_cut_off_at_any_width(qtbot: QtBot, key: str) -> None:
    """Labels, units, buttons and the words of choices have the room they need, in wide and narrow windows."""
    holder = Holder(qtbot, key, "fjord")
    for width in (1800, 1100, 920, 768, 560):
        holder.page.resize(width, 800)
        qtbot.waitUntil(lambda wide=width: holder.page.width() == wide)  # type: ignore[misc]  # bound at once
        QApplication.sendPostedEvents()
        for widget in holder.page.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QLabel | QPushButton | QComboBox) and not _wraps(widget):
                assert widget.width() >= widget.minimumSizeHint().width(), (width, _words(widget))
        for field in holder.page.findChildren(LineField):
            if field.isVisible() and field.alignment() & Qt.AlignmentFlag.AlignRight:
                assert field.fontMetrics().horizontalAdvance(field.text()) + 20 <= field.width(), (width, field.text())


@pytest.mark.parametrize(("width", "columns"), [(1800, 3), (1100, 2), (560, 1)])
def test_fields_stand_in_as_many_columns_as_there_is_room_for(qtbot: QtBot, width: int, columns: int) -> None:
    """Six fields of one group stand in three columns in a wide window, in two in a usual one, else below each other."""
    holder = Holder(qtbot, "debt", "fjord")
    holder.page.resize(width, 800)
    qtbot.waitUntil(lambda: holder.page.width() == width)
    QApplication.sendPostedEvents()
    grid = holder.page.findChildren(FieldGrid)[0]
    assert len({row.label.x() for row in grid.rows}) == columns
    places = [(row.label.x(), row.label.y()) for row in grid.rows]
    assert places == sorted(places)  # read, and tabbed through, down each column


def _wraps(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and widget.wordWrap()


def _words(widget: QWidget) -> str:
    return widget.currentText() if isinstance(widget, QComboBox) else getattr(widget, "text", str)()


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name(qtbot: QtBot, key: str) -> None:
    """A screen reader finds a name on everything that can take the focus."""
    holder = Holder(qtbot, key, "fjord")
    nameless = []
    for widget in holder.page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            interface = QAccessible.queryAccessibleInterface(widget)
            if not (widget.accessibleName() or interface.text(QAccessible.Text.Name)):
                nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_pages_are_painted_in_both_themes(qtbot: QtBot, qapp: QApplication, mode: str) -> None:
    """A page is painted without a complaint of Qt and on the ground of its theme."""
    theme = apply_theme(qapp, "dark" if mode == "dark" else "light")
    for key in KEYS:
        image = Holder(qtbot, key).page.grab().toImage()
        assert image.pixelColor(4, image.height() - 4) == theme.base
    apply_theme(qapp, "light")


def test_typing_is_live_and_one_visit_is_one_step(qtbot: QtBot) -> None:
    """Each valid state is wished for with the words for undo; a visit to a field has one merge key."""
    holder = Holder(qtbot, "debt")
    holder.page.focus_path("senior_debt.margin")
    QTest.keyClicks(focus(), "350")
    assert [wish[:2] for wish in holder.wishes] == [
        ("senior_debt.margin", 0.0003), ("senior_debt.margin", 0.0035), ("senior_debt.margin", 0.035)
    ]  # fmt: skip
    assert holder.wishes[-1][2] == "Debt: Margin: 35 → 350 bp"
    assert len({wish[3] for wish in holder.wishes}) == 1
    holder.page.focus_path("senior_debt.base_rate")
    holder.page.focus_path("senior_debt.margin")
    QTest.keyClicks(focus(), "300")
    assert len({wish[3] for wish in holder.wishes}) == 2


def test_changes_are_counted_and_reverted(qtbot: QtBot) -> None:
    """The head counts what differs from the saved deal and takes it back under one merge key."""
    holder = Holder(qtbot, "debt")
    holder.put("senior_debt.margin", 0.035)
    holder.put("collateral.sale_cost", 0.2)
    assert holder.page.changes() == changes_in("debt", holder.deal, holder.saved) == 2
    revert = next(button for button in holder.page.findChildren(QPushButton) if button.text() == "Revert")
    revert.click()
    assert holder.deal == holder.saved
    assert len({wish[3] for wish in holder.wishes}) == 1
    assert holder.page.changes() == 0
    assert not revert.isVisible()


def test_reverting_a_list_leaves_what_another_section_shows(qtbot: QtBot) -> None:
    """Taking the tenants back does not touch their betas, which belong to the internal section."""
    holder = Holder(qtbot, "demand")
    holder.put("demand[0].price", 7.0)
    holder.put("demand[0].demand_beta", 0.5)
    next(button for button in holder.page.findChildren(QPushButton) if button.text() == "Revert").click()
    assert holder.deal.demand[0].price == holder.saved.demand[0].price
    assert holder.deal.demand[0].demand_beta == 0.5


def test_a_refused_choice_stays_marked_and_is_offered_again(qtbot: QtBot) -> None:
    """A loan of a fixed amount needs the amount: the choice is marked, and taken as soon as the amount is there."""
    holder = Holder(qtbot, "debt")
    holder.page.focus_path("senior_debt.sizing")
    choice = focus()
    assert isinstance(choice, ChoiceField)
    QTest.keyClick(choice, Qt.Key.Key_End)
    assert choice.currentData() == "fixed"
    assert holder.deal.senior_debt.sizing == "cover"
    assert list(holder.page.entry_problems()) == ["senior_debt.sizing"]
    holder.page.focus_path("senior_debt.fixed_amount")
    QTest.keyClicks(focus(), "1.2bn")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert value_at(holder.deal, "senior_debt.sizing") == "fixed"
    assert holder.deal.senior_debt.fixed_amount == 1.2e9
    assert holder.page.entry_problems() == {}


def test_problems_reach_their_field_or_else_the_page(qtbot: QtBot) -> None:
    """A sentence from outside stands at the field of its path, or on top of the page, until it is taken back."""
    holder = Holder(qtbot, "debt")
    holder.page.show_problem("senior_debt.margin", "Too dear.")
    holder.page.show_problem("senior_debt", "This loan is odd.")
    assert holder.page.entry_problems() == {"senior_debt.margin": "Too dear."}
    texts = [label.text() for label in holder.page.findChildren(QLabel) if label.isVisible()]
    assert {"Too dear.", "This loan is odd."} <= set(texts)
    holder.page.show_problem("senior_debt.margin", None)
    holder.page.show_problem("senior_debt", None)
    texts = [label.text() for label in holder.page.findChildren(QLabel) if label.isVisible()]
    assert not {"Too dear.", "This loan is odd."} & set(texts)


def test_any_path_can_be_gone_to(qtbot: QtBot) -> None:
    """Going to a path brings its entry into sight with the focus: field, cell, item of a list, other support."""
    holder = Holder(qtbot, "support", "fjord")
    holder.page.focus_path("credit_support[1].coverage")
    field = focus()
    assert isinstance(field, LineField)
    assert field.path == "credit_support[1].coverage"
    assert field.visibleRegion().boundingRect().height() == field.height()
    holder.page.focus_path("credit_support[0].floor_prices[3]")
    table = holder.page.findChildren(YearTable)[0]
    assert (table.view.currentIndex().column(), focus()) == (3, table.view)


@pytest.mark.parametrize("template", [template.name for template in template_names()])
@pytest.mark.parametrize("kind", list(SUPPORT_OF))
def test_a_new_support_fits_the_deal(template: str, kind: str) -> None:
    """Each kind of support can be added to each template at its usual terms, and the deal stays valid."""
    deal = load_template(template)
    others = tuple(support for support in deal.credit_support if support.kind != kind)
    added = with_value(deal, "credit_support", (*others, new_support(deal, kind)))
    assert added.credit_support[-1].name == SUPPORT_OF[kind].title


def test_supports_are_added_shown_and_removed(qtbot: QtBot) -> None:
    """The row of supports adds one at usual terms, switches between them, and removes the one shown."""
    holder = Holder(qtbot, "support")
    buttons = {button.accessibleName(): button for button in holder.page.findChildren(QPushButton)}
    buttons["Add Debt guarantee"].click()
    assert [support.kind for support in holder.deal.credit_support] == ["capacity_commitment", "debt_guarantee"]
    holder.page.focus_path("credit_support[1].timing")
    assert isinstance(focus(), ChoiceField)
    assert holder.wishes[-1][2] == "Support added: Debt guarantee"
    block = holder.page._blocks[0]
    holder.page.focus_path("credit_support[1].coverage")
    QTest.keyClicks(focus(), "1,2,3")
    assert holder.page.entry_problems()
    block.tags.removed.emit("debt_guarantee")  # type: ignore[attr-defined]  # the support page has one block
    assert holder.page.entry_problems() == {}
    block.tags.removed.emit("capacity_commitment")  # type: ignore[attr-defined]  # as above
    assert holder.deal.credit_support == ()
    assert any("No support yet" in label.text() for label in holder.page.findChildren(QLabel) if label.isVisible())


def test_internal_fields_are_marked(qtbot: QtBot) -> None:
    """The internal page says so in its head with lock and word."""
    holder = Holder(qtbot, "internal")
    assert any(label.text() == "Internal: never shown to the partner" for label in holder.page.findChildren(QLabel))


def test_what_a_field_offers_says_range_and_meaning(qtbot: QtBot) -> None:
    """The tooltip of every field holds its help, and its range where it is a number."""
    deal = load_template("fjord")
    assert qtbot is not None
    for path in sorted(all_paths(deal)):
        field = field_at(deal, path)
        entry = Entry(field.element, deal.currency)
        assert entry.tooltip().startswith(field.help)
        if field.unit.numeric:
            assert entry.range_words().lower() in entry.tooltip().lower()


def test_every_path_of_a_page_belongs_to_its_section(qtbot: QtBot) -> None:
    """What a page shows is found again by the section list: going to a problem opens the page that has its field."""
    for key in KEYS:
        holder = Holder(qtbot, key)
        assert {section_of(path).key for path in paths_on(holder.page)} == {key}


def test_a_page_becomes_narrow_again(qtbot: QtBot) -> None:
    """A page that was wide fits the window once it is made narrower: nothing of it is cut off at the right."""
    holder = Holder(qtbot, "deal", width=1400)
    (first, *_) = holder.page.findChildren(FieldGrid)
    assert first.width() > 900
    holder.page.resize(820, 700)
    assert first.mapTo(holder.page, first.rect().topRight()).x() <= 820
    assert all(row.unit.width() >= row.unit.sizeHint().width() for row in first.rows if row.has_unit)
