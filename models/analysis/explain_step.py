"""A bar of a bridge explained: what was changed there, and how the movement was shared out among all changes."""

from __future__ import annotations

from models.analysis.bridge_picture import BridgePicture
from models.analysis.explain import Explanation
from models.analysis.formulas import Token
from models.analysis.ingredients import Ingredient, Link
from models.analysis.offer import figure_info
from models.analysis.pictures import lower
from models.analysis.scales import figure_scale


def explain_step(picture: BridgePicture, at: int, names: tuple[str, str]) -> Explanation:
    """Explain one contribution of a bridge.

    Args:
        at: number of the contribution, counted from 0.
        names: what the states before and after are called.

    Raises:
        IndexError: the bridge has no such contribution.
    """
    after = picture.states[1]
    found, info, scale = picture.found, figure_info(after, picture.kpi), figure_scale(after, picture.kpi)
    step, name = found.steps[at], picture.rows[at].name

    def level(label: str, key: str, value: float, link: Link | None = None) -> Ingredient:
        text = scale.figure(value, fine=True)
        return Ingredient("line", key, label, "", value, text, scale.unit, info.internal, ("line", key, 0, 0), link)

    changed = tuple(
        Ingredient(
            "input", path, words, "", 0.0, change, "", step.internal, ("input", path, 0, 0),
            Link("field", path, None, words, step.internal), said=change,
        )
        for path, words, change in zip(step.paths, step.labels, step.changes, strict=True)
    )  # fmt: skip
    here = Link("figure", picture.kpi, None, info.label, info.internal)
    moved = found.after - found.before
    ingredients = (
        *changed,
        level(f"{info.label}, {names[0]}", "before", found.before),
        level(f"{info.label}, {names[1]}", "after", found.after, here),
        Ingredient(
            "line",
            "moved",
            f"Moved by all {len(found.steps)} together" if len(found.steps) > 1 else "Moved in all",
            "",
            moved,
            scale.change(moved),
            scale.change_unit,
            info.internal,
            ("line", "moved", 0, 0),
        ),
    )
    formula = (
        Token("what "), Token(name), Token(" adds to "), Token(info.label, line="after"),
        Token(f" on the way from {names[0]} to {names[1]}"),
    )  # fmt: skip
    these = "this change" if len(step.paths) == 1 else "these changes"
    reason = f"How much of the movement of {lower(info.label)} comes from {these}."
    return Explanation(
        picture.kpi, name, "Contribution in a bridge", reason, None, f"{names[0]} to {names[1]}", step.amount,
        scale.change(step.amount), scale.change_unit, "", formula, picture.kpi, ingredients, (), step.amount,
        info.internal or step.internal, why=picture.rule,
    )  # fmt: skip
