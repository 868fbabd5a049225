"""A peer's expenses from draft to paid: capped, approved by another with the receipt, returned, never edited (L6, L10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet, StaleRow
from schemas.expenses import Expenses, ExpenseStatus
from schemas.peers import Orders, Projects
from schemas.people import People
from schemas.scans import ScanPieces, Scans
from services import expense_claims, expenses, history, people, receipts, records, repairs
from services.context import Actor
from services.programmes import all_programmes
from services.workbook import Workbook
from tests.cast import op
from tests.lga import ABE, EVE, FAY, HELEN, OLU, RITA, SAM, TODAY, VALE, as_, on, put, row_of
from tests.services.claiming import (
    DRIVE,
    FLIGHT,
    MEAL,
    SPENT,
    TRAIN,
    all_rows,
    approved,
    drafted,
    opened,
    photo,
    sent,
    written,
)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def project(workbook: Workbook) -> str:
    return records.ground(as_(HELEN, workbook)).all(Projects)[0].id


def now(workbook: Workbook, row: Any) -> Any:
    return row_of(workbook, Expenses, row.id)


def test_an_item_is_written_sent_approved_and_paid_by_three_people(workbook: Workbook) -> None:
    """L6, L10: the claim has a number and the peer's purchase order; what is above the limit is frozen, not paid."""
    (row,) = sent(workbook, {**MEAL, "project": project(workbook)})
    order = records.ground(as_(HELEN, workbook)).all(Orders)[0]["number"]
    assert (row["status"], row["claim"], row["purchase_order"]) == ("submitted", "CL-2026-0001", order)
    expenses.approve(as_(SAM, workbook), op(), [row])
    row = now(workbook, row)
    assert (row["payable_pounds"], row["capped_pounds"]) == (Decimal("36.00"), Decimal("5.50"))
    expenses.pay(as_(FAY, workbook), op(), [row], TODAY)
    assert (now(workbook, row)["status"], now(workbook, row)["paid_on"]) == ("paid", TODAY)


def test_the_peer_sees_before_sending_what_is_capped_and_why(workbook: Workbook) -> None:
    worth = expense_claims.preview(as_(OLU, workbook), MEAL)
    assert worth is not None and (worth.payable, worth.capped) == (36, Decimal("5.50"))
    assert "£36.00 a night" in str(worth.why[0])
    written(workbook, {**MEAL, "pounds": Decimal(20)})
    worth = expense_claims.preview(as_(OLU, workbook), MEAL)
    assert worth is not None and worth.payable == 16


def test_london_has_its_own_limit_for_a_hotel(workbook: Workbook) -> None:
    hotel = {
        "kind": "hotel",
        "spent_on": SPENT,
        "what": "A room",
        "pounds": Decimal(140),
        "nights": Decimal(1),
    }
    ctx = as_(OLU, workbook)
    for is_london, payable in ((False, 90), (True, 140)):
        worth = expense_claims.preview(ctx, {**hotel, "is_london": is_london})
        assert worth is not None and worth.payable == payable


def test_items_of_two_projects_are_two_claims_and_no_number_is_given_twice(workbook: Workbook) -> None:
    first, second = sent(workbook, {**TRAIN, "project": project(workbook)}, MEAL)
    assert {first["claim"], second["claim"]} == {"CL-2026-0001", "CL-2026-0002"}
    assert second["purchase_order"] in {None, ""}
    (third,) = sent(workbook, DRIVE)
    assert third["claim"] == "CL-2026-0003"
    (other,) = sent(workbook, DRIVE, actor=VALE)
    assert other["claim"] == "CL-2026-0004"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({**TRAIN, "pounds": None}, "Paid out is needed."),
        ({**TRAIN, "pounds": Decimal(0)}, "Paid out is needed."),
        ({**TRAIN, "pounds": Decimal(-5)}, "more than 0"),
        ({**DRIVE, "miles": Decimal(-5)}, "more than 0"),
        ({**DRIVE, "miles": None}, "Miles is needed."),
        ({**TRAIN, "what": " "}, "What for is needed."),
        ({**TRAIN, "kind": "yacht"}, "is not one of the list"),
        ({**MEAL, "nights": Decimal("1.5")}, "must be a whole number"),
        ({**MEAL, "nights": Decimal(400)}, "must be 31 or less"),
    ],
)
def test_an_impossible_item_is_refused(workbook: Workbook, values: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidEntry, match=words):
        expenses.save(as_(OLU, workbook), op(), values)
    assert all_rows(workbook) == []


def test_fields_of_another_kind_are_not_kept_and_foreign_fields_are_refused(workbook: Workbook) -> None:
    row = written(workbook, {**TRAIN, "miles": Decimal(900), "nights": Decimal(3)})
    assert row["miles"] is None and row["nights"] is None
    with pytest.raises(NotAllowed):
        expenses.save(as_(OLU, workbook), op(), {**TRAIN, "payable_pounds": Decimal(900)})
    with pytest.raises(NotAllowed):
        expenses.save(as_(VALE, workbook), op(), {**TRAIN, "project": project(workbook)})


def test_nothing_is_sent_without_its_receipt_but_miles(workbook: Workbook) -> None:
    with pytest.raises(InvalidEntry, match="Receipt is needed"):
        expenses.submit(as_(OLU, workbook), op(), [written(workbook, TRAIN)])
    expenses.submit(as_(OLU, workbook), op(), [row := written(workbook, DRIVE)])
    expenses.approve(as_(HELEN, workbook), op(), [now(workbook, row)])
    assert now(workbook, row)["payable_pounds"] == Decimal("54.00")


def test_nothing_is_approved_whose_receipt_is_gone(workbook: Workbook) -> None:
    """RM68: the receipt is asked for on the fresh row, not only when it was sent."""
    (row,) = sent(workbook, TRAIN)
    put(
        workbook,
        Expenses,
        "EXP-BRNRCP",
        **{**TRAIN, "mentor": OLU.mentor, "claim": "CL-1"},
        status="submitted",
    )
    with pytest.raises(NotYet, match="The receipt is missing"):
        expenses.approve(as_(HELEN, workbook), op(), [row, row_of(workbook, Expenses, "EXP-BRNRCP")])
    assert now(workbook, row)["status"] == "submitted"


def test_what_is_still_to_be_spent_is_agreed_beforehand_and_sent_afterwards(workbook: Workbook) -> None:
    """L6: air only by prior agreement and where it saves."""
    row = drafted(workbook, FLIGHT)
    assert [line.row.id for line in expense_claims.asking(as_(SAM, workbook))] == [row.id]
    with pytest.raises(InvalidEntry, match="future"):
        expenses.submit(as_(OLU, workbook), op(), [row])
    expenses.agree(as_(SAM, workbook), op(), row, TODAY)
    assert expense_claims.asking(as_(SAM, workbook)) == []
    later = on(as_(OLU, workbook), date(2026, 12, 2))
    expenses.submit(later, op(), [now(workbook, row)])
    expenses.approve(on(as_(HELEN, workbook), date(2026, 12, 3)), op(), [now(workbook, row)])
    assert now(workbook, row)["payable_pounds"] == 88


def test_without_agreement_it_is_sent_and_not_approved(workbook: Workbook) -> None:
    (row,) = sent(workbook, {**TRAIN, "pounds": Decimal("100.01")})
    with pytest.raises(NotYet, match="agreed beforehand"):
        expenses.approve(as_(HELEN, workbook), op(), [row])
    with pytest.raises(InvalidEntry, match="after it was spent"):
        expenses.agree(as_(HELEN, workbook), op(), row, TODAY)
    expenses.agree(as_(HELEN, workbook), op(), row, SPENT)
    expenses.approve(as_(HELEN, workbook), op(), [now(workbook, row)])
    assert now(workbook, row)["approved_before_by"] == HELEN.name


def test_more_than_was_agreed_is_asked_for_again(workbook: Workbook) -> None:
    row = drafted(workbook, FLIGHT)
    expenses.agree(as_(SAM, workbook), op(), row, TODAY)
    expenses.save(as_(OLU, workbook), op(), {"pounds": Decimal(80)}, now(workbook, row))
    assert now(workbook, row)["approved_before_on"] == TODAY
    expenses.save(as_(OLU, workbook), op(), {"pounds": Decimal(800)}, now(workbook, row))
    assert now(workbook, row)["approved_before_on"] is None


def test_nobody_decides_or_pays_their_own_whatever_their_other_role(workbook: Workbook) -> None:
    """RM69."""
    (row,) = sent(workbook, TRAIN)
    both = replace(HELEN, id="PER-QLMBTH", email=OLU.email)
    put(
        workbook, "People", both.id, name=OLU.name, email=OLU.email, role=both.role.value, mentor="",
        language="English", status="active", issuer="x", subject=both.id,
    )  # fmt: skip
    for deed in (
        lambda ctx: expenses.approve(ctx, op(), [row]),
        lambda ctx: expenses.refuse(ctx, op(), row, "No"),
        lambda ctx: expenses.give_back(ctx, op(), row, "No"),
        lambda ctx: expenses.agree(ctx, op(), row, SPENT),
    ):
        with pytest.raises(NotYet, match="their own"):
            deed(as_(both, workbook))
    expenses.approve(as_(HELEN, workbook), op(), [row])
    with pytest.raises(NotYet, match="their own"):
        expenses.pay(as_(replace(FAY, email=OLU.email), workbook), op(), [now(workbook, row)], TODAY)


def test_whoever_approved_does_not_pay(workbook: Workbook) -> None:
    (row,) = approved(workbook, TRAIN)
    with pytest.raises(NotYet, match="approved this yourself"):
        expenses.pay(as_(replace(FAY, id=HELEN.id), workbook), op(), [row], TODAY)
    with pytest.raises(InvalidEntry, match="before it was approved"):
        expenses.pay(as_(FAY, workbook), op(), [row], SPENT)


def test_approved_by_a_hand_in_the_sheet_is_approved_by_nobody(workbook: Workbook) -> None:
    """L6, X2: a status typed in the sheet pays nothing; finance returns the item, and it is decided as any other."""
    (row,) = sent(workbook, TRAIN)
    with workbook.store.writer.begin() as sheet:  # type: ignore[attr-defined]
        sheet.exec_driver_sql("UPDATE Expenses SET status = 'approved' WHERE _id = ?", (row.id,))
    workbook.refresh()
    with pytest.raises(NotYet, match="Nobody has approved this"):
        expenses.pay(as_(FAY, workbook), op(), [now(workbook, row)], TODAY)
    expenses.hand_back(as_(FAY, workbook), op(), now(workbook, row), "Nobody approved it.")
    assert now(workbook, row)["status"] == "returned"


def test_a_receipt_given_twice_is_said_to_whoever_decides_and_to_its_peer_of_their_own_alone(
    workbook: Workbook,
) -> None:
    """L6: one bill may cover two things, so it is said and not refused."""
    bill = photo(61, 47)
    (one, other) = (written(workbook, {**TRAIN, "what": what}) for what in ("There", "And back"))
    for row in (one, other):
        receipts.add(as_(OLU, workbook), op(), row, bill)
    hers = written(workbook, MEAL, VALE)
    receipts.add(as_(VALE, workbook), op(), hers, bill)
    expenses.submit(as_(OLU, workbook), op(), [now(workbook, one)])
    (claim,) = expense_claims.listed(as_(SAM, workbook))
    assert set(claim.first.beside) == {"Olu Marsh, rail, And back", "Robin Vale, meals, Dinner"}
    assert [line.beside for line in expense_claims.mine(as_(VALE, workbook))] == [()]
    told = [line.beside for line in expense_claims.mine(as_(OLU, workbook))]
    assert sorted(told) == [("CL-2026-0001, Olu Marsh, rail, There",), ("Olu Marsh, rail, And back",)]


def test_a_manager_who_is_in_the_pool_too_opens_claims_as_a_manager(workbook: Workbook) -> None:
    """L6, X15: and still decides none of their own."""
    (row,) = sent(workbook, TRAIN)
    (own,) = sent(workbook, MEAL, actor=VALE)
    found = row_of(workbook, People, HELEN.id)
    both = people.actor_of(Row(found, mentor=VALE.mentor, email=VALE.email))
    assert expense_claims.card(as_(both, workbook), row["claim"]).first.row.id == row.id
    assert receipts.read(as_(both, workbook), row.id).form == "JPEG"
    expenses.approve(as_(both, workbook), op(), [row])
    with pytest.raises(NotYet, match="their own"):
        expenses.approve(as_(both, workbook), op(), [own])


def test_an_agreement_is_not_undone_after_it_was_decided_by(workbook: Workbook) -> None:
    """L6, X4: whoever noted it changed nothing else since; the expense was approved because of it."""
    (row,) = sent(workbook, {**TRAIN, "pounds": Decimal(180)})
    expenses.agree(as_(SAM, workbook), "it-was-agreed", row, SPENT)
    expenses.approve(as_(HELEN, workbook), op(), [now(workbook, row)])
    with pytest.raises(NotYet, match="decided about since"):
        history.undo_last(as_(SAM, workbook), op(), "it-was-agreed")
    assert now(workbook, row)["approved_before_on"] == SPENT


def test_a_frozen_amount_spoilt_in_the_sheet_comes_back_as_it_was_and_is_typed_by_nobody(
    workbook: Workbook,
) -> None:
    """X2: a repair is no way around an approval."""
    (row,) = approved(workbook, TRAIN)
    with workbook.store.writer.begin() as sheet:  # type: ignore[attr-defined]
        sheet.exec_driver_sql("UPDATE Expenses SET payable_pounds = 'lots' WHERE _id = ?", (row.id,))
    sam = as_(SAM, workbook)
    (wrong,) = repairs.report(sam).rows
    assert wrong.typed == ()
    repairs.mend(sam, op(), wrong, {"payable_pounds": "9000"})
    workbook.refresh()
    assert now(workbook, row)["payable_pounds"] == TRAIN["pounds"]


def test_the_amount_of_a_sent_item_is_nobody_s_to_change_but_it_is_returned_and_mended(
    workbook: Workbook,
) -> None:
    """RM70."""
    (row,) = sent(workbook, TRAIN)
    with pytest.raises(NotYet, match="submitted now"):
        expenses.save(as_(OLU, workbook), op(), {"pounds": Decimal(70)}, row)
    with pytest.raises(NotYet):
        receipts.add(as_(OLU, workbook), op(), row, photo())
    for actor in (HELEN, SAM, FAY, EVE, ABE):
        with pytest.raises(NotAllowed):
            expenses.save(as_(actor, workbook), op(), {"pounds": Decimal(70)}, row)
    with pytest.raises(InvalidEntry, match="Reason"):
        expenses.give_back(as_(SAM, workbook), op(), row, " ")
    expenses.give_back(as_(SAM, workbook), op(), row, "The ticket says £60.20.")
    expenses.save(as_(OLU, workbook), op(), {"pounds": Decimal("60.20")}, now(workbook, row))
    expenses.submit(as_(OLU, workbook), op(), [now(workbook, row)])
    again = now(workbook, row)
    assert (again["claim"], again["pounds"], again["reason"] or "") == (row["claim"], Decimal("60.20"), "")


def test_finance_returns_an_approved_item_and_what_was_frozen_is_decided_anew(workbook: Workbook) -> None:
    """RM70: finance returns it, never edits."""
    (row,) = approved(workbook, MEAL)
    with pytest.raises(NotAllowed):
        expenses.hand_back(as_(SAM, workbook), op(), row, "No order on it")
    expenses.hand_back(as_(FAY, workbook), op(), row, "No order on it")
    back = now(workbook, row)
    assert (back["status"], back["payable_pounds"], back["decided_by"]) == ("returned", None, None)


def test_a_frozen_amount_stays_when_a_limit_changes(workbook: Workbook) -> None:
    (row,) = approved(workbook, MEAL)
    put(
        workbook, "Figures", "FIG-MEALSN", name="meal_night_pounds", value=Decimal(20), from_on=SPENT, source="New",
        status="confirmed", proposed_by=HELEN.id, confirmed_by=FAY.id,
    )  # fmt: skip
    (claim,) = expense_claims.listed(as_(FAY, workbook))
    assert (claim.payable, claim.capped) == (Decimal("36.00"), Decimal("5.50"))
    worth = expense_claims.preview(as_(VALE, workbook), MEAL)
    assert worth is not None and worth.payable == 20
    assert row["payable_pounds"] == 36


def test_drafts_take_nothing_from_what_was_sent(workbook: Workbook) -> None:
    written(workbook, {**MEAL, "what": "Lunch, never sent", "spent_on": SPENT, "pounds": Decimal(36)})
    (row,) = approved(workbook, MEAL)
    assert row["payable_pounds"] == 36


@pytest.mark.parametrize("first", [0, 1])
def test_miles_count_per_person_and_tax_year_in_whatever_order_claims_are_decided(
    workbook: Workbook, first: int
) -> None:
    """10,100 miles in two claims are 10,000 at 45p and 100 at 25p."""
    drives = [{**DRIVE, "miles": Decimal(miles)} for miles in (9900, 200)]
    rows = [sent(workbook, drive)[0] for drive in drives]
    for row in rows if first else reversed(rows):
        expenses.agree(as_(SAM, workbook), op(), row, SPENT)
        (claim,) = [each for each in expense_claims.listed(as_(SAM, workbook)) if each.number == row["claim"]]
        expenses.approve(as_(SAM, workbook), op(), [now(workbook, row)], claim.payable)
    assert sum(now(workbook, row)["payable_pounds"] for row in rows) == Decimal("4525.00")
    assert expense_claims.preview(as_(OLU, workbook), DRIVE).payable == 30  # type: ignore[union-attr]
    assert expense_claims.preview(as_(VALE, workbook), DRIVE).payable == 54  # type: ignore[union-attr]


def test_another_decision_since_that_used_up_a_limit_is_said_before_approval(workbook: Workbook) -> None:
    one, other = (sent(workbook, {**MEAL, "pounds": Decimal(30)})[0] for _ in range(2))
    claims = {each.number: each for each in expense_claims.listed(as_(SAM, workbook))}
    assert claims[one["claim"]].payable == claims[other["claim"]].payable == 30
    expenses.approve(as_(HELEN, workbook), op(), [one], Decimal(30))
    with pytest.raises(NotYet, match="This comes to £6.00 now"):
        expenses.approve(as_(SAM, workbook), op(), [other], Decimal(30))
    expenses.approve(as_(SAM, workbook), op(), [other], Decimal(6))
    assert now(workbook, other)["capped_pounds"] == 24


def test_two_decisions_at_once_and_a_double_click(workbook: Workbook) -> None:
    (row,) = sent(workbook, TRAIN)
    key = op()
    expenses.approve(as_(HELEN, workbook), key, [row])
    expenses.approve(as_(HELEN, workbook), key, [row])
    with pytest.raises((NotYet, StaleRow)):
        expenses.refuse(as_(SAM, workbook), op(), row, "Twice")
    assert now(workbook, row)["status"] == "approved"


def test_a_peer_sees_only_their_own_and_takes_back_what_nobody_decided(workbook: Workbook) -> None:
    (row,) = sent(workbook, TRAIN)
    assert expense_claims.mine(as_(VALE, workbook)) == []
    with pytest.raises(NotAllowed):
        expense_claims.card(as_(VALE, workbook), row["claim"])
    with pytest.raises(NotAllowed):
        expenses.take_back(as_(VALE, workbook), op(), row)
    expenses.take_back(as_(OLU, workbook), op(), row)
    assert now(workbook, row)["status"] == "draft"


def test_undoing_the_sending_leaves_no_way_to_change_what_was_sent(workbook: Workbook) -> None:
    """RM70: an older change can't be undone under a sent item."""
    row = drafted(workbook, TRAIN)
    key = op()
    expenses.save(as_(OLU, workbook), key, {"pounds": Decimal(60)}, row)
    expenses.submit(as_(OLU, workbook), op(), [now(workbook, row)])
    with pytest.raises(NotYet):
        history.undo_last(as_(OLU, workbook), op(), key)
    assert now(workbook, row)["pounds"] == 60


@pytest.mark.parametrize("actor", [EVE, ABE])
def test_the_evaluator_and_the_administrator_see_no_expenses(workbook: Workbook, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        expense_claims.listed(as_(actor, workbook))


def test_a_programme_with_an_inclusive_rate_says_why_it_pays_none(workbook: Workbook) -> None:
    ctx = replace(as_(OLU, workbook), programme=all_programmes()["ssw"])
    for deed in (
        lambda: expenses.save(ctx, op(), TRAIN),
        lambda: expenses.submit(ctx, op(), []),
        lambda: expense_claims.mine(ctx),
    ):
        with pytest.raises(NotYet, match="its rate includes them"):
            deed()


def test_a_colleague_returns_it_too_and_a_refused_one_is_over(workbook: Workbook) -> None:
    (row,) = sent(workbook, TRAIN)
    expenses.refuse(as_(RITA, workbook), op(), row, "Not for this project")
    assert now(workbook, row)["status"] == ExpenseStatus.REFUSED
    with pytest.raises(NotYet):
        expenses.save(as_(OLU, workbook), op(), {"pounds": Decimal(1)}, now(workbook, row))
    (line,) = expense_claims.mine(as_(OLU, workbook))
    assert (line.worth.payable, line.row["reason"]) == (0, "Not for this project")


def test_a_draft_is_put_away_with_its_receipt_by_its_owner_alone(workbook: Workbook) -> None:
    """L6: it counts nowhere any more; what was sent is nobody's to put away."""
    row = drafted(workbook, MEAL)
    with pytest.raises(NotAllowed):
        expenses.drop(as_(VALE, workbook), op(), row)
    expenses.drop(as_(OLU, workbook), op(), row)
    ground = records.ground(as_(HELEN, workbook))
    assert (all_rows(workbook), ground.all(Scans), ground.all(ScanPieces)) == ([], [], [])
    worth = expense_claims.preview(as_(OLU, workbook), MEAL)
    assert worth is not None and worth.payable == 36
    (out,) = sent(workbook, TRAIN)
    with pytest.raises(NotYet, match="submitted now"):
        expenses.drop(as_(OLU, workbook), op(), out)


def test_undo_brings_a_dropped_item_back_with_its_receipt(workbook: Workbook) -> None:
    row = drafted(workbook, MEAL)
    receipt = expenses.drop(as_(OLU, workbook), op(), row)
    history.undo(as_(OLU, workbook), op(), receipt.op_id)
    assert receipts.read(as_(OLU, workbook), row.id).content


def test_an_item_that_came_back_is_dropped_too_and_its_number_is_not_given_again(workbook: Workbook) -> None:
    (row,) = sent(workbook, MEAL)
    expenses.give_back(as_(SAM, workbook), op(), row, "Not for this project")
    expenses.drop(as_(OLU, workbook), op(), now(workbook, row))
    (other,) = sent(workbook, TRAIN)
    assert other["claim"] == "CL-2026-0002"


def test_an_item_without_its_receipt_keeps_no_other_back(workbook: Workbook) -> None:
    lacking, ready = written(workbook, MEAL), drafted(workbook, TRAIN)
    ctx = as_(OLU, workbook)
    assert [expenses.may_be_sent(ctx, row) for row in (lacking, ready)] == [False, True]


def test_what_came_back_is_sent_again_only_after_it_was_looked_at(workbook: Workbook) -> None:
    """RM70: kept anew, as it is or mended, it is a draft of the same claim."""
    (row,) = sent(workbook, TRAIN)
    expenses.give_back(as_(SAM, workbook), op(), row, "Which train?")
    ctx, row = as_(OLU, workbook), now(workbook, row)
    assert not expenses.may_be_sent(ctx, row)
    expenses.save(ctx, op(), {**TRAIN, "what": "The 8.04 to Brockney and back"}, row)
    row = now(workbook, row)
    assert expenses.may_be_sent(ctx, row) and (row["status"], row["claim"]) == ("draft", "CL-2026-0001")
