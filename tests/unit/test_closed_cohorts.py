"""When a cohort that is over is due for erasing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from escape_tui.closed_cohorts import due_for_erasing, reminder
from sessions.records import CohortHead

CLOSED = date(2026, 8, 31)


def head(**said: Any) -> CohortHead:
    return CohortHead(
        **{
            "code": "K26-1",
            "programme": "knees-hips",
            "delivery": "in_person",
            "start_date": date(2026, 6, 1),
            "start_time": "10:00",
            "weekdays": ("mon",),
            "region": "GB-ENG",
            "sessions_planned": 12,
            "practice": False,
            "return_id": "x",
            "state": "closed",
            "closed_on": CLOSED,
            "handed_over": False,
            "pack_id": "knees-hips",
            "pack_version": "1",
            "pack_sha256": "ab",
            **said,
        }
    )


def test_it_is_due_so_many_calendar_months_after_it_was_closed_and_not_a_day_before() -> None:
    assert due_for_erasing(head(), None, 24, date(2028, 8, 30)) is None
    assert due_for_erasing(head(), None, 24, date(2028, 8, 31)) == date(2028, 8, 31)


def test_a_month_without_that_day_counts_to_its_last() -> None:
    assert due_for_erasing(head(), None, 6, date(2027, 3, 1)) == date(2027, 2, 28)
    assert due_for_erasing(head(), None, 18, date(2028, 3, 1)) == date(2028, 2, 29)


def test_the_last_return_counts_where_it_was_signed_later() -> None:
    signed = head(state="signed")
    assert due_for_erasing(signed, date(2026, 10, 1), 1, date(2026, 10, 31)) is None
    assert due_for_erasing(signed, date(2026, 10, 1), 1, date(2026, 11, 1)) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("cohort", "months"),
    [(head(), 0), (head(state="open", closed_on=None), 1), (head(state="signed", closed_on=None), 1)],
)
def test_without_a_rule_or_an_end_nothing_is_ever_due(cohort: CohortHead, months: int) -> None:
    assert due_for_erasing(cohort, None, months, date(2099, 1, 1)) is None


def test_the_reminder_names_the_cohort_the_day_and_the_command() -> None:
    words = reminder(head(), None, 24, date(2028, 9, 1)) or ""
    assert words.startswith("Cohort K26-1 has been due for erasing since Thursday 31 August 2028.")
    assert "escape cohort erase K26-1" in words
    assert reminder(head(), None, 24, date(2028, 8, 1)) is None
