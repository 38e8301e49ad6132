"""What an act of the evening says back: the person by number and name, what was done, whether undo helps.

Not for: how it is drawn, nor for the trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ToldKind = Literal["done", "ask", "warn", "refused"]


@dataclass(frozen=True, slots=True)
class Told:
    """One line back to the facilitator. `name` is a person's text: data, never markup.

    `words` say what was done. `undo` says that the last act can be taken back.
    """

    words: str
    kind: ToldKind = "done"
    number: int | None = None
    name: str | None = None
    undo: bool = False

    @property
    def line(self) -> str:
        """As it is read out: "3 Pat K: present"."""
        if self.number is None:
            return self.words if self.name is None else f"{self.name}: {self.words}"
        return f"{self.number} {self.name or ''}".rstrip() + f": {self.words}"
