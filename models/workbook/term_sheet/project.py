"""Who the parties are, what is built, why, and what the hardware costs."""

from __future__ import annotations

from models.workbook.term_sheet.blocks import Grid, Terms, said
from models.workbook.term_sheet.countries import country_name
from models.workbook.term_sheet.facts import Facts
from models.workbook.term_sheet.order import reference
from models.workbook.term_sheet.words import about, amount, capital, count, listed, month, months, percent, price


def parties(facts: Facts) -> Terms:
    vendor = facts.deal.vendor_name or "[to be named]"
    return [
        (
            "Vendor",
            said(f"{vendor} (the “Vendor”), which sells the systems and gives the support described below."),
        ),
        (
            "Partner",
            said(
                f"{facts.partner.name} (the “Partner”), which buys the systems and operates them as a cloud "
                "service "
                "for tenants of its own."
            ),
        ),
        (
            "Lenders",
            said(
                "The banks and funds that provide the senior debt, acting through a facility agent and a security "
                "agent (the “Lenders”). They are not parties to these terms."
            ),
        ),
        (
            "Shareholders",
            said(f"The holders of equity in the Partner, who fund what the senior debt does not{_opening(facts)}."),
        ),
    ]


def _opening(facts: Facts) -> str:
    cash = facts.partner.opening_cash
    return f" and put in opening cash of {amount(facts.currency, cash)} in the first month" if cash else ""


def project(facts: Facts) -> Terms:
    deal, phases = facts.deal, facts.phases
    gpus = sum(phase.gpus for phase in phases)
    terms: Terms = [
        (
            "Project",
            said(
                f"The purchase, installation and operation of systems with {count(gpus)} GPUs, delivered in "
                f"{_phases(len(phases))} (the “Project”)."
            ),
        ),
        ("Phases", [_phase_table(facts)]),
    ]
    if country := facts.partner.country:
        name = country_name(country)
        terms.insert(1, ("Location", said(name if name == country else f"The data centre is in {name}.")))
    ramps = [phase for phase in phases if phase.ramp_months]
    if ramps:
        rise = listed([f"{phase.name} over {months(phase.ramp_months)}" for phase in ramps])
        terms.append(("Ramp-up", said(f"Capacity enters service in equal monthly steps: {rise}.")))
    longstop = _longstop(facts)
    in_time = f", provided that they are in service by {longstop}" if longstop else ""
    terms.append(
        (
            "Supported systems",
            said(
                f"The phases marked as supported above{in_time} (the “Supported Systems”).",
                "Revenue, hours and power are attributed to them in the proportion of their available GPU-hours to "
                "those of all systems.",
            ),
        )
    )
    if facts.years:
        terms.append(
            (
                "Contract year",
                said(
                    "Each period of twelve months that begins with the first month in which a phase is in "
                    "service, "
                    f"expected to be {facts.month(facts.operation)}, or with an anniversary of it."
                ),
            )
        )
    terms.append(
        (
            "Term",
            said(
                f"{capital(months(deal.months))}, from {month(deal.start)} to {facts.last_month}. Payments fall "
                "due "
                f"at the end of a month. All amounts are in {deal.currency}."
            ),
        )
    )
    return terms


def _longstop(facts: Facts) -> str:
    commitment = facts.support("capacity_commitment")
    return month(commitment.longstop) if commitment and commitment.longstop else ""


def _phases(number: int) -> str:
    return "one phase" if number == 1 else f"{months(number).split(' ', maxsplit=1)[0]} phases"


def _phase_table(facts: Facts) -> Grid:
    rows = [
        (
            phase.name,
            phase.system or "to be agreed",
            month(phase.delivery),
            facts.month(round(facts.once(f"service_month[{k}]"))),
            "yes" if phase.supported else "no",
            count(phase.gpus),
            price(phase.kw_per_gpu),
            percent(phase.availability),
        )
        for k, phase in enumerate(facts.phases)
    ]
    head = ("Phase", "System", "Delivery", "In service from", "Supported", "GPUs", "kW per GPU", "Availability")
    return Grid(head, tuple(rows), words=5)


def purpose(facts: Facts) -> Terms:
    given = [words for kind, words in _PURPOSES if facts.support(kind)]
    given += ["deferring part of the price of the systems"] if facts.finance.deferred_fraction else []
    share = any(any(rates) for rates in facts.share.rates)
    helps = (
        f"The Vendor supports the financing of the Project by {listed(given)}, so that the Lenders can size the senior "
        "debt on it."
        if given
        else "The Vendor sells the systems; it gives no support to the financing of the Project under these terms."
    )
    returns = (
        " In return the Vendor receives, beyond the price of the systems, a share of the cloud revenue and the fees "
        "stated below."
        if share
        else ""
    )
    return [
        ("Purpose of the support", said(helps + returns)),
        (
            "Use of funds",
            said(
                "Senior debt and equity are applied only to the price of the systems, the other capital cost of "
                "the "
                f"Project and the upfront fees. The capital cost is expected to be "
                f"{about(facts.currency, facts.figure('capex'))}."
            ),
        ),
    ]


_PURPOSES = (
    ("capacity_commitment", "committing to pay for capacity that does not earn an agreed floor"),
    ("debt_guarantee", "guaranteeing part of the senior debt"),
    ("lease_guarantee", "guaranteeing rent of the data centre"),
    ("residual_value", "guaranteeing part of the value of the systems at an agreed date"),
    ("letter_of_credit", "procuring a letter of credit for debt service"),
)


def hardware(facts: Facts) -> Terms:
    finance, currency = facts.finance, facts.currency
    rows = [
        (
            phase.name,
            count(phase.gpus),
            count(phase.hardware_price),
            count(phase.gpus * phase.hardware_price),
            count(phase.other_capex),
            count(phase.gpus * phase.other_capex),
        )
        for phase in facts.phases
    ]
    sums = (
        sum(phase.gpus * getattr(phase, name) for phase in facts.phases) for name in ("hardware_price", "other_capex")
    )
    hardware_total, other_total = (count(value) for value in sums)
    rows.append(("All phases", count(sum(phase.gpus for phase in facts.phases)), "", hardware_total, "", other_total))
    head = (
        "Phase", "GPUs", f"Hardware price per GPU, {currency}", f"Hardware price, {currency}",
        f"Other capital cost per GPU, {currency}", f"Other capital cost, {currency}",
    )  # fmt: skip
    terms: Terms = [("Price", [Grid(head, tuple(rows), total=True)])]
    if not finance.deferred_fraction:
        terms.append(("Payment", said("The hardware price of each phase is due in full on its delivery.")))
        return terms
    terms += [
        (
            "Payment",
            said(
                f"Of the hardware price of each phase {percent(1 - finance.deferred_fraction)} is due on its "
                "delivery. "
                f"The Vendor defers the remaining {percent(finance.deferred_fraction)} (the “Deferred Price”)."
            ),
        ),
        (
            "Deferred price",
            said(
                f"The Deferred Price bears interest at {percent(finance.rate)} a year, added monthly. It is repaid "
                f"from {percent(finance.recoupment_rate)} of the cloud revenue of the Supported Systems, directly "
                f"after the revenue share in the order of payments ({reference('Order of payments')}), until it is "
                f"repaid. What is then left is due at the end of the Term."
            ),
        ),
        (
            "Amount deferred",
            said(f"{amount(currency, facts.total('hardware_deferred'))} before interest."),
        ),
    ]
    return terms
