"""What returns leave as, and the narrative with its figures filled in (D14, 3.8, 2.25)."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from schemas.column import Row
from schemas.contracts import Contracts, Costs, Improvements
from schemas.errors import NotAllowed, TemplateProblem
from services import buyer_books, records, return_papers, returns
from services.context import Context
from services.rules.periods import Period
from services.workbook import Workbook
from tests import dwp

JUNE = returns.month_of(date(2024, 6, 1))
QUARTER = Period(date(2024, 4, 1), date(2024, 6, 30))


def scene(workbook: Workbook) -> None:
    dwp.begin(workbook)
    for n, (month, what, planned, actual, sub, sme) in enumerate(
        [
            (4, "Outreach", "1000.00", "900.10", True, True),
            (5, "Printing", "200.00", "250.05", False, True),
            (6, "Salaries", "9000.00", "9100.00", False, False),
            (7, "Outreach", "1000.00", "1000.00", True, False),
        ]
    ):
        dwp.put(
            workbook, Costs, f"COS-LINE0{n}", contract=dwp.CONTRACT_ID, month=date(2024, month, 1), what=what,
            is_implementation=False, planned_pounds=Decimal(planned), actual_pounds=Decimal(actual),
            is_subcontractor=sub, is_sme=sme, supplier="Bridge Works",
        )  # fmt: skip
    dwp.put(
        workbook, Improvements, "PIP-JUNE01", contract=dwp.CONTRACT_ID, level="plan", area="9",
        month=date(2024, 5, 1), missed=Decimal(1), status="open",
    )  # fmt: skip


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return dwp.on(dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "w.sqlite3", scene)), date(2024, 7, 4))


@pytest.fixture
def contract(ctx: Context) -> Row:
    return records.ground(ctx).get(Contracts, dwp.CONTRACT_ID)


def rows(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_each_figure_stands_beside_its_definition_and_who_is_left_out_beneath(
    ctx: Context, contract: Row
) -> None:
    made = returns.pmi(ctx, contract, JUNE)
    heading, *lines = rows(return_papers.pmi_file(ctx, made))
    assert heading == ("Measure", "Referral route", "Figure", "Counted in", "How it is counted")
    assert len(lines) == len(made.measures) + 1
    assert all(line[4] and "{" not in f"{line[0]}{line[4]}" for line in lines)
    assert lines[-1][0] == "Left out of every figure"
    said = {line[0]: line[2] for line in lines if not line[1]}
    assert said["Referrals to the programme"] == 2 and said["Length of time on provision: mean"] == "nil"


def test_the_figures_are_said_in_welsh_to_a_welsh_reader(ctx: Context, contract: Row) -> None:
    from dataclasses import replace

    made = returns.pmi(ctx, contract, JUNE)
    english = rows(return_papers.pmi_file(ctx, made))
    welsh = rows(return_papers.pmi_file(replace(ctx, language="cy"), made))
    assert all(one[0] != other[0] for one, other in zip(english, welsh, strict=True))


def test_the_buyers_cells_are_filled_by_the_map_and_an_unknown_measure_is_told(
    ctx: Context, contract: Row
) -> None:
    book, out = Book(), io.BytesIO()
    book.save(out)
    made = returns.pmi(ctx, contract, JUNE)
    values = {each.key: each.value for each in made.measures}
    filled = buyer_books.with_cells(out.getvalue(), {"referrals: Third party": "B7"}, values)
    assert load_workbook(io.BytesIO(filled)).active["B7"].value == 1
    with pytest.raises(TemplateProblem, match="no measure"):
        buyer_books.with_cells(out.getvalue(), {"referals": "B7"}, values)


def test_a_quarters_spend_adds_up_by_whom_it_was_paid_to(ctx: Context, contract: Row) -> None:
    made = return_papers.spend(ctx, contract, QUARTER)
    assert (made.subcontractor, made.sme) == (Decimal("900.10"), Decimal("1150.15"))
    *_, total = rows(return_papers.spend_file(ctx, contract, QUARTER))
    assert total[3:] == (900.1, 1150.15)
    nil = rows(return_papers.spend_file(ctx, contract, Period(date(2023, 1, 1), date(2023, 3, 31))))
    assert [line[3:] for line in nil[1:]] == [(0, 0)]


def test_the_cost_register_runs_to_the_end_of_the_half_year(ctx: Context, contract: Row) -> None:
    lines = rows(return_papers.cost_register_file(ctx, contract, Period(date(2024, 1, 1), date(2024, 6, 30))))
    assert [line[1] for line in lines[1:4]] == ["Outreach", "Printing", "Salaries"]
    assert lines[-1][2:] == (10200, 10250.15)


def test_the_narrative_has_spend_recruitment_and_plans_filled_in(ctx: Context, contract: Row) -> None:
    said = return_papers.narrative(ctx, contract, JUNE)
    assert "£9,100.00 this month, planned £9,000.00; £10,250.15 so far, planned £10,200.00." in said
    assert "1 new referrals and 0 new starts this month; 2 referrals, 1 starts" in said
    assert "1 plan open (SMART Action Plan)" in said
    with pytest.raises(NotAllowed):
        return_papers.narrative(dwp.as_(dwp.COLIN, ctx.workbook), contract, JUNE)


def test_spend_is_for_the_manager_and_finance(ctx: Context, contract: Row) -> None:
    assert return_papers.spend(dwp.as_(dwp.FERN, ctx.workbook), contract, QUARTER).sme
    for actor in (dwp.COLIN, dwp.ELSA, dwp.DEE):
        with pytest.raises(NotAllowed):
            return_papers.spend(dwp.as_(actor, ctx.workbook), contract, QUARTER)
