"""Opens encrypted SQLite files with a raw key. Owns connection settings and the kinds of transaction."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Engine

READERS = 4
_BUSY_TIMEOUT_MS = 5_000


def writing_engine(file: Path, key: bytes, *, secure_delete: bool = False) -> "Engine":
    """The one writing connection, created with the file. Each transaction holds the write lock from its start."""
    settings = (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        f"PRAGMA secure_delete = {'ON' if secure_delete else 'OFF'}",
    )
    return _engine(_connector(file, key, settings), size=1, begin="BEGIN IMMEDIATE")


def reading_engine(file: Path, key: bytes) -> "Engine":
    """A few connections that cannot write. Each transaction sees one moment of the store."""
    return _engine(_connector(file, key, ("PRAGMA query_only = ON",)), size=READERS, begin="BEGIN")


def _connector(file: Path, key: bytes, settings: tuple[str, ...]) -> Callable[[], Any]:
    dbapi = import_module("sqlcipher3.dbapi2")

    def connect() -> Any:
        connection = dbapi.connect(str(file), isolation_level=None, check_same_thread=False)
        # A damaged file is told in our sentences, not in the library's lines on stderr.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # A raw key: SQLCipher takes it as it is, without deriving another from it.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA temp_store = MEMORY")
        for setting in settings:
            connection.execute(setting)
        return connection

    return connect


def _engine(connect: Callable[[], Any], *, size: int, begin: str) -> "Engine":
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        "sqlite://",
        module=import_module("sqlcipher3.dbapi2"),
        creator=connect,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        # Parameters are what people typed; no log and no error text may show them.
        hide_parameters=True,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
