"""Cohorts on the command line: planned, listed, shown, closed, people taken in from a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from escape_tui.cli.main import outcome
from escape_tui.cohorts import open_by_code
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.cohort import Actor
from escape_tui.store.opening import make_plain_home, open_home
from tests.cli.homes import Escape
from tests.cli.program import Ran
from tests.store.making import signed
from tests.unit.home_fixtures import PASSPHRASE, WORDS
from tests.unit.lists import DATA, HEADINGS, ida, lines

NEW = ("cohort", "new", "knees-hips", "--start", "2026-09-14", "--code")
PLAIN = DATA / "referrals-plain.csv"


def made(escape: Escape, code: str = "K26-1", *options: str) -> Ran:
    ran = escape(*NEW, code, *options, "--json")
    assert ran.code == 0, ran.err
    return ran


def sign(home: Path, code: str = "K26-1") -> None:
    """Lock a cohort, as a signed return does."""
    opened = open_home(home, lambda: PASSPHRASE)
    with open_by_code(opened, code, Actor("jk"), before_migration=lambda: None) as cohort:
        record_signoff(cohort, signed(cohort))


def trail(home: Path, code: str = "K26-1") -> object:
    """The number of entries in the trail."""
    opened = open_home(home, lambda: PASSPHRASE)
    with open_by_code(opened, code, Actor("jk"), before_migration=lambda: None) as cohort:
        return cohort.connection.value("SELECT count(*) FROM audit")


def test_a_new_cohort_is_as_asked(escape: Escape, plain_home: Path) -> None:
    options = ("--days", "tue,fri", "--time", "18:30", "--sessions", "10", "--delivery", "virtual")
    document = made(escape, "K26-1", *options).document
    assert {name: document[name] for name in ("cohort", "programme", "delivery", "start_time", "days")} == {
        "cohort": "K26-1",
        "programme": "knees-hips",
        "delivery": "virtual",
        "start_time": "18:30",
        "days": ["tue", "fri"],
    }
    assert document["start_date"] == "2026-09-15"
    assert [session["date"] for session in document["sessions"]][:3] == [
        "2026-09-15",
        "2026-09-18",
        "2026-09-22",
    ]
    assert len(document["sessions"]) == document["sessions_planned"] == 10
    assert "the first session is on Tuesday 15 September 2026" in document["notes"][0]


def test_what_was_not_asked_is_as_the_settings_say(escape: Escape, plain_home: Path) -> None:
    settings = plain_home / "escape.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('["mon", "thu"]', '["wed", "sat"]').replace('time = "10:00"', 'time = "09:15"'),
        encoding="utf-8",
    )
    document = made(escape).document
    assert (document["days"], document["start_time"]) == (["wed", "sat"], "09:15")
    assert (document["sessions_planned"], document["delivery"]) == (12, "in_person")


def test_public_holidays_are_passed_over_and_told(escape: Escape, plain_home: Path) -> None:
    ran = escape("cohort", "new", "backs", "--code", "B26", "--start", "2026-08-03", "--json")
    assert ran.code == 0
    (passed,) = ran.document["passed_over"]
    assert passed["date"] == "2026-08-31"
    assert "Summer Bank Holiday" in passed["holiday"]
    assert "Monday 31 August 2026 is passed over: public holiday" in ran.err
    assert "2026-08-31" not in [session["date"] for session in ran.document["sessions"]]
    assert "at least twice a week" in ran.err


def test_the_holidays_are_those_of_the_sites_region(escape: Escape, plain_home: Path) -> None:
    settings = plain_home / "escape.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"GB-ENG"', '"GB-SCT"'), encoding="utf-8")
    ran = escape("cohort", "new", "backs", "--code", "B26", "--start", "2026-08-03", "--json")
    assert [passed["date"] for passed in ran.document["passed_over"]] == ["2026-08-03"]


def test_days_can_be_skipped_one_by_one_or_with_commas(escape: Escape, plain_home: Path) -> None:
    document = made(escape, "A", "--skip", "2026-09-17", "--skip", "2026-09-21,2026-09-24").document
    assert [passed["date"] for passed in document["passed_over"]] == [
        "2026-09-17",
        "2026-09-21",
        "2026-09-24",
    ]
    assert document["sessions"][1]["date"] == "2026-09-28"


def test_the_dates_are_told_a_session_a_line(escape: Escape, plain_home: Path) -> None:
    ran = escape(*NEW, "K26-1")
    assert ran.out.splitlines()[0] == "1   Monday 14 September 2026    planned"
    assert len(ran.out.splitlines()) == 12


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--start", "14/09/2026"), 2),
        (("--start", "20260914"), 2),
        (("--start", "2026-02-30"), 2),
        (("--skip", "tomorrow"), 2),
        (("--time", "24:00"), 2),
        (("--sessions", "11"), 2),
        (("--delivery", "by_post"), 2),
        (("--days", "mon,mon"), 4),
        (("--days", "noday"), 4),
        (("--code", "k26"), 4),
        (("--code", "PRACTICE"), 4),
        (("--code", "../x"), 4),
        (("--code", "CON"), 4),
    ],
)
def test_what_cannot_be_planned_leaves_no_cohort(
    escape: Escape, plain_home: Path, options: tuple[str, ...], code: int
) -> None:
    ran = escape(*NEW, "K26-1", *options)
    assert ran.code == code
    assert ran.out == ""
    assert escape("cohort", "list", "--json").document == {"cohorts": []}


def test_an_unknown_programme_and_a_code_that_is_taken_are_refused(escape: Escape, plain_home: Path) -> None:
    assert escape("cohort", "new", "wrists", "--code", "W", "--start", "2026-09-14").code == 4
    made(escape)
    again = escape(*NEW, "K26-1")
    assert (again.code, again.out) == (4, "")
    assert "a cohort of this code already" in again.err


def test_a_practice_home_makes_practice_cohorts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_plain_home(tmp_path / "practice", practice=True)
    home = ["--home", str(tmp_path / "practice")]
    assert outcome([*home, *NEW, "PRACTICE"]) == 0
    capsys.readouterr()
    assert outcome([*home, "cohort", "list"]) == 0
    assert "open, practice" in capsys.readouterr().out


def test_a_list_shows_counts_and_state_of_every_cohort(escape: Escape, plain_home: Path) -> None:
    made(escape, "B1")
    made(escape, "A1")
    assert escape("cohort", "import", "A1", PLAIN).code == 0
    assert escape("cohort", "close", "B1").code == 0
    rows = escape("cohort", "list", "--json").document["cohorts"]
    told = [(row["cohort"], row["people_enrolled"], row["sessions_delivered"], row["state"]) for row in rows]
    assert told == [("A1", 6, 0, "open"), ("B1", 0, 0, "closed")]
    first, second = escape("cohort", "list").out.splitlines()
    assert first == "A1  knees-hips  from 2026-09-14  6 people  0 of 12 sessions  open"
    assert "closed on" in second


def test_a_cohort_that_cannot_be_opened_is_named_and_hides_no_other(escape: Escape, plain_home: Path) -> None:
    for code in ("A1", "B1", "C1"):
        made(escape, code)
    (plain_home / "cohorts" / "B1.db").write_bytes(b"SQLite format 3\0" + bytes(4096 * 3 - 16))
    ran = escape("cohort", "list", "--json")
    assert ran.code == 0
    told = {row["cohort"]: row["cannot_open"] for row in ran.document["cohorts"]}
    assert (told["A1"], told["C1"]) == (None, None)
    assert told["B1"]
    assert "B1: " in ran.err
    assert "B1  cannot be opened" in escape("cohort", "list").out


def test_a_list_reads_a_cohort_that_is_at_work(escape: Escape, home: Path) -> None:
    assert escape(*NEW, "K26-1", ESCAPE_PASSPHRASE=WORDS).code == 0
    opened = open_home(home, lambda: PASSPHRASE)
    with open_by_code(opened, "K26-1", Actor("jk"), before_migration=lambda: None) as cohort:
        cohort.connection.run("UPDATE session SET status = 'delivered' WHERE number < 3")
        (row,) = escape("cohort", "list", "--json", ESCAPE_PASSPHRASE=WORDS).document["cohorts"]
        assert row["sessions_delivered"] == 2


def test_showing_a_cohort_counts_its_people_and_says_what_completes(escape: Escape, plain_home: Path) -> None:
    made(escape)
    assert escape("cohort", "import", "K26-1", PLAIN).code == 0
    assert escape("person", "edit", "K26-1", "A1", "--all-clear").code == 0
    assert escape("person", "withdraw", "K26-1", "A2", "--reason", "work").code == 0
    document = escape("cohort", "show", "K26-1", "--json").document
    counted = ("referred", "eligible", "enrolled", "started", "completed", "withdrawn")
    assert [document[f"people_{name}"] for name in counted] == [6, 1, 6, 0, 0, 1]
    assert (document["sessions_to_complete"], document["completion_share"]) == (9, 0.75)
    assert [session["session"] for session in document["sessions"]] == list(range(1, 13))
    text = escape("cohort", "show", "K26-1").out
    assert "completed  0 (attended 9 of 12 sessions or more)" in text


def test_closing_twice_keeps_the_first_day(escape: Escape, plain_home: Path) -> None:
    made(escape)
    closed = escape("cohort", "close", "K26-1", "--json").document
    assert closed["state"] == "closed"
    again = escape("cohort", "close", "K26-1", "--json")
    assert again.document == closed
    assert "closed already" in again.err
    assert trail(plain_home) == 2


def test_a_list_is_taken_in_and_the_same_again_changes_nothing(escape: Escape, plain_home: Path) -> None:
    made(escape)
    first = escape("cohort", "import", "K26-1", DATA / "referrals-msk-triage.csv", "--json")
    assert (first.document["enrolled"], first.document["ignored_columns"]) == (8, ["NHS Number"])
    assert "The column NHS Number was passed over." in first.err
    before = trail(plain_home)
    again = escape("cohort", "import", "K26-1", DATA / "referrals-msk-triage.csv", "--json").document
    assert (again["enrolled"], again["changed"], again["unchanged"]) == (0, 0, 8)
    assert trail(plain_home) == before


def test_a_dry_run_tells_and_changes_nothing(escape: Escape, plain_home: Path) -> None:
    made(escape)
    ran = escape("cohort", "import", "K26-1", PLAIN, "--dry-run", "--json")
    assert (ran.code, ran.document["dry_run"], ran.document["enrolled"]) == (0, True, 6)
    assert {person["person_id"] for person in ran.document["people"]} == {None}
    assert "nothing was changed" in ran.err
    assert escape("person", "list", "K26-1", "--json").document == {"people": []}


def test_a_refused_list_names_every_fault_and_changes_nothing(escape: Escape, plain_home: Path) -> None:
    made(escape)
    ran = escape("cohort", "import", "K26-1", DATA / "referrals-refused.csv", "--json")
    assert ran.code == 4
    assert [fault["line"] for fault in ran.document["faults"]] == [3, 4, 6, 7, 8]
    assert "referrals-refused.csv, line 3, column birth_date" in ran.err
    assert escape("person", "list", "K26-1", "--json").document == {"people": []}


def test_a_person_of_a_list_is_a_line_with_what_the_rules_say(
    escape: Escape, plain_home: Path, tmp_path: Path
) -> None:
    made(escape)
    people = tmp_path / "people.csv"
    people.write_bytes(lines(HEADINGS, ida(given_name="Ann [/b]"), ida(person="A2", birth_date="1999-01-01")))
    first, second = escape("cohort", "import", "K26-1", people).out.splitlines()
    assert first.startswith("A1  Ann [/b] Marsh  enrolled")
    assert "not judged yet: " in first
    assert "not eligible: Not over 45 years old." in second


def test_a_doubled_person_is_told_by_lines_and_references_alone(
    escape: Escape, plain_home: Path, tmp_path: Path
) -> None:
    made(escape)
    people = tmp_path / "people.csv"
    people.write_bytes(lines(HEADINGS, ida(), ida(person="B1")))
    ran = escape("cohort", "import", "K26-1", people, "--json")
    assert ran.document["doubtful"] == [{"lines": [2, 3]}]
    people.write_bytes(lines(HEADINGS, ida(person="C1")))
    later = escape("cohort", "import", "K26-1", people, "--json")
    assert len(later.document["may_be_in_cohort"]) == 1
    assert "Marsh" not in ran.err + later.err


def test_a_signed_cohort_refuses_to_be_closed_and_to_take_people_in(escape: Escape, plain_home: Path) -> None:
    made(escape)
    assert escape("cohort", "import", "K26-1", PLAIN).code == 0
    sign(plain_home)
    before = trail(plain_home)
    for arguments in (
        ("cohort", "close", "K26-1"),
        ("cohort", "import", "K26-1", str(PLAIN)),
        ("cohort", "import", "K26-1", str(PLAIN), "--dry-run"),
    ):
        ran = escape(*arguments)
        assert (ran.code, ran.out) == (4, "")
        assert "signed" in ran.err
    assert trail(plain_home) == before
    assert escape("cohort", "show", "K26-1", "--json").document["state"] == "signed"


def test_a_cohort_or_a_list_that_is_not_there_is_refused(
    escape: Escape, plain_home: Path, tmp_path: Path
) -> None:
    assert escape("cohort", "show", "NONE").code == 4
    made(escape)
    assert escape("cohort", "import", "K26-1", tmp_path / "missing.csv").code == 4


def test_who_acts_stands_in_the_trail(escape: Escape, plain_home: Path) -> None:
    assert escape("facilitator", "add", "jk", "--name", "Jo Kerr", "--role", "physiotherapist").code == 0
    made(escape)
    opened = open_home(plain_home, lambda: PASSPHRASE)
    with open_by_code(opened, "K26-1", Actor("x"), before_migration=lambda: None) as cohort:
        assert cohort.connection.value("SELECT by FROM audit") == "jk"
    assert escape("cohort", "close", "K26-1", "--by", "nobody").code == 4


def test_an_encrypted_home_wants_its_passphrase(escape: Escape, home: Path) -> None:
    assert escape("cohort", "list").code == 3
    assert escape(*NEW, "K26-1", ESCAPE_PASSPHRASE="not this one at all").code == 3
    assert escape(*NEW, "K26-1", ESCAPE_PASSPHRASE=WORDS).code == 0
    assert b"SQLite format 3" not in (home / "cohorts" / "K26-1.db").read_bytes()
