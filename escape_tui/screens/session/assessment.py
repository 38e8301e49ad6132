"""The bench pane of a session that measures: papers out, back and looked through, and the chair stand.

Not for: entering the answers of a questionnaire, which has screens of its own.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from escape_tui.guiding.assessment import (
    Owed,
    hand_out,
    not_handed_out,
    not_taken,
    owed_today,
    papers_owed,
    take_back,
)
from escape_tui.guiding.bench import CHAIR_STAND, bench, nobody_next, refuse_if_flagged
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import Arrived
from escape_tui.guiding.told import Told
from escape_tui.screens.pick import Pick, Row
from escape_tui.screens.session.assessment_asks import AskBlanks, AskStands
from escape_tui.screens.session.assessment_words import HEADINGS, REASONS, papers_of, row_of, summary
from escape_tui.screens.session.numbered import NumberedPane
from escape_tui.screens.text import lines
from sessions.records import MissingReason
from sessions.run import RunState
from widgets.roster import Roster
from widgets.stand_counter import StandCounter


class AssessmentPane(NumberedPane):
    """Who owes what, and the chair stand in large figures while it is done."""

    TITLE = "Bench"
    HELP = (
        "Measures at the first and the last session. o: everyone here has their papers. A person's number, "
        "then k: their papers are back; c: look them through for blanks, paper by paper, with the person "
        "still here; x: a measure is not taken, and why; Del: they never had the papers. s: the chair stand: "
        "s starts 30 seconds, then type the number of stands and press Enter, or a where the arms were used. "
        "l: this person later. Esc leaves the bench."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "stands", "Chair stand"),
        Binding("o", "hand_out", "Papers out"),
        Binding("1", "none", "Select", key_display="1-9 0", show=False),
        Binding("k", "back", "Back"),
        Binding("c", "check", "Check blanks"),
        Binding("x", "not_taken", "Not taken"),
        Binding("delete,backspace", "not_out", "Never had them", key_display="Del", show=False),
        Binding("down", "step(1)", "Select the next", show=False),
        Binding("up", "step(-1)", "Select the one before", show=False),
    ]

    def __init__(self, guide: Guide) -> None:
        super().__init__(guide)
        self._owed: tuple[Owed, ...] = ()
        self._later: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Rows, the counter, the words."""
        with Container(id="owing"):
            yield Roster(headings=HEADINGS)
        yield StandCounter()
        yield Static(id="words")

    def look_again(self) -> None:
        """Read who owes what."""
        self._owed = owed_today(self.guide)
        if isinstance(self.asking, AskStands):
            self.asking.look_again()
        self.draw()

    def tick(self, state: RunState) -> None:
        """The thirty seconds."""
        del state
        if isinstance(self.asking, AskStands):
            for kind in self.asking.tick():
                self.post_message(self.Sounded(kind))
            self._draw_counter(self.asking)

    def draw(self) -> None:
        """Rows, or the counter."""
        if not self.is_built:
            return
        asked = self.asked
        at_bench = isinstance(asked, AskStands)
        self.set_class(at_bench, "-bench")
        if isinstance(asked, AskStands):
            self._draw_counter(asked)
        roster = self.query_exactly_one(Roster)
        roster.rows = tuple(
            row_of(row, self._of(row.person.id), self._later) for row in self.guide.register.here
        )
        chosen = self._row
        roster.selected = chosen.person.number if chosen else None
        top = asked.words() if asked is not None else summary(self._owed, self.guide.register.stopped)
        about = papers_of(self._of(chosen.person.id)) if chosen and not at_bench else ()
        self.query_exactly_one("#words", Static).update(lines([top, *about]))

    def choose(self, number: int) -> None:
        """Select that person."""
        who = self.id_of(number)
        if who is not None and self.guide.row(who).here:
            self.selected = who
            self._say_if_flagged(who)
        elif who is not None:
            self.say(self.guide.register.said(who, "is not marked here: g is the register", "refused"))
        self.draw()

    def on_roster_picked(self, picked: Roster.Picked) -> None:
        """Select the row that was clicked."""
        picked.stop()
        self.choose(picked.number)

    # Keys

    def action_none(self) -> None:
        """Digits are taken before keys are looked up; this stands for them in the line of keys."""

    def action_step(self, by: int) -> None:
        """Select the next row, or the one before."""
        roster = self.query_exactly_one(Roster)
        roster.move(by)
        if roster.selected is not None:
            self.choose(roster.selected)

    def action_hand_out(self) -> None:
        """Everyone here has their papers now."""
        self._told(hand_out(self.guide, papers_owed(self.guide)))

    def action_back(self) -> None:
        """The papers of the person selected are back."""
        row = self._chosen()
        if row is None:
            return
        out = [owed for owed in self._papers(row) if owed.state in {None, "out"}]
        if not out:
            self.say(self.guide.register.said(row.person.id, "has no paper out", "refused"))
            return
        with self.guide.cohort.batch():
            told = [take_back(self.guide, owed) for owed in out]
        many = len(told) > 1
        self._told(
            self.guide.register.said(row.person.id, f"{len(told)} papers are back", undo=True)
            if many
            else told[0]
        )

    def action_check(self) -> None:
        """Look through the papers of the person selected."""
        row = self._chosen()
        if row is None:
            return
        to_check = [owed for owed in self._papers(row) if owed.state != "checked"]
        if not to_check:
            self.say(self.guide.register.said(row.person.id, "has no paper to look through", "refused"))
            return
        self.ask(AskBlanks(self.guide, to_check, self._told))

    def action_not_out(self) -> None:
        """The person selected never had the papers."""
        row = self._chosen()
        for owed in self._papers(row) if row else ():
            if owed.state == "out":
                self._told(not_handed_out(self.guide, owed))

    def action_not_taken(self) -> None:
        """A measure of the person selected is not taken; why is asked."""
        row = self._chosen()
        if row is None:
            return
        owed = {one.instrument: one for one in self._of(row.person.id)}
        if not owed:
            self.say(self.guide.register.said(row.person.id, "owes nothing today", "refused"))
            return

        def chosen(key: str | None) -> None:
            if key is not None:
                self._why(owed[key])

        who = f"{row.person.number} {row.person.desk}"
        self.app.push_screen(
            Pick(f"{who}: which is not taken?", [Row(key, one.name) for key, one in owed.items()]), chosen
        )

    def action_stands(self) -> None:
        """Go to the bench, with the person selected first, where they still owe it."""
        queue = bench(self.guide, self._later)
        if self._row is not None:
            chosen = self._row.person.id
            refuse_if_flagged(self.guide, chosen)
            queue = queue.choose(chosen)
        if queue.next is None:
            self.say(Told(nobody_next(self.guide), "refused"))
            return
        self.ask(AskStands(self.guide, queue, self._told, self._put_off))

    # What follows

    @property
    def _row(self) -> Arrived | None:
        if self.selected is None:
            return None
        row = self.guide.row(self.selected)
        return row if row.here else None

    def _say_if_flagged(self, person: str) -> None:
        stands = any(owed.instrument == CHAIR_STAND for owed in self._of(person))
        if stands and person in self.guide.register.stopped:
            words = "A red flag was told today: no chair stand"
            self.say(self.guide.register.said(person, words, "refused"))

    def _chosen(self) -> Arrived | None:
        if self._row is None:
            self.say(Told("Press a person's number first.", "refused"))
        return self._row

    def _of(self, person: str) -> tuple[Owed, ...]:
        return tuple(owed for owed in self._owed if owed.person.id == person)

    def _papers(self, row: Arrived) -> tuple[Owed, ...]:
        return tuple(owed for owed in self._of(row.person.id) if owed.on_paper)

    def _put_off(self, later: tuple[str, ...]) -> None:
        self._later = later

    def _why(self, owed: Owed) -> None:
        reasons: dict[str, MissingReason] = {reason: reason for reason in REASONS}

        def chosen(key: str | None) -> None:
            if key is not None:
                self._told(not_taken(self.guide, owed, reasons[key]))

        rows = [Row(reason, words) for reason, words in REASONS.items()]
        self.app.push_screen(Pick(f"Why is {owed.name} not taken?", rows), chosen)

    def _told(self, told: Told) -> None:
        self.say(told)
        self.look_again()

    def _draw_counter(self, asked: AskStands) -> None:
        face = asked.face
        counter = self.query_exactly_one(StandCounter)
        counter.time, counter.count, counter.running = face.time, face.count, face.running
        counter.person, counter.number, counter.word = face.person, face.number, face.word
