"""A programme at work, for the pages' tests and for looking at the pages: invented people throughout."""

from datetime import date
from decimal import Decimal
from typing import Any

from schemas.assignments import Assignments, Feedback, Interests, Variations
from schemas.mentees import Actions, Mentees, Plans, Referrals, Signposts
from schemas.mentors import Checks, Engagements, Mentors, Seats
from schemas.organisations import Organisations
from schemas.work import Progress, Sessions, Timesheets
from services.workbook import Workbook
from tests.cast import ANGHARAD, GETHIN, MAIR, MARC
from tests.services.staff import put

HOST, GROVE, SHED, CANOLFAN = "ORG-BRYNHT", "GRP-CWMTAW", "GRP-TYWYNS", "GRP-LLANFA"
ORCHARD, ENERGY, FORUM, PROPOSED = "ASG-RCHARD", "ASG-NERGYS", "ASG-FRVMMM", "ASG-PRPSED"
SIAN, CARYS, DEWI = "MEN-SJANBR", "MEN-CARYSW", "MEN-DEWJTH"
INSURED = "public liability insurance"

MENTORS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        MAIR.mentor,
        {
            "name": "Mair Pritchard",
            "email": MAIR.email,
            "phone": "07700 900101",
            "area": "Swansea",
            "skills": ("food growing", "fundraising"),
            "experience": "Began the allotments at Cwmtawe with six neighbours and a borrowed rotavator.",
            "status": "approved",
        },
    ),
    (GETHIN.mentor, {"name": "Gethin Llywelyn", "email": GETHIN.email, "area": "Gwynedd",
                     "skills": ("community energy", "governance"), "status": "approved"}),
    (SIAN, {"name": "Siân O'Brien", "area": "Neath Port Talbot", "skills": ("repair and reuse", "food growing"),
            "status": "approved"}),
    (CARYS, {"name": "Carys Wynne-Hughes", "area": "Swansea", "skills": ("food growing",), "status": "paused"}),
    (DEWI, {"name": "Dewi <b>Thomas</b>", "area": "Powys", "skills": ("transport",), "status": "applied"}),
)  # fmt: skip


def programme_at_work(workbook: Workbook) -> None:
    """Five mentors, three groups, assignments at every stage, records, time, feedback and a Forum seat."""
    _pool(workbook)
    _groups(workbook)
    _assignments(workbook)
    _work(workbook)


def _pool(workbook: Workbook) -> None:
    put(
        workbook, Organisations, HOST, name="Menter y Bryn", kind="host", not_for_profit=True, status="active"
    )
    put(workbook, Organisations, "ORG-RHWYDW", name="Rhwydwaith Werdd", kind="referrer", status="active")
    for id_, values in MENTORS:
        recruited = (
            {}
            if values["status"] == "applied"
            else {"recruited_on": date(2025, 3, 4), "panel": "A. Puw, M. Sayce"}
        )
        put(
            workbook,
            Mentors,
            id_,
            languages=("English", "Welsh"),
            days_a_month=Decimal(4),
            **recruited,
            **values,
        )
    put(
        workbook,
        Engagements,
        "ENG-AAAAAA",
        mentor=MAIR.mentor,
        terms="hosted",
        host=HOST,
        accepted_on=date(2025, 4, 1),
    )
    put(
        workbook,
        Engagements,
        "ENG-BBBBBB",
        mentor=GETHIN.mentor,
        terms="direct",
        accepted_on=date(2025, 4, 1),
    )
    put(workbook, Engagements, "ENG-CCCCCC", mentor=SIAN, terms="direct")
    _insured(workbook, "CHK-AAAAAA", to_on=date(2027, 3, 31), organisation=HOST)
    _insured(workbook, "CHK-BBBBBB", to_on=date(2026, 10, 28), mentor=GETHIN.mentor)
    _insured(workbook, "CHK-CCCCCC", to_on=date(2026, 9, 1), mentor=SIAN)
    put(
        workbook, Seats, "SEA-AAAAAA", mentor=MAIR.mentor, from_on=date(2025, 11, 1), to_on=date(2026, 10, 31)
    )


def _insured(workbook: Workbook, id_: str, **values: Any) -> None:
    seen = {"seen_by": "Marc Sayce", "seen_on": date(2026, 4, 2)}
    put(workbook, Checks, id_, kind=INSURED, issuer="Cambrian Mutual", reference="PL-4471", **seen, **values)


def _groups(workbook: Workbook) -> None:
    for id_, name, area in (
        (GROVE, "Clwb Garddio Cwmtawe", "Swansea"),
        (SHED, "Men's Shed Tywyn", "Gwynedd"),
        (CANOLFAN, "Canolfan Llanfair", "Powys"),
    ):
        put(workbook, Mentees, id_, name=name, area=area, facilitator="Marc Sayce", contact="Nia Bowen",
            phone="07700 900202", languages=("Welsh",), status="active")  # fmt: skip
    put(workbook, Referrals, "REF-AAAAAA", mentee=GROVE, received_on=date(2026, 5, 4), route="referred",
        referred_by="Rhwydwaith Werdd", wants="An orchard behind the hall", status="mentor chosen")  # fmt: skip
    put(
        workbook,
        Referrals,
        "REF-BBBBBB",
        mentee=SHED,
        received_on=date(2026, 8, 3),
        route="came by itself",
        status="plan agreed",
    )
    put(
        workbook,
        Referrals,
        "REF-CCCCCC",
        mentee=CANOLFAN,
        received_on=date(2026, 9, 28),
        route="came by itself",
        status="received",
    )
    put(workbook, Plans, "PLA-AAAAAA", mentee=GROVE, version=Decimal(1), opportunities="Land behind the hall; a keen school",
        agreed_on=date(2026, 5, 20), status="agreed")  # fmt: skip
    put(workbook, Plans, "PLA-BBBBBB", mentee=SHED, version=Decimal(1), status="draft")
    for id_, plan, group, title, place, support, step in (
        ("ACT-AAAAAA", "PLA-AAAAAA", GROVE, "Plant the orchard", 1, ("food growing",), "under way"),
        ("ACT-BBBBBB", "PLA-AAAAAA", GROVE, "Find £4,000", 2, ("fundraising",), "achieved"),
        (
            "ACT-CCCCCC",
            "PLA-BBBBBB",
            SHED,
            "Solar panels on the shed",
            1,
            ("community energy",),
            "not started",
        ),
    ):
        put(
            workbook,
            Actions,
            id_,
            plan=plan,
            mentee=group,
            title=title,
            priority=Decimal(place),
            support=support,
            step=step,
        )
    put(
        workbook,
        Signposts,
        "SIG-AAAAAA",
        mentee=GROVE,
        agency="Coed Cadw",
        purpose="Free trees",
        added_on=date(2026, 6, 2),
    )


def _assignments(workbook: Workbook) -> None:
    approved = {"approved_on": date(2026, 6, 1), "approved_by": ANGHARAD.id, "status": "approved"}
    put(workbook, Assignments, ORCHARD, mentor=MAIR.mentor, mentee=GROVE, purpose="Plan and plant the orchard",
        days=Decimal(5), starts_on=date(2026, 6, 1), ends_on=date(2026, 12, 31), **approved)  # fmt: skip
    put(workbook, Assignments, FORUM, mentor=MAIR.mentor, activity="Programme Forum", days=Decimal(2),
        starts_on=date(2026, 1, 1), **approved)  # fmt: skip
    put(workbook, Assignments, ENERGY, mentor=GETHIN.mentor, mentee=SHED, purpose="Size the solar panels",
        days=Decimal(3), starts_on=date(2026, 10, 12), ends_on=date(2027, 2, 28), chosen_on=date(2026, 9, 30), status="proposed")  # fmt: skip
    put(workbook, Assignments, PROPOSED, mentor=SIAN, mentee=CANOLFAN, purpose="Repair café", days=Decimal(2),
        starts_on=date(2026, 10, 12), ends_on=date(2026, 12, 31), chosen_on=date(2026, 10, 1), status="proposed")  # fmt: skip
    put(workbook, Variations, "VAR-AAAAAA", assignment=ORCHARD, mentor=MAIR.mentor, days=Decimal(2),
        reason="The ground needs draining first", proposed_by=MAIR.id, status="proposed")  # fmt: skip
    put(workbook, Interests, "INT-AAAAAA", mentor=SIAN, mentee=CANOLFAN, declared_by="mentor",
        nature="My sister chairs the committee", declared_on=date(2026, 9, 28), status="declared")  # fmt: skip
    put(workbook, Interests, "INT-BBBBBB", mentor=MAIR.mentor, mentee=GROVE, declared_by="mentor", nature="Ran a course there in 2023",
        declared_on=date(2026, 5, 21), assessment="Long over, and openly told.", assessed_by=MARC.id, assessed_on=date(2026, 5, 23), status="may proceed")  # fmt: skip


def _work(workbook: Workbook) -> None:
    for number, (day, hours) in enumerate((("2026-07-01", "3.5"), ("2026-08-12", "7"), ("2026-09-09", "7"))):
        record, line = f"SES-{'ABC'[number] * 6}", f"TIM-{'ABC'[number] * 6}"
        on = date.fromisoformat(day)
        put(workbook, Sessions, record, mentor=MAIR.mentor, assignment=ORCHARD, mentee=GROVE, held_on=on, kind="Group meeting",
            done="Walked the ground and marked out the rows.", status="record in")  # fmt: skip
        put(workbook, Progress, f"PRO-{'ABC'[number] * 6}", session=record, mentor=MAIR.mentor, action="ACT-AAAAAA",
            step="under way", words="The rows are marked out.")  # fmt: skip
        put(workbook, Timesheets, line, mentor=MAIR.mentor, assignment=ORCHARD, worked_on=on, hours=Decimal(hours),
            kind="Group meeting", is_chargeable=True, session=record, status="submitted", submitted_on=on)  # fmt: skip
    for number, (day, useful, status) in enumerate(
        (("2026-04-20", 3, "acted upon"), ("2026-07-15", 4, "open"), ("2026-10-01", 5, "open"))
    ):
        put(workbook, Feedback, f"FBK-{'ABC'[number] * 6}", assignment=ORCHARD, mentor=MAIR.mentor, given_by="group",
            given_on=date.fromisoformat(day), useful=Decimal(useful), in_charge=Decimal(4),
            words="She asked, she did not tell.", status=status)  # fmt: skip
