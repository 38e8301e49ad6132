"""`escape return check` names what is missing until nothing is; and what names a person stays at home."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from escape_tui.returning import held_of
from escape_tui.settings import SETTINGS_NAME, load_settings, settings_text, site_of
from escape_tui.store.acts.incidents import IncidentEntry, add_incident
from escape_tui.store.acts.notes import set_goal, write_note
from escape_tui.store.acts.people import EligibilityEntry, accept_person, judge_eligibility
from escape_tui.store.cohort import Cohort
from exports.codebook import codebook, datapackage
from exports.held import Signing
from exports.recount import recount
from exports.tables import tables_of
from exports.writing import files_of
from sessions.instrument_files import load_instrument
from tests.cli.desk import CODE, TODAY, Desk

PEOPLE = ("MT-1", "MT-2")
PLANTED = (
    *("Zwanhild", "Quastenfloss", "07700900123", "1957-03-14", "14/03/1957", "MT-1", "MT-2"),
    *("Glockenspiel", "Wunderkerze", "Xylophanes", "Nasturtium", "Brombeere"),
)
"""Names, contacts and references of the desk's people, and words that are typed about them below."""


@pytest.fixture
def site(desk: Desk) -> Desk:
    """The desk of a site that knows its name."""
    text = settings_text(site_of("S042", "Môn Hall", "Ynys Leisure"))
    asks = text.replace("responses = false", "responses = true")
    asks = asks.replace("attendance_reasons = false", "attendance_reasons = true")
    (desk.home / SETTINGS_NAME).write_text(asks, encoding="utf-8")
    return desk


def check(desk: Desk) -> Any:
    return desk.run("return", "check", "--json").document


def register(desk: Desk) -> Path:
    """Sessions 1 to 5, both there, but for one who was ill once."""
    lines = [f"{who},{number},present," for number in range(1, 6) for who in PEOPLE]
    lines[-1] = "MT-2,5,absent,ill"
    return desk.csv("person,session,status,reason", *lines, name="register.csv")


def sheets(desk: Desk) -> Path:
    """All that is asked of both, at the first session and at the fifth."""
    lines = []
    for instrument in ("koos", "chair-stand-30s", "activity-days", "pain-nrs"):
        answers = ",".join("2" * load_instrument(instrument).item_count)
        for timepoint, day in (("baseline", "2026-10-05"), ("end", "2026-10-19")):
            lines += [f'{who},{timepoint},{instrument},{day},"{answers}",,self' for who in PEOPLE]
    heading = "person,timepoint,instrument,taken_on,answers,missing_reason,mode"
    return desk.csv(heading, *lines, name="sheets.csv")


def make_whole(desk: Desk) -> None:
    """Enter everything, of a programme that ended after its fifth session."""
    for number in range(6, 13):
        desk.done("session", "cancel", str(number), "--reason", "Brombeere closed the hall")
    desk.done("attendance", "import", register(desk))
    desk.done("measure", "import", sheets(desk))
    for who in PEOPLE:
        desk.done("person", "consent", who, "sharing", "yes")
        desk.done("person", "edit", who, "--all-clear")


def test_everything_that_is_missing_is_named_until_nothing_is(site: Desk) -> None:
    before = site.run("return", "check", "--json")
    assert before.code == 1
    assert before.document["ready"] is False
    assert {one["kind"] for one in before.document["gaps"]} == {
        *("session_not_recorded", "session_to_come", "consent_unknown"),
        *("eligibility_not_judged", "measure_missing"),
    }
    make_whole(site)
    after = site.run("return", "check", "--json")
    assert (after.code, after.document["gaps"], after.document["contradictions"]) == (0, [], [])
    assert after.document["ready"] is True


def test_a_gap_names_the_person_by_reference_and_the_command_that_mends_it(site: Desk) -> None:
    gaps = check(site)["gaps"]
    missing = next(one for one in gaps if one["kind"] == "measure_missing" and one["person"] == "MT-2")
    assert missing["person_id"] == site.people[1]
    assert (missing["instrument"], missing["timepoint"]) == ("koos", "baseline")
    assert missing["mend"] == {
        "at": "measure",
        "command": f'escape measure record {CODE} MT-2 koos baseline --answers "…"',
    }
    for one in gaps:
        assert one["mend"]["command"].startswith("escape "), one


def test_a_contradiction_stands_first_and_is_not_ready(site: Desk) -> None:
    make_whole(site)
    site.done("person", "withdraw", "MT-1", "--reason", "work", "--on", "2026-10-12")
    ran = site.run("return", "check")
    assert ran.code == 1
    assert ran.out.splitlines()[0] == "Contradictions (2)"
    assert "Person 1 is marked as there at session 4, after they had left. [MT-1]" in ran.out
    assert f"escape attendance mark {CODE} 4 MT-1 STATUS" in ran.out
    assert "Contradictions: 2" in ran.err


def test_checking_changes_nothing(site: Desk) -> None:
    before = site.entries()
    check(site)
    assert site.entries() == before


def plant(cohort: Cohort, person: str) -> None:
    """Type words about a person wherever words can be typed."""
    write_note(cohort, "Glockenspiel", person)
    set_goal(cohort, person, "goal", "Wunderkerze")
    add_incident(cohort, 1, IncidentEntry("fall", "minor", "rested", "Xylophanes"), person)
    judge_eligibility(cohort, person, EligibilityEntry("no", {}))
    accept_person(cohort, person, "Nasturtium", TODAY)


def test_nothing_that_names_a_person_or_was_typed_of_one_is_in_any_table(site: Desk) -> None:
    make_whole(site)
    signing = Signing(1, None, datetime(2026, 10, 20, 9, tzinfo=UTC), "1.0.0")
    with site.cohort() as cohort:
        plant(cohort, site.people[0])
        held = held_of(cohort, load_settings(site.home))
    assert all(word not in repr(held) for word in PLANTED)
    files = files_of(tables_of(held, signing))
    assert site.people[0].encode() in files["participants.csv"]
    assert b"ill" in files["attendance.csv"]
    documents = [codebook(files), datapackage(tables_of(held, signing).cohort[0], files)]
    for data in (*files.values(), *documents):
        assert all(word.encode() not in data for word in PLANTED)
    assert recount(files) == ()
