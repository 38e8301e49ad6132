"""`escape verify`: whether a return is genuine, for whoever receives one.

Not for: judging it (`exports.verify`). It needs neither a home nor a passphrase, and writes nothing.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from escape_tui.cli.failures import AnswerIsNo
from escape_tui.cli.instants import INSTANT
from escape_tui.cli.named import NamedPath
from escape_tui.cli.output import answer_json, json_option
from exports.signers import FaultyFile, Trusted, read_allowed_signers, read_revoked
from exports.taking_in import NotReadable, open_bag
from exports.verify import Judgement, judge, unreadable

_SAID = {
    "genuine": "This is a genuine return.",
    "practice": "This is a practice return: nothing in it happened.",
    "signer_not_checked": "Its content is as it was sealed. Who signed it was not checked: name --signers.",
    "not_a_return": "This is not a return.",
}


@click.command("verify")
@click.argument("path", type=NamedPath())
@click.option("--signers", type=NamedPath(), help="The clinic's `allowed_signers` file.")
@click.option("--revoked", type=NamedPath(), help="A list of revoked keys, one a line.")
@click.option("--integrity-only", is_flag=True, help="Leave with 0 too where the signer was not checked.")
@click.option("--practice", is_flag=True, help="Leave with 0 for a practice return alone.")
@click.option("--at", type=INSTANT, help="Judge the signer's time at this instant, not at the one claimed.")
@click.option("--identity", type=NamedPath(), help="The centre's age key, for a return that is encrypted.")
@json_option
def verify(
    path: Path,
    signers: Path | None,
    revoked: Path | None,
    integrity_only: bool,
    practice: bool,
    at: datetime | None,
    identity: Path | None,
    as_json: bool,
) -> None:
    """Check a return: a zip or an unpacked folder. Needs no home and no passphrase."""
    found = _judged(path, signers, revoked, at, identity)
    if as_json:
        answer_json(_document(found))
    else:
        _tell(found)
    if not _is_yes(found, integrity_only=integrity_only and signers is None, practice=practice):
        raise AnswerIsNo


def _judged(
    path: Path, signers: Path | None, revoked: Path | None, at: datetime | None, identity: Path | None
) -> Judgement:
    try:
        trusted = trusted_in(signers, revoked)
        key = None if identity is None else content_of(identity, "identity_unreadable")
        return judge(open_bag(path, key), trusted, at)
    except NotReadable as error:
        return unreadable(error)


def trusted_in(signers: Path | None, revoked: Path | None) -> Trusted | None:
    """The clinic's files; `NotReadable` for one that cannot be taken: it is no empty one."""
    if signers is None:
        if revoked is not None:
            raise click.UsageError("--revoked says nothing without --signers.")
        return None
    try:
        allowed = read_allowed_signers(content_of(signers, "signers_unreadable"))
    except FaultyFile as error:
        raise _faulty("signers", error) from None
    try:
        keys = frozenset() if revoked is None else read_revoked(content_of(revoked, "revoked_unreadable"))
    except FaultyFile as error:
        raise _faulty("revoked keys", error) from None
    return Trusted(allowed, keys)


def content_of(path: Path, code: str) -> bytes:
    """What is in a file that was named; `NotReadable` of that `code` where it cannot be read."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or "its name cannot be one"
        raise NotReadable(code, "", f"The file {path} cannot be read ({told}).") from None


def _faulty(what: str, error: FaultyFile) -> NotReadable:
    where = f"Line {error.line} of the file of {what}" if error.line else f"The file of {what}"
    return NotReadable("signers_unreadable", "", f"{where} cannot be taken. {error.message}")


def _is_yes(found: Judgement, *, integrity_only: bool, practice: bool) -> bool:
    if practice:
        return found.verdict == "practice" and found.signed_by_known
    return found.verdict == "genuine" or (integrity_only and found.verdict == "signer_not_checked")


def _document(found: Judgement) -> dict[str, object]:
    return {
        "verdict": found.verdict,
        "intact": found.intact,
        "practice": found.practice,
        "revision": found.revision,
        "signers": [asdict(one) for one in found.signers],
        "reasons": [asdict(one) for one in found.reasons],
    }


def _tell(found: Judgement) -> None:
    click.echo(_SAID[found.verdict])
    if found.intact and found.signed is not None:
        said = found.signed
        click.echo(
            f"Site {said.site_code}, cohort {said.cohort_code}, revision {said.revision}, "
            f"signed by {said.principal} on {said.signed_at:%Y-%m-%d %H:%M} UTC."
        )
    for one in found.reasons:
        click.echo(f"{one.path}: {one.message}" if one.path else one.message)
