"""Referral lists as clinics send them: every fault told at once, and no person's text in any."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.store.imports.people import Doubtful, PeopleList, name_key, read_people
from escape_tui.store.imports.table import is_blank
from tests.unit.lists import DATA, HEADINGS, IDA, TODAY, faults_of, ida, lines, only, people, places_of

OPTIONAL = (
    "needs_close_support",
    "consent_programme",
    "consent_sharing",
    "consent_contact",
    "phone",
    "emergency_contact",
    "emergency_phone",
    "language",
    "interpreter",
    "hearing_support",
    "sight_support",
)


def shared(name: str) -> PeopleList:
    return read_people((DATA / name).read_bytes(), TODAY, name)


def test_a_list_as_the_contract_asks_is_read_whole() -> None:
    read = shared("referrals-plain.csv")
    assert [person.person for person in read.people] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    ewan = read.people[3]
    assert (ewan.given_name, ewan.birth_date, ewan.pain_site) == ("Ewan", date(1964, 8, 19), "knee_and_hip")
    assert (ewan.side, ewan.pain_months, ewan.referral_source) == ("both", 26, "physiotherapist")
    assert not read.columns.ignored
    assert not read.doubtful
    assert not read.remarks


def test_a_list_saved_from_excel_with_a_title_and_blank_lines_is_read_whole() -> None:
    read = shared("referrals-msk-triage.csv")
    assert [(person.line, person.person) for person in read.people] == [
        (line, f"MT-100{line - 2}") for line in range(3, 11)
    ]
    assert read.columns.ignored == ("NHS Number",)
    sian = read.people[3]
    assert (sian.given_name, sian.family_name, sian.birth_date) == ("Siân", "Llŵyd", date(1960, 2, 29))
    assert (read.people[1].given_name, read.people[2].family_name) == ("Pieter", "Singh-Lewis, Dr")
    assert read.people[5].birth_date == date(1970, 10, 5)
    assert [person.referral_source for person in read.people[:5]] == [
        "gp",
        "msk_triage",
        "physiotherapist",
        "self",
        "orthopaedics",
    ]


def test_two_people_of_one_name_with_different_birth_dates_are_not_doubtful() -> None:
    assert not shared("referrals-msk-triage.csv").doubtful


def test_a_list_from_a_booking_system_in_windows_1252_is_read_whole() -> None:
    read = shared("referrals-leisure-booking.csv")
    assert [person.given_name for person in read.people] == ["Renée", "Tom", "Aoife", "George"]
    assert [person.family_name for person in read.people][1:3] == ["Åkesson", "Ní Bhriain"]
    assert [person.needs_close_support for person in read.people] == ["no", "yes", "no", "yes"]
    assert not read.columns.ignored


def test_a_faulty_list_is_refused_with_every_fault_at_its_line_and_column() -> None:
    assert places_of(lambda: shared("referrals-refused.csv")) == [
        (3, "column birth_date"),
        (4, "column birth_date"),
        (6, "column pain_site"),
        (7, "column person"),
        (8, "column birth_date"),
    ]


def test_no_fault_repeats_what_stands_in_a_row() -> None:
    data = (DATA / "referrals-refused.csv").read_text().splitlines()
    cells = {cell for row in data[1:] for cell in row.split(",")} - {"knee", "no", "female", "male"}
    for fault in faults_of(lambda: shared("referrals-refused.csv")):
        assert not {cell for cell in cells if len(cell) > 2 and cell in fault.sentence()}


def test_faults_below_a_line_end_inside_quotes_stand_at_their_own_line() -> None:
    headings = (*HEADINGS, "Notes")
    rows = [
        (*IDA, '"one\ntwo\r\nthree"'),
        (*ida(person="A2", birth_date="31/06/1955", sex="?"), ""),
        (*ida(person="A3"), '"a\n\nb"'),
        (*ida(person="A4", side="up"), ""),
    ]
    assert places_of(lambda: people(*rows, headings=headings)) == [
        (5, "column birth_date"),
        (5, "column sex"),
        (9, "column side"),
    ]


@pytest.mark.parametrize("field", ["person", "given_name", "family_name", "birth_date"])
def test_a_blank_in_who_somebody_is_is_a_fault(field: str) -> None:
    assert places_of(lambda: people(ida(**{field: " "}))) == [(2, f"column {field}")]


@pytest.mark.parametrize("field", ["sex", "pain_site", "side", "pain_months", "referral_source"])
def test_a_blank_in_what_can_be_settled_later_says_nothing(field: str) -> None:
    assert getattr(only(people(ida(**{field: ""}))), field) is None


def test_optional_columns_are_read_where_they_are_there_and_blank_where_not() -> None:
    cells = ("Y", "yes", "N", "y", "07700 900123", "Bo Marsh", "+44 20 7946 0000", "Welsh", "BSL", "No", "Y")
    person = only(people((*IDA, *cells), headings=(*HEADINGS, *OPTIONAL)))
    read = ("yes", "yes", "no", "yes", "07700 900123", "Bo Marsh", "+44 20 7946 0000", "Welsh", "BSL", "no")
    assert tuple(getattr(person, name) for name in OPTIONAL) == (*read, "yes")
    assert {getattr(only(people(IDA)), name) for name in OPTIONAL} == {None}


def test_a_birth_today_is_taken_and_one_tomorrow_is_refused() -> None:
    assert only(people(ida(birth_date=TODAY.isoformat()))).birth_date == TODAY
    (fault,) = faults_of(lambda: people(ida(birth_date=(TODAY + timedelta(1)).isoformat())))
    assert "future" in fault.wrong


def test_a_person_of_120_is_taken_and_one_of_121_is_refused() -> None:
    assert only(people(ida(birth_date="1905-11-23"))).birth_date == date(1905, 11, 23)
    (fault,) = faults_of(lambda: people(ida(birth_date="1905-11-22")))
    assert "120 years" in fault.wrong


def test_dates_under_a_heading_with_the_month_first_are_refused() -> None:
    headings = [name if name != "birth_date" else "DOB (MM/DD/YYYY)" for name in HEADINGS]
    assert places_of(lambda: people(ida(birth_date="05/10/1956"), headings=headings)) == [
        (1, "column DOB (MM/DD/YYYY)")
    ]


def test_the_side_may_stand_in_the_site() -> None:
    assert only(people(ida(pain_site="Left knee", side=""))).side == "left"
    assert only(people(ida(pain_site="L knee", side="L"))).side == "left"


def test_a_site_on_another_side_than_the_side_is_a_fault() -> None:
    assert places_of(lambda: people(ida(pain_site="Left knee", side="right"))) == [(2, "column side")]


def test_bare_numbers_under_a_heading_without_a_unit_are_told() -> None:
    headings = [name if name != "pain_months" else "Duration" for name in HEADINGS]
    (remark,) = people(IDA, headings=headings).remarks
    assert "Duration" in remark


def test_the_same_row_twice_is_one_person() -> None:
    assert [person.line for person in people(IDA, ida(person="A2", given_name="Bo"), IDA).people] == [2, 3]


def test_the_same_row_twice_is_one_however_its_words_are_spelt() -> None:
    assert only(people(IDA, ida(person="a1", sex="F", birth_date="14/05/1956", side="L/R"))).line == 2


@pytest.mark.parametrize(
    "other", [{"given_name": "Bo"}, {"birth_date": "1956-05-15"}, {"person": "a1", "given_name": "Bo"}]
)
def test_one_reference_for_two_people_is_a_fault(other: dict[str, str]) -> None:
    (fault,) = faults_of(lambda: people(IDA, ida(**other)))
    assert (fault.line, fault.place) == (3, "column person")
    assert "line 2" in fault.wrong
    assert "another person" in fault.wrong


def test_one_reference_for_two_people_is_found_in_rows_with_other_faults() -> None:
    rows = (ida(birth_date="31/06/1955"), ida(given_name="Bo", sex="?"))
    assert places_of(lambda: people(*rows)) == [
        (2, "column birth_date"),
        (3, "column sex"),
        (3, "column person"),
    ]


def test_one_person_with_two_stories_is_a_fault() -> None:
    (fault,) = faults_of(lambda: people(IDA, ida(side="left")))
    assert "same person" in fault.wrong


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"family_name": "MARSH"},
        {"given_name": "Ída"},
        {"given_name": "Marsh", "family_name": "Ida"},
        {"family_name": "Mar-sh"},
    ],
)
def test_one_person_under_two_references_is_doubtful_and_not_refused(other: dict[str, str]) -> None:
    read = people(IDA, ida(person="A2", **other))
    assert len(read.people) == 2
    assert read.doubtful == (Doubtful(2, 3),)


def test_names_without_letters_are_still_told_apart() -> None:
    assert name_key("🙂", "Marsh") != name_key("🌧", "Marsh")


HOSTILE = [
    '=HYPERLINK("http://x")',
    "+cmd",
    "-1",
    "@SUM",
    "Ann [/b] x",
    "'; DROP TABLE people; --",
    "אברהם",
    "\u202eflipped",
    "👩🏽\u200d🦽",
    "Ng\u0302",
    "n" * 120,
    "%s{0}${x}",
    "None",
    "NULL",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_kept_as_it_is_written(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    person = only(people(ida(given_name=quoted, family_name=quoted)))
    assert (person.given_name, person.family_name) == (name, name)


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=20))
def test_any_printable_name_is_kept_but_for_blanks_around_it(name: str) -> None:
    if is_blank(name):
        return
    quoted = '"' + name.replace('"', '""') + '"'
    assert only(people(ida(given_name=quoted))).given_name == " ".join(name.split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Zebedee", "31/06/1955", "5/6/55", "20588", "1.00E+05", "x" * 201, "\x1b[2J"]),
        min_size=9,
        max_size=9,
    )
)
def test_no_fault_holds_the_text_of_a_cell(cells: list[str]) -> None:
    data = lines(HEADINGS, cells)
    for fault in faults_of(lambda: read_people(data, TODAY)):
        assert not [cell for cell in cells if cell in fault.sentence()]


def test_a_reference_that_a_spreadsheet_rounded_is_a_fault() -> None:
    assert places_of(lambda: people(ida(person="1.00E+05"))) == [(2, "column person")]


def test_headings_without_a_row_are_a_fault() -> None:
    (fault,) = faults_of(people)
    assert "no row" in fault.wrong


def test_a_file_is_named_in_its_faults() -> None:
    (fault,) = faults_of(lambda: read_people(lines(HEADINGS, ida(sex="?")), TODAY, "autumn.csv"))
    assert fault.sentence().startswith("autumn.csv, line 2, column sex: ")


def test_a_list_of_a_thousand_people_is_read_in_well_under_a_second() -> None:
    rows = [ida(person=f"A{number}", given_name=f"Ida{number}") for number in range(1000)]
    begin = time.perf_counter()
    assert len(people(*rows).people) == 1000
    assert time.perf_counter() - begin < 1
