"""The supports of a deal on their page: the row of kinds, the floor prices, and the terms of the one shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.entry_model import Calculated
from app.forms.fields_block import FieldsBlock
from app.forms.fresh import new_support
from app.forms.notes import NoteLine
from app.forms.order import grouped
from app.forms.plan import Plan
from app.forms.support_tags import SupportTags
from app.forms.year_binding import YearBinding
from app.forms.year_table import YearTable
from app.theme import label, px
from models import SUPPORT_OF, Deal, fields, item_names

_KINDS = tuple((kind, part.title) for kind, part in SUPPORT_OF.items())


class _Terms(QWidget):
    """The terms of one kind of support."""

    def __init__(self, kind: str, prefix: str) -> None:
        super().__init__()
        part = SUPPORT_OF[kind]
        names = item_names(part)
        tables = tuple(name for name in names if fields(part)[name].shape == "by_year")
        self.table = YearTable(YearBinding(prefix, tables)) if tables else None
        self.fields = FieldsBlock(grouped(part.title, tuple(name for name in names if name not in tables)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        if self.table is not None:
            column.addWidget(self.table)
        column.addWidget(self.fields)


class SupportBlock(QWidget):
    """Wishes are (path, value, words, merge key); the list as a whole for adding and removing."""

    wish = Signal(str, object, str, str)
    problems_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deal: Deal | None = None
        self._saved: Deal | None = None
        self._chosen = ""
        self._calculated: tuple[Calculated, ...] = ()
        self._terms: dict[tuple[str, str], _Terms] = {}
        self.tags = SupportTags(_KINDS)
        self._none = label(
            "No support yet. Choose one above: it is added at usual terms, every one of which you can change.",
            "body",
            "secondary",
            wrap=True,
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._column.addWidget(self.tags)
        self._column.addWidget(self._none)
        self.tags.shown.connect(self._show)
        self.tags.added.connect(self._add)
        self.tags.removed.connect(self._take_away)

    def _prefix(self, kind: str) -> str:
        assert self._deal is not None
        at = next(at for at, support in enumerate(self._deal.credit_support) if support.kind == kind)
        return f"credit_support[{at}]"

    def show_deal(self, deal: Deal, saved: Deal) -> None:
        """Show the supports of a deal; the one shown stays as long as the deal has it."""
        self._deal, self._saved = deal, saved
        present = tuple(support.kind for support in deal.credit_support)
        if self._chosen not in present:
            self._chosen = present[0] if present else ""
        self.tags.show_kinds(present, self._chosen)
        self._none.setVisible(not present)
        for gone in [known for known in self._terms if known[0] not in present]:
            self._drop(gone)
        key = (self._chosen, self._prefix(self._chosen)) if self._chosen else ("", "")
        for known, terms in self._terms.items():
            terms.setVisible(known == key)
        if not self._chosen:
            return
        if key not in self._terms:
            self._make(key)
        terms = self._terms[key]
        if terms.table is not None:
            terms.table.show_deal(deal, saved)
            terms.table.set_calculated(self._calculated)
        terms.fields.show_deal(deal, saved, key[1])

    def _make(self, key: tuple[str, str]) -> None:
        made = _Terms(*key)
        blocks: tuple[YearTable | FieldsBlock, ...] = (
            (made.fields,) if made.table is None else (made.table, made.fields)
        )
        for block in blocks:
            block.wish.connect(self.wish)
            block.problems_changed.connect(self.problems_changed)
        self._terms[key] = made
        self._column.addWidget(made)
        made.show()  # at once: it may be asked for the focus before the layout would show it

    def _drop(self, key: tuple[str, str]) -> None:
        """The terms of a support that is gone, with whatever could not be read in them."""
        terms = self._terms.pop(key)
        self._column.removeWidget(terms)
        terms.hide()
        terms.deleteLater()
        self.problems_changed.emit()

    def _show(self, kind: str) -> None:
        self._chosen = kind
        assert self._deal is not None
        assert self._saved is not None
        self.show_deal(self._deal, self._saved)

    def _add(self, kind: str) -> None:
        assert self._deal is not None
        made = new_support(self._deal, kind)
        self._chosen = kind
        order = [known for known, _ in _KINDS]
        held = sorted((*self._deal.credit_support, made), key=lambda support: order.index(support.kind))
        self.wish.emit("credit_support", tuple(held), f"Support added: {made.name}", "")

    def _take_away(self, kind: str) -> None:
        assert self._deal is not None
        left = tuple(support for support in self._deal.credit_support if support.kind != kind)
        self.wish.emit("credit_support", left, f"Support removed: {SUPPORT_OF[kind].title}", "")

    def set_calculated(self, rows: Sequence[Calculated]) -> None:
        """Figures by contract year below the floor prices."""
        self._calculated = tuple(rows)
        for terms in self._terms.values():
            if terms.table is not None:
                terms.table.set_calculated(self._calculated)

    @property
    def plan(self) -> Plan | None:
        """The year table shown now, if there is one."""
        shown = next((terms for terms in self._terms.values() if terms.isVisibleTo(self)), None)
        return shown.table.model.plan if shown is not None and shown.table is not None else None

    def _blocks(self) -> list[YearTable | FieldsBlock]:
        assert self._deal is not None
        present = {(kind, self._prefix(kind)) for kind in (support.kind for support in self._deal.credit_support)}
        found: list[YearTable | FieldsBlock] = []
        for key, terms in self._terms.items():
            if key in present:
                found += [terms.fields] if terms.table is None else [terms.table, terms.fields]
        return found

    def problems(self) -> dict[str, str]:
        """Path and sentence of every entry that cannot be used."""
        return {path: sentence for block in self._blocks() for path, sentence in block.problems().items()}

    def show_problem(self, path: str, sentence: str) -> bool:
        """Mark the entry at a path; False where it is not shown."""
        return any(block.show_problem(path, sentence) for block in self._blocks())

    def show_effect(self, path: str, sentence: str) -> NoteLine | None:
        """Say under the entry at a path what a step of it does; None where it is not shown."""
        said = [block.show_effect(path, sentence) for block in self._blocks()]
        return next((line for line in said if line is not None), None)

    def focus_path(self, path: str) -> bool:
        """Show the support of a path and put the focus on its entry; False where the path is none of a support's."""
        if path != "credit_support" and not path.startswith("credit_support["):
            return False
        assert self._deal is not None
        digits = path.partition("[")[2].partition("]")[0]
        if digits and int(digits) < len(self._deal.credit_support):
            self._show(self._deal.credit_support[int(digits)].kind)
        return any(block.focus_path(path) for block in self._blocks())
