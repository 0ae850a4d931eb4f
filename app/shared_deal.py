"""The open deal as a partner may see it, for a window on a shared screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.document import Document, refusal_of
from models import DatesMove, Deal, DealError, from_partner, partner_deal, with_dates_moved, with_value

NOT_HERE = "This cannot be changed here; leave the partner view to see why."


class SharedDeal(QObject):
    """Follows the document; what it hands out holds nothing internal, no other state and no history."""

    opened = Signal(object)  # the Deal
    changed = Signal(object)
    saved_now = Signal()
    closed = Signal()

    scenario = ""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._of: Deal | None = None
        self._deal: Deal | None = None
        self._since = document.stack.index()
        document.opened.connect(self._on_opened)  # methods: they are disconnected when the partner's window goes
        document.changed.connect(self._on_changed)
        document.closed.connect(self.closed)

    @property
    def deal(self) -> Deal:
        """The deal that computes, without what is internal."""
        if self._deal is None or self._of is not self._document.deal:
            self._of = self._document.deal
            self._deal = partner_deal(self._of)
        return self._deal

    @property
    def saved(self) -> Deal:
        """The same: a partner sees no other state."""
        return self.deal

    @property
    def base(self) -> Deal:
        """The same: a partner sees no scenario."""
        return self.deal

    def edit(self, path: str, value: object, words: str, merge_key: str) -> str:
        """Put a value at a path of the deal itself, which keeps what is internal, as one undoable edit.

        Returns "" or the sentence that says why not. It names nothing internal: what the deal refuses on such grounds
        is refused without them.
        """
        shared = self.deal
        try:
            if isinstance(value, DatesMove):
                with_dates_moved(shared, "", value)
            else:
                with_value(shared, path, value)
        except DealError as error:
            return refusal_of(error, shared, path)
        kept = from_partner(self._document.deal, path, value) if path else value
        key = f"{merge_key} since {self._since}" if merge_key else ""  # it joins no edit from before this view
        return NOT_HERE if self._document.edit(path, kept, words, key) else ""

    def _on_opened(self) -> None:
        self.opened.emit(self.deal)

    def _on_changed(self) -> None:
        self.changed.emit(self.deal)
