"""A tab as people leave it: columns anywhere, rows without ids, ids twice (X2)."""

from services.store.interface import Look, Tab
from services.store.sheets.grid import Grid

TAB = Tab("Mentors", ("_id", "Name", "Days"), {"Days": Look("Days agreed", "number")})


def test_columns_are_known_by_their_heading_in_any_order_among_others() -> None:
    grid = Grid(TAB, ["Ours", " Days agreed ", "_id", "Name"], [["x", 3, "M-1", "Ann"], ["y", 2]])
    assert grid.is_whole and grid.cells(0) == {"_id": "M-1", "Name": "Ann", "Days": "3"}
    assert grid.cells(1) == {"_id": "", "Name": "", "Days": "2"} and grid.nameless == [1]
    assert grid.line({"_id": "M-2", "Name": "Ben", "Days": "1"}) == ["", 1, "M-2", "Ben"]


def test_a_missing_and_a_doubled_heading_are_named() -> None:
    grid = Grid(TAB, ["_id", "Name", "Name"], [])
    assert (grid.missing, grid.doubled, grid.is_whole) == (("Days",), ("Name",), False)


def test_an_id_that_stands_twice_names_no_row() -> None:
    grid = Grid(TAB, TAB.columns, [["M-1"], ["M-1"], ["M-2"]])
    assert grid.one("M-1") is None and grid.place("M-2") == 2 and grid.rows_of["M-1"] == [0, 1]


def test_a_blank_row_and_staff_s_own_columns_are_not_rows_of_ours() -> None:
    grid = Grid(TAB, ["_id", "Name", "Days agreed", "Ours"], [["M-1", "Ann"], [], ["", "", "", "note"]])
    assert list(grid.filled()) == [0] and grid.nameless == [2]


def test_what_a_save_left_takes_the_place_of_what_was_read() -> None:
    grid = Grid(TAB, ["_id", "Name", "Days agreed"], [["M-1", "Ann", 3]])
    assert grid.cells(0)["Name"] == "Ann"
    grid.take(0, {"_id": "M-1", "Name": "Anna", "Days": ""})
    grid.add({"_id": "M-2", "Name": "", "Days": "2"})
    assert grid.lines == [["M-1", "Anna"], ["M-2", "", 2]]
    assert grid.one("M-1") == {"_id": "M-1", "Name": "Anna", "Days": ""} and grid.place("M-2") == 1
