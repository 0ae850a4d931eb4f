"""What each side may see: an edition holds only what its lists name, and the sheets are written from it alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.deal.field import Field, Unit
from models.deal.months import month_number
from models.deal.part import Part
from models.deal.partner_view import partner_deal
from models.deal.schema import Deal, fields
from models.deal.shared import PARTNER_FIELDS, PARTNER_FIGURES, PARTNER_LINES
from models.deal.values import segment_label
from models.engine.case import KEY_FIGURES, Case, KeyFigure, evaluate, label_of
from models.language.model import Line, Model
from models.language.tree import Expr, Input, Named, walk
from models.language.words import HALF_CENT, NAMED_CONSTANTS, ONE_CENT
from models.lines.structure import is_structural
from models.workbook.text import LONGEST_LABEL, clean

ON_TERM_SHEET = ("vendor_name", "clauses", "valid_days")
"""Fields of the deal that only the words of the term sheet show."""

INTERNAL_FIELDS: Mapping[str, tuple[str, ...]] = {
    **PARTNER_FIELDS,
    "partner": (*PARTNER_FIELDS["partner"], "rating", "discount_rate"),
    "credit_support": (*PARTNER_FIELDS["credit_support"], "internal_use_value"),
    "vendor": ("discount_rate", "gross_margin", "incrementality", "hurdle_raroc"),
}
"""Fields of the internal edition. Drivers of the simulation stay out: no formula of the workbook uses them."""

PARTNER_SECTIONS = tuple(PARTNER_LINES)
"""Sections of the model in the partner edition, in the order of the sheet."""

INTERNAL_SECTIONS = (*PARTNER_SECTIONS[:-2], "Vendor", "Key figures", "Present values", "Checks")

INTERNAL_FIGURES = (*PARTNER_FIGURES, "vendor_support_npv", "vendor_npv", "partner_npv")


@dataclass(frozen=True)
class Entry:
    """One field of the deal as the workbook shows it.

    Attributes:
        path: dotted path in the deal.
        heading: block of the inputs sheet it stands under.
        label: what it is called; unique together with the heading.
        value: as in the deal file.
        field: its metadata.
        live: whether a formula uses it, so that changing it in the workbook changes the figures.
    """

    path: str
    heading: str
    label: str
    value: Any
    field: Field
    live: bool


@dataclass(frozen=True)
class Row:
    """One line of the model: its label with names of phases and segments, and its figures."""

    line: Line
    label: str
    section: str
    values: tuple[float, ...]
    once: float | None


@dataclass(frozen=True)
class Edition:
    """Everything one edition of the workbook may hold; `phases` counts them, `supports` are the kinds given."""

    name: str
    title: str
    currency: str
    start: str
    months: int
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]
    constants: tuple[Named, ...]
    figures: tuple[KeyFigure, ...]
    kpis: Mapping[str, float | int | None]
    partner: str
    internal: bool
    digest: str
    phases: int
    supports: tuple[str, ...]

    @property
    def start_number(self) -> int:
        """First month as 12 x year + month - 1."""
        return month_number(self.start)

    @property
    def checks(self) -> Mapping[str, float]:
        """Largest deviation of every check, by its line."""
        found = (row for row in self.rows if row.line.name.startswith("check_"))
        return {row.line.name: max(0.0, *row.values, -min(row.values)) for row in found}

    @property
    def failing(self) -> int:
        """How many checks are off by more than a cent."""
        return sum(deviation > ONE_CENT.value for deviation in self.checks.values())


def edition_for(deal: Deal, name: str) -> Edition:
    """The edition `partner` or `internal` of a deal; the partner's is computed without anything internal.

    Raises:
        ValueError: as `edition_of`.
        FiguresError: the numbers of the deal, for a partner those that are shared, lead beyond all measure.
    """
    return edition_of(evaluate(partner_deal(deal) if name == "partner" else deal), name)


def edition_of(case: Case, name: str) -> Edition:
    """The edition `partner` or `internal` of an evaluated deal.

    Raises:
        ValueError: there is no edition of this name, or a text of the deal cannot stand in a workbook.
    """
    if name not in ("partner", "internal"):
        raise ValueError(f"The edition is {name!r}; it must be partner or internal.")
    internal = name == "internal"
    if not internal and case.deal != (shared := partner_deal(case.deal)):
        case = evaluate(shared)
    allowed_fields = INTERNAL_FIELDS if internal else PARTNER_FIELDS
    wanted = wanted_figures(internal=internal)
    rows = tuple(_rows(case, internal=internal))
    used = {node.path for row in rows for node in _nodes(row.line) if isinstance(node, Input)}
    # the summary tests for half a cent and the checks for a cent, whatever the lines do
    named = {node.name for row in rows for node in _nodes(row.line) if isinstance(node, Named)}
    named |= {HALF_CENT.name, ONE_CENT.name}
    entries = tuple(_entries(case.deal, allowed_fields, used))
    figures = tuple(figure for figure in KEY_FIGURES if figure.name in wanted)
    return Edition(
        name=name,
        title=clean(case.deal.name),
        currency=case.deal.currency,
        start=case.deal.start,
        months=case.deal.months,
        entries=entries,
        rows=rows,
        constants=tuple(constant for constant in NAMED_CONSTANTS if constant.name in named),
        figures=figures,
        kpis={figure.name: case.kpis[figure.name] for figure in figures},
        partner=clean(case.deal.partner.name),
        internal=internal,
        digest=_digest(entries),
        phases=len(case.deal.phases),
        supports=tuple(support.kind for support in case.deal.credit_support),
    )


def _nodes(line: Line) -> Iterator[Expr]:
    """Everything a line is made of itself."""
    yield from walk(line.formula)
    yield from walk(line.start)


def wanted_figures(*, internal: bool) -> frozenset[str]:
    """The key figures that an edition holds, by name."""
    return frozenset(INTERNAL_FIGURES if internal else PARTNER_FIGURES)


def shown_lines(model: Model, *, internal: bool) -> Iterator[tuple[Line, str]]:
    """Every line that an edition holds with its section, in the order of the model sheet."""
    for section in INTERNAL_SECTIONS if internal else PARTNER_SECTIONS:
        for line in model.lines.values():
            if line.definition.section != section or (line.definition.internal and not internal):
                continue
            if not line.constant_zero or _always(line):
                yield line, section


def _rows(case: Case, *, internal: bool) -> Iterator[Row]:
    labels = _labels(case)
    for line, section in shown_lines(case.model, internal=internal):
        once = case.once[line.name] if line.once else None
        values = () if line.once else tuple(case.lines[line.name].tolist())
        yield Row(line, labels[line.name], section, values, once)


def _labels(case: Case) -> dict[str, str]:
    """A label for every line; members of a family with a name in common get a number."""
    labels = {line.name: label_of(case.deal, line) for line in case.model.lines.values()}
    families: dict[str, list[str]] = {}
    for line in case.model.lines.values():
        families.setdefault(line.definition.name, []).append(labels[line.name])
    for line in case.model.lines.values():
        family = families[line.definition.name]
        if line.member is not None and len(set(family)) < len(family):
            labels[line.name] += f" ({line.member + 1})"
    return {name: clean(label, LONGEST_LABEL) for name, label in labels.items()}


def _always(line: Line) -> bool:
    """Lines that every workbook has are shown even where the deal has no such thing; helpers are not."""
    return line.name in CONTRACT_LINES or any(line.name == figure.line for figure in KEY_FIGURES)


_CONTRACT = """hours operating floor_price sizing_cfads scheduled_balance available_gpu_hours supported_gpu_hours
    sold_gpu_hours cloud_revenue unsold_gpu_hours power_cost utilisation supported_fraction operating_costs rent_due
    capex_paid hardware_paid debt_draw commitment_claim commitment_paid commitment_unpaid_claim residual_value_paid
    floor_amount share_base share_calculated share_top_up share_accrued share_due share_payable share_owed
    equity_for_capex interest_due principal_due depreciation taxable_profit tax_losses tax_due cash_open
    sponsor_support operating_costs_paid rent_paid_cash escrow_draw escrow_released lease_guarantee_draw tax_paid
    dsra_draw letter_of_credit_draw debt_service_due debt_service_paid debt_service_unpaid debt_guarantee_draw
    lender_recovery lender_loss reserve_target dsra_balance support_fees_paid reimbursement_paid
    reimbursement_balance share_paid share_arrears recoupment_paid deferred_balance cfads cfads_without_support
    scheduled_debt_service dscr_12m sweep prepayment_factor distributions cash_close debt_balance defaulted
    partner_equity_flow residual_proceeds final_debt_repaid
"""
CONTRACT_LINES = frozenset(_CONTRACT.split())
"""Lines that every workbook shows, by the names that partners' files and checks use."""


HEADINGS = {
    "": "Deal", "partner": "Partner", "operations": "Operating costs", "senior_debt": "Senior debt",
    "vendor_finance": "Vendor finance", "revenue_share": "Revenue share", "collateral": "Value and enforcement",
    "vendor": "Vendor",
}  # fmt: skip


def _entries(deal: Deal, allowed: Mapping[str, tuple[str, ...]], used: set[str]) -> Iterator[Entry]:
    for part, names in allowed.items():
        value = getattr(deal, part) if part else deal
        if isinstance(value, tuple):
            for k, item in enumerate(value):
                yield from _part_entries(item, f"{part}[{k}].", _item_heading(part, k, item), names, used)
        else:
            yield from _part_entries(value, f"{part}." if part else "", HEADINGS[part], names, used)


def _item_heading(part: str, k: int, item: Any) -> str:
    if part == "phases":
        return f"Phase {k + 1}: {clean(item.name)}"
    if part == "demand":
        return f"Segment {k + 1}: {clean(segment_label(item.segment))}"
    return f"Support {k + 1}: {clean(item.name)}"


def _part_entries(part: Part, prefix: str, heading: str, names: tuple[str, ...], used: set[str]) -> Iterator[Entry]:
    known = fields(type(part))
    for name in names:
        if name not in known:
            continue
        path, field, value = prefix + name, known[name], getattr(part, name)
        live = (
            value not in (None, ())
            and not is_structural(name, field)
            and (path in used or (name in ("rates", "bands") and _share_used(name, used)))
        )
        yield Entry(path, heading, field.label, value, field, live and path != "months")


def _share_used(name: str, used: set[str]) -> bool:
    return any(path.startswith(f"revenue_share.{name}") for path in used)


def _digest(entries: tuple[Entry, ...]) -> str:
    """Hash of everything visible that was typed by people."""
    seen = [(entry.path, entry.value) for entry in entries]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=True).encode()).hexdigest()


def shown_words(entry: Entry) -> str:
    """A choice, flag or missing value in words."""
    value = entry.value
    if value is None:
        return entry.field.none_word
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == ():
        return "none"
    if entry.path.endswith(".segment"):
        return clean(segment_label(value))
    if entry.field.unit is Unit.CHOICE:
        return dict(entry.field.choices).get(str(value), str(value))
    return clean(str(value))
