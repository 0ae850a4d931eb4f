"""The colours of both themes, by role. Every colour of the program is named here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor


@dataclass(frozen=True, eq=False)
class Theme:
    """One complete set of colours; read at paint time through `theme_of`."""

    name: str
    dark: bool
    # what QPalette knows
    window: QColor
    base: QColor
    alternate: QColor
    text: QColor
    button: QColor
    placeholder: QColor
    accent: QColor
    on_accent: QColor
    link: QColor
    bright: QColor
    tooltip: QColor
    on_tooltip: QColor
    light: QColor
    mid: QColor
    control: QColor  # borders of controls, the rule under a table head
    disabled: QColor
    # what only this program knows
    text2: QColor  # labels of calculated rows, units, axes
    input: QColor  # what the user may type, always on `inputbg`
    inputbg: QColor
    sel: QColor
    seltext: QColor
    focus: QColor
    positive: QColor
    negative: QColor
    negative_bg: QColor
    warning: QColor
    warning_bg: QColor
    internal: QColor
    internal_bg: QColor
    band: QColor  # the banner of the partner view
    on_band: QColor
    line: QColor
    grid: QColor
    axis: QColor
    series: tuple[QColor, ...]
    series_text: tuple[QColor, ...]

    def colour(self, role: str) -> QColor:
        """The colour of a role by its name. KeyError when there is no such role."""
        value = getattr(self, role) if role in ROLES else None
        if not isinstance(value, QColor):
            raise KeyError(f"no colour is called {role!r}")
        return value


ROLES = frozenset(field.name for field in fields(Theme)) - {"name", "dark", "series", "series_text"}


def _several(words: str) -> tuple[QColor, ...]:
    return tuple(QColor("#" + word) for word in words.split())


def _theme(name: str, series: str, series_text: str, **colours: str) -> Theme:
    return Theme(
        name=name,
        dark=name == "dark",
        series=_several(series),
        series_text=_several(series_text),
        **{role: QColor("#" + value) for role, value in colours.items()},
    )


LIGHT = _theme(
    "light",
    "1F5FC4 C96A00 006650 5B2A86 3E95BE 6B3A0C D0468E 3D434D",
    "1F5FC4 9A5000 006650 5B2A86 22708F 6B3A0C B03074 3D434D",
    window="F3F4F6",
    base="FFFFFF",
    alternate="F8F9FB",
    text="1A1D23",
    button="FFFFFF",
    placeholder="626A78",
    accent="1D56C9",
    on_accent="FFFFFF",
    link="1B50BC",
    bright="B3261E",
    tooltip="20242B",
    on_tooltip="FFFFFF",
    light="FFFFFF",
    mid="DCE0E6",
    control="828A97",
    disabled="737B88",
    text2="555D6B",
    input="1745AE",
    inputbg="F0F5FE",
    sel="DFE9FC",
    seltext="12306F",
    focus="1D56C9",
    positive="0A7048",
    negative="B3261E",
    negative_bg="FDECEA",
    warning="855000",
    warning_bg="FFF4DC",
    internal="75299B",
    internal_bg="F6EEFB",
    band="0B5F66",
    on_band="FFFFFF",
    line="DCE0E6",
    grid="E6E9EE",
    axis="858D9A",
)

DARK = _theme(
    "dark",
    "5C9BFF FF9A4D 41D6AE DDB0FF B4E1F7 AF7A3A E8508F F1F3F5",
    "6FA8FF FF9A4D 41D6AE DDB0FF B4E1F7 C79255 FF7DB5 F1F3F5",
    window="15181D",
    base="1D2127",
    alternate="232830",
    text="E9EBEE",
    button="272D35",
    placeholder="97A0AD",
    accent="2F6FE4",
    on_accent="FFFFFF",
    link="86B4FF",
    bright="FF8F85",
    tooltip="E9EBEE",
    on_tooltip="15181D",
    light="1D2127",
    mid="343B45",
    control="768090",
    disabled="79828F",
    text2="ABB3BF",
    input="93BCFF",
    inputbg="1A2740",
    sel="22375C",
    seltext="E6EEFF",
    focus="86B4FF",
    positive="4CC38A",
    negative="FF8F85",
    negative_bg="3A2020",
    warning="F2BC5C",
    warning_bg="352A12",
    internal="D6A4F2",
    internal_bg="2E2239",
    band="0C6A71",
    on_band="FFFFFF",
    line="343B45",
    grid="2C323B",
    axis="79838F",
)
