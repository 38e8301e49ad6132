"""The exceptions of a circuit, each as one act of a facilitator, with what is said back.

Not for: how they are kept (`circuit_log`), or when a step up wants confirming first: the screen asks.
"""

from __future__ import annotations

from escape_tui.guiding.advising import Advised
from escape_tui.guiding.circuit_log import Place
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from sessions.errors import Refused
from sessions.exercise import Exercise
from sessions.levels import level_above, level_below
from sessions.records import Decision


def can_step(place: Place, direction: Decision) -> bool:
    """Whether there is a level above (`up`) or below (`ease`) the one they have."""
    next_level = level_above if direction == "up" else level_below
    return next_level(place.exercise, place.level) is not None


def step(
    guide: Guide, place: Place, direction: Decision, round_number: int, *, confirmed: bool = False
) -> Told:
    """One level up or down from this round on, and that it was seen. Raises as `CircuitLog.step`."""
    _refuse_who_sits_out(guide, place)
    row = guide.log.step(place, direction, round_number, confirmed=confirmed)
    done = "a step up" if direction == "up" else "eased"
    return guide.register.said(place.person, f"{place.exercise.name} level {row.level}, {done}", undo=True)


def next_stand_in(guide: Guide, place: Place) -> Told:
    """The station's first stand-in, or the one after that which they do now; they come round again.

    Those that are not ruled out for them come first.
    """
    _refuse_who_sits_out(guide, place)
    own = own_exercise(guide, place)
    stand_ins = [one.id for one in stand_ins_for(guide, place)]
    if not own.stand_ins:
        return Told(f"{own.name} has no stand-in: make it easier, or let them do none of it.", "refused")
    if not place.stand_in:
        return guide.take_stand_in(place, stand_ins[0])
    if len(own.stand_ins) == 1:
        return Told(f"{place.exercise.name} is the only stand-in. Del brings {own.name} back.", "refused")
    at = stand_ins.index(place.exercise.id)
    return guide.take_stand_in(place, stand_ins[(at + 1) % len(stand_ins)])


def stand_ins_for(guide: Guide, place: Place) -> tuple[Exercise, ...]:
    """The stand-ins of their station, best first; what is ruled out for them comes after what is not."""
    own = [guide.pack.exercise(one) for one in own_exercise(guide, place).stand_ins]
    return tuple(sorted(own, key=lambda one: bool(guide.log.ruled_out(place.person, one))))


def as_planned(guide: Guide, place: Place) -> Told:
    """They did as planned here."""
    _refuse_who_sits_out(guide, place)
    return guide.log.as_planned([place])


def sat_out(guide: Guide, place: Place) -> Told:
    """They did none of this exercise."""
    guide.log.sat_out(place)
    return guide.register.said(place.person, f"{place.exercise.name}: did none of it", undo=True)


def count(guide: Guide, place: Place, reps: int) -> Told:
    """They were seen to do so many, 0 to 999."""
    _refuse_who_sits_out(guide, place)
    guide.log.reps(place, reps)
    return guide.register.said(place.person, f"{place.exercise.name}: {reps} times", undo=True)


def take_out(guide: Guide, place: Place) -> Told:
    """Take out what is written of them at this station, a stand-in too; a level that moved stays moved."""
    own = own_exercise(guide, place)
    names = [one for one in dict.fromkeys((own.id, place.exercise.id)) if guide.log.entry(place.person, one)]
    if not names:
        return Told("Nothing is written of them at this station.", "refused")
    with guide.cohort.batch():
        for name in names:
            guide.log.clear(place.person, name)
    guide.refresh()
    return guide.register.said(place.person, f"{own.name}: nothing written", undo=True)


def accept(guide: Guide, advised: Advised, *, confirmed: bool = False) -> Told:
    """Take the advice. Raises as `Advising.accept`."""
    if advised.person in guide.register.stopped:
        raise _stopped()
    row = guide.advising.accept(advised, confirmed=confirmed)
    done = "a step up" if row.level > advised.level else "eased"
    when = advised.since.in_words if advised.since is not None else ""
    words = f"{advised.exercise.name} level {row.level}, {done}, {when}"
    return guide.register.said(advised.person, words, undo=True)


def own_exercise(guide: Guide, place: Place) -> Exercise:
    """The station's own exercise, whatever they do there."""
    return guide.plan.circuit.stations[place.station - 1].exercise


def _refuse_who_sits_out(guide: Guide, place: Place) -> None:
    if place.person in guide.register.stopped:
        raise _stopped()
    if place.sits_out:
        raise Refused("This person sits out.", "Let them take part again first: o.")


def _stopped() -> Refused:
    return Refused(
        "A red flag was told today, so this person does not exercise.",
        "If it was a slip, put the answer right in the register: g, their number, y.",
    )
