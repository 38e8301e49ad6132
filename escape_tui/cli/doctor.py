"""`escape doctor`: whether all is well with the home and the laptop, each with a verdict.

Not for: mending anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from escape_tui.checkup.check import Check, all_is_well, bad
from escape_tui.checkup.cohorts import check_cohorts, check_unopened
from escape_tui.checkup.home import check_home
from escape_tui.checkup.machine import check_machine
from escape_tui.cli.context import settled
from escape_tui.cli.failures import AnswerIsNo
from escape_tui.cli.output import answer_json, json_option
from escape_tui.cli.secrets import PASSPHRASE, passphrase_from, passphrase_option
from escape_tui.settings import load_settings
from escape_tui.store.key_file import read_keys
from escape_tui.store.opening import open_home
from escape_tui.store.passphrase import Passphrase
from sessions.errors import EscapeError

_UNOPENED = (
    "The cohorts were not looked into, for no passphrase was given. "
    "Run `escape doctor --unlock` to look into them as well."
)


@click.command("doctor")
@click.option("--unlock", is_flag=True, help="Ask for the passphrase, to look into the cohorts as well.")
@passphrase_option
@json_option
def doctor(unlock: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Look whether all is well: home, keys, cohorts, backups, disk, clock, terminal, sound, staying awake.

    Without a passphrase the cohorts are not looked into. Nothing is changed.
    """
    asked = unlock or passphrase_file is not None or PASSPHRASE.variable in os.environ
    checks = _examined(passphrase_from(passphrase_file) if asked else None)
    if as_json:
        answer_json({"checks": [asdict(check) for check in checks]})
    else:
        width = max(len(check.check) for check in checks)
        for check in checks:
            click.echo(f"{check.verdict:<7}  {check.check:<{width}}  {check.message}")
    if not all_is_well(checks):
        raise AnswerIsNo


def _examined(passphrase: Callable[[], Passphrase] | None) -> tuple[Check, ...]:
    folder, now = settled().folder, datetime.now(UTC)
    of_home = check_home(folder, now)
    there = len(of_home) > 1
    return (
        *of_home,
        *(_of_cohorts(folder, passphrase, now) if there else ()),
        *check_machine(folder, sound_on=_sound_on(folder)),
    )


def _of_cohorts(
    folder: Path, passphrase: Callable[[], Passphrase] | None, now: datetime
) -> tuple[Check, ...]:
    try:
        if passphrase is None and read_keys(folder).keys.encrypted:
            return check_unopened(folder, _UNOPENED, now)
        return check_cohorts(open_home(folder, passphrase or _none_needed), now)
    except EscapeError as error:
        return (bad("cohorts", str(error)),)


def _none_needed() -> Passphrase:
    raise RuntimeError("a plain home asked for a passphrase")


def _sound_on(folder: Path) -> bool:
    try:
        return load_settings(folder).sound.on
    except EscapeError:
        return True
