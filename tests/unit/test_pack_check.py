"""A pack is broken in one place at a time; the check names that place, and all places at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sessions.errors import Refused
from sessions.faults import Fault, FaultyFiles
from sessions.pack_check import check_pack
from sessions.pack_files import SHIPPED, read_source, shipped_packs

Break = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of one's own: a copy of the shipped one for knees and hips."""
    return Path(shutil.copytree(SHIPPED / "knees-hips", tmp_path / "knees-hips"))


@pytest.fixture
def change(folder: Path) -> Break:
    """Change the first place of a file that matches a pattern; it has to be there."""

    def change_first(file: str, pattern: str, new: str) -> None:
        path = folder / file
        text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1, f"{pattern} is not in {file}"
        path.write_text(text, encoding="utf-8")

    return change_first


def faults(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultyFiles) as raised:
        check_pack(folder)
    return raised.value.faults


def only_fault(folder: Path) -> Fault:
    found = faults(folder)
    assert len(found) == 1, [fault.sentence() for fault in found]
    return found[0]


@pytest.mark.parametrize("name", shipped_packs())
def test_the_shipped_packs_have_no_fault(name: str) -> None:
    check_pack(SHIPPED / name)


def test_an_unknown_key_is_named_with_file_line_and_remedy(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^aim = ", "amount = ")
    missing, unknown = sorted(faults(folder), key=lambda fault: fault.place)
    assert (unknown.file, unknown.place) == ("exercises/sit-to-stand.toml", "amount")
    assert unknown.line is not None
    assert unknown.remedy
    assert missing.wrong == "`aim` is missing."


def test_a_level_that_is_missing_is_named(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^number = 8", "number = 9")
    fault = only_fault(folder)
    assert (fault.file, fault.wrong) == ("exercises/sit-to-stand.toml", "level 8 is missing.")


def test_a_start_level_that_does_not_exist_is_named(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^start_level = \d", "start_level = 9")
    assert only_fault(folder).wrong == "there is no level 9."


def test_a_jump_in_dose_is_named_with_both_levels(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^reps = 9", "reps = 20")
    fault = only_fault(folder)
    assert fault.place == "levels 8 → reps"
    assert fault.wrong == "from level 7 to 8 it grows by 13, the pack's step is 2."


def test_two_things_growing_at_once_are_named(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^reps = 9", "reps = 9\nload_kg = 0.5")
    assert "2 things grow at once: reps, load_kg" in only_fault(folder).wrong


def test_a_level_without_a_dose_is_named(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^(number = 1\n.*\n)reps = \d+\n", r"\1")
    assert only_fault(folder).wrong == "level 1 has no dose."


def test_seconds_of_a_sequence_that_do_not_add_up_are_named_with_the_sum(folder: Path, change: Break) -> None:
    change("pack.toml", r"^(\[\[sequences\]\]\n(?:.*\n)*?seconds = )480", r"\g<1>490")
    assert any("its steps add up to 480" in fault.wrong for fault in faults(folder))


def test_minutes_of_exercise_that_do_not_add_up_are_named_with_the_sum(folder: Path, change: Break) -> None:
    change("schedules/12.toml", r"(exercise = )44", r"\g<1>43")
    wrong = [fault.wrong + fault.remedy for fault in faults(folder)]
    assert any("exercise says 43 minutes" in sentence and "Write 44" in sentence for sentence in wrong)
    assert any("its parts add up to" in sentence for sentence in wrong)


def test_a_theme_that_is_never_covered_is_named_for_each_schedule(folder: Path, change: Break) -> None:
    change("topics/pacing.toml", r'"pacing"(?=[^\n]*\]$)', '"flare-ups"')
    found = faults(folder)
    assert {fault.file for fault in found} == {"schedules/10.toml", "schedules/12.toml"}
    assert {fault.wrong for fault in found} == {"the theme pacing is never covered."}


def test_a_stand_in_that_does_not_exist_is_named(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^stand_ins = .*", 'stand_ins = ["no-such-thing"]')
    fault = only_fault(folder)
    assert fault.wrong == "there is no exercise no-such-thing to stand in."
    assert fault.place == "stand_ins"


def test_a_loop_of_stand_ins_is_named_once_with_its_way(folder: Path, change: Break) -> None:
    change("exercises/seated-knee-straighten.toml", r"^stand_ins = .*", 'stand_ins = ["sit-to-stand"]')
    fault = only_fault(folder)
    assert "seated-knee-straighten → sit-to-stand → seated-knee-straighten" in fault.wrong


def test_an_exercise_of_the_circuit_needs_a_stand_in(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^stand_ins = .*\n", "")
    assert all("has no stand-in" in fault.wrong for fault in faults(folder))


def test_a_station_whose_exercise_does_not_exist_is_named(folder: Path, change: Break) -> None:
    change("pack.toml", r'exercise = "sit-to-stand"', 'exercise = "sit-to-standing"')
    fault = only_fault(folder)
    assert fault.place.startswith("circuits 1 → stations")
    assert fault.line is not None


def test_an_instrument_that_does_not_exist_is_named(folder: Path, change: Break) -> None:
    change("pack.toml", r'instrument = "koos"', 'instrument = "koos-99"')
    assert only_fault(folder).wrong == "there is no instrument koos-99."


def test_a_source_that_does_not_exist_is_named(folder: Path, change: Break) -> None:
    change("topics/goal-setting.toml", r"^sources = .*", 'sources = ["hearsay"]')
    assert only_fault(folder).wrong == "there is no source hearsay."


def test_a_cue_too_long_to_read_at_a_glance_is_named(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^cues = .*", f'cues = ["a", "b", "{"long " * 13}"]')
    assert "at most 60 characters" in only_fault(folder).wrong


def test_all_faults_of_all_files_are_told_at_once(folder: Path, change: Break) -> None:
    change("exercises/sit-to-stand.toml", r"^number = 8", "number = 9")
    change("topics/goal-setting.toml", r"^aim", "aims")
    change("schedules/12.toml", r"(exercise = )44", r"\g<1>43")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert {fault.file for fault in faults(folder)} >= {
        "exercises/sit-to-stand.toml",
        "topics/goal-setting.toml",
        "schedules/12.toml",
        "notes.txt",
    }


def test_what_hangs_on_a_broken_file_is_not_told_as_missing(folder: Path, change: Break) -> None:
    change("exercises/seated-knee-straighten.toml", r"^aim", "aims")
    assert {fault.file for fault in faults(folder)} == {"exercises/seated-knee-straighten.toml"}


def test_a_link_is_refused_wherever_it_points(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("id = 1", encoding="utf-8")
    (folder / "topics" / "linked.toml").symlink_to(outside)
    (folder / "more").symlink_to(tmp_path)
    found = faults(folder)
    assert {(fault.file, fault.wrong) for fault in found} == {
        ("topics/linked.toml", "this is a link."),
        ("more", "this is a link."),
    }


def test_a_file_over_one_mebibyte_is_refused_unread(folder: Path) -> None:
    path = folder / "topics" / "huge.toml"
    path.write_bytes(b"#" * (1024 * 1024 + 1))
    assert only_fault(folder).wrong == "the file is larger than 1 MiB."
    path.write_bytes(b"#" * (1024 * 1024))
    assert "larger" not in faults(folder)[0].wrong


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is not a folder"):
        check_pack(tmp_path / "nothing")


def test_a_folder_without_its_first_file_has_that_fault(tmp_path: Path) -> None:
    assert ("pack.toml", "the file is missing.") in {(fault.file, fault.wrong) for fault in faults(tmp_path)}


def test_a_folder_that_does_not_belong_is_named_though_it_is_empty(folder: Path) -> None:
    (folder / "pictures").mkdir()
    (folder / "topics" / "old").mkdir()
    assert {fault.file for fault in faults(folder)} == {"pictures", "topics/old"}


def test_a_pack_bears_the_name_of_its_folder(folder: Path) -> None:
    assert "the folder is called" in only_fault(folder.rename(folder.parent / "mine")).wrong


def test_the_digest_changes_with_any_byte_and_any_name(folder: Path) -> None:
    before = read_source(folder).sha256
    assert read_source(folder).sha256 == before
    topic = folder / "topics" / "goal-setting.toml"
    topic.write_bytes(topic.read_bytes() + b"\n")
    changed = read_source(folder).sha256
    topic.rename(folder / "topics" / "goals.toml")
    assert len({before, changed, read_source(folder).sha256}) == 3
