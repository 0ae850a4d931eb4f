"""What the command line prints of solve, sensitivity, compare and explain: for people, or as JSON for scripts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import models
from app.given import Given

MOST_USERS = 12
MOST_CHANGES = 4
"""Fields of one step of a bridge that are shown; the table above it names them all."""


def solved_json(given: Given, found: models.Solved) -> str:
    """Field, value (unrounded, as a file holds it, null where none), target, achieved, residual, reason, roots."""

    def in_file(value: float | None) -> object:
        return _in_file(given, found.path, value)

    return _json(
        {
            "field": found.path,
            "value": in_file(found.value),
            "kpi": found.kpi,
            "target": found.target,
            "achieved": found.achieved,
            "residual": found.residual,
            "reason": found.reason,
            "nearest": in_file(found.nearest),
            "roots": [
                {"value": in_file(root.value), "achieved": root.achieved, "residual": root.residual}
                for root in found.roots
            ],
            "searched": [in_file(found.low), in_file(found.high)],
        }
    )


def solved_text(given: Given, found: models.Solved) -> str:
    """The value found with what it would be entered as, or why there is none."""
    lines = [given.title, ""]
    if found.value is None:
        return "\n".join([*lines, f"No value of {found.label} ({found.path}) was found.", found.reason]) + "\n"
    best = min(found.roots, key=lambda root: abs(root.value - (found.value or 0.0)))
    achieved, target = (models.figure_text(given.deal, found.kpi, value) for value in (best.achieved, found.target))
    off = models.distance_text(given.deal, found.kpi, best.residual, found.target)
    rows = [
        (found.label, best.text, found.path),
        (found.kpi_label, achieved, f"target {target}, {f'off by {off}' if off else 'met'}"),
    ]
    changes = models.change_words(given.deal, models.entered_changes(given.deal, found.path, found.value))
    rounded = ["", "Rounded on entry", *(f"  {words}" for words in changes)]
    return "\n".join([*lines, *_table(rows), *rounded, *_after([found.reason] if found.reason else [])]) + "\n"


def tornado_json(given: Given, found: models.Tornado) -> str:
    """The figure of the deal and for each input both ends, the largest swing first."""
    return _json(
        {
            "kpi": found.kpi,
            "base": found.base,
            "reason": found.missing,
            "range": found.spread,
            "inputs": [
                {
                    "field": bar.path,
                    "label": bar.label,
                    "low": _end(given, bar.path, bar.low),
                    "high": _end(given, bar.path, bar.high),
                    "swing": bar.swing,
                    "note": bar.note,
                }
                for bar in found.bars
            ],
            "left_out": dict(found.left_out),
        }
    )


def _end(given: Given, path: str, end: models.End) -> dict[str, Any]:
    return {"value": _in_file(given, path, end.value), "figure": end.figure, "change": end.change, "reason": end.note}


def tornado_text(given: Given, found: models.Tornado) -> str:
    """A table of the inputs, the largest swing first, with what was clipped or left out."""
    base = models.figure_text(given.deal, found.kpi, found.base)
    why = f", {found.missing}" if found.missing else ""
    rows = [("Input", "Low", found.label, "High", found.label)] if found.bars else []
    for bar in found.bars:
        ends = [models.figure_text(given.deal, found.kpi, end.figure) for end in (bar.low, bar.high)]
        rows.append((bar.label, bar.low.text, ends[0], bar.high.text, ends[1]))
    notes = [f"{bar.label}: {note}" for bar in found.bars for note in (bar.note, bar.low.note, bar.high.note) if note]
    left = [f"{path} is left out. {reason}" for path, reason in found.left_out]
    head = [f"{given.title}: {found.label} {base}{why}", ""]
    return "\n".join([*head, *_table(rows), *_after(notes), *_after(left)]) + "\n"


def comparison_json(found: models.Comparison, bridge: models.Bridge | str | None) -> str:
    """Fields with both values, key figures with their change, and the bridge of one of them if asked for.

    A bridge given as a text is none, and says why: then it is null and the text its reason.
    """
    result: dict[str, Any] = {
        "fields": [
            {
                "field": change.path,
                "label": change.label,
                "before": _plain_value(change.before),
                "after": _plain_value(change.after),
                "words": [change.before_text, change.after_text],
            }
            for change in found.fields
        ],
        "kpis": {
            change.name: {
                "before": change.before,
                "after": change.after,
                "change": change.change,
                "reason": change.reason,
            }
            for change in found.figures
        },
    }
    if isinstance(bridge, str):
        result["bridge"] = None
        result["reason"] = bridge
    elif bridge is not None:
        result["bridge"] = {
            "kpi": bridge.kpi,
            "before": bridge.before,
            "after": bridge.after,
            "steps": [
                {"label": step.label, "fields": list(step.paths), "changes": list(step.changes), "amount": step.amount}
                for step in bridge.steps
            ],
            "rule": bridge.rule,
            "note": bridge.note,
        }
    return _json(result)


def comparison_text(before: Given, after: Given, found: models.Comparison) -> str:
    """Two tables: the fields that differ, and the key figures of both."""
    fields = [("Field", before.words, after.words)]
    fields += [(change.label, change.before_text, change.after_text) for change in found.fields]
    figures = [("Key figure", before.words, after.words)]
    for change in found.figures:
        figures.append(
            (
                change.label,
                models.figure_text(after.deal, change.name, change.before),
                models.figure_text(after.deal, change.name, change.after),
            )
        )
    first = _table(fields) if found.fields else ["The two deals do not differ in any field."]
    return "\n".join([*first, "", *_table(figures)]) + "\n"


def bridge_text(given: Given, found: models.Bridge | str) -> str:
    """What each difference contributes, and by which rule; a text says why there is no bridge."""
    if isinstance(found, str):
        return f"{found}\n"

    def said(amount: float) -> str:
        return models.figure_text(given.deal, found.kpi, amount)

    rows = [(found.label, said(found.before), "before")]
    rows += [(step.label, said(step.amount), _some(step.changes)) for step in found.steps]
    rows.append((found.label, said(found.after), "after"))
    return "\n".join([*_table(rows), "", found.rule, *([found.note] if found.note else [])]) + "\n"


def _some(changes: Sequence[str]) -> str:
    more = len(changes) - MOST_CHANGES
    return "; ".join(changes) if more <= 0 else f"{'; '.join(changes[:MOST_CHANGES])}; and {more} more"


def explanation_json(found: models.Explanation) -> str:
    """Label, reason, formula, the values that went in, the result, and where it is used."""
    return _json(
        {
            "name": found.name,
            "label": found.label,
            "section": found.section,
            "reason": found.reason,
            "month": found.month,
            "value": found.value,
            "missing": found.missing,
            "internal": found.internal,
            "formula": found.formula_text,
            "names_formula": found.names_formula,
            "ingredients": [
                {
                    "name": each.name,
                    "kind": each.kind,
                    "label": each.label,
                    "when": each.when,
                    "value": _finite(each.value),
                    **({"values": [_finite(value) for value in each.values]} if each.values else {}),
                }
                for each in found.ingredients
            ],
            "recomputed": found.recomputed,
            "users": [{"name": user.name, "month": user.month, "label": user.label} for user in found.users],
        }
    )


def explanation_text(given: Given, found: models.Explanation) -> str:
    """The same for people."""
    when = f", {found.when}" if found.when else ""
    value = f"{found.text} {found.unit}".strip() if found.value is not None else f"none: {found.missing}"
    rows = [
        (
            f"  {each.label}",
            f"{each.text} {each.unit}".strip(),
            ", ".join(word for word in (each.when, each.name) if word),
        )
        for each in found.ingredients
    ]
    names = list(dict.fromkeys(user.name for user in found.users))
    users = names[:MOST_USERS]
    more = f" and {len(names) - MOST_USERS} more" if len(names) > MOST_USERS else ""
    return (
        "\n".join(
            [
                f"{given.title}: {found.label} ({found.name}){when}{', internal' if found.internal else ''}",
                "",
                found.reason,
                "",
                f"= {found.formula_text}",
                *_table(rows),
                f"= {value}",
                *(["", f"Used in {', '.join(users)}{more}."] if users else []),
            ]
        )
        + "\n"
    )


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(len(rows[0]) if rows else 0)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _after(lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    return ["", *listed] if listed else []


def _plain_value(value: object) -> object:
    dumped = getattr(value, "model_dump", None)
    return dumped(by_alias=True) if dumped is not None else value


def _in_file(given: Given, path: str, value: object) -> object:
    """A value of a term as it stands in a file; a factor stays one."""
    if isinstance(value, float) and models.term_at(given.deal, path).field.unit is models.Unit.MONTH:
        return models.month_text(round(value))
    return value


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
