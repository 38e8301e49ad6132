"""The wording that a site is licensed for: taken whole, or refused with every fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sessions.errors import Refused
from sessions.instrument_files import LARGEST_FILE, load_instrument, load_wording

PHQ_4 = load_instrument("phq-4")
WHOLE = '[items]\n1 = "First of the site"\n2 = "Second"\n3 = " Third "\n4 = "Fourth: śłŵ"\n'


def _attach(home: Path, content: str | bytes, instrument_id: str = "phq-4") -> Path:
    path = home / "wording" / f"{instrument_id}.toml"
    path.parent.mkdir()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _refusal(home: Path) -> str:
    with pytest.raises(Refused) as refused:
        load_wording(home, PHQ_4)
    assert "wording/phq-4.toml" in refused.value.wrong
    return refused.value.wrong


def test_without_a_file_there_is_no_wording(tmp_path: Path) -> None:
    assert load_wording(tmp_path, PHQ_4) is None


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_wording_is_given_by_item_number(tmp_path: Path, start: bytes) -> None:
    _attach(tmp_path, start + WHOLE.encode())
    wording = load_wording(tmp_path, PHQ_4)
    assert wording is not None
    assert (wording.of(1), wording.of(3), wording.of(4)) == ("First of the site", "Third", "Fourth: śłŵ")


@pytest.mark.parametrize("item", [0, -1, 5])
def test_an_item_that_is_not_there_has_no_wording(tmp_path: Path, item: int) -> None:
    _attach(tmp_path, WHOLE)
    wording = load_wording(tmp_path, PHQ_4)
    assert wording is not None
    with pytest.raises(IndexError):
        wording.of(item)


def test_a_form_whose_totals_are_entered_is_worded_as_the_paper_numbers_it(tmp_path: Path) -> None:
    _attach(tmp_path, "[items]\n" + "".join(f'{n} = "Text {n}"\n' for n in range(1, 15)), "hads")
    wording = load_wording(tmp_path, load_instrument("hads"))
    assert wording is not None
    assert wording.of(14) == "Text 14"


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    _attach(tmp_path, '[items]\n1 = "One"\n3 = 3\n4 = ""\n5 = "Five"\nsix = "Six"\n')
    wrong = _refusal(tmp_path)
    assert "items.2: is missing" in wrong
    assert "items.3: " in wrong
    assert "items.4: " in wrong
    assert "2 of its keys are no item of the form (1 to 4)" in wrong
    assert "items.1" not in wrong


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[item]\n1 = 'x'\n", "must hold one table, items, and nothing else"),
        ("items = 'x'\n", "must hold one table, items, and nothing else"),
        (f"{WHOLE}[other]\n", "must hold one table, items, and nothing else"),
        ("[items\n", "is not TOML: "),
        (f"[items]\n1 = {'9' * 5000}\n", "is not TOML: "),
        (f"[items]\n1 = {'[' * 50_000}\n", "is not TOML: "),
        (b"[items]\n1 = '\xff'\n", "is not UTF-8"),
        ('[items]\n1 = "a\\u0007b"\n2 = "x"\n3 = "x"\n4 = "x"\n', "items.1: "),
        (WHOLE + "#" * LARGEST_FILE, "is larger than 1 MiB"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(
    tmp_path: Path, content: str | bytes, fault: str
) -> None:
    _attach(tmp_path, content)
    assert fault in _refusal(tmp_path)


def test_a_file_of_exactly_one_mebibyte_is_taken(tmp_path: Path) -> None:
    content = WHOLE.encode()
    _attach(tmp_path, content + b"#" * (LARGEST_FILE - len(content)))
    assert load_wording(tmp_path, PHQ_4) is not None


def test_a_link_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    path = _attach(tmp_path, WHOLE)
    path.rename(tmp_path / "elsewhere.toml")
    path.symlink_to(tmp_path / "elsewhere.toml")
    assert "is a link" in _refusal(tmp_path)


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    path = _attach(tmp_path, WHOLE)
    path.parent.rename(tmp_path / "elsewhere")
    path.parent.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert "is a link" in _refusal(tmp_path)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wording" / "phq-4.toml").mkdir(parents=True)
    assert "is not a file" in _refusal(tmp_path)
