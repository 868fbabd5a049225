"""What a file would do, checked against what was found in the charity's files by hand (X9, X14)."""

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.assignments import Assignments, AssignmentStatus, Interests, InterestStatus
from schemas.errors import InvalidEntry, NotAllowed
from schemas.mentors import Checks, Engagements, Mentors, MentorStatus
from schemas.organisations import Organisations
from schemas.work import Sessions, Timesheets
from services import records
from services.context import Context
from services.imports import mapping
from services.imports.files import read
from services.imports.plan import RowStatus
from services.imports.preview import preview
from tests.cast import ANGHARAD, FINN, MAIR, MARC, as_, new_workbook
from tests.services.imports.desk import GROUPS, POOL, REAL, TIME, look, pool_and_groups, take, wrong_columns

HEAD = "Date,Mentor,Group,Hours,What for,Chargeable?,Activity Record in?,Notes\n"


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return as_(ANGHARAD, new_workbook(tmp_path / "w.sqlite3"))


@pytest.fixture
def full(tmp_path: Path) -> Context:
    return as_(ANGHARAD, new_workbook(tmp_path / "w.sqlite3", pool_and_groups))


def test_the_pool_has_24_good_rows_and_one_wrong_in_six_columns(ctx: Context) -> None:
    seen = look(ctx, POOL)
    assert len(seen.good) == 24
    assert wrong_columns(seen) == {
        26: ["Email", "Area", "Host organisation", "Panel date", "PL cover ends", "Days a month"]
    }
    said = {problem.field: str(problem.words) for problem in seen.wrong[0].problems}
    assert said["Panel date"] == "Panel date is not a day in the calendar. Write it like 31/8/2026."
    assert said["Host organisation"] == "Host organisation is needed for a hosted mentor."


def test_a_wrong_row_is_told_in_the_columns_a_cell_came_from_and_repeats_no_address(ctx: Context) -> None:
    """X14: no identifier is repeated."""
    assert "wil@example" not in str([(p.words, p.value) for p in look(ctx, POOL).wrong[0].problems])


def test_the_groups_file_is_good_whole_once_the_pool_is_in(ctx: Context) -> None:
    assert len(look(ctx, GROUPS).wrong) == 22
    take(ctx, POOL)
    seen = look(ctx, GROUPS)
    assert seen.counts[RowStatus.NEW] == 22 and not seen.wrong


def test_the_timesheets_have_seven_wrong_rows_each_in_its_one_column(full: Context) -> None:
    seen = look(full, TIME)
    assert len(seen.good) == 162
    assert wrong_columns(seen) == {
        11: ["Date"], 20: ["Mentor"], 29: ["Hours"], 38: ["Hours"], 47: ["Hours"], 56: ["Hours"], 65: ["Chargeable?"],
    }  # fmt: skip


def test_the_pool_comes_in_as_it_stands(full: Context) -> None:
    rows = records.ground(full)
    people = {row["name"]: row for row in rows.all(Mentors)}
    assert people["Siân O'Brien"]["recruited_on"] == date(2026, 5, 9)
    assert people["Mair Pritchard"]["languages"] == ("Welsh", "English")
    assert people["Rhodri Bevan"]["notes"] == "=2 groups last year"
    assert people["Dewi Parry"]["status"] == MentorStatus.APPLIED
    assert len([1 for row in people.values() if row["status"] == MentorStatus.APPROVED]) == 23
    assert len(rows.all(Organisations)) == len({row["name"] for row in rows.all(Organisations)}) == 9
    assert {row["terms"] for row in rows.all(Engagements)} == {"hosted", "direct"}
    policies = {row["mentor"]: row for row in rows.all(Checks)}
    assert policies[people["Mair Pritchard"].id]["reference"] == "0040000"


def test_imports_check_data_not_process(full: Context) -> None:
    """X9: an approved assignment of an unapproved mentor comes in; blank assessment is declared still."""
    rows = records.ground(full)
    dewi = next(row for row in rows.all(Mentors) if row["name"] == "Dewi Parry")
    own = rows.where(Assignments, "mentor", dewi.id)
    assert [row["status"] for row in own] == [AssignmentStatus.APPROVED]
    proposed = [row for row in rows.all(Assignments) if row["status"] == AssignmentStatus.PROPOSED]
    assert len(proposed) == 2
    stands = [row["status"] for row in rows.all(Interests)]
    assert (stands.count(InterestStatus.DECLARED), stands.count(InterestStatus.MAY_PROCEED)) == (1, 1)
    assert stands.count(InterestStatus.NONE) == 20


def test_a_record_comes_with_its_line_and_none_where_it_is_not_in(full: Context) -> None:
    take(full, TIME)
    rows = records.ground(full)
    lines, sessions = rows.all(Timesheets), rows.all(Sessions)
    assert (len(lines), len(sessions)) == (162, 153)
    assert len([line for line in lines if line["session"] is None]) == 9
    by_id = {session.id: session for session in sessions}
    linked = [(line, by_id[line["session"]]) for line in lines if line["session"]]
    assert len({session.id for _, session in linked}) == 153
    assert all(
        (line["worked_on"], line["assignment"], line["mentor"])
        == (session["held_on"], session["assignment"], session["mentor"])
        for line, session in linked
    )
    assert len([line for line in lines if not line["is_chargeable"]]) == 6


def test_a_covered_meeting_goes_to_the_group_s_assignment_of_another_mentor(full: Context) -> None:
    """The conditions of payment will hold it: the named mentor did not do it (S11)."""
    take(full, TIME)
    rows = records.ground(full)
    line = next(row for row in rows.all(Timesheets) if row["kind"] == "Covered a meeting")
    assert rows.name(Mentors, line["mentor"]) == "Gethin Llywelyn"
    assert rows.name(Mentors, rows.get(Assignments, line["assignment"])["mentor"]) == "Mair Pritchard"


def test_names_match_whatever_their_case_spaces_and_apostrophes(full: Context) -> None:
    row = "1/10/2026,  SIÂN  o\u2019brien ,fferm gymunedol  nant,2,workshop,ie,na,\n"
    seen = look(full, (HEAD + row).encode())
    assert not seen.wrong
    take(full, (HEAD + row).encode())
    line = next(row for row in records.ground(full).all(Timesheets) if row["worked_on"] == date(2026, 10, 1))
    assert (line["kind"], line["hours"], line["is_chargeable"]) == ("Workshop", Decimal(2), True)


def test_of_two_assignments_with_one_group_the_named_mentor_s_and_then_the_day_decide(full: Context) -> None:
    again = b"Group,Mentor,Days agreed,Approved on,Start,End\nPobl y Bryn,Heledd Okafor,2,1/12/2026,1/1/2027,1/6/2027\n"
    take(full, again)
    lines = "9/7/2026,Heledd Okafor,Pobl y Bryn,1,X,y,n,\n9/2/2027,Heledd Okafor,Pobl y Bryn,1,X,y,n,\n"
    take(full, (HEAD + lines).encode())
    rows = records.ground(full)
    starts = {
        row["worked_on"]: rows.get(Assignments, row["assignment"])["starts_on"]
        for row in rows.all(Timesheets)
    }
    assert starts == {date(2026, 7, 9): date(2026, 7, 8), date(2027, 2, 9): date(2027, 1, 1)}


def test_a_name_that_two_mentors_share_is_not_guessed(full: Context) -> None:
    from services.records import New
    from services.store.interface import Needs
    from tests.services.imports.desk import op

    twin = New(Mentors, {"name": "nia bowen", "status": "applied"})
    records.commit(full, op(), "mentors.edit", "twin", Needs(), lambda fresh: [twin])
    seen = look(full, (HEAD + "9/7/2026,Nia Bowen,Barmouth Beach Cleaners,1,X,y,n,\n").encode())
    assert wrong_columns(seen) == {2: ["Mentor"]}
    assert "more than one" in str(seen.wrong[0].problems[0].words)


def test_a_row_finds_what_an_earlier_row_of_the_same_file_made(ctx: Context) -> None:
    take(ctx, POOL)
    content = b"Group,Priority action,Mentor,Days agreed,Start\nA,Hedge,Mair Pritchard,2,1/6/2026\n a ,Shed,Ifan Rees,1,1/6/2026\n"
    assert look(ctx, content).counts[RowStatus.NEW] == 2
    take(ctx, content)
    rows = records.ground(ctx)
    assert len({row["mentee"] for row in rows.all(Assignments)}) == 1


def test_what_a_wrong_row_would_have_made_is_there_for_nobody(ctx: Context) -> None:
    pool = b"Name,Hosted or direct,Host organisation,Panel date\nA,hosted,New Host,31/2/2026\nB,hosted,New Host,1/2/2026\n"
    seen = look(ctx, pool)
    assert wrong_columns(seen) == {2: ["Panel date"]}
    take(ctx, pool)
    assert [row["name"] for row in records.ground(ctx).all(Organisations)] == ["New Host"]


def test_the_same_mentor_twice_in_a_file_with_other_details_is_told(ctx: Context) -> None:
    pool = b"Name,Phone,Hosted or direct\nA,07700 900100,direct\nA,07700 900101,direct\n"
    assert wrong_columns(look(ctx, pool)) == {3: ["Phone"]}


def test_two_equal_lines_in_one_file_are_two_lines(full: Context) -> None:
    line = "1/10/2026,Nia Bowen,Barmouth Beach Cleaners,1,Planning call,y,y,\n"
    take(full, (HEAD + line * 2).encode())
    assert len(records.ground(full).all(Timesheets)) == 2
    assert look(full, (HEAD + line * 3).encode()).counts[RowStatus.NEW] == 1


def test_add_update_and_skip_differ_where_a_record_has_other_content(ctx: Context) -> None:
    take(ctx, POOL)
    changed = b"Name,Phone,Hosted or direct,Days a month\nMair Pritchard,07700 900555,Hosted,\n"
    assert wrong_columns(look(ctx, changed, "add")) == {2: ["Phone"]}
    assert look(ctx, changed, "skip").counts[RowStatus.SKIPPED] == 1
    assert look(ctx, changed, "update").counts[RowStatus.CHANGED] == 1
    take(ctx, changed, "update")
    mair = next(row for row in records.ground(ctx).all(Mentors) if row["name"] == "Mair Pritchard")
    assert (mair["phone"], mair["days_a_month"]) == ("07700 900555", Decimal(1))


def test_an_update_never_takes_a_status_back(full: Context) -> None:
    """A line approved since stays approved, whatever the old file says."""
    from services.records import Edit
    from services.store.interface import Needs
    from tests.cast import op

    take(full, TIME)
    line = records.ground(full).all(Timesheets)[0]
    needs = Needs(rows=((Timesheets.tab, line.id),))
    change = Edit(Timesheets, line.id, {"status": "approved"})
    records.commit(full, op(), "timesheets.approve", "x", needs, lambda fresh: [change])
    seen = look(full, TIME, "update")
    assert seen.counts[RowStatus.SAME] == 162


def test_a_further_column_goes_where_the_person_sends_it(ctx: Context) -> None:
    upload = read("x.csv", b"Name,Hosted or direct,When free\nA,direct,Tuesdays\n")
    recipe = ctx.programme.imports[0]
    chosen = mapping.default(recipe, upload.columns) | {"When free": "mentor.availability"}
    from services.imports.bring import bring
    from tests.cast import op

    bring(ctx, op(), preview(ctx, recipe, upload, chosen))
    assert records.ground(ctx).all(Mentors)[0]["availability"] == "Tuesdays"
    with pytest.raises(InvalidEntry):
        preview(ctx, recipe, upload, {"Name": "Name"})


def test_a_cell_too_many_makes_its_row_wrong(full: Context) -> None:
    seen = look(full, (HEAD + "1/10/2026,Nia Bowen,Barmouth Beach Cleaners,1,X,y,n,note,more\n").encode())
    assert wrong_columns(seen) == {2: ["Notes"]}


def test_only_staff_may_look_at_an_import(tmp_path: Path) -> None:
    workbook = new_workbook(tmp_path / "w.sqlite3")
    assert look(as_(MARC, workbook), POOL).good
    for actor in (MAIR, FINN):
        with pytest.raises(NotAllowed):
            look(as_(actor, workbook), POOL)


@pytest.mark.slow
def test_fifty_thousand_rows_are_looked_at_in_seconds(full: Context) -> None:
    """Seconds of the processor, so that a busy machine does not fail it."""
    text = (REAL / TIME).read_text(encoding="utf-8-sig").splitlines()
    good = [line for number, line in enumerate(text[1:], 2) if number not in {11, 20, 29, 38, 47, 56, 65}]
    content = "\n".join([text[0], *(good[place % len(good)] for place in range(50_000))]).encode()
    start = time.process_time()
    assert look(full, content).counts[RowStatus.NEW] == 50_000
    assert time.process_time() - start < 15
