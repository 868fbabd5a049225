"""What several visitors of one process meet in one spreadsheet (X1, X3)."""

from threading import Thread

import pytest

from schemas.errors import StoreUnavailable
from services.store.sheets.asks import Look
from services.store.sheets.looking import Looking
from services.store.sheets.wire import within
from tests.services.store.workbook import SheetWorkbook, add, change, rows


def test_a_tab_that_is_broken_stays_so_until_it_is_mended(spreadsheet: SheetWorkbook) -> None:
    """Also for whoever asks a moment later and is answered from memory."""
    store = spreadsheet.open(fresh_seconds=60)
    add(store, "op-1", "MEN-1", Name="Mair")
    rows(store)
    spreadsheet.person("edit", "Mentors", "C1", "Enw")
    store.look_again()
    calls = store.connection.wire.made["read"]
    for _ in range(2):
        reading = store.read("Mentors", "Invoice lines")
        assert isinstance(reading.broken["Mentors"], StoreUnavailable) and list(reading.broken) == ["Mentors"]
        assert [row["Name"] for row in reading.rows["Mentors"]] == ["Mair"]
    assert store.connection.wire.made["read"] == calls + 1


def test_a_reading_begun_before_a_save_never_takes_its_place(spreadsheet: SheetWorkbook) -> None:
    """A visitor's page was under way to Google while another's save came and went."""
    store = spreadsheet.open()
    add(store, "op-1", "MEN-1", Name="Mair")
    looking = Looking(store.memory, store.tabs, store.clock, {"Mentors": None})
    steps = looking.look()
    old = store.answer(next(steps))
    change(store, "op-2", "MEN-1", Name="Siân")
    asked = steps.send(old)
    while not isinstance(asked, Look):
        asked = steps.send(None)
    held = store.held("Mentors")
    assert held is not None and held[0]["Name"] == "Siân"


def test_each_call_has_the_time_limit_of_whoever_makes_it(spreadsheet: SheetWorkbook) -> None:
    """A reader's long one is not a saver's."""
    wire = spreadsheet.open().connection.wire
    seen = {}

    def call(name: str, seconds: float) -> None:
        with within(100, each=seconds):
            seen[name] = wire.timeout[1]

    threads = [Thread(target=call, args=about) for about in (("reader", 30.0), ("saver", 4.0))]
    for thread in threads:
        thread.start()
        thread.join()
    assert seen == {"reader": pytest.approx(30.0), "saver": pytest.approx(4.0)}
