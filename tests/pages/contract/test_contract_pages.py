"""The pages of a contract, to each who may see them and to nobody else (D16, D18 to D20, D28, D29, D32)."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pages.ui import lists
from schemas.contracts import Bills, BuyerMeetings, Milestones, Visits
from services import earnings, records
from services.context import Actor
from tests import dwp
from tests.desk import Desk, all_words, closed, settled
from tests.dwp import CAST, COLIN, CONTRACT_ID, DEE, ELSA, FERN, NORA, as_
from tests.services import contract as scene
from tests.services.test_postings import post

PAGES = {
    "contract": {NORA, COLIN, FERN},
    "team": {NORA, COLIN},
    "presence": {actor for actor in CAST if actor.mentor} | {NORA, COLIN},
    "bills": {NORA, FERN},
    "milestones": {NORA, COLIN, FERN},
    "buyer": {NORA, COLIN},
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "workbook.sqlite3"
    workbook = dwp.new_workbook(path, scene.scene)
    post(workbook)
    yield settled(workbook, path, dwp.TODAY)
    closed()


def page(desk: Desk, name: str, actor: Actor, **params: str):  # noqa: ANN201 - the running page
    test = desk.page(f"pages/contract/{name}.py", actor, **params)
    assert not test.exception
    return test


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_its_readers_and_is_refused_to_the_others(desk: Desk, name: str) -> None:
    for actor in (NORA, COLIN, DEE, FERN, ELSA):
        test = desk.page(f"pages/contract/{name}.py", actor)
        assert not test.exception, actor.name
        assert bool(test.error) is (actor not in PAGES[name]), actor.name


def test_a_contract_shows_its_areas_with_what_is_missing(desk: Desk) -> None:
    said = all_words(page(desk, "contract", NORA, contract=CONTRACT_ID))
    for words in ("9 · North Wales", "1 in post, 3 to 5 promised", "nobody for Shotton", "£900,000.00"):
        assert words in said
    finance = page(desk, "contract", FERN, contract=CONTRACT_ID)
    assert [tab.label for tab in finance.tabs] == ["Areas", "Facts"]


def test_finance_issues_an_invoice_from_its_part_and_pays_it(desk: Desk) -> None:
    test = page(desk, "bills", FERN, contract="CTR-BILLED")
    assert "£528,000.00" in all_words(test)
    parts = earnings.account(as_(FERN, desk.workbook), scene.contract_of(desk.workbook)).parts
    ids = [{"_id": f"{each.part.month}:{each.part.kind.name}"} for each in parts if each.is_claimable]
    key = f"table:parts:{lists.fingerprint(ids)}"
    test.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    test.run()
    issue = next(each for each in test.button if each.label.startswith("Issue the invoice"))
    assert issue.label == "Issue the invoice, £100,000.00"
    issue.click().run()
    (bill,) = records.ground(as_(NORA, desk.workbook)).all(Bills)
    assert (bill["number"], bill["pounds"], bill["issued_by"]) == (
        "PM-2024-0001",
        Decimal("100000.00"),
        FERN.id,
    )
    shown = all_words(page(desk, "bills", FERN, contract="CTR-BILLED"))
    for words in (
        "PM-2024-0001",
        "APinvoices-DWP-U@gov.sscl.com",
        "One PDF for each invoice",
        "order PO-778812, line 1",
    ):
        assert words in shown
    assert "The buyer paid it" not in [
        each.label for each in page(desk, "bills", NORA, contract="CTR-BILLED").button
    ]


def test_a_mentor_notes_a_visit_with_two_touches(desk: Desk) -> None:
    """The date is today and the first office is chosen: one button is left to press."""
    test = page(desk, "presence", DEE)
    assert "due by Friday 14 June 2024" in all_words(test)
    next(each for each in test.button if each.label == "Note the visit").click().run()
    (visit,) = records.ground(as_(NORA, desk.workbook)).all(Visits)
    assert (visit["mentor"], visit["office"], visit["visited_on"]) == (DEE.mentor, "Rhyl", dwp.TODAY)
    assert "visited" in all_words(page(desk, "presence", DEE))


def test_staff_see_the_week_and_the_team(desk: Desk) -> None:
    test = page(desk, "presence", COLIN, contract=CONTRACT_ID)
    assert list(test.dataframe[0].value["state"]) == ["due by Friday 14 June 2024"] * 2
    team = page(desk, "team", COLIN)
    assert list(team.dataframe[0].value["who"]) == [dwp.DEE.name, dwp.OMAR.name]


def test_the_manager_notes_a_milestone_and_everybody_else_reads(desk: Desk) -> None:
    test = page(desk, "milestones", NORA, contract=CONTRACT_ID)
    assert "Call-off specification 2.29 row 1" in all_words(test)
    next(each for each in test.button if each.key == "open:start-up").click().run()
    next(each for each in test.date_input if each.label == "Done or sent on").set_value(dwp.TODAY)
    next(each for each in test.button if each.label == "Save").click().run()
    (row,) = records.ground(as_(NORA, desk.workbook)).all(Milestones)
    assert (row["code"], row["sent_on"]) == ("start-up", dwp.TODAY)
    assert not [
        each for each in page(desk, "milestones", FERN, contract=CONTRACT_ID).button if each.label == "Note"
    ]


def test_a_meeting_is_written_down(desk: Desk) -> None:
    test = page(desk, "buyer", COLIN, contract=CONTRACT_ID)
    next(each for each in test.button if each.label == "Write down a meeting").click().run()
    next(each for each in test.text_area if each.label == "Notes").set_value("All well.")
    next(each for each in test.button if each.label == "Keep the notes").click().run()
    (row,) = records.ground(as_(NORA, desk.workbook)).all(BuyerMeetings)
    assert (row["kind"], row["notes"]) == ("monthly check point", "All well.")


def test_without_a_contract_the_pages_say_what_to_do(dwp_desk: Desk) -> None:
    from schemas.contracts import Contracts
    from services.store.interface import Needs, Operation, Update

    away = Update(Contracts.tab, CONTRACT_ID, {"_archived": "test"}, {"_archived": ""})
    needs = Needs(rows=((Contracts.tab, CONTRACT_ID),))
    operation = Operation("away", "", "test", "start", dwp.NOW, "dwp")
    dwp_desk.workbook.take(dwp_desk.workbook.store.commit(operation, needs, lambda fresh: [away]))
    for name in ("contract", "bills", "milestones", "buyer", "presence"):
        test = page(dwp_desk, name, NORA)
        assert "No contract is taken up yet." in all_words(test), name
        assert "Take up a contract" in [each.label for each in test.button]
