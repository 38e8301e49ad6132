"""Answer sheets with known scores, worked out by hand from the published rules, to full precision."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sessions.answers import parse_answers
from sessions.instrument_files import instrument_ids, load_instrument
from sessions.scoring import ScaleScore, score


def _scores(instrument_id: str, answers: str) -> dict[str, ScaleScore]:
    instrument = load_instrument(instrument_id)
    return {result.scale: result for result in score(instrument, parse_answers(instrument, answers))}


def _sheet(*parts: tuple[int, int]) -> str:
    """A sheet of (code, how often) in order."""
    return ",".join(str(code) for code, often in parts for _ in range(often))


HALF = Fraction(1, 2)
KOOS = "0,1,2,3,4,0,1," + _sheet((2, 6), (3, 3), (1, 17), (4, 4), (3, 1), (0, 3), (1, 1))
HOOS = "1,1,1,2,2," + _sheet((3, 10), (0, 16), (1, 1), (2, 4), (4, 4))

SHEETS: list[tuple[str, str, dict[str, Fraction]]] = [
    (
        "koos",
        KOOS,
        {
            "symptoms": Fraction(425, 7),
            "pain": Fraction(125, 3),
            "adl": Fraction(75),
            "sport": Fraction(5),
            "qol": Fraction(375, 4),
        },
    ),
    (
        "hoos",
        HOOS,
        {
            "symptoms": Fraction(65),
            "pain": Fraction(25),
            "adl": Fraction(1675, 17),
            "sport": Fraction(50),
            "qol": Fraction(0),
        },
    ),
    (
        "koos-12",
        "1,2,,,0,0,0,,3,4,4,4",
        {
            "pain": 62 + HALF,
            "function": Fraction(100),
            "qol": Fraction(25, 4),
            "summary": Fraction(225, 4),
        },
    ),
    (
        "hoos-12",
        "1,2,3,4,0,1,0,1,2,2,2,3",
        {
            "pain": 37 + HALF,
            "function": 87 + HALF,
            "qol": Fraction(175, 4),
            "summary": Fraction(225, 4),
        },
    ),
    ("koos-ps", "2,2,2,2,1,1,1", {"function": Fraction(647, 10)}),
    ("koos-ps", "0,0,0,0,0,0,0", {"function": Fraction(100)}),
    ("koos-ps", "4,4,4,4,4,4,4", {"function": Fraction(0)}),
    ("hoos-ps", "4,4,3,1,1", {"function": Fraction(492, 10)}),
    ("hoos-ps", "0,0,0,0,1", {"function": Fraction(954, 10)}),
    ("msk-hq", "4,3,2,1,0,4,3,2,1,0,4,3,2,1", {"total": Fraction(30)}),
    ("start-back", "1,1,0,0,1,1,1,0,3", {"total": Fraction(6), "psychosocial": Fraction(4)}),
    ("chair-stand-30s", "12", {"stands": Fraction(12)}),
    ("activity-days", "5", {"days": Fraction(5)}),
    ("activity-minutes", "150", {"minutes": Fraction(150)}),
    ("swemwbs", "1,1,1,1,1,1,1", {"metric": Fraction(7)}),
    ("swemwbs", "3,3,3,3,3,3,3", {"metric": Fraction(77, 4)}),
    ("swemwbs", "5,5,4,4,4,3,3", {"metric": Fraction(2503, 100)}),
    ("swemwbs", "5,5,5,5,5,5,5", {"metric": Fraction(35)}),
    ("hads", "8,11", {"anxiety": Fraction(8), "depression": Fraction(11)}),
    ("phq-4", "1,2,3,0", {"anxiety": Fraction(3), "depression": Fraction(3), "total": Fraction(6)}),
    ("eq-vas", "63", {"vas": Fraction(63)}),
    ("pain-nrs", "7", {"pain": Fraction(7)}),
    ("pseq", "0,1,2,3,4,5,6,6,6,6", {"total": Fraction(39)}),
    ("ases-8", "1,2,3,4,5,6,7,8", {"mean": 4 + HALF}),
    ("ases-8", "10,9,8,7,6,5,10,", {"mean": Fraction(55, 7)}),
    ("psfs", "3,4,6", {"mean": Fraction(13, 3)}),
    ("psfs", "1,2,3,4,6", {"mean": Fraction(16, 5)}),
    ("tug", "9.87", {"seconds": Fraction(987, 100)}),
]


@pytest.mark.parametrize(("instrument_id", "answers", "expected"), SHEETS)
def test_a_sheet_has_exactly_its_known_scores(
    instrument_id: str, answers: str, expected: dict[str, Fraction]
) -> None:
    results = _scores(instrument_id, answers)
    assert {scale: result.score for scale, result in results.items() if result.category is None} == expected


def test_every_instrument_has_a_sheet_with_known_scores() -> None:
    assert {sheet[0] for sheet in SHEETS} == set(instrument_ids())


def test_the_written_score_has_full_precision() -> None:
    pain = _scores("koos", KOOS)["pain"].score
    assert pain is not None
    assert float(pain) == 41.666666666666664


AT_THE_BORDER = [
    *[("koos", scale, least) for scale, least in
      (("symptoms", 4), ("pain", 5), ("adl", 9), ("sport", 3), ("qol", 2))],
    *[("hoos", scale, least) for scale, least in
      (("symptoms", 3), ("pain", 5), ("adl", 9), ("sport", 2), ("qol", 2))],
    *[(form, scale, 2) for form in ("koos-12", "hoos-12") for scale in ("pain", "function", "qol")],
    ("koos-ps", "function", 7),
    ("hoos-ps", "function", 5),
    ("msk-hq", "total", 14),
    ("start-back", "total", 9),
    ("start-back", "psychosocial", 5),
    ("swemwbs", "metric", 7),
    ("phq-4", "anxiety", 2),
    ("phq-4", "depression", 2),
    ("phq-4", "total", 4),
    ("pseq", "total", 10),
    ("ases-8", "mean", 6),
    ("psfs", "mean", 3),
]  # fmt: skip


def _with_answered(instrument_id: str, scale_id: str, answered: int) -> ScaleScore:
    """The scale's result where only its last `answered` items are answered, each by a 1."""
    instrument = load_instrument(instrument_id)
    kept = instrument.items_of(instrument.scale(scale_id))[-answered:] if answered else ()
    cells = ["1" if number in kept else "" for number in range(1, instrument.item_count + 1)]
    return _scores(instrument_id, ",".join(cells))[scale_id]


@pytest.mark.parametrize(("instrument_id", "scale_id", "least"), AT_THE_BORDER)
def test_the_fewest_answers_allowed_give_a_score(instrument_id: str, scale_id: str, least: int) -> None:
    result = _with_answered(instrument_id, scale_id, least)
    assert (result.score is not None, result.answered, result.why_not_scored) == (True, least, None)


@pytest.mark.parametrize(("instrument_id", "scale_id", "least"), AT_THE_BORDER)
def test_one_answer_under_gives_no_score_and_says_why(instrument_id: str, scale_id: str, least: int) -> None:
    result = _with_answered(instrument_id, scale_id, least - 1)
    assert result.score is None
    assert result.why_not_scored is not None
    assert f"{least - 1} of " in result.why_not_scored
    assert f"a score needs {least}" in result.why_not_scored


@pytest.mark.parametrize("instrument_id", instrument_ids())
def test_a_blank_sheet_scores_nothing_and_says_why_for_every_scale(instrument_id: str) -> None:
    for result in _scores(instrument_id, "").values():
        assert (result.score, result.category, result.answered) == (None, None, 0)
        assert result.why_not_scored


def test_a_short_form_has_no_summary_while_one_scale_has_no_score() -> None:
    results = _scores("koos-12", "1,1,1,1,2,2,2,2,3,,,")
    assert results["function"].score == 50
    assert results["summary"].score is None
    assert results["summary"].why_not_scored == "It rests on qol, without a score here."


def test_the_summary_is_the_mean_of_the_scales_and_not_of_all_answers() -> None:
    # Nine answers with a mean of 2 would give 50.
    assert _scores("koos-12", "1,2,,,0,0,0,,3,4,4,4")["summary"].score == Fraction(225, 4)


@pytest.mark.parametrize(
    ("answers", "total", "psychosocial", "risk"),
    [
        ("1,1,1,0,0,0,0,0,0", 3, 0, "low"),
        ("0,0,0,0,1,1,1,0,0", 3, 3, "low"),
        ("1,1,1,1,0,0,0,0,0", 4, 0, "medium"),
        ("1,0,0,0,1,1,1,0,2", 4, 3, "medium"),
        ("1,1,1,1,1,1,1,0,0", 7, 3, "medium"),
        ("0,0,0,0,1,1,1,1,0", 4, 4, "high"),
        ("0,0,0,0,1,1,1,0,3", 4, 4, "high"),
        ("1,1,1,1,1,1,1,1,4", 9, 5, "high"),
    ],
)
def test_start_back_risk_turns_at_a_total_of_four_and_a_subscore_of_four(
    answers: str, total: int, psychosocial: int, risk: str
) -> None:
    results = _scores("start-back", answers)
    assert results["total"].score == total
    assert results["psychosocial"].score == psychosocial
    assert (results["risk"].score, results["risk"].category) == (None, risk)
    assert results["risk"].why_not_scored is None
    assert (results["risk"].answered, results["risk"].items) == (9, 9)


@pytest.mark.parametrize(("ninth", "counts"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1)])
def test_item_nine_of_start_back_counts_only_in_its_top_two_answers(ninth: int, counts: int) -> None:
    assert _scores("start-back", f"0,0,0,0,0,0,0,0,{ninth}")["total"].score == counts


def test_a_stand_with_the_arms_scores_nought_and_is_flagged() -> None:
    stands = _scores("chair-stand-30s", "0 arms")["stands"]
    assert (stands.score, stands.category, stands.why_not_scored) == (Fraction(0), "arms_used", None)


def test_a_stand_of_nought_without_the_arms_is_not_flagged() -> None:
    stands = _scores("chair-stand-30s", "0")["stands"]
    assert (stands.score, stands.category) == (Fraction(0), None)


@pytest.mark.parametrize(
    ("answers", "answered", "items"),
    [("3,4,6", 3, 3), ("3,4,6,7", 4, 4), ("3,4,6,7,8", 5, 5), ("3,4", 2, 3), ("3,,6,7", 3, 4)],
)
def test_an_activity_the_person_does_not_have_is_no_missing_answer(
    answers: str, answered: int, items: int
) -> None:
    mean = _scores("psfs", answers)["mean"]
    assert (mean.answered, mean.items) == (answered, items)


def test_one_scale_is_scored_without_the_others() -> None:
    results = _scores("koos", ",,,,,,," + _sheet((1, 9)))
    assert [scale for scale, result in results.items() if result.score is not None] == ["pain"]


def test_scales_come_in_the_order_of_the_command_line() -> None:
    assert list(_scores("koos", KOOS)) == ["symptoms", "pain", "adl", "sport", "qol"]


def test_answers_of_another_instrument_are_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="42 items"):
        score(load_instrument("koos"), (None,))
