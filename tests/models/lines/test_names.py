"""The names of line items that partners' files, tests and outside checks rely on."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from models import evaluate, line_items
from models.deal.schema import Deal
from models.language.line import Kind, Measure
from models.language.model import Line
from models.language.tree import Expr, Input, Month, Next, Over, Prior, Ref, Window
from models.lines import SECTIONS, model_of
from models.lines.book import BOOK
from tests.models.deal.samples import every_support, raw
from tests.models.engine.varied import seeded_deal

EXPECTED = Path(__file__).parents[2] / "agreement" / "expected"
MODELS = Path(__file__).parents[3] / "models"

CONTRACT = """
    hours floor_price floor_amount commitment_claim commitment_paid commitment_unpaid_claim residual_value_paid
    taxable_profit tax_due tax_paid tax_losses
    operating available_gpu_hours supported_gpu_hours supported_fraction sold_gpu_hours cloud_revenue unsold_gpu_hours
    utilisation power_cost operating_costs rent_due capex_paid hardware_paid
    share_base share_calculated share_top_up share_accrued share_due share_payable share_owed share_arrears share_paid
    deferred_balance recoupment_due recoupment_paid
    sizing_cfads scheduled_balance interest_due principal_due prepayment_factor commitment_fee equity_for_capex
    sponsor_support debt_draw debt_balance scheduled_debt_service
    cash_open cash_close cfads cfads_without_support dscr_12m operating_costs_paid rent_paid_cash escrow_draw
    lease_guarantee_draw escrow_released debt_service_due dsra_draw letter_of_credit_draw debt_guarantee_draw
    debt_service_paid debt_service_unpaid dsra_balance reserve_target support_fees_paid reimbursement_paid
    reimbursement_balance sweep distributions residual_proceeds lender_recovery lender_loss final_debt_repaid defaulted
    partner_equity_flow vendor_support_flow vendor_flow debt_amount loan_to_value
"""
"""Lines that scripts and files may ask for by name."""


def headers(name: str) -> list[str]:
    """The names of the lines of a worked deal."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row[0] for row in csv.reader(file)][1:]


@pytest.mark.parametrize("name", sorted(path.stem for path in EXPECTED.glob("*.csv")))
def test_every_expected_line_exists(name: str) -> None:
    """Whatever support a deal has, every line that any worked deal shows is there, zero where it means nothing."""
    families = {"revenue[0]", "revenue[1]", "sold_gpu_hours[0]", "sold_gpu_hours[1]"}
    lines = evaluate(Deal.model_validate(raw())).lines
    assert {"revenue[0]", "sold_gpu_hours[0]"} <= set(headers(name))
    assert [line for line in headers(name) if line.split("[")[0] not in {n.split("[")[0] for n in lines}] == []
    assert families <= set(lines)


@pytest.mark.parametrize("seed", [0, 1, 2, 6, 30])
def test_every_line_of_the_contract_exists_in_every_deal(seed: int) -> None:
    """A deal without support, one without debt and one with everything have the same contract lines by name."""
    names = {info.name for info in line_items(seeded_deal(seed))}
    assert [name for name in CONTRACT.split() if name not in names] == []


def test_a_line_that_means_nothing_is_zero_in_every_month() -> None:
    """A deal without a letter of credit has that line all the same, as zeros."""
    deal = Deal.model_validate(raw() | {"credit_support": []})
    lines = evaluate(deal).lines
    for name in ("letter_of_credit_draw", "commitment_paid", "floor_price", "lease_guarantee_draw", "escrow_released"):
        assert lines[name].tolist() == [0.0] * deal.months, name


def test_every_line_says_what_it_is() -> None:
    """Every definition has a docstring of whole sentences, a short label, a section and a plain name."""
    for name, definition in BOOK.definitions.items():
        assert definition.reason.endswith("."), name
        assert not definition.reason[0].islower(), name
        assert 3 <= len(definition.label) <= 60, name
        assert definition.section, name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name


@pytest.mark.parametrize("seed", [None, 0, 2, 3, 15, 18])
def test_no_two_lines_have_the_same_label(seed: int | None) -> None:
    """A label means one line of the model: on the screen, in the workbook and in explanations."""
    deal = Deal.model_validate(every_support()) if seed is None else seeded_deal(seed)
    labels = [line.label for line in model_of(deal).lines.values()]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_every_definition_is_used() -> None:
    """A line that nothing needs has no place in the model: no other line, contract, figure, table or workbook."""
    used = {name for definition in BOOK.definitions.values() for name in definition.ingredients}
    kept = {*CONTRACT.split(), *(line for name in ("austral", "breaker-1") for line in headers(name))}
    shown = {
        word
        for folder in ("engine", "workbook", "analysis", "risk")
        for path in (MODELS / folder).glob("*.py")
        for word in re.findall(r"[a-z_0-9]+", path.read_text(encoding="utf-8"))
    }
    last = [name for name in BOOK.definitions if name not in used | kept | shown and not name.startswith("check_")]
    assert last == []


def test_the_files_hold_all_definitions() -> None:
    """Every line comes from one of the model's files, in their order."""
    files = [definition.function.__module__ for definition in BOOK.definitions.values()]
    order = [section.__name__ for section in SECTIONS]
    assert list(dict.fromkeys(files)) == order


def test_amounts_and_flags_are_counted_as_such() -> None:
    """A flag is a flag, and only amounts of money and hours add up over time."""
    for name, definition in BOOK.definitions.items():
        assert (definition.kind is Kind.FLAG) == (definition.measure is Measure.FLAG), name
        if definition.kind is Kind.FLOW:
            assert definition.measure in (Measure.MONEY, Measure.GPU_HOURS, Measure.HOURS), name


def test_what_has_one_value_for_the_deal_says_so() -> None:
    """A line has one value for the deal exactly when no month, and no line by month, stands in any formula of it."""
    by_month: dict[str, bool] = {}
    for deal in (Deal.model_validate(every_support()), *map(seeded_deal, (0, 2, 3, 15, 18))):
        lines = model_of(deal).lines
        for line in lines.values():
            if not line.constant_zero:
                name = line.definition.name
                by_month[name] = by_month.get(name, False) or _looks_at_months(line.formula, lines)
    assert len(by_month) > 0.9 * len(BOOK.definitions)
    assert [name for name, monthly in by_month.items() if BOOK.definitions[name].once == monthly] == []


def _looks_at_months(formula: Expr, lines: Mapping[str, Line]) -> bool:
    match formula:
        case Over():
            return False
        case Month() | Prior() | Next() | Window(last=None):
            return True
        case Ref(name):
            return not lines[name].once
        case Input(path):
            return path.endswith("by_month")
        case Window(first=first, last=last):
            return any(_looks_at_months(end, lines) for end in (first, last) if end is not None)
        case _:
            return any(_looks_at_months(part, lines) for part in formula.children())
