"""The deals the program ships."""

import json

import pytest

from models.deal.checks import check_deal
from models.deal.files import dumps_deal
from models.deal.problems import DealError
from models.deal.templates import load_template, template_names
from models.resources import resource
from tests.agreement.month_loop import evaluate

NAMES = [template.name for template in template_names()]
SOUND = [name for name in NAMES if name != "austral-stress"]


def test_every_file_is_in_the_index_and_every_entry_has_a_file() -> None:
    """The index names each shipped deal once."""
    files = {path.stem for path in resource("templates").glob("*.deal")}
    assert len(NAMES) == len(set(NAMES))
    assert set(NAMES) == files


@pytest.mark.parametrize("template", template_names(), ids=NAMES)
def test_an_entry_says_when_to_use_it(template: object) -> None:
    """Each entry has a title, one line on when to use it, one on its terms, and an icon that is shipped."""
    entry = vars(template)
    assert all(entry.values())
    assert entry["when_to_use"].endswith(".")
    assert len(entry["when_to_use"]) <= 70
    assert len(entry["terms"]) <= 70
    assert resource("icons", f"{entry['icon']}.svg").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_every_template_loads(name: str) -> None:
    """Each template is a valid deal; only Austral's own tenants give its owner something to know."""
    deal = load_template(name)
    known = {"Model builders leave in Feb 2032"} if name.startswith("austral") else set()
    assert {problem.hint for problem in check_deal(deal)} == known


@pytest.mark.parametrize("name", SOUND)
def test_every_template_is_a_sensible_deal(name: str) -> None:
    """The partner earns 10 to 25 % a year, nobody defaults, and the lenders' cover stays above lock-up."""
    deal = load_template(name)
    _, figures = evaluate(json.loads(dumps_deal(deal)))
    assert 0.10 <= (figures["partner_irr"] or 0) <= 0.25
    assert figures["defaulted"] == 0
    assert figures["lender_loss"] == 0
    assert (figures["min_dscr"] or 0) > deal.senior_debt.lockup_dscr


def test_the_stressed_template_draws_its_commitment() -> None:
    """The stressed deal shows what a commitment pays."""
    _, figures = evaluate(json.loads(dumps_deal(load_template("austral-stress"))))
    assert (figures["commitment_paid"] or 0) > 0


def test_the_empty_deal_supports_nothing() -> None:
    """The deal to begin with has no support, no share and no deferred price."""
    deal = load_template("empty")
    assert deal.credit_support == ()
    assert deal.revenue_share.rates == ()
    assert deal.vendor_finance.deferred_fraction == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("austrl", 'Did you mean "austral"'),
        ("qqq", "There are austral, "),
        ("../austral", "no template"),
        ("", "There"),
    ],
)
def test_a_template_that_is_not_there_is_told(name: str, words: str) -> None:
    """A wrong name gives the nearest one, or all there are."""
    with pytest.raises(DealError, match=words.replace(".", r"\.")):
        load_template(name)
