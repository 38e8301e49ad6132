"""`escape audit …`: the trail of a cohort and whether it holds.

Not for: changing anything; the trail is written by acts alone.
"""

from __future__ import annotations

from dataclasses import asdict

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.failures import AnswerIsNo
from escape_tui.cli.output import answer_json, json_option
from escape_tui.cli.rows import aligned
from escape_tui.store.audit import Entry, EntryChange, entries, verify_chain
from escape_tui.store.ledger import signed_heads
from escape_tui.store.read import cohort_head


@click.group("audit")
def trail() -> None:
    """The trail: who did what and when, and whether anything was rewritten."""


@trail.command("list")
@click.argument("code", metavar="C")
@json_option
@with_access
def list_entries(access: Access, code: str, as_json: bool) -> None:
    """List every act on the cohort, oldest first. Identities and notes stand in it masked."""
    with access.cohort(code) as cohort:
        found = entries(cohort.connection)
    if as_json:
        answer_json({"entries": [_row(entry) for entry in found]})
        return
    for line in aligned([_cells(entry) for entry in found]):
        click.echo(line)


@trail.command("verify")
@click.argument("code", metavar="C")
@json_option
@with_access
def verify(access: Access, code: str, as_json: bool) -> None:
    """Check the chain, its anchors and every row; names each break, and leaves with 1 where there is one."""
    home = access.home()
    with access.cohort_in(home, code) as cohort:
        report = verify_chain(cohort.connection, signed_heads(home, cohort_head(cohort).return_id))
    if as_json:
        answer_json(
            {
                "sound": report.sound,
                "entries": report.head.length,
                "head": report.head.hash,
                "breaks": [asdict(one) for one in report.breaks],
            }
        )
    else:
        for one in report.breaks:
            click.echo(f"{one.where}: {one.message}")
        if report.sound:
            click.echo(f"The trail of {report.head.length} entries is sound.")
    if not report.sound:
        raise AnswerIsNo


def _row(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at,
        "by": entry.by,
        "act": entry.act,
        "detail": entry.detail,
        "reason": entry.reason,
        "changes": [_change(change) for change in entry.changes],
        "hash": entry.hash,
    }


def _change(change: EntryChange) -> dict[str, object]:
    return {
        "table": change.table,
        "row": change.row,
        "old": None if change.old is None else dict(change.old),
        "new": None if change.new is None else dict(change.new),
    }


def _cells(entry: Entry) -> tuple[str, ...]:
    rows = dict.fromkeys(" ".join([one.table, *map(str, one.row)]) for one in entry.changes)
    said = [*([entry.detail] if entry.detail else []), *([f"“{entry.reason}”"] if entry.reason else [])]
    touched = next(iter(rows), "") + (f" and {len(rows) - 1} more" if len(rows) > 1 else "")
    return f"{entry.id:>4}", entry.at, entry.by, entry.act, "; ".join([*said, touched])
