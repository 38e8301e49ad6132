"""The errors of the product: each says in one sentence what is wrong, in one what to do.

Not for: exit codes, which belong to the command line, nor for faults of our own making, which are
ordinary exceptions.
"""

from __future__ import annotations


class EscapeError(Exception):
    """Something a person can be told: `wrong` is one sentence, `remedy` is what to do about it.

    Neither sentence may hold the name of a participant or any other text of a person.
    """

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(f"{wrong} {remedy}")
        self.wrong = wrong
        self.remedy = remedy


class Refused(EscapeError):
    """What was asked breaks a rule or has bad input; nothing was changed."""


class CannotOpen(EscapeError):
    """A home or a cohort cannot be opened: passphrase, in use elsewhere, newer version, damage."""


class MachineFailed(EscapeError):
    """The machine could not do it: disk full, no permission. Nothing was lost."""
