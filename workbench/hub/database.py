"""Opens the hub's database and its transactions. The only place that knows the layout of the hub's folder."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError

from workbench.errors import NewerStoreError, StorageError
from workbench.hub.schema import VERSION, metadata
from workbench.hub.settings_rows import write_setting

BUSY_TIMEOUT_S = 15


def database_file(folder: Path) -> Path:
    """The database of a hub folder."""
    return folder / "hub.db"


def evidence_folder(folder: Path) -> Path:
    """The content-addressed files of a hub folder."""
    return folder / "evidence"


def open_database(folder: Path) -> Engine:
    """The database of an initialised hub folder. Raises StorageError when there is none or it cannot be used."""
    version = _version(folder)
    if version == 0:
        raise StorageError(
            f"There is no hub in {folder}.", safe="Nothing was changed.", do="Make one with `workbench hub init`."
        )
    if version > VERSION:
        raise NewerStoreError(
            f"The hub in {folder} was made by a newer workbench.",
            safe="Nothing was changed.",
            do="Use that version, or a newer one.",
        )
    return _engine(folder)


def holds_hub(folder: Path) -> bool:
    """Whether a hub was made in this folder; one whose making was cut short is none."""
    return _version(folder) > 0


def create_database(folder: Path, settings: Mapping[str, bytes]) -> None:
    """A new database in a folder, whole or not at all. Raises StorageError when it cannot be written."""
    engine = _engine(folder)
    with in_words(folder), writing(engine) as connection:
        metadata.create_all(connection)
        for name, value in settings.items():
            write_setting(connection, name, value)
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
    engine.dispose()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that holds the write lock from its start; on disk when the block has ended."""
    with engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database."""
    with engine.begin() as connection:
        yield connection


def _version(folder: Path) -> int:
    if not database_file(folder).is_file():
        return 0
    engine = _engine(folder)
    try:
        with in_words(folder), engine.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    finally:
        engine.dispose()


def _engine(folder: Path) -> Engine:
    # Parameters hold names and token hashes; they must not reach an error's text and so a log.
    engine = create_engine(
        f"sqlite+pysqlite:///{database_file(folder).resolve()}",
        connect_args={"timeout": BUSY_TIMEOUT_S},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own BEGIN comes too late for a consistent read; ours is explicit (`_begin`).
    connection.isolation_level = None
    # FULL: an answered decision survives a power cut, not only the death of this process.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Inside, what disk or database refuse becomes StorageError; a mistake of ours passes unchanged."""
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        reason = str(error.orig).rstrip(".")
        raise StorageError(
            f"The hub's database in {folder} cannot be used: {reason}.",
            safe="Nothing was changed.",
            do="Check the folder, its permissions and the free space.",
        ) from error
