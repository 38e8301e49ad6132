"""A referral list taken into a cohort: whole or not at all; the same again, or a blank, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escape_tui.known_people import KnownPerson, known_people
from escape_tui.store.acts.erasing import erase_person
from escape_tui.store.acts.leaving import withdraw_data
from escape_tui.store.acts.people import (
    ConsentEntry,
    PersonEntry,
    accept_person,
    edit_person,
    enrol,
    record_consent,
)
from escape_tui.store.acts.signoff import record_signoff
from escape_tui.store.acts.undoing import undo
from escape_tui.store.audit import entries, head, verify_chain
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import identities, people
from escape_tui.taking_in import FieldChange, TakenIn, TakenPerson, same_person, take_in
from sessions.errors import Refused
from sessions.faults import FaultyFiles
from tests.store.making import START, make, signed
from tests.unit.lists import DATA, HEADINGS, IDA, ida, lines

EVERY_COLUMN = (
    *HEADINGS,
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
FULL = (*IDA, "yes", "yes", "no", "yes", "07700 900123", "Bo", "07700 900456", "Welsh", "BSL", "loop", "no")
SOUND = ("referrals-plain.csv", "referrals-msk-triage.csv", "referrals-leisure-booking.csv")


def taken(cohort: Cohort, data: bytes, *, dry_run: bool = False) -> TakenIn:
    return take_in(cohort, data, "people.csv", START, dry_run=dry_run)


def rows(
    cohort: Cohort,
    *rows: Iterable[str],
    headings: Iterable[str] = HEADINGS,
    dry_run: bool = False,
) -> TakenIn:
    return taken(cohort, lines(headings, *rows), dry_run=dry_run)


def the_only(found: TakenIn) -> TakenPerson:
    (person,) = found.people
    return person


def full(**changed: str) -> tuple[str, ...]:
    """Ida's row with every column, some cells written otherwise."""
    return tuple(changed.get(name, cell) for name, cell in zip(EVERY_COLUMN, FULL, strict=True))


def everything(cohort: Cohort) -> tuple[object, ...]:
    return (head(cohort.connection), known_people(cohort))


def only_known(cohort: Cohort) -> KnownPerson:
    (person,) = known_people(cohort)
    return person


@pytest.mark.parametrize(("name", "count"), list(zip(SOUND, (6, 8, 4), strict=True)))
def test_a_list_is_taken_in_once_and_the_same_again_changes_nothing(
    cohort: Cohort, name: str, count: int
) -> None:
    data = (DATA / name).read_bytes()
    first = taken(cohort, data)
    assert [person.outcome for person in first.people] == ["enrolled"] * count
    assert len(people(cohort)) == count
    before = everything(cohort)
    again = taken(cohort, data)
    assert [person.outcome for person in again.people] == ["unchanged"] * count
    assert [person.person for person in again.people] == [person.person for person in first.people]
    assert everything(cohort) == before


def test_each_person_is_one_entry_of_a_sound_trail(cohort: Cohort) -> None:
    before = len(entries(cohort.connection))
    taken(cohort, (DATA / SOUND[0]).read_bytes())
    assert [entry.act for entry in entries(cohort.connection)[before:]] == ["enrol"] * 6
    assert verify_chain(cohort.connection).sound


def test_a_faulty_list_changes_nothing(cohort: Cohort) -> None:
    before = everything(cohort)
    with pytest.raises(FaultyFiles) as refused:
        taken(cohort, (DATA / "referrals-refused.csv").read_bytes())
    assert len(refused.value.faults) == 5
    assert everything(cohort) == before


def test_a_row_refused_at_the_end_takes_the_rows_before_it_along(cohort: Cohort) -> None:
    before = everything(cohort)
    with pytest.raises(Refused):
        # The reader lets it pass; the clock of the cohort says that this birth is still to come.
        take_in(
            cohort,
            lines(HEADINGS, IDA, ida(person="A2", birth_date="2026-10-07")),
            "people.csv",
            START + timedelta(days=9),
        )
    assert everything(cohort) == before


@pytest.mark.parametrize("name", SOUND)
def test_a_dry_run_says_what_would_be_and_changes_nothing(cohort: Cohort, name: str) -> None:
    data = (DATA / name).read_bytes()
    before = everything(cohort)
    would = taken(cohort, data, dry_run=True)
    assert everything(cohort) == before
    did = taken(cohort, data)
    assert would == replace(did, people=tuple(replace(one, person=None) for one in did.people))


def test_a_dry_run_names_each_change_and_keeps_none(cohort: Cohort) -> None:
    rows(cohort, IDA)
    before = everything(cohort)
    person = the_only(rows(cohort, ida(pain_months="41", given_name="Ida May"), dry_run=True))
    assert person.outcome == "changed"
    assert person.changes == (
        FieldChange("given_name", "Ida", "Ida May"),
        FieldChange("pain_months", "40", "41"),
    )
    assert everything(cohort) == before


def test_every_column_arrives_and_needs_keep_their_own_words(cohort: Cohort) -> None:
    rows(cohort, FULL, headings=EVERY_COLUMN)
    known = only_known(cohort)
    entry, contact = known.entry(), known.contact
    assert (entry.reference, entry.given_name, entry.family_name) == ("A1", "Ida", "Marsh")
    assert (entry.sex, entry.pain_site, entry.side, entry.pain_months) == ("female", "knee", "both", 40)
    assert (entry.referral_source, entry.needs_close_support) == ("gp", True)
    assert contact is not None
    assert (contact.phone, contact.emergency_contact) == ("07700 900123", "Bo")
    assert (contact.emergency_phone, contact.language) == ("07700 900456", "Welsh")
    assert (contact.interpreter, contact.hearing_support, contact.sight_support) == ("BSL", "loop", "no")


def test_consents_come_from_the_list_and_say_so(cohort: Cohort) -> None:
    rows(cohort, FULL, headings=EVERY_COLUMN)
    given = {one.kind: (one.given, one.how, one.on_date) for one in only_known(cohort).consents}
    assert given == {
        "programme": (True, "list", START),
        "sharing": (False, "list", START),
        "contact": (True, "list", START),
    }


def test_a_blank_never_overwrites(cohort: Cohort) -> None:
    rows(cohort, FULL, headings=EVERY_COLUMN)
    before = everything(cohort)
    blank = (*IDA[:4], *[""] * (len(EVERY_COLUMN) - 4))
    assert the_only(rows(cohort, blank, headings=EVERY_COLUMN)).outcome == "unchanged"
    assert everything(cohort) == before


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("given_name", "Idabel"),
        ("birth_date", "1956-05-15"),
        ("sex", "other"),
        ("pain_site", "hip"),
        ("side", "left"),
        ("pain_months", "2"),
        ("referral_source", "self"),
        ("needs_close_support", "no"),
        ("phone", "07700 900999"),
        ("interpreter", "no"),
        ("sight_support", "large print"),
    ],
)
def test_a_changed_cell_updates_only_that(cohort: Cohort, column: str, cell: str) -> None:
    rows(cohort, FULL, headings=EVERY_COLUMN)
    before = only_known(cohort).entry()
    person = the_only(rows(cohort, full(**{column: cell}), headings=EVERY_COLUMN))
    after = only_known(cohort).entry()
    assert [change.field for change in person.changes] == [column]
    assert after != before
    assert replace(after, **{column: getattr(before, column)}) == before


def test_a_person_is_known_by_their_reference_whatever_its_case_and_it_stays_as_it_was(
    cohort: Cohort,
) -> None:
    rows(cohort, ida(person="mt-1"))
    assert the_only(rows(cohort, ida(person="MT-1", pain_months="50"))).outcome == "changed"
    assert only_known(cohort).entry().reference == "mt-1"


def test_somebody_new_who_may_be_there_already_is_told_and_not_merged(cohort: Cohort) -> None:
    rows(cohort, IDA)
    found = rows(cohort, ida(person="B7", given_name="MARSH", family_name="ída"))
    (pair,) = found.may_be
    assert (pair.line, pair.reference, pair.known_as) == (2, "B7", "A1")
    assert len(people(cohort)) == 2
    assert not rows(cohort, ida(person="B7", given_name="MARSH", family_name="ída")).may_be


def test_two_people_of_one_name_are_told_apart_by_their_birth_dates(cohort: Cohort) -> None:
    found = taken(cohort, (DATA / "referrals-msk-triage.csv").read_bytes())
    assert not found.doubtful
    assert not found.may_be


def test_a_list_of_another_place_with_the_same_references_writes_over_nobody(cohort: Cohort) -> None:
    rows(cohort, IDA)
    before = everything(cohort)
    with pytest.raises(FaultyFiles) as refused:
        rows(cohort, ida(given_name="Olu", family_name="Ojo", birth_date="1949-01-01"))
    (fault,) = refused.value.faults
    assert (fault.line, fault.place) == (2, "column person")
    assert not {word for word in ("Olu", "Ojo", "1949", "Ida", "Marsh") if word in fault.sentence()}
    assert everything(cohort) == before


def test_a_corrected_name_or_birth_date_is_the_same_person(cohort: Cohort) -> None:
    rows(cohort, IDA)
    assert the_only(rows(cohort, ida(family_name="Reed"))).outcome == "changed"
    assert the_only(rows(cohort, ida(family_name="Reed", birth_date="1956-05-15"))).outcome == "changed"
    assert len(people(cohort)) == 1


def test_who_does_not_meet_the_criteria_is_enrolled_with_that_as_a_gap(cohort: Cohort) -> None:
    person = the_only(rows(cohort, ida(birth_date="1996-05-14")))
    assert person.judgement.verdict == "no"
    assert "age" in [gap.rule for gap in person.judgement.gaps if gap.outcome == "not_met"]
    judged = only_known(cohort).eligibility
    assert judged is not None
    assert judged.verdict == "no"


def test_who_cannot_be_judged_yet_is_enrolled_with_that_as_a_gap(cohort: Cohort) -> None:
    person = the_only(rows(cohort, ida(pain_months="")))
    assert person.judgement.verdict == "not_judged"
    assert "pain_duration" in [gap.rule for gap in person.judgement.gaps]
    judged = only_known(cohort).eligibility
    assert judged is not None
    assert judged.eligible == "not_judged"


def test_a_correction_is_judged_anew_and_an_acceptance_stays(cohort: Cohort) -> None:
    found = the_only(rows(cohort, ida(birth_date="1996-05-14")))
    assert found.person is not None
    accept_person(cohort, found.person, "Early arthritis, seen by the surgeon.", START)
    person = the_only(rows(cohort, IDA))
    assert person.accepted
    judged = only_known(cohort).eligibility
    assert judged is not None
    assert (judged.verdict, judged.eligible) == ("not_judged", "accepted")


def test_what_a_person_said_here_stands_against_the_list(cohort: Cohort) -> None:
    found = the_only(rows(cohort, FULL, headings=EVERY_COLUMN))
    assert found.person is not None
    record_consent(cohort, found.person, ConsentEntry("contact", False, START, "spoken"))
    withdraw_data(cohort, found.person, START)
    again = tuple(
        "yes" if name == "consent_sharing" else cell for name, cell in zip(EVERY_COLUMN, FULL, strict=True)
    )
    person = the_only(rows(cohort, again, headings=EVERY_COLUMN))
    assert (person.outcome, person.consents_kept) == ("unchanged", ("sharing", "contact"))
    assert [one.given for one in only_known(cohort).consents if one.kind != "programme"] == [False, False]


def test_a_newer_list_changes_what_an_older_one_said_of_a_consent(cohort: Cohort) -> None:
    rows(cohort, (*IDA, "no"), headings=(*HEADINGS, "consent_sharing"))
    person = the_only(rows(cohort, (*IDA, "yes"), headings=(*HEADINGS, "consent_sharing")))
    assert person.changes == (FieldChange("consent_sharing", "no", "yes"),)


def test_a_signed_cohort_refuses_a_list_even_one_that_says_nothing_new(cohort: Cohort) -> None:
    rows(cohort, IDA)
    record_signoff(cohort, signed(cohort))
    before = everything(cohort)
    for row, dry_run in ((IDA, False), (ida(person="A2"), False), (IDA, True)):
        with pytest.raises(Refused, match="signed"):
            rows(cohort, row, dry_run=dry_run)
    assert everything(cohort) == before


def test_an_erased_person_is_nobody_that_a_list_can_name(cohort: Cohort) -> None:
    found = the_only(rows(cohort, IDA))
    assert found.person is not None
    erase_person(cohort, found.person, START)
    assert the_only(rows(cohort, IDA)).outcome == "enrolled"
    assert [known.identity is None for known in known_people(cohort)] == [True, False]


def test_one_undo_takes_a_whole_list_back(cohort: Cohort) -> None:
    before = known_people(cohort)
    taken(cohort, (DATA / SOUND[0]).read_bytes())
    undo(cohort)
    assert known_people(cohort) == before == ()


def test_someone_entered_by_hand_without_a_reference_is_told_of(cohort: Cohort) -> None:
    rows(cohort, IDA)
    known = only_known(cohort)
    edit_person(cohort, known.id, PersonEntry(), clear=["reference"])
    (pair,) = rows(cohort, ida(person="A9")).may_be
    assert (pair.person, pair.known_as) == (known.id, None)


def test_the_same_person_is_found_however_the_name_is_spelt(cohort: Cohort) -> None:
    rows(cohort, IDA)
    born = only_known(cohort).entry().birth_date
    assert born is not None
    assert len(same_person(cohort, "ÍDA", "marsh", born)) == 1
    assert not same_person(cohort, "Ida", "Marsh", born + timedelta(days=1))


def test_someone_without_a_birth_date_is_put_right_by_their_reference(cohort: Cohort) -> None:
    enrol(cohort, PersonEntry(reference="A1", given_name="Ida"))
    assert the_only(rows(cohort, IDA)).outcome == "changed"
    assert only_known(cohort).entry().family_name == "Marsh"


@pytest.mark.parametrize("hostile", ["Ann [/b] x", "[red]Ann", "=1+1", "O'Rourke", "Ll\u0175yd", "{0}%s"])
def test_a_hostile_name_arrives_exactly_as_the_list_has_it(cohort: Cohort, hostile: str) -> None:
    rows(cohort, ida(given_name=hostile, family_name=hostile))
    (identity,) = identities(cohort)
    assert (identity.given_name, identity.family_name) == (hostile, hostile)


VISIBLE = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp"), exclude_characters='"')


@given(names=st.lists(st.text(VISIBLE, min_size=1, max_size=30), min_size=1, max_size=20))
@settings(max_examples=15, deadline=None)
def test_any_name_arrives_exactly_as_the_list_has_it(names: list[str]) -> None:
    listed = [ida(person=f"A{n}", given_name=f'"{name}"') for n, name in enumerate(names)]
    with TemporaryDirectory() as folder, make(Path(folder) / "K26-1.db", None) as cohort:
        rows(cohort, *listed)
        assert [identity.given_name for identity in identities(cohort)] == names
