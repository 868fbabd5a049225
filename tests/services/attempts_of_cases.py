"""What the rows RM43 to RM54 of the access matrix have somebody try: `prepare(workbook, actor)` gives the deed itself.

The mentor who tries is Dee. A deed answers "masked" where what it sees is masked, anything else where it is done or
seen, and raises where it is refused; a list or a count without the person counts as refused, because it is silent.
"""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from schemas.cases import Cases, Interviews
from schemas.errors import NotFound
from schemas.mentees import Mentees
from schemas.work import Sessions
from services import access, allocations, cases, interviews, records, support, surveys
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    CASE_ID,
    COLIN,
    DEE,
    MENTEE_ID,
    OMAR,
    OTHER_CASE_ID,
    TODAY,
    as_,
    begin,
    put,
    row_of,
)
from tests.services.casework import INTERVIEW, SESSION

Deed = Callable[[], Any]
NINO = "JG103759A"
THIRD, THIRD_CASE = "GRP-TERRYW", "CAS-TERRYW"  # Dee's, by a third party, no customer


def scene(workbook: Workbook) -> None:
    """The two cases of every test, Rowan's NINO, and a third party's mentee of Dee's who may start."""
    begin(workbook)
    interviews.record_nino(as_(COLIN, workbook), op(), MENTEE_ID, NINO)
    put(
        workbook, Mentees, THIRD, name="Terry Wood", date_of_birth=date(1980, 1, 1), is_customer=False, status="active",
    )  # fmt: skip
    put(
        workbook, Cases, THIRD_CASE, number="C0003", mentee=THIRD, mentor=DEE.mentor, area="9", route="Third party",
        received_on=date(2024, 6, 3), permission_on=date(2024, 6, 3), met_on=date(2024, 6, 5), is_eligible=True,
    )  # fmt: skip


def withdrawn(workbook: Workbook, *, customer: bool = False) -> None:
    """Terry consented, has an appointment, and withdrew."""
    ctx = as_(COLIN, workbook)
    support.give(ctx, op(), THIRD, date(2024, 6, 5), is_read=True)
    put(
        workbook, Sessions, "SES-TERRYW", mentor=DEE.mentor, mentee=THIRD, case=THIRD_CASE, held_on=date(2024, 6, 18),
        starts_at=time(10), status="planned",
    )  # fmt: skip
    support.withdraw(ctx, op(), THIRD, TODAY)
    if customer:
        support.become_customer(ctx, op(), THIRD, TODAY)


def seen(workbook: Workbook, actor: Actor, case: str) -> Any:
    """A tracker row: the card of the case, as its page and the tracker read it."""
    return cases.card(as_(actor, workbook), case)


def own_row(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: seen(workbook, actor, CASE_ID)


def others_row(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: seen(workbook, actor, OTHER_CASE_ID)


def moved_row(workbook: Workbook, actor: Actor) -> Deed:
    cases.listed(as_(DEE, workbook))  # what was shown a moment ago opens nothing now
    allocations.allocate(as_(COLIN, workbook), op(), row_of(workbook, Cases, CASE_ID), OMAR.mentor)
    return lambda: seen(workbook, actor, CASE_ID)


def others_in_a_count(workbook: Workbook, actor: Actor) -> Deed:
    """Lists, filters, counts and the analysts' list: none may show that Sasha is there."""
    ctx = as_(actor, workbook)

    def deed() -> Any:
        found = [entry.case.id for entry in cases.listed(ctx, mentor=OMAR.mentor)]
        counted = cases.counts(cases.listed(ctx))["open"]
        if not found and counted == 2 and not surveys.changed_contacts(ctx):
            raise NotFound()
        return found

    return deed


def full_nino(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: interviews.nino(as_(actor, workbook), MENTEE_ID)


def listed_nino(workbook: Workbook, actor: Actor) -> Deed:
    def deed() -> str:
        ctx = as_(actor, workbook)
        card = cases.card(ctx, CASE_ID)
        assert NINO not in repr(card) and NINO not in interviews.masked_nino(ctx, card.mentee)
        return "masked"

    return deed


def nino_of_no_customer(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: interviews.record_nino(as_(actor, workbook), op(), THIRD, NINO)


def start_without_consent(workbook: Workbook, actor: Actor) -> Deed:
    shown = row_of(workbook, Cases, THIRD_CASE)
    return lambda: interviews.start(as_(actor, workbook), op(), shown, INTERVIEW, SESSION, has_survey=True)


def used_after_withdrawal(workbook: Workbook, actor: Actor) -> Deed:
    withdrawn(workbook)
    return lambda: seen(workbook, actor, THIRD_CASE)


def supported(workbook: Workbook, actor: Actor) -> Deed:
    withdrawn(workbook)

    def deed() -> Any:
        found = support.supported(as_(actor, workbook))
        if not found:
            raise NotFound()
        assert [(each.name, each.next_on) for each in found] == [("Terry Wood", date(2024, 6, 18))]
        return found

    return deed


def in_an_output(workbook: Workbook, actor: Actor) -> Deed:
    """Whatever the rule works on, for whomever: the ground has nothing of them either."""
    withdrawn(workbook)

    def deed() -> Any:
        for rows in (records.view(as_(actor, workbook)), records.ground(as_(actor, workbook))):
            held = [rows.where(register, "mentee", THIRD) for register in (Cases, Sessions, Interviews)]
            if any(held) or rows.find(Mentees, THIRD):
                return held
        raise NotFound()

    return deed


def output_of_a_customer(workbook: Workbook, actor: Actor) -> Deed:
    """The ground that every return is worked out on has them again; who reads returns is asked with RM55, RM57."""
    withdrawn(workbook, customer=True)
    ctx = as_(actor, workbook)

    def deed() -> Any:
        access.require(ctx, "cases.allocate")
        return records.ground(ctx).get(Cases, THIRD_CASE)

    return deed


ATTEMPTS: dict[str, Callable[[Workbook, Actor], Deed]] = {
    "RM43": own_row,
    "RM44": others_row,
    "RM45": moved_row,
    "RM46": others_in_a_count,
    "RM47": full_nino,
    "RM48": listed_nino,
    "RM49": nino_of_no_customer,
    "RM50": start_without_consent,
    "RM51": used_after_withdrawal,
    "RM52": supported,
    "RM53": in_an_output,
    "RM54": output_of_a_customer,
}
# Refused by the state of the thing to somebody who has the right: told why, instead of "not here".
BY_STATE = frozenset({"RM49", "RM50"})
