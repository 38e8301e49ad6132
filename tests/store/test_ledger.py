"""The ledger: what a home remembers however old a restored cohort is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from escape_tui.store.keys import Home
from escape_tui.store.ledger import (
    LEDGER_NAME,
    Ledger,
    SignedRevision,
    last_revision,
    merge_ledger,
    next_revision,
    read_ledger,
    record_erased_person,
    record_signed_revision,
)
from sessions.errors import CannotOpen, Refused
from tests.killed import dies_at
from tests.store.homes import a_home

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ON = date(2026, 11, 21)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return a_home(tmp_path / "home", encrypted=False)


def revision(number: int, sha256: str = "ab" * 32, return_id: str = "one") -> SignedRevision:
    return SignedRevision(
        code="K26-1",
        return_id=return_id,
        revision=number,
        signer="jk",
        signed_at=AT,
        tagmanifest_sha256=sha256,
    )


def test_the_first_revision_is_1_and_each_one_after_the_last_that_was_signed(home: Home) -> None:
    assert next_revision(home, "one", 0) == 1
    record_signed_revision(home, revision(1))
    record_signed_revision(home, revision(2))
    assert next_revision(home, "one", 0) == 3
    assert next_revision(home, "another", 0) == 1


def test_a_cohort_that_knows_more_than_the_ledger_goes_on_from_there(home: Home) -> None:
    record_signed_revision(home, revision(1))
    assert next_revision(home, "one", 4) == 5


def test_the_last_revision_gives_the_hash_that_the_next_one_names(home: Home) -> None:
    assert last_revision(home, "one") is None
    record_signed_revision(home, revision(2, "cd" * 32))
    record_signed_revision(home, revision(1))
    last = last_revision(home, "one")
    assert last is not None
    assert (last.revision, last.tagmanifest_sha256) == (2, "cd" * 32)


def test_no_revision_is_signed_over_two_things(home: Home) -> None:
    record_signed_revision(home, revision(1))
    record_signed_revision(home, revision(1))
    before = (home.folder / LEDGER_NAME).read_bytes()
    with pytest.raises(Refused, match="signed already"):
        record_signed_revision(home, revision(1, "cd" * 32))
    assert (home.folder / LEDGER_NAME).read_bytes() == before


def test_who_was_erased_is_remembered_once_and_by_the_id_alone(home: Home) -> None:
    for _ in range(2):
        record_erased_person(home, "K26-1", "PABCDEFGHIJ", ON)
    record_erased_person(home, "K26-2", "PABCDEFGHIJ", ON)
    erased = read_ledger(home.folder).erased_in("K26-1")
    assert [(one.person, one.on) for one in erased] == [("PABCDEFGHIJ", ON)]


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": 2}', b'{"version": 1, "signed": [{}]}'])
def test_a_damaged_ledger_is_told_and_never_taken_for_an_empty_one(home: Home, content: bytes) -> None:
    (home.folder / LEDGER_NAME).write_bytes(content)
    for asked in (
        lambda: next_revision(home, "one", 0),
        lambda: record_erased_person(home, "K26-1", "PABCDEFGHIJ", ON),
    ):
        with pytest.raises(CannotOpen, match=LEDGER_NAME):
            asked()
    assert (home.folder / LEDGER_NAME).read_bytes() == content


def test_two_ledgers_become_one_that_knows_what_both_knew(home: Home) -> None:
    record_signed_revision(home, revision(1))
    record_erased_person(home, "K26-1", "PABCDEFGHIJ", ON)
    other = Ledger(signed=(revision(1), revision(2, "cd" * 32), revision(1, return_id="another")))
    merge_ledger(home.folder, other)
    merged = read_ledger(home.folder)
    assert [one.revision for one in merged.revisions_of("one")] == [1, 2]
    assert next_revision(home, "another", 0) == 2
    assert len(merged.erased_people) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a test kills forked children")
def test_killed_at_any_step_the_ledger_is_as_before_or_as_after(home: Home) -> None:
    record_signed_revision(home, revision(1))
    step = 0
    killed = True
    while killed:
        step += 1
        known = read_ledger(home.folder).signed
        new = revision(step + 1)
        killed = dies_at(step, partial(record_signed_revision, home, new))
        assert read_ledger(home.folder).signed in (known, (*known, new))
    assert step > 5
