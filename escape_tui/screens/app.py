"""The app: the desk it works on, its areas, and what is the same on every screen.

Not for: starting it (`escape_tui.app`), the way in (`way_in`), what a screen shows, or the work (`desk`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rich.console import RenderableType
from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen

from escape_tui.screens.base import Dialog, EscapeScreen
from escape_tui.screens.bearings import Bearings
from escape_tui.screens.commands import commands_of
from escape_tui.screens.guards import Idle, is_let_through
from escape_tui.screens.keyline import COMMON
from escape_tui.screens.looks import other_theme, register_themes, theme_of
from escape_tui.screens.rooms import AREAS, ROOMS, made
from escape_tui.screens.signals import end_on_signals
from escape_tui.screens.way_in import Begin, WayIn
from sessions.errors import EscapeError
from widgets.key_echo import Echo, EchoKind

if TYPE_CHECKING:
    from escape_tui.backups import BackupClock
    from escape_tui.desk import Desk
    from escape_tui.glimpse import Glimpse
    from escape_tui.guiding.guide import Guide

LOOK_SECONDS: Final = 1.0
"""How often the clock of the day and the idle lock are looked at."""
BACKUP_SECONDS: Final = 20.0
"""How often it is asked whether a backup is due; the settings say how often one is made."""


class EscapeApp(App[None]):
    """The app, as `begin` says: on an open home, or on the folder of one that is unlocked first."""

    TITLE = "escape"
    DEFAULT_MODE = "today"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {area.mode: area.make for area in AREAS}
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # the key for it is among ours, with a word of its own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f12", "emergency", "Emergency", show=False, priority=True),
        *(
            Binding(area.key, f"go_to('{area.mode}')", area.title, id=f"{COMMON}{area.mode}")
            for area in AREAS
        ),
        Binding("f6", "who_enters", "Who enters", id=f"{COMMON}enters"),
        Binding("ctrl+k", "lock_keys", "Lock keys", priority=True, id=f"{COMMON}lock"),
        Binding("ctrl+p", "command_palette", "All", priority=True, id=f"{COMMON}palette"),
        Binding("ctrl+q", "quit", "Leave", priority=True, id=f"{COMMON}leave"),
        Binding("f8", "other_colours", "Other colours", show=False),
        Binding("ctrl+l", "lock_screen", "Lock the screen", show=False),
    ]

    bearings: reactive[Bearings] = reactive(Bearings)
    keys_locked: reactive[bool] = reactive(False)

    def __init__(self, begin: Begin) -> None:
        super().__init__()
        self.way_in = WayIn(self, begin)
        self.fallen: BaseException | None = None
        """What nobody foresaw, if the app ended by it."""
        self._desk: Desk | None = None
        self._guiding: Guide | None = None
        self._idle = Idle()
        self._waiting: list[events.Key] = []
        register_themes(self)
        self.use_command_palette = True
        if self.glimpse is None:
            self.way_in.as_far_as_possible()
        else:
            self._show_glimpse(self.glimpse)

    @property
    def desk(self) -> Desk:
        """What is worked on. `RuntimeError` before the home is open."""
        if self._desk is None:
            raise RuntimeError("no home is open yet")
        return self._desk

    @property
    def is_ready(self) -> bool:
        """Whether the home is open."""
        return self._desk is not None

    @property
    def glimpse(self) -> Glimpse | None:
        """What is shown while the home is being opened; None once it is, and where nothing can be shown."""
        return None if self.is_ready else self.way_in.begin.glimpse

    def take_desk(self, desk: Desk) -> None:
        """Work on this desk from now on."""
        self._desk = desk
        desk.tell = self._tell_from_anywhere
        self.theme = theme_of(desk.settings.display.theme)
        self._find_bearings()

    def on_mount(self) -> None:
        """Ask what has to be asked, then let the clocks of the app run."""
        self._idle.touch()
        end_on_signals(self)
        self.set_interval(LOOK_SECONDS, self._look)
        self.set_interval(BACKUP_SECONDS, self._back_up)
        self.way_in.ask_the_rest()

    def leave_all_closed(self) -> None:
        """Close the cohort: what was entered is in it already."""
        if self._desk is not None:
            self._desk.close()

    async def on_event(self, event: events.Event) -> None:
        """Let keys through, unless they are locked."""
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            self._idle.touch()
            if self.glimpse is not None and self._waits(event):
                return
            if self.keys_locked and not is_let_through(event, self.screen):
                self.bounce(event)
                return
        if isinstance(event, events.Key) and not event.is_forwarded:
            # Whoever presses the next key has read what was said.
            for line in self.screen.query(Echo):
                line.fold()
        await super().on_event(event)

    async def run_action(self, action: Any, *arguments: Any, **named: Any) -> bool:
        """Run an action; what it refuses is said, and the key is spent."""
        try:
            return await super().run_action(action, *arguments, **named)
        except EscapeError as error:
            self.echo_error(error)
            return True

    # What screens ask of the app

    def echo(self, words: str, kind: EchoKind = EchoKind.DONE, *, undo: bool = False) -> None:
        """Say something on the screen that is seen, or on the one beneath a dialog."""
        for screen in reversed(self.screen_stack):
            for line in screen.query(Echo):
                line.say(words, kind, undo=undo)
                return

    def echo_error(self, error: EscapeError) -> None:
        """Say what is wrong and what to do."""
        self.echo(f"{error.wrong} {error.remedy}", EchoKind.REFUSED)

    def begin_session(self, number: int) -> None:
        """Lead to the session of that number of the open cohort."""
        if "session" in ROOMS:
            self.push_screen(made(ROOMS["session"], number))

    def leads_to(self, room: str) -> bool:
        """Whether there is such a screen to lead to, and all it needs."""
        return room in ROOMS and (self.is_ready or self.glimpse is not None)

    def lead_to(self, room: str) -> None:
        """Lead to a room that is made of nothing but the desk, once however often it is asked for."""
        if self.leads_to(room) and not any(screen.id == room for screen in self.screen_stack):
            screen = made(ROOMS[room])
            screen.id = room
            self.push_screen(screen)

    @property
    def guiding(self) -> Guide | None:
        """The session that runs: an emergency holds its clocks, whichever screen is seen."""
        guide = self._guiding
        here = guide is not None and self.is_ready and self.desk.is_open and guide.cohort is self.desk.cohort
        return guide if here else None

    def guide_from_now_on(self, guide: Guide | None) -> None:
        """Say which session runs, or that none does any more."""
        self._guiding = guide

    def refresh_bearings(self) -> None:
        """Say anew where we are, after somebody came on duty or another cohort was opened."""
        self._find_bearings()

    def look_again(self) -> None:
        """Let the screen that is seen read the store anew."""
        if isinstance(self.screen, EscapeScreen):
            self.screen.look_again()

    def take_back(self) -> None:
        """Undo the last act, and say which it was; one from before this sitting only when asked."""
        taken = self.desk.to_take_back()
        if taken.this_sitting:
            self._take_back()
            return
        from escape_tui.screens.ask import Ask

        question = f"The last entry was made before you opened this cohort: {taken.line}. Take it back?"
        self.push_screen(Ask(question, yes="Take it back", no="Leave it"), self._take_back_if)

    # Keys

    def action_emergency(self) -> None:
        """Lead to the emergency by the screen that is seen, which may have clocks to hold."""
        screen = self.screen
        if isinstance(screen, EscapeScreen | Dialog):
            screen.action_emergency()
        else:
            self.lead_to("emergency")

    def action_go_to(self, mode: str) -> None:
        """Go to a top area; where one was in it stays."""
        self.switch_mode(mode)

    def action_lock_keys(self) -> None:
        """Lock the keys against stray presses, or unlock them."""
        self.keys_locked = not self.keys_locked
        self._find_bearings()
        self.echo(_LOCKED if self.keys_locked else "The keys work again.")

    def action_who_enters(self) -> None:
        """Ask who enters from now on."""
        self.way_in.ask_who_enters()

    def action_other_colours(self) -> None:
        """Change between the two themes, until the app is left; the settings keep which it begins with."""
        self.theme = other_theme(self.theme)

    def action_lock_screen(self) -> None:
        """Cover the screen until somebody who may see it is back."""
        from escape_tui.screens.curtain import Curtain

        if self.is_ready and not isinstance(self.screen, Curtain):
            self.push_screen(Curtain())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys need a home that is open, or two people on duty."""
        del parameters
        if action == "emergency":
            return self.leads_to(action)
        if action == "who_enters":
            return self.is_ready and len(self.desk.on_duty) > 1
        if action in {"go_to", "lock_screen"}:
            return self.glimpse is not None or (self.is_ready and self.way_in.is_over)
        return True

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers: the keys of the screen, nothing that writes a file save in practice."""
        yield from commands_of(self, screen)

    def get_key_display(self, binding: Binding) -> str:
        """A key as it stands on the keyboard: F6, Esc, ^K."""
        shown = super().get_key_display(binding)
        if shown.startswith(("f", "^")) and len(shown) > 1:
            return shown.upper()
        return {"esc": "Esc"}.get(shown, shown)

    def bounce(self, event: events.Event) -> None:
        """Say how to unlock, to a key that was kept out; only the emergency has its way."""
        if isinstance(event, events.Key) and event.key == "e":
            # Not handed on: the key might go into a text field.
            self.action_emergency()
        elif isinstance(event, events.Key):
            self.echo(_LOCKED, EchoKind.WARN)

    # While the home is being opened behind its glimpse

    @work(thread=True, exit_on_error=False)
    def load_behind(self) -> None:
        """Load what opening a home takes, while what is seen already stays alive; then open it."""
        _load_desk()
        self.call_later(self._open_behind)

    @work(thread=True, exit_on_error=False)
    def load(self) -> None:
        """Load what opening a home takes, before somebody waits for it."""
        _load_desk()

    def _open_behind(self) -> None:
        self.way_in.open_seen()
        waiting, self._waiting = self._waiting, []
        for key in waiting:
            self.post_message(key)

    def _show_glimpse(self, glimpse: Glimpse) -> None:
        self.theme = theme_of(glimpse.theme)
        time = f"{datetime.now(UTC).astimezone():%H:%M}"
        self.bearings = Bearings(practice=glimpse.practice, cohort=glimpse.code, time=time)

    def _waits(self, event: events.Event) -> bool:
        """Keep a key that comes before the home is open until it is; only leaving has its way."""
        if isinstance(event, events.Key) and event.key == "ctrl+q":
            return False
        if isinstance(event, events.Key):
            self._waiting.append(event)
        return True

    # The clocks of the app

    def _look(self) -> None:
        if self._desk is None:
            return
        self._find_bearings()
        runs = any(getattr(screen, "clock_runs", False) for screen in self.screen_stack)
        if self._idle.is_over(self._desk.settings.idle.lock_minutes, clock_runs=runs):
            self.action_lock_screen()

    def _back_up(self) -> None:
        clock = None if self._desk is None else self._desk.backups()
        if clock is not None:
            self._tick_backup(clock, self.desk.now())

    @work(thread=True, exclusive=True, group="backup", exit_on_error=False)
    def _tick_backup(self, clock: BackupClock, now: datetime) -> None:
        """Make a backup where it is time for one; it never stops an evening."""
        for words in clock.tick(now):
            self._tell_from_anywhere(words)

    def _tell_from_anywhere(self, words: str) -> None:
        self.call_later(self.echo, words, EchoKind.WARN)

    def _find_bearings(self) -> None:
        desk = self.desk
        several = len(desk.on_duty) > 1
        self.bearings = Bearings(
            practice=desk.practice,
            site=desk.settings.site.name,
            cohort=desk.code or "",
            on_duty=tuple(one.name for one in desk.on_duty),
            enters=desk.enters.name if several and desk.enters else "",
            time=f"{desk.now().astimezone():%H:%M}",
            keys_locked=self.keys_locked,
        )

    def _take_back(self) -> None:
        taken = self.desk.take_back()
        self.look_again()
        self.echo(f"Taken back: {taken.line}.")

    def _take_back_if(self, wanted: bool | None) -> None:
        if not wanted:
            return
        try:
            self._take_back()
        except EscapeError as error:
            self.echo_error(error)

    # The end by an error: Textual would print the values of variables, which hold people

    def panic(self, *renderables: RenderableType) -> None:
        """End by an error; nothing of it is printed here."""
        del renderables
        self._end_by_error()

    def _fatal_error(self) -> None:
        self._end_by_error()

    def _end_by_error(self) -> None:
        self.fallen = self.fallen or self._exception
        self._close_messages_no_wait()


def _load_desk() -> None:
    import escape_tui.desk  # noqa: F401 - the rest of the app finds it loaded


_LOCKED = "The keys are locked. Ctrl+K unlocks them; e and F12 work."
