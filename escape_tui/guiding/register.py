"""The register of a session and what was said on arrival: marks, questions, red flags, pain.

Not for: seats in the circuit (`seats`), nor the wording of questions, which the pack has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from escape_tui.guiding.expected import Expected
from escape_tui.guiding.told import Told, ToldKind
from escape_tui.store.acts.attendance import mark_attendance, unmark_attendance
from escape_tui.store.acts.exercise import answer_on_arrival, pain_on_arrival
from escape_tui.store.acts.notes import write_note
from escape_tui.store.cohort import Cohort
from escape_tui.store.read import arrival_answers, arrival_pains, attendance, cohort_pack
from sessions.records import (
    AbsenceReason,
    ArrivalAnswer,
    ArrivalPain,
    ArrivalRow,
    AttendanceRow,
    AttendanceStatus,
)
from sessions.rules import AdviceRules, ArrivalQuestion, RedFlag
from sessions.session_plan import SessionPlan

STATUS_WORDS: Final[dict[AttendanceStatus, str]] = {
    "present": "here",
    "late": "here, came late",
    "left_early": "left early",
    "excused": "away, said so before",
    "absent": "away",
}
REASON_WORDS: Final[dict[AbsenceReason, str]] = {
    "ill": "ill",
    "flare_up": "a flare-up",
    "work": "work",
    "caring": "caring for somebody",
    "transport": "transport",
    "holiday": "holiday",
    "other": "another reason",
    "unknown": "reason not known",
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """One person of the register as it stands. `mark` is None until somebody marked them.

    `answers` go by question; one that is missing was not asked. `flags` are the red flags told today.
    """

    person: Expected
    mark: AttendanceRow | None
    answers: tuple[ArrivalRow, ...]
    pain: int | None
    flags: tuple[RedFlag, ...]

    @property
    def here(self) -> bool:
        """In the room now: came, and has not left."""
        return self.mark is not None and self.mark.status in {"present", "late"}

    @property
    def came(self) -> bool:
        """Attended, to the end or not."""
        return self.mark is not None and self.mark.attended

    def answer(self, question: str) -> ArrivalAnswer:
        """What was answered to a question."""
        return next((row.answer for row in self.answers if row.question == question), "not_asked")


@dataclass(frozen=True, slots=True)
class TooManyClose:
    """More people here who need close support than those on duty may have; it wants an answer."""

    people: int
    on_duty: int
    may_have: int

    @property
    def words(self) -> str:
        """The warning in one sentence."""
        who = "1 facilitator" if self.on_duty == 1 else f"{self.on_duty} facilitators"
        return f"{self.people} people here need close support; {who} on duty may have {self.may_have}."


class Register:
    """The register of session `number`; what changes something is an act, kept when it returns."""

    def __init__(self, cohort: Cohort, number: int, plan: SessionPlan, people: tuple[Expected, ...]) -> None:
        self._cohort = cohort
        self._number = number
        self._plan = plan
        self._people = people
        self._rows: tuple[Arrived, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the register anew."""
        marks = {row.person: row for row in attendance(self._cohort, self._number)}
        pains = {row.person: row.pain for row in arrival_pains(self._cohort) if row.session == self._number}
        told = arrival_answers(self._cohort, self._number)
        self._rows = tuple(
            self._arrived(one, marks.get(one.id), tuple(row for row in told if row.person == one.id), pains)
            for one in self._people
        )

    @property
    def rows(self) -> tuple[Arrived, ...]:
        """Everyone, in register order."""
        return self._rows

    @property
    def here(self) -> tuple[Arrived, ...]:
        """Everyone in the room now."""
        return tuple(row for row in self._rows if row.here)

    @property
    def stopped(self) -> frozenset[str]:
        """Who may not exercise today, because a red flag was told."""
        return frozenset(row.person.id for row in self._rows if row.flags)

    @property
    def not_asked(self) -> tuple[Arrived, ...]:
        """Who is here and has a question on arrival still to be asked."""
        return tuple(row for row in self.here if self._open_questions(row))

    @property
    def questions(self) -> tuple[ArrivalQuestion, ...]:
        """The questions on arrival of this session."""
        return self._plan.arrival

    def row(self, person: str) -> Arrived:
        """One person's row; `KeyError` for somebody who is not on this register."""
        for row in self._rows:
            if row.person.id == person:
                return row
        raise KeyError(person)

    def numbered(self, number: int) -> Arrived | None:
        """The person who has that number; None where nobody has."""
        return next((row for row in self._rows if row.person.number == number), None)

    def mark_all_here(self) -> Told:
        """Mark everyone present who has no mark yet."""
        unmarked = [row.person for row in self._rows if row.mark is None]
        if not unmarked:
            return Told("Everyone has a mark already.", "refused")
        with self._cohort.batch():
            for one in unmarked:
                mark_attendance(self._cohort, AttendanceRow(one.id, self._number, "present"))
        self.refresh()
        already = len(self._rows) - len(unmarked)
        return Told(
            f"{len(unmarked)} marked here" + (f", {already} had a mark" if already else ""), undo=True
        )

    def mark(self, person: str, status: AttendanceStatus, reason: AbsenceReason | None = None) -> Told:
        """Mark one person; the later mark counts. A reason may follow later."""
        mark_attendance(self._cohort, AttendanceRow(person, self._number, status, reason))
        self.refresh()
        words = STATUS_WORDS[status] + (f", {REASON_WORDS[reason]}" if reason else "")
        return self.said(person, words, undo=True)

    def unmark(self, person: str) -> Told:
        """Take a mark out as if it had not been made."""
        unmark_attendance(self._cohort, self._number, person)
        self.refresh()
        return self.said(person, "not marked", undo=True)

    def all_asked_nobody_yes(self, people: Iterable[str] | None = None) -> Told:
        """Record that every question was asked and answered no, of everyone here or of these people.

        An answer that stands is not changed: a yes stays a yes.
        """
        wanted = None if people is None else set(people)
        asked = [row for row in self.not_asked if wanted is None or row.person.id in wanted]
        if not asked:
            return Told("Nobody here is left to be asked.", "refused")
        with self._cohort.batch():
            for row in asked:
                for question in self._open_questions(row):
                    self._answer(row.person.id, question, "no")
        self.refresh()
        if len(asked) == 1:
            return self.said(asked[0].person.id, "asked, no to the rest", undo=True)
        asks = len(self.questions)
        questions = "1 question" if asks == 1 else f"{asks} questions"
        return Told(f"{len(asked)} people, {questions}: no to the rest", undo=True)

    def answer(self, person: str, question: ArrivalQuestion, answer: ArrivalAnswer) -> Told:
        """Record one answer. A yes that means a red flag stops the person's exercise."""
        self._answer(person, question, answer)
        self.refresh()
        flag = self.flag_of(question) if answer == "yes" else None
        if flag is not None:
            return self.said(person, "NO EXERCISE today", "warn", undo=True)
        if answer == "yes":
            return self.said(person, "told yes on arrival", "warn", undo=True)
        return self.said(person, "asked: no" if answer == "no" else "not asked", undo=True)

    def pain(self, person: str, pain: int) -> Told:
        """Record the pain on arrival, 0 to 10; from `usual_pain_told_from` of the pack on it is a warning."""
        pain_on_arrival(self._cohort, ArrivalPain(person, self._number, pain))
        self.refresh()
        if pain < self._advice.usual_pain_told_from:
            return self.said(person, f"pain on arrival {pain}", undo=True)
        do = "ask about it, look at the arrival questions, ease off today"
        return self.said(person, f"pain {pain}: {do}", "warn", undo=True)

    def flag_of(self, question: ArrivalQuestion) -> RedFlag | None:
        """The red flag that a yes to the question means, if any."""
        return next((flag for flag in self._plan.red_flags if flag.id == question.red_flag), None)

    def too_many_close(self, on_duty: int) -> TooManyClose | None:
        """The warning about close support, for that many facilitators on duty; None where all is well.

        Source: `close_support` of the pack.
        """
        needing = sum(1 for row in self.here if row.person.close_support)
        may_have = on_duty * self._plan.close_support.per_facilitator
        return TooManyClose(needing, on_duty, may_have) if needing > may_have else None

    def go_on_all_the_same(self, warning: TooManyClose) -> Told:
        """Answer the warning: the session goes on, and a note of the session says so."""
        write_note(self._cohort, f"{warning.words} The session went on all the same.", session=self._number)
        return Told("Noted: the session goes on all the same.", "warn", undo=True)

    def said(self, person: str, words: str, kind: ToldKind = "done", *, undo: bool = False) -> Told:
        """What is echoed of a person."""
        one = self.row(person).person
        return Told(words, kind, one.number, one.desk, undo)

    @cached_property
    def _advice(self) -> AdviceRules:
        return cohort_pack(self._cohort).advice

    def _answer(self, person: str, question: ArrivalQuestion, answer: ArrivalAnswer) -> None:
        answer_on_arrival(self._cohort, ArrivalRow(person, self._number, question.id, answer))

    def _open_questions(self, row: Arrived) -> tuple[ArrivalQuestion, ...]:
        return tuple(one for one in self._plan.arrival if row.answer(one.id) == "not_asked")

    def _arrived(
        self,
        person: Expected,
        mark: AttendanceRow | None,
        answers: tuple[ArrivalRow, ...],
        pains: dict[str, int],
    ) -> Arrived:
        yes = {row.question for row in answers if row.answer == "yes"}
        flags = (self.flag_of(one) for one in self._plan.arrival if one.id in yes)
        told = tuple(flag for flag in flags if flag is not None)
        return Arrived(person, mark, answers, pains.get(person.id), told)
