"""The themes: every text readable, every role set, icons tinted and crisp."""

from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.charts.axes import blend
from app.charts.heat_map import FULL
from app.theme import DARK, LIGHT, Theme, apply_theme, font, icon, pixmap, px, set_icon, set_look, set_type, theme_of
from app.theme.icons import tinted
from app.theme.palette import palette
from app.theme.sheet import style_sheet
from models import resource

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
TEXTS = [
    ("text", "base"), ("text", "window"), ("text", "button"), ("text", "alternate"), ("text", "negative_bg"),
    ("text2", "base"), ("text2", "window"), ("text2", "sel"), ("placeholder", "base"), ("placeholder", "window"),
    ("input", "inputbg"), ("text2", "inputbg"), ("link", "base"), ("link", "window"), ("link", "sel"),
    ("seltext", "sel"), ("on_accent", "accent"), ("positive", "base"), ("negative", "base"),
    ("negative", "negative_bg"), ("warning", "base"), ("warning", "window"), ("warning", "warning_bg"),
    ("internal", "base"), ("internal", "internal_bg"), ("on_band", "band"), ("on_tooltip", "tooltip"),
    ("bright", "base"), ("placeholder", "inputbg"), ("text", "inputbg"), ("text", "warning_bg"), ("link", "warning_bg"),
    ("text2", "warning_bg"), ("internal", "window"), ("internal", "sel"), ("warning", "sel"), ("negative", "sel"),
    ("positive", "window"), ("negative", "window"), ("text2", "alternate"), ("link", "alternate"), ("text", "mid"),
    ("text2", "mid"), ("link", "mid"), ("text2", "internal_bg"),
]  # fmt: skip
MARKS = [("control", "base"), ("control", "window"), ("control", "inputbg"), ("axis", "base"), ("focus", "sel")]


def linear(colour: QColor) -> tuple[float, float, float]:
    """Red, green and blue of sRGB in proportion to light, 0 to 1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 black to 1 white."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of two colours as the accessibility guidelines count it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize(("ink", "ground"), TEXTS, ids=str)
def test_every_text_can_be_read(theme: Theme, ink: str, ground: str) -> None:
    """Every pair of text and ground that occurs has a contrast of at least 4.5:1."""
    assert contrast(theme.colour(ink), theme.colour(ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(("ink", "ground"), MARKS, ids=str)
def test_borders_and_axes_can_be_seen(theme: Theme, ink: str, ground: str) -> None:
    """Borders of controls, axes and focus rings have a contrast of at least 3:1."""
    assert contrast(theme.colour(ink), theme.colour(ground)) >= 3.0


@THEMES
def test_series_can_be_seen_and_their_names_read(theme: Theme) -> None:
    """Each series has 3:1 on the ground of a chart, its name as text 4.5:1 on chart and window."""
    assert len(theme.series) == len(theme.series_text) == 8
    assert min(contrast(colour, theme.base) for colour in theme.series) >= 3.0
    grounds = (theme.base, theme.window)
    assert min(contrast(colour, ground) for colour in theme.series_text for ground in grounds) >= 4.5


@THEMES
def test_the_palette_leaves_no_role_to_qt(theme: Theme) -> None:
    """Every role of every group of the palette is set by us, the disabled ones legibly."""
    made = palette(theme)
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    roles = [
        role for role in QPalette.ColorRole if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles)
    ]
    unset = [(group, role) for group in groups for role in roles if not made.isBrushSet(group, role)]
    assert unset == []
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    assert contrast(disabled, theme.window) >= 3.0


_SEEN_BY = {
    "all": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What eyes make of linear red, green and blue: Machado, Oliveira and Fernandes (2009), severity 1.0."""


def seen(colour: QColor, eyes: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """A colour as eyes see it, in CIE Lab under D65."""
    r, g, b = (min(1.0, max(0.0, sum(k * v for k, v in zip(row, linear(colour), strict=True)))) for row in eyes)
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@THEMES
@pytest.mark.parametrize("eyes", _SEEN_BY)
def test_series_differ_to_colour_blind_eyes(theme: Theme, eyes: str) -> None:
    """Any two of the colours of series keep 13 apart in Lab, the first four 16, whichever receptor is missing."""
    labs = [seen(colour, _SEEN_BY[eyes]) for colour in theme.series]
    assert min(dist(one, other) for one, other in combinations(labs, 2)) >= 13
    assert min(dist(one, other) for one, other in combinations(labs[:4], 2)) >= 16


@THEMES
def test_figures_in_a_heat_map_can_be_read(theme: Theme) -> None:
    """On the strongest tint of a cell, of either side of the limit, its figure has 4.5:1."""
    tints = [blend(series, theme.base, FULL) for series in theme.series[:2]]
    assert min(contrast(theme.text, tint) for tint in tints) >= 4.5


@THEMES
def test_hints_in_empty_entries_can_be_read(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    """What stands in an entry while it is empty has the colour meant for it; Qt would make it half transparent."""
    line = QLineEdit()
    qtbot.addWidget(line)
    apply_theme(qapp, "dark" if theme.dark else "light")
    line.ensurePolished()
    assert line.palette().color(QPalette.ColorRole.PlaceholderText) == theme.placeholder
    apply_theme(qapp, "light")


def test_an_unknown_colour_is_refused() -> None:
    """A role that does not exist is a KeyError, not black."""
    with pytest.raises(KeyError):
        LIGHT.colour("lilac")


@THEMES
def test_the_sheet_names_only_what_there_is(theme: Theme) -> None:
    """The style sheet is filled completely and every picture it names is shipped in the colours of its theme."""
    sheet = style_sheet(theme)
    assert "$" not in sheet
    pictures = {
        "chevron-down": ("chevron-down", theme.text2),
        "chevron-down-disabled": ("chevron-down", theme.disabled),
        "chevron-left": ("chevron-left", theme.text2),
        "chevron-left-disabled": ("chevron-left", theme.disabled),
        "chevron-right": ("chevron-right", theme.text2),
        "chevron-right-disabled": ("chevron-right", theme.disabled),
        "check": ("check", theme.text),
        "check-on": ("check", theme.on_accent),
    }
    for file, (name, colour) in pictures.items():
        path = resource("icons", theme.name, f"{file}.svg")
        assert path.as_posix() in sheet
        assert Path(path).read_text(encoding="utf-8") == tinted(name, colour)


def test_a_theme_can_be_changed_at_any_time(qapp: QApplication, qtbot: QtBot) -> None:
    """Widgets already made follow from light to dark: palette, theme and tint of their icons."""
    label, button = QLabel("x"), QPushButton("Run")
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    set_look(label, "secondary")
    set_icon(button, "play", "text")
    apply_theme(qapp, "light")
    before = button.icon().pixmap(16, 16).toImage()
    assert theme_of(label) is LIGHT
    assert apply_theme(qapp, "dark") is DARK
    assert theme_of() is theme_of(label) is DARK
    after = button.icon().pixmap(16, 16).toImage()
    assert before != after
    apply_theme(qapp, "light")
    assert button.icon().pixmap(16, 16).toImage() == before


def test_the_system_decides_where_it_is_asked_to(qapp: QApplication) -> None:
    """In system mode the theme is one of the two, and the same when asked again under another."""
    first = apply_theme(qapp, "system")
    apply_theme(qapp, "dark" if first is LIGHT else "light")
    assert apply_theme(qapp, "system") is first
    apply_theme(qapp, "light")


def test_types_follow_the_application_font(qapp: QApplication, qtbot: QtBot) -> None:
    """Sizes are ratios of the application font, with figures of equal width, also after that font has grown."""
    before = qapp.font()
    title = QLabel("Support")
    qtbot.addWidget(title)
    set_type(title, "page")
    try:
        grown = qapp.font()
        grown.setPointSizeF(18.0)
        qapp.setFont(grown)
        apply_theme(qapp, "light")
        assert title.font().pointSizeF() == pytest.approx(18.0 * 1.4)
        assert font("small").featureValue(QFont.Tag("tnum")) == 1
        assert px(34) > 34
    finally:
        qapp.setFont(before)
        apply_theme(qapp, "light")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icons_are_drawn_for_the_screen_they_are_on(qapp: QApplication, scale: float) -> None:
    """An icon has as many pixels as its screen shows, none of them scaled up, in the colour asked for."""
    drawn = pixmap("lock", QColor("#75299B"), 16, scale)
    assert drawn.width() == round(16 * scale)
    assert drawn.deviceIndependentSize().toSize().width() == 16
    image = drawn.toImage()
    seen = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    inked = [colour for colour in seen if colour.alpha() > 160]
    assert inked
    assert all(colour.hue() == pytest.approx(QColor("#75299B").hue(), abs=6) for colour in inked)
    assert not icon("lock", "internal").pixmap(16, 16).isNull()
    assert qapp is not None


def test_an_unknown_icon_is_refused(qapp: QApplication) -> None:
    """A name without a drawing is an error where it is used, not an empty square on the screen."""
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
    assert qapp is not None
