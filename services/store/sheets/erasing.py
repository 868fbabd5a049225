"""Erasing somebody from a spreadsheet: the rows by a save like any other, then the history and the copied rows (X6).

Between the two the values still stand in `Audit` and `Rows before`. Where a crash comes between, the same operation
again works out from its own rows of the history what stood before, and finishes. Google's version history of the
spreadsheet keeps older states; only the charity can delete those, by copying the spreadsheet.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from schemas.errors import NotYet
from schemas.words import N_, Message
from services.store.changes import head, mark, rewritten
from services.store.interface import AUDIT, Cells, Change, Erasure, Fresh, Needs, Operation, Receipt, Rewrite
from services.store.sheets import troubles
from services.store.sheets.asks import Lost, Refused, Send, mark_of
from services.store.sheets.audit import BEFORE, COLUMNS, LONGEST, Deed, Entry, image_of
from services.store.sheets.batch import COPY_FROM, HEADER_ROWS, VALUES, Batch, Request
from services.store.sheets.cells import Raw, sent
from services.store.sheets.deciding import counted
from services.store.sheets.history import LAST_ROW
from services.store.sheets.looking import Looking
from services.store.sheets.memory import Memory
from services.store.sheets.protocol import TRIES
from services.store.sheets.ready import title_range
from services.store.sheets.wire import OPEN_CALL_SECONDS, OPEN_SECONDS, rest, within

if TYPE_CHECKING:
    from services.store.sheets.store import SheetsStore

Line = Sequence[Raw]
AT = {name: at for at, name in enumerate(COLUMNS)}
AGAIN_SECONDS = 0.5
LOOSE = Message(N_("Rows without an id, or with an id that stands twice, name this person too."))
MEND = Message(N_("Mend them on the page Sheet check first."))


def erase(store: "SheetsStore", operation: Operation, decide: Callable[[Fresh], Erasure]) -> Receipt:
    """See `Store.erase`."""
    found: list[Rewrite] = []

    def decided(fresh: Fresh) -> list[Change]:
        erasure = decide(fresh)
        _refuse_loose(store, erasure.rewrite)
        found[:] = [erasure.rewrite]
        return [*rewritten(fresh, erasure.rewrite), *erasure.changes]

    receipt = store.commit(operation, Needs(whole=tuple(store.tabs)), decided)
    if not found and not _is_clean(receipt):
        found.append(decide(_before(store, receipt)).rewrite)
    if found:
        _clean(store, operation, found[0])
    return receipt


def _refuse_loose(store: "SheetsStore", rewrite: Rewrite) -> None:
    """A row that no id tells from another can't be rewritten, and would keep the name."""
    for name, held in store.memory.tabs.items():
        grid = held.grid
        loose = [
            *grid.nameless,
            *(at for places in grid.rows_of.values() if len(places) > 1 for at in places),
        ]
        if any(rewrite(name, cells) != cells for cells in map(grid.cells, loose)):
            raise NotYet(LOOSE, MEND)


def _is_clean(receipt: Receipt) -> bool:
    """Whether the history of this erasure holds no old value any more: each row emptied has one."""
    return any("[erased]" in cells["fields"] for cells in receipt.audit)


def _before(store: "SheetsStore", receipt: Receipt) -> Fresh:
    """The registers as they stood before this erasure, by its own rows of the history."""
    store.look_again()
    rows = {
        name: {cells["_id"]: dict(cells) for cells in of} for name, of in store.read(*store.tabs).rows.items()
    }
    for entry in reversed(receipt.audit):
        for name, (old, _) in json.loads(entry["fields"]).items():
            rows[entry["register"]][entry["row"]][name] = old
    return Fresh(rows)


def _clean(store: "SheetsStore", operation: Operation, rewrite: Rewrite) -> None:
    """Rewrite the history and the copied rows in one batch, on the ticket of what was read."""
    with within(OPEN_SECONDS, OPEN_CALL_SECONDS):
        for _ in range(TRIES):
            if _cleaned(store, operation, rewrite):
                # what this process remembers of the history still holds the values
                store.memory, store._past = Memory(book=store.memory.book), None
                store.look_again()
                return
            rest(AGAIN_SECONDS)
    raise troubles.busy()


def _cleaned(store: "SheetsStore", operation: Operation, rewrite: Rewrite) -> bool:
    looking = Looking(store.memory, store.tabs, store.clock)
    seen = store._run(looking.look(), looking)
    book = seen.book
    names = (AUDIT, BEFORE, *(name for name in store.tabs if name in book))
    ranges = [title_range(book[name], f"{HEADER_ROWS + 1}:{LAST_ROW}") for name in names]
    history, before, *tabs = store.connection.values(ranges)
    told = Operation(
        f"{operation.id} history",
        operation.digest,
        operation.who,
        operation.action,
        operation.at,
        operation.programme,
    )
    entry = Entry({**head(told, seen.number + 1), "register": "", "row": "", "fields": "{}"}, deed=Deed.NOTE)
    batch = Batch(mark_of(seen), mark(seen.number + 1, told.id), counted([(entry, None)]))
    batch.more += _history(history, rewrite, book[AUDIT].sheet_id)
    batch.more += _copies(history, before, rewrite, store, book[BEFORE].sheet_id)
    for name, lines in zip(names[1:], (before, *tabs), strict=True):
        batch.more += _beside(lines, rewrite, told.programme, book[name].sheet_id)
    try:
        store.answer(Send(batch, seen))
    except (Refused, Lost):
        return False
    return True


def _history(lines: Sequence[Line], rewrite: Rewrite, sheet_id: int) -> Iterator[Request]:
    """The changed lines, one further down than they were read: this change's own row comes on top."""
    for first, cells, count in _grouped(lines):
        new = rewrite(AUDIT, cells)
        if new == cells:
            continue
        if new["why"] != cells["why"]:
            yield _cell(sheet_id, HEADER_ROWS + 1 + first, AT["why"], new["why"])
        longest = max(LONGEST, -(-len(new["fields"]) // count))
        for at in range(count):
            part = new["fields"][at * longest : (at + 1) * longest]
            yield _cell(sheet_id, HEADER_ROWS + 1 + first + at, AT["fields"], part)


def _grouped(lines: Sequence[Line]) -> Iterator[tuple[int, Cells, int]]:
    """Each entry with the place of its first line and how many it takes."""
    found: list[tuple[int, Cells, int]] = []
    for place, line in enumerate(lines):
        cells = {name: str(line[at]) if at < len(line) else "" for name, at in AT.items()}
        if found and cells["_id"] and cells["_id"] == found[-1][1]["_id"]:
            first, whole, count = found[-1]
            found[-1] = (first, {**whole, "fields": whole["fields"] + cells["fields"]}, count + 1)
        else:
            found.append((place, cells, 1))
    return iter(found)


def _copies(
    history: Sequence[Line], before: Sequence[Line], rewrite: Rewrite, store: "SheetsStore", sheet_id: int
) -> Iterator[Request]:
    """The copied rows, each cell as the history tells it now, so that the two never contradict each other."""
    registers = {cells["_id"]: cells["register"] for _, cells, _ in _grouped(history)}
    for place, line in enumerate(before):
        tab = store.tabs.get(registers.get(str(line[0]) if line else "", ""))
        image = image_of(line, tab) if tab is not None else None
        if tab is None or image is None:
            continue
        places: Mapping[str, int] = json.loads(str(line[1]))
        for name, text in _past(tab.name, image, rewrite).items():
            if text != image[name]:
                yield _cell(sheet_id, HEADER_ROWS + place, COPY_FROM + places[name], text)


def _beside(lines: Sequence[Line], rewrite: Rewrite, programme: str, sheet_id: int) -> Iterator[Request]:
    """The name beside a link's id, and what staff keep in columns of their own.

    Each is found by what it says, not by its place: people may be moving rows.
    """
    texts = {cell for line in lines for cell in line if isinstance(cell, str) and cell}
    for text in sorted(texts):
        told = {"register": "", "row": "", "programme": programme, "why": text, "fields": "{}"}
        new = rewrite(AUDIT, told)["why"]
        if new != text:
            yield {
                "findReplace": {
                    "find": text,
                    "replacement": new,
                    "matchCase": True,
                    "matchEntireCell": True,
                    "sheetId": sheet_id,
                }
            }


def _past(tab: str, image: Cells, rewrite: Rewrite) -> dict[str, str]:
    fields = json.dumps(
        {name: [text, text] for name, text in image.items()}, ensure_ascii=False, sort_keys=True
    )
    told = {"register": tab, "row": image["_id"], "programme": image.get("programme", ""), "why": ""}
    new = json.loads(rewrite(AUDIT, {**told, "fields": fields})["fields"])
    return {name: pair[0] for name, pair in new.items()}


def _cell(sheet_id: int, row: int, column: int, text: str) -> Request:
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": [sent(text)]}], "fields": VALUES}}
