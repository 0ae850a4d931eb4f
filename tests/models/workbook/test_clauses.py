"""Standing clauses: files that counsel can edit, filled from the deal, and refused with a sentence where broken."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from models import resources
from models.deal.paths import with_value
from models.deal.schema import Clauses, Deal, fields
from models.engine.case import evaluate
from models.resources import resource
from models.workbook.edition import edition_of
from models.workbook.export import export_workbook
from models.workbook.term_sheet import ClauseError, Points, term_sheet_of
from models.workbook.term_sheet.clauses import CONDITIONS, DEFAULT, FOLDER, PLACES, clauses_of, filled, parse
from models.workbook.term_sheet.order import TITLES

from .written import DATE, NAMES, deal_of

HEAD = "title: Trial\n\n# Covenants\n\n## Limits\n"
STANDING = (
    "Conditions precedent", "Covenants", "Information and telemetry", "Events of default and cure",
    "Term and termination", "Assignment", "Confidentiality", "Governing law and disputes", "Validity",
    "Status of these terms",
)  # fmt: skip


def test_every_choice_has_its_file_and_every_file_its_choice() -> None:
    """The clauses that a deal can choose are the files that are shipped, the standard ones by default."""
    files = {path.stem for path in resource(FOLDER).iterdir()}
    assert files == set(get_args(Clauses)) == {word for word, _ in fields(Deal)["clauses"].choices}
    assert DEFAULT in files


@pytest.mark.parametrize("name", get_args(Clauses))
def test_every_shipped_file_says_something_in_each_standing_section(name: str) -> None:
    """Each shipped set, with what it is based on, has clauses for all sections that no figure fills."""
    clauses = clauses_of(name)
    assert set(STANDING) <= clauses.keys() <= set(TITLES)
    assert all(clauses[title] for title in STANDING)
    names = [clause.name for clause in clauses["Capacity commitment"]]
    assert {"Sales effort", "Measurement"} <= set(names)
    assert any("audit" in clause.name.lower() for clause in clauses["Revenue share"])


@pytest.mark.parametrize("clauses", get_args(Clauses))
@pytest.mark.parametrize("name", NAMES)
def test_every_set_fits_every_deal(name: str, clauses: str) -> None:
    """No place stays unfilled, whatever the deal has or lacks."""
    sheet = term_sheet_of(edition_of(evaluate(with_value(deal_of(name), "clauses", clauses)), "partner"), DATE)
    assert not [text for text in sheet.texts() if "{" in text or "[only" in text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 'line 1 of trial.txt is not preceded by "title:"'),
        ("# Covenants\n", 'line 1 of trial.txt is not preceded by "title:"'),
        ("title:\n", 'line 1 of trial.txt is neither "title: ..."'),
        ("name: Trial\n", 'line 1 of trial.txt is neither "title: ..."'),
        ("title: Trial\n## Limits\n", "line 2 of trial.txt begins a clause outside any section"),
        ("title: Trial\n# Covenant\n", 'no section of the term sheet; did you mean "Covenants"?'),
        ("title: Trial\n# Weather\n", "no section of the term sheet; there are Parties, Project"),
        ("title: Trial\n# Covenants\n# Covenants\n", 'line 3 of trial.txt opens "Covenants" a second time'),
        ("title: Trial\n# Covenants\nNo debt.\n", "line 3 of trial.txt stands before the first clause"),
        (f"{HEAD}\n## Other\nText.\n", 'line 5 of trial.txt begins the clause "Limits", which says nothing'),
        ("title: Trial\n# Covenants\n## \n", "line 3 of trial.txt begins a clause without a name"),
        (f"{HEAD}To {{partnr}}.\n", "{partnr}, which nothing fills; did you mean {partner}?"),
        (f"{HEAD}To {{xyz}}.\n", "{xyz}, which nothing fills; there are vendor, partner"),
        (f"{HEAD}To {{partner.\n", "line 6 of trial.txt holds a brace without its partner"),
        (f"{HEAD}To partner}}.\n", "line 6 of trial.txt holds a brace without its partner"),
        (f"{HEAD}To {{{{partner}}}}.\n", "line 6 of trial.txt holds a brace without its partner"),
        (f"{HEAD}[only with debt guarante]\nText.\n", 'is unknown; did you mean "debt guarantee"?'),
        (f"{HEAD}[only with xyz]\nText.\n", "is unknown; there are capacity commitment"),
        (f"{HEAD}Text.\n[only with debt guarantee]\n", "line 7 of trial.txt stands after the text of its clause"),
        (f"{HEAD}A bell \a rings.\n", "line 6 of trial.txt holds a character that cannot be printed"),
        (f"{HEAD}{'word ' * 400}\n", "ends a paragraph of 1,999 characters; at most 1,500 are allowed"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, words: str) -> None:
    """What may not stand in a file of clauses is refused with a sentence that names file, line and what is allowed."""
    with pytest.raises(ClauseError) as refused:
        parse(text, "trial.txt")
    sentence = str(refused.value)
    assert sentence.startswith("The standing clauses cannot be used: ")
    assert sentence.endswith(".")
    assert words in sentence


def test_paragraphs_points_notes_and_conditions_are_read() -> None:
    """Lines join to paragraphs, dashes make points, % begins a note, and a condition stands under the name."""
    text = (
        "% For counsel.\ntitle: Trial\n\n# Covenants\n\n## Limits\n[only with debt guarantee]\n% Keep short.\n"
        "The Partner does\nnot:\n- borrow; or\n- pledge\n  anything.\n\nNor otherwise.\n"
    )
    clauses, base = parse(text, "trial.txt")
    (clause,) = clauses["Covenants"]
    assert (clause.name, clause.needs, clause.line, base) == ("Limits", ("debt guarantee",), 6, "")
    first, second, third = clause.blocks
    assert getattr(first, "text", "") == "The Partner does not:"
    assert second == Points(("borrow; or", "pledge anything."))
    assert getattr(third, "text", "") == "Nor otherwise."
    assert list(filled((clause,), {}, frozenset())) == []
    assert len(list(filled((clause,), {}, frozenset({"debt guarantee"})))) == 1


def test_a_place_that_the_deal_leaves_empty_is_refused() -> None:
    """A clause that names what a deal does not have is refused, and the sentence says how to make it depend on that."""
    clauses, _ = parse(f"{HEAD}Until {{longstop date}}.\n", "trial.txt")
    with pytest.raises(ClauseError, match=r"names the longstop date, which this deal does not have; .*\[only with"):
        list(filled(clauses["Covenants"], {"longstop date": ""}, frozenset()))
    assert "longstop date" in PLACES
    assert "longstop date" in CONDITIONS


def test_what_a_deal_says_is_filled_in_once() -> None:
    """Braces in a name of the deal stay as they are: nothing that people type is read as a place."""
    clauses, _ = parse(f"{HEAD}To {{partner}}.\n", "trial.txt")
    (clause,) = filled(clauses["Covenants"], {"partner": "{vendor} {x"}, frozenset())
    assert getattr(clause.blocks[0], "text", "") == "To {vendor} {x."


def test_a_set_may_be_based_on_another_but_not_on_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections that a file does not state come from the one it is based on; a circle or a missing file is refused."""
    folder = tmp_path / "resources" / FOLDER
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_root", lambda _frozen: tmp_path / "resources")
    (folder / "a.txt").write_text("title: A\nbased on: b\n# Covenants\n## Mine\nText.\n", encoding="utf-8")
    (folder / "b.txt").write_text(
        "title: B\n# Covenants\n## Theirs\nText.\n# Validity\n## Until\nText.\n", encoding="utf-8"
    )
    found = clauses_of("a")
    assert [clause.name for clause in found["Covenants"]] == ["Mine"]
    assert [clause.name for clause in found["Validity"]] == ["Until"]
    (folder / "b.txt").write_text("title: B\nbased on: a\n", encoding="utf-8")
    with pytest.raises(ClauseError, match=r"b\.txt is based on a\.txt, which is based on it in turn"):
        clauses_of("a")
    (folder / "b.txt").unlink()
    with pytest.raises(ClauseError, match=r"b\.txt is missing"):
        clauses_of("a")
    (folder / "b.txt").write_bytes(b"title: \xff\n")
    with pytest.raises(ClauseError, match=r"b\.txt is not in UTF-8"):
        clauses_of("a")


def test_broken_clauses_write_no_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export with clauses that cannot be used ends with the sentence and leaves the target as it was."""
    folder = tmp_path / "resources" / FOLDER
    folder.mkdir(parents=True)
    (folder / "standard.txt").write_text("title: Broken\n# Covenants\n## Limits\n{oops}\n", encoding="utf-8")
    monkeypatch.setattr(resources, "_root", lambda _frozen: tmp_path / "resources")
    target = tmp_path / "deal.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(ValueError, match=r"line 4 of standard.txt has the place \{oops\}"):
        export_workbook(deal_of("seed 91"), "partner", target, date=DATE)
    assert target.read_bytes() == b"before"
