"""The help: a guide for each section, a glossary, every field and every key, found by a search over all of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.help import Help
from app.help_topics import FIELDS, GLOSSARY, GUIDE, KEYS, topics
from app.window import Window
from models import field_help, sections
from tests.app.conftest import Script


@pytest.fixture
def page(window: Window) -> Iterator[Help]:
    """The help of a window."""
    made = window.finding.helping.show()
    yield made
    made.close()


def test_each_section_has_a_guide() -> None:
    """Every section of the form has a guide under its title, and the first topic says how to begin."""
    guides = [topic.title for topic in topics(()) if topic.kind == GUIDE]
    assert guides[0] == "The first ten minutes"
    assert {section.title for section in sections()} <= set(guides)


def test_the_glossary_is_in_order() -> None:
    """Terms stand in the order of the alphabet, each once, each with a meaning."""
    terms = [topic for topic in topics(()) if topic.kind == GLOSSARY]
    titles = [term.title.casefold() for term in terms]
    assert titles == sorted(set(titles))
    assert all(term.text.endswith(".") for term in terms)
    assert {"dscr", "raroc", "longstop", "sculpting"} <= set(titles)


def test_every_field_is_explained() -> None:
    """Each field of the forms stands there with meaning and range, internal ones not for a partner."""
    labels = {each.label for each in field_help()}
    assert {"Target DSCR", "Longstop", "Hurdle RAROC", "Floor price"} <= labels
    assert all(each.help and each.allowed for each in field_help())
    assert not any(each.internal for each in field_help(partner=True))
    assert len(field_help()) > 100


def test_all_keys_are_listed(window: Window) -> None:
    """Every key of every menu stands in the list of keys."""
    (keys,) = (topic for topic in topics(window.findChildren(QAction)) if topic.kind == KEYS)
    for name in ("save", "undo", "export_partner", "partner_view", "explain", "fold"):
        action = window.actions_[name]
        assert action.shortcut().toString() in keys.text


def test_a_search_finds_in_every_kind(page: Help) -> None:
    """A word is looked for in guide, glossary and fields; what has it in its title comes first in its kind."""
    page.search.setText("lock-up")
    kinds = {topic.kind for topic in page.shown()}
    assert {GUIDE, GLOSSARY, FIELDS} <= kinds
    assert next(topic for topic in page.shown() if topic.kind == GLOSSARY).title == "Lock-up"
    page.search.setText("no such word anywhere")
    assert page.shown() == ()
    assert page.text.toPlainText() == "Nothing in the help holds all of these words."


def test_a_topic_is_shown_when_chosen(page: Help) -> None:
    """Going to a topic shows its text."""
    page.go_to("Support")
    assert "Capacity commitment" in page.text.toPlainText()
    page.go_to("VaR 95, VaR 99")
    assert "exceeded" in page.text.toPlainText()


def test_the_help_opens_from_the_menu(window: Window, dialogs: Script) -> None:
    """The command of the menu opens the help, once; asked again it comes to the front."""
    window.actions_["help"].trigger()
    first = window.finding.helping.show()
    assert first.isVisible()
    assert len(window.findChildren(Help)) == 1
    assert dialogs.left() == []
    first.close()


def test_the_help_of_the_partner_names_nothing_internal(qtbot: QtBot, themed: object) -> None:
    """In the partner view the help holds fields and keys only, none of them internal."""
    assert themed
    holder = QWidget()
    qtbot.addWidget(holder)
    made = Help(holder, (), partner=True)
    text = " ".join(topic.words for topic in made.shown())
    assert "hurdle" not in text
    assert "raroc" not in text
    assert "rating" not in text.replace("operating", "")
    made.close()
