"""What is asked about once before it is recorded: rare figures, changes beyond the error of measurement."""

from __future__ import annotations

import pytest

from sessions.answers import parse_answers
from sessions.instrument_files import load_instrument
from sessions.scoring import ScaleScore, score
from sessions.unlikely import Before, unlikely


def scores(instrument: str, answers: str) -> tuple[ScaleScore, ...]:
    loaded = load_instrument(instrument)
    return score(loaded, parse_answers(loaded, answers))


def asked(instrument: str, answers: str, before: str | None = None) -> tuple[str, ...]:
    earlier = None if before is None else Before("baseline", scores(instrument, before))
    return unlikely(load_instrument(instrument), scores(instrument, answers), earlier)


@pytest.mark.parametrize(("stands", "doubts"), [("28", 0), ("29", 1), ("30", 1), ("0", 0), ("0 arms", 0)])
def test_so_many_stands_as_almost_nobody_does_are_asked_about(stands: str, doubts: int) -> None:
    assert len(asked("chair-stand-30s", stands)) == doubts


@pytest.mark.parametrize(("end", "doubts"), [("10", 0), ("12", 0), ("13", 1), ("8", 0), ("7", 1)])
def test_a_change_beyond_what_can_be_detected_is_asked_about_either_way(end: str, doubts: int) -> None:
    assert len(asked("chair-stand-30s", end, before="10")) == doubts


def test_a_stand_with_the_arms_is_compared_with_nothing() -> None:
    assert asked("chair-stand-30s", "12", before="0 arms") == ()
    assert asked("chair-stand-30s", "0 arms", before="12") == ()


def test_the_question_names_scale_timepoint_and_error() -> None:
    (pain,) = asked("koos", ",".join([""] * 7 + ["0"] * 9), before=",".join([""] * 7 + ["4"] * 9))
    assert "pain was 0 at baseline and is 100" in pain
    assert "20.2" in pain


def test_a_scale_without_a_score_or_a_published_error_is_not_asked_about() -> None:
    assert asked("koos", "0,0", before="4,4") == ()
    assert asked("pain-nrs", "0", before="10") == ()


def test_three_hours_of_activity_a_day_are_asked_about() -> None:
    assert asked("activity-minutes", "1260") == ()
    assert len(asked("activity-minutes", "1261")) == 1
