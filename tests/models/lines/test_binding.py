"""The numbers of a deal as the model takes them."""

from __future__ import annotations

import pytest

from models.deal.paths import deal_from
from models.lines.binding import bind
from tests.models.deal.samples import raw


@pytest.mark.parametrize(("given", "bound"), [([5.0, 7.0], [5.0, 7.0, 0.0]), ([4.0] * 400, [4.0, 4.0, 4.0])])
def test_a_series_is_as_long_as_the_model(given: list[float], bound: list[float]) -> None:
    """GPUs by month are one column with a row for each month: zero past their end, cut at the end of the model."""
    fields = raw()
    fields["demand"][0]["gpus_by_month"] = given
    deal = deal_from(fields)
    row = bind(deal)["demand[0].gpus_by_month"]
    assert not isinstance(row, float)
    assert row.shape == (deal.months, 1)
    assert row[:3, 0].tolist() == bound
    assert row[-1, 0] == bound[-1]


def test_a_table_has_a_row_for_each_year_and_a_column_for_each_band() -> None:
    """Rates by year and band are one input for each band; bounds of bands and dates are numbers."""
    fields = raw()
    fields["revenue_share"] |= {"bands": [0.0, 1e6], "rates": [[0.3, 0.2], [0.1, 0.05]]}
    fields["start"] = "2027-01"
    inputs = bind(deal_from(fields))
    for band, rates in enumerate(([0.3, 0.1], [0.2, 0.05])):
        row = inputs[f"revenue_share.rates_{band}"]
        assert not isinstance(row, float)
        assert row.tolist() == [[rate] for rate in rates]
    assert inputs["revenue_share.bands[1]"] == 1e6
    assert inputs["start"] == 2027 * 12
