"""The history as it stands in the spreadsheet: what each change wrote, what it hit, what it still calls for.

A change names its row by the place where it was read; a person may move rows in the third of a second before it
arrives. So each change has the row that it hits copied first, by the sheet itself, into `Rows before`. From the two
tabs alone anybody can tell later whether a change hit its row, and put right one that did not (X3).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.store.interface import AUDIT, AUDIT_COLUMNS, Cells, Look, Tab
from services.store.sheets.cells import Raw, text_of

BEFORE = "Rows before"
OWN = ("of", "deed", "base", "closes")
COLUMNS = (*AUDIT_COLUMNS, *OWN)
LONGEST = 24_000  # letters of a cell: Google allows 50,000, and may count some letters twice
STAMP = ("_change", "_updated_at", "_updated_by")
BEGINNING = "0-start"
"""The ticket of a workbook in which nothing was changed yet."""

AUDIT_TAB = Tab(
    AUDIT,
    COLUMNS,
    {
        "_id": Look("Id", note="The change and its place in it; never change it"),
        "of": Look("Rows of this change"),
        "deed": Look("Deed"),
        "base": Look("Change before"),
        "closes": Look("Settles"),
        **{name: Look(name.replace("_", " ").capitalize()) for name in AUDIT_COLUMNS if name != "_id"},
    },
)


class Deed(StrEnum):
    """What an entry did to its row."""

    ADD = "add"
    CHANGE = "change"
    INSIST = (
        "insist"  # made after all because the rest of its change stands, whatever was typed there meanwhile
    )
    BACK = "back"  # a misplaced value taken out again
    NOTE = "note"  # nothing: it only tells


class End(StrEnum):
    """How a misplaced change ended."""

    FINISHED = "finished"  # made on its own row after all
    CONFLICT = "conflict"  # its row said something else by then
    GONE = "gone"  # its row is no longer there
    UNCLEAR = "unclear"  # the sheet no longer tells what it hit


BY = f"{End.FINISHED} by "


@dataclass(frozen=True)
class Entry:
    """One row of the history; `image` is the row that it hit as it stood before, `None` where nothing tells."""

    cells: Cells
    of: int = 1
    deed: str = Deed.NOTE
    base: str = ""
    closes: Mapping[str, str] = field(default_factory=dict)
    image: Cells | None = None

    @property
    def id(self) -> str:
        """The mark and a count: 1043-k7f3/1."""
        return self.cells["_id"]

    @property
    def mark(self) -> str:
        """The change that this belongs to."""
        return self.id.rpartition("/")[0]

    @property
    def number(self) -> int:
        """The change's number."""
        return int(self.cells["number"])

    @property
    def count(self) -> int:
        """Its place in its change, from 1."""
        return int(self.id.rpartition("/")[2])

    @property
    def fields(self) -> dict[str, list[str]]:
        """Column -> [as decided on, as written]."""
        found = _said(self.cells["fields"])
        return {name: pair for name, pair in found.items() if isinstance(pair, list) and len(pair) == 2}

    @property
    def written(self) -> Cells:
        """Every cell it wrote: its stamp too, unless it gave the row back the stamp of before."""
        stamp = {"_change": self.mark, "_updated_at": self.cells["at"], "_updated_by": self.cells["who"]}
        news = {name: new for name, (_, new) in self.fields.items()}
        return news if self.deed == Deed.BACK else {**news, **stamp}

    @property
    def touches(self) -> bool:
        """Whether it changed cells of a row that was there."""
        return self.deed in {Deed.CHANGE, Deed.INSIST, Deed.BACK}

    @property
    def hit(self) -> bool:
        """Whether the row before shows that it hit the row it meant."""
        if self.image is None or self.image["_id"] != self.cells["row"]:
            return False
        return bool(self.cells["row"]) or self.image["_change"] == self.base

    @property
    def hit_id(self) -> str:
        """The id of the row that it hit, as far as the copy tells; else of the one that it meant."""
        return self.cells["row"] if self.image is None or self.is_blank_before else self.image["_id"]

    @property
    def is_blank_before(self) -> bool:
        """Whether nothing stood there, as far as the copy tells: a filtered row may be copied as nothing."""
        return self.image is not None and not any(self.image.values())

    def met(self) -> dict[str, str]:
        """What a person had typed into the cells it wrote, after they were read."""
        if not self.hit or self.image is None:
            return {}
        image = self.image
        return {name: image[name] for name, (old, _) in self.fields.items() if image.get(name, old) != old}


def lines_of(entry: Entry) -> list[list[Raw]]:
    """The rows of the Audit tab for an entry: one, or more where its fields are long."""
    text = entry.cells["fields"]
    parts = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)] or [""]
    own: Cells = {
        "of": str(entry.of),
        "deed": entry.deed,
        "base": entry.base,
        "closes": json.dumps(entry.closes, sort_keys=True) if entry.closes else "",
    }
    first = {**entry.cells, **own, "fields": parts[0]}
    more = [{"_id": entry.id, "fields": part} for part in parts[1:]]
    return [[line.get(name, "") for name in COLUMNS] for line in (first, *more)]


def length(entries: Iterable[Entry]) -> int:
    """How many rows of the Audit tab they take."""
    return sum(max(1, -(-len(entry.cells["fields"]) // LONGEST)) for entry in entries)


def before_line(entry: Entry, places: Mapping[str, int]) -> list[Raw]:
    """What the app writes beside the copied row: whose it is, and which column stood where."""
    return [entry.id, json.dumps(places, sort_keys=True)]


def entries_of(
    lines: Sequence[Sequence[Raw]], before: Sequence[Sequence[Raw]], tabs: Mapping[str, Tab]
) -> list[Entry]:
    """The entries in the order of the sheet, each with its row before; a line by another hand is left out."""
    copies = {str(line[0]): line for line in before if line}
    found: list[Entry] = []
    for line in lines:
        cells = {name: str(line[at]) if at < len(line) else "" for at, name in enumerate(COLUMNS)}
        if found and cells["_id"] == found[-1].id:
            found[-1] = _longer(found[-1], cells["fields"])
        elif _is_ours(cells):
            found.append(_entry(cells, copies.get(cells["_id"]), tabs))
    return found


def _is_ours(cells: Cells) -> bool:
    mark, slash, count = cells["_id"].rpartition("/")
    number = mark.partition("-")[0]
    return bool(slash) and count.isdecimal() and number.isdecimal() and cells["number"] == number


def _entry(cells: Cells, copy: Sequence[Raw] | None, tabs: Mapping[str, Tab]) -> Entry:
    of, deed, base, closes = (cells.pop(name) for name in OWN)
    tab = tabs.get(cells["register"])
    image = image_of(copy, tab) if copy is not None and tab is not None else None
    ends = {id_: end for id_, end in _said(closes).items() if isinstance(end, str)}
    return Entry(cells, int(of) if of.isdecimal() else 1, deed, base, ends, image)


def _said(text: str) -> dict[str, Any]:
    """What the app wrote as JSON; nothing where a person wrote over it."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _longer(entry: Entry, more: str) -> Entry:
    cells = {**entry.cells, "fields": entry.cells["fields"] + more}
    return Entry(cells, entry.of, entry.deed, entry.base, entry.closes, entry.image)


def image_of(copy: Sequence[Raw], tab: Tab) -> Cells | None:
    """A copied row as canonical text, by the columns as they stood when it was copied."""
    places = _said(str(copy[1])) if len(copy) > 1 else {}
    if not places or not all(type(at) is int and at >= 0 for at in places.values()):
        return None
    image = {}
    for name in tab.columns:
        at = places.get(name)
        raw = copy[2 + at] if at is not None and 2 + at < len(copy) else ""
        image[name] = text_of(tab.look(name).kind, raw)
    return image


def closed(entries: Iterable[Entry]) -> dict[str, str]:
    """Entry id -> how it ended, for the misplaced ones that a later change settled."""
    return {id_: end for entry in entries for id_, end in entry.closes.items()}


def end_of(entry: Entry, closings: Mapping[str, str]) -> str:
    """How an entry ended, through every settlement of a settlement; '' where nothing ever was wrong with it."""
    end = closings.get(entry.id, "")
    while end.startswith(BY):
        end = closings.get(end.removeprefix(BY), End.FINISHED)
    return end


def finisher(entry: Entry, closings: Mapping[str, str]) -> str:
    """The id of the entry that made the change in the end: its own, or one of a settlement."""
    found, end = entry.id, closings.get(entry.id, "")
    while end.startswith(BY):
        found = end.removeprefix(BY)
        end = closings.get(found, "")
    return found
