"""GPU-hours that can be sold, and those the vendor's support covers."""

from models.language.line import Measure
from models.language.words import flag, months_between, prior, ratio, sum_of, where
from models.lines.book import line

SECTION = "Capacity"


@line("Operating", Measure.FLAG, section=SECTION)
def operating(defaulted):
    """1 until the month after a default; then nothing is sold, bought, drawn, claimed, charged or taxed."""
    return 1 - prior(defaulted)


@line("GPU-hours that can be sold", Measure.GPU_HOURS, section=SECTION, each="phase")
def phase_capacity(hours, phase, phase_in_service):
    """Failures and maintenance take their part of the installed hours."""
    return phase_in_service * hours * phase.availability


@line("Covered by support", Measure.FLAG, section=SECTION, each="phase", once=True)
def phase_supported(deal, phase, commitment, service_month):
    """A phase is covered if agreed so and, under a longstop, if it is in service in time."""
    if not commitment or commitment.longstop is None:
        return phase.supported
    return where(service_month <= months_between(commitment.longstop, deal.start), phase.supported, 0)


@line("Supported GPU-hours", Measure.GPU_HOURS, section=SECTION, each="phase")
def phase_supported_capacity(phase_capacity, phase_supported):
    """Hours of the phase to which commitment and revenue share apply."""
    return phase_capacity * phase_supported


@line("GPU-hours before any default", Measure.GPU_HOURS, section=SECTION)
def capacity_gpu_hours(phase_capacity):
    """Hours that could be sold while the partner operates; debt is sized on them."""
    return sum_of(phase_capacity)


@line("Supported GPU-hours before any default", Measure.GPU_HOURS, section=SECTION)
def supported_capacity_gpu_hours(phase_supported_capacity):
    """Covered hours while the partner operates; debt and commitment are sized on them."""
    return sum_of(phase_supported_capacity)


@line("GPU-hours available", Measure.GPU_HOURS, section=SECTION)
def available_gpu_hours(operating, capacity_gpu_hours):
    """Hours that can be sold; none after a default."""
    return operating * capacity_gpu_hours


@line("GPU-hours supported", Measure.GPU_HOURS, section=SECTION)
def supported_gpu_hours(operating, supported_capacity_gpu_hours):
    """Available hours that commitment and share cover."""
    return operating * supported_capacity_gpu_hours


@line("Supported part", Measure.FRACTION, section=SECTION)
def supported_fraction(supported_gpu_hours, available_gpu_hours):
    """Sales are not told apart by phase, so covered phases take their part of revenue and of unsold hours."""
    return ratio(supported_gpu_hours, available_gpu_hours)


@line("A month of partner's own default", Measure.FLAG, section=SECTION)
def own_default(month, partner_default_month):
    """In a simulated path the partner may default for reasons outside this project."""
    if partner_default_month is None:
        return None
    return flag(month >= partner_default_month)
