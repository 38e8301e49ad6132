"""The stations of a circuit with the people at them: cards where there is room, else a line each.

In the hall it shows nothing private: no support, no reason, and a person who was stopped just sits out.
Not for: deciding who is where; the screen says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from widgets.cells import fit
from widgets.cells import width as width_of
from widgets.lines import ROOM_TO_SAY, Lines, cell, joined, window

CARD_LEAST, CARD_MOST = 26, 56
LINE_LEAST = 60
NAME_LEAST = 10
TITLE_SHARE = 0.34
FRAME_ROWS = 2


class ChipMark(StrEnum):
    """What is special about a person at a station."""

    NONE = ""
    STAND_IN = "stand-in"
    SITS_OUT = "sits out"
    SUPPORT = "close support"
    STOPPED = "stopped"
    RULED_OUT = "not for them"

    @property
    def sign(self) -> str:
        """One character for each mark."""
        return _SIGNS[self]

    @property
    def in_hall(self) -> ChipMark:
        """What everyone may see of it."""
        return _IN_HALL.get(self, self)


_SIGNS = {
    ChipMark.NONE: "",
    ChipMark.STAND_IN: "↔",
    ChipMark.SITS_OUT: "-",
    ChipMark.SUPPORT: "+",
    ChipMark.STOPPED: "■",
    ChipMark.RULED_OUT: "!",
}
_IN_HALL = {
    ChipMark.SUPPORT: ChipMark.NONE,
    ChipMark.STOPPED: ChipMark.SITS_OUT,
    ChipMark.RULED_OUT: ChipMark.NONE,
}


@dataclass(frozen=True, slots=True)
class PersonChip:
    """A person at a station: number, name as the view allows it, level and dose, mark, a word more."""

    number: int
    name: str
    level: str = ""
    dose: str = ""
    mark: ChipMark = ChipMark.NONE
    note: str = ""


@dataclass(frozen=True, slots=True)
class StationCard:
    """A station: a key that tells it from the others, its name, who is there, and whether its log is made."""

    key: str
    name: str
    chips: tuple[PersonChip, ...] = ()
    dose: str = ""
    note: str = ""
    logged: bool = False


Mode = Literal["hall", "desk"]


@dataclass(slots=True)
class _Drawn:
    """Lines, and which card each column of a line belongs to, for clicks."""

    lines: list[Content] = field(default_factory=list)
    cards: list[list[tuple[int, int]]] = field(default_factory=list)
    """For each line: (column after the last, index of the card)."""


class StationBoard(Lines):
    """`cards` in order; `selected` is the index of one, or None."""

    DEFAULT_CSS = """
    StationBoard { height: 1fr; }
    """

    cards: reactive[tuple[StationCard, ...]] = reactive(())
    selected: reactive[int | None] = reactive(None)
    mode: reactive[Mode] = reactive("desk")

    class Picked(Message):
        """A station was clicked; `key` is the card's."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self,
        cards: tuple[StationCard, ...] = (),
        selected: int | None = None,
        mode: Mode = "desk",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._drawn = _Drawn()
        self.set_reactive(StationBoard.cards, cards)
        self.set_reactive(StationBoard.selected, selected)
        self.set_reactive(StationBoard.mode, mode)

    def move(self, by: int) -> None:
        """Select the station so many further on, round and round."""
        if self.cards:
            start = self.selected if self.selected is not None else (-1 if by > 0 else 0)
            self.selected = (start + by) % len(self.cards)

    def lines(self, width: int, height: int | None) -> list[Content]:
        """Cards in as many columns as there is room for, else lines."""
        self._drawn = _Drawn()
        if not self.cards or width <= 0:
            return []
        columns = self._card_columns(width, height)
        if columns:
            self._draw_cards(width, columns)
        else:
            self._draw_lines(width, height)
        return self._drawn.lines

    def on_click(self, event: events.Click) -> None:
        """Tell which station was clicked."""
        if 0 <= event.y < len(self._drawn.cards):
            for end, index in self._drawn.cards[event.y]:
                if event.x < end:
                    self.post_message(self.Picked(self.cards[index].key))
                    return

    def _card_columns(self, width: int, height: int | None) -> int:
        """How many cards side by side, 0 where cards do not fit; few, for wide names, in even rows."""
        most = min(len(self.cards), width // CARD_LEAST)
        fewest = min(len(self.cards), max(1, -(-width // CARD_MOST)))
        for columns in range(fewest, most + 1):
            if height is None or sum(self._row_heights(columns)) <= height:
                rows = -(-len(self.cards) // columns)
                return -(-len(self.cards) // rows)
        return 0

    def _row_heights(self, columns: int) -> list[int]:
        rows = [self.cards[at : at + columns] for at in range(0, len(self.cards), columns)]
        return [FRAME_ROWS + max(1, *(self._card_rows(card) for card in row)) for row in rows]

    def _card_rows(self, card: StationCard) -> int:
        return len(card.chips) + bool(self._said_of(card))

    def _said_of(self, card: StationCard) -> str:
        return " · ".join(part for part in (card.dose, card.note if self.mode == "desk" else "") if part)

    def _draw_cards(self, width: int, columns: int) -> None:
        widths = [(width * (at + 1)) // columns - (width * at) // columns for at in range(columns)]
        for row, tall in enumerate(self._row_heights(columns)):
            first = row * columns
            shown = self.cards[first : first + columns]
            blocks = [self._card(card, first + at, widths[at], tall) for at, card in enumerate(shown)]
            ends = [(sum(widths[: at + 1]), first + at) for at in range(len(shown))]
            for parts in zip(*blocks, strict=True):
                self._drawn.lines.append(joined(*parts))
                self._drawn.cards.append(ends)

    def _card(self, card: StationCard, index: int, width: int, tall: int) -> list[Content]:
        chosen = index == self.selected
        corner = "┏━┓┃┗┛" if chosen else "╭─╮│╰╯"
        frame = self.ink("primary" if chosen else "foreground-muted", bold=chosen)
        inside = width - 4
        mark = " ✓ " if card.logged else ""
        title = fit(card.name, min(inside - width_of(mark) - 2, width_of(card.name)))
        pointer = "► " if chosen else " "
        rule = corner[1] * (width - 3 - width_of(pointer) - width_of(title) - 1 - width_of(mark))
        top = joined(
            Content(corner[0] + corner[1] + pointer).stylize(frame),
            Content(title).stylize(self.ink(bold=True)),
            Content(" " + rule).stylize(frame),
            Content(mark).stylize(self.ink("success", bold=True)),
            Content(corner[2]).stylize(frame),
        )
        said = self._said_of(card)
        inner = [self._chip(chip, inside) for chip in card.chips]
        if said:
            inner.insert(0, cell(said, inside, self.ink("foreground-muted")))
        if not inner:
            inner = [cell("nobody", inside, self.ink("foreground-muted"))]
        inner += [Content(" " * inside)] * (tall - FRAME_ROWS - len(inner))
        side = Content(corner[3]).stylize(frame)
        bottom = Content(corner[4] + corner[1] * (width - 2) + corner[5]).stylize(frame)
        return [top, *[joined(side, " ", line, " ", side) for line in inner], bottom]

    def _chip(self, chip: PersonChip, width: int) -> Content:
        """Number, name, then level, dose and mark as far as the name keeps its room."""
        mark = chip.mark.in_hall if self.mode == "hall" else chip.mark
        note = chip.note if self.mode == "desk" else ""
        spare = width - 3 - min(width_of(chip.name), NAME_LEAST)
        whole = f"{mark.sign} {mark.value}".strip()
        tries = [
            (chip.level, chip.dose, whole, note),
            (chip.level, chip.dose, whole),
            (chip.level, chip.dose, mark.sign),
            (chip.level, mark.sign),
            (mark.sign,),
        ]
        tails = [" ".join(part for part in parts if part) for parts in tries]
        full = [tail for tail in tails if width_of(tail) < width - 3 - width_of(chip.name)]
        tail = next(iter(full), "") or next((tail for tail in tails if width_of(tail) < spare), mark.sign)
        tail = f" {tail}" if tail else ""
        out = mark in {ChipMark.SITS_OUT, ChipMark.STOPPED}
        return joined(
            Content(f"{chip.number:>2} ").stylize(self.ink("accent", bold=True)),
            cell(
                chip.name,
                max(0, width - 3 - width_of(tail)),
                self.ink("foreground-muted" if out else "foreground"),
            ),
            Content(tail).stylize(self.ink("warning" if mark else "foreground")),
        )

    def _draw_lines(self, width: int, height: int | None) -> None:
        """A station a line (two or more where many people are there), in two columns on a wide screen."""
        blocks = [self._station_lines(index, card, width) for index, card in enumerate(self.cards)]
        flat = [(index, line) for index, block in enumerate(blocks) for line in block]
        chosen = next((at for at, (index, _) in enumerate(flat) if index == self.selected), 0)
        shown, above, below = window(len(flat), chosen, height)
        self._drawn.lines = [line for _, line in flat[shown]]
        self._drawn.cards = [[(width, index)] for index, _ in flat[shown]]
        for at, hidden, word in ((0, above, "above"), (-1, below, "below")):
            if hidden and height is not None and height >= ROOM_TO_SAY:
                self._drawn.lines[at] = cell(
                    f"… {hidden + 1} lines {word}", width, self.ink("foreground-muted")
                )

    def _station_lines(self, index: int, card: StationCard, width: int) -> list[Content]:
        chosen = index == self.selected
        title_width = min(max(width_of(c.name) for c in self.cards), int(width * TITLE_SHARE))
        head = joined(
            Content("►" if chosen else " ").stylize(self.ink("primary", bold=True)),
            Content("✓" if card.logged else " ").stylize(self.ink("success", bold=True)),
            cell(card.name, title_width, self.ink("primary" if chosen else "foreground", bold=True)),
            "  ",
        )
        room = width - head.cell_length
        lines: list[Content] = []
        line = Content("")
        for chip in card.chips:
            part = self._short_chip(chip, room)
            if line and line.cell_length + 2 + part.cell_length > room:
                lines.append(line)
                line = Content("")
            line = joined(line, "  ", part) if line else part
        lines.append(line or Content("nobody").stylize(self.ink("foreground-muted")))
        blank = " " * head.cell_length
        return [joined(head if at == 0 else blank, part) for at, part in enumerate(lines)]

    def _short_chip(self, chip: PersonChip, room: int) -> Content:
        mark = chip.mark.in_hall if self.mode == "hall" else chip.mark
        tail = " ".join(part for part in (chip.level if self.mode == "desk" else "", mark.sign) if part)
        tail = f" {tail}" if tail else ""
        number = f"{chip.number} "
        name = min(width_of(chip.name), max(1, min(18, room - width_of(number) - width_of(tail))))
        return joined(
            Content(number).stylize(self.ink("accent", bold=True)),
            cell(chip.name, name),
            Content(tail).stylize(self.ink("warning" if mark else "foreground-muted")),
        )
