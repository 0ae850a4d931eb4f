"""What the owner of a deal should know although the deal can be computed."""

from collections.abc import Iterator, Sequence

from models.deal.months import month_label
from models.deal.problems import Problem
from models.deal.project import Segment
from models.deal.schema import Deal
from models.deal.support import CapacityCommitment, LeaseGuarantee, ResidualValue
from models.deal.timeline import Timeline
from models.deal.values import segment_label


def notices(deal: Deal, time: Timeline) -> tuple[Problem, ...]:
    """The warnings of a deal without errors, in the order of its sections."""
    return (
        *_phases(deal, time),
        *_namesakes("phases", "name", "phases", [phase.name for phase in deal.phases]),
        *_demand(deal, time),
        *_namesakes("demand", "segment", "segments", [segment_label(each.segment) for each in deal.demand]),
        *_debt(deal, time),
        *_share(deal),
        *_support(deal, time),
        *_delays(deal),
    )


def _warning(path: str, short: str, consequence: str) -> Problem:
    return Problem(path, f"{short} ({path}): {consequence}.", "warning", short)


def _namesakes(path: str, name: str, many: str, labels: Sequence[str]) -> Iterator[Problem]:
    """The second of two items with one name."""
    for at, label in enumerate(labels):
        if label in labels[:at] and label not in labels[at + 1 :]:
            yield _warning(f"{path}[{at}].{name}", f"Two {many} are called {label}", "tables do not tell them apart")


def _commitment(deal: Deal) -> CapacityCommitment | None:
    return next((each for each in deal.credit_support if isinstance(each, CapacityCommitment)), None)


def _phases(deal: Deal, time: Timeline) -> Iterator[Problem]:
    commitment = _commitment(deal)
    longstop = time.number(commitment.longstop) if commitment and commitment.longstop else None
    for index, (phase, service) in enumerate(zip(deal.phases, time.service, strict=True)):
        path = f"phases[{index}]"
        if phase.gpus == 0:
            yield _warning(f"{path}.gpus", f"{phase.name} has no GPUs", "it costs and earns nothing")
        if service > time.last:
            yield _warning(
                f"{path}.install_months",
                f"{phase.name} is in service only after the model ends",
                "it is paid for and earns nothing",
            )
        elif phase.supported and longstop is not None and service > longstop:
            yield _warning(
                f"{path}.delivery",
                f"{phase.name} is in service after the longstop",
                f"service starts in {time.label(service)}, so the commitment does not cover it",
            )


def _demand(deal: Deal, time: Timeline) -> Iterator[Problem]:
    for index, segment in enumerate(deal.demand):
        path, name = f"demand[{index}]", segment_label(segment.segment)
        if segment.gpus_by_month is not None:
            if len(segment.gpus_by_month) < time.months:
                yield _warning(
                    f"{path}.gpus_by_month",
                    f"{name}: the GPUs by month end before the model",
                    f"{len(segment.gpus_by_month)} of {time.months} months are given, then none is wanted",
                )
            continue
        yield from _segment(path, name, segment, time)


def _segment(path: str, name: str, segment: Segment, time: Timeline) -> Iterator[Problem]:
    start = time.number(segment.start)
    if start > time.last:
        yield _warning(f"{path}.start", f"{name} start only after the model ends", "they buy nothing in it")
    if segment.end is None:
        return
    end = time.number(segment.end)
    if end < max(start, 0):
        yield _warning(
            f"{path}.end",
            f"{name} buy nothing",
            f"their last month, {month_label(segment.end)}, comes before their first or before the model",
        )
    elif end < time.last:
        yield _warning(
            f"{path}.end",
            f"{name} leave in {month_label(segment.end)}",
            f"the model runs on to {time.label(time.last)} without them",
        )


def _debt(deal: Deal, time: Timeline) -> Iterator[Problem]:
    debt, commitment = deal.senior_debt, _commitment(deal)
    shaped = debt.sizing == "cover" or debt.profile == "sculpted"
    if debt.sizing_case == "floor_called" and shaped:
        if commitment is None:
            yield _warning(
                "senior_debt.sizing_case",
                "Lenders size on a floor that nobody commits",
                "without a capacity commitment their case has no revenue",
            )
        elif time.first_repayment + time.window > time.first_service + 12 * len(commitment.floor_prices):
            yield _warning(
                "senior_debt.repayment_months",
                "The loan is repaid longer than the floor prices run",
                "the floor is 0 after its last year, so lenders count on no revenue there",
            )
    reserved = any(segment.product == "reserved" for segment in deal.demand)
    if debt.sizing_case == "contracted" and shaped and not reserved:
        yield _warning(
            "senior_debt.sizing_case",
            "Lenders size on contracts that nobody has signed",
            "no segment is reserved, so their case has no revenue",
        )
    if debt.repayment_months > time.window:
        yield _warning(
            "senior_debt.repayment_months",
            "The repayment period ends after the model",
            f"it is cut to {time.window} months and the last one repays what is left",
        )
    if debt.target_dscr < 1:
        yield _warning(
            "senior_debt.target_dscr",
            "The target DSCR is under 1.00x",
            "the lenders' own case could not pay the debt service",
        )
    if debt.lockup_dscr > debt.target_dscr:
        yield _warning(
            "senior_debt.lockup_dscr",
            "Lock-up is above the target DSCR",
            "nothing would be distributed in the case the loan is sized on",
        )


def _share(deal: Deal) -> Iterator[Problem]:
    share, finance = deal.revenue_share, deal.vendor_finance
    if share.basis == "excess_over_floor" and share.rates and _commitment(deal) is None:
        yield _warning(
            "revenue_share.basis",
            "The share is taken above a floor that does not exist",
            "without a capacity commitment the floor is 0 and all supported revenue is shared",
        )
    if finance.deferred_fraction > 0 and finance.recoupment_rate == 0:
        yield _warning(
            "vendor_finance.recoupment_rate",
            "The deferred price is not recouped from revenue",
            "it is paid only from what is left in the last month",
        )


def _support(deal: Deal, time: Timeline) -> Iterator[Problem]:
    for index, support in enumerate(deal.credit_support):
        path = f"credit_support[{index}]"
        if isinstance(support, CapacityCommitment):
            yield from _empty_commitment(path, support)
        elif isinstance(support, LeaseGuarantee):
            if support.end is not None and support.end < support.start:
                yield _warning(f"{path}.end", "The lease guarantee ends before it begins", "the vendor pays no rent")
            release = support.escrow_release
            if support.escrow > 0 and release is not None and time.number(release) < 0:
                yield _warning(
                    f"{path}.escrow_release",
                    "The escrow is returned before the model begins",
                    "it is held to the last month",
                )
        elif isinstance(support, ResidualValue) and not 0 <= time.number(support.date) <= time.last:
            yield _warning(
                f"{path}.date",
                "The residual value falls outside the model",
                f"{month_label(support.date)} is not one of its months, so nothing is paid",
            )


def _empty_commitment(path: str, support: CapacityCommitment) -> Iterator[Problem]:
    if not any(support.floor_prices):
        yield _warning(f"{path}.floor_prices", "The commitment has no floor price", "it commits to nothing")
    if support.coverage == 0:
        yield _warning(f"{path}.coverage", "The commitment covers no hours", "it commits to nothing")
    if support.basis == "utilisation" and support.utilisation_floor == 0:
        yield _warning(f"{path}.utilisation_floor", "The utilisation floor is 0 %", "the commitment never pays")
    if support.deductible == 1:
        yield _warning(f"{path}.deductible", "The deductible is the whole floor", "the commitment never pays")


def _delays(deal: Deal) -> Iterator[Problem]:
    delays = deal.uncertainty.delivery_delay_months
    if delays is not None and len(delays) != len(deal.phases):
        yield _warning(
            "uncertainty.delivery_delay_months",
            f"{len(delays)} delivery delays for {len(deal.phases)} phases",
            "a phase without one counts as on time, and one too many is ignored",
        )
