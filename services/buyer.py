"""Meetings with the buyer, with notes and actions; risks and issues raised with it (D32; 3.1, 3.2)."""

from collections.abc import Mapping
from datetime import date, timedelta

from schemas.column import Row, new_id
from schemas.contracts import BuyerMeetings, Contracts, MeetingKind, Risks, RiskStatus
from schemas.errors import InvalidEntry
from schemas.words import N_, Message
from services import access, milestones, records, steps
from services.context import Context
from services.records import FreshRows, Intent, New, Values
from services.rules.answering import months_after
from services.store.interface import Needs, Receipt

MET = frozenset({"kind", "held_on", "notes", "actions"})
RAISED = frozenset({"raised_on", "what", "effect", "action", "owner"})
WEEK = timedelta(days=7)


def meetings(ctx: Context, contract: Row) -> list[Row]:
    """The meetings of a contract, the newest first; those to come are dated ahead."""
    access.require(ctx, "buyer.see")
    found = records.view(ctx).where(BuyerMeetings, "contract", contract.id)
    return sorted(found, key=lambda row: (row["held_on"], row.id), reverse=True)


def next_due(ctx: Context, contract: Row) -> tuple[MeetingKind, date] | None:
    """Which meeting comes next and by when: start-up, weekly in the implementation, then monthly (3.1)."""
    held: dict[str, date] = {}
    for row in meetings(ctx, contract):
        if row["held_on"] <= ctx.today:
            held[row["kind"]] = max(held.get(row["kind"], row["held_on"]), row["held_on"])
    if ctx.today > contract["ends_on"]:
        return None
    if MeetingKind.START_UP not in held and ctx.today <= contract["implemented_on"]:
        return MeetingKind.START_UP, _start_up_by(ctx, contract)
    last = max(held.values(), default=contract["starts_on"])
    if ctx.today <= contract["implemented_on"]:
        return MeetingKind.WEEKLY, last + WEEK
    monthly = held.get(MeetingKind.MONTHLY, contract["implemented_on"])
    return MeetingKind.MONTHLY, min(months_after(monthly, 1), contract["ends_on"])


def _start_up_by(ctx: Context, contract: Row) -> date:
    days: Mapping[str, date | None] = {
        each.code: each.due_on for each in milestones.of_contract(ctx, records.view(ctx), contract)
    }
    return days.get("start-up") or contract["starts_on"]


def add_meeting(ctx: Context, op_id: str, contract: str, values: Values) -> Receipt:
    """Write down a meeting, or one that is arranged."""
    typed = steps.only(ctx, "buyer.edit", values, MET)
    steps.needed(BuyerMeetings, typed, "kind", "held_on")
    id_ = new_id(BuyerMeetings.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        held = fresh.get(Contracts, contract)
        _within(held, "held_on", typed["held_on"])
        return [New(BuyerMeetings, {**typed, "contract": contract}, id_)]

    needs = Needs(rows=((Contracts.tab, contract),))
    return records.commit(ctx, op_id, "buyer.edit", [contract, typed], needs, decide)


def edit_meeting(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Write on: notes, actions and their owners."""
    return steps.edit(ctx, op_id, "buyer.edit", BuyerMeetings, shown, values, MET)


def _within(contract: Row, name: str, day: date) -> None:
    if day < contract["starts_on"]:
        words = Message(N_("can't be before the contract starts."))
        raise InvalidEntry([BuyerMeetings.columns[name].problem(words)])


def actions_of(row: Row) -> list[str]:
    """The actions of a meeting, one a line: what, who, by when."""
    return [line.strip() for line in (row["actions"] or "").splitlines() if line.strip()]


def risks(ctx: Context, contract: Row) -> list[Row]:
    """Risks and issues, open ones first, the newest first among them."""
    access.require(ctx, "buyer.see")
    found = records.view(ctx).where(Risks, "contract", contract.id)
    newest = sorted(found, key=lambda row: (row["raised_on"], row.id), reverse=True)
    return sorted(newest, key=lambda row: row["status"] != RiskStatus.OPEN)


def raise_risk(ctx: Context, op_id: str, contract: str, values: Values) -> Receipt:
    """Raise a risk or an issue with the buyer (3.2)."""
    typed = steps.only(ctx, "buyer.edit", values, RAISED)
    steps.needed(Risks, typed, "raised_on", "what")
    steps.not_ahead(ctx, Risks, "raised_on", typed["raised_on"])
    row = New(Risks, {**typed, "contract": contract, "status": RiskStatus.OPEN}, new_id(Risks.prefix))
    return records.commit(ctx, op_id, "buyer.edit", [contract, typed], Needs(), lambda fresh: [row])


def edit_risk(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a risk, close it, or open it again."""
    return steps.edit(ctx, op_id, "buyer.edit", Risks, shown, values, RAISED | {"status"})
