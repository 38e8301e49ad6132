"""The cohorts of an open home: is each file sound, does its trail hold, is the clock right, is one due to go.

Not for: acting on any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from escape_tui.checkup.check import Check, bad, ok, warning
from escape_tui.closed_cohorts import reminder
from escape_tui.cohorts import cohort_codes, cohort_head, cohort_key, cohort_path
from escape_tui.settings import load_settings
from escape_tui.store.audit import verify_chain
from escape_tui.store.cohort import CLOCK_MAY_GO_BACK
from escape_tui.store.connect import Connection, open_file
from escape_tui.store.keys import Home
from escape_tui.store.opening import COHORTS_FOLDER
from escape_tui.store.schema import SCHEMA_VERSION
from sessions.errors import EscapeError
from sessions.records import CohortHead


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen of one cohort; `head` is None where it could not be read."""

    check: Check
    head: CohortHead | None = None
    last_entry: datetime | None = None
    signed_on: date | None = None


def check_cohorts(home: Home, now: datetime) -> tuple[Check, ...]:
    """Every cohort of an open home, the clock against their last entries, and which are due for erasing."""
    seen = [_look(home, code) for code in cohort_codes(home)]
    return (
        *(one.check for one in seen),
        check_clock([one.last_entry for one in seen if one.last_entry], now),
        *_reminders(home, seen, now),
    )


def check_unopened(folder: Path, why: str, now: datetime) -> tuple[Check, ...]:
    """What is said of the cohorts where the home was not opened; the clock is held against its files."""
    files = [*(folder / COHORTS_FOLDER).glob("*.db"), *folder.glob("*.json")]
    written = [datetime.fromtimestamp(path.stat().st_mtime).astimezone() for path in files]
    return (warning("cohorts", why), check_clock(written, now))


def check_clock(last: list[datetime], now: datetime) -> Check:
    """Whether the clock is behind what was entered last, and so was set back."""
    latest = max(last, default=now)
    if now < latest - CLOCK_MAY_GO_BACK:
        return bad(
            "clock",
            f"The clock says {_told(now)}, but something was entered on {_told(latest)}. "
            "Set date and time; nothing can be entered until then.",
        )
    if now < latest:
        return warning("clock", f"The clock is behind the last entry of {_told(latest)}. Check it.")
    return ok("clock", f"It is {_told(now)} by this laptop.")


def _look(home: Home, code: str) -> _Seen:
    check = f"cohort {code}"
    try:
        head = cohort_head(home, code)
        with _reading(home, code) as connection:
            connection.check()
            trail = verify_chain(connection)
            last = _instant(connection, "SELECT at FROM audit ORDER BY id DESC LIMIT 1")
            signed = _instant(connection, "SELECT max(signed_at) FROM signoff")
    except (EscapeError, OSError) as error:
        return _Seen(bad(check, str(error)))
    if not trail.sound:
        places = f"{len(trail.breaks)} places" if len(trail.breaks) > 1 else trail.breaks[0].where
        said = bad(check, f"Its trail does not hold ({places}). See `escape audit verify {code}`.")
    else:
        away = " It was handed over and is read-only here." if head.handed_over else ""
        said = ok(check, f"Its file is sound and its trail of {trail.head.length} entries holds.{away}")
    return _Seen(said, head, last, signed.date() if signed else None)


def _reminders(home: Home, seen: list[_Seen], now: datetime) -> Iterator[Check]:
    try:
        months = load_settings(home.folder).retention.closed_cohorts_months
    except EscapeError:
        return  # said of the settings already
    today = now.astimezone().date()
    due = [reminder(one.head, one.signed_on, months, today) for one in seen if one.head]
    yield from (warning("retention", words) for words in due if words)
    if not any(due):
        yield ok("retention", "No cohort is due for erasing.")


@contextmanager
def _reading(home: Home, code: str) -> Iterator[Connection]:
    connection = open_file(cohort_path(home, code), cohort_key(home, code), SCHEMA_VERSION)
    try:
        yield connection
    finally:
        connection.close()


def _instant(connection: Connection, sql: str) -> datetime | None:
    found = connection.value(sql)
    return datetime.fromisoformat(found) if isinstance(found, str) else None


def _told(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
