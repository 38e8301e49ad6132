"""The page of one person: all that is entered of them, and a key for each thing that can be said of them.

Not for: what the lines say (`person_words`), nor what a key asks (`leaving`, `joint` and others).
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from escape_tui.screens.facts import Facts
from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.person_words import facts, heading
from escape_tui.store.read import people
from escape_tui.telling.page import Page, page_of


class PersonScreen(AskingScreen[None]):
    """One person of the open cohort; the arrows go to the next and the one before."""

    HELP = (
        "All that is entered of this person. Left and right go to the person before and after. "
        "Leaving the programme and withdrawing the data are two different things: who leaves keeps their "
        "place in the return; whose data are withdrawn is in no return any more."
    )
    CSS_PATH = "person.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("right", "other(1)", "Next", key_display="←→"),
        Binding("left", "other(-1)", "Before", show=False),
        Binding("p", "put_right", "Put right"),
        Binding("c", "consent", "Consent"),
        Binding("l", "rules", "Rules"),
        Binding("g", "goal", "Goals"),
        Binding("n", "note", "Notes"),
        Binding("j", "joint", "Joint"),
        Binding("k", "ruled_out", "Ruled out"),
        Binding("o", "goes_on", "Goes on to"),
        Binding("t", "told", "What changed"),
        Binding("w", "leaves", "Leaves"),
        Binding("b", "returns", "Takes part again"),
        Binding("m", "moves", "Moves"),
        Binding("down", "scroll(1)", "Read on", show=False),
        Binding("up", "scroll(-1)", "Read back", show=False),
        Binding("pagedown", "scroll(10)", "Read on", show=False),
        Binding("pageup", "scroll(-10)", "Read back", show=False),
    ]

    def __init__(self, person: str) -> None:
        super().__init__()
        self.person = person
        """The id of who is shown."""
        self.page: Page | None = None

    def compose_body(self) -> ComposeResult:
        """The name, and the facts under it."""
        yield Static(id="name")
        with VerticalScroll(id="page", can_focus=False):
            yield Facts()

    def look_again(self) -> None:
        """Read the page and draw it; it closes where the person is not there any more."""
        if self.is_gone(self.person):
            return
        self.page = page_of(self.desk.cohort, self.person)
        self.query_exactly_one("#name", Static).update(heading(self.page))
        self.query_exactly_one(Facts).facts = facts(self.page)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What cannot be said of this person has no key."""
        page = self.page
        if page is None or action not in _OF_PERSON:
            return super().check_action(action, parameters)
        person = page.known.person
        if action == "returns":
            return person.withdrawn_on is not None and person.erased_on is None
        if action == "leaves":
            return person.withdrawn_on is None or person.data_withdrawn_on is None
        if person.erased_on is not None:
            return False
        if action == "moves":
            return person.went_to is None and len(self.desk.codes) > 1
        return action != "joint" or page.known.person.pain_site != "back"

    def action_back(self) -> None:
        """Go back to the list."""
        self.dismiss(None)

    def action_other(self, by: int) -> None:
        """Show the next person, or the one before."""
        everyone = [one.id for one in people(self.desk.cohort)]
        self.person = everyone[(everyone.index(self.person) + by) % len(everyone)]
        self.query_exactly_one("#page", VerticalScroll).scroll_home(animate=False)
        self.look_again()

    def action_scroll(self, by: int) -> None:
        """Read on or back."""
        self.query_exactly_one("#page", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_put_right(self) -> None:
        """Put entries right, line by line."""
        from escape_tui.screens.people.putting_right import PuttingRightScreen

        self.app.push_screen(PuttingRightScreen(self.person))

    def action_consent(self) -> None:
        """Record what somebody agreed to."""
        from escape_tui.screens.people.consent import ConsentDialog

        self.app.push_screen(ConsentDialog(self.person), lambda _: self.look_again())

    def action_rules(self) -> None:
        """Ask the questions of the rules."""
        from escape_tui.screens.people.rules import RulesScreen

        self.app.push_screen(RulesScreen(self.person))

    def action_goal(self) -> None:
        """Write a goal or plan, or say what became of one."""
        from escape_tui.screens.people.own_words import about_goals

        self.converse(lambda: about_goals(self))

    def action_note(self) -> None:
        """Write a note, or change one."""
        from escape_tui.screens.people.own_words import about_notes

        self.converse(lambda: about_notes(self))

    def action_joint(self) -> None:
        """Fix the joint and side that the measures are about."""
        from escape_tui.screens.people.joint import about_the_joint

        self.converse(lambda: about_the_joint(self))

    def action_ruled_out(self) -> None:
        """Say which kinds of exercise are not for them."""
        from escape_tui.screens.people.ruling_out import about_ruling_out

        self.converse(lambda: about_ruling_out(self))

    def action_goes_on(self) -> None:
        """Say where they go on to."""
        from escape_tui.screens.people.own_words import about_going_on

        self.converse(lambda: about_going_on(self))

    def action_told(self) -> None:
        """Show what their measures tell."""
        from escape_tui.screens.people.person_told import PersonToldScreen

        self.app.push_screen(PersonToldScreen(self.person))

    def action_leaves(self) -> None:
        """Record that they leave, or withdraw their data."""
        from escape_tui.screens.people.leaving import about_leaving

        self.converse(lambda: about_leaving(self))

    def action_returns(self) -> None:
        """Record that they take part again."""
        from escape_tui.screens.people.leaving import about_returning

        self.converse(lambda: about_returning(self))

    def action_moves(self) -> None:
        """Move them to another cohort."""
        from escape_tui.screens.people.leaving import about_moving

        self.converse(lambda: about_moving(self))

    def done(self, words: str) -> None:
        """Say what was done and show it."""
        self.look_again()
        self.echo(words, undo=True)


_OF_PERSON = frozenset(
    {
        *("put_right", "consent", "rules", "goal", "note", "joint", "ruled_out", "goes_on", "told"),
        *("leaves", "returns", "moves"),
    }
)
