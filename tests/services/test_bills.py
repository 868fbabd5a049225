"""Invoices to the buyer: the right part, amount, line and account, once; paid, void, frozen (D18, D19, RM60)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Row
from schemas.contracts import BillKind, Bills, BillStatus, Contracts
from schemas.errors import InvalidEntry, NotAllowed, NotYet, OurError, StaleRow
from schemas.organisations import Payees
from services import bills, contracts, costs, earnings, history, records
from services.context import Actor
from services.store.interface import Needs, Operation, Update
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import CAST, FERN, NORA
from tests.services import contract as scene
from tests.services.contract import APRIL, FEBRUARY, FEE, MARCH, MAY, contract_of, noticed, on

TODAY = date(2024, 6, 12)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3", scene.scene)


def issue(
    workbook: Workbook, month: date = APRIL, kind: BillKind = BillKind.FEE, pounds: Decimal = FEE,
    *, actor: Actor = FERN, day: date = TODAY,
) -> Row:  # fmt: skip
    receipt = bills.issue(on(actor, workbook, day), op(), "CTR-BILLED", month, kind, pounds)
    (id_,) = [cells["_id"] for tab, cells in receipt.saved if tab == Bills.tab]
    return dwp.row_of(workbook, Bills, id_)


def changed(workbook: Workbook, tab: str, id_: str, **cells: str) -> None:
    """A cell as somebody might change it in the sheet."""
    before = next(row for row in workbook.store.read(tab).rows[tab] if row["_id"] == id_)
    update = Update(tab, id_, cells, {name: before.get(name, "") for name in cells})
    needs = Needs(rows=((tab, id_),))
    workbook.take(
        workbook.store.commit(Operation(op(), "", "test", "start", dwp.NOW, "dwp"), needs, lambda _: [update])
    )


@contextmanager
def refused(workbook: Workbook, error: type[OurError] = NotYet) -> Iterator[pytest.ExceptionInfo[OurError]]:
    """The block stops with that error and leaves no invoice."""
    before = workbook.store.number()
    with pytest.raises(error) as caught:
        yield caught
    assert workbook.store.number() == before


def test_a_full_fee_is_on_both_lines_of_the_purchase_order_and_frozen(workbook: Workbook) -> None:
    bill = issue(workbook)
    assert (bill["number"], bill["pounds"], bill["lines"]) == ("PM-2024-0001", FEE, "2; 3")
    assert (bill["main_pounds"], bill["kept_pounds"]) == (Decimal("24000.00"), Decimal("6000.00"))
    assert (bill["cost_centre"], bill["account_code"], bill["purchase_order"]) == (
        "10123456",
        "54321",
        "PO-778812",
    )
    assert bill["issued_on"] == TODAY
    assert bill["issued_by"] == FERN.id
    assert bill["addressed_to"].startswith("Department for Work and Pensions\nSSCL\n")
    assert workbook.seals.open(bill["sort_code"].token) == "12-34-56"


@pytest.mark.parametrize("actor", CAST, ids=lambda actor: actor.role)
def test_rm60_nobody_claims_the_full_line_while_the_pmi_is_late(workbook: Workbook, actor: Actor) -> None:
    """May's PMI was due on 7 June and went on the 10th (4.5, 4.6)."""
    with refused(workbook, NotYet if actor is FERN else NotAllowed) as caught:
        issue(workbook, MAY, actor=actor)
    if actor is FERN:
        assert "May 2024 was late" in str(caught.value)
        assert "80 % line" in str(caught.value.remedy)


def test_rm60_holds_while_the_pmi_is_still_missing_and_a_tracker_in_time_does_not_help(
    workbook: Workbook,
) -> None:
    march = date(2024, 3, 1)
    scene.sent(workbook, "RET-TRACKE", march, date(2024, 4, 8), date(2024, 4, 5), kind="Mentee Tracker")
    with refused(workbook):
        issue(workbook, march)
    assert issue(workbook, march, BillKind.FEE_MAIN, Decimal("24000.00"))["lines"] == "2"
    with refused(workbook) as caught:
        issue(workbook, march, BillKind.FEE_REST, Decimal("6000.00"))
    assert "deferred" in str(caught.value)


def test_the_late_fifth_is_claimed_on_its_own_line_once_the_pmi_is_there(workbook: Workbook) -> None:
    assert issue(workbook, MAY, BillKind.FEE_MAIN, Decimal("24000.00"))["lines"] == "2"
    rest = issue(workbook, MAY, BillKind.FEE_REST, Decimal("6000.00"))
    assert (rest["lines"], rest["kept_pounds"], rest["main_pounds"]) == ("3", Decimal("6000.00"), None)


def test_a_late_tracker_does_not_defer_anything(workbook: Workbook) -> None:
    scene.sent(workbook, "RET-TRACKE", APRIL, date(2024, 5, 8), date(2024, 5, 30), kind="Mentee Tracker")
    assert issue(workbook)["pounds"] == FEE


@pytest.mark.parametrize(
    ("month", "words"), [(date(2024, 6, 1), "arrears"), (date(2025, 4, 1), "Nothing of this")]
)
def test_a_month_that_is_not_over_or_not_in_the_contract_is_refused(
    workbook: Workbook, month: date, words: str
) -> None:
    with refused(workbook) as caught:
        issue(workbook, month)
    assert words in str(caught.value)


def test_a_month_whose_pmi_is_not_sent_nor_late_waits_for_it(workbook: Workbook) -> None:
    june = date(2024, 6, 1)
    with refused(workbook) as caught:
        issue(workbook, june, day=date(2024, 7, 2))
    assert "The PMI for June 2024 has not been sent" in str(caught.value)


def test_nothing_is_claimed_twice_in_part_or_whole(workbook: Workbook) -> None:
    """Also where the return of an already billed month is taken out of the register by hand."""
    issue(workbook)
    with refused(workbook) as caught:
        issue(workbook)
    assert "PM-2024-0001 claims it already" in str(caught.value)
    changed(workbook, "Returns", "RET-APRILL", _archived="test")
    with refused(workbook):
        issue(workbook, kind=BillKind.FEE_MAIN, pounds=Decimal("24000.00"))


def test_an_invoice_that_differs_from_the_buyers_notice_is_refused(workbook: Workbook) -> None:
    noticed(workbook)
    with refused(workbook) as caught:
        issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION, Decimal("100000.00"))
    assert "notice for February 2023 says £50,000.00; this invoice says £100,000.00" in str(caught.value)
    assert issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION, Decimal("50000.00"))["lines"] == "1"


def test_a_notice_that_no_longer_fits_the_cost_register_stops_the_invoice(workbook: Workbook) -> None:
    noticed(workbook, pounds=Decimal("40000.00"))
    with refused(workbook, InvalidEntry) as caught:
        issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION, Decimal("40000.00"))
    assert "leaves £50,000.00" in str(caught.value)


def test_the_deferred_part_is_claimed_when_all_activity_is_complete(workbook: Workbook) -> None:
    notice = noticed(workbook)
    with refused(workbook) as caught:
        issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION_REST, Decimal("50000.00"))
    assert "deferred" in str(caught.value)
    costs.complete(on(FERN, workbook, TODAY), op(), notice, date(2023, 4, 28))
    assert issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION_REST, Decimal("50000.00"))["pounds"] == 50000


def test_another_amount_than_what_is_due_is_refused(workbook: Workbook) -> None:
    with refused(workbook) as caught:
        issue(workbook, pounds=Decimal("29999.99"))
    assert "£30,000.00 is due now, not £29,999.99" in str(caught.value)


def test_no_fee_and_no_cost_is_claimed_while_actual_costs_are_missing(workbook: Workbook) -> None:
    scene.cost(workbook, "COS-NOTYET", MARCH, None, planned="1.00")
    for month, kind in ((APRIL, BillKind.FEE), (MARCH, BillKind.IMPLEMENTATION)):
        with refused(workbook) as caught:
            issue(workbook, month, kind)
        assert "March 2023 are not in the register" in str(caught.value)
    assert issue(workbook, FEBRUARY, BillKind.IMPLEMENTATION, Decimal("100000.00"))["pounds"] == 100000


@pytest.mark.parametrize("column", ["cost_centre", "account_code", "purchase_order", "line_kept"])
def test_an_invoice_lacks_nothing_the_buyers_office_asks_for(workbook: Workbook, column: str) -> None:
    """4.11: cost centre, account code, purchase order and its line; the line of the fifth only where it is claimed."""
    changed(workbook, Contracts.tab, "CTR-BILLED", **{column: ""})
    with refused(workbook, InvalidEntry) as caught:
        issue(workbook)
    assert [problem.field for problem in caught.value.problems] == [column]  # type: ignore[attr-defined]
    if column == "line_kept":
        assert issue(workbook, MAY, BillKind.FEE_MAIN, Decimal("24000.00"))["pounds"] == 24000


@pytest.mark.parametrize("cells", [{"status": "proposed"}, {"account_number": ""}])
def test_the_buyer_pays_into_a_confirmed_united_kingdom_account_only(
    workbook: Workbook, cells: dict[str, str]
) -> None:
    changed(workbook, Payees.tab, scene.PAYEE_ID, **cells)
    with refused(workbook) as caught:
        issue(workbook)
    assert "no confirmed United Kingdom bank account" in str(caught.value)


def test_an_account_of_another_country_typed_into_the_sheet_is_refused(workbook: Workbook) -> None:
    changed(workbook, Payees.tab, scene.PAYEE_ID, account_number=workbook.seals.close("FR7630006000011234"))
    with refused(workbook) as caught:
        issue(workbook)
    assert "no confirmed United Kingdom bank account" in str(caught.value)


def test_without_anybody_to_pay_no_invoice_goes(workbook: Workbook) -> None:
    changed(workbook, Contracts.tab, "CTR-BILLED", payee="")
    with refused(workbook, InvalidEntry):
        issue(workbook)


def test_numbers_count_up_and_a_void_one_stays_spent(workbook: Workbook) -> None:
    first = issue(workbook)
    bills.void(on(FERN, workbook, TODAY), op(), first, "Wrong purchase order")
    again = issue(workbook)
    assert again["number"] == "PM-2024-0002"
    assert (
        issue(workbook, MAY, BillKind.FEE_MAIN, Decimal("24000.00"), day=date(2025, 1, 2))["number"]
        == "PM-2025-0001"
    )


def test_void_wants_a_reason_and_paid_refuses_everything(workbook: Workbook) -> None:
    bill, ctx = issue(workbook), on(FERN, workbook, TODAY)
    with refused(workbook, InvalidEntry):
        bills.void(ctx, op(), bill, "  ")
    with refused(workbook, InvalidEntry) as caught:
        bills.pay(ctx, op(), bill, date(2024, 6, 11))
    assert "before the day it was issued" in str(caught.value)
    bills.pay(on(FERN, workbook, date(2024, 7, 1)), op(), bill, date(2024, 6, 30))
    paid = dwp.row_of(workbook, Bills, bill.id)
    assert (paid["status"], paid["paid_on"]) == (BillStatus.PAID, date(2024, 6, 30))
    for again in (lambda: bills.void(ctx, op(), paid, "late"), lambda: bills.pay(ctx, op(), paid, TODAY)):
        with refused(workbook):
            again()


def test_two_people_who_act_on_one_invoice_do_not_overwrite_each_other(workbook: Workbook) -> None:
    bill, ctx = issue(workbook), on(FERN, workbook, TODAY)
    changed(workbook, Bills.tab, bill.id, reason="typed in the sheet")
    with refused(workbook, StaleRow):
        bills.pay(ctx, op(), bill, TODAY)


def test_what_an_invoice_was_worked_out_from_stays_while_it_stands(workbook: Workbook) -> None:
    bill, ctx = issue(workbook), on(NORA, workbook, TODAY)
    with refused(workbook) as caught:
        contracts.edit(ctx, op(), contract_of(workbook), {"value_pounds": Decimal("900001.00")})
    assert "void first" in str(caught.value.remedy)
    (line, *_) = costs.listed(ctx, contract_of(workbook))
    with refused(workbook):
        costs.edit(ctx, op(), line, {"actual_pounds": Decimal("1.00")})
    costs.edit(ctx, op(), line, {"supplier": "A. Trainer Ltd", "is_sme": True})
    bills.void(on(FERN, workbook, TODAY), op(), bill, "The value was wrong")
    contracts.edit(ctx, op(), contract_of(workbook), {"value_pounds": Decimal("900001.00")})


def test_the_account_of_a_contract_always_comes_to_its_value(workbook: Workbook) -> None:
    first = issue(workbook)
    bills.pay(on(FERN, workbook, TODAY), op(), first, TODAY)
    issue(workbook, MAY, BillKind.FEE_MAIN, Decimal("24000.00"))
    found = earnings.account(on(FERN, workbook, TODAY), contract_of(workbook))
    assert (found.paid, found.issued) == (FEE, Decimal("24000.00"))
    others = (found.standing(earnings.Standing.DEFERRED), found.standing(earnings.Standing.FORFEITED))
    # twelve months before April 2024 had no PMI: their fifths are deferred
    assert others == (12 * Decimal("6000.00"), 0)
    assert found.paid + found.issued + found.claimable + found.ahead + sum(others) == found.value == 900000


@pytest.mark.parametrize(
    "actor", [actor for actor in CAST if actor not in (FERN, NORA)], ids=lambda each: each.role
)
def test_only_finance_and_the_manager_see_what_the_buyer_pays(workbook: Workbook, actor: Actor) -> None:
    issue(workbook)
    ctx = on(actor, workbook, TODAY)
    for ask in (
        lambda: bills.listed(ctx, contract_of(workbook)),
        lambda: earnings.account(ctx, contract_of(workbook)),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert records.view(ctx).all(Bills) == []


def test_an_issue_that_is_undone_leaves_its_number_spent(workbook: Workbook) -> None:
    ctx, key = on(FERN, workbook, TODAY), op()
    bills.issue(ctx, key, "CTR-BILLED", APRIL, BillKind.FEE, FEE)
    history.undo_last(ctx, op(), key)
    assert bills.listed(ctx, contract_of(workbook)) == []
    assert issue(workbook)["number"] == "PM-2024-0002"
