"""The store: one act, one transaction; the clock never goes back; every schema arrives at the same form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from tests.store import world
from tests.store.world import PASSPHRASE, Watch
from workbench.errors import StorageError
from workbench.model.ids import AssignmentId
from workbench.operations import score
from workbench.store import audit, drafts, engine, migrations, remembered, tables
from workbench.store.account import Account, open_account
from workbench.store.session import ReadSession, WriteSession
from workbench.store.times import Clock, to_ms

ONE = AssignmentId("a1")
KEY = b"k" * 32


def schema(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows}


def test_that_the_migrations_arrive_at_the_schema_of_the_models(tmp_path: Path) -> None:
    migrated = engine.writing_engine(tmp_path / "store.db", KEY)
    migrations.migrate(migrated, tmp_path / "store.db")
    plain = create_engine("sqlite://")
    tables.metadata.create_all(plain)
    with migrated.connect() as ours, plain.connect() as models:
        assert schema(ours) == schema(models)
    migrated.dispose()
    plain.dispose()


def test_that_a_store_of_the_first_form_becomes_the_newest_and_keeps_what_was_typed(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    writer = engine.writing_engine(file, KEY)
    migrations.migrate(writer, file, migrations.STEPS[:1])
    with writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO draft VALUES ('a1', 'feedback', 'half a sentence', 1)")
    migrations.migrate(writer, file)
    plain = create_engine("sqlite://")
    tables.metadata.create_all(plain)
    with writer.connect() as connection, plain.connect() as models:
        assert connection.exec_driver_sql("SELECT value FROM draft").scalar() == "half a sentence"
        assert schema(connection) == schema(models)
    writer.dispose()
    plain.dispose()


def test_that_a_migration_copies_the_file_first_and_a_failing_one_changes_nothing(tmp_path: Path) -> None:
    file, newest = tmp_path / "store.db", len(migrations.STEPS)
    writer = engine.writing_engine(file, KEY)
    migrations.migrate(writer, file)
    with writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO remembered VALUES ('old', 'kept')")

    def breaks(connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE remembered")
        raise RuntimeError("a bug in the next step")

    with pytest.raises(RuntimeError):
        migrations.migrate(writer, file, (*migrations.STEPS, breaks))
    copied = engine.writing_engine(tmp_path / f"store.db.version-{newest}", KEY)
    for each in (writer, copied):
        with each.connect() as connection:
            assert connection.exec_driver_sql("SELECT value FROM remembered WHERE name = 'old'").scalar() == "kept"
            assert connection.exec_driver_sql("PRAGMA user_version").scalar() == newest
    migrations.migrate(writer, file, (*migrations.STEPS, lambda connection: None))
    with writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == newest + 1
    writer.dispose()
    copied.dispose()


def test_that_an_act_is_kept_whole_or_not_at_all(account: Account) -> None:
    def breaks(session: WriteSession) -> None:
        score.set_note(session, ONE, world.CRITERIA[0], "half a sentence")
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        account.store.write(breaks)
    assert account.store.read(drafts.fields, ONE) == {}


def test_that_a_reader_cannot_write(account: Account) -> None:
    def sneaks(session: ReadSession) -> None:
        session.connection.execute(tables.draft.delete())

    with pytest.raises((DBAPIError, StorageError)):
        account.store.read(sneaks)


def test_that_a_full_disk_is_said_and_what_was_there_stays(account: Account) -> None:
    account.store.write(score.set_feedback, ONE, "before")
    with account.store._writer.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="is full"):
        account.store.write(score.set_feedback, ONE, "x" * 500_000)
    assert account.store.read(drafts.fields, ONE)["feedback"] == "before"
    with account.store._writer.begin() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    account.store.write(score.set_feedback, ONE, "after")
    assert account.store.read(drafts.fields, ONE)["feedback"] == "after"


def test_that_the_time_never_goes_below_the_highest_seen_over_a_restart(account: Account, watch: Watch) -> None:
    watch.pass_minutes(90)
    account.store.write(remembered.put, "anything", "1")
    account.close()
    watch.pass_minutes(-24 * 60)
    again = open_account(account.ref, ask_passphrase=lambda: PASSPHRASE, clock=watch.clock())
    assert again.store.read(lambda session: session.now()) == world.START + timedelta(minutes=90)
    again.close()


def test_that_the_time_moves_on_while_the_wall_clock_is_set_back() -> None:
    watch, ticks = Watch(), [100.0]
    clock = Clock(watch, lambda: ticks[0])
    watch.pass_minutes(-600)
    ticks[0] += 90
    assert clock.now() == world.START + timedelta(seconds=90)
    watch.pass_minutes(1200)
    assert clock.now() == world.START + timedelta(minutes=600)


def test_that_a_wall_clock_that_jumps_ahead_and_back_does_not_take_the_time_along(
    account: Account, watch: Watch
) -> None:
    watch.pass_minutes(90)
    assert account.store.read(lambda session: session.now()) == world.START + timedelta(minutes=90)
    watch.pass_minutes(-60)
    assert account.store.write(lambda session: session.now()) == world.START + timedelta(minutes=90)
    assert account.store.read(remembered.get, "highest_time_ms") == str(to_ms(world.START + timedelta(minutes=90)))


def test_that_many_threads_write_one_after_the_other_and_read_meanwhile(account: Account) -> None:
    def works(number: int) -> None:
        for turn in range(10):
            account.store.write(
                score.set_note, AssignmentId(f"a{number % 3 + 1}"), world.CRITERIA[0], f"{number} {turn}"
            )
            account.store.read(drafts.fields, ONE)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(works, range(8)))
    assert len(account.store.read(drafts.fields, ONE)) == 1
    assert account.store.read(audit.first_broken) is None


def test_that_no_error_text_of_the_database_shows_what_was_typed(account: Account) -> None:
    def clashes(session: WriteSession) -> None:
        session.connection.execute(tables.place.insert(), {"assignment_id": None, "value": "SECRET", "changed_at": 1})

    with pytest.raises(DBAPIError) as caught:
        account.store.write(clashes)
    assert "SECRET" not in str(caught.value)
