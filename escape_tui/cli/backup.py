"""`escape backup …`: make backups now, list them, prove that they restore.

Not for: restoring one (`escape restore`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from escape_tui.backups import Backed, back_up, backups_folder
from escape_tui.cli.access import Access, with_access
from escape_tui.cli.failures import AnswerIsNo
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cohorts import cohort_codes, cohort_key, cohort_path
from escape_tui.restoring import Drilled, drill
from escape_tui.settings import Backups, load_settings
from escape_tui.store.backup_files import Backup, backups_in, codes_in, key_mark
from escape_tui.store.keys import Home
from escape_tui.store.second_copy import copies_of_keys
from sessions.errors import CannotOpen, Refused

cohorts_argument = click.argument("codes", metavar="[COHORT]...", nargs=-1)


@click.group("backup")
def backups() -> None:
    """Backups: make them now, list them, prove that they restore."""


@backups.command("now")
@cohorts_argument
@with_access
@json_option
def now(codes: tuple[str, ...], access: Access, as_json: bool) -> None:
    """Back up the cohorts named, or all, here and in the second copy's folder."""
    home = access.home()
    settings = load_settings(home.folder).backup
    made, failure = [], None
    for code in _named(home, codes) or cohort_codes(home):
        try:
            made.append(_made(home, code, settings, as_json=as_json))
        except CannotOpen as error:
            # One cohort that is damaged must not keep the others from being backed up.
            aside(f"{code}: {error}")
            failure = failure or error
    for word in dict.fromkeys([*copies_of_keys(home.folder, settings), *_words(made)]):
        aside(word)
    if as_json:
        answer_json(
            {"backups": [{**_row(home, one.backup, settings), "words": list(one.words)} for one in made]}
        )
    if failure is not None:
        raise failure


@backups.command("list")
@cohorts_argument
@with_access
@json_option
def list_backups(codes: tuple[str, ...], access: Access, as_json: bool) -> None:
    """List the backups of the cohorts named, or of all, newest first."""
    home = access.home()
    settings = load_settings(home.folder).backup
    folder = backups_folder(home)
    rows = [
        _row(home, one, settings)
        for code in _named(home, codes) or codes_in(folder)
        for one in backups_in(folder, code)
    ]
    if as_json:
        answer_json({"backups": rows})
        return
    for row in rows:
        people = "?" if row["people"] is None else row["people"]
        click.echo(
            f"{row['cohort']:<16} {row['made_at']}  {people:>4} people"
            f"  {'readable' if row['readable'] else 'old key':<8}"
            f"  {'second copy' if row['in_second_copy'] else '':<11}  {row['file']}"
        )


@backups.command("drill")
@cohorts_argument
@with_access
@json_option
def drill_backups(codes: tuple[str, ...], access: Access, as_json: bool) -> None:
    """Restore each newest backup into a scratch folder, and prove that counts and digests agree.

    Nothing of the cohorts is changed, and nothing is left of the scratch folder. Leaves with 1 where one
    backup is not proven.
    """
    home = access.home()
    present = datetime.now(UTC)
    drilled = [drill(home, code, present) for code in _named(home, codes) or _every_code(home)]
    if as_json:
        answer_json({"drills": [_drill_row(one) for one in drilled]})
    else:
        for one in drilled:
            click.echo(f"{one.code:<16} {'proven' if one.proven else 'NOT PROVEN':<10}  {one.message}")
    if not all(one.proven for one in drilled):
        raise AnswerIsNo


def _made(home: Home, code: str, settings: Backups, *, as_json: bool) -> Backed:
    if not cohort_path(home, code).exists():
        raise Refused(
            "There is no cohort of that code in this home.", "List the cohorts with `escape cohort list`."
        )
    backed = back_up(home, code, "asked", settings, datetime.now(UTC))
    if not as_json:
        click.echo(f"{code:<16} {backed.backup.path}")
    return backed


def _named(home: Home, codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        cohort_path(home, code)  # refuses what is no code, before it is taken for a folder
    return codes


def _words(made: list[Backed]) -> list[str]:
    return [word for one in made for word in one.words]


def _every_code(home: Home) -> list[str]:
    return sorted({*cohort_codes(home), *codes_in(backups_folder(home))} - _gone(home))


def _gone(home: Home) -> set[str]:
    return {tombstone.cohort_id for tombstone in home.tombstones}


def _row(home: Home, backup: Backup, settings: Backups) -> dict[str, object]:
    said, code = backup.statement, backup.path.parent.name
    return {
        "cohort": code,
        "made_at": backup.made_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "file": str(backup.path),
        "bytes": backup.path.stat().st_size,
        "people": said.people if said else None,
        "why": said.why if said else None,
        "readable": said is not None and said.state.key_mark == _mark(home, code),
        "in_second_copy": bool(settings.second_copy) and _second(backup, settings).exists(),
    }


def _mark(home: Home, code: str) -> str | None:
    try:
        return key_mark(cohort_key(home, code))
    except CannotOpen:
        return "gone"


def _second(backup: Backup, settings: Backups) -> Path:
    return Path(settings.second_copy) / backup.path.parent.name / backup.path.name


def _drill_row(one: Drilled) -> dict[str, object]:
    return {
        "cohort": one.code,
        "file": str(one.file) if one.file else None,
        "proven": one.proven,
        "message": one.message,
        "tables": [
            {"table": table.table, "rows": table.rows, "hmac_sha256": table.hmac_sha256}
            for table in one.tables
        ],
    }
