"""What the desk asks with single keys: how many times, which station to go to, the times of the circuit.

Not for: the acts (`guiding.by_exception`), nor effort and pain (`sweep`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from textual.content import Content

from escape_tui.guiding.by_exception import count
from escape_tui.guiding.circuit_log import Place
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.session.asking import Asking
from escape_tui.screens.text import said
from sessions.run_events import JumpedToStation, TimesChanged
from sessions.run_steps import LIMITS, Kind

Tell = Callable[[Told], None]

DIGITS: Final = 2
"""Digits after which a count is complete: a dose has at most 60 repetitions."""
SECONDS_A_PRESS: Final = 5
_PARTS: Final = {Kind.READY: "get ready", Kind.WORK: "work", Kind.CHANGE: "change", Kind.REST: "rest"}


class AskReps(Asking):
    """How many times a person did it: two digits, or one and Enter."""

    def __init__(self, guide: Guide, place: Place, tell: Tell) -> None:
        self._guide = guide
        self._place = place
        self._tell = tell
        self._typed = ""

    def words(self) -> Content:
        """The question, and what is typed of the answer."""
        one = self._guide.row(self._place.person).person
        return said(
            "[bold]$number $name: how many times?[/] $typed  Two digits, or one and Enter. Esc: leave it.",
            number=str(one.number),
            name=one.desk,
            typed=self._typed or "_",
        )

    def take(self, key: str) -> bool:
        """A digit, or the end of the number."""
        if len(key) == 1 and key.isascii() and key.isdigit():
            self._typed += key
            if len(self._typed) == DIGITS:
                self._keep()
            return True
        if key == "backspace" and self._typed:
            self._typed = self._typed[:-1]
            return True
        if key == "enter" and self._typed:
            self._keep()
            return True
        return False

    def _keep(self) -> None:
        self.over = True
        self._tell(count(self._guide, self._place, int(self._typed)))


class AskStation(Asking):
    """Which station a person's group, or the first group with anybody in it, is to come to."""

    def __init__(self, guide: Guide, person: str | None, tell: Tell) -> None:
        self._guide = guide
        self._tell = tell
        seating = guide.state().seating
        own = seating.group_of(person) if person is not None else None
        filled = (number for number, group in enumerate(seating.groups, start=1) if group)
        self._group = own or next(filled, 1)
        names = (guide.row(one).person for one in seating.groups[self._group - 1])
        self._names = ", ".join(f"{one.number} {one.desk}" for one in names)

    def words(self) -> Content:
        """The question."""
        who = self._names or "everyone"
        return said(
            "[bold]Go to the turn that brings $who to which station?[/] Press its number. Esc: stay.", who=who
        )

    def take(self, key: str) -> bool:
        """A station's number."""
        if not (len(key) == 1 and key.isascii() and key.isdigit()):
            return False
        number = int(key) or 10
        stations = {one.number: one.exercise.name for one in self._guide.plan.circuit.stations}
        if number not in stations:
            self._tell(Told(f"There is no station {number}.", "refused"))
            return True
        self.over = True
        before = self._guide.state().index
        self._guide.tell(JumpedToStation(self._guide.keeper.now(), number, self._group))
        went = self._guide.state().index != before
        place = f"{number} {stations[number]}"
        if went:
            self._tell(Told(f"The circuit goes on where {self._names or 'everyone'} is at {place}."))
        else:
            self._tell(Told("The clocks stand, or this is where you are.", "refused"))
        return True


class AskTimes(Asking):
    """The times of the circuit, changed for good: a part by its number, then + and -."""

    def __init__(self, guide: Guide, tell: Tell) -> None:
        self._guide = guide
        self._tell = tell
        self._part = Kind.CHANGE

    def words(self) -> Content:
        """The parts with their times; the one that + and - change stands out."""
        parts = [
            said(
                "[bold reverse] $at $name $seconds s [/]" if part is self._part else " $at $name $seconds s ",
                at=str(at),
                name=_PARTS[part],
                seconds=str(seconds),
            )
            for at, (part, seconds) in enumerate(self._times(), start=1)
        ]
        told = said("[bold]From now on:[/] ")
        return Content("").join([told, *parts, Content(" A number, then + or -. Enter: done.")])

    def take(self, key: str) -> bool:
        """A part, more, less, or done."""
        times = dict(self._times())
        if key.isascii() and key.isdigit() and 1 <= int(key) <= len(times):
            self._part = list(times)[int(key) - 1]
            return True
        if key in {"plus", "equals_sign", "minus"} and self._part in times:
            self._change(times[self._part] + (-SECONDS_A_PRESS if key == "minus" else SECONDS_A_PRESS))
            return True
        self.over = key == "enter"
        return self.over

    def _change(self, seconds: int) -> None:
        least, most = LIMITS[self._part]
        if not least <= seconds <= most:
            self._tell(Told(f"{_PARTS[self._part].capitalize()} has {least} to {most} s.", "refused"))
            return
        self._guide.tell(TimesChanged(self._guide.keeper.now(), self._part, seconds))
        changed = dict(self._times()).get(self._part) == seconds
        words = f"{_PARTS[self._part].capitalize()}: {seconds} s from now on"
        self._tell(
            Told(words) if changed else Told("The session has not begun, or its clocks are held.", "refused")
        )

    def _times(self) -> Iterator[tuple[Kind, int]]:
        steps = self._guide.keeper.run.steps
        seconds = {step.kind: step.seconds for step in steps if step.kind in _PARTS}
        return ((part, seconds[part]) for part in _PARTS if part in seconds)
