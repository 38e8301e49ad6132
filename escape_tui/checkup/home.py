"""The home without its passphrase: folder, keys, settings, facilitators, copies, backups.

Not for: what is inside cohorts (`cohorts`), nor the laptop (`machine`).
"""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from escape_tui.checkup.check import Check, bad, ok, warning
from escape_tui.facilitators import read_facilitators
from escape_tui.settings import Settings, load_settings
from escape_tui.signers import read_signers
from escape_tui.store.backup_files import BACKUPS_FOLDER, backups_in
from escape_tui.store.copies import Uncleaned, uncleaned
from escape_tui.store.key_file import KEYS_NAME, Keys, home_of_copy, read_keys
from escape_tui.store.opening import COHORTS_FOLDER, require_home
from sessions.errors import EscapeError
from sessions.faults import FaultyFiles

SOON: Final = timedelta(days=30)
"""Before a signing key ends, so that the clinic has the new line in time."""
STALE: Final = timedelta(days=7)
"""A backup older than this, of a cohort that changed since, is worth a word."""


def check_home(folder: Path, now: datetime) -> tuple[Check, ...]:
    """Everything about the home in `folder` that can be seen without opening it."""
    try:
        require_home(folder)
    except EscapeError as error:
        return (bad("home", str(error)),)
    settings, said_of_settings = _settings(folder)
    return (
        _folder(folder),
        *_keys(folder),
        said_of_settings,
        _facilitators(folder),
        _signers(folder, now),
        *_copies(folder),
        *([] if settings is None else [_second_copy(folder, settings), _returns(settings)]),
        _backups(folder, now),
    )


def _folder(folder: Path) -> Check:
    if not os.access(folder, os.W_OK):
        return bad("home", f"The home in {folder} cannot be written. Ask for the permission.")
    if os.name == "posix" and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return warning("home", f"Others on this machine can look into {folder}. Take that away: chmod 700.")
    return ok("home", f"The home is in {folder}.")


def _keys(folder: Path) -> tuple[Check, ...]:
    try:
        found = read_keys(folder)
    except EscapeError as error:
        return (bad("keys", str(error)),)
    keys = found.keys
    without = sorted(_codes(folder) - {entry.cohort_id for entry in keys.cohorts})
    if keys.encrypted and without:
        return (
            bad(
                "keys",
                f"There is no key for {', '.join(without)}. "
                f"Put {KEYS_NAME} back from a backup or from your second copy.",
            ),
        )
    if found.kept:
        return (
            warning(
                "keys",
                f"{KEYS_NAME} is damaged or gone; the one kept before it is used. "
                "Make a backup, then compare it with your second copy.",
            ),
        )
    return (ok("keys", _words_on(keys)), *_moving(keys))


def _words_on(keys: Keys) -> str:
    if not keys.encrypted:
        return "This home is not encrypted, by choice: its disk has to be."
    return f"{KEYS_NAME} is sound and holds the keys of {len(keys.cohorts)} cohorts."


def _moving(keys: Keys) -> tuple[Check, ...]:
    return tuple(
        warning(
            "keys",
            f"Cohort {entry.cohort_id} was on its way to a new key when the program ended. "
            f"Open it once to finish that: `escape cohort show {entry.cohort_id}`.",
        )
        for entry in keys.cohorts
        if entry.next_key is not None
    )


def _settings(folder: Path) -> tuple[Settings | None, Check]:
    try:
        settings = load_settings(folder)
    except FaultyFiles as error:
        faults = " ".join(fault.sentence() for fault in error.faults)
        return None, bad("settings", f"{faults} {error.remedy}")
    if not settings.site.code:
        return settings, warning("settings", "The settings name no site code. Write it into escape.toml.")
    return settings, ok("settings", f"The settings of site {settings.site.code} are in order.")


def _facilitators(folder: Path) -> Check:
    try:
        present = read_facilitators(folder)
    except EscapeError as error:
        return bad("facilitators", str(error))
    if not present:
        return warning(
            "facilitators", "No facilitator is named. Add who may be on duty: `escape facilitator add`."
        )
    return ok("facilitators", f"{len(present)} may be on duty.")


def _signers(folder: Path, now: datetime) -> Check:
    try:
        present = [one for one in read_signers(folder) if one.private_key is not None]
    except EscapeError as error:
        return bad("signers", str(error))
    ending = [one.id for one in present if one.valid_until - now < SOON]
    if ending:
        whose = ", ".join(ending)
        return warning(
            "signers", f"The signing key of {whose} ends soon or has ended. Renew it: `escape signer renew`."
        )
    return ok("signers", f"{len(present)} can sign returns.")


def _returns(settings: Settings) -> Check:
    if not settings.returns.encrypt_for:
        return warning(
            "returns",
            "The settings name no key to encrypt returns for, so their files are readable health data. "
            "Ask the central team for its line, encrypt_for under [return] in escape.toml.",
        )
    if find_spec("pyrage") is None:
        return bad("returns", "Returns are to be encrypted, and the extra `encrypt` is not installed.")
    return ok("returns", "Returns leave encrypted for the central team.")


def _copies(folder: Path) -> tuple[Check, ...]:
    try:
        left = uncleaned(folder)
    except EscapeError as error:
        return (bad("erased copies", str(error)),)
    if not left:
        return (ok("erased copies", "No copy is known to hold what was erased."),)
    return tuple(warning("erased copies", _words_on_copy(one)) for one in left)


def _words_on_copy(one: Uncleaned) -> str:
    what = f"somebody erased from cohort {one.cohort}" if one.person else f"the erased cohort {one.cohort}"
    remedy = (
        "It is there now: run `escape cohort list`, which cleans it."
        if one.present
        else "Bring that medium back and run `escape cohort list`, which cleans it."
    )
    return f"The copy in {one.folder} may still hold {what}. {remedy}"


def _second_copy(folder: Path, settings: Settings) -> Check:
    named = settings.backup.second_copy
    if not named:
        return warning(
            "second copy",
            "The settings name no folder for a second copy; a lost laptop would take its backups along. "
            "Name a stick or a share under [backup] in escape.toml.",
        )
    if not Path(named).is_dir():
        return warning(
            "second copy", f"The folder {named} is not there. Plug the stick in, or connect the share."
        )
    try:
        there, here = home_of_copy(Path(named)), read_keys(folder).keys.home_id
    except (EscapeError, OSError):
        return warning("second copy", f"The copy in {named} cannot be read. Make a backup to write it anew.")
    if there is None:
        return warning("second copy", f"There is no copy in {named} yet. Make one: `escape backup now`.")
    if there != here:
        return bad("second copy", f"The folder {named} holds copies of another home. Name one of its own.")
    return ok("second copy", f"There is a second copy in {named}.")


def _backups(folder: Path, now: datetime) -> Check:
    codes = _codes(folder)
    if not codes:
        return ok("backups", "There is no cohort to back up yet.")
    newest = {code: _newest(folder, code) for code in codes}
    if never := sorted(code for code, at in newest.items() if at is None):
        return warning("backups", f"There is no backup of {', '.join(never)}. Make one: `escape backup now`.")
    made = [at for at in newest.values() if at is not None]
    if stale := sorted(code for code, at in newest.items() if at and _is_stale(folder, code, at, now)):
        return warning(
            "backups", f"{', '.join(stale)} changed since the last backup, more than a week ago. Make one."
        )
    return ok("backups", f"Every cohort has a backup; the oldest of the last ones is {_age(now, min(made))}.")


def _newest(folder: Path, code: str) -> datetime | None:
    return next((backup.made_at for backup in backups_in(folder / BACKUPS_FOLDER, code)), None)


def _is_stale(folder: Path, code: str, made: datetime, now: datetime) -> bool:
    changed = (folder / COHORTS_FOLDER / f"{code}.db").stat().st_mtime
    return changed > made.timestamp() and now - made > STALE


def _age(now: datetime, at: datetime) -> str:
    days = (now - at).days
    return "from the last 24 hours" if days < 1 else f"{days} days old" if days > 1 else "a day old"


def _codes(folder: Path) -> set[str]:
    return {path.stem for path in (folder / COHORTS_FOLDER).glob("*.db")}
