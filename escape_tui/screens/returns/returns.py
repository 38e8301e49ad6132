"""The return of the open cohort: what is missing, one key to go and mend it; once signed, that it is locked.

Not for: finding it (`exports.completeness`), nor the page that is signed (`sign_off`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from escape_tui.guiding.names import Names, names_of
from escape_tui.mending import mending_command
from escape_tui.returning import Revision, held_of, revisions_of
from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.returns.ways import lead, way_to
from escape_tui.screens.returns.words import (
    finding,
    heading_of,
    locked_heading,
    mending,
    revision_lines,
    where_it_lies,
)
from escape_tui.screens.text import plain
from escape_tui.store import read
from exports.completeness import Completeness, completeness
from exports.completeness.found import Found
from sessions.errors import Refused
from widgets.key_echo import EchoKind

if TYPE_CHECKING:
    from escape_tui.signing import SignedOut

_TEN = 10
_NO_COHORT = "No cohort is open. F2 leads to Today, where one is chosen."


class ReturnsScreen(EscapeScreen[None]):
    """What stands between the open cohort and its signed return."""

    TITLE = "Returns"
    HELP = (
        "Everything that is missing in the return of this cohort, contradictions first. Go through it with "
        "the arrows; Enter, or the number in front, leads to where it is mended, or names the command that "
        "mends it. s leads to the page that is signed. Once signed, the cohort is locked; a reopens it for "
        "a reason, which leaves with the next revision."
    )
    CSS_PATH = "returns.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step('down')", "Choose", key_display="↑↓"),
        Binding("up", "step('up')", show=False),
        Binding("pagedown", "step('page_down')", show=False),
        Binding("pageup", "step('page_up')", show=False),
        Binding("enter", "mend", "Go and mend it"),
        *(Binding(str(digit), f"mend_number({digit})", show=False) for digit in range(10)),
        Binding("s", "sign_off", "Sign it off"),
        Binding("a", "amend", "Reopen it"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.result = Completeness(())
        """What was found; nothing in a cohort that is signed."""
        self.revisions: tuple[Revision, ...] = ()
        """What was signed, oldest first."""
        self._state = ""
        self._names: Names | None = None
        self._marked = 0
        self._left: SignedOut | None = None

    def compose_body(self) -> ComposeResult:
        """Heading, findings, where the one under the mark is mended, what was signed."""
        yield Static(id="heading")
        findings = OptionList(id="found")
        findings.can_focus = False
        yield findings
        yield Static(id="mend")
        yield Static(id="revisions")

    def look_again(self) -> None:
        """Read the cohort and draw it."""
        if not self.ours.is_ready:
            return
        self.result, self.revisions, self._state = Completeness(()), (), ""
        if self.desk.is_open:
            self._read()
        self._draw()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for has no key."""
        if not self.ours.is_ready:
            return False
        if action in {"step", "mend", "mend_number"}:
            return bool(self.result.found)
        if action == "sign_off":
            return self.desk.is_open and self._state != "signed"
        if action == "amend":
            return self._state == "signed"
        return super().check_action(action, parameters)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say where it is mended."""
        event.stop()
        before, self._marked = self._marked, event.option_index
        for index in {before, self._marked}:
            self._draw_row(index)
        self._draw_mending()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click goes there as well."""
        event.stop()
        self._mend(event.option_index)

    def action_step(self, way: str) -> None:
        """Go through the findings."""
        findings = self.query_exactly_one(OptionList)
        getattr(findings, f"action_{'cursor_' if way in {'up', 'down'} else ''}{way}")()

    def action_mend(self) -> None:
        """Go where the finding under the mark is mended."""
        self._mend(self.query_exactly_one(OptionList).highlighted or 0)

    def action_mend_number(self, digit: int) -> None:
        """Go where the finding of that number is mended; 0 is the tenth."""
        index = (digit or _TEN) - 1
        if index < len(self.result.found):
            self.query_exactly_one(OptionList).highlighted = index
            self._mend(index)

    def action_sign_off(self) -> None:
        """Lead to the page that is signed; contradictions are mended first."""
        contradictions = len(self.result.contradictions)
        if contradictions:
            some = "is a contradiction" if contradictions == 1 else f"are {contradictions} contradictions"
            raise Refused(f"There {some} in this return.", "Mend them first; they cannot be accepted.")
        from escape_tui.screens.returns.sign_off import SignOffScreen

        self.app.push_screen(SignOffScreen(), self._signed)

    def action_amend(self) -> None:
        """Ask why the cohort is reopened."""
        from escape_tui.screens.returns.typed import TypedLine
        from escape_tui.signing import refuse_as_reason

        cohort = self.desk.cohort
        question = (
            "Why is it reopened? The reason leaves with the next revision: at most 200 characters, and "
            "nothing of a participant."
        )
        self.app.push_screen(TypedLine(question, partial(refuse_as_reason, cohort)), self._amend)

    def _signed(self, done: SignedOut | None) -> None:
        if done is not None:
            self._left = done
            self.look_again()
            self.echo(f"Signed as revision {done.signed.revision}; the cohort is locked.")

    def _amend(self, reason: str | None) -> None:
        if reason is None:
            return
        from escape_tui.signing import amend_return

        with self.trying():
            amend_return(self.desk.cohort, self.desk.home, reason)
            self.look_again()
            last = self.revisions[-1].revision
            self.echo(f"Reopened after revision {last}. Sign it again when all is entered.")

    def _read(self) -> None:
        cohort, settings = self.desk.cohort, self.desk.settings
        self._state = read.cohort_head(cohort).state
        if self._state != "signed" or (self._left and self._left.signed.cohort_code != cohort.code):
            self._left = None
        self.revisions = revisions_of(cohort)
        if self._state == "signed":
            return
        self.result = completeness(held_of(cohort, settings))
        self._names = names_of(read.people(cohort), read.identities(cohort), settings.names.desk)

    def _mend(self, index: int) -> None:
        found = self.result.found[index]
        if way_to(found.mend) is None:
            self.echo(f"Mended by a command: {self._command(found)}", EchoKind.ASK)
            return
        lead(self.ours, found.mend)

    def _command(self, found: Found) -> str:
        references = {one.person: one.reference for one in read.identities(self.desk.cohort)}
        return mending_command(found, self.desk.code or "", lambda person: references.get(person) or person)

    def _draw(self) -> None:
        heading = self.query_exactly_one("#heading", Static)
        if not self.desk.is_open:
            heading.update(plain(_NO_COHORT))
        elif self._state == "signed":
            heading.update(locked_heading(self.desk.code or "", self.revisions[-1]))
        else:
            heading.update(heading_of(self.desk.code or "", self._state, self.result))
        findings = self.query_exactly_one(OptionList)
        at = findings.highlighted or 0
        self._marked = max(0, min(at, len(self.result.found) - 1))
        findings.clear_options()
        findings.add_options(Option(self._row(index)) for index in range(len(self.result.found)))
        findings.display = bool(self.result.found)
        if self.result.found:
            findings.highlighted = self._marked
        self._draw_mending()
        self.query_exactly_one("#revisions", Static).update(revision_lines(self.revisions))

    def _row(self, index: int) -> Content:
        return finding(index + 1, self.result.found[index], self._names, here=index == self._marked)

    def _draw_row(self, index: int) -> None:
        if index < len(self.result.found):
            self.query_exactly_one(OptionList).replace_option_prompt_at_index(index, self._row(index))

    def _draw_mending(self) -> None:
        index = self.query_exactly_one(OptionList).highlighted
        shown = self.query_exactly_one("#mend", Static)
        shown.display = self._left is not None or (bool(self.result.found) and index is not None)
        if self._left is not None:
            shown.update(where_it_lies(self._left))
            return
        if index is not None and index < len(self.result.found):
            found = self.result.found[index]
            way = way_to(found.mend)
            shown.update(mending(found, None if way is None else way.called, self._command(found)))
