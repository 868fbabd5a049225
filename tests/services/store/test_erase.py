"""Every engine rewrites rows and history without somebody, all of it or nothing (X6)."""

import json

import pytest

from services.store.interface import AUDIT, Cells, Erasure, Fresh, Store, Update
from tests.services.store.workbook import SqlWorkbook, Workbook, add, change, operation, rows


def without(register: str, cells: Cells) -> Cells:
    """Siân's name out of names and of the history; the same object where she is not."""
    if register == AUDIT:
        return {**cells, "fields": cells["fields"].replace("Siân", "[erased]"), "why": cells["why"]}
    return {**cells, "Name": "nobody"} if "Siân" in cells.get("Name", "") else cells


def erase(store: Store, op_id: str = "erase-1") -> int:
    def decide(fresh: Fresh) -> Erasure:
        assert "MEN-2" in fresh.rows("Mentors")
        return Erasure(without, (Update("Mentors", "MEN-2", {"Notes": "told"}, {}),))

    return store.erase(operation(op_id), decide).number


def filled(store: Store) -> None:
    add(store, "one", "MEN-1", Name="Siân")
    change(store, "two", "MEN-1", Notes="kept")
    add(store, "three", "MEN-2", Name="Tomos")


def test_rows_and_history_lose_the_name_and_nothing_else(store: Store) -> None:
    filled(store)
    erase(store)
    found = rows(store)
    assert (found["MEN-1"]["Name"], found["MEN-1"]["Notes"]) == ("nobody", "kept")
    assert (found["MEN-2"]["Name"], found["MEN-2"]["Notes"]) == ("Tomos", "told")
    said = json.dumps(store.audit(100), ensure_ascii=False)
    assert "Siân" not in said
    assert "Tomos" in said


def test_the_history_tells_of_each_row_rewritten(store: Store) -> None:
    filled(store)
    erase(store)
    newest = store.history("Mentors", "MEN-1")[0]
    assert json.loads(newest["fields"]) == {"Name": ["[erased]", "nobody"]}
    assert newest["who"] == "asha@example.org"


def test_the_same_operation_again_changes_nothing(store: Store) -> None:
    filled(store)
    number = erase(store)
    assert erase(store) == number


def test_a_decision_against_it_writes_nothing(store: Store) -> None:
    filled(store)
    before = store.number()

    def decide(fresh: Fresh) -> Erasure:
        raise PermissionError

    with pytest.raises(PermissionError):
        store.erase(operation("erase-2"), decide)
    assert store.number() == before
    assert rows(store)["MEN-1"]["Name"] == "Siân"


def test_saves_go_on_afterwards(store: Store, workbook: Workbook) -> None:
    filled(store)
    erase(store)
    add(store, "four", "MEN-3", Name="Nia")
    assert set(rows(workbook.open())) == {"MEN-1", "MEN-2", "MEN-3"}


def test_the_history_is_closed_again_after_an_erasure(sql_workbook: SqlWorkbook) -> None:
    """RM12: only the erasure itself may rewrite it."""
    store = sql_workbook.open()
    filled(store)
    erase(store)
    with pytest.raises(Exception, match="only ever added to"):
        sql_workbook.by_hand("UPDATE \"Audit\" SET who = 'me'")
    store.close()


def test_a_crash_before_the_end_leaves_all_as_it_was(sql_workbook: SqlWorkbook) -> None:
    store = sql_workbook.open()
    filled(store)
    calls = []

    def breaks(register: str, cells: Cells) -> Cells:
        calls.append(register)
        if register == AUDIT and len([each for each in calls if each == AUDIT]) > 2:
            raise MemoryError
        return without(register, cells)

    with pytest.raises(MemoryError):
        store.erase(operation("erase-3"), lambda fresh: Erasure(breaks))
    assert rows(store)["MEN-1"]["Name"] == "Siân"
    with pytest.raises(Exception, match="only ever added to"):
        sql_workbook.by_hand('DELETE FROM "Audit"')
    store.close()
