"""Which blocks a page is made of: lists, tables and fields, from the groups of its section."""

from __future__ import annotations

from collections.abc import Iterator

from app.forms.fields_block import FieldsBlock
from app.forms.grid import Widths
from app.forms.list_table import ListTable
from app.forms.order import grouped
from app.forms.other_bindings import BandBinding, ItemBinding, SeriesBinding
from app.forms.support_block import SupportBlock
from app.forms.year_binding import YearBinding
from app.forms.year_table import YearTable
from models import Deal, Group, Section, field_at, value_at

AnyBlock = FieldsBlock | YearTable | ListTable | SupportBlock
_HEADS = {"phases": "name", "demand": "segment"}


def blocks_of(section: Section, deal: Deal) -> Iterator[str | AnyBlock]:
    """The blocks of a section in order, each under its heading where it has one."""
    widths = Widths()
    for group in section.groups:
        pieces = list(_of_group(group, deal, widths, locks=not section.internal))
        if pieces and group.title:
            yield group.title
        yield from pieces


def _of_group(group: Group, deal: Deal, widths: Widths, *, locks: bool) -> Iterator[AnyBlock]:
    if group.many and group.names:
        if group.path == "credit_support":
            yield from _of_some(group, deal, widths)
        else:
            yield YearTable(ItemBinding(group.path, group.names, _HEADS[group.path]))
        return
    if group.many:
        yield SupportBlock() if group.path == "credit_support" else ListTable(group.path)
        return
    shapes = {name: field_at(deal, f"{group.path}.{name}".removeprefix(".")).shape for name in group.names}
    years = tuple(name for name, shape in shapes.items() if shape in ("by_year", "by_year_and_band"))
    fixed = tuple(name for name in years if not field_at(deal, f"{group.path}.{name}").optional)
    if fixed:
        yield YearTable(YearBinding(group.path, fixed))
    if "bands" in shapes:
        yield YearTable(BandBinding())
    scalars = tuple(name for name, shape in shapes.items() if shape == "scalar")
    if scalars:
        part = value_at(deal, group.path) if group.path else deal
        title = str(getattr(type(part), "title", ""))
        block = FieldsBlock(grouped(title, scalars), widths, locks=locks)
        block.put_prefix(group.path)
        yield block
    for name in (name for name in years if name not in fixed):
        yield YearTable(SeriesBinding(f"{group.path}.{name}", grows="year"))
    for name in (name for name, shape in shapes.items() if shape == "by_phase"):
        yield YearTable(SeriesBinding(f"{group.path}.{name}"))


def _of_some(group: Group, deal: Deal, widths: Widths) -> Iterator[AnyBlock]:
    """Fields that only some items of a list have, such as the value of own use of a capacity commitment."""
    for at, item in enumerate(getattr(deal, group.path)):
        names = tuple(name for name in group.names if hasattr(item, name))
        if names:
            block = FieldsBlock((("", names),), widths, locks=False)
            block.put_prefix(f"{group.path}[{at}]")
            yield block
