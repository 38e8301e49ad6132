"""What the bench asks with single keys: blanks of paper after paper, stands of person after person.

Not for: the acts (`guiding.assessment`, `guiding.bench`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from escape_tui.guiding.assessment import Owed, check, hand_back
from escape_tui.guiding.bench import Bench, StandTimer, bench, record_stands
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.session.asking import Asking
from escape_tui.screens.session.words import time_words
from escape_tui.screens.text import said
from sessions.run_cues import CueKind

Tell = Callable[[Told], None]
_MOST_DIGITS: Final = 2


class AskBlanks(Asking):
    """How many items each of these papers has blank, one paper after another."""

    def __init__(self, guide: Guide, papers: Sequence[Owed], tell: Tell) -> None:
        self._guide = guide
        self._papers = list(papers)
        self._tell = tell
        self._typed = ""

    def words(self) -> Content:
        """The paper, and what was typed."""
        owed = self._papers[0]
        return said(
            "[bold]$number $name, $paper, $items items: how many are blank?[/] [bold $accent]$typed[/]\n"
            "Enter alone: none, it is complete. x: the person fills it in now. Esc: later.",
            number=str(owed.person.number),
            name=owed.person.desk,
            paper=owed.name,
            items=str(owed.items),
            typed=self._typed,
        )

    def take(self, key: str) -> bool:
        """Digits, Enter, or x."""
        if _is_digit(key) and len(self._typed) < _MOST_DIGITS:
            self._typed += key
        elif key == "backspace":
            self._typed = self._typed[:-1]
        elif key == "enter":
            blanks, self._typed = int(self._typed or 0), ""
            told = check(self._guide, self._papers[0], blanks)
            self._next(told)
        elif key == "x":
            self._next(hand_back(self._guide, self._papers[0]))
        else:
            return False
        return True

    def _next(self, told: Told) -> None:
        del self._papers[0]
        self.over = not self._papers
        self._tell(told)


@dataclass(frozen=True, slots=True)
class Face:
    """What the counter shows."""

    time: str
    count: int
    person: str
    number: int
    running: bool
    word: str


class AskStands(Asking):
    """The chair stand of one person after another: thirty seconds, then the number."""

    stays = True

    def __init__(
        self, guide: Guide, queue: Bench, tell: Tell, put_off: Callable[[tuple[str, ...]], None]
    ) -> None:
        self._guide = guide
        self._queue = queue
        self._tell = tell
        self._put_off = put_off
        self._timer = StandTimer()
        self._typed = ""
        self._said_stop = False
        self._unsure = False
        """Whether it is asked if a number counts for which the clock has not run."""
        self._to_sound: list[CueKind] = []

    def words(self) -> Content:
        """Who comes after."""
        after = [one.person for one in self._queue.waiting[1:]]
        return said(
            "Then [bold]$name[/] $others\ns start  number and Enter  a arms used  l later  Esc leave",
            name=f"{after[0].number} {after[0].desk}" if after else "nobody",
            others=" ".join(str(one.number) for one in after[1:]),
        )

    def look_again(self) -> None:
        """A number may have been taken back; who is at the bench stays there, unless a red flag was told."""
        first = self._queue.next
        flagged = first is not None and first.person.id in self._guide.register.stopped
        if flagged:
            self._begin_with(bench(self._guide, self._queue.later))
        elif self._timer.since is None:
            queue = bench(self._guide, self._queue.later)
            self._queue = queue if first is None else queue.choose(first.person.id)
            self.over = self._queue.next is None

    @property
    def face(self) -> Face:
        """What the counter shows now."""
        now, owed = self._guide.keeper.now(), self._queue.next
        return Face(
            time=time_words(self._timer.remaining(now), up=True),
            count=int(self._typed or 0),
            person=owed.person.desk if owed else "",
            number=owed.person.number if owed else 0,
            running=self._timer.is_running(now),
            word=self._word(),
        )

    def tick(self) -> Iterator[CueKind]:
        """Look at the clock; what is to be heard."""
        now = self._guide.keeper.now()
        self._timer = self._timer.tick(now)
        if self._timer.is_over(now) and not self._said_stop:
            self._said_stop = True
            self._to_sound.append(CueKind.END)
        heard, self._to_sound = self._to_sound, []
        yield from heard

    def take(self, key: str) -> bool:
        """s, digits, Enter, a or l; y or n to what is asked of a number without a clock."""
        owed = self._queue.next
        if owed is None:
            return False
        unsure, self._unsure = self._unsure, False
        if unsure and key == "y":
            self._tell_and_go_on(record_stands(self._guide, owed, int(self._typed)))
        elif unsure and key == "n":
            self._typed = ""
        elif _is_digit(key):
            self._typed = (self._typed + key)[-_MOST_DIGITS:]
        elif key == "backspace":
            self._typed = self._typed[:-1]
        elif key == "s":
            self._start()
        elif key == "enter":
            self._record(owed)
        elif key == "a":
            self._tell_and_go_on(record_stands(self._guide, owed, 0, arms=True))
        elif key == "l":
            self._put_off_next()
        else:
            return False
        return True

    def _start(self) -> None:
        self._timer = self._timer.start(self._guide.keeper.now())
        self._typed, self._said_stop = "", False
        self._to_sound.append(CueKind.START)

    def _record(self, owed: Owed) -> None:
        if not self._typed:
            self._tell(Told("Type the number of stands first; 0 for none.", "refused"))
        elif self._timer.broken:
            self._tell(Told("The laptop slept in the 30 seconds: s does it again.", "refused"))
        elif self._timer.is_running(self._guide.keeper.now()):
            self._tell(Told("The 30 seconds still run.", "refused"))
        elif self._timer.since is None:
            self._unsure = True
        else:
            self._tell_and_go_on(record_stands(self._guide, owed, int(self._typed)))

    def _tell_and_go_on(self, told: Told) -> None:
        self._begin_with(bench(self._guide, self._queue.later))
        self._tell(told)

    def _put_off_next(self) -> None:
        self._begin_with(self._queue.put_off())
        self._put_off(self._queue.later)

    def _begin_with(self, queue: Bench) -> None:
        self._queue, self._timer, self._typed, self._said_stop = queue, self._timer.stop(), "", False
        self.over = queue.next is None

    def _word(self) -> str:
        if self._timer.broken:
            return "The laptop slept: s does it again"
        if self._unsure:
            return f"The clock has not run. Keep {int(self._typed)}? y n"
        if self._timer.since is None:
            return "s starts the 30 seconds"
        if self._timer.is_running(self._guide.keeper.now()):
            return "GO"
        return "STOP. How many stands? Type it, then Enter"


def _is_digit(key: str) -> bool:
    return len(key) == 1 and key.isascii() and key.isdigit()
