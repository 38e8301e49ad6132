"""A glimpse of a home: the heading and strip of its one cohort, read before the home is opened.

Not for: a home that is encrypted or has several cohorts, where something is asked first; nor for any figure
of its own. Whatever is unusual gives no glimpse: opening the home finds it and says it in full.
"""

from __future__ import annotations

import contextlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from escape_tui.heading import Heading, TodaysSession, heading_of, next_session, strip_of
from escape_tui.store.connect import open_file
from escape_tui.store.read_plan import opened_in, outline_in, plan_in, title_in
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import EscapeError

_KEYS: Final = "keys.json"
_SETTINGS: Final = "escape.toml"
_COHORTS: Final = "cohorts"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What can be shown of a home at once. `heading` is None once every session is over.

    `theme` is the setting of that name.
    """

    folder: Path
    theme: str
    practice: bool
    code: str
    day: date
    heading: Heading | None
    sessions: tuple[TodaysSession, ...]


def glimpse_of(folder: Path, day: date) -> Glimpse | None:
    """The glimpse of a plain home with one cohort on `day`; None for any other home. Nothing is changed."""
    with contextlib.suppress(OSError, EscapeError, ValueError, TypeError, KeyError, AttributeError):
        code = _only_cohort(folder)
        if code is not None:
            return _glimpse(folder, code, day)
    return None


def is_locked(folder: Path) -> bool:
    """Whether the home in `folder` says that it is encrypted, so that its passphrase is asked for first."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        return _keys(folder)["encrypted"] is True
    return False


def _keys(folder: Path) -> Any:
    return json.loads((folder / _KEYS).read_bytes())["keys"]


def _only_cohort(folder: Path) -> str | None:
    keys = _keys(folder)
    there = {path.stem for path in (folder / _COHORTS).glob("*.db")}
    codes = there - {erased["cohort_id"] for erased in keys["erased"]}
    return codes.pop() if len(codes) == 1 and keys["encrypted"] is False else None


def _glimpse(folder: Path, code: str, day: date) -> Glimpse:
    connection = open_file(folder / _COHORTS / f"{code}.db", None, SCHEMA_VERSION)
    try:
        outline, plan = outline_in(connection), plan_in(connection)
        opened = opened_in(connection, day)
        coming = next_session(plan, opened)
        title_of = partial(title_in, connection, outline.sessions_planned)
        heading = heading_of(coming, plan, day, outline.start_time, title_of) if coming else None
    finally:
        connection.close()
    strip = strip_of(plan, day, opened)
    return Glimpse(folder, _theme(folder), outline.practice, outline.code, day, heading, strip)


def _theme(folder: Path) -> str:
    try:
        settings: dict[str, Any] = tomllib.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return str(settings.get("display", {}).get("theme", ""))
