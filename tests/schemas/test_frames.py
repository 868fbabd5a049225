"""pandera's findings in words, one per cell, all at once (X2)."""

from datetime import date
from decimal import Decimal

from schemas.column import Row
from schemas.frames import faults
from schemas.mentors import Checks, Mentors
from schemas.work import Timesheets


def _line(**values: object) -> Row:
    blank = dict.fromkeys(Timesheets.columns)
    good = {
        "_id": "TIM-1",
        "mentor": "MEN-1",
        "assignment": "ASG-1",
        "worked_on": date(2026, 7, 1),
        "hours": Decimal("3.5"),
        "is_chargeable": True,
        "status": "draft",
    }
    return Row({**blank, **good, **values})


def test_a_good_row_has_no_faults() -> None:
    assert faults(Timesheets, [_line()]) == []


def test_every_wrong_cell_is_told_in_words_at_once() -> None:
    rows = [
        _line(),
        _line(_id="TIM-2", hours=Decimal("26")),
        _line(_id="TIM-3", hours=Decimal("1.1"), status="lost"),
    ]
    said = {(problem.row, problem.field): str(problem) for problem in faults(Timesheets, rows)}
    assert said == {
        (1, "hours"): "Hours must be 24 or less.",
        (2, "hours"): "Hours must be in quarter hours, like 0.25, 1.5 or 2.75.",
        (
            2,
            "status",
        ): "Status must be one of: draft, submitted, returned, approved, refused, invoiced, paid.",
    }


def test_a_needed_cell_and_a_doubled_id_are_found() -> None:
    said = {(problem.row, str(problem)) for problem in faults(Timesheets, [_line(mentor=None), _line()])}
    twice = "Id stands twice. Keep one and give the other row a new one."
    assert said == {(0, "Mentor is needed."), (0, twice), (1, twice)}


def test_rules_over_a_row_speak_at_their_column() -> None:
    blank = dict.fromkeys(Mentors.columns)
    approved = Row({**blank, "_id": "MEN-1", "name": "Mair", "status": "approved"})
    assert [problem.field for problem in faults(Mentors, [approved])] == ["recruited_on"]
    nobody = Row({**dict.fromkeys(Checks.columns), "_id": "CHK-1", "kind": "training"})
    assert [problem.field for problem in faults(Checks, [nobody])] == ["mentor"]


def test_a_problem_repeats_no_personal_value() -> None:
    blank = dict.fromkeys(Mentors.columns)
    row = Row({**blank, "_id": "MEN-1", "name": "Mair", "status": "applied", "email": "not an address"})
    (problem,) = faults(Mentors, [row])
    assert problem.value == ""
    assert "not an address" not in str(problem)
