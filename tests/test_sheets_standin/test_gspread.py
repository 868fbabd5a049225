"""Real gspread 6.2.1, unchanged, through all it has calls for, and into its traps (google-sheets.md, section 4)."""

import gspread
import pytest
from gspread.utils import ExportFormat, ValidationConditionType, ValueInputOption, ValueRenderOption

from tests.sheets_standin.client import client_for
from tests.sheets_standin.server import Server

ROWS: list[list[str | int]] = [["name", "n"], ["b", 2], ["a", 1]]


def test_files_are_made_found_listed_copied_and_deleted(client: gspread.Client) -> None:
    made = client.create("Findable")
    assert len(made.id) == 44
    assert client.open("Findable").id == client.open_by_key(made.id).id == made.id
    assert client.open_by_url(made.url).id == made.id
    copied = client.copy(made.id)
    assert copied.title == "Copy of Findable"
    assert {made.id, copied.id} <= {one["id"] for one in client.list_spreadsheet_files()}
    client.del_spreadsheet(copied.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(copied.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open("Never made")


def test_a_file_is_shared_and_unshared(workbook: gspread.Spreadsheet) -> None:
    workbook.share("bob@example.org", "user", "writer", notify=False)
    workbook.share("", "anyone", "reader")
    shared = {one.get("emailAddress", one["type"]): one["role"] for one in workbook.list_permissions()}
    assert shared == {"tester@example.org": "owner", "bob@example.org": "writer", "anyone": "reader"}
    assert workbook.remove_permissions("bob@example.org")
    assert len(workbook.list_permissions()) == 2


def test_an_unshared_file_is_a_permission_error(server: Server, workbook: gspread.Spreadsheet) -> None:
    server.service.unshare(workbook.id)
    with pytest.raises(PermissionError):
        client_for(server.base).open_by_key(workbook.id)


def test_tabs_are_added_renamed_moved_hidden_and_deleted(workbook: gspread.Spreadsheet) -> None:
    two = workbook.add_worksheet("Two", 10, 5)
    workbook.add_worksheet("Three", 10, 5, index=0)
    assert [one.title for one in workbook.worksheets()] == ["Three", "Sheet1", "Two"]
    two.update_title("Zwei")
    two.update_index(0)
    workbook.reorder_worksheets(list(reversed(workbook.worksheets())))
    assert [one.title for one in workbook.worksheets()] == ["Sheet1", "Three", "Zwei"]
    two.hide()
    assert [one.title for one in workbook.worksheets(exclude_hidden=True)] == ["Sheet1", "Three"]
    two.show()
    workbook.del_worksheet(two)
    assert workbook.worksheet("Three").duplicate().title == "Copy of Three"
    with pytest.raises(gspread.WorksheetNotFound):
        workbook.worksheet("Zwei")


def test_the_spreadsheet_has_a_title_a_locale_and_a_zone(workbook: gspread.Spreadsheet) -> None:
    workbook.update_title("New")
    workbook.update_locale("en_GB")
    workbook.update_timezone("Europe/London")
    assert (workbook.title, workbook.locale, workbook.timezone) == ("New", "en_GB", "Europe/London")
    assert workbook.get_lastUpdateTime().endswith("Z")


def test_values_are_written_read_found_and_sorted(tab: gspread.Worksheet) -> None:
    tab.update(ROWS, "A1")
    assert tab.get_all_values() == [["name", "n"], ["b", "2"], ["a", "1"]]
    assert tab.get_all_records() == [{"name": "b", "n": 2}, {"name": "a", "n": 1}]
    found = tab.find("a")
    assert found is not None
    assert found.address == "A3"
    assert tab.find("nobody") is None
    tab.sort((1, "asc"), range="A2:B3")
    assert tab.col_values(1) == ["name", "a", "b"]
    assert tab.batch_get(["A1:B1", "A3"]) == [[["name", "n"]], [["b"]]]
    tab.batch_clear(["A2:B2"])
    assert tab.get_all_values() == [["name", "n"], ["", ""], ["b", "2"]]
    tab.clear()
    assert tab.get_all_values() == [[]]


def test_rows_are_inserted_and_deleted(tab: gspread.Worksheet) -> None:
    tab.update(ROWS, "A1")
    tab.insert_row(["new", 9], 2)
    tab.insert_rows([["x"], ["y"]], 2)
    tab.delete_rows(1)
    assert tab.col_values(1) == ["x", "y", "new", "b", "a"]
    tab.insert_cols([["c1"]], 1)
    tab.delete_columns(2)
    assert tab.row_values(1) == ["c1"]
    tab.append_rows([["p"], ["q"]], table_range="A1")


def test_formats_notes_merges_and_frozen_rows_are_kept(workbook: gspread.Spreadsheet) -> None:
    tab = workbook.add_worksheet("Looks", 20, 20)
    tab.freeze(rows=2, cols=1)
    assert (workbook.worksheet("Looks").frozen_row_count, workbook.worksheet("Looks").frozen_col_count) == (
        2,
        1,
    )
    tab.format("A1:B1", {"textFormat": {"bold": True}, "horizontalAlignment": "CENTER"})
    tab.batch_format([{"range": "A2", "format": {"numberFormat": {"type": "DATE"}}}])
    tab.insert_notes({"A1": "one", "B2": "two"})
    assert (tab.get_note("A1"), tab.get_note("B2"), tab.get_note("C3")) == ("one", "two", "")
    tab.clear_notes(["A1"])
    assert tab.get_note("A1") == ""
    tab.merge_cells("C1:D2")
    assert workbook.fetch_sheet_metadata()["sheets"][1]["merges"] == [
        {"sheetId": tab.id, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 4}
    ]
    tab.unmerge_cells("C1:D2")
    assert "merges" not in workbook.fetch_sheet_metadata()["sheets"][1]


def test_colours_sizes_groups_and_gridlines_are_kept(workbook: gspread.Spreadsheet) -> None:
    tab = workbook.sheet1
    tab.update_tab_color("#ff0000")
    assert workbook.sheet1.get_tab_color() == "#FF0000"
    tab.clear_tab_color()
    assert workbook.sheet1.get_tab_color() is None
    tab.hide_columns(0, 2)
    tab.unhide_columns(0, 1)
    tab.hide_rows(0, 1)
    tab.columns_auto_resize(0, 1)
    tab.rows_auto_resize(0, 1)
    tab.hide_gridlines()
    tab.show_gridlines()
    tab.add_dimension_group_rows(0, 2)
    assert tab.list_dimension_group_rows()[0]["range"] == {
        "dimension": "ROWS",
        "startIndex": 0,
        "endIndex": 2,
    }
    tab.delete_dimension_group_rows(0, 2)
    assert tab.list_dimension_group_rows() == []


def test_names_protections_filters_and_rules_are_kept(workbook: gspread.Spreadsheet) -> None:
    tab = workbook.sheet1
    tab.define_named_range("A1:B2", "corner")
    named = workbook.list_named_ranges()[0]
    assert (named["name"], tab.get("corner")) == ("corner", [[]])
    tab.delete_named_range(named["namedRangeId"])
    assert workbook.list_named_ranges() == []
    tab.add_protected_range("A1:B1", ["app@example.org"], description="app: header")
    protected = workbook.list_protected_ranges(tab.id)[0]
    assert protected["editors"] == {"users": ["app@example.org"]}
    tab.delete_protected_range(protected["protectedRangeId"])
    tab.set_basic_filter("A1:B3")
    tab.clear_basic_filter()
    tab.add_validation("A1", ValidationConditionType.one_of_list, ["a", "b"], strict=True, showCustomUi=True)


def test_ranges_are_copied_and_cut_and_tabs_copied_to_another_file(
    client: gspread.Client, workbook: gspread.Spreadsheet
) -> None:
    tab = workbook.sheet1
    tab.update([["A1"], ["A2"]], "A1")
    tab.copy_range("A1:A2", "B1:B2")
    tab.cut_range("A1:A2", "C1")
    assert tab.get_all_values() == [["", "A1", "A1"], ["", "A2", "A2"]]
    other = client.create("Other")
    assert tab.copy_to(other.id)["title"] == "Copy of Sheet1"
    assert other.worksheet("Copy of Sheet1").acell("C2").value == "A2"


def test_a_csv_goes_in_and_files_come_out(client: gspread.Client, workbook: gspread.Spreadsheet) -> None:
    client.import_csv(workbook.id, "a,b\n1,0042\n")
    assert workbook.sheet1.get_all_values() == [["a", "b"], ["1", "42"]]
    assert workbook.export(ExportFormat.CSV) == b"a,b\r\n1,42"
    assert workbook.export(ExportFormat.EXCEL).startswith(b"PK")


def test_render_options_reach_the_sheet(tab: gspread.Worksheet) -> None:
    tab.update([["=4/2", "2020-01-01"]], "A1", value_input_option=ValueInputOption.user_entered)
    assert tab.get("A1:B1") == [["2", "2020-01-01"]]
    assert tab.get("A1:B1", value_render_option=ValueRenderOption.unformatted) == [[2, 43831]]
    assert tab.get("A1:B1", value_render_option=ValueRenderOption.formula) == [["=4/2", 43831]]


def test_trap_a_stale_add_rows_cuts_the_grid_and_a_row_with_it(
    server: Server, workbook: gspread.Spreadsheet
) -> None:
    stale = client_for(server.base).open_by_key(workbook.id).sheet1
    workbook.sheet1.add_rows(500)
    workbook.sheet1.update([["of another session"]], "A1400")
    stale.add_rows(10)
    fresh = workbook.sheet1
    assert fresh.row_count == 1010
    assert fresh.get_all_values() == [[]]


def test_trap_update_cell_loses_leading_zeros_and_update_does_not(tab: gspread.Worksheet) -> None:
    tab.update_cell(1, 1, "0042")
    tab.update([["0042"]], "B1")
    assert tab.get("A1:B1", value_render_option=ValueRenderOption.unformatted) == [[42, "0042"]]


def test_trap_get_all_records_turns_text_into_numbers(tab: gspread.Worksheet) -> None:
    tab.update([["id"], ["0042"]], "A1")
    assert tab.get_all_records() == [{"id": 42}]
    assert tab.get_all_records(numericise_ignore=["all"]) == [{"id": "0042"}]


def test_trap_batch_update_changes_the_callers_list_so_that_a_retry_is_refused(
    tab: gspread.Worksheet,
) -> None:
    data = [{"range": "A1:B1", "values": [["a", "b"]]}]
    tab.batch_update(data)
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range: 'Sheet1'!'Sheet1'!A1:B1"):
        tab.batch_update(data)


def test_trap_a_renamed_tab_breaks_every_call_by_title(server: Server, workbook: gspread.Spreadsheet) -> None:
    tab = workbook.sheet1
    with server.service.person(workbook.id) as person:
        person.rename_tab("Sheet1", "Mentors")
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range: 'Sheet1'!A1"):
        tab.update([["x"]], "A1")


def test_trap_inserting_rows_is_two_writes(server: Server, tab: gspread.Worksheet) -> None:
    before = server.service.counts()["sheets write"]
    tab.insert_rows([["x"]], 1)
    assert server.service.counts()["sheets write"] - before == 2
