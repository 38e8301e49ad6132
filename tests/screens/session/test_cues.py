"""Cues through a whole circuit: each within one refresh of its instant, after a stop too; and flashes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from escape_tui.screens.session.session_screen import TICK_SECONDS
from escape_tui.settings import SETTINGS_NAME
from sessions.clock import Instant, difference
from sessions.run_cues import Cue, CueKind, cues_ahead
from sessions.run_steps import Phase
from tests.screens.session.circuits import seen, to_step
from tests.screens.session.hall import Hall, make_home, play
from widgets.flash import Flash

WATCHED = 5.0
"""Seconds between two looks where nothing is due: more than ten unwatched would be time away."""


class Heard:
    """Stands where the player does, and notes when each sound was played."""

    def __init__(self, hall: Hall) -> None:
        self.played: list[tuple[CueKind, Instant]] = []
        self._hall = hall

    def play(self, kind: CueKind) -> None:
        """Note it."""
        self.played.append((kind, self._hall.clock.now()))

    def close(self) -> None:
        """Nothing sounds."""


def listened_to(hall: Hall) -> Heard:
    """Put an ear in the place of the player."""
    heard = Heard(hall)
    hall.screen._player = heard  # type: ignore[assignment]  # noqa: SLF001 - the screen's own player
    return heard


async def until(hall: Hall, instant: Instant) -> None:
    """Let the clock come to an instant, looked at often enough, the last time just after it."""
    while (left := difference(hall.clock.now(), instant).total_seconds()) > WATCHED:
        hall.clock.advance(WATCHED)
        hall.screen._tick()  # noqa: SLF001 - as its timer does, without waiting
        del left
    early = difference(hall.clock.now(), instant).total_seconds() - TICK_SECONDS / 2
    if early > 0:
        hall.clock.advance(early)
        hall.screen._tick()  # noqa: SLF001
    hall.clock.advance(TICK_SECONDS)
    hall.screen._tick()  # noqa: SLF001


def cues_of_the_circuit(hall: Hall) -> list[Cue]:
    """What is due from now to the end of the cool-down, where nothing else happens."""
    return list(cues_ahead(hall.guide.keeper.run, hall.clock.now()))


def test_every_cue_of_the_exercise_sounds_within_one_refresh_also_after_five_seconds_stopped(
    tmp_path: Path,
) -> None:
    async def then(hall: Hall) -> None:
        await to_step(hall, lambda step: step.phase is Phase.WARM_UP)
        heard = listened_to(hall)
        began = hall.clock.now()
        due = [cue for cue in cues_of_the_circuit(hall) if difference(began, cue.at).total_seconds() > 0]
        stopped_at = len(due) // 2
        for number, cue in enumerate(due):
            if number == stopped_at:
                hall.clock.advance(WATCHED)  # nobody looks meanwhile
                hall.screen._tick()  # noqa: SLF001
                await hall.pilot.pause()
            if difference(hall.clock.now(), cue.at).total_seconds() > 0:
                await until(hall, cue.at)
        after_stop = [
            cue for cue in due if cue.at.monotonic > due[stopped_at].at.monotonic + timedelta(seconds=5)
        ]
        played = {(kind, round(at.monotonic.total_seconds(), 3)): at for kind, at in heard.played}
        assert len(due) > 60
        for cue in (*due[:stopped_at], *after_stop):
            late = [
                difference(cue.at, at).total_seconds()
                for (kind, _), at in played.items()
                if kind is cue.kind and 0 <= difference(cue.at, at).total_seconds() <= TICK_SECONDS
            ]
            assert late, f"{cue.kind} at {difference(began, cue.at)}"
        assert len(heard.played) <= len(due)
        await seen(hall)

    play(make_home(tmp_path / "home"), then)


def test_of_several_cues_missed_in_a_stop_only_the_last_sounds(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_step(hall, lambda step: step.phase is Phase.CIRCUIT)
        work = next(cue for cue in cues_of_the_circuit(hall) if cue.kind is CueKind.LAST_SECONDS)
        await until(hall, work.at.plus(timedelta(seconds=-1)))
        heard = listened_to(hall)
        hall.clock.advance(5)
        hall.screen._tick()  # noqa: SLF001
        assert [kind for kind, _ in heard.played] == [CueKind.CHANGE]

    play(make_home(tmp_path / "home"), then)


def test_after_a_sleep_the_screen_asks_and_no_cue_of_that_time_sounds(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await to_step(hall, lambda step: step.phase is Phase.CIRCUIT)
        heard = listened_to(hall)
        hall.clock.advance(600)
        await seen(hall)
        assert heard.played == []
        assert "Nobody watched for 10:00" in hall.words
        await hall.press("n")
        assert hall.guide.state().step.bout == 1

    play(make_home(tmp_path / "home"), then)


@pytest.mark.parametrize("on", [True, False])
def test_the_screen_flashes_with_a_cue_unless_the_settings_say_no(tmp_path: Path, on: bool) -> None:
    async def then(hall: Hall) -> None:
        await to_step(hall, lambda step: step.phase is Phase.CIRCUIT)
        listened_to(hall)
        flash = hall.screen.query_exactly_one(Flash)
        flash._limit._last.clear()  # noqa: SLF001 - earlier tests' flashes count too
        flash.display = False
        cue = next(cue for cue in cues_of_the_circuit(hall) if cue.kind is CueKind.START)
        await until(hall, cue.at)
        assert flash.display is on

    home = make_home(tmp_path / "home")
    (home / SETTINGS_NAME).write_text(f"[display]\nflash = {str(on).lower()}\n")
    play(home, then)


def test_one_key_mutes_and_another_tries_every_sound(tmp_path: Path) -> None:
    async def then(hall: Hall) -> None:
        await hall.press("m")
        assert hall.echo == "Sounds are off."
        await hall.press("m")
        assert hall.echo == "Sounds are on."
        asked: list[object] = []
        hall.screen._player.self_test = asked.append  # type: ignore[method-assign, assignment]  # noqa: SLF001
        await hall.press("f9")
        assert len(asked) == 1

    play(make_home(tmp_path / "home"), then)
