"""Whom a programme takes, judged at the borders of every rule of the pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sessions.eligibility import Answered, Judged, Known, Outcome, YesNo, judge
from sessions.rules import Eligibility, EligibilityQuestion, EligibilityScreen

DAY = date(2026, 11, 22)
MOVES = EligibilityQuestion(
    id="walks-alone", ask="Do you walk alone?", must_be="yes", otherwise="Ask a physio."
)
ANGINA = EligibilityQuestion(
    id="angina", ask="Pain in the chest?", must_be="no", otherwise="See the GP first."
)
KNEES = Eligibility(
    pain_sites=("knee", "hip", "knee_and_hip"),
    age_over=45,
    pain_months_at_least=3,
    questions=(MOVES, ANGINA),
    sources=("facts",),
)
BACKS = Eligibility(
    pain_sites=("back",),
    age_over=18,
    pain_months_over=3,
    recurrent_counts=True,
    questions=(),
    screen=EligibilityScreen(
        instrument="start-back",
        scale="risk",
        take=("medium",),
        consider=("low",),
        otherwise="A high result asks for a fuller look first.",
    ),
    sources=("facts",),
)
KNEE = Known(
    birth_date=date(1956, 5, 14),
    pain_site="knee",
    pain_months=40,
    answers=(Answered("walks-alone", "yes"), Answered("angina", "no")),
)
BACK = Known(birth_date=date(1980, 1, 1), pain_site="back", pain_months=4, screen="medium")


def outcome(rules: Eligibility, known: Known, rule: str) -> Outcome:
    return told(rules, known, rule).outcome


def told(rules: Eligibility, known: Known, rule: str) -> Judged:
    (found,) = [judged for judged in judge(rules, known, DAY).rules if judged.rule == rule]
    return found


@pytest.mark.parametrize(("rules", "known"), [(KNEES, KNEE), (BACKS, BACK)])
def test_who_meets_every_rule_is_taken_and_leaves_no_gap(rules: Eligibility, known: Known) -> None:
    judgement = judge(rules, known, DAY)
    assert judgement.verdict == "yes"
    assert not judgement.gaps


def test_every_rule_of_the_pack_is_told() -> None:
    assert [rule.rule for rule in judge(KNEES, KNEE, DAY).rules] == [
        "age",
        "pain_site",
        "pain_duration",
        "walks-alone",
        "angina",
    ]
    assert judge(BACKS, BACK, DAY).rules[-1].rule == "screen"


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(1980, 11, 22), "met"),
        (date(1980, 11, 23), "not_met"),
        (date(1981, 11, 22), "not_met"),
        (None, "not_known"),
    ],
)
def test_over_45_begins_on_the_day_of_the_46th_birthday(born: date | None, expected: Outcome) -> None:
    assert outcome(KNEES, replace(KNEE, birth_date=born), "age") == expected


@pytest.mark.parametrize(
    ("months", "expected"), [(0, "not_met"), (2, "not_met"), (3, "met"), (None, "not_known")]
)
def test_at_least_three_months_begin_at_three(months: int | None, expected: Outcome) -> None:
    assert outcome(KNEES, replace(KNEE, pain_months=months), "pain_duration") == expected


@pytest.mark.parametrize(("months", "expected"), [(3, "not_met"), (4, "met"), (None, "not_known")])
def test_more_than_three_months_begin_at_four(months: int | None, expected: Outcome) -> None:
    known = replace(BACK, pain_months=months, recurrent="no")
    assert outcome(BACKS, known, "pain_duration") == expected


@pytest.mark.parametrize(("recurrent", "expected"), [("yes", "met"), ("no", "not_met"), (None, "not_known")])
@pytest.mark.parametrize("months", [0, 3])
def test_where_pain_has_not_lasted_long_enough_episodes_decide(
    months: int, recurrent: YesNo | None, expected: Outcome
) -> None:
    known = replace(BACK, pain_months=months, recurrent=recurrent)
    assert outcome(BACKS, known, "pain_duration") == expected


def test_episodes_do_not_count_where_the_pack_does_not_say_so() -> None:
    assert outcome(KNEES, replace(KNEE, pain_months=2, recurrent="yes"), "pain_duration") == "not_met"


def test_the_site_must_be_one_of_the_packs() -> None:
    assert outcome(KNEES, replace(KNEE, pain_site="knee_and_hip"), "pain_site") == "met"
    assert outcome(KNEES, replace(KNEE, pain_site="back"), "pain_site") == "not_met"
    assert outcome(KNEES, replace(KNEE, pain_site=None), "pain_site") == "not_known"


def test_a_question_answered_the_other_way_says_what_the_pack_says() -> None:
    known = replace(KNEE, answers=(Answered("walks-alone", "yes"), Answered("angina", "yes")))
    assert told(KNEES, known, "angina") == Judged("angina", "not_met", "See the GP first.")
    assert judge(KNEES, known, DAY).verdict == "no"


def test_a_question_not_asked_leaves_the_judgement_open() -> None:
    judgement = judge(KNEES, replace(KNEE, answers=(Answered("angina", "no"),)), DAY)
    assert judgement.verdict == "not_judged"
    assert [rule.rule for rule in judgement.gaps] == ["walks-alone"]


def test_a_rule_that_is_not_met_outweighs_what_is_not_known() -> None:
    assert judge(KNEES, Known(pain_site="back"), DAY).verdict == "no"
    assert judge(KNEES, Known(), DAY).verdict == "not_judged"


@pytest.mark.parametrize(
    ("screen", "expected", "verdict"),
    [
        ("medium", "met", "yes"),
        ("low", "consider", "not_judged"),
        ("high", "not_met", "no"),
        (None, "not_known", "not_judged"),
    ],
)
def test_the_screen_takes_leaves_open_or_does_not_take(
    screen: str | None, expected: Outcome, verdict: str
) -> None:
    known = replace(BACK, screen=screen)
    assert outcome(BACKS, known, "screen") == expected
    assert judge(BACKS, known, DAY).verdict == verdict


def test_the_facilitator_decides_where_the_screen_leaves_it_open_and_nowhere_else() -> None:
    assert judge(BACKS, replace(BACK, screen="low", at_discretion="yes"), DAY).verdict == "yes"
    assert judge(BACKS, replace(BACK, screen="low", at_discretion="no"), DAY).verdict == "no"
    assert judge(BACKS, replace(BACK, screen="high", at_discretion="yes"), DAY).verdict == "no"


def test_an_answer_that_belongs_to_no_question_or_comes_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not ask"):
        judge(BACKS, replace(BACK, answers=(Answered("angina", "no"),)), DAY)
    with pytest.raises(ValueError, match="two answers"):
        judge(KNEES, replace(KNEE, answers=(Answered("angina", "no"), Answered("angina", "yes"))), DAY)


def test_no_sentence_tells_what_is_known_of_the_person() -> None:
    for known in (KNEE, replace(KNEE, birth_date=date(2001, 7, 13), pain_months=1)):
        for rule in judge(KNEES, known, DAY).rules:
            assert not [text for text in ("1956", "2001", "70", "25", "40") if text in rule.sentence]
