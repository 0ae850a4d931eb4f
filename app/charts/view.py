"""The widget that shows a chart: hover and arrow keys, a summary for screen readers, copies of picture and figures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.charts.hover import paint_hover
from app.charts.layout import Layout, lay_out
from app.charts.painting import paint_chart
from app.charts.spec import Chart
from app.tables.figures import raw
from app.theme import px, theme_of

_PICTURE_SCALE = 2.0


class ChartView(QWidget):
    """Shows one chart; `show_chart` replaces it. Arrow keys move through the positions, Escape leaves them."""

    def __init__(self, name: str, least: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._hover: int | None = None
        self._least = least
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart; the hover line stays where it is if that place still exists."""
        self._chart = chart
        if self._hover is not None and self._hover >= len(chart.positions):
            self._hover = None
        self.setAccessibleDescription(chart.summary)
        self.update()

    def chart(self) -> Chart | None:
        """The chart now shown."""
        return self._chart

    def hover_at(self, index: int | None) -> None:
        """Bring out one position, or none."""
        if index != self._hover:
            self._hover = index
            self.update()

    def picture(self) -> QImage:
        """The chart as drawn now, without hover, at twice the size of the screen."""
        image = QImage(self.size() * _PICTURE_SCALE, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(_PICTURE_SCALE)
        image.fill(theme_of(self).base)
        if self._chart is not None:
            with QPainter(image) as painter:
                area = self._area()
                paint_chart(painter, self._chart, lay_out(self._chart, area), theme_of(self))
        return image

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_numbers(self) -> None:
        """Put all figures on the clipboard, tab-separated and at full precision."""
        if self._chart is not None:
            QGuiApplication.clipboard().setText(self._chart.as_text(raw))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return self._least

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return self._least

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        with QPainter(self) as painter:
            theme = theme_of(self)
            if self._chart is not None:
                layout = lay_out(self._chart, self._area())
                paint_chart(painter, self._chart, layout, theme)
                if self._hover is not None:
                    paint_hover(painter, self._chart, layout, self._hover, theme)
            if self.hasFocus():
                painter.setPen(QPen(theme.focus, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        self.hover_at(self._index_at(event.position().x()))

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's own name
        self.hover_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        self.hover_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        last = len(self._chart.positions) - 1 if self._chart is not None else -1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and last >= 0:
            here = (0 if step > 0 else last) if self._hover is None else self._hover + step
            self.hover_at(min(max(here, 0), last))
        elif event.key() == Qt.Key.Key_Escape and self._hover is not None:
            self.hover_at(None)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own name
        self.copy_menu().popup(
            event.globalPos() if self.rect().contains(event.pos()) else self.mapToGlobal(QPoint(8, 8))
        )

    def copy_menu(self) -> QMenu:
        """The menu of what can be copied; it deletes itself once closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as &numbers", self.copy_numbers)
        menu.addAction("Copy as &picture", self.copy_picture)
        return menu

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(px(2), px(2), -px(2), -px(2))

    def _index_at(self, x: float) -> int | None:
        layout: Layout | None = lay_out(self._chart, self._area()) if self._chart is not None else None
        return layout.index_at(x) if layout is not None else None
