"""What comes next, and when: one line that is always there.

Not for: knowing it; the screen says so.
"""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive

from widgets.cells import cut
from widgets.cells import width as width_of
from widgets.lines import Lines, joined
from widgets.tones import Tone


class NextUp(Lines):
    """Such as "Next ► WORK in 0:20", and after it what follows, where there is room (`then`)."""

    DEFAULT_CSS = """
    NextUp { height: 1; text-align: center; }
    """

    what: reactive[str] = reactive("")
    at: reactive[str] = reactive("")
    """How long until then, as text ("0:20"); "" where nobody can know."""
    tone: reactive[str] = reactive(Tone.PLAIN.value)
    then: reactive[str] = reactive("")

    def __init__(
        self,
        what: str = "",
        at: str = "",
        tone: str = Tone.PLAIN,
        then: str = "",
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(NextUp.what, what)
        self.set_reactive(NextUp.at, at)
        self.set_reactive(NextUp.tone, tone)
        self.set_reactive(NextUp.then, then)

    def show(self, what: str, at: str, tone: str = Tone.PLAIN, then: str = "") -> None:
        """Set all four; what did not change costs nothing."""
        self.what, self.at, self.tone, self.then = what, at, tone, then

    def lines(self, width: int, height: int | None) -> list[Content]:
        """The line; the time is never cut, the words are."""
        tone = Tone(self.tone) if self.tone in set(Tone) else Tone.PLAIN
        when = f" in {self.at}" if self.at else ""
        before = f"Next {tone.shape} ".replace("  ", " ")
        what = cut(self.what or "nothing more", max(0, width - width_of(before) - width_of(when)))
        line = joined(
            Content(before).stylize(self.ink(tone.variable)),
            Content(what).stylize(self.ink(tone.variable, bold=True)),
            Content(when).stylize(self.ink(bold=True)),
        )
        left = width - line.cell_length
        follows = f"  ·  then {self.then}" if self.then else ""
        return (
            [joined(line, Content(follows).stylize(self.ink("foreground-muted")))]
            if width_of(follows) <= left
            else [line]
        )
