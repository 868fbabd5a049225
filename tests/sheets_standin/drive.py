"""The methods of the Drive API that spreadsheets need."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.sheets_standin.areas import quoted
from tests.sheets_standin.calls import Answer, Call
from tests.sheets_standin.checking import check_fields
from tests.sheets_standin.description import Method
from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.exporting import EXPORTS
from tests.sheets_standin.files import RANKS, SPREADSHEET, Drive, File, stamp
from tests.sheets_standin.masks import parse_mask, prune
from tests.sheets_standin.reading import URL

Json = dict[str, Any]
SHORT = "kind,id,name,mimeType"


class DriveError(GoogleError):
    """Drive's errors carry a list of reasons."""

    def __init__(
        self, code: int, message: str, reason: str, domain: str = "global", place: str | None = None
    ):
        super().__init__(code, message, "")
        one = {"message": message, "domain": domain, "reason": reason}
        self._errors = [one | ({"location": place, "locationType": "parameter"} if place else {})]

    def body(self) -> Json:
        return {"error": {"code": self.code, "message": self.message, "errors": self._errors}}


def missing(key: str) -> DriveError:
    """404 for a file that is not there or not shared."""
    return DriveError(404, f"File not found: {key}.", "notFound", place="fileId")


def no_storage() -> DriveError:
    """403 for a service account that would own a file."""
    return DriveError(
        403, "The user's Drive storage quota has been exceeded.", "storageQuotaExceeded", "usageLimits"
    )


def file_of(drive: Drive, key: str, user: str, role: str = "reader") -> File:
    """The file, for a user of at least that role."""
    file = drive.files.get(key)
    held = file.role(user) if file else None
    if file is None or held is None:
        raise missing(key)
    if RANKS.get(held, 0) < RANKS[role]:
        text = "The user does not have sufficient permissions for this file."
        raise DriveError(403, text, "insufficientFilePermissions")
    return file


def resource(file: File, user: str) -> Json:
    """A File, as much as a spreadsheet has of it."""
    owners = [one for one in file.permissions.values() if one["role"] == "owner"]
    return {
        "kind": "drive#file",
        "id": file.book.key,
        "name": file.name,
        "mimeType": SPREADSHEET,
        "starred": False,
        "trashed": file.trashed,
        "parents": file.parents,
        "version": str(file.version),
        "webViewLink": URL.format(file.book.key) + "?usp=drivesdk",
        "createdTime": stamp(file.created),
        "modifiedTime": stamp(file.modified),
        "owners": [
            {"kind": "drive#user", "displayName": x["displayName"], "emailAddress": x["emailAddress"]}
            for x in owners
        ],
        "ownedByMe": any(one["emailAddress"] == user for one in owners),
        "permissions": list(file.permissions.values()),
        "permissionIds": list(file.permissions),
        "capabilities": {"canEdit": RANKS.get(file.role(user) or "", 0) >= RANKS["writer"]},
    }


def list_files(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`files.list`, the last changed first, in pages."""
    wanted = matcher(params.get("q", ""))
    found = [f for f in drive.files.values() if f.role(user) and not f.trashed and wanted(f)]
    found.sort(key=lambda file: file.modified, reverse=True)
    start, size = int(params.get("pageToken") or 0), int(params.get("pageSize") or 100)
    made: Json = {"kind": "drive#fileList", "incompleteSearch": False}
    if start + size < len(found):
        made["nextPageToken"] = str(start + size)
    made["files"] = [resource(file, user) for file in found[start : start + size]]
    fields = params.get("fields") or f"kind,nextPageToken,incompleteSearch,files({SHORT})"
    return dict(prune(made, parse_mask(fields)))


TERM = re.compile(
    r"""\s*(?:(\w+)\s*(=|!=|contains)\s*(["'])((?:\\.|(?!\3).)*)\3|(["'])(.*?)\5\s+in\s+parents|(trashed)\s*=\s*(true|false))\s*"""
)


def matcher(query: str) -> Callable[[File], bool]:
    """What `q` asks for: terms on name, mimeType, parents and trashed joined by `and`."""
    tests = list(_terms(query))
    return lambda file: all(test(file) for test in tests)


def _terms(query: str) -> Iterator[Callable[[File], bool]]:
    at = 0
    while at < len(query):
        found = TERM.match(query, at)
        if not found:
            raise DriveError(400, "Invalid Value", "invalid", place="q")
        yield _test(found)
        at = found.end()
        if at < len(query):
            if not query.startswith("and ", at):
                raise DriveError(400, "Invalid Value", "invalid", place="q")
            at += 4


def _test(found: re.Match[str]) -> Callable[[File], bool]:
    field, operator, _, text, _, parent, trashed, state = found.groups()
    if parent is not None:
        return lambda file: parent in file.parents
    if trashed:
        return lambda file: file.trashed is (state == "true")
    if field not in ("name", "mimeType"):
        raise DriveError(400, "Invalid Value", "invalid", place="q")
    plain = re.sub(r"\\(.)", r"\1", text)
    read: Callable[[File], str] = lambda file: file.name if field == "name" else SPREADSHEET  # noqa: E731
    if operator == "contains":
        return lambda file: plain.lower() in read(file).lower()
    return lambda file: (read(file) == plain) is (operator == "=")


def create_file(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`files.create` of an empty spreadsheet."""
    body = call.json()
    if body.get("mimeType") != SPREADSHEET:
        raise DriveError(400, "The stand-in keeps spreadsheets only.", "invalid")
    file = drive.create(body.get("name") or "Untitled", user)
    file.parents = body.get("parents") or file.parents
    return resource(file, user)


def copy_file(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`files.copy`: the spreadsheet with all that is in it; the copier owns it."""
    body, source = call.json(), file_of(drive, params["fileId"], user)
    with source.lock:
        book = source.book.clone()
    book.key = drive.new_key()
    book.properties = book.properties | {"title": body.get("name") or f"Copy of {source.name}"}
    file = drive.add(book, user)
    file.parents = body.get("parents") or list(source.parents)
    return resource(file, user)


def update_file(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`files.update`: the name, and whether it is in the bin."""
    body, file = call.json(), file_of(drive, params["fileId"], user, "writer")
    with file.lock:
        if body.get("name"):
            file.book.properties = file.book.properties | {"title": body["name"]}
        file.trashed = bool(body.get("trashed", file.trashed))
        file.touch(drive.clock())
    return resource(file, user)


def delete_file(drive: Drive, call: Call, params: Json, user: str) -> None:
    """`files.delete`, for owners."""
    file_of(drive, params["fileId"], user, "owner")
    with drive.lock:
        drive.files.pop(params["fileId"], None)


def list_permissions(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`permissions.list`."""
    file = file_of(drive, params["fileId"], user, "writer")
    made = {"kind": "drive#permissionList", "permissions": list(file.permissions.values())}
    fields = params.get("fields") or "kind,permissions(kind,id,type,role)"
    return dict(prune(made, parse_mask(fields)))


def create_permission(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`permissions.create`."""
    body, file = call.json(), file_of(drive, params["fileId"], user, "writer")
    if body.get("role") not in RANKS or body.get("type") not in ("user", "group", "domain", "anyone"):
        raise DriveError(400, "The permission type field is required.", "required")
    if body["type"] in ("user", "group") and not body.get("emailAddress"):
        raise DriveError(400, "The emailAddress field is required.", "invalidSharingRequest")
    return file.permit(body)


def change_permission(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`permissions.update`."""
    found = get_permission(drive, call, params, user)
    file = file_of(drive, params["fileId"], user, "writer")
    file.permissions[found["id"]] = found | {"role": call.json().get("role", found["role"])}
    return file.permissions[found["id"]]


def get_permission(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`permissions.get`."""
    file, key = file_of(drive, params["fileId"], user, "reader"), params["permissionId"]
    if key not in file.permissions:
        raise DriveError(404, f"Permission not found: {key}.", "notFound", place="permissionId")
    return file.permissions[key]


def delete_permission(drive: Drive, call: Call, params: Json, user: str) -> None:
    """`permissions.delete`."""
    found = get_permission(drive, call, params, user)
    file_of(drive, params["fileId"], user, "writer").permissions.pop(found["id"])


def get_file(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`files.get`."""
    return resource(file_of(drive, params["fileId"], user), user)


def no_comments(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`comments.list`: the stand-in keeps none."""
    file_of(drive, params["fileId"], user)
    return {"kind": "drive#commentList", "comments": []}


def about(drive: Drive, call: Call, params: Json, user: str) -> Json:
    """`about.get`: who is asking."""
    return {
        "kind": "drive#about",
        "user": {"kind": "drive#user", "displayName": user, "emailAddress": user, "me": True},
    }


FILE, PERMISSION, ALL = SHORT, "kind,id,type,role,allowFileDiscovery", ""
ROUTES: dict[str, tuple[Callable[[Drive, Call, Json, str], Json | None], str]] = {
    "about.get": (about, ALL),
    "comments.list": (no_comments, ALL),
    "files.list": (list_files, ALL),
    "files.get": (get_file, FILE),
    "files.create": (create_file, FILE),
    "files.copy": (copy_file, FILE),
    "files.update": (update_file, FILE),
    "files.delete": (delete_file, ALL),
    "permissions.list": (list_permissions, ALL),
    "permissions.get": (get_permission, PERMISSION),
    "permissions.create": (create_permission, PERMISSION),
    "permissions.update": (change_permission, PERMISSION),
    "permissions.delete": (delete_permission, ALL),
}


def drive_answer(drive: Drive, method: Method, places: dict[str, str], call: Call, user: str) -> Answer:
    """The answer to a Drive call. Drive, unlike Sheets, ignores names it does not know."""
    params: Json = dict(call.query) | places
    if method.name == "files.export":
        return export(drive, params, user)
    if method.name not in ROUTES:
        raise GoogleError(501, f"The stand-in does not model {method.name}.", "UNIMPLEMENTED")
    fields = params.get("fields", "")
    check_fields(method, fields)
    route, short = ROUTES[method.name]
    answer = route(drive, call, params, user)
    if answer is None:
        return Answer(204, type="text/html")
    return Answer(data=prune(answer, parse_mask(fields or short)) if fields or short else answer)


def export(drive: Drive, params: Json, user: str) -> Answer:
    """`files.export`: the first tab as CSV or TSV, or all as a workbook."""
    file, kind = file_of(drive, params["fileId"], user), params.get("mimeType", "")
    if kind not in EXPORTS:
        raise DriveError(400, "The requested conversion is not supported.", "badRequest", place="convertTo")
    with file.lock:
        return Answer(raw=EXPORTS[kind](file.book), type=kind)


def import_csv(drive: Drive, key: str, call: Call, user: str) -> Answer:
    """The old upload that puts a CSV in place of everything; answered as Drive v2 does."""
    file = file_of(drive, key, user, "writer")
    rows = list(csv.reader(io.StringIO(call.body.decode("utf-8"))))
    with file.lock:
        book = file.book
        sheet = book.sheets[0]
        book.sheets = [sheet]
        sheet.cells, sheet.merges, sheet.filter, sheet.things = [], (), None, {}
        width = max((len(row) for row in rows), default=1)
        sheet.resize(max(len(rows), 1), max(width, 1))
        if rows:
            book.values_update(quoted(sheet.title) + "!A1", {"values": rows}, valueInputOption="USER_ENTERED")
        file.touch(drive.clock())
    made = {"kind": "drive#file", "id": key, "title": file.name, "mimeType": SPREADSHEET}
    return Answer(data=made | {"createdDate": stamp(file.created), "modifiedDate": stamp(file.modified)})
