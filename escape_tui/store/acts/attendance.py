"""The register: who was at a session.

Not for: completion and what was offered (`sessions.completion`).
"""

from __future__ import annotations

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import LONGEST_REASON, known_person, the_person, the_session, typed
from escape_tui.store.cohort import Cohort
from sessions.errors import Refused
from sessions.records import AttendanceRow


def mark_attendance(cohort: Cohort, mark: AttendanceRow) -> Changed:
    """Mark a person in the register of a session; marked again, the later mark counts.

    A session with a mark on it was delivered; only an excuse, which is known beforehand, does not say so.
    `Refused` for a reason with someone who came, and for a session that was cancelled or merged.
    """
    with cohort.act("mark_attendance") as act:
        the_person(act, mark.person)
        _mark(act, mark)
    return act.changed


def correct_attendance(cohort: Cohort, mark: AttendanceRow, why: str) -> Changed:
    """Put a mark of an earlier day right, with a typed reason for the trail; `Refused` without one."""
    with cohort.act("correct_attendance") as act:
        known_person(act, mark.person)
        _must_be_marked(act, mark.session, mark.person)
        act.because(typed(why, "reason", LONGEST_REASON), mark.person)
        _mark(act, mark)
    return act.changed


def unmark_attendance(cohort: Cohort, session: int, person: str) -> Changed:
    """Take a mark out of the register, as if it had not been made; the session stays what it is."""
    with cohort.act("unmark_attendance") as act:
        _must_be_marked(act, session, person)
        act.remove("attendance", person, session)
    return act.changed


def _must_be_marked(act: Act, session: int, person: str) -> None:
    if act.row("attendance", person, session) is None:
        raise Refused(f"This person is not marked for session {session}.", "Mark them first.")


def _mark(act: Act, mark: AttendanceRow) -> None:
    held = the_session(act, mark.session)
    if held["status"] in {"cancelled", "merged"}:
        raise Refused(
            f"Session {mark.session} did not take place by itself.", "Mark the session that took place."
        )
    if mark.reason is not None and mark.attended:
        raise Refused("Someone who came has no reason for being away.", "Leave the reason out.")
    act.put("attendance", person=mark.person, session=mark.session, status=mark.status, reason=mark.reason)
    if held["status"] == "planned" and mark.status != "excused":
        act.put("session", number=mark.session, status="delivered")
