"""A spreadsheet made helpful to staff: what it looks like afterwards, and what is left alone (X1, X2)."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.store.interface import Look, Tab
from services.store.sheets import dress
from services.store.sheets.store import SheetsStore
from services.workbook import tabs
from tests.services.store.workbook import OWN, SheetWorkbook
from tests.sheets_standin.client import client_for

ACCOUNT = "desk@project.iam.gserviceaccount.com"
CHOICES = ("approved", "paused")
MENTORS = Tab(
    "Mentors",
    ("_id", "name", "phone", "status", "since", "pay", "starts", "may", "story", *OWN),
    {
        "_id": Look("Id", note="Never change it"),
        "name": Look("Name"),
        "phone": Look("Phone"),
        "status": Look("Status", "choice", CHOICES, "Where they stand"),
        "since": Look("Since", "date"),
        "pay": Look("Pay", "money"),
        "starts": Look("Starts", "time"),
        "may": Look("May", "yes or no"),
        "story": Look("Story", "long text"),
    },
)
TABS = (MENTORS,)


@pytest.fixture
def store(spreadsheet: SheetWorkbook) -> Iterator[SheetsStore]:
    """An opened spreadsheet, not dressed yet."""
    store = spreadsheet.open(TABS)
    store.connection = type(store.connection)(store.connection.wire, store.connection.key, ACCOUNT)
    yield store
    store.close()


def dressed(store: SheetsStore) -> dress.Dressed:
    return dress.dress(store.connection, TABS)


def seen(store: SheetsStore) -> dict[str, Any]:
    """Everything that Google tells of the spreadsheet, by tab."""
    client = client_for(store.connection.wire.base, "tester")
    answer = client.http_client.fetch_sheet_metadata(store.connection.key, {"includeGridData": True})
    return {sheet["properties"]["title"]: sheet for sheet in answer["sheets"]} | {
        "": {"properties": answer["properties"]}
    }


def cell(sheet: dict[str, Any], row: int, heading: str) -> dict[str, Any]:
    rows = sheet["data"][0]["rowData"]
    at = [each.get("formattedValue") for each in rows[0]["values"]].index(heading)
    values = rows[row]["values"] if row < len(rows) else []
    found: dict[str, Any] = values[at] if at < len(values) else {}
    return found


def test_dates_are_typed_and_shown_the_british_way(store: SheetsStore) -> None:
    was = dressed(store)
    properties = seen(store)[""]["properties"]
    assert (was.locale_was, was.zone_was) == ("en_US", "Etc/GMT")
    assert (properties["locale"], properties["timeZone"]) == ("en_GB", "Europe/London")


def test_headings_stay_in_sight_bold_wrapped_with_their_help_as_a_note(store: SheetsStore) -> None:
    dressed(store)
    sheet = seen(store)["Mentors"]
    status = cell(sheet, 0, "Status")
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert status["note"] == "Where they stand" and status["userEnteredFormat"]["wrapStrategy"] == "WRAP"
    assert status["userEnteredFormat"]["textFormat"]["bold"] is True
    assert "note" not in cell(sheet, 0, "Name")


def test_a_choice_is_a_strict_dropdown_and_a_yes_or_no_too(store: SheetsStore) -> None:
    dressed(store)
    sheet = seen(store)["Mentors"]
    for heading, choices in (("Status", CHOICES), ("May", ("yes", "no"))):
        rule = cell(sheet, 1, heading)["dataValidation"]
        assert [each["userEnteredValue"] for each in rule["condition"]["values"]] == list(choices)
        assert (rule["condition"]["type"], rule["strict"], rule["showCustomUi"]) == (
            "ONE_OF_LIST",
            True,
            True,
        )
        assert rule["inputMessage"] == dress.CHOICE_HINT


@pytest.mark.parametrize(
    ("heading", "kind", "hint"),
    [
        ("Since", "DATE_IS_VALID", dress.DAY_HINT),
        ("Pay", "NUMBER_BETWEEN", dress.NUMBER_HINT),
        ("Starts", "CUSTOM_FORMULA", dress.TIME_HINT),
    ],
)
def test_dates_times_and_numbers_are_checked_with_a_plain_word(
    store: SheetsStore, heading: str, kind: str, hint: str
) -> None:
    dressed(store)
    rule = cell(seen(store)["Mentors"], 1, heading)["dataValidation"]
    assert (rule["condition"]["type"], rule["inputMessage"], rule["strict"]) == (kind, hint, True)


def test_ids_and_telephone_numbers_stay_text(store: SheetsStore) -> None:
    store.connection.batch([_as_number(store)])
    dressed(store)
    sheet = seen(store)["Mentors"]
    for heading in ("Id", "Phone"):
        assert cell(sheet, 1, heading)["userEnteredFormat"]["numberFormat"]["type"] == "TEXT"


def _as_number(store: SheetsStore) -> dict[str, Any]:
    """Somebody formats the telephone numbers as numbers."""
    area = {"sheetId": store.memory.book["Mentors"].sheet_id, "startColumnIndex": 2, "endColumnIndex": 3}
    cell = {"userEnteredFormat": {"numberFormat": {"type": "NUMBER", "pattern": "0"}}}
    return {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}


def test_only_the_owner_and_the_app_edit_headings_own_columns_and_the_history(store: SheetsStore) -> None:
    dressed(store)
    sheets = seen(store)
    mentors = {each["description"]: each for each in sheets["Mentors"]["protectedRanges"]}
    spans = {
        words.removeprefix(dress.PREFIX): (
            each["range"].get("startRowIndex", 0),
            each["range"].get("endRowIndex"),
            each["range"].get("startColumnIndex", 0),
            each["range"].get("endColumnIndex"),
        )
        for words, each in mentors.items()
    }
    assert spans == {
        "Mentors, headings 1": (0, 1, 0, 12),
        "Mentors, own columns 1": (1, None, 0, 1),
        "Mentors, own columns 2": (1, None, 9, 12),
    }
    assert all(each["editors"] == {"users": [ACCOUNT]} for each in mentors.values())
    assert not any(each.get("warningOnly") for each in mentors.values())
    for title in ("Audit", "Rows before"):
        (whole,) = sheets[title]["protectedRanges"]
        assert "startRowIndex" not in whole["range"] and "endColumnIndex" not in whole["range"]


def test_widths_fit_the_kind_and_a_width_that_staff_chose_stays(store: SheetsStore) -> None:
    span = {"sheetId": store.memory.book["Mentors"].sheet_id, "dimension": "COLUMNS"}
    chosen = {"range": span | {"startIndex": 1, "endIndex": 2}, "properties": {"pixelSize": 77}}
    store.connection.batch([{"updateDimensionProperties": chosen | {"fields": "pixelSize"}}])
    dressed(store)
    widths = [each["pixelSize"] for each in seen(store)["Mentors"]["data"][0]["columnMetadata"]]
    assert widths[1] == 77
    assert widths[8] == dress.WIDTHS["long text"] and widths[4] == dress.WIDTHS["date"]


def test_it_can_be_done_again_and_again_in_one_call_and_changes_nothing_more(store: SheetsStore) -> None:
    dressed(store)
    first = seen(store)
    made = store.connection.wire.made.copy()
    again = dressed(store)
    assert seen(store) == first and again.locale_was == "en_GB"
    spent = store.connection.wire.made - made
    assert (spent["read"], spent["write"]) == (2, 1)


def test_tabs_columns_and_protections_that_are_not_ours_stay_as_they_are(
    spreadsheet: SheetWorkbook, store: SheetsStore
) -> None:
    spreadsheet.person("insert_column", "Mentors", "C")
    spreadsheet.person("edit", "Mentors", "C1", "Our own thoughts")
    spreadsheet.person("edit", "Sheet1", "A1", "Rota")
    mine = {"range": {"sheetId": 0}, "description": "The rota", "warningOnly": True}
    store.connection.batch([{"addProtectedRange": {"protectedRange": mine}}])
    before = seen(store)
    dressed(store)
    after = seen(store)
    assert after["Sheet1"] == before["Sheet1"]
    assert cell(after["Mentors"], 0, "Our own thoughts") == cell(before["Mentors"], 0, "Our own thoughts")
    guards = [each["range"] for each in after["Mentors"]["protectedRanges"]]
    covered = [span for span in guards if span.get("startColumnIndex", 0) <= 2 < span["endColumnIndex"]]
    assert covered == []


def test_protections_follow_moved_columns_and_a_weakened_one_is_put_right(
    spreadsheet: SheetWorkbook, store: SheetsStore
) -> None:
    dressed(store)
    guards = seen(store)["Mentors"]["protectedRanges"]
    first = guards[0]
    store.connection.batch(
        [
            {
                "updateProtectedRange": {
                    "protectedRange": first | {"warningOnly": True, "editors": {}},
                    "fields": "warningOnly,editors",
                }
            },
            {"deleteProtectedRange": {"protectedRangeId": guards[1]["protectedRangeId"]}},
            {
                "addProtectedRange": {
                    "protectedRange": {"range": guards[2]["range"], "description": guards[2]["description"]}
                }
            },
        ]
    )
    spreadsheet.person("move_column", "Mentors", "A", "E")
    dressed(store)
    now = seen(store)["Mentors"]["protectedRanges"]
    assert len(now) == 3 and not any(each.get("warningOnly") for each in now)
    own = [each["range"] for each in now if "own columns 1" in each["description"]]
    assert [(span["startColumnIndex"], span["endColumnIndex"]) for span in own] == [(3, 4)]


def test_the_whole_workbook_is_dressed_in_one_batch_that_google_would_take(
    spreadsheet: SheetWorkbook,
) -> None:
    """Every register of the app, against Google's own description of the API; 2 MB is Google's advice."""
    store = spreadsheet.open(tabs())
    made = dress.dress(store.connection, tabs())
    assert 300 < made.requests < 30 * len(tabs())
    people = seen(store)["People"]
    rule = cell(people, 1, "Role")["dataValidation"]
    assert [each["userEnteredValue"] for each in rule["condition"]["values"]][-1] == "Administrator"
    store.close()
