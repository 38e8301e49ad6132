"""A whole session on a real terminal: unlocked, kept, talked and exercised through, wrapped up, left."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from escape_tui.cohorts import cohort_path, make_cohort
from escape_tui.facilitators import Facilitator, add_facilitator
from escape_tui.store.acts.people import PersonEntry, enrol
from escape_tui.store.cohort import Actor
from escape_tui.store.read import attendance, plan_of, run_events, sessions_held
from sessions.plan import CohortPlan, PlannedSession, SessionStatus
from tests.store.homes import enter
from tests.store.making import new_cohort
from tests.terminal.tmux import ENDED, Terminal, program
from tests.unit.home_fixtures import WORDS, cheap_home, opened

CODE = "K26-1"
MOST_STEPS = 1200
PATIENCE_FOR_A_PAGE = 1.0
"""A page of the talk that is turned leaves the line above as it was."""
PARTS = ("Talk", "Warm-up", "Work", "Change", "Cool-down")


def test_a_session_goes_from_unlocking_to_wrap_up_and_everything_is_kept(tmp_path: Path) -> None:
    home = tmp_path / "home"
    _fill(home)
    with program(tmp_path, home) as terminal:
        terminal.wait_for("passphrase of this home")
        terminal.types(WORDS)
        terminal.keys("Enter")
        terminal.wait_for("Begin the session", "Session 2")
        terminal.keys("b")
        terminal.wait_for("Space begins it", "4 Dee Moss")
        terminal.keys("a", "4", "x", "i")
        terminal.wait_for("4 Dee Moss: away, ill")
        terminal.keys("n", "Space")
        terminal.wait_for("The session has begun")
        phases = _to_the_closing(terminal)
        assert phases == set(PARTS)
        terminal.keys("w", "x")
        terminal.wait_for("Still open", "y End it")
        terminal.keys("y")
        terminal.wait_for("The session has ended. Everything is saved.")
        terminal.keys("Escape")
        terminal.wait_for("Session 3")
        terminal.keys("C-q")
        terminal.wait_for(f"{ENDED} 0")
    assert b"Dee" not in cohort_path(opened(home), CODE).read_bytes()
    _everything_is_kept(home)


def _to_the_closing(terminal: Terminal) -> set[str]:
    """Go on as a presenter's remote does, until the last part; the parts that stood on the screen."""
    seen: set[str] = set()
    for _ in range(MOST_STEPS):
        part = _part(terminal)
        seen |= {name for name in PARTS if part.startswith(name)}
        if part.startswith("Closing"):
            return seen
        terminal.keys("PageDown")
        until = time.monotonic() + PATIENCE_FOR_A_PAGE
        while _part(terminal) == part and time.monotonic() < until:
            time.sleep(0.02)
    raise AssertionError("the closing was not reached")


def _part(terminal: Terminal) -> str:
    """The part of the session that the line above names."""
    return terminal.line(1).partition("in all · ")[2]


def _fill(home: Path) -> None:
    now = datetime.now(UTC)
    made, _ = cheap_home(home)
    add_facilitator(home, Facilitator(id="jk", name="Jo Kay", role="physiotherapist"))
    today = now.astimezone().date()
    days = [today + timedelta(days=3 * (number - 2)) for number in range(1, 13)]
    sessions = [PlannedSession(number, on, on) for number, on in enumerate(days, start=1)]
    sessions[0] = replace(sessions[0], status=SessionStatus.DELIVERED)
    new = replace(new_cohort(code=CODE), plan=CohortPlan("england", ("mon", "thu"), tuple(sessions)))
    with make_cohort(made, new, Actor("jk", lambda: datetime.now(UTC))) as cohort:
        for given, family in (("Pat", "Kerr"), ("Bron", "Ŵyn"), ("Cai", "Lewis"), ("Dee", "Moss")):
            person = PersonEntry(
                given_name=given, family_name=family, sex="female", pain_site="knee", side="left"
            )
            enrol(cohort, person)


def _everything_is_kept(home: Path) -> None:
    with enter(opened(home), CODE, lambda: datetime.now(UTC)) as cohort:
        assert plan_of(cohort).session(2).status is SessionStatus.DELIVERED
        assert [row.status for row in attendance(cohort, 2)].count("present") == 3
        assert [row.reason for row in attendance(cohort, 2) if row.status == "absent"] == ["ill"]
        assert any(one.session == 2 and one.facilitators == ("jk",) for one in sessions_held(cohort))
        assert '"ended"' in run_events(cohort, 2)[-1].event
