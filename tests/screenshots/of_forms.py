"""Pictures of the start page, of every section of the form, and of entries and files that are refused."""

from __future__ import annotations

import json
import subprocess
import sys

from models import sections, template_names
from tests.screenshots.scenes import FLOOR, change, scene, stress, with_scenario, written
from tests.screenshots.stage import Stage

SERIES = "demand[1].gpus_by_month"
_HOLDER = (
    "import sys; from PySide6.QtCore import QLockFile; lock = QLockFile(sys.argv[1]); lock.setStaleLockTime(0);"
    "assert lock.tryLock(0); print('held', flush=True); sys.stdin.read()"
)


@scene("start")
def start(stage: Stage) -> None:
    """The start page fresh, with recent deals and a deal behind it, and with unsaved work on offer."""
    stage.take("start-fresh")
    for template in ("fjord", "austral-stress", "austral"):
        stage.open(template)
    change(stage)
    stage.window.show_start()
    stage.take("start-recent")
    stage.window.recovering.keep()
    stage.settle()
    stage.again()
    stage.take("start-recovery")


@scene("form")
def form(stage: Stage) -> None:
    """Every section of the capacity commitment, changed in three places."""
    stage.open("austral")
    change(stage)
    stage.tab("Cash flow")
    for section in sections():
        stage.section(section.key)
        stage.take(f"form-{section.key}")
    stage.window.desk.go_to(FLOOR)
    stage.take("form-floor-in-focus")
    stage.edit(SERIES, tuple(float(1500 + 90 * month) for month in range(40)))
    stage.section("demand")
    stage.window.desk.go_to(f"{SERIES}[3]")
    stage.take("form-month-series")


@scene("template")
def template(stage: Stage) -> None:
    """What the other templates open with: their supports, on the tab that says most of them."""
    for each in template_names():
        stage.open(each.name)
        stage.section("support" if each.name != "vendor-finance" else "share")
        stage.tab("Support" if each.name != "empty" else "Cash flow")
        stage.take(f"template-{each.name}")


@scene("scenario")
def scenario(stage: Stage) -> None:
    """A scenario being looked at: the form shows what it changes, and the rail compares it with the base."""
    stage.open("austral")
    stage.window.scenarios.add("Stressed demand", stress())
    stage.settle()
    stage.section("demand")
    stage.take("scenario-demand")
    stage.section("support")
    stage.edit(FLOOR, 3.30)
    stage.tab("Debt && cover")
    stage.take("scenario-support")


@scene("wrong-cell")
def wrong_cell(stage: Stage) -> None:
    """An entry in a year table that is no number."""
    stage.open("austral")
    stage.type(FLOOR, "3,15,2")
    stage.take("wrong-cell")


@scene("wrong-field")
def wrong_field(stage: Stage) -> None:
    """An entry in a field that its unit does not allow."""
    stage.open("austral")
    stage.type("senior_debt.target_dscr", "1,30,5")
    stage.take("wrong-field")


@scene("wrong-terms")
def wrong_terms(stage: Stage) -> None:
    """Terms that are allowed one by one and together lead to trouble."""
    stage.open("austral")
    stage.edit("senior_debt.fixed_amount", 2.5e9)
    stage.edit("senior_debt.sizing", "fixed")
    stage.section("debt")
    stage.take("wrong-terms")


@scene("question")
def question(stage: Stage) -> None:
    """Every question the program asks, and what it tells where it refuses."""
    window, filing = stage.window, stage.window.filing
    path = stage.copied("austral")
    stage.open_file(path)
    change(stage)
    stage.take_modal("question-unsaved", filing.close)
    stage.take_modal("question-scenario-name", window.scenarios.make)
    stage.take_modal("question-save-as", filing.save_as)
    stage.take_modal("question-about", window.actions_["about"].trigger)
    path.write_text(path.read_text(encoding="utf-8").replace('"months": 74', '"months": 75'), encoding="utf-8")
    stage.take_modal("question-changed-on-disk", filing.look_at_disk)
    stage.take_modal("question-overwrite", filing.save)
    window.recovering.keep()
    stage.settle()
    window = stage.again()
    stage.take_modal("question-left-unsaved", lambda: window.open_path(str(path)))
    other = stage.copied("fjord")
    lock = other.with_name(f".{other.name}.lock")
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    stage.take_modal("question-open-elsewhere", lambda: window.open_path(str(other)))
    holder.communicate("")
    deal = json.loads(path.read_text(encoding="utf-8"))
    newer = written(stage, "Newer.deal", json.dumps({**deal, "schema": 9}))
    stage.take_modal("question-newer", lambda: window.open_path(str(newer)))
    broken = written(stage, "Broken.deal", json.dumps({**deal, "months": 7400, "currency": "US$"}))
    stage.take_modal("question-broken", lambda: window.open_path(str(broken)))


@scene("menu")
def menu(stage: Stage) -> None:
    """The menus as they drop down, and the tenants of a scenario."""
    stage.open("austral")
    with_scenario(stage)
    for title in ("File", "Edit", "Deal", "Scenario", "Results", "View", "Help"):
        shown = stage.window.actions_.menu(title)
        shown.popup(stage.window.menuBar().mapToGlobal(stage.window.menuBar().rect().bottomLeft()))
        stage.take(f"menu-{title.lower()}", shown)
        shown.hide()
