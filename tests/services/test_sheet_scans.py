"""The paper that both signed: kept with its sheet, opened by who opens the sheet, gone with who is on it (W3, X6)."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msoffcrypto
import pytest
from docx import Document

from schemas.assignments import Assignments
from schemas.column import Role, Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentors import Mentors
from schemas.requests import Requests
from schemas.scans import ScanPieces, Scans
from schemas.work import Sessions
from services import bundle, erasure, exports, records, requests, sheets
from services.context import Actor
from services.seals import Seals
from services.store import create_store
from services.store.interface import Needs, Operation, Update
from services.workbook import Workbook, tabs
from tests import wmtd
from tests.cast import KEY, op
from tests.services.claiming import photo
from tests.wmtd import (
    ARLO,
    CLEM,
    EDIE,
    FAY,
    KIT,
    MOIRA,
    OTHER_ID,
    PAIR_ID,
    ROO,
    SHEET_ID,
    SIGNED_ID,
    YAZ,
    as_,
)  # fmt: skip

ON_PAPER, ON_SCREEN = "on the printed sheet, which is kept here", "on the screen, both together"
BOTH: tuple[sheets.Side, ...] = ("mentor", "mentee")
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"
PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own
SECOND = Actor("PER-SECOND", "Rhys Tudor", Role.MANAGER, "rhys.tudor@example.org")


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return wmtd.new_workbook(tmp_path / "workbook.sqlite3")


def row_of(workbook: Workbook, id_: str = SHEET_ID) -> Row:
    return wmtd.CAST.row_of(workbook, Sessions, id_)


def signed(workbook: Workbook, content: bytes = b"", key: str = "") -> Row:
    """Kit and Lou signed the printed sheet, and Kit photographed it."""
    sheets.sign(as_(KIT, workbook), key or op(), row_of(workbook), BOTH, ON_PAPER, content or photo())
    return row_of(workbook)


def test_a_sheet_signed_by_hand_keeps_its_photo(workbook: Workbook) -> None:
    row = signed(workbook, photo(3000, 2000, "JPEG"))
    assert (sheets.is_signed(row), row["signed_how"], row["status"]) == (True, ON_PAPER, "accepted")
    paper = sheets.scan(as_(KIT, workbook), row.id)
    assert (paper.form, len(paper.content) <= 200_000) == ("JPEG", True)


def test_what_is_said_to_be_signed_by_hand_comes_with_its_paper(workbook: Workbook) -> None:
    before = workbook.store.number()
    for content in (b"", b"MZ a program", b"<svg/>", b"%PDF-" + b"\0" * 400_001):
        with pytest.raises(InvalidEntry, match="Signed sheet"):
            sheets.sign(as_(KIT, workbook), op(), row_of(workbook), BOTH, ON_PAPER, content)
    assert workbook.store.number() == before


def test_one_signed_on_the_screen_keeps_no_paper(workbook: Workbook) -> None:
    sheets.sign(as_(KIT, workbook), op(), row_of(workbook), BOTH, ON_SCREEN, photo())
    assert row_of(workbook)["scan"] is None
    with pytest.raises(NotYet, match="no photo or scan"):
        sheets.scan(as_(KIT, workbook), SHEET_ID)


@pytest.mark.parametrize(("actor", "may"), [(KIT, True), (CLEM, True), (YAZ, True), (MOIRA, True),
                                            (ROO, False), (EDIE, False), (FAY, False), (ARLO, False)])  # fmt: skip
def test_who_may_open_the_sheet_may_open_its_paper_and_nobody_else(
    workbook: Workbook, actor: Actor, may: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """RM75, RM76."""
    row, ctx = signed(workbook), as_(actor, workbook)
    if may:
        caplog.set_level("INFO", "mentor_desk.access")
        assert sheets.scan(ctx, row.id).form == "JPEG"
        assert f"opened scan={row['scan']} record={row.id} actor={actor.id}" in caplog.text
        return
    with pytest.raises(NotAllowed):
        sheets.scan(ctx, row.id)
    seen = records.view(ctx)
    assert seen.find(Scans, row["scan"]) is None and not seen.where(ScanPieces, "scan", row["scan"])


def test_what_was_signed_is_neither_signed_again_nor_its_paper_changed(workbook: Workbook) -> None:
    """RM77."""
    row = signed(workbook)
    for shown in (row, row_of(workbook, SIGNED_ID)):
        with pytest.raises(NotYet, match="Both of you have signed"):
            sheets.sign(as_(KIT, workbook), op(), shown, BOTH, ON_PAPER, PDF)


def test_a_change_of_what_one_side_signed_takes_the_paper_away_too(workbook: Workbook) -> None:
    kit = as_(KIT, workbook)
    sheets.sign(kit, op(), row_of(workbook), ("mentor",), ON_PAPER, photo())
    assert row_of(workbook)["scan"]
    sheets.write(kit, op(), PAIR_ID, {"done": "A stew"}, row_of(workbook))
    assert row_of(workbook)["scan"] is None


def test_a_double_click_keeps_one_paper(workbook: Workbook) -> None:
    shown, key = row_of(workbook), op()
    for _ in range(2):
        sheets.sign(as_(KIT, workbook), key, shown, BOTH, ON_PAPER, photo())
    assert len(records.ground(as_(MOIRA, workbook)).all(Scans)) == 1


def test_its_content_is_in_no_export(workbook: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(workbook)
    titles: list[str] = []
    monkeypatch.setattr(
        exports, "excel_file", lambda *sheets, **_: titles.extend(each.title for each in sheets)
    )
    exports.whole_workbook(as_(MOIRA, workbook), PASSWORD)
    assert "Sessions" in titles and "Scan pieces" not in titles


# --- on every engine -------------------------------------------------------------------------------


def begin(workbook: Workbook) -> None:
    """Kit and Lou's pair, and one sheet of theirs."""
    put = wmtd.CAST.put
    put(workbook, "Mentors", KIT.mentor, name=KIT.name, status="approved", recruited_on=wmtd.TODAY)
    put(workbook, "Mentees", OTHER_ID, name="Lou Tandy", status="active")
    common = {"mentor": KIT.mentor, "mentee": OTHER_ID}
    put(
        workbook, "Assignments", PAIR_ID, status="approved", matched_how="by staff", starts_on=wmtd.TODAY,
        approved_on=wmtd.TODAY, approved_by=CLEM.name, purpose="Cooking", **common,
    )  # fmt: skip
    put(
        workbook, "Sessions", SHEET_ID, assignment=PAIR_ID, held_on=wmtd.TODAY, done="A curry",
        status="record in", **common,
    )  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql", "sheets"])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workbook]:
    """The registers on each engine, with that scene."""
    if request.param == "sheets":
        from tests.sheets_standin.server import Server
        from tests.spreadsheets import open_spreadsheet

        with Server() as google:
            monkeypatch.setenv("SHEETS_API_BASE", google.base)
            yield _begun(Workbook(open_spreadsheet(google, fresh_seconds=0), Seals([KEY])))
    elif request.param == "postgresql":
        address = request.getfixturevalue("postgresql_server").new_database()
        yield _begun(Workbook(create_store(address, tabs()), Seals([KEY])))
    else:
        yield _begun(Workbook(create_store(str(tmp_path / "w.sqlite3"), tabs()), Seals([KEY])))


def _begun(workbook: Workbook) -> Workbook:
    begin(workbook)
    workbook.refresh()
    return workbook


def test_a_paper_of_several_pieces_comes_back_whole_and_stands_sealed(engine: Workbook) -> None:
    content = PDF + bytes(range(256)) * 200
    row = signed(engine, content)
    read_anew = Workbook(engine.store, engine.seals)
    read_anew.refresh()
    assert sheets.scan(as_(MOIRA, read_anew), row.id).content == content
    cells = [each["content"] for each in engine.store.read(ScanPieces.tab).rows[ScanPieces.tab]]
    assert len(cells) == 7 and all(cell.startswith("sealed:") and len(cell) < 50_000 for cell in cells)


# --- whose it is -----------------------------------------------------------------------------------


def request_of(workbook: Workbook, record: str, kind: str) -> Row:
    """A request whose person is known."""
    moira = as_(MOIRA, workbook)
    given = {"kind": kind, "person": "Whoever", "answer_to": "in person", "received_on": wmtd.TODAY}
    ((_, cells), *_) = requests.receive(moira, op(), given).saved
    known = {"record": record, "known_as": (), "identity_how": "met in person", "identity_on": wmtd.TODAY}
    shown = wmtd.CAST.row_of(workbook, Requests, cells["_id"])
    requests.identify(moira, op(), shown, known)
    return wmtd.CAST.row_of(workbook, Requests, cells["_id"])


def over(workbook: Workbook) -> None:
    """Kit's pairs are ended and Kit has left, past every verb, so that nothing stands against an erasure."""
    pairs = workbook.store.read(Assignments.tab).rows[Assignments.tab]
    ended = [Update(Assignments.tab, cells["_id"], {"status": "ended"}, {}) for cells in pairs]
    left = Update(Mentors.tab, str(KIT.mentor), {"status": "left"}, {})
    operation = Operation("over", "", "test", "start", wmtd.NOW, "wmtd")
    workbook.take(workbook.store.commit(operation, Needs(), lambda fresh: [*ended, left]))


@pytest.mark.parametrize("record", [OTHER_ID, KIT.mentor])
def test_an_erasure_of_either_leaves_nothing_of_the_paper(workbook: Workbook, record: str) -> None:
    """A name can't be taken out of a photo: it goes with whoever stands on it."""
    wmtd.CAST.put(
        workbook, "People", SECOND.id, name=SECOND.name, email=SECOND.email, role="Programme Manager",
        status="active",
    )  # fmt: skip
    row = signed(workbook)
    tokens = [each["content"] for each in workbook.store.read(ScanPieces.tab).rows[ScanPieces.tab]]
    assert tokens and all(tokens)
    over(workbook)
    asked = request_of(workbook, record, "erasure")
    erasure.propose(as_(MOIRA, workbook), op(), asked, "They asked.")
    erasure.confirm(as_(SECOND, workbook), op(), wmtd.CAST.row_of(workbook, Requests, asked.id))
    left = [*workbook.store.read(ScanPieces.tab).rows[ScanPieces.tab], *workbook.store.audit(1_000_000)]
    assert not any(token in str(cells) for cells in left for token in tokens)
    with pytest.raises(NotYet, match="no longer whole"):
        sheets.scan(as_(MOIRA, workbook), row.id)
    assert row_of(workbook)["signed_mentor_on"] == wmtd.TODAY


@pytest.mark.parametrize("record", [OTHER_ID, KIT.mentor])
def test_what_is_held_about_either_shows_them_their_paper(workbook: Workbook, record: str) -> None:
    signed(workbook, photo(300, 200, "JPEG"))
    asked = request_of(workbook, record, "access")
    with zipfile.ZipFile(io.BytesIO(bundle.files(as_(MOIRA, workbook), asked, "en", PASSWORD))) as packed:
        closed = packed.read(f"{asked.id}-en.docx")
    office, out = msoffcrypto.OfficeFile(io.BytesIO(closed)), io.BytesIO()
    office.load_key(password=PASSWORD)
    office.decrypt(out)
    document = Document(out)
    assert len(document.inline_shapes) == 1
    assert "A paper that was photographed or scanned, added on 7 October 2026" in [
        each.text for each in document.paragraphs
    ]


def test_another_s_bundle_shows_it_to_nobody(workbook: Workbook) -> None:
    signed(workbook)
    asked = request_of(workbook, str(ROO.mentor), "access")
    assert bundle.made(as_(MOIRA, workbook), asked, "en").scanned == ()
