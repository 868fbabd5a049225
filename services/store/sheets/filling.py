"""A whole workbook written into an empty spreadsheet, in batches that Google takes (X1)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from services.store.interface import AUDIT, Cells
from services.store.sheets.audit import BEGINNING, Entry, lines_of
from services.store.sheets.batch import Place, Request, add_ticket, append_lines, append_rows
from services.store.sheets.grid import Grid

LETTERS_AT_ONCE = 1_000_000
"""Google advises requests of 2 MB at most; each cell takes some letters of its own."""
CELL_LETTERS = 40


def requests(
    rows: Mapping[str, Sequence[Cells]],
    audit: Sequence[Cells],
    book: Mapping[str, Place],
    grids: Mapping[str, Grid],
) -> Iterator[Request]:
    """Every row in its order, then the history, newest on top; each request small enough to be sent alone."""
    for name, cells_of in rows.items():
        for some in _portions(cells_of):
            yield append_rows(some, book[name].sheet_id, grids[name])
    of = Counter(cells["number"] for cells in audit)
    newest_first = sorted(audit, key=lambda cells: -int(cells["number"]))
    for some in _portions(newest_first):
        lines = [line for cells in some for line in lines_of(Entry(cells, of=of[cells["number"]]))]
        yield append_lines(lines, book[AUDIT].sheet_id)


def ticket(audit: Sequence[Cells], book: Mapping[str, Place]) -> list[Request]:
    """Hand in the ticket of an untouched workbook, take that of its newest change."""
    newest = max(audit, key=lambda cells: int(cells["number"]))
    mark = newest["_id"].rpartition("/")[0]
    return [{"deleteNamedRange": {"namedRangeId": BEGINNING}}, add_ticket(mark, book[AUDIT].sheet_id)]


def _portions(rows: Sequence[Cells]) -> Iterator[list[Cells]]:
    portion: list[Cells] = []
    letters = 0
    for cells in rows:
        size = sum(len(text) + CELL_LETTERS for text in cells.values())
        if portion and letters + size > LETTERS_AT_ONCE:
            yield portion
            portion, letters = [], 0
        portion.append(cells)
        letters += size
    if portion:
        yield portion
