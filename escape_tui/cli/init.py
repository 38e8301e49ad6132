"""`escape init`: set up a home, its settings, its keys, its recovery key.

Not for: what a home is made of (`setting_up`).
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import click

from escape_tui.cli.context import settled
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.recovery import recovery_key_keeper
from escape_tui.cli.secrets import FIRST_PASSPHRASE, new_passphrase_from, passphrase_option
from escape_tui.setting_up import Locks, set_up
from escape_tui.settings import site_of


@click.command("init")
@click.option("--site-code", required=True, help="The code that the central team knows the site by.")
@click.option("--site-name", required=True, help="The site's name, as it stands on paper and in returns.")
@click.option("--provider", default="", help="The organisation that provides the programme.")
@click.option("--plain", is_flag=True, help="No encryption and no passphrase: the disk is encrypted already.")
@click.option(
    "--recovery-file",
    type=NamedPath(),
    help="Where to write the recovery key, outside the home. Without it, the key is shown once.",
)
@passphrase_option
@json_option
def init(
    site_code: str,
    site_name: str,
    provider: str,
    plain: bool,
    recovery_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Set up a home: settings, keys, recovery key. The passphrase has 12 characters at least."""
    if plain and (recovery_file or passphrase_file):
        raise click.UsageError("A plain home has neither a passphrase nor a recovery key.")
    folder = settled().folder
    site = site_of(site_code, site_name, provider)
    if plain:
        home = set_up(folder, site, None)
    else:
        with recovery_key_keeper(folder, recovery_file, site) as keep:
            home = set_up(folder, site, Locks(new_passphrase_from(passphrase_file, FIRST_PASSPHRASE), keep))
    aside(f"The home is set up in {folder}.")
    if plain:
        aside("It is not encrypted: whoever has this disk can read what is in it.")
    if os.name == "posix" and folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        aside(f"Others on this machine can look into {folder}. Take that right away: chmod 700.")
    aside("Next, add who may be on duty: see `escape facilitator add --help`.")
    if as_json:
        answer_json(
            {
                "home": str(folder),
                "home_id": home.home_id,
                "site_code": site.code,
                "site_name": site.name,
                "encrypted": not plain,
                "recovery_file": str(recovery_file) if recovery_file else None,
            }
        )
