"""What was found by looking evidence over gets its tables. Frozen: later changes are later steps."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection


def migrate(connection: "Connection") -> None:
    """Create the tables, empty: evidence is looked over when its submission is opened next."""
    connection.exec_driver_sql(
        """CREATE TABLE looked_over ( sha256 TEXT NOT NULL, part INTEGER NOT NULL, method INTEGER NOT NULL,
        value TEXT NOT NULL, PRIMARY KEY (sha256, part) )"""
    )
    connection.exec_driver_sql(
        """CREATE TABLE fingerprint ( sha256 TEXT NOT NULL, part INTEGER NOT NULL, at BIGINT NOT NULL, unit TEXT NOT
        NULL, bits BIGINT NOT NULL, PRIMARY KEY (sha256, part, at) )"""
    )
    connection.exec_driver_sql("CREATE INDEX platform_evidence_by_sha256 ON platform_evidence (sha256)")
