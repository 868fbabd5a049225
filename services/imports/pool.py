"""The records that a file's rows may match: those in the workbook and those made by earlier rows (X9)."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from schemas.column import Column, Register, Row, new_id
from schemas.registers import BY_TAB

RowsOf = Callable[[type[Register]], Iterable[Row]]
Columns = tuple[str, ...]
Key = tuple[Any, ...]


def fold(value: Any) -> Any:
    """A value for comparing: letter case, doubled spaces and the shape of an apostrophe do not count."""
    if isinstance(value, str):
        return _folded(value)
    return tuple(map(fold, value)) if isinstance(value, tuple) else value


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", text.replace("\u2019", "'"))
    return " ".join(plain.split()).casefold()


def column_at(register: type[Register], path: str) -> Column:
    """The column a dotted path ends in: `mentee.name` of Assignments is the name of Mentees."""
    first, _, rest = path.partition(".")
    column = register.columns[first]
    return column_at(BY_TAB[column.to], rest) if rest else column


class Pool:
    """Rows by id and by key; what is put in is found by the rows that follow."""

    def __init__(self, rows_of: RowsOf) -> None:
        self._rows_of = rows_of
        self._rows: dict[str, dict[str, Row]] = {}
        self.version = dict.fromkeys(BY_TAB, 0)
        self._indexes: dict[tuple[str, Columns], dict[Key, list[str]]] = {}

    def matching(self, register: type[Register], columns: Columns, key: Key) -> list[Row]:
        """The rows whose values in those columns fold to `key`, in the order of the sheet."""
        rows = self.rows(register)
        return [rows[id_] for id_ in self._ids(register, columns, key)]

    def nth(self, register: type[Register], columns: Columns, key: Key, place: int) -> Row | None:
        """The row at that place among the matching ones, counted from nought."""
        ids = self._ids(register, columns, key)
        return self.rows(register)[ids[place]] if place < len(ids) else None

    def _ids(self, register: type[Register], columns: Columns, key: Key) -> Sequence[str]:
        at = register.tab, columns
        if at not in self._indexes:
            index: dict[Key, list[str]] = {}
            for row in self.rows(register).values():
                index.setdefault(self.key(register, columns, row), []).append(row.id)
            self._indexes[at] = index
        return self._indexes[at].get(key, ())

    def key(self, register: type[Register], columns: Columns, row: Row) -> Key:
        """A row's folded values in those columns, links followed."""
        return tuple(
            [fold(row.get(path) if "." not in path else self.value(register, path, row)) for path in columns]
        )

    def put(self, register: type[Register], row: Row) -> None:
        """Add a row, or put it in place of its former self; keys never change."""
        rows = self.rows(register)
        is_new = row.id not in rows
        rows[row.id] = row
        self.version[register.tab] += 1
        if is_new:
            for (tab, columns), index in self._indexes.items():
                if tab == register.tab:
                    index.setdefault(self.key(register, columns, row), []).append(row.id)

    def new_id(self, register: type[Register]) -> str:
        """An id that no row here has."""
        id_ = new_id(register.prefix)
        return self.new_id(register) if id_ in self.rows(register) else id_

    def rows(self, register: type[Register]) -> dict[str, Row]:
        """The rows of a register by id."""
        if register.tab not in self._rows:
            self._rows[register.tab] = {row.id: row for row in self._rows_of(register)}
        return self._rows[register.tab]

    def value(self, register: type[Register], path: str, row: Row) -> Any:
        """What stands at the end of a dotted path, links followed; `None` where one leads nowhere."""
        first, _, rest = path.partition(".")
        if not rest:
            return row.get(first)
        other = BY_TAB[register.columns[first].to]
        linked = self.rows(other).get(row.get(first) or "")
        return self.value(other, rest, linked) if linked else None
