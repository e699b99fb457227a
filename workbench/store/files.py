"""Small files of an account folder, written whole or not at all."""

import os
from pathlib import Path


def write_whole(file: Path, data: bytes) -> None:
    """Replace `file` by `data` in one step that survives a power cut. OSError passes through."""
    part = file.with_suffix(".part")
    descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has what was renamed into `folder`. OSError passes through."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
