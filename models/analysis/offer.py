"""What can be asked for: key figures with their units, thresholds that matter, and sentences for wrong names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from models.analysis.measure_names import MEASURE_NAMES
from models.analysis.shown import FIGURES, shown, unit_of_figure
from models.deal.problems import DealError
from models.deal.schema import Deal
from models.deal.values import clipped
from models.language.line import Measure
from models.lines import model_of

_ASKED = (
    "raroc", "el", "unexpected_loss", "var95", "cvar95", "var99", "cvar99", "economic_capital", "vendor_position",
    "lender_el",
)  # fmt: skip
SIMULATED_FIGURES: Mapping[str, tuple[str, str]] = {
    name: (MEASURE_NAMES[name].label, MEASURE_NAMES[name].unit) for name in _ASKED
}
"""Measures of risk by their names in files, with label and unit. All of them are internal."""


@dataclass(frozen=True)
class FigureInfo:
    """A key figure that can be asked for; `unit` is "money", "fraction", "x", "rate", ...; `internal` hides it."""

    name: str
    label: str
    unit: str
    internal: bool


@dataclass(frozen=True)
class Threshold:
    """A value of a key figure that matters, in file units, and why."""

    label: str
    value: float


def figures_on_offer(deal: Deal) -> tuple[FigureInfo, ...]:
    """The key figures of a deal in the order of `KEY_FIGURES`."""
    model = model_of(deal)
    return tuple(
        FigureInfo(figure.name, figure.label, unit_of_figure(model, figure), figure.internal)
        for figure in FIGURES.values()
    )


def simulated_on_offer() -> tuple[FigureInfo, ...]:
    """The measures of risk that can be asked for; each needs a simulation."""
    return tuple(FigureInfo(name, label, unit, True) for name, (label, unit) in SIMULATED_FIGURES.items())


def figure_info(deal: Deal, name: str) -> FigureInfo:
    """A key figure or a measure of risk by name.

    Raises:
        DealError: there is no such key figure; the nearest is named.
    """
    for figure in (*figures_on_offer(deal), *simulated_on_offer()):
        if figure.name == name:
            return figure
    known = [*FIGURES, *SIMULATED_FIGURES]
    near = [each for each in known if name and name.lower() in each] or get_close_matches(
        name[:80], known, n=1, cutoff=0.4
    )
    end = f'did you mean "{near[0]}"?' if near else f"the key figures are {_listed(list(FIGURES))}."
    raise DealError(f'There is no key figure "{clipped(name)}"; {end}')


def base_figure_info(deal: Deal, name: str) -> FigureInfo:
    """A key figure of the base case by name.

    Raises:
        DealError: there is no such key figure, or it is a measure of risk, which needs a simulation.
    """
    if name in SIMULATED_FIGURES:
        raise DealError(
            f"{SIMULATED_FIGURES[name][0]} comes from the simulation; here a figure of the base case is needed."
        )
    return figure_info(deal, name)


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def figure_text(deal: Deal, name: str, value: float | None) -> str:
    """A value of a key figure in words with its unit: `18.21 % a year`, `1.30 x`, `625,300,000 USD`, `n/a`."""
    counted = figure_info(deal, name).unit
    text, unit = shown(value, counted, deal.currency)
    if text.startswith("("):  # brackets are for figures that stand alone
        text = f"−{text[1:-1]}"
    return unit if counted == Measure.FLAG else f"{text} {unit}".strip()


def thresholds(deal: Deal, name: str) -> tuple[Threshold, ...]:
    """The values of a key figure at which something changes for one of the sides."""
    debt = deal.senior_debt
    cover = (
        Threshold("Lock-up", debt.lockup_dscr),
        Threshold("Cash covers debt service", 1.0),
        Threshold("Target cover", debt.target_dscr),
    )
    zero = (Threshold("Nothing gained or lost", 0.0),)
    known: dict[str, tuple[Threshold, ...]] = {
        "partner_irr": (Threshold("Cost of equity", deal.partner.discount_rate),),
        "min_dscr": cover,
        "min_dscr_without_support": cover,
        "min_dscr_called": (cover[2], cover[0], cover[1]),
        "llcr": (Threshold("Cash covers the debt", 1.0),),
        "loan_to_cost": (Threshold("Advance rate", debt.advance_rate),),
        "vendor_support_npv": zero,
        "vendor_npv": zero,
        "partner_npv": zero,
        "lender_loss": zero,
        "raroc": (Threshold("Hurdle", deal.vendor.hurdle_raroc),),
    }
    return known.get(name, ())
