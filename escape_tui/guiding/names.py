"""How the people of a session are named where others may look, two of the same name told apart.

Not for: who someone is (`records.Identity`), nor for drawing a name on a screen: it is data, never markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sessions.records import Identity, Person

Style = Literal["full", "first_and_initial", "first", "number"]


@dataclass(frozen=True, slots=True)
class Names:
    """The shown name of each person by id; `number` alone is shown of who was erased."""

    shown: Mapping[str, str]

    def of(self, person: str) -> str:
        """The name to show."""
        return self.shown.get(person, "?")


def names_of(people: Iterable[Person], identities: Iterable[Identity], style: Style) -> Names:
    """The names of people in one style.

    Where two would read the same, as much more of the family name stands as tells them apart, and the
    number where nothing does.
    """
    everyone = tuple(people)
    known = {one.person: one for one in identities}
    shown = {person.id: _numbered(person) for person in everyone}
    if style == "number":
        return Names(shown)
    numbers = {person.id: person.number for person in everyone}
    alike = [known[person.id] for person in everyone if person.id in known]
    for form in _FORMS[style]:
        written = {one.person: form(one) for one in alike}
        often = Counter(_folded(name) for name in written.values())
        shown |= written
        alike = [one for one in alike if often[_folded(written[one.person])] > 1]
        if not alike:
            break
    return Names(shown | {one.person: f"{shown[one.person]} ({numbers[one.person]})" for one in alike})


def _numbered(person: Person) -> str:
    return f"Number {person.number}"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _first(one: Identity) -> str:
    return one.given_name or one.family_name


def _with_letters(letters: int) -> Callable[[Identity], str]:
    def form(one: Identity) -> str:
        if not one.given_name:
            return one.family_name
        return f"{one.given_name} {one.family_name[:letters]}".strip()

    return form


def _full(one: Identity) -> str:
    return f"{one.given_name} {one.family_name}".strip()


_LETTERS = tuple(_with_letters(letters) for letters in (1, 2, 3, 4))
_FORMS: Mapping[Style, tuple[Callable[[Identity], str], ...]] = {
    "full": (_full,),
    "first_and_initial": (*_LETTERS, _full),
    "first": (_first, *_LETTERS, _full),
}
