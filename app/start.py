"""Opening the window, or saying in one sentence why there is none."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

import models

NO_WINDOW = 3  # exit code where a window cannot be opened
LIBRARIES = (
    "libgl1 libegl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libglib2.0-0 libxcb-cursor0 libxkbcommon-x11-0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)
INSTALL = f"sudo apt-get install -y --no-install-recommends {LIBRARIES}"
_WITHOUT_SCREEN = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})


def run_window(path: str | os.PathLike[str] | None = None, *, template: str | None = None, scenario: str = "") -> int:
    """Open the window, with a deal file or a template if one is named, and return the exit code once it is closed.

    Of that deal a scenario is looked at if one is named.

    Where no window can be opened one sentence on stderr says why, and the exit code is `NO_WINDOW`.
    """
    load_before_qt()
    try:
        reason = why_no_window()
        if reason:
            print(reason, file=sys.stderr)  # noqa: T201 - there is no window to say it in
            return NO_WINDOW
        from app.session import Session  # noqa: PLC0415 - Qt is imported only where its libraries are known to be there

        session = Session(sys.argv[:1])
        with _interruptible(session.quit):
            return session.run(None if path is None else os.fspath(path), template, scenario)
    finally:
        gc.enable()


def load_before_qt() -> None:
    """Import what deals are made of while Qt is not there yet.

    From then on Qt's binding reads the source of every module that is imported, to see whether it asks for Qt's names
    in another spelling; a tenth of the time until the window is painted would go into that. Another twentieth would
    go into looking for garbage among what is made to stay; so that waits until the window stands.
    """
    gc.disable()
    assert callable(models.Deal)


def why_no_window() -> str:
    """One sentence on what is missing for a window; "" where nothing is."""
    try:
        import PySide6.QtWidgets  # noqa: F401, PLC0415 - imported to see whether its libraries are there
    except ImportError as error:
        return (
            f"The window needs a system library that is missing ({error}); on Debian or Ubuntu, install what Qt "
            f"needs with: {INSTALL}"
        )
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if not sys.platform.startswith("linux") or platform in _WITHOUT_SCREEN:
        return ""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return (
            "The window needs a display and there is none: set DISPLAY or WAYLAND_DISPLAY, or use the commands "
            f"evaluate, check and export; on a bare Debian or Ubuntu, Qt also needs: {INSTALL}"
        )
    return _missing_platform_library(platform)


def _missing_platform_library(platform: str) -> str:
    """Qt ends the whole process where its window-system plugin cannot be loaded; so its libraries are tried first."""
    if platform == "wayland" or (not platform and not os.environ.get("DISPLAY")):
        return ""
    for name in (
        "libxcb-cursor.so.0",
        "libxcb-icccm.so.4",
        "libxcb-keysyms.so.1",
        "libxcb-shape.so.0",
        "libxkbcommon-x11.so.0",
    ):
        try:
            ctypes.CDLL(name)
        except OSError:
            return (
                f"The window needs a system library that is missing ({name}); on Debian or Ubuntu, install what "
                f"Qt needs with: {INSTALL}"
            )
    return ""


class _interruptible:  # noqa: N801 - reads as a statement where it is used
    """While in force, Ctrl+C in the terminal ends the program in good order."""

    def __init__(self, quit_: Callable[[], None]) -> None:
        self._quit = quit_
        self._before: object = None

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, self._on_signal)

    def __exit__(self, *_args: object) -> None:
        signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]  # it came from signal.signal

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._quit()
