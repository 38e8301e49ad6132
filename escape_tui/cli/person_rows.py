"""A person as a row of a list, in full for people, and as JSON under the names of a people list.

Not for: working anything out (`judging`, `sessions.completion`). Identity is shown exactly as typed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args

import click

from escape_tui.cli.output import answer_json
from escape_tui.cli.rows import aligned
from escape_tui.judging import judgement_of
from escape_tui.known_people import KnownPerson, known_person
from escape_tui.store.acts.people import PersonEntry
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import attendance, cohort_pack, measures, plan_of, ruled_out
from sessions.completion import sessions_attended, sessions_offered
from sessions.eligibility import Judgement
from sessions.exercise import Tag
from sessions.flow import attended_by
from sessions.plan import CohortPlan
from sessions.records import ConsentKind, MeasureRow
from sessions.ruled_out import in_words

_KINDS: tuple[ConsentKind, ...] = get_args(ConsentKind)


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """All that is shown of one person. `judgement` is None once they are erased."""

    known: KnownPerson
    plan: CohortPlan
    attended: frozenset[int]
    judgement: Judgement | None
    measures: tuple[MeasureRow, ...]
    ruled_out: tuple[Tag, ...]

    def row(self) -> dict[str, Any]:
        """The person as JSON."""
        judged = self.known.eligibility
        return {
            **person_row(self.known, self.plan, self.attended),
            "accepted_on": _told(judged.accepted_on if judged else None),
            "accepted_reason": judged.accepted_reason if judged else None,
            "rules": [
                {"rule": rule.rule, "outcome": rule.outcome, "sentence": rule.sentence}
                for rule in (self.judgement.rules if self.judgement else ())
            ],
            "consents": [
                {
                    "kind": one.kind,
                    "given": _told(one.given),
                    "on": one.on_date.isoformat(),
                    "how": one.how,
                }
                for one in self.known.consents
            ],
            "ruled_out": [tag.value for tag in self.ruled_out],
            "measures": [
                {
                    "instrument": one.instrument,
                    "timepoint": one.timepoint,
                    "taken_on": _told(one.taken_on),
                    "mode": one.mode,
                    "missing_reason": one.missing_reason,
                }
                for one in self.measures
            ],
        }


def shown_person(cohort: Cohort, known: KnownPerson) -> ShownPerson:
    """What is shown of one person, read and judged."""
    return ShownPerson(
        known,
        plan_of(cohort),
        attended_by(attendance(cohort)).get(known.id, frozenset()),
        judgement_of(cohort, cohort_pack(cohort), known.id) if known.identity else None,
        measures(cohort, known.id),
        tuple(one.tag for one in ruled_out(cohort, known.id)),
    )


def person_row(known: KnownPerson, plan: CohortPlan, attended: Collection[int]) -> dict[str, Any]:
    """One person of a list as JSON, under the names of a people list and of a return."""
    person = known.person
    return {
        "person": known.identity.reference if known.identity else None,
        "person_id": person.id,
        "number": person.number,
        **_entries(known),
        **{f"consent_{kind}": _consent(known, kind) for kind in _KINDS},
        "age_band": person.age_band,
        "eligible": _eligible(known),
        "sessions_offered": len(sessions_offered(plan, person.joined_at_session, attended)),
        "sessions_attended": sessions_attended(plan, attended),
        "index_joint": person.index_joint,
        "index_side": person.index_side,
        "withdrawn_on": _told(person.withdrawn_on),
        "withdrawal_reason": person.withdrawal_reason,
        "withdrew_after_session": person.withdrawn_after_session,
        "data_withdrawn_on": _told(person.data_withdrawn_on),
        "came_from": person.came_from,
        "went_to": person.went_to,
        "erased_on": _told(person.erased_on),
    }


def person_cells(known: KnownPerson, plan: CohortPlan, attended: Collection[int]) -> tuple[str, ...]:
    """One person of a list, for people."""
    row = person_row(known, plan, attended)
    return (
        str(known.person.number),
        row["person"] or "",
        known.id,
        _name(known),
        _words(row["eligible"]),
        f"{row['sessions_attended']} of {row['sessions_offered']} attended",
        _standing(known),
    )


def person_lines(shown: ShownPerson) -> Iterator[str]:
    """One person in full, for people."""
    row = shown.row()
    named = ("person", "person_id", "number")
    told = [(name, row[name]) for name in named] + [("name", _name(shown.known))]
    told += [(name, row[name]) for name in row if name not in {*named, *_NAMES, *_LISTS}]
    yield from aligned((_words(name), str(value)) for name, value in told if value is not None)
    if shown.ruled_out:
        yield f"Ruled out: {in_words(shown.ruled_out)}"
    if shown.judgement is not None:
        yield ""
        yield from aligned((_words(rule.outcome), rule.sentence) for rule in shown.judgement.rules)
    if shown.measures:
        yield ""
        yield from aligned(
            (one.instrument, _words(one.timepoint), _told(one.taken_on) or f"missing: {one.missing_reason}")
            for one in shown.measures
        )


def answer_person(cohort: Cohort, person: str, *, as_json: bool) -> None:
    """Tell the person's row as it is now: what a command changed is seen at once."""
    shown = shown_person(cohort, known_person(cohort, person))
    if as_json:
        answer_json(shown.row())
    else:
        click.echo("  ".join(filter(None, person_cells(shown.known, shown.plan, shown.attended))))


def _eligible(known: KnownPerson) -> str:
    """Whether the rules take a person, as the code of a return; not judged where nobody has."""
    return known.eligibility.eligible if known.eligibility else "not_judged"


_NAMES = ("given_name", "family_name")
_LISTS = ("rules", "consents", "ruled_out", "measures")


def _entries(known: KnownPerson) -> dict[str, Any]:
    entry = known.entry()
    return {
        one.name: _told(getattr(entry, one.name)) for one in fields(PersonEntry) if one.name != "reference"
    }


def _consent(known: KnownPerson, kind: ConsentKind) -> str | None:
    consent = known.consent(kind)
    return "yes" if consent and consent.given else "no" if consent else None


def _told(value: str | int | date | None) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def _name(known: KnownPerson) -> str:
    if known.identity is None:
        return "(erased)"
    return " ".join(filter(None, (known.identity.given_name, known.identity.family_name)))


def _standing(known: KnownPerson) -> str:
    if known.person.data_withdrawn_on:
        return "data withdrawn"
    return f"left ({_words(known.person.withdrawal_reason or '')})" if known.person.withdrawn_on else ""


def _words(code: str) -> str:
    return code.replace("_", " ")
