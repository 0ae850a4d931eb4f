"""From the paths to the measures of risk, and what they would be for other terms under the same paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.engine.returns import HALF_CENT
from models.risk.estimates import Estimate
from models.risk.figures import INCOME, LENDER_LOSS, LOSS, MARGIN, POSITION
from models.risk.gathering import Gathered
from models.risk.paths import THREADS, TILE, pass_over
from models.risk.results import RiskMeasures
from models.risk.settings import settings_of

Array = NDArray[np.float64]

NO_CAPITAL = "the value at risk is not above the expected loss, so there is no capital to earn a return on"


def measures_of(
    deals: Sequence[Deal],
    *,
    paths: int | None = None,
    seed: int | None = None,
    threads: int = THREADS,
    tile: int = TILE,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> tuple[RiskMeasures, ...]:
    """The measures of several deals under the same drivers: what differs between them is due to their terms alone.

    Args:
        deals: candidates; settings are those of the first.
        paths, seed: in place of the deal's.
        threads, tile, cancelled, progress: as for `simulate`.

    Raises:
        RiskError, CancelledError, FiguresError: as for `simulate`.
    """
    settings = settings_of(deals[0], paths=paths, seed=seed)
    passed = pass_over(deals, settings, kpis=(), threads=threads, tile=tile, cancelled=cancelled, progress=progress)
    return tuple(risk_measures(each.figures, deal) for each, deal in zip(passed, deals, strict=True))


def risk_measures(figures: Gathered, deal: Deal) -> RiskMeasures:
    """The measures of one deal from its paths."""
    sample, expected, years = figures.sample(LOSS), figures.mean(LOSS), deal.months / 12
    mean = expected.value or 0.0
    spread = sqrt(float((sample.values - mean) ** 2 @ sample.counts) / max(1, sample.size - 1))
    deviation = figures.error(lambda x: (x - mean) ** 2 / (2 * spread), LOSS) if spread > HALF_CENT else 0.0
    confidence = figures.settings.confidence
    at_risk, slope = _percentile(figures, confidence)
    q = at_risk.value or 0.0

    def capital(x: Array) -> Array:
        return -slope * (x <= q) - x

    economic = Estimate(q - mean, figures.error(capital, LOSS))
    income = figures.mean(INCOME)
    raroc, reasons = Estimate(None), {}
    if q - mean > HALF_CENT:
        value = ((income.value or 0.0) - mean) / (q - mean) / years
        held = (q - mean) * years
        error = figures.error(lambda x, i: (i - x) / held - value * capital(x) / (q - mean), LOSS, INCOME)
        raroc = Estimate(value, error)
    else:
        reasons["raroc"] = NO_CAPITAL
    return RiskMeasures(
        expected_loss=expected,
        unexpected_loss=Estimate(spread, deviation),
        var95=_percentile(figures, 0.95)[0],
        cvar95=_tail(figures, 0.95),
        var99=_percentile(figures, 0.99)[0],
        cvar99=_tail(figures, 0.99),
        value_at_risk=at_risk,
        economic_capital=economic,
        income=income,
        raroc=raroc,
        hardware_margin=figures.mean(MARGIN),
        vendor_position=figures.mean(POSITION),
        lender_loss=figures.mean(LENDER_LOSS),
        reasons=reasons,
    )


def _percentile(figures: Gathered, p: float) -> tuple[Estimate, float]:
    """A percentile of the loss, and how far it moves for each unit of probability."""
    sample = figures.sample(LOSS)
    q = sample.quantile(p)
    wrong = figures.error(lambda x: np.asarray(x <= q, dtype=np.float64), LOSS)
    if not wrong:
        return Estimate(q, wrong), 0.0
    half = (sample.quantile(min(1.0, p + wrong)) - sample.quantile(max(0.0, p - wrong))) / 2
    return Estimate(q, half), half / wrong


def _tail(figures: Gathered, p: float) -> Estimate:
    sample = figures.sample(LOSS)
    q = sample.quantile(p)
    return Estimate(sample.tail_mean(p), figures.error(lambda x: np.maximum(0.0, x - q) / (1 - p), LOSS))
