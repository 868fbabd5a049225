"""One save as one batch: in the safe order, only changed cells, neighbours together (X3)."""

import json
from typing import Any

from services.store.interface import AUDIT, AUDIT_COLUMNS, Cells, Tab
from services.store.sheets.audit import BEFORE, Deed, Entry
from services.store.sheets.batch import Batch, Place, answer_ranges, reply_of, requests
from services.store.sheets.grid import Grid

TAB = Tab("Mentors", ("_id", "Name", "Status", "Notes", "_change"))
BOOK = {
    AUDIT: Place(1, AUDIT, 100, 20),
    BEFORE: Place(2, BEFORE, 100, 40),
    "Mentors": Place(3, "Our mentors", 100, 9),
}


def grid(count: int = 5, header: tuple[str, ...] = TAB.columns) -> Grid:
    return Grid(TAB, header, [[f"M-{n}", "x", "x", "x", ""] for n in range(count)])


def entry(count: int) -> Entry:
    cells = dict.fromkeys(AUDIT_COLUMNS, "") | {
        "_id": f"5-abcd/{count}",
        "number": "5",
        "fields": json.dumps({}),
    }
    return Entry(cells, deed=Deed.CHANGE)


def batch(**writes: Cells) -> Batch:
    """Writes by place: `at_2={"Name": "a"}`."""
    made = Batch("4-old", "5-abcd")
    for count, (name, cells) in enumerate(writes.items(), start=1):
        spot = ("Mentors", int(name.removeprefix("at_")))
        made.entries.append((entry(count), spot))
        made.writes[spot] = cells
    return made


def kinds(made: list[dict[str, Any]]) -> list[str]:
    return [next(iter(request)) for request in made]


def cells_written(made: list[dict[str, Any]]) -> list[tuple[int, int, list[list[Any]]]]:
    """(row, column, values) of each write into the register."""
    writes = [each["updateCells"] for each in made if "updateCells" in each]
    return [
        (
            each["start"]["rowIndex"],
            each["start"]["columnIndex"],
            [
                [next(iter(cell.get("userEnteredValue", {}).values()), None) for cell in row["values"]]
                for row in each["rows"]
            ],
        )
        for each in writes
        if each["start"]["sheetId"] == 3
    ]


def test_the_ticket_comes_first_and_the_copy_before_the_writing() -> None:
    made = requests(batch(at_0={"Name": "a"}), BOOK, {"Mentors": grid()})
    assert kinds(made) == [
        "deleteNamedRange",
        "addNamedRange",
        "insertDimension",
        "insertDimension",
        "copyPaste",
        "updateCells",
        "updateCells",
        "updateCells",
    ]
    assert made[0]["deleteNamedRange"]["namedRangeId"] == "4-old"
    assert made[1]["addNamedRange"]["namedRange"]["namedRangeId"] == "5-abcd"


def test_only_changed_cells_are_written_neighbours_together() -> None:
    made = requests(batch(at_1={"Name": "a", "Status": "b", "_change": "5-abcd"}), BOOK, {"Mentors": grid()})
    assert cells_written(made) == [(2, 1, [["a", "b"]]), (2, 4, [["5-abcd"]])]


def test_rows_that_stand_together_and_change_alike_go_in_one_request() -> None:
    made = requests(
        batch(at_0={"Name": "a"}, at_1={"Name": "b"}, at_3={"Name": "c"}, at_4={"Notes": "d"}),
        BOOK,
        {"Mentors": grid()},
    )
    assert cells_written(made) == [(1, 1, [["a"], ["b"]]), (4, 1, [["c"]]), (5, 3, [["d"]])]
    copies = [each["copyPaste"]["source"] for each in made if "copyPaste" in each]
    assert [(each["startRowIndex"], each["endRowIndex"]) for each in copies] == [(1, 3), (4, 6)]


def test_columns_are_found_by_their_heading_whatever_people_put_between() -> None:
    moved = grid(header=("Ours", "Notes", "_id", "_change", "Name", "Status"))
    made = requests(batch(at_0={"Name": "a", "Notes": "b"}), BOOK, {"Mentors": moved})
    assert cells_written(made) == [(1, 1, [["b"]]), (1, 4, [["a"]])]


def test_a_formula_is_sent_as_the_letters_it_is() -> None:
    """X14."""
    made = requests(batch(at_0={"Name": "=IMPORTDATA(A1)"}), BOOK, {"Mentors": grid()})
    (write,) = [
        each["updateCells"]
        for each in made
        if each.get("updateCells", {}).get("start", {}).get("sheetId") == 3
    ]
    assert write["rows"] == [{"values": [{"userEnteredValue": {"stringValue": "=IMPORTDATA(A1)"}}]}]
    added = Batch("4-old", "5-abcd", [(entry(1), None)], added={"Mentors": [{"_id": "M-9", "Name": "=1+1"}]})
    (append,) = [
        each["appendCells"] for each in requests(added, BOOK, {"Mentors": grid()}) if "appendCells" in each
    ]
    assert append["rows"][0]["values"][1]["userEnteredValue"] == {"stringValue": "=1+1"}


def test_the_answer_brings_the_copies_the_headings_and_the_rows_as_they_stand() -> None:
    ranges = answer_ranges(batch(at_0={"Name": "a"}, at_1={"Name": "b"}), BOOK, {"Mentors": grid()})
    assert ranges == ["'Rows before'!A2:G3", "'Our mentors'!A1:E1", "'Our mentors'!A2:E3"]


def test_an_answer_is_read_by_tab_and_row() -> None:
    row = {"values": [{"effectiveValue": {"stringValue": "M-1"}}, {}, {"effectiveValue": {"numberValue": 3}}]}
    sheet = {"properties": {"sheetId": 3}, "data": [{"startRow": 4, "rowData": [row, {}]}]}
    reply = reply_of({"updatedSpreadsheet": {"sheets": [sheet]}})
    assert reply.row(3, 4) == ["M-1", "", 3] and list(reply.row(3, 5)) == [] and list(reply.row(9, 0)) == []
