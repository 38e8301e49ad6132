"""`escape return list`: the returns of a cohort that were signed, and what became of each.

Not for: sending them (`escape sync`).
"""

from __future__ import annotations

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.rows import aligned
from escape_tui.returning import Revision, revisions_of
from exports.signoff import signed_instant


@click.command("list")
@click.argument("code", metavar="C")
@json_option
@with_access
def list_returns(access: Access, code: str, as_json: bool) -> None:
    """List every revision of cohort C's return that was signed, oldest first."""
    with access.cohort(code) as cohort:
        rows = [_row(one) for one in revisions_of(cohort)]
    if as_json:
        answer_json({"returns": rows})
        return
    if not rows:
        aside("No return of this cohort was signed yet.")
    columns = ("revision", "signed_at", "signer", "verdict", "reason_of_amendment")
    for line in aligned([tuple(_shown(row[column]) for column in columns) for row in rows]):
        click.echo(line)


def _row(one: Revision) -> dict[str, object]:
    return {
        "revision": one.revision,
        "signed_at": signed_instant(one.signed_at),
        "signer": one.signer,
        "tagmanifest_sha256": one.tagmanifest_sha256,
        "reason_of_amendment": one.reason_of_amendment,
        "gaps_reason": one.gaps_reason,
        "verdict": one.verdict,
        "received_at": signed_instant(one.received_at) if one.received_at else None,
    }


def _shown(value: object) -> str:
    return "" if value is None else str(value)
