"""Everything the window shows of a simulation at once, made away from the window."""

from __future__ import annotations

from models.analysis.risk_outcomes import figure_outcomes, loss_outcomes
from models.analysis.risk_reading import LENDERS, LOSS, POSITION, PRESENT_VALUES, RiskReading, error_decimals
from models.analysis.risk_shown import FanShown, Outcomes, RiskShown
from models.analysis.risk_tables import figures_table, results_table, stress_table, support_table
from models.analysis.risk_time import calls_of, exposure_of, fan_of
from models.analysis.worth_a_look import paths_worth_a_look
from models.engine.case import KEY_FIGURES, Case
from models.risk.results import RiskResult

_SAMPLING = {"random": "", "antithetic": "antithetic pairs", "sobol": "Sobol points"}


def risk_view(result: RiskResult, case: Case) -> RiskShown:
    """What there is to show of a simulation; `case` is the base case of the same deal."""
    read = RiskReading(result, case)
    loss = result.measures.expected_loss
    settings = result.settings
    return RiskShown(
        settings=f"{settings.paths:,} paths, seed {settings.seed}",
        sampling=_SAMPLING[settings.sampling],
        wrong_way=_wrong_way(case),
        expected_loss=(
            (loss.value or 0.0) / 1e6,
            None if loss.se is None else loss.se / 1e6,
            error_decimals(loss, 1e-6, least=1 if (loss.value or 0.0) < 1e8 else 0),
        ),
        money_unit=read.money_unit,
        loss=loss_outcomes(read),
        exposure=exposure_of(read),
        calls=calls_of(read),
        results=results_table(read),
        support=support_table(read),
        stress=stress_table(read),
        figures=figures_table(read),
        paths=paths_worth_a_look(result),
        outcomes=_on_offer(read),
        fans=tuple((name, read.label_of_line(name)) for name in result.fan_lines if result.rows[name].any()),
    )


def risk_outcomes(result: RiskResult, case: Case, name: str) -> Outcomes:
    """The distribution of one of `RiskShown.outcomes`."""
    return figure_outcomes(RiskReading(result, case), name)


def risk_fan(result: RiskResult, case: Case, line: str) -> FanShown:
    """The fan of one of `RiskShown.fans`."""
    return fan_of(RiskReading(result, case), line)


def _wrong_way(case: Case) -> str:
    known = case.deal.uncertainty
    if known.partner_default == "none":
        return "The partner never defaults on its own account"
    if known.default_correlation <= 0:
        return "Wrong-way risk off: default independent of demand"
    return f"Wrong-way risk on: default correlation {known.default_correlation:g}"


def _on_offer(read: RiskReading) -> tuple[tuple[str, str], ...]:
    names = [LOSS, *(name for name in (POSITION, LENDERS) if read.differs(name))]
    names += [each.name for each in KEY_FIGURES if each.how != "ever" and read.differs(each.name)]
    return tuple(
        (name, (PRESENT_VALUES.get(name) or read.label(name)).removesuffix(", present value")) for name in names
    )
