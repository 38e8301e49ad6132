"""An emergency in a session: what to read out, whom to ring, who is here; the clocks are held meanwhile.

Not for: what the note of the incident says (`store.acts.incidents`), which can wait. Nothing here asks the
store for more than it must: the page is there even where the clocks cannot be held.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived
from escape_tui.guiding.told import Told
from escape_tui.guiding.where_today import where_last, where_today
from escape_tui.recording import today_of
from escape_tui.settings import Site
from escape_tui.store.acts.incidents import IncidentEntry, add_incident
from escape_tui.store.read import identity_of
from sessions.ages import age_on
from sessions.clock import Instant
from sessions.errors import EscapeError
from sessions.run_events import Held, Released
from sessions.where_today import WhereToday

NO_ADDRESS: Final = (
    "The address of this site is NOT SET in the settings.",
    "Ask somebody of the building, or read it off a letter or a sign.",
)
NO_DEFIBRILLATOR: Final = "NOT SET in the settings. Ask 999: they know the nearest one."


@dataclass(frozen=True, slots=True)
class Help:
    """What is read out to whoever sends help. `address` has a line for each that was entered.

    `address_known` is false where the settings have none: the lines then say so.
    """

    site: str
    address: tuple[str, ...]
    address_known: bool
    defibrillator: str


@dataclass(frozen=True, slots=True)
class InNeed:
    """One person as help needs them. All texts are a person's: data, never markup.

    `name` is the full one, whatever the settings show elsewhere; `age` is in whole years. `phone` is their
    own. `today` is where somebody over a screen is; `last` where they were an earlier time, and only where
    today was not asked.
    """

    id: str
    number: int
    name: str
    age: int | None
    here: bool
    over_screen: bool
    phone: str | None
    emergency_contact: str | None
    emergency_phone: str | None
    needs: tuple[str, ...]
    today: WhereToday | None
    last: WhereToday | None

    @property
    def lines(self) -> tuple[str, ...]:
        """What is known, line by line; what is not known is said too."""
        age = (f"{self.age} years old",) if self.age is not None else ()
        said = (*age, *(self._where() if self.over_screen else ()), *self._whom_to_ring())
        return (*said, *(f"Needs {need}" for need in self.needs))

    def _where(self) -> tuple[str, ...]:
        if self.today is None and self.last is None:
            return ("Where they are today was NOT ASKED: ask over the screen, now.",)
        if self.today is None and self.last is not None:
            told = f"Today was not asked. In session {self.last.session}:"
            return (told, *_place_and_phone(self.last))
        return () if self.today is None else _place_and_phone(self.today)

    def _whom_to_ring(self) -> tuple[str, ...]:
        name, phone = self.emergency_contact, self.emergency_phone
        if name is None and phone is None:
            contact = "No emergency contact was given."
        else:
            contact = f"Emergency contact: {name or 'no name'}, {phone or 'no telephone'}"
        return (contact, *((f"Their own telephone: {self.phone}",) if self.phone else ()))


@dataclass(frozen=True, slots=True)
class OnRoll:
    """Somebody to be found. `number` is None for one on duty.

    `sure` is false for who has no mark yet: they may have come in unseen.
    """

    id: str
    number: int | None
    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who has to be found in the building, and who was found so far; it is kept nowhere."""

    people: tuple[OnRoll, ...]
    found: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[OnRoll, ...]:
        """Who is surely here and was not found yet."""
        return tuple(one for one in self.people if one.sure and one.id not in self.found)

    @property
    def unsure(self) -> tuple[OnRoll, ...]:
        """Who has no mark and was not found: ask whether anybody saw them."""
        return tuple(one for one in self.people if not one.sure and one.id not in self.found)

    @property
    def words(self) -> str:
        """Where the roll call stands, in one sentence."""
        sure = [one for one in self.people if one.sure]
        counted = f"{len(sure) - len(self.missing)} of {len(sure)} found."
        return counted if not self.unsure else f"{counted} {len(self.unsure)} without a mark."

    def tick(self, person: str) -> RollCall:
        """The roll call with a person found, or found no longer: a second tick takes the first back."""
        if person not in {one.id for one in self.people}:
            return self
        return replace(self, found=self.found ^ {person})

    def tick_number(self, number: int) -> RollCall:
        """As `tick`, by the number in the register; a number that nobody here has changes nothing."""
        one = next((one for one in self.people if one.number == number), None)
        return self if one is None else self.tick(one.id)


def help_for(site: Site) -> Help:
    """What the settings say of the site, for the ambulance; it says plainly what they do not."""
    return Help(
        site=site.name,
        address=site.address or NO_ADDRESS,
        address_known=bool(site.address),
        defibrillator=site.defibrillator or NO_DEFIBRILLATOR,
    )


def hold_everything(guide: Guide) -> Told:
    """Hold every clock. Never raises: help is never kept waiting by a full disk or a signed cohort."""
    try:
        if not guide.state().held:
            guide.hold()
    except EscapeError as error:
        return Told(f"The clocks run on: {error.wrong}", "warn")
    return Told("Every clock is held.", "warn")


def go_on(guide: Guide) -> Told:
    """Let the clocks go on as they were: what was paused before stays paused. Raises as any act."""
    state = guide.release()
    return Told("The clocks stay paused." if state.paused else "The clocks go on.")


def in_need(guide: Guide, person: str) -> InNeed:
    """One person of the register as help needs them; `KeyError` where nobody has that id."""
    row, today = guide.row(person), where_today(guide).get(person)
    one, contact = row.person, row.person.contact
    over, who = person in guide.over_screen, identity_of(guide.cohort, person)
    return InNeed(
        id=person,
        number=one.number,
        name=f"{who.given_name} {who.family_name}".strip() if who else one.desk,
        age=age_on(who.birth_date, today_of(guide.cohort)) if who and who.birth_date else None,
        here=row.here,
        over_screen=over,
        phone=contact.phone if contact else None,
        emergency_contact=contact.emergency_contact if contact else None,
        emergency_phone=contact.emergency_phone if contact else None,
        needs=one.needs,
        today=today if over else None,
        last=where_last(guide, person) if over and today is None else None,
    )


def everyone_in_need(guide: Guide) -> tuple[InNeed, ...]:
    """Everyone who is here, in the order of the register; then who has no mark, for they may be here too."""
    rows = guide.register.rows
    order = (*(row for row in rows if row.here), *(row for row in rows if row.mark is None))
    return tuple(in_need(guide, row.person.id) for row in order)


def roll_call(guide: Guide) -> RollCall:
    """Who is in the building: everyone here but over a screen, who has no mark yet, and those on duty."""
    over = guide.over_screen
    rows = tuple(row for row in guide.register.rows if row.person.id not in over)
    return RollCall(
        (
            *(_on_roll(row) for row in rows if row.here or row.mark is None),
            *(OnRoll(one.id, None, one.name) for one in guide.on_duty),
        )
    )


def go_on_without(guide: Guide, person: str, *, gone: bool) -> Told:
    """Let the group go on without a person: gone from the session, or still there and sitting out."""
    return guide.mark(person, "left_early") if gone else guide.sit_out(person, True)


def note_incident(guide: Guide, entry: IncidentEntry, person: str | None = None) -> Told:
    """Record what happened, now or later. Raises as `add_incident`."""
    add_incident(guide.cohort, guide.number, entry, person)
    if person is None:
        return Told("The incident is recorded.", undo=True)
    return guide.register.said(person, "the incident is recorded", undo=True)


def emergencies(guide: Guide) -> tuple[tuple[Instant, Instant | None], ...]:
    """From when to when the clocks were held, each; None where they still are."""
    spans: list[tuple[Instant, Instant | None]] = []
    for event in guide.keeper.events:
        if isinstance(event, Held) and not (spans and spans[-1][1] is None):
            spans.append((event.at, None))
        elif isinstance(event, Released) and spans and spans[-1][1] is None:
            spans[-1] = (spans[-1][0], event.at)
    return tuple(spans)


def _on_roll(row: Arrived) -> OnRoll:
    return OnRoll(row.person.id, row.person.number, row.person.desk, sure=row.here)


def _place_and_phone(said: WhereToday) -> tuple[str, ...]:
    place = f"They are at: {said.place}" if said.place else "The place was not said."
    phone = f"Telephone there: {said.phone}" if said.phone else "No telephone there was said."
    return place, phone
