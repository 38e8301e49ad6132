"""`escape sync`: sends what the outbox holds, brings receipts home, and says what became of each return.

Not for: how it is done (`syncing`).
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.failures import MACHINE, NO
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.rows import aligned
from escape_tui.cli.secrets import SERVER_PASSWORD, password_from
from escape_tui.outbox import ReturnOut
from escape_tui.syncing import Synced, SyncOrder, sync
from exports.sending.credentials import Credentials
from exports.signoff import signed_instant
from sessions.dates import day_in_words

_WORDS = {
    "queued": "waits to be sent",
    "sent": "sent, no answer yet",
    "accepted": "accepted",
    "refused": "refused",
    "forked": "forked, so set aside",
}


@click.command("sync")
@click.option(
    "--to", metavar="URL", help="A folder, sftp://user@host/path or https://host/path; else the settings'."
)
@click.option("--server-key", type=NamedPath(), help="A private key's file that the SFTP server knows.")
@SERVER_PASSWORD.in_option("server_password_file")
@json_option
@with_access
@click.pass_context
def sync_returns(
    context: click.Context,
    access: Access,
    to: str | None,
    server_key: Path | None,
    server_password_file: Path | None,
    as_json: bool,
) -> None:
    """Send what waits in the outbox, fetch receipts, and say what is accepted and what is not."""
    home = access.home()
    on_terminal = sys.stderr.isatty()
    done = sync(
        home,
        SyncOrder(
            now=access.actor(home).clock,
            open_cohort=lambda code: access.cohort_in(home, code),
            to=to,
            credentials=Credentials(server_key, password_from(server_password_file, SERVER_PASSWORD)),
            told=aside if on_terminal else lambda _: None,
        ),
    )
    for word in done.words:
        aside(word)
    if done.outbox.fault is not None and done.outbox.next_try is not None:
        aside(f"{done.outbox.fault} Next try: {_at(done.outbox.next_try)}.")
    if as_json:
        answer_json(_document(done))
    else:
        _tell(done.outbox.returns)
    context.exit(_code(done))


def _tell(returns: tuple[ReturnOut, ...]) -> None:
    if not returns:
        aside("No return was signed yet, so there is nothing to send.")
        return
    for line in aligned([(one.file_name, _told(one)) for one in returns]):
        click.echo(line)


def _told(one: ReturnOut) -> str:
    at = one.received_at or one.sent_at
    words = _WORDS[one.state] + (f" ({_at(at)})" if at else "")
    if one.reason:
        words += f": {one.reason}"
    for table in one.rows:
        if table.counted is not None and table.counted != table.sealed:
            words += f"; {table.table}: {table.sealed} rows sealed, {table.counted} counted"
    return words


def _at(instant: datetime) -> str:
    local = instant.astimezone()
    return f"{local:%H:%M} on {day_in_words(local.date())}"


def _code(done: Synced) -> int:
    if not done.whole:
        return MACHINE
    bad = any(one.state in {"refused", "forked"} or one.agrees is False for one in done.outbox.returns)
    return NO if bad else 0


def _document(done: Synced) -> dict[str, object]:
    return {
        "to": done.to,
        "returns": [_row(one) for one in done.outbox.returns],
        "fault": done.outbox.fault,
        "next_try": _instant(done.outbox.next_try),
    }


def _row(one: ReturnOut) -> dict[str, object]:
    return {
        "file": one.file_name,
        "cohort": one.code,
        "return_id": one.return_id,
        "revision": one.revision,
        "tagmanifest_sha256": one.tagmanifest_sha256,
        "state": one.state,
        "sent_to": one.sent_to,
        "sent_at": _instant(one.sent_at),
        "centre": one.centre,
        "received_at": _instant(one.received_at),
        "reason": one.reason,
        "counts": {row.table: {"sealed": row.sealed, "counted": row.counted} for row in one.rows},
        "counts_agree": one.agrees,
    }


def _instant(instant: datetime | None) -> str | None:
    return signed_instant(instant) if instant else None
