"""The one gate: access, checks, merge, audit, repeatability (X2 to X5, design 4)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet, OperationReused, StaleRow
from schemas.mentors import Mentors
from schemas.organisations import Organisations, Payees
from schemas.people import Drafts
from services import records
from services.context import Context
from services.records import Edit, New
from services.store.interface import Needs, Operation, Update
from services.workbook import Workbook
from tests.cast import ANGHARAD, EVAN, FINN, GETHIN, MAIR, MARC, NOW, as_, new_workbook, op

MAIRS = "MEN-MAIRPR"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def add(ctx: Context, values: Mapping[str, Any], id_: str = MAIRS, op_id: str = "") -> Any:
    return records.commit(
        ctx, op_id or op(), "mentors.edit", values, Needs(), lambda fresh: [New(Mentors, values, id_)]
    )


def change(ctx: Context, values: Mapping[str, Any], shown: Row | None = None, *, signs: bool = False) -> Any:
    needs = Needs(rows=((Mentors.tab, MAIRS),))
    edit = Edit(Mentors, MAIRS, values, shown=shown, signs=signs)
    return records.commit(ctx, op(), "mentors.edit", [values], needs, lambda fresh: [edit])


MAIR_VALUES = {"name": "Mair Pritchard", "status": "applied", "email": "mair.pritchard@example.org"}


def test_a_saved_row_is_seen_at_once_without_reading_again(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    records.view(marc).all(Mentors)
    workbook.store.read = None  # type: ignore[method-assign, assignment]
    add(marc, MAIR_VALUES)
    assert records.view(marc).get(Mentors, MAIRS).name == "Mair Pritchard"


def test_the_same_form_sent_twice_makes_one_row(workbook: Workbook) -> None:
    marc, key = as_(MARC, workbook), op()
    assert not add(marc, MAIR_VALUES, op_id=key).repeated
    assert add(marc, MAIR_VALUES, op_id=key).repeated
    assert len(records.view(marc).all(Mentors)) == 1


def test_the_same_form_key_with_other_content_is_refused(workbook: Workbook) -> None:
    marc, key = as_(MARC, workbook), op()
    add(marc, MAIR_VALUES, op_id=key)
    with pytest.raises(OperationReused):
        add(marc, {**MAIR_VALUES, "name": "Somebody Else"}, op_id=key)


def test_a_role_without_the_right_writes_nothing(workbook: Workbook) -> None:
    with pytest.raises(NotAllowed):
        add(as_(FINN, workbook), MAIR_VALUES)
    assert records.view(as_(MARC, workbook)).all(Mentors) == []


def test_all_wrong_fields_are_told_at_once_and_nothing_is_written(workbook: Workbook) -> None:
    wrong = {"name": "x\u202ey", "status": "zzz", "email": "a@b"}
    with pytest.raises(InvalidEntry) as stopped:
        add(as_(MARC, workbook), wrong)
    assert {problem.field for problem in stopped.value.problems} == {"name", "status", "email"}
    assert records.view(as_(MARC, workbook)).all(Mentors) == []


def test_two_people_changing_different_fields_both_keep_theirs(workbook: Workbook) -> None:
    marc, angharad = as_(MARC, workbook), as_(ANGHARAD, workbook)
    add(marc, MAIR_VALUES)
    shown = records.view(marc).get(Mentors, MAIRS)
    change(angharad, {"area": "Swansea"}, shown)
    change(marc, {"phone": "07700 900100"}, shown)
    now = records.view(marc).get(Mentors, MAIRS)
    assert (now.area, now.phone) == ("Swansea", "07700 900100")


def test_two_people_changing_one_field_differently_stops_the_second_with_both_versions(
    workbook: Workbook,
) -> None:
    marc, angharad = as_(MARC, workbook), as_(ANGHARAD, workbook)
    add(marc, MAIR_VALUES)
    shown = records.view(marc).get(Mentors, MAIRS)
    change(angharad, {"area": "Swansea"}, shown)
    with pytest.raises(StaleRow) as stopped:
        change(marc, {"area": "Powys"}, shown)
    (clash,) = stopped.value.clashes
    assert (clash.field, clash.was, clash.now, clash.mine) == ("area", "", "Swansea", "Powys")


def test_who_signs_must_have_seen_the_whole_row(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    add(marc, MAIR_VALUES)
    shown = records.view(marc).get(Mentors, MAIRS)
    change(marc, {"area": "Swansea"}, shown)
    with pytest.raises(StaleRow):
        change(marc, {"phone": "07700 900100"}, shown, signs=True)


def test_a_status_moves_only_where_its_table_lets_it(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    add(marc, MAIR_VALUES)
    with pytest.raises(NotYet):
        change(marc, {"status": "paused"})


def test_a_link_to_nothing_is_refused_by_field(workbook: Workbook) -> None:
    marc = as_(ANGHARAD, workbook)
    values = {"kind": "training", "mentor": "MEN-NOBODY"}
    from schemas.mentors import Checks

    with pytest.raises(InvalidEntry) as stopped:
        records.commit(marc, op(), "checks.record", values, Needs(), lambda fresh: [New(Checks, values)])
    assert [problem.field for problem in stopped.value.problems] == ["mentor"]


def test_a_mentor_sees_only_their_own_entry_in_the_pool(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    add(marc, MAIR_VALUES)
    add(marc, {"name": "Gethin Llywelyn", "status": "applied"}, "MEN-GETHIN")
    assert [row.id for row in records.view(as_(MAIR, workbook)).all(Mentors)] == [MAIRS]
    with pytest.raises(NotFound):
        records.view(as_(GETHIN, workbook)).get(Mentors, MAIRS)


def test_forbidden_and_absent_are_worded_the_same(workbook: Workbook) -> None:
    add(as_(MARC, workbook), MAIR_VALUES)
    words = []
    for id_ in (MAIRS, "MEN-NOBODY"):
        with pytest.raises(NotFound) as stopped:
            records.view(as_(GETHIN, workbook)).get(Mentors, id_)
        words.append(str(stopped.value))
    assert words[0] == words[1]


def test_the_evaluator_sees_no_personal_cell(workbook: Workbook) -> None:
    add(as_(MARC, workbook), MAIR_VALUES)
    (row,) = records.view(as_(EVAN, workbook)).all(Mentors)
    assert "Mair" not in str(dict(row)) and "@" not in str(dict(row))


def test_nobody_writes_a_row_that_is_not_theirs(workbook: Workbook) -> None:
    values = {"person": MARC.id, "form": "timesheet", "content": "{}"}
    with pytest.raises(NotAllowed):
        records.commit(
            as_(MAIR, workbook), op(), "drafts.keep", values, Needs(), lambda fresh: [New(Drafts, values)]
        )


def test_bank_details_are_sealed_in_the_workbook_and_in_its_history(workbook: Workbook) -> None:
    manager = as_(ANGHARAD, workbook)
    records.commit(
        manager,
        op(),
        "organisations.edit",
        1,
        Needs(),
        lambda fresh: [
            New(Organisations, {"name": "Menter y Felin", "kind": "host", "status": "active"}, "ORG-FELIN2")
        ],
    )
    values = {
        "organisation": "ORG-FELIN2",
        "name": "Menter y Felin",
        "sort_code": "12 34 56",
        "account_number": "87654321",
        "account_name": "Menter",
        "status": "confirmed",
    }
    records.commit(
        manager, op(), "payees.confirm", 2, Needs(), lambda fresh: [New(Payees, values, "PAY-FELIN2")]
    )
    kept = str(workbook.store.read("Payees").rows) + str(workbook.store.audit(50))
    assert "87654321" not in kept and "12-34-56" not in kept
    row = records.view(manager).get(Payees, "PAY-FELIN2")
    assert "87654321" not in repr(row)
    assert records.masked(manager, row, "account_number") == "••••321"
    with pytest.raises(NotAllowed):
        records.unseal(manager, row, "account_number", "payees.open")
    assert records.unseal(as_(FINN, workbook), row, "sort_code", "payees.open") == "12-34-56"


def test_an_unchanged_sealed_cell_keeps_its_token(workbook: Workbook) -> None:
    manager = as_(ANGHARAD, workbook)
    records.commit(
        manager,
        op(),
        "organisations.edit",
        1,
        Needs(),
        lambda fresh: [
            New(Organisations, {"name": "Felin", "kind": "host", "status": "active"}, "ORG-FELIN2")
        ],
    )
    values = {
        "organisation": "ORG-FELIN2",
        "name": "Felin",
        "account_number": "87654321",
        "status": "confirmed",
    }
    records.commit(
        manager, op(), "payees.confirm", 2, Needs(), lambda fresh: [New(Payees, values, "PAY-FELIN2")]
    )
    before = workbook.store.read("Payees").rows["Payees"][0]["account_number"]
    edit = Edit(Payees, "PAY-FELIN2", {"account_number": "87654321", "name": "Y Felin"})
    needs = Needs(rows=(("Payees", "PAY-FELIN2"),))
    records.commit(manager, op(), "payees.confirm", 3, needs, lambda fresh: [edit])
    after = workbook.store.read("Payees").rows["Payees"][0]
    assert after["account_number"] == before and after["name"] == "Y Felin"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("status", "gone fishing"),
        ("recruited_on", "31/8/2026"),
        ("days_a_month", "lots"),
        ("email", "nowhere"),
        ("name", ""),
    ],
)
def test_a_wrong_cell_is_listed_and_the_good_rows_go_on_working(
    workbook: Workbook, column: str, cell: str
) -> None:
    marc = as_(MARC, workbook)
    add(marc, MAIR_VALUES)
    add(marc, {"name": "Gethin Llywelyn", "status": "applied"}, "MEN-GETHIN")
    spoilt = Update("Mentors", MAIRS, {column: cell}, {})
    workbook.store.commit(
        Operation(op(), "", "hand", "by hand", NOW, "ssw"),
        Needs(rows=(("Mentors", MAIRS),)),
        lambda fresh: [spoilt],
    )
    workbook.refresh()
    assert [row.id for row in records.view(marc).all(Mentors)] == ["MEN-GETHIN"]
    (problem,) = workbook.table("Mentors").problems
    assert (problem.register, problem.field, problem.row) == ("Mentors", column, 2)


def test_another_process_s_change_is_seen_after_a_refresh(workbook: Workbook, tmp_path: Path) -> None:
    from services.seals import Seals
    from services.store import create_store
    from services.workbook import tabs
    from tests.cast import KEY

    marc = as_(MARC, workbook)
    records.view(marc).all(Mentors)
    other = Workbook(create_store(str(tmp_path / "workbook.sqlite3"), tabs()), Seals([KEY]))
    add(as_(MARC, other), MAIR_VALUES)
    workbook.refresh()
    assert records.view(marc).get(Mentors, MAIRS).name == "Mair Pritchard"


def test_indexes_follow_a_changed_row(workbook: Workbook) -> None:
    marc = as_(MARC, workbook)
    add(marc, {**MAIR_VALUES, "area": "Swansea"})
    assert [row.id for row in records.view(marc).where(Mentors, "area", "Swansea")] == [MAIRS]
    change(marc, {"area": "Powys"})
    assert records.view(marc).where(Mentors, "area", "Swansea") == []
    assert [row.id for row in records.view(marc).where(Mentors, "area", "Powys")] == [MAIRS]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "food growing; fundraising"), ("cy", "tyfu bwyd; codi arian")]
)
def test_the_programmes_own_lists_are_said_in_the_readers_language(
    workbook: Workbook, language: str, words: str
) -> None:
    """Stored once, in the programme's English; read in either language (X7)."""
    reader = records.view(as_(MARC, workbook, language=language))
    assert reader.words(Mentors.skills, ("food growing", "fundraising")) == words
