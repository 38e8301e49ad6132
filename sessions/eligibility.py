"""Whether the programme is for a person: each rule of the pack with its outcome and a sentence for people.

Not for: taking someone whom the rules do not take, which a facilitator may do with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sessions.ages import age_on
from sessions.records import Verdict
from sessions.rules import Eligibility, EligibilityQuestion, EligibilityScreen, PainSite

YesNo = Literal["yes", "no"]
Outcome = Literal["met", "consider", "not_met", "not_known"]
"""`consider`: the screen leaves it to the facilitator, who has not decided yet."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one of the pack's questions; a question that was not asked has none."""

    question: str
    answer: YesNo


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person; `None` is not known.

    `pain_months` is in whole months. `recurrent` says that the pain comes back in episodes. `screen` is
    the class the screening instrument gave, `at_discretion` what the facilitator decided where the class
    leaves it to them.
    """

    birth_date: date | None = None
    pain_site: PainSite | None = None
    pain_months: int | None = None
    recurrent: YesNo | None = None
    answers: tuple[Answered, ...] = ()
    screen: str | None = None
    at_discretion: YesNo | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of one rule: `age`, `pain_site`, `pain_duration`, `screen`, or the id of a question.

    The sentence never holds anything that is known of the person.
    """

    rule: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What all rules together say: `no` where one is not met, `not_judged` while one is still open."""

    verdict: Verdict
    rules: tuple[Judged, ...]

    @property
    def gaps(self) -> tuple[Judged, ...]:
        """The rules that are not met or not settled yet."""
        return tuple(rule for rule in self.rules if rule.outcome != "met")


def judge(rules: Eligibility, known: Known, on: date) -> Judgement:
    """Judge by the pack's `rules` what is `known` of a person, as it stands on the day `on`.

    Raises `ValueError` for an answer to a question that the pack does not ask, for two answers to one
    question, and for a birth after `on`.
    """
    answers = {given.question: given.answer for given in known.answers}
    if len(answers) < len(known.answers):
        raise ValueError("a question has two answers")
    if strangers := answers.keys() - {question.id for question in rules.questions}:
        raise ValueError(f"the pack does not ask {', '.join(sorted(strangers))}")
    judged = [_age(rules, known, on), _site(rules, known), _duration(rules, known)]
    judged += [_question(question, answers.get(question.id)) for question in rules.questions]
    if rules.screen is not None:
        judged.append(_screen(rules.screen, known))
    return Judgement(_verdict({rule.outcome for rule in judged}), tuple(judged))


def _verdict(outcomes: set[Outcome]) -> Verdict:
    if "not_met" in outcomes:
        return "no"
    return "yes" if outcomes == {"met"} else "not_judged"


def _age(rules: Eligibility, known: Known, on: date) -> Judged:
    if known.birth_date is None:
        return Judged("age", "not_known", "The birth date is not known.")
    if age_on(known.birth_date, on) > rules.age_over:
        return Judged("age", "met", f"Over {rules.age_over} years old.")
    return Judged("age", "not_met", f"Not over {rules.age_over} years old.")


def _site(rules: Eligibility, known: Known) -> Judged:
    sites = ", ".join(site.replace("_", " ") for site in rules.pain_sites)
    if known.pain_site is None:
        return Judged("pain_site", "not_known", "Where the pain is, is not known.")
    if known.pain_site in rules.pain_sites:
        return Judged("pain_site", "met", f"The pain is where the programme helps: {sites}.")
    return Judged("pain_site", "not_met", f"The pain is not where the programme helps: {sites}.")


def _duration(rules: Eligibility, known: Known) -> Judged:
    if rules.pain_months_at_least is not None:
        least, words = rules.pain_months_at_least, f"at least {rules.pain_months_at_least} months"
    else:
        # Whole months: the first that is more than the bound is the next one.
        least, words = (rules.pain_months_over or 0) + 1, f"more than {rules.pain_months_over} months"
    if known.pain_months is not None and known.pain_months >= least:
        return Judged("pain_duration", "met", f"The pain has lasted {words}.")
    if rules.recurrent_counts and known.recurrent == "yes":
        return Judged("pain_duration", "met", "The pain comes back in episodes.")
    if known.pain_months is None:
        return Judged("pain_duration", "not_known", f"Whether the pain has lasted {words} is not known.")
    if rules.recurrent_counts and known.recurrent is None:
        return Judged(
            "pain_duration",
            "not_known",
            f"The pain has not lasted {words}; whether it comes back in episodes is not known.",
        )
    return Judged("pain_duration", "not_met", f"The pain has not lasted {words}.")


def _question(question: EligibilityQuestion, answer: YesNo | None) -> Judged:
    if answer is None:
        return Judged(question.id, "not_known", f"Not asked yet: {question.ask}")
    if answer == question.must_be:
        return Judged(question.id, "met", f"Answered {answer}, as it must be: {question.ask}")
    return Judged(question.id, "not_met", question.otherwise)


def _screen(screen: EligibilityScreen, known: Known) -> Judged:
    if known.screen is None:
        return Judged("screen", "not_known", f"There is no result of {screen.instrument} yet.")
    if known.screen in screen.take:
        return Judged("screen", "met", f"The result of {screen.instrument} speaks for the programme.")
    if known.screen not in screen.consider:
        return Judged("screen", "not_met", screen.otherwise)
    by = f"The result of {screen.instrument} leaves it to the facilitator"
    if known.at_discretion is None:
        return Judged("screen", "consider", f"{by}, who has not decided yet.")
    if known.at_discretion == "yes":
        return Judged("screen", "met", f"{by}, who decided for the programme.")
    return Judged("screen", "not_met", f"{by}, who decided against the programme.")
