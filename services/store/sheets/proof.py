"""The proof, on the charity's own spreadsheet, that Google does what every save relies on (X3; notes, section 6).

Nothing in Google's description promises it in so many words, so it is tried: on a hidden tab made for the purpose
and taken away again, with a named range of its own. The registers are not touched.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Barrier
from typing import Any

from schemas.words import N_, Message
from services.store.changes import instant
from services.store.sheets.asks import Lost, Refused, Unreachable
from services.store.sheets.batch import Request
from services.store.sheets.cells import Raw, sent
from services.store.sheets.wire import Connection, Wire, within

KEY = "mentor-desk-proof"
"""The note that the scratch tab bears, so that one left behind by a crash is known and taken away."""
RESULT = "mentor-desk-proved"
"""The spreadsheet's own note of the last proof."""
TITLE = "Mentor Desk proof"
NAME = "mentor_desk_proof"
RACES = 3
PROOF_SECONDS = 90.0  # some 25 calls, one after the other
CALL_SECONDS = 10.0
WIDTH = 6
# Rows of the scratch tab, the first being 0: where tickets write, what is copied, and where it is copied to.
TICKET_ROW, SOURCE_ROW, TARGET_ROW, HEIGHT = 0, 2, 6, 3
DATE_SERIAL = 46265  # 31 August 2026

SAMPLE: tuple[tuple[Raw, ...], ...] = (
    ("first", "", DATE_SERIAL, "0042", "=1+1", 3.25),
    ("hidden", "07700 900123", "", "Siân", "+44", 0),
    ("last", True, "31/08/2026", "", "'quoted", -1.5),
)


@dataclass(frozen=True)
class Proved:
    """One thing tried: what should be so, and whether it is."""

    words: Message
    holds: bool


@dataclass(frozen=True)
class Proof:
    """Everything that was tried, and when."""

    at: str
    found: tuple[Proved, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether several processes may work on this spreadsheet."""
        return all(each.holds for each in self.found)


STALE = Message(N_("A save on an old state of the spreadsheet is refused whole and changes nothing."))
RACE = Message(N_("Of two saves at the same moment exactly one goes through."))
ECHO = Message(N_("Google keeps the number that Mentor Desk gives to each change."))
COPY = Message(
    N_("Google copies a row just as it stands before it is changed: blanks, dates, 0042 and =1+1 as text.")
)
FILTER = Message(N_("Rows hidden by a filter are copied like all others."))
TIDY = Message(N_("The hidden tab of this test is gone again."))

ONE_PROCESS = Message(
    N_(
        "Run Mentor Desk as one server process only on this spreadsheet, and tell whoever looks after it: "
        "a save that arrives late could be written twice."
    )
)


def prove(connection: Connection, at: datetime) -> Proof:
    """Try everything; may raise `Unreachable` or `Lost` where Google does not answer, the scratch tab gone or not."""
    with within(PROOF_SECONDS, CALL_SECONDS):
        description = connection.describe()
        _tidy(connection, description)
        scratch = Scratch.begin(connection)
        try:
            found = [*scratch.tickets(), *scratch.copies()]
        finally:
            with suppress(Refused, Lost, Unreachable):
                _tidy(connection, connection.describe())
        left = connection.describe()
        found.append(Proved(TIDY, not _left_behind(left)))
        proof = Proof(instant(at), tuple(found))
        connection.batch([_note(description, proof)])
    return proof


def last(description: Mapping[str, Any]) -> tuple[str, bool] | None:
    """When this spreadsheet was last tried and whether all held; `None` for never."""
    for note in description.get("developerMetadata", ()):
        if note.get("metadataKey") == RESULT:
            said = json.loads(note["metadataValue"])
            return str(said["at"]), bool(said["holds"])
    return None


def _note(description: Mapping[str, Any], proof: Proof) -> Request:
    """The result, noted on the spreadsheet: for its administrator's page, whichever process serves it."""
    value = json.dumps({"at": proof.at, "holds": proof.holds})
    if last(description) is None:
        place = {"location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
        note = {"metadataKey": RESULT, "metadataValue": value} | place
        return {"createDeveloperMetadata": {"developerMetadata": note}}
    which = {"developerMetadataLookup": {"metadataKey": RESULT}}
    change = {"dataFilters": [which], "developerMetadata": {"metadataValue": value}}
    return {"updateDeveloperMetadata": change | {"fields": "metadataValue"}}


# --- the scratch tab -------------------------------------------------------------------------------


@dataclass
class Scratch:
    """A hidden tab with a ticket of its own: `ticket` is the id that its named range should have now."""

    connection: Connection
    sheet_id: int
    tag: str
    echoed: bool
    ticket: str
    title: str

    @classmethod
    def begin(cls, connection: Connection) -> "Scratch":
        """Make the tab and its first ticket; Google's answer says which id it gave."""
        tag = secrets.token_hex(4)
        sheet_id, title = secrets.randbelow(2**31 - 1) + 1, f"{TITLE} {tag}"
        grid = {"rowCount": TARGET_ROW + 2 * HEIGHT + 2, "columnCount": WIDTH}
        properties = {"sheetId": sheet_id, "title": title, "hidden": True, "gridProperties": grid}
        location = {"sheetId": sheet_id}
        note = {"metadataKey": KEY, "metadataValue": tag, "location": location, "visibility": "DOCUMENT"}
        made: list[Request] = [
            {"addSheet": {"properties": properties}},
            {"createDeveloperMetadata": {"developerMetadata": note}},
            _named(sheet_id, tag, f"1-{tag}"),
            _as_text(sheet_id),
            _write(sheet_id, SOURCE_ROW, SAMPLE),
        ]
        reply = connection.batch(made)["replies"][2]
        given = reply.get("addNamedRange", {}).get("namedRange", {}).get("namedRangeId", "")
        return cls(connection, sheet_id, tag, given == f"1-{tag}", given or f"1-{tag}", title)

    def tickets(self) -> Iterator[Proved]:
        """The echo, a stale save, and races."""
        yield Proved(ECHO, self.echoed and self.mark_there() == self.ticket)
        old = self.ticket
        went = self.save(self.connection, old, f"2-{self.tag}", "second")
        stale = self.save(self.connection, old, f"3-{self.tag}", "stale")
        is_kept = went and not stale and self.cell() == "second" and self.mark_there() == f"2-{self.tag}"
        yield Proved(STALE, is_kept)
        self.ticket = self.mark_there()
        yield Proved(RACE, all([self.race(number) for number in range(RACES)]))

    def race(self, number: int) -> bool:
        """Two saves on the same ticket at once, over two connections."""
        gate, names = Barrier(2), [f"r{number}{side}-{self.tag}" for side in "ab"]

        def one(name: str) -> bool:
            wire = Wire(self.connection.wire.auth)
            try:
                gate.wait(timeout=5)
                with within(PROOF_SECONDS / 3, CALL_SECONDS):
                    return self.save(replace(self.connection, wire=wire), self.ticket, name, name)
            finally:
                wire.session.close()

        with ThreadPoolExecutor(2) as pool:
            went = list(pool.map(one, names))
        won = [name for name, is_in in zip(names, went, strict=True) if is_in]
        self.ticket = self.mark_there()
        return len(won) == 1 and self.ticket == won[0] == self.cell()

    def copies(self) -> Iterator[Proved]:
        """A row copied by the sheet and overwritten in the same batch; then the same with one row filtered away."""
        was = self.rows(SOURCE_ROW)
        self.connection.batch(self._copied(TARGET_ROW))
        after = self.rows(SOURCE_ROW)
        is_right = was == _padded(SAMPLE) and after == _padded([["changed"] * WIDTH] * HEIGHT)
        yield Proved(COPY, is_right and self.rows(TARGET_ROW) == was)
        hidden = {"range": _area(self.sheet_id, SOURCE_ROW - 1, HEIGHT + 1)}
        criteria = {"criteria": {"0": {"hiddenValues": ["hidden"]}}}
        self.connection.batch(
            [
                _write(self.sheet_id, SOURCE_ROW, SAMPLE),
                {"setBasicFilter": {"filter": hidden | criteria}},
            ]
        )
        self.connection.batch(self._copied(TARGET_ROW + HEIGHT))
        yield Proved(FILTER, self.rows(TARGET_ROW + HEIGHT) == was)

    def _copied(self, row: int) -> list[Request]:
        """A copy of the sample to this row, and then other words in its place."""
        source, target = _area(self.sheet_id, SOURCE_ROW, HEIGHT), _area(self.sheet_id, row, HEIGHT)
        copy = {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}
        return [{"copyPaste": copy}, _write(self.sheet_id, SOURCE_ROW, [["changed"] * WIDTH] * HEIGHT)]

    def save(self, connection: Connection, old: str, new: str, words: str) -> bool:
        """As every save does it: hand in the ticket, take the next, write. False where it was refused."""
        change = [
            {"deleteNamedRange": {"namedRangeId": old}},
            _named(self.sheet_id, self.tag, new),
            _write(self.sheet_id, TICKET_ROW, [[words]]),
        ]
        try:
            connection.batch(change)
        except Refused:
            return False
        return True

    def mark_there(self) -> str:
        """The id that the named range has now."""
        ranges = self.connection.describe().get("namedRanges", ())
        return next((each["namedRangeId"] for each in ranges if each["name"] == f"{NAME}_{self.tag}"), "")

    def cell(self) -> Raw:
        """What the last save wrote."""
        return self.rows(TICKET_ROW)[0][0]

    def rows(self, first: int) -> list[list[Raw]]:
        """Rows of the scratch tab, blanks and all."""
        cells = f"'{self.title}'!A{first + 1}:F{first + HEIGHT}"
        (found,) = self.connection.values([cells])  # as worked out: a formula made of =1+1 would show as 2
        return _padded(found)


def _padded(rows: Sequence[Sequence[Raw]]) -> list[list[Raw]]:
    filled = [list(row) + [""] * (WIDTH - len(row)) for row in rows]
    return filled + [[""] * WIDTH for _ in range(HEIGHT - len(filled))]


def _named(sheet_id: int, tag: str, id_: str) -> Request:
    """The scratch tab's ticket; its name is this run's own: a name once lost with its tab stays taken."""
    area = _area(sheet_id, TICKET_ROW, 1)
    return {"addNamedRange": {"namedRange": {"namedRangeId": id_, "name": f"{NAME}_{tag}", "range": area}}}


def _as_text(sheet_id: int) -> Request:
    """Where rows are copied to is formatted as text, as `Rows before` is."""
    cell = {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": "@"}}}
    area = _area(sheet_id, TARGET_ROW, 2 * HEIGHT)
    return {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}


def _write(sheet_id: int, row: int, lines: Sequence[Sequence[Raw]]) -> Request:
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": 0}
    rows = [{"values": [sent(raw) for raw in line]} for line in lines]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _area(sheet_id: int, row: int, rows: int) -> Request:
    span = {"startRowIndex": row, "endRowIndex": row + rows, "startColumnIndex": 0, "endColumnIndex": WIDTH}
    return {"sheetId": sheet_id, **span}


# --- tidying up ------------------------------------------------------------------------------------


def _left_behind(description: Mapping[str, Any]) -> list[Request]:
    """What takes away scratch tabs: the name first, for a name lost with its tab stays taken."""
    made: list[Request] = [
        {"deleteNamedRange": {"namedRangeId": each["namedRangeId"]}}
        for each in description.get("namedRanges", ())
        if each["name"].startswith(f"{NAME}_")
    ]
    for sheet in description.get("sheets", ()):
        if any(note.get("metadataKey") == KEY for note in sheet.get("developerMetadata", ())):
            made.append({"deleteSheet": {"sheetId": sheet["properties"].get("sheetId", 0)}})
    return made


def _tidy(connection: Connection, description: Mapping[str, Any]) -> None:
    if made := _left_behind(description):
        connection.batch(made)
