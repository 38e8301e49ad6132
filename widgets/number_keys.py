"""People chosen by the number keys: the rules, without any screen.

1 to 9 choose at once and 0 is the tenth. From the eleventh on a comma goes before two digits: `,` `1` `1`.
A key of its own goes before them, because `1` alone has to act at once for the first person: waiting whether
another digit follows would make every act slow or a matter of luck. It is the comma, not the full stop, which
presenter remotes send. A number belongs to a person for the whole session; `people` only grows.

Not for: what the chosen person's key does; the screen says so.
"""

from __future__ import annotations

from dataclasses import dataclass

LEADS = frozenset({"comma", ","})
BACK = frozenset({"backspace", "escape"})
TENTH = 10
MOST = 99


@dataclass(frozen=True, slots=True)
class Chosen:
    """The person of this number is meant."""

    number: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """More digits belong to this number; `typed` is what to show, such as ",1"."""

    typed: str


@dataclass(frozen=True, slots=True)
class NoSuch:
    """Nobody has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class NotANumber:
    """The key chooses nobody. `given_up` says that it ended a number that was begun."""

    given_up: bool = False


Outcome = Chosen | Waiting | NoSuch | NotANumber


class NumberKeys:
    """Turns keys, as Textual names them, into people's numbers. `people` is how many have a number."""

    def __init__(self, people: int) -> None:
        self.people = people
        self._typed = ""

    @property
    def typed(self) -> str:
        """What was typed of a number that is not complete, to be shown; "" for nothing."""
        return self._typed

    def press(self, key: str) -> Outcome:
        """What this key means after those before it."""
        if key in LEADS and self.people > TENTH:
            self._typed = ","
            return Waiting(self._typed)
        if len(key) == 1 and key.isascii() and key.isdigit():
            return self._digit(key)
        if key in BACK and self._typed:
            self._typed = ""
            return NotANumber(given_up=True)
        given_up, self._typed = bool(self._typed), ""
        return NotANumber(given_up)

    def give_up(self) -> None:
        """Forget a number that was begun, as when another screen comes."""
        self._typed = ""

    def _digit(self, digit: str) -> Outcome:
        if self._typed == ",":
            self._typed += digit
            return Waiting(self._typed)
        number = int(self._typed.lstrip(",") + digit) if self._typed else int(digit) or TENTH
        self._typed = ""
        return Chosen(number) if 1 <= number <= self.people else NoSuch(number)


def keys_of(number: int) -> str:
    """The keys that choose this number, as they are shown: "3", "0" for 10, ",11" from the eleventh on.

    Raises ValueError below 1 and above 99.
    """
    if not 1 <= number <= MOST:
        raise ValueError("numbers of people go from 1 to 99")
    if number <= TENTH:
        return str(number % TENTH)
    return f",{number}"
