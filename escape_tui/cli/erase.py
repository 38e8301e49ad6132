"""`escape cohort erase` and `escape person erase`: asked twice, done for good, and told what is out of reach.

Not for: what erasing does (`store.erasing`), nor for leaving a programme or withdrawing data.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.safeguards import safeguards_of, second_copy_of
from escape_tui.store.copies import Uncleaned
from escape_tui.store.erasing import erase_cohort, erase_person_for_good
from escape_tui.store.keys import Home, PlainHome
from escape_tui.store.read import find_person
from sessions.errors import Refused

yes_option = click.option("--yes", is_flag=True, help="Erase without being asked again; for scripts.")

_NOT_PROMISED = (
    "This home is not encrypted: its files were overwritten and deleted, but a disk may keep what was "
    "overwritten. Copies that were made by other means are not reached."
)


@click.command("erase")
@click.argument("code", metavar="C")
@yes_option
@with_access
@json_option
def erase_a_cohort(code: str, yes: bool, access: Access, as_json: bool) -> None:
    """Erase a cohort for good: its key, its file and its backups, here and in the second copy."""
    home = access.home()
    # Whoever may not act may not erase either.
    access.actor(home)
    _ask_again(code, yes=yes, what=f"cohort {code}", said="code")
    left = erase_cohort(home, code, datetime.now(UTC), second_copy_of(home))
    aside(f"Cohort {code} is erased, and its returns are out of the outbox. What was sent stays there.")
    _tell(home, left)
    if as_json:
        answer_json({"cohort": code, "erased": True, "uncleaned": _rows(left)})


@click.command("erase")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@yes_option
@with_access
@json_option
def erase_a_person(code: str, named: str, yes: bool, access: Access, as_json: bool) -> None:
    """Erase who a person is, for good: the record without a name stays, and no older backup can be read."""
    home = access.home()
    with access.cohort_in(home, code) as cohort:
        person = find_person(cohort, named)
        _ask_again(named, yes=yes, what="who this person is", said="reference or id")
        on = cohort.now().astimezone().date()
        left = erase_person_for_good(home, cohort, person, on, safeguards_of(home, aside))
    aside(
        f"{person} is erased: identity, contact, notes and goals are gone, the record without a name stays."
    )
    _tell(home, left)
    if as_json:
        answer_json(
            {
                "cohort": code,
                "person_id": person,
                "erased": True,
                "erased_on": on.isoformat(),
                "uncleaned": _rows(left),
            }
        )


def _ask_again(expected: str, *, yes: bool, what: str, said: str) -> None:
    """Have it typed again; `Refused` where it is not the same, or there is nobody to ask."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refused("Nothing was erased, for nobody was asked.", "Give --yes to erase without a question.")
    aside(f"This erases {what} for good. Nothing brings it back.")
    typed: str = click.prompt(f"Type the {said} again", err=True, type=str)
    if typed.strip() != expected:
        raise Refused(f"That is another {said}, so nothing was erased.", "Do it again if it is meant.")


def _tell(home: Home, left: tuple[Uncleaned, ...]) -> None:
    if isinstance(home, PlainHome):
        aside(_NOT_PROMISED)
    for one in left:
        aside(
            f"The copy in {one.folder} could not be cleaned and may still hold it. "
            "Bring that medium back and run any command; `escape doctor` names it until then."
        )


def _rows(left: tuple[Uncleaned, ...]) -> list[dict[str, Any]]:
    return [{"folder": str(one.folder), "present": one.present} for one in left]
