"""The state of one spreadsheet: its tabs, its names, and how to find a range in it."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from tests.sheets_standin.areas import Area, Box, a1_box, a1_corners, area_of
from tests.sheets_standin.cells import Scalar
from tests.sheets_standin.defaults import default_properties
from tests.sheets_standin.errors import Refusal, invalid, unparsable
from tests.sheets_standin.formulas import evaluate
from tests.sheets_standin.moves import follow_area, follow_thing
from tests.sheets_standin.sheet import Move, Sheet

Json = dict[str, Any]


QUIRKS = ("missing_name_ignored", "names_repeat", "own_name_id_ignored")
"""Undocumented points a test can turn round: deleteNamedRange of an unknown id does nothing; a named range's name
or id may be given twice; an id of the caller's own is replaced by Google's."""


class Book:
    """A spreadsheet without its methods of the API. A clone shares every cell and costs microseconds."""

    def __init__(
        self, key: str, title: str = "Untitled spreadsheet", locale: str = "en_US", zone: str = "Etc/GMT"
    ):
        self.key = key
        self.properties: Json = default_properties(title, locale, zone)
        self.sheets: list[Sheet] = [Sheet(0, "Sheet1")]
        self.named: dict[str, Json] = {}
        """Named ranges by id; each is replaced, never changed."""
        self.ghosts: frozenset[str] = frozenset()
        """Names, in lower case, whose tab or cells were deleted: taken, and no longer listed."""
        self.metadata: tuple[Json, ...] = ()
        """Developer metadata of the spreadsheet and of its tabs and lines."""
        self.quirks: frozenset[str] = frozenset()
        """Where Google might differ from what is taken here: see QUIRKS."""
        self.version = 1
        self.chance = random.Random(key)

    def take(self, other: "Book") -> None:
        """Become the same as another book of this key."""
        self.properties, self.sheets, self.named = other.properties, other.sheets, other.named
        self.ghosts, self.metadata, self.version = other.ghosts, other.metadata, other.version
        self.quirks = other.quirks

    def copy_state(self) -> "Book":
        """The same state, to be changed without changing this."""
        made = Book.__new__(Book)
        made.key, made.properties, made.chance = self.key, self.properties.copy(), self.chance
        made.sheets, made.named = [sheet.clone() for sheet in self.sheets], self.named.copy()
        made.ghosts, made.metadata, made.version = self.ghosts, self.metadata, self.version
        made.quirks = self.quirks
        return made

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    def new_number(self) -> int:
        """A random 31-bit number, as Google gives tabs and ranges."""
        return self.chance.randrange(1, 2**31)

    def sheet(self, number: int) -> Sheet:
        """The tab of that sheetId."""
        for sheet in self.sheets:
            if sheet.id == number:
                return sheet
        raise Refusal(f"No grid with id: {number}")

    def titled(self, title: str) -> Sheet | None:
        """The tab of that name, upper and lower case alike."""
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        return next((sheet for sheet in self.sheets if sheet.title.lower() == title.lower()), None)

    def box(self, grid_range: Mapping[str, Any]) -> tuple[Sheet, Box]:
        """The tab and bounded rectangle of a request's GridRange."""
        area = area_of(grid_range)
        sheet = self.sheet(area.sheet)
        box = area.clipped(sheet.row_count, sheet.column_count)
        _check_order(area)
        for name, start, count in (
            ("Row", box.top, sheet.row_count),
            ("Column", box.left, sheet.column_count),
        ):
            if start >= count:
                text = f"GridRange.start{name}Index[{start}] is after last {name.lower()} in grid[{count}]"
                raise Refusal(text)
        return sheet, box

    def find(self, text: str) -> tuple[Sheet, Area]:
        """The tab and rectangle of an A1 range, a tab's name or a named range."""
        title, mark, rest = split_title(text)
        sheet = self.titled(title)
        if not mark:
            return self._find_bare(text, sheet)
        corners = a1_corners(rest)
        if sheet is not None and corners is not None:
            return sheet, Area(sheet.id, *corners)
        area = self.named_area(rest)
        if sheet is None or area is None or area.sheet != sheet.id:
            raise unparsable(text)
        return sheet, area

    def _find_bare(self, text: str, sheet: Sheet | None) -> tuple[Sheet, Area]:
        """A range of the first tab, a named range, or a whole tab."""
        if not text.startswith("'") and (corners := a1_corners(text)):
            return self.sheets[0], Area(self.sheets[0].id, *corners)
        if area := self.named_area(text):
            return self.sheet(area.sheet), area
        if sheet is None:
            raise unparsable(text)
        return sheet, Area(sheet.id)

    def named_area(self, name: str) -> Area | None:
        """Where a named range is."""
        named = (one for one in self.named.values() if one["name"].lower() == name.lower())
        found = next(named, None)
        return area_of(found["range"]) if found else None

    def find_box(self, text: str) -> tuple[Sheet, Box]:
        """The tab and the rectangle inside its grid; an error where the range starts outside it."""
        sheet, area = self.find(text)
        return sheet, self.within_grid(sheet, area)

    def within_grid(self, sheet: Sheet, area: Area) -> Box:
        """The rectangle cut to the grid."""
        if (area.top or 0) >= sheet.row_count or (area.left or 0) >= sheet.column_count:
            raise beyond_grid(sheet, area)
        return area.clipped(sheet.row_count, sheet.column_count)

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        """What a cell comes to: its value, or its formula's."""
        cell = sheet.cell(row, column)
        return cell.value if cell.formula is None else evaluate(self, sheet, row, column)

    def lose_names(self, keys: Sequence[str]) -> None:
        """Names whose cells are gone: no longer listed, and still taken."""
        self.ghosts |= {self.named[key]["name"].lower() for key in keys}
        self.named = {key: one for key, one in self.named.items() if key not in keys}

    def follow(self, sheet: Sheet, rows: bool, move: Move) -> None:
        """Let every range on a tab follow its rows or columns."""
        moved = {key: follow_thing(one, sheet.id, rows, move) for key, one in self.named.items()}
        self.lose_names([key for key, one in moved.items() if one is None])
        self.named = {key: one for key, one in moved.items() if one is not None}
        self.metadata = tuple(x for one in self.metadata if (x := follow_thing(one, sheet.id, rows, move)))
        sheet.merges = tuple(area for one in sheet.merges if (area := follow_area(one, rows, move)))
        sheet.filter = follow_thing(sheet.filter, sheet.id, rows, move) if sheet.filter else None
        for kind, things in sheet.things.items():
            sheet.things[kind] = tuple(x for one in things if (x := follow_thing(one, sheet.id, rows, move)))


def _check_order(area: Area) -> None:
    for name, start, end in (("Row", area.top, area.bottom), ("Column", area.left, area.right)):
        if end is not None and (start or 0) >= end:
            raise Refusal(
                f"GridRange.end{name}Index[{end}] must be after GridRange.start{name}Index[{start}]"
            )


def split_title(text: str) -> tuple[str, str, str]:
    """(tab's name, `!` or nothing, rest) of an A1 range."""
    if not text.startswith("'"):
        title, mark, rest = text.rpartition("!")
        return (title, mark, rest) if mark else (text, "", "")
    end = 1
    while (end := text.find("'", end)) > 0 and text[end + 1 : end + 2] == "'":
        end += 2
    if end < 0:
        raise unparsable(text)
    title, rest = text[1:end].replace("''", "'"), text[end + 1 :]
    if rest and not rest.startswith("!"):
        raise unparsable(text)
    return title, rest[:1], rest[1:]


def beyond_grid(sheet: Sheet, area: Area) -> Exception:
    """400 for a range outside the grid."""
    full = area.clipped(10**9, 10**6)
    box = Box(full.top, max(full.top + 1, full.bottom), full.left, max(full.left + 1, full.right))
    if area.bottom is None:
        box = box._replace(bottom=box.top + 1)
    limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    return invalid(f"Range ({a1_box(sheet.title, box)}) exceeds grid limits. {limits}")
