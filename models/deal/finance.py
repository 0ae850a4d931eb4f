"""How the project is paid for: senior debt, deferred hardware price, the vendor's share, and the collateral."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from models.deal.field import Unit
from models.deal.kinds import choice, flag, fraction, money, month, months, ratio, settlement
from models.deal.kinds import rate as rate_of
from models.deal.part import Part

Sizing = Literal["cover", "advance", "fixed"]
SizingCase = Literal["floor_called", "contracted", "base"]
Profile = Literal["sculpted", "annuity", "straight_line"]
ShareBasis = Literal["gross", "net_of_power", "excess_over_floor"]
Rank = Literal["before_debt", "after_debt"]


def _one_band_at_least(bands: object) -> object:
    """An empty table counts as zeros: one band from 0."""
    return bands if bands or not isinstance(bands, list | tuple) else (0.0,)


class SeniorDebt(Part):
    """The loan that pays for most of the systems."""

    title: ClassVar[str] = "Debt"

    advance_rate: Annotated[
        float,
        fraction(
            "Advance rate",
            "Most the lenders advance, as part of the total capital cost without the deferred part. "
            "As an illustration, 70 to 80 %.",
            of="of capital cost",
        ),
    ]
    sizing: Annotated[
        Sizing,
        choice(
            "Sizing",
            "What fixes the amount of the loan: the cover (within the advance rate), the advance rate alone, "
            "or an amount agreed already.",
            ("cover", "By cover"),
            ("advance", "By advance rate"),
            ("fixed", "Fixed amount"),
        ),
    ]
    fixed_amount: Annotated[
        float | None,
        money(
            "Fixed amount",
            "The loan where the sizing is a fixed amount; not above the total capital cost without the deferred part.",
            step=10e6,
            optional=True,
        ),
    ] = None
    target_dscr: Annotated[
        float,
        ratio(
            "Target DSCR",
            "Cash available for debt service that the lenders ask for each unit of debt service when they "
            "size the loan. As an illustration, 1.20x at the best end, 1.30x with the support fully called.",
            low_open=True,
        ),
    ]
    sizing_case: Annotated[
        SizingCase,
        choice(
            "Sizing case",
            "The revenue the lenders count on: the floor of the commitment fully called, the reserved "
            "segments only, or all segments of the base case.",
            ("floor_called", "Floor fully called"),
            ("contracted", "Contracted revenue"),
            ("base", "Base case"),
        ),
    ]
    sizing_haircut: Annotated[
        float, fraction("Haircut", "Part of that revenue the lenders leave out.", of="of revenue", step=0.05)
    ] = 0.0
    base_rate: Annotated[
        float, rate_of("Base rate", "Reference rate of the loan, such as a swapped SOFR.", step=0.0025)
    ]
    margin: Annotated[
        float,
        rate_of(
            "Margin",
            "What the loan pays above the base rate. Reported of GPU loans in 2026: 225 bp with an "
            "investment-grade customer (March), 450 bp without one (May).",
            step=0.0025,
            unit=Unit.SPREAD,
        ),
    ]
    upfront_fee: Annotated[
        float,
        fraction(
            "Upfront fee",
            "Paid once, in the month of the first delivery, out of the shareholders' money.",
            of="of the loan",
            step=0.0025,
        ),
    ] = 0.0
    commitment_fee: Annotated[
        float,
        fraction(
            "Commitment fee",
            "Paid on what is not drawn yet, up to the month of the last delivery.",
            of="a year of what is undrawn",
            step=0.0025,
        ),
    ] = 0.0
    first_repayment: Annotated[
        str, month("First repayment", "First month of the repayment window; all deliveries must come before it.")
    ]
    repayment_months: Annotated[
        int,
        months(
            "Repayment period", "Length of the repayment window; what lies beyond the model is cut off.", low=1, step=6
        ),
    ]
    profile: Annotated[
        Profile,
        choice(
            "Profile",
            "How the loan is repaid: shaped to the cash of the sizing case, level payments, or equal principal.",
            ("sculpted", "Sculpted"),
            ("annuity", "Annuity"),
            ("straight_line", "Straight line"),
        ),
    ]
    balloon_fraction: Annotated[
        float,
        fraction("Balloon", "Part of the loan left for the last month of the window.", of="of the loan", step=0.05),
    ] = 0.0
    dsra_months: Annotated[int, months("Reserve account", "Months of scheduled debt service kept in reserve.")] = 0
    cash_sweep: Annotated[
        float,
        fraction(
            "Cash sweep",
            "Part of the cash left after all payments that prepays the loan.",
            of="of spare cash",
            step=0.05,
        ),
    ] = 0.0
    lockup_dscr: Annotated[
        float,
        ratio("Lock-up DSCR", "Below this cover over the last twelve months nothing is distributed to shareholders."),
    ] = 0.0
    cure_months: Annotated[
        int,
        months("Cure period", "Consecutive months with something unpaid after which the project is in default.", low=1),
    ]
    default_margin: Annotated[
        float,
        rate_of(
            "Default margin", "Extra interest on interest that was not paid in time.", step=0.0025, unit=Unit.SPREAD
        ),
    ] = 0.0


class VendorFinance(Part):
    """The part of the hardware price that the vendor lets the partner pay later."""

    title: ClassVar[str] = "Vendor finance"

    deferred_fraction: Annotated[
        float,
        fraction(
            "Deferred price",
            "Part of the hardware price that is not paid at delivery but from revenue later.",
            of="of hardware price",
            step=0.05,
        ),
    ] = 0.0
    rate: Annotated[float, rate_of("Interest", "Interest the deferred price carries.", step=0.005)] = 0.0
    recoupment_rate: Annotated[
        float,
        fraction(
            "Recoupment",
            "Part of the supported cloud revenue that goes to pay the deferred price until it is repaid.",
            of="of supported revenue",
        ),
    ] = 0.0


class RevenueShare(Part):
    """The vendor's share of the cloud revenue."""

    title: ClassVar[str] = "Revenue share"

    basis: Annotated[
        ShareBasis,
        choice(
            "Basis",
            "What the share is taken of: all cloud revenue of the supported phases, that less power, or only "
            "what exceeds the floor of the commitment.",
            ("gross", "Gross revenue"),
            ("net_of_power", "Revenue net of power"),
            ("excess_over_floor", "Excess over the floor"),
        ),
    ]
    rates: Annotated[
        tuple[tuple[float, ...], ...],
        fraction(
            "Share rate",
            "The vendor's part by contract year and band; the last year stands for all later ones.",
            of="of the basis",
            shape="by_year_and_band",
        ),
    ] = ()
    bands: Annotated[
        tuple[float, ...],
        money(
            "Bands from",
            "Where each band of a contract year's basis begins; the first begins at 0.",
            step=10e6,
            shape="bands",
        ),
        BeforeValidator(_one_band_at_least),
    ] = (0.0,)
    holiday_months: Annotated[
        int,
        months(
            "Holiday",
            "Months from the first service in which no share is charged; their revenue still fills the bands.",
        ),
    ] = 0
    minimum_annual: Annotated[
        tuple[float, ...],
        money(
            "Minimum a year",
            "The share of each full contract year is raised to this; the last entry stands for all later years.",
            shape="by_year",
        ),
    ] = ()
    cap_multiple: Annotated[
        float | None,
        ratio(
            "Cap",
            "The share ends once it has reached this multiple of the hardware price of the supported phases.",
            optional=True,
        ),
    ] = None
    tail_rate: Annotated[
        float,
        fraction(
            "Rate after the cap",
            "Part of the basis the vendor goes on receiving once the cap is full.",
            of="of the basis",
        ),
    ] = 0.0
    settlement_months: Annotated[
        int, settlement("Settled every", "Months between two payments of the share; they must divide twelve.")
    ]
    rank: Annotated[
        Rank,
        choice(
            "Rank",
            "Whether the share is paid before the lenders or after them.",
            ("before_debt", "Before debt"),
            ("after_debt", "After debt"),
        ),
    ]
    suspend_while_called: Annotated[
        bool, flag("Suspended while called", "No share is paid while the commitment pays; it becomes an arrear.")
    ] = False
    deferral_rate: Annotated[
        float, rate_of("Interest on arrears", "Interest on a share that is owed and not paid.", step=0.005)
    ] = 0.0
    include_support_payments: Annotated[
        bool, flag("Include support payments", "Whether payments of the commitment count as revenue to be shared.")
    ] = False


class Collateral(Part):
    """What the systems are worth later, and how long it takes to sell them after a default."""

    title: ClassVar[str] = "Collateral"

    annual_value_decline: Annotated[
        float, fraction("Loss of value", "Part of its value a system loses each year from delivery.", of="a year")
    ]
    floor_fraction: Annotated[
        float, fraction("Lowest value", "A system is always worth this part of its price.", of="of hardware price")
    ] = 0.0
    sale_cost: Annotated[float, fraction("Cost of sale", "Part of the value lost in selling.", of="of value")] = 0.0
    enforcement_months: Annotated[int, months("Enforcement", "Months from default to the sale of the systems.", low=1)]
