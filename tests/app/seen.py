"""All that a window says, shows or hands out, whoever asks: eyes, a screen reader, the clipboard or another program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QTabBar, QWidget

from app.charts.drawing import drawing_of
from app.charts.view import ChartView

_TIMES = re.compile(r"computed in \d+ ms")
_READ = ("text", "placeholderText", "toPlainText", "title", "toHtml", "currentText", "windowTitle", "windowIconText",
         "windowFilePath", "windowRole", "toolTip", "statusTip", "whatsThis", "accessibleName",
         "accessibleDescription")  # fmt: skip
_ROLES = (*range(6), *range(10, 14), *range(Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 8))
_PLAIN = (str, int, float, bool, tuple, list, dict)


def texts(top: QWidget) -> list[str]:
    """Everything below a window: words and tips of widgets and commands, models in every role, marks of charts."""
    return [_TIMES.sub("computed", text) for text in _texts(top) if text]


def _texts(top: QWidget) -> Iterator[str]:
    for widget in (top, *top.findChildren(QWidget)):
        yield from (str(getattr(widget, name)() or "") for name in _READ if callable(getattr(widget, name, None)))
        if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
            yield from cells(widget.model())
        if isinstance(widget, QTabBar):
            for at in range(widget.count()):
                yield from (widget.tabText(at), widget.tabToolTip(at), widget.tabWhatsThis(at))
        if isinstance(widget, ChartView):
            yield from marks(widget)
    for action in top.findChildren(QAction):
        said = (action.text(), action.toolTip(), action.statusTip(), action.whatsThis(), action.iconText())
        yield " | ".join((*said, action.shortcut().toString(), f"enabled {action.isEnabled()}"))
    start = QAccessible.queryAccessibleInterface(top)
    assert start is not None
    yield from spoken(start)


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    """Every cell and head of a model in every role, items below items too, and what dragging all of it would carry."""
    above = parent if parent is not None else QModelIndex()
    rows = model.rowCount(above)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
    found = [model.index(row, column, above) for row in range(rows) for column in range(columns)]
    for index in found:
        yield from _told(model.data(index, role) for role in _ROLES)
        if model.rowCount(index):
            yield from cells(model, index)
    for side, count in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, rows)):
        yield from _told(model.headerData(at, side, role) for at in range(count) for role in _ROLES)
    for index in found[:1]:
        carried = model.mimeData([index])
        yield from (str(bytes(carried.data(kind).data())) for kind in carried.formats())


def _told(values: Iterator[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, _PLAIN) or hasattr(value, "__dataclass_fields__"):
            yield re.sub(r" at 0x\w+", "", str(value))


def marks(view: ChartView) -> Iterator[str]:
    """What a chart says at each of its places, as a drawing, and in its menu."""
    chart = view.chart()
    if chart is None:
        return
    drawing = drawing_of(chart, QRectF(view.rect()))
    for at in range(drawing.positions):
        yield drawing.box(at).spoken()
    yield view.drawing_file().decode()
    menu = view.copy_menu()
    yield from (action.text() for action in menu.actions())
    menu.close()


def spoken(interface: QAccessibleInterface) -> Iterator[str]:
    """What a screen reader is told of a widget and all below it."""
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)
    yield from (interface.text(kind) for kind in kinds)
    for index in range(interface.childCount()):
        child = interface.child(index)
        if child is not None and child.object() is not None:
            yield from spoken(child)


def copied(top: QWidget) -> Iterator[str]:
    """What Ctrl+C and Ctrl+Shift+C put on the clipboard from every table in sight, and copies of every chart."""
    board = QGuiApplication.clipboard()
    for view in top.findChildren(QAbstractItemView):
        if not view.isVisible():
            continue
        view.selectAll()
        for held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            board.clear()
            QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | held)
            data = board.mimeData()
            if data is not None:
                yield from (str(bytes(data.data(kind).data())) for kind in data.formats())
        view.clearSelection()
    for chart in top.findChildren(ChartView):
        board.clear()
        chart.copy_numbers()
        yield board.text()


def picture(widget: QWidget) -> bytes:
    """The pixels of a widget."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)  # held while its bytes are read
    return bytes(image.constBits())


def windows() -> list[QWidget]:
    """The windows in sight."""
    return [top for top in QApplication.topLevelWidgets() if top.isVisible()]
