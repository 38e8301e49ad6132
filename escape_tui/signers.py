"""The signing keys of facilitators: `signers.json`, each in OpenSSH's format under its own passphrase.

Not for: what a signature is (`exports.signature`), nor for signing a return (`signing`). Whoever opens the
home cannot sign with these: each key has the passphrase of the one person whose name it stands for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, ValidationError

from escape_tui.locked_key import KDF_ROUNDS, locked, new_key, opened
from escape_tui.store.files import write_durably
from escape_tui.store.home_lock import alone_in
from escape_tui.store.key_file import Instant
from escape_tui.store.passphrase import Passphrase
from exports.signature import PRACTICE_NAMESPACE, RETURN_NAMESPACE, OpenKey, PublicKey, public_key_of
from exports.signers import AllowedSigner
from sessions.errors import CannotOpen, Refused
from sessions.text import Data, is_facilitator_id

SIGNERS_NAME: Final = "signers.json"
VALID_FOR: Final = timedelta(days=730)
"""How long a key is good for before it is renewed."""

SignerState = Literal["valid", "expired", "retired"]


def _id(text: str) -> str:
    if not is_facilitator_id(text):
        raise ValueError("is no id")
    return text


def _public(text: str) -> str:
    public_key_of(text)
    return text


class Signer(Data):
    """One signing key of a facilitator; `number` counts their keys from 1.

    `private_key` is OpenSSH's text, locked; None once it was retired or renewed, for then nobody signs with
    it again. It is valid from `valid_from` until `valid_until`, both ends included.
    """

    id: Annotated[str, AfterValidator(_id)]
    number: Annotated[int, Field(ge=1)]
    public_key: Annotated[str, AfterValidator(_public)]
    valid_from: Instant
    valid_until: Instant
    private_key: str | None

    @property
    def key(self) -> PublicKey:
        """The public key."""
        return public_key_of(self.public_key)

    def state(self, now: datetime) -> SignerState:
        """What this key is good for at the instant `now`."""
        if self.private_key is None:
            return "retired"
        return "valid" if now <= self.valid_until else "expired"


class _Document(Data):
    version: Literal[1] = 1
    signers: tuple[Signer, ...]


def principal_of(signer: str, site_code: str) -> str:
    """What a signer is called in signatures: `jk@S042`."""
    return f"{signer}@{site_code}"


def namespace_of(*, practice: bool) -> str:
    """The namespace that a home signs in. One of practice can never sign as another."""
    return PRACTICE_NAMESPACE if practice else RETURN_NAMESPACE


def read_signers(home: Path) -> tuple[Signer, ...]:
    """Every key of the home in `home`, retired ones too, in the order in which they came.

    `CannotOpen` where the file is damaged or of a newer version.
    """
    try:
        content = (home / SIGNERS_NAME).read_bytes()
    except FileNotFoundError:
        return ()
    try:
        return _Document.model_validate_json(content).signers
    except ValidationError:
        pass
    raise CannotOpen(
        f"The file {SIGNERS_NAME} of this home is damaged, or a newer version wrote it.",
        "Put it back from the home's backups folder, or from your second copy; it lies in both.",
    )


def new_signer(
    home: Path, signer: str, passphrase: Callable[[], Passphrase], now: datetime, rounds: int = KDF_ROUNDS
) -> Signer:
    """Make the signing key of a facilitator, durable on return, good from `now` on for `VALID_FOR`.

    `passphrase` is asked for only where a key can be made. `Refused` where they have one that is not retired.
    """
    _refuse_second(read_signers(home), signer)
    locked_by = passphrase()

    def add(present: tuple[Signer, ...]) -> tuple[Signer, ...]:
        _refuse_second(present, signer)
        return (*present, _made(present, signer, locked_by, now, rounds))

    return _change(home, add)[-1]


def renew_signer(
    home: Path, signer: str, passphrase: Callable[[], Passphrase], now: datetime, rounds: int = KDF_ROUNDS
) -> Signer:
    """Give a facilitator a new key under the passphrase that opens the present one, whose time ends now.

    What was signed with the present one stays signed. `Refused` where there is none, or by another
    passphrase.
    """
    present = _signer(read_signers(home), signer)
    opens = passphrase()
    open_key(present, opens)

    def renew(all_keys: tuple[Signer, ...]) -> tuple[Signer, ...]:
        ended = _ended(all_keys, _signer(all_keys, signer), now)
        return (*ended, _made(ended, signer, opens, now, rounds))

    return _change(home, renew)[-1]


def retire_signer(home: Path, signer: str, now: datetime) -> Signer:
    """End the time of a facilitator's key and forget its private half; `Refused` where there is none."""

    def retire(all_keys: tuple[Signer, ...]) -> tuple[Signer, ...]:
        return _ended(all_keys, _signer(all_keys, signer), now)

    return [one for one in _change(home, retire) if one.id == signer][-1]


def signer_of(home: Path, signer: str, now: datetime) -> Signer:
    """The key that a facilitator signs with at the instant `now`.

    `Refused` where they have none, or its time is over.
    """
    found = _signer(read_signers(home), signer)
    if found.state(now) == "expired":
        raise Refused(
            f"The signing key of {signer} is good no longer.",
            f"Make a new one with `escape signer renew {signer}`, and send the clinic its line.",
        )
    if now < found.valid_from:
        raise Refused(
            f"The signing key of {signer} is not good yet, by the clock of this laptop.",
            "Set its date and time, then do this again.",
        )
    return found


def open_key(signer: Signer, passphrase: Passphrase) -> OpenKey:
    """The private key, open. `Refused` by a wrong passphrase, `CannotOpen` where the key is damaged."""
    found = opened(signer.private_key, signer.key, passphrase)
    if found == "another_passphrase":
        raise Refused(
            f"This passphrase does not open the signing key of {signer.id}.",
            "Type the signer's own passphrase, not that of the home. "
            f"Where it is lost: `escape signer retire {signer.id}`, then `escape signer new {signer.id}`.",
        )
    if found == "damaged":
        raise CannotOpen(
            f"The signing key of {signer.id} is damaged.",
            f"Put {SIGNERS_NAME} back from your second copy, or retire the key and make a new one.",
        )
    return found


def allowed_signers(home: Path, site_code: str, *, practice: bool) -> tuple[AllowedSigner, ...]:
    """The lines for the clinic: every key that ever signed here, each with its time."""
    return tuple(
        AllowedSigner(
            principal_of(one.id, site_code),
            one.key,
            (namespace_of(practice=practice),),
            one.valid_from,
            one.valid_until,
        )
        for one in read_signers(home)
    )


def _made(
    present: tuple[Signer, ...], signer: str, passphrase: Passphrase, now: datetime, rounds: int
) -> Signer:
    key = new_key()
    begins = _whole_second(now)
    return Signer(
        id=signer,
        number=1 + sum(one.id == signer for one in present),
        public_key=key.public.text,
        valid_from=begins,
        valid_until=begins + VALID_FOR,
        private_key=locked(key, passphrase, rounds),
    )


def _refuse_second(present: tuple[Signer, ...], signer: str) -> None:
    if any(one.id == signer and one.private_key is not None for one in present):
        raise Refused(
            f"There is a signing key of {signer} already.",
            f"Renew it with `escape signer renew {signer}`, or retire it first.",
        )


def _signer(present: tuple[Signer, ...], signer: str) -> Signer:
    found = [one for one in present if one.id == signer and one.private_key is not None]
    if not found:
        raise Refused(
            f"There is no signing key of {signer} here.",
            f"See `escape signer list`, or make one with `escape signer new {signer}`.",
        )
    return found[-1]


def _ended(present: tuple[Signer, ...], ending: Signer, now: datetime) -> tuple[Signer, ...]:
    until = max(ending.valid_from, min(ending.valid_until, _whole_second(now)))
    ended = ending.model_copy(update={"valid_until": until, "private_key": None})
    return tuple(ended if one == ending else one for one in present)


def _whole_second(instant: datetime) -> datetime:
    # The lines for the clinic have no finer one.
    return instant.replace(microsecond=0)


def _change(home: Path, edit: Callable[[tuple[Signer, ...]], tuple[Signer, ...]]) -> tuple[Signer, ...]:
    with alone_in(home):
        present = read_signers(home)
        changed = edit(present)
        document = _Document(signers=changed).model_dump(mode="json")
        write_durably(home / SIGNERS_NAME, (json.dumps(document, indent=1) + "\n").encode("ascii"))
    return changed
