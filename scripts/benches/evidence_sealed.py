"""What encryption costs: the same recording in the same player, sealed and plain, in turn."""

import random
from collections.abc import Iterable
from functools import partial

from scripts.benches import evidence_files as files
from scripts.benches.evidence_desk import desk, plain
from scripts.benches.evidence_playing import Playing, playing
from scripts.benches.evidence_report import Plan, Row


def main(_arguments: list[str]) -> int:
    """These rows alone, at full length."""
    from scripts.benches.evidence import run

    return run(ROWS, quick=False)


def sealed(plan: Plan) -> Iterable[Row]:
    """Processor time of the player for each second played, and milliseconds of each exact seek."""
    from workbench.model.submission import EvidenceKind

    path = files.video(plan, "h264-gop60", 60)
    seek_ms: tuple[list[float], list[float]] = [], []
    play_ms: tuple[list[float], list[float]] = [], []
    with (
        desk(plan.folder) as place,
        place.sealed(place.add(path, EvidenceKind.VIDEO)) as ours,
        plain(path) as theirs,
        playing(place, ours) as player,
    ):
        for _ in range(plan.runs(6, 2)):
            for which, source in enumerate((ours, theirs)):
                player.open(source)
                player.settle()
                seek_ms[which].extend(_seeks(player, plan.runs(15, 6)))
                player.frame_after(lambda: player.player.seek(1000))
                play_ms[which].append(player.play_for(plan.runs(5, 2))[1])
                player.settle()
    yield Row(
        act="encrypted: processor time for a second of playback",
        file=path.name,
        ours=play_ms[0],
        rival="the plain file",
        theirs=play_ms[1],
        aim=1.1,
    )
    yield Row(
        act="encrypted: exact seek", file=path.name, ours=seek_ms[0], rival="the plain file", theirs=seek_ms[1], aim=1.1
    )


def _seeks(player: Playing, count: int) -> list[float]:
    chance = random.Random(9)
    places = [chance.randrange(500, 59_000) for _ in range(count)]
    return [player.frame_after(partial(player.player.seek, at_ms)) for at_ms in places]


ROWS = {"sealed": sealed}
