"""A passphrase: how what was typed or stored becomes one, and what a new one must be.

Not for: asking for it (`cli.secrets`), nor for what it locks (`wrapping`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from sessions.errors import Refused

SHORTEST = 12
"""The least number of characters of a new passphrase."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase as it is used: in Unicode's composed form (NFC), encoded as UTF-8. Never shown."""

    encoded: bytes = field(repr=False)


def passphrase_of(text: str) -> Passphrase:
    """The passphrase that `text` means, one newline at its end dropped, whichever way accents were typed.

    `Refused` where `text` cannot be UTF-8 (bytes of another encoding in the environment).
    """
    try:
        return Passphrase(_composed(text).encode("utf-8"))
    except UnicodeEncodeError:
        pass
    raise Refused("The passphrase is not UTF-8 text.", "Save or set it as UTF-8.")


def new_passphrase_of(text: str) -> Passphrase:
    """The passphrase that `text` means, for locking with: `Refused` where it is no good as a new one.

    It must have `SHORTEST` characters, and none that cannot be typed again.
    """
    composed = _composed(text)
    if len(composed) < SHORTEST:
        raise Refused(
            f"A passphrase has {SHORTEST} characters at least.",
            "Four or five words in a row make a good one.",
        )
    if any(unicodedata.category(character) == "Cc" for character in composed):
        raise Refused(
            "The passphrase holds a character that cannot be typed.",
            "Write it on one line, without tabs.",
        )
    return passphrase_of(text)


def _composed(text: str) -> str:
    for newline in ("\r\n", "\n"):
        if text.endswith(newline):
            text = text.removesuffix(newline)
            break
    return unicodedata.normalize("NFC", text)
