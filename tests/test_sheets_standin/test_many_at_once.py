"""Several clients at once, and the stand-in as a process of its own."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gspread
import pytest

from tests.sheets_standin.client import client_for
from tests.sheets_standin.server import Server

ROOT = Path(__file__).parents[2]


def test_twenty_appends_at_once_make_twenty_rows(server: Server) -> None:
    key = server.service.new_spreadsheet("Busy").key

    def append(number: int) -> None:
        client_for(server.base).open_by_key(key).sheet1.append_row([f"row {number}"], table_range="A1")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(20)))
    rows = client_for(server.base).open_by_key(key).sheet1.col_values(1)
    assert sorted(map(str, rows)) == sorted(f"row {number}" for number in range(20))


def test_of_two_commits_on_one_ticket_exactly_one_wins(server: Server) -> None:
    book = server.service.new_spreadsheet("Race")
    ticket = {"namedRangeId": "1-a", "name": "app_ticket", "range": {"endRowIndex": 1}}
    book.batch_update({"requests": [{"addNamedRange": {"namedRange": ticket}}]})

    def commit(name: str) -> bool:
        workbook = client_for(server.base).open_by_key(book.key)
        cell = {"values": [{"userEnteredValue": {"stringValue": name}}]}
        requests = [
            {"deleteNamedRange": {"namedRangeId": "1-a"}},
            {"addNamedRange": {"namedRange": ticket | {"namedRangeId": f"2-{name}"}}},
            {"updateCells": {"start": {}, "rows": [cell], "fields": "userEnteredValue"}},
        ]
        try:
            workbook.batch_update({"requests": requests})
        except gspread.exceptions.APIError:
            return False
        return True

    names = [f"n{number}" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        won = [name for name, good in zip(names, pool.map(commit, names), strict=True) if good]
    assert len(won) == 1
    assert book.values_get("Sheet1")["values"] == [won]


@pytest.mark.parametrize("extra", [["--quota", "--locale", "en_GB"]])
def test_it_starts_as_a_process_and_says_where_it_is(extra: list[str]) -> None:
    command = [sys.executable, "-m", "tests.sheets_standin", "--port", "0", "--latency", "0.01", *extra]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            base, key = (process.stdout.readline().split()[-1] for _ in range(2))
            workbook = client_for(base).open_by_key(key)
            assert (workbook.locale, workbook.sheet1.get_all_values()) == ("en_GB", [[]])
        finally:
            process.terminate()
