"""Headings are understood by their words; what nobody asked for is named, what is doubtful is refused."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.store.imports.attendance import FIELDS as REGISTER
from escape_tui.store.imports.exercise import FIELDS as LOG
from escape_tui.store.imports.headings import Field, field_of
from escape_tui.store.imports.measures import FIELDS as MEASURES
from escape_tui.store.imports.people import read_people
from escape_tui.store.imports.people_headings import FIELDS as PEOPLE
from tests.unit.lists import HEADINGS, IDA, TODAY, faults_of, ida, lines, only, people

MEANINGS = {
    "person": "Ref; Patient Ref; booking id; Ref No.; Client reference; Participant ID; PatientRef; "
    "Referral ID",
    "given_name": "Forename(s); First name; Given names; FirstName; Christian name; first",
    "family_name": "Surname; Last Name; LASTNAME; Patient's surname; Surname of patient; Name (last)",
    "birth_date": "DOB; D.O.B.; DoB (dd/mm/yyyy); Date of Birth (day, month, year); BirthDate; Born",
    "sex": "Gender; SEX; Sex at birth; M/F",
    "pain_site": "Problem; Affected joint; Joint(s) affected; Body part; Where is the pain?; Site of pain",
    "side": "Laterality; Which side?; Affected side; Left/Right; L/R; Joint side",
    "pain_months": "Symptom duration (months); Duration (months); months of pain; Joint pain duration; "
    "Pain (mths); How long (months)",
    "referral_source": "Referred by; source; Source of referral; Referral route; Referrer",
    "needs_close_support": "Close support?; needs extra support; Needs supervision (Y/N)",
    "consent_programme": "Consent to take part; Consent for programme",
    "consent_sharing": "Data sharing consent; Agrees to share data",
    "consent_contact": "Consent to be contacted afterwards; Happy to be contacted?; "
    "Consent to contact by phone",
    "phone": "Mobile; Tel.; Contact number",
    "emergency_contact": "Next of kin; Emergency contact name",
    "emergency_phone": "Emergency contact number; Next of kin tel",
    "language": "First language; Preferred language",
    "interpreter": "Interpreter required; Language interpreter?",
    "hearing_support": "Hearing loop needed",
    "sight_support": "Visual impairment",
}
NOT_ASKED_FOR = (
    "NHS Number; NHS No.; NHSNumber; Patient NHS number; NHS ref; CHI number; Hospital No; MRN; "
    "Referral date; Reason for referral; Referrer name; GP name; GP phone; Next appointment; "
    "Year of birth; Place of birth; Duration (years); Date of onset; Full name; Name; Patient; "
    "Preferred first name; Middle name; Maiden name; Email; Address; Postcode; Age; Title; Consent; "
    "Date of consent; Consent to share information with GP; Patient smokes (yes/no); Side effects; Site; "
    "Medical conditions; Joint replacement?; Pain score; Comments; Emergency contact relationship; #"
)


def meaning(heading: str, fields: tuple[Field, ...] = PEOPLE) -> str | None:
    field = field_of(heading, fields)
    return field.name if field else None


def cases(meanings: dict[str, str]) -> list[tuple[str, str]]:
    return [(heading, name) for name, headings in meanings.items() for heading in headings.split("; ")]


@pytest.mark.parametrize(("heading", "name"), cases(MEANINGS))
def test_a_heading_of_a_referral_list_is_understood_by_its_words(heading: str, name: str) -> None:
    assert meaning(heading) == name


@pytest.mark.parametrize("heading", NOT_ASKED_FOR.split("; "))
def test_a_heading_nobody_asked_for_is_taken_for_nothing(heading: str) -> None:
    assert meaning(heading) is None


@pytest.mark.parametrize(
    ("fields", "heading", "name"),
    [
        (REGISTER, "Session no.", "session"),
        (REGISTER, "Session date", None),
        (REGISTER, "Attended?", "status"),
        (REGISTER, "Reason for absence", "reason"),
        (LOG, "Exercise name", "exercise"),
        (LOG, "Reps done", "reps"),
        (LOG, "Time (seconds)", "seconds"),
        (LOG, "Effort (0-10)", "effort"),
        (LOG, "Effort (Borg 6-20)", None),
        (LOG, "Pain on arrival", None),
        (LOG, "Next level", None),
        (MEASURES, "Time point", "timepoint"),
        (MEASURES, "Questionnaire", "instrument"),
        (MEASURES, "Date completed", "taken_on"),
        (MEASURES, "Birth date", None),
        (MEASURES, "Responses", "answers"),
        (MEASURES, "Reason missing", "missing_reason"),
        (MEASURES, "How completed", "mode"),
    ],
)
def test_a_heading_of_another_list_is_understood_by_its_words(
    fields: tuple[Field, ...], heading: str, name: str | None
) -> None:
    assert meaning(heading, fields) == name


@pytest.mark.parametrize("fields", [PEOPLE, REGISTER, LOG, MEASURES])
def test_every_field_is_known_by_the_name_of_the_contract_however_it_is_spelt(
    fields: tuple[Field, ...],
) -> None:
    for field in fields:
        name = field.name
        for spelt in (name, name.upper(), name.replace("_", " "), f" {name} ", name.replace("_", "-")):
            assert meaning(spelt, fields) == name


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(len(HEADINGS))), st.sampled_from([str.upper, str.lower, str.title]))
def test_headings_stand_in_any_order_and_case(order: list[int], cased: type[str]) -> None:
    shuffled = lines([cased(HEADINGS[i]) for i in order], [IDA[i] for i in order])
    assert read_people(shuffled, TODAY).people == people(IDA).people


def test_columns_nobody_asked_for_are_named_in_their_order() -> None:
    read = people((*IDA, "999", "", "x", ""), headings=(*HEADINGS, "NHS Number", "Postcode", "", ""))
    assert read.columns.ignored == ("NHS Number", "Postcode", "12 (without a heading)")


def test_a_name_of_an_ignored_column_cannot_steer_the_terminal() -> None:
    read = people((*IDA, "x"), headings=(*HEADINGS, "Note\x1b[2J" + "z" * 90))
    (named,) = read.columns.ignored
    assert named.isprintable()
    assert len(named) <= 60


def test_two_columns_that_say_the_same_are_one_fault_that_names_both() -> None:
    (fault,) = faults_of(lambda: people((*IDA, "1956-05-14"), headings=(*HEADINGS, "DOB")))
    assert fault.line == 1
    assert fault.place == "column birth_date"
    assert "4 (birth_date)" in fault.wrong
    assert "10 (DOB)" in fault.wrong


def test_every_column_that_is_missing_is_named() -> None:
    faults = faults_of(lambda: people(("A1", "Ida"), headings=("Ref", "Forename")))
    missing = sorted(fault.place.removeprefix("column ") for fault in faults)
    assert missing == sorted(set(HEADINGS) - {"person", "given_name"})


def test_faults_of_columns_and_of_cells_are_told_together() -> None:
    rows = (ida(birth_date="31/06/1955")[:-1],)
    faults = faults_of(lambda: people(*rows, headings=HEADINGS[:-1]))
    assert [(fault.line, fault.place) for fault in faults] == [
        (1, "column referral_source"),
        (2, "column birth_date"),
    ]


def test_a_fault_names_the_column_as_the_file_heads_it() -> None:
    headings = ("Ref", "Forename", "Surname", "D.O.B.", *HEADINGS[4:])
    (fault,) = faults_of(lambda: people(ida(birth_date="soon"), headings=headings))
    assert fault.place == "column D.O.B."


def test_our_own_id_beside_the_reference_is_passed_over() -> None:
    read = people((*IDA, "P123"), headings=(*HEADINGS, "person_id"))
    assert only(read).person == "A1"
    assert read.columns.ignored == ("person_id",)


def test_no_two_fields_answer_to_one_name() -> None:
    for fields in (PEOPLE, REGISTER, LOG, MEASURES):
        for one, other in itertools.permutations(fields, 2):
            assert field_of(one.name, (other, one)) is one
