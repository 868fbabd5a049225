"""The invented examples of the two programmes of pairs hold together, and ask something of everybody (X5, X10)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from schemas.column import Role
from schemas.mentors import Mentors, MentorStatus
from schemas.people import People
from schemas.registers import BY_TAB, REGISTERS
from services import due, example, people, reviews
from services.context import Context
from services.programmes import all_programmes
from services.seals import Seals
from services.workbook import Workbook
from tests.cast import KEY
from tests.copies import copy_of

TODAY = date(2026, 11, 22)


def nothing(workbook: Workbook) -> None:
    """An empty workbook."""


@pytest.fixture(params=["powys", "wmtd"])
def ctx(request: pytest.FixtureRequest, tmp_path: Path) -> Context:
    """The manager, in the example of one programme."""
    programme = all_programmes()[request.param]
    workbook = copy_of(nothing, tmp_path / "workbook.sqlite3", Seals([KEY]))
    example.fill(workbook.store, workbook.seals, {programme.code: programme}, TODAY)
    workbook.look_again()
    manager = next(row for row in workbook.table(People.tab).rows.values() if row["role"] == Role.MANAGER)
    return Context(workbook, programme, people.actor_of(manager), datetime(2026, 11, 22, 9, tzinfo=UTC))


def test_no_cell_is_wrong_and_no_link_is_loose(ctx: Context) -> None:
    tables = {register.tab: ctx.workbook.table(register.tab) for register in REGISTERS}
    assert {tab: table.wrong for tab, table in tables.items() if table.wrong} == {}
    loose = [
        (tab, row.id, column.name)
        for tab, table in tables.items()
        for row in table.rows.values()
        for column in BY_TAB[tab].columns.values()
        if column.to and row[column.name] and row[column.name] not in tables[column.to].rows
    ]
    assert loose == []


def left(ctx: Context) -> set[str]:
    """Whoever left the register and may still sign in, which is what the administrator has to look after."""
    mentors = ctx.workbook.table(Mentors.tab).rows.values()
    return {row.id for row in mentors if row["status"] == MentorStatus.LEFT}


def test_something_is_due_for_everybody_who_acts(ctx: Context) -> None:
    """X10: of every role that a programme of pairs has; it pays nobody."""
    everybody = ctx.workbook.table(People.tab).rows.values()
    assert {row["role"] for row in everybody} == set(Role) - {Role.FINANCE}
    staying = [row for row in everybody if row["mentor"] not in left(ctx)]
    for row in staying:
        asked = Context(ctx.workbook, ctx.programme, people.actor_of(row), ctx.now)
        assert due.of(asked), row["name"]


@pytest.mark.parametrize("code", ["powys", "wmtd"])
def test_the_days_of_courses_move_with_the_example(code: str) -> None:
    """A course of a fortnight ago is one of a fortnight ago on any day; who came stands on one of its days."""
    programme = all_programmes()[code]
    written, moved = (
        {register.tab: rows for register, rows in example.loaded(programme, on, lambda said: said)}
        for on in (date(2026, 11, 16), date(2028, 3, 1))
    )
    for before, after in zip(written["Courses"], moved["Courses"], strict=True):
        days = [[date.fromisoformat(day) for day in row["held_on"].split("; ")] for row in (before, after)]
        assert [each - timedelta(weeks=67) for each in days[1]] == days[0]
    held = {row["_id"]: row["held_on"].split("; ") for row in moved["Courses"]}
    came = [row for row in moved["Development"] if row.get("course")]
    assert came and all(row["held_on"] in held[row["course"]] for row in came)


def test_the_review_shows_some_counts_and_hides_some(ctx: Context) -> None:
    shown = [figure.count for section in reviews.review(ctx).sections for figure in section.figures]
    assert None in shown
    assert any(count and count >= 5 for count in shown)
