"""People on the command line: listed, shown, added, put right, accepted, their consents, leaving."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from escape_tui.cohorts import open_by_code
from escape_tui.judging import judge_again
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.measures import record_measure
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.cohort import Actor, Cohort
from escape_tui.store.opening import open_home
from escape_tui.store.read import cohort_pack, find_person
from sessions.records import MeasureRow
from tests.cli.homes import Escape
from tests.store.making import signed
from tests.unit.home_fixtures import PASSPHRASE
from tests.unit.lists import DATA

IDA = (
    *("--person", "A1", "--given-name", "Ida", "--family-name", "Marsh", "--birth-date", "1956-05-14"),
    *("--sex", "female", "--pain-site", "knee", "--side", "both", "--pain-months", "40"),
    *("--referral-source", "gp", "--needs-close-support", "yes", "--consent-programme", "yes"),
    *("--consent-sharing", "no", "--consent-contact", "yes", "--phone", "07700 900123"),
    *("--emergency-contact", "Bo", "--emergency-phone", "07700 900456", "--language", "Welsh"),
    *("--interpreter", "BSL", "--hearing-support", "loop", "--sight-support", "no"),
)


@pytest.fixture(autouse=True)
def cohort_there(escape: Escape, plain_home: Path) -> None:
    assert escape("cohort", "new", "knees-hips", "--code", "K26-1", "--start", "2026-09-14").code == 0


def added(escape: Escape, *options: str) -> Any:
    ran = escape("person", "add", "K26-1", *options, "--json")
    assert ran.code == 0, ran.err
    return ran.document


def shown(escape: Escape, named: str = "A1") -> Any:
    return escape("person", "show", "K26-1", named, "--json").document


def opened(home: Path) -> Cohort:
    return open_by_code(
        open_home(home, lambda: PASSPHRASE), "K26-1", Actor("jk"), before_migration=lambda: None
    )


def at_baseline(person: str, instrument: str, *answers: str) -> MeasureRow:
    return MeasureRow(person, instrument, "baseline", date(2026, 9, 14), "self", answers=answers)


def trail(home: Path) -> object:
    with opened(home) as cohort:
        return cohort.connection.value("SELECT count(*) FROM audit")


def test_a_person_added_has_every_entry_under_the_name_it_has_in_a_list(escape: Escape) -> None:
    document = added(escape, *IDA)
    asked = dict(zip(IDA[::2], IDA[1::2], strict=True))
    for option, value in asked.items():
        assert str(document[option.removeprefix("--").replace("-", "_")]) == value
    assert document["person_id"].startswith("P")
    assert (document["eligible"], document["age_band"]) == ("not_judged", "70-74")
    assert document["consents"][0]["on"] == date.today().isoformat()  # noqa: DTZ011 - the laptop's own day


def test_a_person_is_shown_by_reference_in_any_case_and_by_id(escape: Escape) -> None:
    document = added(escape, *IDA)
    assert shown(escape, "a1") == shown(escape, document["person_id"]) == document
    missing = escape("person", "show", "K26-1", "A2")
    assert (missing.code, missing.out) == (4, "")


def test_each_rule_has_its_sentence(escape: Escape) -> None:
    added(escape, *IDA, "--answer", "fever-now=yes", "--answer", "walks-alone=yes")
    outcomes = {rule["rule"]: rule["outcome"] for rule in shown(escape)["rules"]}
    assert (outcomes["age"], outcomes["fever-now"], outcomes["walks-alone"]) == ("met", "not_met", "met")
    assert outcomes["unstable-angina"] == "not_known"
    text = escape("person", "show", "K26-1", "A1").out
    assert "Over 45 years old." in text
    assert "Wait until it has passed." in text


def test_all_questions_can_be_settled_at_once_and_none_answered_before_is_overruled(escape: Escape) -> None:
    added(escape, *IDA, "--answer", "fever-now=yes")
    assert escape("person", "edit", "K26-1", "A1", "--all-clear", "--json").document["eligible"] == "no"
    settled = escape("person", "edit", "K26-1", "A1", "--answer", "fever-now=no", "--json").document
    assert settled["eligible"] == "yes"


def test_editing_changes_what_is_said_and_judges_anew(escape: Escape) -> None:
    before = added(escape, *IDA, "--all-clear")
    after = escape("person", "edit", "K26-1", "A1", "--pain-months", "2", "--json").document
    assert (before["eligible"], after["eligible"], after["pain_months"]) == ("yes", "no", 2)
    assert {name for name in before if before[name] != after[name]} == {"eligible", "pain_months", "rules"}


def test_an_entry_can_be_cleared(escape: Escape) -> None:
    added(escape, *IDA, "--all-clear")
    after = escape("person", "edit", "K26-1", "A1", "--clear", "phone", "--clear", "birth_date", "--json")
    assert (after.document["phone"], after.document["birth_date"]) == (None, None)
    assert after.document["eligible"] == "not_judged"


def test_editing_to_what_is_so_already_says_so_and_leaves_no_trace(escape: Escape, plain_home: Path) -> None:
    added(escape, *IDA)
    before = trail(plain_home)
    ran = escape("person", "edit", "K26-1", "A1", "--phone", "07700 900123", "--consent-sharing", "no")
    assert (ran.code, "nothing was changed" in ran.err) == (0, True)
    assert trail(plain_home) == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--person", "X1"), 4),
        (("--given-name", "Ann", "--birth-date", "2199-01-01"), 4),
        (("--given-name", "Ann", "--person", "a1"), 4),
        (("--given-name", "Ann", "--answer", "likes-tea=yes"), 4),
        (("--given-name", "Ann\x1b[2J"), 4),
        (("--given-name", "Ann", "--joined-at-session", "13"), 4),
        (("--given-name", "Ann", "--birth-date", "14/05/1956"), 2),
        (("--given-name", "Ann", "--answer", "fever-now"), 2),
        (("--given-name", "Ann", "--sex", "f"), 2),
        (("--given-name", "Ann", "--pain-months", "-1"), 2),
    ],
)
def test_what_cannot_be_entered_leaves_nobody_behind(
    escape: Escape, options: tuple[str, ...], code: int
) -> None:
    added(escape, *IDA)
    ran = escape("person", "add", "K26-1", *options)
    assert (ran.code, ran.out) == (code, "")
    assert "Ann" not in ran.err
    assert len(escape("person", "list", "K26-1", "--json").document["people"]) == 1


def test_somebody_who_may_be_there_already_is_told_of_by_reference(escape: Escape) -> None:
    added(escape, *IDA)
    ran = escape(
        *("person", "add", "K26-1", "--given-name", "IDA", "--family-name", "Marsh"),
        *("--birth-date", "1956-05-14"),
    )
    assert ran.code == 0
    assert "This may be A1" in ran.err


def test_names_are_shown_exactly_as_typed(escape: Escape) -> None:
    for number, name in enumerate(("Ann [/b] x", "[red]Ann", "=1+1", "O'Rourke", "Llŵyd 美")):
        added(escape, "--person", f"X{number}", "--given-name", name, "--family-name", "Hale")
        assert f"{name} Hale" in escape("person", "list", "K26-1").out
        assert f"name               {name} Hale" in escape("person", "show", "K26-1", f"X{number}").out
        assert shown(escape, f"X{number}")["given_name"] == name


def test_a_list_has_a_line_for_each_person_with_columns_aligned(escape: Escape) -> None:
    assert escape("cohort", "import", "K26-1", DATA / "referrals-msk-triage.csv").code == 0
    rows = escape("person", "list", "K26-1").out.splitlines()
    assert len(rows) == 8
    assert {row.index("not judged") for row in rows} == {rows[0].index("not judged")}
    people = escape("person", "list", "K26-1", "--json").document["people"]
    assert [person["number"] for person in people] == list(range(1, 9))
    assert [people[0][name] for name in ("person", "pain_site", "side", "pain_months")] == [
        "MT-1001",
        "knee",
        "both",
        36,
    ]
    assert {person["consent_sharing"] for person in people} == {None}


def test_someone_whom_the_rules_do_not_take_is_accepted_with_a_reason(escape: Escape) -> None:
    added(escape, *IDA, "--answer", "fever-now=yes")
    assert escape("person", "accept", "K26-1", "A1").code == 2
    assert escape("person", "accept", "K26-1", "A1", "--reason", " ").code == 4
    accepted = escape("person", "accept", "K26-1", "A1", "--reason", "It has passed.", "--json").document
    assert (accepted["eligible"], accepted["accepted_reason"]) == ("accepted", "It has passed.")


def test_who_meets_the_rules_needs_no_acceptance(escape: Escape) -> None:
    added(escape, *IDA, "--all-clear")
    assert escape("person", "accept", "K26-1", "A1", "--reason", "Why not").code == 4


def test_a_consent_is_recorded_with_its_day_and_how(escape: Escape) -> None:
    added(escape, *IDA)
    given = ("person", "consent", "K26-1", "A1", "sharing", "yes")
    document = escape(*given, "--on", "2026-09-14", "--how", "written", "--json").document
    assert document["consent_sharing"] == "yes"
    (consent,) = [one for one in document["consents"] if one["kind"] == "sharing"]
    assert consent == {"kind": "sharing", "given": "yes", "on": "2026-09-14", "how": "written"}
    assert escape(*given, "--on", "2199-01-01").code == 4
    assert escape(*given, "--on", "14.9.2026").code == 2
    assert escape("person", "consent", "K26-1", "A1", "cookies", "yes").code == 2


def test_leaving_keeps_the_record_and_a_later_word_keeps_the_day(escape: Escape) -> None:
    added(escape, *IDA)
    leave = ("person", "withdraw", "K26-1", "A1")
    left = escape(*leave, "--reason", "work", "--on", "2026-10-01", "--json").document
    assert (left["withdrawn_on"], left["withdrawal_reason"], left["phone"]) == (
        "2026-10-01",
        "work",
        "07700 900123",
    )
    later = escape(*leave, "--reason", "caring", "--data", "--json").document
    assert (later["withdrawn_on"], later["withdrawal_reason"]) == ("2026-10-01", "caring")
    assert later["data_withdrawn_on"]
    assert escape("person", "consent", "K26-1", "A1", "sharing", "yes").code == 4
    assert escape(*leave, "--reason", "bored").code == 2
    assert escape(*leave).code == 2


def test_a_signed_cohort_refuses_all_but_the_withdrawal_of_data(escape: Escape, plain_home: Path) -> None:
    added(escape, *IDA, "--answer", "fever-now=yes")
    with opened(plain_home) as cohort:
        record_signoff(cohort, signed(cohort))
    before = trail(plain_home)
    for arguments in (
        ("add", "K26-1", "--given-name", "Ann"),
        ("edit", "K26-1", "A1", "--phone", "1"),
        ("edit", "K26-1", "A1"),
        ("accept", "K26-1", "A1", "--reason", "It has passed."),
        ("consent", "K26-1", "A1", "sharing", "yes"),
        ("withdraw", "K26-1", "A1", "--reason", "work"),
    ):
        ran = escape("person", *arguments)
        assert (ran.code, ran.out) == (4, ""), arguments
        assert "signed" in ran.err
    assert trail(plain_home) == before
    ran = escape("person", "withdraw", "K26-1", "A1", "--reason", "other", "--data", "--json")
    assert ran.code == 0
    assert ran.document["data_withdrawn_on"]
    assert ran.document["withdrawn_on"] is None
    assert "nothing else was recorded" in ran.err


def test_who_was_erased_is_a_number_alone_and_cannot_be_edited(escape: Escape, plain_home: Path) -> None:
    person = added(escape, *IDA)["person_id"]
    with opened(plain_home) as cohort:
        erase_person(cohort, person, date(2026, 10, 1))
    (row,) = escape("person", "list", "K26-1", "--json").document["people"]
    assert (row["person"], row["given_name"], row["phone"]) == (None, None, None)
    assert "(erased)" in escape("person", "list", "K26-1").out
    assert shown(escape, person)["rules"] == []
    assert escape("person", "edit", "K26-1", person, "--phone", "1").code == 4


def test_measures_that_were_taken_are_named(escape: Escape, plain_home: Path) -> None:
    person = added(escape, *IDA)["person_id"]
    with opened(plain_home) as cohort:
        record_measure(
            cohort, MeasureRow(person, "pain-nrs", "baseline", date(2026, 9, 14), "self", answers=("4",))
        )
    (measure,) = shown(escape)["measures"]
    assert (measure["instrument"], measure["timepoint"], measure["taken_on"]) == (
        "pain-nrs",
        "baseline",
        "2026-09-14",
    )


def test_the_screening_result_at_baseline_is_read_where_the_programme_has_one(
    escape: Escape, plain_home: Path
) -> None:
    assert escape("cohort", "new", "backs", "--code", "B26", "--start", "2026-09-14").code == 0
    options = ("--person", "A1", "--given-name", "Al", "--birth-date", "1980-01-01", "--pain-site", "back")
    ran = escape("person", "add", "B26", *options, "--pain-months", "9", "--all-clear", "--json")
    assert ran.document["eligible"] == "not_judged"
    home = open_home(plain_home, lambda: PASSPHRASE)
    with open_by_code(home, "B26", Actor("jk"), before_migration=lambda: None) as cohort:
        person = find_person(cohort, "A1")
        low = ("0",) * 9
        record_measure(
            cohort, MeasureRow(person, "start-back", "baseline", date(2026, 9, 14), "self", answers=low)
        )
        assert judge_again(cohort, cohort_pack(cohort), person).verdict == "not_judged"
    decided = escape("person", "edit", "B26", "A1", "--at-discretion", "yes", "--json").document
    assert decided["eligible"] == "yes"
    assert (
        escape("person", "edit", "B26", "A1", "--at-discretion", "no", "--json").document["eligible"] == "no"
    )


def test_pain_that_comes_back_counts_where_the_programme_says_so(escape: Escape) -> None:
    assert escape("cohort", "new", "backs", "--code", "B26", "--start", "2026-09-14").code == 0
    options = ("--person", "A1", "--given-name", "Al", "--pain-site", "back", "--pain-months", "1")
    assert escape("person", "add", "B26", *options).code == 0
    edited = escape("person", "edit", "B26", "A1", "--recurrent", "yes", "--json").document
    assert {rule["rule"]: rule["outcome"] for rule in edited["rules"]}["pain_duration"] == "met"


def test_a_withdrawal_is_taken_back_and_nothing_of_it_stays(escape: Escape) -> None:
    before = added(escape, *IDA)
    escape("person", "withdraw", "K26-1", "A1", "--reason", "work")
    ran = escape("person", "return", "K26-1", "A1", "--json")
    assert ran.document == before
    again = escape("person", "return", "K26-1", "A1")
    assert (again.code, again.out) == (4, "")


def test_a_joint_is_fixed_once_and_another_one_only_with_a_reason(escape: Escape) -> None:
    added(escape, *IDA)
    fixed = escape("person", "joint", "K26-1", "A1", "knee", "left", "--json").document
    assert (fixed["index_joint"], fixed["index_side"]) == ("knee", "left")
    assert escape("person", "joint", "K26-1", "A1", "hip", "left").code == 4
    mended = escape("person", "joint", "K26-1", "A1", "hip", "right", "--reason", "misheard", "--json")
    assert (mended.document["index_joint"], mended.document["index_side"]) == ("hip", "right")


def test_what_is_ruled_out_is_shown_until_it_is_lifted_and_goes_along_with_a_move(
    escape: Escape, plain_home: Path
) -> None:
    before = added(escape, *IDA)
    for tag in ("kneeling", "floor"):
        ran = escape("person", "rule-out", "K26-1", "A1", tag, "--json")
    assert ran.document == {**before, "ruled_out": ["floor", "kneeling"]}
    assert "Ruled out: floor, kneeling" in escape("person", "show", "K26-1", "A1").out
    entries = trail(plain_home)
    again = escape("person", "rule-out", "K26-1", "A1", "floor")
    assert (again.code, "nothing was changed" in again.err, trail(plain_home)) == (0, True, entries)
    lifted = escape("person", "rule-out", "K26-1", "A1", "floor", "--lift", "--json").document
    assert lifted["ruled_out"] == ["kneeling"]
    assert escape("person", "rule-out", "K26-1", "A1", "hopping").code == 2
    escape("cohort", "new", "knees-hips", "--code", "K26-2", "--start", "2026-09-15", "--days", "tue,fri")
    escape("person", "move", "K26-1", "A1", "K26-2")
    assert escape("person", "show", "K26-2", "A1", "--json").document["ruled_out"] == ["kneeling"]


def test_a_person_moves_to_another_cohort_and_each_of_the_two_names_the_other(escape: Escape) -> None:
    added(escape, *IDA)
    escape("cohort", "new", "knees-hips", "--code", "K26-2", "--start", "2026-09-15", "--days", "tue,fri")
    gone = escape("person", "move", "K26-1", "A1", "K26-2", "--json").document
    assert (gone["went_to"], gone["withdrawal_reason"]) == ("K26-2", "transferred")
    there = escape("person", "show", "K26-2", "A1", "--json").document
    assert (there["came_from"], there["given_name"], there["consent_sharing"]) == ("K26-1", "Ida", None)
    assert escape("person", "move", "K26-1", "A1", "K26-2").code == 4
