"""From a person to how each row shall stand without them: pure, the same for every engine (X6).

A person's own rows lose what was written in them; elsewhere only the name, address or number goes. In the history
who, when and which field stay, and the values go (X4).
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from schemas.column import Column
from schemas.registers import BY_TAB
from services.seals import PREFIX
from services.store.interface import AUDIT, Cells
from services.traces import kept
from services.traces.names import Finder
from services.traces.subject import Subject

STAMPS = frozenset({"_id", "programme", "_change", "_updated_at", "_updated_by"})


@dataclass
class Rewriting:
    """Rewrites rows of the workbook without one person; counts by register what it took out of which."""

    subject: Subject
    own: frozenset[tuple[str, str]]
    opened: Callable[[str], str | None]
    closed: Callable[[str], str]
    emptied: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)

    @cached_property
    def finder(self) -> Finder:
        return self.subject.finder

    def __call__(self, tab: str, cells: Cells) -> Cells:
        """The row as it shall stand; the very same where nothing is to go."""
        if not self.subject.is_here(cells) or not kept.UNTOUCHED.isdisjoint({tab, cells.get("register")}):
            return cells
        if tab == AUDIT:
            return self._history(cells)
        new = self._own(tab, cells) if (tab, cells["_id"]) in self.own else self._other(tab, cells)
        return cells if new == cells else new

    def _own(self, tab: str, cells: Cells) -> Cells:
        new = dict(cells)
        for name, column in BY_TAB[tab].columns.items():
            cell = cells.get(name, "")
            if (
                cell
                and kept.goes(tab, column, of_people=self.subject.of_people)
                and not kept.ID.fullmatch(cell)
            ):
                new[name] = kept.instead(tab, column, cells["_id"])
        if tab == "People":
            new["status"] = "stopped"
        self.emptied[tab] += new != cells
        return self._without_name(tab, new)

    def _other(self, tab: str, cells: Cells) -> Cells:
        new = self._without_name(tab, cells)
        self.named[tab] += new != cells
        return new

    def _without_name(self, tab: str, cells: Cells) -> Cells:
        columns = BY_TAB[tab].columns
        return {
            name: self._cell(columns[name], cell) if cell and name in columns and name not in STAMPS else cell
            for name, cell in cells.items()
        }

    def _cell(self, column: Column, cell: str) -> str:
        if column.sealed:
            return self._sealed(cell)
        taken = self.finder.replaced(cell, kept.TOKEN)
        return cell if taken == cell else kept.fits(column, taken)

    def _sealed(self, cell: str) -> str:
        plain = self.opened(cell) if cell.startswith(PREFIX) else cell
        if not plain or not self.finder.is_in(plain):
            return cell
        return self.closed(self.finder.replaced(plain, kept.TOKEN))

    # --- the history -------------------------------------------------------------------------------

    def _history(self, cells: Cells) -> Cells:
        tab, key = cells["register"], (cells["register"], cells["row"])
        is_own = key in self.own
        why = self._why(cells["why"], is_own=is_own)
        fields = self._fields(tab, cells["fields"], is_own=is_own)
        if (why, fields) == (cells["why"], cells["fields"]):
            return cells
        self.named[AUDIT] += 1
        return {**cells, "why": why, "fields": fields}

    def _why(self, why: str, *, is_own: bool) -> str:
        """A reason may begin with the id of the exception made use of: that stays (X15)."""
        head, colon, _ = why.partition(":")
        if is_own and why:
            return f"{head}: {kept.GONE}" if colon and kept.ID.fullmatch(head) else kept.GONE
        return self.finder.replaced(why, kept.TOKEN)

    def _fields(self, tab: str, text: str, *, is_own: bool) -> str:
        try:
            fields = json.loads(text or "{}")
        except ValueError:  # somebody typed over it in the sheet
            return kept.GONE if self.finder.is_in(text) else text
        new = {name: self._pair(tab, name, pair, is_own=is_own) for name, pair in fields.items()}
        return text if new == fields else json.dumps(new, ensure_ascii=False, sort_keys=True)

    def _pair(self, tab: str, name: str, pair: list[str], *, is_own: bool) -> list[str]:
        column = BY_TAB[tab].columns.get(name) if tab in BY_TAB else None
        return [self._past(tab, column, name, cell, is_own=is_own) for cell in pair]

    def _past(self, tab: str, column: Column | None, name: str, cell: str, *, is_own: bool) -> str:
        if not cell or name in STAMPS or kept.ID.fullmatch(cell):
            return cell
        if is_own and (column is None or kept.goes(tab, column, of_people=self.subject.of_people)):
            return kept.GONE
        plain = self.opened(cell) if cell.startswith(PREFIX) else cell
        if plain and plain != cell:
            return kept.GONE if self.finder.is_in(plain) else cell
        return self.finder.replaced(cell, kept.TOKEN)
