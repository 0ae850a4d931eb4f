"""In which fields two deals differ."""

from models.deal.differences import Difference, differences
from models.deal.paths import deal_from, value_at, with_value
from tests.models.deal.samples import austral, every_support, raw


def test_equal_deals_do_not_differ() -> None:
    """A deal and its like have no difference."""
    assert differences(austral(), austral()) == ()


def test_each_changed_field_is_one_difference() -> None:
    """Differences come in the order of the file, each with its path, its words and both values."""
    after = austral()
    for path, value in (
        ("credit_support[0].floor_prices[1]", 3.3),
        ("senior_debt.margin", 0.0325),
        ("name", "B"),
        ("revenue_share.rates[0][0]", 0.65),
        ("phases[1].gpus", 9000),
    ):
        after = with_value(after, path, value)
    assert differences(austral(), after) == (
        Difference("name", "Deal: Name", "Austral", "B"),
        Difference("phases[1].gpus", "Phase 2: GPUs", 10000, 9000),
        Difference("senior_debt.margin", "Debt: Margin", 0.03, 0.0325),
        Difference("revenue_share.rates[0][0]", "Revenue share: Share rate, year 1", 0.6, 0.65),
        Difference("credit_support[0].floor_prices[1]", "Capacity commitment: Floor price, year 2", 3.15, 3.3),
    )


def test_tables_of_another_size_differ_as_a_whole() -> None:
    """A longer or shorter table, or one by month, is one difference."""
    after = with_value(austral(), "credit_support[0].floor_prices", [3.0])
    assert [(each.path, each.after) for each in differences(austral(), after)] == [
        ("credit_support[0].floor_prices", (3.0,))
    ]
    by_month = with_value(austral(), "demand[0].gpus_by_month", [1.0, 2.0])
    later = with_value(by_month, "demand[0].gpus_by_month[1]", 3.0)
    assert [each.path for each in differences(by_month, later)] == ["demand[0].gpus_by_month"]


def test_added_and_removed_items_are_told() -> None:
    """A phase more or less is one difference, with nothing on the side that has none."""
    fewer = with_value(austral(), "phases", austral().phases[:3])
    assert differences(austral(), fewer) == (Difference("phases[3]", "Phase 4", austral().phases[3], None),)
    assert differences(fewer, austral()) == (Difference("phases[3]", "Phase 4", None, austral().phases[3]),)


def test_supports_are_compared_by_kind() -> None:
    """A support keeps its identity when another is taken away before it."""
    before = deal_from(raw("fjord"))
    after = with_value(before, "credit_support", before.credit_support[1:])
    after = with_value(after, "credit_support[0].coverage", 0.5)
    assert [(each.path, each.label) for each in differences(before, after)] == [
        ("credit_support[0]", "Capacity commitment"),
        ("credit_support[0].coverage", "Debt guarantee: Coverage"),
    ]


def test_scenarios_differ_by_their_changes() -> None:
    """What a scenario changes is a difference as a whole."""
    before, fields = deal_from(every_support()), every_support()
    fields["scenarios"][0]["changes"] = {"months": 75}
    (difference,) = differences(before, deal_from(fields))
    assert (difference.path, difference.label) == ("scenarios[0].changes", "Scenario 1, Late: changes")


def test_carrying_out_the_differences_gives_the_other_deal() -> None:
    """Every difference of a field, set at its path, leads from the first deal to the second."""
    before, after = austral(), deal_from(raw("austral-stress"))
    found = differences(before, after)
    assert len(found) == 11
    for each in found:
        assert value_at(before, each.path) == each.before
        before = with_value(before, each.path, each.after)
    assert before == after
