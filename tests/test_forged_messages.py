"""Hand-made messages on Streamlit's socket change nothing that is not allowed (X5).

A page only asks; every right and every record is looked at again by the service, on fresh rows.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services.store import create_store
from services.workbook import tabs
from tests.cast import ANGHARAD, EVAN, MAIR, new_workbook
from tests.scenes import ENERGY, FORUM, ORCHARD, programme_at_work
from tests.server import running
from tests.wire import Wire, widget, wire


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("forged") / "workbook.sqlite3"
    new_workbook(path, programme_at_work).store.close()
    return path


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    with running(store, {"MENTOR_DESK_TODAY": "2026-10-05"}) as served:
        yield served


OWN = {FORUM, ORCHARD}


def number(store: Path) -> int:
    """How many changes the workbook has seen."""
    with closing(create_store(str(store), tabs())) as opened:
        return opened.number()


def lines(store: Path) -> set[tuple[str, str]]:
    """Whose assignment each line of time is on, and its hours."""
    with closing(create_store(str(store), tabs())) as opened:
        return {(row["assignment"], row["hours"]) for row in opened.read("Timesheets").rows["Timesheets"]}


def refusals(drawn: list) -> list[str]:  # type: ignore[type-arg]
    return [each.alert.title for each in drawn if each.WhichOneof("type") == "alert"]


def write_down(page: Wire, assignment: str) -> list:  # type: ignore[type-arg]
    """Fill in the timesheet by hand: hours, that assignment, and press Save."""
    drawn = page.run("timesheet")
    filled = {
        widget(drawn, "selectbox", "Assignment").id: assignment,
        widget(drawn, "text_input", "Hours").id: "1.25",
        widget(drawn, "date_input", "Date").id: ["2026-10-05"],
        widget(drawn, "radio", "Chargeable").id: "yes",
    }
    page.run("timesheet", filled)
    return page.run("timesheet", {**filled, widget(drawn, "button", "Save").id: True})


def test_a_button_of_the_manager_pressed_by_a_mentor_s_socket_approves_nothing(
    address: str, store: Path
) -> None:
    with wire(address, ANGHARAD.id) as hers:
        drawn = hers.run("approvals")
        buttons = [each.button.id for each in drawn if each.WhichOneof("type") == "button"]
        assert any("approve" in id_ for id_ in buttons), buttons
    for person in (MAIR.id, EVAN.id, "", "PER-NOBODY"):
        with wire(address, person) as theirs:
            theirs.run("approvals")
            before = number(store)
            drawn = theirs.run("approvals", dict.fromkeys(buttons, True))
            assert number(store) == before
            assert not [each for each in drawn if each.WhichOneof("type") == "arrow_data_frame"]


def test_a_choice_that_was_never_offered_is_refused_by_the_service(address: str, store: Path) -> None:
    """Another mentor's assignment, forged into the list of one's own; beside it one's own, which is taken."""
    before = lines(store)
    with wire(address, MAIR.id) as page:
        for forged in (ENERGY, "Men's Shed Tywyn", "ASG-NEVERW"):
            write_down(page, forged)
    assert {assignment for assignment, _ in lines(store) - before} <= OWN
    with wire(address, MAIR.id) as page:
        drawn = write_down(page, "Programme Forum")
    assert not refusals(drawn)
    assert FORUM in {assignment for assignment, _ in lines(store) - before}


def test_a_message_that_is_none_closes_the_socket_and_not_the_server(address: str) -> None:
    from websockets.exceptions import ConnectionClosed

    with wire(address, MAIR.id) as page:
        page.socket.send(b"\xff\xfe not a message")
        with pytest.raises(ConnectionClosed):
            while True:
                page.bytes()
    with wire(address, MAIR.id) as page:
        assert page.run("today")
