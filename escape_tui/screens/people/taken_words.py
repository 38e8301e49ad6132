"""What a referral list came to, or its faults, as lines.

Not for: taking it in (`escape_tui.taking_in`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from escape_tui.screens.people.words import ELIGIBLE, spoken
from escape_tui.screens.text import plain, said
from escape_tui.taking_in import Outcome, TakenIn, TakenPerson
from sessions.faults import FaultyFiles

_NAMES: Final[dict[Outcome, tuple[str, str]]] = {
    "enrolled": ("+ new", "bold $text-success"),
    "changed": ("~ changed", "bold $text-warning"),
    "unchanged": ("= as it is", "$text-muted"),
}


def preview_lines(taken: TakenIn, file: str) -> Iterator[Content]:
    """What the list would change, person by person, and what should be looked at first."""
    yield said(
        "[bold]$file[/]: $new new, $changed changed, $same as they are. Nothing is changed yet.",
        file=file,
        new=str(taken.count("enrolled")),
        changed=str(taken.count("changed")),
        same=str(taken.count("unchanged")),
    )
    yield from (said("[bold $text-warning]![/] $words", words=words) for words in _to_look_at(taken))
    yield plain("")
    for person in taken.people:
        yield from _person(person)


def fault_lines(faulty: FaultyFiles) -> Iterator[Content]:
    """Every fault, with its line, its column and what to do; as the command line has them."""
    yield said(
        "[bold $text-error]✗ $wrong[/] Nothing was changed. $remedy", wrong=faulty.wrong, remedy=faulty.remedy
    )
    yield plain("")
    for fault in faulty.faults:
        yield plain(fault.sentence())


def _to_look_at(taken: TakenIn) -> Iterator[str]:
    for pair in taken.doubtful:
        yield f"Lines {pair.line} and {pair.other_line} may be one person: same names and birth date."
    for one in taken.may_be:
        yield f"Line {one.line} may be {one.known_as or one.person}, who is in the cohort already."
    for person in taken.people:
        for kind in person.consents_kept:
            yield f"Line {person.line}: the consent ({kind}) recorded here stands against the list's."
    for heading in taken.ignored_columns:
        yield f"The column {heading} is passed over."
    yield from taken.remarks


def _person(person: TakenPerson) -> Iterator[Content]:
    word, style = _NAMES[person.outcome]
    verdict = "accepted" if person.accepted else person.judgement.verdict
    yield said(
        f"[{style}]$word[/] [$text-muted]$reference[/]  $name   $verdict",
        word=f"{word:<10}",
        reference=person.reference,
        name=f"{person.given_name} {person.family_name}",
        verdict=ELIGIBLE["accepted" if verdict == "accepted" else person.judgement.verdict],
    )
    for change in person.changes:
        yield said(
            "             $field: $old -> [bold]$new[/]",
            field=spoken(change.field),
            old=change.old or "not known",
            new=change.new,
        )
