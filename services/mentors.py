"""Who may mentor: taken up, approved after the panel, paused, left (S1)."""

from datetime import date

from schemas.column import Row, new_id
from schemas.mentors import Engagements, Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.words import N_, Message
from services import access, engagements, people, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.store.interface import Needs, Receipt

RECRUITMENT = frozenset({"recruited_on", "panel"})
DETAILS = frozenset(
    {
        "name",
        "email",
        "phone",
        "area",
        "languages",
        "skills",
        "experience",
        "days_a_month",
        "availability",
        "notes",
    }
)
IN_POOL = frozenset({MentorStatus.APPLIED, MentorStatus.APPROVED, MentorStatus.PAUSED})
OWN = Message(N_("Nobody approves themselves."))


def add(ctx: Context, op_id: str, values: Values, engagement: Values | None = None) -> Receipt:
    """Take up somebody who applied, with how they are to be engaged where that is known."""
    typed = steps.only(ctx, "mentors.edit", values, DETAILS | RECRUITMENT)
    terms = steps.only(ctx, "mentors.edit", engagement or {}, engagements.TYPED)
    id_, other = new_id(Mentors.prefix), new_id(Engagements.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        made: list[Intent] = [New(Mentors, {**typed, "status": MentorStatus.APPLIED}, id_)]
        if terms:
            engagements.host_fits(fresh, terms)
            made.append(New(Engagements, {**terms, "mentor": id_}, other))
        return made

    needs = Needs(rows=((Organisations.tab, terms.get("host") or ""),))
    return records.commit(ctx, op_id, "mentors.edit", [typed, terms], needs, decide)


def edit(ctx: Context, op_id: str, shown: Row, values: Values) -> Receipt:
    """Change a mentor's details, merged with what others changed; recruitment is the approver's to correct."""
    approver = access.may(ctx, "mentors.approve") and not people.is_self(ctx, shown.id)
    allowed = DETAILS | RECRUITMENT if approver or shown["status"] == MentorStatus.APPLIED else DETAILS
    return steps.edit(ctx, op_id, "mentors.edit", Mentors, shown, values, allowed)


def approve(
    ctx: Context, op_id: str, shown: Row, recruited_on: date | None = None, panel: str = ""
) -> Receipt:
    """Approve a mentor who came through the recruitment procedure: its day and panel are needed (S1)."""
    given = {name: value for name, value in (("recruited_on", recruited_on), ("panel", panel)) if value}

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Mentors, shown.id)
        steps.not_own(ctx, "mentors.approve", now.id, OWN)
        steps.at(ctx, now, MentorStatus.APPLIED)
        recruitment = {**now, **given}
        steps.needed(Mentors, recruitment, "recruited_on", "panel")
        steps.not_ahead(ctx, Mentors, "recruited_on", recruitment["recruited_on"])
        approved = {**given, "status": MentorStatus.APPROVED}
        return [Edit(Mentors, now.id, approved, shown=shown, signs=True)]

    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, "mentors.approve", [shown.id, given], needs, decide)


def pause(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Give a mentor no new assignments for now; what runs goes on."""
    return _moved(ctx, op_id, "mentors.edit", shown, MentorStatus.PAUSED, (MentorStatus.APPROVED,))


def resume(ctx: Context, op_id: str, shown: Row) -> Receipt:
    """Open a paused mentor to new assignments again."""
    return _moved(ctx, op_id, "mentors.approve", shown, MentorStatus.APPROVED, (MentorStatus.PAUSED,))


def leave(ctx: Context, op_id: str, shown: Row, left_on: date) -> Receipt:
    """Record the last day in the pool; work dated later is not paid (S11)."""
    steps.not_ahead(ctx, Mentors, "left_on", left_on)
    return _moved(ctx, op_id, "mentors.edit", shown, MentorStatus.LEFT, tuple(IN_POOL), left_on)


def _moved(
    ctx: Context,
    op_id: str,
    action: str,
    shown: Row,
    to: MentorStatus,
    begins: tuple[str, ...],
    left_on: date | None = None,
) -> Receipt:
    values = {"status": to} | ({"left_on": left_on} if left_on else {})

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Mentors, shown.id)
        if to is MentorStatus.APPROVED:
            steps.not_own(ctx, action, now.id, OWN)
        steps.at(ctx, now, *begins)
        return [Edit(Mentors, now.id, values, shown=shown)]

    needs = Needs(rows=((Mentors.tab, shown.id),))
    return records.commit(ctx, op_id, action, [shown.id, to, left_on], needs, decide)
