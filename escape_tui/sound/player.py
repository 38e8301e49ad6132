"""Playing the sounds of a session beside the screen, which never waits for one and never fails by one.

Not for: when a sound is due (`sessions.run_cues`), nor for the flash, which is the screen's.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from escape_tui.settings import Settings
from escape_tui.sound.players import SoundPlayer, names_here, play_on_windows, players_here
from escape_tui.sound.tones import MELODIES, seconds_of, wav, wav_name
from escape_tui.store.files import write_durably
from escape_tui.system_tools import end_tool, start_tool
from sessions.run_cues import CueKind

FOLDER: Final = Path("cache") / "sounds"
"""Where in the home the sounds are kept, so that they are made once."""
SECONDS_OVER: Final = 2.0
"""How much longer than its sound a player may take until it is ended: some wake up slowly."""
SECONDS_TOO_LATE: Final = 1.0
"""After so long a sound that failed is not tried with another player: its moment is over."""
SECONDS_BETWEEN: Final = 0.6
"""Between two sounds of a self-test."""
_SECONDS_A_LOOK = 0.05

Heard = Callable[[CueKind, bool], object]
"""Told of each sound of a self-test, from a thread of its own: whether a player took it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    kind: CueKind
    tested: bool = False
    heard: Heard | None = None


class CuePlayer:
    """Plays one sound at a time; a newer one takes the place of one that still sounds.

    Nothing here raises, prints or waits for a player. `bell` is rung where no player plays, from a thread of
    its own: give it only where the screen flashes as well, for a bell alone is often not heard.
    """

    def __init__(self, home: Path, *, on: bool = True, bell: Callable[[], object] | None = None) -> None:
        self.muted = not on
        self.trouble: str | None = None
        """Why the last sound was not played and what to do; None where it was."""
        self._folder = home / FOLDER
        self._bell = bell
        self._players: deque[SoundPlayer] = deque()
        self._asked: deque[_Asked] = deque()
        self._turn = 0
        self._closed = False
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None

    def play(self, kind: CueKind) -> None:
        """Play a sound now, unless muted; it breaks off whatever sounds."""
        if not self.muted:
            self._ask([_Asked(kind)])

    def self_test(self, heard: Heard | None = None) -> None:
        """Play each sound in turn, muted or not, and tell of each whether a player took it."""
        self._ask([_Asked(kind, tested=True, heard=heard) for kind in CueKind])

    def toggle_mute(self) -> bool:
        """Mute, which ends what sounds, or no longer. Whether it is muted now."""
        self.muted = not self.muted
        if self.muted:
            self._ask([])
        return self.muted

    def close(self) -> None:
        """End what sounds; afterwards nothing is played any more."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        if self._thread is not None:
            self._thread.join(SECONDS_OVER)

    def _ask(self, asked: list[_Asked]) -> None:
        with self._news:
            self._turn += 1
            self._asked = deque(asked)
            self._news.notify_all()
            if self._thread is None and asked and not self._closed:
                self._thread = threading.Thread(target=self._work, name="sounds", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._asked or self._closed)
                if self._closed:
                    return
                asked, turn = self._asked.popleft(), self._turn
            self._serve(asked, turn)

    def _serve(self, asked: _Asked, turn: int) -> None:
        took = self._took(asked.kind, turn)
        if self._is_over(turn):
            return
        # What the screen does with the bell or the news must not end this thread.
        with contextlib.suppress(Exception):
            if not took and self._bell is not None:
                self._bell()
        with contextlib.suppress(Exception):
            if asked.heard is not None:
                asked.heard(asked.kind, took)
        if asked.tested:
            self._is_over(turn, SECONDS_BETWEEN)

    def _took(self, kind: CueKind, turn: int) -> bool:
        """Whether a player played the sound, or began to before a newer one came."""
        started = time.monotonic()
        file = self._file_of(kind)
        if file is None:
            self.trouble = "No sound was played: it could not be kept in the home. Make room on the disk."
            return False
        self._players = self._players or deque(players_here())
        for _ in range(len(self._players)):
            if self._sounded(self._players[0], file, kind, turn):
                self.trouble = None
                return True
            self._players.rotate(-1)
            if time.monotonic() - started > SECONDS_TOO_LATE:
                break
        self.trouble = self._why_not()
        return False

    def _file_of(self, kind: CueKind) -> Path | None:
        path = self._folder / wav_name(kind)
        with contextlib.suppress(OSError):
            if not path.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_durably(path, wav(MELODIES[kind]))
            return path
        return None

    def _sounded(self, player: SoundPlayer, file: Path, kind: CueKind, turn: int) -> bool:
        if player.is_windows:
            if not play_on_windows(file):
                return False
            if self._is_over(turn, seconds_of(kind)):
                play_on_windows(None)
            return True
        try:
            tool = start_tool(player.command(file))
        except OSError:
            return False
        latest = time.monotonic() + seconds_of(kind) + SECONDS_OVER
        try:
            while tool.poll() is None:
                if time.monotonic() > latest:
                    return False
                if self._is_over(turn, _SECONDS_A_LOOK):
                    return True
            return tool.returncode == 0
        finally:
            end_tool(tool)

    def _is_over(self, turn: int, seconds: float = 0) -> bool:
        """Whether something newer was asked for, at the latest within so many seconds."""
        with self._news:
            return self._news.wait_for(lambda: self._turn != turn or self._closed, seconds)

    def _why_not(self) -> str:
        if not self._players:
            return (
                f"No sound was played: there is no player ({', '.join(names_here())}). "
                "Install one; until then watch the screen."
            )
        return "No sound was played: the player failed. Look whether a loudspeaker is there, then test again."


def cue_player(home: Path, settings: Settings, bell: Callable[[], object]) -> CuePlayer:
    """The player as the settings want it: on or off, and with the bell only beside the flash."""
    return CuePlayer(home, on=settings.sound.on, bell=bell if settings.display.flash else None)
