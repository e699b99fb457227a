"""Keys of submissions, wrapped, and tokens: a store of their own, which nothing ever copies."""

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, delete, select
from sqlalchemy.dialects.sqlite import insert

from workbench.store import engine, failures

if TYPE_CHECKING:
    from sqlalchemy import Connection

_VERSION = 1
_metadata = MetaData()
_submission_key = Table(
    "submission_key",
    _metadata,
    Column("submission_id", Text, primary_key=True, nullable=False),
    Column("attempt", Integer, primary_key=True, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)
_secret = Table(
    "secret",
    _metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
)


class KeyStore:
    """Safe from any thread. `wrapping_key` (32 bytes) wraps the submission keys inside the encrypted file."""

    def __init__(self, file: Path, key: bytes, wrapping_key: bytes) -> None:
        self._file = file
        self._wrapping_key = wrapping_key
        self._known: dict[tuple[str, int], bytes] = {}
        self._lock = threading.Lock()
        self._engine = engine.writing_engine(file, key, secure_delete=True)
        with failures.explained(file), self._engine.begin() as connection:
            self._prepare(connection)

    def submission_key(self, submission_id: str, attempt: int) -> bytes:
        """The 32-byte data key of one attempt; made and kept at its first use. Raises StorageError."""
        with self._lock:
            name = (submission_id, attempt)
            if name not in self._known:
                self._known[name] = self._load_or_make(submission_id, attempt)
            return self._known[name]

    def secret(self, name: str) -> str:
        """A secret by name; empty when there is none."""
        with self._lock, failures.explained(self._file), self._engine.begin() as connection:
            return connection.scalar(select(_secret.c.value).where(_secret.c.name == name)) or ""

    def set_secret(self, name: str, value: str) -> None:
        """Keep a secret; empty destroys it."""
        with self._lock, failures.explained(self._file), self._engine.begin() as connection:
            connection.execute(delete(_secret).where(_secret.c.name == name))
            if value:
                connection.execute(insert(_secret).values(name=name, value=value))

    def close(self) -> None:
        """Forget the keys and let go of the file."""
        with self._lock:
            self._known.clear()
            self._engine.dispose()

    def _prepare(self, connection: "Connection") -> None:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version > _VERSION:
            raise failures.newer(self._file)
        _metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {_VERSION}")

    def _load_or_make(self, submission_id: str, attempt: int) -> bytes:
        from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

        fresh = aes_key_wrap(self._wrapping_key, os.urandom(32))
        row = insert(_submission_key).values(submission_id=submission_id, attempt=attempt, wrapped=fresh)
        asked = select(_submission_key.c.wrapped).where(
            _submission_key.c.submission_id == submission_id, _submission_key.c.attempt == attempt
        )
        with failures.explained(self._file), self._engine.begin() as connection:
            connection.execute(row.on_conflict_do_nothing())
            wrapped = connection.execute(asked).scalar_one()
        return aes_key_unwrap(self._wrapping_key, wrapped)
