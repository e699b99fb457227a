"""Brings a store file to the newest form: numbered steps over `user_version`, one transaction each.

A step is frozen once it was released; tables.py says where all steps together must arrive.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.store import failures
from workbench.store.migrations import m0001_first, m0002_looked_through, m0003_findings

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Step = Callable[["Connection"], None]
STEPS: tuple[Step, ...] = (m0001_first.migrate, m0002_looked_through.migrate, m0003_findings.migrate)


def migrate(engine: "Engine", file: Path, steps: tuple[Step, ...] = STEPS) -> None:
    """Run the steps that `file` lacks, after a copy of it. Raises NewerStoreError when it is ahead of us."""
    with engine.connect() as connection:
        version = _version(connection)
    if version > len(steps):
        raise failures.newer(file)
    if 0 < version < len(steps):
        _copy(engine, file, version)
    for number in range(version, len(steps)):
        with engine.begin() as connection:
            steps[number](connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {number + 1}")


def _version(connection: "Connection") -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _copy(engine: "Engine", file: Path, version: int) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    shutil.copy2(file, file.with_name(f"{file.name}.version-{version}"))
