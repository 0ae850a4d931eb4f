"""What every field of a deal means, as help: generated from the fields themselves."""

from dataclasses import dataclass

from models.deal.part import Part
from models.deal.place import ITEM_OF, SUPPORT_OF
from models.deal.schema import Deal, fields, parts
from models.deal.sections import Group, item_names, sections
from models.deal.values import allowed_on_screen


@dataclass(frozen=True)
class FieldHelp:
    """One field: its label, its section, what it means, its unit and what is allowed, in words."""

    label: str
    section: str
    help: str
    unit: str
    allowed: str
    internal: bool


def field_help(*, partner: bool = False) -> tuple[FieldHelp, ...]:
    """Every field in the order of the forms, once for each kind of support that has it; none internal for a partner."""
    found: dict[tuple[str, str, str], FieldHelp] = {}
    for section in sections(partner=partner):
        for group in section.groups:
            for part, names in _parts(group):
                for name in names:
                    field = fields(part)[name]
                    where = f"{section.title}, {part.title}" if part in SUPPORT_OF.values() else section.title
                    allowed = allowed_on_screen(field.element)
                    each = FieldHelp(field.label, where, field.help, field.unit_text(), allowed, field.internal)
                    found.setdefault((where, each.label, each.help), each)
    return tuple(found.values())


def _parts(group: Group) -> list[tuple[type[Part], tuple[str, ...]]]:
    if not group.path:
        return [(Deal, group.names)]
    if not group.many:
        return [(parts(Deal)[group.path], group.names)]
    classes = tuple(SUPPORT_OF.values()) if group.path == "credit_support" else (ITEM_OF[group.path],)
    return [(part, item_names(part, group.names)) for part in classes]
