"""Taking up, approving, pausing and letting go of mentors (S1)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.mentors import Engagements, Mentors
from services import mentors
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, MAIR, MARC, as_, op
from tests.services.staff import (
    GETHIN_ID,
    HOST_ID,
    both_roles,
    made,
    nothing_written,
    put,
    row_of,
    rows_of,
    staffed,
)

ELERI = {"name": "Eleri Vaughan", "email": "eleri.vaughan@example.org", "area": "Powys"}
PANEL_ON = date(2026, 9, 30)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def _applied(workbook: Workbook) -> None:
    put(workbook, Mentors, "MEN-APPLED", name="Eleri Vaughan", status="applied")


def test_somebody_who_applied_comes_in_with_their_terms_in_one_commit(workbook: Workbook) -> None:
    key, ctx, hosted = op(), as_(MARC, workbook), {"terms": "hosted", "host": HOST_ID}
    receipt = mentors.add(ctx, key, ELERI, hosted)
    mentors.add(ctx, key, ELERI, hosted)
    row = made(workbook, receipt, Mentors)
    assert row["status"] == "applied"
    assert made(workbook, receipt, Engagements)["mentor"] == row.id
    assert len(rows_of(workbook, Mentors)) == 3


def test_a_wrong_host_keeps_the_mentor_out_too(workbook: Workbook) -> None:
    with nothing_written(workbook, InvalidEntry):
        mentors.add(as_(MARC, workbook), op(), ELERI, {"terms": "hosted"})


@pytest.mark.parametrize("actor", [MAIR, FINN, EVAN, ADA])
def test_only_staff_take_up_and_change_mentors(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        mentors.add(ctx, op(), ELERI)
    with nothing_written(workbook, NotAllowed):
        mentors.edit(ctx, op(), row_of(workbook, Mentors, GETHIN_ID), {"phone": "07700 900111"})


def test_edits_of_different_fields_merge_and_the_same_field_clashes(workbook: Workbook) -> None:
    shown = row_of(workbook, Mentors, GETHIN_ID)
    mentors.edit(as_(MARC, workbook), op(), shown, {"phone": "07700 900111"})
    mentors.edit(as_(ANGHARAD, workbook), op(), shown, {"notes": "Prefers evenings"})
    row = row_of(workbook, Mentors, GETHIN_ID)
    assert (row["phone"], row["notes"]) == ("07700 900111", "Prefers evenings")
    with nothing_written(workbook, StaleRow):
        mentors.edit(as_(ANGHARAD, workbook), op(), shown, {"phone": "07700 900222"})


def test_a_form_can_not_move_the_status_nor_a_facilitator_the_recruitment(workbook: Workbook) -> None:
    shown = row_of(workbook, Mentors, GETHIN_ID)
    with nothing_written(workbook, NotAllowed):
        mentors.edit(as_(ANGHARAD, workbook), op(), shown, {"status": "left"})
    with nothing_written(workbook, NotAllowed):
        mentors.edit(as_(MARC, workbook), op(), shown, {"recruited_on": PANEL_ON})
    mentors.edit(as_(ANGHARAD, workbook), op(), shown, {"recruited_on": PANEL_ON})
    assert row_of(workbook, Mentors, GETHIN_ID)["recruited_on"] == PANEL_ON


def test_only_a_recruited_mentor_is_approved(workbook: Workbook) -> None:
    """S1: the day of the panel and the panel are both needed, and the day has come."""
    _applied(workbook)
    ctx, shown = as_(ANGHARAD, workbook), row_of(workbook, Mentors, "MEN-APPLED")
    with nothing_written(workbook, InvalidEntry) as caught:
        mentors.approve(ctx, op(), shown)
    assert {p.field for p in caught.value.problems} == {"recruited_on", "panel"}  # type: ignore[attr-defined]
    with nothing_written(workbook, InvalidEntry):
        mentors.approve(ctx, op(), shown, date(2026, 10, 6), "A. Puw")
    key = op()
    mentors.approve(ctx, key, shown, PANEL_ON, "A. Puw")
    assert mentors.approve(ctx, key, shown, PANEL_ON, "A. Puw").repeated
    assert row_of(workbook, Mentors, "MEN-APPLED")["status"] == "approved"


def test_a_mentor_approved_meanwhile_or_changed_meanwhile_is_not_approved_blind(workbook: Workbook) -> None:
    _applied(workbook)
    ctx, shown = as_(ANGHARAD, workbook), row_of(workbook, Mentors, "MEN-APPLED")
    mentors.edit(as_(MARC, workbook), op(), shown, {"notes": "References outstanding"})
    with nothing_written(workbook, StaleRow):
        mentors.approve(ctx, op(), shown, PANEL_ON, "A. Puw")
    mentors.approve(ctx, op(), row_of(workbook, Mentors, "MEN-APPLED"), PANEL_ON, "A. Puw")
    with nothing_written(workbook, NotYet) as caught:
        mentors.approve(ctx, op(), shown, PANEL_ON, "A. Puw")
    assert "Angharad Puw" in str(caught.value)


def test_a_facilitator_approves_nobody_and_a_manager_not_themselves(workbook: Workbook) -> None:
    _applied(workbook)
    shown = row_of(workbook, Mentors, "MEN-APPLED")
    with nothing_written(workbook, NotAllowed):
        mentors.approve(as_(MARC, workbook), op(), shown, PANEL_ON, "A. Puw")
    both_roles(workbook, ANGHARAD, "MEN-APPLED")
    with nothing_written(workbook, NotYet):
        mentors.approve(as_(ANGHARAD, workbook), op(), shown, PANEL_ON, "A. Puw")


def test_a_pause_and_its_end(workbook: Workbook) -> None:
    shown = row_of(workbook, Mentors, GETHIN_ID)
    mentors.pause(as_(MARC, workbook), op(), shown)
    with nothing_written(workbook, NotYet):
        mentors.pause(as_(MARC, workbook), op(), shown)
    with nothing_written(workbook, NotAllowed):
        mentors.resume(as_(MARC, workbook), op(), row_of(workbook, Mentors, GETHIN_ID))
    mentors.resume(as_(ANGHARAD, workbook), op(), row_of(workbook, Mentors, GETHIN_ID))
    assert row_of(workbook, Mentors, GETHIN_ID)["status"] == "approved"


def test_leaving_has_its_day_which_is_not_ahead(workbook: Workbook) -> None:
    ctx, shown = as_(MARC, workbook), row_of(workbook, Mentors, GETHIN_ID)
    with nothing_written(workbook, InvalidEntry):
        mentors.leave(ctx, op(), shown, date(2026, 10, 6))
    with nothing_written(workbook, NotAllowed):
        mentors.leave(as_(MAIR, workbook), op(), shown, date(2026, 10, 2))
    mentors.leave(ctx, op(), shown, date(2026, 10, 2))
    row = row_of(workbook, Mentors, GETHIN_ID)
    assert (row["status"], row["left_on"]) == ("left", date(2026, 10, 2))
    with nothing_written(workbook, NotYet):
        mentors.leave(ctx, op(), shown, date(2026, 10, 3))
