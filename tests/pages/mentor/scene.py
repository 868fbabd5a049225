"""A mentor's desk for the tests: Gethin direct, Mair hosted, a group each, a plan with two priorities."""

from datetime import date
from decimal import Decimal
from typing import Any

from schemas.assignments import Assignments
from schemas.column import Row
from schemas.mentees import Actions, Mentees, Plans
from schemas.mentors import Checks, Engagements, Mentors
from schemas.organisations import Organisations
from schemas.work import Timesheets
from services.context import Actor
from tests.cast import GETHIN, MAIR
from tests.desk import Desk
from tests.services.staff import put, rows_of

GROUP, OTHER, HOST = "GRP-CWMTAW", "GRP-TYWYNS", "ORG-BRYNHT"
ORCHARD, SOLAR, FORUM = "ASG-RCHARD", "ASG-SLRPAN", "ASG-FRVMMM"
TODAY = date(2026, 10, 5)


def furnish(desk: Desk) -> None:
    """Gethin has four days with a gardening group and one day for the Forum; Mair, hosted, five with another."""
    workbook = desk.workbook
    put(
        workbook, Organisations, HOST, name="Menter y Bryn", kind="host", not_for_profit=True, status="active"
    )
    for actor, terms in ((GETHIN, {"terms": "direct"}), (MAIR, {"terms": "hosted", "host": HOST})):
        put(
            workbook, Mentors, actor.mentor, name=actor.name, recruited_on=date(2025, 3, 4), status="approved"
        )
        put(workbook, Engagements, f"ENG-{actor.mentor[4:]}", mentor=actor.mentor, **terms)
    put(workbook, Checks, "CHK-GETHIN", kind="public liability insurance", mentor=GETHIN.mentor,
        issuer="Cambrian Mutual", reference="P1", to_on=date(2027, 3, 31))  # fmt: skip
    for id_, name in ((GROUP, "Clwb Garddio <b>Cwmtawe</b>"), (OTHER, "Men's Shed Tywyn")):
        put(workbook, Mentees, id_, name=name, facilitator="Marc Sayce", status="active")
    put(workbook, Plans, "PLA-CWMTAW", mentee=GROUP, version=Decimal(1), status="agreed")
    for number, title in enumerate(("Plant the orchard", "Find £4,000"), start=1):
        put(workbook, Actions, f"ACT-{number}", plan="PLA-CWMTAW", mentee=GROUP, title=title,
            priority=Decimal(number), step="not started")  # fmt: skip
    assign(desk, ORCHARD, GETHIN, mentee=GROUP, days="4")
    assign(desk, FORUM, GETHIN, activity="Programme Forum", days="1")
    assign(desk, SOLAR, MAIR, mentee=OTHER, days="5")


def assign(desk: Desk, id_: str, actor: Actor, days: str, **values: Any) -> Row:
    """An approved assignment of the autumn."""
    more = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31), "approved_on": date(2026, 9, 1)}
    given = {"mentor": actor.mentor, "purpose": "Plan the work", "status": "approved", **more, **values}
    return put(desk.workbook, Assignments, id_, days=Decimal(days), **given)


def line(desk: Desk, id_: str, actor: Actor = GETHIN, **values: Any) -> Row:
    """A line of time, a draft unless said otherwise."""
    given = {
        "mentor": actor.mentor,
        "assignment": ORCHARD if actor is GETHIN else SOLAR,
        "worked_on": date(2026, 10, 1),
        "hours": Decimal("2.5"),
        "kind": "Site visit",
        "is_chargeable": True,
        "status": "draft",
        **values,
    }
    return put(desk.workbook, Timesheets, id_, **given)


def only(desk: Desk, register: Any) -> Row:
    """The one row of a register."""
    (row,) = rows_of(desk.workbook, register)
    return row
