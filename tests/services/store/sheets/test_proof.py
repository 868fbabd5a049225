"""The proof on the charity's own spreadsheet, and what it finds where Google is other than we think (X3)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from services.store.sheets import proof, troubles
from services.store.sheets.asks import Unreachable
from services.store.sheets.store import SheetsStore
from tests.services.store.workbook import NOON, SheetWorkbook
from tests.sheets_standin.book import Book
from tests.sheets_standin.errors import Refusal
from tests.sheets_standin.requests import HANDLERS
from tests.sheets_standin.server import Server

Handler = Callable[[Book, dict[str, Any]], dict[str, Any]]


@pytest.fixture
def store(spreadsheet: SheetWorkbook) -> Iterator[SheetsStore]:
    """A spreadsheet made ready."""
    store = spreadsheet.open()
    yield store
    store.close()


def found(store: SheetsStore) -> dict[str, bool]:
    return {each.words.text: each.holds for each in proof.prove(store.connection, NOON).found}


def test_all_holds_on_a_spreadsheet_that_is_as_google_describes_it(store: SheetsStore) -> None:
    tried = found(store)
    assert len(tried) == 6 and all(tried.values())


def test_nothing_is_left_behind_and_the_registers_are_as_they_were(store: SheetsStore) -> None:
    before = store.connection.describe()
    found(store)
    after = store.connection.describe()
    assert after["sheets"] == before["sheets"] and after["namedRanges"] == before["namedRanges"]


def test_the_result_is_noted_on_the_spreadsheet_once(store: SheetsStore) -> None:
    assert proof.last(store.connection.describe()) is None
    found(store)
    found(store)
    description = store.connection.describe()
    assert proof.last(description) == ("2026-11-21T12:00:00+00:00", True)
    assert [note["metadataKey"] for note in description["developerMetadata"]].count(proof.RESULT) == 1


def lenient(name: str) -> Handler:
    """A Google that overlooks what it should refuse."""
    strict = HANDLERS[name]

    def handle(book: Book, given: dict[str, Any]) -> dict[str, Any]:
        try:
            return strict(book, given)
        except Refusal:
            return {}

    return handle


def test_a_ticket_that_google_overlooks_is_found_out(
    store: SheetsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("deleteNamedRange", "addNamedRange"):
        monkeypatch.setitem(HANDLERS, name, lenient(name))
    tried = found(store)
    assert not tried[proof.STALE.text] and not tried[proof.RACE.text] and tried[proof.COPY.text]
    assert proof.last(store.connection.describe()) == ("2026-11-21T12:00:00+00:00", False)


def test_a_deleted_ticket_that_google_overlooks_does_no_harm_because_the_name_is_taken(
    store: SheetsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HANDLERS, "deleteNamedRange", lenient("deleteNamedRange"))
    assert all(found(store).values())


def test_a_google_that_chooses_its_own_ids_is_found_out(
    store: SheetsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = HANDLERS["addNamedRange"]

    def own_ids(book: Book, given: dict[str, Any]) -> dict[str, Any]:
        named = {name: part for name, part in given["namedRange"].items() if name != "namedRangeId"}
        return strict(book, {"namedRange": named})

    monkeypatch.setitem(HANDLERS, "addNamedRange", own_ids)
    tried = found(store)
    assert not tried[proof.ECHO.text] and tried[proof.TIDY.text]


def test_a_copy_that_works_text_out_is_found_out(store: SheetsStore, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = HANDLERS["copyPaste"]

    def typed_anew(book: Book, given: dict[str, Any]) -> dict[str, Any]:
        answer = strict(book, given)
        sheet, box = book.box(given["destination"])
        sheet.change(box, lambda cell: cell._replace(value=42.0) if cell.value == "0042" else cell)
        return answer

    monkeypatch.setitem(HANDLERS, "copyPaste", typed_anew)
    tried = found(store)
    assert not tried[proof.COPY.text] and tried[proof.STALE.text]


def test_a_copy_that_leaves_filtered_rows_out_is_found_out(
    store: SheetsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = HANDLERS["copyPaste"]

    def without_hidden(book: Book, given: dict[str, Any]) -> dict[str, Any]:
        sheet, _ = book.box(given["source"])
        return {} if sheet.filter else strict(book, given)

    monkeypatch.setitem(HANDLERS, "copyPaste", without_hidden)
    tried = found(store)
    assert not tried[proof.FILTER.text] and tried[proof.COPY.text] and tried[proof.TIDY.text]


def test_a_scratch_tab_left_by_a_crash_is_taken_away_by_the_next_proof(store: SheetsStore) -> None:
    proof.Scratch.begin(store.connection)
    assert proof.TITLE in str(store.connection.describe())
    assert all(found(store).values())
    assert proof.TITLE not in str(store.connection.describe())


def test_the_scratch_tab_goes_away_though_google_fails_in_the_middle(
    sheets: Server, store: SheetsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: proof.Scratch) -> Iterator[proof.Proved]:
        sheets.service.unshare(store.connection.key)
        with pytest.raises(Unreachable):
            self.mark_there()
        sheets.service.share(store.connection.key)
        raise Unreachable(troubles.slow())

    monkeypatch.setattr(proof.Scratch, "copies", broken)
    with pytest.raises(Unreachable):
        found(store)
    assert proof.TITLE not in str(store.connection.describe())
