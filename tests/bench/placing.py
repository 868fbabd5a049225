"""The shortlist of peers for a council's request, in a database of 5,000 peers with 200 requests (L3)."""

from datetime import date, timedelta
from pathlib import Path

from services import peer_search, placements
from services.seals import Seals
from services.store import create_store
from services.store.interface import Append, Needs, Operation
from services.workbook import Workbook, tabs
from tests.bench.clock import head, say, spread, times
from tests.cast import KEY
from tests.lga import NOW, SAM, as_

PEERS, REQUESTS, ASKED = 5_000, 200, 8
POSTS = ("Director of finance", "Leader of the council", "Chief executive", "Chair of scrutiny")
TOPICS = ("leadership", "finance", "scrutiny", "planning", "governance")
FIRST = date(2027, 1, 4)


def run(folder: Path) -> None:
    """Print the figures."""
    head("Placing peers: 5,000 peers, 200 requests, 1,600 asked")
    ctx = as_(SAM, _workbook(folder / "placing.sqlite3"))
    ctx.workbook.refresh()
    assert len(peer_search.shortlist(ctx, "REF-222222")) == PEERS
    say(
        "shortlist with its reasons",
        spread(times(lambda: peer_search.shortlist(ctx, "REF-222222"), 20)),
        "300 ms",
    )
    say("list of requests", spread(times(lambda: placements.listed(ctx), 10)))


def _workbook(path: Path) -> Workbook:
    store = create_store(str(path), tabs())
    rows = [
        *(_council(n) for n in range(REQUESTS)),
        *(_request(n) for n in range(REQUESTS)),
        *(_peer(n) for n in range(PEERS)),
        *(_enquiry(n) for n in range(REQUESTS * ASKED)),
    ]
    store.commit(Operation("bench", "", "bench", "start", NOW, "lga"), Needs(), lambda fresh: rows)
    return Workbook(store, Seals([KEY]))


def _id(prefix: str, n: int) -> str:
    letters = "23456789"
    return f"{prefix}-" + "".join(letters[n // 8**place % 8] for place in reversed(range(6)))


def _row(tab: str, id_: str, **cells: str) -> Append:
    return Append(tab, {"_id": id_, "programme": "lga", **cells})


def _council(n: int) -> Append:
    return _row("Mentees", _id("GRP", n), name=f"Council {n}", status="active")


def _request(n: int) -> Append:
    first = FIRST + timedelta(weeks=n % 20)
    return _row(
        "Referrals", _id("REF", n), mentee=_id("GRP", n), received_on="2026-11-02", route="came by itself",
        status="received", post=POSTS[n % 4], seeks=f"{TOPICS[n % 5]}; {TOPICS[(n + 1) % 5]}", gender="woman",
        experience="a budget without cuts", project_kind="peer challenge", from_on=first.isoformat(),
        to_on=(first + timedelta(days=3)).isoformat(), days="4",
    )  # fmt: skip


def _peer(n: int) -> Append:
    return _row(
        "Mentors", _id("MEN", n), name=f"Peer {n}", status="approved", recruited_on="2026-01-05",
        peer_kind="officer", post=POSTS[n % 4], offers=f"{TOPICS[n % 5]}; {TOPICS[(n + 2) % 5]}",
        gender="woman" if n % 2 else "man", profile=f"Set {n % 97} budgets and cut nothing that mattered.",
        profile_agreed_on="2026-05-04", charter_version="2017-08",
    )  # fmt: skip


def _enquiry(n: int) -> Append:
    said = {
        "is_interested": "yes",
        "is_available": "no",
        "busy_from_on": "2027-01-04",
        "busy_to_on": "2027-01-08",
    }
    return _row(
        "Enquiries", _id("ENQ", n), referral=_id("REF", n % REQUESTS), mentor=_id("MEN", n * 3 % PEERS),
        asked_on="2026-11-04", answered_on="2026-11-06", status="not interested or not available", **said,
    )  # fmt: skip
