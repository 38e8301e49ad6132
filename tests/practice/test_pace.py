"""The clock of practice runs as many times faster as was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from escape_tui.practice.pace import PacedClock
from sessions.clock import FakeClock, gap_between
from sessions.errors import Refused

BEGIN = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


def test_both_clocks_run_twenty_times_faster_from_the_first_look_on() -> None:
    real = FakeClock(BEGIN)
    paced = PacedClock(real, 20)
    first = paced.now()
    assert first.wall == BEGIN
    real.advance(3)
    assert paced.now() == first.plus(timedelta(seconds=60))


def test_a_paced_clock_shows_no_gap_between_two_looks_a_second_of_its_own_apart() -> None:
    real = FakeClock(BEGIN)
    paced = PacedClock(real, 20)
    before = paced.now()
    real.advance(1 / 20)
    assert gap_between(before, paced.now()) is None


def test_a_laptop_that_slept_still_shows_it() -> None:
    real = FakeClock(BEGIN)
    paced = PacedClock(real, 2)
    before = paced.now()
    real.sleep(60)
    assert gap_between(before, paced.now()) is not None


@pytest.mark.parametrize("pace", [0, -1, 601, float("nan"), float("inf")])
def test_a_pace_that_no_clock_can_run_at_is_refused(pace: float) -> None:
    with pytest.raises(Refused):
        PacedClock(FakeClock(BEGIN), pace)
