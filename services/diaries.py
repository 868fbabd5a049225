"""A supporter's private diary: written and opened by its writer, and by nobody else, whatever their role (W4, RM78)."""

from schemas.column import Row, new_id
from schemas.peers import Diaries
from services import access, courses, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

ACTION = "diaries.write"
FIELDS = ("written_on", "words")


def is_kept(ctx: Context) -> bool:
    """Whether the programme has diaries, and the actor one."""
    return access.may(ctx, ACTION) and courses.terms(ctx.programme).has_diary


def listed(ctx: Context) -> list[Row]:
    """One's own entries, the newest first; their words are sealed."""
    _require(ctx)
    return sorted(records.view(ctx).all(Diaries), key=lambda row: (row["written_on"], row.id), reverse=True)


def opened(ctx: Context, id_: str) -> str:
    """The words of one's own entry; the view is logged by id."""
    _require(ctx)
    row = records.view(ctx).get(Diaries, id_)
    return records.unseal(ctx, row, "words", ACTION)


def write(ctx: Context, op_id: str, values: Values, shown: Row | None = None) -> Receipt:
    """Write an entry, or change one's own."""
    _require(ctx)
    typed = steps.only(ctx, ACTION, values, FIELDS)
    steps.needed(Diaries, {"written_on": shown["written_on"], **typed} if shown else typed, *FIELDS)
    steps.not_ahead(ctx, Diaries, "written_on", typed.get("written_on"))

    def decide(fresh: FreshRows) -> list[Intent]:
        if shown is not None:
            return [Edit(Diaries, fresh.get(Diaries, shown.id).id, typed, shown=shown)]
        return [New(Diaries, {**typed, "mentor": ctx.actor.mentor}, new_id(Diaries.prefix))]

    needs = Needs(rows=((Diaries.tab, shown.id if shown else ""),))
    return records.commit(ctx, op_id, ACTION, [shown.id if shown else "", typed], needs, decide)


def _require(ctx: Context) -> None:
    access.require(ctx, ACTION)
    if not courses.terms(ctx.programme).has_diary:
        access.refuse(ctx, ACTION)
