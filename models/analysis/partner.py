"""What of the figures shown live a partner may see."""

from __future__ import annotations

from dataclasses import replace

from models.analysis.explain import Explanation
from models.analysis.glance import Glance
from models.engine.case import KEY_FIGURES, Case


def partner_glance(seen: Glance) -> Glance:
    """The figures and notes that are not internal, without movements, warnings and all that tells of other states."""
    figures = tuple(
        replace(figure, movement=None, notes=tuple(note for note in figure.notes if not note.internal))
        for figure in seen.figures
        if not figure.internal
    )
    return replace(seen, figures=figures, warnings=())


def partner_explanation(case: Case, found: Explanation) -> Explanation:
    """An explanation without the internal figures that use it or go into it.

    Raises:
        ValueError: the figure itself is internal.
    """
    if found.internal:
        raise ValueError("This figure is not shared.")
    secret = {line.name for line in case.model.lines.values() if line.definition.internal}
    secret |= {figure.name for figure in KEY_FIGURES if figure.internal}
    shared = tuple(each for each in found.ingredients if not each.internal)
    return replace(
        found,
        why=found.why if len(shared) == len(found.ingredients) else "",
        users=tuple(user for user in found.users if user.name not in secret),
        ingredients=shared,
    )
