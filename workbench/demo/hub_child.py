"""The demo's hub process: serves a hub until told to stop, or until whoever started it is gone."""

import json
import os
import signal
import sys
import threading
from pathlib import Path

from workbench.errors import KnownError

LEAVE_S = 5.0


def main() -> int:
    """`python -m workbench.demo.hub_child DIR PORT`: prints one JSON line with its address once it listens."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from workbench.hub.serving import serve

    try:
        serve(Path(sys.argv[1]), port=int(sys.argv[2]), on_ready=_announce)
    except KnownError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _announce(address: str) -> None:
    print(json.dumps({"address": address}), flush=True)


def _end_with_parent() -> None:
    """The pipe to the parent closes when the parent ends, however it ends."""
    while os.read(0, 64):
        pass
    threading.Timer(LEAVE_S, os._exit, (0,)).start()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
