"""What came of a people list, as rows for people and as JSON.

Not for: taking it in (`taking_in`). What is said beside the answer names lines and references, never a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from escape_tui.cli.output import aside
from escape_tui.cli.rows import aligned
from escape_tui.taking_in import TakenIn, TakenPerson


def import_row(code: str, taken: TakenIn, *, dry_run: bool) -> dict[str, Any]:
    """What came of a list as JSON; of a dry run, what would."""
    return {
        "cohort": code,
        "dry_run": dry_run,
        "enrolled": taken.count("enrolled"),
        "changed": taken.count("changed"),
        "unchanged": taken.count("unchanged"),
        "people": [_person_row(person) for person in taken.people],
        "doubtful": [{"lines": [pair.line, pair.other_line]} for pair in taken.doubtful],
        "may_be_in_cohort": [{"line": pair.line, "person_id": pair.person} for pair in taken.may_be],
        "ignored_columns": list(taken.ignored_columns),
        "remarks": list(taken.remarks),
    }


def import_lines(taken: TakenIn) -> Iterator[str]:
    """What came of a list, a person a line."""
    return aligned(
        (
            person.reference,
            f"{person.given_name} {person.family_name}",
            person.outcome,
            ", ".join(change.field for change in person.changes),
            _eligible_words(person),
        )
        for person in taken.people
    )


def tell_of_list(taken: TakenIn, *, dry_run: bool) -> None:
    """Say beside the answer what there is to look at, and how many were taken in."""
    for heading in taken.ignored_columns:
        aside(f"The column {heading} was passed over.")
    for remark in taken.remarks:
        aside(remark)
    for pair in taken.doubtful:
        aside(f"Lines {pair.line} and {pair.other_line} may be one person: same names and birth date.")
    for may_be in taken.may_be:
        aside(f"Line {may_be.line} may be {may_be.known_as or may_be.person}, who is in the cohort already.")
    for person in taken.people:
        for kind in person.consents_kept:
            aside(f"Line {person.line}: the consent ({kind}) recorded here stands against the list's.")
    aside(
        f"{'Would be ' if dry_run else ''}enrolled: {taken.count('enrolled')}, changed: "
        f"{taken.count('changed')}, unchanged: {taken.count('unchanged')}."
    )
    if dry_run:
        aside("This was a dry run: nothing was changed.")


def _eligible_words(person: TakenPerson) -> str:
    """What the rules say of a person, in a few words: what is not met, else how much is open."""
    if person.accepted:
        return "accepted"
    not_met = [rule.sentence for rule in person.judgement.rules if rule.outcome == "not_met"]
    if not_met:
        return f"not eligible: {' '.join(not_met)}"
    open_rules = len(person.judgement.gaps)
    return f"not judged yet: {open_rules} to settle" if open_rules else "eligible"


def _person_row(person: TakenPerson) -> dict[str, Any]:
    return {
        "line": person.line,
        "person": person.reference,
        "person_id": person.person,
        "outcome": person.outcome,
        "changes": [
            {"field": change.field, "old": change.old, "new": change.new} for change in person.changes
        ],
        "consents_kept": list(person.consents_kept),
        "eligible": "accepted" if person.accepted else person.judgement.verdict,
        "gaps": [
            {"rule": rule.rule, "outcome": rule.outcome, "sentence": rule.sentence}
            for rule in person.judgement.gaps
        ],
    }
