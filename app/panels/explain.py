"""Any figure explained: what it is, why, from what, and where it goes on to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

import models  # tables of months are made of the engine's rows, which are loaded with the first figures
from app.charts.of_term import term_chart
from app.charts.view import ChartView
from app.live import Figures
from app.panels.explain_head import ExplainHead
from app.panels.explain_words import (
    IngredientRow,
    equation,
    exact,
    formula_html,
    ingredient_rows,
    months_in,
    place_of,
    place_of_token,
    written,
)
from app.panels.ingredient_table import IngredientTable
from app.places import FigurePlace
from app.tables import CashFlowTable
from app.tables.outlet import put
from app.tables.ruler import ruler
from app.theme import clear, font, internal_tag, label, link, px, rule, set_look, set_type
from models import Cell, CellTable

if TYPE_CHECKING:
    from app.explaining import Explained
    from models import Link

MOST_USERS = 12
_CENT = 0.01  # of money: a sum is one that is as exact
_HINT = "Double-click any figure, or press F1 on it, to see what it is made of."


class ExplainPage(QWidget):
    """Shows one explanation; every link in it is a wish."""

    title = "Explain"
    wished = Signal(object)  # FigurePlace
    field_wished = Signal(str)  # path
    path_wished = Signal(int, str)  # number of a path of the simulation, and what it is
    refresh_wished = Signal()  # the figures on the tabs have changed
    leave_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Explained | None = None
        self._ways = (False, False)
        self.head = ExplainHead()
        self._elsewhere = QFrame()
        self._elsewhere_words = label("", "small", wrap=True)
        self._title = label("", "page")
        self._internal = internal_tag()
        self._value = label("", "explain")
        self._unit = label("", "card", "secondary")
        self._about = label("", "small", "secondary")
        self._when = label("", "small", "secondary")
        self._reason = label("", "body", wrap=True)
        self._formula = QLabel()
        self._equation = label("", "body", wrap=True)
        self._why = label("", "small", "secondary", wrap=True)
        self.table = IngredientTable()
        self.months = CashFlowTable(inset=0)
        self.months.view.setAccessibleName("Month by month")
        self.chart = ChartView("Over the term", QSize(px(260), px(150)))
        self._users = QVBoxLayout()
        self._users_box = QWidget()
        self._users_head = label("Used by", "strong")
        self._users_head.setContentsMargins(2, 0, 0, 0)  # level with the links below, inside their rings
        self._went_on: tuple[Sequence[Link], str] | None = None  # what its links lead to
        self._workbook_head = label("In the workbook", "strong")
        self._workbook = label("", "small", "secondary")
        for part in (self._workbook_head, self._workbook):
            part.setContentsMargins(2, 0, 0, 0)
        self._body = QWidget()
        self._hint = label(_HINT, "body", "secondary", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setContentsMargins(px(20), 0, px(20), 0)
        self._build()

    # layout

    def _build(self) -> None:
        set_look(self._body, "pane")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(px(20), px(4), px(12), px(8))
        column.setSpacing(px(6))
        column.addWidget(self._banner())
        column.addLayout(self._title_rows())
        column.addWidget(self._reason)
        column.addWidget(self._formula_band())
        column.addWidget(self.months)
        column.addWidget(self.table)
        column.addSpacing(px(4))
        column.addLayout(self._below(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        self._area = area
        top = QWidget()
        inner = QVBoxLayout(top)
        inner.setContentsMargins(px(12), px(6), px(12), 0)
        inner.setSpacing(px(6))
        inner.addWidget(self.head)
        inner.addWidget(rule())
        self._top = top
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addWidget(self._hint, 1)
        outer.addWidget(area, 1)
        top.hide()
        area.hide()
        self.table.followed.connect(self._follow_row)
        self.head.month_wished.connect(self._go_to_month)
        self._formula.linkActivated.connect(self._follow_token)

    def _banner(self) -> QFrame:
        set_look(self._elsewhere, "note")
        row = QHBoxLayout(self._elsewhere)
        row.setContentsMargins(px(10), px(4), px(10), px(4))
        leave = link("Back to the case shown")
        leave.clicked.connect(self.leave_wished)
        row.addWidget(self._elsewhere_words, 1)
        row.addWidget(leave)
        return self._elsewhere

    def _title_rows(self) -> QHBoxLayout:
        titles = QHBoxLayout()
        titles.setSpacing(px(8))
        titles.addWidget(self._title)
        titles.addWidget(self._internal)
        titles.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(titles)
        left.addWidget(self._about)
        figures = QHBoxLayout()
        figures.setSpacing(px(6))
        figures.addStretch(1)
        figures.addWidget(self._value)
        below = QFontMetrics(font("explain")).descent() - QFontMetrics(font("card")).descent()
        self._unit.setContentsMargins(0, 0, 0, below)  # on the line that the figure stands on
        figures.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(figures)
        right.addWidget(self._when, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.addLayout(left, 1)
        row.addLayout(right)
        return row

    def _formula_band(self) -> QFrame:
        band = QFrame()
        set_look(band, "note")
        self._formula.setTextFormat(Qt.TextFormat.RichText)
        self._formula.setWordWrap(True)
        self._formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._formula.setAccessibleName("Formula")
        set_type(self._formula, "body")
        inner = QVBoxLayout(band)
        inner.setContentsMargins(px(12), px(6), px(12), px(6))
        inner.setSpacing(px(2))
        inner.addWidget(self._formula)
        inner.addWidget(self._equation)
        inner.addWidget(self._why)
        return band

    def _below(self) -> QHBoxLayout:
        side = QVBoxLayout(self._users_box)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self._users_head)
        side.addLayout(self._users)
        side.addWidget(self._workbook_head)
        side.addWidget(self._workbook)
        side.addStretch(1)
        self._users_box.setMinimumWidth(px(180))
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(self.chart, 1)
        row.addWidget(self._users_box)
        return row

    # what is shown

    def show_figures(self, _figures: Figures) -> None:
        """The figures have changed: what is looked at is to be explained anew."""
        self.refresh_wished.emit()

    def show_way(self, _places: Sequence[FigurePlace], can_back: bool, can_forward: bool) -> None:
        """Take note of whether there is a way back and forward."""
        self._ways = (can_back, can_forward)

    def show_explained(self, shown: Explained, way: Sequence[tuple[str, str]], elsewhere: bool) -> None:
        """Show an explanation; `way` are the figures that led here, each with the deal it is of."""
        self._shown = shown
        found = shown.explanation
        self._hint.hide()
        self._top.show()
        self._area.show()
        currency = shown.currency
        value, unit = (found.said, "") if found.said else written(found.value, found.text, found.unit, currency)
        self.head.show_way(way, *self._ways)
        self.head.show_month(shown.months, found.month)
        self._elsewhere.setVisible(elsewhere)
        self._elsewhere_words.setText(f"Figures of {shown.case_title}.")
        self._title.setText(found.label)
        self._internal.setVisible(found.internal)
        self._about.setText(f"{found.name}, {found.section}")
        self._value.setText(value)
        self._value.setAccessibleName(f"{found.label}: {value} {unit}".strip())
        self._value.setToolTip(f"{found.text} {found.unit}".strip())
        self._unit.setText(unit)
        of = "" if elsewhere else shown.case_title  # else the banner says it
        self._when.setText(found.missing or ", ".join(filter(None, (found.when, of))))
        self._reason.setText(found.reason)
        self._formula.setText(formula_html(found))
        said = equation(found, currency)
        self._equation.setText(said)
        self._equation.setVisible(bool(said))
        self._why.setText(found.why)
        self._why.setVisible(bool(found.why))
        self._show_months(shown, currency)
        rows = ingredient_rows(shown, currency)
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows, found.when)
        self.chart.setVisible(shown.term is not None)
        if shown.term is not None:
            over = partial(models.lines_by, *shown.drawn) if shown.drawn is not None else None
            self.chart.show_chart(term_chart(shown.term, found.month), over=over)
        self._show_users(found.users, shown.workbook)

    def refuse(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self._hint.setText(sentence)
        self._hint.show()
        self.head.show_way((), *self._ways)
        self.head.show_month((), None)
        self._top.setVisible(any(self._ways))  # the way back from there
        self._area.hide()

    def forget(self) -> None:
        """Another deal is open."""
        self._shown = None
        self._ways = (False, False)
        self.refuse(_HINT)

    def shown(self) -> Explained | None:
        """What is explained now."""
        return self._shown

    def users(self) -> tuple[Link, ...]:
        """Where the figure goes on to."""
        return self._shown.explanation.users if self._shown is not None else ()

    def _show_months(self, shown: Explained, currency: str) -> None:
        rows = months_in(shown)
        self.months.setVisible(bool(rows))
        if not rows:
            return
        first, count = rows[0].first, len(rows[0].values)
        columns = shown.months[first : first + count]
        units = {currency: "money", "%": "fraction"}
        made = tuple(
            models.Row(
                each.name,
                each.label,
                "",
                units.get(each.unit, each.unit),
                "flow",
                each.values,
                total=each.value if math.isclose(each.value, sum(each.values), abs_tol=_CENT) else None,
            )
            for each in rows
        )
        at = tuple((month, month) for month in range(first, first + count))
        self.months.show_table(models.Table(tuple(columns), made, at), currency, brief=ruler(columns))
        self.months.setFixedHeight(px(28) + px(25) * len(rows) + px(14))

    def _show_users(self, users: Sequence[Link], workbook: str) -> None:
        if (users, workbook) == self._went_on:
            return
        self._went_on = (users, workbook)
        held = QApplication.focusWidget()
        if held is not None and self._users_box.isAncestorOf(held):  # a link that was followed goes, the focus stays
            (self.table if self.table.isVisible() else self.months.view).setFocus()
        clear(self._users)
        for user in users[:MOST_USERS]:
            go = link(user.label)
            go.setProperty("flush", True)
            go.setProperty("inline", True)
            go.clicked.connect(lambda _checked=False, to=user: self._follow(to))
            self._users.addWidget(go)
        if len(users) > MOST_USERS:
            self._users.addWidget(label(f"and {len(users) - MOST_USERS} more", "small", "secondary"))
        self._users_head.setVisible(bool(users))
        self._workbook_head.setContentsMargins(2, px(8) if users else 0, 0, 0)
        self._workbook.setText(workbook)
        for part in (self._workbook_head, self._workbook):
            part.setVisible(bool(workbook))
        self._users_box.setVisible(bool(users or workbook))

    # wishes

    def _follow(self, to: Link) -> None:
        place = place_of(to)
        if to.kind == "path":
            self.path_wished.emit(int(to.name), to.label)
        elif place is None:
            self.field_wished.emit(to.name)
        else:
            self.wished.emit(place)

    def _follow_row(self, row: IngredientRow) -> None:
        if row.link is not None:
            self._follow(row.link)

    def _follow_token(self, address: str) -> None:
        if self._shown is not None:
            to = place_of_token(self._shown.explanation, int(address))
            if to is not None:
                self._follow(to)

    def _go_to_month(self, month: int) -> None:
        if self._shown is not None:
            self.wished.emit(FigurePlace(self._shown.place.name, month))

    # copying

    @property
    def has_picture(self) -> bool:
        """True while a chart is drawn."""
        return self._shown is not None and self._shown.term is not None

    def copy_numbers(self) -> None:
        """Put figure, formula and ingredients on the clipboard."""
        if self._shown is None:
            return
        found, currency = self._shown.explanation, self._shown.currency
        value, unit = written(found.value, found.text, found.unit, currency)
        number = exact(found.value, value, unit, currency)
        rows: list[tuple[Cell, ...]] = [(found.label, value if number is None else number, unit, found.when)]
        rows.append((found.formula_text, None, None, None))
        parts = self.table.all_cells()
        rows += [row.cells for row in parts.rows] if parts is not None else []
        put(CellTable.of(found.label, ("Figure", "Value", "Unit", "When or kind", "From"), rows))

    def copy_picture(self) -> None:
        """Put the chart on the clipboard."""
        self.chart.copy_picture()
