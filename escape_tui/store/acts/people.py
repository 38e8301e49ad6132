"""Taking people into a cohort, putting their entries right, their consents, and whom the rules fit.

Not for: judging eligibility (`sessions.eligibility`), leaving (`leaving`) or erasing (`erasing`).
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final, Literal

from escape_tui.store.act import Act, Changed
from escape_tui.store.acts.checks import (
    LONGEST_REASON,
    code,
    day,
    known_person,
    the_person,
    typed,
    typed_or_empty,
)
from escape_tui.store.cohort import Cohort
from escape_tui.store.connect import Value, text, whole
from escape_tui.store.masks import KEY_BYTES
from sessions.ages import age_band, age_on
from sessions.errors import Refused
from sessions.records import (
    ConsentHow,
    ConsentKind,
    Joint,
    ReferralSource,
    Sex,
    Side,
    Verdict,
)
from sessions.rules import PainSite
from sessions.text import is_code

_ID_CHARACTERS: Final = 10
_OLDEST: Final = 120

Clearable = Literal[
    "birth_date",
    "pain_site",
    "side",
    "pain_months",
    "referral_source",
    "needs_close_support",
    "reference",
    "phone",
    "emergency_contact",
    "emergency_phone",
    "language",
    "interpreter",
    "hearing_support",
    "sight_support",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """What is entered of a person. None says nothing: on enrolling it is unknown, on editing it stays.

    `joined_at_session` is the first session offered; on enrolling, None is the first of all.
    """

    reference: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    pain_site: PainSite | None = None
    side: Side | None = None
    pain_months: int | None = None
    referral_source: ReferralSource | None = None
    needs_close_support: bool | None = None
    phone: str | None = None
    emergency_contact: str | None = None
    emergency_phone: str | None = None
    language: str | None = None
    interpreter: str | None = None
    hearing_support: str | None = None
    sight_support: str | None = None
    joined_at_session: int | None = None


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """A consent that was given or refused."""

    kind: ConsentKind
    given: bool
    on: date
    how: ConsentHow = "not_stated"


@dataclass(frozen=True, slots=True)
class EligibilityEntry:
    """What the pack's rules say of a person, and the answers that it rests on, by question."""

    verdict: Verdict
    answers: Mapping[str, str]


_IDENTITY: Final = ("reference", "given_name", "family_name", "birth_date")
_CONTACT: Final = (
    "phone",
    "emergency_contact",
    "emergency_phone",
    "language",
    "interpreter",
    "hearing_support",
    "sight_support",
)
_CLINICAL: Final = (
    "sex",
    "pain_site",
    "side",
    "pain_months",
    "referral_source",
    "needs_close_support",
    "joined_at_session",
)


def enrol(
    cohort: Cohort,
    entry: PersonEntry,
    *,
    consents: Collection[ConsentEntry] = (),
    eligibility: EligibilityEntry | None = None,
    came_from: str | None = None,
) -> Changed:
    """Take a person into the cohort; the one id in `people` is new, random and stays for good.

    `came_from` is the code of the cohort they moved from. `Refused` without any name, for a reference that
    another person of the cohort has, and for a birth date in the future or over 120 years ago.
    """
    with cohort.act("enrol") as act:
        if came_from is not None and not is_code(came_from):
            raise Refused(
                "This cannot be the code of a cohort.", "Give the code of the cohort they came from."
            )
        if not (entry.given_name or entry.family_name):
            raise Refused("A person needs a name.", "Enter the given name, the family name, or both.")
        person = "P" + base64.b32encode(cohort.actor.random_bytes(7)).decode()[:_ID_CHARACTERS]
        act.put(
            "person",
            id=person,
            number=_next_number(act),
            came_from=came_from,
            age_band=_age_band(act, entry.birth_date),
            audit_key=cohort.actor.random_bytes(KEY_BYTES),
            **{"sex": "not_stated", **_given(entry, _CLINICAL)},
        )
        act.put(
            "identity",
            person=person,
            **{"given_name": "", "family_name": "", **_identity(cohort, act, entry)},
        )
        _put_contact(act, person, entry)
        for consent in consents:
            _put_consent(act, person, consent)
        if eligibility is not None:
            _put_eligibility(act, person, eligibility)
    return act.changed


def edit_person(
    cohort: Cohort, person: str, entry: PersonEntry, clear: Collection[Clearable] = ()
) -> Changed:
    """Put entries of a person right; what `entry` does not say stays, what `clear` names becomes unknown.

    `Refused` as in `enrol`, and for a person who was erased.
    """
    with cohort.act("edit_person") as act:
        known_person(act, person)
        _put(act, "person", {"id": person}, _given(entry, _CLINICAL) | _cleared(clear, _CLINICAL))
        identity = _identity(cohort, act, entry, person) | _cleared(clear, _IDENTITY)
        _put(act, "identity", {"person": person}, identity)
        _put_contact(act, person, entry, clear)
        if entry.birth_date is not None or "birth_date" in clear:
            act.put("person", id=person, age_band=_age_band(act, entry.birth_date))
    return act.changed


def judge_eligibility(cohort: Cohort, person: str, entry: EligibilityEntry) -> Changed:
    """Record what the rules say of a person now, with the answers; an acceptance stays."""
    with cohort.act("judge_eligibility") as act:
        known_person(act, person)
        _put_eligibility(act, person, entry)
    return act.changed


def accept_person(cohort: Cohort, person: str, reason: str, on: date) -> Changed:
    """Take someone whom the rules do not, for a typed reason."""
    with cohort.act("accept_person") as act:
        known_person(act, person)
        row = act.row("eligibility", person)
        if row is not None and row["verdict"] == "yes":
            raise Refused("This person meets the rules.", "There is nothing to accept.")
        act.put(
            "eligibility",
            person=person,
            verdict=row["verdict"] if row else "not_judged",
            accepted_on=day(on),
            accepted_reason=typed(reason, "reason", LONGEST_REASON),
        )
    return act.changed


def record_consent(cohort: Cohort, person: str, entry: ConsentEntry) -> Changed:
    """Record a consent given or refused; the latest counts, the trail has the earlier ones.

    `Refused` for sharing where the person has withdrawn their data.
    """
    with cohort.act("record_consent") as act:
        row = known_person(act, person)
        if row["data_withdrawn_on"] is not None and entry.kind == "sharing" and entry.given:
            raise Refused(
                "This person has withdrawn their data.", "What was withdrawn cannot be shared again."
            )
        _put_consent(act, person, entry)
    return act.changed


def fix_index(cohort: Cohort, person: str, joint: Joint, side: Side) -> Changed:
    """Fix the joint and side that all measures of a person are about, at baseline.

    `Refused` where another was fixed: change over time is of one joint. `correct_index` mends a slip.
    """
    with cohort.act("fix_index") as act:
        row = the_person(act, person)
        if row["index_joint"] is not None and (row["index_joint"], row["index_side"]) != (joint, side):
            raise Refused(
                "Another joint or side was fixed for this person.",
                "Correct it with a reason where that was a slip.",
            )
        act.put("person", id=person, index_joint=joint, index_side=side)
    return act.changed


def correct_index(cohort: Cohort, person: str, joint: Joint, side: Side, reason: str) -> Changed:
    """Put a wrongly fixed joint or side right, for a typed reason; measures taken keep what they say."""
    with cohort.act("correct_index") as act:
        known_person(act, person)
        act.because(typed(reason, "reason", LONGEST_REASON), person)
        act.put("person", id=person, index_joint=joint, index_side=side)
    return act.changed


def _next_number(act: Act) -> int:
    (row,) = act.rows("SELECT coalesce(max(number), 0) + 1 AS next FROM person")
    return whole(row["next"])


def _identity(cohort: Cohort, act: Act, entry: PersonEntry, person: str | None = None) -> dict[str, Value]:
    if entry.birth_date is not None:
        today = cohort.now().date()
        if entry.birth_date > today or age_on(entry.birth_date, today) > _OLDEST:
            raise Refused("This cannot be a birth date of a person living.", "Check its year.")
    if entry.reference is not None:
        holder = act.rows("SELECT person FROM identity WHERE reference = ?", entry.reference)
        if holder and holder[0]["person"] != person:
            raise Refused(
                "Another person of this cohort has this reference.", "Give each person one of their own."
            )
    return _given(entry, _IDENTITY)


def _put_contact(act: Act, person: str, entry: PersonEntry, clear: Collection[Clearable] = ()) -> None:
    _put(act, "contact", {"person": person}, _given(entry, _CONTACT) | _cleared(clear, _CONTACT))


def _age_band(act: Act, birth_date: date | None) -> str | None:
    # Kept beside the clinical record: a return needs it after the birth date was erased.
    (head,) = act.rows("SELECT start_date FROM cohort")
    start = date.fromisoformat(text(head["start_date"]))
    return None if birth_date is None or birth_date > start else age_band(age_on(birth_date, start))


def _put_consent(act: Act, person: str, entry: ConsentEntry) -> None:
    act.put(
        "consent",
        person=person,
        kind=entry.kind,
        given=int(entry.given),
        on_date=day(entry.on),
        how=entry.how,
    )


def _put_eligibility(act: Act, person: str, entry: EligibilityEntry) -> None:
    act.put("eligibility", person=person, verdict=entry.verdict)
    for kept in act.rows("SELECT question FROM eligibility_answer WHERE person = ?", person):
        if kept["question"] not in entry.answers:
            act.remove("eligibility_answer", person, kept["question"])
    for question, answer in entry.answers.items():
        act.put(
            "eligibility_answer",
            person=person,
            question=code(question, "question"),
            answer=code(answer, "answer"),
        )


def _put(act: Act, table: str, key: dict[str, Value], values: dict[str, Value]) -> None:
    if values:
        act.put(table, **key, **values)


def _given(entry: PersonEntry, names: tuple[str, ...]) -> dict[str, Value]:
    return {
        field.name: _stored(field.name, getattr(entry, field.name))
        for field in fields(entry)
        if field.name in names and getattr(entry, field.name) is not None
    }


def _cleared(clear: Collection[str], names: tuple[str, ...]) -> dict[str, Value]:
    return {name: None for name in names if name in clear}


def _stored(name: str, value: object) -> Value:
    what = name.replace("_", " ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return int(value)
    empty_allowed = name in {"given_name", "family_name"}
    return typed_or_empty(str(value), what) if empty_allowed else typed(str(value), what)
