"""The sections of the window's list and of the workbook's inputs: which fields stand together, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from models.deal.field import Field
from models.deal.finance import Collateral, RevenueShare, SeniorDebt, VendorFinance
from models.deal.internal import Uncertainty, Vendor
from models.deal.part import Part
from models.deal.place import ITEM_OF, SUPPORT_OF
from models.deal.project import Operations, Partner
from models.deal.schema import Deal, fields, parts
from models.deal.support import CapacityCommitment, CommonSupport


@dataclass(frozen=True)
class Group:
    """Fields of one part (`path`, empty for the deal itself), or of every part of a list where `many`.

    With `many`, `names` may be empty: all fields of the items that are not internal.
    """

    title: str
    path: str
    names: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True)
class Section:
    """One entry of the section list, with the name of its icon."""

    key: str
    title: str
    icon: str
    groups: tuple[Group, ...]

    @property
    def path(self) -> str:
        """The path of the part or list this section is mainly about; empty for the deal itself."""
        return self.groups[0].path

    @cached_property
    def internal(self) -> bool:
        """Whether a partner may see none of its fields."""
        return all(field.internal for group in self.groups for field in _fields(group))

    @property
    def paths(self) -> tuple[str, ...]:
        """The fields shown, with `[]` for every item of a list: `partner.name`, `phases[].gpus`, `credit_support[]`."""
        return tuple(path for group in self.groups for path in _patterns(group))


def sections(*, partner: bool = False) -> tuple[Section, ...]:
    """All sections, in the order of the window's list; for a partner those that are not internal."""
    return tuple(section for section in _SECTIONS if not (partner and section.internal))


def section_of(path: str) -> Section:
    """The section that shows `path` (a path of a deal, or its beginning); the first where none does."""
    pattern = _pattern(path)
    for section in reversed(_SECTIONS):
        if pattern in section.paths:
            return section
    head = pattern.split(".")[0].removesuffix("[]")
    mains = [section for section in _SECTIONS if any(group.path == head for group in section.groups)]
    return mains[0] if mains else _SECTIONS[0]


def section_paths(deal: Deal, key: str) -> tuple[str, ...]:
    """The paths of all fields that the section `key` shows of this deal, in order."""
    (section,) = (each for each in _SECTIONS if each.key == key)
    return tuple(path for group in section.groups for path in group_paths(deal, group))


def group_paths(deal: Deal, group: Group) -> tuple[str, ...]:
    """The paths of all fields that a group shows of this deal, in order."""
    if not group.many:
        return tuple(f"{group.path}.{name}".removeprefix(".") for name in group.names)
    many: tuple[Part, ...] = getattr(deal, group.path)
    return tuple(
        f"{group.path}[{index}].{name}"
        for index, item in enumerate(many)
        for name in item_names(type(item), group.names)
    )


def item_names(part: type[Part], names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The fields of a list's item in the order of the form: of `names` those it has, else all that are not internal.

    A support's own terms come before the fees and the reimbursement that every support has.
    """
    known = fields(part)
    if names:
        return tuple(name for name in names if name in known)
    shown = tuple(name for name in known if not known[name].internal)
    if not issubclass(part, CommonSupport):
        return shown
    kept = _FORM_ORDER.get(part.title, ())
    own = [name for name in shown if name not in fields(CommonSupport) and name not in kept]
    return (*kept, *own, *(name for name in shown if name in fields(CommonSupport)))


def _shared(part: type[Part], *left_out: str) -> tuple[str, ...]:
    return tuple(name for name, field in fields(part).items() if not field.internal and name not in left_out)


def _fields(group: Group) -> Iterator[Field]:
    for part in _classes(group):
        yield from (fields(part)[name] for name in (group.names or fields(part)) if name in fields(part))


def _classes(group: Group) -> tuple[type[Part], ...]:
    if not group.path:
        return (Deal,)
    if not group.many:
        return (parts(Deal)[group.path],)
    return tuple(SUPPORT_OF.values()) if group.path == "credit_support" else (ITEM_OF[group.path],)


def _patterns(group: Group) -> tuple[str, ...]:
    if not group.many:
        return tuple(f"{group.path}.{name}".removeprefix(".") for name in group.names)
    if group.names:
        return tuple(f"{group.path}[].{name}" for name in group.names)
    names = dict.fromkeys(name for part in _classes(group) for name in item_names(part))
    return tuple(f"{group.path}[].{name}" for name in names)


def _pattern(path: str) -> str:
    """`credit_support[0].floor_prices[1]` as `credit_support[].floor_prices`."""
    words = [word.split("[") for word in path.split(".")]
    return ".".join(
        name + ("[]" if indices and at + 1 < len(words) else "") for at, (name, *indices) in enumerate(words)
    )


_COMMITMENT_ORDER = (
    "floor_prices",
    "basis",
    "netting",
    "settlement_months",
    "coverage",
    "aggregate_cap",
    "annual_cap",
    "deductible",
    "longstop",
    "utilisation_floor",
)
_FORM_ORDER = {CapacityCommitment.title: _COMMITMENT_ORDER}
_ON_TERM_SHEET = ("vendor_name", "clauses", "valid_days")
_SECTIONS = (
    Section(
        "deal",
        "Deal",
        "settings-2",
        (Group("", "", _shared(Deal, *_ON_TERM_SHEET)), Group("Term sheet", "", _ON_TERM_SHEET)),
    ),
    Section("partner", "Partner", "building-2", (Group("", "partner", _shared(Partner)),)),
    Section("phases", "Phases", "server", (Group("", "phases", many=True),)),
    Section("demand", "Demand", "users", (Group("", "demand", many=True),)),
    Section("costs", "Costs", "receipt", (Group("", "operations", _shared(Operations)),)),
    Section(
        "debt",
        "Debt",
        "landmark",
        (Group("", "senior_debt", _shared(SeniorDebt)), Group("Collateral", "collateral", _shared(Collateral))),
    ),
    Section(
        "share",
        "Share",
        "percent",
        (
            Group("", "revenue_share", _shared(RevenueShare)),
            Group("Vendor finance", "vendor_finance", _shared(VendorFinance)),
        ),
    ),
    Section("support", "Support", "shield-check", (Group("", "credit_support", many=True),)),
    Section(
        "internal",
        "Internal",
        "lock",
        (
            Group("Vendor", "vendor", tuple(fields(Vendor))),
            Group("Partner", "partner", ("rating", "discount_rate")),
            Group("Uncertainty", "uncertainty", tuple(fields(Uncertainty))),
            Group("Tenants", "demand", ("demand_beta", "price_beta"), many=True),
            Group("Support", "credit_support", ("internal_use_value",), many=True),
        ),
    ),
)
