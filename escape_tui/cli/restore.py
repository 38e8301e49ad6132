"""`escape restore PATH`: a cohort from a backup; or, from the folder of the second copy, everything.

Not for: making backups (`escape backup`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.context import settled
from escape_tui.cli.failures import AnswerIsNo
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.secrets import passphrase_from, recovery_key_from
from escape_tui.restoring import BroughtBack, Restored, bring_back, new_home_of_copies, restore_cohort
from escape_tui.settings import load_settings
from escape_tui.store.home_key import HomeKey, home_key_by_passphrase, home_key_by_recovery_key
from escape_tui.store.key_file import Keys, keys_are_there
from escape_tui.store.keys import Home
from escape_tui.store.opening import recover_home
from escape_tui.store.recovery_key import RecoveryKey
from sessions.errors import CannotOpen


@click.command("restore")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--recovery-file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Open by the recovery key in this file, not by the passphrase; - to type it in.",
)
@with_access
@json_option
def restore(path: Path, recovery_file: Path | None, access: Access, as_json: bool) -> None:
    """Put a cohort back from a backup, or bring a whole home back.

    PATH is a backup of `escape backup list`: the cohort in it takes the place of the present one, which is
    kept among the backups. Who was erased stays erased; what was signed stays signed.

    \b
    On a new laptop, PATH is the folder of the second copy:
      escape restore FOLDER                      asks for the passphrase
      escape restore FOLDER --recovery-file F    opens by the recovery key in F instead
    Doing it again goes on where it stopped, and leaves alone what is here. Where the passphrase is
    lost, set a new one afterwards: escape passphrase recover.
    """  # noqa: D301 - click's sign for lines that stay as they are
    if path.is_dir():
        _everything(path, recovery_file, access, as_json=as_json)
        return
    if not keys_are_there(settled().folder):
        raise CannotOpen(
            "There is no home in that folder yet.",
            "Name the folder of the second copy, the one that holds keys.json, in place of one backup.",
        )
    home = _opened(recovery_file, access)
    restored = restore_cohort(home, path, access.actor(home), load_settings(home.folder).backup)
    _tell(restored)
    if as_json:
        answer_json(_row(restored))


def _everything(copies: Path, recovery_file: Path | None, access: Access, *, as_json: bool) -> None:
    folder = settled().folder
    if keys_are_there(folder):
        home = _opened(recovery_file, access)
    else:
        home = new_home_of_copies(folder, copies, _home_key(recovery_file, access))
        aside(f"The home is set up again in {folder}.")
    found = bring_back(home, copies, access.actor(home), load_settings(folder).backup)
    _tell_all(found)
    if as_json:
        answer_json(
            {
                "home": str(folder),
                "home_id": found.home_id,
                "restored": [_row(one) for one in found.restored],
                "missing": [{"cohort": code, "message": word} for code, word in found.missing],
            }
        )
    if found.missing:
        raise AnswerIsNo


def _opened(recovery_file: Path | None, access: Access) -> Home:
    if recovery_file is not None:
        return recover_home(settled().folder, _recovery_key(recovery_file))
    return access.home()


def _home_key(recovery_file: Path | None, access: Access) -> Callable[[Keys], HomeKey]:
    if recovery_file is not None:
        recovery_key = _recovery_key(recovery_file)
        return lambda keys: home_key_by_recovery_key(keys, recovery_key())
    passphrase = passphrase_from(access.passphrase_file)
    return lambda keys: home_key_by_passphrase(keys, passphrase())


def _recovery_key(file: Path) -> Callable[[], RecoveryKey]:
    return recovery_key_from(None if file == Path("-") else file)


def _tell_all(found: BroughtBack) -> None:
    for restored in found.restored:
        _tell(restored)
    for code, word in found.missing:
        aside(f"{code} was not restored. {word}")
    if not found.restored and not found.missing:
        aside("Every cohort of that folder is here already; nothing was changed.")


def _tell(restored: Restored) -> None:
    aside(f"{restored.code} is restored from {restored.file}.")
    if restored.kept is not None:
        aside(f"What it replaced is kept: {restored.kept}.")
    if restored.repeated.erased:
        aside(f"Erased again: {len(restored.repeated.erased)} of the people in it.")
    for revision in restored.repeated.revisions:
        aside(f"Revision {revision} was signed after this backup was made; the cohort is locked as it was.")
    for word in restored.words:
        aside(word)


def _row(restored: Restored) -> dict[str, object]:
    return {
        "cohort": restored.code,
        "file": str(restored.file),
        "kept": str(restored.kept) if restored.kept else None,
        "erased_again": list(restored.repeated.erased),
        "revisions_marked": list(restored.repeated.revisions),
        "tables": [
            {"table": table.table, "rows": table.rows, "hmac_sha256": table.hmac_sha256}
            for table in restored.tables
        ],
    }
