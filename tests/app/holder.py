"""Stands in for the document: takes the wishes of a page, puts them into a deal, or says why not."""

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.forms import FormPage
from models import Deal, DealError, load_template, with_value

Wish = tuple[str, object, str, str]


class Holder:
    """A page with a deal behind it, as the window has them."""

    def __init__(self, qtbot: QtBot, section: str, template: str = "austral", width: int = 920) -> None:
        self.deal: Deal = load_template(template)
        self.saved = self.deal
        self.wishes: list[Wish] = []
        self.refused: list[str] = []
        self.page = FormPage(section)
        qtbot.addWidget(self.page)
        self.page.wish.connect(self._take)
        self.page.resize(width, 700)
        self.page.show_deal(self.deal, self.saved)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        QCoreApplication.sendPostedEvents()

    def _take(self, path: str, value: object, words: str, merge_key: str) -> None:
        self.wishes.append((path, value, words, merge_key))
        try:
            self.deal = with_value(self.deal, path, value)
        except DealError as error:
            self.refused.append(str(error))
            own = next((problem for problem in error.problems if problem.path == path), error.problems[0])
            self.page.show_problem(path, own.hint or str(error))
            return
        self.page.show_deal(self.deal, self.saved)
        self.page.show_problem(path, None)

    def put(self, path: str, value: object) -> None:
        """Change the deal from outside, as undo does."""
        self.deal = with_value(self.deal, path, value)
        self.page.show_deal(self.deal, self.saved)

    @property
    def paths(self) -> list[str]:
        """The paths of all wishes so far."""
        return [path for path, _, _, _ in self.wishes]
