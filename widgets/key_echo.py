"""The line that says back what a key did, and how to take it back.

Not for: doing or undoing it.
"""

from __future__ import annotations

from enum import StrEnum

from textual.content import Content
from textual.reactive import reactive

from widgets.cells import cut
from widgets.cells import width as width_of
from widgets.lines import Lines, joined


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
    """`say("3 Pat K: sit-to-stand level 4, eased", undo=True)` shows "✓ 3 Pat K: … · u undoes"."""

    DEFAULT_CSS = """
    Echo { height: 1; }
    """

    text: reactive[str] = reactive("")
    kind: reactive[EchoKind] = reactive(EchoKind.DONE)
    hint: reactive[str] = reactive("")

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

    def clear(self) -> None:
        """Show nothing."""
        self.text = self.hint = ""

    def lines(self, width: int, height: int | None) -> list[Content]:
        """The line; the hint is never cut, the text is."""
        if not self.text:
            return [Content("")]
        hint = f" · {self.hint}" if self.hint else ""
        text = cut(self.text, max(0, width - 2 - width_of(hint)))
        return [
            joined(
                Content(f"{self.kind.sign} ").stylize(self.ink(self.kind.variable, bold=True)),
                Content(text).stylize(self.ink(self.kind.variable, bold=self.kind is not EchoKind.DONE)),
                Content(hint).stylize(self.ink("foreground-muted")),
            )
        ]
