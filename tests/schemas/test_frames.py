"""pandera's findings in words, one per cell, all at once (X2)."""

from datetime import date, datetime, time
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

import pytest

from schemas import frames
from schemas.column import Column, Register, Row
from schemas.frames import faults
from schemas.kinds import Kind
from schemas.mentors import Checks, Mentors
from schemas.registers import REGISTERS
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


@pytest.fixture(params=["a few rows", "a frame"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """pandera and the short way for a few rows say the same."""
    if request.param == "a frame":
        monkeypatch.setattr(frames, "FEW", 0)


either_way = pytest.mark.usefixtures("_either_way")


@either_way
def test_a_good_row_has_no_faults() -> None:
    assert faults(Timesheets, [_line()]) == []


@either_way
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


@either_way
def test_a_needed_cell_and_a_doubled_id_are_found() -> None:
    said = {(problem.row, str(problem)) for problem in faults(Timesheets, [_line(mentor=None), _line()])}
    twice = "Id stands twice. Keep one and give the other row a new one."
    assert said == {(0, "Mentor is needed."), (0, twice), (1, twice)}


@either_way
def test_rules_over_a_row_speak_at_their_column() -> None:
    blank = dict.fromkeys(Mentors.columns)
    approved = Row({**blank, "_id": "MEN-1", "name": "Mair", "status": "approved"})
    assert [problem.field for problem in faults(Mentors, [approved])] == ["recruited_on"]
    nobody = Row({**dict.fromkeys(Checks.columns), "_id": "CHK-1", "kind": "training"})
    assert [problem.field for problem in faults(Checks, [nobody])] == ["mentor"]


@either_way
def test_a_problem_repeats_no_personal_value() -> None:
    blank = dict.fromkeys(Mentors.columns)
    row = Row({**blank, "_id": "MEN-1", "name": "Mair", "status": "applied", "email": "not an address"})
    (problem,) = faults(Mentors, [row])
    assert problem.value == ""
    assert "not an address" not in str(problem)


ODD: dict[Kind, tuple[Any, ...]] = {
    Kind.NUMBER: (Decimal(-1), Decimal("0.3"), Decimal(10**9)),
    Kind.MONEY: (Decimal(-1), Decimal("0.001"), Decimal(10**9)),
    Kind.HOURS: (Decimal(-1), Decimal("1.1"), Decimal(26)),
    Kind.DATE: (date(1900, 1, 1), date(2999, 1, 1)),
    Kind.TIME: (time(23, 59),),
    Kind.INSTANT: (datetime(1900, 1, 1), datetime(2999, 1, 1)),  # noqa: DTZ001 - a wrong one
    Kind.YES_NO: (True, False),
    Kind.LIST: ((), ("x",)),
}


def _values(column: Column) -> list[Any]:
    texts = ("lost", "", "x" * 70_000, "MEN-2\u202e2222", "SA1 1AA", "a@example.org")
    return [None, *column.choices[:1], *ODD.get(column.kind, texts)]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.tab)
def test_pandera_and_the_short_way_find_the_same_in_every_register(
    register: type[Register], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = {name: list(islice(cycle(_values(column)), 12)) for name, column in register.columns.items()}
    rows = [Row({name: values[at] for name, values in columns.items()}) for at in range(12)]
    monkeypatch.setattr(register, "rules", ())
    few = {(each.row, each.field, str(each), each.value) for each in frames._faults_of_few(register, rows)}
    whole = {
        (each.row, each.field, str(each), each.value) for each in frames._faults_of_frame(register, rows)
    }
    assert few == whole and few
