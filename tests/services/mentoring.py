"""A mentee on the provision, for the tests of what happens between start and end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from schemas.cases import Cases
from schemas.column import Register, Row
from schemas.mentees import Actions, Mentees, Plans
from schemas.work import Sessions
from services import records
from services.store.interface import Receipt
from services.workbook import Workbook
from tests import dwp
from tests.dwp import DEE, NORA, as_, put

JUNE_ID, JUNE_CASE = "GRP-JUNEHA", "CAS-JUNEHA"  # a customer, referred by the Jobcentre, Dee's, started
STARTED = date(2024, 5, 14)


def op() -> str:
    """A fresh form key."""
    return uuid4().hex


def begin(workbook: Workbook) -> None:
    """The programme's cast, and June Hale, whom Dee mentors since 14 May 2024."""
    dwp.begin(workbook)
    put(
        workbook, Mentees, JUNE_ID, name="June Hale", date_of_birth=date(1991, 2, 3), area="9",
        phone="07700 900456", is_customer=True, status="active",
    )  # fmt: skip
    put(
        workbook, Cases, JUNE_CASE, number="C0003", mentee=JUNE_ID, mentor=DEE.mentor, area="9",
        received_on=date(2024, 5, 1), route="Jobcentre Plus", office="Wrexham", referred_by="A. Coach",
        met_on=date(2024, 5, 8), told_voluntary=True, told_data=True, told_complaints=True, has_dependency=True,
        lives_in_area=True, is_unemployed=True, benefit="Universal Credit", is_eligible=True, outcome="started",
        referrer_told_on=date(2024, 5, 9), started_on=STARTED, survey_on=STARTED,
    )  # fmt: skip


def opened(path: Path) -> Workbook:
    """A workbook with that scene in it."""
    return dwp.new_workbook(path / "workbook.sqlite3", begin)


def session(workbook: Workbook, on: date, id_: str = "", **more: Any) -> Row:
    """A session as it might stand in the sheet: an hour attended face to face, unless told otherwise."""
    values = {
        "attendance": "attended",
        "minutes": Decimal(60),
        "manner": "face to face",
        "place": "Approved place",
        "status": "record in",
    } | more
    given = {name: value for name, value in values.items() if value is not None}
    id_ = id_ or f"SES-{on:%y%m%d}"
    return put(
        workbook, Sessions, id_, case=JUNE_CASE, mentee=JUNE_ID, mentor=DEE.mentor, held_on=on, **given
    )


def planned(workbook: Workbook, on: date, at: time = time(11), id_: str = "SES-PLANND") -> Row:
    """An appointment to come."""
    return session(workbook, on, id_, attendance=None, minutes=None, starts_at=at, status="planned")


def agreed_plan(workbook: Workbook, agreed_on: date = date(2024, 5, 21)) -> Row:
    """A plan with one action, agreed."""
    put(
        workbook, Plans, "PLA-JUNEHA", mentee=JUNE_ID, case=JUNE_CASE, version=Decimal(1), status="agreed",
        agreed_on=agreed_on, confirmed_how="signed by hand",
    )  # fmt: skip
    put(
        workbook, Actions, "ACT-JUNEHA", plan="PLA-JUNEHA", mentee=JUNE_ID, title="See the housing team",
        measure="A place on the list", means="Dee comes along", reason="June has asked for it",
        by_on=date(2024, 7, 1), step="not started", is_employment=False,
    )  # fmt: skip
    return row_of(workbook, Plans, "PLA-JUNEHA")


def row_of(workbook: Workbook, register: type[Register], id_: str) -> Row:
    """A row as it stands."""
    return records.ground(as_(NORA, workbook)).get(register, id_)


def rows_of(workbook: Workbook, register: type[Register]) -> list[Row]:
    """Every row of a register."""
    return records.ground(as_(NORA, workbook)).all(register)


def made(workbook: Workbook, receipt: Receipt, register: type[Register]) -> Row:
    """The one row of that register that a commit wrote."""
    (id_,) = [cells["_id"] for tab, cells in receipt.saved if tab == register.tab]
    return row_of(workbook, register, id_)


@contextmanager
def nothing_written(
    workbook: Workbook, error: type[Exception], *words: str
) -> Iterator[pytest.ExceptionInfo[Any]]:
    """The block stops with that error, whose words say this, and leaves the workbook as it was."""
    before = workbook.store.number()
    with pytest.raises(error) as caught:
        yield caught
    assert workbook.store.number() == before
    for each in words:
        assert each in str(caught.value), str(caught.value)
