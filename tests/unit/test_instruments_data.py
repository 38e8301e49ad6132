"""The shipped data: complete, in the published order, marked where unchecked, and without wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from sessions.formula import Table
from sessions.instrument import Code, Instrument, Items
from sessions.instrument_files import SHIPPED, instrument_ids, load_instrument

SCALES = {
    "koos": ("symptoms", "pain", "adl", "sport", "qol"),
    "hoos": ("symptoms", "pain", "adl", "sport", "qol"),
    "koos-12": ("pain", "function", "qol", "summary"),
    "hoos-12": ("pain", "function", "qol", "summary"),
    "koos-ps": ("function",),
    "hoos-ps": ("function",),
    "msk-hq": ("total",),
    "start-back": ("total", "psychosocial", "risk"),
    "chair-stand-30s": ("stands",),
    "activity-days": ("days",),
    "activity-minutes": ("minutes",),
    "swemwbs": ("metric",),
    "hads": ("anxiety", "depression"),
    "phq-4": ("anxiety", "depression", "total"),
    "eq-vas": ("vas",),
    "pain-nrs": ("pain",),
    "pseq": ("total",),
    "ases-8": ("mean",),
    "psfs": ("mean",),
    "tug": ("seconds",),
}
ITEMS = {
    "koos": 42, "hoos": 40, "koos-12": 12, "hoos-12": 12, "koos-ps": 7, "hoos-ps": 5, "msk-hq": 14,
    "start-back": 9, "swemwbs": 7, "hads": 2, "phq-4": 4, "pseq": 10, "ases-8": 8, "psfs": 5,
}  # fmt: skip
LOWER_IS_BETTER = {
    ("start-back", "total"), ("start-back", "psychosocial"), ("start-back", "risk"),
    ("hads", "anxiety"), ("hads", "depression"),
    ("phq-4", "anxiety"), ("phq-4", "depression"), ("phq-4", "total"),
    ("pain-nrs", "pain"), ("tug", "seconds"),
}  # fmt: skip
every_instrument = pytest.mark.parametrize(
    "instrument", [load_instrument(name) for name in instrument_ids()], ids=instrument_ids()
)


def test_the_instruments_of_the_command_line_are_there_and_no_other() -> None:
    assert set(instrument_ids()) == set(SCALES)


@every_instrument
def test_scales_and_items_are_those_of_the_command_line(instrument: Instrument) -> None:
    assert tuple(scale.id for scale in instrument.scales) == SCALES[instrument.id]
    assert instrument.item_count == ITEMS.get(instrument.id, 1)


@every_instrument
def test_the_better_direction_is_the_published_one(instrument: Instrument) -> None:
    lower = {(instrument.id, scale.id) for scale in instrument.scales if scale.better == "lower"}
    assert lower == {pair for pair in LOWER_IS_BETTER if pair[0] == instrument.id}


@pytest.mark.parametrize(
    ("instrument_id", "sizes"),
    [("koos", (7, 9, 17, 5, 4)), ("hoos", (5, 10, 17, 4, 4)), ("koos-12", (4, 4, 4)), ("hoos-12", (4, 4, 4))],
)
def test_groups_stand_in_the_order_of_the_form(instrument_id: str, sizes: tuple[int, ...]) -> None:
    groups = load_instrument(instrument_id).items
    assert tuple(len(items.numbers) for items in groups) == sizes
    assert [number for items in groups for number in items.numbers] == list(range(1, sum(sizes) + 1))


@every_instrument
def test_every_box_map_covers_exactly_the_allowed_codes(instrument: Instrument) -> None:
    for items in instrument.items:
        if items.boxes:
            allowed = list(range(int(items.range.lowest), int(items.range.highest) + 1))
            assert sorted(items.boxes.codes) == allowed


def test_some_items_run_the_other_way_from_the_left() -> None:
    msk_hq, hads = load_instrument("msk-hq"), load_instrument("hads")
    falling = {
        n for items in msk_hq.items if items.boxes and items.boxes.codes[0] == 4 for n in items.numbers
    }
    assert falling == {*range(1, 12), 14}
    first_scores_3 = {n for items in hads.paper if items.boxes.codes[0] == 3 for n in items.numbers}
    assert first_scores_3 == {1, 3, 5, 6, 8, 10, 11, 13}


@pytest.mark.parametrize(
    ("instrument_id", "size", "samples"),
    [
        ("koos-ps", 29, {1: "94.4", 11: "64.7", 14: "59.7", 27: "8.2"}),
        ("hoos-ps", 21, {1: "95.4", 10: "62.3", 13: "49.2", 19: "9.2"}),
        ("swemwbs", 29, {1: "9.51", 14: "19.25", 21: "25.03", 27: "32.55"}),
    ],
)
def test_look_up_tables_are_whole_and_strictly_monotone(
    instrument_id: str, size: int, samples: dict[int, str]
) -> None:
    formula = load_instrument(instrument_id).scales[0].formula
    assert isinstance(formula, Table)
    assert len(set(formula.values)) == size
    assert list(formula.values) in (sorted(formula.values), sorted(formula.values, reverse=True))
    assert {place: formula.values[place] for place in samples} == {
        place: Fraction(digits) for place, digits in samples.items()
    }


IN_USE = {
    ("koos", "symptoms"): "12.1", ("koos", "pain"): "11.3", ("koos", "adl"): "10.2",
    ("koos", "sport"): "15.5", ("koos", "qol"): "13.2",
    **{("hoos", scale): "10" for scale in SCALES["hoos"]},
    ("koos-ps", "function"): "2.2", ("msk-hq", "total"): "6", ("chair-stand-30s", "stands"): "2.6",
    ("swemwbs", "metric"): "2.87", ("hads", "anxiety"): "1.5", ("hads", "depression"): "1.5",
    ("eq-vas", "vas"): "4.83", ("pain-nrs", "pain"): "1", ("pseq", "total"): "8.5",
    ("psfs", "mean"): "1.3", ("tug", "seconds"): "1.4",
}  # fmt: skip


@every_instrument
def test_one_threshold_with_its_source_is_in_use_or_the_reason_for_none_is_given(
    instrument: Instrument,
) -> None:
    for scale in instrument.scales:
        in_use = scale.threshold_in_use
        expected = IN_USE.get((instrument.id, scale.id))
        assert (in_use.value if in_use else None) == (Fraction(expected) if expected else None)
        assert bool(in_use and in_use.source) != bool(scale.no_threshold)


def _codes(instrument: Instrument) -> Iterator[Code]:
    yield from instrument.codes
    for scale in instrument.scales:
        yield from scale.codes


def _passes_mod_10(code: str) -> bool:
    """Whether the last digit is the LOINC check digit of those before it."""
    digits, check = code.split("-")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return (total + int(check)) % 10 == 0


@pytest.mark.parametrize(("code", "passes"), [("72102-7", True), ("82323-0", False), ("71934-8", False)])
def test_the_check_digit_of_a_loinc_code_is_told_right_from_wrong(code: str, passes: bool) -> None:
    assert _passes_mod_10(code) is passes


@every_instrument
def test_every_loinc_code_passes_its_check_digit(instrument: Instrument) -> None:
    wrong = [one.code for one in _codes(instrument) if one.system == "loinc" and not _passes_mod_10(one.code)]
    assert wrong == []


def test_each_scale_carries_its_own_code() -> None:
    found = {
        (instrument_id, scale.id): code.code
        for instrument_id in ("koos", "hoos")
        for scale in load_instrument(instrument_id).scales
        for code in scale.codes
    }
    assert found == {
        ("koos", "symptoms"): "72101-9", ("koos", "pain"): "72102-7", ("koos", "adl"): "72100-1",
        ("koos", "sport"): "72099-5", ("koos", "qol"): "72098-7",
        ("hoos", "symptoms"): "72096-1", ("hoos", "pain"): "72097-9", ("hoos", "adl"): "72095-3",
        ("hoos", "sport"): "72094-6", ("hoos", "qol"): "72093-8",
    }  # fmt: skip


def test_no_code_is_claimed_where_none_was_found() -> None:
    without = ("koos-12", "hoos-12", "koos-ps", "msk-hq", "swemwbs", "hads", "pseq", "ases-8", "psfs")
    assert {name: list(_codes(load_instrument(name))) for name in without} == {name: [] for name in without}


def _unchecked(value: object, place: str = "") -> Iterator[str]:
    """The places that are marked as unchecked, as dotted paths."""
    if isinstance(value, dict):
        if value.get("unchecked") is True:
            yield place.removeprefix(".")
        for key, part in value.items():
            yield from _unchecked(part, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from _unchecked(part, f"{place}.{index}")


UNCHECKED = {
    "koos": {"version", *(f"scales.{place}.thresholds.2" for place in range(5))},
    "koos-12": {"licence", "scales.3.missing", *(f"items.{place}.boxes" for place in range(3))},
    "hoos-12": {"licence", "scales.3.missing", *(f"items.{place}.boxes" for place in range(3))},
    "msk-hq": {
        "items.0.boxes",
        "items.1",
        "items.1.boxes",
        "scales.0.range",
        "scales.0.thresholds.8",
        "notes.0",
    },
    "swemwbs": {"items.0.boxes", "scales.0.missing", "notes.0"},
    "phq-4": {"licence", "codes.0", "items.0.boxes", "items.1.boxes"},
    "pain-nrs": {
        "licence",
        "items.0.boxes",
        "scales.0.codes.0",
        "scales.0.thresholds.4",
        "scales.0.thresholds.5",
    },
    "ases-8": {"licence", "items.0.boxes"},
    "activity-days": {"licence", "notes.0"},
    "activity-minutes": {"licence", "notes.0"},
}


@pytest.mark.parametrize("instrument_id", UNCHECKED)
def test_what_nobody_checked_is_marked_on_the_very_element(instrument_id: str) -> None:
    assert set(_unchecked(load_instrument(instrument_id).model_dump())) == UNCHECKED[instrument_id]


@pytest.mark.parametrize(
    ("instrument_id", "scale_id"),
    [("msk-hq", "total"), ("start-back", "total"), ("start-back", "risk"), ("pseq", "total")],
)
def test_a_missing_rule_that_was_not_found_is_called_our_own(instrument_id: str, scale_id: str) -> None:
    assert load_instrument(instrument_id).scale(scale_id).missing.ours


@pytest.mark.parametrize("instrument_id", ["tug", "chair-stand-30s", "activity-minutes"])
def test_a_limit_against_slips_is_called_our_own(instrument_id: str) -> None:
    assert load_instrument(instrument_id).items[0].range.ours


@every_instrument
def test_a_licence_notice_says_where_it_is_from_or_that_it_is_unchecked(instrument: Instrument) -> None:
    assert bool(instrument.licence.source) or instrument.licence.unchecked


def test_an_item_has_no_place_for_wording() -> None:
    assert set(Items.model_fields) == {
        "group", "numbers", "optional", "range", "better", "decimals", "boxes", "words", "unchecked",
    }  # fmt: skip


@pytest.mark.parametrize("instrument_id", instrument_ids())
def test_no_file_holds_a_question_or_an_answer_in_the_first_person(instrument_id: str) -> None:
    text = (SHIPPED / f"{instrument_id}.toml").read_text("utf-8")
    assert re.findall(r"\?|\b(?:I|I've|my|you feel|have you|do you|are you|did you)\b", text) == []


def test_two_marks_on_an_item_are_settled_as_the_guides_say() -> None:
    koos, ases = load_instrument("koos").marks, load_instrument("ases-8").marks
    assert koos is not None
    assert "more severe" in koos.two_marks
    assert ases is not None
    assert "lower" in ases.two_marks
