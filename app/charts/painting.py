"""The painter of charts over time: the same code for the screen, for a copied picture and for a file."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.charts.axes import CENTRE, LEFT, blend, paint_bar, paint_values, put_outlined
from app.charts.head import paint_head, paint_small_head, paint_swatch
from app.charts.hover import paint_dots
from app.charts.layout import Frame, Layout
from app.charts.scale import push_apart
from app.charts.spec import Band, Chart, Series, Values
from app.charts.words import gutter_labels, heavy, nothing_in
from app.theme import Theme, font

LINE_WIDTH = 2.2
_DENSE = 8.0  # width of a position
_DEPTHS = (0.16, 0.4)  # how strong the ground of the widest band of a fan is, and that of the next


def paint_chart(painter: QPainter, chart: Chart, layout: Layout, theme: Theme) -> None:
    """Draw the chart, laid out before, without hover."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chart.compact:
        paint_small_head(painter, chart.title, chart.series(), layout.head, theme)
    else:
        paint_head(painter, chart.title, chart.subtitle, layout.head, theme)
    for frame in layout.frames:
        _ground(painter, chart, frame, layout, theme)
        _bands(painter, frame, layout, theme)
        _series(painter, frame, layout, theme)
        _limits(painter, frame, theme)
        _marks(painter, frame, layout, theme)
        _nothing(painter, frame, theme)
        if not chart.compact:
            _gutter(painter, frame, layout, theme)
    _spans(painter, chart, layout, theme)


def _ground(painter: QPainter, chart: Chart, frame: Frame, layout: Layout, theme: Theme) -> None:
    plot = frame.plot
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if frame.panel.danger is not None:
        top = max(plot.top(), frame.y(frame.panel.danger))
        painter.fillRect(
            QRectF(plot.left(), top, plot.width(), plot.bottom() - top), blend(theme.negative_bg, theme.base, 0.6)
        )
    painter.setPen(QPen(theme.grid, 1))
    if chart.year_lines:
        for span in chart.spans[1:]:
            x = round(layout.left(span.first))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    paint_values(painter, plot, frame.scale, frame.panel.unit, theme)


def _spans(painter: QPainter, chart: Chart, layout: Layout, theme: Theme) -> None:
    painter.setFont(font("small"))
    painter.setPen(theme.text2)
    metrics = QFontMetricsF(painter.font())
    y = layout.frames[-1].plot.bottom() + 4
    edge = 0.0
    for span in chart.spans:
        middle = (layout.left(span.first) + layout.left(span.end)) / 2
        width = metrics.horizontalAdvance(span.label)
        room = layout.left(span.end) - layout.left(span.first)
        if middle - width / 2 < edge or (width > room and not chart.compact):
            continue
        painter.drawText(QRectF(middle - 60, y, 120, metrics.height()), CENTRE, span.label)
        edge = middle + width / 2 + 4


def _bands(painter: QPainter, frame: Frame, layout: Layout, theme: Theme) -> None:
    painter.save()
    painter.setClipRect(frame.plot.adjusted(-1, -1, 1, 2))
    for at, band in enumerate(frame.panel.bands):
        colour = blend(theme.series[band.colour - 1], theme.base, _DEPTHS[min(at, len(_DEPTHS) - 1)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for run in _both(band):
            above = [QPointF(layout.centre(index), frame.y(high)) for index, _, high in run]
            below = [QPointF(layout.centre(index), frame.y(low)) for index, low, _ in reversed(run)]
            painter.drawPolygon(QPolygonF(above + below))
    painter.restore()


def _both(band: Band) -> list[list[tuple[int, float, float]]]:
    """Stretches in which both ends of a band exist, each of (position, low, high)."""
    runs: list[list[tuple[int, float, float]]] = [[]]
    for index, (low, high) in enumerate(zip(band.low.values, band.high.values, strict=True)):
        if low is None or high is None:
            runs.append([])
        else:
            runs[-1].append((index, low, high))
    return [run for run in runs if run]


def _series(painter: QPainter, frame: Frame, layout: Layout, theme: Theme) -> None:
    painter.save()
    painter.setClipRect(frame.plot.adjusted(-1, -1, 1, 2))
    above, below = [0.0] * layout.positions, [0.0] * layout.positions
    for series in frame.panel.series:
        colour = theme.series[series.colour - 1]
        if series.kind == "bar":
            _bars(painter, series, frame, layout, theme)
        elif series.kind == "stack":
            _stack(painter, series, frame, layout, theme, (above, below))
        elif series.kind == "stroke":
            _strokes(painter, series, frame, layout, theme)
        else:
            for run in _runs(series.values):
                points = _points(run, series.kind != "line", frame, layout)
                if series.kind == "area":
                    _fill(painter, points, frame, blend(colour, theme.base, 0.22))
                pen = QPen(colour, LINE_WIDTH if series.kind == "line" else 1.6)
                if layout.slot < _DENSE:  # corners too near to one another to be seen round, and slow to be made so
                    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
                else:
                    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                if series.dashed:
                    pen.setDashPattern([4, 2.5])
                painter.setPen(pen)
                painter.drawPolyline(points)
    painter.restore()


def _runs(values: Values) -> list[list[tuple[int, float]]]:
    """Stretches without a gap, each of (position, value)."""
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if run]


def _points(run: list[tuple[int, float]], step: bool, frame: Frame, layout: Layout) -> QPolygonF:
    bottom, top, place = frame.plot.bottom(), frame.plot.top(), frame.scale.place
    start, slot = layout.left(0), layout.slot  # asked for once: a line has hundreds of points
    points = []
    for index, value in run:
        y = place(value, bottom, top)
        if step:
            points += [QPointF(start + index * slot, y), QPointF(start + (index + 1) * slot, y)]
        else:
            points.append(QPointF(start + (index + 0.5) * slot, y))
    return QPolygonF(points)


def _fill(painter: QPainter, points: QPolygonF, frame: Frame, colour: QColor) -> None:
    zero = frame.y(0.0)
    area = QPolygonF([QPointF(points.first().x(), zero), *points.toList(), QPointF(points.last().x(), zero)])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _gap(layout: Layout) -> float:
    return layout.slot * 0.3 if layout.slot >= 14 else min(1.0, layout.slot * 0.25)


def _bars(painter: QPainter, series: Series, frame: Frame, layout: Layout, theme: Theme) -> None:
    gap, zero, colour = _gap(layout), frame.y(0.0), theme.series[series.colour - 1]
    for index, value in enumerate(series.values):
        if value:
            y = frame.y(value)
            bar = QRectF(layout.left(index) + gap / 2, min(y, zero), layout.slot - gap, abs(zero - y))
            paint_bar(painter, bar, colour, theme, hatched=series.hatched)


def _stack(
    painter: QPainter,
    series: Series,
    frame: Frame,
    layout: Layout,
    theme: Theme,
    ends: tuple[list[float], list[float]],
) -> None:
    """Bars that begin where those of the series before end; `ends` holds that for each position, up and down."""
    gap, colour = _gap(layout), theme.series[series.colour - 1]
    for index, value in enumerate(series.values):
        if value:
            side = ends[0] if value > 0 else ends[1]
            start, side[index] = side[index], side[index] + value
            top, bottom = sorted((frame.y(start), frame.y(side[index])))
            edge = 1.0 if bottom - top > 2 else 0.0  # a thin line of ground sets one part off from the next
            bar = QRectF(layout.left(index) + gap / 2, top + edge, layout.slot - gap, bottom - top - edge)
            paint_bar(painter, bar, colour, theme, hatched=series.hatched)


def _strokes(painter: QPainter, series: Series, frame: Frame, layout: Layout, theme: Theme) -> None:
    colour = theme.series[series.colour - 1]
    for index, value in enumerate(series.values):
        if value is not None:
            bar = QRectF(layout.left(index) + 1, frame.y(value) - 1.5, layout.slot - 2, 3)
            painter.fillRect(bar.adjusted(0, -1.5, 0, 1.5), theme.base)
            painter.fillRect(bar, colour)


def _limits(painter: QPainter, frame: Frame, theme: Theme) -> None:
    for limit in frame.panel.limits:
        pen = QPen(theme.negative, 1.3)
        if limit.dotted:
            pen.setDashPattern([1, 1.6])
        painter.setPen(pen)
        y = round(frame.y(limit.value)) + 0.5
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y))


def _marks(painter: QPainter, frame: Frame, layout: Layout, theme: Theme) -> None:
    painter.setFont(font("small_strong"))
    metrics = QFontMetricsF(painter.font())
    for mark in frame.panel.marks:
        if mark.value > frame.scale.high:
            continue
        x, y = layout.centre(mark.index), frame.y(mark.value)
        paint_dots(painter, [(QPointF(x, y), theme.series[mark.colour - 1])], theme.base)
        words = free_place(QPointF(x, y), metrics.horizontalAdvance(mark.text) + 2, metrics.height(), frame, layout)
        put_outlined(painter, words, mark.text, painter.font(), theme.text, theme.base)


def _nothing(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """An empty plot says why it is empty."""
    words = nothing_in(frame.panel)
    if words:
        painter.setFont(font("small"))
        painter.setPen(theme.text2)
        painter.drawText(frame.plot, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)


def free_place(at: QPointF, width: float, height: float, frame: Frame, layout: Layout) -> QRectF:
    """Where the words of a mark cross fewest lines; under the point a lowest value has free ground most often."""
    plot = frame.plot
    left, right = plot.left() + 4, plot.right() - width - 4
    places = [
        QRectF(min(max(x, left), right), y, width, height)
        for y in (
            at.y() + 6,
            at.y() - 6 - height,
            at.y() - 6 - 1.5 * height,
            at.y() - 6 - 2 * height,
            at.y() + 2.2 * height,
        )
        for x in (at.x() + 2, at.x() - width - 2, at.x() - width / 2)
        if plot.top() <= y and y + height <= plot.bottom()
    ]
    points = [
        QPointF(layout.centre(index) + part * layout.slot, frame.y(value + part * (after - value)))
        for series in frame.panel.series
        if series.kind not in ("bar", "stack", "stroke")
        for index, (value, after) in enumerate(zip(series.values, (*series.values[1:], None), strict=True))
        if value is not None and after is not None
        for part in (0.0, 0.25, 0.5, 0.75)
    ]
    limits = [frame.y(limit.value) for limit in frame.panel.limits]

    def crossed(place: QRectF) -> int:
        wide = place.adjusted(-layout.slot, -3, layout.slot, 3)
        top, bottom = min(wide.top(), at.y()), max(wide.bottom(), at.y())  # no limit parts words and point
        return sum(wide.contains(point) for point in points) + 4 * sum(top < y < bottom for y in limits)

    return min(places, key=crossed, default=QRectF(at.x(), at.y(), width, height))


def _gutter(painter: QPainter, frame: Frame, layout: Layout, theme: Theme) -> None:
    strong = QFontMetricsF(heavy())
    small = QFontMetricsF(font("small"))
    labels = gutter_labels(frame.panel)
    heights = [strong.height() + (small.height() if text.note else 0) for text in labels]
    lone = len(frame.panel.series) == 1 and not frame.panel.limits and not frame.panel.bands
    wanted = [
        frame.plot.top() + height / 2
        if text.value is None or lone
        else frame.y(min(max(text.value, frame.scale.low), frame.scale.high))
        for text, height in zip(labels, heights, strict=True)
    ]
    tops = push_apart(wanted, heights, frame.plot.top() - 4, frame.plot.bottom() + 4)
    for text, top in zip(labels, tops, strict=True):
        place = QRectF(layout.gutter.left(), top, layout.gutter.width() + 2, strong.height())
        if text.swatch is not None:
            place.setLeft(
                place.left() + paint_swatch(painter, text.swatch, place.left(), place.center().y(), theme) + 5
            )
        painter.setFont(heavy() if text.colour else font("small"))
        colour = theme.series_text[text.colour - 1] if text.colour else theme.negative
        painter.setPen(theme.text2 if text.faint else colour)
        painter.drawText(place, LEFT, text.name)
        if text.note:
            painter.setFont(font("small"))
            painter.setPen(theme.text2)
            painter.drawText(place.translated(0, strong.height()), LEFT, text.note)
