"""`escape practice --play-through`: a programme lived to its end, its practice return signed, no terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from escape_tui.cli.main import outcome
from escape_tui.practice.home import practice_home
from escape_tui.signers import read_signers
from tests.practice.test_command import digests

Said = dict[str, object]


def played(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> Said:
    capsys.readouterr()
    assert outcome(["--home", str(home), "practice", "--play-through", "--json", *options]) == 0
    said: Said = json.loads(capsys.readouterr().out)
    return said


def verified(said: Said, *options: str) -> int:
    return outcome(["verify", str(said["return"]), "--signers", str(said["signers"]), *options])


@pytest.mark.parametrize(
    ("programme", "sessions", "delivery"),
    [("knees-hips", "12", "in_person"), ("backs", "10", "virtual")],
)
def test_the_return_verifies_as_practice_and_never_as_a_return(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], programme: str, sessions: str, delivery: str
) -> None:
    form = ("--programme", programme, "--sessions", sessions, "--delivery", delivery)
    said = played(tmp_path / "home", capsys, "--people", "3", *form, "--out", str(tmp_path / "out"))
    assert (said["programme"], said["delivery"], said["sessions"]) == (programme, delivery, int(sessions))
    assert Path(str(said["return"])).parent == Path(str(said["signers"])).parent == tmp_path / "out"
    assert verified(said, "--practice") == 0
    assert verified(said) == 1


def test_it_can_be_done_again_and_the_last_signer_signs_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played(tmp_path, capsys, "--people", "1")
    again = played(tmp_path, capsys, "--people", "2", "--seed", "5")
    assert verified(again, "--practice") == 0
    home = practice_home(tmp_path)
    assert [one.private_key is None for one in read_signers(home.folder)] == [True, False]
    outbox = [file.name for file in (home.folder / "outbox").iterdir()]
    assert outbox == [Path(str(again["return"])).name]
    assert (home.folder / "outbox" / outbox[0]).read_bytes() == Path(str(again["return"])).read_bytes()


def test_a_return_that_lies_there_already_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    played(tmp_path / "home", capsys, "--people", "1", "--out", str(out))
    before = digests(tmp_path)
    again = ["practice", "--play-through", "--people", "1", "--out", str(out)]
    assert outcome(["--home", str(tmp_path / "home"), *again]) == 4
    assert digests(tmp_path) == before


def test_a_group_of_one_misses_no_session_that_was_held(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # By this seed alone they would miss two of them.
    assert verified(played(tmp_path, capsys, "--people", "1", "--seed", "1"), "--practice") == 0


@pytest.mark.parametrize(
    "options", [("--play-through", "--resume"), ("--play-through", "--at", "3"), ("--out", "somewhere")]
)
def test_what_does_not_go_together_is_wrong_usage(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert outcome(["--home", str(tmp_path), "practice", *options]) == 2
    assert list(tmp_path.iterdir()) == []
