"""One tab of the spreadsheet as it was read: columns by their heading, rows by their id (X2).

Row numbers are used within the one save that read them and never remembered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.store.interface import Cells, Look, Tab
from services.store.sheets.audit import STAMP
from services.store.sheets.cells import Raw, raw_of, text_of

Line = Sequence[Raw]
"""A row as the sheet gave it, shorter where its last cells are blank."""


@dataclass
class Grid:
    """A register's tab: its headings, its rows below them, and where each column and id stands.

    `call` says what a record of a register is called, '' where that is not known. `missing` and `doubled` are columns whose heading is gone or there twice: such a tab is not written to.
    `is_gone`: somebody deleted the whole tab.
    """

    tab: Tab
    header: Line
    lines: list[Line]
    is_gone: bool = False
    call: Callable[[str, str], str] = field(default=lambda register, id_: "", compare=False)
    places: Mapping[str, int] = field(init=False)
    missing: tuple[str, ...] = field(init=False)
    doubled: tuple[str, ...] = field(init=False)
    rows_of: dict[str, list[int]] = field(init=False)
    nameless: list[int] = field(init=False)
    _cells: dict[int, Cells] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, list[int]] = {}
        for place, heading in enumerate(self.header):
            found.setdefault(str(heading).strip(), []).append(place)
        standing = {name: found.get(self.tab.look(name).heading, []) for name in self.tab.columns}
        self.missing = tuple(name for name, places in standing.items() if not places)
        self.doubled = tuple(name for name, places in standing.items() if len(places) > 1)
        self.places = {name: places[0] for name, places in standing.items() if places}
        self.rows_of, self.nameless = {}, []
        for place, line in enumerate(self.lines):
            if id_ := self._id(line):
                self.rows_of.setdefault(id_, []).append(place)
            elif any(cell != "" for cell in line):
                self.nameless.append(place)

    @property
    def width(self) -> int:
        """How many columns a copy of a row must take in."""
        return max(self.places.values(), default=0) + 1

    @property
    def is_whole(self) -> bool:
        """Whether every column is there, once."""
        return not (self.missing or self.doubled)

    def cells(self, place: int) -> Cells:
        """The row at this place below the header, as canonical text."""
        if place not in self._cells:
            self._cells[place] = self.read(self.lines[place])
        return self._cells[place]

    def read(self, line: Line) -> Cells:
        """A row of this tab as canonical text."""
        return {name: self._text(name, line) for name in self.tab.columns}

    def filled(self) -> Iterator[int]:
        """The places of rows that say something; staff's own columns are theirs, and a cleared row keeps its mark."""
        for place, line in enumerate(self.lines):
            if self._id(line) or any(text for name, text in self.cells(place).items() if name not in STAMP):
                yield place

    def place(self, id_: str) -> int | None:
        """Where the one row with this id stands; `None` where there is none or several."""
        places = self.rows_of.get(id_, ())
        return places[0] if len(places) == 1 else None

    def raw(self, cells: Cells) -> dict[str, Raw]:
        """Cells as the sheet shall hold them; a link with the name of what it links to, for people's eyes."""
        return {name: self._raw(self.tab.look(name), text) for name, text in cells.items()}

    def _raw(self, look: Look, text: str) -> Raw:
        raw = raw_of(look.kind, text)
        called = self.call(look.to, text) if look.to and text else ""
        named = f"{text} {called}"
        return named if called and text_of(look.kind, named) == text else raw

    def line(self, cells: Cells) -> list[Raw]:
        """A whole new row in the order of the sheet; columns that are not ours stay blank."""
        made: list[Raw] = [""] * self.width
        for name, raw in self.raw(cells).items():
            made[self.places[name]] = raw
        return made

    def one(self, id_: str) -> Cells | None:
        """The one row with this id as canonical text; `None` where there is none or several."""
        place = self.place(id_)
        return None if place is None else self.cells(place)

    def take(self, place: int, cells: Cells) -> None:
        """Put what a save left in a row in place of what was read."""
        line = list(self.lines[place])
        line += [""] * (self.width - len(line))
        for name, raw in self.raw(cells).items():
            line[self.places[name]] = raw
        self.lines[place] = _trimmed(line)
        self._cells.pop(place, None)

    def add(self, cells: Cells) -> None:
        """Put a row that a save appended below what was read."""
        self.rows_of.setdefault(cells["_id"], []).append(len(self.lines))
        self.lines.append(_trimmed(self.line(cells)))

    def borrow(self, other: "Grid") -> None:
        """Reuse what an earlier, equal reading of the same tab worked out."""
        self._cells = other._cells

    def borrow_rows(self, other: "Grid") -> None:
        """Reuse what an earlier reading worked out for the rows that stand as they did."""
        if self.places != other.places:
            return
        for id_, places in self.rows_of.items():
            before = other.place(id_)
            if before is None or len(places) > 1:
                continue
            if before in other._cells and other.lines[before] == self.lines[places[0]]:
                self._cells[places[0]] = other._cells[before]

    def _id(self, line: Line) -> str:
        place = self.places.get("_id")
        return str(line[place]).strip() if place is not None and place < len(line) else ""

    def _text(self, name: str, line: Line) -> str:
        place = self.places.get(name)
        if place is None or place >= len(line):
            return ""
        text = text_of(self.tab.look(name).kind, line[place])
        return text.strip() if name == "_id" else text


def _trimmed(line: list[Raw]) -> list[Raw]:
    """A row as the sheet gives it: without its last blank cells."""
    while line and line[-1] == "":
        line.pop()
    return line
