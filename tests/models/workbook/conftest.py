"""One workbook after the other: tests that take `written` run for each of them before the next is made."""

from __future__ import annotations

from typing import cast

import pytest

from .written import EDITIONS, NAMES, Written

WORKBOOKS = [(name, kind) for name in NAMES for kind in EDITIONS]


@pytest.fixture(scope="package", params=WORKBOOKS, ids=[f"{name}, {kind}" for name, kind in WORKBOOKS])
def written(request: pytest.FixtureRequest) -> Written:
    """Every edition of every deal."""
    name, kind = cast(tuple[str, str], request.param)
    return Written(name, kind)
