"""`escape return list`: the returns of a cohort that were signed, and what became of each.

Not for: sending them (`escape sync`).
"""

from __future__ import annotations

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.rows import aligned
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import amendments, receipts, signoffs
from exports.signoff import signed_instant


@click.command("list")
@click.argument("code", metavar="C")
@json_option
@with_access
def list_returns(access: Access, code: str, as_json: bool) -> None:
    """List every revision of cohort C's return that was signed, oldest first."""
    with access.cohort(code) as cohort:
        rows = _rows(cohort)
    if as_json:
        answer_json({"returns": rows})
        return
    if not rows:
        aside("No return of this cohort was signed yet.")
    columns = ("revision", "signed_at", "signer", "verdict", "reason_of_amendment")
    for line in aligned([tuple(_shown(row[column]) for column in columns) for row in rows]):
        click.echo(line)


def _rows(cohort: Cohort) -> list[dict[str, object]]:
    reasons = {one.after_revision: one.reason for one in amendments(cohort)}
    answers = {one.revision: one for one in receipts(cohort)}
    rows: list[dict[str, object]] = []
    before: int | None = None
    for one in signoffs(cohort):
        answer = answers.get(one.revision)
        rows.append(
            {
                "revision": one.revision,
                "signed_at": signed_instant(one.signed_at),
                "signer": one.signer,
                "tagmanifest_sha256": one.tagmanifest_sha256,
                "reason_of_amendment": None if before is None else reasons.get(before),
                "gaps_reason": one.gaps_reason,
                "verdict": answer.verdict if answer else None,
                "received_at": signed_instant(answer.received_at) if answer else None,
            }
        )
        before = one.revision
    return rows


def _shown(value: object) -> str:
    return "" if value is None else str(value)
