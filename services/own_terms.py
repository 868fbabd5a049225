"""How a mentor stands with the programme: engagement, insurance, own lines on a host's letters (S2, S12, S19)."""

from dataclasses import dataclass
from datetime import date

from schemas.column import Row
from schemas.mentors import Engagements, Terms
from schemas.money import InvoiceLines, Invoices
from schemas.organisations import Organisations
from services import access, cover, engagements, records
from services.context import Context
from services.cover import Standing


@dataclass(frozen=True)
class Engaged:
    """How one is engaged today, and by which contract."""

    row: Row
    host: str

    @property
    def is_hosted(self) -> bool:
        """Whether the host is paid instead."""
        return bool(self.row["terms"] == Terms.HOSTED)


@dataclass(frozen=True)
class Cover:
    """One's insurance today, and the policies it comes from."""

    standing: Standing
    policies: tuple[Row, ...]


@dataclass(frozen=True)
class OnLetter:
    """One's own line of a host's letter: its number and how it stands, never the letter (RM37)."""

    line: Row
    number: str
    status: str
    host: str


def engaged(ctx: Context) -> Engaged | None:
    """How one is engaged today; `None` where nobody has recorded it."""
    access.require(ctx, "work.see")
    rows = records.view(ctx)
    row = engagements.engagement_on(rows, ctx.actor.mentor, ctx.today)
    return Engaged(row, rows.name(Organisations, row["host"])) if row else None


def earlier_engagements(ctx: Context) -> list[Row]:
    """Every engagement of one's own, the newest first."""
    access.require(ctx, "work.see")
    own = records.view(ctx).where(Engagements, "mentor", ctx.actor.mentor)
    return sorted(own, key=lambda row: (row["from_on"] or date.min, row.id), reverse=True)


def insured(ctx: Context) -> Cover:
    """How one's public liability insurance stands today, the host's counted, and the policies (S2)."""
    access.require(ctx, "own.insurance")
    rows = records.view(ctx)
    standing = cover.standing(rows, ctx.actor.mentor, ctx.today, ctx.programme.insurance.warn_days)
    held = cover.policies(rows, ctx.actor.mentor)
    return Cover(standing, tuple(sorted(held, key=lambda row: (row["to_on"], row.id), reverse=True)))


def on_letters(ctx: Context) -> list[OnLetter]:
    """One's own lines of letters that are not one's own: those of a host, newest letter first (RM37)."""
    access.require(ctx, "invoices.own")
    whole, rows = records.ground(ctx), records.view(ctx)
    mine = {row.id for row in rows.all(Invoices)}
    found = []
    for line in rows.where(InvoiceLines, "mentor", ctx.actor.mentor):
        letter = whole.find(Invoices, line["invoice"])
        if letter is not None and letter.id not in mine:
            host = whole.name(Organisations, letter["organisation"])
            found.append(OnLetter(line, letter["number"], letter["status"], host))
    return sorted(found, key=lambda each: (each.number, each.line.id), reverse=True)
