"""Hours approved and letters issued, for the tests of the money."""

from datetime import date
from decimal import Decimal

from schemas.column import Row, new_id
from schemas.mentors import Engagements, Mentors
from schemas.money import Invoices
from schemas.people import People
from schemas.work import Timesheets
from services import approvals, invoices, runs
from services.context import Actor
from services.rules import periods
from services.rules.periods import Period
from services.workbook import Workbook
from tests.cast import ANGHARAD, FINN, GETHIN, as_, op
from tests.services.staff import HOST_ID, OTHER_GROUP_ID, TODAY, assigned, put, row_of, rows_of
from tests.services.test_timesheets import GETHINS, ON, recorded, submitted

THIRD, FOURTH = periods.quarter(2026, 3), periods.quarter(2026, 4)
DILYS = Actor("PER-DJLYSR", "Dilys Rees", GETHIN.role, "dilys.rees@example.org", "MEN-DJLYSR")
DILYSES = "ASG-DJLYSR"


def approved(
    workbook: Workbook, actor: Actor = GETHIN, on: date = ON, hours: str = "3.5", assignment: str = GETHINS
) -> Row:
    """A line that went the whole way: record in, sent, approved."""
    session = recorded(workbook, new_id("SES"), actor.mentor, assignment)
    more = {"session": session, "worked_on": on, "hours": Decimal(hours), "assignment": assignment}
    line = submitted(as_(actor, workbook), **more)
    approvals.approve(as_(ANGHARAD, workbook), op(), [line])
    return row_of(workbook, Timesheets, line.id)


def issued(workbook: Workbook, period: Period = THIRD) -> list[Row]:
    """All letters of a run, by number."""
    before = {row.id for row in rows_of(workbook, Invoices)}
    finance = as_(FINN, workbook)
    invoices.issue(finance, op(), period, runs.preview(finance, period).pounds)
    made = [row for row in rows_of(workbook, Invoices) if row.id not in before]
    return sorted(made, key=lambda row: row["number"])


def second_hosted(workbook: Workbook) -> None:
    """Dilys, a second mentor of Mair's host, with an assignment of her own."""
    put(
        workbook,
        Mentors,
        DILYS.mentor,
        name=DILYS.name,
        email=DILYS.email,
        area="Powys",
        recruited_on=date(2025, 3, 4),
        panel="A. Puw",
        status="approved",
    )
    hosted = {"terms": "hosted", "host": HOST_ID, "accepted_on": TODAY}
    put(workbook, Engagements, "ENG-DJLYSR", mentor=DILYS.mentor, **hosted)
    role = {"role": "Mentor", "mentor": DILYS.mentor, "status": "active"}
    put(workbook, People, DILYS.id, name=DILYS.name, email=DILYS.email, **role)
    assigned(workbook, DILYSES, DILYS.mentor, OTHER_GROUP_ID)
