"""Today: the next session as one card, the strip of all sessions, one key to begin.

Not for: working out what is so (`escape_tui.today`), nor for running the session.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from escape_tui.screens.base import EscapeScreen
from escape_tui.screens.facts import Fact, Facts
from escape_tui.screens.text import in_a_row, plain, said
from sessions.dates import day_in_words
from widgets.cohort_strip import SessionState, SessionStrip, StripSession

if TYPE_CHECKING:
    from escape_tui.glimpse import Glimpse
    from escape_tui.heading import Heading, TodaysSession
    from escape_tui.settings import Site
    from escape_tui.today import BrokenOff, ExpectedToday, NextSession, Today

_NO_COHORT = (
    "There is no cohort in this home yet. Leave with Ctrl+Q and plan one:\n"
    "escape cohort new knees-hips --code CODE --start DATE --days mon,thu"
)
_TIMEPOINTS = {
    "baseline": "Baseline",
    "end": "End",
    "follow_up_6": "Follow-up (6 months)",
    "follow_up_12": "Follow-up (12 months)",
}
_STATES = {
    "held": SessionState.DONE,
    "next": SessionState.TO_COME,
    "to_come": SessionState.TO_COME,
    "not_held": SessionState.CANCELLED,
    "no_register": SessionState.NO_REGISTER,
}


class TodayScreen(EscapeScreen[None]):
    """The card and the strip of the open cohort."""

    TITLE = "Today"
    HELP = (
        "Today shows the next session: who is expected, who owes a questionnaire, who needs something. "
        "The strip at the bottom has all sessions of the cohort. "
        "b begins the next session. One that was broken off stands on top, and b takes it up where it was."
    )
    CSS_PATH = "today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "begin", "Begin the session"),
        Binding("c", "cohort", "Another cohort"),
        Binding("d", "duty", "Who is on duty"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shown: Today | None = None
        """What the screen shows now; None where no cohort is open."""

    def compose_body(self) -> ComposeResult:
        """Card and strip."""
        with VerticalScroll(id="card"):
            yield Static(id="broken-off")
            yield Static(id="next")
            yield Facts()
        yield SessionStrip()

    def look_again(self) -> None:
        """Read the cohort and draw it."""
        if not self.ours.is_ready:
            if self.ours.glimpse is not None:
                self._draw_glimpse(self.ours.glimpse)
            return
        self.shown = self.desk.today() if self.desk.is_open else None
        self._draw()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for has no key."""
        glimpse = self.ours.glimpse
        if glimpse is not None and action in {"begin", "duty"}:
            return action == "duty" or glimpse.heading is not None
        if not self.ours.is_ready:
            return False
        if action == "begin":
            return self._number() is not None
        if action == "cohort":
            return len(self.desk.codes) > 1
        if action == "duty":
            return bool(self.desk.facilitators)
        return super().check_action(action, parameters)

    def action_begin(self) -> None:
        """Begin the next session, or take up the one that was broken off; on another day only when asked."""
        today, number = self.shown, self._number()
        if today is None or number is None:
            return
        if today.broken_off is not None or today.next is None or today.next.heading.days == 0:
            self.ours.begin_session(number)
            return
        from escape_tui.screens.ask import Ask

        planned = day_in_words(today.next.heading.on)
        question = f"Session {number} is planned for {planned}, not for today. Begin it now?"
        self.app.push_screen(Ask(question, yes="Begin it", no="Not now"), self._begin_if)

    def action_cohort(self) -> None:
        """Work on another cohort."""
        self.ours.way_in.ask_cohort()

    def action_duty(self) -> None:
        """Say who is on duty."""
        self.ours.way_in.ask_duty()

    def _begin_if(self, wanted: bool | None) -> None:
        number = self._number()
        if wanted and number is not None:
            self.ours.begin_session(number)

    def _number(self) -> int | None:
        if self.shown is None:
            return None
        if self.shown.broken_off is not None:
            return self.shown.broken_off.number
        return self.shown.next.heading.number if self.shown.next else None

    def _draw(self) -> None:
        today = self.shown
        broken_off = self.query_exactly_one("#broken-off", Static)
        broken_off.display = bool(today and today.broken_off)
        if today and today.broken_off:
            broken_off.update(_broken_off(today.broken_off))
        card = today.next if today else None
        self.query_exactly_one(Facts).facts = (*self._emergency(card), *_facts(card))
        if today is None:
            self._draw_plan(Content(_NO_COHORT), ())
        else:
            heading = _heading(today.next.heading if today.next else None)
            self._draw_plan(heading, (_in_strip(one, today.day) for one in today.sessions))

    def _emergency(self, card: NextSession | None) -> Iterator[Fact]:
        """What an ambulance would ask for and nobody has written down."""
        site = self.desk.settings.site if card is not None else None
        if site is None:
            return
        unset = [word for word, is_set in _asked_of(site) if not is_set]
        if unset:
            what, them = " and ".join(unset), "it" if len(unset) == 1 else "them"
            verb = "is" if len(unset) == 1 else "are"
            words = f"the {what} {verb} not set: write {them} into escape.toml, [site]"
            yield Fact("Emergency", said("[bold $warning]! $words[/]", words=words))

    def _draw_glimpse(self, glimpse: Glimpse) -> None:
        self.query_exactly_one("#broken-off", Static).display = False
        strip = (_in_strip(one, glimpse.day) for one in glimpse.sessions)
        self._draw_plan(_heading(glimpse.heading), strip)

    def _draw_plan(self, heading: Content, strip: Iterable[StripSession]) -> None:
        self.query_exactly_one("#next", Static).update(heading)
        self.query_exactly_one(SessionStrip).sessions = tuple(strip)


def _broken_off(one: BrokenOff) -> Content:
    phase = one.phase.value.replace("_", "-")
    where = f"{phase}: {one.title}" if one.title else phase
    return said(
        "[bold]Session $number was broken off[/] in $where, at $time of that part, last seen $at. "
        "Press [bold]b[/] to take it up there.",
        number=str(one.number),
        where=where,
        time=_clock(one.elapsed),
        at=f"{one.at.astimezone():%d.%m. %H:%M:%S}",
    )


def _asked_of(site: Site) -> tuple[tuple[str, bool], ...]:
    return ("address", bool(site.address)), ("defibrillator", bool(site.defibrillator))


def _heading(heading: Heading | None) -> Content:
    """Which session, when, what about."""
    if heading is None:
        return Content("All sessions of this cohort are over.")
    return said(
        "[bold $primary]Session $number of $all[/]   $day, $time   [bold $accent]$far[/]\n[bold]$title[/]",
        number=str(heading.number),
        all=str(heading.of),
        day=day_in_words(heading.on),
        time=heading.time,
        far=_how_far(heading.days),
        title=heading.title,
    )


def _facts(card: NextSession | None) -> Iterator[Fact]:
    if card is None:
        return
    if card.topics:
        yield Fact("Topic", plain(", ".join(card.topics)))
    if card.minutes:
        yield Fact("Length", plain(f"{card.minutes} minutes"))
    if card.assess is not None:
        yield Fact("Measures", plain(f"{_TIMEPOINTS[card.assess]} questionnaires and tests at this session"))
    yield Fact("Expected", plain(_people(len(card.expected))))
    yield from _unsettled(card, "Not judged", card.not_judged)
    yield from _unsettled(card, "Not eligible", card.not_eligible)
    yield from _owing(card)
    close = [one for one in card.expected if one.who.close_support]
    if close:
        yield Fact("Close support", _names(close))
    for one in card.expected:
        if one.who.needs:
            yield Fact("Needs", said("$who: $needs", who=_name(one), needs=", ".join(one.who.needs)))


def _unsettled(card: NextSession, word: str, people: Sequence[ExpectedToday]) -> Iterator[Fact]:
    """Who is expected although the rules do not take them, or nobody has asked the rules."""
    if people:
        who = plain("everyone") if len(people) == len(card.expected) else _names(people)
        yield Fact(word, said("[bold $warning]![/] $who: People (F3) settles it", who=who))


def _owing(card: NextSession) -> Iterator[Fact]:
    """Who owes the same stands together; whole groups are named as such."""
    owing: dict[tuple[str, ...], list[ExpectedToday]] = defaultdict(list)
    for one in card.owing:
        owing[one.owes].append(one)
    for owes, people in owing.items():
        who = plain("everyone") if len(people) == len(card.expected) else _names(people)
        yield Fact("Owe a measure", said("$who: $what", who=who, what=", ".join(owes)))


def _names(people: Iterable[ExpectedToday]) -> Content:
    return in_a_row((_name(one) for one in people), ", ")


def _name(one: ExpectedToday) -> Content:
    return said("[bold]$number[/] $name", number=str(one.who.number), name=one.who.desk)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _how_far(days: int) -> str:
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday, no register yet"
    return f"in {days} days" if days > 0 else f"{-days} days ago, no register yet"


def _clock(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def _in_strip(one: TodaysSession, day: date) -> StripSession:
    state = _STATES[one.state]
    if state is SessionState.TO_COME and one.on == day:
        state = SessionState.TODAY
    if one.state == "next" and one.on < day:
        state = SessionState.NO_REGISTER
    return StripSession(str(one.number), state, one.note or f"{one.on.day}.{one.on.month}.")
