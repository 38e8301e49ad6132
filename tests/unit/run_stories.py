"""Stories of a session for hypothesis: any event at all, and evenings in which they happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import strategies as st

from sessions.clock import Instant
from sessions.run_events import (
    Answered,
    CameBack,
    Ended,
    Event,
    FinishWhenReady,
    Held,
    JumpedToStation,
    JumpedToStep,
    LeftGroup,
    Paused,
    Released,
    Reopened,
    Resumed,
    SatOut,
    Seated,
    SeatedLate,
    Slept,
    StandInDropped,
    StandInTaken,
    Started,
    TimeAdded,
    TimesChanged,
    WentBack,
    WentOn,
)
from sessions.run_steps import Kind
from tests.unit.run_plans import Hall, an_evening

instants = st.builds(
    Instant,
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(timedelta(0), timedelta(days=90)),
    st.text("0123456789abcdef", min_size=1, max_size=16),
)
_persons = st.sampled_from([f"P{number}" for number in range(1, 13)])
_lists = st.lists(_persons, unique=True).map(tuple)
_seconds = st.integers(-60, 120)
_short = st.timedeltas(timedelta(0), timedelta(minutes=20))


def _any_event(at: st.SearchStrategy[Instant]) -> st.SearchStrategy[Event]:
    plain: list[Callable[[Instant], Event]] = [
        Started,
        Paused,
        Resumed,
        Held,
        Released,
        Reopened,
        Ended,
        WentOn,
        WentBack,
    ]
    return st.one_of(
        *(st.builds(happened, at) for happened in plain),
        st.builds(Slept, at, at),
        st.builds(Answered, at, st.booleans()),
        st.builds(JumpedToStep, at, st.integers(-1, 40), _short, _short),
        st.builds(JumpedToStation, at, st.integers(0, 6), st.integers(0, 6)),
        st.builds(TimeAdded, at, _seconds),
        st.builds(TimesChanged, at, st.sampled_from(Kind), _seconds),
        st.builds(FinishWhenReady, at, st.booleans()),
        st.builds(Seated, at, _lists, _lists, _lists),
        st.builds(SeatedLate, at, _persons, st.booleans(), st.booleans()),
        st.builds(LeftGroup, at, _persons),
        st.builds(SatOut, at, _persons),
        st.builds(CameBack, at, _persons),
        st.builds(StandInTaken, at, _persons, st.integers(0, 6), st.sampled_from(["march", "calf-raise"])),
        st.builds(StandInDropped, at, _persons, st.integers(0, 6)),
    )


events = _any_event(instants)


Happening = Callable[[Instant, Instant], Event]
"""Makes an event of the last reading before it and the instant it happens at."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Time that goes by, and then what happens; `asleep` is time the monotonic clock does not count."""

    seconds: float
    asleep: float
    happens: Happening


def _now(kind: Callable[[Instant], Event]) -> st.SearchStrategy[Happening]:
    return st.just(lambda _since, at: kind(at))


_without_extension = st.one_of(
    _now(Paused),
    _now(Resumed),
    _now(Held),
    _now(Released),
    _now(WentOn),
    _now(Reopened),
    st.just(lambda since, at: Slept(at, since)),
    st.booleans().map(lambda counts: lambda _since, at: Answered(at, counts)),
    st.integers(-60, 0).map(lambda number: lambda _since, at: TimeAdded(at, number)),
    st.booleans().map(lambda on: lambda _since, at: FinishWhenReady(at, on)),
    _persons.map(lambda person: lambda _since, at: SatOut(at, person)),
)


def _made_to_happen(event: Event) -> Happening:
    def happening(since: Instant, at: Instant) -> Event:
        return replace(event, at=at, since=since) if isinstance(event, Slept) else replace(event, at=at)

    return happening


anything = events.map(_made_to_happen)
_gone_by = st.floats(0, 400).map(lambda number: round(number, 3))


def evenings(
    happens: st.SearchStrategy[Happening] = _without_extension,
) -> st.SearchStrategy[list[Moment]]:
    """Moments of an evening; unless told otherwise, one where nobody gives more time and nobody goes back."""
    asleep = st.one_of(st.just(0.0), _gone_by)
    return st.lists(st.builds(Moment, _gone_by, asleep, happens), max_size=25)


def live(moments: list[Moment]) -> Hall:
    """An evening on which all this happened."""
    hall = Hall(an_evening())
    for moment in moments:
        since = hall.clock.advance(moment.seconds)
        hall.clock.sleep(moment.asleep)
        hall.do(partial(moment.happens, since))
    return hall
