"""Recalculates workbooks with LibreOffice, so that tests compare our figures with those of an independent program."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

POISON = -987654321.125
"""The number `poison` leaves in every formula cell; no deal comes near it."""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
# 0 is "always": without it LibreOffice believes the cached values of the file and computes nothing

_FORMULA_CELL = re.compile(
    r"<c\b(?P<attributes>[^>]*)>(?P<formula><f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)(?:<v>[^<]*</v>|<v/>)?</c>"
)
_CELL_TYPE = re.compile(r'\s+t="[^"]*"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


class RecalculationError(AssertionError):
    """LibreOffice is missing, failed or took too long; the message says which."""


def recalculate(paths: Sequence[Path], out: Path, *, limit: float = 90.0) -> list[Path]:
    """Recalculates every formula of the workbooks with one call of LibreOffice and writes the results to `out`.

    The files keep their names, which must therefore differ; `out` is made if need be and must not be a folder
    the workbooks lie in. A call costs a second or two before its first workbook: hand over many at once. LibreOffice
    writes numbers to 15 significant digits, so agreement closer than about 5e-15 of a figure cannot be seen.
    Raises ValueError for names that would overwrite one another, RecalculationError for all that LibreOffice
    does not do within `limit` seconds.
    """
    results = [out / path.name for path in paths]
    if len(set(results)) < len(results):
        raise ValueError("Two workbooks have the same name: the second result would overwrite the first.")
    if any(path.resolve().parent == out.resolve() for path in paths):
        raise ValueError("The results would overwrite the workbooks: name another folder.")
    if not paths:
        return []
    out.mkdir(parents=True, exist_ok=True)
    for result in results:
        result.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="backstop-office-") as folder:
        said = _convert(paths, out, profile=Path(folder), limit=limit)
    lost = [result.name for result in results if not result.is_file()]
    if lost:
        raise RecalculationError(f"LibreOffice wrote no {', '.join(lost)}. It said: {said}")
    return results


def _convert(paths: Sequence[Path], out: Path, *, profile: Path, limit: float) -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise RecalculationError(
            "LibreOffice Calc is not installed: apt-get install -y --no-install-recommends libreoffice-calc-nogui"
        )
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(out.resolve()),
        *(str(path.resolve()) for path in paths),
    ]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            # the program is a shell script around the one that works: both go
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise RecalculationError(
                f"LibreOffice did not finish {len(paths)} workbook(s) within {limit:g} seconds."
            ) from None
    if process.returncode != 0:
        raise RecalculationError(f"LibreOffice ended with code {process.returncode}. It said: {said}")
    return said


def poison(path: Path) -> int:
    """Replaces the cached value of every formula cell by the number POISON, in place; gives the number of cells.

    Texts, truths and errors among the cached values become that number too. Nothing else in the file changes.
    Raises ValueError for a workbook without formulas, for which a comparison would prove nothing.
    """
    poisoned = 0
    clean = path.with_name(path.name + ".poisoned")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if _SHEET.fullmatch(part.filename):
                text, cells = _FORMULA_CELL.subn(_poisoned, content.decode("utf-8"))
                content = text.encode("utf-8")
                poisoned += cells
                if cells != len(re.findall(r"<f\b", text)):
                    raise ValueError(f"{part.filename} holds a formula cell of a form not known here.")
            target.writestr(part, content)
    if not poisoned:
        clean.unlink()
        raise ValueError(f"{path.name} holds no formula.")
    clean.replace(path)
    return poisoned


def _poisoned(cell: re.Match[str]) -> str:
    attributes = _CELL_TYPE.sub("", cell["attributes"])
    return f"<c{attributes}>{cell['formula']}<v>{POISON!r}</v></c>"
