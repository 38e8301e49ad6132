"""Few people stay hidden in a report: nobody who can subtract learns a cell of 1 to 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.report.suppression import Breakdown, break_down, shown_count

COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def broken_down(counts: list[int]) -> Breakdown:
    return break_down({str(place): count for place, count in enumerate(counts)})


def could_be(shown: Breakdown) -> Iterator[tuple[int, ...]]:
    """Every breakdown that a reader must think possible, from the cells as printed and the total."""
    ranges: Mapping[str, range] = {"<5": range(1, 5), "5+": range(5, shown.total + 1)}

    def rest(cells: tuple[str, ...], left: int) -> Iterator[tuple[int, ...]]:
        if not cells:
            if left == 0:
                yield ()
            return
        for count in ranges.get(cells[0], (int(cells[0]),) if cells[0].isdigit() else ()):
            if count <= left:
                yield from ((count, *more) for more in rest(cells[1:], left - count))

    yield from rest(tuple(cell.shown for cell in shown.cells), shown.total)


@given(COUNTS)
@settings(max_examples=150, deadline=None)
def test_no_subtraction_tells_a_cell_of_one_to_four(counts: list[int]) -> None:
    shown = broken_down(counts)
    if shown.cells:
        possible = list(could_be(shown))
        assert tuple(counts) in possible
        for place, count in enumerate(counts):
            if 0 < count < 5:
                assert len({one[place] for one in possible}) > 1


@given(COUNTS)
@settings(max_examples=150, deadline=None)
def test_what_is_printed_is_true_and_no_small_number_is_printed(counts: list[int]) -> None:
    for cell, count in zip(broken_down(counts).cells, counts, strict=False):
        if cell.hidden:
            assert cell.shown == ("<5" if count < 5 else "5+")
        else:
            assert int(cell.shown) == count
            assert count == 0 or count >= 5


def test_a_single_small_cell_hides_a_second_one() -> None:
    assert [cell.shown for cell in broken_down([3, 9, 7]).cells] == ["<5", "9", "5+"]


def test_two_small_cells_that_hide_each_other_leave_the_others_alone() -> None:
    assert [cell.shown for cell in broken_down([3, 2, 7]).cells] == ["<5", "<5", "7"]


@pytest.mark.parametrize("counts", [[4, 4], [1, 5], [2, 1], [1, 1, 1]])
def test_where_nothing_can_be_hidden_well_enough_nothing_is_shown(counts: list[int]) -> None:
    assert broken_down(counts).withheld


def test_nobody_is_shown_as_nobody() -> None:
    assert [cell.shown for cell in broken_down([0, 6]).cells] == ["0", "6"]
    assert shown_count(0) == "0"


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than nobody"):
        broken_down([-1, 6])


@given(COUNTS)
@settings(max_examples=150, deadline=None)
def test_the_lowest_number_that_is_told_is_the_lowest_that_a_reader_can_work_out(counts: list[int]) -> None:
    shown = broken_down(counts)
    for place, cell in enumerate(shown.cells):
        lowest = min(one[place] for one in could_be(shown))
        assert shown.at_least(cell.name) == lowest or cell.shown == "<5"
        assert shown.at_least(cell.name) <= counts[place]
