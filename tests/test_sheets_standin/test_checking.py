"""Every call is held to Google's own description and refused in Google's words."""

import json
from typing import Any

import pytest
import requests

from tests.sheets_standin.server import Server

Json = dict[str, Any]


def call(server: Server, verb: str, path: str, body: object = None, **params: str) -> requests.Response:
    url = f"{server.base}/v4/spreadsheets/{server.key}{path}"
    data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    return requests.request(verb, url, data=data, params=params, timeout=5)


def refused(answer: requests.Response) -> str:
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    return str(error["message"])


@pytest.mark.parametrize(
    ("verb", "path", "body", "words"),
    [
        (
            "PUT",
            "/values/Sheet1!A1?valueInputOption=RAW",
            {"x": 1},
            "Invalid JSON payload received. Unknown name \"x\" at 'data': Cannot find field.",
        ),
        (
            "PUT",
            "/values/Sheet1!A1?valueInputOption=RAW",
            {"values": "X"},
            "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
        ),
        (
            "PUT",
            "/values/Sheet1!A1?valueInputOption=RAW",
            {"values": ["X"]},
            "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
        ),
        (
            "PUT",
            "/values/Sheet1!A1?valueInputOption=TYPED",
            {},
            "Invalid value at 'value_input_option' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), \"TYPED\"",
        ),
        (
            "PUT",
            "/values/Sheet1!A1?valueInputOption=RAW",
            {"range": "Sheet1!B1"},
            "Request range[Sheet1!A1] does not match value's range[Sheet1!B1]",
        ),
        (
            "POST",
            ":batchUpdate",
            {"requests": [{"frobnicate": {}}]},
            "Invalid JSON payload received. Unknown name \"frobnicate\" at 'requests[0]': Cannot find field.",
        ),
        (
            "POST",
            ":batchUpdate",
            {"requests": ["repeatCell"]},
            "Invalid value at 'requests[0]' (type.googleapis.com/google.apps.sheets.v4.BatchUpdateSpreadsheetRequest.Request), \"repeatCell\"",
        ),
        (
            "POST",
            ":batchUpdate",
            {"requests": [{"insertDimension": {"range": {"dimension": "ROW"}}}]},
            "Invalid value at 'requests[0].insert_dimension.range.dimension' (type.googleapis.com/google.apps.sheets.v4.Dimension), \"ROW\"",
        ),
        (
            "POST",
            ":batchUpdate",
            {"requests": [{"deleteSheet": {"sheetId": "one"}}]},
            "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"one\"",
        ),
        ("POST", ":batchUpdate", {"requests": []}, "Must specify at least one request."),
        (
            "GET",
            "?zip=1",
            None,
            "Invalid JSON payload received. Unknown name \"zip\": Cannot bind query parameter. Field 'zip' could not be found in request message.",
        ),
        ("GET", "/values/Nowhere!A1", None, "Unable to parse range: Nowhere!A1"),
    ],
)
def test_a_wrong_call_is_refused_in_googles_words(
    server: Server, verb: str, path: str, body: object, words: str
) -> None:
    assert refused(call(server, verb, path, body)) == words


def test_each_wrong_field_has_its_violation(server: Server) -> None:
    answer = call(server, "POST", ":batchUpdate", {"requests": [{"deleteSheet": {"sheet": 1}}], "foo": 1})
    lines = refused(answer).split("\n")
    violations = answer.json()["error"]["details"][0]["fieldViolations"]
    assert [one.get("field") for one in violations] == ["requests[0].delete_sheet", None]
    assert [one["description"] for one in violations] == lines


def test_a_mask_that_names_nothing_is_refused(server: Server) -> None:
    answer = call(server, "GET", "", fields="sheets.colour")
    assert refused(answer) == "Request contains an invalid argument."
    assert answer.json()["error"]["details"][0]["fieldViolations"][0]["description"] == (
        "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.colour'."
    )


def test_what_is_not_json_is_refused(server: Server) -> None:
    assert refused(call(server, "POST", ":batchUpdate", b"{requests")).startswith(
        "Invalid JSON payload received."
    )


def test_snake_case_and_numbers_in_texts_are_understood(server: Server) -> None:
    body = {"requests": [{"append_dimension": {"sheet_id": "0", "dimension": "ROWS", "length": "1"}}]}
    assert call(server, "POST", ":batchUpdate", body).json()["replies"] == [{}]


def test_an_unknown_spreadsheet_is_404_and_an_unshared_one_403(server: Server) -> None:
    missing = requests.get(f"{server.base}/v4/spreadsheets/none", timeout=5)
    assert missing.json()["error"] == {
        "code": 404,
        "message": "Requested entity was not found.",
        "status": "NOT_FOUND",
    }
    server.service.unshare()
    try:
        error = call(server, "GET", "").json()["error"]
    finally:
        server.service.share()
    assert (error["code"], error["message"]) == (403, "The caller does not have permission")
    assert error["status"] == "PERMISSION_DENIED"


def test_the_answer_has_googles_content_type_and_print(server: Server) -> None:
    answer = call(server, "GET", "", fields="spreadsheetId")
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.text == f'{{\n  "spreadsheetId": "{server.key}"\n}}\n'


def test_values_are_masked_by_fields_too(server: Server) -> None:
    assert call(server, "GET", "/values/Sheet1!A1:B1", fields="range").json() == {"range": "Sheet1!A1:B1"}
