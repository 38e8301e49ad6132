"""Moving a person to another cohort of the home: taken in there, then recorded as gone here.

Not for: leaving the programme (`entering.withdraw`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from escape_tui.backups import back_up
from escape_tui.cohorts import open_by_code
from escape_tui.judging import judge_again
from escape_tui.settings import load_settings
from escape_tui.store.acts.leaving import Moving, move_person, moving_person, take_over
from escape_tui.store.cohort import Cohort
from escape_tui.store.keys import Home
from escape_tui.store.read import cohort_pack, identities, people, person_of
from sessions.errors import Refused


@dataclass(frozen=True, slots=True)
class Moved:
    """Who somebody is in the cohort they moved to, and their number there."""

    cohort: str
    person: str
    number: int


def move_to(home: Home, cohort: Cohort, person: str, code: str, on: date) -> Moved:
    """Take a person of `cohort` into the cohort `code` and record here that they left for it.

    They are taken in there first: broken off between the two, the same again finds them there and only
    records it here. Consents are asked anew. `Refused` as in `take_over` and `move_person`, and where the
    person left or moved before; nothing is changed then.
    """
    _refuse_who_left(cohort, person, code)
    moving = moving_person(cohort, person)

    def before_migration() -> None:
        back_up(home, code, "migration", load_settings(home.folder).backup, cohort.now())

    with open_by_code(home, code, cohort.actor, before_migration) as other:
        there = _taken_before(other, moving)
        if there is None:
            with other.batch():
                there = take_over(other, moving).people[0]
                judge_again(other, cohort_pack(other), there)
        number = person_of(other, there).number
    move_person(cohort, person, code, on)
    return Moved(code, there, number)


def _refuse_who_left(cohort: Cohort, person: str, code: str) -> None:
    record = person_of(cohort, person)
    if record.went_to is not None:
        raise Refused("This person has moved already.", "Take the withdrawal back first.")
    if code == cohort.code:
        raise Refused("A person moves to another cohort.", "Give the other cohort's code.")
    if record.data_withdrawn_on is not None:
        raise Refused("This person has withdrawn their data.", "They are taken in anew where they wish it.")


def _taken_before(other: Cohort, moving: Moving) -> str | None:
    """Somebody who came from here with the same names and birth date."""
    came = {one.id for one in people(other) if one.came_from == moving.from_cohort}
    entry = moving.entry
    who = (entry.given_name, entry.family_name, entry.birth_date, entry.reference)
    return next(
        (
            one.person
            for one in identities(other)
            if one.person in came and (one.given_name, one.family_name, one.birth_date, one.reference) == who
        ),
        None,
    )
