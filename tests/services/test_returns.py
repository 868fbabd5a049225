"""The monthly return against a second count, frozen as sent, and by role (D14, RM57; 3.4, 3.8)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from schemas.column import Row
from schemas.contracts import Contracts, ReturnKind, ReturnLines, Returns
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet
from schemas.mentees import Mentees
from services import records, returns
from services.context import Context
from services.returns import Pmi
from services.rules import measures
from tests import dwp
from tests.cast import op
from tests.services.imports.desk import REAL, take
from tests.services.imports.test_cases_and_sessions import brought, empty
from tests.services.independent_pmi import count
from tests.services.pmi_files import files

JUNE = returns.month_of(date(2024, 6, 1))
SENDING = {"sent_on": date(2024, 7, 4), "reference": "JAG-1", "narrative": "On profile."}


def on(ctx: Context, day: date) -> Context:
    return dwp.on(ctx, day)


def scene(workbook: object) -> None:
    """The files' people with the cast and a contract for areas 8 and 9."""
    dwp.begin(workbook)  # type: ignore[arg-type]
    brought(workbook)  # type: ignore[arg-type]


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return on(dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", scene)), date(2024, 7, 4))


@pytest.fixture
def contract(ctx: Context) -> Row:
    return records.ground(ctx).get(Contracts, dwp.CONTRACT_ID)


def figures(made: Pmi) -> dict[str, str]:
    return {each.key: returns.written(each) for each in made.measures if each.code not in measures.PERSONNEL}


def compare(ctx: Context, cases: str, sessions: str, year: int, month: int, made_on: date) -> None:
    asked = on(ctx, made_on)
    made = returns.pmi(asked, None, returns.month_of(date(year, month, 1)))
    expected, left_out = count(cases, sessions, year, month, made_on)
    assert figures(made) == expected
    assert made.left_out == left_out


def text(name: str) -> str:
    return (REAL / name).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("year", "month", "made_on"),
    [
        (2024, 1, date(2024, 2, 7)),
        (2024, 6, date(2024, 7, 5)),
        (2024, 10, date(2024, 11, 7)),
        (2025, 2, date(2025, 3, 7)),
    ],
)
def test_every_measure_of_the_areas_own_files_is_what_a_second_count_says(
    tmp_path: Path, year: int, month: int, made_on: date
) -> None:
    ctx = dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", brought))
    compare(ctx, text("dwp-cases.csv"), text("dwp-sessions.csv"), year, month, made_on)


def test_june_and_october_2024_come_to_the_figures_counted_by_hand(tmp_path: Path) -> None:
    """As reported once and agreed: starts, in time, four and eight sessions."""
    ctx = dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", brought))
    june = returns.pmi(on(ctx, date(2024, 7, 5)), None, JUNE)
    october = returns.pmi(on(ctx, date(2024, 11, 7)), None, returns.month_of(date(2024, 10, 1)))
    keys = (
        "referrals",
        "starts: Third party",
        "meetings-in-time-percent",
        "first-sessions",
        "sessions-percent",
    )
    assert [june.value(key) for key in keys] == ["110", "17", "78.2", "34", "17.5"]
    assert [october.value(key) for key in keys] == ["173", "25", "77.6", "65", "24.1"]
    assert (june.left_out, october.left_out) == (3, 4)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_files_full_of_edges_are_counted_the_same_in_every_month(tmp_path: Path, seed: int) -> None:
    """Limits met on their day, holidays of three nations, 45 and 59 minutes, withdrawals, month ends."""
    ctx = dwp.as_(
        dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", empty), datetime(2025, 9, 1, 9, tzinfo=UTC)
    )
    cases, sessions = files(seed, 70, 450)
    assert take(ctx, cases.encode()).rows_wrong == 0
    assert take(ctx, sessions.encode()).rows_wrong == 0
    for month in range(1, 13):
        compare(
            ctx, cases, sessions, 2024, month, date(2025, 1, 7) if month == 12 else date(2024, month + 1, 7)
        )


def test_a_month_without_anybody_is_a_nil_return(tmp_path: Path) -> None:
    ctx = dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", empty))
    made = returns.pmi(ctx, None, returns.month_of(date(2024, 5, 1)))
    assert {returns.written(each) for each in made.measures} == {"0", "nil"}


def test_a_return_is_due_on_the_fifth_working_day_of_the_month_after_in_england(ctx: Context) -> None:
    """3.4: for December 2024 the eighth of January, for April 2024 the eighth of May."""
    due = [
        returns.due_on(ctx, returns.month_of(date(year, month, 1))) for year, month in ((2024, 12), (2024, 4))
    ]
    assert due == [date(2025, 1, 8), date(2024, 5, 8)]


def test_a_figure_opens_its_cases_and_a_contract_counts_its_areas_alone(ctx: Context, contract: Row) -> None:
    """X11, D28."""
    made = returns.pmi(ctx, contract, JUNE)
    starts = next(each for each in made.measures if each.key == "starts")
    behind = returns.cases_behind(ctx, starts)
    assert len(behind) == starts.value
    assert {case["area"] for case in behind} == {"8", "9"}
    assert (
        starts.value
        < next(each for each in returns.pmi(ctx, None, JUNE).measures if each.key == "starts").value
    )


def test_what_was_sent_comes_out_the_same_whatever_changes_afterwards(ctx: Context, contract: Row) -> None:
    """D14, D3: frozen as sent, though a mentee withdraws and sessions go."""
    before = figures(returns.pmi(ctx, contract, JUNE))
    returns.send_pmi(ctx, op(), contract, JUNE, SENDING)
    mentee = next(row for row in records.ground(ctx).all(Mentees) if row["is_customer"] is False)
    records.commit(
        ctx, op(), "consent.record", "", _needs(mentee),
        lambda fresh: [records.Edit(Mentees, mentee.id, {"consent_withdrawn_on": ctx.today})],
    )  # fmt: skip
    sent = returns.pmi(ctx, contract, JUNE)
    assert sent.sent is not None and figures(sent) == before
    assert [each.key for each in sent.measures] == [
        each.key for each in returns.fresh_pmi(ctx, contract, JUNE).measures
    ]
    assert returns.is_as_sent(ctx, sent.sent)


def _needs(mentee: Row):  # noqa: ANN202 - the store's own
    from services.store.interface import Needs

    return Needs(rows=((Mentees.tab, mentee.id),))


def test_a_line_changed_in_the_sheet_is_seen(ctx: Context, contract: Row) -> None:
    returns.send_pmi(ctx, op(), contract, JUNE, SENDING)
    sent = returns.sent_row(ctx, contract, ReturnKind.PMI, JUNE)
    assert sent is not None and returns.is_as_sent(ctx, sent)
    line = records.ground(ctx).where(ReturnLines, "sent", sent.id)[0]
    from services.store.interface import Needs, Operation, Update

    ctx.workbook.take(
        ctx.workbook.store.commit(
            Operation(op(), "", "test", "start", ctx.now, "dwp"),
            Needs(rows=((ReturnLines.tab, line.id),)),
            lambda fresh: [Update(ReturnLines.tab, line.id, {"value": "7"}, {"value": line["value"]})],
        )
    )
    assert not returns.is_as_sent(ctx, sent)


def test_a_return_goes_once_when_its_month_is_over_and_never_from_the_future(
    ctx: Context, contract: Row
) -> None:
    with pytest.raises(NotYet, match="not over"):
        returns.send_pmi(ctx, op(), contract, returns.month_of(date(2024, 7, 1)), SENDING)
    with pytest.raises(InvalidEntry):
        returns.send_pmi(ctx, op(), contract, JUNE, SENDING | {"sent_on": date(2024, 6, 30)})
    with pytest.raises(NotFound):
        returns.send_pmi(ctx, op(), contract, returns.month_of(date(2022, 12, 1)), SENDING)
    returns.send_pmi(ctx, op(), contract, JUNE, SENDING)
    with pytest.raises(NotYet, match="sent already"):
        returns.send_pmi(ctx, op(), contract, JUNE, SENDING)
    assert len(records.ground(ctx).all(Returns)) == 1


def test_only_the_contract_manager_sends_and_a_mentor_sees_no_return(ctx: Context, contract: Row) -> None:
    """RM57: totals for staff, finance and evaluator; not for mentors and the administrator."""
    for actor in (dwp.NORA, dwp.COLIN, dwp.FERN, dwp.ELSA):
        assert returns.pmi(on(dwp.as_(actor, ctx.workbook), date(2024, 7, 4)), contract, JUNE).measures
    for actor in (dwp.DEE, dwp.ANDY):
        with pytest.raises(NotAllowed):
            returns.pmi(dwp.as_(actor, ctx.workbook), contract, JUNE)
    for actor in (dwp.COLIN, dwp.FERN, dwp.ELSA):
        with pytest.raises(NotAllowed):
            returns.send_pmi(
                on(dwp.as_(actor, ctx.workbook), date(2024, 7, 4)), op(), contract, JUNE, SENDING
            )


def test_an_evaluator_opens_no_case_behind_a_figure(ctx: Context, contract: Row) -> None:
    asked = on(dwp.as_(dwp.ELSA, ctx.workbook), date(2024, 7, 4))
    starts = next(each for each in returns.pmi(asked, contract, JUNE).measures if each.key == "starts")
    assert starts.value and returns.cases_behind(asked, starts) == []


def test_every_return_is_expected_in_its_own_rhythm(ctx: Context, contract: Row) -> None:
    """3.8: monthly, quarterly spend, six-monthly cost register and IPR log, from the month the contract starts."""
    found = returns.expected(ctx, contract)
    months = {kind: [each.period.first for each in found if each.kind is kind] for kind in ReturnKind}
    assert len(months[ReturnKind.PMI]) == len(months[ReturnKind.TRACKER]) == 18
    assert months[ReturnKind.SPEND][:2] == [date(2024, 4, 1), date(2024, 1, 1)]
    assert months[ReturnKind.COST_REGISTER] == [date(2024, 1, 1), date(2023, 7, 1), date(2023, 1, 1)]
    assert months[ReturnKind.IPR_LOG] == months[ReturnKind.COST_REGISTER]
    june = found[-1] if found[-1].period == JUNE else next(each for each in found if each.period == JUNE)
    assert (
        june.due_on == date(2024, 7, 5)
        and not june.is_late(date(2024, 7, 5))
        and june.is_late(date(2024, 7, 6))
    )


def test_a_buyers_map_without_its_workbook_is_told_and_with_it_is_filled(ctx: Context, contract: Row) -> None:
    """2.31, 3.9: the map of cells is programme data."""
    import io
    from dataclasses import replace

    from openpyxl import Workbook, load_workbook

    from services import return_papers

    assert ctx.programme.contract is not None
    mapped = replace(ctx.programme.contract, pmi_cells={"starts": "C4", "left-out": "C5"})
    asked = replace(ctx, programme=replace(ctx.programme, contract=mapped))
    made, book = returns.pmi(asked, contract, JUNE), io.BytesIO()
    with pytest.raises(NotYet, match="no workbook was chosen"):
        return_papers.pmi_file(asked, made)
    Workbook().save(book)
    sheet = load_workbook(io.BytesIO(return_papers.pmi_file(asked, made, book.getvalue()))).active
    assert (str(sheet["C4"].value), sheet["C5"].value) == (made.value("starts"), made.left_out)


def test_no_draft_plan_and_no_rearranged_session_is_counted(ctx: Context, contract: Row) -> None:
    from decimal import Decimal

    from schemas.mentees import Plans
    from schemas.work import Sessions

    before = returns.pmi(ctx, contract, JUNE)
    whose = {"mentee": dwp.OTHER_MENTEE_ID, "case": dwp.OTHER_CASE_ID}
    dwp.put(
        ctx.workbook,
        Plans,
        "PLA-DRAFT0",
        **whose,
        version=Decimal(1),
        agreed_on=date(2024, 5, 20),
        status="draft",
    )
    for n in range(4):
        dwp.put(
            ctx.workbook, Sessions, f"SES-MOVED{n}", **whose, mentor=dwp.OMAR.mentor, held_on=date(2024, 6, 3 + n),
            attendance="rearranged", minutes=Decimal(60), status="record in",
        )  # fmt: skip
    assert figures(returns.pmi(ctx, contract, JUNE)) == figures(before)
