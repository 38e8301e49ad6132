"""What a list of cohorts reads of one, at rest and at work, without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.store import read
from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.people import PersonEntry, enrol
from escape_tui.store.connect import Connection, is_at_rest
from escape_tui.store.read import cohort_head, glance, peek
from sessions.errors import CannotOpen
from sessions.records import AttendanceRow
from tests.store.making import make, someone


def lived(path: Path, key: bytes | None) -> None:
    """A cohort of one person who came to two sessions, closed again."""
    with make(path, key) as cohort:
        person = someone(cohort)
        for number in (1, 2):
            mark_attendance(cohort, AttendanceRow(person, number, "present"))


def test_a_cohort_at_rest_is_read_and_nothing_is_left_beside_it(path: Path, key: bytes | None) -> None:
    lived(path, key)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    seen = glance(path, key)
    assert (seen.head.code, seen.people_enrolled, seen.sessions_delivered) == ("K26-1", 1, 2)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_a_cohort_at_work_is_read_with_what_was_entered_last(path: Path, key: bytes | None) -> None:
    with make(path, key) as cohort:
        enrol(cohort, PersonEntry(family_name="A"))
        assert not is_at_rest(path)
        assert glance(path, key).people_enrolled == 1
        assert peek(path, key) == cohort_head(cohort)


def test_a_file_that_is_opened_meanwhile_is_read_all_the_same(
    path: Path, key: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object) -> Connection:
        raise CannotOpen("The file of this cohort is damaged.", "Restore it.")

    lived(path, key)
    monkeypatch.setattr(read, "open_at_rest", torn)
    assert glance(path, key).sessions_delivered == 2


def test_a_damaged_file_and_a_wrong_key_are_told(path: Path, key: bytes | None) -> None:
    lived(path, key)
    with pytest.raises(CannotOpen):
        glance(path, bytes(32))
    path.write_bytes(path.read_bytes()[:4096])
    with pytest.raises(CannotOpen):
        glance(path, key)
    path.unlink()
    with pytest.raises(CannotOpen, match="missing"):
        glance(path, key)
