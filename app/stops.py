"""The stops of the Tab key: what takes the keyboard focus, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget


def holds(pane: QWidget, focus: QWidget) -> bool:
    """True where the widget with the focus is the pane or in it."""
    return pane is focus or pane.isAncestorOf(focus)


def stops(pane: QWidget) -> list[QWidget]:
    """All that can take the focus in a pane, seen or not, in the order in which it was put together.

    What opens in a window of its own, such as the list of a choice, is no stop. The focus chain of Qt is not asked:
    walking it would make Python take each widget for a part of the one before, and lose it together with that.
    """
    window = pane.window()
    return [
        widget
        for widget in _widgets(pane)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and widget.window() is window
    ]


def _widgets(pane: QWidget) -> list[QWidget]:
    """The pane and all that is in it.

    Pages of a stack are asked one by one: what is found in a widget, Qt's own scroll bars too, Python keeps for as long
    as that widget lives, and the pages go with their deal while the stack stays.
    """
    if isinstance(pane, QStackedWidget):
        pages = [page for at in range(pane.count()) if (page := pane.widget(at)) is not None]
        return [pane, *(widget for page in pages for widget in (page, *page.findChildren(QWidget)))]
    return [pane, *pane.findChildren(QWidget)]


def first_stop(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that takes the keyboard focus now."""
    return next((stop for stop in stops(pane) if stop.isVisible() and stop.isEnabled()), None)


def order_stops(panes: Sequence[QWidget]) -> None:
    """Let Tab go through one pane after the other; of itself Qt puts last what is made late, wherever it stands."""
    for before, after in pairwise(stop for pane in panes for stop in stops(pane)):
        QWidget.setTabOrder(before, after)
