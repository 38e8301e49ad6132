"""What stands beside the board on the desk: the person and the station selected, who sits out, what waits.

Not for: acting on any of it (`desk`). A person's text is data, never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from escape_tui.guiding.advising import Advised
from escape_tui.guiding.by_exception import stand_ins_for
from escape_tui.guiding.circuit_log import Bout, Place
from escape_tui.guiding.emergency import emergencies
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived
from escape_tui.guiding.wrap_up import incidents_today
from escape_tui.screens.session.cards import logged_words
from escape_tui.screens.text import plain, said
from sessions.dose import dose_words
from sessions.ruled_out import in_words
from sessions.run import RunState
from sessions.run_steps import Kind
from widgets.key_echo import EchoKind

_NOTHING = "Nothing written yet."


def heading(guide: Guide, state: RunState, turn: Bout | None) -> Content:
    """Which turn is written down, and how much of it is."""
    if turn is None:
        return plain("The circuit has not begun. The board shows the first turn.")
    doing = [place for place in guide.places(turn) if not place.sits_out]
    done = sum(1 for place in doing if guide.log.entry(place.person, place.exercise.id))
    now = state.step.kind is Kind.WORK and (state.step.round, state.step.bout) == (turn.round, turn.bout)
    return said(
        "[bold]Turn $turn[/]$round, $when: $done of $all written down",
        turn=str(turn.bout),
        round=f" of round {turn.round}" if turn.round > 1 else "",
        when="now" if now else "over",
        done=str(done),
        all=str(len(doing)),
    )


def about_person(
    guide: Guide, person: str | None, place: Place | None, advised: Advised | None
) -> Iterator[Content]:
    """The person selected: what they do here, what is written, the advice with its reason."""
    if person is None:
        yield plain("A person's number selects them; then their exceptions are one key each.")
    else:
        yield from _about(guide, guide.row(person), place, advised)


def about_station(guide: Guide, number: int) -> Iterator[Content]:
    """The station selected: its cues, what to watch, what to do when it hurts."""
    station = next((one for one in guide.plan.circuit.stations if one.number == number), None)
    if station is None:
        return
    exercise = station.exercise
    hand = " + a hand nearby for who needs close support" if exercise.hand else ""
    yield said(
        "[bold $primary]$number $name[/]$hand: $cues",
        number=str(number),
        name=exercise.name,
        hand=hand,
        cues=" · ".join(exercise.cues),
    )
    yield said("[bold]When it hurts:[/] $words", words=exercise.when_it_hurts)
    yield said("[bold]Watch:[/] $words", words=exercise.watch)


def who_waits(guide: Guide) -> Iterator[Content]:
    """Who sits out and why, who came when every place was taken, an emergency without its incident."""
    seating = guide.state().seating
    rows = {row.person.id: row for row in guide.register.here}
    out = [rows[one] for one in rows if one in seating.sitting_out]
    if out:
        yield said("[bold]Sits out:[/] $names", names=_named(out, flags=True))
    unplaced = [rows[one] for one in seating.unplaced if one in rows]
    if unplaced:
        yield said("[bold $warning]! No place:[/] $names; let them join somebody", names=_named(unplaced))
    if len(emergencies(guide)) > len(incidents_today(guide)):
        yield said("[bold $warning]! An emergency is not written down:[/] v")


def advice_words(advised: Advised) -> str:
    """The advice in a few words: "a step up to level 4", "stay at level 3", "ease to level 2"."""
    to = advised.advice.to_level
    words = {"up": f"a step up to level {to}", "ease": f"ease to level {to}", "hold": f"stay at level {to}"}
    if advised.advice.kind != "hold" and to == advised.level:
        return f"stay at level {to}"
    return words[advised.advice.kind]


def _about(guide: Guide, row: Arrived, place: Place | None, advised: Advised | None) -> Iterator[Content]:
    one = row.person
    support = "  + close support" if one.close_support else ""
    entry = None if place is None else guide.log.entry(one.id, place.exercise.id)
    yield said(
        "[bold $accent]$number[/] [bold]$name[/]$support: $here [bold]$written[/]",
        number=str(one.number),
        name=one.desk,
        support=support,
        here="no station in this turn." if place is None else _at(place),
        written="" if place is None else logged_words(entry) or _NOTHING,
    )
    if place is not None and place.ruled_out:
        yield _ruled_out(guide, place)
    for flag in row.flags:
        yield said("[bold $error]■ No exercise today:[/] $sign", sign=flag.sign)
    if advised is not None:
        yield _advice(advised)
        yield from (plain(f"! {words}") for words in advised.advice.tell)


def _ruled_out(guide: Guide, place: Place) -> Content:
    """What is not for them here, and what they can do instead."""
    free = [one.name for one in stand_ins_for(guide, place) if not guide.log.ruled_out(place.person, one)]
    return said(
        "[bold $warning]! Not for them: $tags.[/] $instead",
        tags=in_words(place.ruled_out),
        instead=f"Instead (n): {', '.join(free)}." if free else "No stand-in is free of it: x, did none.",
    )


def _at(place: Place) -> str:
    """What they do at a station, and at which level."""
    return f"{place.exercise.name}, level {place.level}, {dose_words(place.exercise.level(place.level))}."


def _advice(advised: Advised) -> Content:
    since = f", {advised.since.in_words}" if advised.moves and advised.since else ""
    return said(
        "[bold $accent]$sign Advice: $what$since.[/] $reason$take",
        sign=EchoKind.ASK.sign,
        what=advice_words(advised),
        since=since,
        reason=advised.advice.reason,
        take=" y takes it." if advised.moves else "",
    )


def _named(rows: Iterable[Arrived], *, flags: bool = False) -> str:
    return ", ".join(
        f"{row.person.number} {row.person.desk}" + (" (red flag)" if flags and row.flags else "")
        for row in rows
    )
