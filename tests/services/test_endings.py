"""How support ends, and how an end is taken back (D10, D11)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Cases, Contacts
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Plans
from services import endings, journeys
from services.rules.levels import State
from services.workbook import Workbook
from tests.dwp import (
    CASE_ID,
    COLIN,
    DEE,
    FERN,
    OMAR,
    OTHER_CASE_ID,
    OTHER_MENTEE_ID,
    TODAY,
    as_,
    on,
    put,
)
from tests.services.mentoring import (
    JUNE_CASE,
    JUNE_ID,
    STARTED,
    agreed_plan,
    nothing_written,
    op,
    opened,
    row_of,
    session,
)

DUE = STARTED + timedelta(weeks=5)
SHORT: dict[str, Any] = {"completed_on": TODAY, "few_sessions_reason": "She moved into work"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def test_a_final_review_completes_with_next_steps_on_the_plan(workbook: Workbook) -> None:
    agreed_plan(workbook)
    for n in range(8):
        session(workbook, STARTED + timedelta(days=n))
    ctx, case = as_(DEE, workbook), row_of(workbook, Cases, JUNE_CASE)
    done = {"completed_on": TODAY, "contact_told_end_on": TODAY, "sharing_encouraged_on": TODAY}
    endings.complete(ctx, op(), case, done, "Keep seeing the group on Mondays")
    case, plan = row_of(workbook, Cases, JUNE_CASE), row_of(workbook, Plans, "PLA-JUNEHA")
    assert (case["completed_on"], case["contact_told_end_on"]) == (TODAY, TODAY)
    assert (plan["reviewed_on"], plan["next_steps"]) == (TODAY, "Keep seeing the group on Mondays")


def test_fewer_sessions_need_a_reason_and_the_limit_stays_missed(workbook: Workbook) -> None:
    """D11: seven hours and one of 59 minutes are seven; the reason lets it end and mends no figure."""
    agreed_plan(workbook)
    for n in range(7):
        session(workbook, STARTED + timedelta(days=n))
    session(workbook, STARTED + timedelta(days=8), minutes=59)
    ctx, case = as_(DEE, workbook), row_of(workbook, Cases, JUNE_CASE)
    with nothing_written(workbook, InvalidEntry, "Why fewer sessions is needed: 7 of 8 sessions were held."):
        endings.complete(ctx, op(), case, {"completed_on": TODAY}, "Work")
    endings.complete(ctx, op(), case, SHORT, "Work")
    line = journeys.of(ctx, row_of(workbook, Cases, JUNE_CASE)).line
    assert next(step.state for step in line if step.code == "sessions") is State.MISSED


def test_a_final_review_needs_an_agreed_plan_and_next_steps(workbook: Workbook) -> None:
    ctx, case = as_(DEE, workbook), row_of(workbook, Cases, JUNE_CASE)
    with nothing_written(workbook, NotYet, "There is no agreed plan to review."):
        endings.complete(ctx, op(), case, SHORT, "Work")
    agreed_plan(workbook)
    with nothing_written(workbook, InvalidEntry, "Next steps are needed"):
        endings.complete(ctx, op(), case, SHORT, " ")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY + timedelta(days=1), "can't be in the future"),
        (STARTED - timedelta(days=1), "can't be before the start on 14 May 2024"),
        (date(2024, 6, 4), "can't be before the last session on 5 June 2024"),
        (None, "is needed"),
    ],
)
def test_an_end_on_an_impossible_day_is_refused(workbook: Workbook, day: date | None, words: str) -> None:
    agreed_plan(workbook)
    session(workbook, date(2024, 6, 5))
    ctx, case = as_(DEE, workbook), row_of(workbook, Cases, JUNE_CASE)
    with nothing_written(workbook, InvalidEntry) as caught:
        endings.complete(ctx, op(), case, {**SHORT, "completed_on": day}, "Work")
    assert any(words in str(each) for each in caught.value.problems)
    with nothing_written(workbook, InvalidEntry) as caught:
        endings.leave(ctx, op(), case, {"left_on": day, "left_reason": "Moved away"})
    assert any(words in str(each) for each in caught.value.problems)


def test_an_early_leaver_leaves_with_a_reason_and_is_no_dropout(workbook: Workbook) -> None:
    ctx, case, key = as_(DEE, workbook), row_of(workbook, Cases, JUNE_CASE), op()
    with nothing_written(workbook, InvalidEntry, "Reason for leaving is needed."):
        endings.leave(ctx, op(), case, {"left_on": TODAY})
    left = {"left_on": TODAY, "left_reason": "Moved away", "contact_told_end_on": TODAY}
    endings.leave(ctx, key, case, left)
    endings.leave(ctx, key, case, left)
    now = row_of(workbook, Cases, JUNE_CASE)
    assert (now["left_on"], now["is_dropout"], now["completed_on"]) == (TODAY, False, None)
    with nothing_written(workbook, NotYet, "Support has ended already."):
        endings.complete(ctx, op(), now, SHORT, "Work")


def test_what_has_not_started_has_no_end(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    with nothing_written(workbook, NotYet, "Support has not started yet."):
        endings.leave(ctx, op(), row_of(workbook, Cases, CASE_ID), {"left_on": TODAY, "left_reason": "x"})


def test_a_dropout_is_proposed_the_day_it_falls_due_and_confirmed_by_a_person(workbook: Workbook) -> None:
    """D10: the confirming day is the Dropout Date; the day it fell due stands beside it."""
    case, ctx = row_of(workbook, Cases, JUNE_CASE), as_(DEE, workbook)
    assert endings.proposed(on(ctx, DUE - timedelta(days=1))) == []
    assert [each.due_on for each in endings.proposed(on(ctx, DUE))] == [DUE]
    with nothing_written(workbook, NotYet, "A dropout falls due on 18 June 2024"):
        endings.drop_out(ctx, op(), case, "Not heard of")
    later = on(ctx, DUE + timedelta(days=3))
    with nothing_written(workbook, InvalidEntry, "Reason for leaving is needed."):
        endings.drop_out(later, op(), case, "")
    endings.drop_out(later, op(), case, "Not heard of since the start")
    now = row_of(workbook, Cases, JUNE_CASE)
    assert (now["left_on"], now["dropout_due_on"], now["is_dropout"]) == (later.today, DUE, True)
    assert endings.proposed(later) == []


def test_any_attended_session_and_any_answered_contact_puts_it_off_and_nothing_else_does(
    workbook: Workbook,
) -> None:
    ctx, case = as_(DEE, workbook), row_of(workbook, Cases, JUNE_CASE)
    later = on(ctx, DUE)
    session(workbook, date(2024, 6, 1), attendance="missed", minutes=None)
    put(
        workbook,
        Contacts,
        "CON-ONEWAY",
        mentee=JUNE_ID,
        case=JUNE_CASE,
        made_on=date(2024, 6, 2),
        is_two_way=False,
    )
    assert len(endings.proposed(later)) == 1
    session(workbook, date(2024, 5, 20), minutes=5)
    (waiting,) = endings.proposed(on(ctx, date(2024, 6, 24)))
    assert waiting.due_on == date(2024, 6, 24)
    put(
        workbook,
        Contacts,
        "CON-TWOWAY",
        mentee=JUNE_ID,
        case=JUNE_CASE,
        made_on=date(2024, 5, 28),
        is_two_way=True,
    )
    assert endings.proposed(on(ctx, date(2024, 7, 1))) == []
    with nothing_written(workbook, NotYet, "They were engaged on 28 May 2024."):
        endings.drop_out(later, op(), case, "Not heard of")


def test_an_end_is_taken_back_with_a_reason_and_the_jobcentre_hears_anew(workbook: Workbook) -> None:
    ctx = on(as_(COLIN, workbook), DUE)
    endings.drop_out(ctx, op(), row_of(workbook, Cases, JUNE_CASE), "Not heard of")
    endings.tell_contact(ctx, op(), row_of(workbook, Cases, JUNE_CASE))
    ended = row_of(workbook, Cases, JUNE_CASE)
    assert ended["contact_told_end_on"] == DUE
    with nothing_written(workbook, NotYet, "Say why"):
        endings.reopen(ctx, op(), ended, "")
    endings.reopen(ctx, op(), ended, "She was in hospital")
    now = row_of(workbook, Cases, JUNE_CASE)
    assert endings.is_running(now)
    assert [name for name in endings.OF_AN_END if now[name] is not None] == []
    with nothing_written(workbook, NotYet, "Support has not ended."):
        endings.reopen(ctx, op(), now, "Again")


def test_an_imported_dropout_keeps_its_own_dates(workbook: Workbook) -> None:
    put(
        workbook, Cases, "CAS-IMPORT", number="C0011", mentee=JUNE_ID, mentor=DEE.mentor, area="9",
        received_on=date(2023, 5, 1), route="Jobcentre Plus", started_on=date(2023, 5, 15), is_dropout=True,
        left_on=date(2023, 6, 1), dropout_due_on=date(2023, 5, 30), left_reason="As in the file",
    )  # fmt: skip
    ctx = as_(DEE, workbook)
    assert "CAS-IMPORT" not in {each.case.id for each in endings.proposed(on(ctx, DUE))}
    endings.tell_contact(ctx, op(), row_of(workbook, Cases, "CAS-IMPORT"))
    kept = row_of(workbook, Cases, "CAS-IMPORT")
    assert (kept["left_on"], kept["dropout_due_on"]) == (date(2023, 6, 1), date(2023, 5, 30))


def test_the_jobcentre_hears_of_customers_alone(workbook: Workbook) -> None:
    ctx = as_(OMAR, workbook)
    case = row_of(workbook, Cases, OTHER_CASE_ID)
    told = {"left_on": TODAY, "left_reason": "Moved", "contact_told_end_on": TODAY}
    with nothing_written(workbook, InvalidEntry, "is for customers of the department"):
        endings.leave(ctx, op(), case, told)
    endings.leave(ctx, op(), case, {**told, "contact_told_end_on": None})
    assert row_of(workbook, Cases, OTHER_CASE_ID)["mentee"] == OTHER_MENTEE_ID


def test_nobody_is_told_of_an_end_that_has_not_come(workbook: Workbook) -> None:
    with nothing_written(workbook, NotYet, "Support has not ended."):
        endings.tell_contact(as_(DEE, workbook), op(), row_of(workbook, Cases, JUNE_CASE))


@pytest.mark.parametrize("actor", [OMAR, FERN])
def test_another_mentor_and_finance_end_nothing(workbook: Workbook, actor: Any) -> None:
    case, ctx = row_of(workbook, Cases, JUNE_CASE), as_(actor, workbook)
    for verb in (
        lambda: endings.leave(ctx, op(), case, {"left_on": TODAY, "left_reason": "x"}),
        lambda: endings.drop_out(ctx, op(), case, "x"),
        lambda: endings.reopen(ctx, op(), case, "x"),
        lambda: endings.complete(ctx, op(), case, SHORT, "x"),
    ):
        with nothing_written(workbook, NotAllowed):
            verb()
