"""`escape central receive`: take returns in, file and answer them.

Not for: what is done with each (`exports.centre`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click

from escape_tui.centre_keys import open_centre_key, own_identity, read_centre
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.secrets import passphrase_from, passphrase_option
from escape_tui.cli.verify import content_of, trusted_in
from exports.centre.judging import Lists, lists_of
from exports.centre.receive import Outcome, Received, Receiving
from exports.centre.receive import receive as receive_all
from exports.signature import OpenKey
from exports.taking_in import NotReadable
from sessions.errors import Refused

_ORDER = ("accepted", "known", "waiting", "fork", "set_aside", "refused")
_SAID = {
    "accepted": "accepted",
    "known": "known already",
    "waiting": "waiting",
    "fork": "fork",
    "set_aside": "set aside",
    "refused": "refused",
}


@click.command("receive")
@click.argument("inbox", type=NamedPath())
@click.option("--into", required=True, type=NamedPath(), help="The folder of the centre.")
@click.option("--signers", required=True, type=NamedPath(), help="The `allowed_signers` file of all sites.")
@click.option(
    "--identity", type=NamedPath(), help="The age key that returns are encrypted for. Else the centre's own."
)
@click.option("--revoked", type=NamedPath(), help="A list of revoked keys, one a line.")
@passphrase_option
@json_option
def receive(
    inbox: Path,
    into: Path,
    signers: Path,
    identity: Path | None,
    revoked: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Take in every return in the folder INBOX: file it, and lay a signed receipt beside it."""
    centre = read_centre(into)
    lists = _lists(into, signers, revoked, identity)
    passphrase = passphrase_from(passphrase_file)

    @cache
    def key() -> OpenKey:
        return open_centre_key(centre, passphrase())

    with shown_progress() as progress:
        outcome = receive_all(
            Receiving(inbox, into, centre.name, lists, key, lambda: datetime.now(UTC), progress)
        )
    if as_json:
        answer_json({"received": [_row(one) for one in outcome.received]})
    else:
        _tell(outcome)
    if outcome.superseded:
        aside(
            f"{len(outcome.superseded)} files in the inbox hold older revisions, with the data of people who "
            f"withdrew since, if any did. Delete them: {', '.join(outcome.superseded[:20])}"
            f"{' …' if len(outcome.superseded) > 20 else ''}"  # noqa: PLR2004
        )


def _lists(into: Path, signers: Path, revoked: Path | None, identity: Path | None) -> Lists:
    try:
        trusted = trusted_in(signers, revoked)
        key = own_identity(into) if identity is None else content_of(identity, "identity_unreadable")
    except NotReadable as error:
        told = error.message
    else:
        assert trusted is not None  # noqa: S101 - a file of signers was given
        return lists_of(trusted, key)
    raise Refused(told, "Correct it, then do it again; nothing was received.")


def _row(one: Received) -> dict[str, object]:
    return {"file": one.file, "verdict": one.verdict, "reason": one.why or None, "code": one.why_code or None}


def _tell(outcome: Outcome) -> None:
    for one in outcome.received:
        if one.verdict != "known":
            click.echo(f"{one.file}: {_SAID[one.verdict]}{'. ' + one.why if one.why else ''}")
    count = Counter[str](one.verdict for one in outcome.received)
    told = ", ".join(f"{count[verdict]} {_SAID[verdict]}" for verdict in _ORDER if count[verdict])
    click.echo(told or "There is nothing in the inbox.")


@contextmanager
def shown_progress() -> Iterator[Callable[[str, int, int], None]]:
    """What shows how far it is, on a terminal alone."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return

    def show(what: str, done: int, of: int) -> None:
        click.echo(f"\r{done} of {of} {what}\x1b[K", nl=False, err=True)

    yield show
    click.echo("\r\x1b[K", nl=False, err=True)
