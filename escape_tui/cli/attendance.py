"""`escape attendance …`: the register of each session.

Not for: completion, which the return works out.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.importing import file_argument, import_list
from escape_tui.cli.naming import Named
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.rows import aligned
from escape_tui.lists_in import enter_attendance
from escape_tui.recording import Marked, mark_person
from escape_tui.store.read import attendance, find_person
from sessions.records import AbsenceReason, AttendanceRow, AttendanceStatus


@click.group("attendance")
def registers() -> None:
    """Who was at which session: mark somebody, list the register, import one."""


@registers.command("mark")
@click.argument("code", metavar="C")
@click.argument("session", type=click.INT)
@click.argument("named", metavar="PERSON")
@click.argument("status", type=click.Choice(get_args(AttendanceStatus)))
@click.option("--reason", type=click.Choice(get_args(AbsenceReason)), help="Why somebody was not there.")
@json_option
@with_access
def mark(
    access: Access,
    code: str,
    session: int,
    named: str,
    status: AttendanceStatus,
    reason: AbsenceReason | None,
    as_json: bool,
) -> None:
    """Mark PERSON (reference or id) in the register; a later mark counts, the trail keeps both."""
    with access.cohort(code) as cohort:
        marked = mark_person(cohort, AttendanceRow(find_person(cohort, named), session, status, reason))
        names = Named(cohort)
    for words in (_said(marked), *marked.remarks):
        aside(words)
    if as_json:
        before = marked.before.status if marked.before else None
        changed = marked.changed.act is not None
        answer_json(
            _row(marked.mark, names)
            | {"changed": changed, "status_before": before, "remarks": marked.remarks}
        )


@registers.command("list")
@click.argument("code", metavar="C")
@click.option("--session", type=click.INT, help="Only the register of this session.")
@json_option
@with_access
def list_marks(access: Access, code: str, session: int | None, as_json: bool) -> None:
    """List who was at which session."""
    with access.cohort(code) as cohort:
        marks, names = attendance(cohort, session), Named(cohort)
    if as_json:
        answer_json({"attendance": [_row(mark, names) for mark in marks]})
        return
    for line in aligned(
        [(f"{m.session:>2}", names.shown(m.person), m.status, m.reason or "") for m in marks]
    ):
        click.echo(line)


@registers.command("import")
@click.argument("code", metavar="C")
@file_argument
@json_option
@with_access
def import_register(access: Access, code: str, file: Path, as_json: bool) -> None:
    """Import a register: whole, or not at all with every fault named. Its sessions were delivered."""
    import_list(access, code, file, enter_attendance, as_json=as_json)


def _said(marked: Marked) -> str:
    if marked.changed.act is None:
        return "That is marked already; nothing was changed."
    if marked.before is not None and marked.before.status != marked.mark.status:
        return f"Marked {marked.mark.status} instead of {marked.before.status}; the trail keeps both."
    return f"Marked {marked.mark.status} at session {marked.mark.session}."


def _row(mark: AttendanceRow, names: Named) -> dict[str, str | int | None]:
    return {
        **names.row(mark.person),
        "session": mark.session,
        "status": mark.status,
        "reason": mark.reason,
    }
