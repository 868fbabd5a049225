"""What is due from each person today, with the page that does it (X10)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pages.ui.navigation import BY_URL
from schemas.assignments import Feedback, Interests
from schemas.column import Role, Row
from schemas.mentors import Seats
from schemas.people import Exceptions
from schemas.work import Advice, Timesheets
from services import due, example
from services.access import MAY
from services.context import Actor, Context
from services.people import actor_of, memberships
from services.programmes import all_programmes
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, MARC, NOW, as_, new_workbook
from tests.services.staff import GETHIN_ID, GROUP_ID, assigned, insured, put, staffed


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = staffed(tmp_path)
    assigned(made)
    put(made, Seats, "SEA-GETHIN", mentor=GETHIN_ID, from_on=date(2026, 1, 1), to_on=date(2027, 12, 31))
    return made


def kinds(workbook: Workbook, actor: Actor) -> list[str]:
    return [each.kind for each in due.of(as_(actor, workbook))]


def test_groups_without_a_plan_are_due_from_staff(workbook: Workbook) -> None:
    assert set(kinds(workbook, MARC)) == {"plan"}
    first = due.of(as_(MARC, workbook))[0]
    assert (first.on, first.page) == (date(2026, 9, 15), "group")


def test_a_declared_relationship_is_due_from_whoever_may_assess_it(workbook: Workbook) -> None:
    put(
        workbook,
        Interests,
        "INT-GETHIN",
        mentor=GETHIN_ID,
        mentee=GROUP_ID,
        declared_on=date(2026, 9, 30),
        status="declared",
    )
    for actor in (MARC, ANGHARAD):
        assert "relationship" in kinds(workbook, actor)
    for actor in (FINN, EVAN, ADA, GETHIN):
        assert "relationship" not in kinds(workbook, actor)


def test_time_left_unsent_is_due_from_its_mentor_by_the_quarters_end(workbook: Workbook) -> None:
    line = {
        "mentor": GETHIN_ID,
        "assignment": "ASG-GETHIN",
        "worked_on": date(2026, 9, 21),
        "is_chargeable": True,
    }
    from decimal import Decimal

    put(workbook, Timesheets, "TIM-DRAFT2", hours=Decimal(2), status="draft", **line)
    (time, record) = due.of(as_(GETHIN, workbook))
    assert {time.kind, record.kind} == {"time", "record"}
    by_kind = {each.kind: each for each in (time, record)}
    assert by_kind["time"].on == date(2026, 9, 30)
    assert by_kind["record"].params == {"line": "TIM-DRAFT2"}


def test_cover_that_ends_within_sixty_days_is_told_to_staff_and_to_the_mentor(workbook: Workbook) -> None:
    """S2: warned of 60 and 30 days ahead."""
    from services.store.interface import Needs, Operation, Update
    from tests.cast import op

    end = Update("Checks", "CHK-GETHIN", {"to_on": "2026-12-03"}, {})
    operation = Operation(op(), "", "test", "by hand", NOW, "ssw")
    workbook.take(
        workbook.store.commit(operation, Needs(rows=(("Checks", "CHK-GETHIN"),)), lambda fresh: [end])
    )
    assert "insurance" in kinds(workbook, MARC)
    assert "insurance" in kinds(workbook, GETHIN)
    insured(workbook, "CHK-NEWGET", mentor=GETHIN_ID)
    assert "insurance" not in kinds(workbook, GETHIN)


def test_a_gap_in_the_forum_is_due_ahead_from_the_programme_manager(tmp_path: Path) -> None:
    assert "forum" in kinds(staffed(tmp_path), ANGHARAD)


def test_advice_to_review_is_due_from_the_facilitator(workbook: Workbook) -> None:
    from decimal import Decimal

    put(
        workbook,
        Advice,
        "ADV-GETHIN",
        mentor=GETHIN_ID,
        assignment="ASG-GETHIN",
        mentee=GROUP_ID,
        title="Orchards",
        version=Decimal(1),
        status="in review",
    )
    assert "advice" in kinds(workbook, MARC)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    from services.seals import Seals
    from services.store import create_store
    from services.workbook import tabs
    from tests.cast import KEY

    store = create_store(str(tmp_path_factory.mktemp("due") / "example.sqlite3"), tabs())
    seals = Seals([KEY])
    example.fill(store, seals, all_programmes(), NOW.date())
    yield Workbook(store, seals)


EXAMPLES = [code for code, programme in all_programmes().items() if example.folder(programme).is_dir()]
# Where no money moves through us, Finance has nothing to do.
MONEY = ("ssw", "dwp", "lga")
WORKING = [Role.MANAGER, Role.COORDINATOR, Role.MENTOR]
# Whoever looks on has something to look at, and whoever keeps the house something to keep.
WATCHING = {"ssw", "lga"}
BESIDE = [Role.EVALUATOR, Role.ADMINISTRATOR]


def within(workbook: Workbook, person: Row) -> Context:
    """A person of the example in their own programme."""
    return replace(as_(actor_of(person), workbook), programme=all_programmes()[person["programme"]])


@pytest.mark.parametrize(
    ("code", "role"),
    [
        (code, role)
        for code in EXAMPLES
        for role in (
            *WORKING,
            *([Role.FINANCE] if code in MONEY else []),
            *(BESIDE if code in WATCHING else []),
        )
    ],
)
def test_the_example_opens_with_something_due_for_every_working_role(
    loaded: Workbook, code: str, role: Role
) -> None:
    people = [row for row in memberships(loaded.store) if (row["programme"], row["role"]) == (code, role)]
    assert due.of(within(loaded, people[0]))


def test_late_comes_first_and_every_item_leads_to_a_page_its_reader_may_open(loaded: Workbook) -> None:
    for row in memberships(loaded.store):
        actor = actor_of(row)
        found = due.of(within(loaded, row))
        days = [each.on for each in found if each.on]
        assert days == sorted(days)
        for each in found:
            assert actor.role in MAY[BY_URL[each.page].right], each


def test_nothing_is_due_in_an_empty_workbook(tmp_path: Path) -> None:
    empty = new_workbook(tmp_path / "empty.sqlite3")
    assert kinds(empty, FINN) == kinds(empty, MARC) == kinds(empty, EVAN) == []


def test_an_ended_assignment_without_the_groups_or_the_facilitators_word_is_due_from_who_evaluates(
    workbook: Workbook,
) -> None:
    """S16: groups and facilitators give feedback on each assignment."""
    assigned(workbook, "ASG-NDEDND", status="ended", ends_on=date(2026, 9, 18))
    for actor in (EVAN, MARC, ANGHARAD):
        (task,) = [each for each in due.of(as_(actor, workbook)) if each.kind == "feedback"]
        assert (task.on, task.page) == (date(2026, 10, 2), "evaluation")
    for actor in (FINN, ADA, GETHIN):
        assert "feedback" not in kinds(workbook, actor)
    for number, who in enumerate(("group", "facilitator")):
        assert "feedback" in kinds(workbook, EVAN)
        said = {"given_by": who, "given_on": date(2026, 10, 1), "useful": Decimal(4), "status": "open"}
        put(workbook, Feedback, f"FBK-WWWWW{number + 2}", assignment="ASG-NDEDND", mentor=GETHIN_ID, **said)
    assert "feedback" not in kinds(workbook, EVAN)


def test_an_exception_is_looked_at_before_it_ends_and_now_and_then_without_an_end(workbook: Workbook) -> None:
    """X15: by the administrator, who allowed it."""
    allowed = {"kind": "approve and issue", "reason": "Alone in August", "allowed_on": date(2026, 8, 1)}

    def days() -> list[date | None]:
        return [each.on for each in due.of(as_(ADA, workbook)) if each.kind == "exception"]

    put(workbook, Exceptions, "EXC-LATERR", person=FINN.id, to_on=date(2026, 11, 30), **allowed)
    put(workbook, Exceptions, "EXC-PASTPA", person=FINN.id, to_on=date(2026, 10, 4), **allowed)
    assert days() == []
    put(workbook, Exceptions, "EXC-SNNSNN", person=FINN.id, to_on=date(2026, 10, 20), **allowed)
    put(workbook, Exceptions, "EXC-NPNDND", person=ANGHARAD.id, **allowed)
    assert days() == [date(2026, 10, 20), date(2026, 10, 30)]
    assert "exception" not in kinds(workbook, ANGHARAD)
