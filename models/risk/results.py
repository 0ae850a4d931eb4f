"""What a simulation gives back: the figures domain experts ask for, each with its standard error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from models.language.line import Kind
from models.risk.estimates import PERCENTILES, Distribution, Estimate
from models.risk.settings import RiskSettings

Array = NDArray[np.float64]

_HALF_CENT = 0.005


@dataclass(frozen=True)
class RiskMeasures:
    """How the vendor's risk is measured and paid for; money as present values at the vendor's discount rate.

    Attributes:
        expected_loss: EL, mean of the loss of a path: support payments (those under a capacity commitment less what
            the vendor recovers by using the capacity) less reimbursement received.
        unexpected_loss: standard deviation of that loss.
        var95, cvar95, var99, cvar99: value at risk and mean beyond it.
        value_at_risk: at the confidence asked for; `economic_capital` is this less the expected loss.
        income: mean of share, fees and kicker.
        raroc: (income - expected loss) / economic capital / years of the model.
        vendor_position: mean of income + incrementality * hardware margin - loss.
        lender_loss: mean of what lenders lose.
        hardware_margin: mean of the margin on all hardware, before incrementality.
        reasons: why a figure does not exist, by the name of its attribute.
    """

    expected_loss: Estimate
    unexpected_loss: Estimate
    var95: Estimate
    cvar95: Estimate
    var99: Estimate
    cvar99: Estimate
    value_at_risk: Estimate
    economic_capital: Estimate
    income: Estimate
    raroc: Estimate
    hardware_margin: Estimate
    vendor_position: Estimate
    lender_loss: Estimate
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Fan:
    """Percentiles of a line by period.

    Attributes:
        percentiles: 0.05, 0.25, 0.50, 0.75, 0.95.
        values: shape (percentiles, periods); NaN in a period that no path counts in.
        paths: how many paths count in each period, shape (periods,).
        ends: number of the last month of each period.
    """

    percentiles: tuple[float, ...]
    values: Array
    paths: NDArray[np.int64]
    ends: tuple[int, ...]


@dataclass(frozen=True)
class Profile:
    """Payments under the support still to come, seen from each month (that month's included), undiscounted.

    Attributes:
        contractual: most that could still be asked for, all caps and no default, shape (months,).
        expected: mean over the paths.
        high: what 95 % of the paths do not exceed.
    """

    contractual: Array
    expected: Array
    high: Array


@dataclass(frozen=True)
class Solution:
    """A term at which RAROC meets the hurdle, or the reason why there is none."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True)
class StressPoint:
    """The smallest joint shock of demand and prices that brings an event about.

    The common log factors of demand and prices stand `demand` and `price` standard deviations off in every month,
    the segments' own shocks at 0, nothing else changed from the base case.

    Attributes:
        event: "called", "service_missed" or "position_negative".
        distance: length of the shock in standard deviations, their correlation counted (Mahalanobis); 0 where the
            base case has the event; None where no shock up to `limit` brings it about.
        month: number of the first month of the event, None for the vendor's position.
    """

    event: str
    label: str
    distance: float | None
    demand: float | None
    price: float | None
    month: int | None
    limit: float


@dataclass(frozen=True)
class RiskResult:
    """All results of a simulation.

    Attributes:
        dates: months of the model, `YYYY-MM`.
        kpis: by name of the key figure.
        present_values: distributions of "net_support_npv" (the loss), "support_income_npv", "hardware_margin_npv",
            "vendor_position_npv", "lender_loss_npv".
        measures: with the support as agreed.
        kpis_without, present_values_without, measures_without: the same paths with the support taken away: every
            amount it could pay is 0 and so is its fee; the loan, its schedule, the share and all else are held.
        called: probability that any support is ever called.
        called_in_year, called_by_year: probability of a call in a year of the model, and up to its end.
        own_default_by_year: probability that the partner has defaulted on its own account by the end of a year.
        default_by_year: the same for any default, the project's included.
        profile: what may still be called, seen from each month.
        break_even_fee_bps: running fee, the same on every support that carries one, at which RAROC is the hurdle.
        break_even_share_scale: number by which all share rates are multiplied for that.
        stresses: reverse stress, an entry for each event.
        rows: lines of the first paths, shape (months, paths); `fan` reads them.
        losses: the loss of each of the first paths, shape (paths,); `path_at` reads them.
    """

    settings: RiskSettings
    dates: tuple[str, ...]
    currency: str
    kpis: Mapping[str, Distribution]
    present_values: Mapping[str, Distribution]
    measures: RiskMeasures
    kpis_without: Mapping[str, Distribution]
    present_values_without: Mapping[str, Distribution]
    measures_without: RiskMeasures
    called: Estimate
    called_in_year: tuple[Estimate, ...]
    called_by_year: tuple[Estimate, ...]
    own_default_by_year: tuple[Estimate, ...]
    default_by_year: tuple[Estimate, ...]
    profile: Profile
    hurdle: float
    break_even_fee_bps: Solution
    break_even_share_scale: Solution
    stresses: tuple[StressPoint, ...]
    rows: Mapping[str, Array]
    kinds: Mapping[str, Kind]
    losses: Array

    @property
    def fan_lines(self) -> tuple[str, ...]:
        """Lines that have a fan."""
        return tuple(self.kinds)

    def path_at(self, part: float) -> int | None:
        """Number of the first path with the smallest loss that at least this part of the paths does not exceed.

        With 1 it is the worst path. None where there is no loss up to there.
        """
        size = self.losses.size
        rank = min(size, max(1, ceil(round(part * size, 9))))
        loss = np.partition(self.losses, rank - 1)[rank - 1]
        return int(np.argmax(self.losses == loss)) if loss > _HALF_CENT else None

    def fan(self, line: str, ends: tuple[int, ...] | None = None, *, survivors: bool = False) -> Fan:
        """Percentiles of a line over the first paths.

        Args:
            line: one of `fan_lines`.
            ends: number of the last month of each period, by default every month; flows are added up over a period.
            survivors: count only paths without a default before the end of the period.
        """
        rows, months = self.rows[line], len(self.dates)
        ends = tuple(range(months)) if ends is None else ends
        periods = _periods(rows, self.kinds[line], ends)
        counted = np.isfinite(periods)
        if survivors:
            counted &= self.rows["defaulted"][list(ends)] == 0
        values = np.full((len(PERCENTILES), len(ends)), np.nan)
        for k, (row, chosen) in enumerate(zip(periods, counted, strict=True)):
            if chosen.any():
                values[:, k] = np.quantile(row[chosen], PERCENTILES, method="inverted_cdf")
        return Fan(PERCENTILES, values, counted.sum(axis=1), ends)


def _periods(rows: Array, kind: Kind, ends: tuple[int, ...]) -> Array:
    if kind is not Kind.FLOW:
        return rows[list(ends)]
    starts = (0, *(end + 1 for end in ends[:-1]))
    return np.stack([rows[a : b + 1].sum(axis=0) for a, b in zip(starts, ends, strict=True)])
