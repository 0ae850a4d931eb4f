"""Frozen JSON values, so that a deal that holds them can be compared and hashed."""

import math
from typing import NoReturn

from pydantic_core import PydanticCustomError


class FrozenDict(dict[str, object]):
    """A dict that refuses change; its values are frozen too."""

    def __hash__(self) -> int:  # type: ignore[override]  # a dict can change and has no hash; this one cannot
        return hash(frozenset(self.items()))

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("a frozen object cannot be changed")

    __setitem__ = __delitem__ = update = pop = popitem = clear = setdefault = __ior__ = _refuse


def frozen(value: object) -> object:
    """A JSON value with tuples for lists and `FrozenDict` for objects."""
    if isinstance(value, dict):
        return FrozenDict({str(key): frozen(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen(inner) for inner in value)
    if isinstance(value, float) and not math.isfinite(value):
        raise PydanticCustomError("not_finite", "not a finite number")
    return value


def frozen_object(value: object) -> FrozenDict:
    """`value` frozen; pydantic's error where it is not an object."""
    if not isinstance(value, dict):
        raise PydanticCustomError("model_type", "not an object")
    result = frozen(value)
    assert isinstance(result, FrozenDict)
    return result
