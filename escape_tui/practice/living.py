"""A practice cohort lives through its programme, evening by evening, by the acts of real work.

Not for: what chance brings (`attending`, `exercising`, `answering`), or making the cohort's file (`making`).
Every act is made at the instant at which it would have been, by who was on duty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from escape_tui.entering import Entered, add_person
from escape_tui.facilitators import Facilitator
from escape_tui.practice.attending import Attending, Coming, attending, with_somebody_there
from escape_tui.practice.chance import chance
from escape_tui.practice.evening import evening_acts
from escape_tui.practice.exercising import Way
from escape_tui.practice.lived_clock import LivedClock, local
from escape_tui.practice.members import EveningOf, Member, Moment
from escape_tui.practice.people import Character
from escape_tui.practice.sheets import Sheets
from escape_tui.practice.words import ACCEPTED
from escape_tui.recording import today_of
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.cohorts import close_cohort
from escape_tui.store.acts.exercise import move_level
from escape_tui.store.acts.leaving import withdraw_person
from escape_tui.store.acts.people import ConsentEntry, accept_person, fix_index
from escape_tui.store.acts.session_acts import move_session
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_head, eligibility, plan_of
from sessions.pack import Delivery, Pack
from sessions.plan import CohortPlan
from sessions.records import AttendanceRow, LevelRow
from sessions.session_plan import session_plan

REFERRALS: Final = (timedelta(days=24), timedelta(days=6))
"""From and until when before the start people are taken in."""
_HELPED: Final = 3
_CLOSED: Final = timedelta(days=14)
"""After the last session, when what was to come by post has come."""
_AFTERNOON, _EVENING_BEFORE = time(14, 0), time(17, 30)


class Living:
    """The hand that lives the past of one cohort; `facilitators` are on duty in turn."""

    def __init__(
        self,
        cohort: Cohort,
        clock: LivedClock,
        pack: Pack,
        seed: int,
        facilitators: tuple[Facilitator, ...],
    ) -> None:
        self._cohort = cohort
        self._clock = clock
        self._pack = pack
        self._seed = seed
        self._leads = tuple(one.id for one in facilitators if one.scope == "all")
        self._helpers = tuple(one.id for one in facilitators if one.scope == "exercise")
        self._head = cohort_head(cohort)
        self._sheets = Sheets(cohort, pack, seed)
        self._members: tuple[Member, ...] = ()

    @property
    def plan(self) -> CohortPlan:
        """The plan as it stands now."""
        return plan_of(self._cohort)

    def take_in(self, characters: tuple[Character, ...]) -> None:
        """Take everyone in, over the weeks before the start."""
        first, last = REFERRALS
        members = []
        ways = with_somebody_there(
            [
                attending(chance(self._seed, "attending", one.place), self._head.sessions_planned)
                for one in characters
            ]
        )
        for character, comings in zip(characters, ways, strict=True):
            share = (character.place - 1) / max(1, len(characters) - 1)
            day = self.plan.start - first + timedelta(days=int(share * (first - last).days))
            self._at(local(_weekday(day), _AFTERNOON, minutes=11 * character.place))
            members.append(self._taken_in(character, comings, day))
        self._members = tuple(members)
        for member in self._members:
            self._later(minutes=2)
            self._sheets.screen(member.id, member.character)
            self._accept_where_needed(member)

    def until(self, session: int) -> None:
        """Live everything before that session, and what is known of it beforehand."""
        for number in range(1, session):
            self._live(number)
        self._known_before(session)

    def to_the_end(self) -> None:
        """Live every session, and what comes in during the weeks after the last."""
        last = self._head.sessions_planned
        for number in range(1, last + 1):
            self._live(number)
        ended = self.plan.session(last).on
        self._do_in_order(self._sheets.after_the_end(self._members, ended))
        self._at(local(ended + _CLOSED, _AFTERNOON))
        close_cohort(self._cohort, ended + _CLOSED)

    def meet_on(self, session: int, day: date) -> None:
        """Move a session that its plan has on another day, a public holiday say."""
        if self.plan.session(session).on != day:
            move_session(self._cohort, session, day)

    def _taken_in(self, character: Character, comings: Attending, day: date) -> Member:
        consents = [
            ConsentEntry(kind, given, day, "written" if kind == "programme" else "spoken")
            for kind, given in character.consents
        ]
        entered = Entered(entry=character.entry, consents=consents, all_clear=True)
        person = add_person(self._cohort, entered)
        way = Way(character, self._pack, chance(self._seed, "way", character.place))
        fix_index(self._cohort, person, *character.index)
        for exercise, level in way.starts.items():
            start = self._pack.exercise(exercise).start_level
            move_level(self._cohort, LevelRow(person, exercise, 1, level, start))
        return Member(person, character, comings, way)

    def _accept_where_needed(self, member: Member) -> None:
        (judged,) = eligibility(self._cohort, member.id)
        if judged.verdict != "yes":
            accept_person(self._cohort, member.id, ACCEPTED, today_of(self._cohort))

    def _known_before(self, number: int) -> None:
        """Excuses, and who says that they do not come any more: told the day before."""
        day = self.plan.session(number).on - timedelta(days=1)
        for place, member in enumerate(self._members):
            self._at(local(day, _EVENING_BEFORE, minutes=3 * place))
            left = member.attending.left
            if left is not None and left[0] == number:
                withdraw_person(self._cohort, member.id, left[1], day)
            coming = member.attending.at(number)
            if coming is not None and coming.told_before:
                row = AttendanceRow(member.id, number, coming.status, coming.reason)
                mark_attendance(self._cohort, row)

    def _live(self, number: int) -> None:
        self._known_before(number)
        held = self.plan.session(number)
        plan = session_plan(self._pack, self._head.sessions_planned, number, Delivery(self._head.delivery))
        begins = local(held.on, time.fromisoformat(self._head.start_time))
        self._at(begins - timedelta(minutes=15))
        on_duty = self._on_duty(number)
        evening = EveningOf(
            cohort=self._cohort,
            plan=plan,
            begins=begins,
            rng=chance(self._seed, "evening", number),
            on_duty=on_duty,
            members=self._members,
            comings=self._comings(number),
        )
        self._do_in_order([*evening_acts(evening), *self._sheets.of_evening(evening)])

    def _comings(self, number: int) -> dict[str, Coming]:
        found = {}
        for member in self._members:
            coming = member.attending.at(number)
            if coming is not None:
                found[member.id] = coming
        return found

    def _on_duty(self, number: int) -> tuple[str, ...]:
        """The leads, in turn the first to act; at every third session a helper for the exercise."""
        turn = number % len(self._leads)
        on_duty = (*self._leads[turn:], *self._leads[:turn])
        self._cohort.actor = replace(self._cohort.actor, by=on_duty[0])
        return (*on_duty, *self._helpers) if number % _HELPED == 0 else on_duty

    def _do_in_order(self, moments: Iterable[Moment]) -> None:
        for moment in sorted(moments, key=lambda moment: moment.at):
            self._at(moment.at)
            moment.act()

    def _at(self, moment: datetime) -> None:
        self._clock.stand_at(moment)

    def _later(self, *, minutes: float) -> None:
        self._clock.stand_at(self._clock() + timedelta(minutes=minutes))


def _weekday(day: date) -> date:
    """That day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
