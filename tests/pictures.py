"""Photographs of the pages, on a fresh example workbook (`make pictures`).

`python -m tests.pictures FOLDER [url ...]` takes every page, wide and on a phone, in both languages, as the
first role that has the right. `python -m tests.pictures --readme` takes the README's own into docs/pictures.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from pages.ui.navigation import PLACES, Place
from pages.ui.visitor import INVENTED, LANGUAGE_COOKIE, PERSON_COOKIE
from schemas.column import Role
from services.access import MAY
from services.people import memberships
from services.programmes import all_programmes
from services.store import create_store
from services.workbook import tabs
from tests.copies import example_at
from tests.server import CHROMIUM, QUIET, running

PROGRAMMES = ("ssw", "dwp", "lga", "powys", "wmtd")
WIDTHS = {"wide": 1200, "phone": 380}
LANGUAGES = ("en", "cy")
SWITCH = {"en": "English", "cy": "Cymraeg"}


def main(folder: Path, wanted: list[str]) -> None:
    """Photograph the wanted pages (all where none is named) and the sign-in page."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as kept, sync_playwright() as playwright:
        store = Path(kept) / "workbook.sqlite3"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        with running(example_at(store)) as address:
            photograph(browser, f"{address}/", folder / "sign-in", "")
            people = people_by_role(store)
            for place in PLACES:
                if not wanted or place.url in wanted:
                    path = "" if place is PLACES[0] else place.url
                    photograph(browser, f"{address}/{path}", folder / place.url, person_for(place, people))
        browser.close()


# The README's pictures: file, page, programme, role, width, height.
README = (
    ("today", "today", "ssw", Role.MANAGER, 1200, 900),
    ("approvals", "approvals", "ssw", Role.MANAGER, 1200, 1000),
    ("invoices", "invoices", "ssw", Role.FINANCE, 1200, 1000),
    ("timesheet-phone", "timesheet", "ssw", Role.MENTOR, 380, 1000),
    ("case", "case?id=CAS-RSHPDZ", "dwp", Role.COORDINATOR, 1200, 900),
    ("mentees-phone", "mine", "dwp", Role.MENTOR, 380, 900),
    ("returns", "returns", "dwp", Role.MANAGER, 1200, 900),
    ("placement", "placement?id=REF-RZK83Q", "lga", Role.COORDINATOR, 1200, 1000),
    ("claims-phone", "claims", "lga", Role.MENTOR, 380, 900),
    ("pairs", "pairs", "powys", Role.COORDINATOR, 1200, 900),
    ("training", "training", "wmtd", Role.COORDINATOR, 1200, 900),
    ("my-pairs-phone", "my-pairs", "wmtd", Role.MENTOR, 380, 900),
    ("scheme", "scheme", "powys", Role.MANAGER, 1200, 900),
)


def for_the_readme(folder: Path) -> None:
    """The few pictures that stand in the README, and a letter as its page."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as kept, sync_playwright() as playwright:
        store = Path(kept) / "workbook.sqlite3"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        with running(example_at(store)) as address:
            people = people_by_role(store)
            for name, url, code, role, width, height in README:
                context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
                context.add_cookies([{"name": PERSON_COOKIE, "value": people[code, role], "url": address}])
                page = context.new_page()
                page.goto(f"{address}/{'' if url == PLACES[0].url else url}")
                settle(page)
                page.screenshot(path=folder / f"{name}.png")
                context.close()
        browser.close()
        (folder / "letter.png").write_bytes(_letter(store))


def _letter(store: Path) -> bytes:
    """The largest letter of the example, as a picture of its first page."""
    from datetime import UTC, datetime

    from services import invoices, letters
    from services.context import Context
    from services.documents import pdf
    from services.people import actor_of
    from services.seals import Seals, keys_beside
    from services.workbook import Workbook

    opened = create_store(str(store), tabs())
    rows = memberships(opened)
    finance = next(actor_of(row) for row in rows if row["role"] == Role.FINANCE and row["programme"] == "ssw")
    workbook = Workbook(opened, Seals(keys_beside(store)))
    ctx = Context(workbook, all_programmes()["ssw"], finance, datetime.now(UTC))
    row = max(invoices.register(ctx), key=lambda each: each["total_pounds"])
    return pdf.to_pictures(pdf.to_pdf(letters.letter(ctx, row.id)))[0]


def people_by_role(store: Path) -> dict[tuple[str, Role], str]:
    """One invented person of each programme and role."""
    rows = memberships(create_store(str(store), tabs()))
    invented = [row for row in reversed(rows) if row["email"].endswith(INVENTED)]
    found = {(row["programme"], Role(row["role"])): row.id for row in invented}
    return {key: found[key] for code in PROGRAMMES for role in Role if (key := (code, role)) in found}


def person_for(place: Place, people: dict[tuple[str, Role], str]) -> str:
    """Somebody who has the right to the page, in a programme that uses it."""
    return next(
        (
            id_
            for (code, role), id_ in people.items()
            if role in MAY[place.right] and (not place.part or place.part in all_programmes()[code].pages)
        ),
        "",
    )


def photograph(browser: Browser, address: str, name: Path, person: str) -> None:
    """The page wide and narrow, in both languages."""
    for language in LANGUAGES:
        for size, width in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": 860}, locale="en-GB")
            cookies = {PERSON_COOKIE: person, LANGUAGE_COOKIE: language}
            context.add_cookies(
                [{"name": key, "value": value, "url": address} for key, value in cookies.items() if value]
            )
            page = context.new_page()
            page.on("console", lambda said: _tell(name, said.type, said.text))
            page.goto(address)
            settle(page)
            if person and size == "wide":  # the switch is kept with the person, so the phone follows
                page.get_by_test_id("stSidebar").get_by_text(SWITCH[language], exact=True).click()
                settle(page)
            page.screenshot(path=f"{name}-{size}-{language}.png", full_page=True)
            context.close()


def settle(page: Page) -> None:
    """Wait until the page has its title and nothing is running."""
    page.wait_for_selector("h1, [data-testid=stAlert]", timeout=30_000)
    page.wait_for_selector("[data-testid=stStatusWidget]", state="detached", timeout=30_000)
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached", timeout=30_000)
    page.wait_for_timeout(1500)


def _tell(name: Path, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        sys.stderr.write(f"{name.name}: {kind}: {text[:300]}\n")


if __name__ == "__main__":
    if sys.argv[1:] == ["--readme"]:
        for_the_readme(Path(__file__).parent.parent / "docs" / "pictures")
    else:
        main(Path(sys.argv[1]), sys.argv[2:])
