"""What stands on the bench pane: who owes what, where their papers are, what to do before people leave.

Not for: acting on any of it (`assessment`). A person's text is data, never markup.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from textual.content import Content

from escape_tui.guiding.assessment import Owed
from escape_tui.guiding.bench import CHAIR_STAND
from escape_tui.guiding.register import Arrived
from escape_tui.screens.text import plain, said
from sessions.records import MissingReason
from widgets.key_echo import EchoKind
from widgets.roster import Mark, RosterRow, RowState

HEADINGS: Final = ("papers", "chair stand")
REASONS: Final[dict[MissingReason, str]] = {
    "declined": "they would rather not",
    "unable": "not able to today",
    "not_offered": "not offered",
    "lost_contact": "lost contact",
    "withdrew": "withdrew",
    "other": "another reason",
}


def row_of(row: Arrived, owed: Sequence[Owed], later: Sequence[str]) -> RosterRow:
    """A person's row."""
    return RosterRow(
        number=row.person.number,
        name=row.person.desk,
        state=RowState.STOPPED if row.flags else RowState.HERE,
        status="owes" if owed else "all done",
        marks=(_papers([one for one in owed if one.on_paper]), _stand(row, owed, later)),
    )


def summary(owed: Sequence[Owed], stopped: Collection[str] = ()) -> Content:
    """What is still to be done, the papers that keep people from leaving first."""
    papers = [one for one in owed if one.on_paper]
    open_ones = [one for one in papers if one.state != "checked"]
    who = " ".join(dict.fromkeys(str(one.person.number) for one in open_ones))
    stands = sum(one.instrument == CHAIR_STAND and one.person.id not in stopped for one in owed)
    if not owed:
        return plain("Nobody here owes a measure today.")
    if any(one.state is None for one in papers):
        return said("[bold]o: papers out.[/] Chair stand: $stands to do.", stands=str(stands))
    if open_ones:
        return said(
            "[bold]Look through before they leave: $who.[/] Chair stand: $stands to do.",
            who=who,
            stands=str(stands),
        )
    return said("Every paper was looked through. Chair stand: $stands to do.", stands=str(stands))


def papers_of(owed: Sequence[Owed]) -> Iterator[Content]:
    """One person's measures in words."""
    for one in owed:
        yield said("$number $what", number=str(one.person.number), what=one.words)


def _papers(papers: Sequence[Owed]) -> Mark:
    if not papers:
        return Mark("none")
    if any(one.state is None for one in papers):
        return Mark("to hand out", EchoKind.ASK)
    if any(one.state == "out" for one in papers):
        return Mark("out")
    if any(one.state == "back" for one in papers):
        return Mark("look through", EchoKind.WARN)
    blanks = sum(one.paper.blanks for one in papers if one.paper)
    return Mark(f"{blanks} blank" if blanks else "complete", EchoKind.DONE)


def _stand(row: Arrived, owed: Sequence[Owed], later: Sequence[str]) -> Mark:
    if not any(one.instrument == CHAIR_STAND for one in owed):
        return Mark("no more", EchoKind.DONE)
    if row.flags:
        return Mark("RED FLAG", EchoKind.REFUSED)
    return Mark("later" if row.person.id in later else "to do")
