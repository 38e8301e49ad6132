"""Reading instrument files: only the one asked for, and a fault named by file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sessions.errors import MachineFailed, Refused
from sessions.instrument_files import SHIPPED, instrument_ids, load_instrument, read_instrument


def _with_change(folder: Path, instrument_id: str, old: str, new: str) -> Path:
    """A copy of a shipped file in which the first `old` reads `new`."""
    text = (SHIPPED / f"{instrument_id}.toml").read_text("utf-8")
    assert old in text
    path = folder / f"{instrument_id}.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def _fault(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_instrument(path)
    assert f"{path.parent.name}/{path.name}" in refused.value.wrong
    return refused.value.wrong


@pytest.mark.parametrize(
    ("instrument_id", "old", "new", "fault"),
    [
        ("koos", "id =", "idd =", "idd: "),
        ("koos", 'id = "koos"', 'id = "hoos"', "id: is not the name of the file"),
        ("koos", "lowest = 0", "lowest = 4", "items.0.range: "),
        ("koos", "lowest = 0", "lowest = nan", "items.0.range.lowest: "),
        ("koos", "lowest = 0", "lowest = true", "items.0.range.lowest: "),
        ("koos", "numbers = [1,", "numbers = [2,", "numbered from 1 without a gap"),
        ("koos", "codes = [0, 1, 2, 3, 4]", "codes = [0, 1, 2, 3, 3]", "boxes must hold every code"),
        ("koos", "at_least = 4", "at_least = 8", "scale symptoms cannot be made of 8 of its 7 parts"),
        ("koos", "in_use = true", "in_use = false", "say in no_threshold why none is"),
        ("koos", 'groups = ["symptoms"]', 'groups = ["stiffness"]', "does not exist"),
        ("koos", "worst = 4", "worst = 5", "must go from 0 to its worst answer"),
        ("koos", 'kind = "percent-of-mean"', 'kind = "guess"', "scales.0.formula"),
        ("koos", 'id = "pain"', 'id = "symptoms"', "scale symptoms stands twice"),
        ("koos-ps", "94.4", "101", "values must rise, or fall, at every step"),
        ("koos-ps", "100, 94.4", "94.4", "the table of scale function must go from 0 to 28"),
        ("koos-ps", "at_least = 7", "at_least = 6", "cannot be made of 6 of its 7 parts"),
        ("koos-12", '"mean-of-scales", scales = ["pain"', '"mean-of-scales", scales = ["power"', "before it"),
        ("start-back", "counts = [0, 0, 0, 1, 1]", "counts = [0, 0, 1, 1]", "recodes item 9 wrongly"),
        (
            "start-back",
            '{ category = "high" }',
            '{ category = "high", when = [] }, { category = "x" }',
            "last",
        ),
        ("phq-4", "lowest = 3\nhighest = 6", "lowest = 2\nhighest = 6", "without overlap"),
        ("psfs", "optional = [4, 5]", "optional = [4, 6]", "optional names an item"),
        ("tug", 'kind = "single"', 'kind = "sum"', "scales.0.formula"),
        ("tug", 'id = "tug"', 'id = "tug', "is not TOML: "),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_the_place(
    tmp_path: Path, instrument_id: str, old: str, new: str, fault: str
) -> None:
    assert fault in _fault(_with_change(tmp_path, instrument_id, old, new))


def test_every_faulty_place_is_named_and_no_place_that_is_sound(tmp_path: Path) -> None:
    path = _with_change(tmp_path, "tug", "decimals = true", 'decimals = "yes"')
    path.write_text(path.read_text("utf-8").replace('unit = "seconds"', 'unit = "hours"', 1), "utf-8")
    faults = _fault(path).partition(" is faulty: ")[2].split("; ")
    assert [one.partition(": ")[0] for one in faults] == ["items.0.decimals", "scales.0.unit"]


def test_a_file_without_a_scale_says_so(tmp_path: Path) -> None:
    text = (SHIPPED / "tug.toml").read_text("utf-8").partition("[[scales]]")[0]
    (tmp_path / "tug.toml").write_text("scales = []\n" + text, "utf-8")
    assert "scales: " in _fault(tmp_path / "tug.toml")


def test_an_instrument_nobody_ships_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as refused:
        load_instrument("../koos")
    assert "koos-12" in refused.value.remedy


def test_a_file_that_is_not_there_is_the_machines_failure(tmp_path: Path) -> None:
    with pytest.raises(MachineFailed):
        read_instrument(tmp_path / "koos.toml")


def test_one_faulty_file_does_not_keep_the_others_from_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tug.toml").write_text((SHIPPED / "tug.toml").read_text("utf-8"), "utf-8")
    (tmp_path / "hads.toml").write_text("not TOML at all", "utf-8")
    monkeypatch.setattr("sessions.instrument_files.SHIPPED", tmp_path)
    load_instrument.cache_clear()
    try:
        assert instrument_ids() == ("hads", "tug")
        assert load_instrument("tug").id == "tug"
        with pytest.raises(Refused):
            load_instrument("hads")
    finally:
        load_instrument.cache_clear()


def test_an_instrument_is_read_once() -> None:
    assert load_instrument("koos") is load_instrument("koos")
