"""The parts of a Word document around its text: styles, header, footer, properties and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from models.workbook.term_sheet.blocks import TermSheet
from models.workbook.term_sheet.docx_theme import THEME

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACE = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships"'


def parts(sheet: TermSheet, document: str) -> Mapping[str, str]:
    """Every part of the file by its name, in the order of the file."""
    return {
        "[Content_Types].xml": _XML + _TYPES,
        "_rels/.rels": _XML + _ROOT,
        "word/document.xml": _XML + document,
        "word/_rels/document.xml.rels": _XML + _RELATIONS,
        "word/styles.xml": _XML + _STYLES,
        "word/settings.xml": _XML + _SETTINGS,
        "word/fontTable.xml": _XML + _FONTS,
        "word/theme/theme1.xml": _XML + THEME,
        "word/header1.xml": _XML + _header(sheet),
        "word/footer1.xml": _XML + _footer(sheet),
        "docProps/core.xml": _XML + _core(sheet),
        "docProps/app.xml": _XML + _APP,
    }


def _header(sheet: TermSheet) -> str:
    text = f'<w:r><w:t xml:space="preserve">{escape(sheet.mark)}</w:t></w:r>'
    return f'<w:hdr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{text}</w:p></w:hdr>'


def _footer(sheet: TermSheet) -> str:
    page = f'{_field("PAGE")}<w:r><w:t xml:space="preserve"> of </w:t></w:r>{_field("NUMPAGES")}'
    return (
        f'<w:ftr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(sheet.deal)}</w:t></w:r><w:r><w:tab/></w:r>{page}</w:p></w:ftr>'
    )


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _core(sheet: TermSheet) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(sheet.deal)}</dc:title><dc:creator>Backstop</dc:creator></cp:coreProperties>"
    )


_APP = f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Backstop</Application></Properties>'
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in (
            ("word/document.xml", f"{_KIND}.document.main+xml"),
            ("word/styles.xml", f"{_KIND}.styles+xml"),
            ("word/settings.xml", f"{_KIND}.settings+xml"),
            ("word/fontTable.xml", f"{_KIND}.fontTable+xml"),
            ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
            ("word/header1.xml", f"{_KIND}.header+xml"),
            ("word/footer1.xml", f"{_KIND}.footer+xml"),
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        )
    )
    + "</Types>"
)


def _relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{k}" Type="{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


_ROOT = _relations(
    (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
)
_RELATIONS = _relations(
    (f"{_OFFICE}/relationships/styles", "styles.xml"),
    (f"{_OFFICE}/relationships/settings", "settings.xml"),
    (f"{_OFFICE}/relationships/fontTable", "fontTable.xml"),
    (f"{_OFFICE}/relationships/header", "header1.xml"),
    (f"{_OFFICE}/relationships/footer", "footer1.xml"),
    (f"{_OFFICE}/relationships/theme", "theme/theme1.xml"),
)
_SETTINGS = (
    f'<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="680"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat></w:settings>'
)
_FONTS = f'<w:fonts {NAMESPACE}><w:font w:name="Calibri"><w:family w:val="swiss"/></w:font></w:fonts>'


def _style(identifier: str, name: str, paragraph: str = "", run: str = "", *, default: bool = False) -> str:
    base = "" if default else '<w:basedOn w:val="Normal"/>'
    mark = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{mark} w:styleId="{identifier}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _look(size: int, colour: str = "", *, bold: bool = False) -> str:
    strong = "<w:b/>" if bold else ""
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{strong}{tint}<w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/>'


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{20 * before}" w:after="{20 * after}"/>'


_GREY, _NAVY = "626A78", "1F3864"
_STYLES = (
    f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
    '<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
    "</w:docDefaults>"
    + _style("Normal", "Normal", default=True)
    + _style("Subtitle", "Subtitle", _space(0, 0), _look(10, _GREY))
    + _style("Title", "Title", _space(0, 8), _look(20, _NAVY, bold=True))
    + _style("Notice", "Notice", _space(8, 4), _look(10, bold=True))
    + _style(
        "Heading1",
        "heading 1",
        '<w:keepNext/><w:shd w:val="clear" w:color="auto" w:fill="DCE6F1"/>'
        '<w:tabs><w:tab w:val="left" w:pos="680"/></w:tabs>'
        f'{_space(10, 2)}<w:outlineLvl w:val="0"/>',
        _look(11, _NAVY, bold=True),
    )
    + _style("Label", "Label", _space(2, 2), _look(10, _GREY))
    + _style("TermName", "Term name", _space(2, 2), _look(10, bold=True))
    + _style("Agreed", "Agreed", _space(2, 2), _look(10))
    + _style(
        "Point",
        "Point",
        f'<w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs>{_space(1, 1)}<w:ind w:left="400" w:hanging="400"/>',
        _look(10),
    )
    + _style("Grid", "Grid", _space(1, 1), _look(9))
    + _style("GridHead", "Grid head", f"<w:keepNext/>{_space(2, 1)}", _look(9, _GREY, bold=True))
    + _style("GridTotal", "Grid total", _space(1, 1), _look(9, bold=True))
    + _style("Gap", "Gap", _space(0, 2), _look(4))
    + _style("Header", "header", '<w:jc w:val="right"/>', _look(8, _GREY))
    + _style("Footer", "footer", '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>', _look(8, _GREY))
    + "</w:styles>"
)
