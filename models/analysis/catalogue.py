"""The list of all line items with their reasons and formulas, generated from their definitions: a page of the help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from models.analysis.explain import name_of
from models.analysis.formulas import Token, constant_words, text_of_formula, tokens
from models.analysis.ingredients import input_label
from models.deal.schema import Deal
from models.language.model import Line, Model
from models.language.tree import Expr, Input, Named, Ref
from models.lines import model_of
from models.lines.reference import reference_deal


@dataclass(frozen=True)
class CatalogueLine:
    """A line item as defined; one that exists for every phase, segment, ... stands once.

    Attributes:
        name: as in files, with `[]` for a line of every phase, segment, band or support.
        formula: with labels; a token with `line` names another entry by its `name` here.
        names_formula: with names.
        start: value before the first month, in words; "" where it is 0.
    """

    name: str
    label: str
    unit: str
    reason: str
    formula: tuple[Token, ...]
    names_formula: str
    start: str
    internal: bool


@dataclass(frozen=True)
class CatalogueSection:
    """A block of the model with its lines in the order of the model."""

    title: str
    lines: tuple[CatalogueLine, ...]


def line_catalogue(deal: Deal | None = None, *, partner: bool = False) -> tuple[CatalogueSection, ...]:
    """Every line item by section, with the formula it has in a deal.

    Args:
        deal: whose structure decides the formulas; without it a deal with every kind of support, to show them all.
        partner: leave out what is internal.
    """
    deal = reference_deal() if deal is None else deal
    model = model_of(deal)
    sections: dict[str, list[CatalogueLine]] = {}
    for line in _one_of_each(model):
        if not (partner and line.definition.internal):
            sections.setdefault(line.definition.section, []).append(_entry(deal, model, line))
    return tuple(CatalogueSection(title, tuple(lines)) for title, lines in sections.items())


def _one_of_each(model: Model) -> Iterator[Line]:
    """The lines of a model without those that are always 0; of a family the second, which shows how it goes on."""
    chosen: dict[str, Line] = {}
    for line in model.lines.values():
        if not line.constant_zero and (line.definition.name not in chosen or line.member == 1):
            chosen[line.definition.name] = line
    yield from chosen.values()


def _entry(deal: Deal, model: Model, line: Line) -> CatalogueLine:
    definition = line.definition
    each = f" (each {definition.each})" if definition.each else ""

    def words(expr: Expr) -> str:
        match expr:
            case Ref(name):
                return model.lines[name].label
            case Input(path):
                return input_label(deal, path)
            case Named(name):
                return constant_words(name)
        raise TypeError(f"{type(expr).__name__} has no name")

    shown = tuple(
        Token(token.text, _anchor(token.line), token.path, token.shift) for token in tokens(line.formula, words)
    )
    start = "" if line.start is None else text_of_formula(line.start, words)
    return CatalogueLine(
        _anchor(line.name), definition.label + each, str(definition.measure), definition.reason, shown,
        text_of_formula(line.formula, name_of), "" if start == "0" else start, definition.internal,
    )  # fmt: skip


def _anchor(name: str) -> str:
    """`revenue[1]` as `revenue[]`: a family is explained once."""
    return f"{name.partition('[')[0]}[]" if "[" in name else name


def catalogue_html(deal: Deal | None = None, *, partner: bool = False) -> str:
    """The catalogue as a page of simple HTML, with a link from every name in a formula to its own entry."""
    parts = ["<h1>Line items</h1>"]
    sections = line_catalogue(deal, partner=partner)
    contents = "".join(f'<li><a href="#{_id(s.title)}">{escape(s.title)}</a></li>' for s in sections)
    parts.append(f"<ul>{contents}</ul>")
    known = {line.name for section in sections for line in section.lines}
    for section in sections:
        parts.append(f'<h2><a name="{_id(section.title)}">{escape(section.title)}</a></h2>')
        parts += [_html(line, known) for line in section.lines]
    return "\n".join(parts) + "\n"


def _html(line: CatalogueLine, known: set[str]) -> str:
    formula = "".join(
        f'<a href="#{escape(token.line)}">{escape(token.text)}</a>' if token.line in known else escape(token.text)
        for token in line.formula
    )
    start = f"<br>At the start: {escape(line.start)}" if line.start else ""
    secret = " <i>internal</i>" if line.internal else ""
    return (
        f'<h3><a name="{escape(line.name)}">{escape(line.label)}</a>{secret}</h3>'
        f"<p>{escape(line.reason)}</p>"
        f"<p>= {formula}{start}<br><small><code>{escape(line.name)}</code>, {escape(line.unit)}</small></p>"
    )


def _id(title: str) -> str:
    return "section-" + "-".join(title.lower().replace(":", "").replace(",", "").split())
