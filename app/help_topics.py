"""The topics of the help: guide, glossary, every field and every key; each generated or read from what is shipped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from models import field_help, resource, template_names

GUIDE, GLOSSARY, FIELDS, KEYS = "Guide", "Glossary", "Fields", "Keys"
CHANGES = "Changes by version"
"""Title of the topic that says what each version brought."""
KINDS = (GUIDE, GLOSSARY, FIELDS, KEYS)


@dataclass(frozen=True)
class Topic:
    """One page: its kind, its title, and its text as Markdown or, where `html`, as HTML."""

    kind: str
    title: str
    text: str
    html: bool = False

    @property
    def words(self) -> str:
        """All that a search looks through."""
        return f"{self.title} {self.text}".casefold()


def topics(actions: Iterable[QAction], *, partner: bool = False) -> tuple[Topic, ...]:
    """All topics; for a partner only the fields that may be seen and the keys, without guide and glossary."""
    guide = () if partner else (*_shipped(GUIDE, "guide.md"), _sources(), _changes())
    shipped = () if partner else (*guide, *_shipped(GLOSSARY, "glossary.md"))
    return (*shipped, *_fields(partner=partner), *_keys(actions))


def _shipped(kind: str, name: str) -> Iterator[Topic]:
    text = resource("help", name).read_text(encoding="utf-8")
    for part in text.split("## ")[1:]:
        title, _, body = part.partition("\n")
        yield Topic(kind, title.strip(), body.strip())


def _sources() -> Topic:
    """Which public facts each template follows."""
    told = [f"**{each.title}.** {each.source}" for each in template_names()]
    head = "All figures of the templates are illustrations; they are no one’s terms."
    return Topic(GUIDE, "Templates and their sources", "\n\n".join((head, *told)))


def _changes() -> Topic:
    """What each version brought."""
    text = resource("help", "changes.md").read_text(encoding="utf-8")
    return Topic(GUIDE, CHANGES, text.partition("\n")[2].strip().replace("## ", "### "))


def _fields(*, partner: bool) -> Iterator[Topic]:
    by_section: dict[str, list[str]] = {}
    for each in field_help(partner=partner):
        unit = f", {each.unit}" if each.unit else ""
        allowed = f"<br><i>{escape(each.allowed)}</i>"
        lines = by_section.setdefault(each.section, [])
        lines.append(f"<p><b>{escape(each.label)}</b>{escape(unit)}<br>{escape(each.help)}{allowed}</p>")
    for section, lines in by_section.items():
        yield Topic(FIELDS, section, "".join(lines), html=True)


def _keys(actions: Iterable[QAction]) -> Iterator[Topic]:
    """The keys of each menu, then those that a table or a chart has of its own."""
    by_menu: dict[str, dict[str, str]] = {}
    for action in actions:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        menus = [each.title() for each in action.associatedObjects() if isinstance(each, QMenu) and each.title()]
        words = action.text().replace("&", "").rstrip("…")
        if keys and words and menus:
            known = words.split(" ", 1)[0] if words.startswith(("Undo ", "Redo ")) else words
            by_menu.setdefault(menus[0].replace("&", ""), {})[known] = keys
    order = {title: at for at, title in enumerate(_MENUS)}
    parts = [
        _table(title, rows) for title, rows in sorted(by_menu.items(), key=lambda each: order.get(each[0], len(order)))
    ]
    yield Topic(KEYS, "All keys", "".join((*parts, _table("In tables and charts", dict(_IN_TABLES)))), html=True)


def _table(title: str, rows: Mapping[str, str]) -> str:
    lines = (
        f"<tr><td width='330'>{escape(words)}</td><td><b>{escape(keys)}</b></td></tr>" for words, keys in rows.items()
    )
    return f"<h4>{escape(title)}</h4><table>{''.join(lines)}</table>"


_MENUS = ("File", "Edit", "Deal", "Scenario", "Results", "View", "Help")
_IN_TABLES = (
    ("Copy cells, in any table", "Ctrl+C"),
    ("Copy everything in a table or chart of results; of entries the cells chosen, with headings", "Ctrl+Shift+C"),
    ("Paste cells from a spreadsheet, in tables of entries", "Ctrl+V"),
    ("Fill to the right, in tables of entries", "Ctrl+R"),
    ("Fill down, in tables of entries", "Ctrl+D"),
    ("Empty cells, in tables of entries", "Del"),
    ("Open a cell; or just type", "Enter"),
    ("Move a number by a step, or by ten", "Up, Down, Page Up, Page Down"),
    ("Give up an entry", "Esc"),
    ("Explain the figure in focus, in any table", "Enter"),
    ("Duplicate, remove or move a phase or segment, in its list", "Ctrl+D, Del, Alt+Up, Alt+Down"),
    ("Read a chart point by point; open what can be opened", "Left, Right, Enter"),
)
