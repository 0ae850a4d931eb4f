"""A few of the numbers that the command beside this reads across countries by the ten thousand."""

from tests.hardening import entries


def test_numbers_mean_the_same_across_countries_or_are_refused() -> None:
    """What a field shows in one country is read in another as meant, as that country itself means it, or not at all."""
    counts, wrong = entries.check(2_500, 3)
    assert wrong == []
    assert counts["read with other settings: refused"] > 100
    assert counts["read with other settings: as the reader's country means it"] > 10
