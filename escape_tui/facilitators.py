"""Who may be on duty at a site: `facilitators.json` of the home.

Not for: signing keys, which a facilitator may have besides, nor for who is on duty today.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ValidationError

from escape_tui.store.files import write_durably
from escape_tui.store.home_lock import alone_in
from escape_tui.store.opening import FACILITATORS_NAME as FACILITATORS_NAME  # noqa: PLC0414 - others know it from here
from sessions.errors import CannotOpen, Refused
from sessions.text import Data, Line, is_facilitator_id

BY_COMMAND_LINE = "command line"
"""Who acts where nobody is named and it cannot be told."""

Scope = Literal["all", "exercise"]
"""`all`, or `exercise` for a helper who leads the exercise alone."""


def _id(text: str) -> str:
    if not is_facilitator_id(text):
        raise ValueError("is no id")
    return text


class Facilitator(Data):
    """Somebody who may be on duty."""

    id: Annotated[str, AfterValidator(_id)]
    name: Line
    role: Line
    scope: Scope = "all"


class _Document(Data):
    version: Literal[1] = 1
    facilitators: tuple[Facilitator, ...]


def facilitator_of(name_id: str, name: str, role: str, scope: Scope) -> Facilitator:
    """A facilitator from what was typed. `Refused` where the id, the name or the role cannot be one."""
    if not is_facilitator_id(name_id):
        raise Refused(
            "That is no id for a facilitator.",
            "Begin with a small letter; small letters, digits and hyphens, at most 32.",
        )
    try:
        return Facilitator(id=name_id, name=name, role=role, scope=scope)
    except ValidationError:
        pass
    raise Refused("The name or the role cannot be used.", "Write one line of at most 90 characters for each.")


def read_facilitators(home: Path) -> tuple[Facilitator, ...]:
    """The facilitators of the home in `home`, in the order in which they came; none where none were added.

    `CannotOpen` where the file is damaged or of a newer version.
    """
    try:
        content = (home / FACILITATORS_NAME).read_bytes()
    except FileNotFoundError:
        return ()
    try:
        return _Document.model_validate_json(content).facilitators
    except ValidationError:
        pass
    raise CannotOpen(
        f"The file {FACILITATORS_NAME} of this home is damaged, or a newer version wrote it.",
        "Put it back from a backup, or open the home with the newer version.",
    )


def add_facilitator(home: Path, facilitator: Facilitator) -> bool:
    """Add somebody, durably; whether they are new. `Refused` where somebody else has that id."""
    with alone_in(home):
        present = read_facilitators(home)
        same_id = next((one for one in present if one.id == facilitator.id), None)
        if same_id == facilitator:
            return False
        if same_id is not None:
            raise Refused(
                f"Somebody else, or with another role, has the id {facilitator.id}.",
                "Choose another id, or correct what stands under this one with --replace.",
            )
        _write(home, (*present, facilitator))
    return True


def replace_facilitator(home: Path, facilitator: Facilitator) -> bool:
    """Correct name, role and scope of the one who has that id, durably; whether anything changed.

    It is the same person: the audit's entries of that id stay theirs. `Refused` where nobody has the id.
    """
    with alone_in(home):
        present = read_facilitators(home)
        if all(one.id != facilitator.id for one in present):
            raise Refused(
                f"Nobody here has the id {facilitator.id}.",
                "See `escape facilitator list`, or add them without --replace.",
            )
        if facilitator in present:
            return False
        _write(home, tuple(facilitator if one.id == facilitator.id else one for one in present))
    return True


def _write(home: Path, facilitators: tuple[Facilitator, ...]) -> None:
    document = _Document(facilitators=facilitators).model_dump(mode="json")
    content = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    write_durably(home / FACILITATORS_NAME, content.encode("utf-8"))


def who_acts(home: Path, named: str | None) -> str:
    """The id for the audit: who was named, else the only facilitator, else `BY_COMMAND_LINE`.

    `Refused` where the one named is no facilitator of this home.
    """
    ids = [facilitator.id for facilitator in read_facilitators(home)]
    if named is None:
        return ids[0] if len(ids) == 1 else BY_COMMAND_LINE
    if named not in ids:
        raise Refused(
            "Nobody of that id is a facilitator here.", "See `escape facilitator list`, or add them first."
        )
    return named
