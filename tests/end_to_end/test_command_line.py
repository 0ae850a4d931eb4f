"""The program as scripts and people use it without a window."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

import app.start
from app.__main__ import main
from models import READ_WORKBOOK, Deal, FiguresError, evaluate, load_deal, load_template, save_deal, with_value
from tests.agreement.changing import changed_workbook
from tests.models.deal.samples import Json, raw, set_in

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command answered: its exit code, what it printed, and the sentences on stderr."""

    code: int
    out: str
    sentences: list[str]


@pytest.fixture
def backstop(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Command(capsys)


class Command:
    """Calls the program's entry; every sentence on stderr must begin with its name and end with a mark."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Ran:
        code = main(words)
        said = self._capsys.readouterr()
        sentences = said.err.splitlines()
        for sentence in sentences:
            assert sentence.startswith("backstop: ")
            assert sentence[-1] in ".?"
            assert "Traceback" not in sentence
        return Ran(code, said.out, [sentence.removeprefix("backstop: ") for sentence in sentences])

    def refused(self, *words: str) -> str:
        """The one sentence with which a command line is refused."""
        ran = self(*words)
        assert ran.code == 2
        assert ran.out == ""
        (sentence,) = ran.sentences
        return sentence


def write(path: Path, deal: Json) -> str:
    """A deal file."""
    path.write_text(json.dumps(deal), encoding="utf-8")
    return str(path)


PROGRAM = (sys.executable, "-W", "error", "-m", "app")
"""The program in a process of its own, warnings being errors."""


def process(command: Sequence[str], cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What a command answered that ran in a process of its own."""
    return subprocess.run(
        command, cwd=cwd, env=surroundings(**more), capture_output=True, text=True, check=False, timeout=60
    )


def surroundings(**more: str) -> dict[str, str]:
    """Environment variables with which the program is found wherever it runs."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def test_lines_are_written_in_full(backstop: Command) -> None:
    """The CSV has a column a month and every line of the case, each figure exactly as the engine holds it."""
    ran = backstop("evaluate", "fjord", "--lines", "fjord.csv")
    assert (ran.code, ran.sentences) == (0, [])
    data = Path("fjord.csv").read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    header, *rows = csv.reader(data.decode().splitlines())
    case = evaluate(load_template("fjord"))
    assert header == ["line", *map(str, range(case.months))]
    assert [row[0] for row in rows] == list(case.lines)
    for name, *values in rows:
        assert [float(text) for text in values] == case.lines[name].tolist(), name
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["dscr_12m"][0] == "inf"
    assert by_name["letter_of_credit_draw"] == ["0.0"] * case.months
    assert "revenue[2]" in by_name


def test_equal_deals_give_equal_bytes(tmp_path: Path) -> None:
    """Written twice, by two processes with different hash seeds, lines are the same byte for byte."""
    for seed in ("1", "2"):
        done = process([*PROGRAM, "evaluate", "fjord", "--lines", f"{seed}.csv"], tmp_path, PYTHONHASHSEED=seed)
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_key_figures_come_as_json(backstop: Command) -> None:
    """JSON has the key figures by name in their order, null with a reason where a figure does not exist."""
    deal = raw("fjord")
    deal["senior_debt"] |= {"sizing": "fixed", "fixed_amount": 0}
    ran = backstop("evaluate", write(Path("no-debt.deal"), deal), "--json")
    assert (ran.code, ran.sentences) == (0, [])
    assert "Infinity" not in ran.out
    assert "NaN" not in ran.out
    figures = json.loads(ran.out)
    reasons = figures.pop("reasons")
    case = evaluate(load_template("fjord"))
    assert list(figures) == list(case.kpis)
    assert ran.out.startswith('{\n "debt_amount": 0.0,\n')
    assert {name for name, value in figures.items() if value is None} == set(reasons)
    assert {"llcr", "min_dscr", "average_life"} <= set(reasons)
    assert reasons["llcr"] == "there is no senior debt"
    assert json.loads(backstop("evaluate", "fjord", "--json").out) == {**case.kpis, "reasons": {}}


def test_key_figures_come_as_a_table(backstop: Command) -> None:
    """Without --json the figures stand one below the other with their units, a reason in place of a missing one."""
    deal = raw("fjord")
    deal["senior_debt"] |= {"sizing": "fixed", "fixed_amount": 0}
    ran = backstop("evaluate", write(Path("no-debt.deal"), deal))
    title, empty, *rows = ran.out.splitlines()
    assert title == "Fjord, Jan 2027 to Dec 2032"
    assert empty == ""
    assert len(rows) == 26
    assert len({row.index("  USD") for row in rows if row.endswith("  USD")}) == 1
    (cost,) = (row for row in rows if row.startswith("Capital cost"))
    assert cost.split() == ["Capital", "cost", "237,568,000", "USD"]
    (llcr,) = (row for row in rows if row.startswith("LLCR"))
    assert llcr.split(maxsplit=2) == ["LLCR", "none", "there is no senior debt"]
    (irr,) = (row for row in rows if row.startswith("Partner IRR"))
    assert irr.endswith("% a year")


def test_a_sound_deal_is_checked(backstop: Command) -> None:
    """A deal without a fault gets exit code 0, with a warning for each thing its owner should know."""
    assert backstop("check", "fjord").code == 0
    deal = set_in(raw("fjord"), "demand.0.end", "2030-05")
    ran = backstop("check", write(Path("leaving.deal"), deal))
    assert ran.code == 0
    assert ran.sentences == []
    assert ran.out.startswith("Warning: ")
    assert "demand[0].end" in ran.out


def test_every_fault_of_a_deal_is_a_sentence(backstop: Command) -> None:
    """Each wrong field is named with its value and what is allowed, one sentence a line, exit code 2; so everywhere."""
    deal = set_in(set_in(raw("fjord"), "months", 3), "phases.0.availability", 1.5)
    path = write(Path("wrong.deal"), deal)
    for words in (("check", path), ("evaluate", path, "--json"), ("export", path, "--edition=partner", "-o", "x.xlsx")):
        ran = backstop(*words)
        assert ran.code == 2
        assert ran.out == ""
        assert len(ran.sentences) == 2
        assert "months" in ran.sentences[0] or "months" in ran.sentences[1]
        assert any("phases[0].availability" in sentence and "1.5" in sentence for sentence in ran.sentences)
    assert os.listdir() == ["wrong.deal"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1, 2]", b"\xff\xfe{\x00", b'{"schema": 99}', b'{"schema": 1, "schema": 1}', b"[" * 100_000, b"\0"],
)
def test_no_file_brings_it_down(backstop: Command, content: bytes) -> None:
    """Whatever stands in a file, every command answers with sentences."""
    Path("odd.deal").write_bytes(content)
    for words in (("check",), ("evaluate", "--json"), ("export", "--edition", "internal", "-o", "out.xlsx")):
        ran = backstop(words[0], "odd.deal", *words[1:])
        assert ran.code == 2
        assert ran.sentences
    assert os.listdir() == ["odd.deal"]


def test_a_workbook_is_exported(backstop: Command) -> None:
    """Export writes the workbook it is asked for and says so; its date is the one given."""
    ran = backstop("export", "fjord", "--edition", "partner", "-o", "fjord.xlsx", "--date", "2027-03-31")
    assert (ran.code, ran.sentences) == (0, [])
    assert ran.out == "Wrote fjord.xlsx, the partner edition of Fjord.\n"
    book = openpyxl.load_workbook("fjord.xlsx")
    assert {"Summary", "Inputs", "Model", "Checks", "About"} <= set(book.sheetnames)
    book.close()
    first = Path("fjord.xlsx").read_bytes()
    backstop("export", "fjord", "-o=fjord.xlsx", "--date=2027-03-31", "--edition=partner")
    assert Path("fjord.xlsx").read_bytes() == first


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_term_sheet_is_exported(backstop: Command, ending: str, begins: bytes) -> None:
    """Export writes the term sheet where the name ends in .pdf or .docx; once more it writes the same bytes."""
    line = ("export", "fjord", "--edition", "partner", "-o", f"fjord.{ending}", "--date", "2027-03-31")
    ran = backstop(*line)
    assert (ran.code, ran.sentences) == (0, [])
    assert ran.out == f"Wrote fjord.{ending}, the partner edition of Fjord.\n"
    first = Path(f"fjord.{ending}").read_bytes()
    assert first.startswith(begins)
    backstop(*line)
    assert Path(f"fjord.{ending}").read_bytes() == first


def test_results_of_a_simulation_are_exported(backstop: Command) -> None:
    """With --simulate the internal workbook shows results, with their seed, and what moves either side's figure."""
    small = with_value(load_template("fjord"), "uncertainty.paths", 64)
    save_deal(small, "small.deal")
    ran = backstop("export", "small.deal", "--edition", "internal", "-o", "fjord.xlsx", "--simulate")
    assert (ran.code, ran.sentences) == (0, [])
    book = openpyxl.load_workbook("fjord.xlsx", read_only=True)
    texts = [str(value) for row in book["Results"].iter_rows(values_only=True) for value in row if value is not None]
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    book.close()
    assert any(text.startswith("64 random paths, seed 7") for text in texts)
    assert {"RAROC a year", "Sensitivity: Support NPV", "Sensitivity: Partner IRR"} <= set(texts)
    assert (about["Seed"], about["Scenario"]) == ("7", "base case")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("check", "The deal is missing; name a deal file or one of the templates"),
        ("check austrl", 'There is no deal "austrl"; did you mean "austral"?'),
        ("check deals/fjord.deal", 'There is no file "deals/fjord.deal".'),
        ("check mine.dael", 'There is no deal "mine.dael"; did you mean "mine.deal"?'),
        ("check austral fjord", '"fjord" is one word too many; check takes one deal.'),
        ("check austral --json", 'check has no option "--json"; it takes --help.'),
        ("evaluate austral --jsn", 'evaluate has no option "--jsn"; did you mean --json?'),
        ("evaluate austral --json=yes", 'evaluate has no option "--json=yes"; did you mean --json?'),
        ("evaluate austral --lines", "--lines must be followed by the name of a file, OUT.csv."),
        ("evaluate mine.deal --lines mine.deal", '"mine.deal" is the deal itself; its lines need a file of their own.'),
        ("evaluate austral --lines no/where.csv", '"no/where.csv" could not be written: its folder'),
        ("evaluate austral --lines .", '"." could not be written: there is a folder of that name.'),
        ("export austral -o x.xlsx", "For whom it is must be said: give --edition partner or"),
        ("export austral --edition both -o x.xlsx", 'There is no edition "both"; give --edition partner or --edition'),
        ("export austral --edition", "--edition must be followed by partner or internal."),
        ("export austral --edition partner", "The file needs a name; give -o OUT.xlsx, or OUT.pdf or OUT.docx"),
        (
            "export austral --edition partner -o x.xls",
            '"x.xls" is no name for a workbook or term sheet; it must end in',
        ),
        ("export austral --edition partner -o x.xlsx --simulate", "--simulate is for the workbook of the internal"),
        ("export austral --edition internal -o x.pdf --simulate", "--simulate is for the workbook of the internal"),
        ("export austral --edition partner -o no/where.pdf", "where.pdf could not be written: its folder"),
        ("export austral --edition partner -o no/where.docx", "where.docx could not be written: its folder"),
        ("export austral --edition partner -o x.xlsx --date 2027-02-30", '"2027-02-30" is no date; give it as YYYY'),
        ("evalute austral", 'There is no command "evalute"; did you mean "evaluate"?'),
        (
            "run austral",
            'There is no command "run"; the commands are evaluate, check, simulate, explain, sensitivity,',
        ),
        ("exprot", 'There is no deal "exprot"; did you mean "export"?'),
        ("--jsn", 'There is no option "--jsn"; backstop takes --help, --version, the name of a deal, or one of'),
    ],
)
def test_wrong_usage_is_one_sentence(backstop: Command, line: str, sentence: str) -> None:
    """What cannot be done as asked is refused in one sentence that names the words allowed or the nearest one."""
    write(Path("mine.deal"), raw("fjord"))
    assert backstop.refused(*line.split()).startswith(sentence)
    assert os.listdir() == ["mine.deal"]


@pytest.mark.parametrize("name", ["x" * 5000, "\0", "a\nb", "caf\udce9", ""])
def test_odd_names_are_refused_on_one_line(backstop: Command, name: str) -> None:
    """Names that are endless, empty or hold what cannot be printed are refused like any other."""
    assert "\n" not in backstop.refused("check", name)
    assert "\n" not in backstop.refused("evaluate", "fjord", "--lines", f"no/{name}/x.csv")


def test_nothing_is_half_written(backstop: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails at the last step, what stood there before is whole and nothing is left beside it."""
    Path("lines.csv").write_text("before", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    sentence = backstop.refused("evaluate", "fjord", "--lines", "lines.csv")
    assert sentence == '"lines.csv" could not be written: no space left on device.'
    assert Path("lines.csv").read_text(encoding="utf-8") == "before"
    assert os.listdir() == ["lines.csv"]


def test_a_link_stays_one_and_a_mode_is_kept(backstop: Command) -> None:
    """Lines written through a symbolic link change the file it points at, whose mode stays."""
    Path("real.csv").write_text("before", encoding="utf-8")
    Path("real.csv").chmod(0o640)
    Path("link.csv").symlink_to("real.csv")
    assert backstop("evaluate", "fjord", "--lines", "link.csv").code == 0
    assert Path("link.csv").is_symlink()
    assert Path("real.csv").stat().st_mode & 0o777 == 0o640
    assert Path("real.csv").read_text(encoding="utf-8").startswith("line,0,1,")


def test_figures_beyond_all_measure_are_a_sentence(backstop: Command) -> None:
    """Allowed values that lead nowhere end in the engine's own sentence."""
    deal = raw("fjord") | {"months": 360}
    path = write(Path("far.deal"), set_in(deal, "partner.discount_rate", -1 + 1e-15))
    with pytest.raises(FiguresError) as caught:
        evaluate(load_deal(path))
    assert backstop.refused("evaluate", path) == str(caught.value)
    assert backstop.refused("export", path, "--edition", "internal", "-o", "far.xlsx") == str(caught.value)
    assert os.listdir() == ["far.deal"]


def test_a_file_comes_before_a_template(backstop: Command) -> None:
    """A file named like a template is the one that is meant."""
    write(Path("fjord"), raw("fjord") | {"name": "Mine"})
    assert backstop("evaluate", "fjord").out.startswith("Mine, ")


def test_help_and_version(backstop: Command) -> None:
    """Help names every command, template and option, behind a command its own; the version is that of the project."""
    said = backstop("--help")
    assert said.code == 0
    for word in ("evaluate", "check", "export", "--lines", "--json", "--edition", "-o", "--date", "austral", "fjord"):
        assert word in said.out
    assert backstop("-h") == said
    for words, its in ((["export", "--help"], "--date"), (["simulate", "fjord", "-h"], "--path K")):
        of_one = backstop(*words).out
        assert of_one.startswith(f"Usage: backstop {words[0]} DEAL ")
        assert its in of_one
        assert "austral" in of_one
        assert "--target" not in of_one
    assert backstop("--version").out.startswith("backstop 0.")


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    """Where what reads the output is gone before the end, the program ends quietly."""
    line = " ".join(f"'{word}'" for word in (*PROGRAM, "evaluate", "austral", "--json"))
    done = process(["bash", "-c", f"set -o pipefail; {line} | head -n 1"], tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")
    command, pipe = [*PROGRAM, "evaluate", "austral"], subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, env=surroundings(), stdout=pipe, stderr=pipe, text=True) as gone:
        assert gone.stdout is not None
        assert gone.stderr is not None
        gone.stdout.close()
        assert gone.stderr.read() == ""
    assert gone.returncode == 0


def test_checking_needs_no_engine(tmp_path: Path) -> None:
    """`check`, `--version` and refusals answer without loading NumPy, Qt or anything that writes workbooks."""
    heavy = ["numpy", "pandas", "PySide6", "openpyxl", "xlsxwriter"]
    code = (
        "import sys\n"
        "from app.__main__ import main\n"
        "codes = [main(line.split()) for line in sys.argv[1:]]\n"
        f"loaded = [name for name in {heavy} if name in sys.modules]\n"
        "assert codes == [0, 0, 0, 2] and not loaded, (codes, loaded)\n"
    )
    lines = ["check austral", "--version", "--help", "evaluate austrl"]
    done = process([sys.executable, "-W", "error", "-c", code, *lines], tmp_path)
    assert done.returncode == 0, done.stderr


def test_output_of_any_encoding_is_printed(tmp_path: Path) -> None:
    """A name that the terminal cannot spell is printed with its letters' numbers instead of ending the program."""
    path = tmp_path / "name.deal"
    write(path, raw("fjord") | {"name": "Fjørd → 北"})
    done = process([*PROGRAM, "evaluate", str(path)], tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Fj\\xf8rd \\u2192 \\u5317, ")


def test_a_deal_alone_opens_the_window(backstop: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a command the window opens: empty, on a file or a scenario of it, or with a new deal from a template."""
    opened: list[tuple[str | None, str | None, str]] = []

    def window(path: str | None = None, *, template: str | None = None, scenario: str = "") -> int:
        opened.append((path, template, scenario))
        return 3

    monkeypatch.setattr(app.start, "run_window", window)
    late = {"name": "Late", "parent": None, "changes": {"phases[3].delivery": "2027-06"}}
    path = write(Path("mine.deal"), raw() | {"scenarios": [late]})
    for words in ((), (path,), ("austral",), (f"{path}@Late",)):
        assert backstop(*words).code == 3
    assert opened == [(None, None, ""), (path, None, ""), (None, "austral", ""), (path, None, "Late")]
    assert "has no scenario" in backstop.refused(f"{path}@Early")


def test_an_interruption_ends_quietly(backstop: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while figures are computed ends the program without a word, with the exit code shells expect."""

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("models.engine.case.evaluate", interrupted)
    ran = backstop("evaluate", "fjord", "--lines", "fjord.csv")
    assert (ran.code, ran.out, ran.sentences) == (130, "", [])
    assert os.listdir() == []


def test_a_mistake_of_the_program_tells_no_figure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error nobody foresaw ends with exit code 1 and the place where it happened, less the words of the error."""

    def broken(deal: Deal) -> None:
        raise KeyError(f"rent of {deal.operations.rent_per_kw_month} paid by {deal.partner.name}")

    monkeypatch.setattr("models.engine.case.evaluate", broken)
    assert main(["evaluate", "austral"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("backstop: The program made a mistake.")
    assert "app/commands.py, line " in err
    assert "KeyError" in err
    assert "rent of 1" not in err
    assert "Austral" not in err


def test_redline_shows_what_came_back(backstop: Command) -> None:
    """A returned workbook is laid beside its deal: each change with both values and effects, as text or as JSON."""
    backstop("export", "fjord", "--edition", "partner", "-o", "sent.xlsx")
    changes = {"operations.power_price_kwh": 0.07, "senior_debt.target_dscr": 1.4}
    Path("back.xlsx").write_bytes(changed_workbook(Path("sent.xlsx").read_bytes(), changes))
    shown = backstop("redline", "fjord", "back.xlsx")
    assert shown.code == 0
    assert shown.out.startswith(f"back.xlsx: partner edition of Fjord, issued {dt.date.today()}\n")
    assert "2 changes:" in shown.out
    assert "0.07" in shown.out
    assert "All together" in shown.out
    said = json.loads(backstop("redline", "fjord", "back.xlsx", "--json").out)
    assert {change["path"]: change["theirs"] for change in said["changes"]} == changes
    assert said["together"]["figures"].keys() == said["figures"].keys() == evaluate(load_template("fjord")).kpis.keys()
    assert "Nothing was changed." in backstop("redline", "fjord", "sent.xlsx").out
    Path("back.xlsx").write_bytes(changed_workbook(Path("sent.xlsx").read_bytes(), {"senior_debt.target_dscr": -1}))
    refused = backstop("redline", "fjord", "back.xlsx").out
    assert "No input holds another value that the deal could take." in refused
    assert "it must be a number above 0" in refused


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("redline",), "The deal is missing"),
        (("redline", "fjord"), "After the deal, redline must be given the workbook that came back, RETURNED.xlsx."),
        (("redline", "fjord", "a.xlsx", "b.xlsx"), '"b.xlsx" is one word too many; redline takes a deal and one workb'),
        (("redline", "fjord", "none.xlsx"), "none.xlsx could not be read: no such file or directory."),
        (("redline", "fjord", "text.xlsx"), "The file is not an Excel workbook."),
        (("redline", "fjord", "other.xlsx"), 'The workbook was issued for the deal "Austral" with "Austral Compute"; '),
    ],
)
def test_redline_refuses_in_one_sentence(backstop: Command, words: tuple[str, ...], sentence: str) -> None:
    """A file that is no workbook, or one of another deal, is refused in one sentence with exit code 2."""
    Path("text.xlsx").write_text("no workbook", encoding="utf-8")
    if "other.xlsx" in words:
        backstop("export", "austral", "--edition", "partner", "-o", "other.xlsx")
    assert backstop.refused(*words).startswith(sentence)


def test_the_program_is_its_own_reader(tmp_path: Path) -> None:
    """Started with the private word, the program reads a workbook from its input and answers with one line of JSON."""
    words = [*PROGRAM, "export", "fjord", "--edition", "partner", "-o", str(tmp_path / "sent.xlsx")]
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
    for content, key in (((tmp_path / "sent.xlsx").read_bytes(), "found"), (b"no workbook", "refused")):
        done = subprocess.run([*PROGRAM, READ_WORKBOOK], input=content, capture_output=True, check=True, cwd=ROOT)
        assert json.loads(done.stdout).keys() == {key}
        assert done.stderr == b""
