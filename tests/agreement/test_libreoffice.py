"""The judge of the exported workbooks is itself judged here, on a workbook small enough to know by heart."""

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.agreement.libreoffice import POISON, RecalculationError, poison, recalculate

RIGHT = {"A2": 2.5, "A3": 5.0, "A4": 5.0 / 3.0, "A5": "n/a", "A6": True, "A7": 2027}
FORMULAS = {
    "A2": "=A1*2",
    "A3": "=SUM(A1:A2)+factor",
    "A4": "=A3/3",
    "A5": '=IF(A1<2,"n/a",A1)',
    "A6": "=A1>1",
    "A7": "=YEAR(EDATE(DATE(2026,11,28),2))+A8-1",
}


def write(path: Path, cached: float | str = 17) -> Path:
    """A workbook whose six formulas all carry the same wrong cached value."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Model & more")
    sheet.write_number("A1", 1.25)
    sheet.write_number("B1", 1.25)
    sheet.write_blank("C1", None)
    for cell, formula in FORMULAS.items():
        sheet.write_formula(cell, formula, None, cached)
    sheet.write_formula("A8", "=A1*0+1", None, 3)
    book.define_name("factor", "='Model & more'!$B$1")
    book.close()
    return path


def values(path: Path) -> dict[str, object]:
    """The cached values of the cells of RIGHT."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book["Model & more"]
    found = {cell: sheet[cell].value for cell in RIGHT}
    book.close()
    return found


def test_wrong_cached_values_become_right(tmp_path: Path) -> None:
    """Wrong cached numbers, texts and poisoned cells all come back computed, to 15 digits, from one call."""
    numbers = write(tmp_path / "numbers.xlsx")
    texts = write(tmp_path / "texts.xlsx", "wrong")
    poisoned = write(tmp_path / "poisoned, with space.xlsx")
    poison(poisoned)
    results = recalculate([numbers, texts, poisoned], tmp_path / "out")
    assert [path.name for path in results] == [numbers.name, texts.name, poisoned.name]
    for result in results:
        assert values(result) == {
            cell: right if isinstance(right, str) else pytest.approx(right, rel=1e-14) for cell, right in RIGHT.items()
        }


def test_poison_reaches_every_formula_and_nothing_else(tmp_path: Path) -> None:
    """Every formula cell, whatever the type of its cached value, holds the poison; typed numbers stay."""
    for cached in (17, "wrong", True, "#N/A"):
        path = write(tmp_path / "book.xlsx", cached)
        assert poison(path) == len(FORMULAS) + 1
        assert set(values(path).values()) == {POISON}
        book = openpyxl.load_workbook(path)
        sheet = book.active
        assert sheet["A1"].value == 1.25
        assert {cell: sheet[cell].value for cell in FORMULAS} == FORMULAS
        book.close()


def test_a_workbook_without_formulas_cannot_be_poisoned(tmp_path: Path) -> None:
    """Comparing a workbook of mere numbers would prove nothing, so poisoning one is refused."""
    path = tmp_path / "numbers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_number("A1", 1)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"numbers\.xlsx holds no formula"):
        poison(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_results_never_overwrite(tmp_path: Path) -> None:
    """Two workbooks of one name, or results beside their sources, are refused before anything is written."""
    path = write(tmp_path / "book.xlsx")
    with pytest.raises(ValueError, match="same name"):
        recalculate([path, tmp_path / "other" / "book.xlsx"], tmp_path / "out")
    with pytest.raises(ValueError, match="another folder"):
        recalculate([path], tmp_path)
    assert not (tmp_path / "out").exists()


def test_a_missing_office_fails_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice an agreement test fails and says what to install; it does not pass unseen."""
    path = write(tmp_path / "book.xlsx")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RecalculationError, match=r"not installed: apt-get install .*libreoffice-calc-nogui"):
        recalculate([path], tmp_path / "out")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("while :; do :; done", "did not finish 1 workbook.* within 0.5 seconds"),
        ("echo broken; exit 3", "code 3. It said: broken"),
        ("echo nothing to do", "wrote no book.xlsx. It said: nothing to do"),
    ],
)
def test_a_failing_office_fails_with_a_sentence(
    script: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office that hangs, fails or writes nothing is told apart, and the one that hangs is ended."""
    path = write(tmp_path / "book.xlsx")
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RecalculationError, match=message):
        recalculate([path], tmp_path / "out", limit=0.5 if "while" in script else 30)
