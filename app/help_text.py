"""The page of a help topic: text with room between its lines, and pictures in the theme that the window wears."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from app.help_topics import Topic
from app.theme import px, theme_of
from models import resource

_LINE = 130.0  # height of a line in per cent of what the font asks for
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"


class HelpText(QTextBrowser):
    """Shows one topic; a picture is named without theme and ending, as in `![The key figures](rail)`."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Help text")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(px(16))

    def show_topic(self, topic: Topic) -> None:
        """Show the text of a topic from its beginning."""
        if topic.html:
            self.setHtml(f"<h2>{topic.title}</h2>{topic.text}")
        else:
            self.setMarkdown(f"## {topic.title}\n\n{topic.text}")
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block = self.document().begin()
        while block.isValid():  # a block with a picture is as high as that, whatever its lines are
            if _PICTURE not in block.text():
                QTextCursor(block).mergeBlockFormat(spaced)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's own name
        """Pictures come from the shipped files, light or dark as the window is."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            file = f"{QUrl(name).toString()}-{theme_of(self).name}.png"
            return QImage(str(resource("help", "pictures", file)))
        return super().loadResource(kind, name)
