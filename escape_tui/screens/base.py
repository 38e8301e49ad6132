"""What every screen of the app has: head line, echo, line of keys, and the keys that work everywhere.

Not for: any one screen. How to build a screen on this:

    class RegisterScreen(EscapeScreen[None]):
        CSS_PATH = "register.tcss"
        HELP = "One key marks all present; a number marks one here."    # what `?` explains
        BINDINGS = [Binding("a", "all_present", "All here")]             # line of keys, palette, help

        def compose_body(self) -> ComposeResult:                         # between head line and echo
            yield Static(id="rows")

        def look_again(self) -> None:                                    # read the store, draw anew:
            self.query_exactly_one("#rows", Static).update(...)          # at first, after undo, on return

        def action_all_present(self) -> None:
            mark_all(self.desk.cohort, ...)                              # what it refuses is echoed by itself
            self.echo("All present.", undo=True)

- `self.desk` is the desk (`escape_tui.desk`): home, settings, clock, who is on duty, the open cohort.
- An action bound to a key may raise any `EscapeError`: the app echoes it. In a handler of a message, use
  `with self.trying():` for the same.
- A person's text goes through `screens.text` only.
- `clock_runs` is True while a session's clock runs: the idle lock waits.
- `WORKS_UNDER_LOCK` lets all keys of a screen through locked keys; it is for the emergency.
- `action_undo` and `action_emergency` may be overridden, as by a session that has clocks to hold.
- A screen that leads elsewhere asks the app, `self.ours`: `begin_session(number)`, `lead_to(room)`. A room or
  an area that is built stands as a row in `rooms`; until then its key is not there.
- Dialogs derive from `Dialog[T]`, yield from `compose_box`, and end with `dismiss(result)`.
- Everything fits 80x24. The screen has classes for its `.tcss`: `-narrow` (80 to 119 cells), `-wide` (120
  up), `-very-wide` (200 up), `-low` (24 to 39 rows), `-high` (40 up).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import reactive
from textual.screen import ModalScreen, Screen

from escape_tui.screens.bearings import Bearings
from escape_tui.screens.headline import HeadLine
from escape_tui.screens.keyline import COMMON, KeyLine
from escape_tui.screens.too_small import BREADTHS, HEIGHTS, TooSmall
from sessions.errors import EscapeError
from widgets.key_echo import Echo, EchoKind

if TYPE_CHECKING:
    from escape_tui.desk import Desk
    from escape_tui.screens.app import EscapeApp

ResultT = TypeVar("ResultT")

# Two, for a text field takes the one, and then the other stands in the line of keys.
HELP_KEYS = (
    Binding("question_mark", "help", "Help", key_display="?", id=f"{COMMON}help"),
    Binding("f1", "help", "Help", id=f"{COMMON}help-f1"),
)
EMERGENCY_KEY = Binding("e", "emergency", "Emergency", id=f"{COMMON}emergency")


class _Ours(Screen[ResultT]):
    """What screens and dialogs share."""

    HELP: ClassVar[str] = ""
    """What `?` says of the screen: a few plain sentences, never markup."""
    WORKS_UNDER_LOCK: ClassVar[bool] = False
    """Whether all keys of this screen work while the keys are locked."""
    HORIZONTAL_BREAKPOINTS = BREADTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS: ClassVar[str | None] = ""  # nothing, or a key meant for the screen would go elsewhere

    @property
    def ours(self) -> EscapeApp:
        """The app, by its own type."""
        return cast("EscapeApp", self.app)

    @property
    def desk(self) -> Desk:
        """What the app works on."""
        return self.ours.desk

    @property
    def clock_runs(self) -> bool:
        """Whether a session's clock runs on this screen."""
        return False

    @property
    def help_words(self) -> str:
        """What `?` says of it; a screen with parts says what the part that is seen is for."""
        return self.HELP

    def echo(self, words: str, kind: EchoKind = EchoKind.DONE, *, undo: bool = False) -> None:
        """Say what was done or is wrong; the words are shown exactly as they are."""
        self.ours.echo(words, kind, undo=undo)

    @contextlib.contextmanager
    def trying(self) -> Iterator[None]:
        """What is refused inside is echoed, and the block ends there."""
        try:
            yield
        except EscapeError as error:
            self.ours.echo_error(error)

    def look_again(self) -> None:
        """Read what is shown from the store and draw it; called at first sight, on return, after undo."""

    def action_help(self) -> None:
        """Explain this screen."""
        from escape_tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def action_emergency(self) -> None:
        """Lead to the emergency screen; a session's screens hold their clocks first."""
        self.ours.lead_to("emergency")


class EscapeScreen(_Ours[ResultT]):
    """A screen: head line, body, echo, line of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *HELP_KEYS,
        Binding("u", "undo", "Undo", id=f"{COMMON}undo"),
        EMERGENCY_KEY,
        Binding("r", "roll_call", "Roll call", id=f"{COMMON}roll"),
    ]

    bearings: reactive[Bearings] = reactive(Bearings)

    def compose(self) -> ComposeResult:
        """Head line, body, echo, keys."""
        yield HeadLine().data_bind(EscapeScreen.bearings)
        with Vertical(id="body"):
            yield from self.compose_body()
        with Vertical(id="echo"):
            yield Echo()
        yield KeyLine()
        yield TooSmall()

    def compose_body(self) -> ComposeResult:
        """Yield what stands between head line and echo."""
        return iter(())

    def on_mount(self) -> None:
        """Follow the app's bearings, which every head line shows."""
        self.watch(self.app, "bearings", self._take_bearings)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Draw what may have changed meanwhile."""
        del event
        self.look_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that lead to a room which is not built, or need a cohort that is not open, are not there."""
        del parameters
        if action == "undo":
            return self.ours.glimpse is not None or (self.ours.is_ready and self.desk.is_open)
        if action in {"emergency", "roll_call"}:
            return self.ours.leads_to(action)
        return True

    def action_undo(self) -> None:
        """Take back the last act, saying which; one from before this sitting only when asked."""
        self.ours.take_back()

    def action_roll_call(self) -> None:
        """Lead to the roll call."""
        self.ours.lead_to("roll_call")

    def _take_bearings(self, bearings: Bearings) -> None:
        self.bearings = bearings


class Dialog(_Ours[ResultT], ModalScreen[ResultT]):
    """A box over a screen that ends with a result; Esc ends it with none where it may."""

    BINDINGS: ClassVar[list[BindingType]] = [*HELP_KEYS, EMERGENCY_KEY]
    DEFAULT_CSS: ClassVar[str] = """
    Dialog { align: center middle; }
    Dialog > #box {
        width: 72; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 2;
    }
    Dialog > #box > KeyLine { margin-top: 1; background: $surface; padding: 0; }
    """

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(id="box"):
            yield from self.compose_box()
            yield KeyLine()
        yield TooSmall()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The emergency is there as soon as the home is open."""
        del parameters
        return action != "emergency" or self.ours.leads_to(action)

    def compose_box(self) -> ComposeResult:
        """Yield what stands in the box above its keys."""
        return iter(())

    def on_mount(self) -> None:
        """Draw."""
        self.look_again()
