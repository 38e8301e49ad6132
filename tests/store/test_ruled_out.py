"""What kinds of exercise are not for somebody: kept, lifted, undone, taken along; and files from before."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.store import schema
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.leaving import moving_person
from escape_tui.store.acts.ruling_out import rule_in, rule_out
from escape_tui.store.acts.undoing import undo
from escape_tui.store.audit import entries, verify_chain
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import open_file, version_of
from escape_tui.store.read import people, ruled_out
from sessions.errors import Refused
from sessions.exercise import Tag
from sessions.ruled_out import RuledOut
from tests.store.making import START, make, reopen, said_nothing, someone


def test_it_holds_until_it_is_lifted_and_saying_it_twice_leaves_no_trace(cohort: Cohort, person: str) -> None:
    rule_out(cohort, person, Tag.KNEELING)
    rule_out(cohort, person, Tag.FLOOR)
    assert ruled_out(cohort, person) == (RuledOut(person, Tag.FLOOR), RuledOut(person, Tag.KNEELING))
    assert said_nothing(rule_out(cohort, person, Tag.FLOOR))
    rule_in(cohort, person, Tag.FLOOR)
    assert ruled_out(cohort) == (RuledOut(person, Tag.KNEELING),)
    assert said_nothing(rule_in(cohort, person, Tag.FLOOR))


@pytest.mark.parametrize("tag", Tag)
def test_every_tag_of_an_exercise_can_be_ruled_out(cohort: Cohort, person: str, tag: Tag) -> None:
    rule_out(cohort, person, tag)
    assert [one.tag for one in ruled_out(cohort)] == [tag]


def test_both_ways_are_in_the_trail_and_can_be_taken_back(cohort: Cohort, person: str) -> None:
    rule_out(cohort, person, Tag.KNEELING)
    rule_in(cohort, person, Tag.KNEELING)
    assert [entry.act for entry in entries(cohort.connection)][-2:] == ["rule_out", "rule_in"]
    undo(cohort)
    assert ruled_out(cohort) == (RuledOut(person, Tag.KNEELING),)
    undo(cohort)
    assert ruled_out(cohort) == ()
    assert verify_chain(cohort.connection).sound


def test_nothing_is_ruled_out_for_a_person_who_was_erased(cohort: Cohort, person: str) -> None:
    rule_out(cohort, person, Tag.KNEELING)
    erase_person(cohort, person, START)
    assert ruled_out(cohort) == ()
    with pytest.raises(Refused, match="erased"):
        rule_out(cohort, person, Tag.KNEELING)


def test_it_goes_along_with_a_person_who_moves(cohort: Cohort, person: str) -> None:
    rule_out(cohort, person, Tag.KNEELING)
    assert moving_person(cohort, person).ruled_out == (Tag.KNEELING,)


def test_a_file_of_the_third_version_is_brought_up_with_all_that_is_in_it(
    path: Path, key: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        with make(path, key) as cohort:
            person = someone(cohort)
            assert version_of(cohort.connection) == 3
    looked_at = open_file(path, key, schema.SCHEMA_VERSION)
    assert verify_chain(looked_at).sound
    looked_at.close()
    with reopen(path, key) as cohort:
        assert version_of(cohort.connection) == schema.SCHEMA_VERSION
        assert [one.id for one in people(cohort)] == [person]
        rule_out(cohort, person, Tag.KNEELING)
        assert verify_chain(cohort.connection).sound
