"""The centre's own keys: one that signs receipts, under a passphrase, and an age identity to open returns.

Not for: the keys of facilitators (`signers`), nor for receiving (`exports.centre`).
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, ValidationError

from escape_tui.locked_key import KDF_ROUNDS, locked, new_key, opened
from escape_tui.store.files import write_durably
from escape_tui.store.home_lock import alone_in
from escape_tui.store.passphrase import Passphrase
from exports.signature import RECEIPT_NAMESPACE, OpenKey, PublicKey, public_key_of
from exports.signers import AllowedSigner
from sessions.errors import CannotOpen, Refused
from sessions.text import Data, Line

CENTRE_NAME: Final = "centre.json"
IDENTITY_NAME: Final = "centre.age-key"
"""An age identity as `age-keygen` writes one; whoever has it can open every return for this centre."""


def _public(text: str) -> str:
    public_key_of(text)
    return text


class Centre(Data):
    """A centre: its name, its key for receipts (`private_key` is locked), its age recipient, if any."""

    version: Literal[1] = 1
    id: str
    name: Line
    public_key: Annotated[str, AfterValidator(_public)]
    private_key: str
    encrypt_for: str | None

    @property
    def key(self) -> PublicKey:
        """The public key that sites know its receipts by."""
        return public_key_of(self.public_key)

    @property
    def receipt_signer(self) -> AllowedSigner:
        """The line that sites put into their settings once."""
        return AllowedSigner(f"{_plain(self.name)}@{self.id}", self.key, (RECEIPT_NAMESPACE,))


def make_centre(
    folder: Path, name: str, passphrase: Callable[[], Passphrase], rounds: int = KDF_ROUNDS
) -> Centre:
    """Make the centre's keys in `folder`, durable on return.

    Without the extra `encrypt` there is no age identity. `Refused` where there is a centre already, or the
    name is none. Broken off, it is simply done again.
    """
    _refuse_second(folder)
    named = _name(name)
    by = passphrase()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone_in(folder):
        _refuse_second(folder)
        key = new_key()
        made = Centre(
            id=f"centre-{secrets.token_hex(4)}",
            name=named,
            public_key=key.public.text,
            private_key=locked(key, by, rounds),
            encrypt_for=_new_identity(folder),
        )
        # Last: with this file the centre is there.
        document = json.dumps(made.model_dump(mode="json"), ensure_ascii=False, indent=1)
        write_durably(folder / CENTRE_NAME, (document + "\n").encode("utf-8"))
    return made


def read_centre(folder: Path) -> Centre:
    """The centre in `folder`. `CannotOpen` where there is none, or its file is damaged or newer."""
    try:
        content = (folder / CENTRE_NAME).read_bytes()
    except FileNotFoundError:
        content = None
    if content is None:
        raise CannotOpen(
            "There is no centre in this folder.",
            "Make one with `escape central init --into FOLDER --name N`.",
        )
    try:
        return Centre.model_validate_json(content)
    except ValidationError:
        pass
    raise CannotOpen(
        f"The file {CENTRE_NAME} is damaged, or a newer version wrote it.", "Put it back from your backup."
    )


def open_centre_key(centre: Centre, passphrase: Passphrase) -> OpenKey:
    """The key for receipts, open. `CannotOpen` by another passphrase, or where it is damaged."""
    found = opened(centre.private_key, centre.key, passphrase)
    if found == "another_passphrase":
        raise CannotOpen("This passphrase does not open the centre's key.", "Type it again.")
    if found == "damaged":
        raise CannotOpen("The centre's key is damaged.", f"Put {CENTRE_NAME} back from your backup.")
    return found


def own_identity(folder: Path) -> bytes | None:
    """The age identity of the centre in `folder`, None where it has none there."""
    try:
        return (folder / IDENTITY_NAME).read_bytes()
    except FileNotFoundError:
        return None


def _new_identity(folder: Path) -> str | None:
    try:
        import pyrage
    except ImportError:
        return None
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    write_durably(folder / IDENTITY_NAME, f"# public key: {recipient}\n{identity}\n".encode("ascii"))
    return recipient


def _refuse_second(folder: Path) -> None:
    if (folder / CENTRE_NAME).exists():
        raise Refused("There is a centre in this folder already.", "Name another folder.")


def _name(text: str) -> str:
    from pydantic import TypeAdapter

    try:
        return TypeAdapter(Line).validate_python(text)
    except ValidationError:
        pass
    raise Refused("This is no name of a centre.", "Give one line of at most 90 characters.")


def _plain(name: str) -> str:
    """The name in letters that a principal may have."""
    letters = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    return letters or "receipts"
