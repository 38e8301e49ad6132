"""The talk pane: the pages of the talk in large calm type, themes covered, notes, goals and plans.

Not for: the words of a talk (`guiding.education`, from the pack), or keeping them.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from escape_tui.guiding.education import (
    GOAL_WORDS,
    Page,
    close_goal,
    note_of_group,
    note_of_person,
    open_goals,
    pages_now,
    pages_of,
    write_goal,
)
from escape_tui.guiding.expected import Expected
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.screens.pick import Pick, Row
from escape_tui.screens.session.numbered import NumberedPane
from escape_tui.screens.session.talk_asks import GOAL_STATE_WORDS, AskOfPerson, AskThemes, Wanted
from escape_tui.screens.session.talk_words import blocks_of, foot, heading
from escape_tui.screens.session.typed import Field, Typed
from escape_tui.screens.text import lines
from sessions.records import Goal, GoalState
from sessions.run import RunState
from widgets.page_view import PageView


class TalkPane(NumberedPane):
    """One page after another; under them what is covered and written down."""

    TITLE = "Talk"
    HELP = (
        "The talk, a page at a time: PageDown and PageUp turn. After the last page, PageDown pressed twice "
        "goes on to the next part. Time over is shown, and nothing ends by itself. c: which themes were "
        "covered. n: a note on the group. A person's number shows their open goals; then g is a new goal, a "
        "an action plan, c a coping plan, n a note on them, v what became of a goal. Notes and goals never "
        "leave this laptop."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "themes", "Covered"),
        Binding("n", "note", "Note"),
        Binding("1", "none", "Goals", key_display="1-9 0"),
        Binding("down,right", "turn(1)", "Next page", show=False),
        Binding("up,left", "turn(-1)", "Page before", show=False),
    ]

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self._pages: tuple[Page, ...] = ()
        self._at = 0
        self._step: int | None = None
        self._asked_to_go_on = False

    def compose(self) -> ComposeResult:
        """Heading, page, foot."""
        yield Static(id="heading")
        yield PageView()
        yield Static(id="foot")

    def look_again(self) -> None:
        """The pages of this part of the session, or all of them outside the talk."""
        state = self.guide.state()
        self._step = state.index
        pages = pages_now(self.guide) or pages_of(self.guide.plan)
        if pages != self._pages:
            self._pages, self._at = pages, 0
            self._show()
        self.draw()

    def tick(self, state: RunState) -> None:
        """Another topic brings its own pages."""
        if state.index != self._step:
            self.look_again()

    def draw(self) -> None:
        """Heading and foot."""
        if not self.is_built:
            return
        page = self._pages[self._at] if self._pages else None
        self.query_exactly_one("#heading", Static).update(
            heading(page, self._at, len(self._pages), self.guide)
        )
        asked = [self.asked.words()] if self.asked is not None else foot(self.guide)
        self.query_exactly_one("#foot", Static).update(lines(asked))

    def choose(self, number: int) -> None:
        """Somebody's goal, plan or note comes next."""
        who = self.id_of(number)
        if who is not None:
            self.selected = who
            person = self.guide.row(who).person
            self.ask(AskOfPerson(self.guide, person, self._of_person))

    # Pages

    def page_on(self) -> bool:
        """The next page; after the last one the first key only says that the next goes on."""
        if self.query_exactly_one(PageView).turn(1) or self._go(1):
            self._asked_to_go_on = False
            return True
        if self._asked_to_go_on or not pages_now(self.guide):
            self._asked_to_go_on = False
            return False
        self._asked_to_go_on = True
        self.say(Told("That was the last page. PageDown again goes on.", "ask"))
        return True

    def page_back(self) -> bool:
        """The page before; from the first one, the step before."""
        self._asked_to_go_on = False
        return self.query_exactly_one(PageView).turn(-1) or self._go(-1)

    def action_turn(self, by: int) -> None:
        """Turn a page, and never leave the talk."""
        if not self.query_exactly_one(PageView).turn(by):
            self._go(by)

    def _go(self, by: int) -> bool:
        if not 0 <= self._at + by < len(self._pages):
            return False
        self._at += by
        self._show()
        self.draw()
        return True

    def _show(self) -> None:
        if self._pages:
            self.query_exactly_one(PageView).blocks = blocks_of(self._pages[self._at])

    # Keys

    def action_none(self) -> None:
        """Digits are taken before keys are looked up; this stands for them in the line of keys."""

    def action_themes(self) -> None:
        """Say which themes were covered."""
        self.ask(AskThemes(self.guide, self._told))

    def action_note(self) -> None:
        """Write down what the group said."""

        def typed(answers: tuple[str, ...] | None) -> None:
            if answers is not None:
                self._told(note_of_group(self.guide, answers[0]))

        self.app.push_screen(Typed("A note on the group. It stays on this laptop.", [Field("")]), typed)

    def _of_person(self, person: Expected, wanted: Wanted) -> None:
        if wanted == "review":
            self._review(person)
            return
        what = "note" if wanted == "note" else GOAL_WORDS[wanted]
        question = f"{person.number} {person.desk}: {what}, in their own words"

        def typed(answers: tuple[str, ...] | None) -> None:
            if answers is None:
                return
            if wanted == "note":
                self._told(note_of_person(self.guide, person.id, answers[0]))
            else:
                self._told(write_goal(self.guide, person.id, wanted, answers[0]))

        self.app.push_screen(Typed(question, [Field("")]), typed)

    def _review(self, person: Expected) -> None:
        goals = {str(one.id): one for one in open_goals(self.guide) if one.person == person.id}
        if not goals:
            self.say(self.guide.register.said(person.id, "no goal or plan is open", "refused"))
            return

        def chosen(key: str | None) -> None:
            if key is not None:
                self._became(goals[key])

        rows = [Row(key, one.text, GOAL_WORDS[one.kind]) for key, one in goals.items()]
        self.app.push_screen(Pick(f"Which goal of {person.number} {person.desk}?", rows), chosen)

    def _became(self, goal: Goal) -> None:
        states: dict[str, GoalState] = {state: state for state in GOAL_STATE_WORDS}

        def chosen(key: str | None) -> None:
            if key is not None:
                self._told(close_goal(self.guide, goal, states[key]))

        rows = [Row(state, words) for state, words in GOAL_STATE_WORDS.items()]
        self.app.push_screen(Pick(f"What became of it: {goal.text}", rows), chosen)

    def _told(self, told: Told) -> None:
        self.say(told)
        self.draw()
