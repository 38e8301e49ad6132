"""Text to be read aloud or from a distance, calm and large: one page at a time, a few words a line.

Not for: knowing the text; the screen gives blocks of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from widgets.cells import plain
from widgets.lines import Lines, joined

MEASURE = 68
"""Columns of text that the eye follows from line to line without losing its place."""
AIRY_FROM = 30
"""Rows from which points of a list have a blank line between them."""
MARGIN = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it is never the last thing on a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """A point of a list."""

    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A point that is covered, or not yet."""

    text: str
    done: bool = False


Block = Heading | Paragraph | Bullet | Tick


class PageView(Lines):
    """`blocks` split into pages for the present size; `page` counts from 0."""

    DEFAULT_CSS = """
    PageView { height: 1fr; }
    """

    blocks: reactive[tuple[Block, ...]] = reactive(())
    page: reactive[int] = reactive(0)

    class Turned(Message):
        """Another page is shown: the `page`th, from 1, `of` so many."""

        def __init__(self, page: int, of: int) -> None:
            super().__init__()
            self.page = page
            self.of = of

    def __init__(self, blocks: tuple[Block, ...] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(PageView.blocks, blocks)

    @property
    def pages(self) -> int:
        """How many pages there are at the present size; at least 1."""
        return len(self._paged(self.size.width, self.size.height))

    def turn(self, by: int) -> bool:
        """Show the page so many further on. False, and nothing changes, where there is none."""
        last = self.pages - 1
        now = min(self.page, last)
        if not 0 <= now + by <= last:
            return False
        self.page = now + by
        self.post_message(self.Turned(self.page + 1, self.pages))
        return True

    def watch_blocks(self) -> None:
        """Another text begins at its beginning."""
        self.page = 0

    def lines(self, width: int, height: int | None) -> list[Content]:
        """The present page, in the middle, and at the foot which page it is."""
        pages = self._paged(width, height)
        at = min(self.page, len(pages) - 1)
        indent = " " * max(0, (width - min(width, MEASURE + MARGIN)) // 2)
        body = [joined(indent, line) for line in pages[at]]
        if height is None or len(pages) == 1:
            return body
        more = " · PageDown goes on" if at + 1 < len(pages) else ""
        foot = Content(f"{indent}page {at + 1} of {len(pages)}{more}").stylize(self.ink("foreground-muted"))
        return [*body, *[Content("")] * (height - 1 - len(body)), foot]

    def _paged(self, width: int, height: int | None) -> list[list[Content]]:
        measure = max(8, min(width, MEASURE + MARGIN))
        blocks = [self._block(block, measure) for block in self.blocks]
        if height is None:
            return [self._stacked(blocks, airy=False)]
        one = self._stacked(blocks, airy=height >= AIRY_FROM)
        if len(one) <= height:
            return [one]
        return self._split(blocks, max(1, height - 2), airy=height >= AIRY_FROM)

    def _stacked(self, blocks: list[list[Content]], *, airy: bool) -> list[Content]:
        lines: list[Content] = []
        for at, block in enumerate(blocks):
            lines += self._space(at, airy=airy) if at else []
            lines += block
        return lines

    def _split(self, blocks: list[list[Content]], room: int, *, airy: bool) -> list[list[Content]]:
        """Pages of at most `room` lines; a block is parted only where it is too long for one."""
        pages: list[list[Content]] = [[]]
        for at, block in enumerate(blocks):
            needed = len(block) + self._kept_with(at, blocks)
            space = self._space(at, airy=airy) if pages[-1] else []
            follows_heading = at > 0 and isinstance(self.blocks[at - 1], Heading)
            if pages[-1] and len(pages[-1]) + len(space) + needed > room and not follows_heading:
                pages.append([])
                space = []
            pages[-1] += space
            for line in block:
                if len(pages[-1]) == room:
                    pages.append([])
                pages[-1].append(line)
        return pages

    def _kept_with(self, at: int, blocks: list[list[Content]]) -> int:
        """Lines that have to follow on the same page: a heading keeps the block after it."""
        if isinstance(self.blocks[at], Heading) and at + 1 < len(blocks):
            return 1 + len(blocks[at + 1])
        return 0

    def _space(self, at: int, *, airy: bool) -> list[Content]:
        """Blank lines before a block."""
        in_list = all(isinstance(block, Bullet | Tick) for block in self.blocks[at - 1 : at + 1])
        return [] if in_list and not airy else [Content("")]

    def _block(self, block: Block, width: int) -> list[Content]:
        text = Content(plain(block.text))
        if isinstance(block, Heading):
            style = self.ink("primary", bold=True)
            lines = text.wrap(width)
            rule = "━" * min(width, max((line.cell_length for line in lines), default=0))
            return [line.rstrip().stylize(style) for line in [*lines, Content(rule)]]
        if isinstance(block, Paragraph):
            return [line.rstrip() for line in text.wrap(width)]
        sign = "•" if isinstance(block, Bullet) else ("✓" if block.done else "□")
        variable = "success" if sign == "✓" else "accent"
        head = Content(f"{sign}  ").stylize(self.ink(variable, bold=True))
        return [
            joined(head if at == 0 else "   ", line.rstrip())
            for at, line in enumerate(text.wrap(max(4, width - 3)))
        ]
