"""Taking a people list into a cohort, whole or not at all: who is new, and what changes for whom is there.

Not for: reading the list (`store.imports.people`), or telling it to people (`cli`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, NoReturn

from escape_tui.judging import first_judgement, judge_again, judgement_of
from escape_tui.known_people import KnownPerson, known_people
from escape_tui.store.acts.people import (
    ConsentEntry,
    EligibilityEntry,
    PersonEntry,
    edit_person,
    enrol,
    record_consent,
)
from escape_tui.store.cohort import Cohort
from escape_tui.store.imports.people import (
    Doubtful,
    ListedPerson,
    PeopleList,
    name_key,
    read_people,
    reference_key,
)
from escape_tui.store.read import (
    cohort_head,
    cohort_pack,
    identities,
)
from sessions.eligibility import Judgement, YesNo
from sessions.faults import Fault, FaultyFiles
from sessions.pack import Pack
from sessions.records import CohortHead, ConsentKind, Identity

Outcome = Literal["enrolled", "changed", "unchanged"]
_JUDGED_BY = frozenset({"birth_date", "pain_site", "pain_months"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that a list says otherwise, by the contract's name for it; `old` is None where unknown."""

    field: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class TakenPerson:
    """What a row of the list came to. `person` is None for who would be enrolled and was not.

    `consents_kept` names the consents that the person gave or refused here, which no list overrules.
    """

    line: int
    reference: str
    given_name: str
    family_name: str
    person: str | None
    outcome: Outcome
    changes: tuple[FieldChange, ...]
    consents_kept: tuple[ConsentKind, ...]
    judgement: Judgement
    accepted: bool


@dataclass(frozen=True, slots=True)
class MayBe:
    """A new row that may be somebody of the cohort: same names and birth date, another reference."""

    line: int
    reference: str
    person: str
    known_as: str | None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a list came to: its people in its order, and pairs to look at, within it and with the cohort."""

    people: tuple[TakenPerson, ...]
    doubtful: tuple[Doubtful, ...]
    may_be: tuple[MayBe, ...]
    ignored_columns: tuple[str, ...]
    remarks: tuple[str, ...]

    def count(self, outcome: Outcome) -> int:
        """How many people the list came to this for."""
        return sum(person.outcome == outcome for person in self.people)


class _OnlyTried(Exception):
    """Ends a batch of which nothing is to be kept."""


def take_in(cohort: Cohort, data: bytes, file: str, today: date, *, dry_run: bool = False) -> TakenIn:
    """Take the people list `data` into the cohort, `file` being its name in faults.

    Whom the list's reference names, in capitals or not, is put right: a blank says nothing, and a consent
    that the person gave or refused here stands. Everyone else is enrolled, whatever the rules say of them.
    With `dry_run` the same is done and then undone, so that it is refused wherever the import would be.
    Raises `FaultyFiles` with every fault, and as the acts do; nothing is changed then.
    """
    listed = read_people(data, today, file)
    there = known_people(cohort)
    present = {reference_key(one.identity.reference or one.id): one for one in there if one.identity}
    _refuse_strangers(listed, present, file)
    taking = _Taking(cohort, cohort_pack(cohort), cohort_head(cohort), today)
    taken: list[TakenPerson] = []
    with contextlib.suppress(_OnlyTried), cohort.batch():
        for row in listed.people:
            known = present.get(reference_key(row.person))
            taken.append(taking.enrol(row) if known is None else taking.put_right(row, known))
        if dry_run:
            _undo_all()
    return TakenIn(
        people=tuple(_without_new_ids(taken) if dry_run else taken),
        doubtful=listed.doubtful,
        may_be=tuple(_may_be(listed.people, present)),
        ignored_columns=listed.columns.ignored,
        remarks=listed.remarks,
    )


@dataclass(frozen=True, slots=True)
class _Taking:
    """The hand that takes one row after the other."""

    cohort: Cohort
    pack: Pack
    head: CohortHead
    today: date

    def enrol(self, row: ListedPerson) -> TakenPerson:
        entry = replace(_said(row), reference=row.person)
        judgement = first_judgement(self.pack, self.head.start_date, entry, {})
        changed = enrol(
            self.cohort,
            entry,
            consents=[self._consent(kind, given) for kind, given in _consents_said(row)],
            eligibility=EligibilityEntry(judgement.verdict, {}),
        )
        return _taken(row, changed.people[0], "enrolled", judgement)

    def put_right(self, row: ListedPerson, known: KnownPerson) -> TakenPerson:
        said = _said(row)
        changes = list(_differences(known.entry(), said))
        edit_person(self.cohort, known.id, said)
        kept: list[ConsentKind] = []
        for kind, given in _consents_said(row):
            before = known.consent(kind)
            if before is not None and before.given == (given == "yes"):
                continue
            if before is not None and before.how != "list":
                kept.append(kind)
                continue
            record_consent(self.cohort, known.id, self._consent(kind, given))
            changes.append(FieldChange(f"consent_{kind}", _yes_no(before.given if before else None), given))
        return replace(
            _taken(
                row,
                known.id,
                "changed" if changes else "unchanged",
                self._judged(known, {change.field for change in changes}),
            ),
            changes=tuple(changes),
            consents_kept=tuple(kept),
            accepted=known.eligibility is not None and known.eligibility.accepted_on is not None,
        )

    def _judged(self, known: KnownPerson, changed: set[str]) -> Judgement:
        if known.eligibility is None or changed & _JUDGED_BY:
            return judge_again(self.cohort, self.pack, known.id)
        return judgement_of(self.cohort, self.pack, known.id)

    def _consent(self, kind: ConsentKind, given: YesNo) -> ConsentEntry:
        return ConsentEntry(kind, given == "yes", self.today, "list")


def same_person(cohort: Cohort, given_name: str, family_name: str, birth_date: date) -> tuple[Identity, ...]:
    """Those of the cohort who have these names, however spelt, and this birth date."""
    key = (name_key(given_name, family_name), birth_date)
    return tuple(one for one in identities(cohort) if _who(one) == key)


def _undo_all() -> NoReturn:
    raise _OnlyTried


def _without_new_ids(taken: Iterable[TakenPerson]) -> Iterator[TakenPerson]:
    for one in taken:
        yield replace(one, person=None) if one.outcome == "enrolled" else one


def _refuse_strangers(listed: PeopleList, present: dict[str, KnownPerson], file: str) -> None:
    """A list of another place may use the same references: it must not write over other people."""
    faults = tuple(
        Fault(
            file,
            listed.columns.place("person"),
            "the cohort has this reference for another person: names and birth date both differ.",
            "Correct the reference; if it is the same person, put one of the two right by hand first.",
            row.line,
        )
        for row in listed.people
        if (known := present.get(reference_key(row.person))) is not None and _is_another(known, row)
    )
    if faults:
        raise FaultyFiles(file, faults)


def _may_be(rows: Iterable[ListedPerson], present: dict[str, KnownPerson]) -> Iterator[MayBe]:
    there = {_who(one.identity): one.identity for one in present.values() if one.identity}
    for row in rows:
        found = there.get((name_key(row.given_name, row.family_name), row.birth_date))
        if found is not None and reference_key(row.person) not in present:
            yield MayBe(row.line, row.person, found.person, found.reference)


def _is_another(known: KnownPerson, row: ListedPerson) -> bool:
    """Whether names and birth date both tell that the row is about somebody else."""
    if known.identity is None or known.identity.birth_date in {None, row.birth_date}:
        return False
    return name_key(known.identity.given_name, known.identity.family_name) != name_key(
        row.given_name, row.family_name
    )


def _who(identity: Identity) -> tuple[tuple[str, ...], date | None]:
    return name_key(identity.given_name, identity.family_name), identity.birth_date


def _said(row: ListedPerson) -> PersonEntry:
    """What a row says of a person. The reference is left as it is spelt in the cohort."""
    close = row.needs_close_support
    return PersonEntry(
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        sex=row.sex,
        pain_site=row.pain_site,
        side=row.side,
        pain_months=row.pain_months,
        referral_source=row.referral_source,
        needs_close_support=None if close is None else close == "yes",
        phone=row.phone,
        emergency_contact=row.emergency_contact,
        emergency_phone=row.emergency_phone,
        language=row.language,
        interpreter=row.interpreter,
        hearing_support=row.hearing_support,
        sight_support=row.sight_support,
    )


def _consents_said(row: ListedPerson) -> Iterator[tuple[ConsentKind, YesNo]]:
    if row.consent_programme is not None:
        yield "programme", row.consent_programme
    if row.consent_sharing is not None:
        yield "sharing", row.consent_sharing
    if row.consent_contact is not None:
        yield "contact", row.consent_contact


def _differences(kept: PersonEntry, said: PersonEntry) -> Iterator[FieldChange]:
    for field in fields(PersonEntry):
        old, new = getattr(kept, field.name), getattr(said, field.name)
        if new is not None and new != old:
            yield FieldChange(field.name, _told(old), str(_told(new)))


def _told(value: str | int | date | None) -> str | None:
    return _yes_no(value) if value is None or isinstance(value, bool) else str(value)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _taken(row: ListedPerson, person: str, outcome: Outcome, judgement: Judgement) -> TakenPerson:
    return TakenPerson(
        line=row.line,
        reference=row.person,
        given_name=row.given_name,
        family_name=row.family_name,
        person=person,
        outcome=outcome,
        changes=(),
        consents_kept=(),
        judgement=judgement,
        accepted=False,
    )
