"""What it costs to build and to run the systems."""

from models.language.line import Kind, Measure
from models.language.words import both, flag, greatest, least, prior, sum_of, sum_of_products, total, where
from models.lines.book import line

COSTS = "Operating costs"
CAPITAL = "Capital cost"


@line("Hardware price", Measure.MONEY, section=CAPITAL, each="phase", once=True)
def hardware_cost(phase):
    """Price of the vendor's systems in the phase, any deferred part included."""
    return phase.gpus * phase.hardware_price


@line("Depreciable cost", Measure.MONEY, section=CAPITAL, each="phase", once=True)
def depreciable_cost(phase, hardware_cost):
    """Hardware and other capital cost, whether paid at delivery or deferred."""
    return hardware_cost + phase.gpus * phase.other_capex


@line("Deferred hardware price", Measure.MONEY, section=CAPITAL, each="phase", once=True)
def deferred_cost(vendor_finance, hardware_cost):
    """Part of the hardware price that the vendor finances and recoups from revenue."""
    return hardware_cost * vendor_finance.deferred_fraction


@line("Hardware price paid at delivery", Measure.MONEY, section=CAPITAL, each="phase", once=True)
def cash_hardware_cost(hardware_cost, deferred_cost):
    """What the vendor receives at delivery."""
    return hardware_cost - deferred_cost


@line("Capital cost paid at delivery", Measure.MONEY, section=CAPITAL, each="phase", once=True)
def cash_capital_cost(depreciable_cost, deferred_cost):
    """What debt and equity must fund."""
    return depreciable_cost - deferred_cost


@line("Capital cost as planned", Measure.MONEY, section=CAPITAL)
def planned_capex(cash_capital_cost, delivery):
    """Capital cost of the phases delivered in the month; debt is sized and drawn in its proportion."""
    return sum_of_products(cash_capital_cost, delivery)


@line("Capital cost", Measure.MONEY, section=CAPITAL, once=True)
def capex(planned_capex):
    """Total capital cost, the deferred part excluded."""
    return total(planned_capex)


@line("Capital cost paid", Measure.MONEY, section=CAPITAL)
def capex_paid(operating, planned_capex):
    """Paid at delivery; nothing is bought after a default."""
    return operating * planned_capex


@line("Hardware paid", Measure.MONEY, section=CAPITAL)
def hardware_paid(operating, cash_hardware_cost, delivery):
    """The vendor's part of the capital cost paid."""
    return operating * sum_of_products(cash_hardware_cost, delivery)


@line("Hardware price deferred", Measure.MONEY, section=CAPITAL)
def hardware_deferred(operating, deferred_cost, delivery):
    """Hardware price that becomes a debt to the vendor at delivery."""
    return operating * sum_of_products(deferred_cost, delivery)


@line("Hardware price if supported", Measure.MONEY, section=CAPITAL, each="phase", once=True)
def supported_hardware_cost(phase, hardware_cost):
    """Hardware price of the phase if it is marked as supported, in time or not."""
    return hardware_cost * phase.supported


@line("Hardware price of supported phases", Measure.MONEY, section=CAPITAL, once=True)
def supported_hardware_price(supported_hardware_cost):
    """Base of the cap on the revenue share."""
    return sum_of(supported_hardware_cost)


@line("Hardware delivered so far", Measure.MONEY, section=CAPITAL, kind=Kind.BALANCE)
def hardware_delivered(hardware_cost, delivered):
    """Base of the insurance premium."""
    return sum_of_products(hardware_cost, delivered)


@line("Critical power", Measure.KILOWATTS, section=COSTS, each="phase", once=True)
def phase_kilowatts(phase):
    """Critical power of the phase when all its GPUs run."""
    return phase.gpus * phase.kw_per_gpu


@line("Critical power delivered", Measure.KILOWATTS, section=COSTS)
def kilowatts_delivered(phase_kilowatts, delivered):
    """Rent is owed on this, from delivery on."""
    return sum_of_products(phase_kilowatts, delivered)


@line("Critical power in service", Measure.KILOWATTS, section=COSTS, each="phase")
def phase_load(phase, phase_in_service):
    """Power of the GPUs in service, at full load."""
    return phase_in_service * phase.kw_per_gpu


@line("Power cost at full load", Measure.MONEY, section=COSTS)
def full_power_cost(hours, operations, inflation, phase_load):
    """What power costs if every GPU in service runs; the site draws PUE times the critical power."""
    return sum_of(phase_load) * hours * operations.pue * operations.power_price_kwh * inflation


@line("Power cost", Measure.MONEY, section=COSTS)
def power_cost(operations, operating, full_power_cost, utilisation):
    """Sold GPUs draw full power, idle ones a part of it."""
    idle = operations.idle_power_fraction
    return operating * full_power_cost * (idle + (1 - idle) * utilisation)


@line("Site cost and insurance", Measure.MONEY, section=COSTS)
def standing_costs(operations, hours, inflation, in_service, hardware_delivered):
    """Costs that do not depend on sales: site services of GPUs in service, insurance of systems delivered."""
    site = in_service * hours * operations.site_cost_per_gpu_hour * inflation
    return site + operations.insurance_fraction / 12 * hardware_delivered


@line("Cost of hours sold", Measure.MONEY, section=COSTS)
def variable_costs(operations, inflation, sold_gpu_hours):
    """Cost that arises only for hours sold."""
    return sold_gpu_hours * operations.variable_cost_per_gpu_hour * inflation


@line("Operating costs", Measure.MONEY, section=COSTS)
def operating_costs(operations, operating, power_cost, standing_costs, variable_costs, cloud_revenue):
    """Power, site, hours sold, insurance, selling and overheads; none after a default."""
    return power_cost + operating * standing_costs + variable_costs + operations.sga_fraction * cloud_revenue


@line("Bought before a default", Measure.FLAG, section=CAPITAL, each="phase", once=True)
def phase_bought(partner_default_month, delayed, delivery_month):
    """In a simulated path the partner may default before a delivery, which then never happens."""
    if partner_default_month is None or delayed:
        return None
    return flag(delivery_month <= partner_default_month)


@line("Bought so far", Measure.FLAG, section=CAPITAL, each="phase")
def phase_held(delayed, operating, delivery, phase_held):
    """Where deliveries can be late, a default of the project itself may come before one, too."""
    return prior(phase_held) + operating * delivery if delayed else None


@line("Critical power bought", Measure.KILOWATTS, section=COSTS, once=True)
def kilowatts_bought(phase_kilowatts, phase_bought):
    """All that is ever delivered in a simulated path."""
    return sum_of_products(phase_kilowatts, phase_bought)


@line("Critical power rented for", Measure.KILOWATTS, section=COSTS)
def kilowatts_rented(
    partner_default_month, delayed, phase_kilowatts, phase_held, kilowatts_delivered, kilowatts_bought
):
    """Nothing is rented for systems that a default kept from being bought."""
    if partner_default_month is None:
        return None
    return sum_of_products(phase_kilowatts, phase_held) if delayed else least(kilowatts_delivered, kilowatts_bought)


def _rent(month, operations, kilowatts):
    return kilowatts * operations.rent_per_kw_month * (1 + operations.rent_escalator) ** (month / 12)


@line("Rent due", Measure.MONEY, section=COSTS)
def rent_due(month, operations, partner_default_month, kilowatts_delivered, kilowatts_rented):
    """Rent of the space for all systems delivered; it runs on after a default."""
    return _rent(month, operations, kilowatts_delivered if partner_default_month is None else kilowatts_rented)


@line("Rent before any default", Measure.MONEY, section=COSTS)
def contract_rent(month, operations, partner_default_month, kilowatts_delivered):
    """Debt is sized on the rent of all systems, where a simulated path may leave some of them unbought."""
    return None if partner_default_month is None else _rent(month, operations, kilowatts_delivered)


@line("Age", Measure.MONTHS, section=CAPITAL, each="phase", kind=Kind.COUNT)
def phase_age(month, delivery_month):
    """Months since delivery."""
    return greatest(0, month - delivery_month)


@line("Value in part of price", Measure.FRACTION, section=CAPITAL, each="phase")
def value_fraction(collateral, delivered, phase_age):
    """Systems lose a constant part of their value a year from delivery, down to a floor."""
    kept = (1 - collateral.annual_value_decline) ** (phase_age / 12)
    return delivered * greatest(collateral.floor_fraction, where(phase_age > 0, kept, 1))


@line("Value of the systems", Measure.MONEY, section=CAPITAL, each="phase", kind=Kind.BALANCE)
def phase_value(
    partner_default_month, delayed, hardware_cost, value_fraction, residual_factor, phase_bought, phase_held
):
    """What the systems of the phase would sell for, before the cost of selling."""
    if partner_default_month is None:
        return hardware_cost * value_fraction
    return hardware_cost * value_fraction * (residual_factor * (phase_held if delayed else phase_bought))


@line("Value of all systems", Measure.MONEY, section=CAPITAL, kind=Kind.BALANCE)
def collateral_value(phase_value):
    """The lenders' security."""
    return sum_of(phase_value)


@line("Depreciation", Measure.MONEY, section=CAPITAL, each="phase")
def phase_depreciation(month, partner, service_month, depreciable_cost):
    """Straight line over the tax life from the month the phase enters service."""
    within = both(month >= service_month, month < service_month + partner.tax_life_months)
    return where(within, depreciable_cost / partner.tax_life_months, 0)


@line("Depreciation for tax", Measure.MONEY, section=CAPITAL)
def depreciation(operating, phase_depreciation):
    """Lowers the taxable profit; none after a default."""
    return operating * sum_of(phase_depreciation)
