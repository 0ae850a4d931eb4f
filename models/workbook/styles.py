"""Cell formats, made once for each workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from models.deal.field import Unit
from models.language.line import Measure

NAVY, SECTION, INPUT_TINT, INPUT_BLUE, GREY, RULE = "#1F3864", "#DCE6F1", "#FFF9E5", "#1745AE", "#626A78", "#BFC5CE"

MONEY = '#,##0_);(#,##0);"-"_)'
PRICE = '#,##0.00_);(#,##0.00);"-"_)'
MULTIPLE = '0.00"x"'
PERCENT = "0.0%"
MONTH = "mmm-yy"
WHOLE = "#,##0"
NUMBER = "#,##0.0000"
FLAG = '0;-0;"-"'

OF_MEASURE = {
    Measure.MONEY: MONEY,
    Measure.GPU_HOURS: MONEY,
    Measure.HOURS: WHOLE,
    Measure.GPUS: MONEY,
    Measure.KILOWATTS: MONEY,
    Measure.PRICE: '#,##0.0000_);(#,##0.0000);"-"_)',
    Measure.TOKEN_PRICE: PRICE,
    Measure.MILLION_TOKENS: '#,##0.0000_);(#,##0.0000);"-"_)',
    Measure.FRACTION: PERCENT,
    Measure.MULTIPLE: MULTIPLE,
    Measure.MONTHS: "0",
    Measure.MONTH: "0",
    Measure.YEAR: "0",
    Measure.YEARS: "0.0",
    Measure.RATE: "0.0000%",
    Measure.FLAG: FLAG,
    Measure.NUMBER: NUMBER,
}

OF_UNIT = {
    Unit.MONEY: "#,##0",
    Unit.MONEY_PER_GPU: "#,##0",
    Unit.PRICE_PER_GPU_HOUR: "#,##0.00##",
    Unit.PRICE_PER_MTOKENS: "#,##0.00##",
    Unit.PER_KWH: "0.000##",
    Unit.PER_KW_MONTH: "#,##0.00",
    Unit.FRACTION: "0.0##%",
    Unit.RATE: "0.00##%",
    Unit.SPREAD: "0.00##%",
    Unit.BPS: "0.0##",
    Unit.MONTHS: "0",
    Unit.DAYS: "0",
    Unit.MONTH: MONTH,
    Unit.COUNT: "#,##0.##",
    Unit.GPUS: "#,##0",
    Unit.KW: "0.00##",
    Unit.RATIO: "0.00##",
    Unit.NUMBER: "0.00####",
    Unit.TOKENS_PER_SECOND: "#,##0",
    Unit.FLAG: "0",
}


@dataclass
class Styles:
    """Formats by their properties; equal ones are made once, so that the file stays small."""

    book: Any
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def of(self, **properties: Any) -> Any:
        """A format with these properties over the common font."""
        full = {"font_name": "Calibri", "font_size": 9, "valign": "vcenter", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(full)
        return self._made[key]

    def title(self, **more: Any) -> Any:
        return self.of(bold=True, font_size=14, font_color="#FFFFFF", bg_color=NAVY, **more)

    def band(self, **more: Any) -> Any:
        return self.of(font_size=10, font_color="#FFFFFF", bg_color=NAVY, **more)

    def section(self) -> Any:
        return self.of(bold=True, font_size=10, bg_color=SECTION)

    def head(self, **more: Any) -> Any:
        return self.of(bold=True, font_color=GREY, bottom=1, bottom_color=RULE, **more)

    def input(self, number_format: str, *, locked: bool = False) -> Any:
        return self.of(num_format=number_format, font_color=INPUT_BLUE, bg_color=INPUT_TINT, border=1,
                       border_color=RULE, locked=locked, align="right")  # fmt: skip

    def figure(self, number_format: str, **more: Any) -> Any:
        return self.of(num_format=number_format, align="right", **more)
