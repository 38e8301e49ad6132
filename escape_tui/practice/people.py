"""The people of a practice cohort: what a referral list would say of them, and what it would not.

Not for: what becomes of them (`attending`, `exercising`, `answering`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from escape_tui.practice.chance import chance, pick, rounded, together
from escape_tui.practice.names import given_for, language_for, name_for
from escape_tui.store.acts.people import PersonEntry
from sessions.pack import Pack
from sessions.records import ConsentKind, Joint, ReferralSource, Sex, Side
from sessions.rules import PainSite

MOST_PEOPLE: Final = 20
_SITES: dict[str, dict[PainSite, float]] = {
    "knees-hips": {"knee": 62, "hip": 20, "knee_and_hip": 18},
    "backs": {"back": 1},
}
_AGES = {"knees-hips": (66.0, 9.0, 46, 90), "backs": (52.0, 14.0, 19, 86)}
"""Mean, SD, youngest and oldest, in years."""
_REFERRED: dict[ReferralSource, float] = {
    "gp": 38,
    "physiotherapist": 26,
    "msk_triage": 18,
    "self": 12,
    "orthopaedics": 4,
    "other": 2,
}
_TOO_SHORT = 0.03
_RATHER_SPEAKS = 0.35
"""Share who would rather speak another language, of those in whose family one is spoken."""


@dataclass(frozen=True, slots=True)
class Character:
    """One invented person. `place` counts from 1; `index` is the joint and side the measures are about.

    What no list says, as SDs from the mean of people: `wellness` now, `gain` over the programme, `strength`
    against the exercises' first levels; `learning` is in levels a session, `usual_pain` from 0 to 10.
    `over_screen` holds for a group that meets in the hall and over a screen at once.
    """

    place: int
    entry: PersonEntry
    consents: tuple[tuple[ConsentKind, bool], ...]
    index: tuple[Joint, Side]
    wellness: float
    gain: float
    strength: float
    learning: float
    usual_pain: int
    over_screen: bool


def invent_people(seed: int, pack: Pack, count: int, start: date) -> tuple[Character, ...]:
    """Invent `count` people whom the programme takes and whose group starts on `start`; always the same.

    A person comes out the same however many others there are, but for what helps a few to take part.
    """
    taken: set[tuple[str, str]] = set()
    people = []
    for place in range(1, count + 1):
        person = _invent(chance(seed, "person", place), pack.programme, place, start, taken)
        taken.add((str(person.entry.given_name), str(person.entry.family_name)))
        people.append(person)
    return tuple(_with_needs(chance(seed, "needs"), people))


def _invent(rng: Random, programme: str, place: int, start: date, taken: set[tuple[str, str]]) -> Character:
    sex: Sex = pick(rng, {"female": 0.68, "male": 0.32})
    names = name_for(rng, sex)
    while names in taken:
        names = name_for(rng, sex)
    site = pick(rng, _SITES[programme])
    side: Side = pick(
        rng, {"left": 4, "right": 4.5, "both": 3} if site != "back" else {"none": 6, "left": 1, "right": 1}
    )
    wellness = rng.gauss(0, 1)
    source: ReferralSource = pick(rng, _REFERRED)
    return Character(
        place=place,
        entry=PersonEntry(
            reference=f"PR-{place:02}",
            given_name=names[0],
            family_name=names[1],
            birth_date=_birth_date(rng, programme, start),
            sex=sex,
            pain_site=site,
            side=side,
            pain_months=_pain_months(rng),
            referral_source=source,
            needs_close_support=False,
            phone=_phone(rng),
            emergency_contact=_next_of_kin(rng, sex, names[1]),
            emergency_phone=_phone(rng),
        ),
        consents=(
            ("programme", True),
            ("sharing", rng.random() < 0.93),
            ("contact", rng.random() < 0.88),
        ),
        index=(_joint(site), side if side != "both" else rng.choice(("left", "right"))),
        wellness=wellness,
        gain=rng.gauss(0, 1),
        strength=together(rng, wellness),
        learning=max(0.04, rng.gauss(0.2, 0.08)),
        usual_pain=rounded(rng, 4.3 - 1.2 * wellness, 1, 7),
        over_screen=rng.random() < 0.4,
    )


def _birth_date(rng: Random, programme: str, start: date) -> date:
    mean, spread, youngest, oldest = _AGES[programme]
    age = min(oldest, max(youngest, rng.gauss(mean, spread)))
    return start - timedelta(days=round(age * 365.25) + rng.randrange(2, 360))


def _joint(site: PainSite) -> Joint:
    """Where both hurt, the form that is filled in is the knee's."""
    return "knee" if site == "knee_and_hip" else site


def _pain_months(rng: Random) -> int:
    """Whole months; a few have too few of them for the rules, and are taken all the same."""
    if rng.random() < _TOO_SHORT:
        return 2
    return min(480, max(5, round(rng.lognormvariate(3.9, 0.8))))


def _next_of_kin(rng: Random, sex: Sex, family: str) -> str:
    spouse = "husband" if sex == "female" else "wife"
    who = rng.choice((spouse, spouse, "daughter", "son", "sister", "brother"))
    given = given_for(rng, "male" if who in {"husband", "son", "brother"} else "female", family)
    return f"{given} {family} ({who})"


def _phone(rng: Random) -> str:
    """A number that Ofcom keeps free for drama: nobody can ever have it."""
    last = rng.randrange(1000)
    return f"01632 960{last:03}" if rng.random() < 0.4 else f"07700 900{last:03}"


def _with_needs(rng: Random, people: list[Character]) -> Iterator[Character]:
    """Give a few what helps them to take part: about one in ten each, and close support to two at most."""
    few = max(1, len(people) // 10)
    close, hearing, sight = (set(rng.sample(range(len(people)), few)) for _ in range(3))
    for number, person in enumerate(people):
        said = replace(
            person.entry,
            needs_close_support=number in close,
            hearing_support="loop" if number in hearing else None,
            sight_support="large print" if number in sight else None,
        )
        spoken = language_for(rng, str(said.family_name))
        if spoken is not None and rng.random() < _RATHER_SPEAKS:
            said = replace(said, language=spoken, interpreter=rng.choice(("no", spoken)))
        strength = min(person.strength, -1.0) if number in close else person.strength
        yield replace(person, entry=said, strength=strength)
