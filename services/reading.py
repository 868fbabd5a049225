"""Rows as one reader may see them, and the whole programme for a rule's own use (design 4, X5).

Pages and nouns come here by way of `services.records`, which hands on what they need.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from schemas.assignments import AssignmentStatus
from schemas.column import Column, Register, Row
from schemas.errors import NotFound, NotYet
from schemas.peers import EnquiryStatus
from schemas.registers import BY_TAB, REGISTERS
from schemas.words import N_, Message, shown
from services import access, consent
from services.access import Scope
from services.context import Context

HIDDEN = "•••"
MOVED = Message(N_("This was sealed for another column and copied here, so it stays closed."))
LIVE = frozenset({AssignmentStatus.PROPOSED, AssignmentStatus.APPROVED})


class Reader(Protocol):
    """Rows to work a rule out on: as last read (`Rows`) or fresh inside a commit (`FreshRows`)."""

    def all(self, register: type[Register]) -> list[Row]:
        """Every row."""
        ...

    def where(self, register: type[Register], column: str, value: Any) -> list[Row]:
        """The rows with that value in that column."""
        ...

    def find(self, register: type[Register], id_: str | None) -> Row | None:
        """One row or none."""
        ...


class Rows:
    """The rows of one programme that one reader may see; `kept` shows those of withdrawn consent too."""

    def __init__(self, ctx: Context, *, everything: bool, kept: bool = False) -> None:
        self.ctx, self.everything, self.kept = ctx, everything, kept
        self._mine: Mapping[str, frozenset[str]] | None = None

    def all(self, register: type[Register]) -> list[Row]:
        """Every row of a register, in the order of the sheet."""
        return self._seen(register, self.ctx.workbook.of(register.tab, self.ctx.programme.code).values())

    def where(self, register: type[Register], column: str, value: Any) -> list[Row]:
        """The rows with that value in that column; quick by an index."""
        here = self.ctx.programme.code
        found = self.ctx.workbook.table(register.tab).where(column, value)
        return self._seen(register, (row for row in found if row.programme == here and not row["_archived"]))

    def find(self, register: type[Register], id_: str | None) -> Row | None:
        """One row, or `None` where there is none to see."""
        row = self.ctx.workbook.table(register.tab).rows.get(id_ or "")
        if row is None or row.programme != self.ctx.programme.code or row["_archived"]:
            return None
        return next(iter(self._seen(register, [row])), None)

    def get(self, register: type[Register], id_: str) -> Row:
        """One row; `NotFound` words forbidden and absent alike."""
        row = self.find(register, id_)
        if row is None:
            access.log.warning("refused record=%s actor=%s", id_, self.ctx.actor.id)
            raise NotFound()
        return row

    def name(self, register: type[Register], id_: str | None) -> str:
        """What a linked record is called, links followed; a record one may not see is called by its id."""
        row = self.find(register, id_)
        if row is None:
            return id_ or ""
        for column in (register.columns[name] for name in register.label.split()):
            value = row.get(column.name)
            if value is not None:
                return self.words(column, value)
        return row.id

    def linked(self, register: type[Register], id_: str | None) -> Row:
        """A record that another names; one set aside for a wrong cell, or gone, stands in by its id alone (X2).

        So a list keeps every row of its own, whatever was typed into the register beside it.
        """
        found = self.find(register, id_)
        if found is not None:
            return found
        title = next(iter(register.label.split()), "_id")
        return Row(dict.fromkeys(register.columns), **{title: id_ or "", "_id": id_ or ""})

    def words(self, column: Column, value: Any) -> str:
        """A value in words for the reader: names for links, dates long, the programme's own lists said."""
        if value is None:
            return ""
        if column.to:
            return self.name(BY_TAB[column.to], str(value))
        if isinstance(value, tuple):
            return "; ".join(self._choice(column, item) for item in value)
        if column.options:
            return self._choice(column, str(value))
        return shown(value, self.ctx.language)

    def _choice(self, column: Column, value: str) -> str:
        return self.ctx.programme.choice_words(column.options, value, self.ctx.language)

    def _seen(self, register: type[Register], rows: Iterable[Row]) -> list[Row]:
        if not self.kept:
            rows = consent.usable(self.ctx, register, rows)
        if self.everything:
            return list(rows)
        if register.tab in access.ABOUT:
            rows = [row for row in rows if not _is_about_me(self.ctx, register, row)]
        scope = access.scope(self.ctx, register.tab)
        if scope is Scope.ALL:
            return list(rows)
        if scope is Scope.MASKED:
            return [_masked(register, row) for row in rows]
        if scope is Scope.OWN:
            own = (row for row in rows if access.owns(self.ctx, register.tab, row, self.mine))
            return [access.as_owner(self.ctx, register.tab, row) for row in own]
        return []

    @property
    def mine(self) -> Mapping[str, frozenset[str]]:
        """The ids that are mine by way of my assignments, cases and engagements."""
        if self._mine is None:
            self._mine = _mine(self.ctx, kept=self.kept)
        return self._mine


def view(ctx: Context) -> Rows:
    """What the actor may see."""
    return Rows(ctx, everything=False)


def ground(ctx: Context) -> Rows:
    """The programme's every row, for a rule's own use; what comes of it is the noun's to guard."""
    return Rows(ctx, everything=True)


def kept(ctx: Context) -> Rows:
    """The programme's every row, those of people who withdrew their consent too: they are stored, and used nowhere.

    For bringing files in, for what the law asks of stored data, and for `services.support`; for nothing else.
    """
    return Rows(ctx, everything=True, kept=True)


def _mine(ctx: Context, *, kept: bool) -> Mapping[str, frozenset[str]]:
    if not ctx.actor.mentor:
        return {}
    mentor = ctx.actor.mentor

    def found() -> Mapping[str, frozenset[str]]:
        whole = Rows(ctx, everything=True, kept=kept)
        assignments = _of_today(ctx, whole.where(BY_TAB["Assignments"], "mentor", mentor))
        engagements = whole.where(BY_TAB["Engagements"], "mentor", mentor)
        cases = [row for row in _newest_cases(whole) if row["mentor"] == mentor]
        asked = whole.where(BY_TAB["Enquiries"], "mentor", mentor)
        chosen = {row["referral"] for row in asked if row["status"] == EnquiryStatus.CHOSEN}
        projects = [row for row in whole.all(BY_TAB["Projects"]) if row["referral"] in chosen]
        return {
            "Mentees": frozenset(row.mentee for row in (*assignments, *cases) if row.mentee),
            "Organisations": frozenset(row.host for row in engagements if row.host),
            "Projects": frozenset(row.id for row in projects),
        }

    tabs = ("Assignments", "Engagements", "Cases", "Mentees", "Enquiries", "Projects")
    return ctx.workbook.derived(f"ids of {mentor}, kept {kept}", tabs, ctx.programme.code, found)


def _of_today(ctx: Context, assignments: list[Row]) -> list[Row]:
    """A pair that ended, or never began, makes nobody the mentor's own any more (P5); groups stay on record."""
    if ctx.programme.pairs is None:
        return assignments
    return [row for row in assignments if row["status"] in LIVE]


def _newest_cases(whole: Rows) -> Iterable[Row]:
    """Each person's newest case: whose mentee they are now, however often they came (3.6, RM45)."""
    newest: dict[str, Row] = {}
    for row in sorted(whole.all(BY_TAB["Cases"]), key=lambda row: (row["received_on"], row.id)):
        newest[row["mentee"]] = row
    return newest.values()


def is_readable(ctx: Context, register: type[Register], row: Row) -> bool:
    """Whether nothing keeps the actor from a row whatever their role: consent withdrawn (D3), a row about themselves."""
    return consent.mentee_of(register, row) not in consent.withdrawn(ctx) and not _is_about_me(
        ctx, register, row
    )


def _is_about_me(ctx: Context, register: type[Register], row: Row) -> bool:
    about = access.ABOUT.get(register.tab)
    return about is not None and row[about] in _myself(ctx)


def _myself(ctx: Context) -> frozenset[str]:
    """The mentors that the actor is, under whichever of their roles."""

    def found() -> frozenset[str]:
        whole, email = ground(ctx), ctx.actor.email
        entries = {row.id for row in whole.all(BY_TAB["Mentors"]) if access.same_address(row["email"], email)}
        roles = (row for row in whole.all(BY_TAB["People"]) if access.same_address(row["email"], email))
        return frozenset({ctx.actor.mentor, *entries, *(row["mentor"] for row in roles)} - {None, ""})

    tabs = ("Mentors", "People")
    return ctx.workbook.derived(f"mentors that are {ctx.actor.id}", tabs, ctx.programme.code, found)


def _masked(register: type[Register], row: Row) -> Row:
    hidden = {name: HIDDEN for name, column in register.columns.items() if column.personal and row[name]}
    return Row(row, **hidden)


def unseal(ctx: Context, row: Row, column: str, action: str) -> str:
    """The plain text of a sealed cell, for who has the right to `action`; the view is logged by id."""
    access.require(ctx, action)
    return opened(ctx, row, column)


def opened(ctx: Context, row: Row, column: str) -> str:
    """The plain text of a sealed cell that is shown or printed by a right asked for already; logged by id."""
    if row[column]:
        access.log.info("opened column=%s record=%s actor=%s", column, row.id, ctx.actor.id)
    if not row[column]:
        return ""
    own = (each for each in REGISTERS if each.columns.keys() <= row.keys())
    if not any(ctx.workbook.seals.is_of(row[column].token, f"{each.prefix}.{column}") for each in own):
        access.log.warning("refused moved column=%s record=%s actor=%s", column, row.id, ctx.actor.id)
        raise NotYet(MOVED, Message(N_("Put back what stood here, in the workbook’s own history.")))
    return ctx.workbook.seals.open(row[column].token)


def masked(ctx: Context, row: Row, column: str) -> str:
    """A sealed cell as dots and its last three characters."""
    return ctx.workbook.seals.masked(row[column])
