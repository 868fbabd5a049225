"""Ranges: rectangles of a tab, their A1 words and their GridRange JSON."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

A1_CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?$")
R1C1_CELL = re.compile(r"R([1-9][0-9]*)?C([1-9][0-9]*)?$", re.IGNORECASE)
PLAIN_TITLE = re.compile(r"[^\W\d]\w*$")
LOOKS_LIKE_CELL = re.compile(r"([A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*)$")


class Area(NamedTuple):
    """A rectangle, ends exclusive; None where a side is open."""

    sheet: int
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    def clipped(self, rows: int, columns: int) -> "Box":
        """The bounded rectangle inside a grid of that size."""
        return Box(
            self.top or 0,
            rows if self.bottom is None else min(self.bottom, rows),
            self.left or 0,
            columns if self.right is None else min(self.right, columns),
        )

    def json(self) -> dict[str, int]:
        """As Google answers it: sheetId 0 left out, index 0 kept."""
        found = zip(INDEXES, self[1:], strict=True)
        return ({"sheetId": self.sheet} if self.sheet else {}) | {k: v for k, v in found if v is not None}


class Box(NamedTuple):
    """A bounded rectangle, ends exclusive."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def cells(self) -> int:
        return max(0, self.bottom - self.top) * max(0, self.right - self.left)


INDEXES = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


def area_of(grid_range: Mapping[str, Any]) -> Area:
    """The rectangle of a GridRange."""
    return Area(grid_range.get("sheetId", 0), *(grid_range.get(name) for name in INDEXES))


def column_letters(index: int) -> str:
    """A for 0, AA for 26."""
    text, index = "", index + 1
    while index:
        index, digit = divmod(index - 1, 26)
        text = chr(65 + digit) + text
    return text


def column_index(letters: str) -> int:
    """0 for A, 26 for AA."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def quoted(title: str) -> str:
    """A tab's name as it stands in an A1 answer: in quotes only where it could be misread."""
    if PLAIN_TITLE.match(title) and not LOOKS_LIKE_CELL.match(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def a1_box(title: str, box: Box) -> str:
    """`Sheet1!A1:B2`, or `Sheet1!D4` for one cell."""
    first = f"{column_letters(box.left)}{box.top + 1}"
    if box.cells == 1:
        return f"{quoted(title)}!{first}"
    return f"{quoted(title)}!{first}:{column_letters(box.right - 1)}{box.bottom}"


@lru_cache(maxsize=4096)
def a1_corners(text: str) -> tuple[int | None, int | None, int | None, int | None] | None:
    """(top, bottom, left, right) of `A1`, `A1:B2`, `A:C`, `A2:C`, `3:5`, `R1C1:R2C2`; None if it is none."""
    first, colon, second = text.partition(":")
    start, end = _corner(first, bool(colon)), _corner(second or first, bool(colon))
    if start is None or end is None:
        return None
    top, bottom = _side(start[0], end[0])
    left, right = _side(start[1], end[1])
    return top, bottom, left, right


def _corner(text: str, half: bool) -> tuple[int | None, int | None] | None:
    """(row, column) of a corner; a half corner (`A`, `3`) only counts beside a colon."""
    if found := R1C1_CELL.match(text):
        row, column = found.groups()
        return (int(row) - 1 if row else None), (int(column) - 1 if column else None)
    found = A1_CELL.match(text)
    if not found or not text.strip("$") or (not half and not all(found.groups())):
        return None
    letters, digits = found.groups()
    return (int(digits) - 1 if digits else None), (column_index(letters) if letters else None)


def _side(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """One side of the rectangle, corners in either order; open where the second corner names none."""
    if start is None and end is None:
        return None, None
    if start is None:
        return end, None
    if end is None:
        return start, None
    return min(start, end), max(start, end) + 1
