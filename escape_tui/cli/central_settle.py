"""`escape central settle`: say which return of a fork is the true one, as its site told.

Not for: filing it, which the next `central receive` does.
"""

from __future__ import annotations

from pathlib import Path

import click

from escape_tui.centre_keys import read_centre
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, json_option
from exports.centre.settling import settle as settle_on


@click.command("settle")
@click.argument("folder", type=NamedPath())
@click.argument("sha256", metavar="TAGMANIFEST_SHA256")
@json_option
def settle(folder: Path, sha256: str, as_json: bool) -> None:
    """Say that of two returns of one revision this is the true one. Receive again afterwards."""
    read_centre(folder)
    settled = settle_on(folder, sha256.lower())
    if as_json:
        answer_json(
            {"site_code": settled.site_code, "cohort_code": settled.cohort_code, "revision": settled.revision}
        )
        return
    click.echo(
        f"Site {settled.site_code}, cohort {settled.cohort_code}, revision {settled.revision} is settled. "
        "Run `escape central receive` again; its file must still be in the inbox."
    )
