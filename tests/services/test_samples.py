"""Random samples: how many, the same again from the seed, and nothing in them that says whose (D17, RM53, RM58)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.cases import Cases
from schemas.column import Row
from schemas.contracts import Contracts, Postings, SampleKind, Samples
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet
from schemas.mentees import Actions, Mentees, Plans
from schemas.work import Sessions
from services import records, samples
from services.context import Context
from services.rules.periods import Period
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import put
from tests.services.documents.word_files import text_of

QUARTER = Period(date(2024, 4, 9), date(2024, 7, 8))
NAMES = ("Ashby", "Brook", "Cairns", "Drew", "Ellis", "Frost")


def scene(workbook: Workbook) -> None:
    """Six mentees of area 9 with a plan each that says more than it should; 1.5 FTE there, none in area 8."""
    dwp.begin(workbook)
    for n, hours in enumerate((40, 20)):
        put(
            workbook, Postings, f"PST-AREA9{n}", contract=dwp.CONTRACT_ID, mentor=(dwp.DEE, dwp.OMAR)[n].mentor,
            area="9", weekly_hours=Decimal(hours), from_on=date(2023, 4, 1),
        )  # fmt: skip
    for n, name in enumerate(NAMES):
        whose = {"mentee": f"GRP-SAMPL{n}", "case": f"CAS-SAMPL{n}"}
        put(
            workbook, Mentees, whose["mentee"], name=f"Robin {name}", date_of_birth=date(1990, 1, 1 + n),
            is_customer=n != 5, nino="" if n == 5 else f"XX12345{n}A", status="active", phone="07700 900456",
            consent_on=date(2024, 4, 1) if n == 5 else None,
        )  # fmt: skip
        put(
            workbook, Cases, whose["case"], number=f"C10{n}", mentee=whose["mentee"], mentor=dwp.DEE.mentor,
            area="9", received_on=date(2024, 4, 1), route="Jobcentre Plus", started_on=date(2024, 4, 15),
            outcome="started",
        )  # fmt: skip
        put(
            workbook,
            Plans,
            f"PLA-SAMPL{n}",
            **whose,
            version=Decimal(1),
            agreed_on=date(2024, 4, 20),
            status="agreed",
        )
        put(
            workbook, Actions, f"ACT-SAMPL{n}", plan=f"PLA-SAMPL{n}", mentee=whose["mentee"], priority=Decimal(1),
            title=f"Robin {name} rings Dee Flint on 07700 900456", step="under way", by_on=date(2024, 6, 1),
            measure=f"{name}'s name is on the list at Wrexham", means=f"XX 12 34 5{n} A, robin@example.org",
            reason="Nora Lamb and Rhyl know of it; sobriety holds",
        )  # fmt: skip
        put(
            workbook, Sessions, f"SES-SAMPL{n}", **whose, mentor=dwp.DEE.mentor, held_on=date(2024, 5, 1 + n),
            attendance="attended", minutes=Decimal(60), status="record in",
        )  # fmt: skip


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return dwp.on(dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", scene)), date(2024, 7, 1))


@pytest.fixture
def contract(ctx: Context) -> Row:
    return records.ground(ctx).get(Contracts, dwp.CONTRACT_ID)


def drawn(ctx: Context, contract: Row, seed: str = "k7v3") -> Row:
    samples.draw_plans(ctx, op(), contract, QUARTER, seed)
    return records.ground(ctx).all(Samples)[0]


def test_quarters_run_from_the_day_the_contract_starts(ctx: Context, contract: Row) -> None:
    found = samples.quarters(ctx, contract)
    assert found[0] == QUARTER and found[-1] == Period(date(2023, 1, 9), date(2023, 4, 8))
    late = samples.quarters(dwp.on(ctx, date(2026, 1, 1)), contract)
    assert late[0].last == contract["ends_on"]


def test_one_plan_for_each_fte_rounded_up_in_each_area(ctx: Context, contract: Row) -> None:
    assert samples.wanted(ctx, contract, QUARTER) == {"8": 0, "9": 2}
    assert len(drawn(ctx, contract)["drawn"].split()) == 2


def test_the_seed_draws_the_same_again_and_another_seed_others(ctx: Context, contract: Row) -> None:
    plans, wanted = samples.plans_in(ctx, contract, QUARTER), samples.wanted(ctx, contract, QUARTER)
    row = drawn(ctx, contract)
    assert samples.plans_drawn(plans, wanted, row["seed"]) == row["drawn"].split()
    assert len({tuple(samples.plans_drawn(plans, wanted, str(n))) for n in range(30)}) > 10
    assert {id_ for n in range(60) for id_ in samples.plans_drawn(plans, wanted, str(n))} == {
        f"PLA-SAMPL{n}" for n in range(6)
    }


def test_nothing_of_whose_it_is_survives_in_the_document(ctx: Context, contract: Row) -> None:
    """RM58: no name, number, contact or place; of mentee, mentor, staff and office alike."""
    content = samples.document(ctx, drawn(ctx, contract).id)
    said = text_of(content).casefold()
    gone = (
        "robin",
        *NAMES,
        "dee",
        "flint",
        "nora",
        "lamb",
        "wrexham",
        "rhyl",
        "07700",
        "900456",
        "example.org",
    )
    assert not [word for word in gone if word.casefold() in said]
    assert not [n for n in range(6) if f"xx12345{n}a" in said.replace(" ", "")]
    assert "sobriety holds" in said and "plan 1, area 9" in said and "1 june 2024" in said


def test_whoever_withdrew_consent_is_never_drawn_and_leaves_a_sample_drawn(
    ctx: Context, contract: Row
) -> None:
    """RM53."""
    put(ctx.workbook, Postings, "PST-MORE90", contract=dwp.CONTRACT_ID, mentor=dwp.DEE.mentor, area="9",
        weekly_hours=Decimal(40), from_on=date(2023, 4, 1))  # fmt: skip
    plans = samples.plans_in(ctx, contract, QUARTER)["9"]
    assert len(plans) == 6
    row = drawn(ctx, contract, next(seed for seed in map(str, range(99)) if _draws_last(ctx, contract, seed)))
    _withdraw(ctx, "GRP-SAMPL5")
    again = samples.drawn_of(ctx, row.id)
    assert "PLA-SAMPL5" not in {plan.id for plan in again.rows} and again.gone == 1
    assert len(samples.plans_in(ctx, contract, QUARTER)["9"]) == 5


def _draws_last(ctx: Context, contract: Row, seed: str) -> bool:
    plans, wanted = samples.plans_in(ctx, contract, QUARTER), samples.wanted(ctx, contract, QUARTER)
    return "PLA-SAMPL5" in samples.plans_drawn(plans, wanted, seed)


def _withdraw(ctx: Context, mentee: str) -> None:
    from services.store.interface import Needs

    records.commit(
        ctx, op(), "consent.record", "", Needs(rows=((Mentees.tab, mentee),)),
        lambda fresh: [records.Edit(Mentees, mentee, {"consent_withdrawn_on": ctx.today})],
    )  # fmt: skip


def test_plans_are_drawn_once_a_quarter_and_activities_as_often_as_asked(ctx: Context, contract: Row) -> None:
    drawn(ctx, contract)
    with pytest.raises(NotYet, match="drawn already"):
        samples.draw_plans(ctx, op(), contract, QUARTER)
    for _ in range(2):
        samples.draw_activities(ctx, op(), contract, QUARTER, 3)
    kinds = [row["kind"] for row in samples.listed(ctx, contract)]
    assert kinds.count(SampleKind.ACTIVITIES) == 2
    with pytest.raises(InvalidEntry):
        samples.draw_activities(ctx, op(), contract, QUARTER, 0)
    with pytest.raises(NotFound):
        samples.draw_plans(ctx, op(), contract, Period(date(2024, 4, 1), date(2024, 6, 30)))
    with pytest.raises(NotYet, match="nothing to draw"):
        samples.draw_activities(ctx, op(), contract, samples.quarters(ctx, contract)[-1], 3)


def test_staff_and_evaluator_see_the_anonymised_plans_and_staff_alone_the_activities(
    ctx: Context, contract: Row
) -> None:
    """RM58, RM59."""
    plans = drawn(ctx, contract)
    samples.draw_activities(ctx, op(), contract, QUARTER, 3)
    checks = next(row for row in samples.listed(ctx, contract) if row["kind"] == SampleKind.ACTIVITIES)
    for actor in (dwp.NORA, dwp.COLIN, dwp.ELSA):
        assert samples.anonymised(dwp.as_(actor, ctx.workbook), plans.id)
    for actor in (dwp.DEE, dwp.FERN, dwp.ANDY):
        with pytest.raises(NotAllowed):
            samples.anonymised(dwp.as_(actor, ctx.workbook), plans.id)
    assert len(samples.activities(dwp.as_(dwp.COLIN, ctx.workbook), checks.id)) == 3
    assert samples.activities(dwp.as_(dwp.ELSA, ctx.workbook), checks.id) == []
    for actor in (dwp.COLIN, dwp.ELSA):
        with pytest.raises(NotAllowed):
            samples.draw_activities(dwp.as_(actor, ctx.workbook), op(), contract, QUARTER, 3)


def test_a_whole_plan_is_for_staff_and_the_own_mentor(ctx: Context) -> None:
    """RM59: an evaluator, finance and another mentor read no plan with its names."""
    seen: dict[str, Any] = {
        actor.name: len(records.view(dwp.as_(actor, ctx.workbook)).all(Plans)) for actor in dwp.CAST
    }
    assert [seen[actor.name] for actor in (dwp.NORA, dwp.COLIN, dwp.DEE)] == [6, 6, 6]
    assert [seen[actor.name] for actor in (dwp.OMAR, dwp.FERN, dwp.ELSA, dwp.ANDY)] == [0, 0, 0, 0]
