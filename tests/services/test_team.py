"""Readiness, training and supervision, and each one's part in the evaluation (D16, D29; 1.28)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentors import Mentors
from schemas.people import People
from schemas.work import Development
from services import records, team
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import CAST, COLIN, DEE, NORA, OMAR, as_, put

NEW = "MEN-NEWONE"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    found = dwp.new_workbook(tmp_path / "workbook.sqlite3")
    put(found, Mentors, NEW, name="New One", status="approved", recruited_on=date(2024, 5, 1))
    return found


def record(
    workbook: Workbook,
    kind: str,
    mentors: tuple[str, ...] = (NEW,),
    others: tuple[str, ...] = (),
    **more: Any,
) -> None:
    values = {"kind": kind, "held_on": date(2024, 6, 3)} | more
    team.record(as_(COLIN, workbook), op(), values, mentors, others)


def lacks(workbook: Workbook) -> list[str]:
    ctx = as_(NORA, workbook)
    (found,) = [each for each in team.listed(ctx) if each.row.id == NEW]
    return [str(team.said(ctx, lack)) for lack in found.lacks]


def test_a_mentor_lacks_confirmation_and_three_trainings_until_each_is_recorded(workbook: Workbook) -> None:
    assert lacks(workbook) == [
        "lived experience confirmed",
        "training: encouraging disclosure",
        "training: trauma",
        "training: boundaries",
    ]
    team.confirm_experience(as_(COLIN, workbook), op(), dwp.row_of(workbook, Mentors, NEW), date(2024, 5, 1))
    for topic in ("encouraging disclosure", "trauma", "boundaries"):
        record(workbook, "training", topic=topic, mentors=(NEW, DEE.mentor))
    assert lacks(workbook) == []
    assert [each.row.id for each in team.listed(as_(NORA, workbook)) if not each.is_ready] == []


def test_one_training_of_several_mentors_is_one_change(workbook: Workbook) -> None:
    before = workbook.store.number()
    record(workbook, "training", topic="trauma", mentors=(NEW, DEE.mentor, OMAR.mentor))
    assert workbook.store.number() == before + 1
    rows = [
        row for row in team.recorded(as_(COLIN, workbook), "training") if row["held_on"] == date(2024, 6, 3)
    ]
    assert {row["mentor"] for row in rows} == {NEW, DEE.mentor, OMAR.mentor}
    assert {row["title"] for row in rows} == {"Trauma"}


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("training", {}, "topic"),
        ("training", {"topic": "trauma", "mentors": ()}, "mentor"),
        ("supervision", {"held_on": date(2024, 6, 13)}, "held_on"),
        ("supervision", {"held_on": None}, "held_on"),
        ("evaluation interview", {}, "minutes"),
        ("staff upskilled", {"people_reached": Decimal(3)}, "office"),
    ],
)
def test_what_is_missing_is_named(workbook: Workbook, kind: str, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidEntry) as caught:
        record(workbook, kind, **more)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_supervision_shows_the_last_day(workbook: Workbook) -> None:
    for day in (date(2024, 6, 3), date(2024, 4, 2)):
        record(workbook, "supervision", held_on=day)
    (found,) = [each for each in team.listed(as_(NORA, workbook)) if each.row.id == NEW]
    assert found.supervised_on == date(2024, 6, 3)


def test_a_mentor_has_two_interviews_of_an_hour_and_a_focus_group_every_three_months(
    workbook: Workbook,
) -> None:
    """A shorter interview does not count; the next group falls due three months after the last (1.28)."""
    for minutes in (Decimal(59), Decimal(60)):
        record(workbook, "evaluation interview", minutes=minutes)
    record(workbook, "focus group", held_on=date(2024, 3, 12))
    (found,) = [each for each in team.evaluation(as_(NORA, workbook)) if each.id == NEW]
    assert (found.interviews, found.interviews_due, found.focus_group_by) == (1, 1, date(2024, 6, 12))
    record(workbook, "evaluation interview", minutes=Decimal(75))
    (found,) = [each for each in team.evaluation(as_(NORA, workbook)) if each.id == NEW]
    assert not found.is_due(date(2024, 6, 12))
    assert found.is_due(date(2024, 6, 13))


def test_each_other_representative_has_one_interview_under_whichever_role(workbook: Workbook) -> None:
    put(
        workbook, People, "PER-COLIN2", name=COLIN.name, email=COLIN.email.upper(), role="Facilitator",
        language="English", status="active",
    )  # fmt: skip
    others = [each for each in team.evaluation(as_(NORA, workbook)) if not each.is_mentor]
    assert {(each.name, each.wanted, each.interviews_due) for each in others} == {
        (NORA.name, 1, 1),
        (COLIN.name, 1, 1),
    }
    record(workbook, "evaluation interview", mentors=(), others=("PER-COLIN2",), minutes=Decimal(60))
    others = [each for each in team.evaluation(as_(NORA, workbook)) if not each.is_mentor]
    assert {each.name: each.interviews_due for each in others} == {NORA.name: 1, COLIN.name: 0}


def test_a_record_is_about_a_mentor_or_a_representative(workbook: Workbook) -> None:
    with pytest.raises(InvalidEntry):
        records.commit(
            as_(COLIN, workbook), op(), "team.record", "x", team.Needs(),
            lambda fresh: [team.New(Development, {"kind": "training", "held_on": dwp.TODAY, "title": "x"})],
        )  # fmt: skip


def test_nobody_confirms_their_own_experience(workbook: Workbook) -> None:
    put(
        workbook, People, "PER-BOTHBO", name="New One", email=COLIN.email, role="Mentor", mentor=NEW,
        language="English", status="active",
    )  # fmt: skip
    with pytest.raises(NotYet):
        team.confirm_experience(as_(COLIN, workbook), op(), dwp.row_of(workbook, Mentors, NEW), dwp.TODAY)


@pytest.mark.parametrize(
    "actor", [each for each in CAST if each not in (NORA, COLIN)], ids=lambda each: each.role
)
def test_only_staff_record_and_see_the_team(workbook: Workbook, actor: Any) -> None:
    ctx = as_(actor, workbook)
    with pytest.raises(NotAllowed):
        team.record(ctx, op(), {"kind": "supervision", "held_on": dwp.TODAY}, (NEW,))
    for ask in (team.listed, team.evaluation, team.recorded):
        with pytest.raises(NotAllowed):
            ask(ctx)
