"""Google's own description of its APIs, as google-api-python-client ships it, and finding a call's method in it."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import googleapiclient.discovery_cache  # type: ignore[import-untyped]

Json = dict[str, Any]
PLACE = re.compile(r"\{(\w+)\}")


class Method(NamedTuple):
    """One method of an API: `spreadsheets.values.get`, its HTTP verb, its path and its description."""

    api: str
    name: str
    verb: str
    path: re.Pattern[str]
    told: Mapping[str, Any]


@cache
def document(api: str) -> Json:
    """The discovery document, `sheets.v4` or `drive.v3`: to be read, not to be changed."""
    folder = Path(googleapiclient.discovery_cache.__file__).parent / "documents"
    return dict(json.loads((folder / f"{api}.json").read_text(encoding="utf-8")))


@cache
def methods() -> tuple[Method, ...]:
    """Every method of both APIs, those whose path ends in a fixed word first."""
    found = [one for api in ("sheets.v4", "drive.v3") for one in _methods(api, document(api), "")]
    return tuple(sorted(found, key=lambda one: (one.path.pattern.count("[^/]+"), -len(one.path.pattern))))


def _methods(api: str, part: Mapping[str, Any], before: str) -> Iterator[Method]:
    root = "/" + document(api)["servicePath"]
    for name, told in part.get("methods", {}).items():
        yield Method(api, before + name, told["httpMethod"], _pattern(root + told["path"]), told)
    for name, inner in part.get("resources", {}).items():
        yield from _methods(api, inner, f"{before}{name}.")


def _pattern(path: str) -> re.Pattern[str]:
    """A path as an expression; only the last place may hold a colon, and never the verb after one."""
    made, at = "", 0
    for found in PLACE.finditer(path):
        name = found[1]
        made += (
            re.escape(path[at : found.start()]) + f"(?P<{name}>{'[^/]+' if name == 'range' else '[^/:]+'})"
        )
        at = found.end()
    return re.compile(made + re.escape(path[at:]) + "$")


def find_method(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method a call is for, and the values of its path's places."""
    for method in methods():
        if method.verb == verb and (found := method.path.match(path)):
            return method, {name: unquote(value) for name, value in found.groupdict().items()}
    return None


def schema(api: str, name: str) -> Mapping[str, Any]:
    """A message's schema."""
    found: Mapping[str, Any] = document(api)["schemas"][name]
    return found


def field_schema(api: str, message: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """The schema of what stands under a field, of its elements if it is a list; None for no such field."""
    found: Mapping[str, Any] | None = message.get("properties", {}).get(name)
    if found is None:
        return message.get("additionalProperties")
    while found.get("type") == "array":
        found = found["items"]
    return schema(api, found["$ref"]) if "$ref" in found else found


def unknown_path(
    api: str, message: Mapping[str, Any], mask: Mapping[str, Any], before: str = ""
) -> str | None:
    """The first path of a mask that names no field."""
    for name, inner in mask.items():
        if name == "*":
            continue
        found = field_schema(api, message, camel(name))
        if found is None:
            return before + name
        if (wrong := unknown_path(api, found, inner, f"{before}{name}.")) is not None:
            return wrong
    return None


@lru_cache(maxsize=4096)
def camel(name: str) -> str:
    """`sheetId` for `sheet_id`."""
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail) if tail and head else name


@lru_cache(maxsize=4096)
def snake(name: str) -> str:
    """`sheet_id` for `sheetId`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
