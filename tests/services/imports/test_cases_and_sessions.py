"""The areas' own files of cases and sessions, brought in as they are (X9, D2, D3, D14)."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from schemas.cases import Cases
from schemas.column import Register
from schemas.errors import NotYet
from schemas.mentees import Mentees, Plans
from schemas.mentors import Mentors
from schemas.work import Sessions
from services import records
from services.context import Context
from services.imports.bring import undo
from services.imports.plan import RowStatus
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.services.imports.desk import REAL, look, take

CASES, SESSIONS = "dwp-cases.csv", "dwp-sessions.csv"
NOW = dwp.NOW.replace(year=2025)
HEAD = (
    "Case,Route,Area,Office,Referred,Name,Date of birth,DWP customer,NINO,Consent given,Consent withdrawn,"
    "Dependency is a barrier,Lives in the area,Unemployed,Benefit,Mentor,Initial meeting,Eligible,Referrer told,"
    "Diagnostic interview (start),Baseline survey,Plan agreed,Completed,Left early,Reason\n"
)


def empty(workbook: Workbook) -> None:
    """Nothing but what the two files bring."""


def brought(workbook: Workbook) -> None:
    """Both files brought in, as a scene."""
    for name in (CASES, SESSIONS):
        take(dwp.as_(dwp.NORA, workbook, NOW), name)


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", empty), NOW)


@pytest.fixture
def full(tmp_path: Path) -> Context:
    return dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", brought), NOW)


@cache
def raw(name: str) -> list[dict[str, str]]:
    with (REAL / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counts(ctx: Context, *registers: type[Register]) -> list[int]:
    return [len(records.kept(ctx).all(register)) for register in registers]


def test_every_row_of_both_files_comes_in_and_a_second_run_changes_nothing(full: Context) -> None:
    agreed = sum(bool(row["Plan agreed"]) for row in raw(CASES))
    mentors = len({row["Mentor"] for row in raw(CASES)})
    assert len(raw(CASES)) == 180 and len(raw(SESSIONS)) == 821
    assert counts(full, Cases, Mentees, Mentors, Plans, Sessions) == [180, 180, mentors, agreed, 821]
    number = full.workbook.store.number()
    for name in (CASES, SESSIONS):
        for existing in ("add", "update"):
            assert set(line.status for line in look(full, name, existing).lines) == {RowStatus.SAME}
            take(full, name, existing)
    assert full.workbook.store.number() == number


def test_what_the_file_says_of_a_case_stands_in_its_records(full: Context) -> None:
    rows = records.kept(full)
    (case,) = rows.where(Cases, "number", "C081")
    mentee, (plan,) = rows.get(Mentees, case["mentee"]), rows.where(Plans, "case", case.id)
    assert (mentee["name"], mentee["date_of_birth"], mentee["is_customer"]) == (
        "Lee Shaw",
        date(1994, 8, 8),
        False,
    )
    assert mentee["consent_withdrawn_on"] == date(2024, 6, 13)
    assert (case["outcome"], case["is_dropout"], case["left_on"]) == ("started", True, date(2024, 9, 5))
    assert (plan["agreed_on"], plan["version"], plan["status"]) == (date(2024, 6, 3), Decimal(1), "agreed")
    assert rows.get(Mentors, case["mentor"])["name"] == "Mentor 6A"
    sessions = rows.where(Sessions, "case", case.id)
    assert {row["mentor"] for row in sessions} == {case["mentor"]}
    assert {row["mentee"] for row in sessions} == {mentee.id}


def test_outcome_and_dropout_follow_from_what_the_file_says(full: Context) -> None:
    starts = sum(bool(row["Diagnostic interview (start)"]) for row in raw(CASES))
    refused = sum(row["Eligible"] == "No" for row in raw(CASES))
    outcomes = [case["outcome"] for case in records.kept(full).all(Cases)]
    assert (outcomes.count("started"), outcomes.count("not eligible")) == (starts, refused)
    assert sum(case["is_dropout"] is True for case in records.kept(full).all(Cases)) == 21


def test_the_rows_of_people_who_withdrew_come_in_and_are_used_nowhere(full: Context) -> None:
    """D3: four people withdrew; their rows are kept, and in no reading."""
    gone = sum(bool(row["Consent withdrawn"]) for row in raw(CASES))
    seen = records.ground(full)
    assert gone == 4
    assert len(seen.all(Cases)) == 176 and len(seen.all(Mentees)) == 176
    assert len(seen.all(Sessions)) < 821


def test_an_answer_that_differs_from_the_rule_is_kept_and_warned_of(ctx: Context) -> None:
    """D2: three claimants in work are called not eligible; 2.2 does not ask a claimant to be out of work."""
    seen = look(ctx, CASES)
    assert not seen.wrong
    numbers = [str(words).split(":")[0] for line in seen.warned for words in line.warnings]
    assert numbers == ["C038", "C067", "C093"]
    take(ctx, CASES)
    (case,) = records.kept(ctx).where(Cases, "number", "C038")
    assert case["is_eligible"] is False


def test_an_import_is_taken_back_whole_the_sessions_first(ctx: Context) -> None:
    cases, sessions = take(ctx, CASES), take(ctx, SESSIONS)
    with pytest.raises(NotYet):
        undo(ctx, op(), cases.id)
    undo(ctx, op(), sessions.id)
    undo(ctx, op(), cases.id)
    assert counts(ctx, Cases, Mentees, Mentors, Plans, Sessions) == [0, 0, 0, 0, 0]


def row(number: str = "N1", **others: str) -> str:
    said = {"Route": "Third party", "Area": "9", "Referred": "1/5/2024", "Name": "Sam Pine"} | others
    said |= {"Case": number, "Date of birth": "1/2/1980", "DWP customer": others.get("DWP customer", "Yes")}
    return ",".join(said.get(column, "") for column in HEAD.strip().split(",")) + "\n"


def test_wrong_rows_are_told_by_column_and_a_file_corrected_later_moves_the_outcome_on(ctx: Context) -> None:
    bad = (
        HEAD
        + row(Route="By post")
        + row("N2", Area="12")
        + row("N3", Referred="31/2/2024")
        + row("", Name="A B")
    )
    seen = look(ctx, bad.encode())
    assert [line.problems[0].field for line in seen.lines] == ["Route", "Area", "Referred", "Case"]
    take(ctx, (HEAD + row()).encode())
    (case,) = records.kept(ctx).all(Cases)
    assert case["outcome"] is None
    started = {"Initial meeting": "3/5/2024", "Diagnostic interview (start)": "7/5/2024"}
    assert look(ctx, (HEAD + row(**started)).encode()).wrong
    take(ctx, (HEAD + row(**started)).encode(), "update")
    (case,) = records.kept(ctx).all(Cases)
    assert case["outcome"] == "started"


def test_a_withdrawal_in_a_later_file_is_never_passed_over(ctx: Context) -> None:
    """D3: the same row with a withdrawal is wrong until the person says that rows update."""
    said = {"DWP customer": "No", "Consent given": "2/5/2024"}
    take(ctx, (HEAD + row(**said)).encode())
    later = (HEAD + row(**said, **{"Consent withdrawn": "9/5/2024"})).encode()
    assert [problem.field for problem in look(ctx, later).lines[0].problems] == ["Consent withdrawn"]
    take(ctx, later, "update")
    assert not records.ground(ctx).all(Cases)


def test_a_changed_national_insurance_number_is_seen_though_sealed(ctx: Context) -> None:
    take(ctx, (HEAD + row(NINO="XX123456A")).encode())
    assert look(ctx, (HEAD + row(NINO="xx 12 34 56 a")).encode()).lines[0].status is RowStatus.SAME
    other = look(ctx, (HEAD + row(NINO="XX123457A")).encode()).lines[0]
    assert [problem.field for problem in other.problems] == ["NINO"]
    assert "XX123457A" not in str(other.problems)


def test_a_session_of_an_unknown_case_or_of_one_without_a_mentor_is_told(ctx: Context) -> None:
    take(ctx, (HEAD + row()).encode())
    sessions = (
        "Case,Date,Attendance,How,Minutes\nN9,7/5/2024,Attended,Digital,60\nN1,7/5/2024,Attended,Digital,60\n"
    )
    told = [str(line.problems[0].words) for line in look(ctx, sessions.encode()).wrong]
    assert told == [
        "Case is no case here. Bring in referrals and cases first, or mend the number.",
        "Case has no Mentor. Say it there first, then bring this row in.",
    ]


def test_two_sessions_on_one_day_are_two_and_stay_two(ctx: Context) -> None:
    take(ctx, (HEAD + row(Mentor="Mentor 9A")).encode())
    sessions = "Case,Date,Attendance,How,Minutes\n" + "N1,7/5/2024,Attended,Face to face,60\n" * 2
    take(ctx, sessions.encode())
    take(ctx, sessions.encode())
    assert counts(ctx, Sessions) == [2]
