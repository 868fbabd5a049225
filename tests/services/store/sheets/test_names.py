"""In the sheet a link is followed by a name, for people; the app reads the id alone (design 2)."""

from collections.abc import Iterator

import pytest

from services.store.interface import Append, Needs, Operation
from services.store.sheets.store import SheetsStore
from services.workbook import Workbook
from tests.cast import NOW, cast_in, op
from tests.services.staff import GROUP_ID, MAIR_ID, fill
from tests.sheets_standin.server import Server
from tests.spreadsheets import open_spreadsheet


@pytest.fixture
def workbook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbook]:
    """Two mentors, two groups and a host in a spreadsheet."""
    with Server() as server:
        monkeypatch.setenv("SHEETS_API_BASE", server.base)
        made = fill(cast_in(open_spreadsheet(server)))
        made.refresh()
        yield made


def new(workbook: Workbook, tab: str, id_: str, **cells: str) -> dict[str, str]:
    """A new row, as the app reads it back from the sheet."""
    row = Append(tab, {"_id": id_, "programme": "ssw", **cells})
    workbook.store.commit(Operation(op(), "", "test", "start", NOW, "ssw"), Needs(), lambda fresh: [row])
    workbook.store.look_again()
    return next(row for row in workbook.store.read(tab).rows[tab] if row["_id"] == id_)


def cell(workbook: Workbook, tab: str, id_: str, column: str) -> object:
    """What stands in the sheet itself."""
    store = workbook.store
    assert isinstance(store, SheetsStore)
    (rows,) = store.connection.values([f"'{tab}'"])
    place = rows[0].index(store.tabs[tab].look(column).heading)
    return next(row for row in rows if row and row[0] == id_)[place]


def test_a_link_says_whom_it_means_in_the_sheet_and_reads_as_its_id(workbook: Workbook) -> None:
    row = new(workbook, "Assignments", "ASG-NAMED1", mentor=MAIR_ID, mentee=GROUP_ID)
    assert cell(workbook, "Assignments", "ASG-NAMED1", "mentor") == f"{MAIR_ID} Mair Pritchard"
    assert (row["mentor"], row["mentee"]) == (MAIR_ID, GROUP_ID)


def test_what_an_assignment_is_called_is_found_through_its_own_link(workbook: Workbook) -> None:
    new(workbook, "Assignments", "ASG-NAMED2", mentor=MAIR_ID, mentee=GROUP_ID)
    row = new(workbook, "Timesheets", "TIM-NAMED1", mentor=MAIR_ID, assignment="ASG-NAMED2")
    assert str(cell(workbook, "Timesheets", "TIM-NAMED1", "assignment")).startswith("ASG-NAMED2 ")
    assert row["assignment"] == "ASG-NAMED2"


def test_a_link_to_a_record_nobody_knows_is_its_id_alone(workbook: Workbook) -> None:
    new(workbook, "Assignments", "ASG-NOBODY", mentor="MEN-NOBODY")
    assert cell(workbook, "Assignments", "ASG-NOBODY", "mentor") == "MEN-NOBODY"
