"""What stands on the register pane: a row for each person, what is known of the one selected, the questions.

Not for: acting on any of it (`register`). A person's text is data, never markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from escape_tui.guiding.guide import Guide
from escape_tui.guiding.register import REASON_WORDS, STATUS_WORDS, Arrived, Register
from escape_tui.guiding.where_today import to_ask_where, where_today
from escape_tui.screens.text import plain, said
from sessions.records import AbsenceReason
from sessions.rules import RedFlag
from widgets.key_echo import EchoKind
from widgets.number_keys import keys_of
from widgets.roster import Mark, RosterRow, RowState

HEADINGS: Final = ("asked", "pain", "support", "eligible")
_UNSETTLED: Final = {"not_judged": "not yet", "no": "no"}
URGENCY_WORDS: Final = {
    "emergency": "Emergency department or 999, at once.",
    "same_day": "A clinician before the day is out.",
}
_SHORT_REASONS: Final[dict[AbsenceReason, str]] = {
    "ill": "ill",
    "flare_up": "flare-up",
    "work": "work",
    "caring": "caring",
    "transport": "transport",
    "holiday": "holiday",
    "other": "other reason",
    "unknown": "not known",
}
_STATES: Final = {
    "present": RowState.HERE,
    "late": RowState.LATE,
    "left_early": RowState.LEFT,
    "excused": RowState.AWAY,
    "absent": RowState.AWAY,
}


def row_of(row: Arrived, register: Register, *, over: bool, ask_where: bool) -> RosterRow:
    """A person's row."""
    return RosterRow(
        number=row.person.number,
        name=row.person.desk,
        state=_state(row),
        status=_status(row, over=over),
        marks=(_asked(row, register), _pain(row), _support(row, ask_where=ask_where), _eligible(row)),
    )


def summary(guide: Guide) -> Content:
    """How many are here, and the next thing to do."""
    rows, register = guide.register.rows, guide.register
    unmarked = sum(row.mark is None for row in rows)
    away = sum(row.mark is not None and not row.here for row in rows)
    counts = f"{len(register.here)} here, {away} away, {unmarked} not marked"
    return said("[bold]$counts[/]   $todo", counts=counts, todo=_to_do(guide, unmarked))


def about(guide: Guide, row: Arrived) -> Iterator[Content]:
    """What is known of one person; what a red flag asks for stands first."""
    for flag in row.flags:
        yield from _flag(row, flag)
    for asked in guide.register.questions:
        if row.answer(asked.id) == "yes" and asked.red_flag is None:
            yield said("[bold $warning]! Said yes:[/] $ask", ask=asked.ask)
            yield said("[bold]Do:[/] $do", do=asked.on_yes)
    yield said(
        "[bold]$number $name[/]: $status",
        number=str(row.person.number),
        name=row.person.desk,
        status=_in_full(row),
    )
    if not row.person.settled:
        what = "Not judged yet" if row.person.eligible == "not_judged" else "Not eligible"
        yield plain(f"{what}: People (F3) settles it.")
    if row.person.close_support:
        yield plain("Needs close support.")
    if row.person.needs:
        yield said("Needs: $needs", needs=", ".join(row.person.needs))
    if row.person.id in guide.over_screen:
        yield _where(guide, row)


def said_anything(row: Arrived) -> bool:
    """Whether the person told a yes, so that there is something to do."""
    return any(one.answer == "yes" for one in row.answers)


def questions(register: Register, row: Arrived | None) -> Iterator[Content]:
    """The questions on arrival with their numbers; what the one selected answered stands before each."""
    if not register.questions:
        return
    yield said("[bold]Questions on arrival[/]  n: asked, nobody yes. y and a number: yes. ↑↓ reads on.")
    for place, asked in enumerate(register.questions, start=1):
        answer = "" if row is None else {"yes": "YES ", "no": "no ", "not_asked": ""}[row.answer(asked.id)]
        private = "(in private) " if asked.private else ""
        yield said(
            "[bold $accent]$key[/] [bold]$answer[/][$warning]$private[/]$ask",
            key=keys_of(place).rjust(3),
            answer=answer,
            private=private,
            ask=asked.ask,
        )


def _flag(row: Arrived, flag: RedFlag) -> Iterator[Content]:
    yield said(
        "[bold $error]■ $number $name: NO EXERCISE TODAY. $when[/]",
        number=str(row.person.number),
        name=row.person.desk,
        when=URGENCY_WORDS[flag.urgency],
    )
    yield said("[bold]Do:[/] $do", do=flag.do)
    yield said("[bold]If it is:[/] $sign", sign=flag.sign)


def _to_do(guide: Guide, unmarked: int) -> str:
    register = guide.register
    if unmarked == len(register.rows):
        return "a: all here. A number: one, at the door."
    not_asked = len(register.not_asked)
    if not_asked:
        return f"{not_asked} not asked yet: y shows what."
    if to_ask_where(guide):
        return f"{len(to_ask_where(guide))} over a screen to be asked where they are: v."
    if guide.settings.session.ask_pain_on_arrival and any(row.pain is None for row in register.here):
        return "p: pain on arrival, person after person."
    return "PageDown goes on." if guide.state().started else "Space begins the session."


def _state(row: Arrived) -> RowState:
    if row.flags and row.here:
        return RowState.STOPPED
    return RowState.NOT_MARKED if row.mark is None else _STATES[row.mark.status]


def _status(row: Arrived, *, over: bool) -> str:
    if row.flags and row.here:
        return "NO EXERCISE"
    if row.mark is None:
        return ""
    if row.mark.status == "excused":
        return "away, told us"
    if row.here and over:
        return f"{_STATES[row.mark.status].value}, screen"
    return ""


def _in_full(row: Arrived) -> str:
    if row.mark is None:
        return "not marked"
    words = STATUS_WORDS[row.mark.status]
    reason = f", {REASON_WORDS[row.mark.reason]}" if row.mark.reason else ""
    pain = f", pain {row.pain} on arrival" if row.pain is not None else ""
    return words + reason + pain


def _asked(row: Arrived, register: Register) -> Mark:
    if row.mark is not None and row.mark.reason is not None:
        return Mark(_SHORT_REASONS[row.mark.reason])
    if not row.came:
        return Mark()
    answers = [row.answer(one.id) for one in register.questions]
    if row.flags:
        return Mark("RED FLAG", EchoKind.REFUSED)
    if "yes" in answers:
        return Mark("yes", EchoKind.WARN)
    return Mark("not asked") if "not_asked" in answers else Mark("no", EchoKind.DONE)


def _pain(row: Arrived) -> Mark:
    return Mark("" if row.pain is None else str(row.pain))


def _support(row: Arrived, *, ask_where: bool) -> Mark:
    if ask_where:
        return Mark("where?", EchoKind.ASK)
    if row.person.close_support:
        return Mark("close")
    return Mark(row.person.needs[0] if row.person.needs else "")


def _eligible(row: Arrived) -> Mark:
    unsettled = _UNSETTLED.get(row.person.eligible)
    return Mark(unsettled, EchoKind.WARN) if unsettled else Mark()


def _where(guide: Guide, row: Arrived) -> Content:
    told = where_today(guide).get(row.person.id)
    if told is None:
        return said("[bold $warning]! Where they are today was not asked.[/] v asks.")
    known = ", ".join(part for part in (told.place, told.phone) if part)
    return said("Over the screen, at: $known", known=known)
