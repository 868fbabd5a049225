"""What only a server can do wrong (X1, X3)."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from schemas.errors import StoreUnavailable
from services.store.interface import Append, Change, Fresh, Needs, Update
from services.store.sql import SqlStore
from tests.databases import Server, running_server
from tests.services.store.workbook import SqlWorkbook, add, change, operation, rows


@pytest.fixture
def server_workbook(postgresql_server: Server) -> SqlWorkbook:
    return SqlWorkbook(postgresql_server.new_database())


@pytest.fixture
def own_server() -> Iterator[Server]:
    """One that a test may stop."""
    with running_server() as server:
        yield server


def test_a_stopped_server_is_said_and_its_return_is_noticed(own_server: Server) -> None:
    store = SqlWorkbook(own_server.new_database()).open()
    add(store, "op-1", "MEN-1")
    rows(store)
    own_server.stop()
    for call in (store.number, lambda: rows(store), lambda: add(store, "op-2", "MEN-2")):
        with pytest.raises(StoreUnavailable, match="can't be reached"):
            call()
    own_server.start()
    assert add(store, "op-2", "MEN-2").number == 2 and list(rows(store)) == ["MEN-1", "MEN-2"]


def test_a_connection_cut_in_the_middle_of_a_commit_saves_nothing(server_workbook: SqlWorkbook) -> None:
    store = server_workbook.open()

    def cut() -> None:
        server_workbook.by_hand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    with pytest.raises(StoreUnavailable, match="can't be reached"):
        _commit_after(store, cut)
    assert rows(store) == {} and add(store, "op-1", "MEN-1").number == 1


def _commit_after(store: SqlStore, deed: Callable[[], object]) -> None:
    """Append MEN-1 and change MEN-0, where it is, with `deed` done while the commit holds the workbook."""

    def decide(fresh: Fresh) -> list[Change]:
        deed()
        there = [Update("Mentors", id, {"Days": "1"}, {"Days": ""}) for id in fresh.rows("Mentors")]
        return [Append("Mentors", {"_id": "MEN-1"}), *there]

    store.commit(operation("op-1"), Needs(rows=(("Mentors", "MEN-0"),)), decide)


def test_a_commit_waits_for_an_edit_by_hand_and_decides_on_its_outcome(server_workbook: SqlWorkbook) -> None:
    store = server_workbook.open()
    add(store, "op-1", "MEN-1", Name="Sian")
    with closing(server_workbook.connect()) as other, ThreadPoolExecutor(1) as person:
        other.cursor().execute('UPDATE "Mentors" SET "Name" = \'Siân\'')
        waiting = person.submit(change, store, "op-2", "MEN-1", Name="Siân Ŵyn")
        assert not waiting.done()
        other.commit()
        receipt = waiting.result(timeout=60)
    assert receipt.audit[0]["fields"] == '{"Name": ["Siân", "Siân Ŵyn"]}' and receipt.number == 3


def test_an_edit_by_hand_waits_for_a_commit(server_workbook: SqlWorkbook) -> None:
    """No deadlock over the same row, because the edit queues before it holds one."""
    store = server_workbook.open()
    add(store, "op-0", "MEN-0")
    edit = "UPDATE \"Mentors\" SET \"Name\" = 'Siân' WHERE _id = 'MEN-0'"
    with ThreadPoolExecutor(1) as person:
        edits = []
        _commit_after(
            store, lambda: (edits.append(person.submit(server_workbook.by_hand, edit)), time.sleep(0.3))
        )
        edits[0].result(timeout=60)
    assert (rows(store)["MEN-0"]["Name"], rows(store)["MEN-0"]["Days"]) == ("Siân", "1")
    assert store.number() == 3 and store.read("Mentors", since=2).whole


def test_emptying_a_table_by_hand_is_noticed(server_workbook: SqlWorkbook) -> None:
    store = server_workbook.open()
    add(store, "op-1", "MEN-1")
    server_workbook.by_hand('TRUNCATE "Mentors"')
    assert store.read("Mentors", since=1).whole
    with pytest.raises(Exception, match="only ever added to"):
        server_workbook.by_hand('TRUNCATE "Audit"')


def test_readers_cannot_write(server_workbook: SqlWorkbook) -> None:
    with server_workbook.open().reader.connect() as connection, pytest.raises(Exception, match="read-only"):
        connection.exec_driver_sql("UPDATE _state SET number = 9")
