"""How people are named in what a command answers: by the list's own reference, and by their id.

Not for: names, which these commands do not show.
"""

from __future__ import annotations

from escape_tui.store.cohort import Cohort
from escape_tui.store.read import identities


class Named:
    """The references of a cohort's people, read once."""

    def __init__(self, cohort: Cohort) -> None:
        self._references = {one.person: one.reference for one in identities(cohort)}

    def row(self, person: str | None) -> dict[str, str | None]:
        """The cells that name a person in JSON; `person` is null for who has no reference or was erased."""
        return {"person": None if person is None else self._references.get(person), "person_id": person}

    def shown(self, person: str) -> str:
        """The reference, or the id of who has none."""
        return self._references.get(person) or person
