"""Which file is broken how: everything follows from the run's seed and the file's number."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.fuzzing.mutations import mend_png, mutate, mutate_package
from scripts.fuzzing.seeds import IMAGE, PDF, RECORDING, TEXT, Seed

_PACKAGES = ("docx", "pptx")
_COUNTING = ("mp4", "mov", "m4a", "heic", "webp", "png")
# Of ten files: two PDFs, three images, three recordings, two texts.
_TURNS = (PDF, IMAGE, RECORDING, TEXT, IMAGE, RECORDING, PDF, IMAGE, RECORDING, TEXT)

Seeds = dict[str, dict[str, list[Seed]]]


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken file: its number in the run, what it was, what was done to it, and its bytes."""

    number: int
    seed: Seed
    done: tuple[str, ...]
    data: bytes


def whole(seeds: Seeds) -> Iterator[Broken]:
    """Every seed as it is, numbered downwards from -1: what the broken ones are compared with."""
    every = [seed for endings in seeds.values() for those in endings.values() for seed in those]
    for number, seed in enumerate(every, 1):
        yield Broken(-number, seed, ("whole",), seed.data)


def broken(run_seed: int, number: int, seeds: Seeds) -> Broken:
    """File `number` of the run; the same for the same seeds, whenever it is asked for."""
    numbers = random.Random(f"{run_seed}/{number}")
    endings = seeds[_TURNS[number % len(_TURNS)]]
    ending = numbers.choice(tuple(endings))
    seed, other = numbers.choice(endings[ending]), numbers.choice(endings[ending])
    is_often = numbers.random() < 0.7
    if ending in _PACKAGES and is_often:
        data, done = mutate_package(numbers, seed.data, other.data)
    else:
        data, done = mutate(numbers, seed.data, other.data, in_place=ending in _COUNTING and is_often)
    if ending == "png" and numbers.random() < 0.7:
        data, done = mend_png(data), (*done, "check sums mended")
    return Broken(number, seed, done, data)
