"""Taking up the last practice cohort: at the session that was broken off, or at the next one.

Not for: making a fresh one (`making`).
"""

from __future__ import annotations

from escape_tui.cohorts import cohort_path, open_by_code
from escape_tui.practice.home import practice_code
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.keys import Home
from escape_tui.store.read import people, plan_of, run_events
from sessions.errors import Refused
from sessions.plan import PlannedSession, SessionStatus
from sessions.run_events import Ended, Reopened, from_json


def session_to_resume(home: Home) -> int:
    """The session at which practice goes on. `Refused` where there is no practice cohort yet.

    Raises as `open_by_code`.
    """
    code = practice_code(home)
    if not cohort_path(home, code).exists():
        raise _nothing_there()
    with open_by_code(home, code, Actor("command line"), _nothing_older) as cohort:
        if not people(cohort):
            # The program was killed while it lived through the past.
            raise _nothing_there()
        sessions = plan_of(cohort).standing()
        broken_off = (one for one in sessions if _broken_off(cohort, one))
        to_come = (one for one in sessions if one.status is SessionStatus.PLANNED)
        return next((one.number for one in (*broken_off, *to_come)), sessions[-1].number)


def _broken_off(cohort: Cohort, session: PlannedSession) -> bool:
    told = [from_json(row.event) for row in run_events(cohort, session.number)]
    marks = [event for event in told if isinstance(event, Ended | Reopened)]
    return bool(told) and not (marks and isinstance(marks[-1], Ended))


def _nothing_there() -> Refused:
    return Refused("There is no practice cohort to take up.", "Make one with `escape practice`.")


def _nothing_older() -> None:
    """A practice cohort of an older version is brought up to date without a backup: it can be made again."""
