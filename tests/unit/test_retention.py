"""Which backups are kept: the last of each hour, day, week and month, the newest always."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.settings import Backups
from escape_tui.store.retention import backup_is_due, kept

NOW = datetime(2026, 10, 5, 19, 0, tzinfo=UTC)
INSTANTS = st.sets(
    st.integers(0, 60 * 24 * 200).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60
)
COUNTS = st.builds(
    Backups,
    keep_hourly=st.integers(0, 5),
    keep_daily=st.integers(1, 5),
    keep_weekly=st.integers(0, 5),
    keep_monthly=st.integers(0, 5),
)
PERIODS: dict[str, Callable[[datetime], Hashable]] = {
    "keep_hourly": lambda at: at.strftime("%Y-%m-%d %H"),
    "keep_daily": lambda at: at.strftime("%Y-%m-%d"),
    "keep_weekly": lambda at: at.strftime("%G-%V"),
    "keep_monthly": lambda at: at.strftime("%Y-%m"),
}


@given(INSTANTS, COUNTS)
@settings(max_examples=60, deadline=None)
def test_the_newest_is_always_kept_and_nothing_is_made_up(instants: set[datetime], counts: Backups) -> None:
    found = kept(instants, counts)
    assert found <= instants
    assert not instants or max(instants) in found


@given(INSTANTS, COUNTS)
@settings(max_examples=60, deadline=None)
def test_thinning_again_removes_nothing(instants: set[datetime], counts: Backups) -> None:
    once = kept(instants, counts)
    assert kept(once, counts) == once


@pytest.mark.parametrize("name", PERIODS)
@given(instants=INSTANTS, counts=COUNTS)
@settings(max_examples=30, deadline=None)
def test_the_last_of_each_of_the_latest_periods_is_kept(
    name: str, instants: set[datetime], counts: Backups
) -> None:
    period = PERIODS[name]
    last = {period(at): at for at in sorted(instants)}
    latest = sorted(last.values(), reverse=True)[: getattr(counts, name)]
    assert set(latest) <= kept(instants, counts)


@given(INSTANTS, COUNTS)
@settings(max_examples=60, deadline=None)
def test_no_more_is_kept_than_the_settings_say(instants: set[datetime], counts: Backups) -> None:
    assert len(kept(instants, counts)) <= sum(getattr(counts, name) for name in PERIODS)


def test_a_year_of_evenings_comes_down_to_the_latest_and_a_few_of_each_month() -> None:
    evenings = {NOW - timedelta(days=7 * week, minutes=30 * step) for week in range(52) for step in range(4)}
    found = kept(evenings, Backups(keep_hourly=2, keep_daily=2, keep_weekly=2, keep_monthly=12))
    assert sorted(found)[-2:] == [NOW - timedelta(minutes=30), NOW]
    months = sorted({at.strftime("%Y-%m") for at in evenings})
    assert sorted({at.strftime("%Y-%m") for at in found}) == months[-12:]


@pytest.mark.parametrize(
    ("minutes", "changed", "due"),
    [
        (None, True, True),
        (0, True, False),
        (29, True, False),
        (30, True, True),
        (300, False, False),
        (-5, True, True),
    ],
)
def test_a_backup_is_due_when_something_changed_and_the_last_is_old(
    minutes: int | None, changed: bool, due: bool
) -> None:
    last = None if minutes is None else NOW - timedelta(minutes=minutes)
    assert backup_is_due(NOW, last, changed=changed, every_minutes=30) == due
