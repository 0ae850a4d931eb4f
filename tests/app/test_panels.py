"""The panes by themselves: what they show and what they wish for."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.panels.glance import GlanceRail
from app.panels.problem_list import ProblemList
from app.panels.rail_row import FigureRow, movement
from app.panels.section_model import Entry, SectionModel
from app.panels.section_row import lay_out_row, row_height
from app.panels.sections import SectionList
from app.panels.start import StartPage
from app.panels.status import StatusLine
from app.settings import RecentDeal
from app.theme import font, px
from models import (
    Case,
    GlanceFigure,
    Note,
    Problem,
    SectionMark,
    evaluate,
    glance,
    load_template,
    section_summaries,
    sections,
    template_names,
)
from models.deal.problems import Severity


def words(widget: QWidget) -> list[str]:
    """All that is written in the labels of a widget that are not hidden."""
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and not label.isHidden()]


def test_the_section_model_keeps_the_rules_of_models(qapp: QApplication) -> None:
    """Qt's own tester finds nothing wrong while summaries and marks change."""
    assert qapp
    model = SectionModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(section_summaries(load_template("austral")), {"debt": SectionMark("error", 2)})
    model.show({}, {})
    assert isinstance(model, QAbstractItemModel)
    assert model.rowCount() == len(sections())


def test_a_section_says_all_of_its_row(qtbot: QtBot, themed: QApplication) -> None:
    """A screen reader hears title, summary, changes and state of a section."""
    assert themed
    view = SectionList()
    qtbot.addWidget(view)
    view.show_sections(section_summaries(load_template("austral")), {"debt": SectionMark("warning", 2)})
    row = [section.key for section in sections()].index("debt")
    spoken = view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Debt, 6.95 %, cover 1.30, 2 changed, has a warning"


@pytest.mark.parametrize("severity", [None, "warning", "error"])
@pytest.mark.parametrize("width", [168, 192, 208])
def test_nothing_overlaps_in_a_row_of_the_list(themed: QApplication, severity: Severity | None, width: int) -> None:
    """Title, words of a change, icon and summary keep apart and inside; a long summary goes on in a second line."""
    assert themed
    wrapped = int(Qt.TextFlag.TextWordWrap)
    strong, small = QFontMetricsF(font("strong")), QFontMetricsF(font("small"))
    for section in sections():
        for changed in (0, 1, 12):
            entry = Entry(section, "Aurora Compute Holding…", SectionMark(severity, changed))
            box = QRectF(px(8), 1, px(width) - 2 * px(8), row_height(entry, px(width)) - 2)
            row = lay_out_row(entry, box)
            assert row.title_words == section.title
            marks = [mark for mark in (row.icon, row.changed) if mark is not None]
            assert len(marks) == 1
            assert row.changed is None or (changed and severity is None)
            for mark in marks:
                assert row.title.left() + strong.horizontalAdvance(row.title_words) <= mark.left()
                assert mark.right() <= box.right()
                assert mark.bottom() <= row.summary.top()
            needed = small.boundingRect(QRectF(0, 0, row.summary.width(), 1000), wrapped, row.summary_words)
            assert needed.width() <= row.summary.width()
            assert needed.height() <= row.summary.height()
            assert row.summary.right() < box.right()
            assert row.summary.bottom() <= box.bottom()
            assert row.summary_words == entry.summary


def test_the_corner_of_a_change_is_drawn_beside_an_icon(qtbot: QtBot, themed: QApplication) -> None:
    """A change shows though the icon of a warning has the place of its words; the tooltip says both."""
    assert themed
    view = SectionList()
    qtbot.addWidget(view)
    view.resize(px(192), px(500))
    key = sections()[3].key
    view.show_sections({}, {key: SectionMark("warning")})
    before = view.grab().toImage()
    view.show_sections({}, {key: SectionMark("warning", 1)})
    assert view.grab().toImage() != before
    tip = view.model().index(3, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"{sections()[3].title}  Ctrl+4\n1 changed since saved\nHas a warning"


def test_a_section_that_changes_is_painted_alone(qtbot: QtBot, themed: QApplication) -> None:
    """Where one section gets another mark, the list paints that row again and no other."""
    assert themed
    view = SectionList()
    qtbot.addWidget(view)
    view.resize(220, 800)
    view.show_sections({}, {})
    with qtbot.waitExposed(view):
        view.show()
    painted = Painted()
    view.viewport().installEventFilter(painted)
    view.show_sections({}, {sections()[3].key: SectionMark("warning", 2)})
    qtbot.waitUntil(lambda: bool(painted.areas))
    row = view.visualRect(view.model().index(3, 0))
    assert all(row.contains(area) for area in painted.areas)


class Painted(QObject):
    """Notes down what of a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[QRect] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            self.areas.append(event.region().boundingRect())
        return False


def test_arrow_keys_choose_sections(qtbot: QtBot, themed: QApplication) -> None:
    """Going down the list with the keyboard chooses each section in turn."""
    assert themed
    view = SectionList()
    qtbot.addWidget(view)
    view.choose("deal")
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert chosen.args == ["partner"]
    assert view.chosen_key() == "partner"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(1.04, 1, "+1.0"), (-0.04, 2, "−0.04"), (0.004, 2, "–"), (-0.004, 2, "–"), (0.0, 0, "–"), (1234.0, 0, "+1,234")],
)
def test_movements_carry_a_sign(value: float, decimals: int, expected: str) -> None:
    """A change always says whether it is up or down; one that rounds to nothing is an en dash."""
    assert movement(value, decimals) == expected


def test_a_figure_shows_value_movement_and_notes(qtbot: QtBot, themed: QApplication) -> None:
    """A row of the rail writes negative amounts in parentheses, says why a figure is missing, and speaks it all."""
    assert themed
    holder = QWidget()
    qtbot.addWidget(holder)
    notes = (Note("0.2 under the cost of equity, 15.0", "warning"),)
    row = FigureRow(
        GlanceFigure("npv", "Support NPV, $m", -1506.3, 0, notes=notes, movement=-31.2), QGridLayout(holder), 0, holder
    )
    assert (row.text, row.moved) == ("(1,506)", "−31")
    assert row.spoken() == "Support NPV, $m: (1,506). −31 against saved. 0.2 under the cost of equity, 15.0"
    row.show_figure(GlanceFigure("irr", "Partner IRR, %", None, 1, reason="the shareholders never get any money back"))
    assert row.text == "–"
    assert "The shareholders never get any money back" in words(holder)


def test_dimming_keeps_the_figure(qtbot: QtBot, themed: QApplication) -> None:
    """A dimmed figure stands where it stood, in the colour of placeholders, until it is shown anew."""
    assert themed
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FigureRow(GlanceFigure("x", "X", 1.0, 1), QGridLayout(holder), 0, holder)
    row.dim(True)
    assert (row.text, row.dimmed) == ("1.0", True)
    row.dim(False)
    assert not row.dimmed


def test_problems_are_listed_and_lead_to_their_place(qtbot: QtBot, themed: QApplication) -> None:
    """Each problem shows its short form and a link named for screen readers; what has no room is counted."""
    assert themed
    view = ProblemList(2)
    qtbot.addWidget(view)
    assert words(view) == ["No problems"]
    view.show_problems(
        [
            Problem("demand[0].end", "Model builders leave in Feb 2032 (demand[0].end): why.", "warning", "They leave"),
            Problem("senior_debt.margin", "Cannot be read"),
            Problem("", "A third one"),
        ]
    )
    shown = ["3 problems", "They leave", "Cannot be read", "and 1 more; F8 steps through all"]
    assert sorted(words(view)) == sorted(shown)
    links = view.findChildren(QPushButton)
    assert [link.text() for link in links] == ["Demand", "Debt"]
    assert links[1].accessibleName() == "Go to Debt: Cannot be read"
    with qtbot.waitSignal(view.wished) as wished:
        links[1].click()
    assert wished.args == ["senior_debt.margin"]


def test_stepping_through_problems_goes_round(qtbot: QtBot, themed: QApplication) -> None:
    """Forward and back go round the list; a list that changed under way goes on from what is left."""
    assert themed
    view = ProblemList(4)
    qtbot.addWidget(view)
    assert view.step(1) is None
    first, second = Problem("a", "one"), Problem("b", "two")
    view.show_problems([first, second])
    assert [view.step(1), view.step(1), view.step(1), view.step(-1)] == [first, second, first, second]
    view.show_problems([first])
    assert view.step(1) == first


def rail_of(qtbot: QtBot, height: int) -> tuple[GlanceRail, Case]:
    """A rail of a height with the figures of the Austral template, not yet shown, and those figures."""
    rail = GlanceRail()
    qtbot.addWidget(rail)
    rail.resize(px(300), px(height))
    case = evaluate(load_template("austral"))
    rail.show_glance(glance(case, case), case)
    return rail, case


@pytest.mark.parametrize(("height", "charts"), [(1000, 2), (690, 1), (420, 0)])
def test_key_figures_never_give_way_to_charts(qtbot: QtBot, themed: QApplication, height: int, charts: int) -> None:
    """In a low window the charts of the rail disappear one after the other; figures and problems stay whole."""
    assert themed
    rail, case = rail_of(qtbot, height)
    rail.show_problems(glance(case).warnings)
    rail.show()
    qtbot.waitExposed(rail)
    shown = [view for view in (rail.cash, rail.revenue) if not view.isHidden()]
    assert len(shown) == charts
    for name in ("partner_irr", "vendor_support_npv"):
        widget = rail.row(name).widget
        assert widget.height() >= widget.sizeHint().height()


@pytest.mark.parametrize(("height", "listed", "charts"), [(780, 4, 1), (620, 4, 0), (520, 2, 0)])
def test_problems_never_give_way_to_charts(
    qtbot: QtBot, themed: QApplication, height: int, listed: int, charts: int
) -> None:
    """Four problems stand in the rail before a chart does; in a low window figures move closer, then fewer are listed,
    and nothing is taller than the rail."""
    assert themed
    rail, _case = rail_of(qtbot, height)
    rail.show_problems([Problem(f"a{at}", "Something is wrong") for at in range(4)])
    rail.show()
    qtbot.waitExposed(rail)
    assert len([go for go in rail.findChildren(QPushButton) if go.isVisible()]) == listed
    assert len([view for view in (rail.cash, rail.revenue) if not view.isHidden()]) == charts
    assert rail.minimumSizeHint().height() <= px(height)


@pytest.mark.parametrize("name", [template.name for template in template_names()])
def test_no_words_of_the_rail_are_cut_off(qtbot: QtBot, themed: QApplication, name: str) -> None:
    """At the width the rail asks for, every label and figure has the room it needs, long figures too."""
    assert themed
    rail = GlanceRail()
    qtbot.addWidget(rail)
    case = evaluate(load_template(name))
    rail.show_glance(glance(case, case), case)
    rail.show_problems([Problem("a", "Something is wrong"), *[Problem(f"b{at}", "x") for at in range(5)]])
    rail.resize(max(px(288), rail.needed_width()), px(900))
    rail.show()
    qtbot.waitExposed(rail)
    for shown in rail.findChildren(QLabel):
        if shown.isVisible() and not shown.wordWrap():
            assert shown.width() >= shown.sizeHint().width(), shown.text()


def test_heads_of_the_rail_keep_off_the_first_figure(qtbot: QtBot, themed: QApplication) -> None:
    """There is air between `Now` and the figure under it, and between the two heads."""
    assert themed
    rail = GlanceRail()
    qtbot.addWidget(rail)
    case = evaluate(load_template("austral"))
    rail.show_glance(glance(case, case), case)
    rail.resize(px(288), px(900))
    rail.show()
    qtbot.waitExposed(rail)
    now, saved = (
        next(shown for shown in rail.findChildren(QLabel) if shown.text() == text) for text in ("Now", "vs saved")
    )
    assert saved.geometry().left() - now.geometry().right() >= px(8)
    assert rail.row("partner_irr").widget.geometry().top() - now.geometry().bottom() >= px(4)


def test_the_status_line_tells_state_and_job(qtbot: QtBot, themed: QApplication) -> None:
    """Words stand at the left and right; a job shows its words, and Stop asks to stop it."""
    assert themed
    line = StatusLine()
    qtbot.addWidget(line)
    line.say("Base case computed in 5 ms", "check", "positive")
    line.say_file("Saved 13 Nov 14:02")
    assert line.words() == ("Base case computed in 5 ms", "Saved 13 Nov 14:02")
    line.show()
    line.show_job("Writing Austral.xlsx", 0.62)
    (stop,) = line.findChildren(QPushButton)
    assert stop.isVisible()
    with qtbot.waitSignal(line.stop_wished):
        stop.click()
    line.end_job()
    assert not stop.isVisible()


def test_the_start_page_lists_recent_deals(qtbot: QtBot, themed: QApplication, tmp_path: Path) -> None:
    """Recent deals show name, partner, partner IRR and when they changed; a click asks for the file."""
    assert themed
    page = StartPage(template_names())
    qtbot.addWidget(page)
    now = datetime(2026, 11, 23, 12, 0)
    path = str(tmp_path / "a.deal")
    page.show_recent(
        [
            RecentDeal(path, "Austral", "Austral Compute", 0.148, datetime(2026, 11, 23, 9, 44).timestamp()),
            RecentDeal("b.deal", "Stressed", "Austral Compute", -0.046, datetime(2026, 11, 12, 8, 0).timestamp()),
            RecentDeal("c.deal", "Broken", "Somebody", None, datetime(2025, 1, 2, 8, 0).timestamp()),
        ],
        now,
    )
    said = words(page)
    for expected in ("Austral Compute", "14.8", "today 09:44", "(4.6)", "12 Nov 2026", "–", "2 Jan 2025"):
        assert expected in said
    link = next(button for button in page.findChildren(QPushButton) if button.text() == "Austral")
    with qtbot.waitSignal(page.file_wished) as wished:
        link.click()
    assert wished.args == [path]


def test_an_ampersand_in_a_name_is_no_mark_of_a_key(qtbot: QtBot, themed: QApplication) -> None:
    """Deals are named in links, on the way back and in menus as they are called, whatever signs are in their names."""
    assert themed
    page = StartPage(template_names())
    qtbot.addWidget(page)
    page.show_recent([RecentDeal("b.deal", "R&D", "P&Q", None, 1.8e9)], datetime(2026, 11, 23, 12, 0))
    page.show_back("R&D")
    shown = [button for button in page.findChildren(QPushButton) if "R&" in button.text()]
    assert [button.text() for button in shown] == ["Back to R&&D", "R&&D"]
    assert all(button.shortcut().isEmpty() for button in shown)


def test_the_start_page_offers_every_template(qtbot: QtBot, themed: QApplication) -> None:
    """Each template is a card with title, when to use it and its terms."""
    assert themed
    page = StartPage(template_names())
    qtbot.addWidget(page)
    said = words(page)
    for template in template_names():
        assert {template.title, template.when_to_use, template.terms} <= set(said)
    with qtbot.waitSignal(page.template_wished) as wished:
        page.cards()[2].click()
    assert wished.args == [template_names()[2].name]
