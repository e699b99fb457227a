"""Takes the tour: the real window, driven by its own keys and mouse; then asks the hub what arrived."""

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.demo import script
from workbench.demo.hub_process import HubProcess
from workbench.demo.session import Stage, remember_port
from workbench.demo.staged import StagedSubmission, staged
from workbench.demo.verdict import as_table, ask_hub, differences
from workbench.errors import StorageError

if TYPE_CHECKING:
    from workbench.demo.tour_steps import Tour

SIZE = (1366, 768)


def take(stage: Stage, out: Path, started_s: float) -> int:
    """Drive the window, print one JSON line, compare. Returns 0 only when the hub holds exactly what was scored."""
    _prepare(out)
    online, offline = staged(stage.programme, script.ONLINE), staged(stage.programme, script.OFFLINE)
    with HubProcess(stage.hub, stage.port) as hub:
        remember_port(stage, hub.port)
        tour, problem = _drive(stage, out, hub, (online, offline))
    decisions = ask_hub(stage.hub)
    said = {
        "finalized": tour.scorer.finalized,
        "confirmed": tour.confirmed,
        "hub_decisions": len(decisions),
        "seconds": round(time.monotonic() - started_s, 1),
    }
    print(json.dumps(said), flush=True)
    for note in tour.scorer.notes:
        print(note, file=sys.stderr)
    if problem is not None:
        print(problem, file=sys.stderr)
        return 1
    cited = [(each, tour.scorer.cited.get(each.script.submission, {})) for each in (online, offline)]
    found = differences(decisions, cited)
    if found:
        print(f"The hub differs from the script:\n{as_table(found)}", file=sys.stderr)
    return 1 if found or tour.scorer.finalized != 2 or tour.confirmed != 2 else 0


def _prepare(out: Path) -> None:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in out.glob("[0-9][0-9]-*.png"):
            old.unlink()
    except OSError as error:
        raise StorageError(
            f"The pictures cannot be put into {out} ({error.strerror}).", do="Choose another folder."
        ) from error


def _drive(
    stage: Stage, out: Path, hub: HubProcess, submissions: tuple[StagedSubmission, StagedSubmission]
) -> "tuple[Tour, Exception | None]":
    from PySide6.QtWidgets import QApplication

    from workbench.app import Desktop
    from workbench.demo.driver import Driver
    from workbench.demo.tour_steps import Tour
    from workbench.demo.window import invitation

    app = QApplication.instance() or QApplication([])
    invited = invitation(stage, hub)
    desktop = Desktop(stage.profile, invitation=invited)
    driver = Driver(out)
    tour = Tour(driver, hub, invited.code, *submissions)
    driver.finished.connect(desktop.close)
    desktop.start()
    desktop.window.resize(*SIZE)
    desktop.window.activateWindow()
    driver.run(tour.steps())
    app.exec()
    return tour, driver.problem
