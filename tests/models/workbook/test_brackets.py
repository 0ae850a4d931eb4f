"""Formulas are printed with the brackets they need."""

from __future__ import annotations

import pytest

from models.language.tree import Expr, Input, Month
from models.language.words import NA, both, days_in_month, flag, least, months_between, ratio, where
from models.workbook.formulas import Place, Printer, column_at

A, B, C, START, MONTH = Input("a"), Input("b"), Input("c"), Input("start"), Month()
PRINTER = Printer({}, Place({}, value=2, first=4, last=20, month_row=1, series={}), column_at(5))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (A + B + C, "a+b+c"),
        (A + (B + C), "a+(b+c)"),
        (A - B - C, "a-b-c"),
        (A - (B - C), "a-(b-c)"),
        (A - (B + C), "a-(b+c)"),
        (A - B * C, "a-b*c"),
        ((A - B) * C, "(a-b)*c"),
        (A * (B + C), "a*(b+c)"),
        (A * B / C, "a*b/c"),
        (A * (B / C), "a*(b/c)"),
        (A / B / C, "a/b/c"),
        (A / B * C, "a/b*c"),
        (A / (B / C), "a/(b/c)"),
        (A / (B * C), "a/(b*c)"),
        ((A + B) / C, "(a+b)/c"),
        (A**B**C, "a^(b^c)"),
        ((A**B) ** C, "a^b^c"),
        ((A * B) ** (C / 12), "(a*b)^(c/12)"),
        (1 + A**B, "1+a^b"),
        (flag(A - B > C * 12), "IF(a-b>c*12,1,0)"),
        (flag(A == B + C), "IF(a=b+c,1,0)"),
        (where(both(A < B, B <= C), A - B, C), "IF(AND(a<b,b<=c),a-b,c)"),
        (least(A - B, C) * 12, "MIN(a-b,c)*12"),
        (ratio(A + B, C), "IF(c>0,(a+b)/c,0)"),
        (ratio(A * B, C * A, otherwise=NA, above=B + C), 'IF((c*a)>b+c,a*b/(c*a),"n/a")'),
        (24 * days_in_month(START, MONTH), "24*(EDATE(start,F$2+1)-EDATE(start,F$2))"),
        (A - days_in_month(START, MONTH + 1), "a-(EDATE(start,(F$2+1)+1)-EDATE(start,(F$2+1)))"),
        (months_between(A, START) + 1, "ROUNDUP((a-start)*12/days_per_year+1000-12/24,0)-1000+1"),
        (1 - months_between(A, START), "1-(ROUNDUP((a-start)*12/days_per_year+1000-12/24,0)-1000)"),
    ],
)
def test_brackets_stand_where_they_are_needed(formula: Expr, text: str) -> None:
    """Products bind more than sums and powers most; what is taken away or divided by stands in brackets."""
    assert PRINTER.formula(formula) == f"={text}"
