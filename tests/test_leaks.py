"""Nobody's words reach another person's socket, nor the log (X5, X6)."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pages.ui.navigation import PLACES
from schemas.people import Drafts
from schemas.work import Development, Sessions, Timesheets
from services import payees
from services.context import Actor
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, EVAN, FINN, GETHIN, KEY, MAIR, as_, new_workbook, op
from tests.server import started
from tests.services.staff import MAIR_ID, OTHER_GROUP_ID, assigned, fill, put
from tests.wire import Wire, wire

SESSIONS = 50
WORDS = {MAIR.id: "canarymair", GETHIN.id: "canarygethin"}
ACCOUNTS = {MAIR.id: "55779911", GETHIN.id: "31415926"}
NINO = "QQ 12 34 56 C"
OWN_PAGES = ("today", "work", "timesheet", "record", "reflections", "letters", "details", "guide")


def canaries(workbook: Workbook) -> None:
    """Two mentors with words of their own in every register that takes a mentor's words."""
    fill(workbook)
    assigned(workbook)
    assigned(workbook, "ASG-MAIRPR", MAIR_ID, OTHER_GROUP_ID)
    for actor, line in ((MAIR, "ASG-MAIRPR"), (GETHIN, "ASG-GETHIN")):
        word, own = WORDS[actor.id], {"mentor": actor.mentor}
        tail = actor.id[-6:]
        put(
            workbook,
            Sessions,
            f"SES-{tail}",
            **own,
            assignment=line,
            held_on=date(2026, 9, 21),
            done=word,
            status="record in",
        )
        put(workbook, Timesheets, f"TIM-{tail}", **own, assignment=line, worked_on=date(2026, 9, 21), hours=Decimal("3.5"),
            kind="Group meeting", is_chargeable=True, note=word, session=f"SES-{tail}", status="submitted")  # fmt: skip
        put(
            workbook,
            Development,
            f"DEV-{tail}",
            **own,
            held_on=date(2026, 9, 2),
            kind="reflection",
            title=word,
            words=word,
        )
    bank = {"account_name": WORDS[GETHIN.id], "sort_code": "20-45-77", "account_number": ACCOUNTS[GETHIN.id]}
    ctx = as_(GETHIN, workbook)
    payees.propose(ctx, op(), payees.own(ctx), {"name": "Gethin Llywelyn", **bank})


class Listening(Wire):
    """A socket that keeps every byte it was sent."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire.socket)
        self.heard = bytearray()

    def bytes(self) -> bytes:
        received = super().bytes()
        self.heard += received
        return received


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("leaks") / "server.log"


@pytest.fixture(scope="module")
def address(log: Path) -> Iterator[str]:
    path = log.with_name("workbook.sqlite3")
    new_workbook(path, canaries).store.close()
    with started(path, {"MENTOR_DESK_TODAY": "2026-10-05", "MENTOR_DESK_KEYS": KEY}, log=log) as (served, _):
        yield served


def visited(address: str, person: Actor, pages: tuple[str, ...]) -> bytes:
    """Everything one socket heard while its person went through the pages."""
    with wire(address, person.id) as opened:
        listening = Listening(opened)
        for page in pages:
            listening.run(page)
        return bytes(listening.heard)


def test_over_fifty_interleaved_sessions_nobody_hears_another_mentor_s_words(address: str) -> None:
    people = [MAIR, GETHIN] * (SESSIONS // 2)
    turns = [OWN_PAGES[number % 8 :] + OWN_PAGES[: number % 8] for number in range(SESSIONS)]
    with ThreadPoolExecutor(10) as together:
        heard = list(together.map(visited, [address] * SESSIONS, people, (turn[:4] for turn in turns)))
    for person, said in zip(people, heard, strict=True):
        other = GETHIN if person is MAIR else MAIR
        assert WORDS[other.id].encode() not in said
        assert other.name.encode() not in said and other.email.encode() not in said
    for person in (MAIR, GETHIN):
        assert any(
            WORDS[person.id].encode() in said
            for who, said in zip(people, heard, strict=True)
            if who is person
        )


@pytest.mark.parametrize("person", [ADA, EVAN], ids=lambda person: person.role.name)
def test_neither_administrator_nor_evaluator_hears_a_mentor_s_words_on_any_page(
    address: str, person: Actor
) -> None:
    said = visited(address, person, tuple(place.url for place in PLACES))
    assert not [word for word in WORDS.values() if word.encode() in said]
    assert not [number for number in ACCOUNTS.values() if number.encode() in said]


def test_nobody_hears_an_account_number_that_they_did_not_open(address: str) -> None:
    for person in (ANGHARAD, FINN, GETHIN):
        said = visited(address, person, tuple(place.url for place in PLACES))
        assert ACCOUNTS[GETHIN.id].encode() not in said and b"20-45-77" not in said


def test_the_log_of_all_this_holds_nobody(address: str, log: Path) -> None:
    """Also what was typed into a search, a wrong field or an address, and a page that broke."""
    with wire(address, MAIR.id) as page:
        drawn = page.run("timesheet", query=f"assignment={NINO}&state=Mair+Pritchard")
        typed = {each.text_input.id: NINO for each in drawn if each.WhichOneof("type") == "text_input"}
        pressed = {each.button.id: True for each in drawn if each.WhichOneof("type") == "button"}
        page.run("timesheet", typed)
        page.run("timesheet", {**typed, **pressed})
    with wire(address, ANGHARAD.id) as page:
        page.run("pool", query="q=Mair+Pritchard&id=Mair+Pritchard")
        page.run("mentor", query="id=MEN-MAIRPR")
        page.run("mentor", query="id=Mair+Pritchard")
        page.run("group", query=f"id={NINO}")
    said = log.read_text()
    assert f"opened page=mentor programme=ssw records=MEN-MAIRPR actor={ANGHARAD.id}" in said
    secret = [*WORDS.values(), *ACCOUNTS.values(), NINO, NINO.replace(" ", ""), "20-45-77"]
    people = [
        word
        for actor in (MAIR, GETHIN, ANGHARAD, ADA, EVAN, FINN)
        for word in (*actor.name.split(), actor.email)
    ]
    assert [word for word in (*secret, *people) if re.search(rf"\b{re.escape(word)}\b", said)] == []
    assert "refused record=(no id)" in said
    assert "Traceback" not in said


def test_drafts_are_sealed_in_the_workbook() -> None:
    assert Drafts.columns["content"].sealed
