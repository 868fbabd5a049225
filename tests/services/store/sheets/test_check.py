"""What people's hands do to a spreadsheet is found and explained by place, before anything is written (X2)."""

from collections.abc import Iterator

import pytest

from services.store.interface import Append, Cells, Look, Needs, Tab
from services.store.sheets import dress
from services.store.sheets.check import Finding, Repair, What, findings, spans, suggested, unspanned
from services.store.sheets.store import SheetsStore
from tests.services.store.workbook import OWN, SheetWorkbook, change, operation

COLUMNS = ("_id", "programme", "name", "phone", "hours", "since", *OWN)
MENTORS = Tab(
    "Mentors",
    COLUMNS,
    {
        "_id": Look("Id"),
        "programme": Look("Programme"),
        "name": Look("Name"),
        "phone": Look("Phone"),
        "hours": Look("Hours", "hours"),
        "since": Look("Since", "date"),
    },
)
LINES = Tab("Lines", ("_id", "programme", "name", *OWN), {"_id": Look("Id"), "name": Look("Name")})
ROW = {"programme": "ssw", "phone": "07700 900123", "hours": "3.5", "since": "2026-01-31"}
ROWS = [
    {**ROW, "_id": "MEN-1", "name": "Mair"},
    {**ROW, "_id": "MEN-2", "name": "Siân"},
    {**ROW, "_id": "MEN-3", "name": "Nia"},
]


@pytest.fixture
def store(spreadsheet: SheetWorkbook) -> Iterator[SheetsStore]:
    """Three mentors in rows 2 to 4, as the app wrote them, in a dressed spreadsheet."""
    made = spreadsheet.open((MENTORS, LINES))
    dress.dress(made.connection, (MENTORS, LINES))
    made.commit(operation("rows"), Needs(), lambda fresh: [Append("Mentors", row) for row in ROWS])
    yield made
    made.close()


def found(store: SheetsStore) -> list[Finding]:
    return findings(store.inspect(("Mentors", "Lines")))


def one(store: SheetsStore, what: What) -> Finding:
    (finding,) = [each for each in found(store) if each.what is what]
    return finding


def mend(store: SheetsStore, finding: Finding, repair: Repair, op_id: str = "repair", **given: str) -> None:
    store.repair(operation(op_id), finding, repair, given)


def rows(store: SheetsStore) -> dict[str, Cells]:
    store.look_again()
    return {row["_id"]: row for row in store.read("Mentors").rows["Mentors"]}


def test_a_spreadsheet_that_nobody_touched_has_nothing_to_find(store: SheetsStore) -> None:
    assert found(store) == []


def test_it_costs_two_reads_and_a_third_only_where_something_looks_like_a_formula(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    before = store.connection.wire.made["read"]
    store.inspect(("Mentors", "Lines"))
    assert store.connection.wire.made["read"] == before + 2
    spreadsheet.person("edit", "Mentors", "E2", "=2*3")
    store.inspect(("Mentors", "Lines"))
    assert store.connection.wire.made["read"] == before + 5


# --- cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a1", "typed", "what", "column"),
    [
        ("E3", "'3.5", What.TEXT, "hours"),
        ("E3", "three", What.UNREADABLE, "hours"),
        ("F3", "'31/01/2026", What.UNREADABLE, "since"),
        ("F3", "'2026-01-31", What.TEXT, "since"),
        ("E3", "=1.5+2", What.FORMULA, "hours"),
        ("F3", "=DATE(2026,1,31)", What.FORMULA, "since"),
    ],
)
def test_a_cell_that_is_not_what_its_column_keeps_is_told_by_its_place(
    store: SheetsStore, spreadsheet: SheetWorkbook, a1: str, typed: str, what: What, column: str
) -> None:
    spreadsheet.person("edit", "Mentors", a1, typed)
    finding = one(store, what)
    assert (finding.tab, finding.row, finding.column, finding.id) == ("Mentors", 3, column, "MEN-2")
    assert finding.stands == typed.removeprefix("'")


def test_a_number_in_a_text_column_is_told(store: SheetsStore, spreadsheet: SheetWorkbook) -> None:
    """The column's format is text; somebody changed it, and Google took the 0 away."""
    key = store.connection.key
    store.connection.batch(
        [
            {
                "updateCells": {
                    "start": {"sheetId": store._book()["Mentors"].sheet_id, "rowIndex": 1, "columnIndex": 3},
                    "rows": [{"values": [{"userEnteredValue": {"numberValue": 7700900123}}]}],
                    "fields": "userEnteredValue",
                }
            }
        ]
    )
    assert key and one(store, What.NUMBER).column == "phone"


def test_text_that_begins_like_a_formula_is_text(store: SheetsStore) -> None:
    change(store, "edit", "MEN-1", name="=1+1")
    assert found(store) == []


@pytest.mark.parametrize(("typed", "value"), [("'3.5", "3.5"), ("=1.5+2", "3.5")])
def test_a_number_kept_as_text_or_formula_becomes_a_real_number_again(
    store: SheetsStore, spreadsheet: SheetWorkbook, typed: str, value: str
) -> None:
    spreadsheet.person("edit", "Mentors", "E3", typed)
    (finding,) = found(store)
    mend(store, finding, Repair.RETYPE)
    assert found(store) == [] and rows(store)["MEN-2"]["hours"] == value
    (raw,) = store.connection.values(["Mentors!E3"], formulas=True)
    assert raw == [[3.5]]


def test_the_history_keeps_the_formula_that_a_repair_took_away(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("edit", "Mentors", "E3", "=1.5+2")
    mend(store, one(store, What.FORMULA), Repair.RETYPE)
    assert any("=1.5+2" in entry["fields"] for entry in store.history("Mentors", "MEN-2"))


def test_a_repair_stops_where_the_cell_says_something_else_by_now(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    from schemas.errors import StoreUnavailable

    spreadsheet.person("edit", "Mentors", "E3", "'3.5")
    finding = one(store, What.TEXT)
    spreadsheet.person("edit", "Mentors", "E3", "'4")
    with pytest.raises(StoreUnavailable, match="no longer says"):
        mend(store, finding, Repair.RETYPE)
    assert rows(store)["MEN-2"]["hours"] == "4"


def test_a_repair_finds_its_row_where_it_was_sorted_to(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("edit", "Mentors", "E2", "'3.5")
    finding = one(store, What.TEXT)
    spreadsheet.person("sort", "Mentors", "A", True)
    mend(store, finding, Repair.RETYPE)
    assert found(store) == []


def test_only_a_date_that_can_be_read_one_way_is_suggested() -> None:
    assert suggested("date", "31/1/2026") == "2026-01-31"
    assert suggested("date", "1/31/2026") == ""
    assert suggested("hours", "1,250.5") == "1250.5"
    assert suggested("hours", "3,5") == ""


# --- rows ------------------------------------------------------------------------------------------


def test_a_row_without_an_id_is_found_and_adopted_where_it_stands(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("edit", "Mentors", "C6", "Gwen")
    finding = one(store, What.NO_ID)
    assert (finding.row, finding.repairs) == (6, (Repair.ADOPT,))
    mend(store, finding, Repair.ADOPT, _id="MEN-9", programme="ssw")
    assert found(store) == []
    assert rows(store)["MEN-9"]["name"] == "Gwen" and rows(store)["MEN-9"]["programme"] == "ssw"
    (told,) = store.history("Mentors", "MEN-9")
    assert (told["action"], '"Gwen"' in told["fields"]) == ("sheet.adopted", True)


def test_an_adopted_row_that_changed_meanwhile_is_left_alone(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    from schemas.errors import StoreUnavailable

    spreadsheet.person("edit", "Mentors", "C6", "Gwen")
    finding = one(store, What.NO_ID)
    spreadsheet.person("edit", "Mentors", "E6", "4")
    with pytest.raises(StoreUnavailable):
        mend(store, finding, Repair.ADOPT, _id="MEN-9", programme="ssw")
    assert one(store, What.NO_ID).row == 6


def test_a_row_whose_id_was_cleared_is_known_by_its_mark(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    change(store, "edit", "MEN-2", name="Siân Rhys")
    spreadsheet.person("edit", "Mentors", "A3", "")
    (finding,) = found(store)
    assert (finding.what, finding.id) == (What.NO_ID, "MEN-2")
    mend(store, finding, Repair.ADOPT, _id="MEN-2", programme="ssw")
    assert found(store) == [] and rows(store)["MEN-2"]["name"] == "Siân Rhys"


def test_one_of_two_equal_rows_is_cleared_and_the_history_keeps_it(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("double_row", "Mentors", 3)
    finding = one(store, What.ROW_DOUBLED)
    assert (finding.row, finding.id, finding.repairs) == (4, "MEN-2", (Repair.CLEAR,))
    mend(store, finding, Repair.CLEAR)
    assert found(store) == [] and set(rows(store)) == {"MEN-1", "MEN-2", "MEN-3"}
    assert rows(store)["MEN-2"]["name"] == "Siân"
    newest = store.history("Mentors", "MEN-2")[0]
    assert newest["action"] == "sheet.cleared" and "07700 900123" in newest["fields"]


def test_two_rows_of_one_id_that_differ_are_a_person_s_to_decide(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("double_row", "Mentors", 3)
    spreadsheet.person("edit", "Mentors", "C4", "Siân Owen")
    assert one(store, What.ROW_DOUBLED).repairs == ()


def test_a_deleted_row_is_known_from_the_history(store: SheetsStore, spreadsheet: SheetWorkbook) -> None:
    spreadsheet.person("delete_row", "Mentors", 3)
    finding = one(store, What.ROW_GONE)
    assert (finding.id, finding.programme) == ("MEN-2", "ssw")
    assert finding.repairs == (Repair.PUT_BACK, Repair.LEAVE)


def test_a_deleted_row_that_somebody_accepted_is_not_told_again_until_it_comes_and_goes(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("delete_row", "Mentors", 3)
    mend(store, one(store, What.ROW_GONE), Repair.LEAVE)
    assert found(store) == []
    again = Append("Mentors", {**ROW, "_id": "MEN-2", "name": "Siân"})
    store.commit(operation("again"), Needs(), lambda fresh: [again])
    spreadsheet.person("delete_row", "Mentors", 4)
    assert one(store, What.ROW_GONE).id == "MEN-2"


def test_a_row_typed_and_deleted_by_hand_before_any_save_told_of_it_is_known_to_the_process_that_saw_it(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("edit", "Mentors", "A5", "MEN-7")
    spreadsheet.person("edit", "Mentors", "C5", "Gwen")
    rows(store)
    change(store, "save", "MEN-1", name="Mair")  # tells of the new row
    spreadsheet.person("delete_row", "Mentors", 5)
    rows(store)
    assert one(store, What.ROW_GONE).id == "MEN-7"


# --- columns and tabs --------------------------------------------------------------------------------


def test_a_renamed_column_is_found_where_it_stood_and_gets_its_name_back(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("edit", "Mentors", "C1", "Enw")
    finding = one(store, What.COLUMN_GONE)
    assert (finding.column, finding.at, finding.stands, finding.row) == ("name", 2, "Enw", 1)
    mend(store, finding, Repair.HEADING)
    assert found(store) == [] and rows(store)["MEN-1"]["name"] == "Mair"
    assert store.read("Mentors").broken == {}


def test_a_renamed_column_that_was_moved_too_is_not_guessed_from_another_of_their_own(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("delete_column", "Mentors", "C")
    spreadsheet.person("insert_column", "Mentors", "F")
    spreadsheet.person("edit", "Mentors", "F1", "Our notes")
    assert one(store, What.COLUMN_GONE).repairs == ()


def test_a_doubled_column_can_be_given_another_heading(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("double_column", "Mentors", "D")
    two = [each for each in found(store) if each.what is What.COLUMN_DOUBLED]
    assert [each.at for each in two] == [3, 4] and "the same as the first" in str(two[1].words)
    mend(store, two[1], Repair.SECOND)
    assert [each.what for each in found(store)] == [What.COLUMN_EXTRA]
    assert "Phone (2)" in str(one(store, What.COLUMN_EXTRA).words)


def test_moved_and_extra_columns_are_told_and_no_fault(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("move_column", "Mentors", "E", "C")
    spreadsheet.person("insert_column", "Mentors", "F")
    spreadsheet.person("edit", "Mentors", "F1", "Our notes")
    told = found(store)
    assert [each.what for each in told] == [What.COLUMN_MOVED, What.COLUMN_EXTRA]
    assert all(each.is_only_told for each in told)


def test_a_renamed_tab_works_on_and_gets_its_name_back(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    spreadsheet.person("rename_tab", "Mentors", "Mentoriaid")
    assert set(rows(store)) == {"MEN-1", "MEN-2", "MEN-3"}
    mend(store, one(store, What.TAB_RENAMED), Repair.TAB_NAME)
    assert found(store) == [] and set(rows(store)) == {"MEN-1", "MEN-2", "MEN-3"}


def test_a_deleted_tab_is_told_and_leaves_the_others_standing(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    rows(store)
    spreadsheet.person("delete_tab", "Lines")
    store.look_again()
    reading = store.read("Mentors", "Lines")
    assert list(reading.broken) == ["Lines"] and len(reading.rows["Mentors"]) == 3
    assert one(store, What.TAB_GONE).tab == "Lines"
    change(store, "after", "MEN-1", name="Mair P")
    assert rows(store)["MEN-1"]["name"] == "Mair P"


def test_a_deleted_tab_takes_no_writing(store: SheetsStore, spreadsheet: SheetWorkbook) -> None:
    from schemas.errors import StoreUnavailable

    spreadsheet.person("delete_tab", "Lines")
    with pytest.raises(StoreUnavailable, match="tab Lines is not in the spreadsheet"):
        store.commit(operation("x"), Needs(), lambda fresh: [Append("Lines", {"_id": "L-1"})])


def test_a_filter_is_told_with_the_way_to_do_without(store: SheetsStore, spreadsheet: SheetWorkbook) -> None:
    spreadsheet.person("filter", "Mentors")
    assert "filter view" in str(one(store, What.HIDDEN).words)


def test_merged_cells_are_found_and_taken_apart(store: SheetsStore) -> None:
    area = {"sheetId": store._book()["Mentors"].sheet_id, "startRowIndex": 1, "endRowIndex": 3}
    area |= {"startColumnIndex": 2, "endColumnIndex": 3}
    store.connection.batch([{"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}])
    finding = one(store, What.MERGED)
    assert (finding.stands, finding.row, finding.column) == ("C2:C3", 2, "name")
    mend(store, finding, Repair.UNMERGE)
    assert found(store) == []


# --- the spreadsheet -------------------------------------------------------------------------------


def test_another_country_s_dates_are_found_and_set_right(store: SheetsStore) -> None:
    wrong = {"properties": {"locale": "en_US"}, "fields": "locale"}
    store.connection.batch([{"updateSpreadsheetProperties": wrong}])
    mend(store, one(store, What.LOCALE), Repair.LOCALE)
    assert found(store) == []


def test_missing_protection_is_told(store: SheetsStore) -> None:
    (sheet, *_) = [each for each in store.connection.describe()["sheets"] if "protectedRanges" in each]
    guard = sheet["protectedRanges"][0]["protectedRangeId"]
    store.connection.batch([{"deleteProtectedRange": {"protectedRangeId": guard}}])
    assert "1 of 6" in str(one(store, What.UNPROTECTED).words)


def test_a_deleted_ticket_is_found_and_put_back(store: SheetsStore) -> None:
    ticket = store.inspect(()).found.ticket
    store.connection.batch([{"deleteNamedRange": {"namedRangeId": ticket}}])
    mend(store, one(store, What.TICKET_GONE), Repair.TICKET)
    assert found(store) == []
    change(store, "after", "MEN-1", name="Mair P")


def test_a_gap_in_the_history_is_told_by_its_numbers_and_can_be_accepted(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    for number in range(2, 6):
        change(store, f"save {number}", "MEN-1", name=f"Mair {number}")
    spreadsheet.person("delete_row", "Audit", 3)  # the change before the newest
    spreadsheet.person("delete_row", "Audit", 6)  # one of the three rows of the first
    finding = one(store, What.HISTORY_GAP)
    assert finding.stands == "4, 1/2"
    mend(store, finding, Repair.LEAVE)
    assert found(store) == []


def test_the_newest_rows_of_the_history_deleted_stop_every_save_until_the_gap_is_accepted(
    store: SheetsStore, spreadsheet: SheetWorkbook
) -> None:
    from schemas.errors import StoreUnavailable

    change(store, "save", "MEN-1", name="Mair 2")
    spreadsheet.person("delete_row", "Audit", 2)
    other = spreadsheet.open((MENTORS, LINES))  # a process that never saw that row
    with pytest.raises(StoreUnavailable, match="newest rows of the Audit tab"):
        change(other, "stopped", "MEN-1", name="Mair 3")
    finding = one(other, What.HISTORY_GAP)
    assert finding.stands == "2"
    mend(other, finding, Repair.LEAVE)
    change(other, "goes on", "MEN-1", name="Mair 3")
    assert found(other) == [] and rows(store)["MEN-1"]["name"] == "Mair 3"
    other.close()


def test_numbers_that_follow_each_other_are_told_together() -> None:
    lost = ["3", "4", "5", "9", "12/2"]
    assert spans(lost) == "3-5, 9, 12/2" and unspanned(spans(lost)) == set(lost)


def test_the_worst_is_told_first(store: SheetsStore, spreadsheet: SheetWorkbook) -> None:
    spreadsheet.person("edit", "Mentors", "E3", "'3.5")
    spreadsheet.person("filter", "Mentors")
    spreadsheet.person("edit", "Mentors", "C1", "Enw")
    assert [each.what for each in found(store)] == [What.COLUMN_GONE, What.TEXT, What.HIDDEN]


def test_a_repair_sent_twice_is_one(store: SheetsStore, spreadsheet: SheetWorkbook) -> None:
    spreadsheet.person("edit", "Mentors", "C1", "Enw")
    finding = one(store, What.COLUMN_GONE)
    mend(store, finding, Repair.HEADING, "the same")
    number = store.number()
    mend(store, finding, Repair.HEADING, "the same")
    assert store.number() == number
