"""What the tenants want, what they get in order of priority, and what they pay."""

from models.language.line import Kind, Measure
from models.language.words import (
    MILLION,
    SECONDS_PER_HOUR,
    both,
    flag,
    greatest,
    least,
    months_between,
    ratio,
    sum_of,
)
from models.lines.book import line

SECTION = "Demand"


@line("First month", Measure.MONTH, section=SECTION, each="segment", once=True)
def segment_start(deal, segment):
    """First month in which the segment buys."""
    if segment.gpus_by_month is not None:
        return None
    return months_between(segment.start, deal.start)


@line("Buying", Measure.FLAG, section=SECTION, each="segment")
def segment_buying(deal, month, segment, segment_start):
    """1 from the first to the last month of the segment, both included."""
    if segment.gpus_by_month is not None:
        return None
    if segment.end is None:
        return flag(month >= segment_start)
    return flag(both(month >= segment_start, month <= months_between(segment.end, deal.start)))


@line("Ramp-up of demand", Measure.FRACTION, section=SECTION, each="segment")
def segment_ramp(month, segment, segment_start, segment_buying):
    """Demand grows in equal steps over the ramp-up."""
    if segment.gpus_by_month is not None:
        return None
    return segment_buying * least(1, (month - segment_start + 1) / greatest(1, segment.ramp_months))


@line("GPUs wanted", Measure.GPUS, section=SECTION, each="segment")
def gpus_wanted(month, segment, segment_start, segment_ramp):
    """Size of the segment with its ramp-up and growth, or the series given for it."""
    if segment.gpus_by_month is not None:
        return segment.gpus_by_month
    return segment.gpus * segment_ramp * (1 + segment.annual_growth) ** (greatest(0, month - segment_start) / 12)


@line("Price in the base case", Measure.PRICE, section=SECTION, each="segment")
def list_price(month, segment):
    """Price with its yearly change, never below the lowest price of the segment."""
    return greatest(segment.price_floor, segment.price * (1 + segment.annual_price_change) ** (month / 12))


@line("Tokens of a GPU-hour", Measure.MILLION_TOKENS, section=SECTION, each="segment")
def tokens_per_gpu_hour(month, segment):
    """Million tokens that one GPU serves in an hour, with the gains of better software."""
    if segment.product != "tokens":
        return None
    served = segment.tokens_per_second * SECONDS_PER_HOUR / MILLION
    return served * (1 + segment.annual_throughput_gain) ** (month / 12)


@line("Earned per GPU-hour in the base case", Measure.PRICE, section=SECTION, each="segment")
def base_price(segment, list_price, tokens_per_gpu_hour):
    """Price per GPU-hour; for tokens the price of a million times the millions served, less bad debt."""
    collected = list_price * (1 - segment.bad_debt)
    return collected * tokens_per_gpu_hour if segment.product == "tokens" else collected


def _sizes_on_sales(senior_debt):
    return senior_debt.sizing_case != "floor_called"


@line("Capacity left for the segment, base case", Measure.GPU_HOURS, section=SECTION, each="segment")
def base_left(senior_debt, capacity_gpu_hours, base_left, base_sold):
    """Segments are served in the order of the list; each gets what those before it leave."""
    if not _sizes_on_sales(senior_debt):
        return None
    first = base_left.previous is None
    return capacity_gpu_hours if first else base_left.previous - base_sold.previous


@line("GPU-hours sold, base case", Measure.GPU_HOURS, section=SECTION, each="segment")
def base_sold(senior_debt, hours, gpus_wanted, base_left):
    """Sales on which debt is sized: expected demand and no default."""
    if not _sizes_on_sales(senior_debt):
        return None
    return least(gpus_wanted * hours, base_left)


@line("Revenue, base case", Measure.MONEY, section=SECTION, each="segment")
def base_revenue(base_sold, base_price):
    """Revenue on which debt is sized."""
    return base_sold * base_price


@line("Capacity left for the segment", Measure.GPU_HOURS, section=SECTION, each="segment")
def hours_left(available_gpu_hours, hours_left, offered_gpu_hours):
    """Segments are served in the order of the list; each gets what those before it leave."""
    first = hours_left.previous is None
    return available_gpu_hours if first else hours_left.previous - offered_gpu_hours.previous


@line("GPU-hours tenants take", Measure.GPU_HOURS, section=SECTION, each="segment")
def offered_gpu_hours(segment, hours, gpus_wanted, hours_left):
    """What the segment wants, as far as capacity is left; before anything is handed over to the vendor."""
    return least(gpus_wanted * hours * segment.demand_factor, hours_left)


@line("Revenue tenants offer", Measure.MONEY, section=SECTION, each="segment")
def offered_revenue(segment, offered_gpu_hours, base_price):
    """What those hours earn, before anything is handed over to the vendor."""
    return offered_gpu_hours * base_price * segment.price_factor


@line("GPU-hours sold", Measure.GPU_HOURS, section=SECTION, each="segment", name="sold_gpu_hours")
def segment_sold(offered_gpu_hours, handed_over):
    """Hours sold to the segment; a put takes the same part from every segment."""
    return offered_gpu_hours * (1 - handed_over)


@line("Revenue", Measure.MONEY, section=SECTION, each="segment", name="revenue")
def segment_revenue(offered_revenue, handed_over):
    """Revenue collected from the segment."""
    return offered_revenue * (1 - handed_over)


@line("GPU-hours sold", Measure.GPU_HOURS, section=SECTION)
def sold_gpu_hours(segment_sold):
    """Hours that earn revenue."""
    return sum_of(segment_sold)


@line("Cloud revenue", Measure.MONEY, section=SECTION)
def cloud_revenue(segment_revenue):
    """Revenue of all segments after bad debt."""
    return sum_of(segment_revenue)


@line("GPU-hours tenants leave", Measure.GPU_HOURS, section=SECTION)
def tenants_leave(hours_left, offered_gpu_hours):
    """Hours that no segment wants."""
    return hours_left[-1] - offered_gpu_hours[-1]


@line("GPU-hours unsold", Measure.GPU_HOURS, section=SECTION)
def unsold_gpu_hours(tenants_leave, handed_over, offered_hours):
    """Hours that tenants leave, and those handed over to the vendor."""
    return tenants_leave + handed_over * offered_hours


@line("Utilisation", Measure.FRACTION, section=SECTION, kind=Kind.RATIO)
def utilisation(sold_gpu_hours, available_gpu_hours):
    """Part of the available hours that is sold."""
    return ratio(sold_gpu_hours, available_gpu_hours)


@line("Supported revenue", Measure.MONEY, section=SECTION)
def supported_revenue(cloud_revenue, supported_fraction):
    """Part of the revenue to which commitment and share apply."""
    return cloud_revenue * supported_fraction
