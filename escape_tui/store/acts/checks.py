"""What several acts ask before they write: is there such a person or session, can this text be kept.

Not for: codes and ranges, which the file's own constraints hold.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from escape_tui.store.act import Act
from escape_tui.store.connect import Row
from sessions.errors import Refused
from sessions.text import without_control_characters

LONGEST_REASON: Final = 200
LONGEST_LINE: Final = 200
LONGEST_NOTE: Final = 4000
_CODE: Final = re.compile(r"(?=.{1,40}$)[a-z0-9]+([-_][a-z0-9]+)*")


def typed(text: str, what: str, longest: int = LONGEST_LINE) -> str:
    """Give `text` back, exactly as typed; `Refused` where it is blank, too long or cannot be shown."""
    if not text.strip():
        raise Refused(f"The {what} is empty.", "Write it out.")
    return typed_or_empty(text, what, longest)


def typed_or_empty(text: str, what: str, longest: int = LONGEST_LINE) -> str:
    """As `typed`, but it may be blank."""
    if len(text) > longest:
        raise Refused(f"The {what} has {len(text)} characters.", f"Use at most {longest}.")
    try:
        without_control_characters(text).encode()
    except ValueError:
        raise Refused(f"The {what} holds a character that cannot be shown.", "Take it out.") from None
    return text


def typed_or_none(text: str | None, what: str, longest: int = LONGEST_LINE) -> str | None:
    """As `typed`, but it may be missing."""
    return None if text is None else typed(text, what, longest)


def code(text: str, what: str) -> str:
    """An id of a pack, an instrument or a facilitator; `Refused` for anything else.

    Codes stand in the trail as they are: nothing that could be anybody's name may pass for one.
    """
    if not _CODE.fullmatch(text):
        raise Refused(f"This cannot be the id of a {what}.", "Use the id as it is listed.")
    return text


def the_person(act: Act, person: str) -> Row:
    """The person's row; `Refused` where there is none."""
    row = act.row("person", person)
    if row is None:
        raise Refused("There is no such person in this cohort.", "`escape person list` names them all.")
    return row


def known_person(act: Act, person: str) -> Row:
    """As `the_person`; `Refused` too where they were erased, for then nothing personal is kept of them."""
    row = the_person(act, person)
    if row["erased_on"] is not None:
        raise Refused("This person was erased.", "Nothing personal can be entered of them any more.")
    return row


def the_session(act: Act, number: int) -> Row:
    """The session's row; `Refused` where there is none."""
    row = act.row("session", number)
    if row is None:
        raise Refused(f"This cohort has no session {number}.", "`escape session list` names them all.")
    return row


def day(value: date | None) -> str | None:
    """A date as the file keeps it."""
    return None if value is None else value.isoformat()
