"""Measures at the first and the last session: who owes what, who has which paper, what was left blank.

Not for: the chair-stand bench (`bench`), or entering answers (`recording`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from escape_tui.guiding.expected import Expected
from escape_tui.guiding.guide import Guide
from escape_tui.guiding.told import Told
from escape_tui.recording import record_missing, today_of
from escape_tui.store.acts.papers import mark_paper, unmark_paper
from escape_tui.store.read import measures, papers, people, plan_of
from sessions.due import Due, OnRecord, measures_due
from sessions.errors import Refused
from sessions.instrument_files import load_instrument
from sessions.papers import Paper, PaperState, is_on_paper
from sessions.records import MeasureRow, MissingReason
from sessions.rules import Timepoint


@dataclass(frozen=True, slots=True)
class Owed:
    """One measure that a person owes today. `paper` is None until it was handed out, and for what is done."""

    person: Expected
    instrument: str
    name: str
    timepoint: Timepoint
    items: int
    on_paper: bool
    paper: Paper | None

    @property
    def state(self) -> PaperState | None:
        """What has become of the paper; None where it was not handed out."""
        return self.paper.state if self.paper is not None else None

    @property
    def words(self) -> str:
        """The paper and what has become of it, in words."""
        if self.paper is None:
            return f"{self.name}: not handed out yet" if self.on_paper else f"{self.name}: to be done"
        return f"{self.name}: {_in_words(self.paper)}"


def owed_today(guide: Guide) -> tuple[Owed, ...]:
    """What everyone who is here owes today, by the register and in the pack's order.

    At a session that measures, all of its timepoint; at any other, what is due just now: a latecomer's
    baseline. The site's optional instruments are in it where the settings use them.
    """
    here = {row.person.id: row.person for row in guide.register.here}
    out = {(one.person, one.instrument, one.timepoint): one for one in papers(guide.cohort)}
    found = [
        _owed(here[due.person], due, out.get((due.person, due.instrument, due.timepoint)))
        for due in _all_due(guide)
        if due.person in here and _is_for_today(guide, due)
    ]
    return tuple(sorted(found, key=lambda owed: owed.person.number))


def papers_owed(guide: Guide) -> tuple[Owed, ...]:
    """Of what is owed today, what people answer on paper."""
    return tuple(owed for owed in owed_today(guide) if owed.on_paper)


def before_leaving(guide: Guide) -> tuple[Owed, ...]:
    """The papers that nobody has looked through yet: nobody should go home before that."""
    return tuple(owed for owed in papers_owed(guide) if owed.state != "checked")


def hand_out(guide: Guide, owed: Iterable[Owed]) -> Told:
    """Note that people have these papers now; one that is out or back already stays so."""
    todo = [one for one in owed if one.on_paper and one.paper is None]
    if not todo:
        return Told("Every paper is handed out already.", "refused")
    with guide.cohort.batch():
        for one in todo:
            mark_paper(guide.cohort, Paper(one.person.id, one.instrument, one.timepoint, "out"))
    count = len({one.person.id for one in todo})
    return Told(f"{_count(len(todo), 'paper')} handed out to {_count(count, 'person', 'people')}", undo=True)


def take_back(guide: Guide, owed: Owed) -> Told:
    """Note that a paper is back; it still has to be looked through."""
    return _mark(guide, owed, Paper(owed.person.id, owed.instrument, owed.timepoint, "back"))


def check(guide: Guide, owed: Owed, blanks: int = 0) -> Told:
    """Note that a paper was looked through, with the person still here; `blanks` items stay blank.

    `Refused` for more blanks than the paper has items.
    """
    if not 0 <= blanks <= owed.items:
        raise Refused(
            f"This paper has {owed.items} items.", "Count the items that were left blank, 0 for none."
        )
    return _mark(guide, owed, Paper(owed.person.id, owed.instrument, owed.timepoint, "checked", blanks))


def hand_back(guide: Guide, owed: Owed) -> Told:
    """Give a paper with blanks back to the person to fill in."""
    return _mark(guide, owed, Paper(owed.person.id, owed.instrument, owed.timepoint, "out"))


def not_handed_out(guide: Guide, owed: Owed) -> Told:
    """Put a slip right: this person never had the paper."""
    unmark_paper(guide.cohort, owed.person.id, owed.instrument, owed.timepoint)
    return guide.register.said(owed.person.id, f"{owed.name}: not handed out", undo=True)


def not_taken(guide: Guide, owed: Owed, reason: MissingReason) -> Told:
    """Record why there will be no answers. `Refused` where there are some."""
    row = MeasureRow(owed.person.id, owed.instrument, owed.timepoint, missing_reason=reason)
    record_missing(guide.cohort, row)
    return guide.register.said(owed.person.id, f"{owed.name}: missing, {reason.replace('_', ' ')}", undo=True)


def _all_due(guide: Guide) -> tuple[Due, ...]:
    cohort = guide.cohort
    on_record = OnRecord(plan_of(cohort), people(cohort), measures(cohort))
    return measures_due(guide.pack, on_record, today_of(cohort), guide.settings.instruments.in_use)


def _is_for_today(guide: Guide, due: Due) -> bool:
    return due.state == "due" or (due.owed and due.timepoint == guide.plan.assess)


def _owed(person: Expected, due: Due, paper: Paper | None) -> Owed:
    instrument = load_instrument(due.instrument)
    return Owed(
        person=person,
        instrument=due.instrument,
        name=instrument.name,
        timepoint=due.timepoint,
        items=len(instrument.worded_items),
        on_paper=is_on_paper(instrument),
        paper=paper,
    )


def _mark(guide: Guide, owed: Owed, paper: Paper) -> Told:
    if not owed.on_paper:
        raise Refused(f"{owed.name} is no paper.", "Do it at the bench.")
    mark_paper(guide.cohort, paper)
    return guide.register.said(owed.person.id, f"{owed.name}: {_in_words(paper)}", undo=True)


def _in_words(paper: Paper) -> str:
    if paper.state == "out":
        return "with the person"
    if paper.state == "back":
        return "back, NOT looked through"
    return "looked through, complete" if not paper.blanks else f"looked through, {paper.blanks} left blank"


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"
