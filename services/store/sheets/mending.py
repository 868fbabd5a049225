"""Repairs of the spreadsheet itself, each one batch with the ticket, copies of rows before, and the history (X2, X3).

A repair first reads again. Where the place no longer says what was shown, nothing is written.
"""

import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.store.changes import head, mark
from services.store.interface import Cells, Receipt
from services.store.sheets import dress, troubles
from services.store.sheets.asks import Inspect, PutTicket, Refused, Seen, mark_of
from services.store.sheets.audit import STAMP, Deed, Entry
from services.store.sheets.batch import Batch, Request
from services.store.sheets.check import ACCEPTED, Finding, Repair, findings, letters
from services.store.sheets.deciding import counted, news_of_edits, refuse_unsafe
from services.store.sheets.inspection import Inspection
from services.store.sheets.protocol import Save
from services.store.sheets.ready import headings
from services.store.sheets.settle import Spot

CLEARED = "sheet.cleared"
ADOPTED = "sheet.adopted"
Given = Mapping[str, str]


@dataclass
class Repairing(Save):
    """One repair, from reading to receipt; `given` are the cells that an adopted row gets."""

    finding: Finding = field(kw_only=True)
    repair: Repair = field(kw_only=True)
    given: Given = field(kw_only=True, default_factory=dict)

    def _run(self) -> Generator[Any, Any, Receipt]:
        names = (self.finding.tab,) if self.finding.tab in self.registers else ()
        self.wanted |= {name: None for name in names if name in self.memory.book}
        while True:
            seen: Seen = yield from self.look()
            earlier: Receipt | None = yield from self._earlier(seen)
            if earlier is not None:
                return earlier
            self._note_used_up(seen)
            try:
                now: Inspection = yield Inspect(names)
                batch = self._written(now, seen)
                if now.found.ticket is None:
                    yield from self._with_ticket(seen)
            except Exception:
                if not (yield from self._used_up(seen)):
                    continue
                raise
            seen = replace(seen, grids={**seen.grids, **now.grids}, book=now.found.book)
            receipt: Receipt | None = yield from self._sent(seen, batch, {})
            if receipt is not None:
                return receipt

    def _with_ticket(self, seen: Seen) -> Generator[Any, Any, None]:
        try:
            yield PutTicket(mark_of(seen))
        except Refused:  # somebody else has just put it there
            return

    def _written(self, now: Inspection, seen: Seen) -> Batch:
        """What to send, worked out from what stands now."""
        found = next((each for each in findings(now) if each.is_still(self.finding)), None)
        if found is None or self.repair not in found.repairs:
            raise troubles.no_longer()
        ticket = now.found.ticket or mark_of(seen)
        number = max(seen.number, int(ticket.partition("-")[0])) + 1
        batch = Batch(ticket, mark(number, self.operation.id))
        _REPAIRS[self.repair](_Work(batch, head(self.operation, number), now, found, self.given))
        batch.entries += [(note, None) for note in news_of_edits(self.memory.edits, batch)]
        batch.entries = counted(batch.entries)
        return batch


@dataclass(frozen=True)
class _Work:
    """A batch in the making, and all that is known for it."""

    batch: Batch
    head: Cells
    now: Inspection
    found: Finding
    given: Given

    @property
    def sheet_id(self) -> int:
        return self.now.found.book[self.found.tab].sheet_id

    @property
    def heading(self) -> str:
        return self.now.grids[self.found.tab].tab.look(self.found.column).heading

    def tell(
        self, why: str, *, row: str = "", action: str = "", fields: Mapping[str, list[str]] | None = None
    ) -> None:
        """A row of the history that only tells."""
        register = self.found.tab if self.found.tab in self.now.grids else ""
        told = {"register": register, "row": row, "why": why, "fields": _json(fields or {})}
        cells = {**self.head, **told, "action": action or self.head["action"]}
        self.batch.entries.append((Entry(cells, deed=Deed.NOTE), None))

    def write(self, row: str, news: Cells, action: str = "") -> None:
        """Cells of the row that was found, with its copy and its row of the history."""
        place, cells = self._place(), self.found.cells or {}
        refuse_unsafe(self.now.grids[self.found.tab], "")
        fields = {name: [cells[name], text] for name, text in news.items()}
        told = {"register": self.found.tab, "row": row, "fields": _json(fields)}
        entry = Entry(
            {**self.head, **told, "action": action or self.head["action"]},
            deed=Deed.CHANGE,
            base=cells["_change"],
        )
        stamp = dict(zip(STAMP, (self.batch.mark, self.head["at"], self.head["who"]), strict=True))
        spot: Spot = (self.found.tab, place)
        self.batch.entries.append((entry, spot))
        self.batch.writes[spot] = {**news, **stamp}

    def _place(self) -> int:
        assert self.found.row is not None  # a finding about a row
        return self.found.row - 2


def _retype(work: _Work) -> None:
    """The same value as the sheet should hold it; where it was a formula, that is told too."""
    found = work.found
    text = (found.cells or {})[found.column]
    work.write(found.id, {found.column: text})
    if found.stands != text:
        work.tell("", row=found.id, fields={found.column: [found.stands, text]})


def _adopt(work: _Work) -> None:
    cells, given = work.found.cells or {}, dict(work.given)
    work.write("", given, ADOPTED)
    whole = {name: ["", text] for name, text in {**cells, **given}.items() if text and name not in STAMP}
    told = {name: pair for name, pair in whole.items() if name != "_id"}
    work.tell("", row=given["_id"], action=ADOPTED, fields={} if work.found.id else told)


def _clear(work: _Work) -> None:
    cells = {name: text for name, text in (work.found.cells or {}).items() if text and name not in STAMP}
    work.write(work.found.id, dict.fromkeys(cells, ""), CLEARED)


def _leave(work: _Work) -> None:
    if work.found.id:
        work.tell("", row=work.found.id, action=ACCEPTED)
    else:
        work.tell(work.found.stands, action=ACCEPTED)


def _heading(work: _Work) -> None:
    _head_column(work, work.heading)


def _second(work: _Work) -> None:
    header = {str(text).strip() for text in work.now.grids[work.found.tab].header}
    names = (f"{work.heading} ({number})" for number in range(2, len(header) + 3))
    _head_column(work, next(name for name in names if name not in header))


def _head_column(work: _Work, words: str) -> None:
    at = work.found.at
    assert at is not None  # a finding about a column
    work.batch.more.append(headings(work.sheet_id, at, [words]))
    work.tell(f"{letters(at)}1: {work.found.stands or '–'} → {words}")


def _tab_name(work: _Work) -> None:
    properties: Request = {"sheetId": work.sheet_id, "title": work.found.tab}
    work.batch.more.append({"updateSheetProperties": {"properties": properties, "fields": "title"}})
    work.tell(f"{work.found.stands} → {work.found.tab}")


def _locale(work: _Work) -> None:
    wanted = {"locale": dress.LOCALE, "timeZone": dress.ZONE}
    change = {"properties": wanted, "fields": "locale,timeZone"}
    work.batch.more.append({"updateSpreadsheetProperties": change})
    work.tell(f"{work.found.stands} → {dress.LOCALE}")


def _unmerge(work: _Work) -> None:
    areas = work.now.sheet(work.found.tab)["merges"]
    area = next(each for each in areas if _starts(each, work.found))
    work.batch.more.append({"unmergeCells": {"range": {**area, "sheetId": work.sheet_id}}})
    work.tell(work.found.stands)


def _starts(area: Mapping[str, int], found: Finding) -> bool:
    corner = area.get("startRowIndex", 0) + 1, area.get("startColumnIndex", 0)
    return corner == (found.row, found.at)


def _ticket(work: _Work) -> None:
    """The ticket is back by now; the history tells who put it there."""
    work.tell("app_ticket")


_REPAIRS: Mapping[Repair, Callable[[_Work], None]] = {
    Repair.RETYPE: _retype,
    Repair.ADOPT: _adopt,
    Repair.CLEAR: _clear,
    Repair.LEAVE: _leave,
    Repair.HEADING: _heading,
    Repair.SECOND: _second,
    Repair.TAB_NAME: _tab_name,
    Repair.LOCALE: _locale,
    Repair.UNMERGE: _unmerge,
    Repair.TICKET: _ticket,
}


def _json(fields: Mapping[str, list[str]]) -> str:
    return json.dumps(dict(fields), ensure_ascii=False, sort_keys=True)


def nothing(fresh: object) -> list[Any]:
    """A repair decides on the sheet, not on rows."""
    return []
