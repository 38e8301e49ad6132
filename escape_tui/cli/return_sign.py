"""`escape return sign`: a cohort's return is sealed, signed and brought out, and the cohort locked.

Not for: what is signed and in which order (`signing`).
"""

from __future__ import annotations

from pathlib import Path

import click

from escape_tui.cli.access import Access, with_access
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.secrets import SIGNER_PASSPHRASE, passphrase_from, signer_passphrase_option
from escape_tui.settings import load_settings
from escape_tui.signing import SigningOrder, sign_return
from escape_tui.store.second_copy import copies_of_keys
from exports.report.returned import report_pdf
from exports.signoff import signed_instant


@click.command("sign")
@click.argument("code", metavar="C")
@click.option("--signer", required=True, metavar="ID", help="Who signs; see `escape signer list`.")
@click.option("--out", required=True, type=NamedPath(), help="The folder for the return.")
@click.option(
    "--accept-gaps", metavar="WHY", help="Sign over gaps for this reason; it leaves with the return."
)
@signer_passphrase_option
@json_option
@with_access
def sign(
    access: Access,
    code: str,
    signer: str,
    out: Path,
    accept_gaps: str | None,
    signer_passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Seal and sign the return of cohort C, lock the cohort, and print the path of the return."""
    home = access.home()
    order = SigningOrder(
        signer=signer,
        out=out,
        passphrase=passphrase_from(signer_passphrase_file, SIGNER_PASSPHRASE),
        accept_gaps=accept_gaps,
    )
    with access.cohort_in(home, code) as cohort:
        done = sign_return(cohort, home, order, report_pdf)
    for word in copies_of_keys(home.folder, load_settings(home.folder).backup):
        aside(word)
    signed = done.signed
    aside(f"Signed by {signed.principal} as revision {signed.revision}; the cohort is locked.")
    if not done.encrypted:
        aside("The file is readable health data: keep it where only those may look who are meant to.")
    if not as_json:
        click.echo(str(done.file))
        return
    answer_json(
        {
            "return": str(done.file),
            "outbox": str(done.outbox),
            "return_id": signed.return_id,
            "revision": signed.revision,
            "signer": signed.principal,
            "signed_at": signed_instant(signed.signed_at),
            "gaps_accepted": len(signed.gaps),
            "practice": signed.practice,
            "encrypted": done.encrypted,
            "tagmanifest_sha256": done.tagmanifest_sha256,
        }
    )
