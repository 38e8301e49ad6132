"""Instants on two clocks, and what a gap between two readings tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.clock import FakeClock, GapKind, Instant, SystemClock, elapsed, gap_between
from tests.unit.run_plans import BEGIN, seconds

YEAR = 365 * 24 * 3600.0


def test_setting_the_wall_clock_back_a_year_takes_no_time_away() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    clock.set_wall(-YEAR)
    assert elapsed(before, clock.advance(30)) == seconds(30)


def test_between_two_starts_of_the_program_the_wall_clock_counts() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    assert elapsed(before, clock.restart("second", 47)) == seconds(47)


def test_elapsed_time_is_never_negative() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    clock.advance(5)
    assert elapsed(clock.now(), before) == seconds(0)
    assert elapsed(before, clock.restart("second", -YEAR)) == seconds(0)


@given(st.lists(st.floats(0, 5000, allow_nan=False), min_size=3, max_size=3))
def test_times_between_readings_add_up_to_the_microsecond(steps: list[float]) -> None:
    clock = FakeClock(BEGIN)
    first, second, third = (clock.advance(step) for step in steps)
    assert elapsed(first, second) + elapsed(second, third) == elapsed(first, third)


@pytest.mark.parametrize("wall", [BEGIN.replace(tzinfo=None), BEGIN.astimezone(timezone(timedelta(hours=1)))])
def test_a_wall_time_outside_utc_is_refused(wall: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        Instant(wall, seconds(0), "first")


def test_a_stop_of_five_seconds_is_no_gap() -> None:
    clock = FakeClock(BEGIN)
    assert gap_between(clock.now(), clock.advance(5)) is None


def test_a_sleep_in_which_the_monotonic_clock_stood_still_is_recognised() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    clock.sleep(600)
    gap = gap_between(before, clock.advance(0.2))
    assert gap is not None
    assert (gap.kind, gap.since, gap.length) == (GapKind.AWAY, before, seconds(600.2))


def test_a_sleep_that_the_monotonic_clock_counted_is_recognised() -> None:
    clock = FakeClock(BEGIN)
    gap = gap_between(clock.now(), clock.advance(600))
    assert gap is not None
    assert (gap.kind, gap.length) == (GapKind.AWAY, seconds(600))


def test_a_sleep_is_recognised_though_the_wall_clock_was_set_back_meanwhile() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    clock.set_wall(-YEAR)
    gap = gap_between(before, clock.advance(600))
    assert gap is not None
    assert (gap.kind, gap.length) == (GapKind.AWAY, seconds(600))


def test_a_wall_clock_set_forward_is_asked_about_like_a_sleep() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    clock.set_wall(3600)
    gap = gap_between(before, clock.advance(0.2))
    assert gap is not None
    assert gap.kind is GapKind.AWAY


def test_a_wall_clock_set_back_is_told_with_how_far() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    clock.set_wall(-3600)
    gap = gap_between(before, clock.advance(0.2))
    assert gap is not None
    assert (gap.kind, gap.length) == (GapKind.SET_BACK, seconds(3600))


def test_a_small_correction_of_the_wall_clock_is_not_remarked() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    clock.set_wall(-1)
    assert gap_between(before, clock.advance(0.2)) is None


def test_a_quick_new_start_is_no_gap_and_a_late_one_is() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    assert gap_between(before, clock.restart("second", 6)) is None
    gap = gap_between(before, clock.restart("third", 3600))
    assert gap is not None
    assert (gap.kind, gap.length) == (GapKind.AWAY, seconds(3606))


def test_a_wall_clock_set_back_between_two_starts_is_told() -> None:
    clock = FakeClock(BEGIN)
    before = clock.now()
    gap = gap_between(before, clock.restart("second", -3600))
    assert gap is not None
    assert (gap.kind, gap.length) == (GapKind.SET_BACK, seconds(3600))


def test_the_machines_clock_never_goes_back_and_stays_in_its_era() -> None:
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.era == second.era
    assert first.monotonic <= second.monotonic
    assert abs(datetime.now(UTC) - second.wall) < seconds(60)


def test_two_starts_of_the_program_are_two_eras() -> None:
    assert SystemClock().now().era != SystemClock().now().era
