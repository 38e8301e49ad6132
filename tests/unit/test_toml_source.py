"""Faults in a file somebody wrote: the right line, the place in the file's own words, a remedy."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sessions.faults import Fault
from sessions.text import Data, Id
from sessions.toml_source import line_of, place_in_words, read_toml


class Rung(Data):
    """A record for these tests."""

    number: int
    do: str


class Ladder(Data):
    """A record for these tests."""

    name: str
    rungs: tuple[Rung, ...]


GOOD = b"""name = "a"

[[rungs]]
number = 1
do = '''
number = "not a key"
'''

[[rungs]]
number = 2
do = "b"
"""


def faults(source: bytes) -> tuple[Fault, ...]:
    read = read_toml("ladder.toml", source, Ladder)
    assert isinstance(read, tuple)
    return read


def test_a_file_without_fault_is_a_record() -> None:
    read = read_toml("ladder.toml", GOOD, Ladder)
    assert isinstance(read, Ladder)
    assert [rung.number for rung in read.rungs] == [1, 2]


def test_a_wrong_value_is_named_with_its_line_past_text_that_looks_like_a_key() -> None:
    (fault,) = faults(GOOD.replace(b"number = 2", b'number = "2"'))
    assert (fault.line, fault.place) == (10, "rungs 2 → number")


def test_an_unknown_key_is_named_and_not_taken() -> None:
    (fault,) = faults(GOOD.replace(b"name =", b"nmae ="))[1:]
    assert (fault.line, fault.place) == (1, "nmae")
    assert "not a key that belongs here" in fault.wrong


def test_a_missing_key_is_placed_at_the_table_it_is_missing_from() -> None:
    (fault,) = faults(GOOD.replace(b'do = "b"\n', b""))
    assert (fault.line, fault.place) == (9, "rungs 2 → do")
    assert fault.wrong == "`do` is missing."


def test_every_fault_is_told_at_once() -> None:
    found = faults(GOOD.replace(b"number = 1", b"number = 1.5").replace(b'do = "b"', b"do = 3"))
    assert [fault.line for fault in found] == [4, 11]


def test_what_is_not_toml_is_told_with_its_line() -> None:
    (fault,) = faults(b'name = "a"\nname = "b"\n')
    assert fault.line == 2
    assert "not TOML" in fault.wrong


def test_what_is_not_utf8_is_told_with_its_line() -> None:
    (fault,) = faults(b'name = "a"\n# caf\xe9\n')
    assert (fault.line, fault.wrong) == (2, "the text is not UTF-8.")


def test_text_where_a_number_belongs_is_not_turned_into_one() -> None:
    assert faults(b"name = 3\nrungs = []\n")[0].place == "name"


def test_inside_an_inline_table_the_line_of_the_table_is_given() -> None:
    text = "a = 1\nwindow = { from = 1, to = 2 }\n\n[deep.er]\nkey = 3\n"
    assert line_of(text, ("window", "to")) == 2
    assert line_of(text, ("deep", "er", "key")) == 5
    assert line_of(text, ("nothing",)) is None


def test_places_count_from_one() -> None:
    assert place_in_words(("levels", 2, "reps")) == "levels 3 → reps"


def test_a_list_too_short_only_because_an_entry_is_wrong_is_not_a_second_fault() -> None:
    class Pair(Data):
        both: Annotated[tuple[int, ...], Field(min_length=2)]

    wrong = read_toml("pair.toml", b'both = [1, "2"]\n', Pair)
    short = read_toml("pair.toml", b"both = [1]\n", Pair)
    assert isinstance(wrong, tuple)
    assert isinstance(short, tuple)
    assert [fault.place for fault in wrong] == ["both 2"]
    assert [fault.wrong for fault in short] == ["it has 1 entries, at least 2 belong."]


def test_a_value_that_is_none_of_those_allowed_is_told_which_they_are() -> None:
    class Choice(Data):
        side: Literal["left", "right"]
        id: Id

    wrong = read_toml("choice.toml", b'side = "middle"\nid = "Not An Id"\n', Choice)
    assert isinstance(wrong, tuple)
    assert [fault.remedy for fault in wrong] == [
        "Use 'left' or 'right'.",
        "Use lower-case letters, digits and single hyphens, such as sit-to-stand.",
    ]


def test_a_bracket_left_open_is_told_at_the_end_of_the_file() -> None:
    (fault,) = faults(b'name = "a"\nrungs = [\n')
    assert fault.line == 3
