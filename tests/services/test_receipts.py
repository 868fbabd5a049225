"""Receipts: taken for what is in them, kept small and sealed, open to who may see the claim, in no file (L6, X14)."""

import struct
import zlib
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.column import Role, Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.expenses import Expenses
from schemas.peers import Projects
from schemas.requests import Requests
from schemas.scans import ScanPieces, Scans
from services import erasure, expenses, exports, receipts, records, requests
from services.context import Actor
from services.store.interface import Needs, Operation, Update
from services.workbook import Workbook
from tests.cast import op
from tests.lga import ABE, EVE, FAY, HELEN, NOW, OLU, SAM, TODAY, VALE, as_, made, put, row_of
from tests.services.claiming import MEAL, TRAIN, approved, drafted, opened, photo, written

PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own
SCRIPTED = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return opened(tmp_path)


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\0 a program called receipt.jpg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>%PDF-1.7</html>",
        b"GIF89a" + b"\0" * 50,
        b"PK\x03\x04 a zip",
        b"\xff\xd8\xff and nothing of a picture",
        photo()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 200,
        bomb(100_000, 100_000),
        bomb(30_000, 30_000),
        bomb(6_000, 5_000),
    ],
    ids=[
        "empty", "program", "svg", "html", "gif", "zip", "false jpeg", "cut off", "false png", "huge", "large", "bomb",
    ],
)  # fmt: skip
def test_a_hostile_or_damaged_file_is_refused_and_nothing_is_written(
    workbook: Workbook, content: bytes
) -> None:
    row = written(workbook, TRAIN)
    before = workbook.store.number()
    with pytest.raises(InvalidEntry, match="Receipt"):
        receipts.add(as_(OLU, workbook), op(), row, content)
    assert workbook.store.number() == before


def test_a_pdf_with_a_script_is_kept_as_the_same_bytes_and_called_a_pdf(workbook: Workbook) -> None:
    row = written(workbook, TRAIN)
    receipts.add(as_(OLU, workbook), op(), row, SCRIPTED)
    kept = receipts.read(as_(SAM, workbook), row.id)
    assert (kept.content, kept.mime) == (SCRIPTED, "application/pdf")
    assert receipts.file_name(row.id, kept.form) == f"receipt-{row.id}.pdf"


def test_a_receipt_of_many_pieces_comes_back_whole_and_is_sealed_in_the_sheet(workbook: Workbook) -> None:
    row, content = written(workbook, TRAIN), SCRIPTED + bytes(range(256)) * 200
    receipts.add(as_(OLU, workbook), op(), row, content)
    assert receipts.read(as_(OLU, workbook), row.id).content == content
    cells = [each["content"] for each in workbook.store.read(ScanPieces.tab).rows[ScanPieces.tab]]
    assert len(cells) == 7 and all(cell.startswith("sealed:") and len(cell) < 50_000 for cell in cells)


@pytest.mark.parametrize(("actor", "may"), [(OLU, True), (HELEN, True), (SAM, True), (FAY, True),
                                            (VALE, False), (EVE, False), (ABE, False)])  # fmt: skip
def test_only_who_may_see_the_claim_sees_the_receipt(workbook: Workbook, actor: Actor, may: bool) -> None:
    row = drafted(workbook, TRAIN)
    if may:
        assert receipts.read(as_(actor, workbook), row.id).form == "JPEG"
        return
    with pytest.raises(NotAllowed):
        receipts.read(as_(actor, workbook), row.id)


def test_no_receipt_is_added_to_another_s_item(workbook: Workbook) -> None:
    row = written(workbook, TRAIN)
    for actor in (VALE, SAM, FAY):
        with pytest.raises(NotAllowed):
            receipts.add(as_(actor, workbook), op(), row, photo())


def test_a_double_click_keeps_one_and_a_newer_one_takes_its_place(workbook: Workbook) -> None:
    row, key = written(workbook, TRAIN), op()
    receipts.add(as_(OLU, workbook), key, row, photo())
    receipts.add(as_(OLU, workbook), key, row, photo())
    first = row_of(workbook, Expenses, row.id)
    receipts.add(as_(OLU, workbook), op(), first, SCRIPTED)
    assert len(records.ground(as_(HELEN, workbook)).all(Scans)) == 2
    assert receipts.read(as_(OLU, workbook), row.id).form == "PDF"


def test_a_piece_that_was_lost_is_said_plainly(workbook: Workbook) -> None:
    row = written(workbook, {**TRAIN, "pounds": Decimal(5)})
    with pytest.raises(NotYet, match="no receipt yet"):
        receipts.read(as_(OLU, workbook), row.id)
    receipts.add(as_(OLU, workbook), op(), row, SCRIPTED)
    kept = row_of(workbook, Expenses, row.id)["receipt"]
    from services.records import New
    from services.store.interface import Needs

    again = {"mentor": OLU.mentor, "scan": kept, "place": 2, "content": "AAAA"}
    records.commit(
        as_(OLU, workbook), op(), "expenses.claim", "x", Needs(), lambda fresh: [New(ScanPieces, again)]
    )
    with pytest.raises(NotYet, match="no longer whole"):
        receipts.read(as_(OLU, workbook), row.id)


def test_the_content_is_in_no_export(workbook: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    drafted(workbook, TRAIN)
    titles: list[str] = []
    monkeypatch.setattr(
        exports, "excel_file", lambda *sheets, **_: titles.extend(each.title for each in sheets)
    )
    exports.whole_workbook(as_(HELEN, workbook), PASSWORD)
    assert "Expenses" in titles and "Scan pieces" not in titles


SECOND = Actor("PER-SCNDMN", "Bryn Stroud", Role.MANAGER, "bryn.stroud@example.org")


def request_of(workbook: Workbook, record: str) -> Row:
    """A request for erasure of somebody who is known."""
    helen = as_(HELEN, workbook)
    given = {"kind": "erasure", "person": "Whoever", "answer_to": "in person", "received_on": TODAY}
    row = made(workbook, requests.receive(helen, op(), given), Requests)[0]
    known = {"record": record, "known_as": (), "identity_how": "met in person", "identity_on": TODAY}
    requests.identify(helen, op(), row, known)
    return row_of(workbook, Requests, row.id)


def over(workbook: Workbook) -> None:
    """The project is over and the peer has left, past every verb."""
    rows = workbook.store.read(Projects.tab).rows[Projects.tab]
    ended = [Update(Projects.tab, cells["_id"], {"status": "closed"}, {}) for cells in rows]
    left = Update("Mentors", str(OLU.mentor), {"status": "left"}, {})
    operation = Operation("over", "", "test", "start", NOW, "lga")
    workbook.take(workbook.store.commit(operation, Needs(), lambda fresh: [*ended, left]))


def test_erasing_a_peer_leaves_nothing_of_their_receipts_and_every_amount(workbook: Workbook) -> None:
    """X6: those of a claim that was paid, and those of an item they dropped; the books keep what was paid."""
    put(
        workbook, "People", SECOND.id, name=SECOND.name, email=SECOND.email, role="Programme Manager",
        status="active",
    )  # fmt: skip
    expenses.drop(as_(OLU, workbook), op(), drafted(workbook, MEAL))
    (paid,) = approved(workbook, TRAIN)
    asked = request_of(workbook, str(OLU.mentor))
    against = " ".join(map(str, erasure.preview(as_(HELEN, workbook), asked).against))
    assert "Their expenses are not paid yet" in against and "in the team of a project" in against
    expenses.pay(as_(FAY, workbook), op(), [paid], TODAY)
    tokens = [each["content"] for each in workbook.store.read(ScanPieces.tab).rows[ScanPieces.tab]]
    digests = [each["digest"] for each in workbook.store.read(Scans.tab).rows[Scans.tab]]
    assert len(tokens) == len(digests) == 2 and all((*tokens, *digests))
    over(workbook)
    assert erasure.preview(as_(HELEN, workbook), asked).against == ()
    erasure.propose(as_(HELEN, workbook), op(), asked, "He asked for it.")
    erasure.confirm(as_(SECOND, workbook), op(), row_of(workbook, Requests, asked.id))
    tabs = (ScanPieces.tab, Scans.tab, Expenses.tab)
    left = [cells for of in workbook.store.read(*tabs).rows.values() for cells in of]
    assert not any(
        told in str(cells)
        for cells in (*left, *workbook.store.audit(1_000_000))
        for told in (*tokens, *digests, TRAIN["what"])
    )
    with pytest.raises(NotYet, match="no longer whole"):
        receipts.read(as_(HELEN, workbook), paid.id)
    assert row_of(workbook, Expenses, paid.id)["payable_pounds"] == Decimal("64.20")
