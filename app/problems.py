"""What happens when the program itself goes wrong: a report that can be read and copied, and work goes on."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from app.fault import fault_text, without_words
from app.theme import label, px, set_icon

log = logging.getLogger(__name__)


class CrashReport(QDialog):
    """Says that something went wrong, shows where, and copies it; no figure of the deal unless the user adds them."""

    def __init__(self, trace: str) -> None:
        super().__init__()
        self.setWindowTitle("Backstop: a fault in the program")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._traces = [trace]
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setAccessibleName("Report")
        self._text.setTabChangesFocus(True)
        self._words = QCheckBox("&Add the words of the errors; they can name figures, parties and files of the deal")
        self._words.toggled.connect(self._show)
        mark = QLabel()
        set_icon(mark, "circle-x", "negative", 24)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(label("The program made a mistake", "panel"))
        words.addWidget(
            label(
                "Your deal is still open. Save it under a new name before you go on. Please send the report below to "
                "whoever gave you the program. It says where in the program it happened, and no figure of the deal "
                "unless you add one.",
                "body",
                "secondary",
                wrap=True,
            )
        )
        head.addLayout(words, 1)
        buttons = QDialogButtonBox()
        copy = QPushButton("&Copy report")
        set_icon(copy, "copy")
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        close = QPushButton("Go &on")
        close.setDefault(True)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(20), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addLayout(head)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._words)
        layout.addWidget(buttons)
        close.setFocus()
        self._show()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        return QSize(px(680), px(420))

    def add(self, trace: str) -> None:
        """Append another fault to the report."""
        self._traces.append(trace)
        self._show()

    def add_words(self, added: bool) -> None:
        """Put the words of the errors into the report, or take them out."""
        self._words.setChecked(added)

    def report(self) -> str:
        """The whole text of the report."""
        return self._text.toPlainText()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report())

    def _show(self) -> None:
        told = self._traces if self._words.isChecked() else [without_words(trace) for trace in self._traces]
        from app.about import built_with  # noqa: PLC0415 - loaded when there is something to report

        self._text.setPlainText("\n\n".join([built_with(), *(trace.rstrip("\n") for trace in told)]) + "\n")


class Faults(QObject):
    """Catches every exception nobody caught, in any thread, and shows one report window for all of them."""

    shown = Signal(str)  # the text of a fault, with its words

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: CrashReport | None = None
        self._caught.connect(self.show_report)

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks back and close the report."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._window is not None:
            self._window.close()

    def show_report(self, trace: str) -> None:
        """Show a fault, given as `fault_text` tells it; one that comes while the report is open is added to it."""
        log.error("%s", without_words(trace))  # a log outlives the window and is read by others
        self.shown.emit(trace)
        if self._window is not None:
            self._window.add(trace)
            return
        self._window = CrashReport(trace)
        self._window.destroyed.connect(self._forget)
        self._window.show()

    def window(self) -> CrashReport | None:
        """The report now on screen."""
        return self._window

    def _forget(self) -> None:
        self._window = None

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(fault_text(error.with_traceback(trace)))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)
