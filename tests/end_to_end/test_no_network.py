"""The program never speaks to a network: it imports nothing that could, and opens no socket but a local one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models import export_workbook, load_template
from tests.architecture.sources import ROOT, place, python_files
from tests.architecture.test_imports import imports

SPEAKERS = {
    "socket", "socketserver", "ssl", "http", "urllib.request", "urllib3", "ftplib", "smtplib", "poplib", "imaplib",
    "nntplib", "telnetlib", "xmlrpc", "asyncio", "multiprocessing.connection", "requests", "httpx", "aiohttp",
    "webbrowser", "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore",
    "PySide6.QtHttpServer",
}  # fmt: skip
"""Modules whose business is a network."""

LOCAL = re.compile(r"AF_UNIX|AF_LOCAL")

GUARDED = """
import sys
def guard(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(guard)
from app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(command: list[str], folder: Path) -> None:
    """Run a program without a screen, and with its folders in the given one, to an end without a word on stderr."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_no_module_of_a_network_is_imported() -> None:
    """Neither the window nor the engine imports a module whose business is a network."""
    found = [
        f"{place(path, line)}: {module}"
        for path in python_files("app", "models")
        for module, name, line in imports(path)
        if any(f"{full}.".startswith(f"{speaker}.") for full in (module, f"{module}.{name}") for speaker in SPEAKERS)
    ]
    assert found == []


@pytest.mark.parametrize("command", [["evaluate", "austral"], ["export", "fjord", "--edition", "partner", "-o"]])
def test_a_command_opens_no_socket(command: list[str], tmp_path: Path) -> None:
    """A command touches no socket of Python's, whatever system it runs on."""
    target = [str(tmp_path / "fjord.xlsx")] if command[-1] == "-o" else []
    run([sys.executable, "-W", "error", "-c", GUARDED, *command, *target], tmp_path)


if sys.platform == "linux":  # the system's own record of what a process asks of it; elsewhere there is none as plain

    def asked_of_the_system(words: list[str], folder: Path) -> list[str]:
        """The programs that a run of the program starts, itself first, and the sockets all of these ask for."""
        assert shutil.which("strace"), "strace is missing: apt-get install strace"
        record = folder / "record"
        trace = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=execve,socket,connect,bind", "-o", str(record)]
        run([*trace, sys.executable, "-m", "app", *words], folder)
        calls = record.read_text(encoding="utf-8").splitlines()
        return [call for call in calls if re.search(r"\b(?:execve|socket|connect|bind)\(", call)]

    def test_the_window_opens_no_socket_but_local_ones(tmp_path: Path) -> None:
        """The window, which opens, edits, saves and exports every template, asks the system for local sockets only."""
        first, *others = asked_of_the_system(["selftest", str(tmp_path / "folder")], tmp_path)
        assert "execve(" in first
        assert [call for call in others if "execve(" not in call and not LOCAL.search(call)] == []

    def test_the_reader_of_workbooks_opens_no_socket(tmp_path: Path) -> None:
        """A workbook that comes back is read in another process, and neither of the two asks for a socket."""
        book = tmp_path / "returned.xlsx"
        export_workbook(load_template("fjord"), "partner", book)
        calls = asked_of_the_system(["redline", "fjord", str(book)], tmp_path)
        assert len(calls) > 1, "no other process was seen"
        assert all("execve(" in call for call in calls), calls
