"""The kinds of text and number that data files may hold: one line, a paragraph, a code.

Not for: how text is shown; what is typed stays exactly as it is on every screen.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

ID_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
VERSION_PATTERN = r"^\d{4}\.\d{1,3}$"
CODE_PATTERN = re.compile(r"[A-Z0-9](-?[A-Z0-9]){0,15}")
FACILITATOR_PATTERN = re.compile(r"[a-z][a-z0-9-]{0,31}")
DEVICE_NAMES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(10)), *(f"LPT{n}" for n in range(10))}
)
RESERVED_CODES = frozenset({"PRACTICE"})


def without_control_characters(text: str) -> str:
    """Give `text` back if it holds no control character; raise `ValueError` where it does."""
    if text.isprintable():
        return text
    for character in text:
        if unicodedata.category(character) == "Cc":
            raise ValueError(f"holds the control character U+{ord(character):04X}; take it out")
    return text


def is_code(text: str) -> bool:
    """Whether `text` can be a site's or a cohort's code (letters, digits, single hyphens, at most 16)."""
    return bool(CODE_PATTERN.fullmatch(text)) and text not in DEVICE_NAMES | RESERVED_CODES


def is_facilitator_id(text: str) -> bool:
    """Whether `text` can be the id of a facilitator or signer."""
    return FACILITATOR_PATTERN.fullmatch(text) is not None


Id = Annotated[str, StringConstraints(pattern=f"^{ID_PATTERN}$", max_length=40)]
"""A name inside data files: lower case letters and digits, single hyphens between."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=90),
    AfterValidator(without_control_characters),
]
"""A title or a name: one line of at most 90 characters."""

Cue = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(without_control_characters),
]
"""What is read at a glance across a hall: at most 60 characters."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=900),
    AfterValidator(without_control_characters),
]
"""A paragraph of at most 900 characters; the screen breaks its lines."""

Minutes = Annotated[int, Field(ge=0, le=120)]
Seconds = Annotated[int, Field(ge=0, le=3600)]
Pain = Annotated[int, Field(ge=0, le=10)]
"""Pain on a scale of 0 (none) to 10."""


class Data(BaseModel):
    """What every record read from a file is: frozen, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
