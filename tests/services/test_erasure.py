"""Erasing one person leaves nothing of them and every figure as it was (X6, RM14, RM15)."""

import json
import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Role, Row
from schemas.errors import NotAllowed, NotYet
from schemas.money import InvoiceLines, Invoices
from schemas.people import People
from schemas.requests import Requests
from schemas.work import Timesheets
from services import erasure, history, requests
from services.context import Actor
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC, as_, new_workbook, op
from tests.services.facts import CANARIES, FACTS, planted, raw
from tests.services.staff import GETHIN_ID, made, put, row_of, rows_of

RHYS = Actor("PER-SECOND", "Rhys Tudor", Role.MANAGER, "rhys.tudor@example.org")


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    workbook = new_workbook(tmp_path / "workbook.sqlite3", planted)
    put(
        workbook, People, RHYS.id, name=RHYS.name, email=RHYS.email, role="Programme Manager", status="active"
    )
    return workbook


def asked(workbook: Workbook, record: str = GETHIN_ID, kind: str = "erasure") -> Row:
    """A request from Gethin, his identity checked."""
    ctx = as_(ANGHARAD, workbook)
    given = {"kind": kind, "person": FACTS["name"], "answer_to": "the same e-mail", "received_on": ctx.today}
    row = made(workbook, requests.receive(ctx, op(), given), Requests)
    known = {"record": record, "known_as": (), "identity_how": "met in person", "identity_on": ctx.today}
    requests.identify(ctx, op(), row, known)
    return row_of(workbook, Requests, row.id)


def proposed(workbook: Workbook) -> Row:
    row = asked(workbook)
    erasure.propose(as_(ANGHARAD, workbook), op(), row, "He asked for it.")
    return row_of(workbook, Requests, row.id)


def erased(workbook: Workbook) -> Row:
    row = proposed(workbook)
    erasure.confirm(as_(RHYS, workbook), op(), row)
    return row_of(workbook, Requests, row.id)


def everything(workbook: Workbook) -> str:
    """Every cell of the workbook and its history, sealed ones opened."""
    rows = [cells for of in workbook.store.read(*erasure.BY_TAB).rows.values() for cells in of]
    rows += workbook.store.audit(1_000_000)
    opened = erasure.opener(as_(ANGHARAD, workbook))
    found = []
    for cells in rows:
        for cell in cells.values():
            found.append(cell)
            found += [opened(token) or "" for token in _tokens(cell)]
    return "\n".join(found)


def _tokens(cell: str) -> list[str]:
    if cell.startswith("sealed:"):
        return [cell]
    try:
        fields = json.loads(cell)
    except ValueError:
        return []
    pairs = fields.values() if isinstance(fields, dict) else []
    return [
        each for pair in pairs if isinstance(pair, list) for each in pair if str(each).startswith("sealed:")
    ]


def test_the_25_facts_are_there_before(workbook: Workbook) -> None:
    said = everything(workbook)
    assert len(FACTS) == 25
    assert [name for name, fact in FACTS.items() if fact not in said] == []


def test_none_of_the_25_facts_is_left_in_any_cell_or_in_the_history(workbook: Workbook) -> None:
    erased(workbook)
    said = everything(workbook).casefold()
    assert [name for name, fact in FACTS.items() if fact.casefold() in said] == []
    for spelling in ("gethin  llywelyn", "llywelyn, gethin", "gethin_llywelyn", "7700 900417"):
        assert spelling not in said


def test_none_of_the_25_facts_is_left_in_the_bytes_of_the_file_and_its_log(workbook: Workbook) -> None:
    path = Path(workbook.store.path)  # type: ignore[attr-defined]
    before = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert FACTS["experience"].encode() in before
    erased(workbook)
    after = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*")).lower()
    plain = [fact for fact in FACTS.values()] + ["pool_gethin_llywelyn", "llywelyn"]
    assert [fact for fact in plain if fact.casefold().encode() in after] == []
    assert b"ynys fawr growers" in after


def test_other_people_s_words_are_all_still_there(workbook: Workbook) -> None:
    erased(workbook)
    said = everything(workbook)
    theirs = {
        name: words for name, words in CANARIES.items() if name != "panel"
    }  # it sat on Gethin's own row
    assert [name for name, words in theirs.items() if words not in said] == []


def figures(workbook: Workbook) -> list[object]:
    lines, letters = rows_of(workbook, Timesheets), rows_of(workbook, Invoices)
    sums = [
        sum((row["hours"] for row in lines), Decimal()),
        sum((row["total_pounds"] for row in letters), Decimal()),
    ]
    work = [
        (row.id, row["hours"], row["amount_pounds"], row["day_rate_pounds"])
        for row in rows_of(workbook, InvoiceLines)
    ]
    counts = {tab: len(workbook.of(tab, "ssw")) for tab in erasure.BY_TAB if tab != "Requests"}
    return [sums, work, counts, [(row.id, row["number"], row["status"], row["issued_on"]) for row in letters]]


def test_hours_money_and_counts_are_what_they_were(workbook: Workbook) -> None:
    before = figures(workbook)
    erased(workbook)
    assert figures(workbook) == before
    assert row_of(workbook, Invoices, "INV-GETHIN")["payee_name"] == "[erased person]"


def test_no_cell_is_wrong_afterwards(workbook: Workbook) -> None:
    erased(workbook)
    assert [table for tab in erasure.BY_TAB for table in workbook.table(tab).problems] == []


def test_the_history_keeps_who_when_and_which_field(workbook: Workbook) -> None:
    """Erasure alone replaces values (X4)."""
    before = workbook.store.history("Mentors", GETHIN_ID)
    erased(workbook)
    after = workbook.store.history("Mentors", GETHIN_ID)[1:]
    for old, new in zip(before, after, strict=True):
        assert [old[name] for name in ("_id", "at", "who", "action", "row")] == [
            new[name] for name in ("_id", "at", "who", "action", "row")
        ]
        assert json.loads(old["fields"]).keys() == json.loads(new["fields"]).keys()
    newest = history.newest(as_(ANGHARAD, workbook), 1)[0][2]
    assert (newest.action, newest.who_id) == ("erasure.confirm", RHYS.id)


def test_afterwards_the_history_can_still_not_be_changed(workbook: Workbook) -> None:
    """RM12."""
    erased(workbook)
    with sqlite3.connect(workbook.store.path) as file, pytest.raises(sqlite3.IntegrityError):  # type: ignore[attr-defined]
        file.execute("UPDATE Audit SET who = 'me'")


def test_nobody_is_their_own_second_person(workbook: Workbook) -> None:
    row = proposed(workbook)
    number = workbook.store.number()
    with pytest.raises(NotYet):
        erasure.confirm(as_(ANGHARAD, workbook), op(), row)
    assert workbook.store.number() == number
    assert FACTS["experience"] in everything(workbook)


def test_nothing_is_erased_that_nobody_proposed(workbook: Workbook) -> None:
    """RM15."""
    row = asked(workbook)
    with pytest.raises(NotYet):
        erasure.confirm(as_(RHYS, workbook), op(), row)
    with pytest.raises(NotAllowed):
        other = asked(workbook, kind="correction")
        raw(workbook, "Requests", other.id, status="waiting for a second person", proposed_by=ANGHARAD.id)
        erasure.confirm(as_(RHYS, workbook), op(), row_of(workbook, Requests, other.id))
    assert FACTS["experience"] in everything(workbook)


@pytest.mark.parametrize("actor", [ADA, MARC, MAIR, FINN], ids=lambda actor: actor.role)
def test_only_a_programme_manager_erases(workbook: Workbook, actor: Actor) -> None:
    """RM14."""
    row = proposed(workbook)
    for verb in (
        lambda ctx: erasure.preview(ctx, row),
        lambda ctx: erasure.propose(ctx, op(), row, "x"),
        lambda ctx: erasure.confirm(ctx, op(), row),
    ):
        with pytest.raises(NotAllowed):
            verb(as_(actor, workbook))
    assert FACTS["experience"] in everything(workbook)


def test_nobody_erases_themselves(workbook: Workbook) -> None:
    row = asked(workbook, record=ANGHARAD.id)
    with pytest.raises(NotYet, match="about you"):
        erasure.propose(as_(ANGHARAD, workbook), op(), row, "My own.")


@pytest.mark.parametrize(
    ("tab", "id_", "cells", "words"),
    [
        ("Mentors", GETHIN_ID, {"status": "approved"}, "pool"),
        ("Assignments", "ASG-GETHIN", {"status": "approved"}, "assignments"),
        ("Timesheets", "TIM-GETHIN", {"status": "approved"}, "not paid"),
        ("Invoices", "INV-GETHIN", {"status": "issued"}, "letter"),
        ("Proposals", "PPL-GETHIN", {"status": "proposed"}, "second person"),
    ],
)
def test_what_is_still_open_stands_against_it_also_at_the_last_moment(
    workbook: Workbook, tab: str, id_: str, cells: dict[str, str], words: str
) -> None:
    row = proposed(workbook)
    raw(workbook, tab, id_, **cells)
    assert [each for each in erasure.preview(as_(ANGHARAD, workbook), row).against if words in each.text]
    with pytest.raises(NotYet, match=words):
        erasure.confirm(as_(RHYS, workbook), op(), row)
    assert FACTS["experience"] in everything(workbook)


def test_a_second_click_erases_nothing_twice(workbook: Workbook) -> None:
    row, key = proposed(workbook), op()
    ctx = as_(RHYS, workbook)
    first = erasure.confirm(ctx, key, row)
    assert erasure.confirm(ctx, key, row).number == first.number
    assert erasure.confirm(ctx, key, row).repeated


def test_the_second_person_may_send_it_back(workbook: Workbook) -> None:
    row = proposed(workbook)
    erasure.send_back(as_(RHYS, workbook), op(), row, "A complaint is open.")
    row = row_of(workbook, Requests, row.id)
    assert (row["status"], row["proposed_by"]) == ("in hand", None)


def test_the_preview_counts_what_the_certificate_then_says(workbook: Workbook) -> None:
    seen = erasure.preview(as_(ANGHARAD, workbook), asked(workbook))
    assert seen.against == ()
    row = erased(workbook)
    paper = erasure.certificate(as_(ANGHARAD, workbook), row)
    emptied = {part.tab: part.emptied for part in paper.parts}
    assert emptied["Mentors"] == emptied["Timesheets"] == emptied["Sessions"] == 1
    assert {part.tab for part in seen.parts} == set(emptied)
    assert all(part.why for part in paper.parts if part.emptied)
    assert paper.backups_until == date(2026, 11, 9)


def test_a_group_s_contact_goes_and_the_group_stays(workbook: Workbook) -> None:
    row = asked(workbook, record="GRP-QUILLS")
    erasure.propose(as_(ANGHARAD, workbook), op(), row, "She asked for it.")
    erasure.confirm(as_(RHYS, workbook), op(), row_of(workbook, Requests, row.id))
    said = everything(workbook)
    gone = [CANARIES[name] for name in ("contact", "contact phone", "contact address")]
    assert [words for words in gone if words in said] == []
    assert "Quills of Aber" in said
    assert FACTS["record"] in said  # Gethin's own words about the day stay, without her name
