"""`escape handover …`: a whole cohort to another laptop, and back.

Not for: what is in the file (`store.handover_file`), nor for returns.
"""

from __future__ import annotations

from pathlib import Path

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.secrets import Secret, new_passphrase_from, passphrase_from
from escape_tui.handing_over import give, take
from escape_tui.safeguards import safeguards_of
from escape_tui.store.handover_file import Under
from sessions.errors import CannotOpen, Refused

_WORDS = "passphrase of the hand-over"
_GIVING = Secret(_WORDS, "--new-passphrase-file", "ESCAPE_NEW_PASSPHRASE", Refused)
_TAKING = Secret(_WORDS, "--new-passphrase-file", "ESCAPE_NEW_PASSPHRASE", CannotOpen)


@click.group("handover")
def handovers() -> None:
    """A whole cohort to another laptop: give it, take it. One of the two can be written."""


@handovers.command("give")
@click.argument("code", metavar="C")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The file to write; it is not there yet."
)
@_GIVING.in_option("new_passphrase_file")
@with_access
@json_option
def give_cohort(
    code: str, out: Path, new_passphrase_file: Path | None, access: Access, as_json: bool
) -> None:
    """Write a cohort to a file under a passphrase of its own. The copy here becomes read-only."""
    home = access.home()
    with access.cohort_in(home, code) as cohort:
        passphrase = new_passphrase_from(new_passphrase_file, _GIVING)()
        give(home, cohort, out.absolute(), Under(passphrase), safeguards_of(home, aside))
    aside(
        f"Cohort {code} is in {out}, and is read-only here. Tell the passphrase by another way, "
        "take the file once on the other laptop, and delete it then."
    )
    if as_json:
        answer_json({"cohort": code, "file": str(out), "handed_over": True})


@handovers.command("take")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@_TAKING.in_option("new_passphrase_file")
@with_access
@json_option
def take_cohort(file: Path, new_passphrase_file: Path | None, access: Access, as_json: bool) -> None:
    """Take the cohort in a file into this home. From then on it is written here."""
    home = access.home()
    passphrase = passphrase_from(new_passphrase_file, _TAKING)
    taken = take(home, file.absolute(), passphrase, access.actor(home), safeguards_of(home, aside))
    aside(
        f"Cohort {taken.code} is {'back and' if taken.back else 'here and'} can be written. "
        "Delete the file; whoever has it and its passphrase has the cohort."
    )
    if as_json:
        answer_json({"cohort": taken.code, "taken": True, "back": taken.back})
