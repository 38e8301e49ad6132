"""`escape instrument …`."""

from __future__ import annotations

from pathlib import Path

from sessions.instrument_files import instrument_ids
from tests.cli.program import escape

KOOS_PAIN = ",".join([""] * 7 + ["2", "3", "2", "2", "3", "2", "2", "3", "2"])


def test_the_list_names_every_instrument_with_its_scales() -> None:
    rows = {
        row["id"]: row["scales"] for row in escape("instrument", "list", "--json").document["instruments"]
    }
    assert set(rows) == set(instrument_ids())
    assert rows["koos"] == ["symptoms", "pain", "adl", "sport", "qol"]
    assert rows["start-back"] == ["total", "psychosocial", "risk"]


def test_scores_in_json_have_full_precision_and_say_why_there_is_none() -> None:
    scales = escape("instrument", "score", "koos", "--answers", KOOS_PAIN, "--json").document["scales"]
    pain, adl = scales[1], scales[2]
    assert pain == {
        "scale": "pain",
        "score": 41.666666666666664,
        "category": None,
        "answered": 9,
        "items": 9,
        "why_not_scored": None,
    }
    assert (adl["score"], adl["answered"], adl["items"]) == (None, 0, 17)
    assert adl["why_not_scored"]


def test_a_class_has_a_category_and_no_score() -> None:
    ran = escape("instrument", "score", "start-back", "--answers", "1,1,0,0,1,1,1,1,4", "--json")
    risk = ran.document["scales"][2]
    assert (risk["scale"], risk["score"], risk["category"]) == ("risk", None, "high")


def test_scores_for_people_stand_one_a_line_rounded_to_a_tenth() -> None:
    ran = escape("instrument", "score", "koos", "--answers", KOOS_PAIN)
    assert "pain           41.7                       9 of 9 answered" in ran.out.splitlines()


def test_arms_used_is_said() -> None:
    assert "0, arms used" in escape("instrument", "score", "chair-stand-30s", "--answers", "0 arms").out


def test_an_answer_out_of_range_names_the_item_and_what_is_allowed() -> None:
    ran = escape("instrument", "score", "pain-nrs", "--answers", "11")
    assert ran.code == 4
    assert "item 1" in ran.err
    assert "0 to 10" in ran.err


def test_every_instrument_can_be_shown_with_its_licence() -> None:
    for name in instrument_ids():
        ran = escape("instrument", "show", name)
        assert ran.code == 0, ran.err
        assert "Licence: " in ran.out


def test_what_nobody_checked_is_marked() -> None:
    assert "[not checked against a source]" in escape("instrument", "show", "msk-hq").out


def test_a_sites_own_wording_is_shown_exactly(tmp_path: Path) -> None:
    wording = tmp_path / "wording" / "pain-nrs.toml"
    wording.parent.mkdir()
    wording.write_text('[items]\n1 = "How [b] is it?"\n', encoding="utf-8")
    assert "1. How [b] is it?" in escape("instrument", "show", "pain-nrs", home=tmp_path).out
    wording.write_text('[items]\n2 = "How is it?"\n', encoding="utf-8")
    assert escape("instrument", "show", "pain-nrs", home=tmp_path).code == 4
