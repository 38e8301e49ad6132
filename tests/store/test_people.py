"""Taking people in, putting their entries right, consents, eligibility, leaving and moving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from escape_tui.store.acts.attendance import mark_attendance
from escape_tui.store.acts.leaving import (
    move_person,
    moving_person,
    return_person,
    take_over,
    withdraw_data,
    withdraw_person,
)
from escape_tui.store.acts.people import (
    ConsentEntry,
    EligibilityEntry,
    PersonEntry,
    accept_person,
    correct_index,
    edit_person,
    enrol,
    fix_index,
    judge_eligibility,
    record_consent,
)
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import (
    consents,
    contact_of,
    eligibility,
    eligibility_answers,
    find_person,
    identities,
    identity_of,
    people,
    person_of,
)
from sessions.errors import Refused
from sessions.records import AttendanceRow
from tests.store.making import START, Clock, make, said_nothing, someone


def test_a_person_is_on_the_register_with_identity_and_contact_apart(cohort: Cohort, person: str) -> None:
    (kept,) = people(cohort)
    assert (kept.id, kept.number, kept.age_band, kept.pain_months) == (person, 1, "65-69", 30)
    identity, contact = identity_of(cohort, person), contact_of(cohort, person)
    assert identity is not None
    assert (identity.family_name, identity.birth_date) == ("Quastenfloss", date(1957, 3, 14))
    assert contact is not None
    assert contact.phone == "07700900123"


def test_an_id_is_random_and_says_nothing_of_the_person(cohort: Cohort) -> None:
    ids = {someone(cohort, f"R{n}") for n in range(20)}
    assert len(ids) == 20
    assert all(len(one) == 11 and one.startswith("P") for one in ids)


def test_a_person_is_found_by_id_and_by_reference(cohort: Cohort, person: str) -> None:
    assert {find_person(cohort, named) for named in ("R1", "r1", person)} == {person}
    with pytest.raises(Refused, match="no such person"):
        find_person(cohort, "R2")


def test_a_reference_belongs_to_one_person_of_the_cohort(cohort: Cohort, person: str) -> None:
    for spelt in ("R1", "r1"):
        with pytest.raises(Refused, match="reference"):
            someone(cohort, spelt)
    assert len(people(cohort)) == 1


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (PersonEntry(reference="R9"), "needs a name"),
        (PersonEntry(family_name="A", birth_date=START + timedelta(days=1)), "birth date"),
        (PersonEntry(family_name="A", birth_date=date(1857, 1, 1)), "birth date"),
        (PersonEntry(family_name="A\x1b[2J"), "cannot be shown"),
        (PersonEntry(family_name="A\ud800"), "cannot be shown"),
        (PersonEntry(family_name="A", phone="\n"), "empty"),
        (PersonEntry(family_name="A", pain_months=2**70), "rule of the record"),
        (PersonEntry(family_name="A", joined_at_session=13), "rule of the record"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nobody_behind(
    cohort: Cohort, entry: PersonEntry, wrong: str
) -> None:
    with pytest.raises(Refused, match=wrong):
        enrol(cohort, entry)
    assert people(cohort) == ()


def test_a_refusal_never_repeats_what_was_typed(cohort: Cohort) -> None:
    with pytest.raises(Refused) as refused:
        enrol(cohort, PersonEntry(family_name="Quastenfloss\x07"))
    assert "Quastenfloss" not in str(refused.value)


def test_text_stays_exactly_as_typed(cohort: Cohort) -> None:
    person = someone(cohort, given_name="  Ann [/b] \N{LATIN SMALL LETTER W WITH CIRCUMFLEX}'=1+1 ")
    identity = identity_of(cohort, person)
    assert identity is not None
    assert identity.given_name == "  Ann [/b] \N{LATIN SMALL LETTER W WITH CIRCUMFLEX}'=1+1 "


def test_editing_changes_what_is_said_and_nothing_else(cohort: Cohort, person: str) -> None:
    before = person_of(cohort, person)
    edit_person(cohort, person, PersonEntry(birth_date=date(1950, 1, 1), language="Welsh"))
    assert person_of(cohort, person) == replace(before, age_band="75-79")
    contact = contact_of(cohort, person)
    assert contact is not None
    assert (contact.language, contact.phone) == ("Welsh", "07700900123")


def test_clearing_makes_an_entry_unknown(cohort: Cohort, person: str) -> None:
    edit_person(cohort, person, PersonEntry(), clear=["phone", "birth_date", "side"])
    contact, identity = contact_of(cohort, person), identity_of(cohort, person)
    assert contact is not None
    assert identity is not None
    kept = person_of(cohort, person)
    assert (contact.phone, identity.birth_date, kept.side, kept.age_band) == (None, None, None, None)


def test_editing_to_what_is_so_already_leaves_no_trace(cohort: Cohort, person: str) -> None:
    assert said_nothing(edit_person(cohort, person, PersonEntry(phone="07700900123")))


def test_consents_are_kept_with_state_date_and_how(cohort: Cohort, person: str) -> None:
    record_consent(cohort, person, ConsentEntry("sharing", True, START, "written"))
    record_consent(cohort, person, ConsentEntry("sharing", False, START + timedelta(days=3), "spoken"))
    (consent,) = consents(cohort, person)
    assert (consent.given, consent.on_date, consent.how) == (False, START + timedelta(days=3), "spoken")


def test_who_is_not_taken_by_the_rules_can_be_accepted_with_a_reason(cohort: Cohort, person: str) -> None:
    judge_eligibility(cohort, person, EligibilityEntry("no", {"walks": "no", "fit": "yes"}))
    judge_eligibility(cohort, person, EligibilityEntry("no", {"walks": "no"}))
    accept_person(cohort, person, "Walks with a frame, safely.", START)
    (judged,) = eligibility(cohort)
    assert (judged.verdict, judged.eligible, judged.accepted_reason) == (
        "no",
        "accepted",
        "Walks with a frame, safely.",
    )
    assert [answer.question for answer in eligibility_answers(cohort, person)] == ["walks"]


def test_who_meets_the_rules_needs_no_acceptance(cohort: Cohort, person: str) -> None:
    judge_eligibility(cohort, person, EligibilityEntry("yes", {}))
    with pytest.raises(Refused, match="meets the rules"):
        accept_person(cohort, person, "why not", START)


def test_the_index_joint_is_fixed_once_and_corrected_only_with_a_reason(cohort: Cohort, person: str) -> None:
    fix_index(cohort, person, "knee", "left")
    assert said_nothing(fix_index(cohort, person, "knee", "left"))
    with pytest.raises(Refused, match="fixed"):
        fix_index(cohort, person, "knee", "right")
    correct_index(cohort, person, "knee", "right", "a slip at baseline")
    assert person_of(cohort, person).index_side == "right"


def test_leaving_keeps_the_record_and_names_the_last_session_held(cohort: Cohort, person: str) -> None:
    mark_attendance(cohort, AttendanceRow(person, 2, "present"))
    withdraw_person(cohort, person, "work", START + timedelta(days=9))
    kept = person_of(cohort, person)
    assert (kept.withdrawal_reason, kept.withdrawn_after_session, kept.data_withdrawn_on) == ("work", 2, None)
    return_person(cohort, person)
    assert person_of(cohort, person).withdrawn_on is None


def test_withdrawn_data_are_shared_no_more_and_never_again(cohort: Cohort, person: str) -> None:
    record_consent(cohort, person, ConsentEntry("sharing", True, START))
    withdraw_data(cohort, person, START)
    (consent,) = consents(cohort, person)
    assert not consent.given
    assert person_of(cohort, person).withdrawn_on is None
    with pytest.raises(Refused, match="withdrawn their data"):
        record_consent(cohort, person, ConsentEntry("sharing", True, START))


def test_moving_takes_identity_along_and_begins_anew(
    cohort: Cohort, person: str, tmp_path: Path, key: bytes | None, clock: Clock
) -> None:
    fix_index(cohort, person, "knee", "left")
    with make(tmp_path / "B.db", key, clock) as other:
        (there,) = take_over(other, moving_person(cohort, person)).people
        move_person(cohort, person, "B26-1", START)
        arrived = person_of(other, there)
        assert [one.family_name for one in identities(other)] == ["Quastenfloss"]
        assert (arrived.came_from, arrived.index_joint, arrived.pain_site) == ("K26-1", None, None)
        assert there != person
    left = person_of(cohort, person)
    assert (left.went_to, left.withdrawal_reason, left.index_joint) == ("B26-1", "transferred", "knee")
