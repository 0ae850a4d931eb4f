"""Checks across fields: what would leave a deal without meaning is an error, what its owner should know a warning."""

from collections.abc import Iterator
from itertools import pairwise

from models.deal.field import Unit, currency_mark
from models.deal.months import month_label
from models.deal.notices import notices
from models.deal.problems import Problem
from models.deal.scenarios import scenario_problems
from models.deal.schema import Deal
from models.deal.support import DebtGuarantee
from models.deal.timeline import Timeline, timeline
from models.deal.values import number_text, raw_text, segment_label

HALF_A_CENT = 0.005
NO_RATE = 1e-12
"""An interest rate below zero by no more than this is zero, added up from parts."""


def check_deal(deal: Deal) -> tuple[Problem, ...]:
    """Everything wrong across the fields of a deal whose single values are allowed: errors first, then warnings."""
    time = timeline(deal)
    errors = (*_dates(deal, time), *_demand(deal), *_debt(deal, time), *_share(deal), *_support(deal), *_curve(deal))
    planned = scenario_problems(deal, check_deal)
    refused = (*errors, *(each for each in planned if each.severity == "error"))
    told = (each for each in planned if each.severity == "warning")
    return (*refused, *(() if errors else notices(deal, time)), *told)


def capital_cost(deal: Deal) -> float:
    """Total capital cost in the deal's currency, the deferred part of the hardware price left out."""
    paid = 1 - deal.vendor_finance.deferred_fraction
    return sum(phase.gpus * (phase.hardware_price * paid + phase.other_capex) for phase in deal.phases)


def _amount(value: float, currency: str) -> str:
    """An amount in a sentence: `$2,600m`, `AUD 2,600 m`."""
    mark = currency_mark(currency)
    return f"{mark}{number_text(Unit.MONEY, value)}{' ' if mark.endswith(' ') else ''}{Unit.MONEY.suffix}"


def _dates(deal: Deal, time: Timeline) -> Iterator[Problem]:
    span = f"the model runs from {month_label(deal.start)} to {time.label(time.last)}"
    first = deal.senior_debt.first_repayment
    for index, (phase, delivery) in enumerate(zip(deal.phases, time.deliveries, strict=True)):
        path = f"phases[{index}].delivery"
        named = f"Delivery of {phase.name} ({path})"
        if not 0 <= delivery < time.months:
            yield Problem(
                path,
                f"{named} is {phase.delivery}; it must lie inside the model: {span}.",
                hint=f"Delivery must lie inside the model: {span}.",
            )
        elif delivery >= time.first_repayment:
            yield Problem(
                path,
                f"{named} is {phase.delivery}; it must come before the first repayment "
                f"(senior_debt.first_repayment), {first}.",
                hint=f"Delivery must come before the first repayment, {month_label(first)}.",
            )
    if not 0 <= time.first_repayment < time.months:
        yield Problem(
            "senior_debt.first_repayment",
            f"Debt: First repayment (senior_debt.first_repayment) is {first}; it must lie inside the model: {span}.",
            hint=f"First repayment must lie inside the model: {span}.",
        )
    if time.first_service >= time.months:
        at = time.service.index(time.first_service)
        path = f"phases[{at}].install_months"
        yield Problem(
            path,
            f"Installation of {deal.phases[at].name} ({path}) is {deal.phases[at].install_months} "
            f"months, and no phase is in service inside the model; {span}.",
            hint="No phase is in service before the model ends.",
        )


def _demand(deal: Deal) -> Iterator[Problem]:
    for index, segment in enumerate(deal.demand):
        if segment.product == "tokens" and segment.tokens_per_second is None:
            path = f"demand[{index}].tokens_per_second"
            yield Problem(
                path,
                f"Segment {index + 1}, {segment_label(segment.segment)}: Tokens per second ({path}) is "
                "null; it must be a number because the product is tokens.",
                hint="Enter tokens per second: the product is tokens.",
            )


def _debt(deal: Deal, time: Timeline) -> Iterator[Problem]:
    debt = deal.senior_debt
    path = "senior_debt.fixed_amount"
    if debt.sizing == "fixed" and debt.fixed_amount is None:
        yield Problem(
            path,
            f'Debt: Fixed amount ({path}) is null; it must be an amount because sizing is "fixed".',
            hint="Enter the amount of the loan, or choose another sizing.",
        )
    elif debt.sizing == "fixed" and debt.fixed_amount is not None:
        most = capital_cost(deal)
        if debt.fixed_amount > most + HALF_A_CENT:
            yield Problem(
                path,
                f"Debt: Fixed amount ({path}) is {raw_text(debt.fixed_amount)}; it must be at most the "
                f"total capital cost without the deferred part, {raw_text(most)}.",
                hint=f"The loan must be at most the capital cost, {_amount(most, deal.currency)}.",
            )
    if debt.base_rate + debt.margin < -NO_RATE:
        path = "senior_debt.margin"
        yield Problem(
            path,
            f"Debt: Margin ({path}) is {raw_text(debt.margin)}; with a base rate of {raw_text(debt.base_rate)} it must "
            f"be at least {raw_text(-debt.base_rate)}, because no loan pays interest to its borrower.",
            hint="Base rate and margin together must be at least 0.",
        )
    monthly = (debt.base_rate + debt.margin) / 12
    sculpted = debt.profile == "sculpted" and debt.balloon_fraction > 0
    if sculpted and 1 - debt.balloon_fraction * (1 + monthly) ** -time.window <= 1e-12:
        path = "senior_debt.balloon_fraction"
        yield Problem(
            path,
            f"Debt: Balloon ({path}) is {raw_text(debt.balloon_fraction)}; at an interest rate of "
            f"{number_text(Unit.RATE, round(12 * monthly, 12))} % it must be smaller, or nothing is "
            "left to repay before the last month.",
            hint="The balloon is too large at this interest rate: nothing is repaid before the last month.",
        )


def _share(deal: Deal) -> Iterator[Problem]:
    bands, rates = deal.revenue_share.bands, deal.revenue_share.rates
    if bands[0] != 0:
        yield Problem(
            "revenue_share.bands[0]",
            f"Revenue share: Bands from, band 1 (revenue_share.bands[0]) is {raw_text(bands[0])}; it must be 0.",
            hint="The first band begins at 0.",
        )
    for index, (before, after) in enumerate(pairwise(bands), start=1):
        if after <= before:
            path = f"revenue_share.bands[{index}]"
            yield Problem(
                path,
                f"Revenue share: Bands from, band {index + 1} ({path}) is {raw_text(after)}; it must "
                f"be above {raw_text(before)}, where the band before it begins.",
                hint=f"Band {index + 1} must begin above band {index}.",
            )
    for index, row in enumerate(rates):
        if len(row) != len(bands):
            path = f"revenue_share.rates[{index}]"
            yield Problem(
                path,
                f"Revenue share: Share rate, year {index + 1} ({path}) has {len(row)} entries; it must "
                f"have {len(bands)}, one for each band.",
                hint=f"Year {index + 1} needs {len(bands)} rates, one for each band.",
            )


def _support(deal: Deal) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, support in enumerate(deal.credit_support):
        path = f"credit_support[{index}]"
        if support.kind in seen:
            yield Problem(
                path,
                f'{support.title} ({path}) has kind "{support.kind}", as another support has; at most one support of '
                "each kind is allowed.",
                hint=f"There is a {support.title.lower()} already.",
            )
        seen.add(support.kind)
        if isinstance(support, DebtGuarantee) and support.cap is None and support.cap_fraction is None:
            yield Problem(
                f"{path}.cap",
                f"Debt guarantee: Cap ({path}.cap) and Cap, part of the loan "
                f"({path}.cap_fraction) are both null; one of them must be given.",
                hint="Enter a cap, as an amount or as part of the loan.",
            )


def _curve(deal: Deal) -> Iterator[Problem]:
    for index, (before, after) in enumerate(pairwise(deal.uncertainty.default_curve or ()), start=1):
        if after < before:
            path = f"uncertainty.default_curve[{index}]"
            yield Problem(
                path,
                f"Uncertainty: Default curve, year {index + 1} ({path}) is {raw_text(after)}; it must "
                f"be at least {raw_text(before)}, the year before, because it is cumulative.",
                hint="A cumulative probability cannot fall.",
            )
