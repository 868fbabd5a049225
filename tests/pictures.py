"""Photographs of every page, for looking at: `python -m tests.pictures FOLDER [url ...]`.

Wide and on a phone, in both languages, as the first role that has the right, on a fresh example workbook.
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
from services.store import create_store
from services.workbook import tabs
from tests.server import CHROMIUM, QUIET, running

WIDTHS = {"wide": 1200, "phone": 380}
LANGUAGES = ("en", "cy")
SWITCH = {"en": "English", "cy": "Cymraeg"}


def main(folder: Path, wanted: list[str]) -> None:
    """Photograph the wanted pages (all where none is named) and the sign-in page."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as kept, sync_playwright() as playwright:
        store = Path(kept) / "workbook.sqlite3"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        with running(store) as address:
            photograph(browser, f"{address}/", folder / "sign-in", "")
            people = people_by_role(store)
            for place in PLACES:
                if not wanted or place.url in wanted:
                    path = "" if place is PLACES[0] else place.url
                    photograph(browser, f"{address}/{path}", folder / place.url, person_for(place, people))
        browser.close()


def people_by_role(store: Path) -> dict[str, str]:
    """One invented person of each role."""
    rows = memberships(create_store(str(store), tabs()))
    found = {str(row["role"]): row.id for row in reversed(rows) if row["email"].endswith(INVENTED)}
    return {role: found[role] for role in Role if role in found}


def person_for(place: Place, people: dict[str, str]) -> str:
    """Somebody who has the right to the page."""
    return next((id_ for role, id_ in people.items() if role in MAY[place.right]), "")


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
    page.wait_for_timeout(800)


def _tell(name: Path, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        sys.stderr.write(f"{name.name}: {kind}: {text[:300]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
