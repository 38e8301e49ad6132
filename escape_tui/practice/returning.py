"""A practice programme lived to its end and its return signed: by a practice signer, as practice.

Not for: signing anything real. The signer's passphrase is made and forgotten here.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from escape_tui.cohorts import open_by_code
from escape_tui.practice.home import FACILITATORS, practice_code
from escape_tui.practice.making import Asked, Lived, play_through
from escape_tui.settings import load_settings
from escape_tui.signers import allowed_signers, new_signer, read_signers, retire_signer
from escape_tui.signing import SignedOut, SigningOrder, sign_return
from escape_tui.store.cohort import Actor
from escape_tui.store.files import write_durably
from escape_tui.store.keys import Home
from escape_tui.store.opening import make_folder
from escape_tui.store.outgoing import refuse_another_file
from escape_tui.store.passphrase import Passphrase, passphrase_of
from exports.bag import BagName, bag_name_of

RETURNS_FOLDER: Final = "returns"
"""In the practice home: where a return goes when no folder is named."""
SIGNERS_SUFFIX: Final = ".allowed_signers"
WHY: Final = "Practice: invented people leave gaps as real ones do."
_SIGNER: Final = FACILITATORS[0].id


@dataclass(frozen=True, slots=True)
class Played:
    """A practice return, the file of signers that it verifies by, and what was lived through."""

    lived: Lived
    file: Path
    signers: Path
    revision: int
    gaps: int
    tagmanifest_sha256: str


def played_and_signed(home: Home, asked: Asked, today: date, out: Path | None) -> Played:
    """Live a practice programme to its end and sign its return into the folder `out`.

    Beside it lies the file of signers. Raises as `play_through`; `Refused` where the folder is not there, or
    holds another file of either name; nothing is lived through then.
    """
    folder = out or home.folder / RETURNS_FOLDER
    make_folder(folder)
    name = BagName(load_settings(home.folder).site.code, practice_code(home), 1, practice=True).folder
    signers = folder / f"{name}{SIGNERS_SUFFIX}"
    if out is None:
        _take_last_away(folder)
    refuse_another_file(folder, f"{name}.zip")
    refuse_another_file(folder, signers.name)
    lived = play_through(home, asked, today)
    done = _signed(home, lived.code, folder)
    site = load_settings(home.folder).site.code
    lines = (f"{one.line}\n" for one in allowed_signers(home.folder, site, practice=True))
    write_durably(signers, "".join(lines).encode("ascii"))
    return Played(
        lived, done.file, signers, done.signed.revision, len(done.signed.gaps), done.tagmanifest_sha256
    )


def _signed(home: Home, code: str, folder: Path) -> SignedOut:
    from exports.report.returned import report_pdf

    passphrase = _practice_signer(home)
    order = SigningOrder(_SIGNER, folder, lambda: passphrase, WHY)
    with open_by_code(home, code, Actor(_SIGNER), _nothing_older) as cohort:
        return sign_return(cohort, home, order, report_pdf)


def _practice_signer(home: Home) -> Passphrase:
    """A fresh key in the place of the last; what opens it is known to nobody afterwards."""
    now = datetime.now(UTC)
    if any(one.id == _SIGNER and one.private_key is not None for one in read_signers(home.folder)):
        retire_signer(home.folder, _SIGNER, now)
    passphrase = passphrase_of(secrets.token_hex(16))
    # A passphrase that nobody can guess needs no slow hash.
    new_signer(home.folder, _SIGNER, lambda: passphrase, now, rounds=1)
    return passphrase


def _take_last_away(folder: Path) -> None:
    for file in folder.iterdir():
        if bag_name_of(file.name.partition(".")[0]) is not None:
            file.unlink()


def _nothing_older() -> None:
    """A cohort that was just made is of no older version."""
