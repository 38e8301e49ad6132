"""The sounds by their samples: low, loud, without clicks, and told apart."""

from __future__ import annotations

import io
import wave
from itertools import combinations, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from escape_tui.sound.tones import MELODIES, PEAK, RATE, SILENCE, seconds_of, wav, wav_name
from sessions.run_cues import CueKind

Samples = NDArray[np.float64]

SOUNDS = {kind: wav(melody) for kind, melody in MELODIES.items()}
every_sound = pytest.mark.parametrize("kind", list(CueKind))


def samples(file: bytes) -> Samples:
    with wave.open(io.BytesIO(file)) as reading:
        assert reading.getparams()[:3] == (1, 2, RATE)
        return np.frombuffer(reading.readframes(reading.getnframes()), dtype="<i2").astype(np.float64)


def pieces(sound: Samples) -> list[Samples]:
    """The notes that silence of a fiftieth of a second or more keeps apart."""
    heard = np.flatnonzero(np.abs(sound) > PEAK / 100)
    cuts = np.flatnonzero(np.diff(heard) > RATE / 50) + 1
    return [sound[part[0] : part[-1] + 1] for part in np.split(heard, cuts)]


def shares(piece: Samples) -> tuple[Samples, Samples]:
    """Frequencies in Hz and the energy at each."""
    found: Samples = (np.abs(np.fft.rfft(piece * np.hanning(len(piece)), n=1 << 17)) ** 2).astype(np.float64)
    frequencies: Samples = np.fft.rfftfreq(1 << 17, 1 / RATE).astype(np.float64)
    return frequencies, found


def pitch(piece: Samples) -> float:
    frequencies, energy = shares(piece)
    return float(frequencies[energy.argmax()])


def likeness(one: Samples, other: Samples) -> float:
    """How alike two sounds swell, fade and rise: 1 is the same."""
    length = max(len(one), len(other))
    pictures = [spectrogram(np.pad(sound, (0, length - len(sound)))) for sound in (one, other)]
    product = float((pictures[0] * pictures[1]).sum())
    return product / float(np.linalg.norm(pictures[0]) * np.linalg.norm(pictures[1]))


def spectrogram(sound: Samples) -> Samples:
    size = 2048
    frames = sound[: len(sound) // size * size].reshape(-1, size) * np.hanning(size)
    return np.abs(np.fft.rfft(frames))


def test_every_cue_of_a_session_has_a_sound() -> None:
    assert set(MELODIES) == set(CueKind)


@every_sound
def test_every_note_is_pitched_where_older_ears_hear(kind: CueKind) -> None:
    for piece in pieces(samples(SOUNDS[kind])):
        assert 200 <= pitch(piece) <= 600


@every_sound
def test_next_to_nothing_sounds_above_two_thousand_hertz(kind: CueKind) -> None:
    for piece in pieces(samples(SOUNDS[kind])):
        frequencies, energy = shares(piece)
        assert energy[frequencies > 2000].sum() < energy.sum() / 1000


@every_sound
def test_a_sound_is_loud_and_nothing_of_it_is_clipped(kind: CueKind) -> None:
    sound = samples(SOUNDS[kind])
    assert 0.85 * 32767 < np.abs(sound).max() < 0.95 * 32767
    for piece in pieces(sound):
        assert np.sqrt((piece**2).mean()) > 0.25 * 32767


@every_sound
def test_a_sound_begins_and_ends_at_nothing_and_never_jumps(kind: CueKind) -> None:
    sound = samples(SOUNDS[kind])
    assert sound[0] == 0
    assert not sound[-RATE // 10 :].any()
    steepest = 2 * np.pi * 600 * 3 / RATE
    assert np.abs(np.diff(sound)).max() < PEAK * steepest
    for piece in pieces(sound):
        assert np.abs(piece[: RATE // 500]).max() < PEAK / 5
        assert np.abs(piece[-RATE // 100 :]).max() < PEAK / 5


@every_sound
def test_a_sound_lasts_as_long_as_it_is_said_to(kind: CueKind) -> None:
    assert len(samples(SOUNDS[kind])) / RATE == pytest.approx(seconds_of(kind), abs=0.001)
    assert seconds_of(kind) < 1.5


def test_a_second_of_the_last_three_is_over_before_the_next() -> None:
    assert seconds_of(CueKind.LAST_SECONDS) < 0.5


def test_rhythm_and_direction_tell_the_sounds_apart() -> None:
    told = {}
    for kind, file in SOUNDS.items():
        notes = pieces(samples(file))
        rises = tuple(pitch(after) > pitch(before) for before, after in pairwise(notes))
        told[kind] = (rises, max(len(note) for note in notes) > RATE // 2)
    assert told == {
        CueKind.GET_READY: ((True,), False),
        CueKind.START: ((), True),
        CueKind.LAST_SECONDS: ((), False),
        CueKind.CHANGE: ((False, False), False),
        CueKind.END: ((False,), True),
    }


@pytest.mark.parametrize(("one", "other"), list(combinations(CueKind, 2)))
def test_no_two_sounds_are_much_alike(one: CueKind, other: CueKind) -> None:
    assert likeness(samples(SOUNDS[one]), samples(SOUNDS[other])) < 0.5


def test_the_trial_of_a_player_is_silent() -> None:
    assert not samples(wav(SILENCE)).any()


def test_a_sound_made_otherwise_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {wav_name(kind) for kind in CueKind}
    assert len(before) == len(CueKind)
    monkeypatch.setitem(MELODIES, CueKind.END, SILENCE)
    assert wav_name(CueKind.END) not in before
