"""What the register asks with single keys: why somebody is away, which question, a latecomer's answers, pain.

Not for: the acts (`guiding.register`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.content import Content

from escape_tui.guiding.expected import Expected
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import REASON_WORDS, Arrived
from escape_tui.guiding.told import Told
from escape_tui.screens.session.asking import Asking, figure_of
from escape_tui.screens.text import said
from sessions.records import AbsenceReason
from widgets.number_keys import Chosen, NoSuch, NumberKeys, Waiting

Tell = Callable[[Told], None]

REASON_KEYS: Final[dict[str, AbsenceReason]] = {
    "i": "ill",
    "f": "flare_up",
    "w": "work",
    "c": "caring",
    "t": "transport",
    "h": "holiday",
    "z": "other",
    "k": "unknown",
}
"""Letters that none of the keys of an emergency, of undo or of the next person has."""


class AskReason(Asking):
    """Why the person is away; any other key leaves it for later."""

    def __init__(self, guide: Guide, person: Expected, tell: Tell) -> None:
        self._guide = guide
        self._person = person
        self._tell = tell

    def words(self) -> Content:
        """The letters."""
        letters = "  ".join(f"{key} {REASON_WORDS[reason]}" for key, reason in REASON_KEYS.items())
        return said(
            "[bold]$number $name is away. Why?[/]  $letters\n"
            "x: said so before. Esc or the next number: the reason later.",
            number=str(self._person.number),
            name=self._person.desk,
            letters=letters,
        )

    def take(self, key: str) -> bool:
        """A letter for the reason; x for somebody who said so before."""
        row = self._guide.row(self._person.id)
        if row.mark is None:
            return False
        if key == "x":
            self._tell(self._guide.mark(self._person.id, "excused", row.mark.reason))
            return True
        reason = REASON_KEYS.get(key)
        if reason is None:
            return False
        self.over = True
        self._tell(self._guide.mark(self._person.id, row.mark.status, reason))
        return True


class AskWhoSaidYes(Asking):
    """Whose yes it is, by their number; `chosen` goes on."""

    def __init__(self, chosen: Callable[[int], None]) -> None:
        self._numbers = NumberKeys(99)
        self._chosen = chosen

    def words(self) -> Content:
        """The question."""
        return said("[bold]Who said yes?[/] Press the person's number, then the question's.")

    def take(self, key: str) -> bool:
        """A number."""
        match self._numbers.press(key):
            case Chosen(number):
                self.over = True
                self._chosen(number)
            case Waiting():
                pass
            case _:
                return False
        return True


class AskWhichQuestion(Asking):
    """Which question the person said yes to; one that was yes before is asked about by `slip`."""

    def __init__(
        self, guide: Guide, person: Expected, tell: Tell, slip: Callable[[Arrived, int], None]
    ) -> None:
        self._guide = guide
        self._person = person
        self._tell = tell
        self._slip = slip
        self._numbers = NumberKeys(len(guide.register.questions))

    def words(self) -> Content:
        """The question."""
        return said(
            "[bold]$number $name said yes to which question?[/] Press its number. Esc: to none.",
            number=str(self._person.number),
            name=self._person.desk,
        )

    def take(self, key: str) -> bool:
        """A question's number."""
        match self._numbers.press(key):
            case Chosen(number):
                self.over = True
                self._yes(number - 1)
            case NoSuch(number):
                self._tell(Told(f"There is no question {number}.", "refused"))
            case Waiting():
                pass
            case _:
                return False
        return True

    def _yes(self, place: int) -> None:
        asked, row = self._guide.register.questions[place], self._guide.row(self._person.id)
        if row.answer(asked.id) == "yes":
            self._slip(row, place)
        else:
            self._tell(self._guide.answer(self._person.id, asked, "yes"))


class AskAlone(Asking):
    """The questions on arrival for one who came late, apart from the group."""

    def __init__(
        self, guide: Guide, person: Expected, tell: Tell, said_yes: Callable[[Arrived], None]
    ) -> None:
        self._guide = guide
        self._person = person
        self._tell = tell
        self._said_yes = said_yes

    def words(self) -> Content:
        """Whom to ask."""
        return said(
            "[bold]$number $name came late: ask them alone, before they exercise.[/]\n"
            "n: asked all of it, no. y and a question's number: a yes. Esc: later.",
            number=str(self._person.number),
            name=self._person.desk,
        )

    def take(self, key: str) -> bool:
        """n, or y and more."""
        if key == "n":
            self.over = True
            self._tell(self._guide.register.all_asked_nobody_yes([self._person.id]))
            return True
        if key == "y":
            self.over = True
            self._said_yes(self._guide.row(self._person.id))
            return True
        return False


class AskPain(Asking):
    """The pain on arrival of one person after another; `select` shows whose turn it is."""

    def __init__(self, guide: Guide, select: Callable[[str | None], None], tell: Tell) -> None:
        self._guide = guide
        self._select = select
        self._tell = tell
        self._at: str | None = None
        self._left_out: set[str] = set()

    def begin(self, person: str | None) -> bool:
        """Begin with this person where they are here, else with the first to say it; False for nobody."""
        here = {row.person.id for row in self._guide.register.here}
        self._at = person if person in here else self._next_after(None)
        if self._at is not None:
            self._select(self._at)
        return self._at is not None

    def words(self) -> Content:
        """Whose turn it is."""
        one = self._guide.row(self._at or "").person
        return said(
            "[bold]$number $name: pain just now, 0 to 10?[/] 0 to 9, t for ten. "
            "Enter: not said, the next person. Esc: no more.",
            number=str(one.number),
            name=one.desk,
        )

    def take(self, key: str) -> bool:
        """A figure, or Enter for the next person."""
        pain = figure_of(key)
        if self._at is None or (pain is None and key != "enter"):
            return False
        done = self._at
        self._left_out.add(done)
        if pain is not None:
            self._tell(self._guide.register.pain(done, pain))
        self._at = self._next_after(done)
        self.over = self._at is None
        if self._at is not None:
            self._select(self._at)
        return True

    def _next_after(self, person: str | None) -> str | None:
        """The next one here who has not said it and was not left out, from the top again after the last."""
        rows = self._guide.register.here
        ids = [row.person.id for row in rows]
        first = ids.index(person) + 1 if person in ids else 0
        return next(
            (
                row.person.id
                for row in (*rows[first:], *rows[:first])
                if row.pain is None and row.person.id not in self._left_out
            ),
            None,
        )
