"""Whose case it is (D25, D27, D29, RM43 to RM46)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.cases import Cases
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.work import Development
from services import allocations, cases, history, records, referrals
from services.context import Actor
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    ANDY,
    CASE_ID,
    COLIN,
    DEE,
    ELSA,
    FERN,
    MENTEE_ID,
    NORA,
    OMAR,
    OTHER_CASE_ID,
    as_,
    new_workbook,
    put,
    row_of,
)
from tests.services.casework import nothing_written, referred

NED = "MEN-NEDNEW"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def case_of(workbook: Workbook, id_: str = CASE_ID):  # noqa: ANN201 - a row
    return row_of(workbook, Cases, id_)


def test_rm43_to_rm45_a_case_is_seen_by_staff_and_by_its_mentor_of_now_alone(workbook: Workbook) -> None:
    """3.6: in the very moment it is re-allocated."""
    assert cases.card(as_(DEE, workbook), CASE_ID).mentor == "Dee Flint"
    with pytest.raises(NotAllowed):
        cases.card(as_(OMAR, workbook), CASE_ID)
    allocations.allocate(as_(COLIN, workbook), op(), case_of(workbook), OMAR.mentor)
    assert cases.card(as_(OMAR, workbook), CASE_ID).mentee_name == "Rowan Pike"
    for verb in (
        lambda: cases.card(as_(DEE, workbook), CASE_ID),
        lambda: records.view(as_(DEE, workbook)).get(Mentees, MENTEE_ID),
    ):
        with pytest.raises(NotAllowed):
            verb()
    for actor in (COLIN, NORA):
        assert cases.card(as_(actor, workbook), CASE_ID).mentor == "Omar Keys"
    for actor in (FERN, ELSA, ANDY):
        with pytest.raises(NotAllowed):
            cases.card(as_(actor, workbook), CASE_ID)


def test_rm46_a_mentors_list_and_its_counts_are_of_the_own_cases(workbook: Workbook) -> None:
    own = cases.listed(as_(DEE, workbook))
    assert [entry.mentee for entry in own] == ["Rowan Pike"]
    assert cases.counts(own)["open"] == 1
    assert cases.listed(as_(DEE, workbook), mentor=OMAR.mentor) == []
    assert {entry.mentee for entry in cases.listed(as_(COLIN, workbook))} == {"Rowan Pike", "Sasha Vale"}


def test_somebody_who_comes_again_is_the_new_mentors_alone(workbook: Workbook) -> None:
    """3.6: whose they are now; the earlier mentor's reading ends with the new case."""
    referrals.close(as_(DEE, workbook), op(), case_of(workbook), "not reached", "Moved")
    ctx = as_(COLIN, workbook)
    again = referred(ctx, {"name": "Rowan Pike", "date_of_birth": date(1990, 4, 2)}, mentor=OMAR.mentor)
    assert {row.id for row in records.view(as_(OMAR, workbook)).where(Cases, "mentee", MENTEE_ID)} == {
        CASE_ID,
        again.id,
    }
    assert records.view(as_(DEE, workbook)).all(Cases) == []


def test_a_mentor_is_approved_experienced_and_trained_before_the_first_mentee(workbook: Workbook) -> None:
    """D29; each thing that is missing is named."""
    ctx = as_(COLIN, workbook)
    put(workbook, Mentors, NED, name="Ned New", status="applied")
    with nothing_written(workbook, NotYet, "Ned New is not an approved mentor"):
        allocations.allocate(ctx, op(), case_of(workbook), NED)
    put(workbook, Mentors, "MEN-NEDTWO", name="Ned Two", status="approved", recruited_on=date(2024, 1, 2))
    with nothing_written(workbook, NotYet, "lived experience confirmed"):
        allocations.allocate(ctx, op(), case_of(workbook), "MEN-NEDTWO")
    put(
        workbook, Mentors, "MEN-NEDTRE", name="Ned Three", status="approved", recruited_on=date(2024, 1, 2),
        experience_confirmed_on=date(2024, 1, 2),
    )  # fmt: skip
    for n, topic in enumerate(("trauma", "encouraging disclosure", "boundaries")):
        with nothing_written(workbook, NotYet, "training: "):
            allocations.allocate(ctx, op(), case_of(workbook), "MEN-NEDTRE")
        put(
            workbook, Development, f"DEV-NEDTR{n}", mentor="MEN-NEDTRE", kind="training", topic=topic, title=topic,
            held_on=date(2024, 3, 1),
        )  # fmt: skip
    allocations.allocate(ctx, op(), case_of(workbook), "MEN-NEDTRE")


def test_a_full_desk_is_refused_unless_it_is_said_in_so_many_words(workbook: Workbook) -> None:
    ctx = as_(COLIN, workbook)
    for n in range(29):
        put(
            workbook, Cases, f"CAS-FULL{n:02}", mentee=MENTEE_ID, mentor=OMAR.mentor, area="9", route="Jobcentre Plus",
            received_on=date(2024, 1, 2),
        )  # fmt: skip
    assert {
        each.mentor.id: (each.load, each.is_full) for each in allocations.candidates(ctx, case_of(workbook))
    } == {OMAR.mentor: (30, True)}
    with nothing_written(workbook, NotYet, "Omar Keys has 30 open cases; 30 is full"):
        allocations.allocate(ctx, op(), case_of(workbook), OMAR.mentor)
    allocations.allocate(ctx, op(), case_of(workbook), OMAR.mentor, although_full=True)
    assert case_of(workbook)["mentor"] == OMAR.mentor


# --- declining (D27) ------------------------------------------------------------------------------


def test_a_mentor_declines_without_a_reason_and_the_case_goes_to_the_pool(workbook: Workbook) -> None:
    allocations.decline(as_(DEE, workbook), op(), case_of(workbook))
    assert case_of(workbook)["mentor"] is None
    (entry,) = cases.listed(as_(COLIN, workbook), mentor="-")
    assert entry.case.id == CASE_ID
    (first, *_) = allocations.candidates(as_(COLIN, workbook), case_of(workbook))
    assert first.mentor.id == OMAR.mentor and first.may_take
    with nothing_written(workbook, NotYet, "Dee Flint would rather not"):
        allocations.allocate(as_(COLIN, workbook), op(), case_of(workbook), DEE.mentor)


def test_who_declined_stands_on_nobodys_card(workbook: Workbook) -> None:
    """D27: unseen by the mentee, to whom the card may be read out, and by the next mentor."""
    allocations.decline(as_(DEE, workbook), op(), case_of(workbook))
    allocations.allocate(as_(COLIN, workbook), op(), case_of(workbook), OMAR.mentor)
    for actor in (OMAR, COLIN, NORA):
        card = cases.card(as_(actor, workbook), CASE_ID)
        assert card.case["declined_by"] is None and DEE.mentor not in repr(card)


def test_a_mentor_declines_only_the_own_case_and_does_not_take_it_back(workbook: Workbook) -> None:
    with nothing_written(workbook, NotAllowed):
        allocations.decline(as_(DEE, workbook), op(), case_of(workbook, OTHER_CASE_ID))
    with nothing_written(workbook, NotAllowed):
        allocations.decline(as_(COLIN, workbook), op(), case_of(workbook))
    key = op()
    allocations.decline(as_(DEE, workbook), key, case_of(workbook))
    with nothing_written(workbook, NotYet):
        history.undo(as_(DEE, workbook), op(), key)


# --- moving (D25) ---------------------------------------------------------------------------------


def test_a_move_keeps_case_start_and_plan_and_leaves_the_mentor_unless_said(workbook: Workbook) -> None:
    ctx, shown = as_(COLIN, workbook), case_of(workbook, OTHER_CASE_ID)
    before = len(records.ground(ctx).all(Cases))
    allocations.move(ctx, op(), shown, {"area": "8", "office": "Partick", "moved_on": date(2024, 6, 11)})
    case = case_of(workbook, OTHER_CASE_ID)
    assert (case["area"], case["office"], case["moved_from"], case["mentor"]) == ("8", "Partick", "9", None)
    assert case["started_on"] == shown["started_on"] and len(records.ground(ctx).all(Cases)) == before
    assert row_of(workbook, Mentees, case["mentee"])["area"] == "8"
    assert cases.card(ctx, OTHER_CASE_ID).facts.nation == "Scotland"
    allocations.allocate(ctx, op(), case, OMAR.mentor)
    back = {"area": "9", "moved_on": date(2024, 6, 12)}
    allocations.move(ctx, op(), case_of(workbook, OTHER_CASE_ID), back, mentor_stays=True)
    assert case_of(workbook, OTHER_CASE_ID)["mentor"] == OMAR.mentor


@pytest.mark.parametrize(
    ("area", "office", "on", "words"),
    [
        ("9", None, date(2024, 6, 11), "must be another area"),
        ("12", None, date(2024, 6, 11), "must be another area"),
        ("8", "Rhyl", date(2024, 6, 11), "is not an office of area 8"),
        ("8", None, date(2024, 4, 30), "can't be before 1 May 2024"),
        ("8", None, date(2024, 6, 13), "can't be in the future"),
        ("8", None, None, "Moved area on is needed"),
    ],
)
def test_a_move_that_can_not_be_is_refused(
    workbook: Workbook, area: str, office: str | None, on: date | None, words: str
) -> None:
    with nothing_written(workbook, InvalidEntry, words):
        allocations.move(
            as_(COLIN, workbook),
            op(),
            case_of(workbook, OTHER_CASE_ID),
            {"area": area, "office": office, "moved_on": on},
        )


@pytest.mark.parametrize("actor", [DEE, OMAR, FERN, ELSA, ANDY])
def test_only_staff_allocate_and_move(workbook: Workbook, actor: Actor) -> None:
    ctx, shown = as_(actor, workbook), case_of(workbook)
    for verb in (
        lambda: allocations.allocate(ctx, op(), shown, OMAR.mentor),
        lambda: allocations.move(ctx, op(), shown, {"area": "8", "moved_on": date(2024, 6, 11)}),
        lambda: allocations.candidates(ctx, shown),
    ):
        with nothing_written(workbook, NotAllowed):
            verb()


def test_a_case_that_is_over_is_neither_allocated_nor_moved_nor_declined(workbook: Workbook) -> None:
    referrals.close(as_(DEE, workbook), op(), case_of(workbook), "unwilling", "Said no")
    ctx, shown = as_(COLIN, workbook), case_of(workbook)
    for verb in (
        lambda: allocations.allocate(ctx, op(), shown, OMAR.mentor),
        lambda: allocations.move(ctx, op(), shown, {"area": "8", "moved_on": date(2024, 6, 11)}),
        lambda: allocations.decline(as_(DEE, workbook), op(), shown),
    ):
        with nothing_written(workbook, NotYet, "This case is over"):
            verb()
