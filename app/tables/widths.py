"""How wide the columns of a table are in the room they have."""

from __future__ import annotations

from collections.abc import Sequence


def shared(needed: Sequence[int], room: int) -> list[int]:
    """The widths of columns in a room, each at least as wide as it needs.

    Where all fit they are of one width, but for those that need more. Else they scroll, and are of the width that
    lets the room end between two of them; the last takes what this leaves over, so that the end is no exception.
    """
    count, most = len(needed), max(needed)
    if sum(needed) <= room:
        levels = range(room // count, 0, -1)
        level = next(level for level in levels if sum(max(each, level) for each in needed) <= room)
        wide = [max(each, level) for each in needed]
        over = room - sum(wide)
        return [each + (at < over) for at, each in enumerate(wide)]
    seen = max(1, room // most)
    each_wide = max(most, room // seen)
    return [each_wide] * (count - 1) + [max(each_wide, room - (seen - 1) * each_wide)]
