"""The usual words of coded columns, and cells that are numbers or text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escape_tui.store.imports import words
from escape_tui.store.imports.values import months, need, number_like_text, text, whole_number
from escape_tui.store.imports.words import Words, fold
from sessions.errors import Refused

COLUMNS: list[Words[Any]] = [
    words.SEX,
    words.PAIN_SITE,
    words.SIDE,
    words.REFERRAL_SOURCE,
    words.YES_NO,
    words.STATUS,
    words.REASON,
    words.DECISION,
    words.BASIS,
    words.TIMEPOINT,
    words.MISSING_REASON,
    words.MODE,
]
USUAL: list[tuple[Words[Any], str, str]] = [
    (words.SEX, "female", "F; f; Female; W; Woman; FEMALE "),
    (words.SEX, "male", "M; Male; man"),
    (words.SEX, "other", "Other; non-binary; Intersex"),
    (words.SEX, "not_stated", "Not stated; prefer not to say; not_stated; Unknown"),
    (
        words.PAIN_SITE,
        "knee",
        "Knee; knees; Knee pain; OA knee; L knee; Both knees; Left knee and right knee",
    ),
    (words.PAIN_SITE, "hip", "Hip; Hips; Osteoarthritis (hip); Bilateral hip"),
    (words.PAIN_SITE, "knee_and_hip", "Knee and hip; hip & knee; Knee/Hip; knee + hip; Hips and knees"),
    (words.PAIN_SITE, "back", "Back; Lower back; low back pain; Lumbar spine; LBP"),
    (words.SIDE, "left", "L; Left; Lt; left side; L.; Left knee"),
    (words.SIDE, "right", "R; Right; right-sided"),
    (words.SIDE, "both", "Both; B; Bilateral; L/R; L & R; left and right; Both sides; both knees"),
    (words.SIDE, "none", "None; N/A; n/a; not applicable"),
    (words.REFERRAL_SOURCE, "self", "Self; self-referral; Self referred"),
    (words.REFERRAL_SOURCE, "gp", "GP; G.P.; gp practice; General practitioner"),
    (words.REFERRAL_SOURCE, "physiotherapist", "Physio; physiotherapy; Community physio; MSK physio"),
    (words.REFERRAL_SOURCE, "msk_triage", "MSK triage; MSK; msk_triage; Triage service"),
    (words.REFERRAL_SOURCE, "orthopaedics", "Orthopaedics; Ortho; orthopaedic consultant; T&O; orthopedics"),
    (words.YES_NO, "yes", "Y; y; Yes; TRUE; 1; ✓; yes please"),
    (words.YES_NO, "no", "N; No; FALSE; 0; none"),
    (words.STATUS, "present", "P; Present; Attended; Yes; ✔"),
    (words.STATUS, "late", "L; Late"),
    (words.STATUS, "left_early", "Left early; left_early"),
    (words.STATUS, "excused", "Excused; Apologies; sent apologies"),
    (words.STATUS, "absent", "A; Absent; DNA; Did not attend; No show"),
    (words.REASON, "ill", "Ill; Illness; unwell; sick"),
    (words.REASON, "flare_up", "Flare-up; flare up; Flare"),
    (words.REASON, "holiday", "Holiday; holidays; on holiday"),
    (words.REASON, "caring", "Caring; childcare"),
    (words.DECISION, "up", "Up; progress"),
    (words.DECISION, "ease", "Ease; easier"),
    (words.DECISION, "substitute", "Substitute; Swap"),
    (words.BASIS, "as_planned", "As planned; planned"),
    (words.TIMEPOINT, "baseline", "Baseline; Start; pre"),
    (words.TIMEPOINT, "end", "End; post"),
    (words.TIMEPOINT, "follow_up_6", "6 months; Follow-up 6; 6-month follow-up; 6m; follow up 6 months"),
    (words.TIMEPOINT, "follow_up_12", "12 months; follow_up_12; 12-month follow up"),
    (words.MISSING_REASON, "lost_contact", "Lost contact; lost to follow-up"),
    (words.MODE, "phone", "Phone; by telephone"),
    (words.MODE, "read_aloud", "Read aloud; read out"),
]


@pytest.mark.parametrize(
    ("column", "code", "word"),
    [(col, code, word) for col, code, all_of in USUAL for word in all_of.split("; ")],
)
def test_a_usual_word_gives_its_code(column: Words[Any], code: str, word: str) -> None:
    assert column.read(word) == code


@pytest.mark.parametrize("column", COLUMNS)
def test_every_code_is_understood_as_written_and_in_any_case(column: Words[Any]) -> None:
    for code in column.allowed:
        for written in (code, code.upper(), code.replace("_", " "), f"  {code.replace('_', '-')} "):
            assert column.read(written) == code


@pytest.mark.parametrize(
    ("column", "word"),
    [
        (words.SEX, "X"),
        (words.SEX, "2"),
        (words.PAIN_SITE, "shoulder"),
        (words.PAIN_SITE, "both"),
        (words.PAIN_SITE, "knee and back"),
        (words.PAIN_SITE, "-"),
        (words.SIDE, "left hip, maybe right"),
        (words.SIDE, "knee"),
        (words.REFERRAL_SOURCE, "GP and physio"),
        (words.REFERRAL_SOURCE, "Dr Marsh"),
        (words.YES_NO, "x"),
        (words.YES_NO, "maybe"),
        (words.STATUS, "X"),
        (words.TIMEPOINT, "6 weeks"),
        (words.TIMEPOINT, "6"),
    ],
)
def test_a_word_that_could_mean_something_else_is_refused_unrepeated_with_what_is_allowed(
    column: Words[Any], word: str
) -> None:
    with pytest.raises(Refused) as refused:
        column.read(word)
    assert f"Use one of {', '.join(column.allowed)}." == refused.value.remedy
    assert "Marsh" not in str(refused.value)


def test_a_phrase_with_two_meanings_in_one_column_is_found_when_the_column_is_made() -> None:
    with pytest.raises(ValueError, match="two meanings"):
        Words({"late": "l", "left_early": "L."})


@given(st.text())
def test_folded_text_is_words_of_letters_and_digits_with_one_blank_between(cell: str) -> None:
    words_left = fold(cell).split()
    assert fold(cell) == " ".join(words_left)
    assert not set("".join(words_left)) & set("_-.,;/()&+'")


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("18", 18),
        ("0", 0),
        ("18 months", 18),
        ("18m", 18),
        ("3 years", 36),
        ("1.5 yrs", 18),
        ("12.0", 12),
        ("1440", 1440),
    ],
)
def test_months_are_read_with_or_without_their_unit(cell: str, count: int) -> None:
    assert months(cell) == count


@pytest.mark.parametrize(
    "cell",
    [
        "6/12",
        "6.5",
        "-3",
        "over 12",
        "12+",
        "2 weeks",
        "1441",
        "1985",
        "1.3 years",
        "x",
        "\u0661\u0662",
        "1e2",
    ],
)
def test_what_is_no_number_of_months_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="not a number of months"):
        months(cell)


@pytest.mark.parametrize(("cell", "number"), [("0", 0), ("10", 10), (" 7 ", 7), ("7.0", 7)])
def test_a_whole_number_is_read_to_its_bounds(cell: str, number: int) -> None:
    assert whole_number(0, 10)(cell) == number


@pytest.mark.parametrize("cell", ["11", "-1", "7.5", "3/10", "seven", "\u0667", "7 ½", "+7"])
def test_a_number_beyond_its_bounds_or_in_parts_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="fits here"):
        whole_number(0, 10)(cell)


def test_a_session_is_read_with_its_word_before_it() -> None:
    assert whole_number(1, 99, before="session")("Session 3") == 3


@pytest.mark.parametrize("cell", ["1.00E+05", "7.70090E+09", "1E5", "4,47E+11"])
def test_a_number_that_a_spreadsheet_rounded_is_refused(cell: str) -> None:
    with pytest.raises(Refused, match="rounded"):
        number_like_text(cell)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 7700 900123", "@home", "-5", "A1E5", '=HYPERLINK("x")', "🙂", "אבג"]
)
def test_text_is_kept_as_it_stands(cell: str) -> None:
    assert number_like_text(cell) == cell


def test_line_ends_and_doubled_blanks_in_text_become_one_blank() -> None:
    assert text(" Anne \r\n Marie\t\u00a0Lee ") == "Anne Marie Lee"


def test_text_of_200_characters_is_taken_and_201_are_not() -> None:
    assert text("é" * 200) == "é" * 200
    with pytest.raises(Refused, match="longer than 200"):
        text("é" * 201)


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\x7f", "\x9b"])
def test_a_control_character_is_refused(character: str) -> None:
    with pytest.raises(Refused, match="control character"):
        text(f"Ida{character}[2J")


@pytest.mark.parametrize(("cell", "kept"), [("Y", "yes"), ("No", "no"), ("BSL", "BSL"), ("Polish", "Polish")])
def test_a_need_is_yes_no_or_its_own_words(cell: str, kept: str) -> None:
    assert need(cell) == kept
