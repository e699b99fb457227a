"""No core dumps: the memory of a process that holds keys or evidence never goes to the disk when it crashes."""

import contextlib
import sys


def keep_no_core_dumps() -> None:
    """Forbid core dumps of this process and of those it starts. Windows writes none of its own accord."""
    if sys.platform == "win32":
        return
    import resource

    # Linux hands a dump to a collecting program even at limit 0, but not at 1; no file is written at either.
    limit = 1 if sys.platform == "linux" else 0
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
