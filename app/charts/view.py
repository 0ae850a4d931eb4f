"""The widget that shows a chart: hover and arrow keys, a summary for screen readers, copies and files of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QMarginsF,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPaintEvent,
    QPdfWriter,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.charts.drawing import Drawing, drawing_of
from app.charts.hover import paint_box
from app.charts.kinds import AnyChart
from app.places import AnyPlace, DealPlace, FigurePlace
from app.tables.outlet import ByPeriod, Outlet
from app.theme import Theme, px, theme_of
from models import CellTable

_PICTURE_SCALE = 2.0
_DOTS = 96  # of a PDF to the inch, so that a pixel of the screen is as large on paper as on most screens


def faded(theme: Theme) -> Theme:
    """The theme for what is stale: greys in place of the colours of series."""
    greys = (theme.axis, theme.text2) * (len(theme.series) // 2)
    return replace(theme, series=greys, series_text=(theme.text2,) * len(theme.series_text))


class ChartView(QWidget):
    """Shows one chart; `show_chart` replaces it. Arrow keys move through its places, Escape leaves them."""

    file_wished = Signal()  # save the picture of this chart in a file
    explain_wished = Signal(object)  # AnyPlace, of what was double-clicked
    picked = Signal(int)  # a place was clicked, or Enter pressed on the one brought out

    def __init__(self, name: str, least: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: AnyChart | None = None
        self._given: AnyChart | None = None  # what `show_chart` was given; what is stale is drawn with other words
        self._stale = False
        self._hover: int | None = None
        self.about: FigurePlace | None = None  # what is explained where the place brought out has no figure of its own
        self.opens = False  # a click opens what a place stands for, so that a double click does not explain it
        self._least = least
        self.setAccessibleName(name)
        self.outlet = Outlet(self, self.table, self.table)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: AnyChart, *, stale: bool = False, over: ByPeriod | None = None) -> None:
        """Draw another chart; what is brought out stays so if that place still exists.

        `over` gives its figures by month, quarter or year, where they are such a series. What is stale is drawn in
        grey and says so, on the screen as in every picture of it.
        """
        self.outlet.give_periods(over)
        if chart == self._given and stale == self._stale:
            return
        self._chart = self._given = chart
        self._stale = stale
        if stale and not getattr(chart, "compact", False):
            self._chart = replace(chart, subtitle=f"{chart.subtitle}; stale" if chart.subtitle else "Stale")
        if self._hover is not None and self._hover >= self._drawing().positions:
            self._hover = None
        self.setAccessibleDescription(f"Stale. {chart.summary}" if stale else chart.summary)
        self.update()

    def chart(self) -> AnyChart | None:
        """The chart now shown."""
        return self._chart

    @property
    def is_stale(self) -> bool:
        """True while what is shown is no longer that of the deal."""
        return self._stale

    def figure_in_focus(self) -> AnyPlace | None:
        """Where the figure brought out comes from, of several rows the first, else all of it."""
        return self._figure(self._hover, None)

    def hover_at(self, index: int | None) -> None:
        """Bring out one place, or none."""
        if index != self._hover:
            self._hover = index
            self.update()

    def picture(self) -> QImage:
        """The chart as drawn now, with nothing brought out, at twice the size of the screen."""
        image = QImage(self.size() * _PICTURE_SCALE, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(_PICTURE_SCALE)
        image.fill(theme_of(self).base)
        if self._chart is not None:
            with QPainter(image) as painter:
                self._paint(painter)
        return image

    def drawing_file(self) -> bytes:
        """The chart as the text of an SVG file."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        made = QSvgGenerator()
        made.setOutputDevice(buffer)
        made.setSize(self.size())
        made.setViewBox(self.rect())
        made.setTitle(self.accessibleName())
        made.setDescription(self.accessibleDescription())
        self._paint_file(made)
        return bytes(buffer.data().data())

    def document_file(self) -> bytes:
        """The chart as a PDF of one page of its own size: vectors, with its fonts inside."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        made = QPdfWriter(buffer)
        made.setResolution(_DOTS)
        points = QSizeF(self.size()) * 72 / _DOTS
        made.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
        made.setPageMargins(QMarginsF())
        made.setTitle(self.accessibleName())
        made.setCreator("Backstop")
        self._paint_file(made)
        return bytes(buffer.data().data())

    def picture_file(self) -> bytes:
        """The chart as a PNG file."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.picture())
        return bytes(buffer.data().data())

    def file_of(self, ending: str) -> bytes:
        """The chart as a file: `.svg`, `.pdf`, else PNG."""
        return {".svg": self.drawing_file, ".pdf": self.document_file}.get(ending.lower(), self.picture_file)()

    def _paint_file(self, device: QPaintDevice) -> None:
        with QPainter(device) as painter:
            painter.fillRect(self.rect(), theme_of(self).base)
            if self._chart is not None:
                self._paint(painter)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_numbers(self) -> None:
        """Put all figures on the clipboard, tab-separated and at full precision."""
        self.outlet.copy()

    def table(self) -> CellTable | None:
        """All figures as a table, None while there is no chart."""
        return self._chart.table() if self._chart is not None else None

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return self._least

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return self._least

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        with QPainter(self) as painter:
            if self._chart is not None:
                drawing = self._paint(painter)
                if self._hover is not None and self._hover >= drawing.positions:
                    self._hover = None  # a smaller chart has fewer places
                if self._hover is not None:
                    drawing.bring_out(painter, self._hover, self._theme())
                    box = drawing.box(self._hover)
                    paint_box(painter, self._area(), drawing.anchor(self._hover), box, self._theme())
            if self.hasFocus():
                painter.setPen(QPen(theme_of(self).focus, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        self.hover_at(self._index_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        index = self._index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.picked.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        index = self._index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None and not self.opens:
            place = self._figure(index, self._drawing().row_at(event.position()))
            if place is not None:
                self.explain_wished.emit(place)

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's own name
        self.hover_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        self.hover_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        step = self._step_of(Qt.Key(event.key()))
        if step:
            self._go(step)
        elif event.key() == Qt.Key.Key_Escape and self._hover is not None:
            self.hover_at(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._hover is not None:
            self.picked.emit(self._hover)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's own name
        self.copy_menu().popup(
            event.globalPos() if self.rect().contains(event.pos()) else self.mapToGlobal(QPoint(8, 8))
        )

    def copy_menu(self) -> QMenu:
        """The menu of what can be copied and saved; it deletes itself once closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy, _, csv, excel = self.outlet.actions
        menu.addAction("Copy as &numbers", copy.shortcut(), self.copy_numbers)
        menu.addAction("Copy as &picture", self.copy_picture)
        menu.addSeparator()
        menu.addActions([csv, excel])
        menu.addActions(self.outlet.period_actions())
        menu.addSeparator()
        menu.addAction("&Save the picture…", self.file_wished.emit)
        return menu

    def _figure(self, at: int | None, row: int | None) -> AnyPlace | None:
        found = self._chart.figure(at, row) if self._chart is not None else None
        if self._stale and isinstance(found, DealPlace):
            found = replace(found, title=f"{found.title} as it was")
        return found or self.about

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(px(2), px(2), -px(2), -px(2))

    def _theme(self) -> Theme:
        return faded(theme_of(self)) if self._stale else theme_of(self)

    def _drawing(self) -> Drawing:
        assert self._chart is not None
        return drawing_of(self._chart, self._area())

    def _paint(self, painter: QPainter) -> Drawing:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing = self._drawing()
        drawing.paint(painter, self._theme())
        return drawing

    def _index_at(self, at: QPointF) -> int | None:
        return self._drawing().index_at(at) if self._chart is not None else None

    def _step_of(self, key: Qt.Key) -> int:
        if self._chart is None:
            return 0
        drawing = self._drawing()
        across, down = drawing.step_right, drawing.step_down
        steps = {Qt.Key.Key_Right: across, Qt.Key.Key_Left: -across, Qt.Key.Key_Down: down, Qt.Key.Key_Up: -down}
        return steps.get(key, 0)

    def _go(self, step: int) -> None:
        drawing = self._drawing()
        last = drawing.positions - 1
        if last < 0:
            return
        there = (0 if step > 0 else last) if self._hover is None else self._hover + step
        if not 0 <= there <= last:
            return
        self.hover_at(there)
        spoken = QAccessibleAnnouncementEvent(self, drawing.box(there).spoken())
        QAccessible.updateAccessibility(spoken)
