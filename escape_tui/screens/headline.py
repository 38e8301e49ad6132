"""The first line of every screen: practice, site, cohort, who is on duty, the time.

Not for: what the words are (`bearings`).
"""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from escape_tui.screens.bearings import Bearings


class HeadLine(Widget):
    """One line that is as wide as the screen; what does not fit is cut in the middle, never the time."""

    DEFAULT_CSS: ClassVar[str] = """
    HeadLine { height: 1; background: $panel; color: $foreground; }
    """

    bearings: reactive[Bearings] = reactive(Bearings)

    def render(self) -> Content:
        """The line."""
        here = self.bearings
        marks = [
            mark
            for mark in (_mark("PRACTICE", here.practice), _mark("KEYS LOCKED", here.keys_locked))
            if mark
        ]
        place = " · ".join(part for part in (here.cohort, here.site) if part)
        right = f" {here.time} "
        room = self.size.width - cell_len(right) - sum(mark.cell_length + 1 for mark in marks) - 1
        middle = _both_ends(place, _on_duty(here), max(0, room))
        left = [Content(" "), *(part for mark in marks for part in (mark, Content(" ")))]
        return Content("").join([*left, Content(middle), Content.styled(right, "bold")])


def _mark(word: str, wanted: bool) -> Content | None:
    return Content.styled(f" {word} ", "bold reverse") if wanted else None


def _on_duty(here: Bearings) -> str:
    names = ", ".join(here.on_duty)
    return f"{names} ({here.enters} enters)" if here.enters else names


def _both_ends(left: str, right: str, room: int) -> str:
    """`left` at the one end and `right` at the other of `room` cells; `right` is cut first."""
    left = _cut(left, room)
    right = _cut(right, room - cell_len(left) - 2)
    return left + " " * max(0, room - cell_len(left) - cell_len(right)) + right


def _cut(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, room - 1) + "…" if room > 1 else ""
