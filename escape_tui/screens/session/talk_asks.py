"""What the talk asks with single keys: which themes were covered, what is to be written down of somebody.

Not for: the acts (`guiding.education`).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Final, Literal

from textual.content import Content

from escape_tui.guiding.education import (
    GOAL_WORDS,
    THEME_WORDS,
    open_goals,
    themes_covered,
    themes_planned,
    tick_theme,
)
from escape_tui.guiding.expected import Expected
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.session.asking import Asking
from escape_tui.screens.text import in_a_row, lines, said
from sessions.records import GoalState
from sessions.topic import Theme
from widgets.number_keys import Chosen, NumberKeys, Waiting, keys_of

Wanted = Literal["goal", "action_plan", "coping_plan", "note", "review"]
_WANTED: Final[dict[str, Wanted]] = {
    "g": "goal",
    "a": "action_plan",
    "c": "coping_plan",
    "n": "note",
    "v": "review",
}
_THEME_CELLS = 32
GOAL_STATE_WORDS: Final[dict[GoalState, str]] = {
    "met": "met",
    "partly_met": "partly met",
    "dropped": "dropped",
}


def themes_to_tick(guide: Guide) -> tuple[Theme, ...]:
    """The planned themes, then all others: a number stays with its theme."""
    planned = themes_planned(guide)
    return (*planned, *(theme for theme in Theme if theme not in planned))


class AskThemes(Asking):
    """Which themes were covered; each number puts a tick or takes it away, until another key comes."""

    def __init__(self, guide: Guide, tell: Callable[[Told], None]) -> None:
        self._guide = guide
        self._tell = tell
        self._themes = themes_to_tick(guide)
        self._numbers = NumberKeys(len(self._themes))

    def words(self) -> Content:
        """Every theme with its number and its tick."""
        covered = themes_covered(self._guide)
        parts = [
            said(
                "[bold $accent]$key[/] $sign $theme",
                key=keys_of(place).rjust(3),
                sign="✓" if theme in covered else "□",
                theme=THEME_WORDS[theme].ljust(_THEME_CELLS),
            )
            for place, theme in enumerate(self._themes, start=1)
        ]
        head = said("[bold]Covered today:[/] a number ticks or unticks. Esc: done.")
        return lines([head, *(in_a_row(pair) for pair in zip_longest(parts[::2], parts[1::2], fillvalue=""))])

    def take(self, key: str) -> bool:
        """A theme's number."""
        match self._numbers.press(key):
            case Chosen(number):
                theme = self._themes[number - 1]
                covered = theme in themes_covered(self._guide)
                self._tell(tick_theme(self._guide, theme, covered=not covered))
            case Waiting():
                pass
            case _:
                return False
        return True


class AskOfPerson(Asking):
    """What is to be written down of one person; `wanted` goes on."""

    def __init__(self, guide: Guide, person: Expected, wanted: Callable[[Expected, Wanted], None]) -> None:
        self._guide = guide
        self._person = person
        self._wanted = wanted

    def words(self) -> Content:
        """The letters, and the goals and plans that are open."""
        head = said(
            "[bold]$number $name:[/] new goal g, action plan a, coping plan c, note n; v what became of one",
            number=str(self._person.number),
            name=self._person.desk,
        )
        goals = (goal for goal in open_goals(self._guide) if goal.person == self._person.id)
        return lines(
            [
                head,
                *(
                    said("[bold]$kind:[/] $text", kind=GOAL_WORDS[goal.kind], text=goal.text)
                    for goal in goals
                ),
            ]
        )

    def take(self, key: str) -> bool:
        """A letter."""
        wanted = _WANTED.get(key)
        if wanted is None:
            return False
        self.over = True
        self._wanted(self._person, wanted)
        return True
