"""Steps of a placement, for the tests of what follows them."""

from datetime import date

from schemas.column import Row
from schemas.peers import Enquiries, Projects
from services import enquiries, projects
from services.workbook import Workbook
from tests.cast import op
from tests.lga import (
    FIRST_DAY,
    HELEN,
    LAST_DAY,
    OLU,
    REQUEST_ID,
    SAM,
    TODAY,
    VALE,
    as_,
    made,
    row_of,
)

YES = {"is_interested": True, "is_available": True}
NO = {"is_interested": True, "is_available": False}


def asked(workbook: Workbook) -> tuple[Row, Row]:
    """Both peers asked: the officer, and the member by way of the group office."""
    ctx = as_(SAM, workbook)
    rows = made(workbook, enquiries.ask(ctx, op(), REQUEST_ID, [OLU.mentor, VALE.mentor]), Enquiries)
    by = {row["mentor"]: row for row in rows}
    enquiries.passed_on(ctx, op(), by[VALE.mentor])
    return enquiry(workbook, by[OLU.mentor]), enquiry(workbook, by[VALE.mentor])


def forward(workbook: Workbook) -> tuple[Row, Row]:
    """Both said yes and were put forward."""
    olu, vale = asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, YES)
    enquiries.answer(as_(VALE, workbook), op(), vale, YES)
    enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [olu.id, vale.id])
    return enquiry(workbook, olu), enquiry(workbook, vale)


def chosen(workbook: Workbook) -> tuple[Row, Row]:
    """The council chose the officer."""
    olu, vale = forward(workbook)
    enquiries.decide_choice(as_(SAM, workbook), op(), REQUEST_ID, [olu.id], TODAY)
    return enquiry(workbook, olu), enquiry(workbook, vale)


def project(workbook: Workbook) -> Row:
    """The project of the request, with the officer in its team."""
    chosen(workbook)
    given = {
        "name": "Corporate peer challenge",
        "kind": "peer challenge",
        "manager": HELEN.id,
        "support_officer": SAM.id,
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
        "is_public": False,
    }
    return made(workbook, projects.open_for(as_(SAM, workbook), op(), REQUEST_ID, given), Projects)[0]


def ready(workbook: Workbook) -> Row:
    """The officer released, with a purchase order; the project under way."""
    row = project(workbook)
    (member,) = projects.card(as_(SAM, workbook), row.id).team
    enquiries.release(as_(SAM, workbook), op(), member.enquiry, TODAY)
    given = {"from_on": FIRST_DAY, "to_on": date(2027, 2, 8), "deliverables": "Four days on site."}
    projects.issue_order(as_(HELEN, workbook), op(), row, OLU.mentor, given)
    projects.start(as_(SAM, workbook), op(), row)
    return row_of(workbook, Projects, row.id)


def enquiry(workbook: Workbook, row: Row) -> Row:
    """An enquiry as it stands now."""
    return row_of(workbook, Enquiries, row.id)
