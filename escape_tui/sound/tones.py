"""The sounds as samples: low notes, told apart by how many there are, how long, and which way they go.

Not for: playing them (`player`).
"""

from __future__ import annotations

import hashlib
import io
import math
import sys
import wave
from array import array
from dataclasses import dataclass
from itertools import chain
from typing import Final

from sessions.run_cues import CueKind

RATE: Final = 44_100
"""Samples a second: the rate that every sound card plays without converting."""
PEAK: Final = 29_000
"""The loudest sample, of 32,767: loud, with room left so that nothing is clipped."""
_ATTACK, _RELEASE = 0.015, 0.06
"""Seconds in which a note swells and fades: without them it begins and ends in a click."""
_QUIET_END = 0.12
"""Seconds of silence at the end: some players drop the last that they were given."""
_PARTIALS = ((1, 1.0), (2, 0.35), (3, 0.12))
"""Multiples of a note and their shares: a laptop's small speaker carries a pure low note badly."""

_D4, _F4, _G4, _A4, _C5, _D5 = 293.66, 349.23, 392.0, 440.0, 523.25, 587.33


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its pitch in Hz, and for how many seconds it sounds and is silent after."""

    hertz: float
    seconds: float
    silence: float = 0.0


MELODIES: Final[dict[CueKind, tuple[Note, ...]]] = {
    CueKind.GET_READY: (Note(_D4, 0.22, 0.08), Note(_A4, 0.32)),
    CueKind.START: (Note(_D5, 0.85),),
    CueKind.LAST_SECONDS: (Note(_G4, 0.13),),
    CueKind.CHANGE: (Note(_C5, 0.16, 0.06), Note(_A4, 0.16, 0.06), Note(_F4, 0.24)),
    CueKind.END: (Note(_A4, 0.4, 0.1), Note(_D4, 0.75)),
}
"""Two up: get ready. One long and high: start. One short: a second less. Three down: change. Two slow down:
the end. Pitches stay where ears that have lost the high ones still hear them."""

SILENCE: Final = (Note(0.0, 0.1),)
"""For asking a player whether it plays at all, without a sound in the hall."""


def wav(melody: tuple[Note, ...]) -> bytes:
    """The melody as a WAV file: mono, 16 bits, `RATE`. It begins and ends in silence and is never clipped."""
    waves = [_wave_of(note) for note in melody]
    loudest = max(map(abs, chain.from_iterable(waves))) or 1.0
    samples = array("h")
    for note, shape in zip(melody, waves, strict=True):
        samples.extend(round(PEAK * sample / loudest) for sample in shape)
        samples.extend([0] * _samples(note.silence))
    samples.extend([0] * _samples(_QUIET_END))
    return _as_file(samples)


def wav_name(kind: CueKind) -> str:
    """The name of the file of a sound. A sound that is made otherwise has another name."""
    recipe = repr((MELODIES[kind], RATE, PEAK, _ATTACK, _RELEASE, _QUIET_END, _PARTIALS))
    return f"{kind.value}-{hashlib.sha256(recipe.encode('ascii')).hexdigest()[:12]}.wav"


def seconds_of(kind: CueKind) -> float:
    """How long a sound lasts, in seconds."""
    return sum(note.seconds + note.silence for note in MELODIES[kind]) + _QUIET_END


def _wave_of(note: Note) -> list[float]:
    count = _samples(note.seconds)
    step = 2 * math.pi * note.hertz / RATE
    return [
        _swell(at, count) * sum(share * math.sin(step * times * at) for times, share in _PARTIALS)
        for at in range(count)
    ]


def _swell(at: int, count: int) -> float:
    """How loud a note is at one of its samples: 0 at both ends, with a soft bend."""
    after, before = at / _samples(_ATTACK), (count - 1 - at) / _samples(_RELEASE)
    return (1 - math.cos(math.pi * min(1.0, after, before))) / 2


def _samples(seconds: float) -> int:
    return round(RATE * seconds)


def _as_file(samples: array[int]) -> bytes:
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(2)
        writing.setframerate(RATE)
        writing.writeframes(samples.tobytes())
    return file.getvalue()
