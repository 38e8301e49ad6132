"""`escape signer …`: the signing keys of the facilitators, and the lines for the clinic.

Not for: signing (`escape return sign`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from escape_tui.cli.context import settled
from escape_tui.cli.output import answer_json, aside, json_option
from escape_tui.cli.rows import aligned
from escape_tui.cli.secrets import (
    SIGNER_PASSPHRASE,
    new_passphrase_from,
    passphrase_from,
    signer_passphrase_option,
)
from escape_tui.facilitators import (
    Facilitator,
    add_facilitator,
    facilitator_of,
    read_facilitators,
)
from escape_tui.settings import load_settings
from escape_tui.signers import (
    Signer,
    allowed_signers,
    new_signer,
    principal_of,
    read_signers,
    renew_signer,
    retire_signer,
)
from escape_tui.store.key_file import read_keys
from escape_tui.store.opening import require_home
from escape_tui.store.second_copy import copies_of_keys
from sessions.errors import Refused


@click.group("signer")
def signers() -> None:
    """The signing keys of the facilitators, and the lines for the clinic."""


@signers.command("new")
@click.argument("signer_id", metavar="ID")
@click.option("--name", help="Their name, where they are no facilitator here yet.")
@click.option("--role", help="Their role, where they are no facilitator here yet.")
@signer_passphrase_option
@json_option
def new(
    signer_id: str, name: str | None, role: str | None, signer_passphrase_file: Path | None, as_json: bool
) -> None:
    """Make a signing key for one facilitator, under a passphrase of their own."""
    folder = _home()
    facilitator = _facilitator(folder, signer_id, name, role)
    passphrase = new_passphrase_from(signer_passphrase_file, SIGNER_PASSPHRASE)
    made = new_signer(folder, facilitator.id, passphrase, _now())
    # After the key: without one nobody was added.
    if facilitator not in read_facilitators(folder):
        add_facilitator(folder, facilitator)
    aside(f"Made. Compare the fingerprint {made.key.fingerprint} with the clinic by telephone.")
    _answer(folder, made, as_json=as_json)


@signers.command("list")
@json_option
def list_signers(as_json: bool) -> None:
    """List every signing key, retired ones too."""
    folder = _home()
    rows = [_row(folder, one) for one in read_signers(folder)]
    if as_json:
        answer_json({"signers": rows})
        return
    if not rows:
        aside("There is no signing key yet. Make one with `escape signer new`.")
    columns = ("signer", "state", "valid_from", "valid_until", "fingerprint")
    for line in aligned([tuple(str(row[column]) for column in columns) for row in rows]):
        click.echo(line)


@signers.command("allowed")
@json_option
def allowed(as_json: bool) -> None:
    """Print the `allowed_signers` lines for the clinic. Send them by another way than the returns."""
    folder = _home()
    site = _site_code(folder)
    lines = [one.line for one in allowed_signers(folder, site, practice=_practice(folder))]
    if as_json:
        answer_json({"allowed_signers": lines})
        return
    for line in lines:
        click.echo(line)


@signers.command("renew")
@click.argument("signer_id", metavar="ID")
@signer_passphrase_option
@json_option
def renew(signer_id: str, signer_passphrase_file: Path | None, as_json: bool) -> None:
    """Make a new key in the place of the present one, under the same passphrase."""
    folder = _home()
    passphrase = passphrase_from(signer_passphrase_file, SIGNER_PASSPHRASE)
    made = renew_signer(folder, signer_id, passphrase, _now())
    aside("Renewed. Send the clinic all lines of `escape signer allowed` again.")
    _answer(folder, made, as_json=as_json)


@signers.command("retire")
@click.argument("signer_id", metavar="ID")
@json_option
def retire(signer_id: str, as_json: bool) -> None:
    """End the time of a key; nobody signs with it again. What it signed stays signed."""
    folder = _home()
    retired = retire_signer(folder, signer_id, _now())
    aside(
        "Retired. Send the clinic all lines of `escape signer allowed` again. "
        "If somebody else may have had the key, ask the clinic to revoke it."
    )
    _answer(folder, retired, as_json=as_json)


def _facilitator(folder: Path, signer: str, name: str | None, role: str | None) -> Facilitator:
    """Who the key is for; what is said of somebody who is there has to agree with it."""
    known = next((one for one in read_facilitators(folder) if one.id == signer), None)
    if known is None:
        if name is None or role is None:
            raise Refused(
                "Nobody of that id is a facilitator here.", "Give --name and --role too, and they are added."
            )
        return facilitator_of(signer, name, role, "all")
    if (name or known.name, role or known.role) != (known.name, known.role):
        raise Refused(
            f"{signer} stands here with another name or role.",
            "Correct it with `escape facilitator add … --replace`, or choose another id.",
        )
    return known


def _answer(folder: Path, signer: Signer, *, as_json: bool) -> None:
    for word in copies_of_keys(folder, load_settings(folder).backup):
        aside(word)
    row = _row(folder, signer)
    if as_json:
        answer_json({"signer": row})
        return
    click.echo(f"{row['principal']}  {row['fingerprint']}  until {row['valid_until']}")


def _row(folder: Path, signer: Signer) -> dict[str, object]:
    known = next((one for one in read_facilitators(folder) if one.id == signer.id), None)
    return {
        "signer": signer.id,
        "name": known.name if known else None,
        "role": known.role if known else None,
        "principal": principal_of(signer.id, load_settings(folder).site.code),
        "state": signer.state(_now()),
        "valid_from": _written(signer.valid_from),
        "valid_until": _written(signer.valid_until),
        "fingerprint": signer.key.fingerprint,
        "public_key": signer.public_key,
    }


def _home() -> Path:
    folder = settled().folder
    require_home(folder)
    return folder


def _site_code(folder: Path) -> str:
    code = load_settings(folder).site.code
    if not code:
        raise Refused("The settings name no site code.", "Write it into escape.toml, under [site].")
    return code


def _practice(folder: Path) -> bool:
    return read_keys(folder).keys.practice


def _now() -> datetime:
    return datetime.now(UTC)


def _written(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
