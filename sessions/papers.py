"""A questionnaire on paper while it goes round the room: who has it, is it back, was it looked through.

Not for: the answers, which are a measure once they are entered (`records.MeasureRow`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sessions.instrument import Instrument
from sessions.rules import Timepoint

PaperState = Literal["out", "back", "checked"]
"""`out`: the person has it. `back`: taken back, nobody has looked through it. `checked`: looked through."""
_DONE_NOT_ASKED: Final = frozenset({"stands", "seconds"})


@dataclass(frozen=True, slots=True)
class Paper:
    """One person's paper of one instrument at one timepoint.

    `blanks` counts the items that were found blank when it was looked through, and left so; 0 to 99.
    """

    person: str
    instrument: str
    timepoint: Timepoint
    state: PaperState
    blanks: int = 0


def is_on_paper(instrument: Instrument) -> bool:
    """Whether people answer it; what they do against a watch is no paper."""
    return not any(scale.unit in _DONE_NOT_ASKED for scale in instrument.scales)
