"""A small pool, two groups and a host, for the tests of what staff do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.assignments import Assignments
from schemas.column import Register, Row
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Checks, Engagements, Mentors
from schemas.organisations import Organisations
from schemas.people import People
from services import records
from services.context import Actor
from services.store.interface import Append, Needs, Operation, Receipt
from services.workbook import Workbook
from tests.cast import ANGHARAD, NOW, as_, new_workbook, op

TODAY = date(2026, 10, 5)
MAIR_ID, GETHIN_ID, HOST_ID = "MEN-MAIRPR", "MEN-GETHIN", "ORG-HOSTED"
GROUP_ID, OTHER_GROUP_ID = "GRP-YNYSFA", "GRP-LLANFA"
LATER = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


def put(workbook: Workbook, register: type[Register], id_: str, **values: Any) -> Row:
    """A row as it might stand in the sheet, written past every verb."""
    cells = {name: register.columns[name].write(value) for name, value in values.items()}
    row = Append(register.tab, {"_id": id_, "programme": "ssw", **cells})
    operation = Operation(op(), "", "test", "start", NOW, "ssw")
    workbook.take(workbook.store.commit(operation, Needs(), lambda fresh: [row]))
    return row_of(workbook, register, id_)


def row_of(workbook: Workbook, register: type[Register], id_: str) -> Row:
    """A row as it stands."""
    return records.ground(as_(ANGHARAD, workbook)).get(register, id_)


def rows_of(workbook: Workbook, register: type[Register]) -> list[Row]:
    """Every row of a register."""
    return records.ground(as_(ANGHARAD, workbook)).all(register)


def made(workbook: Workbook, receipt: Receipt, register: type[Register]) -> Row:
    """The one row of that register that a commit wrote."""
    (id_,) = [cells["_id"] for tab, cells in receipt.saved if tab == register.tab]
    return row_of(workbook, register, id_)


@contextmanager
def nothing_written(workbook: Workbook, error: type[Exception]) -> Iterator[pytest.ExceptionInfo[Exception]]:
    """The block stops with that error and leaves the workbook as it was."""
    before = workbook.store.number()
    with pytest.raises(error) as caught:
        yield caught
    assert workbook.store.number() == before


def staffed(path: Path) -> Workbook:
    """Mair, hosted and insured by her host; Gethin, direct with a policy of his own; two groups."""
    return new_workbook(path / "workbook.sqlite3", fill)


def fill(workbook: Workbook) -> Workbook:
    """The same people and groups in a workbook that is there."""
    put(
        workbook,
        Organisations,
        HOST_ID,
        name="Menter y Bryn",
        kind="host",
        not_for_profit=True,
        status="active",
    )
    for id_, name, area, skills in (
        (MAIR_ID, "Mair Pritchard", "Powys", ("food growing", "fundraising")),
        (GETHIN_ID, "Gethin Llywelyn", "Gwynedd", ("community energy",)),
    ):
        put(
            workbook,
            Mentors,
            id_,
            name=name,
            email=f"{name.split()[0].lower()}.{name.split()[1].lower()}@example.org",
            area=area,
            languages=("English", "Welsh"),
            skills=skills,
            recruited_on=date(2025, 3, 4),
            panel="A. Puw, M. Sayce",
            days_a_month=Decimal(4),
            status="approved",
        )
    put(workbook, Engagements, "ENG-MAIRPR", mentor=MAIR_ID, terms="hosted", host=HOST_ID, accepted_on=TODAY)
    put(workbook, Engagements, "ENG-GETHIN", mentor=GETHIN_ID, terms="direct", accepted_on=TODAY)
    insured(workbook, "CHK-HOSTED", organisation=HOST_ID)
    insured(workbook, "CHK-GETHIN", mentor=GETHIN_ID)
    for id_, name, area in (
        (GROUP_ID, "Ynys Fawr Growers", "Powys"),
        (OTHER_GROUP_ID, "Llanfach Repair", "Gwynedd"),
    ):
        put(workbook, Mentees, id_, name=name, area=area, languages=("Welsh",), status="active")
        put(
            workbook,
            Referrals,
            id_.replace("GRP", "REF"),
            mentee=id_,
            received_on=date(2026, 9, 1),
            route="came by itself",
            status="received",
        )
    return workbook


def insured(
    workbook: Workbook, id_: str, *, to_on: date = date(2027, 3, 31), seen: bool = True, **holder: str
) -> Row:
    """A public liability policy."""
    seen_by = {"seen_by": "Marc Sayce", "seen_on": date(2026, 4, 2)} if seen else {}
    kind = "public liability insurance"
    return put(
        workbook,
        Checks,
        id_,
        kind=kind,
        issuer="Cambrian Mutual",
        reference="P1",
        to_on=to_on,
        **holder,
        **seen_by,
    )


def assigned(
    workbook: Workbook,
    id_: str = "ASG-GETHIN",
    mentor: str = GETHIN_ID,
    mentee: str = GROUP_ID,
    status: str = "approved",
    days: str = "5",
    **more: Any,
) -> Row:
    """An assignment of five days to the end of the year."""
    values = {
        "purpose": "Plan the orchard",
        "starts_on": date(2026, 9, 15),
        "ends_on": date(2026, 12, 31),
        "approved_on": date(2026, 9, 14) if status in {"approved", "ended"} else None,
    } | more
    given = {name: value for name, value in values.items() if value is not None}
    return put(
        workbook, Assignments, id_, mentor=mentor, mentee=mentee, days=Decimal(days), status=status, **given
    )


def both_roles(workbook: Workbook, actor: Actor, mentor: str) -> None:
    """Let a member of staff be a mentor too, under the same address."""
    put(
        workbook,
        People,
        "PER-BOTHRO",
        name=actor.name,
        email=actor.email,
        role="Mentor",
        mentor=mentor,
        status="active",
    )
