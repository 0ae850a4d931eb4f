"""What is looked for at every place of the program: names for screen readers, letters that clash, words cut off."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, product

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from app.charts.view import ChartView
from app.desk import Desk
from app.forms.line_field import TextField
from app.panels.sections import SectionList
from app.stops import stops
from app.theme import CutLabel

_CLASS_NAME = re.compile(r"^_?[A-Z]\w*[a-z][A-Z]\w*$|^Q[A-Z]\w+$")


def below(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """An interface and all below it that stand for widgets."""
    yield interface
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None and child.object() is not None:
            yield from below(child)


def nameless(root: QWidget) -> list[str]:
    """The visible controls below a widget that take the keyboard focus and have no name in plain words."""
    start = QAccessible.queryAccessibleInterface(root)
    assert start is not None
    found = []
    for interface in below(start):
        widget = interface.object()
        if not isinstance(widget, QWidget) or not widget.isVisible():
            continue
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton | QProgressBar)
        if not takes:
            continue
        name = interface.text(QAccessible.Text.Name)
        if not name.strip() or _CLASS_NAME.match(name):
            found.append(f"{type(widget).__name__} is called {name!r}")
        if isinstance(widget, ChartView) and not interface.text(QAccessible.Text.Description):
            found.append(f"{name} has no summary")
        if isinstance(widget, QTableView):
            found += _silent_cells(widget, name)
    return found


def _silent_cells(table: QTableView, name: str) -> Iterator[str]:
    """The cells of a table that show words and say none."""
    model = table.model()
    if model is None:
        return
    for row in range(min(model.rowCount(), 6)):
        for column in range(min(model.columnCount(), 6)):
            index = model.index(row, column)
            said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
            if said is None:
                yield f"{name} says nothing in row {row}, column {column}"


def clashes(root: QWidget) -> list[str]:
    """Underlined letters below a widget that stand for more than one thing, the menu bar of its window among them."""
    letters: Counter[str] = Counter()
    for bar in root.findChildren(QMenuBar):
        letters.update(_letter(action.text()) for action in bar.actions())
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root:
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            letters.update([_letter(widget.text())])
        if isinstance(widget, QTabBar):
            letters.update(_letter(widget.tabText(at)) for at in range(widget.count()))
    return [f"Alt+{letter} stands for {count}" for letter, count in letters.items() if letter and count > 1]


def _letter(text: str) -> str:
    """The underlined letter of a text, "" for none."""
    found = re.search(r"&(\w)", text.replace("&&", ""))
    return found.group(1).lower() if found else ""


def out_of_order(root: QWidget) -> list[str]:
    """Stops of the Tab key that come after one further down in their column, or further right in their line."""
    found = []
    for desk in root.findChildren(Desk):
        for pane in desk.panes() if desk.isVisible() else ():
            shown = [stop for stop in stops(pane) if stop.isVisible() and stop.isEnabled()]
            for before, after in pairwise(shown):
                one, other = (QRect(stop.mapTo(pane, QPoint(0, 0)), stop.size()) for stop in (before, after))
                upwards = other.bottom() <= one.top() + 2 and other.left() <= one.right()
                beside = other.top() < one.bottom() and other.bottom() > one.top()
                backwards = beside and other.right() <= one.left() + 2
                if upwards or backwards:
                    found.append(f"{after.accessibleName()!r} comes after {before.accessibleName()!r}")
    return found


def cut_off(root: QWidget) -> list[str]:
    """What has words below a widget and no room for them, or stands where nobody can get it into sight."""
    return [
        f"{type(widget).__name__} in {type(holders[0]).__name__}: {why}"
        for widget, holders in _shown(root, ())
        for why in (*_lacks_room(widget, holders[0]), *_out_of_sight(widget, holders))
    ]


def _shown(holder: QWidget, holders: tuple[QWidget, ...]) -> Iterator[tuple[QWidget, tuple[QWidget, ...]]]:
    """Each widget in sight below one, with what holds it from the innermost on.

    Widgets are not asked for their parents: Python would take a parent for a part of its child, and lose both.
    """
    around = (holder, *holders)
    for widget in holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if widget.isVisible() and not widget.isWindow() and not isinstance(widget, QScrollBar):
            yield widget, around
            yield from _shown(widget, around)


def _lacks_room(widget: QWidget, holder: QWidget) -> Iterator[str]:
    """Why the words of a widget have no room in it; nothing where they have."""
    if isinstance(widget, CutLabel):
        return  # says the whole in its tooltip
    if isinstance(widget, SectionList):
        if widget.width() < widget.needed_width():
            yield "titles of sections are cut"
    elif isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QPushButton | QCheckBox | QToolButton):
        wanted = widget.sizeHint() if isinstance(widget, QToolButton) else widget.minimumSizeHint()
        if widget.text() and not _holds(widget.size(), wanted):
            yield f"“{widget.text()}” has {_size(widget.size())} of {_size(wanted)}"
    elif isinstance(widget, QComboBox):
        yield from _combo(widget)
    elif isinstance(widget, QTabBar):
        if widget.width() < widget.minimumSizeHint().width():
            yield "tabs are cut"
    elif isinstance(widget, QLineEdit) and not isinstance(widget, TextField) and not isinstance(holder, QComboBox):
        yield from _line(widget)
    elif isinstance(widget, QHeaderView):
        yield from _heads(widget)
    elif isinstance(widget, QTableView):
        yield from _cells(widget)


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    in_tooltip = label.toolTip() and text.endswith("…")
    if not text or in_tooltip or label.textFormat() == Qt.TextFormat.RichText:
        return
    inside = label.contentsRect()
    metrics = label.fontMetrics()
    shown = text if label.buddy() is None else text.replace("&", "")
    flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
    needed = metrics.boundingRect(QRect(0, 0, inside.width() if flags else 100_000, 100_000), flags, shown)
    if needed.width() > inside.width() + 1 or needed.height() > inside.height() + 2:
        yield f"“{text}” has {_size(inside.size())} of {_size(needed.size())}"


def _combo(box: QComboBox) -> Iterator[str]:
    """The words of a choice beside its arrow."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    text, edit = box.currentText(), box.lineEdit()
    part = QStyle.SubControl.SC_ComboBoxEditField
    inside = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    room, needed = edit.width() if edit is not None else inside.width(), _advance(box, text)
    if needed > room + 1 and text not in box.toolTip():
        yield f"“{text}” has {room} of {needed}"


def _line(line: QLineEdit) -> Iterator[str]:
    """An entry, or what stands in it while it is empty."""
    text, margins = line.text() or line.placeholderText(), line.textMargins()
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    inside = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    room, needed = inside.width() - 4 - margins.left() - margins.right(), _advance(line, text)
    if needed > room + 1:
        yield f"“{text}” has {room} of {needed}"
    if line.height() < line.fontMetrics().height():
        yield f"“{text}” has a height of {line.height()}"


def _heads(head: QHeaderView) -> Iterator[str]:
    model, way, role = head.model(), head.orientation(), Qt.ItemDataRole
    if way == Qt.Orientation.Vertical or model is None:
        return
    for at in range(head.count()):
        if head.isSectionHidden(at) or model.headerData(at, way, role.ToolTipRole):
            continue
        text = str(model.headerData(at, way, role.DisplayRole) or "")
        needed = max(_advance(head, line) for line in text.split("\n"))
        if needed > head.sectionSize(at):
            yield f"head “{text}” has {head.sectionSize(at)} of {needed}"


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    for row, column in product(range(model.rowCount()), range(model.columnCount())) if model is not None else ():
        if table.isColumnHidden(column) or table.isRowHidden(row) or table.columnSpan(row, column) > 1:
            continue
        index = model.index(row, column)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        needed, high = _advance(table, text), table.fontMetrics().height()
        if needed > table.columnWidth(column) and not index.data(Qt.ItemDataRole.ToolTipRole):
            yield f"cell “{text}” has {table.columnWidth(column)} of {needed}"
        if text and high > table.rowHeight(row):
            yield f"row of “{text}” is {table.rowHeight(row)} high of {high}"


def _out_of_sight(widget: QWidget, holders: tuple[QWidget, ...]) -> Iterator[str]:
    """Why a widget cannot be brought into sight: it sticks out of what holds it, and that does not scroll there."""
    says = isinstance(widget, QLabel | QAbstractButton | QComboBox | QLineEdit | ChartView | QProgressBar)
    if not says or widget.size().isEmpty():
        return
    at, held = QRect(QPoint(0, 0), widget.size()), widget
    for holder, outer in pairwise((*holders, None)):
        assert holder is not None
        at, inside = at.translated(held.pos()), holder.rect()
        across, down = _scrolls(holder, outer)
        if not across and (at.left() < -1 or at.right() > inside.right() + 1):
            yield f"“{_words(widget)}” sticks out sideways of {type(holder).__name__}"
            return
        if not down and (at.top() < -1 or at.bottom() > inside.bottom() + 1):
            yield f"“{_words(widget)}” sticks out of {type(holder).__name__}"
            return
        held, at = holder, inside if across or down else at


def _scrolls(viewport: QWidget, area: QWidget | None) -> tuple[bool, bool]:
    """Whether what a widget shows can be scrolled sideways, and up and down."""
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if not isinstance(area, QAbstractScrollArea) or area.viewport() is not viewport:
        return False, False
    return area.horizontalScrollBarPolicy() != off, area.verticalScrollBarPolicy() != off


def _words(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return said or widget.accessibleName()


def _advance(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().horizontalAdvance(text)


def _holds(size: QSize, wanted: QSize) -> bool:
    return size.width() + 1 >= wanted.width() and size.height() + 1 >= wanted.height()


def _size(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"
