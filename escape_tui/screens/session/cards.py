"""The cards of the station board: who is at which station in a bout, at which level, and what is logged.

Not for: drawing them (`widgets.station_board`). In the hall nobody learns of pain, flags or what is owed.
"""

from __future__ import annotations

from escape_tui.guiding.circuit_log import Bout, Place
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived
from sessions.dose import dose_words
from sessions.records import ExerciseRow
from sessions.ruled_out import in_words
from sessions.run import RunState
from sessions.run_steps import Phase
from widgets.station_board import ChipMark, PersonChip, StationCard


def bout_shown(state: RunState) -> Bout | None:
    """The bout whose places are shown: the present one, the one a change leads to, or the first of all.

    None once the circuit is over.
    """
    step = state.step
    if step.phase is Phase.CIRCUIT:
        return Bout(step.round or 1, step.bout or 1)
    before = (Phase.ARRIVAL, Phase.REVIEW, Phase.EDUCATION, Phase.ASSESSMENT, Phase.WARM_UP)
    return Bout(1, 1) if step.phase in before else None


def hall_cards(guide: Guide, bout: Bout) -> tuple[StationCard, ...]:
    """The board as everyone may read it."""
    return _cards(guide, bout, hall=True)


def desk_cards(guide: Guide, bout: Bout) -> tuple[StationCard, ...]:
    """The board as the facilitator needs it, with what is logged."""
    return _cards(guide, bout, hall=False)


def _cards(guide: Guide, bout: Bout, *, hall: bool) -> tuple[StationCard, ...]:
    places = guide.places(bout)
    return tuple(
        StationCard(
            key=str(station.number),
            name=f"{station.number} {station.exercise.name}",
            chips=tuple(
                _chip(guide, place, hall=hall) for place in places if place.station == station.number
            ),
            logged=not hall and _all_logged(guide, [p for p in places if p.station == station.number]),
        )
        for station in guide.plan.circuit.stations
    )


def _chip(guide: Guide, place: Place, *, hall: bool) -> PersonChip:
    row = guide.row(place.person)
    level = place.exercise.level(place.level)
    mark = _mark(row, place, hall=hall)
    written = logged_words(guide.log.entry(place.person, place.exercise.id))
    note = "" if hall else written or in_words(place.ruled_out)
    return PersonChip(
        number=row.person.number,
        name=row.person.hall if hall else row.person.desk,
        level=f"L{place.level}",
        dose=dose_words(level) if not place.stand_in else f"{place.exercise.name}, {dose_words(level)}",
        mark=mark.in_hall if hall else mark,
        note=note,
    )


def _mark(row: Arrived, place: Place, *, hall: bool) -> ChipMark:
    if row.flags:
        return ChipMark.STOPPED
    if place.sits_out:
        return ChipMark.SITS_OUT
    if place.ruled_out:
        return ChipMark.STAND_IN if hall and place.stand_in else ChipMark.RULED_OUT
    if place.stand_in:
        return ChipMark.STAND_IN
    return ChipMark.SUPPORT if row.person.close_support and place.exercise.hand else ChipMark.NONE


def _all_logged(guide: Guide, places: list[Place]) -> bool:
    doing = [place for place in places if not place.sits_out]
    return bool(doing) and all(guide.log.entry(one.person, one.exercise.id) for one in doing)


def logged_words(row: ExerciseRow | None) -> str:
    """What is logged of a person here, in a word or two; nothing where nothing is."""
    if row is None or row.basis == "not_recorded":
        return ""
    if row.basis == "as_planned":
        return "✓"
    said = {"up": "✓ up", "ease": "✓ eased", "hold": "✓ held", "substitute": "✓ instead"}
    if row.decision is not None:
        return said[row.decision]
    if row.reps is not None:
        return f"✓ {row.reps} times" if row.reps else "✓ sat out"
    return "✓ seen" if row.seconds is None or row.seconds else "✓ sat out"
