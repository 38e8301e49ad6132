"""The screen of a session: the run's line above, the pane of the moment, what comes next below.

Not for: what stands on a pane (`panes`), nor the emergency, which is a screen of its own.
"""

from __future__ import annotations

import math
import time
from datetime import timedelta
from pathlib import PurePath
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.css.query import NoMatches
from textual.widgets import Static

from escape_tui.awake import Awake
from escape_tui.guiding.guide import Evening, Guide
from escape_tui.guiding.run_keeper import Tick
from escape_tui.screens.ask import Ask
from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.session.circuit_words import next_of, now_words
from escape_tui.screens.session.panes import PANES, Pane, pane_after
from escape_tui.screens.session.words import begins_exercise, look_of, time_words
from escape_tui.screens.text import plain
from escape_tui.sound.player import CuePlayer, cue_player
from sessions.run import RunState
from sessions.run_cues import CueKind
from sessions.run_events import (
    Answered,
    Event,
    FinishWhenReady,
    Paused,
    Reopened,
    Resumed,
    TimeAdded,
    WentBack,
    WentOn,
)
from sessions.run_steps import Phase
from widgets.flash import Flash
from widgets.key_echo import EchoKind
from widgets.next_up import NextUp
from widgets.tones import Tone

TICK_SECONDS: Final = 0.1
STEP_SECONDS: Final = 30
LEAVE_SECONDS: Final = 5.0
"""How long a second Esc means that somebody wants to leave."""
CUE_TONES: Final = {
    CueKind.GET_READY: Tone.READY,
    CueKind.START: Tone.WORK,
    CueKind.LAST_SECONDS: Tone.READY,
    CueKind.CHANGE: Tone.CHANGE,
    CueKind.END: Tone.FINISH,
}
"""The colour that the screen lights up in with each cue."""


class SessionScreen(EscapeScreen[None]):
    """Session `number` of the open cohort, guided."""

    HELP = (
        "Space begins the session, holds its clocks and lets them go on. PageDown goes on, PageUp back, as "
        "a presenter's remote sends them. Esc twice leads to Today; the session goes on meanwhile, and b "
        "there takes it up. Nothing needs saving."
    )
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "session_screen.tcss",
        "register.tcss",
        "talk.tcss",
        "assessment.tcss",
        "desk.tcss",
        "sweep.tcss",
        "wrap_up.tcss",
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "begin", "Begin"),
        Binding("space", "hold", "Hold"),
        Binding("pagedown", "on", "On", key_display="PgDn"),
        *(Binding(row.key, f"pane('{row.name}')", row.title) for row in PANES),
        Binding("pageup", "back", "Back", key_display="PgUp"),
        Binding("plus,equals_sign", f"add({STEP_SECONDS})", "+30 s", key_display="+"),
        Binding("minus", f"add(-{STEP_SECONDS})", "-30 s", key_display="-"),
        Binding("f", "when_ready", "When ready"),
        Binding("m", "mute", "Sounds", show=False),
        Binding("f9", "try_sounds", "Try every sound", show=False),
        Binding("f7", "duty", "Who is on duty", show=False),
        Binding("escape", "leave", "Leave this screen; the session goes on", show=False),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        desk = self.desk
        evening = Evening(desk.clock, desk.settings, desk.on_duty, desk.last_seen(number))
        self.guide = Guide(desk.cohort, number, evening)
        self._phase: Phase | None = None
        self._player: CuePlayer = cue_player(desk.home.folder, desk.settings, self.app.bell)
        self._awake = Awake()
        self._kept_awake = False
        self._asking = False
        self._asked_to_leave = -math.inf
        self._shown: object = None

    @property
    def clock_runs(self) -> bool:
        """Whether the idle lock waits."""
        return self.guide.state().running

    @property
    def help_words(self) -> str:
        """The pane first, then what holds on all of them."""
        return f"{self.pane.HELP}\n\n{self.HELP}" if self.pane is not None else self.HELP

    @property
    def pane(self) -> Pane | None:
        """The pane that is seen; asked for ten times a second."""
        for pane in self.query_exactly_one("#pane", Container).children:
            if isinstance(pane, Pane) and pane.display:
                return pane
        return None

    def compose_body(self) -> ComposeResult:
        """The run's line, the pane, what comes next."""
        yield Static(id="run-line")
        yield Container(id="pane")
        yield NextUp(id="next-up")
        yield Flash(enabled=self.desk.settings.display.flash)

    def on_mount(self) -> None:
        """Show the pane of the phase, and let the clock run."""
        super().on_mount()
        self.ours.guide_from_now_on(self.guide)
        self._take(self.guide.tick())
        self.set_interval(TICK_SECONDS, self._tick)

    def on_unmount(self) -> None:
        """Let go of sound and sleep; an emergency still knows of a session that goes on."""
        if self.guide.state().ended:
            self.ours.guide_from_now_on(None)
        self._player.close()
        self._awake.stop()

    def look_again(self) -> None:
        """Read the records anew and let the run follow them."""
        self.guide.refresh()
        self.guide.take_on_duty(self.desk.on_duty)
        if self.pane is not None and self.pane.is_built:
            self.pane.look_again()

    def on_pane_sounded(self, message: Pane.Sounded) -> None:
        """Sound what a pane times by itself."""
        message.stop()
        self._player.play(message.kind)

    def on_pane_duty_wanted(self, message: Pane.DutyWanted) -> None:
        """Ask who is on duty; they count from then on."""
        message.stop()
        self.action_duty()

    def show_pane(self, name: str) -> None:
        """Show a pane, made when it is first asked for."""
        row = next((row for row in PANES if row.name == name), None)
        if row is None:
            return
        for pane in self.query(Pane):
            pane.display = pane.id == name
        try:
            pane = self.query_one(f"#{name}", Pane)
        except NoMatches:
            pane = row.make(self.guide)
            self.query_exactly_one("#pane", Container).mount(pane)
        if pane.is_built:
            pane.look_again()
        pane.focus()
        if name == "hall":
            # What was said back at the desk is of one person; here everyone reads.
            self.echo("")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The pane that is seen needs no key; Space begins what has not begun, and holds what has."""
        if action in {"begin", "hold"}:
            return self.guide.state().started is (action == "hold")
        if action == "pane":
            return self.pane is None or self.pane.id != parameters[0]
        return super().check_action(action, parameters)

    # Keys

    def action_undo(self) -> None:
        """Take back the last act; not from the hall, where nobody sees what it was and everybody its name."""
        if self.pane is not None and self.pane.id == "hall":
            self.echo("What was written down is taken back at the desk: d, then u.", EchoKind.ASK)
            return
        super().action_undo()

    def action_duty(self) -> None:
        """Say who is on duty."""
        self.ours.way_in.ask_duty()

    def action_pane(self, name: str) -> None:
        """Show a pane."""
        self.show_pane(name)

    def action_begin(self) -> None:
        """Begin the session."""
        if self.guide.state().held:
            self._say_held()
            return
        self.guide.start()
        self._tick()
        self.echo("The session has begun.")
        self.look_again()
        self.refresh_bindings()

    def action_hold(self) -> None:
        """Hold the clocks of the session, or let them go on."""
        state = self.guide.state()
        at = self.guide.keeper.now()
        if state.held:
            self._say_held()
        elif state.ended:
            question = "The session has ended. Does it go on?"
            self.app.push_screen(Ask(question, yes="It goes on", no="It has ended"), self._reopen_if)
        elif state.paused:
            self._tell(Resumed(at))
            self.echo("The clocks go on.")
        else:
            self._tell(Paused(at))
            self.echo("The clocks are held. Space lets them go on.", EchoKind.ASK)

    def action_on(self) -> None:
        """Turn the pane's page, or go on to the next step; into exercise only when everyone was asked."""
        if self.pane is not None and self.pane.is_built and self.pane.page_on():
            return
        state, not_asked = self.guide.state(), self.guide.register.not_asked
        if not self._is_on(state):
            return
        if not_asked and state.next_step is not None and begins_exercise(state.step, state.next_step):
            names = ", ".join(f"{row.person.number} {row.person.desk}" for row in not_asked)
            question = (
                f"Not asked on arrival: {names}. A red flag that is missed can harm. Exercise all the same?"
            )
            self.app.push_screen(
                Ask(question, yes="Exercise all the same", no="Ask them first"), self._go_on_if
            )
        else:
            self._go_on()

    def action_back(self) -> None:
        """Turn the pane's page back, or go back to the beginning of the step before."""
        if not self._pane_turned_back() and self._is_on(self.guide.state()):
            self._tell(WentBack(self.guide.keeper.now()))

    def _pane_turned_back(self) -> bool:
        return self.pane is not None and self.pane.is_built and self.pane.page_back()

    def action_add(self, seconds: int) -> None:
        """Give the present step more time, or less."""
        if not self._is_on(self.guide.state()):
            return
        self._tell(TimeAdded(self.guide.keeper.now(), seconds))
        self.echo(f"{'+' if seconds > 0 else '-'}{abs(seconds)} s for this step.")

    def action_when_ready(self) -> None:
        """Let the present step wait at zero until somebody goes on, or no longer."""
        if not self._is_on(self.guide.state()):
            return
        on = not self.guide.state().finish_when_ready
        self._tell(FinishWhenReady(self.guide.keeper.now(), on))
        self.echo("This step waits until you go on." if on else "This step ends by itself again.")

    def action_mute(self) -> None:
        """Sounds off, or on again."""
        self.echo("Sounds are off." if self._player.toggle_mute() else "Sounds are on.")

    def action_try_sounds(self) -> None:
        """Play every sound in turn, muted or not, and say of each whether a player took it."""
        self.echo("Every sound is played once.", EchoKind.ASK)
        self._player.self_test(lambda kind, took: self.app.call_later(self._tried, kind, took))

    def _tried(self, kind: CueKind, took: bool) -> None:
        name = kind.value.replace("_", " ")
        if took:
            self.echo(f"Played: {name}.")
        else:
            self.echo(self._player.trouble or f"Not played: {name}.", EchoKind.WARN)

    def action_leave(self) -> None:
        """Go back to Today; while the session goes on only by a second press: a stray one would cost cues."""
        state, now = self.guide.state(), time.monotonic()
        goes_on = state.started and not state.ended
        if goes_on and now - self._asked_to_leave > LEAVE_SECONDS:
            self._asked_to_leave = now
            self.echo("Esc again leads to Today. The clock runs on, without sounds.", EchoKind.ASK)
            return
        self.app.pop_screen()
        if goes_on:
            self.ours.echo(f"Session {self.guide.number} goes on: b takes it up again.", EchoKind.ASK)

    def _say_held(self) -> None:
        self.echo("The clocks are held for an emergency: e, and c there lets them go on.", EchoKind.WARN)

    def _is_on(self, state: RunState) -> bool:
        """Whether the session has begun and not ended; says so where it has not."""
        if not state.started:
            self.echo("Space begins the session.", EchoKind.ASK)
        elif state.ended:
            self.echo("The session has ended. Space takes it up again.", EchoKind.ASK)
        return state.started and not state.ended

    def _go_on(self) -> None:
        self.echo("")
        self._tell(WentOn(self.guide.keeper.now()))

    def _go_on_if(self, wanted: bool | None) -> None:
        if not wanted:
            self.show_pane("register")
            return
        with self.trying():
            self._go_on()

    def _reopen_if(self, wanted: bool | None) -> None:
        if wanted:
            with self.trying():
                self._tell(Reopened(self.guide.keeper.now()))
            self.look_again()

    # The clock

    def _tell(self, event: Event) -> None:
        """Keep what happened, and draw it without waiting for the clock."""
        self.guide.tell(event)
        self._tick()

    def _tick(self) -> None:
        with self.trying():
            self._take(self.guide.tick())

    def _take(self, tick: Tick) -> None:
        state = tick.state
        if tick.cues:
            cue = tick.cues[-1].kind
            self._player.play(cue)
            self.query_exactly_one(Flash).flash(CUE_TONES[cue])
        if state.step.phase is not self._phase:
            self._phase = state.step.phase
            self.show_pane(pane_after(self.pane.id if self.pane is not None else None, state.step.phase))
            if state.step.phase is Phase.COOL_DOWN:
                self.echo("The circuit is over: s asks effort and pain, now or later.", EchoKind.ASK)
        if state.running != self._kept_awake:
            self._kept_awake = state.running
            (self._awake.start if state.running else self._awake.stop)()
        if state.asking is not None:
            self._ask_about_sleep(state.asking)
        if tick.set_back is not None:
            self.echo(f"The clock of this laptop was set back by {time_words(tick.set_back)}.", EchoKind.WARN)
        self._draw(state)
        if self.pane is not None and self.pane.is_built:
            self.pane.tick(state)

    def _draw(self, state: RunState) -> None:
        left = time_words(state.session_remaining, up=True)
        over = f"over by {time_words(state.over_time)}"
        time = over if state.over_time else f"{time_words(state.remaining, up=True)} left"
        begun = f"{time} · {left} in all" if state.started else f"{left} in all, Space begins it"
        begun = "has ended" if state.ended else begun
        stands = "" if state.running or state.ended or not state.started else f"{look_of(state).word} · "
        shown = (stands, begun, state.step, state.next_step, state.finish_when_ready)
        if shown == self._shown:
            return
        self._shown = shown
        line = f"Session {self.guide.number} · {stands}{begun} · {now_words(self.guide, state)}"
        self.query_exactly_one("#run-line", Static).update(plain(line), layout=False)
        self.query_exactly_one(NextUp).show(*next_of(self.guide, state))

    def _ask_about_sleep(self, asking: timedelta) -> None:
        if self._asking:
            return
        self._asking = True
        question = f"Nobody watched for {time_words(asking)}. Does that time count as gone?"
        self.app.push_screen(Ask(question, yes="It counts", no="Go on where it was"), self._answer)

    def _answer(self, counts: bool | None) -> None:
        self._asking = False
        with self.trying():
            self._tell(Answered(self.guide.keeper.now(), bool(counts)))
