"""The files brought in so far, newest first, and which of them one may take back (X9)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.column import Row
from schemas.kinds import instant
from schemas.people import Imports, ImportStatus
from services import access, history, records
from services.context import Context

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Earlier:
    """One import: its row, the kind of file in words, who brought it in and when."""

    row: Row
    recipe: str
    who: str
    at: datetime | None
    may_undo: bool


def listed(ctx: Context) -> list[Earlier]:
    """The programme's imports, newest first."""
    access.require(ctx, "imports.bring")
    titles = {recipe.code: recipe.title.said(ctx.language) for recipe in ctx.programme.imports}
    found = [_earlier(ctx, row, titles) for row in records.view(ctx).all(Imports)]
    return sorted(found, key=lambda each: each.at or LONG_AGO, reverse=True)


def _earlier(ctx: Context, row: Row, titles: dict[str, str]) -> Earlier:
    """Who brought it in is asked of the history: an undo later writes the row too."""
    first = ctx.workbook.store.history("Imports", row.id)[-1:]
    who = first[0]["who"] if first else row["_updated_by"] or ""
    at = instant(first[0]["at"]) if first else None
    is_mine = who == ctx.actor.id and row["status"] == ImportStatus.IN
    return Earlier(row, titles.get(row["recipe"], row["recipe"]), history.person_name(ctx, who), at, is_mine)
