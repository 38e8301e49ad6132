"""Rows for people: aligned by what a terminal shows, and nothing typed is changed."""

from __future__ import annotations

from escape_tui.cli.rows import aligned, width


def test_columns_begin_at_the_same_place() -> None:
    assert list(aligned([("A1", "Ida", "yes"), ("MT-1004", "Siân", "no")])) == [
        "A1       Ida   yes",
        "MT-1004  Siân  no",
    ]


def test_marks_upon_letters_take_no_place_and_wide_signs_two() -> None:
    assert (width("e\u0301a"), width("美"), width("a\u200db")) == (2, 2, 2)
    first, second = aligned([("美", "x"), ("ab", "x")])
    assert (first, second) == ("美  x", "ab  x")


def test_text_is_shown_exactly_as_typed_even_its_blanks_at_the_end() -> None:
    (line,) = aligned([("[red]Ann[/b]", "=1+1  ")])
    assert line == "[red]Ann[/b]  =1+1  "


def test_no_rows_are_no_lines() -> None:
    assert not list(aligned([]))
