"""Warm reruns of each main page, as its reader, with the example and with the large workbook."""

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.ui import house
from pages.ui.house import House
from pages.ui.navigation import PLACES, Place
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from services import access, timesheets
from services.access import MAY
from services.context import Actor
from services.people import actor_of, memberships
from services.programmes import all_programmes
from services.seals import Seals
from services.settings import Settings
from services.store.interface import Store
from services.workbook import Workbook
from tests.bench.clock import head, say, spread, timed, times
from tests.bench.start import HELLO
from tests.cast import KEY, NOW, as_, op
from tests.desk import ROOT, claims

RERUNS, SLOW, FEWER = 20, 1_000, 5


def run(store: Store, name: str, aim: str) -> None:
    """Print a warm rerun of every page, as the first person who may open it."""
    head(f"A warm rerun of each page: {name}")
    workbook = Workbook(store, Seals([KEY]))
    cold, _ = timed(workbook.refresh)
    say("the workbook read and checked, once per process", f"{cold:,.0f} ms")
    people = [actor_of(row) for row in memberships(store)]
    house.settle(
        House(
            Settings("bench.sqlite3", (KEY,), has_sign_in=False, today=NOW.date()), workbook, all_programmes()
        )
    )
    try:
        say("beside it: Streamlit's title and one button", _bare())
        for place in PLACES:
            reader = next((each for each in people if each.role in MAY[place.right]), None)
            if reader is not None:
                say(f"/{place.url} as {reader.role}", _rerun(place, reader, _first(workbook, place)), aim)
    finally:
        house.settle(None)


def _bare() -> str:
    page = AppTest.from_string(HELLO).run()
    return spread(times(page.run, RERUNS))


def _first(workbook: Workbook, place: Place) -> str:
    """A record for the page that shows one."""
    shown = {"mentor": Mentors, "group": Mentees}.get(place.url)
    return next(iter(workbook.table(shown.tab).rows), "") if shown else ""


def _rerun(place: Place, reader: Actor, id_: str) -> str:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.user = claims(reader)
    page.run()
    if place is not PLACES[0]:
        page.switch_page(str(ROOT / place.file))
        if id_:
            page.query_params["id"] = id_
        page.run()
    assert not page.exception, place.url
    first, _ = timed(page.run)
    return spread(times(page.run, FEWER if first > SLOW else RERUNS))


def save(workbook: Workbook, mentor: Actor) -> None:
    """Print a durable save with its audit row."""
    from datetime import date
    from decimal import Decimal

    ctx = as_(replace(mentor), workbook)
    access.require(ctx, "timesheets.write")
    (assignment, *_) = timesheets.choices(ctx)
    typed = {
        "assignment": assignment.id,
        "worked_on": date(2026, 10, 1),
        "hours": Decimal("1.5"),
        "is_chargeable": True,
    }
    found = times(lambda: timesheets.save(ctx, op(), typed), 30)
    say("a save with its audit row, durable", spread(found), "30 ms")


def large(path: Path) -> None:
    """The large workbook's pages and saves."""
    from tests.bench.large import make

    store = make(path)
    run(store, "60 mentors, 1,500 groups, 12,000 records, 100,000 lines", "300 ms")
    workbook = Workbook(store, Seals([KEY]))
    workbook.refresh()
    save(workbook, next(actor_of(row) for row in memberships(store) if row["mentor"]))
