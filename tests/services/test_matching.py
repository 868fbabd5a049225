"""From a plan's needs to an explained shortlist and the group's choice (S4)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.assignments import Assignments, Interests
from schemas.errors import NotAllowed, NotFound
from schemas.mentees import Actions, Plans
from schemas.mentors import Engagements, Mentors
from services import matching, records
from services.rules.matching import Why
from services.workbook import Workbook
from tests.cast import ADA, EVAN, FINN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    GROUP_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    TODAY,
    assigned,
    made,
    nothing_written,
    put,
    row_of,
    staffed,
)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    found = staffed(tmp_path)
    put(found, Plans, "PLA-AAAAAA", mentee=GROUP_ID, version=Decimal(1), status="agreed")
    for id_, priority, support, step in (
        ("ACT-SECOND", "2", ("fundraising",), "under way"),
        ("ACT-FIRSTT", "1", ("food growing", "fundraising"), "not started"),
        ("ACT-DONEEE", "3", ("transport",), "achieved"),
    ):
        put(
            found,
            Actions,
            id_,
            plan="PLA-AAAAAA",
            mentee=GROUP_ID,
            title=id_,
            priority=Decimal(priority),
            support=support,
            step=step,
        )
    return found


def _list(workbook: Workbook) -> list[matching.Suggestion]:
    return matching.shortlist(as_(MARC, workbook), GROUP_ID)


def _of(workbook: Workbook, mentor: str) -> matching.Suggestion:
    return next(each for each in _list(workbook) if each.mentor.id == mentor)


def test_the_need_is_what_the_open_actions_want_in_order_of_priority(workbook: Workbook) -> None:
    ctx = as_(MARC, workbook)
    rows = records.view(ctx)
    from schemas.mentees import Mentees

    need = matching.need_of(ctx.programme, rows, row_of(workbook, Mentees, GROUP_ID), TODAY)
    assert need.skills == ("food growing", "fundraising")
    assert (need.area, need.languages) == ("Powys", ("Welsh",))
    assert "Gwynedd" in need.nearby


def test_the_best_fit_comes_first_with_reasons_that_add_up(workbook: Workbook) -> None:
    first, second = _list(workbook)
    assert (first.mentor.id, second.mentor.id) == (MAIR_ID, GETHIN_ID)
    assert first.points == sum(reason.points for reason in first.reasons)
    assert "Has 2 of 2 skills wanted: food growing, fundraising." in [str(r.words) for r in first.reasons]
    assert "In Gwynedd, next to the group's area." in [str(r.words) for r in second.reasons]


def test_those_who_can_not_be_assigned_come_last_with_why(workbook: Workbook) -> None:
    put(workbook, Engagements, "ENG-DIRECT", mentor=MAIR_ID, terms="direct", from_on=date(2026, 10, 1))
    blocked = _list(workbook)[-1]
    assert blocked.mentor.id == MAIR_ID
    assert [reason.why for reason in blocked.blocked_by] == [Why.INSURANCE]
    put(workbook, Interests, "INT-AAAAAA", mentor=GETHIN_ID, mentee=GROUP_ID, status="may not")
    assert [reason.why for reason in _of(workbook, GETHIN_ID).blocked_by] == [Why.RELATIONSHIP]


def test_only_approved_mentors_are_listed_and_paused_ones_blocked(workbook: Workbook) -> None:
    put(workbook, Mentors, "MEN-APPLED", name="Eleri Vaughan", status="applied")
    put(workbook, Mentors, "MEN-PAUSED", name="Huw Saib", status="paused", recruited_on=date(2025, 1, 1))
    assert "MEN-APPLED" not in [each.mentor.id for each in _list(workbook)]
    assert Why.PAUSED in [reason.why for reason in _of(workbook, "MEN-PAUSED").blocked_by]


def test_days_already_promised_are_not_free(workbook: Workbook) -> None:
    """Eight days left over the 88 days to the end of the year are 2.77 of four days a month."""
    assigned(workbook, mentee=OTHER_GROUP_ID, days="8")
    words = [str(reason.words) for reason in _of(workbook, GETHIN_ID).reasons]
    assert "Days free a month: 1.23 of 4." in words
    assert "1 assignment running." in words


def test_the_groups_choice_waits_for_the_programme_manager(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    chosen = {"days": Decimal(4), "purpose": "Plant an orchard", "starts_on": date(2026, 10, 12)}
    row = made(workbook, matching.choose(ctx, key, GROUP_ID, MAIR_ID, **chosen), Assignments)  # type: ignore[arg-type]
    assert matching.choose(ctx, key, GROUP_ID, MAIR_ID, **chosen).repeated  # type: ignore[arg-type]
    assert (row["mentor"], row["chosen_on"], row["status"]) == (MAIR_ID, TODAY, "proposed")


@pytest.mark.parametrize("actor", [MAIR, FINN, EVAN, ADA])
def test_only_staff_match(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        matching.shortlist(ctx, GROUP_ID)
    with nothing_written(workbook, NotAllowed):
        matching.choose(ctx, op(), GROUP_ID, MAIR_ID, days=Decimal(1), purpose="x")


def test_a_group_that_is_not_there_has_no_shortlist(workbook: Workbook) -> None:
    with pytest.raises(NotFound):
        matching.shortlist(as_(MARC, workbook), "GRP-NOBODY")
