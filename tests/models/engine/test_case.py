"""One deal evaluated: its lines, key figures, reasons, and refusals."""

from __future__ import annotations

import numpy as np
import pytest

from models import FiguresError, evaluate, line_items, load_template
from models.deal.schema import Deal
from models.deal.values import segment_label
from models.engine.case import KEY_FIGURES, program_of
from models.engine.evaluate import Program
from models.language.line import Book, Measure
from models.language.tree import Expr
from models.language.words import prior
from models.lines.binding import bind
from tests.models.deal.samples import every_support, raw, set_in
from tests.models.language.small_books import model_of

CONTRACT = """
    debt_amount debt_cover_capacity advance_limit capex loan_to_cost gross_commitment cloud_revenue share_paid
    commitment_paid guarantee_paid lease_guarantee_paid lender_loss distributions equity_invested min_dscr
    min_dscr_without_support min_dscr_called llcr average_life payback_month share_of_revenue vendor_support_npv
    vendor_npv partner_npv partner_irr defaulted
"""


def changed(**changes: object) -> Deal:
    """Austral with other values at paths in which __ stands for a dot."""
    fields = raw()
    for path, value in changes.items():
        set_in(fields, path.replace("__", "."), value)
    return Deal.model_validate(fields)


def test_key_figures_have_the_names_of_the_contract_in_its_order() -> None:
    """Every key figure that partners and outside checks rely on is there, and no other."""
    assert [figure.name for figure in KEY_FIGURES] == CONTRACT.split()
    assert list(evaluate(load_template("austral")).kpis) == CONTRACT.split()


def test_what_is_the_vendors_own_is_marked() -> None:
    """Present values of vendor and partner are internal, and so are the lines they come from."""
    assert {figure.name for figure in KEY_FIGURES if figure.internal} == {
        "vendor_support_npv",
        "vendor_npv",
        "partner_npv",
    }
    marked = {info.name for info in line_items(load_template("austral")) if info.internal}
    assert {"vendor_flow", "vendor_support_flow", "vendor_npv", "support_payments", "partner_npv"} <= marked
    assert not marked & {"partner_equity_flow", "cfads", "dscr_12m", "share_paid", "commitment_paid"}


def test_a_case_has_a_figure_for_every_line() -> None:
    """Lines by month have one figure a month, lines with one value a number, and nothing is neither."""
    deal = Deal.model_validate(every_support())
    case = evaluate(deal)
    infos = line_items(deal)
    assert [info.name for info in infos if not info.once] == list(case.lines)
    assert [info.name for info in infos if info.once] == list(case.once)
    assert {row.shape for row in case.lines.values()} == {(deal.months,)}
    assert {row.dtype for row in case.lines.values()} == {np.dtype(np.float64)}
    assert len(case.dates) == case.months == deal.months
    assert case.dates[0] == deal.start


def test_members_of_one_name_are_told_apart() -> None:
    """Two segments may have the same name; their lines still have labels of their own."""
    fields = every_support()
    fields["demand"] = [fields["demand"][0], fields["demand"][0]]
    labels = [info.label for info in line_items(Deal.model_validate(fields))]
    assert len(set(labels)) == len(labels)


def test_lines_of_a_family_carry_the_name_of_their_member() -> None:
    """A line for a phase, a segment, a band or a support is labelled with its name."""
    fields = every_support()
    fields["credit_support"][0]["reimbursable"] = True
    labels = {info.name: info.label for info in line_items(Deal.model_validate(fields))}
    assert labels["revenue[0]"] == f"Revenue: {segment_label(fields['demand'][0]['segment'])}"
    assert labels["phase_in_service[0]"] == f"GPUs in service: {fields['phases'][0]['name']}"
    assert labels["band_base[1]"] == "Share base in the band: band 2"
    assert labels["claim_paid[0]"] == f"Payment that must be returned: {fields['credit_support'][0]['name']}"


def test_a_figure_that_does_not_exist_is_none_with_a_reason() -> None:
    """Without debt there is no cover, and a partner that is never paid back has no return: None, and a sentence."""
    fields = raw()
    for segment in fields["demand"]:
        segment |= {"price": 0.01, "price_floor": 0.0}
    fields["senior_debt"] |= {"sizing": "fixed", "fixed_amount": 0}
    fields["credit_support"], fields["include_residual"] = [], False
    case = evaluate(Deal.model_validate(fields))
    assert case.kpis["debt_amount"] == 0
    for name in ("min_dscr", "min_dscr_without_support", "min_dscr_called", "llcr", "average_life", "payback_month"):
        assert case.kpis[name] is None, name
    assert set(case.reasons) == {name for name, value in case.kpis.items() if value is None}
    assert all(reason and reason[0].islower() and not reason.endswith(".") for reason in case.reasons.values())


def test_new_numbers_rebuild_nothing() -> None:
    """Typing a number runs the code printed for the structure once more: the program is the same object."""
    before, after = changed(), changed(demand__0__price=3.21, senior_debt__target_dscr=1.45, phases__0__gpus=77)
    assert program_of(before) is program_of(after)
    assert program_of(before) is not program_of(changed(senior_debt__profile="annuity"))


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("operations.annual_inflation", 1e60, "Inflation index"),
        ("operations.rent_escalator", 1e70, "Rent due"),
        ("phases[0].hardware_price", 1e307, "Hardware price, phase 1"),
        ("demand[0].price", 1e306, "Revenue tenants offer, segment 1"),
        ("vendor.discount_rate", -1.0, "Discount factor of the vendor"),
        ("senior_debt.base_rate", float("nan"), "Interest rate a month"),
    ],
)
@pytest.mark.parametrize("columns", [1, 2])
def test_a_figure_beyond_all_measure_is_refused_in_a_sentence(path: str, value: float, line: str, columns: int) -> None:
    """A number that is far off ends in a sentence that names the line, for a single case and for several columns."""
    deal = load_template("austral")
    inputs = bind(deal)
    inputs[path] = value if columns == 1 else np.array([[inputs[path], value]])
    with pytest.raises(FiguresError, match=rf'^The numbers of this deal make "{line}" too large to compute; .*\.$'):
        program_of(deal).run(inputs, deal.months)


def test_a_deal_whose_figures_are_beyond_all_measure_is_refused() -> None:
    """Each value may be allowed and still no figure come out: a cost of equity of nearly -100 % over thirty years."""
    with pytest.raises(FiguresError, match='make "Discount factor of the partner" too large to compute'):
        evaluate(changed(months=360, partner__discount_rate=-1 + 1e-15))


def test_a_loop_that_overflows_names_its_line() -> None:
    """Where plain floats refuse a power inside a recursion, the line at fault is still named."""
    book = Book()

    @book.line("Debt", Measure.MONEY, section="Loan")
    def large_debt(large_debt: Expr, amount: Expr, month: Expr) -> Expr:
        """Grows beyond everything."""
        return prior(large_debt) + amount ** (month + 1)

    with pytest.raises(FiguresError, match='make "Debt" too large'):
        Program(model_of(book, ["amount"])).run({"amount": 1e200}, 6)
