"""The theme of a Word document: the program's colours and one font, and nothing shiny."""

from __future__ import annotations

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "1A1D24", "lt1": "FFFFFF", "dk2": "1F3864", "lt2": "DCE6F1", "accent1": "1F5FC4", "accent2": "C96A00",
    "accent3": "626A78", "accent4": "1F3864", "accent5": "B3261E", "accent6": "BFC5CE", "hlink": "1F5FC4",
    "folHlink": "626A78",
}  # fmt: skip
_PLAIN = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FONT = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'


def _tag(tag: str, content: str, **attributes: str) -> str:
    words = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<a:{tag}{words}>{content}</a:{tag}>"


THEME = (
    f'<a:theme xmlns:a="{_DRAWING}" name="Backstop"><a:themeElements>'
    + _tag("clrScheme", "".join(_tag(k, f'<a:srgbClr val="{v}"/>') for k, v in _COLOURS.items()), name="Backstop")
    + _tag("fontScheme", _tag("majorFont", _FONT) + _tag("minorFont", _FONT), name="Backstop")
    + _tag(
        "fmtScheme",
        _tag("fillStyleLst", 3 * _PLAIN)
        + _tag("lnStyleLst", 3 * _tag("ln", _PLAIN, w="9525"))
        + _tag("effectStyleLst", 3 * _tag("effectStyle", "<a:effectLst/>"))
        + _tag("bgFillStyleLst", 3 * _PLAIN),
        name="Backstop",
    )
    + "</a:themeElements></a:theme>"
)
