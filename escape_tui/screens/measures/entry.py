"""Typing sheets from paper: one key an answer, one person after another, nothing between.

Not for: what a key means (`entry.keying`), keeping it (`entry.keeping`), what is shown (`entry_view`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final, cast, get_args

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from escape_tui.entry import keying
from escape_tui.entry.alarms import alarms_without_plan, has_alarms
from escape_tui.entry.board import SheetKey
from escape_tui.entry.keeping import How, SheetEntry, record_as_missing
from escape_tui.recording import Recorded
from escape_tui.screens.ask import Ask
from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.measures import entry_view as view
from escape_tui.screens.measures.ask_words import AskWords
from escape_tui.screens.measures.private_plan import ask_plans, hall_may_look
from escape_tui.screens.measures.typed_words import day_typed, number_typed, reason_typed
from escape_tui.screens.pick import Pick, Row
from escape_tui.screens.text import plain
from escape_tui.store.acts.people import fix_index
from escape_tui.store.drafts import DraftKind
from sessions.errors import EscapeError, Refused
from sessions.instrument_files import Wording, load_wording
from sessions.records import MissingReason, Mode
from widgets.answer_strip import AnswerStrip
from widgets.key_echo import EchoKind

_HIDDEN = "These scores are not shown while a session runs: the hall may look on."
TYPED: Final = frozenset("0123456789x.") | {"full_stop"}


class EntryScreen(EscapeScreen[SheetKey]):
    """The sheets of one pile; ends with the last one that was on the desk."""

    HELP = (
        "One key is one answer: count the printed boxes from the left; the code beside it is what is kept. "
        "b: the paper is blank there. Backspace takes the last answer out, arrows lead to an item and "
        "change nothing, g leads to a number. A written figure is taken with Enter; a: the arms were used. "
        "Enter records the sheet once every item is typed. m: there is no sheet at all, and why. "
        "Every key is kept at once: Esc, or a laptop that falls, loses nothing."
    )
    CSS_PATH = "entry.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take / record"),
        Binding("b", "blank", "Blank"),
        Binding("a", "word", "Arms used"),
        Binding("backspace", "back", "Back", key_display="⌫"),
        Binding("g", "jump", "Go to item"),
        Binding("m", "missing", "Missing"),
        Binding("h", "how", "How filled in"),
        Binding("d", "day", "Day"),
        Binding("j", "joint", "Which joint"),
        Binding("z", "give_up", "Throw away"),
        Binding("escape", "leave", "Board"),
        Binding("down,right", "step(1)", show=False),
        Binding("up,left", "step(-1)", show=False),
    ]

    def __init__(self, pile: Sequence[SheetKey], kind: DraftKind) -> None:
        super().__init__()
        self._pile = tuple(pile)
        self._kind: DraftKind = kind
        self._at = 0
        self._how: How | None = None
        self._asked: frozenset[str] = frozenset()
        self._days_asked: frozenset[str] = frozenset()
        self._wording: Wording | None = None
        self._taken_up: SheetEntry | None = None
        self._whose = view.Whose("", "", ())
        self._is_private = False

    def compose_body(self) -> ComposeResult:
        """Whose sheet, the answers, what the next key means, the scores, the rule for odd marks."""
        yield Static(id="head")
        yield AnswerStrip()
        yield Static(id="wording")
        yield Static(id="keys")
        yield Static(id="scores")
        yield Static(id="rule")

    def on_mount(self) -> None:
        """Take up the first sheet."""
        super().on_mount()
        try:
            self._take_up(0)
        except EscapeError as error:
            # Told by the screen beneath, which is seen again.
            self.dismiss(None)
            self.call_later(self.ours.echo_error, error)

    @property
    def entry(self) -> SheetEntry:
        """The sheet on the desk."""
        if self._taken_up is None:
            raise RuntimeError("no sheet is taken up yet")
        return self._taken_up

    def look_again(self) -> None:
        """After an undo, go back to the sheet that was taken out of the record."""
        if self._taken_up is None or not self.desk.is_open:
            return
        if self._kind == "first" and self._at > 0 and not self.entry.sheet.typed:
            before = self._pile[self._at - 1]
            if not view.is_recorded(self.desk.cohort, before):
                self._take_up(self._at - 1)
        self._whose = view.whose(self.desk, self.entry.key)
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that do not fit the sheet are not there."""
        if self._taken_up is None:
            return action in {"help", "emergency", "leave"}
        if action == "word":
            items = self.entry.sheet.items
            return items is not None and keying.word_of(items, "a") is not None
        if action in {"missing", "day", "how"}:
            return self._kind == "first" or (self._kind == "correction" and action != "missing")
        if action == "joint":
            return bool(self._whose.joints)
        if action == "give_up":
            return self.entry.taken_up or self.entry.sheet.typed > 0
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A digit is an answer, or a part of one."""
        if event.key in TYPED and self._taken_up is not None:
            event.stop()
            key = "." if event.key == "full_stop" else event.key
            with self.trying():
                self._put(keying.press(self.entry.sheet, key))

    def action_blank(self) -> None:
        """The paper is blank there."""
        self._put(keying.leave_blank(self.entry.sheet))

    def action_word(self) -> None:
        """The arms were used."""
        self._put(keying.press(self.entry.sheet, "a"))

    def action_back(self) -> None:
        """Take out the last digit or answer."""
        sheet = self.entry.sheet
        if not sheet.pending and sheet.at == 0:
            raise Refused("This is the first item.", "u takes back the sheet before, if you recorded one.")
        self._put(keying.go_back(sheet))

    def action_undo(self) -> None:
        """While a sheet is being typed the same as Backspace; before its first answer the sheet before."""
        sheet = self.entry.sheet
        if self._kind == "first" and not sheet.typed and not sheet.pending:
            super().action_undo()
        else:
            self.action_back()

    def action_step(self, by: int) -> None:
        """Go to an item and change nothing."""
        self._put(keying.step(self.entry.sheet, by))

    def action_jump(self) -> None:
        """Ask for the number of an item and go there."""
        most = len(self.entry.sheet.cells)
        ask = AskWords(f"Which item, 1 to {most}?", judge=lambda said: number_typed(said, most))
        self.app.push_screen(ask, self._jump)

    def action_how(self) -> None:
        """Ask how the sheet was filled in; the rest of the pile begins with the same."""
        rows = [Row(mode, view.MODE_WORDS[mode]) for mode in get_args(Mode)]
        pick = Pick("How was it filled in?", rows, at=self.entry.how.mode)
        self.app.push_screen(pick, self._say_mode)

    def action_day(self) -> None:
        """Ask for the day on which it was filled in; the rest of the pile begins with the same."""
        today = self.desk.now().astimezone().date()
        question = "On which day was it filled in? As 5.10.2026 or 2026-10-05."
        ask = AskWords(
            question, at=f"{self.entry.how.on:%d.%m.%Y}", judge=lambda said: day_typed(said, today)
        )
        self.app.push_screen(ask, self._say_day)

    def action_joint(self) -> None:
        """Ask which joint a person's sheets are about, where several hurt; it holds for all of theirs."""
        rows = [Row(f"{joint} {side}", f"{side} {joint}") for joint, side in self._whose.joints]
        question = f"{self._whose.name}: which joint are their sheets about, now and at every timepoint?"
        self.app.push_screen(Pick(question, rows), self._fix_joint)

    def action_missing(self) -> None:
        """Ask why there is no sheet at all."""
        rows = [Row(reason, reason.replace("_", " ").capitalize()) for reason in get_args(MissingReason)]
        self.app.push_screen(Pick("There is no sheet of this person. Why?", rows), self._record_missing)

    def action_give_up(self) -> None:
        """Throw away what is typed, when asked."""
        typed = self.entry.sheet.typed
        question = f"Throw away what is typed of this sheet ({typed} items)? What is recorded stays."
        self.app.push_screen(Ask(question, yes="Throw it away", no="Keep it"), self._give_up_if)

    def action_leave(self) -> None:
        """Go to the board; what is typed waits."""
        self._end("half typed; it waits here." if self.entry.sheet.typed else "")

    def action_take(self) -> None:
        """Take the figure that was typed; record the sheet where nothing waits any more."""
        entry = self.entry
        if entry.sheet.pending:
            self._put(keying.take_figure(entry.sheet))
            if not entry.sheet.is_complete:
                return
        waiting = keying.first_waiting(entry.sheet)
        if waiting is not None:
            self._put(keying.jump(entry.sheet, waiting))
            raise Refused(f"Item {waiting} has no answer yet.", "Type it, or b where the paper is blank.")
        if not any(entry.sheet.codes):
            raise Refused("Nothing is answered on this sheet.", "m records that it is missing, and why.")
        self._ask_or_record()

    def _ask_or_record(self) -> None:
        """Ask about what is unlikely, once, of a day once in a pile; then go on by the kind of entry."""
        days = [one for one in self.entry.doubts_of_day() if one not in self._days_asked]
        doubts = [*days, *(one for one in self.entry.questions() if one not in self._asked)]
        if doubts:
            question = "\n\n".join([*doubts, "Is that what the paper says?"])
            self.app.push_screen(Ask(question, yes="It is, record it", no="Look again"), self._sure(doubts))
        elif self._kind == "first":
            self._recorded(self.entry.record_first())
        elif self._kind == "correction":
            self.app.push_screen(
                AskWords("Why is it put right? The trail keeps it.", judge=reason_typed), self._correct
            )
        else:
            self._compare()

    def _sure(self, doubts: Sequence[str]):  # type: ignore[no-untyped-def]
        def answered(sure: bool | None) -> None:
            if sure:
                self._asked |= set(doubts)
                self._days_asked |= set(doubts)
                with self.trying():
                    self._ask_or_record()

        return answered

    def _compare(self) -> None:
        """Hold a second entry against the record, and let what differs be settled on paper."""
        differences = self.entry.differences()
        if not differences:
            self._recorded(self.entry.record_settled(self.entry.sheet))
            return
        from escape_tui.screens.measures.settle import Settle

        self.app.push_screen(Settle(self.entry.instrument, differences), self._settled)

    def _settled(self, codes: tuple[tuple[int, str | None], ...] | None) -> None:
        """Record what both typings come to; without an answer the second one goes on."""
        if codes is None:
            self.echo("Not settled: look at the paper, then Enter compares again.", EchoKind.WARN)
            return
        said = dict(codes)
        sheet = self.entry.sheet
        cells = tuple(said.get(number, cell) or "" for number, cell in enumerate(sheet.cells, start=1))
        with self.trying():
            self._recorded(self.entry.record_settled(replace(sheet, cells=cells)))

    def _correct(self, why: str | None) -> None:
        if why is not None:
            with self.trying():
                self._recorded(self.entry.record_correction(why))

    def _recorded(self, recorded: Recorded) -> None:
        """Say what it came to, ask for a private plan where a score does, go on to the next sheet."""
        came_to = view.came_to(recorded.measure, private=self._is_private)
        words = f"{self._whose.name}: {came_to}"
        key, private = self.entry.key, self._is_private
        self._next(words)
        if private:
            ask_plans(self, [one for one in alarms_without_plan(self.desk.cohort) if one.key == key])

    def _next(self, words: str) -> None:
        """The next sheet of the pile that nobody has recorded, or the board."""
        at = self._at + 1
        while at < len(self._pile) and view.is_recorded(self.desk.cohort, self._pile[at]):
            at += 1
        if at >= len(self._pile):
            self._end(words, undo=True)
            return
        self._take_up(at)
        self.echo(words, undo=True)

    def _end(self, words: str, *, undo: bool = False) -> None:
        key = self.entry.key
        self.dismiss(key)
        if words:
            self.app.call_later(self.ours.echo, words, EchoKind.DONE, undo=undo)

    def _take_up(self, at: int) -> None:
        self._taken_up = SheetEntry(self.desk.cohort, self._pile[at], self._kind, self._how)
        self._at, self._asked = at, frozenset()
        self._wording = self._licensed_wording()
        # Read once a sheet, not with every key.
        self._whose = view.whose(self.desk, self.entry.key)
        self._is_private = has_alarms(self.desk.cohort, self.entry.key.instrument)
        self._draw()
        if self.entry.taken_up:
            self.echo(f"Taken up where it stood: {self.entry.sheet.typed} items are typed.")

    def _licensed_wording(self) -> Wording | None:
        """The site's own wording, where it has it and its items are those that are typed."""
        instrument = self.entry.instrument
        if len(instrument.worded_items) != instrument.item_count:
            return None
        try:
            return load_wording(self.desk.home.folder, instrument)
        except EscapeError as error:
            self.ours.echo_error(error)
            return None

    def _put(self, sheet: keying.TypedSheet) -> None:
        self.entry.put(sheet)
        self._draw()

    def _jump(self, number: str | None) -> None:
        if number is not None:
            with self.trying():
                self._put(keying.jump(self.entry.sheet, int(number)))

    def _say_mode(self, mode: str | None) -> None:
        if mode is not None:
            self._say_how(replace(self.entry.how, mode=cast("Mode", mode)))

    def _say_day(self, day: str | None) -> None:
        if day is not None:
            self._say_how(replace(self.entry.how, on=day_typed(day, self.desk.now().astimezone().date())))

    def _say_how(self, how: How) -> None:
        with self.trying():
            self.entry.say_how(how)
            self._how = how
            self._draw()

    def _fix_joint(self, chosen: str | None) -> None:
        if chosen is None:
            return
        with self.trying():
            for joint, side in self._whose.joints:
                if chosen == f"{joint} {side}":
                    fix_index(self.desk.cohort, self.entry.key.person, joint, side)
            self._whose = view.whose(self.desk, self.entry.key)
            self._draw()

    def _record_missing(self, reason: str | None) -> None:
        if reason is None:
            return
        with self.trying():
            record_as_missing(self.desk.cohort, self.entry.key, cast("MissingReason", reason))
            self._next(f"{self._whose.name}: missing, {reason.replace('_', ' ')}")

    def _give_up_if(self, wanted: bool | None) -> None:
        if wanted:
            with self.trying():
                self.entry.give_up()
                self._take_up(self._at)
                self.echo("Thrown away.")

    def _draw(self) -> None:
        if self._taken_up is None:
            return
        entry, sheet = self.entry, self.entry.sheet
        of_pile = (self._at + 1, len(self._pile))
        strip = self.query_exactly_one(AnswerStrip)
        strip.items = view.strip_items(sheet)
        strip.current = min(sheet.at, len(sheet.cells) - 1)
        for name, content in (
            ("head", view.head(self._whose, entry, of_pile)),
            ("wording", view.wording(self._wording, sheet)),
            ("keys", view.keys(sheet)),
            (
                "scores",
                plain(_HIDDEN) if self._is_private and hall_may_look(self.app) else view.scores(entry),
            ),
            ("rule", view.rule(entry.instrument)),
        ):
            shown = self.query_exactly_one(f"#{name}", Static)
            shown.update(content)
            shown.display = bool(content.plain)
        self.refresh_bindings()
