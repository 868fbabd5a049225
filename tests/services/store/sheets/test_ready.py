"""What opening a spreadsheet makes, finds and clears away (X1, X2)."""

import pytest

from services.store.sheets import ready
from services.store.sheets.audit import BEFORE
from services.store.sheets.store import SheetsStore
from tests.services.store.workbook import SheetWorkbook, add, change, rows


def copies(store: SheetsStore) -> int:
    """How many rows the tab of copied rows has."""
    found = ready.find(store.connection.describe(), [*ready.OWN_TABS, *store.tabs.values()])
    return found.book[BEFORE].rows


def test_old_copies_of_rows_are_cleared_when_the_spreadsheet_is_opened(
    spreadsheet: SheetWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else they would fill the spreadsheet; the newest are what settles a misplaced save, and stay."""
    store = spreadsheet.open()
    add(store, "op-1", *(f"MEN-{n}" for n in range(30)))
    for n in range(5):
        change(store, f"op-2{n}", f"MEN-{n}", Name="Bron")
    before = copies(store)
    monkeypatch.setattr(ready, "COPIES_AT_MOST", before - 1)
    monkeypatch.setattr(ready, "COPIES_KEPT", 4)
    again = spreadsheet.open()
    assert copies(again) == 4 < before
    change(again, "op-3", "MEN-9", Name="Siân")
    assert rows(again)["MEN-9"]["Name"] == "Siân" and len(again.audit(100)) == 36


def test_few_copies_are_left_alone(spreadsheet: SheetWorkbook) -> None:
    store = spreadsheet.open()
    add(store, "op-1", "MEN-1")
    before = copies(store)
    assert copies(spreadsheet.open()) == before
