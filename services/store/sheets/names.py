"""What a record is called, so that a link in the sheet says more than an id (design 2)."""

from collections.abc import Callable, Mapping

from services.store.interface import Cells, Tab

LINKS = 3  # a line of time is called as its assignment, that as its group: no further

RowOf = Callable[[str, str], Cells | None]


def called(tabs: Mapping[str, Tab], row_of: RowOf, register: str, id_: str, links: int = LINKS) -> str:
    """The first filled of the columns that name such a record, links followed; '' where nothing is known of it."""
    row = row_of(register, id_) if register in tabs else None
    if row is None:
        return ""
    said = next((name for name in tabs[register].label if row.get(name)), "")
    if not said:
        return ""
    to = tabs[register].look(said).to
    if not to:
        return row[said]
    return called(tabs, row_of, to, row[said], links - 1) if links else ""
