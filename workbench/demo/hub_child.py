"""The demo's hub process: serves a hub until told to stop, or until whoever started it is gone."""

import os
import signal
import sys
import threading

LEAVE_S = 5.0


def main() -> int:
    """`python -m workbench.demo.hub_child DIR PORT`: like `workbench hub serve`, ending with its parent."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from workbench.cli.main import run

    return run(["hub", "serve", sys.argv[1], "--port", sys.argv[2], "--ready-json"])


def _end_with_parent() -> None:
    """The pipe to the parent closes when the parent ends, however it ends."""
    while os.read(0, 64):
        pass
    threading.Timer(LEAVE_S, os._exit, (0,)).start()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
