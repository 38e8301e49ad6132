"""Who is where in the circuit: groups on a ring of places, all moving one place on at each bout.

Not for: when a bout begins (`run`), what level a person is at, or names; a person is an opaque id here.

The ring is the stations in their order, lengthened by waiting places when there are more groups than
stations. A group is known by the place it begins at; groups, stations and bouts are numbered from 1. People
who take part over a screen do not rotate: all do the station whose number is the bout's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

PersonId = str
"""A person's id, or the number in the register; nothing is read out of it."""


@dataclass(frozen=True, slots=True)
class StationPlan:
    """A station as the run needs it; `hand`: who needs close support needs a hand nearby at it."""

    exercise: str
    capacity: int
    hand: bool = False


@dataclass(frozen=True, slots=True)
class StandIn:
    """The exercise that a person does at a station instead of the station's own."""

    person: PersonId
    station: int
    exercise: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A person who left, and the group whose gap was theirs; None for one who took part over a screen."""

    person: PersonId
    group: int | None


@dataclass(frozen=True, slots=True)
class Seating:
    """Who belongs to which group: `groups[i]` begins at place `i + 1` of the ring, and may be empty.

    `together` take part over a screen. `sitting_out` keep their places. `unplaced` came when every place was
    taken. `gone` have left, latest last.
    """

    stations: tuple[StationPlan, ...]
    groups: tuple[tuple[PersonId, ...], ...]
    together: tuple[PersonId, ...] = ()
    close_support: frozenset[PersonId] = frozenset()
    sitting_out: frozenset[PersonId] = frozenset()
    unplaced: tuple[PersonId, ...] = ()
    gone: tuple[Gone, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()

    @property
    def bouts(self) -> int:
        """Bouts in a round: as many as the ring has places, so that each group visits each station once."""
        return len(self.groups)

    @property
    def capacity(self) -> int:
        """People a group may hold, for it goes everywhere: the smallest capacity of a station."""
        return min((station.capacity for station in self.stations), default=0)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everyone with a place, group by group, then those over a screen."""
        return (*(person for group in self.groups for person in group), *self.together)

    def group_of(self, person: PersonId) -> int | None:
        """The number of the person's group; None for one who has no place in the hall."""
        for number, group in enumerate(self.groups, start=1):
            if person in group:
                return number
        return None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one person is at a bout; `station` and `exercise` are None where the group waits its turn.

    `exercise` is what this person does: the station's own, or the stand-in when `stand_in` is true.
    """

    person: PersonId
    group: int | None
    station: int | None
    exercise: str | None
    stand_in: bool
    sits_out: bool


@dataclass(frozen=True, slots=True)
class AtStation:
    """Who is at a station at a bout, those sitting out included: they keep the place."""

    station: int
    exercise: str
    people: tuple[Whereabouts, ...]


def nobody(stations: tuple[StationPlan, ...]) -> Seating:
    """The circuit with nobody in it."""
    return Seating(stations, ((),) * len(stations))


def seat(
    stations: tuple[StationPlan, ...],
    people: tuple[PersonId, ...],
    *,
    together: tuple[PersonId, ...] = (),
    close_support: frozenset[PersonId] = frozenset(),
) -> Seating:
    """Seat the people of the hall in register order, group sizes as even as they can be.

    Where a station needs a hand, people of close support come first, so that they share a group or stand
    next to each other on the ring; where even groups would spread them further, their groups are filled.
    """
    empty = nobody(stations)
    people = tuple(person for person in dict.fromkeys(people) if person not in together)
    needing = _needing_a_hand(stations, people, close_support)
    sizes = _group_sizes(len(people), len(needing), len(stations), empty.capacity)
    ordered = iter((*needing, *(person for person in people if person not in needing)))
    groups = tuple(tuple(next(ordered) for _ in range(size)) for size in sizes)
    ring = groups + ((),) * (len(stations) - len(groups))
    return replace(empty, groups=ring, together=tuple(dict.fromkeys(together)), close_support=close_support)


def seat_late(
    seating: Seating, person: PersonId, *, over_screen: bool = False, close_support: bool = False
) -> Seating:
    """Give a latecomer a place; nobody else moves.

    Who comes back takes their own gap while it is there. Else an empty place comes before joining others,
    fewer before more; one of close support goes next to the others where a station needs a hand. With every
    place taken the person is `unplaced`.
    """
    if person in seating.people:
        return seating
    if close_support:
        seating = replace(seating, close_support=seating.close_support | {person})
    group = None if over_screen else _place_for(seating, person)
    seating = replace(
        seating,
        gone=tuple(gone for gone in seating.gone if gone.person != person),
        unplaced=_without(seating.unplaced, person),
    )
    if over_screen:
        return replace(seating, together=(*seating.together, person))
    if group is None:
        return replace(seating, unplaced=(*seating.unplaced, person))
    return _with_group(seating, group, (*seating.groups[group - 1], person))


def leave(seating: Seating, person: PersonId) -> Seating:
    """Let a person go; the place stays as a gap and nobody is reshuffled."""
    if person in seating.unplaced:
        return replace(seating, unplaced=_without(seating.unplaced, person))
    if person not in seating.people:
        return seating
    group = seating.group_of(person)
    seating = replace(
        seating,
        together=_without(seating.together, person),
        sitting_out=seating.sitting_out - {person},
        gone=(*seating.gone, Gone(person, group)),
    )
    return (
        seating if group is None else _with_group(seating, group, _without(seating.groups[group - 1], person))
    )


def sit_out(seating: Seating, person: PersonId) -> Seating:
    """Let a person sit out, keeping the place they have or will have."""
    return replace(seating, sitting_out=seating.sitting_out | {person})


def come_back(seating: Seating, person: PersonId) -> Seating:
    """Let a person who sat out take part again."""
    return replace(seating, sitting_out=seating.sitting_out - {person})


def take_stand_in(seating: Seating, person: PersonId, station: int, exercise: str) -> Seating:
    """Let a person do another exercise at the same station, in every round, until it is dropped."""
    if not 1 <= station <= len(seating.stations):
        return seating
    dropped = drop_stand_in(seating, person, station)
    return replace(dropped, stand_ins=(*dropped.stand_ins, StandIn(person, station, exercise)))


def drop_stand_in(seating: Seating, person: PersonId, station: int) -> Seating:
    """Let a person do the station's own exercise again."""
    kept = tuple(one for one in seating.stand_ins if (one.person, one.station) != (person, station))
    return replace(seating, stand_ins=kept)


def where(seating: Seating, person: PersonId, bout: int) -> Whereabouts | None:
    """Where a person is at a bout (from 1, the same in every round); None for one who has no place."""
    if person not in seating.people:
        return None
    group = seating.group_of(person)
    station = _station_at(seating, 1 if group is None else group, bout)
    stand_in = _stand_in(seating, person, station)
    own = None if station is None else seating.stations[station - 1].exercise
    return Whereabouts(
        person=person,
        group=group,
        station=station,
        exercise=own if stand_in is None else stand_in.exercise,
        stand_in=stand_in is not None,
        sits_out=person in seating.sitting_out,
    )


def board(seating: Seating, bout: int) -> tuple[AtStation, ...]:
    """Every station in order with who is at it at a bout, people of the hall before those over a screen."""
    placed = [place for person in seating.people if (place := where(seating, person, bout)) is not None]
    return tuple(
        AtStation(number, station.exercise, tuple(place for place in placed if place.station == number))
        for number, station in enumerate(seating.stations, start=1)
    )


def at_station(seating: Seating, station: int, bout: int) -> AtStation:
    """Who is at one station (from 1) at a bout; `IndexError` where there is no such station."""
    if station < 1:
        raise IndexError(station)
    return board(seating, bout)[station - 1]


def waiting(seating: Seating, bout: int) -> tuple[PersonId, ...]:
    """Who waits a turn at a bout because there are more groups than stations."""
    places = (where(seating, person, bout) for person in seating.people)
    return tuple(place.person for place in places if place is not None and place.station is None)


def bout_for(seating: Seating, group: int, station: int) -> int | None:
    """The bout at which a group stands at a station; None where there is no such group or station."""
    if not (1 <= group <= seating.bouts and 1 <= station <= len(seating.stations)):
        return None
    return (station - group) % seating.bouts + 1


def far_apart(seating: Seating, bout: int) -> tuple[tuple[PersonId, PersonId], ...]:
    """Pairs of close support who both need a hand at a bout and are more than one place apart."""
    needing = [
        place
        for station in board(seating, bout)
        if seating.stations[station.station - 1].hand
        for place in station.people
        if place.group is not None and place.person in seating.close_support and not place.sits_out
    ]
    return tuple(
        (one.person, other.person)
        for number, one in enumerate(needing)
        for other in needing[number + 1 :]
        if _steps_apart(seating, one.group or 0, other.group or 0) > 1
    )


def _needing_a_hand(
    stations: tuple[StationPlan, ...], people: tuple[PersonId, ...], close_support: frozenset[PersonId]
) -> tuple[PersonId, ...]:
    if not any(station.hand for station in stations):
        return ()
    return tuple(person for person in people if person in close_support)


def _group_sizes(people: int, needing: int, stations: int, capacity: int) -> tuple[int, ...]:
    if capacity == 0:
        return ()
    span = max(2, -(-needing // capacity))
    filled = (
        (capacity,) * full + _even_sizes(people - full * capacity, stations - full, capacity)
        for full in range(people // capacity + 1)
    )
    return next(sizes for sizes in filled if needing <= sum(sizes[:span]))


def _even_sizes(people: int, stations: int, capacity: int) -> tuple[int, ...]:
    if people == 0:
        return ()
    groups = min(people, stations) if people <= stations * capacity else -(-people // capacity)
    each, over = divmod(people, groups)
    return (each + 1,) * over + (each,) * (groups - over)


def _place_for(seating: Seating, person: PersonId) -> int | None:
    room = [n for n, group in enumerate(seating.groups, start=1) if len(group) < seating.capacity]
    own = {gone.group for gone in seating.gone if gone.person == person}
    needs_hand = _needing_a_hand(seating.stations, (person,), seating.close_support) != ()

    def choice(group: int) -> tuple[bool, int, int, int]:
        distance = _distance_to_close_support(seating, group) if needs_hand else 1
        return (group not in own, max(1, distance), len(seating.groups[group - 1]), group)

    return min(room, key=choice, default=None)


def _distance_to_close_support(seating: Seating, group: int) -> int:
    others = (seating.group_of(person) for person in seating.close_support)
    return min((_steps_apart(seating, group, other) for other in others if other is not None), default=1)


def _steps_apart(seating: Seating, group: int, other: int) -> int:
    on = (group - other) % seating.bouts
    return min(on, seating.bouts - on)


def _station_at(seating: Seating, group: int, bout: int) -> int | None:
    if not seating.stations:
        return None
    place = (group + bout - 2) % seating.bouts + 1
    return place if place <= len(seating.stations) else None


def _stand_in(seating: Seating, person: PersonId, station: int | None) -> StandIn | None:
    found = (one for one in seating.stand_ins if (one.person, one.station) == (person, station))
    return next(found, None)


def _with_group(seating: Seating, number: int, group: tuple[PersonId, ...]) -> Seating:
    return replace(seating, groups=(*seating.groups[: number - 1], group, *seating.groups[number:]))


def _without(people: tuple[PersonId, ...], person: PersonId) -> tuple[PersonId, ...]:
    return tuple(one for one in people if one != person)
