"""Where somebody over a screen is: kept, corrected, masked in the trail; and files from before that."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.store import schema
from escape_tui.store.acts.leaving import moving_person, take_over, withdraw_data
from escape_tui.store.acts.whereabouts import forget_where, say_where
from escape_tui.store.audit import entries, verify_chain
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import open_file, version_of
from escape_tui.store.read import people, whereabouts
from sessions.errors import Refused
from sessions.where_today import WhereToday
from tests.store.making import START, make, reopen, said_nothing, someone


def test_what_is_said_later_counts_and_what_is_not_said_stays(cohort: Cohort, person: str) -> None:
    say_where(cohort, person, 2, "12 Mill Lane", "0161 496 0000")
    say_where(cohort, person, 2, phone="0161 496 0001")
    say_where(cohort, person, 3, "her sister's")
    assert whereabouts(cohort) == (
        WhereToday(person, 2, "12 Mill Lane", "0161 496 0001"),
        WhereToday(person, 3, "her sister's", None),
    )
    assert said_nothing(say_where(cohort, person, 3, "her sister's"))


@pytest.mark.parametrize(
    ("place", "phone"), [(None, None), ("  ", None), ("x" * 201, None), ("a\nb", None), ("here", "\x1b[2J")]
)
def test_nothing_blank_or_unprintable_is_kept(
    cohort: Cohort, person: str, place: str | None, phone: str | None
) -> None:
    with pytest.raises(Refused):
        say_where(cohort, person, 2, place, phone)
    assert whereabouts(cohort) == ()


def test_the_trail_keeps_neither_the_place_nor_the_telephone(cohort: Cohort, person: str) -> None:
    say_where(cohort, person, 2, "12 Mill Lane", "0161 496 0000")
    forget_where(cohort, person, 2)
    trail = repr(entries(cohort.connection))
    assert "Mill Lane" not in trail
    assert "0161" not in trail
    assert [entry.act for entry in entries(cohort.connection)][-2:] == ["say_where", "forget_where"]
    assert verify_chain(cohort.connection).sound


def test_it_stays_at_the_site_when_data_are_withdrawn_and_goes_nowhere_with_a_move(
    cohort: Cohort, person: str, tmp_path: Path
) -> None:
    say_where(cohort, person, 2, "12 Mill Lane")
    moving = moving_person(cohort, person)
    with make(tmp_path / "elsewhere" / "K26-2.db", None) as other:
        take_over(other, moving)
        assert whereabouts(other) == ()
    withdraw_data(cohort, person, START)
    assert [row.place for row in whereabouts(cohort, person)] == ["12 Mill Lane"]


def test_a_file_of_the_first_version_is_brought_up_with_all_that_is_in_it(
    path: Path, key: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        with make(path, key) as cohort:
            person = someone(cohort)
            assert version_of(cohort.connection) == 1
    looked_at = open_file(path, key, schema.SCHEMA_VERSION)
    assert verify_chain(looked_at).sound
    looked_at.close()
    with reopen(path, key) as cohort:
        assert version_of(cohort.connection) == schema.SCHEMA_VERSION
        assert [one.id for one in people(cohort)] == [person]
        say_where(cohort, person, 1, "12 Mill Lane")
        assert verify_chain(cohort.connection).sound
