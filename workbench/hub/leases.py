"""Any contact renews how long evidence may stay on a laptop, at most once a day for each assignment."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, select

from workbench.hub.assigning import change_assignment
from workbench.hub.changes import read_offering
from workbench.hub.database import reading, writing
from workbench.hub.feed import Feed, assigned_work, is_live
from workbench.hub.schema import assignment, submission


def renew_leases(engine: Engine, person_id: str, now: datetime) -> None:
    """Renew the leases of a person's undecided assignments that have run for a day or more."""
    with reading(engine) as connection:
        if not _worn(connection, person_id, now):
            return
    with writing(engine) as connection:
        feed = Feed(connection)
        for assignment_id, lease_until in _worn(connection, person_id, now).items():
            change_assignment(connection, assignment_id, lease_until=lease_until)
            feed.assignment_changed(person_id, assignment_id)


def _worn(connection: Connection, person_id: str, now: datetime) -> dict[str, datetime]:
    columns = (assignment.c.id, assignment.c.lease_until, submission.c.offering_id, submission.c.offering_version)
    mine = (assignment.c.person_id == person_id, is_live(), assignment.c.decided.is_(False))
    rows = connection.execute(select(*columns).select_from(assigned_work()).where(*mine)).all()
    days = {(row[2], row[3]): 0 for row in rows}
    for offering_id, version in days:
        days[offering_id, version] = read_offering(connection, offering_id, version).policy.lease_days
    fresh = {row[0]: now + timedelta(days=days[row[2], row[3]]) for row in rows}
    return {row[0]: fresh[row[0]] for row in rows if row[1] < fresh[row[0]] - timedelta(days=1)}
