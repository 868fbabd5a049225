"""Several rows changed at once: a preview row by row, one commit, one undo (X13)."""

from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Row
from schemas.errors import NotAllowed, NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.organisations import Organisations
from services import bulk, groups, history
from services.context import Actor
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    GROUP_ID,
    HOST_ID,
    MAIR_ID,
    OTHER_GROUP_ID,
    nothing_written,
    put,
    row_of,
    staffed,
)

BOTH = (GROUP_ID, OTHER_GROUP_ID)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def facilitators(workbook: Workbook) -> list[str | None]:
    return [row_of(workbook, Mentees, id_)["facilitator"] for id_ in BOTH]


def test_the_preview_shows_old_and_new_of_each_row_and_writes_nothing(workbook: Workbook) -> None:
    before = workbook.store.number()
    look = bulk.looked_at(as_(MARC, workbook), Mentees, BOTH, "area", "Powys")
    assert [(each.row.id, each.old, each.new) for each in look.changes] == [
        (GROUP_ID, "Powys", "Powys"),
        (OTHER_GROUP_ID, "Gwynedd", "Powys"),
    ]
    assert workbook.store.number() == before


def test_rows_that_would_not_change_or_are_closed_are_named_with_why(workbook: Workbook) -> None:
    put(workbook, Mentees, "GRP-CKDKCK", name="Old Forge", area="Conwy", status="closed")
    look = bulk.looked_at(as_(MARC, workbook), Mentees, (*BOTH, "GRP-CKDKCK"), "area", "Powys")
    assert {each.row.id: str(each.left_out) for each in look.refused} == {
        GROUP_ID: "has it already",
        "GRP-CKDKCK": "is no longer supported",
    }
    assert [each.row.id for each in look.good] == [OTHER_GROUP_ID]


def test_one_commit_changes_the_good_rows_and_one_undo_takes_all_back(workbook: Workbook) -> None:
    """X4."""
    marc = as_(MARC, workbook)
    receipt = bulk.change(
        marc, key := op(), bulk.looked_at(marc, Mentees, BOTH, "facilitator", "Delyth Nash")
    )
    assert facilitators(workbook) == ["Delyth Nash", "Delyth Nash"]
    assert len({cells["_change"] for _, cells in receipt.saved}) == 1
    history.undo_last(marc, op(), key)
    assert facilitators(workbook) == [None, None]


def test_a_second_click_writes_nothing_more(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    look = bulk.looked_at(marc, Mentees, BOTH, "facilitator", "Delyth Nash")
    key = op()
    bulk.change(marc, key, look)
    number = workbook.store.number()
    bulk.change(marc, key, look)
    assert workbook.store.number() == number


def test_a_row_that_somebody_changed_after_the_preview_stops_all_and_is_named(workbook: Workbook) -> None:
    """X3."""
    marc = as_(MARC, workbook)
    look = bulk.looked_at(marc, Mentees, BOTH, "facilitator", "Delyth Nash")
    groups.edit(
        as_(ANGHARAD, workbook), op(), row_of(workbook, Mentees, GROUP_ID), {"facilitator": "Marc Sayce"}
    )
    with nothing_written(workbook, NotYet) as stopped:
        bulk.change(marc, op(), look)
    assert "Ynys Fawr Growers" in str(stopped.value)
    assert "Llanfach Repair" not in str(stopped.value)


def test_what_somebody_changed_in_another_field_stays(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    look = bulk.looked_at(marc, Mentees, BOTH, "facilitator", "Delyth Nash")
    groups.edit(as_(ANGHARAD, workbook), op(), row_of(workbook, Mentees, GROUP_ID), {"area": "Conwy"})
    bulk.change(marc, op(), look)
    now = row_of(workbook, Mentees, GROUP_ID)
    assert (now["facilitator"], now["area"]) == ("Delyth Nash", "Conwy")


def test_items_join_a_list_or_take_its_place(workbook: Workbook) -> None:
    marc, ids = as_(MARC, workbook), (MAIR_ID, GETHIN_ID)
    added = bulk.looked_at(marc, Mentors, ids, "skills", ("fundraising", "transport"), adds=True)
    assert [each.new for each in added.changes] == [
        ("food growing", "fundraising", "transport"),
        ("community energy", "fundraising", "transport"),
    ]
    instead = bulk.looked_at(marc, Mentors, ids, "skills", ("transport",))
    assert {each.new for each in instead.changes} == {("transport",)}


def test_a_number_and_a_yes_or_no_are_changed_too(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    bulk.change(marc, op(), bulk.looked_at(marc, Mentors, (MAIR_ID,), "days_a_month", Decimal(2)))
    bulk.change(marc, op(), bulk.looked_at(marc, Organisations, (HOST_ID,), "not_for_profit", False))
    assert row_of(workbook, Mentors, MAIR_ID)["days_a_month"] == 2
    assert row_of(workbook, Organisations, HOST_ID)["not_for_profit"] is False


@pytest.mark.parametrize("name", ["status", "recruited_on", "name", "email"])
def test_what_takes_a_verb_of_its_own_or_is_one_persons_alone_is_not_changed_in_bulk(
    workbook: Workbook, name: str
) -> None:
    with pytest.raises(NotAllowed):
        bulk.looked_at(as_(ANGHARAD, workbook), Mentors, (MAIR_ID,), name, "x")


@pytest.mark.parametrize("actor", [MAIR, FINN, EVAN, ADA], ids=lambda actor: actor.role)
def test_whoever_may_not_edit_one_row_may_not_edit_several(workbook: Workbook, actor: Actor) -> None:
    look = bulk.looked_at(as_(MARC, workbook), Mentees, BOTH, "area", "Conwy")
    assert bulk.fields(as_(actor, workbook), Mentees) == ()
    with nothing_written(workbook, NotAllowed):
        bulk.change(as_(actor, workbook), op(), look)


def test_nothing_to_change_says_so(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    look = bulk.looked_at(marc, Mentees, (GROUP_ID,), "area", "Powys")
    with nothing_written(workbook, NotYet) as stopped:
        bulk.change(marc, op(), look)
    assert "None of these rows would change." in str(stopped.value)


def test_a_row_that_is_gone_is_simply_not_there(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    look = bulk.looked_at(marc, Mentees, (GROUP_ID, "GRP-NWHERE"), "area", "Conwy")
    rows: list[Row] = [each.row for each in look.changes]
    assert [row.id for row in rows] == [GROUP_ID]
