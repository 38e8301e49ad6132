"""The invented people: always the same, nobody's data, and on average as was published."""

from __future__ import annotations

import re
import statistics
from datetime import date
from functools import cache

import pytest

from escape_tui.practice.answering import FIGURES, answers_of
from escape_tui.practice.attending import attending
from escape_tui.practice.chance import chance
from escape_tui.practice.people import Character, invent_people
from sessions.answers import parse_answers
from sessions.eligibility import Known, judge
from sessions.instrument_files import load_instrument
from sessions.pack_files import shipped_pack
from sessions.scoring import score

START = date(2026, 10, 5)
SEEDS = 100
PROGRAMMES = ("knees-hips", "backs")
DRAMA = re.compile(r"01632 960\d{3}|07700 900\d{3}")
"""The numbers that Ofcom keeps free for drama."""


@cache
def two_thousand(programme: str) -> tuple[Character, ...]:
    pack = shipped_pack(programme)
    return tuple(one for seed in range(SEEDS) for one in invent_people(seed, pack, 20, START))


@cache
def answered(programme: str, instrument: str) -> dict[str, list[tuple[float, float]]]:
    """Before and after, by scale, of everybody who can be scored both times."""
    form = load_instrument(instrument)
    pairs: dict[str, list[tuple[float, float]]] = {}
    for number, person in enumerate(two_thousand(programme)):
        told = answers_of(chance(number, instrument), person, instrument)
        scored = (score(form, parse_answers(form, told[at])) for at in ("baseline", "end"))
        for before, after in zip(*scored, strict=True):
            if before.score is not None and after.score is not None:
                pairs.setdefault(before.scale, []).append((float(before.score), float(after.score)))
    return pairs


def changes(programme: str, instrument: str, scale: str) -> list[tuple[float, float]]:
    """Before and after of everybody on one scale."""
    return answered(programme, instrument)[scale]


def interval_of_the_mean(values: list[float]) -> tuple[float, float]:
    half = 1.96 * statistics.stdev(values) / len(values) ** 0.5
    return statistics.mean(values) - half, statistics.mean(values) + half


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_same_seed_invents_the_same_people_and_another_seed_others(programme: str) -> None:
    pack = shipped_pack(programme)
    assert invent_people(7, pack, 10, START) == invent_people(7, pack, 10, START)
    assert invent_people(7, pack, 10, START) != invent_people(8, pack, 10, START)


def test_a_larger_group_has_the_same_people_and_more() -> None:
    pack = shipped_pack("knees-hips")
    small, large = (
        [
            (one.entry.given_name, one.entry.family_name, one.wellness)
            for one in invent_people(7, pack, n, START)
        ]
        for n in (8, 12)
    )
    assert large[:8] == small


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_telephone_number_is_one_that_nobody_can_have(programme: str) -> None:
    for person in two_thousand(programme):
        assert DRAMA.fullmatch(person.entry.phone or "")
        assert DRAMA.fullmatch(person.entry.emergency_phone or "")


def test_no_two_people_of_a_group_have_both_names_in_common() -> None:
    everyone = two_thousand("knees-hips")
    for first in range(0, len(everyone), 20):
        names = [(one.entry.given_name, one.entry.family_name) for one in everyone[first : first + 20]]
        assert len(set(names)) == 20


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_nearly_all_people_meet_the_rules_on_age_and_pain_and_a_few_are_taken_all_the_same(
    programme: str,
) -> None:
    rules = shipped_pack(programme).eligibility
    refused = 0
    for person in two_thousand(programme):
        known = Known(
            birth_date=person.entry.birth_date,
            pain_site=person.entry.pain_site,
            pain_months=person.entry.pain_months,
        )
        by_rule = {rule.rule: rule.outcome for rule in judge(rules, known, START).rules}
        assert (by_rule["age"], by_rule["pain_site"]) == ("met", "met")
        refused += by_rule["pain_duration"] != "met"
    assert 0.01 < refused / 2000 < 0.06


def test_a_few_of_ten_need_close_support_never_more_than_one_facilitator_may_have() -> None:
    for seed in range(20):
        needing = [
            one
            for one in invent_people(seed, shipped_pack("backs"), 10, START)
            if one.entry.needs_close_support
        ]
        assert 1 <= len(needing) <= 2


@pytest.mark.parametrize(("sessions", "enough"), [(12, 9), (10, 8)])
def test_about_three_quarters_complete_and_some_leave(sessions: int, enough: int) -> None:
    ways = [attending(chance(seed, "way"), sessions) for seed in range(2000)]
    completed = sum(sum(one.attends for one in way.comings) >= enough for way in ways) / 2000
    left = sum(way.left is not None for way in ways) / 2000
    assert 0.70 < completed < 0.82
    assert 0.07 < left < 0.16


def test_a_way_ends_where_the_person_leaves() -> None:
    ways = [attending(chance(seed, "way"), 12) for seed in range(300)]
    for way in ways:
        assert [one.session for one in way.comings] == list(range(1, way.left[0] if way.left else 13))
    assert any(way.left for way in ways)


@pytest.mark.parametrize(
    ("programme", "instrument", "scale", "published"),
    [
        ("knees-hips", "koos", "pain", 10),
        ("knees-hips", "koos", "adl", 9),
        ("knees-hips", "koos", "qol", 10),
        ("knees-hips", "hoos", "pain", 10),
        ("knees-hips", "hoos", "adl", 9),
        ("knees-hips", "hoos", "qol", 10),
        ("backs", "msk-hq", "total", 9.3),
        ("backs", "activity-days", "days", 1.1),
    ],
)
def test_two_thousand_people_improve_by_what_was_published(
    programme: str, instrument: str, scale: str, published: float
) -> None:
    pairs = changes(programme, instrument, scale)
    low, high = interval_of_the_mean([after - before for before, after in pairs])
    assert low <= published <= high


@pytest.mark.parametrize(
    ("instrument", "scale", "published"), [("msk-hq", "total", 25.6), ("activity-days", "days", 2.5)]
)
def test_two_thousand_people_begin_where_was_published(instrument: str, scale: str, published: float) -> None:
    low, high = interval_of_the_mean([before for before, _ in changes("backs", instrument, scale)])
    assert low <= published <= high


@pytest.mark.parametrize("instrument", sorted(FIGURES))
def test_some_people_get_worse_and_many_are_much_apart(instrument: str) -> None:
    programme = "backs" if instrument == "msk-hq" else "knees-hips"
    form = load_instrument(instrument)
    for scale in FIGURES[instrument]:
        better = 1 if next(one for one in form.scales if one.id == scale).better == "higher" else -1
        change = [better * (after - before) for before, after in changes(programme, instrument, scale)]
        assert 0.05 < sum(one < 0 for one in change) / len(change) < 0.35
        assert statistics.stdev(change) > 0.5 * abs(statistics.mean(change))


def test_the_screen_for_backs_gives_medium_mostly_low_at_times_and_hardly_ever_high() -> None:
    form = load_instrument("start-back")
    classes = []
    for number, person in enumerate(two_thousand("backs")):
        told = answers_of(chance(number, "screen"), person, "start-back")
        classes.append(
            next(
                one.category
                for one in score(form, parse_answers(form, told["baseline"]))
                if one.scale == "risk"
            )
        )
    assert classes.count("medium") / 2000 > 0.75
    assert 0.05 < classes.count("low") / 2000 < 0.2
    assert 0 < classes.count("high") / 2000 < 0.05
