"""One mentee with 25 facts planted: all in the bundle, none left after erasure, counts as they were (D3, X6)."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from docx import Document

from schemas.cases import Cases, Complaints, Contacts, Interviews, Outcomes, Refunds
from schemas.column import Role, Row
from schemas.contracts import ReturnLines, Returns
from schemas.errors import NotYet
from schemas.mentees import Actions, Mentees, Plans, Signposts
from schemas.people import Drafts, People
from schemas.requests import Requests
from schemas.work import Sessions
from services import bundle, erasure, records, requests
from services.context import Actor
from services.records import Edit
from services.store.interface import Needs
from services.traces import subject
from services.workbook import Workbook
from tests import dwp
from tests.cast import op
from tests.dwp import (
    CASE_ID,
    COLIN,
    CONTRACT_ID,
    DEE,
    MENTEE_ID,
    NORA,
    OMAR,
    OTHER_CASE_ID,
    OTHER_MENTEE_ID,
    as_,
    put,
    row_of,
)

RHYS = Actor("PER-SECOND", "Rhys Tudor", Role.MANAGER, "rhys.tudor@example.org")
PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own
FACTS = {
    "name": "Rowan Pike",
    "phone": "07700 900123",
    "email": "rowan.pike@example.org",
    "nino": "XX998877A",
    "born": "2 April 1990",
    "old phone": "07700 900199",
    "languages": "Romani",
    "notes": "comes with a greyhound",
    "reason": "a job in Crewe",
    "place reason": "afraid of the guard",
    "aspirations": "wants to bake bread",
    "needs": "a letter about the boiler",
    "addiction": "prescription medicines",
    "employment": "never worked",
    "barrier": "the bailiffs",
    "confidences": "owes money to an uncle",
    "measure": "a loaf sold on Saturday",
    "next steps": "ring the mill in May",
    "session": "cried about the flat",
    "missed": "overslept after the hospital",
    "contact": "answered from the bus",
    "outcome": "the Mill bakery course",
    "journey": "Rhosddu to Wrexham by bus 41",
    "complaint": "was kept waiting an hour",
    "signpost": "the eye clinic",
}
CANARIES = ("Sasha Vale", "Dee Flint", "Omar Keys", "Nora Lamb", "Colin Bray", "A. Coach", "canary of Sasha")


def planted(workbook: Workbook) -> None:
    """Everything a workbook can hold of one mentee, whose case is over; another beside them."""
    dwp.begin(workbook)
    put(
        workbook, People, RHYS.id, name=RHYS.name, email=RHYS.email, role="Programme Manager", status="active"
    )
    fact, mine = FACTS, {"mentee": MENTEE_ID, "case": CASE_ID}
    _edit(workbook, Mentees, MENTEE_ID, phone=fact["old phone"])
    _edit(
        workbook, Mentees, MENTEE_ID, phone=fact["phone"], email=fact["email"], nino=fact["nino"],
        languages=(fact["languages"],), notes=f"{fact['notes']}; knows Sasha Vale",
    )  # fmt: skip
    _edit(
        workbook, Cases, CASE_ID, met_on=date(2024, 6, 5), started_on=date(2024, 6, 6), outcome="started",
        is_eligible=True, left_on=date(2024, 6, 11), left_reason=fact["reason"],
        place_reason=fact["place reason"],
    )  # fmt: skip
    put(
        workbook, Interviews, "DIA-ROWANP", **mine, held_on=date(2024, 6, 6), aspirations=fact["aspirations"],
        needs=fact["needs"], addiction=fact["addiction"], employment=fact["employment"],
        barrier_other=fact["barrier"], notes=fact["confidences"], disclosure="disclosed before",
    )  # fmt: skip
    put(workbook, Plans, "PLA-ROWANP", **mine, version=Decimal(1), status="agreed", agreed_on=date(2024, 6, 7), next_steps=fact["next steps"])  # fmt: skip
    put(workbook, Actions, "ACT-ROWANP", plan="PLA-ROWANP", mentee=MENTEE_ID, title="Bake", measure=fact["measure"])  # fmt: skip
    put(workbook, Sessions, "SES-ROWAN1", **mine, mentor=DEE.mentor, held_on=date(2024, 6, 6), attendance="attended", minutes=Decimal(60), manner="face to face", done=fact["session"], status="record in")  # fmt: skip
    put(workbook, Sessions, "SES-ROWAN2", **mine, mentor=DEE.mentor, held_on=date(2024, 6, 10), attendance="missed", reason=fact["missed"], status="record in")  # fmt: skip
    put(workbook, Sessions, "SES-SASHA1", mentor=OMAR.mentor, mentee=OTHER_MENTEE_ID, case=OTHER_CASE_ID, held_on=date(2024, 6, 6), attendance="attended", minutes=Decimal(60), done="canary of Sasha. Rowan Pike held the door.", status="record in")  # fmt: skip
    put(workbook, Contacts, "CON-ROWANP", **mine, mentor=DEE.mentor, made_on=date(2024, 6, 9), is_two_way=True, note=fact["contact"])  # fmt: skip
    put(workbook, Outcomes, "OUT-ROWANP", **mine, kind="training", step="entered or started", reached_on=date(2024, 6, 10), what=fact["outcome"])  # fmt: skip
    put(workbook, Refunds, "RFD-ROWANP", **mine, travelled_on=date(2024, 6, 6), journey=fact["journey"], purpose="a session", pounds=Decimal("4.60"), claimed_by="PER-DEEMEN", status="paid")  # fmt: skip
    put(workbook, Complaints, "CPL-ROWANP", mentee=MENTEE_ID, mentor=DEE.mentor, received_on=date(2024, 6, 11), words=fact["complaint"], status="open")  # fmt: skip
    put(workbook, Returns, "RET-JUNE24", contract=CONTRACT_ID, kind="Mentee Tracker", month=date(2024, 6, 1), due_on=date(2024, 7, 5), sent_on=date(2024, 7, 3))  # fmt: skip
    put(workbook, ReturnLines, "RTL-ROWANP", sent="RET-JUNE24", mentee=MENTEE_ID, measure="mentee", content=json.dumps({"nino": fact["nino"]}))  # fmt: skip
    put(workbook, Signposts, "SIG-ROWANP", mentee=MENTEE_ID, agency=fact["signpost"])
    draft = json.dumps({"done": "Half a note about Rowan Pike"})
    put(workbook, Drafts, "DRA-COLINB", person=COLIN.id, form="session", content=draft)


def _edit(workbook: Workbook, register: type, id_: str, **values: object) -> None:
    needs = Needs(rows=((register.tab, id_),))
    intent = Edit(register, id_, values)
    records.commit(as_(COLIN, workbook), op(), "cases.write", [id_, *values], needs, lambda fresh: [intent])


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return dwp.new_workbook(tmp_path / "workbook.sqlite3", planted)


def asked(workbook: Workbook, kind: str, record: str = MENTEE_ID) -> Row:
    ctx = as_(NORA, workbook)
    name = subject.choices(ctx)[record].partition(" (")[0]
    given = {"kind": kind, "person": name, "answer_to": None, "received_on": ctx.today}
    receipt = requests.receive(ctx, op(), given)
    (id_,) = [cells["_id"] for tab, cells in receipt.saved if tab == Requests.tab]
    known = {"record": record, "known_as": (), "identity_how": "met in person", "identity_on": ctx.today}
    requests.identify(ctx, op(), row_of(workbook, Requests, id_), known)
    return row_of(workbook, Requests, id_)


def proposed(workbook: Workbook) -> Row:
    row = asked(workbook, "erasure")
    erasure.propose(as_(NORA, workbook), op(), row, "They asked for it.")
    return row_of(workbook, Requests, row.id)


def everything(workbook: Workbook) -> str:
    """Every cell of the workbook and its history, sealed ones opened."""
    cells = [
        cell
        for of in workbook.store.read(*erasure.BY_TAB).rows.values()
        for row in of
        for cell in row.values()
    ]
    cells += [cell for row in workbook.store.audit(1_000_000) for cell in row.values()]
    opened = erasure.opener(as_(NORA, workbook))
    pieces = [
        piece for cell in cells for piece in cell.replace('"', " ").split() if piece.startswith("sealed:")
    ]
    return "\n".join([*cells, *(opened(piece.strip(",[]")) or "" for piece in pieces)])


def texts(workbook: Workbook, record: str = MENTEE_ID) -> list[str]:
    """The words of the Word file and of the Excel file."""
    made = bundle.files(as_(NORA, workbook), asked(workbook, "access", record), "en", PASSWORD)
    found = {}
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            file, out = msoffcrypto.OfficeFile(io.BytesIO(archive.read(name))), io.BytesIO()
            file.load_key(password=PASSWORD)
            file.decrypt(out)
            found[name.rpartition(".")[2]] = out
    word = "\n".join(paragraph.text for paragraph in Document(found["docx"]).paragraphs)
    book = openpyxl.load_workbook(found["xlsx"])
    cells = [
        f"{cell:%-d %B %Y}" if hasattr(cell, "year") else str(cell)
        for tab in book
        for row in tab.values
        for cell in row
        if cell is not None
    ]
    return [word, "\n".join(cells)]


def test_a_mentee_may_be_whom_a_request_is_about(workbook: Workbook) -> None:
    assert subject.choices(as_(NORA, workbook))[MENTEE_ID].startswith("Rowan Pike")


def test_all_25_facts_are_in_both_files_and_nobody_else(workbook: Workbook) -> None:
    assert len(FACTS) == 25
    for said in texts(workbook):
        assert [name for name, fact in FACTS.items() if fact not in said] == []
        assert [word for word in CANARIES if word in said] == []
        assert "[somebody else who is supported]" in said


def test_a_mentor_s_bundle_holds_nothing_of_their_mentees(workbook: Workbook) -> None:
    """What is written in a case is the mentee's, not the mentor's who wrote it."""
    for said in texts(workbook, DEE.mentor):
        assert "Dee Flint" in said
        found = [name for name, fact in FACTS.items() if fact in said]
        assert found == [], found


def test_an_open_case_is_ended_before_its_person_is_erased(workbook: Workbook) -> None:
    row = asked(workbook, "erasure", OTHER_MENTEE_ID)
    with pytest.raises(NotYet, match="case is open"):
        erasure.propose(as_(NORA, workbook), op(), row, "They asked for it.")


def test_whoever_withdrew_their_consent_is_erased_while_their_support_goes_on(workbook: Workbook) -> None:
    needs = Needs(rows=((Mentees.tab, OTHER_MENTEE_ID),))
    gone = Edit(Mentees, OTHER_MENTEE_ID, {"consent_withdrawn_on": dwp.TODAY})
    records.commit(as_(COLIN, workbook), op(), "consent.record", "x", needs, lambda fresh: [gone])
    row = asked(workbook, "erasure", OTHER_MENTEE_ID)
    erasure.propose(as_(NORA, workbook), op(), row, "They asked for it.")
    erasure.confirm(as_(RHYS, workbook), op(), row_of(workbook, Requests, row.id))
    said = everything(workbook)
    assert "Sasha Vale" not in said and "canary of Sasha" not in said and "Rowan Pike" in said


def test_none_of_the_25_facts_is_left_and_every_count_is_as_it_was(workbook: Workbook) -> None:
    def counts() -> list[object]:
        case = row_of(workbook, Cases, CASE_ID)
        rows = [len(workbook.of(tab, "dwp")) for tab in erasure.BY_TAB if tab != "Requests"]
        dates = [
            case[name] for name in ("number", "received_on", "met_on", "started_on", "left_on", "outcome")
        ]
        sessions = [
            (row["attendance"], row["minutes"], row["held_on"])
            for row in records.kept(as_(NORA, workbook)).where(Sessions, "case", CASE_ID)
        ]
        paid = row_of(workbook, Refunds, "RFD-ROWANP")["pounds"]
        return [rows, dates, sessions, paid, row_of(workbook, Interviews, "DIA-ROWANP")["disclosure"]]

    before, there = counts(), everything(workbook)
    asked_for = {name: "1990-04-02" if name == "born" else fact for name, fact in FACTS.items()}
    assert [name for name, fact in asked_for.items() if fact not in there] == []
    row = proposed(workbook)
    erasure.confirm(as_(RHYS, workbook), op(), row)
    said = everything(workbook)
    assert [name for name, fact in asked_for.items() if fact.casefold() in said.casefold()] == []
    assert "canary of Sasha" in said and "held the door" in said
    assert counts() == before
