"""The register pane: keys counted, records read, warnings that want an answer."""

from __future__ import annotations

from pathlib import Path

from escape_tui.guiding.expected import expected_at
from escape_tui.screens.ask import Ask
from escape_tui.screens.session.close_support import CloseSupportWarning
from escape_tui.screens.session.typed import Typed
from escape_tui.store.acts.people import EligibilityEntry, judge_eligibility
from escape_tui.store.read import notes, sessions_held, whereabouts
from sessions.run_steps import Phase
from tests.guiding.evenings import NAMES
from tests.screens.session.hall import HELPER, LARGE, ON_DUTY, Hall, make_home, play

KEYS_FOR_THE_REGISTER = 8


def test_ten_people_with_one_away_and_one_late_take_at_most_eight_keys(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        keys = ["a", "9", "x", "i", "0", "l"]
        assert len(keys) <= KEYS_FOR_THE_REGISTER
        await hall.press(*keys)
        marks = [(row.mark.status, row.mark.reason) for row in hall.guide.register.rows if row.mark]
        assert marks == [("present", None)] * 8 + [("absent", "ill"), ("late", None)]

    play(make_home(tmp_path / "home"), then)


def test_a_number_marks_one_who_comes_in_and_only_selects_who_has_a_mark(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("3", "3")
        assert [row.person.number for row in hall.guide.register.here] == [3]
        assert "3 Ann [/b] x" in hall.echo
        await hall.press("x", "escape", "3")
        assert hall.guide.register.here == ()
        assert "away" in hall.words

    play(make_home(tmp_path / "home"), then)


def test_the_eleventh_person_has_a_comma_before_two_digits(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("comma", "1", "1")
        assert [row.person.number for row in hall.guide.register.here] == [11]

    play(make_home(tmp_path / "home", NAMES[:11]), then)


def test_the_reason_of_somebody_away_can_come_later_and_other_keys_end_the_question(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "2", "x", "4", "x", "w", "2", "x", "t")
        reasons = [row.mark.reason for row in hall.guide.register.rows if row.mark and not row.here]
        assert reasons == ["transport", "work"]

    play(make_home(tmp_path / "home"), then)


def test_nobody_is_asked_until_one_key_says_that_all_were(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a")
        assert len(hall.guide.register.not_asked) == 10
        await hall.press("n")
        assert hall.guide.register.not_asked == ()
        assert f"10 people, {len(hall.guide.register.questions)} questions: no to the rest" in hall.echo

    play(make_home(tmp_path / "home"), then)


def test_a_red_flag_says_what_to_do_and_stops_that_person_alone(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        flagged = next(n for n, one in enumerate(hall.guide.register.questions, 1) if one.red_flag)
        await hall.press("a", "4", "y", str(flagged), "n")
        (stopped,) = hall.guide.register.stopped
        assert hall.guide.row(stopped).person.number == 4
        assert stopped in hall.guide.state().seating.sitting_out
        assert "NO EXERCISE TODAY" in hall.words
        assert " ".join(hall.guide.row(stopped).flags[0].do.split())[:60] in hall.words

    play(make_home(tmp_path / "home"), then)


def test_a_yes_pressed_again_is_asked_about_before_it_is_taken_away(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "4", "y", "4", "y", "4")
        assert isinstance(hall.app.screen, Ask)
        await hall.press("n")
        assert hall.guide.register.stopped
        await hall.press("y", "4", "y")
        assert not hall.guide.register.stopped

    play(make_home(tmp_path / "home"), then)


def test_the_arrows_read_on_in_the_questions_and_the_question_stays(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "4", "y", "down", "down", "up", "4")
        (stopped,) = hall.guide.register.stopped
        assert hall.guide.row(stopped).person.number == 4

    play(make_home(tmp_path / "home"), then)


def test_exercise_does_not_begin_unasked_while_somebody_was_not_asked(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "space")
        for _ in range(40):
            if isinstance(hall.app.screen, Ask):
                break
            await hall.press("pagedown")
        assert isinstance(hall.app.screen, Ask)
        assert hall.guide.state().step.phase is not Phase.WARM_UP
        await hall.press("n")
        assert hall.screen.pane is not None
        assert hall.screen.pane.id == "register"
        await hall.press("n", "pagedown")
        assert hall.guide.state().step.phase is Phase.WARM_UP

    play(make_home(tmp_path / "home"), then, number=2)


def test_a_latecomer_is_asked_alone(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("a", "0", "delete", "n", "space", "pagedown", "g", "0")
        late = hall.guide.register.numbered(10)
        assert late is not None
        assert late.mark is not None
        assert late.mark.status == "late"
        assert "ask them alone" in hall.words
        await hall.press("n")
        assert hall.guide.register.not_asked == ()

    play(make_home(tmp_path / "home"), then)


def test_pain_goes_from_person_to_person_and_t_is_ten(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("1", "2", "3", "p", "4", "t", "enter")
        assert [row.pain for row in hall.guide.register.here] == [10, None, 4]
        await hall.press("3", "p", "0")
        assert [row.pain for row in hall.guide.register.here] == [10, None, 0]

    play(make_home(tmp_path / "home"), then)


def test_a_strong_pain_on_arrival_is_warned_of_with_what_to_do(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("1", "2", "1", "p", "5")
        assert "pain on arrival 5" in hall.echo
        await hall.press("6")
        assert "pain 6: ask about it, look at the arrival questions, ease off today" in hall.echo
        assert [row.pain for row in hall.guide.register.here] == [5, 6]

    play(make_home(tmp_path / "home"), then)


def test_who_is_not_judged_yet_is_marked_until_they_are(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        assert hall.words.count("! not yet") == 2
        cohort = hall.guide.cohort
        judge_eligibility(cohort, hall.guide.people[0].id, EligibilityEntry("yes", {}))
        judge_eligibility(cohort, hall.guide.people[1].id, EligibilityEntry("no", {}))
        again = expected_at(cohort, 1, hall.guide.settings.names)
        assert [(one.eligible, one.settled) for one in again] == [("yes", True), ("no", False)]

    play(make_home(tmp_path / "home", NAMES[:2]), then)


def test_until_the_session_has_begun_space_is_named_as_what_begins_it(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("1", "n", "p", "3")
        assert "Space begins the session." in hall.words
        assert "space Begin" in hall.words
        assert "space Hold" not in hall.words
        await hall.press("space")
        assert "PageDown goes on." in hall.words
        assert "space Hold" in hall.words
        assert "space Begin" not in hall.words

    play(make_home(tmp_path / "home", NAMES[:1]), then)


def test_too_many_who_need_close_support_want_an_answer_that_is_kept(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("1", "2", "3")
        assert isinstance(hall.app.screen, CloseSupportWarning)
        await hall.press("escape", "enter")
        assert isinstance(hall.app.screen, CloseSupportWarning)
        await hall.press("y")
        assert any("went on all the same" in note.text for note in notes(hall.guide.cohort))
        await hall.press("4")
        assert not isinstance(hall.app.screen, CloseSupportWarning)

    play(make_home(tmp_path / "home", close=3), then)


def test_another_facilitator_on_duty_answers_the_warning_and_is_kept_with_the_session(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("space", "1", "2", "3", "d", "2", "enter")
        assert [one.id for one in hall.guide.on_duty] == [ON_DUTY.id, HELPER.id]
        held = next(one for one in sessions_held(hall.guide.cohort) if one.session == 1)
        assert set(held.facilitators) == {ON_DUTY.id, HELPER.id}
        await hall.press("4")
        assert not isinstance(hall.app.screen, CloseSupportWarning)

    play(make_home(tmp_path / "home", close=4, facilitators=(ON_DUTY, HELPER)), then)


def test_who_takes_part_over_the_screen_is_asked_where_they_are(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("2", "v")
        assert isinstance(hall.app.screen, Typed)
        await hall.type("Flat 3")
        await hall.type("0161")
        (said,) = whereabouts(hall.guide.cohort)
        assert (said.place, said.phone) == ("Flat 3", "0161")
        assert said.person in hall.guide.over_screen

    play(make_home(tmp_path / "home", delivery="hybrid"), then)


def test_undo_takes_the_last_mark_back_on_the_screen_as_well(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("3", "u")
        assert hall.guide.register.here == ()
        assert "0 here" in hall.words

    play(make_home(tmp_path / "home"), then)


def test_the_line_of_keys_help_and_the_wide_screen_name_what_the_pane_can_do(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        assert "a All here" in hall.words
        assert "t Talk" in hall.words
        assert "Questions on arrival" in hall.words
        await hall.press("question_mark")
        assert "a number marks one person here" in hall.words

    play(make_home(tmp_path / "home"), then, size=LARGE)
