"""The two packs as content: read aloud easily, whole, balanced, honest, nothing said twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
import textstat

from sessions.exercise import Area, Exercise, Tag
from sessions.pack import Pack
from sessions.pack_files import shipped_pack
from sessions.topic import Theme

PACKS = ("knees-hips", "backs")
HARDEST_GRADE = 8
PROMISES = re.compile(
    r"\b(cures?|cured|heals? (your|the)|pain[- ]free|get rid of (the|your) pain|guarantee|miracle|"
    r"fix(es)? your (back|knee|hip|pain)|wear and tear|bone on bone|crumbl\w+)\b",
    re.IGNORECASE,
)
DENIALS = re.compile(r"\b(no|not|never|cannot|nobody|nothing|without|rather than)\b|n't\b", re.IGNORECASE)


@pytest.fixture(params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return shipped_pack(request.param)


def in_circuits(pack: Pack) -> tuple[Exercise, ...]:
    names = {station.exercise for circuit in pack.circuits for station in circuit.stations}
    return tuple(exercise for exercise in pack.exercises if exercise.id in names)


def sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.?:;])\s+", text):
        if len(sentence.split()) >= 5:
            yield " ".join(sentence.split())


def told(pack: Pack) -> Iterator[str]:
    """Everything written for topics, exercises and sequences: what is pack's own, rules apart."""
    for topic in pack.topics:
        yield from topic.heard()
        yield from (topic.aim, topic.activity.how, *(worry.worry for worry in topic.worries))
    for exercise in pack.exercises:
        yield from (exercise.aim, exercise.set_up, exercise.watch, exercise.when_it_hurts)
        yield from (exercise.home.set_up, exercise.home.safety)
    for sequence in pack.sequences:
        for step in sequence.steps:
            yield from (step.say, *([step.easier] if step.easier else []))


def everything(pack: Pack) -> Iterator[str]:
    yield from told(pack)
    yield pack.notice
    for flag in pack.red_flags:
        yield from (flag.sign, flag.do)
    for question in pack.arrival:
        yield from (question.ask, question.on_yes)
    for notes in pack.deliveries:
        yield from (*notes.before_first, *notes.every_session)


def test_what_people_hear_reads_at_grade_8_at_most(pack: Pack) -> None:
    grades = {topic.id: textstat.flesch_kincaid_grade(" ".join(topic.heard())) for topic in pack.topics}
    grades |= {
        sequence.id: textstat.flesch_kincaid_grade(" ".join(step.say for step in sequence.steps))
        for sequence in pack.sequences
    }
    assert not {name: grade for name, grade in grades.items() if grade > HARDEST_GRADE}


def test_the_grade_can_tell_hard_text() -> None:
    hard = "Osteoarthritis necessitates individualised multidisciplinary rehabilitation considerations."
    assert textstat.flesch_kincaid_grade(hard) > HARDEST_GRADE


def test_no_sentence_stands_twice_in_what_is_said_and_done() -> None:
    counted = Counter(
        sentence for name in PACKS for text in told(shipped_pack(name)) for sentence in sentences(text)
    )
    assert not [sentence for sentence, count in counted.items() if count > 1]


def claimed(pack: Pack) -> Iterator[str]:
    """What is said as true: not a worry, nor a reflection, which give a person's own words back."""
    echoed = {worry.worry for topic in pack.topics for worry in topic.worries}
    echoed |= {prompt.say for topic in pack.topics for prompt in topic.prompts if prompt.kind == "reflection"}
    return (text for text in everything(pack) if text not in echoed)


def test_nothing_promises_a_cure_or_frightens(pack: Pack) -> None:
    said = [sentence for text in claimed(pack) for sentence in re.split(r"(?<=[.?])\s+", text)]
    assert not [words for words in said if PROMISES.search(words) and not DENIALS.search(words)]


def test_every_theme_has_a_topic_of_its_own(pack: Pack) -> None:
    assert len(pack.topics) == 12
    assert {topic.themes[0] for topic in pack.topics} == set(Theme)


def test_goals_and_plans_return_in_later_sessions(pack: Pack) -> None:
    for schedule in pack.schedules:
        reviews = Counter(name for session in schedule.sessions for name in session.reviews)
        assert reviews["goal-setting"] >= 2
        assert reviews["action-and-coping-plans"] >= 2


def test_sessions_last_as_long_as_the_programme_says(pack: Pack) -> None:
    for schedule in pack.schedules:
        first, *between, last = schedule.sessions
        for session in between:
            assert 60 <= session.length <= 75, session.number
            assert 40 <= session.minutes.exercise <= 45, session.number
        for session in schedule.sessions:
            assert 15 <= session.minutes.education <= 20, session.number
        assert (first.assess, last.assess) == ("baseline", "end")
        assert first.length <= 90
        assert last.length <= 90
        assert schedule.weeks >= 5
        assert len(schedule.sessions) == 2 * schedule.weeks


def test_there_are_at_least_14_exercises_and_circuits_of_8_to_10_over_all_areas(pack: Pack) -> None:
    assert len(in_circuits(pack)) >= 14
    for circuit in pack.circuits:
        assert 8 <= len(circuit.stations) <= 10
        areas = Counter(pack.exercise(station.exercise).area for station in circuit.stations)
        assert set(areas) == set(Area)
        assert max(areas.values()) <= 3


def test_neighbouring_stations_train_different_areas(pack: Pack) -> None:
    for circuit in pack.circuits:
        areas = [pack.exercise(station.exercise).area for station in circuit.stations]
        assert all(here is not after for here, after in pairwise(areas)), circuit.id


def test_every_exercise_starts_low_on_its_ladder(pack: Pack) -> None:
    for exercise in pack.exercises:
        assert exercise.start_level <= len(exercise.levels) / 2, exercise.id


def test_balance_needs_a_hand_and_a_confirmed_step_up(pack: Pack) -> None:
    balancing = [exercise for exercise in pack.exercises if exercise.area is Area.BALANCE]
    assert balancing
    for exercise in balancing:
        assert exercise.up_needs_confirming
        assert exercise.hand or Tag.STANDING not in exercise.tags, exercise.id


def test_every_home_has_a_safety_line_of_its_own(pack: Pack) -> None:
    lines = [exercise.home.safety for exercise in pack.exercises]
    assert len(set(lines)) == len(lines)


def test_each_pack_says_whose_text_it_is(pack: Pack) -> None:
    for words in ("project's own text", "trained", "confirm", "licensed pack", "not public"):
        assert words in pack.notice


def test_bladder_bowel_and_saddle_are_asked_in_private_and_are_emergencies() -> None:
    pack = shipped_pack("backs")
    flags = {flag.id: flag for flag in pack.red_flags}
    intimate = [
        question
        for question in pack.arrival
        if re.search(r"bladder|bowel|saddle|between your legs|toilet", question.ask, re.IGNORECASE)
    ]
    assert intimate
    for question in intimate:
        assert question.private
        assert question.red_flag is not None
        assert flags[question.red_flag].urgency == "emergency"


def test_the_red_flags_of_the_back_are_as_urgent_as_their_sources_say() -> None:
    urgency = {flag.sign.lower(): flag.urgency for flag in shipped_pack("backs").red_flags}

    def of(*words: str) -> set[str]:
        return {how for sign, how in urgency.items() if any(word in sign for word in words)}

    assert of("bladder", "bowel", "saddle", "weak") == {"emergency"}
    assert of("fever", "weight", "cancer") == {"same_day"}
