"""What the values of a form are compared with: the deal as saved, or what the scenario looked at builds on."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

_PROPERTY = "compared_with"
BASE = "Base"


def compare_with(widget: QWidget, name: str) -> None:
    """Let all forms below a widget compare with a scenario or with `BASE`; with "" they compare with the saved deal."""
    widget.setProperty(_PROPERTY, name)


def compared_with(widget: QWidget) -> str:
    """What the form around a widget compares its values with: a scenario, `BASE`, or "" for the saved deal."""
    at: QObject | None = widget
    while at is not None:
        said = at.property(_PROPERTY)
        if isinstance(said, str):
            return said
        at = at.parent()
    return ""


def before_words(widget: QWidget, value: str, of: str = "") -> str:
    """What a changed value was: `Base: 3.15`, `Base: 3.15 in Year 2`, `Year 2 was 3.05 when saved.`"""
    name = compared_with(widget)
    if name:
        return f"{name}: {value}" + (f" in {of}" if of else "")
    return f"{of or 'It'} was {value} when saved."
