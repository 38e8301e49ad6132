"""Read a TOML file into a record, and say of every fault which line it stands on and how to mend it.

Not for: knowing what the records mean, nor for finding the files.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sessions.faults import Fault
from sessions.text import ID_PATTERN, VERSION_PATTERN

Place: TypeAlias = tuple[str | int, ...]
Record = TypeVar("Record", bound=BaseModel)

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\"' ]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+(?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=")

REMEDIES = {
    "missing": "Write it.",
    "extra_forbidden": "Take it out, or correct its spelling.",
    "string_too_short": "Write something here.",
    "string_type": "Write it as text, in quotes.",
    "int_type": "Write a whole number, without quotes.",
    "float_type": "Write a number, without quotes.",
    "bool_type": "Write true or false, without quotes.",
    "tuple_type": "Write a list in square brackets, or one table for each.",
    "too_short": "Add what is missing.",
    "too_long": "Take out what is too many.",
}
FORMS = {
    f"^{ID_PATTERN}$": "Use lower-case letters, digits and single hyphens, such as sit-to-stand.",
    VERSION_PATTERN: "Write a year and a number, such as 2027.1.",
}


def read_toml(file: str, source: bytes, record: type[Record]) -> Record | tuple[Fault, ...]:
    """Read `source`, the bytes of `file`, as a `record`; give all its faults where it is not one."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        return (Fault(file, "", "the text is not UTF-8.", "Save it as UTF-8.", line),)
    try:
        # JSON is the strict way into pydantic for data: "5" stays text, a list becomes a tuple.
        document = json.dumps(tomllib.loads(text), default=str)
    except tomllib.TOMLDecodeError as error:
        return (_syntax_fault(file, text, error),)
    try:
        return record.model_validate_json(document)
    except ValidationError as error:
        return tuple(_fault(file, text, details) for details in _causes(error.errors(include_url=False)))


def line_of(text: str, place: Place) -> int | None:
    """The line of TOML `text` on which `place` stands, or the nearest thing that holds it, from 1.

    A key inside an inline table or an array is found by the line of the table or array.
    """
    best: tuple[int, int | None] = (0, None)
    for number, path in _places(text):
        if path == place[: len(path)] and len(path) > best[0]:
            best = (len(path), number)
    return best[1]


def place_in_words(place: Place) -> str:
    """A place as people read it: positions in a list count from 1, `levels 3 → reps`."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(str(part))
    return " → ".join(words)


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """Every header and key of `text` with its line. Text inside multi-line strings is passed over."""
    counts: dict[Place, int] = {}
    table: Place = ()
    quotes: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if quotes is not None:
            if quotes in line:
                quotes = None
            continue
        if header := _HEADER.match(line):
            table = _open_table(header[2], is_list=header[1] == "[[", counts=counts)
            yield number, table
        elif key := _KEY.match(line):
            yield number, table + tuple(part.strip() for part in key[1].split("."))
        for mark in ('"""', "'''"):
            if line.count(mark) % 2 == 1:
                quotes = mark


def _open_table(name: str, *, is_list: bool, counts: dict[Place, int]) -> Place:
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    path: Place = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, parts[-1])
    if not is_list:
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def _causes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors without those that only follow: a list that lacks an entry because the entry is wrong."""
    places = [details["loc"] for details in errors]

    def follows(details: ErrorDetails) -> bool:
        place = details["loc"]
        return details["type"] == "too_short" and any(
            other[: len(place)] == place for other in places if len(other) > len(place)
        )

    return [details for details in errors if not follows(details)]


def _syntax_fault(file: str, text: str, error: tomllib.TOMLDecodeError) -> Fault:
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    said = re.sub(r"\s*\(at .*\)$", "", str(error))
    open_text = "Illegal character '\\n'" in said
    what = "a text in quotes does not end on its line" if open_text else f"{said[:1].lower()}{said[1:]}"
    return Fault(
        file,
        "",
        f"this is not TOML: {what}.",
        "Correct the line; text stands in quotes, brackets are closed, and a key stands once.",
        int(found[1]) if found else text.count("\n") + 1,
    )


def _fault(file: str, text: str, details: ErrorDetails) -> Fault:
    place = tuple(part for part in details["loc"] if not str(part).startswith("function-"))
    name = place_in_words(place[-1:]) if place else "the file"
    wrong, remedy = _words(details, name)
    return Fault(file, place_in_words(place), wrong, remedy, line_of(text, place))


def _words(details: ErrorDetails, name: str) -> tuple[str, str]:
    """What is wrong and what to do, of one of pydantic's errors."""
    kind, context = details["type"], details.get("ctx", {})
    message = details["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    wrong = f"the value {message[:1].lower()}{message[1:]}."
    remedy = REMEDIES.get(kind, "Give a value that fits.")
    match kind:
        case "missing":
            wrong = f"`{name}` is missing."
        case "extra_forbidden":
            wrong = f"`{name}` is not a key that belongs here."
        case "too_short":
            wrong = f"it has {context['actual_length']} entries, at least {context['min_length']} belong."
        case "too_long":
            wrong = f"it has {context['actual_length']} entries, at most {context['max_length']} belong."
        case "string_pattern_mismatch":
            wrong = f"`{name}` is not in its form."
            remedy = FORMS.get(str(context["pattern"]), "Write it in that form.")
        case "literal_error" | "enum":
            wrong = f"`{name}` is none of what can stand here."
            remedy = f"Use {context['expected']}."
    return wrong, remedy
