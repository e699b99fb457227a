"""Makes the film's sound: a soft chord for the room and a murmur for each speaker. Pure arrays."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

RATE = 22050
Wave = npt.NDArray[np.float32]

_CHORDS = ((220.0, 277.2, 329.6), (196.0, 246.9, 293.7), (174.6, 220.0, 261.6), (196.0, 261.6, 329.6))
_VOWELS = ((730.0, 1090.0), (530.0, 1840.0), (390.0, 1990.0), (570.0, 840.0), (440.0, 1020.0))


def room_tone(seconds: float, seed: int) -> Wave:
    """Chords that change every four seconds, very soft, with a little air; `seed` says where they begin."""
    size = int(seconds * RATE)
    around = _one_round()
    start = seed % around.size
    return np.resize(np.roll(around, -start), size)


@cache
def _one_round() -> Wave:
    """Sixteen seconds that can follow themselves."""
    time = np.arange(4 * RATE, dtype=np.float32) / RATE
    swell = np.sin(np.pi * time / 4) ** 2
    chords = [swell * sum(np.sin(2 * np.pi * tone * time) for tone in chord) for chord in _CHORDS]
    wave = np.concatenate(chords)
    air = np.random.default_rng(1).standard_normal(wave.size, np.float32)
    return (0.012 * wave + 0.0015 * air).astype(np.float32)


def murmur(syllables: int, seconds: float, pitch_hz: float, seed: int) -> Wave:
    """A voice without words: one vowel-like hum per syllable, `seconds` long in all."""
    lot = np.random.default_rng(seed)
    size = int(seconds * RATE)
    wave = np.zeros(size, np.float32)
    each = max(1, size // max(1, syllables))
    for index in range(syllables):
        hum = _vowel(each, pitch_hz * lot.uniform(0.88, 1.16), _VOWELS[lot.integers(len(_VOWELS))])
        start = index * each
        wave[start : start + hum.size] += hum[: size - start]
    return wave


def mouth_opening(wave: Wave, at_s: float) -> float:
    """How loud the voice is around a moment, 0 to 1: what a drawn mouth shows."""
    middle = int(at_s * RATE)
    near = wave[max(0, middle - 400) : middle + 400]
    return float(min(1.0, np.sqrt(np.mean(near**2)) * 14)) if near.size else 0.0


def _vowel(size: int, pitch_hz: float, formants: tuple[float, float]) -> Wave:
    time = np.arange(size) / RATE
    wave: npt.NDArray[Any] = np.zeros(size)
    for harmonic in range(1, 11):
        tone = pitch_hz * harmonic
        loud = sum(1 / (1 + ((tone - formant) / 130) ** 2) for formant in formants) + 0.25 / harmonic
        wave += loud * np.sin(2 * np.pi * tone * time)
    envelope = np.sin(np.pi * np.minimum(1, np.arange(size) / max(1, size * 0.92))) ** 0.6
    return (0.055 * wave * np.nan_to_num(envelope)).astype(np.float32)
