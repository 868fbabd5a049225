"""One wrong cell sets its row aside and nothing else: lists and home pages of peers and pairs keep working (X2, X10)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas.peers import EnquiryStatus
from services import due, expense_claims, pair_requests, pairs, peer_search, placements, projects
from services.workbook import Workbook
from tests import lga, powys, wmtd
from tests.lga import OLU, REQUEST_ID, SAM, as_
from tests.services import claiming

Reads = Mapping[str, Callable[[], Any]]


def by_hand(workbook: Workbook, statement: str) -> None:
    """What a colleague types into the sheet itself."""
    with workbook.store.writer.begin() as sheet:  # type: ignore[attr-defined]
        sheet.exec_driver_sql(statement)
    workbook.refresh()


def spoil(workbook: Workbook, tab: str, column: str, id_: str = "") -> None:
    """A cell that can't be read, in one row or in all."""
    where = f"WHERE _id = '{id_}'" if id_ else ""
    by_hand(workbook, f"UPDATE \"{tab}\" SET {column} = 'x' {where}")  # noqa: S608


def stopped(reads: Reads) -> list[str]:
    """What can't be read any more."""
    found = []
    for name, read in reads.items():
        try:
            read()
        except Exception as error:  # noqa: BLE001 - every kind of stop is one
            found.append(f"{name}: {error!r}")
    return found


@pytest.mark.parametrize(
    ("tab", "column", "id_"),
    [
        ("Mentors", "profile_agreed_on", lga.OLU.mentor),
        ("Mentors", "profile_agreed_on", lga.VALE.mentor),
        ("Mentees", "status", lga.COUNCIL_ID),
        ("Organisations", "status", lga.HOME_ID),
        ("Enquiries", "asked_on", ""),
        ("Purchase orders", "issued_on", ""),
        ("Projects", "starts_on", ""),
        ("Expenses", "spent_on", ""),
    ],
)
def test_a_councils_peers(tmp_path: Path, tab: str, column: str, id_: str) -> None:
    workbook = claiming.opened(tmp_path)
    claiming.sent(workbook, claiming.TRAIN)
    spoil(workbook, tab, column, id_)
    assert stopped(reads_of_peers(workbook)) == []


def reads_of_peers(workbook: Workbook) -> Reads:
    """The lists of staff and of a peer, and everybody's home page."""
    sam, olu = as_(SAM, workbook), as_(OLU, workbook)
    return {
        "requests": lambda: placements.listed(sam),
        "request": lambda: placements.card(sam, REQUEST_ID),
        "shortlist": lambda: peer_search.shortlist(sam, REQUEST_ID),
        "projects": lambda: projects.listed(sam),
        "own requests": lambda: placements.mine(olu),
        "own projects": lambda: projects.listed(olu),
        "claims": lambda: expense_claims.listed(sam),
        "own claims": lambda: expense_claims.mine(olu),
        **{f"home of {who.name}": lambda who=who: due.of(as_(who, workbook)) for who in lga.CAST},
    }


@pytest.mark.parametrize("status", [each.value for each in EnquiryStatus])
def test_a_step_typed_into_the_sheet_without_its_day(tmp_path: Path, status: str) -> None:
    workbook = claiming.opened(tmp_path)
    days = "decided_on = '', withdrawn_on = '', told_on = '', answered_on = ''"
    by_hand(workbook, f"UPDATE Enquiries SET status = '{status}', {days} WHERE mentor = '{OLU.mentor}'")  # noqa: S608
    gone = "status = 'withdrawn', decided_on = '2026-11-17'"
    by_hand(workbook, f"UPDATE Enquiries SET {gone} WHERE mentor = '{lga.VALE.mentor}'")  # noqa: S608
    assert stopped(reads_of_peers(workbook)) == []


def test_whoever_is_set_aside_is_called_by_their_id(tmp_path: Path) -> None:
    workbook = claiming.opened(tmp_path)
    spoil(workbook, "Mentors", "profile_agreed_on", OLU.mentor)
    (request,) = placements.listed(as_(SAM, workbook))
    assert {each.peer["name"] for each in request.asked} == {OLU.mentor, lga.VALE.name}


@pytest.mark.parametrize("cast", [wmtd, powys], ids=lambda cast: cast.CAST.programme)
@pytest.mark.parametrize(
    ("tab", "column"),
    [
        ("Mentors", "recruited_on"),
        ("Mentees", "status"),
        ("Assignments", "first_met_on"),
        ("Referrals", "received_on"),
        ("Sessions", "held_on"),
        ("Development", "held_on"),
        ("Checks", "from_on"),
    ],
)
def test_a_pair(tmp_path: Path, cast: ModuleType, tab: str, column: str) -> None:
    workbook = cast.new_workbook(tmp_path / "workbook.sqlite3")
    spoil(workbook, tab, column)
    everybody = cast.CAST.people
    staff = cast.as_(everybody[1], workbook)
    own = cast.as_(next(who for who in everybody if who.mentor), workbook)
    reads: Reads = {
        "pairs": lambda: pairs.listed(staff),
        "own pairs": lambda: pairs.listed(own),
        "requests": lambda: pair_requests.listed(staff),
        **{f"home of {who.name}": lambda who=who: due.of(cast.as_(who, workbook)) for who in everybody},
    }
    assert stopped(reads) == []
