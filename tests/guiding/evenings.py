"""An evening to try guiding on: a plain cohort of so many people, a clock moved by hand, one on duty.

Not for: checking anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from escape_tui.facilitators import Facilitator
from escape_tui.guiding.guide import Evening, Guide
from escape_tui.guiding.last_seen import LastSeen
from escape_tui.settings import Settings
from escape_tui.store.acts.people import PersonEntry, enrol
from escape_tui.store.cohort import Actor, Cohort, open_cohort
from sessions.clock import FakeClock
from sessions.run_events import WentOn
from sessions.run_steps import Phase
from tests.store.making import make

NAMES = (
    ("Pat", "Kerr"),
    ("Pat", "Kane"),
    ("Ann [/b]", "x"),
    ("Bron", "Ŵyn"),
    ("Cai", "Lewis"),
    ("Dee", "Moss"),
    ("Eli", "Nash"),
    ("Fay", "Orme"),
    ("Gus", "Pike"),
    ("Hal", "Quin"),
    ("Ivy", "Rowe"),
    ("Jo", "Stead"),
)
JO = Facilitator(id="jk", name="Jo Kay", role="Physiotherapist")


@dataclass
class Hall:
    """A cohort, its clock and what reopens both; `guide` is the session being guided."""

    path: Path
    clock: FakeClock = field(default_factory=lambda: FakeClock(datetime(2026, 10, 5, 9, 0, tzinfo=UTC)))
    people: tuple[str, ...] = ()
    number: int = 1

    def open(self, count: int = 10, close: int = 0) -> Guide:
        """Make the cohort with `count` people, the first `close` of them needing close support."""
        cohort = make(self.path, None, lambda: self.clock.now().wall)
        entries = (
            PersonEntry(
                given_name=given,
                family_name=family,
                sex="female",
                pain_site="knee",
                side="left",
                needs_close_support=place < close,
            )
            for place, (given, family) in enumerate(NAMES[:count])
        )
        self.people = tuple(enrol(cohort, entry).people[0] for entry in entries)
        return self.guide(cohort)

    def reopen(self) -> Guide:
        """Open the cohort's file anew, as after a crash whose lock is gone."""
        actor = Actor("jk", lambda: self.clock.now().wall)
        return self.guide(open_cohort(self.path, None, actor, lambda: None))

    def guide(self, cohort: Cohort) -> Guide:
        """Guide the session."""
        seen = LastSeen(self.path.with_suffix(".seen"), self.number)
        return Guide(cohort, self.number, Evening(self.clock, Settings(), (JO,), seen))


def go_to(guide: Guide, phase: Phase) -> None:
    """Go on by hand until the session is in that phase."""
    while guide.state().step.phase is not phase:
        guide.tell(WentOn(guide.keeper.now()))
