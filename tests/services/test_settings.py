"""What an installation is told: where the workbook is, and what it will not start on (X1, X5)."""

import json
import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from services import settings
from services.settings import NoAccount, WeakSecret

KEY = "1AbC_dEf-GhIjKlMnOpQrStUvWxYz0123456789abcdefg"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{KEY}/edit?gid=0#gid=0"
ACCOUNT = {"type": "service_account", "client_email": "desk@project.iam.gserviceaccount.com"}
SEALED = {"sealing_keys": ["a key"]}


def read(environment: dict[str, str] | None = None, **secrets: Any) -> settings.Settings:
    return settings.read(environment or {}, SEALED | secrets)


@pytest.mark.parametrize(
    "store",
    [ADDRESS, KEY, f"https://docs.google.com/spreadsheets/d/{KEY}", ADDRESS.replace("/d/", "/u/1/d/")],
)
def test_a_spreadsheet_is_known_by_its_address_or_its_key(store: str) -> None:
    found = read(store=store, gcp_service_account=ACCOUNT)
    assert found.is_spreadsheet and not found.is_local and found.account == ACCOUNT


@pytest.mark.parametrize(
    "store", ["data/workbook.sqlite3", "postgresql://host/db", "/srv/a-very-long-name-of-a-charity.db"]
)
def test_a_file_or_a_server_is_no_spreadsheet_and_needs_no_account(store: str) -> None:
    found = read(store=store)
    assert not found.is_spreadsheet and found.account == {}


def test_without_sign_in_nobody_chooses_a_person_of_a_spreadsheet() -> None:
    """X5: the example's convenience ends where real data begins."""
    found = read(store=ADDRESS, gcp_service_account=ACCOUNT)
    assert not found.has_sign_in and not found.may_choose_person


def test_a_spreadsheet_without_a_sealing_key_is_refused() -> None:
    with pytest.raises(WeakSecret):
        settings.read({}, {"store": ADDRESS, "gcp_service_account": ACCOUNT})


def test_a_spreadsheet_without_an_account_is_refused_in_plain_words() -> None:
    with pytest.raises(NoAccount, match="no service account"):
        read(store=ADDRESS)


def test_the_account_may_come_from_google_s_usual_key_file(tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    file.write_text(json.dumps(ACCOUNT))
    found = read({"MENTOR_DESK_STORE": ADDRESS, "GOOGLE_APPLICATION_CREDENTIALS": str(file)})
    assert found.account == ACCOUNT


@pytest.mark.parametrize("content", [None, "not json", "[]", "\ufffe"])
def test_a_key_file_that_is_none_is_named_without_its_content(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "key.json"
    if content is not None:
        file.write_text(content, encoding="utf-16")
    with pytest.raises(NoAccount, match=r"key\.json") as refusal:
        read({"GOOGLE_APPLICATION_CREDENTIALS": str(file)}, store=ADDRESS)
    assert str(tmp_path) not in str(refusal.value)


def test_the_environment_names_another_store_than_the_secrets() -> None:
    assert read({"MENTOR_DESK_STORE": "other.sqlite3"}, store=ADDRESS).store == "other.sqlite3"


def test_secrets_never_show_when_settings_are_printed() -> None:
    found = repr(read(store=ADDRESS, gcp_service_account=ACCOUNT | {"private_key": "hush"}))
    assert "hush" not in found and "a key" not in found


def test_a_cookie_secret_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(WeakSecret):
        read(auth={"cookie_secret": "short"})


def secrets_file(folder: Path, mode: int) -> Path:
    file = folder / "secrets.toml"
    file.touch()
    file.chmod(mode)
    return file


def test_secrets_that_others_can_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeakSecret, match="chmod 600"):
        settings.refuse_open_file(secrets_file(tmp_path, 0o644))


@pytest.mark.parametrize("setting", [("name", "nt"), ("getuid", lambda: -1)])
def test_secrets_on_windows_or_put_there_by_a_host_are_taken(
    tmp_path: Path, setting: tuple[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows shows every file as open to all; a host's file is not ours to close."""
    file = secrets_file(tmp_path, 0o644)
    machine = {"name": "posix", "getuid": os.getuid} | dict([setting])
    monkeypatch.setattr(settings, "os", SimpleNamespace(**machine))
    settings.refuse_open_file(file)


def test_closed_secrets_and_no_secrets_are_taken(tmp_path: Path) -> None:
    settings.refuse_open_file(secrets_file(tmp_path, 0o600))
    settings.refuse_open_file(tmp_path / "none.toml")


AUTH = {
    "redirect_uri": "https://desk.example.org/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "desk",
    "client_secret": "hush",
    "server_metadata_url": "https://accounts.example.org/.well-known/openid-configuration",
}


def test_sign_in_as_it_should_be_is_taken() -> None:
    found = read(auth=AUTH).sign_in
    assert found.is_secure and found.providers == ("",) and found.names == {"desk.example.org"}
    assert (found.longest, found.idle) == (timedelta(hours=12), timedelta(minutes=60))


@pytest.mark.parametrize(
    "wrong",
    [
        {"cookie_secret": "short"},
        {"redirect_uri": "http://desk.example.org/oauth2callback"},
        {"redirect_uri": "https://desk.example.org/"},
        {"server_metadata_url": "http://accounts.example.org/"},
        {"client_secret": ""},
        {"client_id": ""},
        {"redirect_uri": "http://localhost.example.org/oauth2callback"},
    ],
)
def test_sign_in_that_others_could_listen_to_or_that_is_half_set_up_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(WeakSecret):
        read(auth=AUTH | wrong)


def test_sign_in_on_this_very_machine_may_do_without_https() -> None:
    assert not read(auth=AUTH | {"redirect_uri": "http://localhost:8501/oauth2callback"}).sign_in.is_secure


def test_each_named_provider_is_held_to_the_same() -> None:
    shared = {name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}
    own = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    assert read(auth=shared | {"google": own, "microsoft": own}).sign_in.providers == ("google", "microsoft")
    with pytest.raises(WeakSecret):
        read(auth=shared | {"google": own, "microsoft": own | {"client_secret": ""}})


def test_the_secrets_may_shorten_a_visit_and_never_lengthen_it() -> None:
    """X5: twelve hours and sixty minutes at most."""
    short = read(auth=AUTH, sign_in={"hours": 8, "idle_minutes": 20}).sign_in
    assert (short.longest, short.idle) == (timedelta(hours=8), timedelta(minutes=20))
    long = read(auth=AUTH, sign_in={"hours": 100, "idle_minutes": 1000}).sign_in
    assert (long.longest, long.idle) == (timedelta(hours=12), timedelta(minutes=60))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server.enableAgentApi", True),
        ("server.trustedUserHeaders", {"X-Email": "email"}),
        ("client.showErrorDetails", "full"),
    ],
)
def test_a_server_that_shows_too_much_of_itself_does_not_start(name: str, value: object) -> None:
    from pages.ui.server import SET_TO

    settings.refuse_open_doors(SET_TO, SET_TO)
    with pytest.raises(WeakSecret, match=name):
        settings.refuse_open_doors({**SET_TO, name: value}, SET_TO)
