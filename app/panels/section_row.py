"""How a row of the section list is drawn: title and mark on the first line, a few words of the deal on the second."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.forms.marking import paint_change
from app.panels.section_model import Entry, Index, SectionModel
from app.theme import Theme, font, pixmap, px, theme_of

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ICONS = {None: ("check", "text2"), "warning": ("triangle-alert", "warning"), "error": ("circle-x", "negative")}
_ICON = 14


@dataclass(frozen=True)
class RowLayout:
    """Where the words of a row stand, and the words themselves as far as there is room; parts left out are None.

    A change is told by words where they fit, and always by the corner that changed fields have. What is wrong
    comes before what is changed: then an icon has the place of the words, as it has where they do not fit.
    """

    title: QRectF
    title_words: str
    summary: QRectF
    summary_words: str
    icon: QRectF | None
    changed: QRectF | None


def around_title() -> int:
    """How much wider than its title a row must be: icon, mark and edges, in device-independent pixels."""
    return 2 * px(8) + px(48) + px(_ICON) + px(6) + 2


def lay_out_row(entry: Entry, box: QRectF) -> RowLayout:
    """The layout of an entry in the box of its row, in device-independent pixels."""
    strong, small = QFontMetricsF(font("strong")), QFontMetricsF(font("small"))
    gap = px(6)
    first = QRectF(box.left() + px(38), box.top() + px(5), box.width() - px(48), strong.height())
    icon = changed = None
    right = first.right()
    wide = small.horizontalAdvance(entry.changed_words) + 1
    fits = strong.horizontalAdvance(entry.section.title) + gap + wide <= first.width()
    if entry.mark.severity is None and entry.mark.changed and fits:
        changed = QRectF(right - wide, first.top(), wide, first.height())
        right -= wide + gap
    else:
        side = px(_ICON)
        icon = QRectF(right - side, round(first.center().y() - side / 2), side, side)
        right -= side + gap
    title = QRectF(first.left(), first.top(), right - first.left(), first.height())
    wide = _summary_width(box.width())
    second = QRectF(first.left(), first.bottom() + px(2), wide, small.height())
    cut, summary = Qt.TextElideMode.ElideRight, small.elidedText(entry.summary, Qt.TextElideMode.ElideRight, wide)
    if summary != entry.summary:  # in two lines, of which each may lack a word
        second.setHeight(2 * ceil(small.lineSpacing()))
        summary = small.elidedText(entry.summary, cut, 1.6 * wide)
    return RowLayout(
        title,
        strong.elidedText(entry.section.title, cut, title.width()),
        second,
        summary,
        icon,
        changed,
    )


def _summary_width(box: float) -> float:
    return box - px(42)


def row_height(entry: Entry, width: int) -> int:
    """How high the row of an entry is in a list of this width: its summary takes one line, or two."""
    small = QFontMetricsF(font("small"))
    second = small.horizontalAdvance(entry.summary) > _summary_width(width - 2 * px(8))
    return px(48) + (px(13) if entry.section.internal else 0) + (ceil(small.lineSpacing()) if second else 0)


class SectionDelegate(QStyledItemDelegate):
    """Draws the rows; the section of what is internal is set off by a rule."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(px(150), row_height(_entry(index), self._view.viewport().width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = _entry(index)
        theme = theme_of(self._view)
        area = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.section.internal:
            y = area.top() + px(6)
            painter.fillRect(QRect(area.left() + px(8), y, area.width() - px(16), 1), theme.line)
            area.setTop(area.top() + px(13))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = area.adjusted(px(8), 1, -px(8), -1)
        if chosen:
            self._paint_chosen(painter, QRectF(box), theme)
        self._paint_words(painter, entry, QRectF(box), chosen)
        painter.restore()

    def _paint_chosen(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.sel)
        painter.drawRoundedRect(box, px(4), px(4))
        if not self._view.hasFocus():
            painter.fillRect(QRectF(box.left(), box.top() + px(13), px(3), box.height() - px(26)), theme.focus)
        else:
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(4), px(4))

    def _paint_words(self, painter: QPainter, entry: Entry, box: QRectF, chosen: bool) -> None:
        theme, scale = theme_of(self._view), self._view.devicePixelRatioF()
        row = lay_out_row(entry, box)
        tint = theme.internal if entry.section.internal else theme.seltext if chosen else theme.text2
        picture = pixmap(entry.section.icon, tint, px(16), scale)
        painter.drawPixmap(round(box.left()) + px(12), round(row.title.center().y()) - px(8), picture)
        if entry.mark.changed and row.changed is None:  # there is no room for the words
            paint_change(painter, QRect(round(box.left()) + px(4), round(box.top()) + px(4), 0, 0), self._view)
        if row.icon is not None:
            name, role = _ICONS[entry.mark.severity]
            painter.drawPixmap(row.icon.topLeft(), pixmap(name, theme.colour(role), px(_ICON), scale))
        painter.setFont(font("strong"))
        painter.setPen(theme.seltext if chosen else theme.text)
        painter.drawText(row.title, _LEFT, row.title_words)
        painter.setFont(font("small"))
        painter.setPen(theme.text2)
        painter.drawText(row.summary, _LEFT | Qt.TextFlag.TextWordWrap, row.summary_words)
        if row.changed is not None:
            painter.setPen(theme.seltext if chosen else theme.link)
            painter.drawText(row.changed, _RIGHT, entry.changed_words)


def _entry(index: Index) -> Entry:
    model = index.model()
    assert isinstance(model, SectionModel)
    return model.entry(index.row())
