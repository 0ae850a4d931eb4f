"""The help: a guide for each section, a glossary, every field and every key, found by a search over all of them."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QColor, QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.help import Help
from app.help_topics import FIELDS, GLOSSARY, GUIDE, KEYS, topics
from app.theme import Mode, apply_theme
from app.window import Window
from models import field_help, sections
from tests.app.acting import focus, open_template, press
from tests.app.conftest import Script

PICTURE = re.compile(r"!\[([^]]+)\]\((\w+)\)")


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
    assert [keys.text.count(f">{words}</td>") for words in ("Undo", "Redo", "Copy")] == [1, 1, 0], (
        "each table has its own"
    )


def test_a_section_leads_to_its_guide(window: Window, qtbot: QtBot) -> None:
    """The link in the head of a form, and its key, open the guide of that section, whatever was searched for before."""
    open_template(window, qtbot)
    window.desk.go_to("senior_debt.margin")
    (guide,) = (each for each in window.desk.forms.page().findChildren(QPushButton) if each.text() == "Guide")
    QTest.mouseClick(guide, Qt.MouseButton.LeftButton)
    page = window.findChild(Help)
    assert page is not None
    assert page.text.toPlainText().startswith("Debt\n")
    page.search.setText("longstop")
    window.desk.sections.choose("demand")
    window.actions_["help"].trigger()
    assert page.text.toPlainText().startswith("Demand\n")
    page.close()


def test_the_first_key_of_a_newcomer_opens_the_guide(window: Window, qtbot: QtBot) -> None:
    """On the start page F1 opens the guide, as the status line says; with a deal it explains figures."""
    assert window.status.words() == ("No deal is open", "F1 opens the guide")
    open_template(window, qtbot)
    press(window, Qt.Key.Key_F1)
    assert window.desk.results.chosen() == "Explain"
    assert window.findChild(Help) is None
    window.show_start()
    press(window, Qt.Key.Key_F1)
    page = window.findChild(Help)
    assert page is not None
    assert page.text.toPlainText().startswith("The first ten minutes\n")
    page.close()


def test_a_search_finds_in_every_kind(page: Help) -> None:
    """A word is looked for in guide, glossary and fields; what has it in its title comes first in its kind."""
    page.search.setText("lock-up")
    kinds = {topic.kind for topic in page.shown()}
    assert {GUIDE, GLOSSARY, FIELDS} <= kinds
    assert next(topic for topic in page.shown() if topic.kind == GLOSSARY).title == "Lock-up"
    assert page.text.toPlainText().startswith("Lock-up\n"), "of all kinds, what has it in its title is shown first"
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


def test_no_key_means_two_things(window: Window, qtbot: QtBot) -> None:
    """No key of a menu is one of a table in the same window: Qt would then do neither. Ctrl+R fills the row."""
    open_template(window, qtbot)
    for section in sections():
        window.desk.sections.choose(section.key)
    held: dict[str, set[str]] = {}
    for action in window.findChildren(QAction):
        if not action.shortcut().isEmpty():
            inside = action.shortcutContext() in (
                Qt.ShortcutContext.WidgetShortcut,
                Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )
            held.setdefault(action.shortcut().toString(), set()).add("table" if inside else action.text())
    assert {keys: sorted(words) for keys, words in held.items() if len(words) > 1} == {}
    window.desk.go_to("credit_support[0].floor_prices[3]")
    with qtbot.waitSignal(window.live.shown):
        QTest.keyClick(focus(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.document.deal.credit_support[0].model_dump()["floor_prices"][3:] == (2.1, 2.1, 2.1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_guide_shows_its_pictures(page: Help, themed: QApplication, theme: Mode) -> None:
    """Every picture that the guide names is shipped in both themes, fits the page, and has words for who cannot see."""
    apply_theme(themed, theme)
    named = [(topic.title, *found) for topic in page.shown() for found in PICTURE.findall(topic.text)]
    assert len(named) >= 4
    for title, words, name in named:
        page.go_to(title)
        picture = page.text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
        assert isinstance(picture, QImage)
        assert 0 < picture.width() <= 700
        assert (QColor(picture.pixel(1, 1)).lightness() < 128) == (theme == "dark")
        assert len(words) > 30
