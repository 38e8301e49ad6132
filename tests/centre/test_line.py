"""Which bags of a return count, whichever of them came first."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.centre.line import Line, Link, line_of

ONE, TWO, THREE = Link("a" * 64, 1, None), Link("b" * 64, 2, "a" * 64), Link("c" * 64, 3, "b" * 64)
RIVAL = Link("d" * 64, 2, "a" * 64)


def places(line: Line) -> list[str]:
    return [line.places[one][0] for one in sorted(line.places)]


def test_whichever_came_first_the_answer_is_the_same() -> None:
    for order in permutations((ONE, TWO, THREE)):
        line = line_of(order)
        assert places(line) == ["accepted"] * 3
        assert line.current == THREE.sha256


def test_what_comes_before_a_fork_still_counts() -> None:
    line = line_of([ONE, TWO, RIVAL, THREE])
    assert places(line) == ["accepted", "fork", "fork", "fork"]
    assert line.current == ONE.sha256


def test_a_gap_makes_everything_after_it_wait() -> None:
    line = line_of([ONE, THREE])
    assert (places(line), line.current) == (["accepted", "waiting"], ONE.sha256)


def test_a_bag_whose_file_went_before_it_was_filed_waits_and_the_one_before_it_counts() -> None:
    gone = Link(TWO.sha256, 2, TWO.previous, there=False)
    line = line_of([ONE, gone])
    assert line.places[TWO.sha256] == ("waiting", "file_gone")
    assert line.current == ONE.sha256


LINKS = st.builds(
    Link,
    sha256=st.sampled_from([letter * 64 for letter in "abcdef"]),
    revision=st.integers(1, 4),
    previous=st.sampled_from([None, *(letter * 64 for letter in "abcdef")]),
    there=st.booleans(),
    settled=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINKS, unique_by=lambda one: one.sha256, max_size=6))
def test_every_bag_has_one_place_and_those_accepted_are_one_unbroken_line(
    links: list[Link],
) -> None:
    line = line_of(links)
    assert line.places.keys() == {one.sha256 for one in links}
    assert line_of(list(reversed(links))) == line
    accepted = sorted(
        (one for one in links if line.places[one.sha256][0] == "accepted"), key=lambda one: one.revision
    )
    assert [one.revision for one in accepted] == list(range(1, len(accepted) + 1))
    assert [one.previous for one in accepted] == [None, *(one.sha256 for one in accepted)][: len(accepted)]
    assert line.current == (accepted[-1].sha256 if accepted else None)
