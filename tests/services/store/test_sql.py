"""What the two database engines promise beyond the contract, and how they fail (X3, X4)."""

from contextlib import closing

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from schemas.errors import StoreUnavailable, UnknownOutcome
from services.store.interface import Append, Needs, Tab
from services.store.sql import SqlStore
from tests.services.store.test_contract import worker
from tests.services.store.workbook import OWN, SqlWorkbook, add, deciding, operation, rows


def test_an_edit_by_hand_in_a_table_of_an_odd_name_is_noticed(sql_workbook: SqlWorkbook) -> None:
    tab = Tab('Plans; "it\'s" 100%', ("_id", "a:b", *OWN))
    store = sql_workbook.open([tab])
    store.commit(operation("op-1"), Needs(), deciding(Append(tab.name, {"_id": "A"})))
    since = store.edition()
    sql_workbook.by_hand('DELETE FROM "Plans; ""it\'s"" 100%"')
    assert store.read(tab.name, since=since).whole and store.edition() > since


def test_a_number_from_the_future_means_read_everything(sql_store: SqlStore) -> None:
    """An older backup was put back while the app held a newer reading."""
    add(sql_store, "op-1", "MEN-1")
    assert (
        sql_store.read("Mentors", since=7).whole
        and len(sql_store.read("Mentors", since=7).rows["Mentors"]) == 1
    )


def test_the_audit_is_only_ever_added_to(sql_store: SqlStore, sql_workbook: SqlWorkbook) -> None:
    """X4; erasure alone, in a transaction that says so, may replace values (X6)."""
    receipt = add(sql_store, "op-1", "MEN-1", Name="Siân")
    for statement in ("UPDATE \"Audit\" SET who = 'x'", 'DELETE FROM "Audit"'):
        with pytest.raises(Exception, match="only ever added to"):
            sql_workbook.by_hand(statement)
    assert sql_store.audit(5) == receipt.audit
    erasing = "UPDATE _state SET erasing = "
    sql_workbook.by_hand(erasing + "1", "UPDATE \"Audit\" SET fields = '[erased]'", erasing + "0")
    assert sql_store.audit(5)[0]["fields"] == "[erased]"


def test_a_table_renamed_by_hand_is_explained_and_never_replaced_by_an_empty_one(
    sql_workbook: SqlWorkbook,
) -> None:
    """X2: not even by starting again."""
    store = sql_workbook.open()
    add(store, "op-1", "MEN-1")
    sql_workbook.by_hand('ALTER TABLE "Mentors" RENAME TO "Mentoriaid"')
    with pytest.raises(StoreUnavailable, match=r"renamed or removed.*old name back"):
        store.read("Mentors")
    with pytest.raises(StoreUnavailable, match=r"Mentors was renamed or removed.*old name back"):
        sql_workbook.open()
    sql_workbook.by_hand('ALTER TABLE "Mentoriaid" RENAME TO "Mentors"')
    assert list(rows(sql_workbook.open())) == ["MEN-1"]


def test_a_workbook_held_by_another_program_says_busy_and_saves_nothing(sql_workbook: SqlWorkbook) -> None:
    store = sql_workbook.open(wait_seconds=0.3)
    with closing(sql_workbook.connect()) as other:
        other.cursor().execute("UPDATE _state SET number = number")
        with pytest.raises(StoreUnavailable, match="another program"):
            add(store, "op-1", "MEN-1")
        other.rollback()
    assert not add(store, "op-1", "MEN-1").repeated


def test_a_crash_in_the_middle_of_200_rows_leaves_all_or_nothing(sql_workbook: SqlWorkbook) -> None:
    """Killed just before each statement of the commit in turn, at last after it: X3."""
    store = sql_workbook.open()
    ends = []
    for statement in range(3, 9):
        audited = len(store.audit(1000))
        process = worker(sql_workbook, "die", str(statement))
        assert process.wait(timeout=60) == -9
        ends.append(len(rows(store)))
        assert len(store.audit(1000)) - audited == ends[-1] and bool(store.number()) == bool(ends[-1])
        if ends[-1]:
            break
    assert ends[:3] == [0, 0, 0] and ends[-1] == 200 and set(ends) == {0, 200}
    assert add(store, "op-2", "MEN-2").number == 2


def test_a_lost_answer_of_a_saved_commit_is_found_again(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = sql_store.writer.dialect.do_commit

    def saved_then_lost(connection: object) -> None:
        commit(connection)  # type: ignore[arg-type]
        raise sql_store.writer.dialect.loaded_dbapi.OperationalError("connection lost")

    monkeypatch.setattr(sql_store.writer.dialect, "do_commit", saved_then_lost)
    receipt = add(sql_store, "op-1", "MEN-1")
    monkeypatch.undo()
    assert receipt.number == 1 and not receipt.repeated and list(rows(sql_store)) == ["MEN-1"]


def test_a_commit_that_fails_at_the_end_is_known_not_to_be_saved(
    sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_store.writer.dialect, "do_commit", _failing(sql_store))
    with pytest.raises(StoreUnavailable):
        add(sql_store, "op-1", "MEN-1")
    monkeypatch.undo()
    assert rows(sql_store) == {} and not add(sql_store, "op-1", "MEN-1").repeated


def test_never_saved_when_it_is_not_known(sql_store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Design 4: saved, not saved, or not known yet."""

    def gone(connection: object) -> None:
        monkeypatch.setattr(Engine, "connect", _unreachable)
        _failing(sql_store)(connection)

    monkeypatch.setattr(sql_store.writer.dialect, "do_commit", gone)
    with pytest.raises(UnknownOutcome):
        add(sql_store, "op-1", "MEN-1")
    monkeypatch.undo()
    assert add(sql_store, "op-1", "MEN-1").number == 1


def _failing(store: SqlStore):  # type: ignore[no-untyped-def]
    def fail(connection: object) -> None:
        raise store.writer.dialect.loaded_dbapi.OperationalError("connection lost")

    return fail


def _unreachable(engine: Engine) -> None:
    raise OperationalError("connect", None, ConnectionError("no route"))
