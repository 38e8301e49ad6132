"""Reading an instrument's files: the shipped data, and the wording that a site is licensed for.

Not for: what an instrument is (`instrument`). A file is read when it is asked for and not before.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from sessions.errors import MachineFailed, Refused
from sessions.instrument import Instrument
from sessions.text import Text

SHIPPED = Path(__file__).with_name("instruments")
LARGEST_FILE = 1024 * 1024
"""Bytes that a data file may have at most."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A site's own wording of one instrument: `texts` in the order of its items."""

    instrument: str
    texts: tuple[str, ...]

    def of(self, item: int) -> str:
        """The wording of the item of that number, counted from 1; `IndexError` beyond the last."""
        if item < 1:
            raise IndexError(item)
        return self.texts[item - 1]


def instrument_ids() -> tuple[str, ...]:
    """The ids of the shipped instruments in alphabetical order; no file is read for it."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


@cache
def load_instrument(instrument_id: str) -> Instrument:
    """The shipped instrument of that id, read once.

    Raises `Refused` where there is none, or where its file is faulty.
    """
    if instrument_id not in instrument_ids():
        raise Refused("There is no instrument of that name.", f"Choose one of {', '.join(instrument_ids())}.")
    return read_instrument(SHIPPED / f"{instrument_id}.toml")


def read_instrument(path: Path) -> Instrument:
    """The instrument in the file `path`; raises `Refused` naming the file and every faulty place."""
    data = _parsed(path)
    try:
        instrument = Instrument.model_validate(_with_tuples(data))
    except ValidationError as fault:
        raise _faulty(path, _faults(fault), "Mend these places") from fault
    if instrument.id != path.stem:
        raise _faulty(path, ["id: is not the name of the file"], "Give both the same name")
    return instrument


def load_wording(home: Path, instrument: Instrument) -> Wording | None:
    """The wording that the site attached to `instrument`, from `<home>/wording/<instrument>.toml`.

    The file holds one table `[items]`: the number of every item of the form, and its text. `None` where there
    is no such file. Raises `Refused` naming every fault: an item too many, missing or not a text, a link,
    more than 1 MiB.
    """
    path = home / "wording" / f"{instrument.id}.toml"
    if not _is_attached(path):
        return None
    data = _parsed(path)
    items = data.get("items")
    if not isinstance(items, dict) or set(data) != {"items"}:
        raise _faulty(
            path, ["must hold one table, items, and nothing else"], 'Begin it with the line "[items]"'
        )
    if faults := _wording_faults(items, instrument):
        raise _faulty(path, faults, "Give every item's number with its text, as the form numbers them")
    return Wording(instrument.id, tuple(items[str(number)].strip() for number in instrument.worded_items))


def _is_attached(path: Path) -> bool:
    """Whether the wording file is there; raises `Refused` for a link, or anything else that is no file."""
    try:
        if path.parent.is_symlink() or path.is_symlink():
            raise _faulty(path, ["is a link"], "Put the file itself there")
        if path.exists() and not path.is_file():
            raise _faulty(path, ["is not a file"], "Put a text file there")
        return path.exists()
    except OSError as fault:
        raise _unreadable(path) from fault


def _wording_faults(items: dict[str, object], instrument: Instrument) -> list[str]:
    known = {str(number): number for number in instrument.worded_items}
    faults = [f"items.{number}: is missing" for number in known if number not in items]
    strangers = sum(number not in known for number in items)
    if strangers:
        faults.append(f"items: {strangers} of its keys are no item of the form (1 to {len(known)})")
    text = TypeAdapter[str](Text)
    for number in filter(items.__contains__, known):
        try:
            text.validate_python(items[number], strict=True)
        except ValidationError as fault:
            faults += [f"items.{number}: {_said(one)}" for one in fault.errors()]
    return faults


def _parsed(path: Path) -> dict[str, Any]:
    """The TOML of a file, numbers with a decimal point as the `Decimal` of their digits."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise _unreadable(path) from fault
    if len(content) > LARGEST_FILE:
        raise _faulty(path, ["is larger than 1 MiB"], "Make it smaller")
    try:
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as fault:
        raise _faulty(path, ["is not UTF-8"], "Save it as UTF-8") from fault
    except (ValueError, ArithmeticError, RecursionError) as fault:
        place = str(fault) if isinstance(fault, tomllib.TOMLDecodeError) else "a value cannot be read"
        raise _faulty(path, [f"is not TOML: {place}"], "Mend that place") from fault


def _with_tuples(value: Any) -> Any:
    """Arrays as tuples all the way down, which the strict records ask for."""
    if isinstance(value, dict):
        return {key: _with_tuples(part) for key, part in value.items()}
    if isinstance(value, list):
        return tuple(_with_tuples(part) for part in value)
    return value


def _faults(fault: ValidationError) -> list[str]:
    places = [one["loc"] for one in fault.errors()]
    return [
        f"{'.'.join(map(str, one['loc'])) or 'the whole'}: {_said(one)}"
        for one in fault.errors()
        # A faulty part also leaves its list too short, which nobody has to mend.
        if one["type"] != "too_short" or not any(_below(place, one["loc"]) for place in places)
    ]


def _below(place: tuple[int | str, ...], above: tuple[int | str, ...]) -> bool:
    return len(place) > len(above) and place[: len(above)] == above


def _said(one: ErrorDetails) -> str:
    return one["msg"].removeprefix("Value error, ")


def _faulty(path: Path, faults: list[str], remedy: str) -> Refused:
    return Refused(f"The file {_shown(path)} is faulty: {'; '.join(faults)}.", f"{remedy} and try again.")


def _unreadable(path: Path) -> MachineFailed:
    return MachineFailed(
        f"The file {_shown(path)} cannot be read.", "See that you may read it and try again."
    )


def _shown(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
