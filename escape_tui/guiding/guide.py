"""One session being guided, whole: its plan, people, run, register, log and advice, kept in step.

Not for: what stands on a screen. Everything a facilitator does in a session is a method here or on one of
its parts; each is kept durably before it returns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from escape_tui.facilitators import Facilitator
from escape_tui.guiding.advising import Advising
from escape_tui.guiding.circuit_log import Bout, CircuitLog, Place
from escape_tui.guiding.expected import Expected, expected_at
from escape_tui.guiding.last_seen import LastSeen
from escape_tui.guiding.register import Arrived, Register
from escape_tui.guiding.run_keeper import RunKeeper, Tick
from escape_tui.guiding.seats import Wanted, to_agree
from escape_tui.guiding.told import Told
from escape_tui.recording import today_of
from escape_tui.settings import Settings
from escape_tui.store.acts.session_acts import Delivered, cut_session_short, deliver_session
from escape_tui.store.acts.undoing import last_step, undo
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_head, cohort_pack, plan_of
from sessions.circuit import Seating
from sessions.clock import Clock
from sessions.errors import Refused
from sessions.exercise import Exercise
from sessions.pack import Delivery, Pack
from sessions.plan import CohortPlan
from sessions.records import AbsenceReason, ArrivalAnswer, AttendanceStatus
from sessions.rules import ArrivalQuestion
from sessions.run import RunState
from sessions.run_events import CameBack, Ended, Event, Held, Released, SatOut, Started
from sessions.run_steps import Kind, Phase
from sessions.run_times import phase_times
from sessions.session_plan import SessionPlan, session_plan
from sessions.session_run import run_plan


@dataclass(frozen=True, slots=True)
class Evening:
    """What a session is guided with: the clock, the site's settings, who is on duty, one or more.

    `seen` keeps the last instant watched; without it a session taken up again asks from its last event on.
    """

    clock: Clock
    settings: Settings
    on_duty: tuple[Facilitator, ...] = ()
    seen: LastSeen | None = None


class Guide:
    """Session `number` of an open cohort.

    `Refused` for a session that was cancelled or merged, and for one that is not in the plan.
    """

    def __init__(self, cohort: Cohort, number: int, evening: Evening) -> None:
        head, dates = cohort_head(cohort), plan_of(cohort)
        self.cohort = cohort
        self.number = number
        self.settings = evening.settings
        self.on_duty = evening.on_duty
        self.pack: Pack = cohort_pack(cohort)
        self.delivery = Delivery(head.delivery)
        self.plan: SessionPlan = session_plan(
            self.pack, head.sessions_planned, content_of(dates, number), self.delivery
        )
        self.people: tuple[Expected, ...] = expected_at(cohort, number, evening.settings.names)
        order = tuple(n for n in dates.running_order if dates.session(n).stands)
        self.register = Register(cohort, number, self.plan, self.people)
        self.log = CircuitLog(cohort, number, self.pack, order)
        self.advising = Advising(cohort, number, self.pack, order, self.log)
        self.keeper = RunKeeper(cohort, number, run_plan(self.plan), evening.clock, evening.seen)
        self._over_screen = set(self.keeper.run.seating.together)
        self._stopped = self.register.stopped
        self._before = last_step(cohort)
        self.keeper.take_up()
        self._agree()

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of the circuit's stations, in order."""
        return tuple(station.exercise for station in self.plan.circuit.stations)

    @property
    def over_screen(self) -> frozenset[str]:
        """Who takes part over a screen today."""
        everyone = (one.id for one in self.people)
        return frozenset(everyone if self.delivery is Delivery.VIRTUAL else self._over_screen)

    def state(self) -> RunState:
        """What is so at this instant."""
        return self.keeper.state()

    def tick(self) -> Tick:
        """Look at the clock; at least once a second."""
        return self.keeper.tick()

    def tell(self, *events: Event) -> RunState:
        """Keep what happened to the run."""
        return self.keeper.tell(*events)

    def start(self) -> RunState:
        """Begin: the session counts as held, today, by those on duty.

        `Refused` where the plan does not let it be held today.
        """
        planned = plan_of(self.cohort).session(self.number)
        today = None if planned.took_place else today_of(self.cohort)
        who = tuple(one.id for one in self.on_duty) or None
        deliver_session(self.cohort, self.number, Delivered(on=today, facilitators=who), undoable=False)
        return self.tell(Started(self.keeper.now()))

    def end(self) -> RunState:
        """End the session: the minutes that the run shows are kept with it."""
        state = self.tell(Ended(self.keeper.now()))
        spent = phase_times(self.keeper.plan, self.keeper.events)
        minutes = Delivered(
            education_minutes=spent.minutes(Phase.EDUCATION),
            exercise_minutes=spent.minutes(Phase.WARM_UP, Phase.CIRCUIT, Phase.COOL_DOWN, Phase.RELAXATION),
        )
        deliver_session(self.cohort, self.number, minutes, undoable=False)
        return state

    def cut_short(self, reason: str) -> RunState:
        """End a session that has to stop early, for a typed reason."""
        cut_session_short(self.cohort, self.number, reason)
        return self.end()

    def take_on_duty(self, who: tuple[Facilitator, ...]) -> None:
        """Go on with these on duty; one who has come on duty since the session began has led it too."""
        before, self.on_duty = self.on_duty, who
        if who != before and self.state().started and {one.id for one in who} - {one.id for one in before}:
            led = tuple(dict.fromkeys(one.id for one in (*before, *who)))
            deliver_session(self.cohort, self.number, Delivered(facilitators=led), undoable=False)

    def hold(self) -> RunState:
        """Hold every clock for an emergency."""
        return self.tell(Held(self.keeper.now()))

    def release(self) -> RunState:
        """Let the clocks go on after an emergency."""
        return self.tell(Released(self.keeper.now()))

    def undo(self) -> Told:
        """Take the last act back, and let the run follow; nothing from before this session was opened.

        `Refused` where there is nothing to take back.
        """
        changed = undo(self.cohort, back_to=self._before)
        self.refresh()
        who = next((one for one in self.people if one.id in changed.people), None)
        if who is None or len(changed.people) > 1:
            return Told(f"Taken back{_for(len(changed.people))}.")
        return Told("the last entry was taken back", number=who.number, name=who.desk)

    def refresh(self) -> None:
        """Read the records anew and let the run follow them."""
        self.register.refresh()
        self.log.refresh()
        self._agree()

    # The register, with the seats following it.

    def mark_all_here(self) -> Told:
        """As `Register.mark_all_here`."""
        return self._agreed(self.register.mark_all_here())

    def arrive(self, person: str) -> Told:
        """Mark a person who comes through the door: present, or late once the arrival is over."""
        state = self.state()
        late = state.started and state.step.phase is not Phase.ARRIVAL
        return self.mark(person, "late" if late else "present")

    def mark(self, person: str, status: AttendanceStatus, reason: AbsenceReason | None = None) -> Told:
        """As `Register.mark`."""
        return self._agreed(self.register.mark(person, status, reason))

    def unmark(self, person: str) -> Told:
        """As `Register.unmark`."""
        return self._agreed(self.register.unmark(person))

    def answer(self, person: str, question: ArrivalQuestion, answer: ArrivalAnswer) -> Told:
        """As `Register.answer`; a red flag lets the person sit out."""
        return self._agreed(self.register.answer(person, question, answer))

    def take_part_over_screen(self, person: str, on: bool) -> Told:
        """Say that a person of a hybrid group is not in the hall today, or is."""
        if self.delivery is not Delivery.HYBRID:
            raise Refused("Only a hybrid group has people over a screen and in the hall.", "Nothing to do.")
        (self._over_screen.add if on else self._over_screen.discard)(person)
        told = self.register.said(person, "over the screen today" if on else "in the hall today")
        return self._agreed(told)

    def sit_out(self, person: str, out: bool) -> Told:
        """Let a person sit out from now on, or take part again; a red flag of today does not allow that."""
        if not out and person in self.register.stopped:
            raise Refused(
                "A red flag was told today, so this person does not exercise.",
                "Put the answer right first if it was a slip.",
            )
        at = self.keeper.now()
        self.tell(SatOut(at, person) if out else CameBack(at, person))
        return self.register.said(person, "sits out, keeps the place" if out else "takes part again")

    # The circuit.

    def turns(self) -> tuple[Bout, ...]:
        """The bouts that can be written down: those that were worked, and the one at work now."""
        worked = [Bout(one.round, one.bout) for one in self.keeper.worked()]
        now = self.logging()
        return (*worked, *((now,) if now is not None and now not in worked else ()))

    def logging(self) -> Bout | None:
        """The bout to log now: the one at work, else the last that was; None before the first."""
        step = self.state().step
        if step.kind is Kind.WORK:
            return Bout(step.round or 1, step.bout or 1)
        worked = self.keeper.worked()
        return Bout(worked[-1].round, worked[-1].bout) if worked else None

    def places(self, at: Bout | None = None) -> tuple[Place, ...]:
        """Everyone with a station at a bout, by default the one being logged.

        Of a bout that was worked it is who was there then: nobody who came later, and who left since too.
        """
        bout = at or self.logging()
        return () if bout is None else self.log.places(self._seating_at(bout), bout)

    def place_of(self, person: str) -> Place:
        """Where a person is in the bout being logged; `Refused` where they have no station or sit out."""
        for place in self.places():
            if place.person == person and place.sits_out:
                raise Refused("This person sits out.", "Let them take part again first.")
            if place.person == person:
                return place
        raise Refused("This person has no station now.", "Log it when they are at one.")

    def came_to(self, person: str | None = None, *, over: bool = False) -> tuple[Place, ...]:
        """Every place that was worked so far, of one person or of all: each exercise once, latest last.

        Nobody is in it whose mark was taken back. With `over` the turn at work is left out.
        """
        step = self.state().step
        now = Bout(step.round or 1, step.bout or 1) if step.kind is Kind.WORK else None
        latest: dict[tuple[str, str], Place] = {}
        for bout in self.turns():
            if over and bout == now:
                continue
            for place in self.places(bout):
                if person in (None, place.person) and self.row(place.person).came:
                    latest.pop((place.person, place.exercise.id), None)
                    latest[place.person, place.exercise.id] = place
        return tuple(latest.values())

    def take_stand_in(self, place: Place, stand_in: str) -> Told:
        """Let a person do another exercise at this station, and log it."""
        exercise = self.pack.exercise(stand_in)
        own = self.plan.circuit.stations[place.station - 1].exercise
        at_own = Place(place.person, place.station, own, place.level, False, place.sits_out)
        self.log.take_stand_in(at_own, exercise)
        self._agree()
        return self.register.said(place.person, f"{exercise.name} instead of {own.name}", undo=True)

    def row(self, person: str) -> Arrived:
        """The register's row of a person."""
        return self.register.row(person)

    def _seating_at(self, bout: Bout) -> Seating:
        """The seats of a bout that was worked, else the present ones; stand-ins are as the log says now."""
        state = self.state()
        if state.step.kind is Kind.WORK and (state.step.round, state.step.bout) == (bout.round, bout.bout):
            return state.seating
        for one in self.keeper.worked():
            if (one.round, one.bout) == (bout.round, bout.bout):
                return replace(one.seating, stand_ins=state.seating.stand_ins)
        return state.seating

    def _agreed(self, told: Told) -> Told:
        self._agree()
        return told

    def _agree(self) -> None:
        """Let the run's seats follow register, red flags and log."""
        if self.keeper.run.ended:
            return
        here = tuple(row.person for row in self.register.here)
        over = self.over_screen
        stopped = self.register.stopped
        wanted = Wanted(
            hall=tuple(one.id for one in here if one.id not in over),
            together=tuple(one.id for one in here if one.id in over),
            close_support=frozenset(one.id for one in here if one.close_support),
            stopped=stopped,
            released=self._stopped - stopped,
            stand_ins=self.log.stand_ins(
                (station.number, station.exercise) for station in self.plan.circuit.stations
            ),
        )
        self._stopped = stopped
        events = to_agree(self.keeper.run, self.state().index, wanted, self.keeper.now())
        if events:
            self.keeper.tell(*events)


def content_of(plan: CohortPlan, number: int) -> int:
    """Which session of the pack a session of the cohort follows: its own, or the one it makes good.

    An extra one that makes none good repeats the latest before it. `Refused` where it is not held by itself.
    """
    session = plan.session(number)
    if not session.stands:
        raise Refused(f"Session {number} is not held by itself.", "Choose a session that stands.")
    if not session.extra:
        return number
    if session.replaces is not None:
        return session.replaces
    before = [one.number for one in plan.sessions if not one.extra and one.on <= session.on]
    return max(before, default=1)


def _for(people: int) -> str:
    return f", for {people} people" if people > 1 else ""
