"""Moving a person to another cohort of the home: taken in there, recorded as gone here, or neither.

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
from escape_tui.store.acts.ruling_out import rule_out
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

    Broken off between the two files, the same again finds them there and only records it here. Consents are
    asked anew. `Refused` as in `move_person` and `take_over`, and for who has withdrawn their data; nothing
    is changed then, in either cohort.
    """
    if person_of(cohort, person).data_withdrawn_on is not None:
        raise Refused("This person has withdrawn their data.", "They are taken in anew where they wish it.")
    moving = moving_person(cohort, person)

    def before_migration() -> None:
        back_up(home, code, "migration", load_settings(home.folder).backup, cohort.now())

    with cohort.batch():
        # Here first, and kept last: what is refused here leaves the other cohort as it is, and the other way.
        move_person(cohort, person, code, on)
        with open_by_code(home, code, cohort.actor, before_migration) as other:
            there = _taken_before(other, moving) or _taken_in(other, moving)
            return Moved(code, there, person_of(other, there).number)


def _taken_in(other: Cohort, moving: Moving) -> str:
    with other.batch():
        person = take_over(other, moving).people[0]
        for tag in moving.ruled_out:
            rule_out(other, person, tag)
        judge_again(other, cohort_pack(other), person)
    return person


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
