"""A person's entries as lines to type: what each line may hold, and what was understood.

Not for: drawing a form, or keeping what was entered (`entering`). A choice is typed in the usual words, as in
a list that comes in: `f`, `gp`, `y`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, get_args

from escape_tui.entering import Entered
from escape_tui.store.acts.checks import typed
from escape_tui.store.acts.people import Clearable, ConsentEntry, PersonEntry
from escape_tui.store.imports.dates import read_date
from escape_tui.store.imports.values import months, whole_number
from escape_tui.store.imports.words import PAIN_SITE, REFERRAL_SOURCE, SEX, SIDE, YES_NO
from sessions.ages import age_on
from sessions.errors import Refused
from sessions.records import ConsentKind

Texts = Mapping[str, str]
"""What stands in each line of a form, by the name of the field; exactly as typed."""
_KINDS: Final[tuple[ConsentKind, ...]] = get_args(ConsentKind)
_NAMES: Final = ("given_name", "family_name")
_MOST_SESSIONS: Final = 99


@dataclass(frozen=True, slots=True)
class FormField:
    """One line: the entry's name, its word on the form, what may be typed, and how it is read."""

    name: str
    words: str
    hint: str
    read: Callable[[str], object]

    @property
    def clears(self) -> bool:
        """Whether an empty line makes the entry unknown."""
        return self.name in get_args(Clearable)


class FaultyForm(Refused):
    """A form whose line `field` cannot be taken as it is."""

    def __init__(self, field: str, refused: Refused) -> None:
        super().__init__(refused.wrong, refused.remedy)
        self.field = field


def _yes(cell: str) -> bool:
    return YES_NO.read(cell) == "yes"


def _need(cell: str) -> str:
    return YES_NO.understand(cell) or cell


def _site(cell: str) -> str:
    if SIDE.understand(cell) is not None:
        raise Refused("The side has a line of its own.", "Type here where the pain is, and the side below.")
    return PAIN_SITE.read(cell)


def _line(name: str, words: str, hint: str = "") -> FormField:
    return FormField(name, words, hint, lambda cell: typed(cell, words.lower()))


FIELDS: Final = (
    _line("reference", "Reference", "the referral list's own"),
    _line("given_name", "Given name"),
    _line("family_name", "Family name"),
    FormField("birth_date", "Birth date", "14/05/1956", read_date),
    FormField("sex", "Sex", "f, m, other, not stated", SEX.read),
    FormField("pain_site", "Pain", "knee, hip, knee and hip, back", _site),
    FormField("side", "Side", "left, right, both, none", SIDE.read),
    FormField("pain_months", "For how long", "18, 18 months, 1.5 years", months),
    FormField("referral_source", "Referred by", "self, gp, physio, triage, ortho", REFERRAL_SOURCE.read),
    FormField("needs_close_support", "Close support", "yes, no: frail, or may fall", _yes),
    FormField("joined_at_session", "Joins at", "the first session offered", whole_number(1, _MOST_SESSIONS)),
    _line("phone", "Telephone"),
    _line("emergency_contact", "In emergency", "whom to call"),
    _line("emergency_phone", "Their telephone"),
    _line("language", "Language", "the one they speak best"),
    FormField("interpreter", "Interpreter", "yes, no, or which", _need),
    FormField("hearing_support", "Hearing", "yes, no, or what helps", _need),
    FormField("sight_support", "Sight", "yes, no, or what helps", _need),
)
"""The lines of every form, in its order; each is an entry of `PersonEntry`."""
CONSENTS: Final = (
    FormField("consent_programme", "Takes part", "consent: yes, no; empty: not asked", _yes),
    FormField("consent_sharing", "Data shared", "consent: yes, no; empty: not asked", _yes),
    FormField("consent_contact", "May be called", "consent, afterwards: yes, no", _yes),
)
"""Lines of the form of somebody new alone; later a consent has a place of its own, with its day."""
_BY_NAME: Final = {field.name: field for field in (*FIELDS, *CONSENTS)}


def text_of(entry: PersonEntry, name: str) -> str:
    """What stands in a line for what is kept; "" for what is not known."""
    value = getattr(entry, name)
    if value is None or (name == "sex" and value == "not_stated"):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value.replace("_", " ") if name in _CODES else str(value)


_CODES: Final = frozenset({"sex", "pain_site", "side", "referral_source"})


def value_of(name: str, text: str) -> Any:
    """What a line says; None for an empty one. `FaultyForm` where it cannot be read."""
    if not text.strip():
        return None
    try:
        return _BY_NAME[name].read(text)
    except Refused as refused:
        raise FaultyForm(name, refused) from None


def understood(name: str, value: object, today: date) -> str:
    """What was understood, where that is not the text itself: a code in full, a day with the age."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        age = f", {age_on(value, today)} years" if value <= today else ""
        return f"{value.day} {value:%B %Y}{age}"
    if name == "pain_months":
        return f"{value} months"
    return str(value).replace("_", " ") if name in _CODES else ""


def newcomer(texts: Texts, today: date) -> Entered:
    """Somebody new, as the form says. `FaultyForm` for the first line that cannot be taken."""
    _refuse_nameless(texts)
    said = {field.name: value_of(field.name, texts.get(field.name, "")) for field in FIELDS}
    given = {kind: value_of(f"consent_{kind}", texts.get(f"consent_{kind}", "")) for kind in _KINDS}
    return Entered(
        entry=PersonEntry(**said),
        consents=[ConsentEntry(kind, yes, today) for kind, yes in given.items() if yes is not None],
    )


def put_line_right(kept: PersonEntry, name: str, text: str) -> Entered | None:
    """What one line of somebody who is there puts right; None where it says what is kept.

    An empty line makes the entry unknown. `FaultyForm` where it cannot be taken.
    """
    value = value_of(name, text)
    if value == getattr(kept, name) or (value is None and not text_of(kept, name)):
        return None
    if value is not None:
        return Entered(entry=_only(name, value))
    if name in _NAMES:
        _refuse_nameless({one: "" if one == name else getattr(kept, one) or "" for one in _NAMES})
        return Entered(entry=_only(name, ""))
    if name == "sex":
        return Entered(entry=PersonEntry(sex="not_stated"))
    return Entered(clear=_cleared(name))


def _only(name: str, value: object) -> PersonEntry:
    said: dict[str, Any] = {name: value}
    return PersonEntry(**said)


def _cleared(name: str) -> Collection[Clearable]:
    found = [one for one in get_args(Clearable) if one == name]
    if not found:
        raise FaultyForm(name, Refused("This line cannot be empty.", "Type what is so."))
    return found


def _refuse_nameless(texts: Texts) -> None:
    if not any(texts.get(name, "").strip() for name in _NAMES):
        raise FaultyForm(
            _NAMES[0],
            Refused("A person needs a name.", "Enter the given name, the family name, or both."),
        )
