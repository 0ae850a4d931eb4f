"""What the window is told of a computed deal: key figures with notes and movement, warnings, and rows for charts."""

import sys
from functools import cache
from itertools import pairwise

import pytest

from models import Case, Deal, DealError, evaluate, glance, load_template, with_value
from models.analysis.reading import Reading
from models.analysis.yearly import contract_years
from tests.architecture.test_imports import run_python

TEMPLATES = ("austral", "austral-stress", "fjord", "empty", "debt-guarantee", "lease-guarantee", "residual-value")


@cache
def case(name: str) -> Case:
    """The case of a template."""
    return evaluate(load_template(name))


def changed(name: str, **values: object) -> Deal:
    """A template with other values at paths, `__` for the dot."""
    deal = load_template(name)
    for path, value in values.items():
        deal = with_value(deal, path.replace("__", "."), value)
    return deal


def test_key_figures_are_those_of_the_engine() -> None:
    """Every figure of the rail is the engine's, scaled to the unit of its label."""
    kpis = case("austral").kpis
    figures = {figure.name: figure for figure in glance(case("austral")).figures}
    scales = {"partner_irr": 100.0, "min_dscr": 1.0}
    assert list(figures) == [
        "partner_irr", "min_dscr", "debt_amount", "equity_invested", "gross_commitment", "share_paid",
        "vendor_support_npv",
    ]  # fmt: skip
    for name, figure in figures.items():
        kpi = kpis[name]
        assert kpi is not None
        assert figure.value == pytest.approx(kpi * scales.get(name, 1e-6))
    assert figures["debt_amount"].label == "Senior debt, $m"


def test_notes_say_what_a_figure_means() -> None:
    """The notes under the main figures compare them with cost of equity, sizing and advance limit."""
    notes = {figure.name: [note.text for note in figure.notes] for figure in glance(case("austral")).figures}
    assert notes["partner_irr"] == ["0.2 under the cost of equity, 15.0"]
    assert notes["min_dscr"] == ["1.30 with the floor fully called"]
    assert notes["debt_amount"] == ["Loan to cost 60.3 %, limit 80.0 %"]


def test_only_internal_figures_and_notes_are_marked_so() -> None:
    """What rests on the vendor's discount rate or the cost of equity is marked internal, the rest is not."""
    for figure in glance(case("fjord")).figures:
        assert figure.internal is (figure.name == "vendor_support_npv")
        assert all(note.internal is (figure.name == "partner_irr") for note in figure.notes)


def test_movement_is_the_difference_to_the_saved_deal() -> None:
    """Each figure says how far it is from the one of the saved deal, in its own unit; without one it says nothing."""
    before = case("austral")
    after = evaluate(changed("austral", senior_debt__margin=0.0325))
    assert all(figure.movement is None for figure in glance(after).figures)
    assert all(figure.movement == 0.0 for figure in glance(before, before).figures)
    moved = {figure.name: figure.movement for figure in glance(after, before).figures}
    now, then = after.kpis["debt_amount"], before.kpis["debt_amount"]
    assert now is not None
    assert then is not None
    assert moved["debt_amount"] == pytest.approx((now - then) / 1e6)
    assert now < then


def test_support_paid_moves_from_none() -> None:
    """What the support pays is compared with a state in which it pays nothing, though that has no row for it."""
    called, calm = case("austral-stress"), case("austral")
    (row,) = (figure for figure in glance(called, calm).figures if figure.name == "support_paid")
    assert row.movement == pytest.approx(row.value)
    assert "support_paid" not in {figure.name for figure in glance(calm, called).figures}


def test_a_figure_that_does_not_exist_says_why() -> None:
    """A deal whose shareholders get nothing back has no partner IRR: the figure is empty and carries the reason."""
    deal = changed("austral", equity_kicker=1.0)
    (irr, *_) = glance(evaluate(deal)).figures
    assert irr.value is None
    assert irr.reason
    assert irr.notes == ()
    assert f"No partner IRR: {irr.reason}" in [problem.message for problem in glance(evaluate(deal)).warnings]


def test_warnings_lead_to_fields() -> None:
    """A partner IRR under the cost of equity, payments and an early end of a segment are told, each with a path."""
    found = {problem.path: problem for problem in glance(case("austral-stress")).warnings}
    assert found["revenue_share.rates"].message == "Partner IRR is under 15.0 %"
    assert found["credit_support"].message.startswith("The support pays $")
    assert found["demand[0].end"].severity == "warning"


def test_a_loan_beyond_what_sizes_it_is_told() -> None:
    """A fixed loan over the advance rate, and over what the called floor covers, warns at its amount."""
    fixed = changed("austral", senior_debt__fixed_amount=2.5e9, senior_debt__sizing="fixed")
    found = glance(evaluate(fixed))
    told = [problem.message for problem in found.warnings if problem.path == "senior_debt.fixed_amount"]
    assert told == ["Cover is 0.82 with the floor fully called, under 1.00", "The loan is $420m over the advance rate"]
    notes = {figure.name: figure.notes for figure in found.figures}
    assert [note.kind for note in notes["debt_amount"]] == ["warning"]
    within = changed("austral", senior_debt__fixed_amount=1.5e9, senior_debt__sizing="fixed")
    assert not [problem for problem in glance(evaluate(within)).warnings if problem.path.startswith("senior_debt")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_sums_by_year_add_up_to_the_line(name: str) -> None:
    """The years of the cash chart hold every month once: their sum is the sum of the line."""
    found = glance(case(name)).cash
    assert sum(value or 0.0 for value in found.front) * 1e6 == pytest.approx(float(case(name).lines["cfads"].sum()))
    assert len(found.front) == len(found.back) == len(found.positions)
    assert [stretch[1:] for stretch in found.years.stretches] == [(at, at + 1) for at in range(len(found.positions))]


@pytest.mark.parametrize("name", TEMPLATES)
def test_rows_of_every_chart_have_a_figure_for_each_position(name: str) -> None:
    """Each chart has as many figures as positions, none of them infinite, and its years cover the axis once."""
    found = glance(case(name))
    rows = {
        found.revenue.positions: [found.revenue.front, found.revenue.back],
        found.cover.positions: [found.cover.cover, found.cover.debt, found.cover.without],
        found.calls.positions: [
            found.calls.floor,
            found.calls.revenue,
            *(each.values for each in found.calls.payments),
        ],
    }
    for positions, series in rows.items():
        for values in series:
            assert len(values) in (0, len(positions))
            assert all(value is None or abs(value) < 1e12 for value in values)
    stretches = found.cover.years.stretches
    assert stretches[0][1] == 0
    assert stretches[-1][2] == case(name).months
    assert all(before[2] == after[1] for before, after in pairwise(stretches))


def test_the_cover_chart_says_what_it_shows() -> None:
    """Title, lowest point and debt note are those of the deal."""
    cover = glance(case("austral")).cover
    assert cover.title == "Cover stays above lock-up; the support is never called"
    assert cover.lowest is not None
    assert cover.lowest[2] == "Lowest 1.92, Jul 2028"
    early = [value for value in cover.cover[: cover.lowest[0]] if value is not None]
    assert min(early) < cover.lowest[1], "of the first year, which does not count"
    assert cover.subtitle == "Lowest 1.92 in Jul 2028, after a year of repayment."
    assert cover.debt_note == "1,567 drawn, repaid Feb 2032"
    assert cover.without == ()
    stressed = glance(case("austral-stress")).cover
    assert stressed.title == "Cover stays above lock-up; only the support keeps it there"
    assert len(stressed.without) == len(stressed.cover)
    assert stressed.subtitle == "Lowest 1.26 in Aug 2028. Without the support −0.42."


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("senior_debt.advance_rate", 0.0, "There is no senior debt, and so no cover to show."),
        (
            "senior_debt.repayment_months",
            6,
            "No debt service falls due from the twelfth month of the repayment window on.",
        ),
    ],
)
def test_why_there_is_no_cover_is_a_sentence(path: str, value: object, words: str) -> None:
    """Without a cover the chart of it says why, in a whole sentence."""
    cover = glance(evaluate(with_value(load_template("austral"), path, value))).cover
    assert (cover.title, cover.subtitle, cover.lowest) == ("No cover to show", words, None)


def test_a_default_is_the_first_thing_said() -> None:
    """A project that cannot pay its rent defaults: chart, figures and warnings say so with the month."""
    found = glance(evaluate(changed("austral", operations__rent_per_kw_month=900.0)))
    assert found.cover.title.startswith("The project defaults in ")
    assert found.warnings[0].message == found.cover.title


def test_calls_are_drawn_where_there_are_any() -> None:
    """Payments appear by support with their total; a deal without support has nothing to draw and says so."""
    paid = glance(case("austral-stress")).calls
    assert [payment.name for payment in paid.payments] == ["Commitment paid"]
    assert paid.title.startswith("The support pays $1,851m between ")
    assert glance(case("austral")).calls.payments == ()
    empty = glance(case("empty")).calls
    assert (empty.floor, empty.payments) == ((), ())
    assert empty.title == "This deal has no credit support"


def test_contract_years_begin_with_service() -> None:
    """The calculated rows of the form sum over contract years counted from the first month in service."""
    reading = Reading(case("austral"))
    assert contract_years(reading)[0] == (2, 14)
    assert contract_years(reading)[-1][1] == 74
    (floor, revenue, over) = glance(case("austral")).years["support"]
    assert floor.values[0] == pytest.approx(float(case("austral").lines["floor_amount"][2:14].sum()) / 1e6)
    assert over.values[1] == pytest.approx((revenue.values[1] or 0) / (floor.values[1] or 1))


def test_a_small_deal_is_shown_with_a_decimal() -> None:
    """Millions of a small deal carry one digit after the point, those of a large one none."""
    (debt,) = (each for each in glance(case("fjord")).figures if each.name == "debt_amount")
    assert debt.decimals == 1
    (debt,) = (each for each in glance(case("austral")).figures if each.name == "debt_amount")
    assert debt.decimals == 0


def test_another_currency_is_written_out() -> None:
    """A currency without a sign of its own stands as its code in every label."""
    found = glance(evaluate(changed("fjord", currency="NOK")))
    assert all("$" not in figure.label for figure in found.figures)
    assert found.cash.title == "Cash and debt service, NOK m a year"


def test_looking_needs_no_array_library() -> None:
    """Summaries, marks and types of the glance are at hand without NumPy, so that the window can be painted first."""
    assert "models" in sys.modules
    code = (
        "import sys, models; models.section_summaries(models.load_template('austral')); models.section_marks((), ());"
        "models.glance; print('numpy' in sys.modules)"
    )
    assert run_python(code).strip() == "False"
    assert issubclass(DealError, ValueError)
