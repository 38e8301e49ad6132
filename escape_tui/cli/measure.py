"""`escape measure …`: what people answered, put right where it was wrong, and what is still owed.

Not for: scoring answers of nobody (`escape instrument score`), or change over time, which the return shows.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.context import settled
from escape_tui.cli.dates import DAY
from escape_tui.cli.importing import file_argument, import_list
from escape_tui.cli.measure_rows import due_cells, due_row, measure_cells, measure_row
from escape_tui.cli.measure_summary import summarised
from escape_tui.cli.naming import Named
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.rows import aligned
from escape_tui.lists_in import enter_measures
from escape_tui.recording import (
    Recorded,
    Sheet,
    correct_sheet,
    record_missing,
    record_sheet,
    today_of,
)
from escape_tui.settings import load_settings
from escape_tui.store.read import cohort_pack, find_person, measures, people, plan_of
from sessions.due import OnRecord, measures_due
from sessions.instrument_files import load_instrument
from sessions.records import MeasureRow, MissingReason, Mode
from sessions.rules import Timepoint

_timepoint = click.argument("timepoint", type=click.Choice(get_args(Timepoint)))
_answers_help = 'Codes in the order of the items, comma between, blank = not answered: "0,3,,2".'
_on = click.option("--on", type=DAY, help="The day it was answered, as 2026-10-05. Else today.")
_mode = click.option(
    "--mode", type=click.Choice(get_args(Mode)), help="How it was answered. Else by the person: self."
)


@click.group("measure")
def measured() -> None:
    """What people answered: record it, correct it, list it with scores, import it, see what is due."""


@measured.command("record")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.argument("instrument", metavar="INSTRUMENT")
@_timepoint
@click.option("--answers", help=_answers_help)
@click.option(
    "--missing", type=click.Choice(get_args(MissingReason)), help="Why there are no answers, instead of them."
)
@_on
@_mode
@json_option
@with_access
def record(
    access: Access,
    code: str,
    named: str,
    instrument: str,
    timepoint: Timepoint,
    answers: str | None,
    missing: MissingReason | None,
    on: date | None,
    mode: Mode | None,
    as_json: bool,
) -> None:
    """Record the answers of PERSON (reference or id), or why there are none. Never over what is there."""
    if (answers is None) == (missing is None):
        raise click.UsageError("Give either --answers or --missing.")
    if missing is not None and (on is not None or mode is not None):
        raise click.UsageError("--on and --mode belong to answers.")
    load_instrument(instrument)
    with access.cohort(code) as cohort:
        person, names = find_person(cohort, named), Named(cohort)
        if answers is not None:
            done = record_sheet(cohort, Sheet(person, instrument, timepoint, answers, on, mode))
        else:
            done = record_missing(cohort, MeasureRow(person, instrument, timepoint, missing_reason=missing))
    _tell(done, names, "Recorded.", as_json=as_json)


@measured.command("correct")
@click.argument("code", metavar="C")
@click.argument("named", metavar="PERSON")
@click.argument("instrument", metavar="INSTRUMENT")
@_timepoint
@click.option("--answers", required=True, help=_answers_help)
@click.option("--reason", required=True, metavar="WHY", help="Why it is corrected; the trail keeps it.")
@_on
@_mode
@json_option
@with_access
def correct(
    access: Access,
    code: str,
    named: str,
    instrument: str,
    timepoint: Timepoint,
    answers: str,
    reason: str,
    on: date | None,
    mode: Mode | None,
    as_json: bool,
) -> None:
    """Put recorded answers right, or a reason for none. Day and mode stay, unless they are given.

    Over a reason for none, give the day with --on; else it is today.
    """
    with access.cohort(code) as cohort:
        person, names = find_person(cohort, named), Named(cohort)
        done = correct_sheet(cohort, Sheet(person, instrument, timepoint, answers, on, mode), reason)
    _tell(done, names, "Corrected; the trail keeps what was there.", as_json=as_json)


@measured.command("list")
@click.argument("code", metavar="C")
@json_option
@with_access
def list_measures(access: Access, code: str, as_json: bool) -> None:
    """List every measure with its scores, one a line."""
    with access.cohort(code) as cohort:
        rows, names = measures(cohort), Named(cohort)
    if as_json:
        answer_json({"measures": [measure_row(row, names) for row in rows]})
        return
    for line in aligned([measure_cells(row, names) for row in rows]):
        click.echo(line)


@measured.command("import")
@click.argument("code", metavar="C")
@file_argument
@json_option
@with_access
def import_measures(access: Access, code: str, file: Path, as_json: bool) -> None:
    """Import measures: whole, or not at all with every fault named."""
    import_list(access, code, file, enter_measures, as_json=as_json)


@measured.command("due")
@click.argument("code", metavar="C")
@click.option("--all", "everything", is_flag=True, help="Also what is recorded or missing, with its state.")
@json_option
@with_access
def due(access: Access, code: str, everything: bool, as_json: bool) -> None:
    """List who still owes which measure, by timepoint, with the days between which it counts."""
    with access.cohort(code) as cohort:
        on_record = OnRecord(plan_of(cohort), people(cohort), measures(cohort))
        in_use = load_settings(settled().folder).instruments.in_use
        every = measures_due(cohort_pack(cohort), on_record, today_of(cohort), in_use)
        names = Named(cohort)
    rows = [one for one in every if everything or one.owed]
    if as_json:
        answer_json({"due": [due_row(one, names) for one in rows]})
        return
    shown = [one for one in rows if everything or one.state != "not_yet"]
    for line in aligned([due_cells(one, names) for one in shown]):
        click.echo(line)
    if later := len(rows) - len(shown):
        aside(f"{later} more are not due yet; --all shows them.")


def _tell(done: Recorded, names: Named, words: str, *, as_json: bool) -> None:
    changed = done.changed.act is not None
    aside(words if changed else "That is recorded already; nothing was changed.")
    for remark in done.remarks:
        aside(remark)
    if as_json:
        answer_json(measure_row(done.measure, names) | {"changed": changed, "remarks": done.remarks})


measured.add_command(summarised)
