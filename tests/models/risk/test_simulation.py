"""A whole simulation: the same whatever tile and threads, each path alone, without support, break-even terms."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import count

import numpy as np
import pytest
from numpy.typing import NDArray

from models import (
    CancelledError,
    Deal,
    RiskError,
    evaluate,
    explain,
    load_template,
    measures_of,
    path_case,
    path_drivers,
    simulate,
)
from models.deal.internal import Sampling
from models.risk.drivers import Drivers, terms_of
from models.risk.estimates import Estimate
from models.risk.figures import INCOME, LOSS, POSITION
from models.risk.model import SimulatedModel, simulated_program
from models.risk.paths import Passed, pass_over
from models.risk.results import RiskResult
from models.risk.settings import settings_of
from models.risk.terms import with_fee, with_share_scale, without_support
from tests.agreement import month_loop
from tests.models.deal.samples import Json, raw
from tests.models.engine.varied import seeded_deal

Array = NDArray[np.float64]


def sampled(sampling: Sampling, name: str = "austral", **uncertainty: object) -> Deal:
    """A shipped deal with another way of sampling."""
    fields = raw(name)
    fields["uncertainty"] |= {"sampling": sampling, **uncertainty}
    return Deal.model_validate(fields)


def late(name: str = "austral") -> Deal:
    """A shipped deal whose deliveries can be late."""
    fields = raw(name)
    fields["uncertainty"] |= {"delivery_delay_months": [4.0] * len(fields["phases"])}
    return Deal.model_validate(fields)


def known(estimate: Estimate) -> float:
    """The value of an estimate that must exist."""
    assert estimate.value is not None
    return estimate.value


@cache
def austral() -> RiskResult:
    """One run that several tests look at."""
    return simulate(load_template("austral"), paths=1500, lines=("cloud_revenue", "dscr_12m", "commitment_paid"))


def same(one: Passed, other: Passed) -> None:
    """Two passes left the same, to the last bit."""
    for name in one.figures.names:
        assert one.figures.mean(name) == other.figures.mean(name), name
    for name in (LOSS, INCOME, POSITION, "partner_irr", "min_dscr"):
        assert np.array_equal(one.figures.sample(name).values, other.figures.sample(name).values), name
    assert one.figures.error(lambda x: x, LOSS) == other.figures.error(lambda x: x, LOSS)
    for name, rows in one.rows.items():
        assert np.array_equal(rows, other.rows[name]), name


@pytest.mark.parametrize("sampling", ["random", "antithetic", "sobol"])
def test_neither_tiles_nor_threads_move_a_bit(sampling: Sampling) -> None:
    """Tiles of one block, of two, of all, on one thread, two or three, with several deals at once: the same bits."""
    deal = sampled(sampling)
    deals = [deal, without_support(deal), with_fee(deal, 40.0), late()]
    settings = replace(settings_of(deal), paths=1700)
    passes = [
        pass_over(deals, settings, lines=("cloud_revenue",), threads=threads, tile=tile)
        for threads, tile in ((1, 512), (3, 1024), (2, 100_000))
    ]
    for other in passes[1:]:
        for one, two in zip(passes[0], other, strict=True):
            same(one, two)


def test_more_paths_begin_with_the_same_ones() -> None:
    """The first 600 of 1,100 paths are those of a simulation of 600."""
    deal = load_template("fjord")
    settings = settings_of(deal)
    few, many = (pass_over([deal], replace(settings, paths=n), lines=("cfads",))[0] for n in (600, 1100))
    assert np.array_equal(few.rows["cfads"], many.rows["cfads"][:, :600])


@pytest.mark.parametrize("deal", [load_template("austral"), late(), load_template("fjord"), seeded_deal(7)])
@pytest.mark.parametrize("path", [0, 511, 512, 1300])
def test_a_path_alone_is_the_path_of_the_simulation(deal: Deal, path: int) -> None:
    """Every line of a path run again as a case equals its column of the simulation to 1e-9."""
    case = path_case(deal, path)
    program, _ = simulated_program(deal)
    names = list(program.model.lines)
    drawn = Drivers(terms_of(deal), settings_of(deal, paths=path + 1)).tile(path // 512, 1)
    rows = SimulatedModel(deal, names).run(drawn)
    for name in names:
        row = rows[name]
        found = row[:, path % 512 if row.shape[1] > 1 else 0]
        expected = np.array([case.once[name]]) if name in case.once else case.lines[name]
        largest = np.abs(expected[np.isfinite(expected)]).max(initial=1.0)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9 * largest + 1e-4), name


@pytest.mark.parametrize("name", ["austral", "fjord", "debt-guarantee", "lease-guarantee", "residual-value"])
def test_a_path_played_again_month_by_month_gives_the_same_lines(name: str) -> None:
    """An independent month loop that is given the drivers of a path finds every line of it, to 1e-9 and a cent."""
    deal = load_template(name)
    for path in (3, 40, 41, 99):
        case, drivers = path_case(deal, path), path_drivers(deal, path)
        lines, _ = month_loop.evaluate(raw(name), **_replayed(drivers, len(deal.demand)))
        for line, values in lines.items():
            assert case.lines[line].tolist() == pytest.approx(values, rel=1e-9, abs=0.01), (path, line)


def _replayed(drivers: Mapping[str, tuple[float, ...]], segments: int) -> Json:
    default = drivers["partner_default"]
    return {
        "demand_factor": [list(drivers[f"demand_factor[{s}]"]) for s in range(segments)],
        "price_factor": [list(drivers[f"price_factor[{s}]"]) for s in range(segments)],
        "residual_factor": drivers["residual_factor"][0],
        "partner_default": default.index(1.0) if 1.0 in default else None,
    }


def test_debt_is_that_of_the_base_case_on_every_path() -> None:
    """Sizing does not vary by path, with late deliveries and without."""
    for deal in (load_template("austral"), late()):
        base = evaluate(deal)
        model = SimulatedModel(deal, ("debt_amount", "scheduled_service", "gross_commitment", "capex"))
        rows = model.run(Drivers(terms_of(deal), settings_of(deal)).tile(0, 1))
        assert rows["debt_amount"].tolist() == [[base.once["debt_amount"]]]
        assert rows["gross_commitment"].tolist() == [[base.once["gross_commitment"]]]
        assert rows["scheduled_service"][:, 0] == pytest.approx(base.lines["scheduled_service"], rel=1e-12)


@pytest.mark.parametrize("deal", [late(), late("fjord"), load_template("austral"), sampled("sobol", "fjord")])
def test_cash_is_conserved_on_every_path(deal: Deal) -> None:
    """Every check of the model is 0 on every path: what came in went out or is left, late deliveries included."""
    program, _ = simulated_program(deal)
    checks = [name for name in program.model.lines if name.startswith("check_")]
    rows = SimulatedModel(deal, checks).run(Drivers(terms_of(deal), settings_of(deal)).tile(0, 4))
    assert len(checks) >= 7
    for name in checks:
        assert np.abs(rows[name]).max() < 0.01, name


def test_a_late_phase_loses_its_support_and_its_loan() -> None:
    """A phase in service after the longstop is not supported; one delivered after the draws end is paid by equity."""
    deal = late()
    names = ("phase_supported[0]", "service_month[0]", "debt_draw", "operating", "prepayment_factor")
    drawn = Drivers(terms_of(deal), settings_of(deal)).tile(0, 4)
    rows = SimulatedModel(deal, names).run(drawn)
    supported, service = rows["phase_supported[0]"][0], rows["service_month[0]"][0]
    assert set(supported) == {0.0, 1.0}
    assert ((service <= 17) == (supported == 1)).all()  # June 2028 is month 17
    assert service.tolist() == (drawn["phases[0].delivery_delay"][0] + 2).tolist()
    assert (rows["debt_draw"][7:] == 0).all()  # the first repayment is in month 7
    drawn_part = rows["debt_draw"].sum(axis=0) / evaluate(deal).once["debt_amount"]
    assert set(drawn_part.round(9)) == {0.0, 0.25, 0.5, 0.75, 1.0}
    alive = (
        rows["operating"][7] == 1
    )  # before the first repayment nothing is prepaid: only the lapse lowers the schedule
    assert rows["prepayment_factor"][6][alive] == pytest.approx(drawn_part[alive])


def test_no_delay_changes_nothing() -> None:
    """Delays of mean 0 leave every figure as it is without any, to the last bit."""
    fields = raw()
    plain, settings = Deal.model_validate(fields), settings_of(load_template("austral"), paths=512)
    fields["uncertainty"] |= {"delivery_delay_months": [0.0] * 4}
    one, zero = (pass_over([each], settings)[0] for each in (plain, Deal.model_validate(fields)))
    same(one, zero)


def test_support_taken_away_leaves_loan_and_paths_as_they_are() -> None:
    """Without support nothing is paid or charged, the loan is the same, and lenders of a weak deal lose more."""
    deal = load_template("austral-stress")
    result = simulate(deal, paths=1000, lines=())
    bare = result.kpis_without
    assert known(bare["commitment_paid"].mean) == 0
    assert known(result.kpis["commitment_paid"].mean) > 1e6
    assert bare["debt_amount"].mean == result.kpis["debt_amount"].mean
    assert result.measures_without.expected_loss == Estimate(0.0, 0.0)
    assert result.measures_without.raroc.value is None
    assert "capital" in result.measures_without.reasons["raroc"]
    assert known(bare["lender_loss"].mean) > known(result.kpis["lender_loss"].mean)
    assert known(bare["defaulted"].mean) >= known(result.kpis["defaulted"].mean)


def test_the_vendors_position_is_what_it_says() -> None:
    """Position = share, fees and kicker + incrementality x margin - loss, in the mean and so on every path."""
    deal = load_template("fjord")
    result = simulate(deal, paths=700, lines=())
    m = result.measures
    found = known(m.income) + deal.vendor.incrementality * known(m.hardware_margin) - known(m.expected_loss)
    assert known(m.vendor_position) == pytest.approx(found)
    assert known(m.economic_capital) == pytest.approx(known(m.value_at_risk) - known(m.expected_loss))
    expected = (known(m.income) - known(m.expected_loss)) / known(m.economic_capital) / (deal.months / 12)
    assert known(m.raroc) == pytest.approx(expected)
    assert known(m.var95) <= known(m.cvar95) <= known(m.cvar99)
    assert known(m.var95) <= known(m.var99)


def test_calls_and_defaults_by_year_add_up() -> None:
    """A call by year y is one in a year up to y; any call is one by the last year; defaults only become more."""
    result = austral()
    by = [known(each) for each in result.called_by_year]
    assert by == sorted(by)
    assert by[-1] == known(result.called)
    assert max(known(each) for each in result.called_in_year) <= by[-1] <= sum(known(e) for e in result.called_in_year)
    own = [known(each) for each in result.own_default_by_year]
    assert own == sorted(own)
    assert all(known(any_) >= alone for any_, alone in zip(result.default_by_year[:-1], own[:-1], strict=True))


def test_the_profile_falls_to_nothing() -> None:
    """What is still to come only falls, is most on paper, and begins with the mean of all that is paid."""
    deal = load_template("austral")
    result = austral()
    profile = result.profile
    assert (np.diff(profile.expected) <= 1e-6).all()
    assert (profile.high <= profile.contractual + 1e-6).all()
    assert profile.contractual[0] == pytest.approx(evaluate(deal).once["gross_commitment"])
    assert profile.expected[0] == pytest.approx(known(result.kpis["commitment_paid"].mean))


@pytest.mark.parametrize("name", ["austral-stress", "fjord", "lease-guarantee", "residual-value", "debt-guarantee"])
def test_no_path_pays_more_than_is_contractual(name: str) -> None:
    """Whatever the kind of support, what 95 % of the paths still pay is within the most that could be asked for."""
    profile = simulate(load_template(name), paths=600, lines=()).profile
    assert (profile.high <= profile.contractual + 1e-3).all()
    assert profile.expected[0] > 0


def test_fans_follow_periods_and_survivors() -> None:
    """A fan by quarter adds up months path by path; survivors are paths without a default so far."""
    result = austral()
    rows = result.rows["cloud_revenue"]
    quarters = result.fan("cloud_revenue", (2, 5, 8))
    expected = np.quantile(rows[3:6].sum(axis=0), quarters.percentiles, method="inverted_cdf")
    assert quarters.values[:, 1] == pytest.approx(expected)
    assert quarters.paths.tolist() == [1500, 1500, 1500]
    alive = result.fan("cloud_revenue", survivors=True)
    assert alive.paths[60] == (result.rows["defaulted"][60] == 0).sum() < 1500
    assert (alive.values[0] >= result.fan("cloud_revenue").values[0] - 1e-6).all()
    assert np.isnan(result.fan("dscr_12m").values[:, 0]).all()  # no debt service in the first month


def test_terms_at_break_even_earn_the_hurdle() -> None:
    """Simulated with the scale of share rates found, the deal's RAROC is the hurdle."""
    deal = load_template("austral")
    result = austral()
    scale = result.break_even_share_scale.value
    assert scale is not None
    (at,) = measures_of([with_share_scale(deal, scale)], paths=1500)
    assert known(at.raroc) == pytest.approx(deal.vendor.hurdle_raroc, abs=1e-4)
    assert result.break_even_fee_bps.value is None
    assert "without any fee" in result.break_even_fee_bps.reason


def test_a_fee_at_break_even_earns_the_hurdle() -> None:
    """Where no share pays for the risk, a running fee does; the answer found on few paths is corrected on all."""
    fields = raw()
    fields["revenue_share"] |= {"rates": []}
    deal = Deal.model_validate(fields)
    result = simulate(deal, paths=9000, lines=())
    fee = result.break_even_fee_bps.value
    assert fee is not None
    assert 0 < fee < 1000
    (at,) = measures_of([with_fee(deal, fee)], paths=9000)
    assert known(at.raroc) == pytest.approx(deal.vendor.hurdle_raroc, abs=1e-4)
    assert "no share" in result.break_even_share_scale.reason


def test_a_deal_without_support_has_nothing_to_lose() -> None:
    """No calls, no loss, no capital and no RAROC, and words for why."""
    fields = raw()
    fields["credit_support"] = []
    fields["senior_debt"] |= {"sizing_case": "base"}
    result = simulate(Deal.model_validate(fields), paths=600)
    assert result.called == Estimate(0.0, 0.0)
    assert result.measures.var99 == Estimate(0.0, 0.0)
    assert result.measures.raroc.value is None
    assert result.break_even_fee_bps.reason == "no support of this deal carries a running fee"
    assert "no capital" in result.break_even_share_scale.reason
    assert (result.profile.contractual == 0).all()


@pytest.mark.parametrize("sampling", ["antithetic", "sobol"])
def test_other_sampling_lowers_the_error_and_says_so_rightly(sampling: Sampling) -> None:
    """For the mean of income the error is less than 0.6 of random paths', and it is what other seeds show."""

    def means(kind: Sampling, name: str) -> tuple[float, float]:
        found = [
            pass_over([deal], replace(settings_of(deal), paths=1024, seed=seed), kpis=())[0].figures.mean(name)
            for deal in [sampled(kind)]
            for seed in range(100, 112)
        ]
        said = float(np.sqrt(np.mean([each.se**2 for each in found if each.se])))
        return said, float(np.std([known(each) for each in found], ddof=1))

    said, shown = means(sampling, INCOME)
    random, _ = means("random", INCOME)
    assert said < 0.6 * random
    assert 0.6 < said / shown < 1.7


def test_candidates_are_compared_under_the_same_paths() -> None:
    """The same deal twice has the same measures, and one with a fee differs by little more than the fee."""
    deal = load_template("austral")
    one, two, paid = measures_of([deal, deal, with_fee(deal, 10.0)], paths=800)
    assert one == two
    assert known(paid.income) > known(one.income)
    assert known(paid.expected_loss) == pytest.approx(known(one.expected_loss), rel=0.05)


def test_progress_only_grows_and_ends_at_one() -> None:
    """The share done is told from the calling thread, grows, and ends at 1."""
    told: list[tuple[float, int]] = []
    simulate(
        load_template("austral"), paths=2000, tile=512, lines=(),
        progress=lambda share: told.append((share, threading.get_ident())),
    )  # fmt: skip
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {thread for _, thread in told} == {threading.get_ident()}


def test_a_run_can_be_stopped_anywhere() -> None:
    """Whenever `cancelled` turns true the run ends with the error that says so: in paths, searches and stress."""
    deal, asked = load_template("austral"), count()
    simulate(deal, paths=600, lines=(), cancelled=lambda: next(asked) < 0)
    total = next(asked)
    for limit in (0, 1, total // 3, total // 2, total - 2):
        left = count()
        with pytest.raises(CancelledError):
            simulate(deal, paths=600, lines=(), cancelled=lambda left=left, limit=limit: next(left) >= limit)  # type: ignore[misc]  # a lambda with defaults


def test_settings_out_of_range_are_refused_in_a_sentence() -> None:
    """Paths, seeds, threads and numbers of a path that cannot be are named with what is allowed."""
    deal = load_template("austral")
    for call in (
        lambda: simulate(deal, paths=0),
        lambda: simulate(deal, seed=-1),
        lambda: simulate(deal, threads=0),
        lambda: path_case(deal, -1),
    ):
        with pytest.raises(RiskError, match=r"\d.*(from|numbered).*\.$"):
            call()


def test_results_are_plain_numbers() -> None:
    """A result survives being written as JSON: no NaN, no infinity, no array among the figures of its measures."""
    result = simulate(load_template("fjord"), paths=600, lines=())
    figures = {name: getattr(result.measures, name) for name in ("expected_loss", "raroc", "var99", "cvar99")}
    json.dumps({name: [known(each), each.se] for name, each in figures.items()}, allow_nan=False)


def test_every_figure_of_a_path_can_be_explained() -> None:
    """A path opened as a case explains each line in a month, factors, delays and what is planned by their names."""
    deal = late()
    case = path_case(deal, 9)
    shown = {line: explain(case, line, 10) for line in case.model.lines}
    assert shown["sizing_cfads"].ingredients[0].label == "Cash for debt service in the sizing case in the base case"
    assert shown["sizing_cfads"].ingredients[0].value == evaluate(deal).lines["sizing_cfads"][10]
    named = {each.label for each in shown["delivery_month[0]"].ingredients}
    assert "Months of delay on the path: Phase 1" in named


@pytest.mark.parametrize(("seed", "paths"), [(0, 1), (14, 17), (21, 2), (16, 513)])
def test_any_deal_can_be_simulated(seed: int, paths: int) -> None:
    """Random deals of every structure, with late deliveries, run on any number of paths and can be opened by path."""
    deal = seeded_deal(seed)
    sampling: Sampling = ("random", "antithetic", "sobol")[seed % 3]
    changed = {
        "sampling": sampling,
        "delivery_delay_months": tuple(3.0 * (i % 2) for i in range(1, len(deal.phases) + 1)),
        "correlation": -1.0,
        "segment_share": 1.0,
        "demand_reversion": 100.0,
    }
    deal = deal.model_copy(update={"uncertainty": deal.uncertainty.model_copy(update=changed)})
    result = simulate(deal, paths=paths, lines=())
    assert result.measures.expected_loss.value is not None
    assert (result.measures.expected_loss.se is None) == (paths == 1)
    case = path_case(deal, paths - 1)
    assert max(abs(case.lines[name]).max() for name in case.lines if name.startswith("check_")) < 0.01
