"""What varies from path to path, and how it is distributed.

Demand and prices. Common monthly shocks e_d, e_p are standard normal with correlation `correlation`; each segment has
shocks of its own, independent of all else. With k the reversion and vol the volatility of demand (or of prices),

    x[m] = x[m-1] * exp(-k/12) + vol * sqrt(dt_k) * e[m],   x[-1] = 0
    dt_k = (1 - exp(-2k/12)) / (2k), 1/12 for k = 0
    e[m] = sqrt(1 - segment_share) * common[m] + sqrt(segment_share) * own[m]
    factor[m] = exp(beta * x[m] - beta^2 * Var x[m] / 2),   Var x[m] = vol^2 * (1 - exp(-2k (m+1)/12)) / (2k)

so a factor has mean 1 in every month, its log the standard deviation beta * sqrt(Var x[m]), and two segments' logs the
correlation 1 - segment_share. `volatility` is the standard deviation gathered in a year without reversion, `reversion`
the speed a year at which a shock fades (half of it is gone after ln 2 / k years), `beta` the loading of a segment.

Residual value. One factor for a path: R = exp(s * w - s^2/2), w = r * sum(e_p) / sqrt(N) + sqrt(1 - r^2) * own, with
s = `residual_volatility`, the standard deviation of log R, and r = `residual_correlation`. Its mean is 1.

The partner's own default. latent = sqrt(rho) * Z + sqrt(1 - rho) * own, Z = sum(e_d) / sqrt(N), rho =
`default_correlation`; the default falls in the first month m whose cumulative probability F(m) reaches Phi(latent). So
the default times follow the curve whatever rho is, given Z their probability is Vasicek's (1987)
Phi((Phi^-1(F) - sqrt(rho) Z) / sqrt(1 - rho)), and low demand brings early defaults (wrong-way risk).

Delay of a delivery, where the deal gives a mean M for the phase: whole months d with P(d >= j) = (M / (1 + M))^j, the
geometric distribution, in which a system not yet delivered arrives in any month with the same chance. Its mean is M,
its standard deviation sqrt(M (1 + M)); phases are late independently of each other and of everything else. A delay
beyond the end of the model is a delivery that never comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, sqrt
from threading import local

import numpy as np
from numpy.typing import NDArray

from models.deal.schema import Deal
from models.risk.curves import by_month, curve_of, normal_quantiles
from models.risk.settings import RiskSettings
from models.risk.streams import BLOCK, DEMAND, FIRST_OWN, PRICE, Streams

Array = NDArray[np.float64]

DEMAND_FACTOR, PRICE_FACTOR = "demand[{}].demand_factor", "demand[{}].price_factor"
RESIDUAL_FACTOR, DEFAULT_MONTH = "factors.residual_factor", "factors.partner_default_month"
DELIVERY_DELAY = "phases[{}].delivery_delay"
_PHASES = 12


@dataclass(frozen=True)
class LogFactor:
    """The mean-reverting log factor of demand or of prices."""

    volatility: float
    reversion: float
    months: int

    @property
    def kept(self) -> float:
        """Part of a shock that is left a month later."""
        return float(np.exp(-self.reversion / 12))

    @property
    def step(self) -> float:
        """Standard deviation of a month's shock."""
        return self.volatility * float(np.sqrt(_integrated(self.reversion, np.array([1.0]))[0]))

    @cached_property
    def variance(self) -> Array:
        """Variance of x by month, shape (months,)."""
        return self.volatility**2 * _integrated(self.reversion, np.arange(1.0, self.months + 1))


def _integrated(reversion: float, months: Array) -> Array:
    """(1 - exp(-2k t)) / (2k) for t in years, t itself for k = 0."""
    years = months / 12
    if reversion == 0:
        return years
    return np.asarray(-np.expm1(-2 * reversion * years) / (2 * reversion))


@dataclass(frozen=True)
class DriverTerms:
    """All that decides the drivers of a deal besides the random numbers; equal terms give equal paths."""

    months: int
    demand: LogFactor
    price: LogFactor
    betas: tuple[tuple[float, float], ...]
    correlation: float
    segment_share: float
    residual_volatility: float
    residual_correlation: float
    default_curve: tuple[float, ...]
    default_correlation: float
    delays: tuple[float, ...]


def terms_of(deal: Deal) -> DriverTerms:
    """The terms in a deal."""
    known, months = deal.uncertainty, deal.months
    return DriverTerms(
        months=months,
        demand=LogFactor(known.demand_volatility, known.demand_reversion, months),
        price=LogFactor(known.price_volatility, known.price_reversion, months),
        betas=tuple((segment.demand_beta, segment.price_beta) for segment in deal.demand),
        correlation=known.correlation,
        segment_share=known.segment_share,
        residual_volatility=known.residual_volatility,
        residual_correlation=known.residual_correlation,
        default_curve=curve_of(deal),
        default_correlation=known.default_correlation,
        delays=delays_of(deal),
    )


def delays_of(deal: Deal) -> tuple[float, ...]:
    """Mean delay of each phase in months, phases without one at 0; empty where no phase can be late."""
    given = deal.uncertainty.delivery_delay_months or ()
    means = tuple(given[i] if i < len(given) else 0.0 for i in range(len(deal.phases)))
    return means if any(means) else ()


@dataclass(frozen=True)
class _Kind:
    """Demand or prices: the segments that vary, and what turns their shocks into logs of factors.

    Attributes:
        stream: of the common shocks.
        segments: numbers of the segments, beginning with 0.
        common, own: scales of the shocks, shape (segments, 1, 1).
        drift: what brings the mean of the factors to 1, shape (segments, months, 1).
    """

    name: str
    stream: int
    kept: float
    segments: tuple[int, ...]
    common: Array
    own: Array
    drift: Array


def _kind(name: str, stream: int, log: LogFactor, betas: Sequence[float], share: float) -> _Kind:
    varying = tuple(s for s, beta in enumerate(betas) if beta != 0 and log.volatility != 0)
    chosen = np.array([betas[s] for s in varying]).reshape(-1, 1, 1)
    scale = chosen * log.step
    drift = chosen**2 / 2 * log.variance[None, :, None]
    return _Kind(name, stream, log.kept, varying, scale * np.sqrt(1 - share), scale * np.sqrt(share), drift)


class Drivers:
    """The drivers of the paths of a simulation, tile by tile; several threads may draw at the same time."""

    def __init__(self, terms: DriverTerms, settings: RiskSettings, *, remember: bool = False) -> None:
        """Ready to draw; with `remember`, what was drawn once is kept for the next pass over few paths."""
        self.terms = terms
        self._remembered: dict[tuple[int, int], dict[str, Array]] | None = {} if remember else None
        self._streams = Streams(settings.seed, settings.sampling, terms.months)
        self._thresholds = normal_quantiles(by_month(terms.default_curve, terms.months))
        self._delay_thresholds = [_delay_thresholds(mean, terms.months) for mean in terms.delays]
        share = terms.segment_share
        self._kinds = (
            _kind(DEMAND_FACTOR, DEMAND, terms.demand, [beta for beta, _ in terms.betas], share),
            _kind(PRICE_FACTOR, PRICE, terms.price, [beta for _, beta in terms.betas], share),
        )
        self._room = local()

    def tile(self, first: int, blocks: int) -> dict[str, Array]:
        """The drivers of consecutive blocks of paths, by the path of the model's input.

        Args:
            first: number of the first block; its paths begin at `first * BLOCK`.
            blocks: how many.

        Returns:
            Factors of demand and prices of shape (months, columns), or (months, 1) ones where a segment does not
            vary; residual factor, month of default (`months` for none) and delays of shape (1, columns). Unless
            remembered they hold until the same thread draws again.
        """
        if self._remembered is None:
            return self._tile(first, blocks, _room(self._room))
        if (first, blocks) not in self._remembered:
            self._remembered[first, blocks] = self._tile(first, blocks, {})
        return self._remembered[first, blocks]

    def _tile(self, first: int, blocks: int, room: dict[object, Array]) -> dict[str, Array]:
        terms, columns = self.terms, blocks * BLOCK
        factors = [
            _array(room, (k, blocks), (len(kind.segments), terms.months, columns)) for k, kind in enumerate(self._kinds)
        ]
        made: dict[str, Array] = {}
        for kind, rows in zip(self._kinds, factors, strict=True):
            made |= {kind.name.format(s): np.ones((terms.months, 1)) for s in range(len(terms.betas))}
            made |= {kind.name.format(s): rows[i] for i, s in enumerate(kind.segments)}
        for name in (RESIDUAL_FACTOR, DEFAULT_MONTH, *map(DELIVERY_DELAY.format, range(len(terms.delays)))):
            made[name] = np.empty((1, columns))
        for b in range(blocks):
            at = slice(b * BLOCK, (b + 1) * BLOCK)
            once = {name: rows[:, at] for name, rows in made.items() if rows.shape[0] == 1}
            self._fill(first + b, [rows[:, :, at] for rows in factors], once, room)
        # on all blocks together: between many short steps two threads would get in each other's way
        for kind, rows in zip(self._kinds, factors, strict=True):
            if kind.segments:
                _revert(rows, kind.kept)
                np.subtract(rows, kind.drift, out=rows)
                np.exp(rows, out=rows)
        return made

    def _fill(self, block: int, factors: Sequence[Array], once: Mapping[str, Array], room: dict[object, Array]) -> None:
        """Write the drivers of one block, factors as shocks that do not fade yet (`_tile` does the rest)."""
        terms, streams, shape = self.terms, self._streams, (self.terms.months, BLOCK)
        demand = streams.shocks(block, DEMAND, _array(room, "demand", shape))
        price = streams.shocks(block, PRICE, _array(room, "price", shape))
        price *= np.sqrt(1 - terms.correlation**2)
        price += terms.correlation * demand
        root = np.sqrt(terms.months)
        own = streams.once(block, 2 + _PHASES if terms.delays else 2)
        self._draw_once(demand.sum(axis=0) / root, price.sum(axis=0) / root, own, once)
        for kind, common, into in zip(self._kinds, (demand, price), factors, strict=True):
            if not kind.segments:
                continue
            np.multiply(common, kind.common, out=into)
            if terms.segment_share > 0:
                more = _array(room, "more", (len(kind.segments), *shape))
                for i, s in enumerate(kind.segments):
                    streams.shocks(block, FIRST_OWN + 2 * s + kind.stream - DEMAND, more[i])
                more *= kind.own
                np.add(into, more, out=into)

    def _draw_once(self, z_demand: Array, z_price: Array, own: Array, into: Mapping[str, Array]) -> None:
        terms = self.terms
        r, s = terms.residual_correlation, terms.residual_volatility
        into[RESIDUAL_FACTOR][0] = np.exp(s * (r * z_price + np.sqrt(1 - r * r) * own[0]) - s * s / 2)
        rho = terms.default_correlation
        latent = np.sqrt(rho) * z_demand + np.sqrt(1 - rho) * own[1]
        into[DEFAULT_MONTH][0] = np.searchsorted(self._thresholds, latent)
        for i, thresholds in enumerate(self._delay_thresholds):
            into[DELIVERY_DELAY.format(i)][0] = np.searchsorted(thresholds, own[2 + i])


def _room(of_thread: local) -> dict[object, Array]:
    """The arrays that a thread uses again and again."""
    if not hasattr(of_thread, "arrays"):
        of_thread.arrays = {}
    arrays: dict[object, Array] = of_thread.arrays
    return arrays


def _array(room: dict[object, Array], name: object, shape: tuple[int, ...]) -> Array:
    """An array of this shape for any values, the one used before if there is one."""
    if name not in room or room[name].shape != shape:
        room[name] = np.empty(shape)
    return room[name]


def _revert(shocks: Array, kept: float) -> None:
    """Turn monthly shocks of variance 1 into x / step, in place, shape (segments, months, columns).

    In two levels, so that each step is on many rows: first within spans of months, then from span to span.
    """
    months = shocks.shape[1]
    span = ceil(sqrt(months))
    for m in range(1, span):
        rows = shocks[:, m::span]
        rows += kept * shocks[:, m - 1 :: span][:, : rows.shape[1]]
    faded = kept ** np.arange(1.0, span + 1)[:, None]
    for start in range(span, months, span):
        rows = shocks[:, start : start + span]
        rows += faded[: rows.shape[1]] * shocks[:, start - 1 : start]


def _delay_thresholds(mean: float, months: int) -> Array:
    """Normals from which a delay is 1, 2, ... `months` months: the quantiles of P(delay < j)."""
    on_time: Array = 1.0 - (mean / (1.0 + mean)) ** np.arange(1.0, months + 1)
    return normal_quantiles(on_time)
