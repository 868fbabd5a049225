"""What the server says to anybody who asks: headers, hosts, closed doors, files, uploads (X5, RM09)."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from websockets.exceptions import InvalidStatus

from pages.ui import answers
from tests.cast import ANGHARAD, MAIR, new_workbook
from tests.provider import SECRETS, new_context
from tests.scenes import programme_at_work
from tests.server import PATIENCE, get, running
from tests.wire import wire

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ROUTES = (
    "/", "/approvals", "/approvals?state=ready", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics",
    "/_stcore/upload_file/a/b", "/readyz", "/sign-in?as=x", "/sign-in?with=google", "/sign-out", "/auth/login",
    "/auth/logout", "/oauth2callback", "/media/abc.docx", "/nothing/here", "/nothing.js", "/component/x/y",
)  # fmt: skip
SHUT = (
    "/_stcore/metrics",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/agent/openapi.json",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/x/y.js",
    "/%5Fstcore/metrics",
    "/component/x/index.html",
    "/app/static/app.py",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the example's convenience of choosing a person."""
    path = tmp_path_factory.mktemp("web") / "workbook.sqlite3"
    new_workbook(path, programme_at_work).store.close()
    with running(path) as served:
        yield served


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server set up as a charity's: sign-in at its own https address, behind somebody else's TLS."""
    folder = tmp_path_factory.mktemp("public")
    new_workbook(folder / "workbook.sqlite3").store.close()
    secrets = folder / "secrets.toml"
    said = SECRETS.format(port=9, more='hosts = ["desk.internal"]')
    secrets.write_text(said.replace("http://localhost:{port}", "https://desk.example.org"))
    secrets.chmod(0o600)
    with running(folder / "workbook.sqlite3", more=[f"--secrets.files={secrets}"]) as served:
        yield served


@pytest.mark.parametrize("path", ROUTES)
def test_every_answer_carries_exactly_these_headers(address: str, path: str) -> None:
    _, headers = get(address + path)
    assert {name: headers.get_all(name) for name in ALWAYS} == {
        name: [value] for name, value in ALWAYS.items()
    }
    assert headers.get_all("Content-Security-Policy") == [answers.content_policy()]
    assert headers.get_all("Cache-Control") == ["no-store"]
    assert "Strict-Transport-Security" not in headers, "plain http on this machine"


def test_only_streamlit_s_own_files_are_kept_by_a_browser(address: str) -> None:
    import re
    import urllib.request

    page = urllib.request.urlopen(address, timeout=PATIENCE).read().decode()
    script = re.search(r'src="\.?(/static/[^"]+\.js)"', page)
    assert script
    status, headers = get(address + script[1])
    assert status == 200 and headers.get_all("Cache-Control") == ["public, max-age=31536000, immutable"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(f"{address}/static/none.js")[1].get_all("Cache-Control") == ["no-store"]


def test_the_policy_lets_no_stranger_s_script_frame_or_address_in() -> None:
    rules = dict(rule.split(" ", 1) for rule in answers.content_policy().split("; "))
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert (
        rules["base-uri"] == rules["object-src"] == rules["frame-ancestors"] == rules["frame-src"] == "'none'"
    )
    assert "unsafe" not in rules["script-src"] and "http" not in answers.content_policy()


@pytest.mark.parametrize("path", SHUT)
def test_what_no_page_needs_is_shut(address: str, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
        line.request(method, path, headers={"Accept": "application/json"})
        answer = line.getresponse()
        assert (answer.status, answer.read()) == (404, b"Not here.")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "desk.example.org.evil.example", "[", ""]
)
def test_another_host_s_name_is_answered_nothing(public: str, host: str) -> None:
    for path in ("/", "/approvals", "/auth/login", "/_stcore/host-config", "/static/x.js"):
        assert get(public + path, {"Host": host})[0] == 400
    with pytest.raises(InvalidStatus) as refused, wire(public, headers={"Host": host or "x"}):
        pass
    assert refused.value.response.status_code in (400, 403)


def test_our_own_names_are_answered_and_a_watcher_on_the_machine_asks_for_health_alone(public: str) -> None:
    assert get(f"{public}/", {"Host": "desk.example.org"})[0] == 200
    assert get(f"{public}/", {"Host": "desk.internal:8501"})[0] == 200
    assert get(f"{public}/readyz")[0] == 200
    assert get(f"{public}/")[0] == 400


def test_where_browsers_come_by_https_every_cookie_and_address_stays_with_it(public: str) -> None:
    host = {"Host": "desk.example.org"}
    for path in ("/", "/sign-in?as=x", "/sign-in?with=&next=/approvals", "/_stcore/health"):
        _, headers = get(public + path, host)
        assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains"]
        for cookie in headers.get_all("Set-Cookie") or []:
            parts = cookie.casefold().split("; ")
            assert "secure" in parts
            assert any(part.startswith("samesite=") for part in parts)
            assert "httponly" in parts or cookie.startswith("_streamlit_xsrf")


@pytest.mark.parametrize("query", ["with=nobody", "with=..%2F", "with=default"])
def test_only_a_provider_of_the_secrets_is_gone_to(public: str, query: str) -> None:
    status, headers = get(f"{public}/sign-in?{query}", {"Host": "desk.example.org"})
    assert status == 403 and "Set-Cookie" not in headers


def test_another_site_cannot_sign_anybody_in_or_out(public: str) -> None:
    foreign = {"Host": "desk.example.org", "Sec-Fetch-Site": "cross-site"}
    assert get(f"{public}/sign-in?with=", foreign)[0] == 403
    assert get(f"{public}/sign-out", foreign)[0] == 403


@pytest.mark.parametrize("headers", [{}, {"X-Xsrftoken": "guess", "Cookie": "_streamlit_xsrf=guess"}])
def test_a_file_is_not_uploaded_by_who_has_no_page_open(address: str, headers: dict[str, str]) -> None:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    line.request("PUT", "/_stcore/upload_file/session/file", b"x" * 100, headers)
    assert line.getresponse().status in (400, 403)


def test_uploads_are_bounded_before_anything_reads_them() -> None:
    """10 MB in Streamlit's own route; what is in the file is looked at first in services/imports and documents."""
    import tomllib

    from services.imports.files import MOST_BYTES
    from tests.server import ROOT

    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["maxUploadSize"] == 10 == MOST_BYTES // 1024**2


@pytest.mark.browser
def test_a_generated_file_is_for_the_browser_that_made_it_while_its_page_is_open(
    address: str, browser: Browser
) -> None:
    """RM09: Streamlit itself hands it to anybody who has the address."""
    hers, his = new_context(browser), new_context(browser)
    page = hers.new_page()
    page.goto(f"{address}/sign-in?as={ANGHARAD.id}&next=/templates")
    with page.expect_download(timeout=PATIENCE * 1000) as fetched:
        page.get_by_role("button", name="Download a sample").first.click(timeout=PATIENCE * 1000)
    url = fetched.value.url
    assert urlsplit(url).path.startswith("/media/")
    assert Path(fetched.value.path()).read_bytes().startswith(b"PK")
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in hers.cookies())
    assert get(url, {"Cookie": cookies})[0] == 200
    assert get(url)[0] == 404
    other = his.new_page()
    other.goto(f"{address}/sign-in?as={MAIR.id}")
    other.get_by_role("heading", name="Today").wait_for(timeout=PATIENCE * 1000)
    cookies_of_his = "; ".join(f"{each['name']}={each['value']}" for each in his.cookies())
    assert get(url, {"Cookie": cookies_of_his})[0] == 404
    page.close()
    for _ in range(PATIENCE * 10):  # the server hears of it a moment later
        if get(url, {"Cookie": cookies})[0] == 404:
            return
        other.wait_for_timeout(100)
    raise AssertionError("its page is closed, and the file is still there")


def test_a_line_of_the_log_stands_alone_with_its_moment() -> None:
    """Nobody writes a second line into the log by way of an address or a file's name."""
    import logging

    from pages.ui.server import OneLine

    record = logging.LogRecord(
        "mentor_desk.files", logging.INFO, "", 0, "made file=%s", ("a\nb\x1b[2J\u2028c",), None
    )
    record.created = 0.0
    line = OneLine("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%SZ").format(record)
    assert line == "1970-01-01T00:00:00Z made file=a\\nb\\x1b[2J\\u2028c"
