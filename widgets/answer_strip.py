"""The answers to an instrument as they stand on paper: a row an item, its boxes, and the code beside them.

Not for: the wording of any item, or for judging an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive

from widgets.cells import width as width_of
from widgets.lines import Lines, cell, joined

EMPTY, CHOSEN = "□", "■"
BLANK_WORD = "blank"
BETWEEN = 3
BOXES_MOST = 11


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """An item: its number, the codes of its boxes, which of them is chosen (from 0), and what was typed.

    `blank` is an item left empty on paper; neither chosen nor blank is one not entered yet. An item
    without codes is a figure: `text`. `heading` opens a new part of the paper.
    """

    number: str
    codes: tuple[str, ...] = ()
    chosen: int | None = None
    text: str = ""
    blank: bool = False
    heading: str = ""

    @property
    def code(self) -> str:
        """The code that is entered, or what was typed; "" for none."""
        if self.chosen is not None:
            return self.codes[self.chosen]
        return BLANK_WORD if self.blank else self.text


class AnswerStrip(Lines):
    """`items` in order, `current` the index of the one that the next key answers; it is always to be seen."""

    DEFAULT_CSS = """
    AnswerStrip { height: 1fr; }
    """

    items: reactive[tuple[AnswerItem, ...]] = reactive(())
    current: reactive[int] = reactive(0)

    def __init__(
        self,
        items: tuple[AnswerItem, ...] = (),
        current: int = 0,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(AnswerStrip.items, items)
        self.set_reactive(AnswerStrip.current, current)

    def move(self, by: int) -> None:
        """Go so many items on; it stops at both ends."""
        self.current = min(max(0, len(self.items) - 1), max(0, self.current + by))

    def lines(self, width: int, height: int | None) -> list[Content]:
        """Columns from top to bottom, as few as show every item, else those round the current one."""
        if not self.items or width <= 0:
            return []
        least = self._item_width()
        flat = [entry for at, item in enumerate(self.items) for entry in self._entries(at, item)]
        tall = len(flat) if height is None else max(1, height)
        needed = -(-len(flat) // tall)
        columns = max(1, min(needed, (width + BETWEEN) // (least + BETWEEN)))
        each = min(width, max(least, (width - BETWEEN * (columns - 1)) // columns if columns > 1 else least))
        at = flat.index((self.current, False)) // tall
        first = min(max(0, at - columns // 2), needed - columns)
        shown = [flat[x * tall : (x + 1) * tall] for x in range(first, first + columns)]
        return [
            joined(
                *(
                    joined(self._entry(column[y], each), " " * BETWEEN)
                    if y < len(column)
                    else " " * (each + BETWEEN)
                    for column in shown
                )
            ).truncate(width)
            for y in range(len(shown[0]))
        ]

    @staticmethod
    def _entries(at: int, item: AnswerItem) -> list[tuple[int, bool]]:
        """An item's lines: its heading, where it has one, and itself."""
        return [(at, True), (at, False)] if item.heading else [(at, False)]

    def _item_width(self) -> int:
        numbers = max(width_of(item.number) for item in self.items)
        boxes = max(min(BOXES_MOST, len(item.codes)) for item in self.items)
        codes = max(
            len(BLANK_WORD), *(width_of(code) for item in self.items for code in (*item.codes, item.code))
        )
        return 1 + numbers + 2 + boxes + 2 + codes

    def _entry(self, entry: tuple[int, bool], width: int) -> Content:
        at, is_heading = entry
        item = self.items[at]
        if is_heading:
            return cell(item.heading, width, self.ink("primary", bold=True))
        here = at == self.current
        numbers = max(width_of(other.number) for other in self.items)
        boxes = max(min(BOXES_MOST, len(other.codes)) for other in self.items)
        drawn = "".join(CHOSEN if x == item.chosen else EMPTY for x in range(len(item.codes)))
        number = " " * (numbers - width_of(item.number)) + item.number
        line = joined(
            Content("►" if here else " ").stylize(self.ink("primary", bold=True)),
            Content(number).stylize(self.ink("foreground", bold=here)),
            "  ",
            cell(drawn, boxes, self.ink("foreground" if item.code else "foreground-muted")),
            "  ",
        )
        rest = cell(
            item.code or "·",
            width - line.cell_length,
            self.ink("warning" if item.blank else "accent", bold=True),
        )
        line = joined(line, rest)
        return line.stylize(self.ink("primary", reverse=True)) if here else line
