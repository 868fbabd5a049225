"""What people's hands did to the spreadsheet, found before anything is written to it (X2): pure.

Each finding says where, what stands there, what it means in plain words, and which repairs are offered. Wrong
values within a cell (a choice that is none, a date before 1900) are the registers' to judge, not the sheet's.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from schemas.kinds import Kind, Unreadable, stored, typed
from schemas.words import N_, Message, message
from services.store.interface import AUDIT, Cells
from services.store.sheets import dress
from services.store.sheets.audit import BEFORE, STAMP
from services.store.sheets.cells import NUMBERS, Raw
from services.store.sheets.grid import Grid
from services.store.sheets.inspection import Inspection
from services.store.sheets.memory import BY_HAND

ACCEPTED = "sheet.accepted"
"""The action under which the history says that somebody accepted what is gone."""
REAL = NUMBERS | {Kind.DATE, Kind.TIME}
"""Kinds that a spreadsheet keeps as numbers; all others but yes or no are text."""


class What(StrEnum):
    """What was found, the worst first."""

    TAB_GONE = "tab gone"
    TICKET_GONE = "ticket gone"
    COLUMN_GONE = "column gone"
    COLUMN_DOUBLED = "column doubled"
    HISTORY_GAP = "history gap"
    ROW_GONE = "row gone"
    NO_ID = "no id"
    ROW_DOUBLED = "row doubled"
    UNREADABLE = "unreadable"
    LOCALE = "locale"
    FORMULA = "formula"
    TEXT = "text"
    NUMBER = "number"
    MERGED = "merged"
    UNPROTECTED = "unprotected"
    TAB_RENAMED = "tab renamed"
    HIDDEN = "hidden"
    COLUMN_MOVED = "column moved"
    COLUMN_EXTRA = "column extra"


ORDER = {what: at for at, what in enumerate(What)}
STOPS = frozenset(list(What)[: ORDER[What.HISTORY_GAP] + 1])
"""These concern whole tabs or every save, and come before any row."""
ONLY_TOLD = frozenset({What.HIDDEN, What.COLUMN_MOVED, What.COLUMN_EXTRA})
"""Nothing is wrong with these; they are said so that nobody wonders."""


class Repair(StrEnum):
    """What can be done about a finding from here."""

    RETYPE = "retype"  # the same value, as a real number, date or text
    ADOPT = "adopt"
    CLEAR = "clear"
    PUT_BACK = "put back"
    LEAVE = "leave"  # accept that it is gone
    HEADING = "heading"
    SECOND = "second"  # give the second of two headings another name
    TAB_NAME = "tab name"
    LOCALE = "locale"
    TICKET = "ticket"
    UNMERGE = "unmerge"


@dataclass(frozen=True)
class Finding:
    """One thing that somebody's hand did.

    `row` counts as people do, `at` is the column's place from 0. `cells` is the whole row where the finding is
    about one. `repairs` may be none: then `words` say what to do in the spreadsheet itself.
    """

    what: What
    words: Message
    tab: str = ""
    row: int | None = None
    column: str = ""
    at: int | None = None
    id: str = ""
    programme: str = ""
    stands: str = ""
    cells: Cells | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def is_only_told(self) -> bool:
        """Whether everything works on as it is."""
        return self.what in ONLY_TOLD

    @property
    def stops_more(self) -> bool:
        """Whether more than a row is stopped by it."""
        return self.what in STOPS

    def is_still(self, other: "Finding") -> bool:
        """Whether another reading found the very same thing; its row may have moved meanwhile."""
        mine = (self.what, self.tab, self.column, self.id, self.stands, self.cells)
        return mine == (other.what, other.tab, other.column, other.id, other.stands, other.cells)


def findings(seen: Inspection) -> list[Finding]:
    """Everything found, the worst first, then by the order of the tabs and rows."""
    found = [*_spreadsheet(seen), *_history(seen)]
    gone = _gone(seen)
    for name in seen.grids:
        found += _tab(seen, name, gone.get(name, {}))
    tabs = {name: at for at, name in enumerate(seen.grids)}
    return sorted(found, key=lambda each: (ORDER[each.what], tabs.get(each.tab, -1), each.row or 0))


# --- the spreadsheet as a whole --------------------------------------------------------------------


def _spreadsheet(seen: Inspection) -> Iterator[Finding]:
    yield from _tabs_gone(seen)
    yield from _tabs_renamed(seen)
    if seen.found.ticket is None and AUDIT in seen.found.book:
        words = N_(
            "Somebody deleted the named range by which Mentor Desk keeps two saves apart. Nothing can be saved "
            "until it is back."
        )
        yield Finding(What.TICKET_GONE, Message(words), repairs=(Repair.TICKET,))
    if (locale := seen.found.locale) != dress.LOCALE:
        words = N_(
            "The spreadsheet reads dates the way of another country: 3/4/2026 may become 4 March. What is "
            "there stays as it is."
        )
        yield Finding(What.LOCALE, Message(words), stands=locale, repairs=(Repair.LOCALE,))
    yield from _unprotected(seen)


def _tabs_gone(seen: Inspection) -> Iterator[Finding]:
    for name in seen.found.gone:
        words = N_(
            "The tab was deleted. Nothing can be saved to it. Take it back in Google Sheets with File, "
            "Version history."
        )
        yield Finding(What.TAB_GONE, Message(words), tab=name)


def _tabs_renamed(seen: Inspection) -> Iterator[Finding]:
    titles = {sheet["properties"]["title"] for sheet in seen.description["sheets"]}
    for name, place in seen.found.book.items():
        if place.title == name:
            continue
        if name in titles:
            words = message(
                N_("The tab is called “{title}” now and works on. Another tab has its old name."),
                title=place.title,
            )
            yield Finding(What.TAB_RENAMED, words, tab=name, stands=place.title)
        else:
            words = message(N_("The tab is called “{title}” now and works on."), title=place.title)
            yield Finding(What.TAB_RENAMED, words, tab=name, stands=place.title, repairs=(Repair.TAB_NAME,))


def _unprotected(seen: Inspection) -> Iterator[Finding]:
    wanted = dress.guarded(name for name in seen.found.book if name in seen.grids or name in (AUDIT, BEFORE))
    guards = [guard for sheet in seen.description["sheets"] for guard in sheet.get("protectedRanges", ())]
    missing = wanted - {guard.get("description", "") for guard in guards}
    if missing:
        words = message(
            N_(
                "{missing} of {all} protected ranges are missing, so ids, headings or the history can be typed over. "
                "An administrator puts them back with “Make ready again” on the page Spreadsheet."
            ),
            missing=len(missing),
            all=len(wanted),
        )
        yield Finding(What.UNPROTECTED, words)


# --- the history -----------------------------------------------------------------------------------


def _history(seen: Inspection) -> Iterator[Finding]:
    if lost := gaps(seen):
        words = message(
            N_(
                "Somebody deleted rows of the tab Audit: these changes, or parts of them, are no longer told: {lost}. "
                "Take them back in Google Sheets with File, Version history, or accept the gap."
            ),
            lost=spans(lost),
        )
        yield Finding(What.HISTORY_GAP, words, tab=AUDIT, stands=spans(lost), repairs=(Repair.LEAVE,))


def gaps(seen: Inspection) -> list[str]:
    """The changes (`12`) and rows of changes (`12/3`) that the history should have and has not, unless accepted."""
    counts: dict[int, set[int]] = {}
    of: dict[int, int] = {}
    accepted: set[str] = set()
    for cells in seen.audit:
        if (place := _place(cells["_id"])) is None:
            continue
        number, count = place
        counts.setdefault(number, set()).add(count)
        if cells["of"].isdecimal():
            of[number] = max(of.get(number, 0), int(cells["of"]))
        if cells["action"] == ACCEPTED and not cells["row"]:
            accepted |= unspanned(cells["why"])
    newest = max([0, *counts, _number(seen.found.ticket)])
    whole = [str(number) for number in range(1, newest + 1) if number not in counts]
    parts = [
        f"{number}/{count}"
        for number in sorted(counts)
        for count in range(1, of.get(number, 1) + 1)
        if count not in counts[number]
    ]
    return [each for each in (*whole, *parts) if each not in accepted]


def _place(id_: str) -> tuple[int, int] | None:
    """Change and count of a row of the history, `1043-k7f3/2`; `None` for a row by another hand."""
    mark, _, count = id_.rpartition("/")
    number = mark.partition("-")[0]
    return (int(number), int(count)) if number.isdecimal() and count.isdecimal() else None


def _number(ticket: str | None) -> int:
    number = (ticket or "").partition("-")[0]
    return int(number) if number.isdecimal() else 0


def spans(lost: Sequence[str]) -> str:
    """Numbers that follow each other together: 3-5, 9, 12/2."""
    numbers = [int(each) for each in lost if each.isdecimal()]
    runs = groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    said = [[number for _, number in run] for _, run in runs]
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in said]
    return ", ".join([*told, *(each for each in lost if not each.isdecimal())])


def unspanned(text: str) -> set[str]:
    """The numbers that `spans` wrote."""
    found: set[str] = set()
    for part in text.split(", "):
        first, dash, last = part.partition("-")
        if dash and first.isdecimal() and last.isdecimal():
            found |= {str(number) for number in range(int(first), int(last) + 1)}
        else:
            found.add(part)
    return found


def _gone(seen: Inspection) -> dict[str, dict[str, tuple[str, str]]]:
    """Per register the ids that the history or this process knows and the tab no longer has: programme and mark."""
    known: dict[str, dict[str, tuple[str, str]]] = {}
    accepted: set[tuple[str, str]] = set()
    for cells in seen.audit:  # the newest first
        register, id_ = cells["register"], cells["row"]
        if register not in seen.grids or not id_ or (register, id_) in accepted:
            continue
        of = known.setdefault(register, {})
        if cells["action"] == ACCEPTED and not of.get(id_, ("", ""))[1]:
            accepted.add((register, id_))
            of.pop(id_, None)
        else:
            programme, mark = of.get(id_, (cells["programme"], ""))
            written = "" if cells["action"] == BY_HAND else cells["_id"].rpartition("/")[0]
            of[id_] = programme, mark or written
    for register, id_ in seen.deleted - accepted:
        known.setdefault(register, {}).setdefault(id_, ("", ""))
    return {
        register: {id_: told for id_, told in of.items() if id_ not in seen.grids[register].rows_of}
        for register, of in known.items()
        if "_id" in seen.grids[register].places
    }


# --- one tab ---------------------------------------------------------------------------------------


def _tab(seen: Inspection, name: str, gone: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    grid = seen.grids[name]
    yield from _columns(seen, grid)
    yield from _shape(seen, grid)
    if "_id" in grid.places and "_id" not in grid.doubled:
        yield from _rows(grid, gone)
    yield from _cells(seen, grid)


def _columns(seen: Inspection, grid: Grid) -> Iterator[Finding]:
    name, known = grid.tab.name, seen.found.known.get(grid.tab.name, grid.tab.columns)
    strangers = _strangers(grid)
    taken: set[int] = set()
    for column in grid.missing:
        at = _once(grid, known, column, strangers)
        taken |= set() if at is None else {at}
        yield _column_gone(grid, column, at)
    for column in grid.doubled:
        yield from _column_doubled(grid, column)
    standing = [grid.places[column] for column in known if column in grid.places]
    if standing != sorted(standing):
        words = N_("Columns stand in another order than they were made in. Everything works on.")
        yield Finding(What.COLUMN_MOVED, Message(words), tab=name)
    if extra := [text for at, text in strangers.items() if text and at not in taken]:
        told = N_("These columns are your own; Mentor Desk leaves them alone: {columns}.")
        yield Finding(What.COLUMN_EXTRA, message(told, columns=", ".join(extra)), tab=name)


def _strangers(grid: Grid) -> dict[int, str]:
    """The places of columns that hold something and bear none of our headings, with what stands there."""
    ours = {grid.tab.look(name).heading for name in grid.tab.columns}
    width = max(map(len, (grid.header, *grid.lines)), default=0)
    texts = {at: str(_at(grid.header, at)).strip() for at in range(width)}
    return {at: text for at, text in texts.items() if text not in ours}


def _once(grid: Grid, known: Sequence[str], column: str, strangers: Mapping[int, str]) -> int | None:
    """Where a missing heading most likely stood: a stranger right beside the column that was its neighbour."""
    at = known.index(column) if column in known else -1
    if at > 0 and (left := grid.places.get(known[at - 1])) is not None and left + 1 in strangers:
        return left + 1
    right = grid.places.get(known[at + 1]) if 0 <= at < len(known) - 1 else None
    return right - 1 if right is not None and right - 1 in strangers else None


def _column_gone(grid: Grid, column: str, at: int | None) -> Finding:
    heading = Message(grid.tab.look(column).heading)
    if at is None:
        words = N_(
            "The column {column} is gone, so nothing can be saved to this tab. Take it back in Google Sheets "
            "with File, Version history."
        )
        return Finding(What.COLUMN_GONE, message(words, column=heading), tab=grid.tab.name, column=column)
    words = N_(
        "No column is called {column}, so nothing can be saved to this tab. Column {letter} stands where it "
        "was: most likely it was renamed."
    )
    stands = str(_at(grid.header, at))
    told = message(words, column=heading, letter=letters(at))
    return Finding(
        What.COLUMN_GONE, told, grid.tab.name, 1, column, at, stands=stands, repairs=(Repair.HEADING,)
    )


def _column_doubled(grid: Grid, column: str) -> Iterator[Finding]:
    heading = grid.tab.look(column).heading
    places = [at for at, text in enumerate(grid.header) if str(text).strip() == heading]
    first = [_at(line, places[0]) for line in grid.lines]
    for at in places:
        is_copy = at != places[0] and first == [_at(line, at) for line in grid.lines]
        words = message(_SAME if is_copy else _OTHER, letter=letters(at))
        where = (grid.tab.name, 1, column, at)
        yield Finding(What.COLUMN_DOUBLED, words, *where, stands=heading, repairs=(Repair.SECOND,))


_SAME = N_(
    "Two columns have this heading, so nothing can be saved to this tab. Column {letter} says the same as the first: "
    "give it another heading."
)
_OTHER = N_(
    "Two columns have this heading, so nothing can be saved to this tab. This is column {letter}: if the other one "
    "is right, give this one another heading."
)


def _shape(seen: Inspection, grid: Grid) -> Iterator[Finding]:
    """Merged cells, filters and hidden rows."""
    name, sheet = grid.tab.name, seen.sheet(grid.tab.name)
    for area in sheet.get("merges", ()):
        row, at = area.get("startRowIndex", 0) + 1, area.get("startColumnIndex", 0)
        words = N_(
            "Cells are merged here: all but the first can hold nothing. Values written there get lost."
        )
        column = next((each for each, place in grid.places.items() if place == at), "")
        yield Finding(
            What.MERGED, Message(words), name, row, column, at, stands=_area(area), repairs=(Repair.UNMERGE,)
        )
    rows = [row for data in sheet.get("data", ())[:1] for row in data.get("rowMetadata", ())]
    hidden = sum(bool(row.get("hiddenByUser") or row.get("hiddenByFilter")) for row in rows)
    if "basicFilter" in sheet or hidden:
        told = message(
            N_(
                "A filter is on or rows are hidden: {hidden} are out of sight for everybody, and a person may type "
                "into the wrong row. Use Data, Create filter view in Google Sheets instead: it is your own."
            ),
            hidden=hidden,
        )
        yield Finding(What.HIDDEN, told, name)


def _area(area: Mapping[str, int]) -> str:
    first = f"{letters(area.get('startColumnIndex', 0))}{area.get('startRowIndex', 0) + 1}"
    return f"{first}:{letters(area.get('endColumnIndex', 1) - 1)}{area.get('endRowIndex', 1)}"


# --- rows ------------------------------------------------------------------------------------------


def _rows(grid: Grid, gone: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    nameless = [place for place in grid.filled() if not grid.cells(place)["_id"]]
    by_mark: dict[str, list[str]] = {}
    for id_, (_, mark) in gone.items():
        by_mark.setdefault(mark, []).append(id_)
    back: dict[int, str] = {}
    for place in nameless:
        mark = grid.cells(place)["_change"]
        ids = by_mark.get(mark, []) if mark else []
        if len(ids) == 1 and ids[0] not in back.values():
            back[place] = ids[0]
        yield _no_id(grid, place, back.get(place, ""))
    for id_, places in grid.rows_of.items():
        for place in places[1:]:
            yield _doubled(grid, id_, place, places[0])
    for id_, (programme, _) in gone.items():
        if id_ not in back.values():
            yield _row_gone(grid, id_, programme)


def _no_id(grid: Grid, place: int, id_: str) -> Finding:
    cells = grid.cells(place)
    words = N_(
        "The row has no id, so it counts nowhere yet. It can be adopted: it gets an id and is checked like any "
        "other row."
    )
    if id_:
        words = N_("The id of this row was cleared, so it counts nowhere. The history knows which it was.")
    return Finding(
        What.NO_ID,
        Message(words),
        grid.tab.name,
        place + 2,
        "_id",
        grid.places["_id"],
        id_,
        cells.get("programme", ""),
        cells=cells,
        repairs=(Repair.ADOPT,),
    )


def _doubled(grid: Grid, id_: str, place: int, first: int) -> Finding:
    cells, other = grid.cells(place), grid.cells(first)
    if _without_stamp(cells) == _without_stamp(other):
        words = N_(
            "The row stands twice, the same in every cell: row {first} is the other. Both are set aside."
        )
        repairs: tuple[Repair, ...] = (Repair.CLEAR,)
    else:
        words = N_(
            "Row {first} has the same id and says something else. Both are set aside. Look which is right, and clear "
            "the other in the spreadsheet."
        )
        repairs = ()
    told = message(words, first=first + 2)
    where = (grid.tab.name, place + 2, "_id", grid.places["_id"], id_, cells.get("programme", ""))
    return Finding(What.ROW_DOUBLED, told, *where, stands=id_, cells=cells, repairs=repairs)


def _without_stamp(cells: Cells) -> Cells:
    return {name: text for name, text in cells.items() if name not in STAMP}


def _row_gone(grid: Grid, id_: str, programme: str) -> Finding:
    words = N_("The row {id} was deleted in the spreadsheet. What it said is known from the history.")
    told = message(words, id=id_)
    repairs = (Repair.PUT_BACK, Repair.LEAVE)
    return Finding(
        What.ROW_GONE,
        told,
        grid.tab.name,
        column="_id",
        id=id_,
        programme=programme,
        stands=id_,
        repairs=repairs,
    )


# --- cells -----------------------------------------------------------------------------------------


def _cells(seen: Inspection, grid: Grid) -> Iterator[Finding]:
    """Cells that are not what their column keeps, in rows that are shown."""
    for column, at in grid.places.items():
        kind = Kind(grid.tab.look(column).kind)
        judge = _JUDGES.get(kind, _text_only)
        has_formulas = grid.tab.name in seen.entered
        for place, line in enumerate(grid.lines):
            raw = line[at] if at < len(line) else ""
            formula = seen.formula(grid.tab.name, place, at) if has_formulas else ""
            if formula and not _is_archived(grid, place):
                yield _cell(grid, place, column, What.FORMULA, formula)
            elif raw != "" and (what := judge(kind, raw)) and not _is_archived(grid, place):
                yield _cell(grid, place, column, what, str(raw))


def _is_archived(grid: Grid, place: int) -> bool:
    return bool(grid.cells(place).get("_archived"))


def _real_only(kind: Kind, raw: Raw) -> What | None:
    if not isinstance(raw, str):
        return None
    return What.TEXT if is_readable(kind, raw) else What.UNREADABLE


def _text_only(kind: Kind, raw: Raw) -> What | None:
    return None if isinstance(raw, str) else What.NUMBER


def _any(kind: Kind, raw: Raw) -> What | None:
    return None


_JUDGES: Mapping[Kind, Callable[[Kind, Raw], What | None]] = {
    **dict.fromkeys(REAL, _real_only),
    Kind.YES_NO: _any,
}


def is_readable(kind: Kind, text: str) -> bool:
    """Whether the app reads this text as a value of its kind, as it stands."""
    try:
        stored(kind, text)
    except Unreadable:
        return False
    return True


def _cell(grid: Grid, place: int, column: str, what: What, stands: str) -> Finding:
    cells = grid.cells(place)
    kind = Kind(grid.tab.look(column).kind)
    is_good = is_readable(kind, cells[column])
    where = (grid.tab.name, place + 2, column, grid.places[column], cells.get("_id", ""))
    is_named = grid.place(cells.get("_id", "")) == place
    repairs = (Repair.RETYPE,) if is_good and is_named and grid.is_whole else ()
    words = Message(_IN_CELL[what]) if what in _IN_CELL else Message(_IN_CELL_OF[kind])
    return Finding(what, words, *where, cells.get("programme", ""), stands, cells, repairs)


_IN_CELL = {
    What.FORMULA: N_(
        "holds a formula. Its result counts now, and would change with other cells, unseen by the history."
    ),
    What.NUMBER: N_(
        "holds a number where text belongs: Google may have taken a 0 from its beginning. Look at it, then make "
        "it text."
    ),
    What.TEXT: N_(
        "is text. Mentor Desk reads it all the same, but sums and sorting in the spreadsheet don’t."
    ),
}
_IN_CELL_OF: Mapping[Kind, str] = {
    **dict.fromkeys(NUMBERS, N_("is text that is no number, so the row is set aside.")),
    Kind.DATE: N_("is a date typed as text, or no date, so the row is set aside."),
    Kind.TIME: N_("is text that is no time of day, so the row is set aside."),
}


def suggested(kind: str, text: str) -> str:
    """The canonical text of what somebody most likely meant, where only one thing can be meant; else ''.

    A day as 31/8/2026 is British wherever it was typed; 8/31/2026 can't be a day and is left to a person.
    """
    from schemas.kinds import canonical

    try:
        return canonical(Kind(kind), typed(Kind(kind), text))
    except Unreadable:
        return ""


# --- small words -----------------------------------------------------------------------------------


def letters(at: int) -> str:
    """The letters of a column, counted from 0."""
    found, left = "", at + 1
    while left:
        left, rest = divmod(left - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _at(line: Sequence[Raw], at: int) -> Raw:
    return line[at] if at < len(line) else ""


def counts(found: Iterable[Finding]) -> Counter[What]:
    """How often each thing was found."""
    return Counter(each.what for each in found)
