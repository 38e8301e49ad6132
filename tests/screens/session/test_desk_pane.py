"""The desk: the circuit written down by exception, each act said back and taken back."""

from __future__ import annotations

from pathlib import Path

from escape_tui.guiding.circuit_log import Place
from escape_tui.screens.ask import Ask
from escape_tui.store.read import exercise_log, levels
from sessions.run_steps import Kind
from tests.screens.session.circuits import counted, seen, text_of, to_work
from tests.screens.session.hall import HOSTILE, VAST, Hall, make_home, play

MOST_KEYS = 4


def place_of(hall: Hall, number: int) -> Place:
    """Where the person of that number is now."""
    return hall.guide.place_of(hall.guide.people[number - 1].id)


def written(hall: Hall) -> int:
    """Entries in the log."""
    return len(exercise_log(hall.guide.cohort))


def at(hall: Hall, *, balance: bool) -> int:
    """The number of somebody at an exercise where a step up is confirmed first, or is not."""
    for place in hall.guide.places():
        if place.exercise.up_needs_confirming is balance:
            return hall.guide.row(place.person).person.number
    raise AssertionError("nobody is there")


def key(number: int) -> str:
    """The key of a person's number."""
    return str(number % 10)


def test_a_whole_station_as_planned_is_one_key_and_is_said_back(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d")
        with counted(hall) as presses:
            await hall.press("a")
        assert presses.count == 1
        station = [one for one in hall.guide.places() if one.station == 1]
        assert len(station) == 2
        rows = exercise_log(hall.guide.cohort)
        assert {row.person for row in rows} == {one.person for one in station}
        assert {row.basis for row in rows} == {"as_planned"}
        assert "as planned for 2" in hall.echo
        await hall.press("u")
        assert written(hall) == 0

    play(make_home(tmp_path / "home"), then)


EXCEPTIONS = (
    (("i",), "eased"),
    (("p",), "a step up"),
    (("n",), "instead of"),
    (("x",), "did none of it"),
    (("c", "8", "enter"), "8 times"),
    (("c", "1", "2"), "12 times"),
    (("enter",), "as planned for 1"),
)


def test_an_exception_is_at_most_four_keys_and_one_more_takes_it_back(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        number = at(hall, balance=False)
        hall.guide.log.step(place_of(hall, number), "up", 1)  # so that there is a level below
        await hall.press("d", key(number), "delete")
        before, level = written(hall), place_of(hall, number).level
        for keys, said in EXCEPTIONS:
            with counted(hall) as presses:
                await hall.press(key(number), *keys)
            assert presses.count <= MOST_KEYS
            assert said in hall.echo
            assert written(hall) > before, said
            await hall.press("u")
            assert (written(hall), place_of(hall, number).level) == (before, level), said
            assert not place_of(hall, number).stand_in

    play(make_home(tmp_path / "home"), then)


def test_a_step_up_on_a_balance_exercise_is_confirmed_first_within_four_keys(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        number = at(hall, balance=True)
        level = place_of(hall, number).level
        await hall.press("d")
        with counted(hall) as presses:
            await hall.press(key(number), "p")
            assert isinstance(hall.app.screen, Ask)
            assert place_of(hall, number).level == level
            await hall.press("y")
        assert presses.count <= MOST_KEYS
        assert place_of(hall, number).level == level + 1
        await hall.press(key(number), "p", "n")
        assert place_of(hall, number).level == level + 1

    play(make_home(tmp_path / "home"), then)


def test_stand_ins_are_the_packs_own_list_one_key_after_another(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        place = next(one for one in hall.guide.places() if len(one.exercise.stand_ins) > 1)
        number = hall.guide.row(place.person).person.number
        await hall.press("d", key(number), "n")
        assert place_of(hall, number).exercise.id == place.exercise.stand_ins[0]
        await hall.press("n")
        assert place_of(hall, number).exercise.id == place.exercise.stand_ins[1]
        await hall.press("delete")
        assert place_of(hall, number).exercise.id == place.exercise.id
        assert written(hall) == 0

    play(make_home(tmp_path / "home"), then)


def test_all_so_far_leaves_exceptions_and_the_turns_before_a_latecomer_alone(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("2", "3", "4", "n", "space")
        await to_work(hall)
        await hall.press("d", "2", "x")
        await to_work(hall)
        late = hall.guide.people[0].id
        hall.guide.arrive(late)
        await to_work(hall)
        await hall.press("l")
        rows = exercise_log(hall.guide.cohort)
        assert len([row for row in rows if row.person == late]) == 1
        two = hall.guide.people[1].id
        assert sorted(row.basis for row in rows if row.person == two) == ["as_planned", "observed"]
        assert len(rows) == 1 + 2 * 3

    play(make_home(tmp_path / "home"), then)


def test_who_sits_out_from_now_on_is_still_written_down_for_what_was_before(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d")
        await to_work(hall)
        await hall.press("1", "o", "l")
        one = hall.guide.people[0].id
        assert len([row for row in exercise_log(hall.guide.cohort) if row.person == one]) == 1
        assert "Sits out: 1 " in text_of(hall, "#details")
        await hall.press("1", "o")
        assert "takes part again" in hall.echo

    play(make_home(tmp_path / "home"), then)


def test_an_earlier_turn_can_be_written_down_later(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        first = place_of(hall, 1).exercise.id
        await to_work(hall)
        await hall.press("d", "left", "1", "x")
        (row,) = exercise_log(hall.guide.cohort)
        assert row.exercise == first
        assert "Turn 1, over" in hall.words

    play(make_home(tmp_path / "home"), then)


def test_advice_stands_with_its_reason_and_one_key_takes_it(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        place = place_of(hall, 1)
        hall.guide.log.as_planned([place])
        hall.guide.log.effort_and_pain([place], effort=9, pain=1)
        await hall.press("d", "1")
        assert "Effort was 9" in text_of(hall, "#details")
        assert "y takes it" in text_of(hall, "#details")
        await hall.press("y")
        (row,) = levels(hall.guide.cohort)
        assert (row.person, row.exercise, row.level) == (place.person, place.exercise.id, place.level - 1)
        assert "eased, from session 2" in hall.echo
        await hall.press("u")
        assert levels(hall.guide.cohort) == ()

    play(make_home(tmp_path / "home"), then)


def test_the_selected_station_shows_its_three_cues_what_to_watch_and_what_helps(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d", "down")
        exercise = hall.guide.exercises[1]
        for words in (*exercise.cues, exercise.watch, exercise.when_it_hurts):
            assert " ".join(words.split()) in text_of(hall, "#details")

    play(make_home(tmp_path / "home"), then)


def test_a_number_alone_writes_nothing_down(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        before = hall.guide.state().step
        await hall.press("h", *"1234567890", "d", *"1234567890")
        assert (written(hall), levels(hall.guide.cohort)) == (0, ())
        assert hall.guide.state().step == before

    play(make_home(tmp_path / "home"), then)


def test_locked_keys_write_nothing_down(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d", "ctrl+k", "a", "l", "1", "x", "pagedown", "space")
        assert written(hall) == 0
        assert hall.guide.state().running
        await hall.press("ctrl+k", "a")
        assert written(hall) == 2

    play(make_home(tmp_path / "home"), then)


def test_the_circuit_goes_to_a_station_by_its_number_and_not_before_it_was_asked(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d", "1", "j", "escape")
        assert hall.guide.state().step.bout == 1
        await hall.press("1", "j", "5")
        one = hall.guide.people[0].id
        bout = hall.guide.state().step.bout
        assert bout != 1
        await to_step_of_work(hall)
        assert next(p.station for p in hall.guide.places() if p.person == one) == 5

    play(make_home(tmp_path / "home"), then)


async def to_step_of_work(hall: Hall) -> None:
    """To the work of the turn one is at."""
    if hall.guide.state().step.kind is not Kind.WORK:
        await hall.press("pagedown")
    await seen(hall)


def test_a_time_changed_for_good_holds_for_every_turn_to_come(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        seconds = {step.kind: step.seconds for step in hall.guide.keeper.run.steps}
        await hall.press("d", "k", "3", "plus", "plus", "enter")
        changed = [step.seconds for step in hall.guide.keeper.run.steps if step.kind is Kind.CHANGE]
        assert set(changed) == {seconds[Kind.CHANGE] + 10}
        assert hall.guide.state().step.kind is Kind.WORK

    play(make_home(tmp_path / "home"), then)


def test_hostile_names_stand_exactly_at_the_desk(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_work(hall)
        await hall.press("d")
        for one in hall.guide.people:
            await hall.press(key(one.number), "x")
            assert one.desk[:30].strip() in hall.words
            assert hall.echo.startswith(f"{one.number} {one.desk}:")

    play(make_home(tmp_path / "home", HOSTILE), then, size=VAST)
