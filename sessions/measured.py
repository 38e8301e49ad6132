"""A measure as it is recorded and what it comes to: answers as the codes that are kept, and their scores.

Not for: reading what somebody typed (`answers`), how a scale is worked out (`scoring`), or when a measure is
due (`due`).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from sessions.answers import Answer, Answers, parse_answers
from sessions.instrument import Instrument
from sessions.instrument_files import load_instrument
from sessions.records import Joint, MeasureRow, Person, Side
from sessions.scoring import ScaleScore, score

Codes = tuple[str | None, ...]
"""One for each item, as the record keeps them: `3`, `7.5`, `0 arms`; None where it was not answered."""


def codes_of(instrument: Instrument, answers: Answers) -> Codes:
    """The codes that keep `answers`; the same answers give the same codes, however they were typed."""
    return tuple(
        None if answer is None else _code(instrument, number, answer)
        for number, answer in enumerate(answers, start=1)
    )


def answers_in(instrument: Instrument, codes: Codes) -> Answers:
    """The answers that `codes` keep. Raises `Refused` where they are not codes of `instrument`."""
    return parse_answers(instrument, ",".join(code or "" for code in codes))


def scores_of(measure: MeasureRow) -> tuple[ScaleScore, ...]:
    """What every scale of a recorded measure came to, exactly; empty where the measure is missing.

    Raises `Refused` where there is no such instrument, or what is kept are not codes of it.
    """
    if measure.missing_reason is not None:
        return ()
    return _scored(measure.instrument, measure.answers)


@lru_cache(maxsize=1024)
def _scored(instrument_id: str, codes: Codes) -> tuple[ScaleScore, ...]:
    """The scores of the same answers are worked out once, as many as a cohort has."""
    instrument = load_instrument(instrument_id)
    return score(instrument, answers_in(instrument, codes))


def only_index(person: Person) -> tuple[Joint, Side] | None:
    """The joint and side that a person's measures are about, where their record leaves no choice.

    None where several joints hurt or it is not known which: then somebody has to say.
    """
    if person.pain_site == "back":
        return "back", person.side or "none"
    if person.pain_site in {"knee", "hip"} and person.side in {"left", "right"}:
        return ("knee" if person.pain_site == "knee" else "hip"), person.side
    return None


def about_a_joint(instrument: str) -> bool:
    """Whether the answers to this instrument are about one joint, so that change is that joint's alone."""
    return instrument.startswith(("koos", "hoos"))


def same_place(one: MeasureRow, other: MeasureRow) -> bool:
    """Whether two measures of an instrument are about the same joint and side, where it is about one.

    Where neither says which joint it is about, nothing speaks against it.
    """
    return not about_a_joint(one.instrument) or (one.joint, one.side) == (other.joint, other.side)


def _code(instrument: Instrument, number: int, answer: Answer) -> str:
    # An answer has at most nine decimal places, so that this division is exact.
    figure = format(Decimal(answer.value.numerator) / Decimal(answer.value.denominator), "f")
    words = instrument.items_at(number).words
    word = next((one.word for one in words if one.category == answer.category), None)
    return figure if word is None else f"{figure} {word}"
