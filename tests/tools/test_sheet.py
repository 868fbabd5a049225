"""`make sheet`: an empty spreadsheet made ready, and each usual mistake told with its cure (X1, X2)."""

import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.oauth2.service_account import Credentials

from schemas.column import Role
from services import founding, spreadsheet
from services.store.sheets import wire
from services.store.sheets.address import key_of
from services.workbook import tabs
from tests.sheets_standin.client import client_for
from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.quota import Quota
from tests.sheets_standin.server import Server
from tests.spreadsheets import DESK, account_at, key_file, new_address
from tools import installation, sheet

ADA = ("--name", "Ada Blythe", "--email", "ada.blythe@example.org", "--programme", "ssw")
ALL_TABS = len(spreadsheet._all_tabs())


@pytest.fixture(scope="module")
def google() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def address(google: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """An empty spreadsheet, its address in the environment, the account in its key file."""
    made = new_address(google)
    monkeypatch.setenv("SHEETS_API_BASE", google.base)
    monkeypatch.setenv("MENTOR_DESK_STORE", made)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_file(google, tmp_path)))
    monkeypatch.setattr(installation, "SECRETS", tmp_path / ".streamlit" / "secrets.toml")
    monkeypatch.setattr(wire, "TRIES", 1)
    monkeypatch.setattr(Credentials, "_is_regional_access_boundary_lookup_required", lambda self: False)
    yield made
    google.service.plan = google.service.quota = None
    google.service.refused_accounts.clear()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two registers, where more would only take time."""
    kept = tuple(tab for tab in tabs() if tab.name in {"People", "Mentors"})
    monkeypatch.setattr(sheet, "tabs", lambda: kept)


def run(*arguments: str) -> int:
    return sheet.main(arguments)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def test_an_empty_spreadsheet_is_made_ready_step_by_step(
    address: str, google: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*ADA) == 0
    words = said(capsys)
    assert f"“Registers” is shared with {DESK}" in words
    made = re.search(r"Its (\d+) tabs are there with their headings, (\d+) of them new\.", words)
    # the registers', and beside them what the history needs
    assert made and made[1] == made[2] and int(made[1]) >= ALL_TABS
    assert "It read dates the way of en_US. Now it reads them the British way" in words
    assert words.count("done") >= 11 and "LOOK" not in words
    assert "Ada Blythe is administrator of Sustainable Steps Wales" in words
    assert address.partition("/edit")[0] in words


def test_the_first_administrator_stands_in_people(address: str, google: Server) -> None:
    run(*ADA)
    sheets = spreadsheet.unopened(address, account_at(google))
    sheets.open(spreadsheet._all_tabs())
    (ada,) = founding.administrators(sheets, "ssw")
    assert (ada.name, ada.email, ada.role) == ("Ada Blythe", "ada.blythe@example.org", Role.ADMINISTRATOR)
    sheets.close()


@pytest.mark.usefixtures("few")
def test_of_several_programmes_one_has_to_be_named(address: str) -> None:
    with pytest.raises(SystemExit, match="--programme: dwp"):
        run(*ADA[:4])


@pytest.mark.usefixtures("few")
def test_a_second_run_changes_nothing_and_says_so(
    address: str, google: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*ADA)
    capsys.readouterr()
    before = _cells(google, address)
    assert run("--programme", "ssw", "--name", "Bryn Otter", "--email", "bryn.otter@example.org") == 0
    words = said(capsys)
    assert "0 of them new" in words and "British way: 3/4/2026" in words
    assert "Ada Blythe is administrator already" in words and "Bryn" not in words
    assert _cells(google, address) == before


def _cells(google: Server, address: str) -> dict[str, list[list[str]]]:
    book = client_for(google.base).open_by_key(key_of(address))
    return {tab.title: tab.get_all_values() for tab in book.worksheets()}


@pytest.mark.usefixtures("few")
def test_who_is_the_administrator_can_be_typed(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = io.StringIO("ssw\nAda Blythe\nada.blythe@example.org\n")
    answers.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", answers)
    assert run() == 0
    assert "Ada Blythe is administrator of" in said(capsys)


@pytest.mark.usefixtures("few")
def test_nobody_need_be_appointed_yet(
    address: str, google: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An older workbook is moved into the spreadsheet while it is empty."""
    answers = io.StringIO("ssw\n\n")
    answers.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", answers)
    assert run() == 0
    assert "Nobody can sign in yet." in said(capsys)
    assert len(_cells(google, address)["People"]) == 1


@pytest.mark.usefixtures("few")
def test_without_anybody_to_ask_the_rest_is_done_all_the_same(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run() == 0
    assert "Nobody can sign in yet. Run it again with --programme, --name and --email." in said(capsys)


@pytest.mark.usefixtures("few")
def test_a_wrong_e_mail_address_is_told_and_written_nowhere(
    address: str, google: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--programme", "ssw", "--name", "Ada Blythe", "--email", "ada.blythe") == 1
    assert "E-mail is not an e-mail address" in said(capsys)
    assert len(_cells(google, address)["People"]) == 1


# --- the usual mistakes ----------------------------------------------------------------------------


def test_not_shared(address: str, google: Server, capsys: pytest.CaptureFixture[str]) -> None:
    google.service.unshare(key_of(address))
    assert run(*ADA) == 1
    words = said(capsys)
    assert f"not shared with {DESK}" in words
    assert f"click Share, type {DESK}, choose Editor" in words


def test_the_api_is_off(address: str, google: Server, capsys: pytest.CaptureFixture[str]) -> None:
    google.service.plan = lambda call: "api_off"
    assert run(*ADA) == 1
    words = said(capsys)
    assert "The Google Sheets API is not switched on" in words
    assert "https://console.cloud.google.com/apis/library/sheets.googleapis.com" in words


def test_a_spreadsheet_s_key_that_google_does_not_know(
    address: str, google: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    google.service.forget(key_of(address))
    assert run(*ADA) == 1
    words = said(capsys)
    assert "Google knows no spreadsheet under the key" in words and "copy its whole address again" in words


@pytest.mark.parametrize("fault", ["refused at the token", "401", "a broken key file"])
def test_a_service_account_s_key_that_google_refuses(
    address: str, google: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    if fault == "refused at the token":
        google.service.refused_accounts.add(DESK)
    elif fault == "401":
        google.service.plan = lambda call: "401"
    else:
        (tmp_path / "charity-registers-0123.json").write_text(json.dumps({"client_email": DESK}))
    assert run(*ADA) == 1
    words = said(capsys)
    assert "does not accept the service account's key" in words and "Create new key, JSON" in words


def test_no_quota_left(address: str, google: Server, capsys: pytest.CaptureFixture[str]) -> None:
    google.service.quota = Quota(google.service.clock, reads=0)
    assert run(*ADA) == 1
    words = said(capsys)
    assert "takes no more calls" in words and "Wait a minute and begin again" in words


@pytest.mark.usefixtures("few")
def test_a_wrong_locale_is_set_right_and_said(
    google: Server, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    key = google.service.new_spreadsheet("Cofrestri", locale="de_DE").key
    assert run("--spreadsheet", key, *ADA) == 0
    assert "It read dates the way of de_DE." in said(capsys)
    assert google.service.file(key).book.properties["locale"] == "en_GB"


def test_an_excel_file_in_drive(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def office_file(*about: object, **more: object) -> None:
        raise GoogleError(400, "This operation is not supported for this document", "FAILED_PRECONDITION")

    monkeypatch.setattr("tests.sheets_standin.service.sheets_answer", office_file)
    assert run(*ADA) == 1
    words = said(capsys)
    assert "Excel file kept in Google Drive" in words and "Save as Google Sheets" in words


def test_a_tab_of_theirs_that_bears_a_name_of_ours_is_left_alone(
    google: Server, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with google.service.person(key_of(address)) as person:
        person.rename_tab("Sheet1", "People")
        person.edit("People", "A1", "Our own list")
    assert run(*ADA) == 1
    words = said(capsys)
    assert "has a tab called People that Mentor Desk did not make" in words
    assert "Give that tab another name" in words
    assert _cells(google, address) == {"People": [["Our own list"]]}


@pytest.mark.usefixtures("few")
def test_a_tab_deleted_by_hand_is_told_and_never_made_anew(
    google: Server, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*ADA)
    with google.service.person(key_of(address)) as person:
        person.delete_tab("Mentors")
    capsys.readouterr()
    assert run() == 1
    assert "The tab Mentors was deleted by hand. Take it back with File, Version history" in said(capsys)


def test_a_store_that_is_no_spreadsheet_is_told(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MENTOR_DESK_STORE", "data/workbook.sqlite3")
    assert run() == 1
    assert "no address of a Google spreadsheet: data/workbook.sqlite3" in said(capsys)


def test_without_an_account_it_says_what_is_missing(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    assert run() == 1
    assert "no service account" in said(capsys)


# --- the secrets file ------------------------------------------------------------------------------


def test_the_secrets_are_written_once_for_their_owner_alone(
    address: str, google: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "charity-registers-0123.json")
    assert run("--secrets", file, "--spreadsheet", address) == 0
    written = tomllib.loads(installation.SECRETS.read_text())
    assert written["gcp_service_account"] == account_at(google) and written["store"] == address
    assert installation.SECRETS.stat().st_mode & 0o077 == 0
    before = installation.SECRETS.read_text()
    assert run("--secrets", file, "--spreadsheet", address) == 1
    assert installation.SECRETS.read_text() == before


@pytest.mark.usefixtures("few")
def test_the_command_runs_on_the_secrets_alone(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--secrets", str(tmp_path / "charity-registers-0123.json"), "--spreadsheet", address)
    monkeypatch.delenv("MENTOR_DESK_STORE")
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    assert run(*ADA) == 0


def test_another_file_of_google_s_is_no_key_file(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The console offers several downloads that end in .json."""
    other = tmp_path / "client_secret.json"
    other.write_text(json.dumps({"installed": {"client_id": "1"}}))
    assert run("--secrets", str(other)) == 1
    assert "client_secret.json is not a service account's key file" in said(capsys)
    assert not installation.SECRETS.exists()
