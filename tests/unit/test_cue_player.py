"""Playing the sounds: by which player, one at a time, and what happens where none can."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from escape_tui.settings import Display, Settings, Sound
from escape_tui.sound import player as player_module
from escape_tui.sound.player import FOLDER, CuePlayer, cue_player
from escape_tui.sound.players import players_here
from escape_tui.sound.tones import MELODIES, wav, wav_name
from sessions.run_cues import CueKind
from tests.unit.stand_ins import comes_true, lives, number_in, only_on_path, put_tool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return only_on_path(monkeypatch, tmp_path / "tools")


@pytest.fixture
def rung() -> list[str]:
    """What the bell was rung by: the names of threads."""
    return []


@pytest.fixture
def sounds(tools: Path, tmp_path: Path, rung: list[str]) -> Iterator[CuePlayer]:
    player = CuePlayer(tmp_path / "home", bell=lambda: rung.append(threading.current_thread().name))
    yield player
    player.close()


def recording(tools: Path, name: str = "aplay", then: str = "") -> Path:
    """A player that writes its words to the file given back, and keeps what it was to play beside it."""
    log = tools / f"{name}.log"
    put_tool(
        tools, name, f'for last; do :; done; cp "$last" "{tools}/{name}.wav"; echo "$*" >> "{log}"; {then}'
    )
    return log


def lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.mark.parametrize("kind", list(CueKind))
def test_each_cue_is_played_with_the_sound_of_its_own(
    tools: Path, sounds: CuePlayer, tmp_path: Path, kind: CueKind
) -> None:
    log = recording(tools)
    sounds.play(kind)
    assert comes_true(lambda: lines(log))
    assert lines(log) == [f"-q {tmp_path / 'home' / FOLDER / wav_name(kind)}"]
    assert (tools / "aplay.wav").read_bytes() == wav(MELODIES[kind])


def test_a_sound_is_made_once_and_kept_in_the_home(tools: Path, sounds: CuePlayer, tmp_path: Path) -> None:
    log = recording(tools)
    sounds.play(CueKind.START)
    assert comes_true(lambda: len(lines(log)) == 1)
    kept = tmp_path / "home" / FOLDER / wav_name(CueKind.START)
    made = kept.stat()
    sounds.play(CueKind.START)
    assert comes_true(lambda: len(lines(log)) == 2)
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)
    assert {path.name for path in tmp_path.iterdir()} == {"tools", "home"}


def test_asking_for_a_sound_waits_for_no_player(tools: Path, sounds: CuePlayer) -> None:
    recording(tools, then="sleep 30")
    began = time.monotonic()
    for kind in CueKind:
        sounds.play(kind)
    assert time.monotonic() - began < 0.1


def test_a_newer_sound_ends_the_one_that_still_sounds(tools: Path, sounds: CuePlayer) -> None:
    recording(tools, then=f'echo $$ > "{tools}/$(basename "$last" | cut -c1-4)"; sleep 30')
    sounds.play(CueKind.START)
    first = number_in(tools / "star")
    sounds.play(CueKind.END)
    second = number_in(tools / "end-")
    assert comes_true(lambda: not lives(first))
    assert lives(second)
    sounds.close()
    assert not lives(second)


def test_a_player_that_ended_leaves_nothing_in_the_systems_list(tools: Path, sounds: CuePlayer) -> None:
    recording(tools, then=f'echo $$ > "{tools}/number"')
    sounds.play(CueKind.START)
    number = number_in(tools / "number")
    assert comes_true(lambda: not Path(f"/proc/{number}").exists())


def test_a_player_that_hangs_is_ended_with_all_it_started_and_the_next_sound_takes_another(
    tools: Path, sounds: CuePlayer, rung: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_module, "SECONDS_OVER", 0.1)
    monkeypatch.setattr(player_module, "SECONDS_TOO_LATE", 0.0)
    recording(tools, "pw-play", then=f'sleep 30 & echo $! > "{tools}/child"; wait')
    other = recording(tools, "aplay")
    sounds.play(CueKind.LAST_SECONDS)
    child = number_in(tools / "child")
    assert comes_true(lambda: not lives(child))
    assert comes_true(lambda: rung)
    assert lines(other) == []
    sounds.play(CueKind.CHANGE)
    assert comes_true(lambda: lines(other))
    assert comes_true(lambda: sounds.trouble is None)


def test_where_a_player_fails_the_next_one_plays_at_once(
    tools: Path, sounds: CuePlayer, rung: list[str]
) -> None:
    failing, other = recording(tools, "paplay", then="exit 1"), recording(tools, "aplay")
    sounds.play(CueKind.START)
    assert comes_true(lambda: lines(other))
    sounds.play(CueKind.END)
    assert comes_true(lambda: len(lines(other)) == 2)
    assert len(lines(failing)) == 1
    assert rung == []


def test_where_every_player_fails_the_bell_is_rung_and_why_is_told(
    tools: Path, sounds: CuePlayer, rung: list[str]
) -> None:
    recording(tools, then="exit 1")
    sounds.play(CueKind.START)
    assert comes_true(lambda: rung)
    assert sounds.trouble is not None
    assert "the player failed" in sounds.trouble


def test_a_player_that_cannot_be_started_is_a_failed_one(
    tools: Path, sounds: CuePlayer, rung: list[str]
) -> None:
    (tools / "aplay").write_bytes(b"\x7fELF no program")
    (tools / "aplay").chmod(0o755)
    sounds.play(CueKind.START)
    assert comes_true(lambda: rung)


def test_without_a_player_the_bell_is_rung_for_each_sound_and_the_players_are_named(
    tools: Path, sounds: CuePlayer, rung: list[str]
) -> None:
    sounds.play(CueKind.START)
    assert comes_true(lambda: len(rung) == 1)
    assert sounds.trouble is not None
    assert "pw-play, paplay, aplay, ffplay, play" in sounds.trouble
    log = recording(tools)
    sounds.play(CueKind.END)
    assert comes_true(lambda: lines(log))


def test_where_nothing_can_be_kept_the_bell_is_rung_and_why_is_told(
    tools: Path, sounds: CuePlayer, tmp_path: Path, rung: list[str]
) -> None:
    log = recording(tools)
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    sounds.play(CueKind.START)
    assert comes_true(lambda: rung)
    assert sounds.trouble is not None
    assert "could not be kept" in sounds.trouble
    assert lines(log) == []


def test_a_bell_that_fails_does_not_end_the_sounds(tools: Path, tmp_path: Path) -> None:
    def broken() -> None:
        raise RuntimeError("the screen is gone")

    sounds = CuePlayer(tmp_path / "home", bell=broken)
    sounds.play(CueKind.START)
    assert comes_true(lambda: sounds.trouble is not None)
    log = recording(tools)
    sounds.play(CueKind.START)
    assert comes_true(lambda: lines(log))
    sounds.close()


def test_muted_nothing_sounds_nor_rings_until_it_is_no_longer(
    tools: Path, sounds: CuePlayer, rung: list[str]
) -> None:
    log = recording(tools)
    assert sounds.toggle_mute() is True
    sounds.play(CueKind.START)
    assert sounds.toggle_mute() is False
    sounds.play(CueKind.END)
    assert comes_true(lambda: lines(log))
    assert [wav_name(CueKind.END) in line for line in lines(log)] == [True]
    assert rung == []


def test_muting_ends_what_sounds(tools: Path, sounds: CuePlayer) -> None:
    recording(tools, then=f'echo $$ > "{tools}/number"; sleep 30')
    sounds.play(CueKind.START)
    number = number_in(tools / "number")
    sounds.toggle_mute()
    assert comes_true(lambda: not lives(number))


def test_a_self_test_plays_every_sound_in_turn_muted_or_not_and_tells_of_each(
    tools: Path, sounds: CuePlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_module, "SECONDS_BETWEEN", 0.0)
    log, told = recording(tools), []
    sounds.toggle_mute()
    sounds.self_test(lambda kind, took: told.append((kind, took)))
    assert comes_true(lambda: len(told) == len(CueKind))
    assert told == [(kind, True) for kind in CueKind]
    assert [line.rpartition("/")[2] for line in lines(log)] == [wav_name(kind) for kind in CueKind]


def test_a_self_test_says_which_sounds_no_player_took(
    tools: Path, sounds: CuePlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_module, "SECONDS_BETWEEN", 0.0)
    told: list[bool] = []
    sounds.self_test(lambda _kind, took: told.append(took))
    assert comes_true(lambda: told == [False] * len(CueKind))


def test_a_cue_breaks_off_a_self_test(tools: Path, sounds: CuePlayer) -> None:
    log = recording(tools)
    sounds.self_test()
    assert comes_true(lambda: lines(log))
    sounds.play(CueKind.END)
    assert comes_true(lambda: wav_name(CueKind.END) in lines(log)[-1])
    sounds.close()
    assert len(lines(log)) < len(CueKind)


def test_after_closing_nothing_is_played(tools: Path, sounds: CuePlayer) -> None:
    log = recording(tools)
    sounds.close()
    sounds.play(CueKind.START)
    assert not comes_true(lambda: lines(log), within=0.2)


def test_a_player_sees_no_secret_and_no_terminal(
    tools: Path, sounds: CuePlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESCAPE_PASSPHRASE", "a passphrase of many words")
    recording(
        tools,
        then=f'cd "{tools}"; env > seen; readlink /proc/self/fd/0 >> seen; echo done >> seen',
    )
    sounds.play(CueKind.START)
    seen = tools / "seen"
    assert comes_true(lambda: seen.exists() and seen.read_text(encoding="utf-8").endswith("done\n"))
    text = seen.read_text(encoding="utf-8")
    assert "passphrase" not in text.lower()
    assert "/dev/null" in text


def test_a_hostile_path_is_one_word_to_the_player(tools: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home; touch $(hostile) `x` \"'"
    log = recording(tools)
    sounds = CuePlayer(home)
    sounds.play(CueKind.START)
    assert comes_true(lambda: lines(log))
    assert lines(log) == [f"-q {home / FOLDER / wav_name(CueKind.START)}"]
    sounds.close()


def test_the_settings_decide_on_sound_and_on_the_bell_beside_the_flash(
    tools: Path, tmp_path: Path, rung: list[str]
) -> None:
    def bell() -> None:
        rung.append("rung")

    silent = cue_player(tmp_path, Settings(sound=Sound(on=False)), bell)
    assert silent.muted
    without_flash = cue_player(tmp_path, Settings(display=Display(flash=False)), bell)
    without_flash.play(CueKind.START)
    assert comes_true(lambda: without_flash.trouble is not None)
    without_flash.close()
    assert rung == []
    with_flash = cue_player(tmp_path, Settings(), bell)
    with_flash.play(CueKind.START)
    assert comes_true(lambda: rung)
    with_flash.close()


@pytest.mark.parametrize(("system", "names"), [("darwin", ["afplay"]), ("linux", ["paplay", "play"])])
def test_each_system_has_its_own_players(
    tools: Path, monkeypatch: pytest.MonkeyPatch, system: str, names: list[str]
) -> None:
    for name in ("afplay", "play", "paplay", "cat"):
        put_tool(tools, name, "")
    monkeypatch.setattr("sys.platform", system)
    assert [player.name for player in players_here()] == names


def test_on_windows_the_system_itself_plays_without_waiting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    played: list[tuple[str | None, int]] = []
    fake = SimpleNamespace(
        PlaySound=lambda file, flags: played.append((file, flags)),
        SND_FILENAME=1,
        SND_ASYNC=2,
        SND_NODEFAULT=4,
        SND_PURGE=8,
    )
    sounds = CuePlayer(tmp_path)
    # The file is made before the test says that this is Windows: syncing a folder differs there.
    sounds._file_of(CueKind.START)  # noqa: SLF001
    monkeypatch.setitem(sys.modules, "winsound", fake)
    monkeypatch.setattr("sys.platform", "win32")
    sounds.play(CueKind.START)
    assert comes_true(lambda: played)
    sounds.close()
    assert played == [(str(tmp_path / FOLDER / wav_name(CueKind.START)), 7), (None, 8)]
