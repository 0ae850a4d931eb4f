"""The one list of what a partner may see: all of it is there, and nothing is shown that it does not name."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

from models.deal.field_reference import field_help
from models.deal.part import Part
from models.deal.schema import SUPPORTS, Deal, fields
from models.deal.sections import sections
from models.deal.shared import PARTNER_FIELDS, PARTNER_FIGURES, PARTNER_LINES
from models.deal.templates import load_template
from models.engine.case import KEY_FIGURES, evaluate
from models.engine.tables import cash_flow_table
from models.lines.book import BOOK
from models.workbook.edition import INTERNAL_FIELDS
from tests.models.workbook.planting import SECRET_FIELDS

INTERNAL_LINES = {
    "support_payments", "support_called", "vendor_support_flow", "vendor_flow", "net_support_payments",
    "support_income", "hardware_margin", "vendor_position", "vendor_discount", "vendor_support_npv", "vendor_npv",
    "net_support_npv", "support_income_npv", "hardware_margin_npv", "vendor_position_npv", "lender_loss_npv",
    "partner_discount", "partner_npv",
}  # fmt: skip

WITHHELD = """
import models.deal.shared as shared
shared.PARTNER_FIELDS = {**shared.PARTNER_FIELDS, "partner": ("name",)}
shared.PARTNER_LINES = {**shared.PARTNER_LINES, "Partner": ("distributions", "partner_equity_flow")}
shared.PARTNER_FIGURES = shared.PARTNER_GLANCE = ("min_dscr",)

import models
from models.workbook.edition import edition_for

deal = models.load_template("austral")
edition = edition_for(deal, "partner")
fields = {entry.path for entry in edition.entries if entry.path.startswith("partner.")}
lines = {row.line.name for row in edition.rows if row.section == "Partner"}
assert fields == {"partner.name"}, fields
assert lines == {"distributions", "partner_equity_flow"}, lines
assert set(edition.kpis) == {"min_dscr"}, edition.kpis

shown = [path for section in models.sections(partner=True) for path in section.paths if path.startswith("partner.")]
assert shown == ["partner.name"], shown
assert "Country" not in {each.label for each in models.field_help(partner=True)}
seen = models.partner_deal(deal)
assert seen.partner.country != deal.partner.country == "AU"
listed = {line.name for section in models.line_catalogue(seen, partner=True) for line in section.lines}
assert "distributions" in listed and "first_month" not in listed, listed
case = models.evaluate(seen)
assert [each.name for each in models.partner_glance(models.glance(case)).figures] == ["min_dscr"]
for name in ("first_month", "partner_irr"):
    try:
        models.partner_explanation(case, models.explain(case, name))
    except ValueError as refused:
        assert str(refused) == "This figure is not shared."
    else:
        raise AssertionError(name)
"""


def classes() -> Iterator[tuple[str, type[Part]]]:
    """Every class of the schema by the part of the deal it describes."""
    yield "", Deal
    for name, info in Deal.model_fields.items():
        for each in (info.annotation, *getattr(info.annotation, "__args__", ())):
            if isinstance(each, type) and issubclass(each, Part):
                yield name, each
    yield from (("credit_support", support) for support in SUPPORTS)


def test_what_is_not_listed_is_withheld() -> None:
    """A field, a line and a key figure that the list does not name stand in no partner's workbook, form, help or rail.

    The list is cut short before the program is loaded, as if the rest had been added to the program just now.
    """
    done = subprocess.run([sys.executable, "-c", WITHHELD], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_name_of_the_list_is_one_of_the_deal() -> None:
    """Each field, line and key figure listed exists, once, in the part or section where the list has it."""
    known: dict[str, set[str]] = {}
    for part, described in classes():
        known.setdefault(part, set()).update(fields(described))
    for part, names in PARTNER_FIELDS.items():
        assert set(names) <= known[part], part
        assert len(set(names)) == len(names), part
        assert set(names) <= set(INTERNAL_FIELDS[part])
    sections_of = {definition.output: definition.section for definition in BOOK.definitions.values()}
    for section, names in PARTNER_LINES.items():
        assert {sections_of[name] for name in names} == {section}
        assert len(set(names)) == len(names), section
    assert set(PARTNER_FIGURES) <= {figure.name for figure in KEY_FIGURES}


def test_what_is_internal_is_known_by_name() -> None:
    """Besides what only the vendor's team may see, no field, line or key figure is left out of the list.

    One that is added has to be put on the list, or here.
    """
    hidden = {
        f"{part}.{name}" for part, described in classes() for name, field in fields(described).items() if field.internal
    }
    own = {name for name in hidden if name.partition(".")[0] not in ("vendor", "uncertainty", "scenarios")}
    assert own == SECRET_FIELDS
    assert {definition.output for definition in BOOK.definitions.values() if definition.internal} == INTERNAL_LINES
    assert {figure.name for figure in KEY_FIGURES if figure.internal} == {
        "vendor_support_npv", "vendor_npv", "partner_npv",
    }  # fmt: skip


def test_key_figures_shared_are_read_from_lines_shared() -> None:
    """No key figure of the list is read from a line that is not on it."""
    lines = {name for names in PARTNER_LINES.values() for name in names}
    assert {figure.line for figure in KEY_FIGURES if not figure.internal} <= lines


def test_no_note_on_a_term_tells_of_other_deals() -> None:
    """The notes of share and support, which the partner reads in the workbook, say what a term means and no more."""
    for each in field_help(partner=True):
        if each.section.startswith(("Share", "Support")):
            assert not re.search(r"public|analyst|illustration|signed|usual|US dollars", each.help), each.label


def test_tables_and_help_for_all_show_listed_things_only() -> None:
    """The cash flow table, and the partner's forms and help, hold listed lines and fields alone."""
    lines = {name for names in PARTNER_LINES.values() for name in names}
    for name in ("austral", "fjord", "campus"):
        rows = cash_flow_table(evaluate(load_template(name)), "year").rows
        assert {row.name.partition("[")[0] for row in rows} <= lines
    listed = {f"{part}.{name}" for part, names in PARTNER_FIELDS.items() for name in names}
    shown = {path for section in sections(partner=True) for path in section.paths}
    assert {path.replace("[]", "") if "." in path else f".{path}" for path in shown} == listed
    assert not any(each.internal for each in field_help(partner=True))
