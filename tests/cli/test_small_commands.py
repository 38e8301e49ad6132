"""`escape incident`, `feedback` and `signpost`: one act each."""

from __future__ import annotations

import pytest

from escape_tui.store.read import signposts
from sessions.records import Signpost
from tests.cli.desk import Desk

EVERY_TABLE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'pack'"
FALL = ("--category", "fall", "--severity", "minor", "--action", "rested")


def test_an_incident_is_recorded_to_a_person_or_to_nobody(desk: Desk) -> None:
    first = desk.done("incident", "add", "1", *FALL, "--person", "MT-1")
    second = desk.done("incident", "add", "1", *FALL)
    assert first == {
        "id": 1,
        "session": 1,
        "category": "fall",
        "severity": "minor",
        "action": "rested",
        "person": "MT-1",
        "person_id": desk.people[0],
    }
    assert (second["id"], second["person"], second["person_id"]) == (2, None, None)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("incident", "add", "13", *FALL), 4),
        (("incident", "add", "1", *FALL, "--person", "MT-9"), 4),
        (("incident", "add", "1", *FALL[:4]), 2),
        (("incident", "add", "1", *FALL[:4], "--action", "prayed"), 2),
        (("feedback", "add", "--answer", "good", "--count", "0"), 4),
        (("feedback", "add", "--answer", "good", "--count", "-1"), 4),
        (("feedback", "add", "--answer", "great"), 2),
        (("feedback", "add"), 2),
    ],
)
def test_what_cannot_be_recorded_changes_nothing(desk: Desk, arguments: tuple[str, ...], code: int) -> None:
    before = desk.entries()
    assert desk.run(*arguments).code == code
    assert desk.entries() == before


def test_feedback_adds_up(desk: Desk) -> None:
    desk.done("feedback", "add", "--answer", "very_good", "--count", "3")
    counts = desk.done("feedback", "add", "--answer", "very_good")["feedback"]
    assert counts == [{"question": "fft", "answer": "very_good", "count": 4}]


def test_no_table_tells_who_answered_what_when_or_in_which_order(desk: Desk) -> None:
    for answer in ("poor", "good", "poor"):
        desk.done("feedback", "add", "--answer", answer)
    with desk.cohort() as cohort:
        tables = [str(row["name"]) for row in cohort.connection.rows(EVERY_TABLE)]
        told = {
            table: [
                row
                for row in cohort.connection.rows(f"SELECT * FROM {table}")  # noqa: S608
                if {"poor", "good"} & {word for value in row.values() for word in str(value).split('"')}
            ]
            for table in tables
        }
    assert {table: rows for table, rows in told.items() if rows} == {
        "feedback": [
            {"question": "fft", "answer": "good", "count": 1},
            {"question": "fft", "answer": "poor", "count": 2},
        ]
    }


def test_the_latest_signpost_counts_and_the_same_again_changes_nothing(desk: Desk) -> None:
    assert desk.escape("signpost", "K26-1", "MT-1", "gym").code == 0
    assert desk.escape("signpost", "K26-1", "MT-1", "online", "--json").document == {
        "person": "MT-1",
        "person_id": desk.people[0],
        "destination": "online",
        "changed": True,
    }
    before = desk.entries()
    assert desk.escape("signpost", "K26-1", "MT-1", "online").code == 0
    assert desk.entries() == before
    with desk.cohort() as cohort:
        assert signposts(cohort) == (Signpost(desk.people[0], "online"),)


def test_a_signpost_to_nowhere_known_is_wrong_usage(desk: Desk) -> None:
    assert desk.escape("signpost", "K26-1", "MT-1", "moon").code == 2


def test_a_signed_cohort_takes_none_of_them(desk: Desk) -> None:
    desk.sign()
    before = desk.entries()
    for ran in (
        desk.run("incident", "add", "1", *FALL),
        desk.run("feedback", "add", "--answer", "good"),
        desk.escape("signpost", "K26-1", "MT-1", "gym"),
    ):
        assert ran.code == 4
        assert "signed" in ran.err
    assert desk.entries() == before
