"""What goes wrong on the way, the quota, and people at the sheet."""

import threading
import time
from typing import Any

import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError
from gspread.utils import ValueRenderOption

from tests.sheets_standin.client import client_for
from tests.sheets_standin.quota import Quota
from tests.sheets_standin.server import Server
from tests.sheets_standin.service import Service


def open_tab(server: Server) -> gspread.Worksheet:
    return client_for(server.base).open_by_key(server.service.new_spreadsheet("T").key).sheet1


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("429", 429, "Quota exceeded for quota metric 'Write requests'"),
        ("500", 500, "Internal error encountered."),
        ("503", 503, "The service is currently unavailable."),
        ("403", 403, "The caller does not have permission"),
        ("404", 404, "Requested entity was not found."),
        ("api_off", 403, "Google Sheets API has not been used in project"),
    ],
)
def test_an_error_answer_comes_once_and_nothing_is_written(
    server: Server, kind: str, code: int, words: str
) -> None:
    tab = open_tab(server)
    server.service.plan_troubles([kind])
    with pytest.raises(gspread.exceptions.APIError) as caught:
        tab.update([["x"]], "A1")
    assert caught.value.code == code
    assert str(caught.value.error["message"]).startswith(words)
    assert tab.get_all_values() == [[]]


def test_a_401_makes_google_auth_ask_for_a_new_token(server: Server) -> None:
    tab = open_tab(server)
    server.service.plan_troubles(["401"])
    with pytest.raises(RefreshError):
        tab.update([["x"]], "A1")
    server.service.plan_troubles(["401"])
    answer = requests.get(f"{server.base}/v4/spreadsheets/{server.key}", timeout=5)
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_a_502_is_html(server: Server) -> None:
    tab = open_tab(server)
    server.service.plan_troubles(["502"])
    with pytest.raises(gspread.exceptions.APIError) as caught:
        tab.update([["x"]], "A1")
    assert (caught.value.code, caught.value.response.status_code) == (-1, 502)


@pytest.mark.parametrize(
    ("kind", "written"), [("reset_before", False), ("reset_after", True), ("cut", True), ("503_after", True)]
)
def test_a_lost_answer_does_not_say_whether_it_was_written(server: Server, kind: str, written: bool) -> None:
    tab = open_tab(server)
    server.service.plan_troubles([kind])
    with pytest.raises((requests.RequestException, gspread.exceptions.APIError)):
        tab.update([["x"]], "A1")
    assert tab.get_all_values() == ([["x"]] if written else [[]])


@pytest.mark.parametrize(("kind", "at_once"), [("stall:0.3", False), ("stall_after:0.3", True)])
def test_a_stalled_write_lands_though_nobody_waits(
    server: Server, kind: str, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = open_tab(server)
    stalls, may_go_on = held(monkeypatch)
    tab.client.set_timeout(0.1)
    book = server.service.file(tab.spreadsheet_id).book
    server.service.plan_troubles([kind])
    with pytest.raises(requests.Timeout):
        tab.update([["x"]], "A1")
    assert stalls.wait(20)
    assert ("values" in book.values_get("Sheet1")) is at_once
    may_go_on.set()
    for _ in range(2000):
        if "values" in book.values_get("Sheet1"):
            return
        REAL_SLEEP(0.01)
    raise AssertionError("the stalled write never landed")


REAL_SLEEP = time.sleep


def held(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """A stall lasts until the test lets it go, however busy the machine: that it stalls, and that it may go on."""
    stalls, may_go_on = threading.Event(), threading.Event()

    def sleep(seconds: float) -> None:
        if seconds != 0.3:
            return REAL_SLEEP(seconds)
        stalls.set()
        may_go_on.wait(20)
        return None

    monkeypatch.setattr("tests.sheets_standin.server.time.sleep", sleep)
    return stalls, may_go_on


def test_a_plan_can_look_at_the_call(server: Server) -> None:
    tab = open_tab(server)
    server.service.plan = lambda call: "503" if call.kind == "write" else None
    assert tab.get_all_values() == [[]]
    with pytest.raises(gspread.exceptions.APIError):
        tab.update([["x"]], "A1")
    server.service.plan = None


def test_sixty_reads_and_sixty_writes_a_minute_and_no_more() -> None:
    now = [0.0]
    with Server(clock=lambda: now[0]) as server:
        server.service.quota = Quota(server.service.clock)
        tab = client_for(server.base).open_by_key(server.key).sheet1
        for _ in range(58):
            tab.acell("A1")
        with pytest.raises(gspread.exceptions.APIError) as caught:
            tab.acell("A1")
        detail = caught.value.error["details"][0]
        assert (caught.value.code, detail["reason"]) == (429, "RATE_LIMIT_EXCEEDED")
        assert detail["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"
        tab.update([["writes have their own"]], "A1")
        now[0] = 60.0
        assert tab.acell("A1").value == "writes have their own"


def test_people_edit_sort_insert_delete_rename_and_move() -> None:
    service = Service()
    book = service.shared
    book.values_update("Sheet1!A1", {"values": [["id", "n"], ["b", 2], ["a", 1]]}, valueInputOption="RAW")
    with service.person() as person:
        person.edit("Sheet1", "B2", "3/4/2026")
        person.sort("Sheet1", "A")
        person.insert_row("Sheet1", 2)
        person.double_column("Sheet1", "A")
        person.move_column("Sheet1", "C", "A")
        person.double_row("Sheet1", 3)
        person.rename_tab("Sheet1", "People")
        person.filter("People")
    rows = book.values_get("People")["values"]
    assert rows == [["n", "id", "id"], [], ["1", "a", "a"], ["1", "a", "a"], ["3/4/2026", "b", "b"]]
    with service.person() as person:
        person.delete_row("People", 3)
        person.delete_column("People", "B")
    assert book.values_get("People")["values"] == [["n", "id"], [], ["1", "a"], ["3/4/2026", "b"]]
    assert service.log == []


def test_what_people_do_raises_the_files_version_and_time() -> None:
    now = [1000.0]
    service = Service(clock=lambda: now[0])
    before = service.file().version
    now[0] = 2000.0
    with service.person() as person:
        person.edit("Sheet1", "A1", "x")
    assert (service.file().version > before, service.file().modified) == (True, 2000.0)


def test_the_log_tells_reads_from_writes(server: Server) -> None:
    tab = open_tab(server)
    at = len(server.service.log)
    tab.update([["x"]], "A1")
    tab.acell("A1")
    tab.spreadsheet.get_lastUpdateTime()
    seen = [(line.api, line.kind, line.verb, line.code) for line in server.service.log[at:]]
    assert seen == [
        ("sheets", "write", "PUT", 200),
        ("sheets", "read", "GET", 200),
        ("drive", "read", "GET", 200),
    ]


def test_another_process_can_use_the_controls(server: Server) -> None:
    def control(path: str, **given: Any) -> requests.Response:
        return requests.post(f"{server.base}/_control/{path}", json=given, timeout=5)

    key = control("spreadsheet", title="Remote", locale="en_GB").json()["key"]
    tab = client_for(server.base).open_by_key(key).sheet1
    assert control("person", key=key, do="edit", **{"with": ["Sheet1", "A1", "31/12/2026"]}).ok
    assert tab.get("A1", value_render_option=ValueRenderOption.unformatted) == [[46387]]
    control("troubles", next=["503"])
    with pytest.raises(gspread.exceptions.APIError):
        tab.acell("A1")
    control("unshare", key=key)
    with pytest.raises(gspread.exceptions.APIError, match="does not have permission"):
        tab.acell("A1")
    assert control("person", do="fly").status_code == 400
    counts = requests.get(f"{server.base}/_control/counts", timeout=5).json()
    assert counts["sheets read"] == server.service.counts()["sheets read"]
