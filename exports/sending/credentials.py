"""What lets one in at a server. Nothing of it is kept or shown.

Not for: asking; `password` is called once a server wants one, and only then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Credentials:
    """A private key's file for SFTP, beside the user's own keys; a password, or that of the key file."""

    key_file: Path | None = None
    password: Callable[[], str] | None = None
