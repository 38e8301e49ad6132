"""The measures of a practice cohort: who fills in what, when, and who does not and why.

Not for: what they answer (`answering`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Final

from escape_tui.judging import AT_DISCRETION, judge_again
from escape_tui.practice.answering import answers_of
from escape_tui.practice.chance import chance, pick
from escape_tui.practice.lived_clock import local
from escape_tui.practice.members import EveningOf, Member, Moment
from escape_tui.practice.people import Character
from escape_tui.recording import today_of
from escape_tui.store.acts.feedback import add_feedback
from escape_tui.store.acts.measures import record_measure
from escape_tui.store.acts.notes import signpost
from escape_tui.store.cohort import Cohort
from sessions.answers import parse_answers
from sessions.instrument_files import load_instrument
from sessions.measured import codes_of
from sessions.pack import Pack
from sessions.records import Destination, FeedbackAnswer, MeasureRow, MissingReason, Mode
from sessions.rules import Timepoint

_LATEST_BASELINE: Final = 3
"""The last session at which a first sheet still lies in its days."""
_DECLINES: Final = 0.025
_TAKEN_HOME: Final = 0.03
"""Share of the first papers that are taken home to be finished, and never come back."""
_BY_HAND: Final = frozenset({"chair-stand-30s"})
"""What somebody has to see, so that no letter and no call can bring it."""
_AWAY_AT_THE_END: dict[str, float] = {"post": 35, "phone": 25, "lost_contact": 25, "declined": 15}
_FEEDBACK: dict[FeedbackAnswer, float] = {
    "very_good": 66,
    "good": 26,
    "neither": 4,
    "poor": 1.5,
    "very_poor": 0.5,
    "dont_know": 2,
}
_ONWARD: dict[Destination, float] = {
    "leisure": 24,
    "gym": 14,
    "class": 20,
    "walking_group": 16,
    "online": 8,
    "gp": 4,
    "physiotherapy": 5,
    "orthopaedics": 2,
    "other": 3,
    "none": 4,
}


class Sheets:
    """The sheets of one cohort."""

    def __init__(self, cohort: Cohort, pack: Pack, seed: int) -> None:
        self._cohort = cohort
        self._pack = pack
        self._seed = seed
        self._at_baseline: set[str] = set()
        self._taken_home: list[tuple[str, str]] = []

    def screen(self, person: str, character: Character) -> None:
        """Screen somebody, where the programme does; what that leaves open is decided for them."""
        screen = self._pack.eligibility.screen
        if screen is None:
            return
        answers = self._answers(character, screen.instrument)["baseline"]
        self._record(person, screen.instrument, "baseline", answers, "phone")
        judged = judge_again(self._cohort, self._pack, person)
        if any(rule.outcome == "consider" for rule in judged.rules):
            judge_again(self._cohort, self._pack, person, {AT_DISCRETION: "yes"})

    def of_evening(self, evening: EveningOf) -> Iterator[Moment]:
        """The sheets filled in at a session, and what else its end brings."""
        if evening.number <= _LATEST_BASELINE:
            for one in evening.here:
                if one.id not in self._at_baseline:
                    self._at_baseline.add(one.id)
                    yield from self._of_person(one, "baseline", evening.begins + timedelta(minutes=40))
        if evening.number == _LATEST_BASELINE + 1:
            for one in evening.members:
                if one.id not in self._at_baseline:
                    at = evening.begins + timedelta(hours=2)
                    why: MissingReason = "not_offered" if one.id in evening.comings else "withdrew"
                    yield from self._missing(one, "baseline", why, at)
        if evening.plan.assess == "end":
            yield from self._at_the_end(evening)

    def after_the_end(self, members: tuple[Member, ...], last: date) -> Iterator[Moment]:
        """What comes in, or never does, from those who were not there at the end."""
        for one in members:
            coming = one.attending.comings[-1]
            there = one.attending.left is None and coming.attends
            if there:
                continue
            rng = self._chance(one.character, "after the end")
            at = local(last + timedelta(days=rng.randrange(3, 13)), time(15, 0), minutes=one.character.place)
            if one.attending.left is not None:
                yield from self._missing(one, "end", "withdrew", at)
                continue
            how = pick(rng, _AWAY_AT_THE_END)
            if how in ("post", "phone"):
                yield from self._of_person(one, "end", at, mode="post" if how == "post" else "phone")
                continue
            yield from self._missing(one, "end", "declined" if how == "declined" else "lost_contact", at)

    def _at_the_end(self, evening: EveningOf) -> Iterator[Moment]:
        at = evening.begins + timedelta(minutes=35)
        for person, instrument in self._taken_home:
            row = MeasureRow(person, instrument, "baseline", missing_reason="other")
            yield Moment(at, partial(record_measure, self._cohort, row))
        cards: dict[FeedbackAnswer, int] = {}
        for one in evening.here:
            yield from self._of_person(one, "end", at)
            to = pick(evening.rng, _ONWARD)
            yield Moment(at + timedelta(minutes=40), partial(signpost, self._cohort, one.id, to))
            if evening.rng.random() < 0.9:
                answer = pick(evening.rng, _FEEDBACK)
                cards[answer] = cards.get(answer, 0) + 1
        if cards:
            yield Moment(at + timedelta(minutes=70), partial(add_feedback, self._cohort, cards))

    def _of_person(
        self, member: Member, timepoint: Timepoint, at: datetime, mode: Mode | None = None
    ) -> Iterator[Moment]:
        rng = self._chance(member.character, f"sheets {timepoint}")
        helped: Mode = mode or _helped(member.character)
        for place, instrument in enumerate(self._asked(member.character, timepoint)):
            answers = self._answers(member.character, instrument).get(timepoint)
            if answers is None:
                continue
            when = at + timedelta(minutes=member.character.place, seconds=20 * place)
            by_hand = instrument in _BY_HAND
            if timepoint == "baseline" and not by_hand and rng.random() < _TAKEN_HOME:
                self._taken_home.append((member.id, instrument))
                continue
            missing = _why_missing(rng, by_hand=by_hand, from_afar=mode is not None)
            if missing is not None:
                row = MeasureRow(member.id, instrument, timepoint, missing_reason=missing)
                yield Moment(when, partial(record_measure, self._cohort, row))
                continue
            how: Mode = "self" if by_hand else helped
            yield Moment(when, partial(self._record, member.id, instrument, timepoint, answers, how))

    def _missing(
        self, member: Member, timepoint: Timepoint, reason: MissingReason, at: datetime
    ) -> Iterator[Moment]:
        for instrument in self._asked(member.character, timepoint):
            row = MeasureRow(member.id, instrument, timepoint, missing_reason=reason)
            yield Moment(at, partial(record_measure, self._cohort, row))

    def _record(self, person: str, instrument: str, timepoint: Timepoint, answers: str, mode: Mode) -> None:
        form = load_instrument(instrument)
        row = MeasureRow(
            person,
            instrument,
            timepoint,
            taken_on=today_of(self._cohort),
            mode=mode,
            answers=codes_of(form, parse_answers(form, answers)),
        )
        record_measure(self._cohort, row)

    def _asked(self, character: Character, timepoint: Timepoint) -> list[str]:
        """The instruments everyone with that pain is asked for at a session, in the programme's order."""
        screen = self._pack.eligibility.screen
        screened = screen.instrument if screen is not None else None
        return [
            due.instrument
            for due in self._pack.measures
            if timepoint in due.timepoints
            and character.entry.pain_site in due.pain_sites
            and not due.optional
            and due.instrument != screened
        ]

    def _answers(self, character: Character, instrument: str) -> dict[Timepoint, str]:
        return answers_of(self._chance(character, instrument), character, instrument)

    def _chance(self, character: Character, what: str) -> Random:
        return chance(self._seed, what, character.place)


def _why_missing(rng: Random, *, by_hand: bool, from_afar: bool) -> MissingReason | None:
    if by_hand and from_afar:
        return "not_offered"
    if rng.random() < _DECLINES:
        return "unable" if by_hand else "declined"
    return None


def _helped(character: Character) -> Mode:
    if character.entry.interpreter not in (None, "no"):
        return "interpreter"
    return "read_aloud" if character.entry.sight_support else "self"
