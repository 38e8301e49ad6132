"""A score that asks for a talk in private: what the pack says to do, the named lead and the plan.

It is not shown while a session's clock runs, for then the hall may look on; it waits under a key.

Not for: which scores ask for it (`entry.alarms`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from escape_tui.entry.alarms import Alarm, make_plan
from escape_tui.screens.base import Dialog, EscapeScreen
from escape_tui.screens.measures.entry_view import who
from escape_tui.screens.text import lines, plain, said
from sessions.errors import EscapeError
from widgets.key_echo import EchoKind

WAITS = "Something waits under v on the board of measures, for when nobody looks on."


class PrivatePlan(Dialog[bool]):
    """Ends with True once the plan is kept, with False by Esc: it goes on waiting."""

    HELP = (
        "Agree with the named lead who talks with this person, where and when, and write it down. It is kept "
        "as a note on the person and never leaves this laptop. Enter goes to the next line, then keeps it."
    )
    DEFAULT_CSS: ClassVar[str] = """
    PrivatePlan #do { height: auto; max-height: 8; margin: 1 0; scrollbar-size-vertical: 1; }
    PrivatePlan #wrong { color: $error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "read(1)", "Read on", key_display="PgDn", priority=True),
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("tab", "app.focus_next", "Next line", key_display="Tab"),
        Binding("escape", "later", "Later"),
    ]
    AUTO_FOCUS = "#lead"

    def __init__(self, alarm: Alarm) -> None:
        super().__init__()
        self._alarm = alarm

    def compose_box(self) -> ComposeResult:
        """Who, what to do, the lead, the plan."""
        first, *others = self._alarm.rules
        whose = who(self.desk, self._alarm.key)
        yield Static(said("[bold $warning]$title[/]\n$who", title=first.title, who=whose))
        with VerticalScroll(id="do", can_focus=False):
            more = [part for rule in others for part in ("", rule.title, rule.do)]
            yield Static(lines([first.do, *more]))
        yield Input(placeholder="Who leads this: name of the wellbeing lead", id="lead")
        yield Input(placeholder="The plan: who talks with them, where, when", id="plan")
        yield Static(id="wrong")

    def on_input_submitted(self, submitted: Input.Submitted) -> None:
        """Go on from the lead to the plan; keep both."""
        submitted.stop()
        if submitted.input.id == "lead":
            self.query_exactly_one("#plan", Input).focus()
            return
        lead, plan = (self.query_exactly_one(name, Input).value for name in ("#lead", "#plan"))
        try:
            make_plan(self.desk.cohort, self._alarm, lead, plan)
        except EscapeError as error:
            self.query_exactly_one("#wrong", Static).update(plain(f"✗ {error.wrong} {error.remedy}"))
            return
        self.dismiss(True)

    def action_read(self, pages: int) -> None:
        """Scroll what to do."""
        text = self.query_exactly_one("#do", VerticalScroll)
        text.scroll_relative(y=pages * max(1, text.size.height - 1), animate=False)

    def action_later(self) -> None:
        """Leave it waiting."""
        self.dismiss(False)


def ask_plans(screen: EscapeScreen[Any], alarms: Sequence[Alarm]) -> None:
    """Ask for a plan for each alarm in turn; while a session runs only say that something waits."""
    if not alarms:
        return
    if hall_may_look(screen.app):
        screen.echo(WAITS, EchoKind.WARN)
        return
    first, *others = alarms

    def went_on(made: bool | None) -> None:
        screen.echo(
            "The plan is kept as a private note." if made else WAITS, EchoKind.DONE if made else EchoKind.WARN
        )
        if made:
            ask_plans(screen, others)

    screen.app.push_screen(PrivatePlan(first), went_on)


def hall_may_look(app: App[Any]) -> bool:
    """Whether a session's clock runs on any screen of the app, in whichever area."""
    stacks = app._screen_stacks.values()  # noqa: SLF001 - other areas' screens have no public way
    return any(getattr(screen, "clock_runs", False) for stack in stacks for screen in stack)
