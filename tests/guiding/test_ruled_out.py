"""What is ruled out for a person, in a session: marked, never logged as planned, a stand-in first."""

from __future__ import annotations

import pytest

from escape_tui.guiding.by_exception import next_stand_in, stand_ins_for
from escape_tui.guiding.circuit_log import Place
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.plain.words import board_lines, place_lines
from escape_tui.screens.session.cards import desk_cards, hall_cards
from escape_tui.store.acts.ruling_out import rule_out
from sessions.exercise import Tag
from sessions.ruled_out import is_ruled_out
from tests.guiding.evenings import Hall
from tests.guiding.test_circuit_log import at_work
from widgets.station_board import ChipMark


def ruled_out_for_one(guide: Guide) -> Place:
    """Somebody at a station with company there, and a first tag of its exercise ruled out for them alone."""
    places = guide.places()
    place = next(one for one in places if one.exercise.tags and _beside(one, places))
    rule_out(guide.cohort, place.person, place.exercise.tags[0])
    guide.refresh()
    return guide.place_of(place.person)


def _beside(place: Place, places: tuple[Place, ...]) -> bool:
    return any(one.station == place.station and one.person != place.person for one in places)


def test_what_is_ruled_out_is_never_logged_as_planned_and_the_echo_says_so(hall: Hall) -> None:
    guide = at_work(hall)
    place = ruled_out_for_one(guide)
    told = guide.log.as_planned(guide.came_to())
    assert place.person not in {row.person for row in guide.log.rows}
    assert len(guide.log.rows) == 9
    tag = place.exercise.tags[0].value.replace("-", " ")
    assert f"as planned for 9; not for 1, a stand-in first ({tag} ruled out)" in told.words


def test_alone_they_are_refused_as_planned_and_what_was_seen_can_be_written_all_the_same(hall: Hall) -> None:
    guide = at_work(hall)
    place = ruled_out_for_one(guide)
    told = guide.log.as_planned([place])
    assert (told.kind, guide.log.rows) == ("refused", ())
    guide.log.reps(place, 3)
    assert [row.basis for row in guide.log.rows] == ["observed"]


def test_the_stand_in_that_is_not_ruled_out_comes_first(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = at_work(hall)
    place = next(one for one in guide.places() if len(one.exercise.stand_ins) == 2)
    first, second = place.exercise.stand_ins
    # The project's own packs have no stand-in with a tag; a licensed one may.
    monkeypatch.setitem(vars(guide.pack.exercise(first)), "tags", (Tag.KNEELING,))
    assert [one.id for one in stand_ins_for(guide, place)] == [first, second]
    rule_out(guide.cohort, place.person, Tag.KNEELING)
    guide.refresh()
    next_stand_in(guide, guide.place_of(place.person))
    now = guide.place_of(place.person)
    assert (now.exercise.id, now.ruled_out) == (second, ())
    next_stand_in(guide, now)
    assert guide.place_of(place.person).ruled_out == (Tag.KNEELING,)


def test_the_desk_marks_them_with_the_tag_and_the_hall_sees_nothing_of_it(hall: Hall) -> None:
    guide = at_work(hall)
    place = ruled_out_for_one(guide)
    bout = guide.logging()
    assert bout is not None
    number = guide.row(place.person).person.number
    marks = {chip.number: (chip.mark, chip.note) for card in desk_cards(guide, bout) for chip in card.chips}
    tag = place.exercise.tags[0].value.replace("-", " ")
    assert marks.pop(number) == (ChipMark.RULED_OUT, tag)
    assert {mark for mark, _ in marks.values()} == {ChipMark.NONE}
    seen = {(chip.mark, chip.note) for card in hall_cards(guide, bout) for chip in card.chips}
    assert seen == {(ChipMark.NONE, "")}


def test_a_plain_session_says_it_on_the_board_and_at_the_place(hall: Hall) -> None:
    guide = at_work(hall)
    place = ruled_out_for_one(guide)
    bout = guide.logging()
    assert bout is not None
    tag = place.exercise.tags[0].value.replace("-", " ")
    assert sum(line.count(f"NOT FOR THEM: {tag}") for line in board_lines(guide, bout)) == 1
    assert f"NOT FOR THEM: {tag}. Choose a stand-in." in place_lines(guide, place)


def test_an_exercise_is_ruled_out_by_those_of_its_tags_that_are(hall: Hall) -> None:
    exercise = hall.open().pack.exercise("side-step")
    assert is_ruled_out(exercise, {Tag.BALANCE, Tag.KNEELING, Tag.STANDING}) == (Tag.STANDING, Tag.BALANCE)
    assert is_ruled_out(exercise, {Tag.KNEELING}) == ()
