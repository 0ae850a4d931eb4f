"""The base of every part of a deal, and the metadata of its lists."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A frozen part of a deal. Unknown fields are refused; two parts are equal where all their fields are."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)
    title: ClassVar[str] = ""


@dataclass(frozen=True)
class Items:
    """A list of parts: its heading, the word for one of them, and how many there may be."""

    label: str
    one: str
    low: int
    high: int
