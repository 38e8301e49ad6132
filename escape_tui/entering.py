"""One person entered, put right or withdrawn by hand: their entries, consents and answers, judged anew.

Not for: lists of people (`taking_in`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from escape_tui.judging import answers_to, first_judgement, judge_again, kept_answers
from escape_tui.known_people import known_person
from escape_tui.store.acts.leaving import withdraw_data, withdraw_person
from escape_tui.store.acts.people import (
    Clearable,
    ConsentEntry,
    EligibilityEntry,
    PersonEntry,
    edit_person,
    enrol,
    record_consent,
)
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import cohort_head, cohort_pack
from sessions.eligibility import YesNo
from sessions.errors import Refused
from sessions.records import WithdrawalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What is entered of one person. `answers` are to questions of the pack, by id.

    With `all_clear` every question still open was asked and answered as it must be. `clear` names what
    becomes unknown.
    """

    entry: PersonEntry = field(default_factory=PersonEntry)
    consents: Collection[ConsentEntry] = ()
    answers: Mapping[str, YesNo] = field(default_factory=dict)
    all_clear: bool = False
    clear: Collection[Clearable] = ()


@dataclass(frozen=True, slots=True)
class Leaving:
    """Why a person leaves and on which day; None is the day recorded before, else today.

    With `data` they withdraw their data too.
    """

    reason: WithdrawalReason
    on: date | None = None
    data: bool = False


def add_person(cohort: Cohort, entered: Entered) -> str:
    """Take one person into the cohort, judged by its pack; gives their id. `Refused` as in `enrol`."""
    pack = cohort_pack(cohort)
    answers = answers_to(pack, entered.answers, {}, all_clear=entered.all_clear)
    judgement = first_judgement(pack, cohort_head(cohort).start_date, entered.entry, answers)
    changed = enrol(
        cohort,
        entered.entry,
        consents=entered.consents,
        eligibility=EligibilityEntry(judgement.verdict, answers),
    )
    return changed.people[0]


def put_right(cohort: Cohort, person: str, entered: Entered) -> bool:
    """Put what is entered of a person right, and judge them anew; whether anything was different.

    What is not said stays; a consent that is so already keeps its day. `Refused` as in `edit_person`.
    """
    pack, before = cohort_pack(cohort), known_person(cohort, person)
    kept = kept_answers(cohort, person)
    said = answers_to(pack, entered.answers, kept, all_clear=entered.all_clear)
    with cohort.batch():
        edit_person(cohort, person, entered.entry, entered.clear)
        for consent in entered.consents:
            present = before.consent(consent.kind)
            if present is None or present.given != consent.given:
                record_consent(cohort, person, consent)
        judge_again(cohort, pack, person, said)
    return known_person(cohort, person) != before or kept_answers(cohort, person) != kept


def withdraw(cohort: Cohort, person: str, leaving: Leaving, today: date) -> bool:
    """Record that a person left, or withdraws their data, or both; whether leaving was recorded.

    A signed cohort lets data be withdrawn and nothing else. `Refused` for a day to come.
    """
    refuse_to_come(leaving.on, today)
    only_data = leaving.data and cohort_head(cohort).state == "signed"
    with cohort.batch():
        if not only_data:
            left_on = leaving.on or known_person(cohort, person).person.withdrawn_on or today
            withdraw_person(cohort, person, leaving.reason, left_on)
        if leaving.data:
            withdraw_data(cohort, person, today)
    return not only_data


def refuse_to_come(day: date | None, today: date) -> None:
    """`Refused` for a day after `today`."""
    if day is not None and day > today:
        raise Refused("That day is still to come.", "Give the day on which it was said.")
