"""The diagnostic interview is the start (D4, D5, D7, D20, RM47 to RM50)."""

import logging
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Cases, Interviews
from schemas.contracts import Contracts
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees
from schemas.work import Sessions
from services import cases, interviews, records, referrals, support
from services.context import Actor
from services.programmes import all_programmes
from services.rules import levels
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
    OTHER_MENTEE_ID,
    as_,
    new_workbook,
    on,
    put,
    row_of,
)
from tests.services.casework import (
    BY_THIRD_PARTY,
    INTERVIEW,
    SESSION,
    met,
    nothing_written,
    referred,
    started,
)

NINO = "JG103759A"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def ready(workbook: Workbook, **person: Any) -> Any:
    """Rowan, met and found eligible."""
    return met(as_(DEE, workbook), row_of(workbook, Cases, CASE_ID), person or None)


def third_party(workbook: Workbook, person: dict[str, Any] | None = None) -> Any:
    """Somebody who is no customer, met by Dee, with nothing of consent but what `person` says."""
    ctx = as_(COLIN, workbook)
    case = referred(
        ctx, {"name": "Terry Wood", "is_customer": False}, **BY_THIRD_PARTY, office=None, mentor=DEE.mentor
    )
    return met(as_(DEE, workbook), case, person, booked_place="Our premises")


def test_the_interview_is_start_first_session_and_survey_in_one(workbook: Workbook) -> None:
    """D5: the start is the first session; the survey belongs to it."""
    case = started(as_(DEE, workbook), ready(workbook), nino=NINO)
    (session,) = records.view(as_(DEE, workbook)).where(Sessions, "case", CASE_ID)
    (interview,) = records.view(as_(DEE, workbook)).where(Interviews, "case", CASE_ID)
    day = date(2024, 6, 12)
    assert (case["started_on"], case["survey_on"], case["outcome"]) == (day, day, "started")
    assert (session["mentor"], session["minutes"], session["status"]) == (
        DEE.mentor,
        Decimal(60),
        "record in",
    )
    assert (interview["held_on"], interview["addiction"]) == (day, "alcohol")
    steps = {step.code: step for step in cases.card(as_(DEE, workbook), CASE_ID).line}
    assert (
        steps[levels.INTERVIEW].state is levels.State.MET and steps[levels.SURVEY].state is levels.State.MET
    )
    assert steps[levels.FIRST_SESSIONS].count == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"held_on": date(2024, 6, 13)}, "can't be in the future"),
        ({"held_on": date(2024, 6, 10)}, "can't be before the initial meeting"),
        ({"addiction": None}, "Addiction is needed"),
        ({"told_complaints": None}, "must be yes"),
        ({"disclosure": "disclosed since the start"}, "Disclosed on is needed"),
        ({"disclosure": "disclosed before", "disclosed_on": date(2024, 7, 1)}, "can't be in the future"),
    ],
)
def test_an_interview_that_does_not_hold_together_is_refused(
    workbook: Workbook, wrong: dict[str, Any], words: str
) -> None:
    shown = ready(workbook)
    with nothing_written(workbook, InvalidEntry, words):
        started(as_(DEE, workbook), shown, **wrong)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"place": "Jobcentre Plus office"}, "can't be an office"),
        ({"place": None}, "Place is needed"),
        ({"manner": "digital"}, "must be yes for a session at a distance"),
        ({"minutes": None}, "Minutes is needed"),
        ({"minutes": Decimal(0)}, "Minutes is needed"),
    ],
)
def test_the_first_session_is_off_the_office_and_digital_only_by_agreement(
    workbook: Workbook, wrong: dict[str, Any], words: str
) -> None:
    """D6, D9; 2.7."""
    shown = ready(workbook)
    with nothing_written(workbook, InvalidEntry, words):
        started(as_(DEE, workbook), shown, wrong)


def test_nobody_starts_before_the_initial_meeting_or_twice(workbook: Workbook) -> None:
    with nothing_written(workbook, NotYet, "initial meeting has not been recorded"):
        started(as_(DEE, workbook), row_of(workbook, Cases, CASE_ID))
    begun = started(as_(DEE, workbook), ready(workbook))
    with nothing_written(workbook, NotYet, "They started on 12 June 2024"):
        started(as_(DEE, workbook), begun)


def test_who_was_unwilling_starts_only_after_the_outcome_was_changed(workbook: Workbook) -> None:
    ctx = as_(DEE, workbook)
    shown = met(ctx, row_of(workbook, Cases, CASE_ID), outcome="unwilling", outcome_reason="Not now")
    with nothing_written(workbook, NotYet, "ended as: unwilling"):
        started(ctx, shown)
    started(ctx, met(ctx, shown, outcome=None, outcome_reason=None))


def test_nobody_starts_under_18_on_the_day(workbook: Workbook) -> None:
    """D2: an imported answer is not enough."""
    put(
        workbook,
        Mentees,
        "GRP-YOUNGG",
        name="Young One",
        date_of_birth=date(2006, 6, 13),
        is_customer=True,
        status="active",
    )
    young = put(
        workbook, Cases, "CAS-YOUNGG", mentee="GRP-YOUNGG", mentor=DEE.mentor, area="9", route="Jobcentre Plus",
        received_on=date(2024, 6, 3), met_on=date(2024, 6, 11), is_eligible=True,
    )  # fmt: skip
    with nothing_written(workbook, NotYet, "under 18 on 12 June 2024"):
        started(as_(DEE, workbook), young)
    started(on(as_(DEE, workbook), date(2024, 6, 13)), young, held_on=date(2024, 6, 13))


def test_nobody_starts_who_was_not_found_eligible_or_has_no_mentor(workbook: Workbook) -> None:
    unasked = put(
        workbook, Cases, "CAS-UNASKE", mentee=MENTEE_ID, mentor=DEE.mentor, area="9", route="Jobcentre Plus",
        received_on=date(2024, 6, 5), met_on=date(2024, 6, 11),
    )  # fmt: skip
    with nothing_written(workbook, NotYet, "not been found eligible"):
        started(as_(DEE, workbook), unasked)
    ctx = as_(COLIN, workbook)
    nobodys = met(ctx, referred(ctx))
    with nothing_written(workbook, NotYet, "no mentor yet"):
        started(ctx, nobodys)


# --- consent (RM50) -------------------------------------------------------------------------------


def test_rm50_no_start_without_consent_of_who_is_no_customer(workbook: Workbook) -> None:
    ctx, shown = as_(DEE, workbook), third_party(workbook)
    for actor in (DEE, COLIN, NORA):
        with nothing_written(workbook, NotYet, "no consent on record"):
            started(as_(actor, workbook), shown)
    support.give(ctx, op(), shown["mentee"], date(2024, 6, 12), is_read=True)
    assert started(ctx, row_of(workbook, Cases, shown.id))["started_on"] == date(2024, 6, 12)


def test_rm50_consent_given_after_the_day_or_withdrawn_does_not_start_anybody(workbook: Workbook) -> None:
    ctx, shown = as_(DEE, workbook), third_party(workbook)
    support.give(ctx, op(), shown["mentee"], date(2024, 6, 12), is_read=True)
    with nothing_written(workbook, NotYet, "no consent on record from before this day"):
        started(ctx, shown, held_on=date(2024, 6, 11))
    support.withdraw(ctx, op(), shown["mentee"], date(2024, 6, 12))
    with nothing_written(workbook, NotYet, "have withdrawn their consent"):
        started(ctx, shown)


# --- the last start (D20, D28) --------------------------------------------------------------------


def test_after_the_contracts_last_start_nobody_starts(workbook: Workbook) -> None:
    shown = ready(workbook)
    late = on(as_(DEE, workbook), date(2025, 1, 13))
    with nothing_written(workbook, InvalidEntry, "after 10 January 2025, the contract's last start"):
        started(late, shown, held_on=date(2025, 1, 13))
    started(late, shown, held_on=date(2025, 1, 10))


def test_the_last_start_is_the_contracts_own_else_the_programmes(workbook: Workbook) -> None:
    """D28: nine contracts may each have their own."""
    programme, ground = all_programmes()["dwp"], records.ground(as_(COLIN, workbook))
    found, day = ground.all(Contracts), date(2024, 6, 12)
    assert interviews.last_start(programme, found, "9", day) == date(2025, 1, 10)
    earlier = put(
        workbook, Contracts, "CTR-AREA11", name="Area 1", areas=("1",), starts_on=date(2023, 1, 9),
        implemented_on=date(2023, 3, 31), ends_on=date(2024, 12, 31), last_start_on=date(2024, 6, 1),
        value_pounds=Decimal(1), status="running",
    )  # fmt: skip
    assert interviews.last_start(programme, [*found, earlier], "1", day) == date(2024, 6, 1)
    assert interviews.last_start(programme, [*found, earlier], "2", day) == date(2025, 1, 10)


# --- the NINO (D4, RM47 to RM49) ------------------------------------------------------------------


def test_rm47_a_full_nino_is_for_staff_and_the_own_mentor_and_each_view_is_logged(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    started(as_(DEE, workbook), ready(workbook), nino=" jg 10 37 59 a ")
    caplog.set_level(logging.INFO)
    for actor in (DEE, COLIN, NORA):
        caplog.clear()
        assert interviews.nino(as_(actor, workbook), MENTEE_ID) == NINO
        assert f"opened column=nino record={MENTEE_ID} actor={actor.id}" in caplog.text
        assert NINO not in caplog.text
    for actor in (OMAR, FERN, ELSA, ANDY):
        with pytest.raises(NotAllowed):
            interviews.nino(as_(actor, workbook), MENTEE_ID)


def test_rm48_everywhere_else_it_is_dots_and_in_no_error(workbook: Workbook) -> None:
    ctx, shown = as_(DEE, workbook), ready(workbook)
    with pytest.raises(InvalidEntry) as caught:
        started(ctx, shown, nino="QQ123456C")
    assert "QQ123456C" not in str(caught.value)
    started(ctx, shown, nino=NINO)
    mentee = cases.card(ctx, CASE_ID).mentee
    assert interviews.masked_nino(ctx, mentee).endswith("59A") and NINO not in repr(dict(mentee))
    assert all(NINO not in str(entry) for entry in workbook.store.history("Mentees", MENTEE_ID))


@pytest.mark.parametrize("wrong", ["QQ123456C", "JG10375A", "JG103759E", "1", "DA103759A"])
def test_a_nino_is_checked_by_the_official_rules(workbook: Workbook, wrong: str) -> None:
    with nothing_written(workbook, InvalidEntry, "is not a National Insurance number"):
        interviews.record_nino(as_(DEE, workbook), op(), MENTEE_ID, wrong)


def test_rm49_no_nino_of_who_is_no_customer(workbook: Workbook) -> None:
    shown = third_party(workbook, {"statement_read": True, "consent_on": date(2024, 6, 11)})
    with nothing_written(workbook, InvalidEntry, "kept only of customers"):
        started(as_(DEE, workbook), shown, nino=NINO)
    for actor in (OMAR, COLIN, NORA):
        with nothing_written(workbook, InvalidEntry, "kept only of customers"):
            interviews.record_nino(as_(actor, workbook), op(), OTHER_MENTEE_ID, NINO)


# --- whose ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [OMAR, FERN, ELSA, ANDY])
def test_nobody_elses_case_is_started(workbook: Workbook, actor: Actor) -> None:
    shown = ready(workbook)
    with nothing_written(workbook, NotAllowed):
        interviews.start(as_(actor, workbook), op(), shown, INTERVIEW, SESSION, has_survey=True)


def test_what_comes_to_light_later_is_added_to_the_interview(workbook: Workbook) -> None:
    """3.5: disclosure after the start, with its date."""
    started(as_(DEE, workbook), ready(workbook))
    shown = cases.card(as_(DEE, workbook), CASE_ID).interview
    assert shown is not None
    later = {"disclosure": "disclosed since the start", "disclosed_on": date(2024, 6, 12)}
    interviews.edit(as_(DEE, workbook), op(), shown, later)
    assert row_of(workbook, Interviews, shown.id)["disclosed_on"] == date(2024, 6, 12)
    with nothing_written(workbook, NotAllowed):
        interviews.edit(as_(DEE, workbook), op(), shown, {"held_on": date(2024, 6, 11)})
    with nothing_written(workbook, NotAllowed):
        interviews.edit(as_(OMAR, workbook), op(), shown, later)


def test_a_start_from_a_file_gets_its_interview_once(workbook: Workbook) -> None:
    """X9: its day is the start's."""
    ctx, shown = as_(OMAR, workbook), row_of(workbook, Cases, OTHER_CASE_ID)
    asked = {name: value for name, value in INTERVIEW.items() if name != "held_on"}
    interviews.add(ctx, op(), shown, asked)
    found = cases.card(ctx, OTHER_CASE_ID).interview
    assert found is not None and found["held_on"] == date(2024, 5, 14)
    for again in (shown, row_of(workbook, Cases, CASE_ID)):
        with nothing_written(workbook, NotYet, "no start here that lacks its interview"):
            interviews.add(as_(COLIN, workbook), op(), again, asked)


def test_what_was_said_in_confidence_opens_for_staff_and_the_own_mentor(workbook: Workbook) -> None:
    started(as_(DEE, workbook), ready(workbook), notes="Sleeps at a friend's")
    shown = cases.card(as_(DEE, workbook), CASE_ID).interview
    assert shown is not None and "friend" not in repr(dict(shown))
    assert interviews.notes(as_(COLIN, workbook), shown) == "Sleeps at a friend's"
    with pytest.raises(NotAllowed):
        interviews.notes(as_(OMAR, workbook), shown)


def test_a_start_that_was_brought_in_without_consent_is_kept_and_warned_of(workbook: Workbook) -> None:
    put(
        workbook,
        Mentees,
        "GRP-NOCONS",
        name="No Consent",
        date_of_birth=date(1980, 1, 1),
        is_customer=False,
        status="active",
    )
    put(
        workbook, Cases, "CAS-NOCONS", mentee="GRP-NOCONS", mentor=DEE.mentor, area="9", route="Third party",
        received_on=date(2024, 5, 3), met_on=date(2024, 5, 7), started_on=date(2024, 5, 8), outcome="started",
    )  # fmt: skip
    (words,) = cases.card(as_(DEE, workbook), "CAS-NOCONS").warnings
    assert "without consent on record" in str(words)
    assert cases.card(as_(OMAR, workbook), OTHER_CASE_ID).warnings == ()
    with nothing_written(workbook, NotYet):
        referrals.close(as_(DEE, workbook), op(), row_of(workbook, Cases, "CAS-NOCONS"), "unwilling", "x")
