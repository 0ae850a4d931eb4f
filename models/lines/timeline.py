"""Months, inflation and contract years."""

from models.language.line import Kind, Measure
from models.language.words import (
    both,
    days_in_month,
    flag,
    greatest,
    least,
    months_between,
    round_up,
    sum_of,
    where,
)
from models.lines.book import line

SECTION = "Timeline"


@line("Hours in the month", Measure.HOURS, section=SECTION)
def hours(deal, month):
    """Hours are 24 times the calendar days, so a February sells less than a March."""
    return days_in_month(deal.start, month) * 24


@line("Last month", Measure.FLAG, section=SECTION)
def last_month(deal, month):
    """The model ends here: what is left is sold, repaid and distributed."""
    return flag(month == deal.months - 1)


@line("Inflation index", Measure.NUMBER, section=SECTION)
def inflation(operations, month):
    """Growth of power, site and variable cost since the start."""
    return (1 + operations.annual_inflation) ** (month / 12)


@line("Delivery month", Measure.MONTH, section=SECTION, each="phase", once=True)
def delivery_month(deal, phase):
    """Month in which the systems of the phase arrive and are paid for."""
    return months_between(phase.delivery, deal.start) + phase.delivery_delay


@line("First month in service", Measure.MONTH, section=SECTION, each="phase", once=True)
def service_month(phase, delivery_month):
    """Systems earn nothing until they are installed."""
    return delivery_month + phase.install_months


@line("Delivered", Measure.FLAG, section=SECTION, each="phase")
def delivered(month, delivery_month):
    """From delivery on the phase costs rent and insurance and has a value."""
    return flag(month >= delivery_month)


@line("Delivered this month", Measure.FLAG, section=SECTION, each="phase")
def delivery(month, delivery_month):
    """The month in which the phase is paid for."""
    return flag(month == delivery_month)


@line("Any phase delivered", Measure.FLAG, section=SECTION)
def any_delivered(delivered):
    """Upfront fees fall in the first month in which this turns 1."""
    return flag(sum_of(delivered) > 0)


@line("GPUs in service", Measure.GPUS, section=SECTION, each="phase")
def phase_in_service(month, phase, service_month):
    """GPUs installed, growing in equal steps over the ramp-up of the phase."""
    grown = least(1, (month - service_month + 1) / greatest(1, phase.ramp_months))
    return where(month >= service_month, phase.gpus * grown, 0)


@line("GPUs in service, all phases", Measure.GPUS, section=SECTION)
def in_service(phase_in_service):
    """GPUs that need power and site services."""
    return sum_of(phase_in_service)


@line("First month of operation", Measure.MONTH, section=SECTION, once=True)
def first_operation(service_month):
    """First month in which any phase is in service; contract years and settlements are counted from here."""
    return least(*service_month)


@line("In operation", Measure.FLAG, section=SECTION)
def in_operation(month, first_operation):
    """1 from the first month in which any phase is in service."""
    return flag(month >= first_operation)


@line("Month of operation", Measure.MONTHS, section=SECTION, kind=Kind.COUNT)
def operation_month(month, first_operation):
    """1 in the first month of operation, 0 before it."""
    return greatest(0, month - first_operation + 1)


@line("Contract year", Measure.YEAR, section=SECTION, kind=Kind.COUNT)
def contract_year(operation_month):
    """Years of twelve months from the first month of operation; before it, year 1."""
    return greatest(1, round_up(operation_month / 12))


@line("First month of a contract year", Measure.FLAG, section=SECTION)
def year_starts(operation_month, contract_year):
    """Amounts counted by contract year start again here."""
    return flag(operation_month == 12 * (contract_year - 1) + 1)


@line("Last month of a full contract year", Measure.FLAG, section=SECTION)
def year_ends(operation_month, contract_year):
    """Minimum shares of a contract year are brought up here."""
    return flag(operation_month == 12 * contract_year)


@line("First repayment month", Measure.MONTH, section=SECTION, once=True)
def first_repayment_month(deal, senior_debt):
    """Repayment, sweep and distributions start here; before it shareholders cover what is short."""
    return months_between(senior_debt.first_repayment, deal.start)


@line("Repayments", Measure.MONTHS, section=SECTION, once=True)
def repayments(deal, senior_debt, first_repayment_month):
    """Length of the repayment window, cut at the end of the model."""
    return least(senior_debt.repayment_months, deal.months - first_repayment_month)


@line("Before the first repayment", Measure.FLAG, section=SECTION)
def before_repayment(month, first_repayment_month):
    """1 while shareholders still cover whatever cash is short."""
    return flag(month < first_repayment_month)


@line("Repayment window", Measure.FLAG, section=SECTION)
def repaying(month, first_repayment_month, repayments):
    """Months in which debt is scheduled to be repaid."""
    return flag(both(month >= first_repayment_month, month < first_repayment_month + repayments))


@line("Last scheduled repayment", Measure.FLAG, section=SECTION)
def repayment_ends(month, first_repayment_month, repayments):
    """The last month of the window repays all that is left, the balloon with it."""
    return flag(month == first_repayment_month + repayments - 1)
