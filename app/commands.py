"""What the program does without a window: evaluate, check and export a deal; and the way to the window.

Nothing here imports Qt before a window opens, nor NumPy before figures are asked for.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Sequence
from contextlib import suppress

import models
from app.analysing import analyse
from app.arguments import COMMANDS, EDITIONS, Asked, Refusal, asked, quoted, usage
from app.documents import ENDINGS, TERM_SHEETS, write_document
from app.given import found, given_deal, parted, refusal_of, template_names
from app.output import figures_json, figures_table, lines_csv, say, tell, tell_fault, write_file
from app.redline_output import redline_json, redline_text
from app.risk_output import risk_json, risk_table

DONE, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130


def run(words: Sequence[str]) -> int:
    """Do what the words of the command line ask.

    Returns:
        The exit code: 0, or 2 after one sentence on stderr for each problem; 3 where no window can be opened; 1 after
        a mistake of the program itself, of which stderr says where it happened and no figure of the deal.
    """
    if words[:1] == [models.READ_WORKBOOK]:  # this process was started to read a workbook, and does nothing else
        return models.read_in_this_process()
    try:
        return _do(asked(words))
    except Refusal as refusal:
        tell(refusal.sentences)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # whatever it is: what stderr leads to may be a log that others read
        tell_fault(error)
        return FAILED


def _do(what: Asked) -> int:
    match what.command:
        case "window":
            return _open_window(what.deal)
        case "evaluate":
            _evaluate(what)
        case "check":
            _check(what)
        case "simulate":
            _simulate(what)
        case "export":
            _export(what)
        case "solve" | "sensitivity" | "compare" | "explain":
            analyse(what)
        case "selftest":
            return _try_itself(what.deal)
        case "redline":
            _redline(what)
        case "version":
            say(f"backstop {models.VERSION}\n")
        case _:
            say(usage(what.deal, template_names()))
    return DONE


def _open_window(given: str) -> int:
    place, scenario = parted(given)
    path, template = found(place, COMMANDS) if place else (None, None)
    if scenario:
        given_deal(given)  # one that is not there is told before a window opens
    from app.start import run_window  # noqa: PLC0415 - Qt is looked for only where a window is wanted

    return run_window(None if template else path, template=template or None, scenario=scenario)


def _try_itself(folder: str) -> int:
    from app.start import why_no_window  # noqa: PLC0415 - Qt is looked for only where a window is wanted

    reason = why_no_window()
    if reason:
        raise Refusal(reason)
    from app.selftest import run_selftest  # noqa: PLC0415 - its libraries are known to be there only now

    return run_selftest(folder)


def _evaluate(what: Asked) -> None:
    given = given_deal(what.deal)
    target = _target(what)
    try:
        case = models.evaluate(given.deal)
    except models.FiguresError as error:
        raise Refusal(str(error)) from error
    if target is not None:
        _write(target, lines_csv(case))
    say(figures_table(case, given.title) if what.option("--json") is None else figures_json(case))


def _target(what: Asked) -> str | None:
    """The file for the lines of a deal, if any."""
    target = what.option("--lines")
    if target is not None and os.path.exists(what.deal) and os.path.realpath(target) == os.path.realpath(what.deal):
        raise Refusal(f"{quoted(target)} is the deal itself; its lines need a file of their own.")
    return target


def _simulate(what: Asked) -> None:
    numbers = {name: _whole(name, what.option(f"--{name}")) for name in ("paths", "seed", "threads", "path")}
    path, seed = numbers["path"], numbers["seed"]
    if path is None and what.option("--lines") is not None:
        raise Refusal("--lines writes the lines of one path; say with --path K of which one.")
    for name in ("paths", "threads"):
        if path is not None and numbers[name] is not None:
            raise Refusal(f"--path {path} runs that path alone, so --{name} has no use; leave one of them out.")
    given = given_deal(what.deal)
    deal, target, as_json = given.deal, _target(what), what.option("--json") is not None
    try:
        if path is not None:
            case = models.path_case(deal, path, seed=seed)
            if target is not None:
                _write(target, lines_csv(case, models.path_drivers(deal, path, seed=seed)))
            said = figures_json(case) if as_json else figures_table(case, given.title)
        else:
            result = models.simulate(deal, paths=numbers["paths"], seed=seed, threads=numbers["threads"])
            said = risk_json(result) if as_json else risk_table(deal, result, given.title)
    except (models.RiskError, models.FiguresError) as error:
        raise Refusal(str(error)) from error
    say(said)


def _whole(name: str, given: str | None) -> int | None:
    if given is None:
        return None
    if not re.fullmatch(r"\d{1,18}", given, re.ASCII):
        raise Refusal(f"{quoted(given)} is no whole number; --{name} takes one of 0 or more, such as {_SUCH_AS[name]}.")
    return int(given)


_SUCH_AS = {"paths": "20000", "seed": "7", "threads": "2", "path": "0"}


def _check(what: Asked) -> None:
    given = given_deal(what.deal)  # a deal with an error is refused here
    if given.note:
        say(f"{given.note}\n")
    warnings = "".join(f"Warning: {problem.message}\n" for problem in models.check_deal(given.deal))
    say(warnings or "Nothing is wrong with this deal.\n")


def _export(what: Asked) -> None:
    edition, target, given = what.option("--edition"), what.option("-o"), what.option("--date")
    allowed = f"give --edition {' or --edition '.join(EDITIONS)}."
    if edition is None:
        raise Refusal(f"For whom it is must be said: {allowed}")
    if edition not in EDITIONS:
        raise Refusal(f"There is no edition {quoted(edition)}; {allowed}")
    if target is None:
        raise Refusal("The file needs a name; give -o OUT.xlsx, or OUT.pdf or OUT.docx for the term sheet alone.")
    ending = os.path.splitext(target)[1].lower()
    if ending not in ENDINGS:
        raise Refusal(f"{quoted(target)} is no name for a workbook or term sheet; it must end in .xlsx, .pdf or .docx.")
    simulated = what.option("--simulate") is not None
    if simulated and (edition != "internal" or ending in TERM_SHEETS):
        raise Refusal("--simulate is for the workbook of the internal edition; a partner sees no simulation.")
    date = None if given is None else _date(given)
    given_one = given_deal(what.deal)
    deal = given_one.deal
    try:
        results = _computed(deal) if simulated else ()
        write_document(deal, edition, target, date=date, scenario=given_one.scenario, results=results)
    except models.DealError as error:
        raise refusal_of(error) from error
    except ValueError as error:  # figures beyond all measure, clauses or a text that no document can hold
        raise Refusal(str(error)) from error
    except OSError as error:
        raise Refusal(error.strerror or str(error)) from error
    say(f"Wrote {target}, the {edition} edition of {deal.name}.\n")


_RANKED_BY = ("vendor_support_npv", "partner_irr")


def _computed(deal: models.Deal) -> list[models.ResultTable]:
    """What the internal workbook prints of computations outside it: the simulation, and what moves either side most."""
    tables = list(models.simulation_tables(models.simulate(deal)))
    tables += (models.sensitivity_table(models.tornado(deal, kpi), deal.currency) for kpi in _RANKED_BY)
    return tables


def _redline(what: Asked) -> None:
    deal = _deal(what.deal)
    try:
        redline = models.read_redline(deal, what.other)
    except models.DealError as error:
        raise refusal_of(error) from error
    except ValueError as error:  # figures beyond all measure, or a text that no workbook can hold
        raise Refusal(str(error)) from error
    say(redline_text(redline) if what.option("--json") is None else redline_json(redline))


def _deal(given: str) -> models.Deal:
    return given_deal(given).deal


def _date(given: str) -> dt.date:
    with suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
            return dt.date.fromisoformat(given)
    raise Refusal(f"{quoted(given)} is no date; give it as YYYY-MM-DD, such as 2027-03-31.")


def _write(target: str, data: bytes) -> None:
    try:
        write_file(target, data)
    except BrokenPipeError:  # a pipe whose reader has seen enough
        return
    except OSError as error:
        reason = error.strerror or "the system refused"
        reason = reason[:1].lower() + reason[1:]
        raise Refusal(f"{quoted(target)} could not be written: {reason}.") from error
    except ValueError as error:  # a null character
        raise Refusal(f"{quoted(target)} is not the name of a file.") from error
