"""The deal as a frozen value, and what is known about each of its fields."""

from dataclasses import replace
from functools import cache
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field as Limits

from models.deal.field import Field, Unit
from models.deal.finance import Collateral, RevenueShare, SeniorDebt, VendorFinance
from models.deal.internal import Scenario, Uncertainty, Vendor
from models.deal.kinds import choice, count, flag, fraction, month, months, text
from models.deal.part import Items, Part
from models.deal.project import Operations, Partner, Phase, Segment
from models.deal.shared import PARTNER_FIELDS
from models.deal.support import (
    SUPPORTS,
    CapacityCommitment,
    CommonSupport,
    DebtGuarantee,
    LeaseGuarantee,
    LetterOfCredit,
    ResidualValue,
    Support,
)

SCHEMA: Final = 1
SHORTEST_MODEL, LONGEST_MODEL = 6, 360
MOST_PHASES, MOST_SEGMENTS, MOST_SCENARIOS = 12, 20, 50

Clauses = Literal["standard", "new_york", "short"]
"""The shipped sets of standing clauses, each a file of that name."""


class Deal(Part):
    """One deal, as it stands in its file. Fields keep the order of the file."""

    title: ClassVar[str] = "Deal"

    schema_: Literal[1] = Limits(SCHEMA, alias="schema")
    name: Annotated[str, text("Name", "What this deal is called here and in documents.", least=1)]
    currency: Annotated[
        str,
        text(
            "Currency",
            "Three-letter code of the currency of every price and amount, such as USD.",
            least=3,
            pattern="[A-Z]{3}",
            pattern_words='three capital letters such as "USD"',
        ),
    ]
    start: Annotated[str, month("First month", "First month of the model; flows fall at the end of each month.")]
    months: Annotated[
        int,
        months(
            "Length",
            "Months of the model. Programmes announced in 2026 run six to eight years.",
            low=SHORTEST_MODEL,
            high=LONGEST_MODEL,
            step=12,
        ),
    ]
    include_residual: Annotated[
        bool, flag("Sell systems at the end", "Whether the systems are sold in the last month and their value counted.")
    ] = False
    equity_kicker: Annotated[
        float,
        fraction(
            "Equity kicker",
            "Part of every distribution that goes to the vendor, as warrants would.",
            of="of distributions",
        ),
    ] = 0.0
    vendor_name: Annotated[
        str | None,
        text(
            "Vendor's name",
            "The company of the vendor that becomes a party, as the term sheet names it.",
            least=1,
            optional=True,
            none_word="to be named",
        ),
    ] = None
    clauses: Annotated[
        Clauses | None,
        choice(
            "Standing clauses",
            "The clauses of the term sheet that do not depend on the figures: conditions precedent, covenants, "
            "governing law and the like. Their texts are files that counsel can edit.",
            ("standard", "English law"),
            ("new_york", "New York law"),
            ("short", "Short form"),
            optional=True,
            none_word="English law",
        ),
    ] = None
    valid_days: Annotated[
        int | None,
        count(
            "Terms valid for",
            "Days from the date of the term sheet after which its terms lapse.",
            low=1,
            high=366,
            step=5,
            unit=Unit.DAYS,
            optional=True,
            none_word="30",
        ),
    ] = None
    partner: Partner
    phases: Annotated[
        tuple[Phase, ...], Limits(min_length=1, max_length=MOST_PHASES), Items("Phases", "Phase", 1, MOST_PHASES)
    ]
    demand: Annotated[
        tuple[Segment, ...],
        Limits(min_length=1, max_length=MOST_SEGMENTS),
        Items("Demand", "Segment", 1, MOST_SEGMENTS),
    ]
    operations: Operations
    senior_debt: SeniorDebt
    vendor_finance: VendorFinance = VendorFinance()
    revenue_share: RevenueShare
    credit_support: Annotated[
        tuple[Support, ...], Limits(max_length=len(SUPPORTS)), Items("Credit support", "Support", 0, len(SUPPORTS))
    ] = ()
    collateral: Collateral
    vendor: Vendor
    uncertainty: Uncertainty
    scenarios: Annotated[
        tuple[Scenario, ...] | None,
        Limits(max_length=MOST_SCENARIOS),
        Items("Scenarios", "Scenario", 0, MOST_SCENARIOS),
    ] = None


@cache
def fields(part: type[Part]) -> dict[str, Field]:
    """The fields of a class of the deal that hold a value (a number, month, word, choice or table), by name.

    Nested parts and lists of parts are not among them: see `parts` and `items`. A field is internal unless the list
    of what a partner may see names it.
    """
    shared = PARTNER_FIELDS.get(_PLACES.get(part, part.__name__), ())
    return {
        name: replace(known, internal=name not in shared)
        for name, info in part.model_fields.items()
        for known in info.metadata
        if isinstance(known, Field)
    }


_PLACES: dict[type[Part], str] = {
    Deal: "",
    Partner: "partner",
    Phase: "phases",
    Segment: "demand",
    Operations: "operations",
    SeniorDebt: "senior_debt",
    VendorFinance: "vendor_finance",
    RevenueShare: "revenue_share",
    Collateral: "collateral",
    **dict.fromkeys((CommonSupport, *SUPPORTS), "credit_support"),
}
"""Where in a deal the parts stand of which a partner may see something."""


@cache
def items(part: type[Part]) -> dict[str, Items]:
    """The lists of parts that a class of the deal holds, by name."""
    return {
        name: known for name, info in part.model_fields.items() for known in info.metadata if isinstance(known, Items)
    }


@cache
def parts(part: type[Part]) -> dict[str, type[Part]]:
    """The single parts that a class of the deal holds, by name."""
    return {
        name: info.annotation
        for name, info in part.model_fields.items()
        if isinstance(info.annotation, type) and issubclass(info.annotation, Part)
    }


__all__ = [
    "SCHEMA",
    "SUPPORTS",
    "CapacityCommitment",
    "Clauses",
    "Collateral",
    "Deal",
    "DebtGuarantee",
    "LeaseGuarantee",
    "LetterOfCredit",
    "Operations",
    "Partner",
    "Phase",
    "ResidualValue",
    "RevenueShare",
    "Scenario",
    "Segment",
    "SeniorDebt",
    "Support",
    "Uncertainty",
    "Vendor",
    "VendorFinance",
    "fields",
    "items",
    "parts",
]
