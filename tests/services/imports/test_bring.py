"""The good rows as one commit, the rejected as a file, and the way back (X9, X3, X4)."""

import csv
import io
from pathlib import Path

import pytest

from schemas.assignments import Assignments
from schemas.column import Row
from schemas.errors import NotYet, OperationReused, StaleRow
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.people import Imports, ImportStatus
from schemas.registers import REGISTERS
from schemas.work import Sessions, Timesheets
from services import approvals, records
from services.context import Actor, Context
from services.imports.bring import bring, rejected_file, undo
from services.imports.preview import came_before
from services.records import Edit
from services.store.interface import Needs
from tests.cast import ANGHARAD, MARC, as_, new_workbook, op
from tests.services.imports.desk import GROUPS, POOL, TIME, look, pool_and_groups, take


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return as_(ANGHARAD, new_workbook(tmp_path / "w.sqlite3"))


@pytest.fixture
def full(tmp_path: Path) -> Context:
    return as_(ANGHARAD, new_workbook(tmp_path / "w.sqlite3", pool_and_groups))


def counts(ctx: Context) -> dict[str, int]:
    return {register.tab: len(records.ground(ctx).all(register)) for register in REGISTERS}


def test_an_import_is_one_change_with_its_own_row(ctx: Context) -> None:
    before = ctx.workbook.store.number()
    done = take(ctx, POOL)
    assert ctx.workbook.store.number() == before + 1
    entry = records.view(ctx).get(Imports, done.id)
    assert (entry["rows_in"], entry["rows_wrong"], entry["status"]) == ("24", "1", ImportStatus.IN)
    assert {row["action"] for row in ctx.workbook.store.audit(1)} == {"imports.bring"}
    assert [row.id for row in came_before(ctx, look(ctx, POOL).upload)] == [done.id]


@pytest.mark.parametrize("existing", ["add", "update", "skip"])
def test_a_second_run_of_the_same_files_changes_nothing(full: Context, existing: str) -> None:
    take(full, TIME)
    before, number = counts(full), full.workbook.store.number()
    for name, same in ((POOL, 24), (GROUPS, 22), (TIME, 162)):
        done = take(full, name, existing)
        assert (done.rows_in, done.rows_same, done.id) == (0, same, "")
    assert counts(full) == before and full.workbook.store.number() == number


def test_nothing_comes_in_unless_all_rows_are_right_where_that_is_asked(full: Context) -> None:
    before = counts(full)
    with pytest.raises(NotYet, match="7 rows are wrong"):
        take(full, TIME, only="all or nothing")
    assert counts(full) == before
    assert take(full, b"Group,Area\nNew group,Powys\n", only="all or nothing").rows_in == 1


def test_the_same_click_twice_is_one_import(full: Context) -> None:
    seen, key = look(full, TIME), op()
    first = bring(full, key, seen)
    assert bring(full, key, seen) == first
    assert len(records.ground(full).all(Timesheets)) == 162
    with pytest.raises(OperationReused):
        bring(full, key, look(full, POOL))


def test_two_people_with_the_same_file_open_bring_it_in_once(full: Context) -> None:
    """Decided on fresh rows: the second preview no longer says what is so (X3)."""
    mine, theirs = look(full, TIME), look(full, TIME)
    bring(full, op(), mine)
    with pytest.raises(NotYet, match="changed since this preview"):
        bring(full, op(), theirs)
    assert len(records.ground(full).all(Timesheets)) == 162


def test_rejected_rows_come_back_as_they_stood_with_what_is_wrong(full: Context) -> None:
    raw = rejected_file(look(full, TIME))
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert raw.startswith(b"\xef\xbb\xbf") and len(rows) == 7
    assert list(rows[0]) == [
        "Date", "Mentor", "Group", "Hours", "What for", "Chargeable?", "Activity Record in?", "Notes", "What is wrong",
    ]  # fmt: skip
    assert rows[0]["Date"] == "31/9/2026" and "not a day" in rows[0]["What is wrong"]
    assert rows[4]["Hours"] == "'-1"


def test_the_mended_file_of_rejected_rows_comes_in(full: Context) -> None:
    take(full, TIME)
    mended = rejected_file(look(full, TIME)).decode("utf-8-sig")
    for wrong, right in (
        ("31/9", "30/9"),
        ("Nobody Known", "Ifan Rees"),
        ('"3,5"', "3.5"),
        ("7h", "7"),
        ("'-1", "1"),
        ("26,W", "2.5,W"),
        ("maybe", "yes"),
    ):
        mended = mended.replace(wrong, right)
    assert take(full, mended.encode()).rows_in == 7
    assert len(records.ground(full).all(Timesheets)) == 169


def test_a_guarded_formula_is_itself_again_when_it_comes_back(full: Context) -> None:
    content = (
        b"Date,Mentor,Group,Hours,Chargeable?,Notes\n1/7/2026,Nia Bowen,Barmouth Beach Cleaners,x,y,=2+2\n"
    )
    back = rejected_file(look(full, content)).decode("utf-8-sig").replace(",x,", ",1,")
    assert "'=2+2" in back
    take(full, back.encode())
    assert records.ground(full).all(Timesheets)[0]["note"] == "=2+2"


def test_undo_takes_the_whole_import_back_and_a_later_one_brings_it_in_again(full: Context) -> None:
    before = counts(full)
    done = take(full, TIME)
    undo(full, op(), done.id)
    after = counts(full)
    assert after["Timesheets"] == after["Sessions"] == 0
    assert {tab: n for tab, n in after.items() if tab != "Imports"} == {
        tab: n for tab, n in before.items() if tab != "Imports"
    }
    assert records.view(full).get(Imports, done.id)["status"] == ImportStatus.UNDONE
    assert take(full, TIME).rows_in == 162
    assert (len(records.ground(full).all(Timesheets)), len(records.ground(full).all(Sessions))) == (162, 153)


def test_undo_puts_changed_cells_back(ctx: Context) -> None:
    take(ctx, POOL)
    done = take(ctx, b"Name,Phone,Hosted or direct\nNon Morris,07700 900555,direct\n", "update")
    undo(ctx, op(), done.id)
    non = next(row for row in records.ground(ctx).all(Mentors) if row["name"] == "Non Morris")
    assert non["phone"] == "07700 900106"


def test_undo_is_refused_where_somebody_touched_a_row_since(full: Context) -> None:
    done = take(full, TIME)
    line = records.ground(full).all(Timesheets)[0]
    needs, edit = Needs(rows=((Timesheets.tab, line.id),)), Edit(Timesheets, line.id, {"status": "approved"})
    records.commit(full, op(), "timesheets.approve", "x", needs, lambda fresh: [edit])
    with pytest.raises(StaleRow):
        undo(full, op(), done.id)
    assert len(records.ground(full).all(Timesheets)) == 162


def test_undo_is_refused_where_a_later_import_builds_upon_it(ctx: Context) -> None:
    first = take(ctx, POOL)
    take(ctx, GROUPS)
    with pytest.raises(NotYet, match="build upon"):
        undo(ctx, op(), first.id)
    assert len(records.ground(ctx).all(Mentors)) == 24


def test_a_strange_file_name_does_no_harm(full: Context) -> None:
    from dataclasses import replace

    seen = look(full, TIME)
    odd = replace(seen, upload=replace(seen.upload, name="../\u202e\x00" + "x" * 500))
    assert bring(full, op(), odd).rows_in == 162


def test_no_file_changes_an_hour_that_somebody_approved(full: Context) -> None:
    """Approved as shown, it stays as approved: a later "not chargeable" comes back as a wrong row (S10, S12)."""
    take(full, TIME)
    line = next(claim.line for claim in approvals.waiting(full) if claim.is_ready)
    approvals.approve(full, op(), [line])
    rows = records.ground(full)
    group = rows.name(Mentees, rows.get(Assignments, line["assignment"])["mentee"])
    cells = {
        "Date": f"{line['worked_on']:%d/%m/%Y}",
        "Mentor": rows.name(Mentors, line["mentor"]),
        "Group": group,
        "Hours": str(line["hours"]),
        "What for": line["kind"] or "",
        "Chargeable?": "no",
    }
    file = ",".join(cells) + "\n" + ",".join(f'"{cell}"' for cell in cells.values()) + "\n"
    done = take(full, file.encode(), "update")
    assert (done.rows_in, done.rows_wrong) == (0, 1)
    assert records.ground(full).get(Timesheets, line.id)["is_chargeable"] is True


@pytest.mark.parametrize("status", ["approved", "ended"])
def test_no_file_changes_the_days_that_were_approved(full: Context, status: str) -> None:
    """S6: more days are a variation, decided by the Programme Manager; a Facilitator's file is not."""
    marc = as_(MARC, full.workbook)
    row = next(each for each in records.ground(full).all(Assignments) if each["status"] == "approved")
    put_status(full, row.id, status)
    before, number = row["days"], full.workbook.store.number()
    for heading, was, text in (("Days agreed", "days", "50"), ("End", "ends_on", "31/12/2028")):
        seen = look(marc, agreed_file(full, row, {heading: text}), "update")
        (problem,) = seen.wrong[0].problems
        assert problem.field == heading
        assert "was agreed with the mentor. It changes by more days" in str(problem.words)
        assert take(marc, agreed_file(full, row, {heading: text}), "update").rows_in == 0
        assert records.ground(full).get(Assignments, row.id)[was] == row[was]
    assert full.workbook.store.number() == number
    assert records.ground(full).get(Assignments, row.id)["days"] == before


def test_a_file_still_mends_what_an_approved_assignment_is_for(full: Context) -> None:
    row = next(each for each in records.ground(full).all(Assignments) if each["status"] == "approved")
    assert take(full, agreed_file(full, row, {"Support wanted": "transport"}), "update").rows_in == 1
    assert records.ground(full).get(Assignments, row.id)["purpose"] == "transport"


def test_a_file_changes_the_days_while_they_are_only_proposed(full: Context) -> None:
    row = next(each for each in records.ground(full).all(Assignments) if each["status"] == "approved")
    put_status(full, row.id, "proposed")
    assert take(full, agreed_file(full, row, {"Days agreed": "50"}), "update").rows_in == 1
    assert records.ground(full).get(Assignments, row.id)["days"] == 50


@pytest.mark.parametrize("who", [MARC, ANGHARAD], ids=["Facilitator", "Programme Manager"])
def test_no_file_approves_a_proposal_that_is_here(full: Context, who: Actor) -> None:
    """S6: an approval is a verb of the Programme Manager's, not a date in a column."""
    row = next(each for each in records.ground(full).all(Assignments) if each["status"] == "approved")
    put_status(full, row.id, "proposed", approved_on=None)
    ctx = as_(who, full.workbook)
    seen = look(ctx, agreed_file(full, row, {"Approved on": "1/7/2026"}), "update")
    (problem,) = seen.wrong[0].problems
    assert problem.field == "Approved on" and "Whoever may decide it" in str(problem.words)
    assert take(ctx, agreed_file(full, row, {"Approved on": "1/7/2026"}), "update").rows_in == 0
    assert records.ground(full).get(Assignments, row.id)["status"] == "proposed"


def put_status(full: Context, id_: str, status: str, **more: None) -> None:
    """Let an assignment stand where the test needs it."""
    change = Edit(Assignments, id_, {"status": status, **more}, back=True)
    records.commit(
        full,
        op(),
        "assignments.propose",
        status,
        Needs(rows=((Assignments.tab, id_),)),
        lambda fresh: [change],
    )


def agreed_file(full: Context, row: Row, cells: dict[str, str]) -> bytes:
    """The one row of the groups' file that this assignment came from, with other cells."""
    rows = records.ground(full)
    given = {
        "Group": rows.name(Mentees, row["mentee"]),
        "Mentor": rows.name(Mentors, row["mentor"]),
        "Days agreed": str(row["days"]),
        "Start": f"{row['starts_on']:%d/%m/%Y}",
        "End": f"{row['ends_on']:%d/%m/%Y}",
    } | cells
    out = io.StringIO()
    writer = csv.DictWriter(out, list(given))
    writer.writeheader()
    writer.writerow(given)
    return out.getvalue().encode()
