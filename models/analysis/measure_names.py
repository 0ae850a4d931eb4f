"""The measures of risk by their names in files: what each is called, and where `RiskMeasures` holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class MeasureName:
    """One measure: its label, its attribute of `RiskMeasures`, and its unit, "money" or "rate" for a rate a year."""

    label: str
    attribute: str
    unit: str = "money"


MEASURE_NAMES: Mapping[str, MeasureName] = {
    "el": MeasureName("Expected loss", "expected_loss"),
    "unexpected_loss": MeasureName("Unexpected loss", "unexpected_loss"),
    "var95": MeasureName("VaR 95", "var95"),
    "cvar95": MeasureName("CVaR 95", "cvar95"),
    "var99": MeasureName("VaR 99", "var99"),
    "cvar99": MeasureName("CVaR 99", "cvar99"),
    "value_at_risk": MeasureName("Value at risk for capital", "value_at_risk"),
    "economic_capital": MeasureName("Economic capital", "economic_capital"),
    "income": MeasureName("Present value of share and fees", "income"),
    "hardware_margin": MeasureName("Hardware margin", "hardware_margin"),
    "vendor_position": MeasureName("Vendor position", "vendor_position"),
    "lender_el": MeasureName("Lenders' expected loss", "lender_loss"),
    "raroc": MeasureName("RAROC", "raroc", "rate"),
}
"""In the order in which they are read. All of them are internal."""
