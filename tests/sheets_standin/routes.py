"""The methods of the Sheets API: what each does to a file's spreadsheet."""

from collections.abc import Callable
from typing import Any

from tests.sheets_standin.book import Book
from tests.sheets_standin.calls import Answer, Call
from tests.sheets_standin.checking import checked_body, checked_query
from tests.sheets_standin.description import Method
from tests.sheets_standin.errors import Refusal, invalid
from tests.sheets_standin.files import Drive, File
from tests.sheets_standin.masks import parse_mask, prune
from tests.sheets_standin.reading import sheet_properties, spreadsheet_answer
from tests.sheets_standin.requests.tabs import add_sheet, copy_of
from tests.sheets_standin.workbook import Spreadsheet

Json = dict[str, Any]
RENDER = ("majorDimension", "valueRenderOption", "dateTimeRenderOption")
Route = Callable[[Spreadsheet, Json, Json], Json]


def _options(params: Json) -> Json:
    return {
        name: value
        for name, value in params.items()
        if name not in ("spreadsheetId", "range", "ranges", "fields")
    }


ROUTES: dict[str, Route] = {
    "spreadsheets.get": lambda book, params, body: book.get(
        params.get("ranges", ()), bool(params.get("includeGridData")), params.get("fields")
    ),
    "spreadsheets.getByDataFilter": lambda book, params, body: book.get_by_data_filter(
        body, params.get("fields")
    ),
    "spreadsheets.batchUpdate": lambda book, params, body: book.batch_update(body, params.get("fields")),
    "spreadsheets.values.get": lambda book, params, body: book.values_get(
        params["range"], **_options(params)
    ),
    "spreadsheets.values.batchGet": lambda book, params, body: book.values_batch_get(
        params.get("ranges", ()), **_options(params)
    ),
    "spreadsheets.values.update": lambda book, params, body: book.values_update(
        params["range"], body, **_options(params)
    ),
    "spreadsheets.values.append": lambda book, params, body: book.values_append(
        params["range"], body, **_options(params)
    ),
    "spreadsheets.values.clear": lambda book, params, body: book.values_clear(params["range"]),
    "spreadsheets.values.batchUpdate": lambda book, params, body: book.values_batch_update(body),
    "spreadsheets.values.batchClear": lambda book, params, body: book.values_batch_clear(body),
    "spreadsheets.values.batchGetByDataFilter": lambda book, params, body: (
        book.values_batch_get_by_data_filter(body)
    ),
    "spreadsheets.values.batchUpdateByDataFilter": lambda book, params, body: (
        book.values_batch_update_by_data_filter(body)
    ),
    "spreadsheets.values.batchClearByDataFilter": lambda book, params, body: (
        book.values_batch_clear_by_data_filter(body)
    ),
    "spreadsheets.developerMetadata.search": lambda book, params, body: book.metadata_search(body),
    "spreadsheets.developerMetadata.get": lambda book, params, body: book.metadata_get(
        int(params["metadataId"])
    ),
}
MASKED_ALREADY = ("spreadsheets.get", "spreadsheets.getByDataFilter", "spreadsheets.batchUpdate")


def sheets_answer(
    drive: Drive, method: Method, places: dict[str, str], call: Call, user: str, stale: bool = False
) -> Answer:
    """The answer to a Sheets call, checked against the description first; a stale read misses the last change."""
    params = checked_query(method, call.query) | places
    body = checked_body(method, call.body)
    if method.name == "spreadsheets.create":
        return Answer(data=_masked(method, params, _create(drive, body, user)))
    file = drive.for_sheets(places["spreadsheetId"], user, call.kind == "write")
    if method.name == "spreadsheets.sheets.copyTo":
        return Answer(data=_masked(method, params, _copy_to(drive, file, int(places["sheetId"]), body, user)))
    with file.lock:
        before = file.book.clone()
        book = file.before if stale and call.kind == "read" else file.book
        try:
            answer = ROUTES[method.name](book, params, body)
        except Refusal as refusal:
            raise invalid(str(refusal)) from None
        if file.book.version != before.version:
            file.touch(drive.clock(), before)
    return Answer(data=_masked(method, params, answer))


def _masked(method: Method, params: Json, answer: Json) -> Json:
    fields = params.get("fields")
    return dict(prune(answer, parse_mask(fields))) if fields and method.name not in MASKED_ALREADY else answer


def _create(drive: Drive, body: Json, user: str) -> Json:
    """A new spreadsheet with the tabs asked for."""
    asked = body.get("properties") or {}
    title = asked.get("title") or "Untitled spreadsheet"
    book = Spreadsheet(
        drive.new_key(), title, asked.get("locale") or "en_US", asked.get("timeZone") or "Etc/GMT"
    )
    if body.get("sheets"):
        book.sheets = []
        for at, sheet in enumerate(body["sheets"]):
            _create_sheet(book, at, sheet)
    drive.add(book, user)
    return spreadsheet_answer(book, None, False, None)


def _create_sheet(book: Book, at: int, sheet: Json) -> None:
    if set(sheet) - {"properties"}:
        raise invalid(f"Invalid sheets[{at}]: the stand-in creates sheets from their properties only.")
    try:
        add_sheet(book, {"properties": {"title": f"Sheet{at + 1}"} | (sheet.get("properties") or {})})
    except Refusal as refusal:
        raise invalid(f"Invalid sheets[{at}]: {refusal}") from None


def _copy_to(drive: Drive, source: File, number: int, body: Json, user: str) -> Json:
    """A tab copied into another spreadsheet (or the same); its new properties."""
    target = drive.for_sheets(body.get("destinationSpreadsheetId") or "", user, write=True)
    with source.lock:
        try:
            sheet = source.book.sheet(number)
        except Refusal:
            raise invalid(f"The sheet (id: {number}) does not exist.") from None
        copy = copy_of(source.book, sheet, source.book.new_number())
    with target.lock:
        title, count = f"Copy of {copy.title}", 1
        while target.book.titled(title):
            count += 1
            title = f"Copy of {sheet.title} {count}"
        copy.title = title
        copy.look = {key: value for key, value in copy.look.items() if key != "hidden"}
        target.book.sheets.append(copy)
        target.book.version += 1
        target.touch(drive.clock())
        return sheet_properties(target.book, copy)
