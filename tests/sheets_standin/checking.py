"""Each call checked against Google's description, and refused in Google's words."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.sheets_standin.description import (
    Method,
    camel,
    document,
    field_schema,
    schema,
    snake,
    unknown_path,
)
from tests.sheets_standin.errors import bad_mask, invalid, violations
from tests.sheets_standin.masks import parse_mask

Json = dict[str, Any]
Found = list[tuple[str, str]]
TYPES = "type.googleapis.com/google.apps.sheets.v4."
BODY_FIELDS = {"ValueRange": "data", "Spreadsheet": "spreadsheet"}
"""Where the body is one field of the request message, its name stands before every path."""
MESSAGES = {"Request": "BatchUpdateSpreadsheetRequest.Request"}
ENUMS = {
    "majorDimension": "Dimension",
    "responseValueRenderOption": "ValueRenderOption",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
    "mergeType": "MergeCellsRequest.MergeType",
    "pasteType": "CopyPasteRequest.PasteType",
    "insertDataOption": "InsertDataOption",
}
MASKED = {
    "updateCells": ("CellData", "rows"),
    "appendCells": ("CellData", "rows"),
    "repeatCell": ("CellData", "cell"),
    "updateSheetProperties": ("SheetProperties", "properties"),
    "updateSpreadsheetProperties": ("SpreadsheetProperties", "properties"),
    "updateDimensionProperties": ("DimensionProperties", "properties"),
    "updateNamedRange": ("NamedRange", "namedRange"),
    "updateProtectedRange": ("ProtectedRange", "protectedRange"),
    "updateFilterView": ("FilterView", "filter"),
    "updateBanding": ("BandedRange", "bandedRange"),
    "updateDimensionGroup": ("DimensionGroup", "dimensionGroup"),
    "updateDeveloperMetadata": ("DeveloperMetadata", "developerMetadata"),
}


def checked_body(method: Method, raw: bytes) -> Json:
    """The body of a Sheets call with camelCase names and true types, or 400 saying all that is wrong."""
    reference = method.told.get("request", {}).get("$ref")
    given = _parsed(raw)
    if reference is None or given is None:
        return {}
    found: Found = []
    made = _message(method.api, schema(method.api, reference), given, BODY_FIELDS.get(reference, ""), found)
    if found:
        raise violations(found)
    _check_masks(made)
    return made


def _parsed(raw: bytes) -> Any:
    if not raw.strip():
        return None
    text = raw.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        shown = text[problem.pos : problem.pos + 20].splitlines() or [""]
        detail = f"Invalid JSON payload received. Unexpected token.\n{shown[0]}\n^"
        raise violations([("", detail)]) from None


def _unknown(name: str, at: str, why: str) -> tuple[str, str]:
    place = f" at '{at}'" if at else ""
    return at, f'Invalid JSON payload received. Unknown name "{name}"{place}: {why}'


def _wrong(at: str, kind: str, value: Any) -> tuple[str, str]:
    shown = json.dumps(value, ensure_ascii=False)
    return at, f"Invalid value at '{at}' ({kind}), {shown}"


def _message(api: str, told: Mapping[str, Any], given: Any, at: str, found: Found) -> Json:
    """A message with each field checked; what is wrong is put into `found`."""
    if not isinstance(given, dict):
        found.append(_wrong(at, TYPES + MESSAGES.get(told["id"], told["id"]), given))
        return {}
    made: Json = {}
    for key, value in given.items():
        name = camel(key)
        field = told.get("properties", {}).get(name)
        if field is None:
            found.append(_unknown(key, at, "Cannot find field."))
        elif value is not None:
            _check_one_kind(told, made, name, at, found)
            made[name] = _field(api, name, field, value, f"{at}.{snake(name)}" if at else snake(name), found)
    return made


def _check_one_kind(told: Mapping[str, Any], made: Json, name: str, at: str, found: Found) -> None:
    if told.get("id") == "Request" and made:
        text = f"Invalid value at '{at}' (oneof), oneof field 'kind' is already set. Cannot set '{name}'"
        found.append((at, text))


def _field(api: str, name: str, told: Mapping[str, Any], given: Any, at: str, found: Found) -> Any:
    if told.get("type") == "array":
        if told["items"].get("type") == "any" and not isinstance(given, list):
            return found.append(_wrong(at, "type.googleapis.com/google.protobuf.ListValue", given))
        items = given if isinstance(given, list) else [given]
        one = isinstance(given, list)
        places = [f"{at}[{i}]" if one else at for i in range(len(items))]
        return [_field(api, name, told["items"], x, p, found) for x, p in zip(items, places, strict=True)]
    if isinstance(given, list) and told.get("type") != "any":
        parent = at.rpartition(".")[0]
        found.append(_unknown(name, parent, "Proto field is not repeating, cannot start list."))
        return None
    if "$ref" in told:
        return _message(api, schema(api, told["$ref"]), given, at, found)
    return _scalar(name, told, given, at, found)


def _scalar(name: str, told: Mapping[str, Any], given: Any, at: str, found: Found) -> Any:
    kind = told.get("type")
    if kind == "any":
        return given
    if kind == "object":
        return given if isinstance(given, dict) else found.append(_wrong(at, "TYPE_MESSAGE", given))
    if isinstance(given, dict):
        found.append(
            _unknown(name, at.rpartition(".")[0], "Proto field is not a message, cannot start an object.")
        )
        return None
    if "enum" in told:
        return _enum(name, told["enum"], given, at, found)
    return _simple(told, given, at, found)


def _enum(name: str, known: Sequence[str], given: Any, at: str, found: Found) -> Any:
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < len(known):
        return known[given]
    if given not in known:
        found.append(_wrong(at, TYPES + ENUMS.get(name, name[:1].upper() + name[1:]), given))
    return given


def _simple(told: Mapping[str, Any], given: Any, at: str, found: Found) -> Any:
    kind, form = told.get("type"), told.get("format", "")
    if kind == "string" and form not in ("int64", "uint64"):
        return given if isinstance(given, str) else found.append(_wrong(at, "TYPE_STRING", given))
    if kind == "boolean":
        made = (
            {"true": True, "false": False}.get(str(given).lower()) if isinstance(given, bool | str) else None
        )
        return made if made is not None else found.append(_wrong(at, "TYPE_BOOL", given))
    try:
        if isinstance(given, bool):
            raise ValueError
        number = float(given)
        if kind == "number":
            return given if isinstance(given, int | float) else number
        if number.is_integer() and (form != "int32" or abs(number) < 2**31):
            return int(number)
        raise ValueError
    except (TypeError, ValueError):
        found.append(_wrong(at, f"TYPE_{form.upper() or 'DOUBLE'}", given))
        return None


def checked_query(method: Method, query: Sequence[tuple[str, str]]) -> Json:
    """The parameters of a call with camelCase names and true types; the `fields` mask is checked too."""
    known = {**document(method.api)["parameters"], **method.told.get("parameters", {})}
    found: Found = []
    made: Json = {}
    for key, text in query:
        name = camel(key) if not key.startswith("$") else key
        told = known.get(name)
        if told is None or told.get("location") == "path":
            why = f"Cannot bind query parameter. Field '{key}' could not be found in request message."
            found.append(_unknown(key, "", why))
        elif told.get("repeated"):
            made.setdefault(name, []).append(_scalar(name, told, text, snake(name), found))
        else:
            made[name] = _scalar(name, told, text, snake(name), found)
    if found:
        raise violations(found)
    check_fields(method, made.get("fields"))
    return made


def check_fields(method: Method, fields: str | None) -> None:
    """Refuse a `fields` parameter that names no field of the answer."""
    reference = method.told.get("response", {}).get("$ref")
    if not fields or reference is None:
        return
    wrong = unknown_path(method.api, schema(method.api, reference), parse_mask(fields))
    if wrong is not None:
        raise bad_mask(wrong)


def _check_masks(body: Json) -> None:
    """Refuse a batch whose request names, in its own `fields`, something that cannot be changed."""
    for at, request in enumerate(body.get("requests") or []):
        for kind, given in request.items():
            if kind not in MASKED or not given or not given.get("fields"):
                continue
            name, prefix = MASKED[kind]
            wrong = unknown_path("sheets.v4", schema("sheets.v4", name), parse_mask(given["fields"]))
            if wrong is not None:
                raise invalid(f"Invalid requests[{at}].{kind}: Invalid field: {_said(prefix, wrong)}")


def _said(prefix: str, path: str) -> str:
    return snake(path) if prefix in ("rows", "cell") else f"{snake(prefix)}.{snake(path)}"


__all__ = ["check_fields", "checked_body", "checked_query", "field_schema"]
