"""Whether two jobs are about the same file, so that a worker may keep what it decoded. Reads no content."""

import os

from workbench.sealed.reader import PlainFile, SealedFile


def identity_of(source: SealedFile | PlainFile) -> tuple[object, ...]:
    """Equal for the same bytes under the same key, as far as the file system tells."""
    key = source.key if isinstance(source, SealedFile) else b""
    facts = os.fstat(source.descriptor)
    return facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, key
