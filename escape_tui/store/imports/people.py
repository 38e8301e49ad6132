"""A referral list: who is on it, and the little that the programme needs to know of each person.

Not for: judging whether the programme takes them (`sessions.eligibility`), nor for whom a cohort has already.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from escape_tui.store.imports.cells import Cells, Listing
from escape_tui.store.imports.dates import read_date
from escape_tui.store.imports.headings import Columns
from escape_tui.store.imports.once import says_the_same
from escape_tui.store.imports.people_headings import FIELDS
from escape_tui.store.imports.values import months, need, number_like_text, text
from escape_tui.store.imports.words import (
    PAIN_SITE,
    REFERRAL_SOURCE,
    SEX,
    SIDE,
    YES_NO,
    fold,
)
from sessions.ages import age_on
from sessions.eligibility import YesNo
from sessions.errors import Refused
from sessions.records import ReferralSource, Sex, Side
from sessions.rules import PainSite

OLDEST = 120
_MONTH_WORDS = frozenset({"month", "mth", "mo"})


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person of a list; `None` is a blank, which says nothing and overwrites nothing.

    `pain_months` is in whole months. Of the needs, `yes` and `no` are so written and all else is the
    list's own words.
    """

    line: int = field(compare=False)
    person: str
    given_name: str
    family_name: str
    birth_date: date
    sex: Sex | None
    pain_site: PainSite | None
    side: Side | None
    pain_months: int | None
    referral_source: ReferralSource | None
    needs_close_support: YesNo | None
    consent_programme: YesNo | None
    consent_sharing: YesNo | None
    consent_contact: YesNo | None
    phone: str | None
    emergency_contact: str | None
    emergency_phone: str | None
    language: str | None
    interpreter: str | None
    hearing_support: str | None
    sight_support: str | None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Two rows, by their lines, that may be one person: same names and birth date, other references."""

    line: int
    other_line: int


@dataclass(frozen=True, slots=True)
class PeopleList:
    """The people of a list, each once. `remarks` are sentences on how columns were taken."""

    people: tuple[ListedPerson, ...]
    doubtful: tuple[Doubtful, ...]
    columns: Columns
    remarks: tuple[str, ...]


def read_people(data: bytes, today: date, file: str = "people.csv") -> PeopleList:
    """The people on the list `data`; `file` is its name in faults.

    Raises `FaultyFiles` with every fault. Reference, names and birth date are needed; what else is blank
    is a gap to settle later. The same row twice is one row.
    """
    listing = Listing(data, file, FIELDS)
    listing.refuse_month_first("birth_date")
    read = [_read(cells, today) for cells in listing.rows()]
    people = _each_once(listing, read)
    listing.finish()
    return PeopleList(people, _doubtful(people), listing.columns, _remarks(listing.columns))


def name_key(given_name: str, family_name: str) -> tuple[str, ...]:
    """What two spellings of one name share: no accents, no case, no marks, whichever name stands first."""
    return tuple(sorted((_bare(given_name), _bare(family_name))))


def reference_key(person: str) -> str:
    """What two spellings of one reference share: `mt-1001` is `MT-1001`."""
    return unicodedata.normalize("NFC", person).casefold()


@dataclass(frozen=True, slots=True)
class _Identity:
    """Who a row is about, as far as it could be read: a faulty row may double another all the same."""

    line: int
    person: str | None
    names: tuple[str, ...] | None
    birth_date: date | None

    def is_another(self, other: _Identity) -> bool:
        """Whether what is known of the two rows tells two people."""
        names_differ = None not in (self.names, other.names) and self.names != other.names
        dates_differ = None not in (self.birth_date, other.birth_date) and self.birth_date != other.birth_date
        return names_differ or dates_differ


def _read(cells: Cells, today: date) -> tuple[_Identity, ListedPerson | None]:
    person = cells.value("person", number_like_text, needed=True)
    given_name = cells.value("given_name", text, needed=True)
    family_name = cells.value("family_name", text, needed=True)
    birth_date = cells.value("birth_date", lambda cell: _birth_date(cell, today), needed=True)
    pain_site, side = _where_it_hurts(cells)
    sex = cells.value("sex", SEX.read)
    pain_months = cells.value("pain_months", months)
    referral_source = cells.value("referral_source", REFERRAL_SOURCE.read)
    needs_close_support = cells.value("needs_close_support", YES_NO.read)
    consent_programme = cells.value("consent_programme", YES_NO.read)
    consent_sharing = cells.value("consent_sharing", YES_NO.read)
    consent_contact = cells.value("consent_contact", YES_NO.read)
    phone = cells.value("phone", number_like_text)
    emergency_contact = cells.value("emergency_contact", text)
    emergency_phone = cells.value("emergency_phone", number_like_text)
    language = cells.value("language", text)
    interpreter = cells.value("interpreter", need)
    hearing_support = cells.value("hearing_support", need)
    sight_support = cells.value("sight_support", need)
    names = None if given_name is None or family_name is None else name_key(given_name, family_name)
    identity = _Identity(cells.line, person, names, birth_date)
    if person is None or given_name is None or family_name is None or birth_date is None:
        return identity, None
    return identity, ListedPerson(
        line=cells.line,
        person=person,
        given_name=given_name,
        family_name=family_name,
        birth_date=birth_date,
        sex=sex,
        pain_site=pain_site,
        side=side,
        pain_months=pain_months,
        referral_source=referral_source,
        needs_close_support=needs_close_support,
        consent_programme=consent_programme,
        consent_sharing=consent_sharing,
        consent_contact=consent_contact,
        phone=phone,
        emergency_contact=emergency_contact,
        emergency_phone=emergency_phone,
        language=language,
        interpreter=interpreter,
        hearing_support=hearing_support,
        sight_support=sight_support,
    )


def _birth_date(cell: str, today: date) -> date:
    day = read_date(cell)
    if day > today:
        raise Refused("this birth date lies in the future.", "Correct the year.")
    if age_on(day, today) > OLDEST:
        raise Refused(f"this birth date lies more than {OLDEST} years back.", "Correct the year.")
    return day


def _where_it_hurts(cells: Cells) -> tuple[PainSite | None, Side | None]:
    """The site and the side; a side that the site names too (`Left knee`) must be the same."""
    named: Side | None = None

    def site(cell: str) -> PainSite:
        nonlocal named
        named = SIDE.understand(cell)
        return PAIN_SITE.read(cell)

    pain_site = cells.value("pain_site", site)
    side = cells.value("side", SIDE.read)
    if named is not None and side is not None and named != side:
        cells.fault("side", "the site of the pain names another side.", "Correct the one that is wrong.")
    return pain_site, side or named


def _each_once(
    listing: Listing, rows: Sequence[tuple[_Identity, ListedPerson | None]]
) -> tuple[ListedPerson, ...]:
    first: dict[str, tuple[_Identity, ListedPerson | None]] = {}
    people: list[ListedPerson] = []
    for identity, person in rows:
        key = reference_key(identity.person) if identity.person is not None else None
        if key is None or key not in first:
            if key is not None:
                first[key] = (identity, person)
            if person is not None:
                people.append(person)
            continue
        earlier, before = first[key]
        if identity.is_another(earlier):
            listing.fault(
                identity.line,
                "person",
                f"line {earlier.line} gives this reference to another person.",
                "Give each person a reference of their own.",
            )
        elif person is not None and before is not None and not says_the_same(person, before):
            listing.fault(
                identity.line,
                "person",
                f"line {earlier.line} is about the same person and says something else.",
                "Keep one row for each person.",
            )
    return tuple(people)


def _doubtful(people: Sequence[ListedPerson]) -> tuple[Doubtful, ...]:
    seen: dict[tuple[date, tuple[str, ...]], int] = {}
    found: list[Doubtful] = []
    for person in people:
        key = (person.birth_date, name_key(person.given_name, person.family_name))
        if key in seen:
            found.append(Doubtful(seen[key], person.line))
        else:
            seen[key] = person.line
    return tuple(found)


def _remarks(columns: Columns) -> tuple[str, ...]:
    column = columns.find("pain_months")
    if column is None or set(fold(column.heading).split()) & _MONTH_WORDS:
        return ()
    return (f"The heading {column.heading} names no unit: bare numbers in it were taken as months.",)


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum()) or name
