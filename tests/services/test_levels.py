"""The eight service levels by month and area, and the plans that missed ones ask for (D15, D16; table A)."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.cases import Cases
from schemas.column import Row
from schemas.contracts import Contracts, Improvements, Postings
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees, Plans
from schemas.work import Sessions
from services import due, improvements, levels, records, returns, success
from services.context import Context
from services.levels import Tally
from services.rules.workdays import add_working_days
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import put
from tests.services.documents.word_files import text_of

JUNE, MAY = returns.month_of(date(2024, 6, 1)), returns.month_of(date(2024, 5, 1))
TODAY = date(2024, 7, 10)
SENT = {"sent_on": date(2024, 7, 5)}


def case(
    workbook: Workbook, n: int, area: str = "8", sessions: int = 0, plan: int = 0, **values: object
) -> None:
    """A case, so many sessions of an hour a week apart from its start, a plan so many working days after it."""
    whose = {"mentee": f"GRP-LEVEL{n}", "case": f"CAS-LEVEL{n}"}
    put(workbook, Mentees, whose["mentee"], name=f"Person {n}", is_customer=True, status="active")
    put(
        workbook, Cases, whose["case"], number=f"L{n}", mentee=whose["mentee"], mentor=dwp.DEE.mentor, area=area,
        route="Jobcentre Plus", **values,
    )  # fmt: skip
    start = values.get("started_on")
    if plan and isinstance(start, date):
        put(
            workbook, Plans, f"PLA-LEVEL{n}", **whose, version=Decimal(1), status="agreed",
            agreed_on=add_working_days(start, plan, "Scotland"),
        )  # fmt: skip
    for held in range(sessions):
        assert isinstance(start, date)
        put(
            workbook, Sessions, f"SES-LEV{n}{held:02}", **whose, mentor=dwp.DEE.mentor, status="record in",
            held_on=start + timedelta(7 * held), attendance="attended", minutes=Decimal(60),
        )  # fmt: skip


def scene(workbook: Workbook) -> None:
    """Area 8: met and missed limits of June; 3.5 FTE of the 4 asked for, 4 from mid-June."""
    dwp.begin(workbook)
    referred = date(2024, 5, 28)  # limit of the meeting: 11 June
    case(workbook, 1, received_on=referred, met_on=date(2024, 6, 11))
    case(workbook, 2, received_on=referred, met_on=date(2024, 6, 12))
    case(workbook, 3, received_on=referred)
    case(workbook, 4, received_on=referred, outcome="not reached")
    case(workbook, 5, received_on=date(2024, 7, 2))
    start = {"received_on": date(2024, 5, 1), "met_on": date(2024, 5, 7), "started_on": date(2024, 5, 23)}
    case(
        workbook,
        6,
        plan=10,
        sessions=8,
        survey_on=start["started_on"],
        completed_on=date(2024, 7, 11),
        **start,
    )
    case(workbook, 7, plan=11, sessions=3, left_on=date(2024, 6, 27), left_reason="moved", **start)
    for n, (hours, from_on) in enumerate(
        [(40, "2023-04-01"), (40, "2023-04-01"), (40, "2023-04-01"), (20, "2023-04-01")]
    ):
        put(
            workbook, Postings, f"PST-LEVEL{n}", contract=dwp.CONTRACT_ID, mentor=dwp.DEE.mentor, area="8",
            weekly_hours=Decimal(hours), from_on=date.fromisoformat(from_on),
        )  # fmt: skip
    put(
        workbook, Postings, "PST-LEVEL9", contract=dwp.CONTRACT_ID, mentor=dwp.OMAR.mentor, area="8",
        weekly_hours=Decimal(20), from_on=date(2024, 6, 14),
    )  # fmt: skip


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return dwp.on(dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", scene)), TODAY)


@pytest.fixture
def contract(ctx: Context) -> Row:
    return records.ground(ctx).get(Contracts, dwp.CONTRACT_ID)


def tally(ctx: Context, contract: Row, code: str, area: str = "8", month: returns.Period = JUNE) -> Tally:
    report = levels.report(ctx, contract, month)
    return next(each for each in report if (each.level.code, each.area) == (code, area))


def met_and_missed(ctx: Context, contract: Row, code: str, **of: object) -> tuple[int, int]:
    found = tally(ctx, contract, code, **of)  # type: ignore[arg-type]
    return found.met, found.missed


def test_all_eight_rows_are_there_and_only_the_pmi_is_critical(ctx: Context, contract: Row) -> None:
    report = levels.report(ctx, contract, JUNE)
    codes = list(dict.fromkeys(each.level.code for each in report))
    assert codes == ["pmi", "tracker", "initial-meeting", "interview", "plan", "sessions", "survey", "fte"]
    assert {each.level.code for each in report if each.level.is_critical} == {"pmi"}
    assert len(report) == 2 + 6 * 2


def test_a_meeting_counts_in_the_month_its_limit_fell_and_one_no_longer_asked_for_not(
    ctx: Context, contract: Row
) -> None:
    """On the tenth working day met, on the eleventh missed, not held missed, not reached not asked."""
    assert met_and_missed(ctx, contract, "initial-meeting") == (1, 2)
    assert met_and_missed(ctx, contract, "initial-meeting", month=returns.month_of(TODAY)) == (0, 0)
    found = tally(ctx, contract, "initial-meeting")
    assert {row["number"] for row in levels.cases_of(ctx, found)} == {"L2", "L3"}


def test_plan_survey_and_interview_count_where_their_limits_fell(ctx: Context, contract: Row) -> None:
    assert met_and_missed(ctx, contract, "plan") == (1, 1)
    assert met_and_missed(ctx, contract, "survey", month=MAY) == (1, 1)
    assert met_and_missed(ctx, contract, "interview", month=MAY) == (0, 2)


def test_interventions_are_four_within_thirty_days_and_eight_by_the_end(ctx: Context, contract: Row) -> None:
    """L6 had its eighth on 11 July; L7 left on 27 June after three."""
    assert met_and_missed(ctx, contract, "sessions") == (0, 1)
    july = dwp.on(ctx, date(2024, 8, 1))
    assert met_and_missed(july, contract, "sessions", month=returns.month_of(date(2024, 7, 1))) == (2, 0)


def test_a_day_below_the_least_misses_the_fte_of_a_month(ctx: Context, contract: Row) -> None:
    """C1.2: 3.5 of 4 until 13 June; 4 from then on; nothing is asked before the implementation is over."""
    june = tally(ctx, contract, "fte")
    assert (june.met, june.missed, june.gap, june.least) == (0, 1, Decimal("0.5"), 4)
    assert met_and_missed(ctx, contract, "fte", month=returns.month_of(TODAY)) == (1, 0)
    assert met_and_missed(ctx, contract, "fte", month=returns.month_of(date(2023, 3, 1))) == (0, 0)


def test_a_return_is_missed_in_the_month_its_day_fell(ctx: Context, contract: Row) -> None:
    july = returns.month_of(TODAY)
    early = dwp.on(ctx, date(2024, 7, 5))
    assert met_and_missed(early, contract, "pmi", area="", month=july) == (0, 0)
    assert met_and_missed(ctx, contract, "pmi", area="", month=july) == (0, 1)
    returns.send_pmi(early, op(), contract, JUNE, SENT)
    assert met_and_missed(ctx, contract, "pmi", area="", month=july) == (1, 0)
    assert met_and_missed(ctx, contract, "tracker", area="", month=july) == (0, 1)


def test_what_is_late_comes_first_and_a_mentor_sees_the_own(ctx: Context, contract: Row) -> None:
    found = levels.late_first(ctx, contract)
    states = [each.step.state for each in found]
    assert states == sorted(states, key=lambda state: levels.journeys.URGENCY[state])
    mine = levels.late_first(dwp.on(dwp.as_(dwp.OMAR, ctx.workbook), TODAY))
    assert {each.case["number"] for each in mine} <= {"C0002"}
    for actor in (dwp.FERN, dwp.ELSA, dwp.ANDY):
        with pytest.raises(NotAllowed):
            levels.late_first(dwp.as_(actor, ctx.workbook))
    with pytest.raises(NotAllowed):
        levels.report(dwp.as_(dwp.DEE, ctx.workbook), contract, JUNE)


def begun(ctx: Context, contract: Row, **values: object) -> Row:
    improvements.begin(ctx, op(), contract, tally(ctx, contract, "plan"), values)
    return records.ground(ctx).all(Improvements)[-1]


def test_a_missed_level_owes_one_plan_for_its_area_and_month(ctx: Context, contract: Row) -> None:
    before = {(each.level.code, each.area) for each in improvements.owed(ctx, contract)}
    assert ("plan", "8") in before
    row = begun(ctx, contract, cause="Nobody stood in.")
    assert (row["level"], row["area"], row["month"], row["missed"]) == ("plan", "8", JUNE.first, 1)
    assert ("plan", "8") not in {(each.level.code, each.area) for each in improvements.owed(ctx, contract)}
    with pytest.raises(NotYet, match="plan for this level"):
        begun(ctx, contract)


def test_a_level_that_was_met_asks_for_no_plan(ctx: Context, contract: Row) -> None:
    met = tally(ctx, contract, "fte", month=returns.month_of(TODAY))
    with pytest.raises(NotYet, match="was met"):
        improvements.begin(ctx, op(), contract, met, {})


def test_a_plan_is_sent_with_cause_actions_and_owner_then_closed_and_opened_again(
    ctx: Context, contract: Row
) -> None:
    row = begun(ctx, contract)
    with pytest.raises(InvalidEntry) as told:
        improvements.send(ctx, op(), row, TODAY)
    assert [problem.field for problem in told.value.problems] == ["cause", "actions", "owner"]
    improvements.edit(
        ctx, op(), row, {"cause": "Leave", "actions": "Cover, by 1 August\nLook weekly", "owner": "Colin"}
    )
    row = records.ground(ctx).get(Improvements, row.id)
    improvements.send(ctx, op(), row, TODAY)
    improvements.close(ctx, op(), records.ground(ctx).get(Improvements, row.id))
    improvements.reopen(ctx, op(), records.ground(ctx).get(Improvements, row.id))
    row = records.ground(ctx).get(Improvements, row.id)
    assert (row["status"], row["sent_on"]) == ("open", TODAY)
    with pytest.raises(NotAllowed):
        improvements.edit(dwp.as_(dwp.FERN, ctx.workbook), op(), row, {"owner": "Fern"})


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Performance Improvement Plan"), ("cy", "Cynllun Gwella")]
)
def test_the_plan_as_a_word_file_names_level_area_and_actions(
    ctx: Context, contract: Row, language: str, title: str
) -> None:
    row = begun(ctx, contract, cause="Leave", actions="Cover, by 1 August\nLook weekly", owner="Colin Bray")
    said = text_of(improvements.document(ctx, row.id, language))
    assert title in said and "Cover, by 1 August" in said and "Look weekly" in said and "Colin Bray" in said
    assert "Person" not in said
    assert improvements.file_name(row) == "improvement-plan-plan-area-8-2024-06.docx"


def test_a_plan_just_begun_prints_no_empty_place_and_no_english_in_welsh(ctx: Context, contract: Row) -> None:
    """D15, X7: where the level is asked for is said in the reader's language; blanks are said to be blank."""
    row = begun(ctx, contract)
    english, welsh = (text_of(improvements.document(ctx, row.id, each)) for each in ("en", "cy"))
    assert (
        "Call-off specification, table A" in english and "The cause has not been written down yet." in english
    )
    assert "Manyleb archebu’r gwasanaeth, tabl A" in welsh and "Call-off" not in welsh
    assert improvements.paper(ctx, row, "cy").owner == "–"


def test_today_says_what_is_due(ctx: Context, contract: Row) -> None:
    """X10: the manager is asked for returns, plans and a sample; the co-ordinator for plans."""
    kinds = {each.kind: each for each in due.of(ctx)}
    assert kinds["return:PMI"].on == date(2023, 8, 7)
    assert {"return:TRACKER", "return:SPEND", "improvement", "sample"} <= set(kinds)
    others = {each.kind for each in due.of(dwp.on(dwp.as_(dwp.COLIN, ctx.workbook), TODAY))}
    assert "improvement" in others and not {"return:PMI", "sample"} & others


def test_an_evaluator_reads_no_small_count_among_the_factors(ctx: Context) -> None:
    """D26, X5."""
    says = {factor.term.code: " ".join(map(str, factor.says)) for factor in success.of(ctx)}
    assert "3 mentees had a diagnostic interview; 2 of them agreed" in says["SF3"]
    masked = success.of(dwp.on(dwp.as_(dwp.ELSA, ctx.workbook), TODAY))
    said = {factor.term.code: " ".join(map(str, factor.says)) for factor in masked}
    assert "fewer than 5 mentees had a diagnostic interview; fewer than 5" in said["SF3"]
    for actor in (dwp.DEE, dwp.FERN, dwp.ANDY):
        with pytest.raises(NotAllowed):
            success.of(dwp.as_(actor, ctx.workbook))
