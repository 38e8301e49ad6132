"""What a home must remember however old the cohort is that is restored: revisions signed, people erased.

Not for: keys and erased cohorts (`key_file`), nor for the sign-offs in a cohort's own file, which go back in
time with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from escape_tui.store.audit import Head
from escape_tui.store.files import write_durably
from escape_tui.store.home_lock import alone_in
from escape_tui.store.key_file import Instant
from escape_tui.store.keys import Home
from sessions.errors import CannotOpen, Refused
from sessions.text import Data

LEDGER_NAME = "ledger.json"

_Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class TableRows(Data):
    """How many rows a table of a return has."""

    table: str
    rows: Annotated[int, Field(ge=0)]


class SealedFile(Data):
    """The file of a return as it was sealed: its name, the SHA-256 of its bytes, the rows in it.

    Told apart from the file, for one that is encrypted cannot be read here any more.
    """

    name: str
    sha256: _Sha256
    rows: tuple[TableRows, ...]


class SignedRevision(Data):
    """A revision of a return that was signed here, by which signer, and the SHA-256 of its tagmanifest.

    `audit_length` and `audit_head` are the trail that it was signed over, None where only its mark is known;
    so is `file`.
    """

    code: str
    return_id: str
    revision: Annotated[int, Field(ge=1)]
    signer: str
    signed_at: Instant
    tagmanifest_sha256: _Sha256
    audit_length: Annotated[int, Field(ge=0)] | None = None
    audit_head: _Sha256 | None = None
    file: SealedFile | None = None


class ErasedPerson(Data):
    """Somebody who was erased from a cohort; the id alone, which says nothing of who they were."""

    code: str
    person: str
    on: date


class Ledger(Data):
    """Everything that a home remembers beside its cohorts, in the order in which it happened."""

    version: Literal[1] = 1
    signed: tuple[SignedRevision, ...] = ()
    erased_people: tuple[ErasedPerson, ...] = ()

    def revisions_of(self, return_id: str) -> tuple[SignedRevision, ...]:
        """The revisions of one return, lowest first."""
        found = (one for one in self.signed if one.return_id == return_id)
        return tuple(sorted(found, key=lambda one: one.revision))

    def erased_in(self, code: str) -> tuple[ErasedPerson, ...]:
        """The people who were erased from one cohort."""
        return tuple(one for one in self.erased_people if one.code == code)


def read_ledger(folder: Path) -> Ledger:
    """The ledger of the home in `folder`, empty where nothing was written yet.

    `CannotOpen` where it is damaged, or a newer version wrote it: it is never taken for an empty one.
    """
    try:
        return Ledger.model_validate_json((folder / LEDGER_NAME).read_bytes())
    except FileNotFoundError:
        return Ledger()
    except ValidationError:
        pass
    raise CannotOpen(
        f"The file {LEDGER_NAME} is damaged, or a newer version wrote it.",
        "Put it back from the home's backups folder, or from your second copy; it lies in both.",
    )


def next_revision(home: Home, return_id: str, last_in_cohort: int) -> int:
    """The revision that is signed next, 1 for the first. A restored cohort does not know its last one."""
    known = [one.revision for one in read_ledger(home.folder).revisions_of(return_id)]
    return max([last_in_cohort, *known]) + 1


def last_revision(home: Home, return_id: str) -> SignedRevision | None:
    """The last revision of a return that was signed here, whose hash the next one names."""
    return next(iter(reversed(read_ledger(home.folder).revisions_of(return_id))), None)


def signed_heads(home: Home, return_id: str) -> tuple[Head, ...]:
    """The heads of the trail over which revisions of a return were signed here."""
    return tuple(
        Head(one.audit_length, one.audit_head)
        for one in read_ledger(home.folder).revisions_of(return_id)
        if one.audit_length is not None and one.audit_head is not None
    )


def record_signed_revision(home: Home, signed: SignedRevision) -> None:
    """Remember a signed revision, durably on return; before the return leaves the program.

    The same again changes nothing. `Refused` where that revision was signed over something else.
    """

    def add(ledger: Ledger) -> Ledger:
        same = [one for one in ledger.revisions_of(signed.return_id) if one.revision == signed.revision]
        if same and same[0].tagmanifest_sha256 != signed.tagmanifest_sha256:
            last = ledger.revisions_of(signed.return_id)[-1].revision
            raise Refused(
                f"Revision {signed.revision} of this return was signed already.",
                f"The next is {last + 1}.",
            )
        return ledger if same else ledger.model_copy(update={"signed": (*ledger.signed, signed)})

    _change(home.folder, add)


def record_erased_person(home: Home, code: str, person_id: str, on: date) -> None:
    """Remember that a person was erased from the cohort `code`, durably on return.

    A restored backup erases them again at once. To be called after the act, for an act that is refused must
    never make a later restore erase somebody; an erasing that was broken off in between is ended at the next
    opening. A second time changes nothing.
    """

    def add(ledger: Ledger) -> Ledger:
        if any(one.person == person_id for one in ledger.erased_in(code)):
            return ledger
        erased = ErasedPerson(code=code, person=person_id, on=on)
        return ledger.model_copy(update={"erased_people": (*ledger.erased_people, erased)})

    _change(home.folder, add)


def merge_ledger(folder: Path, other: Ledger) -> None:
    """Add to the ledger in `folder` what `other`, from a copy of the same home, knows besides."""

    def merge(ledger: Ledger) -> Ledger:
        known = {(one.return_id, one.revision) for one in ledger.signed}
        people = {(one.code, one.person) for one in ledger.erased_people}
        signed = tuple(one for one in other.signed if (one.return_id, one.revision) not in known)
        erased = tuple(one for one in other.erased_people if (one.code, one.person) not in people)
        return Ledger(signed=(*ledger.signed, *signed), erased_people=(*ledger.erased_people, *erased))

    _change(folder, merge)


def forget_practice_cohort(home: Home, code: str) -> None:
    """Forget a practice cohort that a fresh one of the same code takes the place of.

    `ValueError` for a real home, which forgets nothing.
    """
    if not home.practice:
        raise ValueError("a real home forgets nothing")

    def forget(ledger: Ledger) -> Ledger:
        return Ledger(
            signed=tuple(one for one in ledger.signed if one.code != code),
            erased_people=tuple(one for one in ledger.erased_people if one.code != code),
        )

    _change(home.folder, forget)


def _change(folder: Path, edit: Callable[[Ledger], Ledger]) -> None:
    with alone_in(folder):
        ledger = read_ledger(folder)
        changed = edit(ledger)
        if changed != ledger:
            content = json.dumps(changed.model_dump(mode="json"), indent=1) + "\n"
            write_durably(folder / LEDGER_NAME, content.encode("ascii"))
