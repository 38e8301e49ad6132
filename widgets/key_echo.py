"""The line that says back what a key did, and how to take it back.

Not for: doing or undoing it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive

from widgets.cells import cut, plain
from widgets.cells import width as width_of
from widgets.lines import Lines, joined

_SIGN_CELLS = 2


class EchoKind(StrEnum):
    """What sort of word it is: its colour and its sign."""

    DONE = "done"
    ASK = "ask"
    WARN = "warn"
    REFUSED = "refused"

    @property
    def sign(self) -> str:
        """One character for each kind."""
        return {"done": "✓", "ask": "?", "warn": "!", "refused": "✗"}[self.value]

    @property
    def variable(self) -> str:
        """The theme's variable of this kind."""
        return {"done": "success", "ask": "accent", "warn": "warning", "refused": "error"}[self.value]


class Echo(Lines):
    """`say("3 Pat K: sit-to-stand level 4, eased", undo=True)` shows "✓ 3 Pat K: … · u undoes".

    What was done takes one line. Anything else is read to its end, for a refusal ends with its remedy: it
    takes up to three, until `fold`.
    """

    DEFAULT_CSS = """
    Echo { height: auto; max-height: 3; }
    """
    MOST_LINES: ClassVar[int] = 3

    text: reactive[str] = reactive("", layout=True)
    kind: reactive[EchoKind] = reactive(EchoKind.DONE, layout=True)
    hint: reactive[str] = reactive("", layout=True)
    folded: reactive[bool] = reactive(False, layout=True)

    def __init__(
        self, text: str = "", kind: EchoKind = EchoKind.DONE, hint: str = "", *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(Echo.text, text)
        self.set_reactive(Echo.kind, kind)
        self.set_reactive(Echo.hint, hint)

    def say(self, text: str, kind: EchoKind = EchoKind.DONE, hint: str = "", *, undo: bool = False) -> None:
        """Show `text`; `hint` is what to press next, `undo` is short for the hint of undoing."""
        self.text, self.kind, self.hint = text, kind, "u undoes" if undo else hint
        self.folded = False

    def fold(self) -> None:
        """Keep to one line what has been read."""
        self.folded = True

    def clear(self) -> None:
        """Show nothing."""
        self.text = self.hint = ""

    def lines(self, width: int, height: int | None) -> list[Content]:
        """The lines, the second and third under the first word; the hint is never cut, the text is."""
        if not self.text:
            return [Content("")]
        hint = f" · {self.hint}" if self.hint else ""
        style = self.ink(self.kind.variable, bold=self.kind is not EchoKind.DONE)
        one_line = self.folded or self.kind is EchoKind.DONE
        most = 1 if one_line else min(self.MOST_LINES, height or self.MOST_LINES)
        *first, last = self._wrapped(max(1, width - _SIGN_CELLS), width_of(hint), most)
        sign = Content(f"{self.kind.sign} ").stylize(self.ink(self.kind.variable, bold=True))
        end = joined(Content(last).stylize(style), Content(hint).stylize(self.ink("foreground-muted")))
        rows = [*(Content(row).stylize(style) for row in first), end]
        return [joined(" " * _SIGN_CELLS if at else sign, row) for at, row in enumerate(rows)]

    def _wrapped(self, cells: int, hint: int, most: int) -> list[str]:
        """The text in at most so many rows, the last with room for the hint, where some of it may be cut."""
        text = plain(self.text)
        rows: list[str] = []
        while width_of(text) + hint > cells and len(rows) < most - 1:
            row = Content(text).wrap(cells)[0].plain
            rows.append(row.rstrip())
            text = text[len(row) :].lstrip()
        return [*rows, cut(text, max(0, cells - hint))]
