"""How the ranges that hang on a tab follow its rows and columns."""

from typing import Any

from tests.sheets_standin.areas import INDEXES, Area
from tests.sheets_standin.sheet import Move

Json = dict[str, Any]


def follow_area(area: Area, rows: bool, move: Move) -> Area | None:
    """Where a rectangle goes."""
    moved = move(area.top, area.bottom) if rows else move(area.left, area.right)
    if moved is None:
        return None
    return (
        area._replace(top=moved[0], bottom=moved[1]) if rows else area._replace(left=moved[0], right=moved[1])
    )


def follow_thing(thing: Json, sheet: int, rows: bool, move: Move) -> Json | None:
    """A thing with its ranges where they now are; None when its rows or columns are gone."""
    made = dict(thing)
    if "range" in thing:
        moved = _follow_range(thing["range"], sheet, rows, move)
        if moved is None:
            return None
        made["range"] = moved
    for name in ("ranges", "unprotectedRanges"):
        if name in thing:
            made[name] = [
                x for one in thing[name] if (x := _follow_range(one, sheet, rows, move)) is not None
            ]
            if not made[name] and name == "ranges":
                return None
    if "location" in thing and "dimensionRange" in thing["location"]:
        moved = _follow_range(thing["location"]["dimensionRange"], sheet, rows, move)
        if moved is None:
            return None
        made["location"] = thing["location"] | {"dimensionRange": moved}
    return made


def _follow_range(found: Json, sheet: int, rows: bool, move: Move) -> Json | None:
    """A GridRange or DimensionRange where it now is."""
    if found.get("sheetId", 0) != sheet or not found:
        return found
    if "dimension" in found:
        if (found["dimension"] == "ROWS") is not rows:
            return found
        first, last = "startIndex", "endIndex"
    else:
        first, last = INDEXES[:2] if rows else INDEXES[2:]
    moved = move(found.get(first), found.get(last))
    if moved is None:
        return None
    spans = {first: moved[0], last: moved[1]}
    return found | {name: at for name, at in spans.items() if at is not None}
