"""The pool as staff see it today (S1, S2, S17)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.assignments import Variations
from schemas.errors import NotAllowed
from schemas.mentors import Engagements, Mentors
from schemas.work import Timesheets
from services import pool
from services.cover import CoverState
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC, as_
from tests.services.staff import (
    GETHIN_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    assigned,
    insured,
    put,
    staffed,
)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def _worked(workbook: Workbook, id_: str, hours: str, status: str, chargeable: bool = True) -> None:
    put(
        workbook,
        Timesheets,
        id_,
        mentor=GETHIN_ID,
        assignment="ASG-GETHIN",
        worked_on=date(2026, 9, 20),
        hours=Decimal(hours),
        is_chargeable=chargeable,
        status=status,
    )


def _gethin(workbook: Workbook) -> pool.PoolEntry:
    return next(each for each in pool.listed(as_(MARC, workbook)) if each.mentor.id == GETHIN_ID)


def test_the_pool_shows_terms_host_and_insurance_of_today(workbook: Workbook) -> None:
    gethin, mair = pool.listed(as_(MARC, workbook))
    assert (gethin.terms, gethin.host) == ("direct", "")
    assert (mair.terms, mair.host) == ("hosted", "Menter y Bryn")
    assert {gethin.cover.state, mair.cover.state} == {CoverState.VALID}
    assert gethin.warnings == mair.warnings == ()


def test_the_workload_counts_claimed_chargeable_hours_against_days_and_variations(workbook: Workbook) -> None:
    """Five days and an approved one, 10.5 hours claimed: 1.5 of 6 days used (S6, S11)."""
    assigned(workbook)
    more = {"assignment": "ASG-GETHIN", "mentor": GETHIN_ID, "reason": "more beds"}
    put(workbook, Variations, "VAR-AAAAAA", days=Decimal(1), status="approved", **more)
    _worked(workbook, "TIM-AAAAAA", "7", "approved")
    _worked(workbook, "TIM-BBBBBB", "3.5", "submitted")
    _worked(workbook, "TIM-CCCCCC", "2", "draft")
    _worked(workbook, "TIM-DDDDDD", "2", "refused")
    _worked(workbook, "TIM-EEEEEE", "2", "approved", chargeable=False)
    load = _gethin(workbook).workload
    assert (load.approved_days, load.used_days, load.left_days) == (
        Decimal(6),
        Decimal("1.5"),
        Decimal("4.5"),
    )
    assert load.live_assignments == 1


def test_ended_and_proposed_assignments_are_no_workload(workbook: Workbook) -> None:
    assigned(workbook, "ASG-AAAAAA", status="ended")
    assigned(workbook, "ASG-BBBBBB", status="proposed")
    assigned(workbook, "ASG-CCCCCC", ends_on=date(2026, 10, 4))
    assert _gethin(workbook).workload.live_assignments == 0


def test_no_work_yet_until_an_assignment_with_a_group_was_approved(workbook: Workbook) -> None:
    """S17; a forum allowance is open to all and no group support."""
    ctx = as_(MARC, workbook)
    assigned(workbook, "ASG-FORUM1", mentee="", activity="Programme Forum")
    assigned(workbook, "ASG-AAAAAA", status="proposed")
    assert [each.mentor.id for each in pool.listed(ctx, without_work=True)] == [GETHIN_ID, MAIR_ID]
    assigned(workbook, "ASG-BBBBBB", mentee=OTHER_GROUP_ID, status="ended")
    assert [each.mentor.id for each in pool.listed(ctx, without_work=True)] == [MAIR_ID]


def test_each_filter_narrows_and_those_who_left_are_asked_for(workbook: Workbook) -> None:
    ctx = as_(MARC, workbook)
    put(workbook, Mentors, "MEN-LEFTTT", name="Huw Gone", status="left")
    for filters, expected in (
        ({"area": "Powys"}, [MAIR_ID]),
        ({"skill": "community energy"}, [GETHIN_ID]),
        ({"language": "Welsh"}, [GETHIN_ID, MAIR_ID]),
        ({"language": "French"}, []),
        ({"terms": "hosted"}, [MAIR_ID]),
        ({"insurance": "missing"}, []),
        ({"search": "gethin"}, [GETHIN_ID]),
        ({"statuses": ("left",)}, ["MEN-LEFTTT"]),
    ):
        assert [each.mentor.id for each in pool.listed(ctx, **filters)] == expected  # type: ignore[arg-type]


def test_what_needs_somebody_is_warned_of(workbook: Workbook) -> None:
    put(workbook, Mentors, "MEN-ELERI2", name="Eleri Vaughan", status="applied")
    ctx = as_(MARC, workbook)
    eleri = pool.card(ctx, "MEN-ELERI2").entry
    assert [str(words) for words in eleri.warnings] == [
        "No public liability insurance recorded.",
        "Neither hosted nor contracted directly yet.",
    ]
    insured(workbook, "CHK-ELERI2", mentor="MEN-ELERI2", seen=False)
    put(workbook, Engagements, "ENG-ELERI2", mentor="MEN-ELERI2", terms="direct")
    assert [str(words) for words in pool.card(ctx, "MEN-ELERI2").entry.warnings] == [
        "Nobody has recorded seeing a copy of the insurance.",
        "The contract is not recorded as accepted.",
    ]


def test_insurance_about_to_end_says_in_how_many_days(workbook: Workbook) -> None:
    put(workbook, Mentors, "MEN-ELERI2", name="Eleri Vaughan", status="applied")
    insured(workbook, "CHK-ELERI2", mentor="MEN-ELERI2", to_on=date(2026, 10, 25))
    entry = pool.card(as_(MARC, workbook), "MEN-ELERI2").entry
    assert str(entry.warnings[0]) == "Insurance ends in 20 days, on 25 October 2026."


def test_the_card_holds_everything_of_one_mentor(workbook: Workbook) -> None:
    assigned(workbook)
    _worked(workbook, "TIM-AAAAAA", "7", "approved")
    _worked(workbook, "TIM-BBBBBB", "3.5", "submitted")
    card = pool.card(as_(ANGHARAD, workbook), GETHIN_ID)
    assert [row.id for row in card.checks] == ["CHK-GETHIN"]
    assert [each.row.id for each in card.assignments] == ["ASG-GETHIN"]
    assert card.hours_by_status == {"approved": Decimal(7), "submitted": Decimal("3.5")}
    assert [row.id for row in pool.card(as_(ANGHARAD, workbook), MAIR_ID).checks] == ["CHK-HOSTED"]


@pytest.mark.parametrize("actor", [MAIR, FINN, EVAN, ADA])
def test_nobody_else_looks_into_the_pool(workbook: Workbook, actor: object) -> None:
    """RM17."""
    with pytest.raises(NotAllowed):
        pool.listed(as_(actor, workbook))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        pool.card(as_(actor, workbook), GETHIN_ID)  # type: ignore[arg-type]
