"""Hosted or direct from a day on (S1, S19)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.mentors import Engagements
from schemas.organisations import Organisations
from services import engagements, records
from services.workbook import Workbook
from tests.cast import ANGHARAD, FINN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    HOST_ID,
    MAIR_ID,
    both_roles,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

HOSTED = {"terms": "hosted", "host": HOST_ID, "from_on": date(2026, 11, 1)}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def test_the_day_decides_which_engagement_is_in_force(workbook: Workbook) -> None:
    """A blank start is from the beginning; the newest that had started wins (S19)."""
    engagements.engage(as_(MARC, workbook), op(), GETHIN_ID, HOSTED)
    rows = records.ground(as_(MARC, workbook))
    before = engagements.engagement_on(rows, GETHIN_ID, date(2026, 10, 31))
    after = engagements.engagement_on(rows, GETHIN_ID, date(2026, 11, 1))
    assert before is not None and before["terms"] == "direct"
    assert after is not None and after["terms"] == "hosted"
    assert engagements.engagement_on(rows, "MEN-NOBODY", date(2026, 11, 1)) is None


def test_nobody_is_engaged_before_their_first_day(workbook: Workbook) -> None:
    put(workbook, Engagements, "ENG-LATERR", mentor="MEN-LATERR", terms="direct", from_on=date(2026, 11, 1))
    rows = records.ground(as_(MARC, workbook))
    assert engagements.engagement_on(rows, "MEN-LATERR", date(2026, 10, 31)) is None


def test_a_second_click_engages_once(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    engagements.engage(ctx, key, GETHIN_ID, HOSTED)
    assert engagements.engage(ctx, key, GETHIN_ID, HOSTED).repeated
    assert len([row for row in rows_of(workbook, Engagements) if row["mentor"] == GETHIN_ID]) == 2


def test_a_hosted_engagement_needs_a_host_that_is_not_for_private_profit(workbook: Workbook) -> None:
    ctx = as_(MARC, workbook)
    with nothing_written(workbook, InvalidEntry):
        engagements.engage(ctx, op(), GETHIN_ID, {"terms": "hosted", "from_on": date(2026, 11, 1)})
    put(
        workbook,
        Organisations,
        "ORG-PROFIT",
        name="Elw Cyf",
        kind="host",
        not_for_profit=False,
        status="active",
    )
    with nothing_written(workbook, InvalidEntry):
        engagements.engage(ctx, op(), GETHIN_ID, {**HOSTED, "host": "ORG-PROFIT"})
    put(workbook, Organisations, "ORG-REFERR", name="Y Porth", kind="referrer", status="active")
    with nothing_written(workbook, InvalidEntry):
        engagements.engage(ctx, op(), GETHIN_ID, {**HOSTED, "host": "ORG-REFERR"})
    with nothing_written(workbook, InvalidEntry):
        engagements.engage(ctx, op(), GETHIN_ID, {**HOSTED, "terms": "direct"})


def test_one_engagement_starts_on_a_day(workbook: Workbook) -> None:
    with nothing_written(workbook, InvalidEntry):
        engagements.engage(as_(MARC, workbook), op(), MAIR_ID, {"terms": "direct"})


@pytest.mark.parametrize("actor", [MAIR, FINN])
def test_mentors_and_finance_engage_nobody(workbook: Workbook, actor: object) -> None:
    with nothing_written(workbook, NotAllowed):
        engagements.engage(as_(actor, workbook), op(), GETHIN_ID, HOSTED)  # type: ignore[arg-type]


def test_nobody_decides_their_own_terms(workbook: Workbook) -> None:
    """X15: a manager who mentors too."""
    both_roles(workbook, ANGHARAD, GETHIN_ID)
    with nothing_written(workbook, NotYet):
        engagements.engage(as_(ANGHARAD, workbook), op(), GETHIN_ID, HOSTED)


def test_the_contract_accepted_is_recorded_and_a_stale_form_is_refused(workbook: Workbook) -> None:
    ctx, shown = as_(MARC, workbook), row_of(workbook, Engagements, "ENG-GETHIN")
    engagements.accept(ctx, op(), shown, {"contract_version": "2", "accepted_on": date(2026, 10, 1)})
    assert row_of(workbook, Engagements, "ENG-GETHIN")["contract_version"] == "2"
    with nothing_written(workbook, StaleRow):
        engagements.accept(ctx, op(), shown, {"contract_version": "3"})
    with nothing_written(workbook, NotAllowed):
        engagements.accept(ctx, op(), shown, {"terms": "hosted"})
