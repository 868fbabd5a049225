"""Google's own Python client, which builds its calls from the API description, gets on with the stand-in too."""

from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build  # type: ignore[import-untyped]
from googleapiclient.errors import HttpError  # type: ignore[import-untyped]

from tests.sheets_standin.server import Server


@pytest.fixture(scope="module")
def sheets(server: Server) -> Any:
    options = {"api_endpoint": server.base}
    credentials = Credentials("TOKEN")  # type: ignore[no-untyped-call]
    return build("sheets", "v4", credentials=credentials, client_options=options).spreadsheets()


def test_a_spreadsheet_is_created_filled_and_read(sheets: Any) -> None:
    body = {
        "properties": {"title": "Made", "locale": "en_GB"},
        "sheets": [{"properties": {"title": "People"}}],
    }
    made = sheets.create(body=body, fields="spreadsheetId,sheets.properties(title,index)").execute()
    assert made["sheets"] == [{"properties": {"title": "People", "index": 0}}]
    key = {"spreadsheetId": made["spreadsheetId"]}
    rows = {"values": [["id", "day"], ["R-1", "31/12/2026"]]}
    sheets.values().update(**key, range="People!A1", valueInputOption="USER_ENTERED", body=rows).execute()
    read = sheets.values().batchGet(
        **key, ranges=["People!B2", "People"], valueRenderOption="UNFORMATTED_VALUE"
    )
    assert [one["values"] for one in read.execute()["valueRanges"]] == [
        [[46387]],
        [["id", "day"], ["R-1", 46387]],
    ]


def test_metadata_stands_at_its_row(sheets: Any) -> None:
    key = {"spreadsheetId": sheets.create(body={}).execute()["spreadsheetId"]}
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
    entry = {"metadataKey": "id", "visibility": "DOCUMENT", "location": {"dimensionRange": span}}
    requests = [{"createDeveloperMetadata": {"developerMetadata": entry}}]
    sheets.batchUpdate(**key, body={"requests": requests}).execute()
    fields = "sheets.data.rowMetadata.developerMetadata.metadataKey"
    data = sheets.get(**key, ranges=["Sheet1!A2:A4"], fields=fields).execute()["sheets"][0]["data"][0]
    assert data == {"rowMetadata": [{}, {"developerMetadata": [{"metadataKey": "id"}]}, {}]}


def test_an_error_reaches_it_whole(sheets: Any, server: Server) -> None:
    with pytest.raises(HttpError, match="Unable to parse range: Nowhere!A1"):
        sheets.values().get(spreadsheetId=server.key, range="Nowhere!A1").execute()
