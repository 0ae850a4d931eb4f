"""Pictures of the windows beside the main one: help, line items, import, redline, preview, a fault."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.help import Help
from app.problems import CrashReport
from tests.agreement.changing import changed_workbook
from tests.models.workbook.written import exported
from tests.screenshots.scenes import scene, written
from tests.screenshots.stage import Stage


def newest(kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is in sight."""
    return next(top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible())


@scene("help")
def help_(stage: Stage) -> None:
    """Guide, glossary, a field, the keys, a search, nothing found, and the line items."""
    stage.open("austral")
    stage.window.actions_["help"].trigger()
    shown = newest(Help)
    assert isinstance(shown, Help)
    stage.take("help-guide", shown)
    searches = {
        "glossary": "dscr",
        "field": "target",
        "keys": "keys",
        "picture": "year table",
        "nothing": "zebra crossing",
    }
    for name, words in searches.items():
        shown.search.setText(words)
        stage.take(f"help-{name}", shown)
    shown.close()
    page = stage.window.finding.explain_routes.show_reference()
    stage.take("help-line-items", page)
    page.close()


@scene("drop")
def drop(stage: Stage) -> None:
    """A deal dragged over the window, and a file that is none."""
    stage.open("austral")
    for name, file in (("deal", "Northern lights.deal"), ("other", "plan.csv")):
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(f"{stage.folder}/{file}")])
        at, left, none = QPoint(300, 300), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(stage.window, QDragEnterEvent(at, Qt.DropAction.CopyAction, carried, left, none))
        stage.take(f"drop-{name}")
        QApplication.sendEvent(stage.window, QDragLeaveEvent())


@scene("import")
def import_(stage: Stage) -> None:
    """A month series from a file: quarters with a gap, months across, and a file that is none."""
    stage.open("austral")
    rows = [f"Q{quarter} {year},{900 + 40 * at},{at}" for at, (year, quarter) in enumerate(_quarters()) if at != 3]
    stage.answers.files.append(written(stage, "plan.csv", "\n".join(["Quarter,North,South", *rows]) + "\n"))
    stage.take_modal("import-plan", stage.window.importing.start)
    months = [f"{year}-{month:02d}" for year in (2027, 2028) for month in range(1, 13)]
    north = ",".join(str(900 + 40 * at) for at in range(24))
    across = f"Region,{','.join(months)},Total\nNorth,{north},32640\n"
    stage.answers.files.append(written(stage, "across.csv", across))
    stage.take_modal("import-across", stage.window.importing.start)
    stage.answers.files.append(written(stage, "plan.xlsx", "no workbook"))
    stage.take_modal("import-refused", stage.window.importing.start)


def _quarters() -> list[tuple[int, int]]:
    return [(year, quarter) for year in (2027, 2028, 2029) for quarter in (1, 2, 3, 4)]


@scene("redline")
def redline(stage: Stage) -> None:
    """A workbook that came back with changes, some of them ticked, and one that did not change."""
    stage.open("austral")
    deal = stage.window.document.deal
    sent = exported(deal, "partner")
    changes: dict[str, object] = {
        "operations.power_price_kwh": 0.071,
        "senior_debt.target_dscr": 1.35,
        "revenue_share.rates[0][0]": 0.52,
        "credit_support[0].floor_prices[1]": 3.40,
    }
    for name, content in (("changed", changed_workbook(sent, changes)), ("same", sent)):
        path = stage.folder / f"Austral {name}.xlsx"
        path.write_bytes(content)
        stage.answers.files.append(path)
        stage.window.redlining.start()
        stage.wait(lambda: stage.window.redlining.view is not None and stage.window.redlining.view.isVisible())
        view = stage.window.redlining.view
        assert view is not None
        view.table.table.tick_all(True)
        stage.take(f"redline-{name}", view)
        view.close()


@scene("preview")
def preview(stage: Stage) -> None:
    """The preview of printing, and the end of an export in the status line."""
    stage.open("austral")
    stage.take_modal("preview-term-sheet", stage.window.exporting.preview)
    stage.answers.files.append(stage.folder / "Austral.xlsx")
    stage.window.exporting.start("partner")
    stage.take("preview-exported")


@scene("fault")
def fault(stage: Stage) -> None:
    """The report of a fault of the program."""
    report: QWidget = CrashReport('Traceback (most recent call last):\n  File "app/live.py", line 1\nZeroDivisionError')
    report.show()
    stage.take("fault-report", report)
    report.close()
