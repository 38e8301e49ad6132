"""`escape unlock-check`: whether the passphrase opens the home.

Not for: keeping it open; every command opens it for itself.
"""

from __future__ import annotations

from pathlib import Path

import click

from escape_tui.cli.context import settled
from escape_tui.cli.opened import opened_home, settings_fault
from escape_tui.cli.output import answer_json, json_option
from escape_tui.cli.secrets import passphrase_option
from escape_tui.store.keys import UnlockedHome


@click.command("unlock-check")
@passphrase_option
@json_option
def unlock_check(passphrase_file: Path | None, as_json: bool) -> None:
    """Check that the passphrase opens the home: 0 where it does, 3 where it does not.

    Faulty settings are told on the way; they keep no home shut.
    """
    home = opened_home(passphrase_file)
    fault = settings_fault(settled().folder)
    encrypted = isinstance(home, UnlockedHome)
    if as_json:
        answer_json(
            {
                "home": str(settled().folder),
                "home_id": home.home_id,
                "encrypted": encrypted,
                "practice": home.practice,
                "keys_damaged": home.from_kept_generation,
                "settings": fault or "sound",
            }
        )
    elif encrypted:
        click.echo("The passphrase opens this home.")
    else:
        click.echo("This home is not encrypted: it opens without a passphrase.")
