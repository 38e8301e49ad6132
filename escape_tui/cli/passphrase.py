"""`escape passphrase …`: a new passphrase for a home, by the old one or by the recovery key.

Not for: signers' passphrases; each signer has their own.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from pathlib import Path

import click

from escape_tui.cli.context import settled
from escape_tui.cli.named import NamedPath
from escape_tui.cli.opened import opened_by, tell_of_damage
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.recovery import recovery_key_keeper
from escape_tui.cli.secrets import (
    PRESENT_PASSPHRASE,
    RECOVERY_KEY,
    new_passphrase_from,
    new_passphrase_option,
    passphrase_from,
    passphrase_option,
    recovery_key_from,
)
from escape_tui.settings import Site, load_settings
from escape_tui.store.keys import UnlockedHome
from escape_tui.store.opening import no_passphrase_here, recover_home
from escape_tui.store.passphrase import Passphrase
from escape_tui.store.second_copy import copies_of_keys
from sessions.faults import FaultyFiles


@click.group("passphrase")
def passphrases() -> None:
    """A new passphrase, by the old one or by the recovery key."""


@passphrases.command("change")
@click.option("--rotate", is_flag=True, help="Make a new home key and a new recovery key as well.")
@click.option(
    "--recovery-file",
    type=NamedPath(),
    help="With --rotate: where to write the new recovery key. Without it, the key is shown once.",
)
@passphrase_option
@new_passphrase_option
@json_option
def change(
    rotate: bool,
    recovery_file: Path | None,
    passphrase_file: Path | None,
    new_passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Set a new passphrase. With --rotate the old keys open nothing that is made from now on."""
    if recovery_file and not rotate:
        raise click.UsageError("Only --rotate makes a new recovery key.")
    # Read once, and kept for as long as it takes to see that the new one is another.
    present = functools.cache(passphrase_from(passphrase_file, PRESENT_PASSPHRASE))
    new_passphrase = new_passphrase_from(new_passphrase_file, present=present)
    if rotate:
        folder = settled().folder
        with recovery_key_keeper(folder, recovery_file, _site(folder)) as keep:
            _opened(present).rotate(new_passphrase(), keep)
    else:
        _opened(present).change_passphrase(new_passphrase())
    _tell(rotated=rotate, recovery_file=recovery_file, as_json=as_json)


@passphrases.command("recover")
@RECOVERY_KEY.in_option("recovery_file")
@new_passphrase_option
@json_option
def recover(recovery_file: Path | None, new_passphrase_file: Path | None, as_json: bool) -> None:
    """Set a new passphrase by the recovery key, which stays as it is."""
    home = recover_home(settled().folder, recovery_key_from(recovery_file))
    tell_of_damage(home)
    home.change_passphrase(new_passphrase_from(new_passphrase_file)())
    _tell(rotated=False, recovery_file=None, as_json=as_json)


def _opened(passphrase: Callable[[], Passphrase]) -> UnlockedHome:
    home = opened_by(passphrase)
    if not isinstance(home, UnlockedHome):
        raise no_passphrase_here()
    return home


def _site(folder: Path) -> Site:
    """The site of the home; faulty settings keep nobody from new keys."""
    with contextlib.suppress(FaultyFiles):
        return load_settings(folder).site
    return Site()


def _brought_to_copies(folder: Path) -> list[str]:
    """Bring the new keys to every copy within reach; a word for each that is not."""
    try:
        counts = load_settings(folder).backup
    except FaultyFiles:
        return ["The settings are faulty, so a second copy that they name was not reached."]
    return copies_of_keys(folder, counts)


def _tell(*, rotated: bool, recovery_file: Path | None, as_json: bool) -> None:
    aside("The new passphrase is set.")
    for word in _brought_to_copies(settled().folder):
        aside(word)
    aside(
        "The copies of keys.json with the backups here and in the second copy have it too. "
        "Any other copy, or an older one, still opens with the old passphrase"
        + (" and the old recovery key, for the cohorts that were there." if rotated else ".")
    )
    if as_json:
        answer_json(
            {
                "changed": True,
                "rotated": rotated,
                "recovery_file": str(recovery_file) if recovery_file else None,
            }
        )
