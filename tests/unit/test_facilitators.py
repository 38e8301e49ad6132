"""Who may be on duty, and who acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.facilitators import (
    BY_COMMAND_LINE,
    FACILITATORS_NAME,
    add_facilitator,
    facilitator_of,
    read_facilitators,
    who_acts,
)
from sessions.errors import CannotOpen, Refused

JO = facilitator_of("jo", "Jo Kent", "physiotherapist", "all")
SAM = facilitator_of("sam-b", "Sam Bŵen", "exercise professional", "exercise")


def test_facilitators_are_listed_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    assert add_facilitator(tmp_path, SAM)
    assert add_facilitator(tmp_path, JO)
    assert read_facilitators(tmp_path) == (SAM, JO)


def test_the_same_facilitator_again_changes_nothing(tmp_path: Path) -> None:
    add_facilitator(tmp_path, JO)
    before = (tmp_path / FACILITATORS_NAME).read_bytes()
    assert not add_facilitator(tmp_path, facilitator_of("jo", "Jo Kent", "physiotherapist", "all"))
    assert (tmp_path / FACILITATORS_NAME).read_bytes() == before


def test_an_id_belongs_to_one_facilitator(tmp_path: Path) -> None:
    add_facilitator(tmp_path, JO)
    with pytest.raises(Refused, match="has the id jo"):
        add_facilitator(tmp_path, facilitator_of("jo", "Joan Keane", "physiotherapist", "all"))
    assert read_facilitators(tmp_path) == (JO,)


@pytest.mark.parametrize("name_id", ["", "Jo", "1jo", "jo kent", "j" * 33, "jö"])
def test_an_id_that_cannot_be_one_is_refused(name_id: str) -> None:
    with pytest.raises(Refused, match="no id"):
        facilitator_of(name_id, "Jo Kent", "physiotherapist", "all")


@pytest.mark.parametrize(
    ("name", "role"), [("", "nurse"), ("Jo", " "), ("Jo\nKent", "nurse"), ("J" * 91, "nurse")]
)
def test_a_name_or_role_that_cannot_be_one_is_refused(name: str, role: str) -> None:
    with pytest.raises(Refused, match="name or the role"):
        facilitator_of("jo", name, role, "all")


@pytest.mark.parametrize("content", [b"", b"{}", b'{"version": 2, "facilitators": []}'])
def test_a_damaged_or_newer_list_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FACILITATORS_NAME).write_bytes(content)
    with pytest.raises(CannotOpen, match="damaged, or a newer version"):
        add_facilitator(tmp_path, JO)
    assert (tmp_path / FACILITATORS_NAME).read_bytes() == content


def test_who_acts_is_the_one_named_else_the_only_one_else_the_command_line(tmp_path: Path) -> None:
    assert who_acts(tmp_path, None) == BY_COMMAND_LINE
    add_facilitator(tmp_path, JO)
    assert who_acts(tmp_path, None) == "jo"
    add_facilitator(tmp_path, SAM)
    assert who_acts(tmp_path, None) == BY_COMMAND_LINE
    assert who_acts(tmp_path, "sam-b") == "sam-b"


def test_a_stranger_cannot_act(tmp_path: Path) -> None:
    add_facilitator(tmp_path, JO)
    with pytest.raises(Refused, match="Nobody of that id"):
        who_acts(tmp_path, "joe")
