"""Setting up the scheme, stage by stage, each agreed by young people and by staff with its days (W12)."""

from dataclasses import dataclass

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.peers import SetUp
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

ACTION = "setup.edit"
FIELDS = ("decided", "agreed_young_on", "agreed_staff_on")


@dataclass(frozen=True)
class Stage:
    """A stage of the programme's list, with what is written about it so far."""

    name: str
    row: Row | None

    @property
    def is_agreed(self) -> bool:
        """Whether both young people and staff agreed it."""
        return bool(self.row and self.row["agreed_young_on"] and self.row["agreed_staff_on"])


def listed(ctx: Context) -> list[Stage]:
    """Every stage in the programme's order."""
    access.require(ctx, ACTION)
    found = {row["stage"]: row for row in records.view(ctx).all(SetUp)}
    return [Stage(name, found.get(name)) for name in ctx.programme.choices("stages")]


def save(ctx: Context, op_id: str, stage: str, values: Values, shown: Row | None = None) -> Receipt:
    """Write down what was decided in a stage, and when each side agreed it."""
    typed = steps.only(ctx, ACTION, values, FIELDS)
    for name in ("agreed_young_on", "agreed_staff_on"):
        steps.not_ahead(ctx, SetUp, name, typed.get(name))
    _agreed_on_something(typed, shown)
    if stage not in ctx.programme.choices("stages"):
        raise InvalidEntry([SetUp.columns["stage"].problem(Message(N_("is not one of the programme's.")))])

    def decide(fresh: FreshRows) -> list[Intent]:
        there = fresh.where(SetUp, "stage", stage)
        if shown is not None:
            return [Edit(SetUp, fresh.get(SetUp, shown.id).id, typed, shown=shown)]
        if there:
            raise NotYet(Message(N_("Somebody has begun this stage meanwhile.")), steps.LOOK_AGAIN)
        return [New(SetUp, {**typed, "stage": stage}, new_id(SetUp.prefix))]

    needs = Needs(whole=(SetUp.tab,))
    return records.commit(ctx, op_id, ACTION, [stage, shown.id if shown else "", typed], needs, decide)


def _agreed_on_something(typed: Values, shown: Row | None) -> None:
    whole = {**(shown or {}), **typed}
    if whole.get("agreed_young_on") or whole.get("agreed_staff_on"):
        steps.needed(SetUp, whole, "decided")
