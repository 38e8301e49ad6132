"""A person's page as lines of facts: who they are, what helps them, what they agreed to, how they stand.

Not for: reading it (`telling.page`), or its keys (`person`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from escape_tui.screens.facts import Fact
from escape_tui.screens.people.words import (
    CONSENT,
    DESTINATION,
    ELIGIBLE,
    GOAL,
    GOAL_STATE,
    LEAVING,
    short_day,
    spoken,
)
from escape_tui.screens.text import lines, plain, said
from escape_tui.telling.listed import pain_in_words
from escape_tui.telling.missed import missed_in_words
from escape_tui.telling.page import Page
from sessions.ages import age_on
from sessions.records import Contact, Person
from sessions.ruled_out import in_words

_NOT_KNOWN = "not known"
_MOST_OPEN = 2
"""Open rules that are written out on the page; more are counted."""
_SIGNS = {"present": "✓", "late": "→", "left_early": "←", "excused": "e", "absent": "-"}


def heading(page: Page) -> Content:
    """Number and name, whole and exact; of who was erased the number alone."""
    known = page.known
    if known.identity is None:
        return said("[bold $primary]$number[/]  erased", number=str(known.person.number))
    name = f"{known.identity.given_name} {known.identity.family_name}".strip()
    return said("[bold $primary]$number[/]  [bold]$name[/]", number=str(known.person.number), name=name)


def facts(page: Page) -> tuple[Fact, ...]:
    """All lines of the page, what has to be looked at first."""
    known = page.known
    erased = known.identity is None
    return tuple(
        Fact(word, what)
        for word, what in (
            *_standing(page),
            *(() if erased else _identity(page)),
            *_pain(known.person),
            *_together(page),
            *(() if erased else _contact(known.contact)),
            *_agreed(page),
            *_rules(page),
            *_own_words(page),
        )
    )


_Line = tuple[str, Content]


def _standing(page: Page) -> Iterator[_Line]:
    person = page.known.person
    if person.data_withdrawn_on is not None:
        words = f"withdrawn on {short_day(person.data_withdrawn_on)}: in no return from the next one on"
        yield "Data", said("[bold $text-warning]$words[/]", words=words)
    if person.withdrawn_on is not None:
        why = LEAVING[person.withdrawal_reason or "unknown"]
        after = f", after session {person.withdrawn_after_session}" if person.withdrawn_after_session else ""
        to = f", for cohort {person.went_to}" if person.went_to else ""
        words = f"on {short_day(person.withdrawn_on)}{after}{to}: {why}"
        yield "Left", said("[bold $text-warning]$words[/]", words=words)
    if person.came_from:
        yield "Came from", plain(f"cohort {person.came_from}")
    if person.joined_at_session > 1:
        yield "Joined at", plain(f"session {person.joined_at_session}")
        if page.missed:
            yield "Missed", plain(missed_in_words(page.missed))


def _identity(page: Page) -> Iterator[_Line]:
    identity = page.known.identity
    if identity is None:
        return
    yield "Reference", plain(identity.reference or "none")
    if identity.birth_date is None:
        yield "Born", plain(_NOT_KNOWN)
    else:
        age = age_on(identity.birth_date, max(page.today, identity.birth_date))
        yield "Born", plain(f"{short_day(identity.birth_date)}, {age} years")
    yield "Sex", plain(spoken(page.known.person.sex))


def _pain(person: Person) -> Iterator[_Line]:
    where = _NOT_KNOWN if person.pain_site is None else pain_in_words(person)
    months = "" if person.pain_months is None else f", for {person.pain_months} months"
    yield "Pain", plain(f"{where}{months}")
    if person.index_joint is not None:
        side = "" if person.index_side in {None, "none"} else f" {person.index_side}"
        yield "Measures of", plain(f"{person.index_joint}{side}")
    yield "Referred by", plain(spoken(person.referral_source or _NOT_KNOWN))


def _together(page: Page) -> Iterator[_Line]:
    """What has to be looked at in the hall, and how often they came."""
    close = page.known.person.needs_close_support
    if close:
        yield "Close support", said("[bold $text-warning]yes: somebody stays near[/]")
    else:
        yield "Close support", plain(_NOT_KNOWN if close is None else "no")
    strip = " ".join(f"{row.session}{_SIGNS[row.status]}" for row in page.register)
    if page.ruled_out:
        yield "Ruled out", said("[bold $text-warning]$tags[/]", tags=in_words(page.ruled_out))
    yield "Attended", plain(f"{page.attended} of {page.offered} offered{f'   {strip}' if strip else ''}")


def _contact(contact: Contact | None) -> Iterator[_Line]:
    if contact is None:
        yield "Telephone", plain(_NOT_KNOWN)
        return
    yield "Telephone", plain(contact.phone or _NOT_KNOWN)
    call = ", ".join(part for part in (contact.emergency_contact, contact.emergency_phone) if part)
    yield "In emergency", plain(call or _NOT_KNOWN)
    for word, what in (
        ("Language", contact.language),
        ("Interpreter", contact.interpreter),
        ("Hearing", contact.hearing_support),
        ("Sight", contact.sight_support),
    ):
        if what:
            yield word, plain(what)


def _agreed(page: Page) -> Iterator[_Line]:
    parts = []
    for kind, what in CONSENT.items():
        consent = page.known.consent(kind)
        if consent is None:
            parts.append(said("$what: [$text-warning]not asked[/]", what=what))
            continue
        how = "" if consent.how == "not_stated" else f", {spoken(consent.how)}"
        parts.append(
            said(
                "$what: [bold]$given[/] ($day$how)",
                what=what,
                given="yes" if consent.given else "no",
                day=short_day(consent.on_date),
                how=how,
            )
        )
    yield from _under("Consent", parts)


def _rules(page: Page) -> Iterator[_Line]:
    judged, judgement = page.known.eligibility, page.judgement
    if judgement is None:
        return
    word = ELIGIBLE[judged.eligible if judged else "not_judged"]
    parts = [said("[bold]$word[/]", word=word)]
    if judged is not None and judged.accepted_on is not None:
        reason = f"taken anyway on {short_day(judged.accepted_on)}: {judged.accepted_reason or ''}"
        parts.append(plain(reason))
    decided = [rule for rule in judgement.gaps if rule.outcome != "not_known"]
    still_open = [rule for rule in judgement.gaps if rule.outcome == "not_known"]
    parts += [plain(rule.sentence) for rule in decided]
    if len(still_open) <= _MOST_OPEN:
        parts += [plain(rule.sentence) for rule in still_open]
    else:
        parts.append(said("$count are still open: [bold]l[/] asks them", count=str(len(still_open))))
    yield from _under("Rules", parts)


def _own_words(page: Page) -> Iterator[_Line]:
    for goal in page.goals:
        state = "" if goal.state == "open" else f" ({GOAL_STATE[goal.state]})"
        yield GOAL[goal.kind], plain(f"{goal.text}{state}")
    yield from _under("Notes", [plain(note.text) for note in page.notes])
    if page.goes_on_to is not None:
        yield "Goes on to", plain(DESTINATION[page.goes_on_to])
    yield (
        "Follow-up",
        plain(
            f"6 months: {short_day(page.six_months.first)} to {short_day(page.six_months.last)}; "
            f"12 months: {short_day(page.twelve_months.first)} to {short_day(page.twelve_months.last)}"
        ),
    )


def _under(word: str, parts: Iterable[Content]) -> Iterator[_Line]:
    """Several under one word."""
    several = list(parts)
    if several:
        yield word, lines(several)
