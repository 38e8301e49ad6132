"""A register kept on paper or elsewhere: who was at which session, and why somebody was not.

Not for: whether a person or a session is one of the cohort's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from escape_tui.store.imports.against import NOTHING, Against, Check, no_objection, note_objections
from escape_tui.store.imports.cells import Cells, Listing
from escape_tui.store.imports.headings import PERSON, Columns, Field
from escape_tui.store.imports.once import each_once
from escape_tui.store.imports.people import reference_key
from escape_tui.store.imports.values import number_like_text, whole_number
from escape_tui.store.imports.words import REASON, STATUS
from sessions.records import ATTENDED, AbsenceReason, AttendanceStatus

HIGHEST_SESSION = 99

SESSION = Field(
    "session", ("session|class|meeting",), never="date day time title topic name note", required=True
)
read_session = whole_number(1, HIGHEST_SESSION, before="session")
FIELDS = (
    PERSON,
    Field("reason", ("reason|why",), never="referral date"),
    Field("status", ("status|attendance|attended|present|register",), never="date note", required=True),
    SESSION,
)


@dataclass(frozen=True, slots=True)
class ListedAttendance:
    """One mark in a register; a reason is there only for who did not attend."""

    line: int = field(compare=False)
    person: str
    session: int
    status: AttendanceStatus
    reason: AbsenceReason | None


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """The marks of a list, each once."""

    marks: tuple[ListedAttendance, ...]
    columns: Columns


def read_attendance(
    data: bytes,
    file: str = "attendance.csv",
    *,
    against: Against = NOTHING,
    check: Check[ListedAttendance] = no_objection,
) -> AttendanceList:
    """The marks on the list `data`; `file` is its name in faults.

    Cells are held `against` a cohort, whole rows against what `check` knows of its record. Raises
    `FaultyFiles` with every fault. The same row twice is one row; two that differ are a fault.
    """
    listing = Listing(data, file, FIELDS)
    read = [mark for cells in listing.rows() if (mark := _read(cells, against)) is not None]
    marks = each_once(listing, read, lambda mark: (reference_key(mark.person), mark.session))
    note_objections(listing, marks, check)
    listing.finish()
    return AttendanceList(marks, listing.columns)


def _read(cells: Cells, against: Against) -> ListedAttendance | None:
    person = cells.value("person", lambda cell: against.person(number_like_text(cell)), needed=True)
    session = cells.value("session", lambda cell: against.session(read_session(cell)), needed=True)
    status = cells.value("status", STATUS.read, needed=True)
    reason = cells.value("reason", REASON.read)
    if reason is not None and status in ATTENDED:
        cells.fault(
            "reason",
            "there is a reason for being away, and the status says that the person attended.",
            "Leave the reason blank, or correct the status.",
        )
    if person is None or session is None or status is None:
        return None
    return ListedAttendance(cells.line, person, session, status, reason)
