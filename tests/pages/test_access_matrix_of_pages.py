"""The rows of the access matrix that are about pages, cookies and addresses (X5, RM01 to RM05, RM09)."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.testing.v1 import AppTest

from pages.ui import files, visits
from pages.ui.files import Owner
from pages.ui.house import House
from pages.ui.navigation import PLACES
from services.context import Actor
from services.store.interface import Needs, Operation, Update
from tests.cast import NOW
from tests.desk import ROOT, Desk, all_words, claims
from tests.server import PATIENCE
from tests.services.test_access import ROWS
from tests.services.test_access_matrix import ACTORS

STAFF_PAGE = "pages/programme/groups.py"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    visits.forget()
    monkeypatch.setattr(House, "now", lambda _: NOW)
    yield
    visits.forget()


def shows_nothing(test: AppTest) -> bool:
    """No page's title, no row, no figure, nobody's name; at most the sign-in page or the one refusal."""
    assert not test.exception
    titles = [each.value for each in test.title]
    is_bare = not test.dataframe and not test.metric and not test.table and not test.get("vega_lite_chart")
    return titles in ([], ["Mentor Desk"]) and is_bare and "Swansea" not in all_words(test)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.url)
def test_rm01_no_page_runs_for_who_is_not_signed_in(desk: Desk, place: object) -> None:
    """Each page by itself, past the app around it, as the first thing anybody asks for."""
    test = AppTest.from_file(str(ROOT / place.file), default_timeout=PATIENCE)
    assert shows_nothing(test.run())
    assert [each.value for each in test.info] == ["Sign in to see this page."]


def test_rm01_is_refused_to_every_column() -> None:
    assert {ROWS["RM01"][column] for column in (*ACTORS, "signed_out")} == {"deny"}


@pytest.mark.parametrize("column", ACTORS)
def test_rm02_an_account_in_no_register_opens_no_page(desk: Desk, column: str) -> None:
    assert ROWS["RM02"][column] == "deny"
    person = ACTORS[column]
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    test.user = claims(Actor("nobody", "", person.role, f"not.{person.email}"))
    assert shows_nothing(test.run())


@pytest.mark.parametrize("column", ACTORS)
def test_rm03_the_next_click_of_a_stopped_person_shows_nothing(desk: Desk, column: str) -> None:
    assert ROWS["RM03"][column] == "deny"
    person = ACTORS[column]
    test = desk.app(person)
    assert test.title[0].value == "Today"
    stop = Update("People", person.id, {"status": "stopped"}, {"status": "active"})
    operation = Operation("stop", "", "test", "stop", NOW, "ssw")
    desk.workbook.store.commit(operation, Needs(rows=(("People", person.id),)), lambda fresh: [stop])
    assert shows_nothing(test.run())


@pytest.mark.parametrize("column", ACTORS)
def test_rm04_a_staff_page_opens_for_staff_alone_even_as_the_first_page(desk: Desk, column: str) -> None:
    """The same on a server that has just started: tests/test_app.py."""
    test = AppTest.from_file(str(ROOT / STAFF_PAGE), default_timeout=PATIENCE)
    test.user = claims(ACTORS[column])
    is_open = ROWS["RM04"][column] == "allow"
    assert shows_nothing(test.run()) is not is_open
    assert bool(test.error) is not is_open


@pytest.mark.parametrize("column", ACTORS)
def test_rm05_a_cookie_from_before_signing_out_or_too_old_opens_nothing(desk: Desk, column: str) -> None:
    from datetime import timedelta

    from services import accounts
    from tests.cast import op

    assert ROWS["RM05"][column] == "deny"
    person = ACTORS[column]
    old = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    old.user = claims(person, NOW - timedelta(hours=12))
    assert shows_nothing(old.run())
    accounts.sign_out(desk.as_(person), op())
    replayed = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    replayed.user = claims(person, NOW - timedelta(seconds=1))
    assert shows_nothing(replayed.run())


class Runtime:
    """A server that holds one file, with these pages open."""

    def __init__(self, content: bytes, *sessions: str) -> None:
        found = SimpleNamespace(content=content, kind=MediaFileKind.DOWNLOADABLE)
        self.media_file_mgr = SimpleNamespace(read_file={"abc.docx": found}.get)
        self.is_active_session = lambda session: session in sessions


def test_rm09_a_file_s_address_is_of_no_use_to_another_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a real server: tests/test_web.py."""
    assert {ROWS["RM09"][column] for column in ACTORS} == {"deny"}
    monkeypatch.setattr(files, "exists", lambda: True)
    monkeypatch.setattr(files, "get_instance", lambda: Runtime(b"her letter", "page-1"))
    files.remember(b"her letter", Owner("page-1", "her browser"))
    assert files.is_theirs("abc.docx", "her browser")
    assert not files.is_theirs("abc.docx", "his browser")
    assert not files.is_theirs("abc.docx", "")
    assert not files.is_theirs("other.docx", "her browser")
    monkeypatch.setattr(files, "get_instance", lambda: Runtime(b"her letter"))
    assert not files.is_theirs("abc.docx", "her browser"), "her page is closed"
