"""A programme's small invented example, for trying Mentor Desk and for tests (design 3).

`templates/<programme>/example/` holds one CSV per register, headed by its columns' titles, and `example.toml`
with the day it was written for. Dates move when it is loaded, so that something is always due: those of the
running quarter by whole weeks, earlier ones by as many whole quarters, so that past letters stay on theirs; with
`moves = "weeks"` all by whole weeks, so that what working days measure stays as it was written. Registers under
`by_month` name months, and move by whole months. Returns are sent from the rows (services/example_returns).
"""

import csv
import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from schemas.column import Column, Register
from schemas.errors import InvalidEntry
from schemas.kinds import Kind, Unreadable
from schemas.money import Invoices
from schemas.peers import Courses
from schemas.people import People
from schemas.registers import REGISTERS
from services.programmes import Programme
from services.rules import answering, periods
from services.rules.periods import Period
from services.seals import Seals
from services.store.interface import Append, Cells, Needs, Operation, Store

WEEK = timedelta(days=7)
WHO = "Example"
Mover = Callable[[Column, Any], Any]
PERIOD = frozenset({"from_on", "to_on"})


@dataclass(frozen=True)
class Calendar:
    """How the example's dates move: written for `as_on`, shown on `today`."""

    as_on: date
    today: date
    moves: str = "quarters"

    @property
    def weeks(self) -> timedelta:
        """Whole weeks from the day it was written for to today, rounded down."""
        return (self.today - self.as_on) // WEEK * WEEK

    @property
    def running(self) -> Period:
        """The quarter it was written in."""
        return periods.quarter_of(self.as_on)

    @property
    def quarters(self) -> int:
        """How many whole quarters the first day of that quarter moves."""
        return _ordinal(self.running.first + self.weeks) - _ordinal(self.running.first)

    def moved(self, day: date) -> date:
        """A date of the running quarter or later by weeks; an earlier one into the same place of its quarter."""
        if day >= self.running.first or self.moves == "weeks":
            return day + self.weeks
        home = _quarter(_ordinal(day) + self.quarters)
        same_weekday = day + round((home.first - periods.quarter_of(day).first) / WEEK) * WEEK
        if same_weekday < home.first:
            return same_weekday + WEEK
        return same_weekday - WEEK if same_weekday > home.last else same_weekday

    def by_month(self, day: date) -> date:
        """A date at its place in the month, as many months on as today is."""
        months = (self.today.year - self.as_on.year) * 12 + self.today.month - self.as_on.month
        return answering.months_after(day, months)

    def edge(self, day: date) -> date:
        """The first or last day of a quarter as just that; any other day as `moved`."""
        quarter = periods.quarter_of(day)
        if day >= self.running.first or day not in (quarter.first, quarter.last):
            return self.moved(day)
        home = _quarter(_ordinal(day) + self.quarters)
        return home.first if day == quarter.first else home.last


def _ordinal(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _quarter(ordinal: int) -> Period:
    return periods.quarter(ordinal // 4, ordinal % 4 + 1)


def fill(
    store: Store, seals: Seals, programmes: Mapping[str, Programme], today: date, *, empty: bool = False
) -> None:
    """Load the example of every programme that has one and no people yet.

    `empty` loads only the people, nobody tied to a mentor in the pool: a charity's own files can follow.
    """
    known = {cells.get("programme") for cells in store.read(People.tab).rows[People.tab]}
    for programme in programmes.values():
        if programme.code in known or not folder(programme).is_dir():
            continue
        for register, rows in loaded(programme, today, seals.close, empty=empty):
            _commit(store, programme, register, rows, today)
        if not empty and (asked := _written(programme).get("returns")):
            from services import example_returns

            example_returns.send(store, seals, programme, today, asked)


def _commit(
    store: Store, programme: Programme, register: type[Register], rows: list[Cells], today: date
) -> None:
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    at = datetime.combine(today, time(6), UTC)
    operation = Operation(
        f"example-{programme.code}-{register.tab}", digest, WHO, "example.fill", at, programme.code
    )
    store.commit(operation, Needs(), lambda fresh: [Append(register.tab, cells) for cells in rows])


def folder(programme: Programme) -> Path:
    """Where a programme keeps its example."""
    return programme.folder / "example"


def loaded(
    programme: Programme, today: date, seal: Callable[[str], str], *, empty: bool = False
) -> Iterator[tuple[type[Register], list[Cells]]]:
    """Each register of the example with its rows as the workbook keeps them; `InvalidEntry` names a bad cell."""
    written = _written(programme)
    calendar = Calendar(written["as_on"], today, written.get("moves", "quarters"))
    by_month = frozenset(written.get("by_month", ()))
    for register in [People] if empty else REGISTERS:
        file = folder(programme) / f"{register.tab.lower().replace(' ', '-')}.csv"
        if file.exists():
            rows = [
                _cells(register, texts, _mover(register, calendar, by_month), seal)
                | {"programme": programme.code}
                for texts in _texts(register, file, empty=empty)
            ]
            yield register, _numbered(programme, rows) if register is Invoices else rows


def _written(programme: Programme) -> dict[str, Any]:
    return tomllib.loads((folder(programme) / "example.toml").read_text())


def _texts(register: type[Register], file: Path, *, empty: bool) -> Iterator[dict[str, str]]:
    """The file's rows by column name, its number in the file under ""."""
    names = {column.title: name for name, column in register.columns.items()}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            texts = {names[title]: text for title, text in row.items() if text}
            linked = {name for name in texts if register.columns[name].to}
            left_out = linked if empty else set()
            yield {name: text for name, text in texts.items() if name not in left_out} | {"": str(number)}


def _cells(
    register: type[Register], texts: dict[str, str], moved: Mover, seal: Callable[[str], str]
) -> Cells:
    number = int(texts.pop(""))
    cells: Cells = {}
    for name, text in texts.items():
        column = register.columns[name]
        try:
            value = moved(column, column.typed(text))
        except Unreadable as error:
            raise InvalidEntry([column.problem(error.words, number)]) from None
        cells[name] = seal(value) if column.sealed else column.write(value)
    return cells


def _mover(register: type[Register], calendar: Calendar, by_month: frozenset[str]) -> Mover:
    def moved(column: Column, value: Any) -> Any:
        if column.kind is Kind.INSTANT:
            return value + calendar.weeks
        if register is Courses and column.name == "held_on":
            return tuple(_day_moved(calendar, day) for day in value)
        if column.kind is not Kind.DATE:
            return value
        if register.tab in by_month:
            return calendar.by_month(value)
        is_period = register is Invoices and column.name in PERIOD
        return calendar.edge(value) if is_period else calendar.moved(value)

    return moved


def _day_moved(calendar: Calendar, text: str) -> str:
    """One of several days in a cell, as a course has them."""
    return calendar.moved(date.fromisoformat(text)).isoformat()


def _numbered(programme: Programme, rows: list[Cells]) -> list[Cells]:
    """Letters numbered within the year they are issued in, now that the year may be another."""
    counts: dict[str, int] = {}
    for cells in rows:
        year = cells["issued_on"][:4]
        counts[year] = counts.get(year, 0) + 1
        cells["number"] = programme.invoices.number.format(year=year, count=counts[year])
    return rows
