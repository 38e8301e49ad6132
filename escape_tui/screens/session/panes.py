"""The panes of a session: which there are, their keys, which one a phase leads to.

Not for: what stands on a pane; each has a module of its own. A pane that is not built has no row here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar, Final

from textual import events
from textual.containers import Vertical
from textual.message import Message

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.base import EscapeScreen
from sessions.run import RunState
from sessions.run_cues import CueKind
from sessions.run_steps import Phase
from widgets.key_echo import EchoKind


class Pane(Vertical):
    """What a facilitator sees and does in one part of a session.

    A pane has the focus while it is seen, so that its `BINDINGS` stand in the line of keys; `HELP` is what
    `?` says of it. Acts go to `guide`; what they say back goes to `say`.
    """

    HELP: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    can_focus = True

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self.guide = guide
        self.is_built = False
        """Whether what stands on it is there to be drawn on."""

    class Sounded(Message):
        """Something began or ended that is to be heard."""

        def __init__(self, kind: CueKind) -> None:
            super().__init__()
            self.kind = kind

    class DutyWanted(Message):
        """Somebody else is to come on duty."""

    def look_again(self) -> None:
        """Read what is shown and draw it; called when the pane is shown, after undo, and on return."""

    def on_mount(self) -> None:
        """Draw for the first time."""
        self.is_built = True
        self.look_again()

    def take(self, key: str) -> bool:
        """Act on a key that is bound to nothing, such as a digit; False lets it do what is bound to it."""
        del key
        return False

    async def on_key(self, event: events.Key) -> None:
        """Take keys here and now, one after another, as they were pressed.

        A key that is looked up only after it has gone up to the app would act after a digit that was pressed
        later: "x 4" would send person 4 away. A key typed ahead of a box that opened is nobody's.
        """
        event.stop()
        event.prevent_default()
        if self.app.screen is not self.screen:
            return
        seen = next((pane for pane in self.screen.query(Pane) if pane.display), self)
        await _built(seen)
        if seen.take(event.key):
            return
        bound = self.screen.active_bindings.get(event.key)
        if bound is not None and bound.enabled:
            await self.app.run_action(bound.binding.action, bound.node)

    def tick(self, state: RunState) -> None:
        """Draw what the clock changes, ten times a second at most; what did not change must cost nothing."""

    def page_on(self) -> bool:
        """Take PageDown for itself, as for a page of text; False lets it go on to the next step."""
        return False

    def page_back(self) -> bool:
        """Take PageUp for itself; False lets it go back to the step before."""
        return False

    def say(self, told: Told) -> None:
        """Echo what an act did: number, name, what was done; at once, so that echoes keep their order."""
        screen = self.screen
        if isinstance(screen, EscapeScreen):
            screen.echo(told.line, echo_kind(told), undo=told.undo)


@dataclass(frozen=True, slots=True)
class PaneRow:
    """A pane: its name, its key, its word in the line of keys, `module:Class`."""

    name: str
    key: str
    title: str
    where: str

    def make(self, guide: Guide) -> Pane:
        """The pane, imported only now."""
        module, _, name = self.where.partition(":")
        pane = getattr(import_module(module), name)(guide)
        if not isinstance(pane, Pane):
            raise TypeError(f"{self.where} is no pane")
        pane.id = self.name
        return pane


PANES: Final[tuple[PaneRow, ...]] = (
    PaneRow("register", "g", "Register", "escape_tui.screens.session.register:RegisterPane"),
    PaneRow("talk", "t", "Talk", "escape_tui.screens.session.talk:TalkPane"),
    PaneRow("assessment", "b", "Bench", "escape_tui.screens.session.assessment:AssessmentPane"),
    PaneRow("hall", "h", "Hall", "escape_tui.screens.session.hall:HallPane"),
    PaneRow("desk", "d", "Desk", "escape_tui.screens.session.desk:DeskPane"),
    PaneRow("sweep", "s", "Effort", "escape_tui.screens.session.sweep:SweepPane"),
    PaneRow("wrap_up", "w", "Wrap-up", "escape_tui.screens.session.wrap_up:WrapUpPane"),
)
"""In the order of a session: register g, talk t, assessment b, hall h, desk d, sweep s, wrap-up w."""

_OF_PHASE: Final = {
    Phase.ARRIVAL: "register",
    Phase.REVIEW: "talk",
    Phase.EDUCATION: "talk",
    Phase.ASSESSMENT: "assessment",
    Phase.WARM_UP: "hall",
    Phase.CIRCUIT: "hall",
    Phase.COOL_DOWN: "hall",
    Phase.RELAXATION: "hall",
    Phase.CLOSING: "wrap_up",
}


_OF_EXERCISE: Final = ("hall", "desk", "sweep")


def pane_after(before: str | None, phase: Phase) -> str:
    """The pane to show when a phase begins; within the exercise the one that is seen stays.

    A facilitator who is writing at the desk is not taken away from it.
    """
    wanted = pane_of(phase)
    return before if before in _OF_EXERCISE and wanted == "hall" else wanted


async def _built(pane: Pane) -> None:
    """Wait until a pane that was just asked for stands, a second at most."""
    for _ in range(100):
        if pane.is_built:
            return
        await asyncio.sleep(0.01)


def pane_of(phase: Phase) -> str:
    """The pane that a phase leads to."""
    return _OF_PHASE[phase]


def echo_kind(told: Told) -> EchoKind:
    """How an echo is drawn."""
    return EchoKind(told.kind)
