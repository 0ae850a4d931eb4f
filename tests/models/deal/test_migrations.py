"""Files of earlier versions: one of every schema that ever was stands in `earlier`, and opens for good."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.deal.files import backup_of, dumps_deal, load_deal, load_stored, save_deal
from models.deal.migrations import OLDEST, STEPS, earlier_words, migrated
from models.deal.paths import with_value
from models.deal.problems import DealError
from models.deal.schema import SCHEMA
from models.engine.case import evaluate
from tests.models.deal.samples import austral

EARLIER = Path(__file__).parent / "earlier"
FIRST_BUILD = {
    "debt_amount": 50795307.99481999,
    "cloud_revenue": 611999172.8672692,
    "commitment_paid": 27907478.108525068,
    "distributions": 338280934.06387764,
    "min_dscr": 13.893737411217039,
    "average_life": 2.4528156456881414,
    "vendor_npv": 209749164.90365925,
    "partner_irr": 0.15790654385757444,
}
"""Key figures of `schema-1.deal` as the first build of the program computed them; it also wrote that file."""


@pytest.mark.parametrize("schema", range(OLDEST, SCHEMA + 1))
def test_a_file_of_every_schema_opens(schema: int) -> None:
    """Each opens, says which it was, and is written in the present schema as the same deal."""
    stored = load_stored(EARLIER / f"schema-{schema}.deal")
    assert stored.schema == schema
    written = dumps_deal(stored.deal)
    assert json.loads(written)["schema"] == SCHEMA
    assert earlier_words(schema) == (
        ""
        if schema == SCHEMA
        else f"Made by an earlier version of Backstop (schema {schema}); saving makes it schema 1."
    )


def test_the_first_deal_is_the_deal_it_was() -> None:
    """The file in the form of the first deals gives the deal that is shipped to this day."""
    assert load_deal(EARLIER / "schema-0.deal") == austral()


def test_a_deal_of_the_first_build_computes_what_it_did() -> None:
    """What the first build wrote, with every support and scenarios, comes back byte for byte and figure for figure."""
    file = EARLIER / "schema-1.deal"
    deal = load_deal(file)
    assert dumps_deal(deal) == file.read_bytes()
    kpis = evaluate(deal).kpis
    assert {name: kpis[name] for name in FIRST_BUILD} == pytest.approx(FIRST_BUILD, rel=1e-12)


def test_what_an_older_file_says_already_is_kept() -> None:
    """A field that its schema did not ask for and that stands in the file all the same is not lost."""
    fields = json.loads((EARLIER / "schema-0.deal").read_bytes())
    fields["vendor_name"] = "Vendor Ltd"
    fields["uncertainty"]["capital_confidence"] = 0.95
    after = migrated(fields)
    assert (after["vendor_name"], after["clauses"]) == ("Vendor Ltd", None)
    assert isinstance(after["uncertainty"], dict)
    assert after["uncertainty"]["capital_confidence"] == 0.95


def test_the_original_of_an_older_file_stays(tmp_path: Path) -> None:
    """Saved over, a file of an earlier version stays beside the new one, and later saves leave it alone."""
    original = (EARLIER / "schema-0.deal").read_bytes()
    path = tmp_path / "a.deal"
    path.write_bytes(original)
    assert backup_of(path) == tmp_path / "a.deal.schema-0.bak"
    for months in (80, 81, 82):
        save_deal(with_value(load_deal(path), "months", months), path)
    assert (tmp_path / "a.deal.schema-0.bak").read_bytes() == original
    assert load_deal(tmp_path / "a.deal.bak").months == 81
    assert json.loads(path.read_bytes())["schema"] == SCHEMA


def test_steps_lead_from_the_oldest_to_the_newest() -> None:
    """There is one step from each schema to the next, none is missing, and none touches what it was given."""
    assert sorted(STEPS) == list(range(OLDEST, SCHEMA))
    for version, step in STEPS.items():
        fields = json.loads((EARLIER / f"schema-{version}.deal").read_bytes())
        before = json.dumps(fields)
        step(fields)
        assert json.dumps(fields) == before


def test_older_files_are_brought_up_step_by_step() -> None:
    """Each step takes a file from one schema to the next, without touching what was given."""
    steps = {1: lambda fields: {**fields, "b": fields["a"]}, 2: lambda fields: {**fields, "c": fields["b"]}}
    old: dict[str, object] = {"schema": 1, "a": 5}
    assert migrated(old, steps, newest=3) == {"schema": 3, "a": 5, "b": 5, "c": 5}
    assert migrated({"schema": 2, "b": 1}, steps, newest=3) == {"schema": 3, "b": 1, "c": 1}
    assert old == {"schema": 1, "a": 5}
    with pytest.raises(DealError, match=r"newer Backstop \(schema 4\); this one reads schemas up to 3"):
        migrated({"schema": 4}, steps, newest=3)


def test_a_damaged_older_file_is_told() -> None:
    """A step meets fields of any type; what is wrong with them is told as in any file."""
    fields = json.loads((EARLIER / "schema-0.deal").read_bytes())
    odd: object
    for odd in (None, [], 5, "x"):
        assert migrated({**fields, "uncertainty": odd})["uncertainty"] == odd
