"""The fixtures of the window's tests, for tests that go through the whole program."""

from tests.app.conftest import (  # noqa: F401 - pytest finds fixtures by their names here
    dialogs,
    english,
    imported,
    make_window,
    nothing_left_behind,
    settings,
    themed,
    window,
)
