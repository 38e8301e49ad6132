"""`escape central init`: the centre's keys, and the lines that sites put into their settings once.

Not for: what the keys are (`centre_keys`).
"""

from __future__ import annotations

from pathlib import Path

import click

from escape_tui.centre_keys import IDENTITY_NAME, make_centre
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.secrets import FIRST_PASSPHRASE, new_passphrase_from, passphrase_option


@click.command("init")
@click.option(
    "--into", required=True, type=NamedPath(), help="The folder of the centre; made where it is not."
)
@click.option("--name", required=True, help="The centre's name, as it stands in receipts.")
@passphrase_option
@json_option
def init(into: Path, name: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Make the centre's keys, and print the lines for the settings of sites."""
    made = make_centre(into, name, new_passphrase_from(passphrase_file, FIRST_PASSPHRASE))
    line = made.receipt_signer.line
    aside(f"The centre is set up in {into}. Keep a copy of {into} in a safe place.")
    if made.encrypt_for is None:
        aside(
            "Returns will come unencrypted: this program was installed without age. To have them encrypted, "
            "install escape-tui[encrypt] and make the centre anew, before sites have its lines."
        )
    else:
        aside(f"Whoever has the file {into / IDENTITY_NAME} can open every return: guard it.")
    aside(
        "Send each site the lines below for escape.toml, and compare by telephone the fingerprint "
        f"{made.key.fingerprint}{' and the whole age1… line' if made.encrypt_for else ''}."
    )
    if as_json:
        answer_json(
            {
                "centre": {
                    "name": made.name,
                    "folder": str(into),
                    "fingerprint": made.key.fingerprint,
                    "public_key": made.public_key,
                    "receipt_signers": [line],
                    "encrypt_for": made.encrypt_for,
                    "identity": str(into / IDENTITY_NAME) if made.encrypt_for else None,
                }
            }
        )
        return
    click.echo("[return]")
    if made.encrypt_for is not None:
        click.echo(f'encrypt_for = "{made.encrypt_for}"')
    # In single quotes TOML takes what stands there as it is.
    click.echo(f"receipt_signers = ['{line}']")
