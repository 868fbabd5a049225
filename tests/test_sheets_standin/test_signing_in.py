"""Tokens, service accounts, and Drive's own answers."""

from collections.abc import Iterator
from typing import Any

import gspread
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth.exceptions import RefreshError
from google.oauth2.service_account import Credentials

from tests.sheets_standin.client import client_for
from tests.sheets_standin.server import Server

ACCOUNT = "desk@project.iam.gserviceaccount.com"
SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


@pytest.fixture(scope="module")
def pem() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


@pytest.fixture
def own() -> Iterator[Server]:
    with Server() as running:
        yield running


def token(server: Server, pem: str) -> str:
    info: dict[str, Any] = {"client_email": ACCOUNT, "token_uri": f"{server.base}/token", "private_key": pem}
    credentials = Credentials.from_service_account_info(info, scopes=SCOPES)  # type: ignore[no-untyped-call]
    answer = requests.post(
        f"{server.base}/token",
        data={
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion": credentials._make_authorization_grant_assertion(),
        },
        timeout=5,
    )
    if not answer.ok:
        raise RefreshError(answer.json()["error_description"])  # type: ignore[no-untyped-call]
    return str(answer.json()["access_token"])


def test_a_service_account_signs_in_and_is_known_by_its_address(own: Server, pem: str) -> None:
    client_for(own.base, token(own, pem)).open_by_key(own.key)
    assert own.service.log[-1].user == ACCOUNT


def test_an_expired_token_is_401_and_a_new_one_is_good(own: Server, pem: str) -> None:
    old = token(own, pem)
    own.service.expire_tokens()
    with pytest.raises(RefreshError):
        client_for(own.base, old).open_by_key(own.key)
    assert own.service.log[-1].code == 401
    client_for(own.base, token(own, pem)).open_by_key(own.key)


def test_a_wrong_key_gets_no_token(own: Server, pem: str) -> None:
    own.service.refused_accounts.add(ACCOUNT)
    with pytest.raises(RefreshError, match="Invalid JWT Signature."):
        token(own, pem)


def test_a_service_account_has_no_storage_of_its_own(own: Server, pem: str) -> None:
    own.service.service_accounts_own_files = False
    with pytest.raises(gspread.exceptions.APIError) as caught:
        client_for(own.base, token(own, pem)).create("Mine")
    error = caught.value.error
    assert (error["code"], error["message"]) == (403, "The user's Drive storage quota has been exceeded.")
    assert error["errors"][0]["domain"] == "usageLimits"


def drive(server: Server, verb: str, path: str, **given: Any) -> requests.Response:
    return requests.request(verb, f"{server.base}/drive/v3/files{path}", timeout=5, **given)


def test_drive_creates_gets_and_deletes_in_googles_shapes(own: Server) -> None:
    kind = "application/vnd.google-apps.spreadsheet"
    made = drive(own, "POST", "", json={"name": "N", "mimeType": kind}).json()
    assert made == {"kind": "drive#file", "id": made["id"], "name": "N", "mimeType": kind}
    fields = {"fields": "id,name,createdTime,modifiedTime,version"}
    got = drive(own, "GET", f"/{made['id']}", params=fields).json()
    assert list(got) == ["id", "name", "version", "createdTime", "modifiedTime"]
    gone = drive(own, "DELETE", f"/{made['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    error = drive(own, "GET", f"/{made['id']}").json()["error"]
    assert (error["code"], error["errors"][0]["reason"]) == (404, "notFound")


def test_each_change_raises_drives_version(own: Server) -> None:
    def version() -> int:
        return int(drive(own, "GET", f"/{own.key}", params={"fields": "version"}).json()["version"])

    before = version()
    client_for(own.base).open_by_key(own.key).sheet1.update([["x"]], "A1")
    assert version() > before
    assert version() == version()


def test_a_reader_may_not_write(own: Server) -> None:
    book = own.service.new_spreadsheet("Read only")
    own.service.file(book.key).permit({"type": "anyone", "role": "reader"})
    tab = client_for(own.base).open_by_key(book.key).sheet1
    with pytest.raises(gspread.exceptions.APIError, match="The caller does not have permission"):
        tab.update([["x"]], "A1")


def test_a_list_can_be_asked_for_by_name(own: Server) -> None:
    found = drive(own, "GET", "", params={"q": "name = 'Registers' and trashed = false"}).json()
    assert [one["name"] for one in found["files"]] == ["Registers"]
    assert drive(own, "GET", "", params={"q": "nonsense"}).status_code == 400
