"""Which backups are kept and which may go: the last of each hour, day, week and month, so many of each.

Not for: reading or removing files (`backup_files`); everything here is a function of instants.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import UTC, datetime, timedelta

from escape_tui.settings import Backups


def kept(instants: Collection[datetime], counts: Backups) -> set[datetime]:
    """Those of `instants` that are kept: the last of each of the latest hours, days, weeks and months.

    Counted are hours, days, weeks and months that have a backup, by UTC; a week is Monday to Sunday. The
    newest is always kept, and what is kept once is kept again when asked of those alone.
    """
    newest_first = sorted(instants, reverse=True)
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (counts.keep_hourly, lambda at: (at.date(), at.hour)),
        (counts.keep_daily, lambda at: at.date()),
        (counts.keep_weekly, lambda at: at.isocalendar()[:2]),
        (counts.keep_monthly, lambda at: (at.year, at.month)),
    )
    return set(newest_first[:1]).union(*(_last_of_each(newest_first, *period) for period in periods))


def backup_is_due(now: datetime, last: datetime | None, *, changed: bool, every_minutes: int) -> bool:
    """Whether a backup is to be made: something changed, and the last one is as old as the settings say.

    `last` is None where there is none. One that seems to be made in the future counts for nothing: the clock
    was wrong then, or is now.
    """
    if not changed:
        return False
    return last is None or not timedelta(0) <= now - last < timedelta(minutes=every_minutes)


def _last_of_each(
    newest_first: list[datetime], count: int, period: Callable[[datetime], Hashable]
) -> set[datetime]:
    last: dict[Hashable, datetime] = {}
    for at in newest_first:
        last.setdefault(period(at.astimezone(UTC)), at)
    return set(list(last.values())[:count])
