"""What was looked at of each evidence gets its table. Frozen: later changes are later steps."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection


def migrate(connection: "Connection") -> None:
    """Create the table, empty: what was looked at before was not counted."""
    connection.exec_driver_sql(
        """CREATE TABLE looked_through ( assignment_id TEXT NOT NULL, evidence_id TEXT NOT NULL, sha256 TEXT NOT NULL,
        value TEXT NOT NULL, changed_at BIGINT NOT NULL, PRIMARY KEY (assignment_id, evidence_id) )"""
    )
