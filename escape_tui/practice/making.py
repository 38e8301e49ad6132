"""A fresh practice cohort: planned so that the session asked for is today, and lived through up to it.

Not for: what it lives through (`living`), nor for opening the app.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from escape_tui.backups import backups_folder
from escape_tui.cohorts import cohort_path, make_cohort
from escape_tui.packs import open_pack
from escape_tui.planning import AskedCohort, new_cohort
from escape_tui.practice.chance import FIRST_SEED, chance
from escape_tui.practice.home import FACILITATORS, practice_code
from escape_tui.practice.lived_clock import LivedClock, local
from escape_tui.practice.living import REFERRALS, Living
from escape_tui.practice.people import MOST_PEOPLE, invent_people
from escape_tui.settings import load_settings
from escape_tui.store.acts.cohorts import NewCohort
from escape_tui.store.audit import head
from escape_tui.store.cohort import Actor, Cohort, lock_path
from escape_tui.store.keys import Home
from escape_tui.store.ledger import forget_practice_cohort
from escape_tui.store.lock import Lock
from escape_tui.store.outgoing import in_outbox, take_up
from escape_tui.store.read import attendance, eligibility, measures, people, plan_of
from sessions.dates import WEEKDAYS, weekday_of
from sessions.errors import Refused
from sessions.flow import Flow, flow
from sessions.pack import Pack
from sessions.public_holidays import public_holidays
from sessions.records import DeliveryForm

ENDED: Final = timedelta(days=21)
"""How long ago a programme that was lived to its end had its last session."""
STARTS: Final = "18:30"
"""Local time at which a practice session begins."""
_APART: Final = 3
"""Days between the two sessions of a week."""
_OFFICE: Final = time(11, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked of a practice cohort. `at` is the session that is today; None is one in the middle.

    `Refused` for fewer than 1 or more than 20 people, and for a session beyond the last.
    """

    pack: str = "knees-hips"
    people: int = 10
    sessions: int = 12
    delivery: DeliveryForm = "in_person"
    at: int | None = None
    seed: int = FIRST_SEED

    def __post_init__(self) -> None:
        if not 1 <= self.people <= MOST_PEOPLE:
            raise Refused(
                f"A practice group cannot have {self.people} people.", f"Choose from 1 to {MOST_PEOPLE}."
            )
        if not 1 <= self.session <= self.sessions:
            raise Refused(
                f"There is no session {self.session} in a programme of {self.sessions}.",
                f"Choose one from 1 to {self.sessions}.",
            )

    @property
    def session(self) -> int:
        """The session that is today."""
        return self.sessions // 2 if self.at is None else self.at


def make_practice_cohort(home: Home, asked: Asked, today: date) -> int:
    """Make the practice cohort anew in the practice home, in the place of the last; gives today's session.

    The same `asked` and `today` give the same records. `Refused` for a programme that is not there,
    `CannotOpen` where the last practice cohort is open elsewhere; it stays then.
    """
    pack = open_pack(home.folder, asked.pack)
    new = _planned(home, asked, pack, _start_for(home, asked.session, today), _days(today))
    with _fresh(home, new, asked.seed) as cohort:
        living = _living(cohort, pack, asked)
        with cohort.batch(undoable=False):
            living.take_in(invent_people(asked.seed, pack, asked.people, new.plan.start))
            living.meet_on(asked.session, today)
            living.until(asked.session)
    return asked.session


@dataclass(frozen=True, slots=True)
class Lived:
    """A whole programme that was lived through; the cohort is closed and nothing is signed yet."""

    code: str
    programme: str
    delivery: DeliveryForm
    sessions: int
    flow: Flow
    measures: int
    entries: int


def play_through(home: Home, asked: Asked, today: date) -> Lived:
    """Make the practice cohort anew and live it to its end, some weeks before `today`.

    `asked.at` says nothing here. Signing a return is another act, as of any cohort. Raises as
    `make_practice_cohort`.
    """
    pack = open_pack(home.folder, asked.pack)
    last = today - ENDED
    new = _planned(home, asked, pack, _start_for(home, asked.sessions, last), _days(last))
    with _fresh(home, new, asked.seed) as cohort:
        living = _living(cohort, pack, asked)
        with cohort.batch(undoable=False):
            living.take_in(invent_people(asked.seed, pack, asked.people, new.plan.start))
            living.to_the_end()
        return Lived(
            code=new.code,
            programme=pack.programme,
            delivery=asked.delivery,
            sessions=asked.sessions,
            flow=flow(plan_of(cohort), people(cohort), eligibility(cohort), attendance(cohort)),
            measures=sum(one.missing_reason is None for one in measures(cohort)),
            entries=head(cohort.connection).length,
        )


def _planned(home: Home, asked: Asked, pack: Pack, start: date, days: tuple[str, ...]) -> NewCohort:
    return new_cohort(
        AskedCohort(
            code=practice_code(home),
            start=start,
            days=days,
            time=STARTS,
            sessions=asked.sessions,
            delivery=asked.delivery,
        ),
        pack,
        load_settings(home.folder),
        practice=home.practice,
    )


def _days(day: date) -> tuple[str, ...]:
    """The weekday of `day`, and another in the middle of the week between."""
    return WEEKDAYS[day.weekday()], WEEKDAYS[(day.weekday() + _APART) % 7]


def _start_for(home: Home, session: int, today: date) -> date:
    """The start that brings `session` on `today`; on the next meeting where that is a public holiday."""
    holiday_on = public_holidays(load_settings(home.folder).site.region)
    days = _days(today)
    start = today
    for _ in range(1, session):
        start -= timedelta(days=1)
        while weekday_of(start) not in days or holiday_on(start) is not None:
            start -= timedelta(days=1)
    return start


def _fresh(home: Home, new: NewCohort, seed: int) -> Cohort:
    """The empty cohort in the place of the last; planned some weeks before it starts."""
    if not home.practice:
        raise ValueError("a practice cohort is made in a practice home alone")
    if cohort_path(home, new.code).exists():
        _take_away(home, new.code)
    clock = LivedClock(local(new.plan.start - REFERRALS[0] - timedelta(days=7), _OFFICE))
    return make_cohort(home, new, Actor(FACILITATORS[0].id, clock, chance(seed, "keys").randbytes))


def _take_away(home: Home, code: str) -> None:
    """Take the last practice cohort away with all that the home keeps of it."""
    path = cohort_path(home, code)
    lock = Lock.take(lock_path(path), datetime.now(UTC))
    try:
        shutil.rmtree(backups_folder(home) / code, ignore_errors=True)
        forget_practice_cohort(home, code)
        take_up(home, code, frozenset())
        for file in (*in_outbox(home, code), *path.parent.glob(f"{code}.*")):
            if file != lock_path(path):
                file.unlink()
    finally:
        lock.release()


def _living(cohort: Cohort, pack: Pack, asked: Asked) -> Living:
    clock = cohort.actor.clock
    if not isinstance(clock, LivedClock):
        raise TypeError("a past is lived by a clock that can be set")
    return Living(cohort, clock, pack, asked.seed, FACILITATORS)
