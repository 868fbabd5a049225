"""Groups and their referral log (S3)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.mentees import Mentees, Plans, Referrals
from services import groups
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC, as_, op
from tests.services.staff import (
    GROUP_ID,
    OTHER_GROUP_ID,
    assigned,
    made,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

NEW = {"name": "Cwm Community Orchard", "area": "Powys", "facilitator": "Marc Sayce"}
CAME = {
    "received_on": date(2026, 10, 1),
    "route": "referred",
    "referred_by": "Y Porth",
    "wants": "An orchard",
}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def test_a_group_and_its_referral_come_in_as_one_and_once(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    receipt = groups.add(ctx, key, NEW, CAME)
    groups.add(ctx, key, NEW, CAME)
    group = made(workbook, receipt, Mentees)
    referral = made(workbook, receipt, Referrals)
    assert (referral["mentee"], referral["status"], group["status"]) == (group.id, "received", "active")
    assert len(rows_of(workbook, Mentees)) == 3


@pytest.mark.parametrize(
    "wrong",
    [{"referred_by": ""}, {"received_on": date(2026, 10, 6)}, {"route": "by pigeon"}, {"received_on": None}],
)
def test_a_wrong_referral_keeps_the_group_out_too(workbook: Workbook, wrong: dict[str, object]) -> None:
    with nothing_written(workbook, InvalidEntry):
        groups.add(as_(MARC, workbook), op(), NEW, {**CAME, **wrong})


@pytest.mark.parametrize("actor", [MAIR, FINN, EVAN, ADA])
def test_only_staff_see_and_change_groups(workbook: Workbook, actor: object) -> None:
    ctx, shown = as_(actor, workbook), row_of(workbook, Mentees, GROUP_ID)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        groups.add(ctx, op(), NEW, CAME)
    with nothing_written(workbook, NotAllowed):
        groups.edit(ctx, op(), shown, {"notes": "x"})
    with nothing_written(workbook, NotAllowed):
        groups.close(ctx, op(), shown)
    with pytest.raises(NotAllowed):
        groups.listed(ctx)
    with pytest.raises(NotAllowed):
        groups.card(ctx, GROUP_ID)


def test_edits_merge_or_clash(workbook: Workbook) -> None:
    shown = row_of(workbook, Mentees, GROUP_ID)
    groups.edit(as_(MARC, workbook), op(), shown, {"contact": "Non Hughes"})
    groups.edit(as_(ANGHARAD, workbook), op(), shown, {"notes": "Meets on Mondays"})
    assert row_of(workbook, Mentees, GROUP_ID)["contact"] == "Non Hughes"
    with nothing_written(workbook, StaleRow):
        groups.edit(as_(ANGHARAD, workbook), op(), shown, {"contact": "Nia Hughes"})
    with nothing_written(workbook, NotAllowed):
        groups.edit(as_(ANGHARAD, workbook), op(), shown, {"status": "closed"})


def test_the_referral_is_put_right(workbook: Workbook) -> None:
    shown = row_of(workbook, Referrals, "REF-YNYSFA")
    groups.edit_referral(as_(MARC, workbook), op(), shown, {"received_on": date(2026, 8, 30)})
    assert row_of(workbook, Referrals, "REF-YNYSFA")["received_on"] == date(2026, 8, 30)
    with nothing_written(workbook, InvalidEntry):
        groups.edit_referral(as_(MARC, workbook), op(), shown, {"received_on": date(2026, 12, 30)})


def test_the_list_narrows_by_what_is_chosen(workbook: Workbook) -> None:
    assigned(workbook)
    ctx = as_(MARC, workbook)
    for filters, expected in (
        ({}, [OTHER_GROUP_ID, GROUP_ID]),
        ({"area": "Powys"}, [GROUP_ID]),
        ({"without_mentor": True}, [OTHER_GROUP_ID]),
        ({"referral": "received"}, [OTHER_GROUP_ID, GROUP_ID]),
        ({"referral": "closed"}, []),
        ({"search": "repair"}, [OTHER_GROUP_ID]),
        ({"status": "closed"}, []),
        ({"facilitator": "Nobody"}, []),
    ):
        assert [each.group.id for each in groups.listed(ctx, **filters)] == expected  # type: ignore[arg-type]
    assert groups.listed(ctx, area="Powys")[0].mentors == ("Gethin Llywelyn",)


def test_the_agreed_plan_is_in_force_before_a_newer_draft(workbook: Workbook) -> None:
    put(workbook, Plans, "PLA-AAAAAA", mentee=GROUP_ID, version=Decimal(1), status="agreed")
    put(workbook, Plans, "PLA-BBBBBB", mentee=GROUP_ID, version=Decimal(2), status="draft")
    card = groups.card(as_(MARC, workbook), GROUP_ID)
    assert card.entry.plan is not None and card.entry.plan.id == "PLA-AAAAAA"
    assert [row.id for row in card.plans] == ["PLA-BBBBBB", "PLA-AAAAAA"]


def test_a_group_closes_with_its_referral_once_no_mentor_is_at_work(workbook: Workbook) -> None:
    assigned(workbook)
    ctx = as_(MARC, workbook)
    with nothing_written(workbook, NotYet):
        groups.close(ctx, op(), row_of(workbook, Mentees, GROUP_ID))
    shown = row_of(workbook, Mentees, OTHER_GROUP_ID)
    groups.close(ctx, op(), shown)
    assert row_of(workbook, Referrals, "REF-LLANFA")["status"] == "closed"
    assert row_of(workbook, Referrals, "REF-YNYSFA")["status"] == "received"
    with nothing_written(workbook, NotYet):
        groups.close(ctx, op(), shown)
