"""What the program remembers between sessions: window, theme, recent deals.

Of the figures of a deal it holds one, the partner's IRR as the start page shows it, which both sides know; never one
that is internal. Since it names parties as well, nobody but its owner may read the file.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from platformdirs import user_config_path, user_state_path

from models import shown_name

MOST_RECENT = 8
_LATEST = 7e9  # seconds since 1970 to a year that every system knows
_HIGHEST = 1e6  # a rate of return that can be shown
FIRST_SPEED = 2e-6
"""Seconds a path and month before any run was measured, on an ordinary machine."""


@dataclass(frozen=True)
class RecentDeal:
    """One line of the start page; `partner_irr` as last computed, `changed` in seconds since 1970."""

    path: str
    name: str
    partner: str
    partner_irr: float | None
    changed: float


def told_apart(deals: Sequence[RecentDeal]) -> list[str]:
    """What to call each deal: by its name, versions of one name by their files, files of one name by their folders."""
    names = Counter(deal.name for deal in deals)
    files = Counter(Path(deal.path).name for deal in deals if names[deal.name] > 1)
    return [deal.name if names[deal.name] == 1 else _file_words(Path(deal.path), files) for deal in deals]


def _file_words(path: Path, files: Counter[str]) -> str:
    return shown_name(path) if files[path.name] == 1 else f"{shown_name(path)}, {shown_name(path.parent)}"


class Settings:
    """Settings in one JSON file of the given folder; a file that cannot be read counts as none.

    `state` is the folder for what is kept for a while only, such as unsaved work; by default in `folder`.
    """

    def __init__(self, folder: Path, state: Path | None = None) -> None:
        self._file = folder / "settings.json"
        self.recovery_folder = (state or folder) / "recovery"
        self._values: dict[str, object] = _read(self._file)

    @classmethod
    def of_this_user(cls) -> Settings:
        """The settings where the platform keeps them."""
        return cls(user_config_path("backstop", appauthor=False), user_state_path("backstop", appauthor=False))

    @property
    def folder(self) -> Path:
        """Where the settings are kept."""
        return self._file.parent

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        value = self._values.get("theme")
        return value if value in ("light", "dark") else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._put("theme", value)

    @property
    def simulation_speed(self) -> float:
        """Seconds that a path takes for each month of a model, as last measured on this machine."""
        value = self._values.get("simulation_speed")
        return float(value) if isinstance(value, int | float) and 0 < value < 1 else FIRST_SPEED

    @simulation_speed.setter
    def simulation_speed(self, value: float) -> None:
        self._put("simulation_speed", value)

    def state(self, name: str) -> bytes | None:
        """A saved state of a window or splitter, as Qt gave it."""
        value = self._values.get(f"state.{name}")
        try:
            return b64decode(value, validate=True) if isinstance(value, str) else None
        except ValueError:
            return None

    def keep_state(self, name: str, state: bytes) -> None:
        self._put(f"state.{name}", b64encode(state).decode("ascii"))

    @property
    def last_folder(self) -> str:
        """The folder of the last file opened or written, or "" when there is none."""
        value = self._values.get("last_folder")
        return value if isinstance(value, str) and Path(value).is_dir() else ""

    def recent(self) -> tuple[RecentDeal, ...]:
        """Deals opened or saved lately, newest first, without those whose file is gone."""
        values = self._values.get("recent")
        found = (_recent_deal(value) for value in values) if isinstance(values, list) else ()
        return tuple(deal for deal in found if deal is not None and Path(deal.path).is_file())

    def remember(self, deal: RecentDeal) -> None:
        """Put a deal at the head of the recent ones."""
        others = [old for old in self.recent() if old.path != deal.path]
        self._values["last_folder"] = str(Path(deal.path).parent)
        self._put("recent", [asdict(kept) for kept in [deal, *others][:MOST_RECENT]])

    def _put(self, name: str, value: object) -> None:
        if self._values.get(name) == value:
            return
        self._values[name] = value
        _write(self._file, self._values)


def _recent_deal(value: object) -> RecentDeal | None:
    if not isinstance(value, dict) or set(value) != {field.name for field in fields(RecentDeal)}:
        return None
    irr = value["partner_irr"]
    texts = (value["path"], value["name"], value["partner"])
    if not all(isinstance(text, str) for text in texts) or not _is_number(value["changed"], 0, _LATEST):
        return None
    return RecentDeal(*texts, float(irr) if _is_number(irr, -_HIGHEST, _HIGHEST) else None, float(value["changed"]))


def _is_number(value: object, low: float, high: float) -> bool:
    """Whether a value is a number between two others, which no infinity and no NaN is."""
    return isinstance(value, int | float) and low <= value <= high


def _read(file: Path) -> dict[str, object]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(file: Path, values: dict[str, object]) -> None:
    """Replace the file whole; a folder that cannot be written costs the memory, not the session."""
    temporary = file.with_suffix(".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)  # one left behind could be open to others
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
            handle.write(json.dumps(values, indent=1))
        os.replace(temporary, file)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
