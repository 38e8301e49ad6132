"""Whether the programme is for a person: the pack's rules and questions, the verdict, and taking them anyway.

Not for: judging (`sessions.eligibility`), or keeping the answers (`entering`).
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from escape_tui.entering import Entered, put_right
from escape_tui.judging import AT_DISCRETION, RECURRENT
from escape_tui.known_people import known_person
from escape_tui.recording import today_of
from escape_tui.screens.facts import Fact, Facts
from escape_tui.screens.people.asks import AskingScreen
from escape_tui.screens.people.words import ELIGIBLE
from escape_tui.screens.text import plain, said
from escape_tui.store.acts.people import accept_person
from escape_tui.store.read import cohort_pack
from escape_tui.telling.page import page_of
from sessions.eligibility import Judged, Judgement, Outcome, YesNo

_SIGNS: Final[dict[Outcome, str]] = {"met": "✓", "not_met": "✗", "not_known": "?", "consider": "?"}


class Rules(Facts):
    """The rules, each with its sign and the mark before it."""

    WORD_CELLS: ClassVar[int] = 4

    def place_of(self, at: int) -> tuple[int, int]:
        """The first line of a rule, and how many it has."""
        room = max(1, self.content_size.width - self.WORD_CELLS)
        heights = [len(fact.what.wrap(room)) for fact in self.facts]
        return sum(heights[:at]), heights[at]


class RulesScreen(AskingScreen[None]):
    """The rules of the cohort's own pack, on one person."""

    HELP = (
        "Every rule of the programme with what it says of this person. The mark stands at the first that is "
        "open; y and n answer the question there and go to the next. What the rules read from the entries "
        "(age, pain, how long) is put right on the page with p. a says that every open question was asked "
        "and is as it must be. t takes somebody whom the rules do not take, with your reason."
    )
    CSS_PATH = "rules.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "say('yes')", "Yes"),
        Binding("n", "say('no')", "No"),
        Binding("down", "step(1)", "Which", key_display="↑↓"),
        Binding("up", "step(-1)", "Which", show=False),
        Binding("a", "all_clear", "All open ones as they must be"),
        Binding("t", "take_anyway", "Take them anyway"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, person: str) -> None:
        super().__init__()
        self._person = person
        self._at: int | None = None
        self._judgement: Judgement | None = None

    def compose_body(self) -> ComposeResult:
        """Verdict and rules."""
        yield Static(id="verdict")
        with VerticalScroll(can_focus=False):
            yield Rules()

    def look_again(self) -> None:
        """Judge anew and draw it."""
        if self.is_gone(self._person):
            return
        self._judgement = page_of(self.desk.cohort, self._person).judgement
        if self._judgement is None:
            self.dismiss(None)
            return
        rules = self._judgement.rules
        if self._at is None:
            self._at = self._first_open(0)
        known = known_person(self.desk.cohort, self._person)
        who = known.identity
        judged = known.eligibility
        verdict = ELIGIBLE[judged.eligible if judged else "not_judged"]
        reason = judged.accepted_reason if judged and judged.accepted_reason else ""
        self.query_exactly_one("#verdict", Static).update(
            said(
                "[bold $primary]$number[/]  $name   [bold]$verdict[/]  $reason",
                number=str(known.person.number),
                name=f"{who.given_name} {who.family_name}".strip() if who else "",
                verdict=verdict,
                reason=reason,
            )
        )
        drawn = self.query_exactly_one(Rules)
        drawn.facts = tuple(_fact(rule, here=at == self._at) for at, rule in enumerate(rules))
        # After the new height is known.
        self.call_after_refresh(self._show_mark)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answers are there where a question is asked; taking anyway where the rules do not take."""
        judgement = self._judgement
        if judgement is None:
            return super().check_action(action, parameters)
        if action == "say":
            return self._question() is not None
        if action == "all_clear":
            asked = self._asked()
            return any(rule.rule in asked and rule.outcome == "not_known" for rule in judgement.rules)
        if action == "take_anyway":
            return judgement.verdict != "yes"
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Go to another rule."""
        if self._judgement is not None:
            self._at = ((self._at or 0) + by) % len(self._judgement.rules)
            self.look_again()

    def action_say(self, answer: YesNo) -> None:
        """Answer the question of the rule that is marked."""
        question = self._question()
        if question is None:
            return
        put_right(self.desk.cohort, self._person, Entered(answers={question: answer}))
        self._judgement = page_of(self.desk.cohort, self._person).judgement
        self._at = self._first_open((self._at or 0) + 1)
        self.look_again()
        self.echo(f"Answered {answer}.", undo=True)

    def action_all_clear(self) -> None:
        """Every open question was asked, and is as it must be."""
        put_right(self.desk.cohort, self._person, Entered(all_clear=True))
        self._at = None
        self.look_again()
        self.echo("Every open question is answered as it must be.", undo=True)

    def action_take_anyway(self) -> None:
        """Take somebody whom the rules do not take, for a reason."""
        self.converse(self._take_anyway)

    def action_back(self) -> None:
        """Go back to the page."""
        self.dismiss(None)

    async def _take_anyway(self) -> None:
        reason = await self.type_line("Why are they taken all the same? One sentence; it stays here.")
        accept_person(self.desk.cohort, self._person, reason, today_of(self.desk.cohort))
        self.look_again()
        self.echo("Taken, with your reason.", undo=True)

    def _show_mark(self) -> None:
        if self._at is None:
            return
        drawn, seen = self.query_exactly_one(Rules), self.query_exactly_one(VerticalScroll)
        first, height = drawn.place_of(self._at)
        top = seen.scroll_offset.y
        if first < top:
            seen.scroll_to(y=first, animate=False)
        elif first + height > top + seen.size.height:
            seen.scroll_to(y=first + height - seen.size.height, animate=False)

    def _asked(self) -> set[str]:
        return {question.id for question in cohort_pack(self.desk.cohort).eligibility.questions}

    def _question(self) -> str | None:
        """The answer that y or n gives at the mark; None where there is nothing to answer."""
        if self._judgement is None or self._at is None:
            return None
        rule = self._judgement.rules[self._at].rule
        eligibility = cohort_pack(self.desk.cohort).eligibility
        if rule in self._asked():
            return rule
        if rule == "pain_duration" and eligibility.recurrent_counts:
            return RECURRENT
        decides = rule == "screen" and self._judgement.rules[self._at].outcome != "not_known"
        return AT_DISCRETION if decides and eligibility.screen and eligibility.screen.consider else None

    def _first_open(self, after: int) -> int:
        rules = self._judgement.rules if self._judgement else ()
        order = [*range(after, len(rules)), *range(min(after, len(rules)))]
        return next((at for at in order if rules[at].outcome != "met"), 0)


def _fact(rule: Judged, *, here: bool) -> Fact:
    word = f"{'>' if here else ' '} {_SIGNS[rule.outcome]}"
    return Fact(word, said("[bold]$words[/]", words=rule.sentence) if here else plain(rule.sentence))
