"""What surrounds the formulas of every written workbook: inputs, protection, names, print setup, charts, parts."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from xml.etree import ElementTree

import openpyxl
import pytest

from models.deal.field import Field, Unit
from models.workbook.term_sheet_sheet import UNITS, VALUE
from tests.agreement.changing import as_number
from tests.agreement.comparing import CHECKS, FIRST, MODEL, SUMMARY
from tests.agreement.reading import MAIN, Area, Book, Sheet, Spot, area, column_number

from .written import DATE, EXPECTED, Written, deal_of, exported

TERM_SHEET = "Term sheet"
INPUTS, TABLES, SERIES, CHANGES, ABOUT = "Inputs", "Year tables", "Month series", "Changes", "About"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
A4, A3 = "9", "8"
MONTHS_A_PAGE = 24


def locks(book: Book) -> list[bool]:
    """For each cell style whether it locks its cells."""
    styles = ElementTree.fromstring(book.parts["xl/styles.xml"])
    found = []
    for style in styles.find(f"{MAIN}cellXfs") or []:
        protection = style.find(f"{MAIN}protection")
        found.append(protection is None or protection.get("locked") != "0")
    return found


def unlocked(book: Book) -> set[tuple[str, Spot]]:
    """Every cell that may be changed under protection."""
    locked = locks(book)
    return {
        (sheet.name, spot)
        for sheet in book.sheets.values()
        for spot, cell in sheet.cells.items()
        if not locked[cell.style]
    }


def validations(sheet: Sheet) -> dict[Spot, ElementTree.Element]:
    """The rule of every cell that has one."""
    found = {}
    for rule in sheet.root.iter(f"{MAIN}dataValidation"):
        for piece in (rule.get("sqref") or "").split():
            ends = [re.fullmatch(r"([A-Z]+)(\d+)", end) for end in piece.split(":")]
            (left, top), (right, bottom) = ((e[1], int(e[2])) for e in (ends[0], ends[-1]) if e)
            block = Area(sheet.name, top, column_number(left), bottom, column_number(right))
            found.update(dict.fromkeys(block.spots(), rule))
    return found


def input_areas(written: Written) -> Iterator[tuple[str, Area]]:
    """The name of every input of the edition, by its path, with the cells it stands for."""
    for entry in written.edition.entries:
        if not entry.live:
            continue
        paths = [entry.path]
        if entry.field.shape == "by_year_and_band":
            paths = [f"revenue_share.rates_{band}" for band in range(len(entry.value[0]))]
        elif entry.field.shape == "bands":
            paths = [f"{entry.path}[{band}]" for band in range(1, len(entry.value))]
        for path in paths:
            yield path, written.book.names[path.replace("[", "_").replace("]", "")]


def test_only_inputs_can_be_changed(written: Written) -> None:
    """Every sheet is protected without a password; the cells left unlocked are the named inputs, and all of them."""
    for sheet in written.book.sheets.values():
        protection = sheet.find("sheetProtection")
        assert protection is not None, sheet.name
        assert protection.get("sheet") == "1"
        assert not set(protection.keys()) & {"password", "hashValue", "saltValue", "algorithmName"}
    free = unlocked(written.book)
    assert all(written.book.sheets[title].cells[spot].formula is None for title, spot in free)
    inputs = set()
    for path, where in input_areas(written):
        cells = {(where.sheet, spot) for spot in where.spots()}
        typed = {cell for cell in cells if written.book.sheets[where.sheet].cells[cell[1]].formula is None}
        assert typed <= free, path
        assert typed, path
        inputs |= typed
    assert free == inputs
    assert {title for title, _ in free} <= {INPUTS, TABLES, SERIES}


def test_every_input_holds_its_value_and_says_what_is_allowed(written: Written) -> None:
    """An input cell holds the deal's value, refuses what the program refuses, and names the field when it does."""
    rules = {title: validations(sheet) for title, sheet in written.book.sheets.items()}
    fields = {entry.path: entry for entry in written.edition.entries}
    for title, spot in unlocked(written.book):
        rule = rules[title][spot]
        assert rule.get("showErrorMessage") == "1"
        assert rule.get("errorStyle") in (None, "stop")
        assert rule.get("allowBlank") in (None, "0")
        assert len(rule.get("error") or "") in range(5, 256)
    assert {(title, spot) for title, found in rules.items() for spot in found} == unlocked(written.book)
    for path, where in input_areas(written):
        name = re.sub(r"rates_\d+", "rates", path)
        entry = fields[name] if name in fields else fields[name.rsplit("[", 1)[0]]
        sheet = written.book.sheets[where.sheet]
        typed = [spot for spot in where.spots() if sheet.cells[spot].formula is None]
        values = [sheet.value(*spot) for spot in typed]
        if entry.field.shape == "scalar":
            assert values == pytest.approx([as_number(entry.value)], rel=1e-15), path
        elif entry.field.shape == "by_year":
            assert values == pytest.approx(list(entry.value), rel=1e-15), path
        elif entry.field.shape == "by_year_and_band":
            assert values == [year[int(path.rsplit("_", 1)[1])] for year in entry.value], path
        elif entry.field.shape == "by_month":
            months = written.deal.months
            assert values == [*entry.value[:months], *[0.0] * (months - len(entry.value))], path
        _assert_range(rules[where.sheet][typed[0]], entry.field, path)


def _assert_range(rule: ElementTree.Element, field: Field, path: str) -> None:
    low, high = (rule.findtext(f"{MAIN}formula{k}") for k in (1, 2))
    if field.unit is Unit.MONTH:
        assert rule.get("type") == "date"
        assert (float(low or 0), float(high or 0)) == (as_number("2000-01"), as_number("2199-12")), path
    elif field.unit is Unit.FLAG:
        assert (rule.get("type"), low, high) == ("whole", "0", "1"), path
    elif field.allowed:
        assert (rule.get("type"), low) == ("list", f'"{",".join(map(str, field.allowed))}"'), path
    else:
        assert rule.get("type") == ("whole" if field.whole else "decimal"), path
        assert field.low is not None
        assert field.high is not None
        assert float(high or 0) == field.high, path
        assert 0 <= float(low or 0) - field.low <= 1e-5, path
        assert (float(low or 0) > field.low) == field.low_open, path


def test_nothing_is_hidden_or_merged(written: Written) -> None:
    """There is no hidden sheet, row, column or name, no link to another file and no macro; only words are merged."""
    for each in written.book.root.iter(f"{MAIN}sheet"):
        assert each.get("state") in (None, "visible")
    for each in written.book.root.iter(f"{MAIN}definedName"):
        assert each.get("hidden") in (None, "0"), each.get("name")
        assert "#REF!" not in (each.text or "")
        assert "[" not in (each.text or "")
    for sheet in written.book.sheets.values():
        assert "mergeCell" not in sheet.text or sheet.name == TERM_SHEET, sheet.name
        assert not re.search(r'<(?:row|col)\b[^>]*\bhidden="1"', sheet.text), sheet.name
        assert not re.search(r'<(?:row|col)\b[^>]*\bcollapsed="1"', sheet.text), sheet.name
        assert sheet.find("hyperlinks") is None
    folders = {part.rsplit("/", 1)[0] for part in written.book.parts}
    assert folders <= {
        "[Content_Types].xml", "_rels", "docProps", "xl", "xl/_rels", "xl/theme", "xl/worksheets",
        "xl/worksheets/_rels", "xl/drawings", "xl/drawings/_rels", "xl/charts",
    }  # fmt: skip
    assert not any(part.endswith((".bin", ".vml")) for part in written.book.parts)


def test_sheets_have_safe_names_in_the_agreed_order(written: Written) -> None:
    """The sheets are those agreed upon, and their names need no care in any program or language."""
    names = list(written.book.sheets)
    order = [TERM_SHEET, SUMMARY, INPUTS, TABLES, SERIES, MODEL, CHECKS, CHANGES, "Vendor", ABOUT]
    assert names == [name for name in order if name in names]
    assert {TERM_SHEET, SUMMARY, INPUTS, MODEL, CHECKS, CHANGES, ABOUT} <= set(names)
    for name in names:
        assert re.fullmatch(r"[A-Za-z][A-Za-z ]{0,30}", name)


def test_names_are_safe(written: Written) -> None:
    """A defined name is the path of an input; none can be taken for an address, a function or a truth."""
    for name in written.book.names:
        assert re.fullmatch(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?", name), name
        assert not re.fullmatch(r"[a-z]{1,3}[0-9]+|r|c|r[0-9]*c[0-9]*|true|false", name), name
    assert len({name.casefold() for name in written.book.names}) == len(written.book.names)


def test_every_sheet_prints_well(written: Written) -> None:
    """Paper, direction, margins and footer are set; long sheets repeat their heads; no page of months is cut anew."""
    local: dict[str, dict[str, str]] = {}
    titles = list(written.book.sheets)
    for each in written.book.root.iter(f"{MAIN}definedName"):
        if each.get("localSheetId") is not None:
            local.setdefault(titles[int(each.get("localSheetId", "0"))], {})[each.get("name", "")] = each.text or ""
    for sheet in written.book.sheets.values():
        setup, margins, footer = (sheet.find(name) for name in ("pageSetup", "pageMargins", "headerFooter"))
        assert setup is not None
        assert margins is not None
        assert footer is not None
        assert setup.get("paperSize") == (A3 if sheet.name in (MODEL, SERIES) else A4)
        assert setup.get("orientation") in ("portrait", "landscape")
        fits = sheet.root.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
        assert (fits is not None and fits.get("fitToPage") == "1") or int(setup.get("scale", "100")) in range(40, 100)
        text = footer.findtext(f"{MAIN}oddFooter") or ""
        assert "&A" in text
        assert "&P of &N" in text
        assert 0 < len(text) <= 255
    assert local[INPUTS]["_xlnm.Print_Titles"].startswith(f"{INPUTS}!$")
    assert area(local[TERM_SHEET]["_xlnm.Print_Area"]).right == VALUE + UNITS
    assert local[MODEL]["_xlnm.Print_Titles"] == f"{MODEL}!$A:$C,{MODEL}!$4:$6"
    assert SERIES not in titles or local[SERIES]["_xlnm.Print_Titles"] == f"'{SERIES}'!$A:$B"
    last = max(row for row, column in written.book.sheets[MODEL].cells if column == FIRST)
    printed = area(local[MODEL]["_xlnm.Print_Area"])
    assert printed == Area(MODEL, 1, 1, last, written.last_column)
    for title in {MODEL, SERIES} & written.book.sheets.keys():
        breaks = [int(each.get("id", "0")) for each in written.book.sheets[title].root.iter(f"{MAIN}brk")]
        assert breaks == list(range(5 + MONTHS_A_PAGE, written.last_column, MONTHS_A_PAGE))


def test_every_sheet_is_easy_to_read_on_a_screen(written: Written) -> None:
    """Gridlines are off, the zoom is 85 %, and long sheets keep their heads and labels in sight."""
    for sheet in written.book.sheets.values():
        (view,) = sheet.root.iter(f"{MAIN}sheetView")
        assert view.get("showGridLines") == "0"
        assert view.get("zoomScale") == "85"
        frozen = view.find(f"{MAIN}pane")
        assert (frozen is not None and frozen.get("state") == "frozen") or sheet.name in (SUMMARY, ABOUT)
    (view,) = written.book.sheets[MODEL].root.iter(f"{MAIN}pane")
    assert view.get("topLeftCell") == "F8"


def test_every_title_band_tells_whether_all_checks_hold(written: Written) -> None:
    """Each sheet has the verdict of the master check in its second row, which is nought where all hold."""
    verdict = 'IF(master_check=0,"All checks hold","A check fails: see Checks")'
    for sheet in written.book.sheets.values():
        assert [cell.formula for (row, _), cell in sheet.cells.items() if row == 2 and cell.formula] == [verdict]


def test_charts_have_words_and_the_figures_they_draw(written: Written) -> None:
    """Each chart says in words what it shows and carries the cells it draws, equal to those of the sheets."""
    drawing = ElementTree.fromstring(written.book.parts["xl/drawings/drawing1.xml"])
    words = [frame.get("descr") or "" for frame in drawing.iter(f"{DRAWING}cNvPr")]
    charts = sorted(part for part in written.book.parts if part.startswith("xl/charts/"))
    assert len(words) == len(charts) >= 3
    assert all(len(text) > 20 for text in words)
    assert len(set(words)) == len(words)
    for part in charts:
        chart = ElementTree.fromstring(written.book.parts[part])
        assert "".join(run.text or "" for run in chart.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"))
        series = list(chart.iter(f"{CHART}ser"))
        assert series, part
        for each in series:
            assert each.findtext(f"{CHART}tx/{CHART}v") or _holds_its_cells(written.book, each, "tx"), part
            assert _holds_its_cells(written.book, each, "cat"), part
            assert _holds_its_cells(written.book, each, "val"), part


def _holds_its_cells(book: Book, series: ElementTree.Element, kind: str) -> bool:
    """Whether a series carries the values of the cells it refers to; cells without a number may be left out."""
    holder = series.find(f"{CHART}{kind}")
    assert holder is not None
    where = area(holder.findtext(f".//{CHART}f") or "")
    points = {int(point.get("idx", "")): point.findtext(f"{CHART}v") for point in holder.iter(f"{CHART}pt")}
    cells = [book.sheets[where.sheet].value(*spot) for spot in where.spots()]
    return all(
        float(points[k] or "nan") == pytest.approx(cell, rel=1e-12, abs=1e-6)
        if isinstance(cell, float)
        else points.get(k) == cell
        for k, cell in enumerate(cells)
    )


def test_every_part_is_reached_and_known(written: Written) -> None:
    """Every part of the file is referenced and has a content type, every reference leads to a part, none leaves it."""
    parts = set(written.book.parts)
    reached = set()
    for rels in (part for part in parts if part.endswith(".rels")):
        base = posixpath.dirname(posixpath.dirname(rels))
        identifiers = []
        for relation in ElementTree.fromstring(written.book.parts[rels]):
            assert relation.get("TargetMode") in (None, "Internal"), rels
            target = relation.get("Target", "")
            found = posixpath.normpath(posixpath.join(base, target)) if target[:1] != "/" else target[1:]
            assert found in parts, (rels, target)
            reached.add(found)
            identifiers.append(relation.get("Id"))
        assert len(set(identifiers)) == len(identifiers)
        source = f"{base}/{posixpath.basename(rels).removesuffix('.rels')}".lstrip("/")
        if source in parts:
            used = set(re.findall(r'r:id="(\w+)"', written.book.text(source)))
            assert used <= set(identifiers), source
    assert {part for part in parts if not part.endswith((".rels", "[Content_Types].xml"))} == reached
    types = ElementTree.fromstring(written.book.parts["[Content_Types].xml"])
    overrides = {each.get("PartName", "")[1:] for each in types.iter(f"{TYPES}Override")}
    assert overrides <= parts
    assert reached <= overrides
    for part, content in written.book.parts.items():
        assert b"<!DOCTYPE" not in content, part
        ElementTree.fromstring(content)


def test_properties_carry_the_program_and_the_title_only(written: Written) -> None:
    """The properties of the document name the program and the deal, and no person, company or path."""
    core = ElementTree.fromstring(written.book.parts["docProps/core.xml"])
    texts = {each.tag.rsplit("}", 1)[1]: each.text for each in core}
    assert texts["title"] == written.deal.name
    assert texts["creator"] == texts["lastModifiedBy"] == "Backstop"
    assert texts.keys() == {"title", "creator", "lastModifiedBy", "created", "modified"}
    assert "docProps/custom.xml" not in written.book.parts
    assert not re.search(rb"<(?:Company|Manager|HyperlinkBase|Template)>[^<]", written.book.parts["docProps/app.xml"])


def test_equal_deals_and_dates_give_equal_bytes(written: Written) -> None:
    """Exporting once more gives the same bytes."""
    assert exported(deal_of(written.name), written.kind) == written.content


def test_another_run_gives_equal_bytes() -> None:
    """Another process, in which sets and hashes fall in another order, writes the same bytes; another date others."""
    content = exported(deal_of("breaker-2"), "internal")
    code = (
        "import datetime, hashlib, json, sys\n"
        "from models import evaluate\n"
        "from models.deal.paths import deal_from\n"
        "from models.workbook.edition import edition_of\n"
        "from models.workbook.export import workbook_bytes\n"
        "deal = deal_from(json.load(open(sys.argv[1], encoding='utf-8')))\n"
        "edition = edition_of(evaluate(deal), 'internal')\n"
        "content = workbook_bytes(edition, datetime.date.fromisoformat(sys.argv[2]), lambda share: None)\n"
        "sys.stdout.buffer.write(content)\n"
    )
    command = [sys.executable, "-c", code, str(EXPECTED / "breaker-2.deal"), DATE.isoformat()]
    done = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": "4711"}, cwd=EXPECTED.parents[2]
    )
    assert done.stdout == content
    assert exported(deal_of("breaker-2"), "internal", DATE.replace(day=24)) != content


def test_two_readers_see_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What these tests read from the file is what openpyxl reads: formulas, values, names, locks and validations."""
    written = Written("breaker-1", "internal")
    path = tmp_path_factory.mktemp("reading") / "book.xlsx"
    path.write_bytes(written.content)
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True, read_only=True)
    assert formulas.sheetnames == list(written.book.sheets)
    free = unlocked(written.book)
    for title, sheet in written.book.sheets.items():
        seen = {
            (r, c): value
            for r, row in enumerate(values[title].iter_rows(values_only=True), start=1)
            for c, value in enumerate(row, start=1)
            if value is not None and not hasattr(value, "year")
        }
        ours = {spot: cell.value for spot, cell in sheet.cells.items() if cell.value is not None and spot in seen}
        assert ours == seen, title
        for spot, cell in sheet.cells.items():
            other = formulas[title].cell(*spot)
            assert (other.data_type == "f") == (cell.formula is not None)
            assert cell.formula is None or other.value == f"={cell.formula}"
            assert other.protection.locked == ((title, spot) not in free)
        assert sum(len(rule.cells.ranges) for rule in formulas[title].data_validations.dataValidation) == len(
            {id(rule) for rule in validations(sheet).values()}
        )
    assert formulas.defined_names.keys() == written.book.names.keys()
    formulas.close()
    values.close()
