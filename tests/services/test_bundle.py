"""The bundle holds all about one person and names nobody else (X6, RM13)."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from docx import Document

from schemas.errors import NotAllowed, NotYet
from schemas.requests import Requests
from services import bundle, passwords, requests
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC, as_, new_workbook, op
from tests.services.facts import CANARIES, FACTS, planted
from tests.services.staff import GETHIN_ID, made, row_of

PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3", planted)


def asked(workbook: Workbook, record: str = GETHIN_ID, *, is_known: bool = True) -> object:
    ctx = as_(ANGHARAD, workbook)
    person = CANARIES["contact"] if record == "GRP-QUILLS" else "Gethin Llywelyn"
    given = {"kind": "access", "person": person, "answer_to": None, "received_on": ctx.today}
    row = made(workbook, requests.receive(ctx, op(), given), Requests)
    if is_known:
        known = {"record": record, "known_as": (), "identity_how": "met in person", "identity_on": ctx.today}
        requests.identify(ctx, op(), row, known)
    return row_of(workbook, Requests, row.id)


def opened(zip_bytes: bytes) -> dict[str, bytes]:
    """The files of the zip by their ending, each opened with the password."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(zip_bytes)) as archive:
        for name in archive.namelist():
            file, out = msoffcrypto.OfficeFile(io.BytesIO(archive.read(name))), io.BytesIO()
            file.load_key(password=PASSWORD)
            file.decrypt(out)
            found[name.rpartition(".")[2]] = out.getvalue()
    return found


def word_text(file: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file)).paragraphs)


def excel_text(file: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(file))
    return "\n".join(str(cell) for tab in book for row in tab.values for cell in row if cell is not None)


def texts(
    workbook: Workbook, language: str = "en", record: str = GETHIN_ID, also: tuple[str, ...] = ()
) -> list[str]:
    made = opened(bundle.files(as_(ANGHARAD, workbook), asked(workbook, record), language, PASSWORD, also))
    return [word_text(made["docx"]), excel_text(made["xlsx"])]


def test_all_25_facts_are_in_the_word_file_and_in_the_excel_file(workbook: Workbook) -> None:
    for said in texts(workbook):
        assert [name for name, fact in FACTS.items() if fact not in said] == []


def test_nobody_else_is_named_in_either(workbook: Workbook) -> None:
    for said in texts(workbook):
        assert [name for name, words in CANARIES.items() if words.casefold() in said.casefold()] == []
        assert "[a group’s contact person] came along" in said


def test_what_another_wrote_of_them_comes_alone(workbook: Workbook) -> None:
    """Mair's record named Gethin in its next steps: those words come, the rest of her record does not."""
    for said in texts(workbook):
        assert "Ring gethin  LLYWELYN" in said


def test_dates_and_money_can_be_read_and_summed(workbook: Workbook) -> None:
    made = opened(bundle.files(as_(ANGHARAD, workbook), asked(workbook), "en", PASSWORD))
    said = word_text(made["docx"])
    assert "4 May 2026" in said
    assert "£250.00" in said
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    heading, row = list(book["Invoices"].values)
    assert Decimal(str(row[heading.index("Total")])) == Decimal(250)


def test_it_speaks_welsh_where_asked(workbook: Workbook) -> None:
    word, _ = texts(workbook, "cy")
    assert "Yr hyn sydd gennym amdanoch chi" in word
    assert "4 Mai 2026" in word


def test_a_contact_person_s_bundle_holds_theirs_and_not_the_mentor_s(workbook: Workbook) -> None:
    for said in texts(workbook, record="GRP-QUILLS"):
        for name in ("contact", "contact phone", "contact address"):
            assert CANARIES[name] in said
        assert "Gethin Llywelyn" not in said
        assert FACTS["experience"] not in said


def test_further_words_can_be_taken_out(workbook: Workbook) -> None:
    for said in texts(workbook, also=("Nefyn",)):
        assert "Nefyn" not in said


def test_it_opens_with_no_other_password_and_its_names_name_nobody(workbook: Workbook) -> None:
    made = bundle.files(as_(ANGHARAD, workbook), asked(workbook), "en", PASSWORD)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            assert name.startswith("REQ-")
            file = msoffcrypto.OfficeFile(io.BytesIO(archive.read(name)))
            with pytest.raises(Exception):  # noqa: B017, PT011 - the library's own, by format
                file.load_key(password=PASSWORD + "!", verify_password=True)
                file.decrypt(io.BytesIO())
    assert FACTS["experience"].encode() not in made


def test_a_short_password_makes_no_file_and_is_said_nowhere(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    for weak in ("short", "aaaaaaaaaaaaaaa", " " * 20):
        with pytest.raises(passwords.WeakPassword) as caught:
            bundle.files(as_(ANGHARAD, workbook), asked(workbook), "en", weak)
        assert weak not in str(caught.value)
    bundle.files(as_(ANGHARAD, workbook), asked(workbook), "en", PASSWORD)
    assert PASSWORD not in caplog.text


def test_each_bundle_is_logged_by_id_only(workbook: Workbook, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "mentor_desk.access"):
        bundle.made(as_(ANGHARAD, workbook), asked(workbook), "en")
    assert f"record={GETHIN_ID} actor={ANGHARAD.id}" in caplog.text
    assert "Gethin" not in caplog.text


def test_not_before_it_is_known_who_asks(workbook: Workbook) -> None:
    with pytest.raises(NotYet):
        bundle.made(as_(ANGHARAD, workbook), asked(workbook, is_known=False), "en")


@pytest.mark.parametrize("actor", [ADA, MARC, MAIR, FINN], ids=lambda actor: actor.role)
def test_nobody_but_the_manager_makes_one(workbook: Workbook, actor) -> None:  # noqa: ANN001
    """RM13."""
    row = asked(workbook)
    with pytest.raises(NotAllowed):
        bundle.made(as_(actor, workbook), row, "en")
