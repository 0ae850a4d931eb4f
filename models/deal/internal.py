"""What only the vendor's own team sees: its return targets, the simulation's settings, and scenarios."""

from typing import Annotated, ClassVar, Literal

from pydantic import PlainValidator

from models.deal.field import Unit
from models.deal.frozen import FrozenDict, frozen_object
from models.deal.kinds import choice, count, fraction, number, rate, text
from models.deal.part import Part

PartnerDefault = Literal["rating", "none"]
Sampling = Literal["random", "antithetic", "sobol"]


class Vendor(Part):
    """The vendor's own measure of the deal."""

    title: ClassVar[str] = "Vendor"

    discount_rate: Annotated[
        float,
        rate("Discount rate", "Rate at which the vendor values its flows, effective a year.", step=0.005),
    ]
    gross_margin: Annotated[
        float,
        fraction("Gross margin", "The vendor's margin on the hardware price.", of="of hardware price"),
    ]
    incrementality: Annotated[
        float,
        fraction(
            "Incrementality",
            "Part of that margin that would not exist without the support.",
            of="of margin",
            step=0.05,
        ),
    ]
    hurdle_raroc: Annotated[float, rate("Hurdle RAROC", "Return a year on economic capital that the vendor asks for.")]


class Uncertainty(Part):
    """The settings of the simulation."""

    title: ClassVar[str] = "Uncertainty"

    paths: Annotated[
        int,
        count(
            "Paths",
            "Number of simulated paths; the standard error falls with its square root.",
            low=1,
            step=10_000,
        ),
    ]
    seed: Annotated[
        int,
        count("Seed", "Start of the random numbers; the same seed gives the same results.", high=2**53 - 1),
    ]
    demand_volatility: Annotated[
        float,
        number(
            "Demand volatility",
            "Standard deviation of the common demand factor, per square-root year.",
            low=0.0,
            high=5.0,
            step=0.05,
            unit=Unit.FRACTION,
        ),
    ]
    demand_reversion: Annotated[
        float,
        number(
            "Demand reversion",
            "Speed a year at which the demand factor returns to its mean; 0 never returns.",
            low=0.0,
            high=100.0,
            step=0.1,
        ),
    ]
    price_volatility: Annotated[
        float,
        number(
            "Price volatility",
            "Standard deviation of the common price factor, per square-root year. As an "
            "illustration, 25 % around the fall.",
            low=0.0,
            high=5.0,
            step=0.05,
            unit=Unit.FRACTION,
        ),
    ]
    price_reversion: Annotated[
        float,
        number(
            "Price reversion",
            "Speed a year at which the price factor returns to its mean; 0 never returns.",
            low=0.0,
            high=100.0,
            step=0.1,
        ),
    ]
    correlation: Annotated[
        float,
        fraction("Demand with price", "Correlation of the demand and price shocks.", low=-1.0, step=0.1),
    ]
    segment_share: Annotated[
        float,
        fraction(
            "Own risk of a segment",
            "Part of each segment's variance that it does not share with the others.",
            of="of variance",
            step=0.1,
        ),
    ]
    residual_volatility: Annotated[
        float,
        number(
            "Residual volatility",
            "Standard deviation of the log of the systems' value at the horizon.",
            low=0.0,
            high=5.0,
            step=0.05,
            unit=Unit.FRACTION,
        ),
    ]
    residual_correlation: Annotated[
        float,
        fraction(
            "Residual with price",
            "Correlation of the systems' value with the price shocks.",
            low=-1.0,
            step=0.1,
        ),
    ]
    partner_default: Annotated[
        PartnerDefault,
        choice(
            "Partner's own default",
            "Whether the partner may default for reasons outside this project, by the curve of its rating.",
            ("rating", "By rating"),
            ("none", "Never"),
        ),
    ]
    default_correlation: Annotated[
        float,
        fraction(
            "Default with demand",
            "How strongly the partner's own default follows low demand (wrong-way risk).",
            step=0.1,
        ),
    ]
    delivery_delay_months: Annotated[
        tuple[float, ...] | None,
        number(
            "Delivery delay",
            "Mean delay of each phase in months, in the order of the phases.",
            low=0.0,
            high=120.0,
            step=1,
            unit=Unit.MONTHS,
            shape="by_phase",
            optional=True,
        ),
    ] = None
    default_curve: Annotated[
        tuple[float, ...] | None,
        fraction(
            "Default curve",
            "Cumulative probability of default by year, in place of the curve of the rating (S&P global "
            "corporates 1981-2024).",
            step=0.005,
            shape="by_year",
            optional=True,
            none_word="by rating",
        ),
    ] = None
    sampling: Annotated[
        Sampling | None,
        choice(
            "Sampling",
            "How the random numbers are drawn.",
            ("random", "Random"),
            ("antithetic", "Antithetic pairs"),
            ("sobol", "Sobol"),
            optional=True,
            none_word="Random",
        ),
    ] = None
    capital_confidence: Annotated[
        float | None,
        number(
            "Confidence of capital",
            "Part of the simulated paths whose loss economic capital covers.",
            low=0.5,
            high=0.9999,
            step=0.005,
            unit=Unit.FRACTION,
            optional=True,
            none_word="99.0",
        ),
    ] = None


class Scenario(Part):
    """A named set of changes over the base deal, or over another scenario."""

    title: ClassVar[str] = "Scenario"

    name: Annotated[str, text("Name", "What this scenario is called.", least=1)]
    parent: Annotated[
        str | None,
        text(
            "Built on",
            "The scenario this one changes further.",
            optional=True,
            none_word="the base deal",
        ),
    ] = None
    changes: Annotated[FrozenDict, PlainValidator(frozen_object)] = FrozenDict()
