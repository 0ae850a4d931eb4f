"""The project itself: the partner, the phases it builds, the tenants it serves, and what it costs to run."""

from typing import Annotated, ClassVar, Literal

from models.deal.field import Field, Unit
from models.deal.kinds import choice, count, flag, fraction, money, month, months, number, rate, text
from models.deal.kinds import price as price_of
from models.deal.part import Part

Rating = Literal["A", "BBB", "BB", "B", "CCC"]
Product = Literal["reserved", "on_demand", "tokens"]


class Partner(Part):
    """The AI cloud that owns and runs the systems."""

    title: ClassVar[str] = "Partner"

    name: Annotated[str, text("Name", "The AI cloud that owns the systems and sells their hours.", least=1)]
    country: Annotated[str, text("Country", "Where the systems stand; a label, it changes no figure.")] = ""
    rating: Annotated[
        Rating,
        choice(
            "Rating",
            "Your own view of the partner's credit. It picks the default curve of the simulation (S&P global "
            "corporates 1981-2024: a B defaults in 13.31 % of cases within four years). Never shown to the partner.",
            ("A", "A"),
            ("BBB", "BBB"),
            ("BB", "BB"),
            ("B", "B"),
            ("CCC", "CCC"),
        ),
    ]
    opening_cash: Annotated[
        float,
        money("Opening cash", "Cash the shareholders put in at the start, on top of what the capital cost needs."),
    ] = 0.0
    minimum_cash: Annotated[
        float, money("Minimum cash", "Cash kept in the project before any debt is prepaid or anything is distributed.")
    ] = 0.0
    tax_rate: Annotated[
        float,
        fraction(
            "Tax rate",
            "Corporate tax on profit after losses brought forward; losses carry forward without limit.",
            of="of profit",
        ),
    ]
    tax_life_months: Annotated[
        int,
        months(
            "Tax life",
            "Months of straight-line depreciation for tax, from the month each phase enters service.",
            low=1,
            high=600,
            step=12,
        ),
    ]
    discount_rate: Annotated[
        float,
        rate(
            "Cost of equity",
            "What the partner's shareholders must earn, effective a year. Your own estimate: "
            "never shown to the partner.",
        ),
    ]


class Phase(Part):
    """One delivery of systems."""

    title: ClassVar[str] = "Phase"

    name: Annotated[str, text("Name", "A short name for this delivery.", least=1)]
    system: Annotated[str, text("System", "The product delivered, such as GB300 NVL72; a label.")] = ""
    gpus: Annotated[float, count("GPUs", "Number of GPUs delivered in this phase.", unit=Unit.GPUS, step=1000)]
    delivery: Annotated[
        str,
        month(
            "Delivery",
            "Month in which the systems arrive and are paid for. It must lie inside the model and before the "
            "first repayment.",
        ),
    ]
    install_months: Annotated[int, months("Installation", "Months from delivery to service.")]
    ramp_months: Annotated[
        int, months("Ramp-up", "Months over which the phase grows in equal steps to full service; 0 starts in full.")
    ]
    availability: Annotated[
        float,
        fraction(
            "Availability",
            "Part of the installed GPU-hours that can be sold after failures and maintenance.",
            of="of GPU-hours",
            step=0.005,
        ),
    ]
    kw_per_gpu: Annotated[
        float,
        number(
            "Power per GPU",
            "Critical power per GPU with its share of the system. Sites announced in 2026 come to 1.8 to 2.1 kW.",
            low=0.0,
            high=1000.0,
            step=0.1,
            unit=Unit.KW,
        ),
    ]
    hardware_price: Annotated[
        float, price_of("Hardware price", "Price of the vendor's systems per GPU.", unit=Unit.MONEY_PER_GPU, step=1000)
    ]
    other_capex: Annotated[
        float,
        price_of(
            "Other capital cost",
            "Everything else paid at delivery per GPU: network, storage, fit-out, freight.",
            unit=Unit.MONEY_PER_GPU,
            step=500,
        ),
    ]
    supported: Annotated[
        bool, flag("Supported", "Whether the capacity commitment and the revenue share cover this phase.")
    ]


class Segment(Part):
    """One group of tenants. The order of the list is the priority: capacity goes to the first segment first."""

    title: ClassVar[str] = "Segment"

    segment: Annotated[
        str,
        text(
            "Segment",
            "Who these tenants are: startups, model builders, enterprises, research, regional players, or "
            "any other name.",
            least=1,
        ),
    ]
    product: Annotated[
        Product,
        choice(
            "Product",
            "Reserved capacity under contract, GPU-hours on demand, or tokens of an inference service.",
            ("reserved", "Reserved"),
            ("on_demand", "On demand"),
            ("tokens", "Tokens"),
        ),
    ]
    gpus: Annotated[
        float,
        count(
            "GPUs wanted",
            "GPUs this segment wants once ramped up, before growth.",
            unit=Unit.GPUS,
            step=500,
            whole=False,
        ),
    ]
    start: Annotated[str, month("First month", "First month in which this segment buys.")]
    end: Annotated[
        str | None,
        month("Last month", "Last month in which this segment buys.", optional=True, none_word="to the last month"),
    ] = None
    ramp_months: Annotated[int, months("Ramp-up", "Months over which demand grows in equal steps to its full size.")]
    annual_growth: Annotated[float, rate("Growth", "Change of the GPUs wanted a year, from the first month on.")] = 0.0
    price: Annotated[
        float,
        price_of(
            "Price",
            "Price at the start of the model, per GPU-hour or per million tokens. An H100 for a year cost 2.35 US "
            "dollars an hour in March 2026 (SemiAnalysis). As an illustration, a B200 5 to 6, a GB300 6 to 8.",
        ),
    ]
    annual_price_change: Annotated[
        float,
        rate(
            "Price change",
            "Change of the price a year since the start of the model. As an illustration, falling 15 to "
            "25 % a year. Prices also rise: of an H100 from 1.70 US dollars in October 2025 to 2.35 in March 2026 "
            "(SemiAnalysis).",
        ),
    ] = 0.0
    price_floor: Annotated[float, price_of("Lowest price", "The price never falls below this.")] = 0.0
    tokens_per_second: Annotated[
        float | None,
        number(
            "Tokens per second",
            "Tokens one GPU serves per second; needed where the product is tokens.",
            low=0.0,
            high=1e9,
            step=100,
            unit=Unit.TOKENS_PER_SECOND,
            optional=True,
        ),
    ] = None
    annual_throughput_gain: Annotated[
        float, rate("Throughput gain", "Growth of tokens per second a year from better software.")
    ] = 0.0
    bad_debt: Annotated[
        float, fraction("Bad debt", "Part of the bill that is never collected.", of="of revenue", step=0.005)
    ] = 0.0
    demand_beta: Annotated[
        float,
        number(
            "Demand beta",
            "How strongly this segment's demand follows the common demand factor in the simulation; "
            "0 leaves it certain. Never shown to the partner.",
            low=-10.0,
            high=10.0,
            step=0.1,
        ),
    ] = 0.0
    price_beta: Annotated[
        float,
        number(
            "Price beta",
            "How strongly this segment's price follows the common price factor in the simulation; "
            "0 leaves it certain. Never shown to the partner.",
            low=-10.0,
            high=10.0,
            step=0.1,
        ),
    ] = 0.0
    gpus_by_month: Annotated[
        tuple[float, ...] | None,
        count(
            "GPUs by month",
            "GPUs wanted in each month of the model, in place of size, dates, ramp-up and growth; "
            "none wanted after its end.",
            unit=Unit.GPUS,
            whole=False,
            step=100,
            shape="by_month",
            optional=True,
        ),
    ] = None


class Operations(Part):
    """What it costs to run the systems."""

    title: ClassVar[str] = "Costs"

    pue: Annotated[
        float,
        Field(
            "PUE",
            Unit.NUMBER,
            "Power drawn by the site per unit of critical power. As an illustration, 1.02 to 1.25 with liquid "
            "cooling; the average of the Uptime Institute's survey of 2023 is 1.58.",
            low=1.0,
            high=10.0,
            step=0.05,
        ),
    ]
    power_price_kwh: Annotated[
        float,
        price_of(
            "Power price",
            "Price of electricity. US industry paid 0.08 US dollars on average in 2023 (EIA). As an illustration, "
            "0.05 to 0.12.",
            unit=Unit.PER_KWH,
            step=0.01,
        ),
    ]
    idle_power_fraction: Annotated[
        float,
        fraction(
            "Idle power",
            "Power an installed GPU draws while it is not sold, as part of its full power.",
            of="of full power",
            step=0.05,
        ),
    ]
    site_cost_per_gpu_hour: Annotated[
        float,
        price_of(
            "Site cost", "Staff, maintenance, network and software for each GPU in service, sold or not.", step=0.05
        ),
    ]
    variable_cost_per_gpu_hour: Annotated[
        float, price_of("Cost of an hour sold", "Cost that arises only for hours sold.", step=0.05)
    ]
    sga_fraction: Annotated[
        float,
        fraction(
            "Selling and overheads",
            "Selling, general and administrative cost as part of the cloud revenue.",
            of="of revenue",
            step=0.005,
        ),
    ]
    insurance_fraction: Annotated[
        float,
        fraction(
            "Insurance",
            "Premium a year as part of the hardware price of all systems delivered so far.",
            of="of hardware price a year",
            step=0.001,
        ),
    ]
    annual_inflation: Annotated[
        float,
        rate("Inflation", "Growth a year of power, site and variable cost since the start of the model.", step=0.005),
    ]
    rent_per_kw_month: Annotated[
        float,
        price_of(
            "Rent",
            "Rent of the data centre per critical kW and month. It is owed whether hours sell or not. Asked "
            "on average in North America's primary markets: 163 US dollars in 2023, 184 in 2024 (CBRE).",
            unit=Unit.PER_KW_MONTH,
            step=5,
        ),
    ]
    rent_escalator: Annotated[
        float, rate("Rent escalator", "Growth of the rent a year since the start of the model.", step=0.005)
    ]
