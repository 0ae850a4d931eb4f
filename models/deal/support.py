"""The five kinds of credit support a vendor can give; at most one of each kind in a deal."""

from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator

from models.deal.field import Field, Unit
from models.deal.kinds import choice, flag, fraction, money, month, months, price, rate, settlement, text
from models.deal.part import Part

CommitmentBasis = Literal["revenue", "unsold_hours", "unsold_hours_put", "utilisation"]
Netting = Literal["none", "annual"]
Timing = Literal["timely", "ultimate"]


class CommonSupport(Part):
    """What every kind of support has: a name, fees, and whether its payments must be returned."""

    name: Annotated[str, text("Name", "What this support is called in documents.", least=1)]
    fee_bps: Annotated[
        float,
        Field(
            "Running fee", Unit.BPS, "Fee a year on the commitment that is still open.", low=0.0, high=10_000.0, step=25
        ),
    ] = 0.0
    upfront_fee: Annotated[
        float,
        fraction(
            "Upfront fee",
            "Fee on the maximum commitment, paid once at the first delivery.",
            of="of the commitment",
            step=0.0025,
        ),
    ] = 0.0
    reimbursable: Annotated[
        bool, flag("Reimbursable", "Whether payments become a debt of the partner to the vendor.")
    ] = False
    reimbursement_rate: Annotated[
        float, rate("Interest on payments", "Interest on payments the partner has not returned yet.", step=0.005)
    ] = 0.0


class CapacityCommitment(CommonSupport):
    """The vendor commits to pay for capacity that does not earn its floor."""

    title: ClassVar[str] = "Capacity commitment"

    kind: Literal["capacity_commitment"] = "capacity_commitment"
    basis: Annotated[
        CommitmentBasis,
        choice(
            "Basis",
            "What the vendor pays for: revenue short of the floor, hours left unsold, unsold hours with the "
            "partner free to hand over all of them, or utilisation short of a floor.",
            ("revenue", "Revenue shortfall"),
            ("unsold_hours", "Unsold hours"),
            ("unsold_hours_put", "Unsold hours, put"),
            ("utilisation", "Utilisation"),
        ),
    ]
    floor_prices: Annotated[
        tuple[float, ...],
        price(
            "Floor price",
            "Price committed for each contract year, 0 after the last.",
            shape="by_year",
        ),
    ] = ()
    coverage: Annotated[
        float, fraction("Coverage", "Part of the supported hours that the commitment covers.", of="of hours", step=0.05)
    ] = 1.0
    utilisation_floor: Annotated[
        float,
        fraction(
            "Utilisation floor",
            "Part of the supported hours below which the vendor pays, where the basis is utilisation.",
            of="of hours",
            step=0.05,
        ),
    ] = 0.0
    deductible: Annotated[
        float, fraction("Deductible", "Part of the floor that the partner bears before the vendor pays.", of="of floor")
    ] = 0.0
    settlement_months: Annotated[
        int,
        settlement(
            "Settled every", "Months between two settlements, counted from the first service; they must divide twelve."
        ),
    ]
    netting: Annotated[
        Netting,
        choice(
            "Netting",
            "Whether good months of a contract year offset bad ones. What an earlier settlement paid is never "
            "taken back.",
            ("none", "Each settlement alone"),
            ("annual", "Within contract year"),
        ),
    ] = "none"
    aggregate_cap: Annotated[
        float | None,
        money(
            "Cap in total",
            "Most the vendor ever pays.",
            step=10e6,
            optional=True,
        ),
    ] = None
    annual_cap: Annotated[
        float | None,
        money("Cap per contract year", "Most the vendor pays in one contract year.", step=10e6, optional=True),
    ] = None
    longstop: Annotated[
        str | None,
        month(
            "Longstop",
            "Phases in service after this month are not covered.",
            optional=True,
        ),
    ] = None
    internal_use_value: Annotated[
        float,
        fraction(
            "Value of own use",
            "Part of a payment that the vendor recovers by using the capacity itself. Never shown to the partner.",
            of="of payments",
            step=0.05,
        ),
    ] = 0.0


class DebtGuarantee(CommonSupport):
    """The vendor guarantees part of the loan."""

    title: ClassVar[str] = "Debt guarantee"

    kind: Literal["debt_guarantee"] = "debt_guarantee"
    coverage: Annotated[
        float,
        fraction("Coverage", "Part of each shortfall or loss that the guarantee pays.", of="of the loss", step=0.05),
    ]
    cap: Annotated[
        float | None, money("Cap", "Most the guarantee ever pays.", step=10e6, optional=True, none_word="from the loan")
    ] = None
    cap_fraction: Annotated[
        float | None,
        fraction(
            "Cap, part of the loan",
            "Most the guarantee pays as part of the loan; used where no cap is given as an amount.",
            of="of the loan",
            step=0.05,
            optional=True,
        ),
    ] = None
    timing: Annotated[
        Timing,
        choice(
            "Timing",
            "Timely pays debt service as it falls short; ultimate pays only the loss after enforcement.",
            ("timely", "Timely payment"),
            ("ultimate", "Ultimate loss"),
        ),
    ]


class LeaseGuarantee(CommonSupport):
    """The vendor guarantees the rent of the data centre."""

    title: ClassVar[str] = "Lease guarantee"

    kind: Literal["lease_guarantee"] = "lease_guarantee"
    cap: Annotated[
        float,
        money(
            "Cap in total",
            "Most the vendor ever pays.",
            step=10e6,
        ),
    ]
    escrow: Annotated[
        float,
        money(
            "Escrow",
            "Posted by the partner's shareholders in the first month and drawn before the vendor pays.",
            step=10e6,
        ),
    ] = 0.0
    escrow_release: Annotated[
        str | None,
        month(
            "Escrow returned",
            "Month in which what is left of the escrow goes to the partner's cash; it may lie beyond the model.",
            optional=True,
            none_word="in the last month",
        ),
    ] = None
    start: Annotated[str, month("First month", "First month in which the vendor pays rent.")]
    end: Annotated[
        str | None,
        month(
            "Last month",
            "Last month in which the vendor pays rent; it may lie beyond the model.",
            optional=True,
            none_word="to the last month",
        ),
    ] = None
    relet_months: Annotated[
        int, months("Time to re-let", "Months after a default in which the whole rent is claimed.")
    ] = 0
    relet_fraction: Annotated[
        float, fraction("Re-let", "Part of the rent a new tenant pays after that.", of="of rent", step=0.05)
    ] = 0.0


class ResidualValue(CommonSupport):
    """The vendor guarantees what the systems are worth at a date."""

    title: ClassVar[str] = "Residual value"

    kind: Literal["residual_value"] = "residual_value"
    date: Annotated[str, month("Date", "Month in which the value is measured and the vendor pays.")]
    cap_fraction: Annotated[
        float | None,
        fraction(
            "Cap",
            "Most the vendor pays, as part of the hardware price of each phase.",
            of="of hardware price",
            step=0.05,
            optional=True,
        ),
    ] = None
    quota: Annotated[
        float, fraction("Quota", "Part of the shortfall that the vendor pays.", of="of the shortfall", step=0.05)
    ] = 1.0
    strike_fraction: Annotated[
        float, fraction("Strike", "Value promised, as part of the hardware price.", of="of hardware price", step=0.05)
    ]
    remarketing_cost: Annotated[
        float,
        fraction("Remarketing cost", "Part of the value lost in selling, borne under the guarantee.", of="of value"),
    ] = 0.0


class LetterOfCredit(CommonSupport):
    """A bank pays debt service on the vendor's account, up to an amount."""

    title: ClassVar[str] = "Letter of credit"

    kind: Literal["letter_of_credit"] = "letter_of_credit"
    amount: Annotated[float, money("Amount", "Most that can be drawn, once the reserve account is empty.", step=1e6)]


Support = Annotated[
    CapacityCommitment | DebtGuarantee | LeaseGuarantee | ResidualValue | LetterOfCredit, Discriminator("kind")
]
SUPPORTS: tuple[type[CommonSupport], ...] = (
    CapacityCommitment,
    DebtGuarantee,
    LeaseGuarantee,
    ResidualValue,
    LetterOfCredit,
)
