"""Keys rotate by one command, a lost one is said, and each view is logged by id (X6)."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from schemas.column import confidential, nino
from schemas.kinds import Unreadable
from services import due, payees, sealing
from services.seals import Seals
from services.workbook import Workbook
from tests.cast import ADA, FINN, KEY, MARC, as_, new_workbook
from tests.services.facts import FACTS, planted
from tests.services.test_erasure import everything

NEW = Fernet.generate_key().decode()
NOW = datetime(2026, 10, 6, 9, tzinfo=UTC)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3", planted)


def test_after_resealing_the_new_key_alone_opens_everything_the_history_too(workbook: Workbook) -> None:
    before = everything(workbook)
    assert sealing.reseal(workbook.store, Seals([NEW, KEY]), NOW) > 3
    alone = Workbook(workbook.store, Seals([NEW]))
    assert sealing.standing(alone).lost == 0
    after = everything(alone)
    for name in ("account number", "sort code", "draft"):
        assert before.count(FACTS[name]) <= after.count(FACTS[name])
    assert sealing.standing(Workbook(workbook.store, Seals([KEY]))).lost == sealing.standing(alone).sealed
    old = Seals([KEY])
    tokens = [
        word
        for line in workbook.store.audit(9_999)
        for word in line["fields"].split('"')
        if word.startswith("sealed:")
    ]
    assert tokens and all(not old.is_newest(token) for token in tokens)


def test_a_second_run_changes_nothing(workbook: Workbook) -> None:
    sealing.reseal(workbook.store, Seals([NEW, KEY]), NOW)
    number = workbook.store.number()
    assert sealing.reseal(workbook.store, Seals([NEW, KEY]), NOW) == 0
    assert workbook.store.number() == number


def test_a_lost_key_is_said_in_the_log_and_on_the_administrator_s_home_page(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    lost = Workbook(workbook.store, Seals([NEW]))
    count = sealing.standing(lost).lost
    assert count == sealing.standing(lost).sealed > 5
    sealing.say_lost(lost)
    assert f"{count} sealed values can't be opened" in caplog.text
    assert "seal" in [each.kind for each in due.of(as_(ADA, lost))]
    assert "seal" not in [each.kind for each in due.of(as_(MARC, lost))]
    assert "seal" not in [each.kind for each in due.of(as_(ADA, workbook))]


def test_a_value_that_no_key_opens_stays_as_it_is(workbook: Workbook) -> None:
    before = workbook.store.read("Payees").rows["Payees"]
    assert sealing.reseal(workbook.store, Seals([NEW]), NOW) == 0
    assert workbook.store.read("Payees").rows["Payees"] == before


def test_each_view_of_a_sealed_value_is_logged_by_id_alone(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    ctx = as_(FINN, workbook)
    row = next(payee.row for payee in payees.all_payees(ctx) if payee.row and payee.row.id == "PAY-GETHIN")
    with caplog.at_level(logging.INFO, "mentor_desk.access"):
        assert payees.opened(ctx, row)["account_number"] == FACTS["account number"]
    said = caplog.text
    assert f"opened column=account_number record=PAY-GETHIN actor={FINN.id}" in said
    assert FACTS["account number"] not in said and "Gethin" not in said


def test_the_columns_for_numbers_and_notes_to_come_are_sealed_and_checked() -> None:
    number = nino("National Insurance number")
    assert number.sealed and number.personal
    assert number.typed("ab 12 34 56 c") == "AB123456C"
    for wrong in ("QQ123456C", "AB12345C", "AB123456E", "GB123456A"):
        with pytest.raises(Unreadable) as caught:
            number.typed(wrong)
        assert wrong not in str(caught.value.words)
    assert confidential("Said in confidence").sealed


def test_the_command_reseals_a_local_workbook_and_keeps_the_old_key_for_its_backups(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tools import reseal

    beside = tmp_path / "workbook.key"
    beside.write_text(KEY)
    beside.chmod(0o600)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MENTOR_DESK_STORE", str(tmp_path / "workbook.sqlite3"))
    monkeypatch.delenv("MENTOR_DESK_KEYS", raising=False)
    assert reseal.main() == 0
    (new,) = beside.read_text().split()
    (kept,) = tmp_path.glob("workbook.key-before-*")
    assert new != KEY and kept.read_text() == KEY
    assert beside.stat().st_mode & 0o077 == kept.stat().st_mode & 0o077 == 0
    assert sealing.standing(Workbook(workbook.store, Seals([new]))).lost == 0
    said = capsys.readouterr().out
    assert new not in said and KEY not in said
