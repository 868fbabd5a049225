"""Everything about one person, for that person: Word and Excel, nobody else named (X6, RM13, UK GDPR article 15).

Theirs are the rows about them, what was changed in those, their drafts and the feedback on them; of other rows only
the cells that name them. Other people are called by their role. What somebody wrote about others without a name in
any register can't be known: whoever answers reads the bundle before it goes.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from schemas.column import COMMON, Column, Register, Row, text
from schemas.errors import NotYet, OurError
from schemas.kinds import Kind, Unreadable, instant
from schemas.registers import REGISTERS
from schemas.requests import Requests, RequestStatus
from schemas.scans import ScanPieces, Scans
from schemas.words import N_, Message, day_words, instant_words, message, money, say, shown
from services import access, concerns, deeds, erasure, exports, passwords, records, scans, steps
from services.context import Context
from services.documents import pdf
from services.documents.package import zip_of
from services.documents.plain import Part, Plain, word
from services.exports import Sheet
from services.history import shown_value
from services.scans import Paper
from services.store.interface import Cells
from services.traces.others import Others
from services.traces.subject import Open, Subject, plain_cell

CHANGES = tuple(
    text(title, name=name)
    for name, title in (
        ("at", N_("When")),
        ("who", N_("Who")),
        ("what", N_("What")),
        ("register", N_("Register")),
        ("field", N_("Field")),
        ("old", N_("Before")),
        ("new", N_("After")),
    )
)
MENTIONS = tuple(
    text(title, name=name)
    for name, title in (
        ("register", N_("Register")),
        ("field", N_("Field")),
        ("words", N_("What is written")),
    )
)
APART = N_(
    "Safeguarding concerns are kept apart from all other registers. The safeguarding lead answers for those: ask them."
)
LEFT_OUT = frozenset(
    {"programme", "_change", "_updated_by", "_updated_at", "person", "record", "known_as", "declined_by"}
)


_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Scanned:
    """A paper that shows them: when it was added, its pages as pictures; none where no program here can draw them."""

    added_on: date
    pages: tuple[bytes, ...]


@dataclass(frozen=True)
class Bundle:
    """Everything about one person, worded for them: a list per register, changes, mentions, photos and scans."""

    request: str
    language: str
    own: tuple[Sheet, ...]
    changes: Sheet
    mentions: Sheet
    scanned: tuple[Scanned, ...] = ()


def files(ctx: Context, request: Row, language: str, password: str, also: Sequence[str] = ()) -> bytes:
    """The zip for the person of an access request: a Word and an Excel file, both under the password.

    `also` are further words to take out: names that stand in no register.
    """
    passwords.check(password)
    found = made(ctx, request, language, also)
    name = f"{request.id}-{language}"
    return zip_of(
        {
            f"{name}.docx": passwords.protected(word(_paper(ctx, found)), password),
            f"{name}.xlsx": passwords.protected(exports.excel(*_sheets(found)), password),
        }
    )


def made(ctx: Context, request: Row, language: str, also: Sequence[str] = ()) -> Bundle:
    """The bundle's content; only for a request whose person is known, and logged by id (RM13)."""
    access.require(ctx, "requests.bundle")
    row = records.view(ctx).get(Requests, request.id)
    if row["status"] != RequestStatus.IN_HAND or not row["record"]:
        raise NotYet(Message(N_("It is not known yet who asks.")), steps.LOOK_AGAIN)
    access.log.info("opened bundle request=%s record=%s actor=%s", row.id, row["record"], ctx.actor.id)
    everything = erasure.read_all(ctx)
    rows = {tab: _readable(tab, of) for tab, of in everything.items() if tab not in access.IN_NO_FILE}
    who = erasure.subject(ctx, rows, row["record"], row["known_as"] or ())
    found = _Gathering(replace(ctx, language=language), rows, who, tuple(also)).bundle(row.id)
    return replace(found, scanned=tuple(_scanned(ctx, everything, who)))


def _readable(tab: str, rows: Sequence[Cells]) -> list[Cells]:
    """Rows without what was said in confidence: whoever makes a bundle reads it (RM72, RM78, RM79)."""
    kept = access.CONFIDED.get(tab, frozenset())
    return [{name: "" if name in kept else cell for name, cell in cells.items()} for cells in rows]


def _scanned(ctx: Context, rows: Open, who: Subject) -> Iterator[Scanned]:
    """The papers that show them, whole; none of a meeting that staff do not read about."""
    if ctx.programme.pairs and not ctx.programme.pairs.staff_read:
        return
    opened = erasure.opener(ctx)
    columns = Scans.columns
    for cells in rows[Scans.tab]:
        if not who.owns(Scans.tab, cells):
            continue
        pieces = [each for each in rows[ScanPieces.tab] if each.get("scan") == cells["_id"]]
        pieces.sort(key=lambda each: int(each["place"]))
        texts = [plain_cell(each.get("content", ""), opened) for each in pieces]
        paper = scans.whole(cells["form"], cells["digest"], texts)
        if paper is not None:
            yield Scanned(columns["taken_on"].read(cells["taken_on"]), _pages(paper))


def _pages(paper: Paper) -> tuple[bytes, ...]:
    if paper.form != scans.PDF:
        return (paper.content,)
    try:
        return pdf.to_pictures(paper.content, dots_per_inch=100)
    except OurError:
        return ()


@dataclass
class _Gathering:
    """One person's bundle in the making; `ctx` speaks the person's language."""

    ctx: Context
    rows: Open
    who: Subject
    also: tuple[str, ...]

    @cached_property
    def others(self) -> Others:
        from services.traces.names import Finder
        from services.traces.others import ASKER

        found = Others(self.rows, self.who, self.opened, self.ctx.language)
        if self.also:
            found.finders[ASKER + " "] = Finder(self.also)
        return found

    @property
    def opened(self) -> Any:
        return erasure.opener(self.ctx)

    def bundle(self, request: str) -> Bundle:
        own = tuple(sheet for register in REGISTERS if (sheet := self.own(register)).rows)
        return Bundle(
            request,
            self.ctx.language,
            own,
            self.sheet(N_("Changes"), CHANGES, self.changes()),
            self.sheet(N_("Mentions"), MENTIONS, self.mentions()),
        )

    def sheet(self, title: str, columns: Sequence[Column], rows: Iterator[tuple[Any, ...]]) -> Sheet:
        return Sheet(say(title, self.ctx.language), tuple(columns), tuple(rows), self.ctx.language)

    def own(self, register: type[Register]) -> Sheet:
        columns = [column for name, column in register.columns.items() if name not in LEFT_OUT]
        mine = [cells for cells in self.rows.get(register.tab, ()) if self.who.owns(register.tab, cells)]
        return self.sheet(register.tab, columns, (self.line(columns, cells) for cells in mine))

    def line(self, columns: Sequence[Column], cells: Cells) -> tuple[Any, ...]:
        return tuple(self.value(column, cells.get(column.name, "")) for column in columns)

    def value(self, column: Column, cell: str) -> Any:
        """Dates, hours and pounds as they are, for Excel; all else in words."""
        words = self.worded(column, cell)
        if not cell or column.sealed or column.kind in exports.FORMATS.keys() - {Kind.INSTANT}:
            try:
                return column.read(cell) if cell and not column.sealed else words
            except Unreadable:
                return words
        return words

    def worded(self, column: Column, cell: str) -> str:
        if column.sealed:
            return self.others.without(_unpacked(self.opened(cell) or "")) if cell else ""
        try:
            value = column.read(cell)
        except Unreadable:
            return self.others.without(cell)
        if column.to or column.options:
            return self.others.cell(column, self.ground.words(column, value))
        if column.choices:
            return say(cell, self.ctx.language)
        if isinstance(value, str):
            return self.others.cell(column, value)
        return "" if value is None else self.others.without(shown_value(self.ctx, column, value))

    @cached_property
    def ground(self) -> records.Rows:
        return records.kept(self.ctx)

    def changes(self) -> Iterator[tuple[str, ...]]:
        """What was changed in their own rows, the newest first; and when they changed something themselves."""
        own = {
            (tab, cells["_id"]) for tab, of in self.rows.items() for cells in of if self.who.owns(tab, cells)
        }
        for entry in self.ctx.workbook.store.audit(erasure.AUDIT_ROWS):
            if entry["programme"] != self.who.programme or entry["register"] in access.APART:
                continue
            if (entry["register"], entry["row"]) in own:
                yield from self.change(entry)
            elif entry["who"] in self.who.ids:
                yield (*self.heading(entry), "", "", "")

    def heading(self, entry: Cells) -> tuple[str, ...]:
        at = instant_words(instant(entry["at"]), self.ctx.language)
        what = say(deeds.name(entry["action"]), self.ctx.language)
        if entry["why"]:
            what += f" ({self.others.without(entry['why'])})"
        return at, self.others.who_did(entry["who"]), what, say(entry["register"], self.ctx.language)

    def change(self, entry: Cells) -> Iterator[tuple[str, ...]]:
        columns = {register.tab: register.columns for register in REGISTERS}[entry["register"]]
        hidden = LEFT_OUT | access.CONFIDED.get(entry["register"], frozenset())
        for name, pair in json.loads(entry["fields"] or "{}").items():
            if name in columns and name not in COMMON and name not in hidden:
                old, new = (self.worded(columns[name], cell) if cell else "" for cell in pair)
                yield (*self.heading(entry), say(columns[name].title, self.ctx.language), old, new)

    def mentions(self) -> Iterator[tuple[str, ...]]:
        """The sentences of other rows that name them; the rest of those rows is others' own."""
        finder = self.who.finder
        for register in REGISTERS:
            for cells in self.rows.get(register.tab, ()):
                if self.who.owns(register.tab, cells) or not self.who.is_here(cells):
                    continue
                for name, column in register.columns.items():
                    plain = plain_cell(cells.get(name, ""), self.opened)
                    if plain and finder.is_in(plain):
                        said = _unpacked(plain) if column.sealed else plain
                        words = self.others.without(" ".join(filter(finder.is_in, _SENTENCES.split(said))))
                        yield (
                            say(register.tab, self.ctx.language),
                            say(column.title, self.ctx.language),
                            words,
                        )


def _unpacked(text: str) -> str:
    """A draft or proposal as lines: what field, what was written."""
    try:
        said = json.loads(text)
    except ValueError:
        return text
    if not isinstance(said, dict):
        return text
    return "\n".join(f"{name.replace('_', ' ')}: {each}" for name, each in said.items() if each)


def _sheets(found: Bundle) -> list[Sheet]:
    return [*found.own, *(sheet for sheet in (found.changes, found.mentions) if sheet.rows)]


def _paper(ctx: Context, found: Bundle) -> Plain:
    language = found.language
    day = day_words(ctx.today, language)
    intro = (
        say(message(N_("Request {number}, made on {day}."), number=found.request, day=day), language),
        say(message(N_("Programme: {name}"), name=ctx.programme.name.said(language)), language),
        *([say(APART, language)] if concerns.PART in ctx.programme.pages else []),
        say(
            N_(
                "This is everything that the programme’s registers hold about you. Other people are called by what "
                "they are here. The same is in the Excel file. You may ask for a correction, for erasure, or "
                "complain to the Information Commissioner (ico.org.uk)."
            ),
            language,
        ),
    )
    parts = (*map(_part, _sheets(found)), *(_picture(scanned, language) for scanned in found.scanned))
    return Plain(say(N_("What we hold about you"), language), language, ctx.today, intro, parts)


def _part(sheet: Sheet) -> Part:
    """Every row as lines "field: value", its blank fields left out."""
    return Part(sheet.title, tuple(_lines(sheet, row) for row in sheet.rows))


def _picture(scanned: Scanned, language: str) -> Part:
    words = N_("A paper that was photographed or scanned, added on {day}")
    heading = say(message(words, day=day_words(scanned.added_on, language)), language)
    missing = say(
        N_("It is a PDF that can’t be shown here. Whoever sends you this gives it to you beside it."),
        language,
    )
    return Part(heading, () if scanned.pages else (missing,), pictures=scanned.pages)


def _lines(sheet: Sheet, row: tuple[Any, ...]) -> str:
    filled = zip(sheet.columns, row, strict=True)
    return "\n".join(
        f"{say(column.title, sheet.language)}: {_said(column, value, sheet.language)}"
        for column, value in filled
        if value not in (None, "")
    )


def _said(column: Column, value: Any, language: str) -> str:
    if isinstance(value, str):
        return value
    if column.kind is Kind.MONEY:
        return money(value)
    return shown(value, language)
