"""The guard against a binding that loses references: such a program dies after hours, and no other test notices."""

import sys

from PySide6.QtCore import QObject, Signal

ROUNDS = 400
NOISE = 40  # references that other code of the interpreter may take or drop meanwhile


class Speaker(QObject):
    """An object with a signal."""

    said = Signal(int)


def test_void_calls_keep_the_reference_to_none() -> None:
    """Four hundred calls of a Qt function without a result leave the count of references to None as it was."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(ROUNDS):
        thing.setObjectName("name")
    assert abs(sys.getrefcount(None) - before) < NOISE


def test_emitting_keeps_the_reference_to_true() -> None:
    """Four hundred signals leave the count of references to True as it was."""
    speaker = Speaker()
    heard: list[int] = []
    speaker.said.connect(heard.append)
    before = sys.getrefcount(True)
    for number in range(ROUNDS):
        speaker.said.emit(number)
    assert abs(sys.getrefcount(True) - before) < NOISE
    assert len(heard) == ROUNDS
