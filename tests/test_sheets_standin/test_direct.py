"""gspread on the stand-in without sockets, and reads that come back stale."""

import gspread
import pytest
import requests

from tests.sheets_standin.direct import Direct, direct_client
from tests.sheets_standin.service import Service


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def transport(clock: Clock) -> Direct:
    return Direct(Service(clock), clock.sleep, latency=0.2)


@pytest.fixture
def tab(transport: Direct) -> gspread.Worksheet:
    return direct_client(transport).open_by_key(transport.service.shared.key).sheet1


def test_it_answers_as_over_http(tab: gspread.Worksheet, clock: Clock) -> None:
    tab.update([["a", 1]], "A1")
    assert tab.get_all_values() == [["a", "1"]]
    assert clock.now == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("kind", "problem", "written"),
    [
        ("503", gspread.exceptions.APIError, False),
        ("reset_before", requests.ConnectionError, False),
        ("reset_after", requests.ConnectionError, True),
        ("cut", requests.exceptions.ChunkedEncodingError, True),
        ("stall_after:60", requests.ReadTimeout, True),
    ],
)
def test_troubles_are_what_requests_makes_of_them(
    transport: Direct, tab: gspread.Worksheet, kind: str, problem: type[Exception], written: bool
) -> None:
    transport.service.plan_troubles([kind])
    with pytest.raises(problem):
        tab.update([["x"]], "A1")
    assert ("values" in transport.service.shared.values_get("Sheet1")) is written


def test_a_stalled_call_lands_after_the_client_gave_up(
    transport: Direct, tab: gspread.Worksheet, clock: Clock
) -> None:
    transport.service.plan_troubles(["stall:30"])
    with pytest.raises(requests.ReadTimeout):
        tab.update([["late"]], "A1")
    assert tab.get_all_values() == [[]]
    clock.sleep(30)
    assert tab.get_all_values() == [["late"]]


def test_a_stale_read_misses_the_last_change(transport: Direct, tab: gspread.Worksheet) -> None:
    tab.update([["old"]], "A1")
    tab.update([["new"]], "A1")
    transport.service.plan_troubles(["stale"])
    assert [tab.acell("A1").value, tab.acell("A1").value] == ["old", "new"]
