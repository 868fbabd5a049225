"""Who is told what came of a referral: the referrer, the Jobcentre's contact, and the mentee of what to claim (D1; 2.9)."""

from collections.abc import Mapping
from datetime import date

from schemas.cases import CaseOutcome, Cases
from schemas.column import Row
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees
from schemas.words import N_, Message
from services import access, records, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent
from services.referrals import route_of
from services.store.interface import Needs, Receipt


def referrer(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """Record the day the referrer heard what came of the referral (D1; 2.6, 2.9)."""
    return _told(ctx, op_id, shown, "referrer_told_on", on)


def contact(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """Record the day the Jobcentre's contact heard of a third party's customer's start (2.9)."""
    return _told(ctx, op_id, shown, "contact_told_start_on", on)


def encourage(ctx: Context, op_id: str, shown: Row, on: date) -> Receipt:
    """Record the day somebody who is no customer was encouraged to claim and engage (2.9)."""
    return _told(ctx, op_id, shown, "encouraged_on", on)


# What is told, and the day before which there is nothing to tell.
AFTER: Mapping[str, tuple[str, Message]] = {
    "referrer_told_on": ("met_on", Message(N_("can't be before the initial meeting."))),
    "contact_told_start_on": ("started_on", Message(N_("can't be before the start."))),
    "encouraged_on": ("met_on", Message(N_("can't be before the initial meeting."))),
}


def _told(ctx: Context, op_id: str, shown: Row, name: str, on: date) -> Receipt:
    access.require(ctx, "cases.write")
    steps.not_ahead(ctx, Cases, name, on)

    def decide(fresh: FreshRows) -> list[Intent]:
        case = fresh.get(Cases, shown.id)
        if not is_to_tell(ctx, name, case, fresh.get(Mentees, str(case["mentee"]))) and case[name] is None:
            raise NotYet(
                Message(N_("There is nothing to tell yet.")), Message(N_("Record the step before it first."))
            )
        since, words = AFTER[name]
        if on < (case[since] or case["received_on"]):
            wrong = words if case[since] else Message(N_("can't be before the referral."))
            raise InvalidEntry([Cases.columns[name].problem(wrong)])
        return [Edit(Cases, shown.id, {name: on}, shown=shown)]

    needs = Needs(rows=((Cases.tab, shown.id), (Mentees.tab, str(shown["mentee"]))))
    return records.commit(ctx, op_id, "cases.write", [name, shown.id, on], needs, decide)


def is_to_tell(ctx: Context, name: str, case: Row, mentee: Row) -> bool:
    """Whether one of `AFTER` waits to be done for this case."""
    if case[name] is not None:
        return False
    if name == "referrer_told_on":
        return case["met_on"] is not None or case["outcome"] is not None
    is_willing = case["outcome"] in {None, CaseOutcome.STARTED}
    if name == "encouraged_on":
        return case["met_on"] is not None and is_willing and mentee["is_customer"] is False
    is_third_party = not route_of(ctx, case["route"]).is_office
    return case["started_on"] is not None and is_third_party and mentee["is_customer"] is True


def to_tell(ctx: Context, case: Row, mentee: Row) -> list[str]:
    """The columns of what waits to be told, in the order of `AFTER`."""
    return [name for name in AFTER if is_to_tell(ctx, name, case, mentee)]
