"""What can play a sound on this system: its own players, the likeliest first.

Not for: which sound, and when (`player`).
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from escape_tui.sound.tones import SILENCE, wav
from escape_tui.system_tools import ends_well, find_tool

WINDOWS: Final = "Windows"
"""The name of the player that is part of the system itself."""
SECONDS_TO_ANSWER: Final = 2.0

_OPTIONS: Final = {
    "pw-play": (),
    "paplay": (),
    "aplay": ("-q",),
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "quiet"),
    "play": ("-q", "-t", "wav"),
    "afplay": (),
}
_LINUX = ("pw-play", "paplay", "aplay", "ffplay", "play")


@dataclass(frozen=True, slots=True)
class SoundPlayer:
    """A player: its name, and the words that start it, but for the file at the end."""

    name: str
    words: tuple[str, ...]

    @property
    def is_windows(self) -> bool:
        """Whether it is the system's own way on Windows, without a program."""
        return self.name == WINDOWS

    def command(self, file: Path) -> tuple[str, ...]:
        """The words that play `file`."""
        return (*self.words, str(file))


def names_here() -> tuple[str, ...]:
    """The players that are looked for on this system."""
    if sys.platform == "win32":
        return (WINDOWS,)
    return ("afplay",) if sys.platform == "darwin" else _LINUX


def players_here() -> tuple[SoundPlayer, ...]:
    """The players that are on this system, the likeliest first; empty where there is none."""
    if sys.platform == "win32":
        return (SoundPlayer(WINDOWS, ()),)
    found = ((name, find_tool(name)) for name in names_here())
    return tuple(SoundPlayer(name, (path, *_OPTIONS[name])) for name, path in found if path is not None)


def player_that_works(players: tuple[SoundPlayer, ...]) -> SoundPlayer | None:
    """The first of `players` that takes a short silence; None where none does.

    Whether anything is heard it cannot tell: the loudspeaker may be turned down. On systems without files in
    memory the first player is taken at its word, for a check writes nothing.
    """
    return next((player for player in players if _takes_silence(player)), None)


def play_on_windows(file: Path | None) -> bool:
    """Begin to play `file` in the way of Windows, or with None end what plays; whether it took it."""
    if sys.platform != "win32":
        return False
    import winsound

    try:
        if file is None:
            winsound.PlaySound(None, winsound.SND_PURGE)
        else:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
    except RuntimeError:
        return False
    return True


def _takes_silence(player: SoundPlayer) -> bool:
    if sys.platform != "linux":
        return True
    file = os.memfd_create("silence", os.MFD_CLOEXEC)
    try:
        os.write(file, wav(SILENCE))
        return ends_well(player.command(Path(f"/proc/self/fd/{file}")), SECONDS_TO_ANSWER, keep=(file,))
    finally:
        os.close(file)
