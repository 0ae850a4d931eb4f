"""What the section list says: summaries that fit, and marks that lead to what is wrong or changed."""

import pytest

from models import (
    Problem,
    SectionMark,
    load_template,
    section_marks,
    section_summaries,
    sections,
    template_names,
    with_value,
)
from models.analysis.summaries import LONGEST, cut


@pytest.mark.parametrize("name", [template.name for template in template_names()])
def test_every_summary_fits(name: str) -> None:
    """Each section of each template has a summary of at most 22 characters, none of them cut."""
    found = section_summaries(load_template(name))
    assert set(found) == {section.key for section in sections()}
    assert all(0 < len(words) <= LONGEST and not words.endswith("…") for words in found.values()), found


def test_summaries_say_the_terms() -> None:
    """The summaries of a deal name its main terms."""
    assert section_summaries(load_template("austral")) == {
        "deal": "USD, 74 months",
        "partner": "Austral Compute",
        "phases": "4 × 10,000 GB300",
        "demand": "5 segments",
        "costs": "Rent $190/kW-month",
        "debt": "6.95 %, cover 1.30",
        "share": "60 to 40 % of excess",
        "support": "Floor, 6 years",
        "internal": "Return and risk",
    }


@pytest.mark.parametrize(
    ("path", "value", "key", "words"),
    [
        ("senior_debt.sizing", "advance", "debt", "6.95 %, 80 % of cost"),
        ("phases[0].gpus", 5000, "phases", "35,000 GPUs, 4 phases"),
        ("phases[0].system", "", "phases", "40,000 GPUs, 4 phases"),
        ("credit_support", (), "support", "None"),
        ("revenue_share.rates", ((0.15,),), "share", "15 % of excess"),
        ("operations.rent_per_kw_month", 187.5, "costs", "Rent $187.5/kW-month"),
        ("currency", "NOK", "costs", "Rent NOK 190/kW-month"),
        ("partner.name", "A cloud with a very long name", "partner", "A cloud with a very l…"),
    ],
)
def test_summaries_follow_the_deal(path: str, value: object, key: str, words: str) -> None:
    """Other terms read otherwise, and what is too long is cut with an ellipsis."""
    assert section_summaries(with_value(load_template("austral"), path, value))[key] == words


def test_cutting_keeps_what_fits() -> None:
    """Words that fit stay whole; longer ones are cut to the limit."""
    assert cut("x" * LONGEST) == "x" * LONGEST
    assert len(cut("x" * 100)) == LONGEST


def test_marks_count_changes_and_keep_the_worst() -> None:
    """A section shows its worst problem and how many of its fields differ; the others are fine."""
    problems = (
        Problem("demand[0].end", "Leaves early", "warning"),
        Problem("credit_support[0].floor_prices[1]", "Cannot be read", "error"),
        Problem("credit_support[0].coverage", "Odd", "warning"),
    )
    marks = section_marks(problems, ("senior_debt.margin", "collateral.sale_cost", "demand[0].price"))
    assert marks["demand"] == SectionMark("warning", 1)
    assert marks["support"] == SectionMark("error", 0)
    assert marks["debt"] == SectionMark(None, 2)
    assert marks["deal"] == SectionMark()
