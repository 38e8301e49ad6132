"""Who is where: seating, rotation, latecomers, gaps, close support, stand-ins, and people over a screen."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.circuit import (
    Seating,
    at_station,
    board,
    bout_for,
    come_back,
    drop_stand_in,
    far_apart,
    leave,
    nobody,
    seat,
    seat_late,
    sit_out,
    take_stand_in,
    waiting,
    where,
)
from tests.unit.run_plans import stations

counts = st.integers(0, 20)
ring_sizes = st.integers(2, 8)
capacities = st.integers(1, 3)


def people(number: int) -> tuple[str, ...]:
    return tuple(f"P{place}" for place in range(1, number + 1))


def station_of(seating: Seating, person: str, bout: int) -> int | None:
    place = where(seating, person, bout)
    assert place is not None
    return place.station


def test_fewer_people_than_stations_each_have_one_to_themselves() -> None:
    assert seat(stations(4), people(3)).groups == (("P1",), ("P2",), ("P3",), ())


def test_as_many_people_as_stations_stand_one_at_each() -> None:
    assert seat(stations(3), people(3)).groups == (("P1",), ("P2",), ("P3",))


def test_more_people_than_stations_are_spread_as_evenly_as_can_be() -> None:
    assert seat(stations(4), people(6)).groups == (("P1", "P2"), ("P3", "P4"), ("P5",), ("P6",))


def test_more_people_than_the_stations_hold_lengthen_the_ring_by_waiting_places() -> None:
    seating = seat(stations(3, capacity=1), people(5))
    assert seating.bouts == 5
    assert waiting(seating, 1) == ("P4", "P5")
    assert waiting(seating, 2) == ("P3", "P4")


def test_the_smallest_station_decides_how_many_a_group_holds() -> None:
    places = (*stations(3, capacity=3), *stations(1, capacity=1))
    assert max(len(group) for group in seat(places, people(6)).groups) == 1


def test_all_move_one_station_on_and_the_last_go_to_the_first() -> None:
    seating = seat(stations(3), people(3))
    assert [station_of(seating, "P2", bout) for bout in (1, 2, 3, 4)] == [2, 3, 1, 2]


@given(counts, ring_sizes, capacities)
@settings(max_examples=60)
def test_in_a_round_every_person_does_every_station_exactly_once(
    number: int, ring: int, capacity: int
) -> None:
    seating = seat(stations(ring, capacity=capacity), people(number))
    visits = Counter(
        (place.person, station.station)
        for bout in range(1, seating.bouts + 1)
        for station in board(seating, bout)
        for place in station.people
    )
    assert visits == {(person, place): 1 for person in people(number) for place in range(1, ring + 1)}


@given(counts, ring_sizes, capacities)
@settings(max_examples=60)
def test_groups_never_differ_by_more_than_one_person(number: int, ring: int, capacity: int) -> None:
    sizes = [len(group) for group in seat(stations(ring, capacity=capacity), people(number)).groups if group]
    assert max(sizes, default=0) - min(sizes, default=0) <= 1


@st.composite
def evenings(draw: st.DrawFn) -> list[Seating]:
    """A seating, and what it was after each arrival and departure."""
    number, capacity = draw(counts), draw(capacities)
    close = frozenset(draw(st.lists(st.sampled_from(people(20)), max_size=3)))
    places = stations(draw(ring_sizes), capacity=capacity, hands=(2,))
    known = [seat(places, people(number), close_support=close)]
    for who, comes, needs in draw(st.lists(st.tuples(st.integers(1, 24), st.booleans(), st.booleans()))):
        person = f"P{who}"
        now = known[-1]
        known.append(seat_late(now, person, close_support=needs) if comes else leave(now, person))
    return known


@given(evenings())
@settings(max_examples=60)
def test_no_station_ever_has_more_people_than_it_takes(known: list[Seating]) -> None:
    assert all(
        len(station.people) <= seating.stations[station.station - 1].capacity
        for seating in known
        for bout in range(1, seating.bouts + 1)
        for station in board(seating, bout)
    )


@given(evenings())
@settings(max_examples=60)
def test_nobody_is_moved_by_an_arrival_or_a_departure(known: list[Seating]) -> None:
    for before, after in pairwise(known):
        assert before.bouts == after.bouts
        stayed = set(before.people) & set(after.people)
        assert len(stayed) >= len(before.people) - 1
        assert all(before.group_of(person) == after.group_of(person) for person in stayed)


@given(evenings())
@settings(max_examples=60)
def test_everyone_who_came_is_placed_once_or_named_as_without_a_place(known: list[Seating]) -> None:
    for seating in known:
        present = (*seating.people, *seating.unplaced)
        assert len(present) == len(set(present))
        assert not set(present) & {gone.person for gone in seating.gone}


@given(
    st.integers(0, 16),
    st.lists(st.integers(1, 16), max_size=4, unique=True),
    st.integers(3, 8),
    st.integers(1, 3),
)
@settings(max_examples=100)
def test_close_support_is_never_far_apart_where_two_neighbouring_groups_can_hold_it(
    number: int, close: list[int], ring: int, capacity: int
) -> None:
    needing = frozenset(f"P{who}" for who in close)
    seating = seat(
        stations(ring, capacity=capacity, hands=tuple(range(1, ring + 1))),
        people(number),
        close_support=needing,
    )
    if len(needing & set(people(number))) <= 2 * capacity:
        assert not any(far_apart(seating, bout) for bout in range(1, seating.bouts + 1))


def test_three_of_close_support_fill_neighbouring_groups_though_each_could_have_a_station() -> None:
    seating = seat(stations(6, hands=(2,)), people(5), close_support=frozenset({"P1", "P3", "P5"}))
    assert seating.groups[:4] == (("P1", "P3"), ("P5",), ("P2",), ("P4",))


def test_close_support_that_could_not_be_kept_together_is_named() -> None:
    close = frozenset({"P1", "P2", "P3"})
    seating = seat(stations(5, capacity=1, hands=(1, 3)), people(5), close_support=close)
    assert far_apart(seating, 1) == (("P1", "P3"),)
    assert far_apart(seating, 2) == ()


def test_register_order_stands_where_no_station_needs_a_hand() -> None:
    seating = seat(stations(4), people(4), close_support=frozenset({"P1", "P3"}))
    assert seating.groups == (("P1",), ("P2",), ("P3",), ("P4",))


def test_who_sits_out_needs_no_hand() -> None:
    close = frozenset({"P1", "P2", "P3"})
    seating = seat(stations(5, capacity=1, hands=(1, 3)), people(5), close_support=close)
    assert far_apart(sit_out(seating, "P3"), 1) == ()


def test_a_latecomer_takes_an_empty_place_before_joining_anyone() -> None:
    assert seat_late(seat(stations(4), people(3)), "late").groups[3] == ("late",)


def test_a_latecomer_joins_someone_alone_where_no_place_is_empty() -> None:
    seating = seat(stations(2), people(3))
    assert seat_late(seating, "late").groups == (("P1", "P2"), ("P3", "late"))


def test_a_latecomer_fills_the_gap_of_one_who_left() -> None:
    seating = leave(seat(stations(3), people(3)), "P2")
    assert seating.groups == (("P1",), (), ("P3",))
    assert seat_late(seating, "late").groups == (("P1",), ("late",), ("P3",))


def test_a_latecomer_of_close_support_is_placed_next_to_the_other() -> None:
    seating = seat(stations(6, hands=(2,)), ("P1", "P2", "P3", "P4"), close_support=frozenset({"P4"}))
    assert seating.groups[0] == ("P4",)
    assert seat_late(seating, "late", close_support=True).groups[5] == ("late",)
    filled = seat_late(seat_late(seating, "P5"), "P6")
    assert seat_late(filled, "late", close_support=True).groups[0] == ("P4", "late")


def test_a_latecomer_with_every_place_taken_is_named_as_without_one() -> None:
    seating = seat_late(seat(stations(2, capacity=1), people(2)), "late")
    assert seating.unplaced == ("late",)
    assert seat_late(leave(seating, "P1"), "late").groups == (("late",), ("P2",))


def test_who_comes_back_finds_their_own_gap() -> None:
    seating = seat(stations(4), people(3))
    assert seat_late(leave(seating, "P2"), "P2") == seating


def test_who_comes_back_to_a_taken_gap_gets_another_place() -> None:
    seating = seat_late(leave(seat(stations(3, capacity=1), people(2)), "P1"), "late")
    assert seat_late(seating, "P1").groups == (("late",), ("P2",), ("P1",))


def test_who_sits_out_keeps_the_place_and_is_shown_at_it() -> None:
    seating = sit_out(seat(stations(2), people(2)), "P1")
    (place,) = at_station(seating, 2, 2).people
    assert (place.person, place.sits_out) == ("P1", True)
    assert come_back(seating, "P1") == seat(stations(2), people(2))


def test_a_stand_in_is_done_at_the_same_station_by_that_person_alone() -> None:
    seating = take_stand_in(seat(stations(2), people(4)), "P1", 2, "calf-raise")
    first, second = at_station(seating, 2, 2).people
    assert (first.person, first.exercise, first.stand_in) == ("P1", "calf-raise", True)
    assert (second.person, second.exercise, second.stand_in) == ("P2", "exercise-2", False)
    elsewhere = where(seating, "P1", 1)
    assert elsewhere is not None
    assert elsewhere.exercise == "exercise-1"


def test_a_second_stand_in_replaces_the_first_and_dropping_it_restores_the_stations_own() -> None:
    plain = seat(stations(2), people(2))
    once = take_stand_in(plain, "P1", 1, "calf-raise")
    twice = take_stand_in(once, "P1", 1, "march")
    assert [one.exercise for one in twice.stand_ins] == ["march"]
    assert drop_stand_in(twice, "P1", 1) == plain


def test_a_stand_in_at_a_station_that_is_not_there_changes_nothing() -> None:
    plain = seat(stations(2), people(2))
    assert take_stand_in(plain, "P1", 3, "march") == plain


def test_over_a_screen_all_do_the_same_exercise_at_each_bout() -> None:
    seating = seat(stations(3), (), together=people(4))
    assert seating.bouts == 3
    assert [len(station.people) for station in board(seating, 2)] == [0, 4, 0]


def test_in_a_hybrid_session_the_hall_rotates_and_the_screen_does_the_list_in_order() -> None:
    seating = seat(stations(3), ("P1", "P2"), together=("P3", "P4"))
    assert [place.person for place in at_station(seating, 2, 2).people] == ["P1", "P3", "P4"]
    assert [place.person for place in at_station(seating, 3, 2).people] == ["P2"]


def test_a_latecomer_over_a_screen_joins_the_others_there() -> None:
    seating = seat_late(seat(stations(2), ("P1",), together=("P2",)), "late", over_screen=True)
    assert seating.together == ("P2", "late")
    assert leave(seating, "late").together == ("P2",)


@given(counts, ring_sizes, capacities, st.data())
@settings(max_examples=60)
def test_the_bout_for_a_group_and_a_station_brings_the_one_to_the_other(
    number: int, ring: int, capacity: int, data: st.DataObject
) -> None:
    seating = seat(stations(ring, capacity=capacity), people(number))
    station = data.draw(st.integers(1, ring))
    for group in range(1, seating.bouts + 1):
        bout = bout_for(seating, group, station)
        assert bout is not None
        assert 1 <= bout <= seating.bouts
        standing = {place.person for place in at_station(seating, station, bout).people}
        assert standing == set(seating.groups[group - 1])


def test_there_is_no_bout_for_a_group_or_a_station_that_is_not_there() -> None:
    seating = seat(stations(3), people(3))
    assert (bout_for(seating, 4, 1), bout_for(seating, 1, 0)) == (None, None)


def test_somebody_unknown_is_nowhere() -> None:
    assert where(nobody(stations(3)), "P1", 1) is None


def test_a_station_that_is_not_there_cannot_be_looked_at() -> None:
    with pytest.raises(IndexError):
        at_station(nobody(stations(3)), 0, 1)


def test_who_comes_back_finds_their_own_gap_though_another_place_is_empty() -> None:
    seating = leave(leave(seat(stations(3), people(3)), "P1"), "P3")
    assert seat_late(seating, "P3").groups == ((), ("P2",), ("P3",))


def test_one_who_sat_out_and_left_takes_part_on_coming_back() -> None:
    seating = seat_late(leave(sit_out(seat(stations(2), people(2)), "P1"), "P1"), "P1")
    place = where(seating, "P1", 1)
    assert place is not None
    assert not place.sits_out


def test_one_who_is_both_in_the_hall_and_over_a_screen_has_one_place_at_the_screen() -> None:
    assert seat(stations(3), ("P1", "P2"), together=("P2",)).people == ("P1", "P2")
    assert seat(stations(3), ("P1", "P2"), together=("P2",)).group_of("P2") is None
