"""What views and saves cost on a Google spreadsheet, beside gspread used plainly: real gspread, the stand-in's Google."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

import gspread
import gspread_dataframe
from google.oauth2.credentials import Credentials

from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.work import Timesheets
from services import records
from services.seals import Seals
from services.store.interface import Needs
from services.store.sheets import store as engine
from services.store.sheets import wire
from services.store.sheets.store import SheetsStore
from services.store.sheets.wire import Connection, Wire, connect
from services.workbook import Workbook, tabs
from tests.bench import large
from tests.bench.clock import head, say, timed, times
from tests.cast import ANGHARAD, KEY, as_, cast_in, op
from tests.services.staff import fill
from tests.services.store.workbook import now
from tests.sheets_standin.client import client_for
from tests.sheets_standin.direct import Direct
from tests.sheets_standin.quota import Quota
from tests.sheets_standin.server import Server
from tests.sheets_standin.service import Service
from tests.spreadsheets import open_spreadsheet

FIVE = ("Mentors", "Mentees", "Assignments", "Organisations", "Checks")
PEOPLE, MINUTES = 10, 10
VIEW_EVERY, SAVE_EVERY = 5, 60  # seconds, for each person


def run(folder: Path) -> None:
    """Print the figures."""
    with Server() as google, patch.dict(os.environ, {"SHEETS_API_BASE": google.base}):
        _calls(google)
        _times(google)
    _ten_people()
    _large(folder)


# --- calls -------------------------------------------------------------------------------------------


def _calls(google: Server) -> None:
    head("Google Sheets: calls (reads + writes)")
    workbook = fill(cast_in(open_spreadsheet(google)))
    store = _store(workbook)
    plain = client_for(google.base)
    key = store.connection.key

    def cold(*names: str) -> Callable[[], object]:
        return lambda: (store.look_again(), store.read(*names))

    say("one register, warm", _count(google, lambda: store.read("Mentors")), "0")
    say("one register, cold", _count(google, cold("Mentors")), "1")
    say("  beside it: gspread, opened by key", _count(google, lambda: _plain_view(plain, key, "Mentors")))
    say("  beside it: gspread-dataframe", _count(google, lambda: _frame_view(plain, key, "Mentors")))
    say("five registers, cold", _count(google, cold(*FIVE)), "1")
    say("  beside it: gspread", _count(google, lambda: [_plain_view(plain, key, name) for name in FIVE]))
    say("  beside it: gspread-dataframe", _count(google, lambda: [_frame_view(plain, key, n) for n in FIVE]))
    say("save one row, conflict check and history included", _count(google, lambda: _edit(workbook)), "1 + 1")
    say(
        "  beside it: gspread, find and update, neither included",
        _count(google, lambda: _plain_save(plain, key)),
    )
    say("  beside it: gspread-dataframe, the whole tab", _count(google, lambda: _frame_save(plain, key)))
    say("add one row, history included", _count(google, lambda: _add(workbook)), "0 + 1")
    say("  beside it: gspread append_row", _count(google, lambda: _plain_add(plain, key)))


def _count(google: Server, do: Callable[[], object]) -> str:
    google.service.log.clear()
    do()
    counts = google.service.counts()
    reads, writes = (
        sum(n for name, n in counts.items() if name.endswith(kind)) for kind in ("read", "write")
    )
    return f"{reads} + {writes}" if writes else str(reads)


def _plain_view(client: gspread.Client, key: str, name: str) -> object:
    return client.open_by_key(key).worksheet(name).get_all_records()


def _frame_view(client: gspread.Client, key: str, name: str) -> object:
    return gspread_dataframe.get_as_dataframe(client.open_by_key(key).worksheet(name))


def _plain_save(client: gspread.Client, key: str) -> None:
    sheet = client.open_by_key(key).worksheet("Mentors")
    found = sheet.find("MEN-MAIRPR")
    assert found is not None
    sheet.update_cell(found.row, 5, "Ceredigion")


def _plain_add(client: gspread.Client, key: str) -> None:
    client.open_by_key(key).worksheet("Mentors").append_row(["MEN-000001", "Siân"])


def _frame_save(client: gspread.Client, key: str) -> None:
    sheet = client.open_by_key(key).worksheet("Mentors")
    gspread_dataframe.set_with_dataframe(sheet, gspread_dataframe.get_as_dataframe(sheet))


def _edit(workbook: Workbook, random: Random | None = None) -> None:
    ctx = as_(ANGHARAD, workbook)
    row = (random or Random(1)).choice(records.view(ctx).all(Mentees))
    values = {"area": (random or Random(2)).choice(large.AREAS) + " "}
    edit = records.Edit(Mentees, row.id, values, shown=row)
    needs = Needs(rows=((Mentees.tab, row.id),))
    records.commit(ctx, op(), "groups.edit", values, needs, lambda fresh: [edit])


def _add(workbook: Workbook) -> None:
    new = records.New(Mentors, {"name": "Siân", "status": "applied"})
    records.commit(as_(ANGHARAD, workbook), op(), "mentors.edit", "x", Needs(), lambda fresh: [new])


def _store(workbook: Workbook) -> SheetsStore:
    assert isinstance(workbook.store, SheetsStore)
    return workbook.store


# --- times -------------------------------------------------------------------------------------------


def _times(google: Server) -> None:
    head("Google Sheets: times, 200 ms added to each call")
    workbook = fill(cast_in(open_spreadsheet(google)))
    google.latency = 0.2
    workbook.store.look_again()
    say("all registers, cold", f"{timed(workbook.refresh)[0]:,.0f} ms")
    say("all registers, warm", f"{times(workbook.refresh, 20)[10]:,.1f} ms")
    say("save one row", f"{times(lambda: _edit(workbook), 5)[2]:,.0f} ms")
    say("add one row", f"{times(lambda: _add(workbook), 5)[2]:,.0f} ms")
    google.latency = 0.0


def _large(folder: Path) -> None:
    head("Google Sheets: 100,000 lines of time, five years")
    with _large_sheet(folder / "large-for-sheets.sqlite3") as workbook:
        wire_ = _store(workbook).connection.wire
        for what in ("read whole and checked, once for the process", "read again, nothing changed"):
            workbook.store.look_again()
            waited = wire_.waited
            whole = timed(workbook.refresh)[0] / 1000
            say(what, f"{whole:,.1f} s, {wire_.waited - waited:,.1f} s of it the stand-in's answer")
        say("save one row of 1,500 groups", f"{times(lambda: _edit(workbook), 5)[2]:,.0f} ms")
        assert len(workbook.table(Timesheets.tab).rows) == large.LINES


@contextmanager
def _large_sheet(path: Path) -> Iterator[Workbook]:
    """The large workbook in a spreadsheet of the stand-in's, which is in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.large_sheet", str(path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        base, key = process.stdout.readline().split()
        with patch.dict(os.environ, {"SHEETS_API_BASE": base}):
            store = SheetsStore(connect(key, {"token": "tester"}), now)
        store.open(tabs())
        yield Workbook(store, Seals([KEY]))
    finally:
        process.terminate()
        process.wait(timeout=20)


# --- ten people --------------------------------------------------------------------------------------


@contextmanager
def _simulated(clock: SimpleNamespace) -> Iterator[None]:
    """The store's time is the simulation's."""
    with patch.object(engine, "time", clock), patch.object(wire, "time", clock):
        yield


def _ten_people() -> None:
    """Everyone looks at a page every few seconds and saves once a minute, on a Google that counts."""
    head(f"Google Sheets: {PEOPLE} people working {MINUTES} simulated minutes, Google's own quota in force")
    at = [1_000_000.0]

    def sleep(seconds: float) -> None:
        at[0] += seconds

    clock = SimpleNamespace(monotonic=lambda: at[0], sleep=sleep)
    service = Service(clock=clock.monotonic)
    with _simulated(clock):
        workbook = fill(cast_in(_direct(service, sleep)))
        at[0] += 120
        service.quota = Quota(clock.monotonic)
        service.log.clear()
        errors, views, saves = _work(workbook, at)
    busiest = {kind: _busiest(service, kind) for kind in ("read", "write")}
    say("views and saves", f"{views:,} and {saves:,}")
    say("most reads in a minute", str(busiest["read"]), "60")
    say("most writes in a minute", str(busiest["write"]), "60")
    say("errors that a person saw", str(errors), "0")


def _work(workbook: Workbook, at: list[float]) -> tuple[int, int, int]:
    random = Random(7)
    begun, errors, views, saves = at[0], 0, 0, 0
    while at[0] < begun + 60 * MINUTES:
        for person in range(PEOPLE):
            second = int(at[0] - begun) + 7 * person
            if second % VIEW_EVERY == 0:
                workbook.refresh()
                views += 1
                errors += workbook.trouble is not None
            if second % SAVE_EVERY == 0:
                saves += 1
                try:
                    _edit(workbook, random)
                except Exception:  # noqa: BLE001 - counted, and printed
                    errors += 1
        at[0] += 1
    return errors, views, saves


def _busiest(service: Service, kind: str) -> int:
    minutes = [int(one.time // 60) for one in service.log if one.kind == kind]
    return max((minutes.count(minute) for minute in set(minutes)), default=0)


def _direct(service: Service, sleep: Callable[[float], None]) -> SheetsStore:
    made = Wire(Credentials("tester"))  # type: ignore[no-untyped-call]
    made.session.mount("https://", Direct(service, sleep, 0.2))
    store = SheetsStore(Connection(made, service.new_spreadsheet("Registers").key), now)
    store.open(tabs())
    return store
