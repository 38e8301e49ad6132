"""Whether a sentence that leaves with a return holds anything of a participant: name, date, number, address.

Not for: notes, which stay on the laptop. It looks past case, accents, hyphens and invisible signs, and would
rather refuse a harmless word than let a name through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

from sessions.errors import Refused
from sessions.records import Contact, Identity

_E_MAIL = re.compile(r"\S@\S|\S\s*\(at\)\s*\S", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}|GIR\s*0AA"
    r"|(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)\s*"
    r"(?=\S{0,3}[0-9])[0-9AC-FHKNPRTV-Y]{4})\b",
    re.IGNORECASE,
)
"""British, and Irish ones."""
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*"
_DATES: Final = (
    re.compile(r"\b(?P<year>\d{4})\W*(?P<month>\d{1,2})\W+(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})\W+(?P<month>\d{1,2})\W+(?P<year>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})\b"),
    re.compile(r"\b(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2}|\d{2})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\W+(?:of\W+)?{_MONTH}\W+(?P<year>\d{{4}}|\d{{2}})\b"),
    re.compile(rf"\b{_MONTH}\W+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\W+(?P<year>\d{{4}}|\d{{2}})\b"),
)
_NUMBER = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d)+")
_MOST_DIGITS: Final = 8
"""A longer number is a telephone's or a health service's."""
_LEAST_OF_A_NUMBER: Final = 6
"""Digits from which on a participant's telephone is looked for in a longer run of them."""


def refuse_what_names_somebody(
    text: str, identities: Iterable[Identity], contacts: Iterable[Contact]
) -> None:
    """`Refused` where `text` holds a name, reference, birth date, postcode, telephone or e-mail.

    The message says which kind, never which words.
    """
    plain = _plain(text)
    if _E_MAIL.search(plain):
        raise _refused("an e-mail address")
    if _POSTCODE.search(plain):
        raise _refused("what reads as a postcode")
    people = tuple(identities)
    if _holds_birth_date(plain, people):
        raise _refused("a participant's date of birth")
    if _holds_telephone(plain, contacts):
        raise _refused("what reads as a telephone number")
    words = _words(plain)
    for person in people:
        if person.reference and _run_in(_words(_plain(person.reference)), words):
            raise _refused("a participant's reference")
        if _is_named(person, words):
            raise _refused("a participant's name")


def _refused(what: str) -> Refused:
    return Refused(
        f"The reason holds {what}, and it leaves with the return.", "Say it without naming anybody."
    )


def _plain(text: str) -> str:
    """Lower case without accents or invisible signs, full-width forms as plain ones."""
    parts = unicodedata.normalize("NFKD", text)
    kept = (one for one in parts if unicodedata.category(one) not in {"Mn", "Cf", "Me"})
    return "".join(kept).casefold()


def _words(plain: str) -> list[str]:
    # An apostrophe is part of a name: O'Neill and ONeill are one.
    return re.findall(r"[^\W_]+", re.sub(r"['\u2018\u2019`]", "", plain))


def _run_in(wanted: list[str], words: list[str]) -> bool:
    """Whether `wanted` stands in `words`, however it is divided: MT-1, MT 1 and MT1 are one."""
    joined = "".join(wanted)
    for start in range(len(words)):
        run = ""
        for word in words[start:]:
            run += word
            if run == joined:
                return True
            if len(run) >= len(joined):
                break
    return False


def _is_named(person: Identity, words: list[str]) -> bool:
    given, family = _words(_plain(person.given_name)), _words(_plain(person.family_name))
    # A single letter is nobody's name: "a", "I", an initial.
    singly = [[word] for word in (*given, *family) if len(word) > 1]
    whole = [run for run in (given + family, family + given, given, family) if len("".join(run)) > 1]
    return any(_run_in(run, words) for run in (*singly, *whole))


def _holds_birth_date(plain: str, people: Iterable[Identity]) -> bool:
    born = {person.birth_date for person in people if person.birth_date is not None}
    return any(
        _reads_as(found, day) for pattern in _DATES for found in pattern.finditer(plain) for day in born
    )


def _reads_as(found: re.Match[str], day: date) -> bool:
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month) + 1
    read = (int(found["day"]), number)
    year = found["year"]
    same_year = int(year) in {day.year, day.year % 100} if len(year) > 1 else False
    # Month first is how some write it.
    return same_year and (day.day, day.month) in {read, read[::-1]}


def _holds_telephone(plain: str, contacts: Iterable[Contact]) -> bool:
    known = [
        digits
        for contact in contacts
        for number in (contact.phone, contact.emergency_phone)
        if number and len(digits := _significant(number)) >= _LEAST_OF_A_NUMBER
    ]
    without_dates = plain
    for pattern in _DATES[:2]:
        without_dates = pattern.sub(" ; ", without_dates)
    runs = [re.sub(r"\D", "", found[0]) for found in _NUMBER.finditer(without_dates)]
    everything = re.sub(r"\D", "", plain)
    return any(len(run) > _MOST_DIGITS for run in runs) or any(digits in everything for digits in known)


def _significant(number: str) -> str:
    """The digits of a telephone number without what stands in front at home or from abroad."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    return re.sub(r"^(?:00)?44(?=\d{9})|^0+", "", digits)
