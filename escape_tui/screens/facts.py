"""Facts, a line each: a short word on the left, what is so beside it, wrapped under itself.

Not for: tables with headings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Fact:
    """A word and what is so; a person's text in `what` is `Content` made by `screens.text`."""

    word: str
    what: Content


class Facts(Widget):
    """As high as its facts need."""

    DEFAULT_CSS: ClassVar[str] = """
    Facts { height: auto; }
    """
    WORD_CELLS: ClassVar[int] = 14

    facts: reactive[tuple[Fact, ...]] = reactive((), layout=True)

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines needed in `width` cells."""
        del container, viewport
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        room = max(1, width - self.WORD_CELLS)
        return [
            line for fact in self.facts for line in _beside(fact.word, fact.what.wrap(room), self.WORD_CELLS)
        ]


def _beside(word: str, wrapped: Iterable[Content], cells: int) -> list[Content]:
    heads = [Content.styled(word.ljust(cells), "$text-muted")]
    return [
        Content.assemble(heads.pop() if heads else Content(" " * cells), line.rstrip()) for line in wrapped
    ]
