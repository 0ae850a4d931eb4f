"""Key figures of many columns: each as the single case has it, with the same reason where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from models import KEY_FIGURES, Deal, evaluate, load_template, with_value
from models.engine.case import program_of
from models.engine.columns import ColumnFigures, key_figures
from models.lines.binding import bind


def several(name: str, path: str, values: list[float]) -> tuple[list[Deal], ColumnFigures]:
    """A template with one number changed: as deals of their own, and as columns."""
    deal = load_template(name)
    deals = [with_value(deal, path, value) for value in values]
    inputs = bind(deal)
    inputs[path] = np.array([values])
    return deals, key_figures(program_of(deal), inputs, deal.months)


@pytest.mark.parametrize(
    ("name", "path", "values"),
    [
        ("austral", "demand[0].price", [0.5, 3.0, 5.0, 9.0]),
        ("fjord", "senior_debt.advance_rate", [0.0, 0.4, 0.7]),
        ("debt-guarantee", "demand[0].price", [0.2, 1.0, 2.0]),
        ("austral-stress", "operations.rent_per_kw_month", [100.0, 180.0, 260.0]),
    ],
)
def test_each_column_has_the_figures_of_its_own_case(name: str, path: str, values: list[float]) -> None:
    """Every key figure of every column is that of the single case, and so is the reason where it does not exist."""
    deals, found = several(name, path, values)
    assert list(found.values) == [figure.name for figure in KEY_FIGURES]
    for column, deal in enumerate(deals):
        case = evaluate(deal)
        for figure, expected in case.kpis.items():
            value = found.values[figure][column]
            assert found.reason(figure, column) == case.reasons.get(figure), (figure, column)
            if expected is None:
                assert np.isnan(value)
            else:
                assert value == pytest.approx(expected, rel=1e-9, abs=1e-6), (figure, column)


def test_figures_that_do_not_exist_are_among_those_tested() -> None:
    """Without debt there is no cover and no average life, each with its reason; other columns have both."""
    _, found = several("fjord", "senior_debt.advance_rate", [0.0, 0.7])
    assert np.isnan(found.values["llcr"][0])
    assert found.reason("llcr", 0) == "there is no senior debt"
    assert found.reason("llcr", 1) is None


def test_only_figures_asked_for_are_given() -> None:
    """Names chosen come in their order, and nothing else does; without a rate of return no reasons are looked for."""
    deal = load_template("fjord")
    inputs = bind(deal)
    inputs["partner.tax_rate"] = np.array([[0.0, 0.2, 0.4]])
    found = key_figures(program_of(deal), inputs, deal.months, ["distributions", "debt_amount"], tile=2)
    assert list(found.values) == ["distributions", "debt_amount"]
    assert found.no_rate == ()
    assert found.values["debt_amount"].shape == (3,)
    assert (np.diff(found.values["distributions"]) < 0).all()
