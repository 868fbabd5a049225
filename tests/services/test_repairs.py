"""Every wrong cell is found, explained, and mended from the page (X2)."""

import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Register
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet, StaleRow
from schemas.mentors import Mentors
from schemas.people import People
from services import history, records, repairs
from services.context import Context
from services.records import New
from services.repairs import WrongRow
from services.store.interface import Needs
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC, as_, new_workbook, op

MAIRS = "MEN-MAIRPR"
MAIR_VALUES = {
    "name": "Mair Pritchard",
    "status": "approved",
    "area": "Swansea",
    "days_a_month": Decimal(2),
    "recruited_on": date(2026, 1, 31),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workbook.sqlite3"


@pytest.fixture
def workbook(path: Path) -> Workbook:
    made = new_workbook(path)
    add(as_(ANGHARAD, made), Mentors, MAIR_VALUES, MAIRS)
    gethin = {"name": "Gethin Llywelyn", "status": "applied"}
    add(as_(ANGHARAD, made), Mentors, gethin, "MEN-GETHIN")
    return made


def add(ctx: Context, register: type[Register], values: dict[str, Any], id_: str) -> None:
    records.commit(ctx, op(), "mentors.edit", values, Needs(), lambda fresh: [New(register, values, id_)])


def by_hand(path: Path, statement: str, *values: str) -> None:
    """What a colleague does in the sheet itself."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


def spoil(path: Path, column: str, cell: str, id_: str = MAIRS) -> None:
    by_hand(path, f'UPDATE "Mentors" SET "{column}" = ? WHERE "_id" = ?', cell, id_)  # noqa: S608


def the_row(ctx: Context) -> WrongRow:
    ctx.workbook.refresh()
    (row,) = repairs.report(ctx).rows
    return row


def test_a_wrong_cell_is_told_by_tab_row_column_value_and_what_is_expected(
    workbook: Workbook, path: Path
) -> None:
    spoil(path, "days_a_month", "two")
    row = the_row(as_(MARC, workbook))
    (fault,) = row.faults
    assert (row.register.tab, row.place, fault.column.title, fault.value) == (
        "Mentors",
        2,
        "Days a month",
        "two",
    )
    assert "number" in str(fault.expected)


def test_good_rows_keep_working(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    marc = as_(MARC, workbook)
    report_of = the_row(marc)
    assert report_of.id == MAIRS
    assert [row.id for row in records.view(marc).all(Mentors)] == ["MEN-GETHIN"]
    report = repairs.report(marc)
    assert (report.counts["Mentors"], report.wrong("Mentors")) == (1, 1)


def test_a_typed_value_mends_the_row_and_the_history_keeps_both(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    marc = as_(MARC, workbook)
    repairs.mend(marc, op(), the_row(marc), {"days_a_month": "3"})
    assert records.view(marc).get(Mentors, MAIRS).days_a_month == Decimal(3)
    assert repairs.report(marc).rows == ()
    newest = history.of_record(as_(ANGHARAD, workbook), Mentors, MAIRS)[0]
    assert [(field.title, field.old, field.new) for field in newest.fields] == [("Days a month", "two", "3")]


def test_a_value_that_is_still_wrong_is_refused_beside_its_field(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    marc = as_(MARC, workbook)
    with pytest.raises(InvalidEntry) as refused:
        repairs.mend(marc, op(), the_row(marc), {"days_a_month": "three"})
    assert [problem.field for problem in refused.value.problems] == ["days_a_month"]


def test_all_wrong_cells_of_a_row_are_mended_at_once(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    spoil(path, "recruited_on", "soon")
    marc = as_(MARC, workbook)
    row = the_row(marc)
    assert [column.name for column in row.typed] == ["recruited_on", "days_a_month"]
    repairs.mend(marc, op(), row, {"days_a_month": "2", "recruited_on": "31/1/2026"})
    assert records.view(marc).get(Mentors, MAIRS).recruited_on.isoformat() == "2026-01-31"


def test_a_status_comes_back_as_it_was_and_nothing_else_can_be_chosen(workbook: Workbook, path: Path) -> None:
    """A repair is no way around an approval."""
    spoil(path, "status", "aproved")
    marc = as_(MARC, workbook)
    row = the_row(marc)
    assert (row.typed, row.faults[0].back) == ((), "approved")
    repairs.mend(marc, op(), row, {"status": "left"})
    assert records.view(marc).get(Mentors, MAIRS).status == "approved"


def test_a_row_written_by_hand_begins_where_its_life_begins(workbook: Workbook, path: Path) -> None:
    statement = 'INSERT INTO "Mentors" ("_id", "programme", "name", "status") VALUES (?, ?, ?, ?)'
    by_hand(path, statement, "MEN-BYHAND", "ssw", "Nia Voyle", "aproved")
    marc = as_(MARC, workbook)
    with pytest.raises(InvalidEntry):
        repairs.mend(marc, op(), the_row(marc), {"status": "approved"})
    repairs.mend(marc, op(), the_row(marc), {"status": "applied"})
    assert records.view(marc).get(Mentors, "MEN-BYHAND").status == "applied"


def test_hours_come_back_as_they_were(workbook: Workbook, path: Path) -> None:
    """RM33: the hours on a line change by returning it, not by a repair."""
    from schemas.assignments import Assignments
    from schemas.work import Timesheets

    manager = as_(ANGHARAD, workbook)
    assignment = {"mentor": MAIRS, "starts_on": "2026-07-01", "ends_on": "2026-12-18", "days": "4"}
    texts = {**assignment, "activity": "Event", "approved_on": "2026-06-30", "status": "approved"}
    add(manager, Assignments, records.typed_values(Assignments, texts), "ASG-MAIR22")
    line = {"mentor": MAIRS, "assignment": "ASG-MAIR22", "worked_on": "2026-07-02", "hours": "3.5"}
    texts = {**line, "is_chargeable": "yes", "status": "submitted"}
    add(manager, Timesheets, records.typed_values(Timesheets, texts), "TIM-LINE22")
    by_hand(path, 'UPDATE "Timesheets" SET "hours" = ?', "35 hours")
    row = the_row(manager)
    repairs.mend(manager, op(), row, {"hours": "7"})
    assert records.view(manager).get(Timesheets, "TIM-LINE22").hours == Decimal("3.5")


def test_a_cell_changed_since_it_was_shown_is_not_overwritten(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    marc = as_(MARC, workbook)
    shown = the_row(marc)
    spoil(path, "days_a_month", "4")
    with pytest.raises(StaleRow):
        repairs.mend(marc, op(), shown, {"days_a_month": "3"})


def test_the_same_repair_sent_twice_is_one(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    marc, key = as_(MARC, workbook), op()
    row = the_row(marc)
    assert not repairs.mend(marc, key, row, {"days_a_month": "3"}).repeated
    assert repairs.mend(marc, key, row, {"days_a_month": "3"}).repeated


def test_personal_values_are_masked(workbook: Workbook, path: Path) -> None:
    spoil(path, "email", "mair at example")
    (fault,) = the_row(as_(MARC, workbook)).faults
    assert fault.value == "••••"


def test_an_administrator_sees_that_a_mentor_s_row_is_wrong_but_neither_the_value_nor_a_repair(
    workbook: Workbook, path: Path
) -> None:
    """X5: no people's records."""
    spoil(path, "days_a_month", "two")
    ada = as_(ADA, workbook)
    row = the_row(ada)
    assert (row.faults[0].value, row.may_mend) == ("••••", False)
    with pytest.raises(NotAllowed):
        repairs.mend(ada, op(), row, {"days_a_month": "3"})


@pytest.mark.parametrize("actor", [MAIR, FINN])
def test_the_check_is_closed_to_others(workbook: Workbook, actor: object) -> None:
    with pytest.raises(NotAllowed):
        repairs.report(as_(actor, workbook))  # type: ignore[arg-type]


def test_a_row_without_an_id_is_told_with_an_id_to_write(workbook: Workbook, path: Path) -> None:
    statement = 'INSERT INTO "Mentors" ("programme", "name", "status") VALUES (?, ?, ?)'
    by_hand(path, statement, "ssw", "Nia Voyle", "applied")
    row = the_row(as_(MARC, workbook))
    assert (row.place, row.may_mend) == (4, False)
    assert "MEN-" in str(row.by_hand)


def test_a_row_without_an_id_and_with_another_wrong_cell_is_not_offered_a_form_that_cannot_save(
    workbook: Workbook, path: Path
) -> None:
    statement = 'INSERT INTO "Mentors" ("programme", "name", "status", "days_a_month") VALUES (?, ?, ?, ?)'
    by_hand(path, statement, "ssw", "Nia Voyle", "applied", "two")
    row = the_row(as_(MARC, workbook))
    assert (row.may_mend, row.by_hand is None) == (False, False)


def test_a_mended_cell_is_not_made_unreadable_again_by_undo(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    marc, key = as_(MARC, workbook), op()
    repairs.mend(marc, key, the_row(marc), {"days_a_month": "3"})
    assert history.last_change(marc) is None
    with pytest.raises(NotYet):
        history.undo(marc, op(), key)


def test_a_row_of_no_programme_is_found_and_brought_home(workbook: Workbook, path: Path) -> None:
    statement = 'INSERT INTO "Mentors" ("_id", "name", "status") VALUES (?, ?, ?)'
    by_hand(path, statement, "MEN-BYHAND", "Nia Voyle", "applied")
    marc = as_(MARC, workbook)
    repairs.mend(marc, op(), the_row(marc), {})
    assert records.view(marc).get(Mentors, "MEN-BYHAND").name == "Nia Voyle"


def test_another_programme_s_rows_are_neither_shown_nor_mended(workbook: Workbook, path: Path) -> None:
    spoil(path, "days_a_month", "two")
    marc = as_(MARC, workbook)
    row = the_row(marc)
    spoil(path, "programme", "dwp")
    with pytest.raises(NotFound):
        repairs.mend(marc, op(), row, {"days_a_month": "3"})


def test_a_deleted_row_is_found_by_whoever_points_at_it(workbook: Workbook, path: Path) -> None:
    by_hand(path, 'DELETE FROM "Mentors" WHERE "_id" = ?', MAIRS)
    row = the_row(as_(ANGHARAD, workbook))
    assert (row.register, row.id, row.faults[0].column.name) == (People, MAIR.id, "mentor")


def test_nobody_gives_themselves_a_role_by_a_row_written_by_hand(workbook: Workbook, path: Path) -> None:
    """RM07."""
    statement = 'INSERT INTO "People" ("_id", "programme", "name", "email", "role", "status") VALUES (?, ?, ?, ?, ?, ?)'
    by_hand(path, statement, "PER-BYHAND", "ssw", "Me", ANGHARAD.email, "boss", "active")
    manager = as_(ANGHARAD, workbook)
    with pytest.raises(NotYet):
        repairs.mend(manager, op(), the_row(manager), {"role": "Finance"})
