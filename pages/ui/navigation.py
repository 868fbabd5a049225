"""The one table of pages: address, file, title, icon, section, right. Code walks it (X5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import streamlit as st

from pages.ui import scripts
from pages.ui.words import _, safe
from schemas.words import N_
from services.access import MAY, refuse
from services.context import Context

ROOT = Path(__file__).parent.parent.parent
WORK, POOL, MONEY, CARE = N_("Work"), N_("Mentors and groups"), N_("Money"), N_("Set-up")
SECTIONS = (WORK, POOL, MONEY, CARE)


@dataclass(frozen=True)
class Place:
    """One page: its address, its file, its name in the navigation, and the right it asks for.

    `part` is the name by which a programme's folder uses it (`pages = [...]`); blank is in every programme.
    A page about one record is not in the menu: lists lead to it.
    """

    url: str
    file: str
    title: str
    icon: str
    section: str
    right: str
    part: str = ""
    in_menu: bool = True


# The first is the home page, served at "/".
PLACES: tuple[Place, ...] = (
    Place("today", "pages/everyone/home.py", N_("Today"), "today", WORK, "home.see"),
    Place(
        "work",
        "pages/mentor/work.py",
        N_("My work"),
        "handshake",
        WORK,
        "work.see",
        part="assignments",
    ),
    Place("mine", "pages/cases/mine.py", N_("My mentees"), "diversity_1", WORK, "work.see", part="cases"),
    Place(
        "my-requests",
        "pages/peers/mine.py",
        N_("My projects"),
        "handshake",
        WORK,
        "own.profile",
        part="placements",
    ),
    Place(
        "placements",
        "pages/peers/placements.py",
        N_("Councils’ requests"),
        "travel_explore",
        WORK,
        "placements.see",
        part="placements",
    ),
    Place(
        "placement",
        "pages/peers/placement.py",
        N_("Request"),
        "travel_explore",
        WORK,
        "placements.see",
        part="placements",
        in_menu=False,
    ),
    Place(
        "projects",
        "pages/peers/projects.py",
        N_("Projects"),
        "event_note",
        WORK,
        "projects.edit",
        part="placements",
    ),
    Place(
        "project",
        "pages/peers/project.py",
        N_("Project"),
        "event_note",
        WORK,
        "projects.edit",
        part="placements",
        in_menu=False,
    ),
    Place("peers", "pages/peers/peers.py", N_("Peers"), "groups", POOL, "peers.see", part="placements"),
    Place(
        "peer",
        "pages/peers/peer.py",
        N_("Peer"),
        "person",
        POOL,
        "peers.see",
        part="placements",
        in_menu=False,
    ),
    Place(
        "timesheet",
        "pages/mentor/timesheet.py",
        N_("Timesheet"),
        "timer",
        WORK,
        "timesheets.write",
        part="approvals",
    ),
    Place(
        "record",
        "pages/mentor/record.py",
        N_("Activity Record"),
        "edit_note",
        WORK,
        "sessions.write",
        part="records",
    ),
    Place(
        "advice",
        "pages/mentor/advice.py",
        N_("Written advice"),
        "lightbulb",
        WORK,
        "advice.write",
        part="advice",
    ),
    Place(
        "reflections",
        "pages/mentor/reflections.py",
        N_("Reflections"),
        "forum",
        POOL,
        "development.see",
        part="reflections",
    ),
    Place(
        "letters", "pages/mentor/letters.py", N_("My letters"), "mail", MONEY, "invoices.own", part="quarter"
    ),
    Place(
        "details", "pages/mentor/details.py", N_("My details"), "badge", MONEY, "payees.own", part="quarter"
    ),
    Place(
        "approvals",
        "pages/programme/approvals.py",
        N_("Approvals"),
        "fact_check",
        WORK,
        "timesheets.see",
        part="approvals",
    ),
    Place(
        "invoices",
        "pages/finance/invoices.py",
        N_("The quarter"),
        "receipt_long",
        MONEY,
        "invoices.see",
        part="quarter",
    ),
    Place(
        "register",
        "pages/finance/register.py",
        N_("Letters"),
        "mark_email_read",
        MONEY,
        "invoices.see",
        part="quarter",
    ),
    Place(
        "payees",
        "pages/finance/payees.py",
        N_("Payees"),
        "account_balance",
        MONEY,
        "payees.see",
        part="payees",
    ),
    Place("rates", "pages/finance/rates.py", N_("Rates"), "price_change", MONEY, "rates.see", part="rates"),
    Place(
        "records",
        "pages/programme/records.py",
        N_("Activity Records"),
        "article",
        WORK,
        "sessions.see",
        part="records",
    ),
    Place(
        "advice-review",
        "pages/programme/advice_review.py",
        N_("Advice to review"),
        "rate_review",
        WORK,
        "advice.see",
        part="advice",
    ),
    Place("pool", "pages/programme/pool.py", N_("Mentor pool"), "groups", POOL, "pool.see", part="pool"),
    Place(
        "mentor",
        "pages/programme/mentor.py",
        N_("Mentor"),
        "person",
        POOL,
        "pool.see",
        part="pool",
        in_menu=False,
    ),
    Place(
        "groups", "pages/programme/groups.py", N_("Groups"), "diversity_3", POOL, "groups.see", part="groups"
    ),
    Place(
        "group",
        "pages/programme/group.py",
        N_("Group"),
        "diversity_3",
        POOL,
        "groups.see",
        part="groups",
        in_menu=False,
    ),
    Place(
        "assignments",
        "pages/programme/assignments.py",
        N_("Assignments"),
        "assignment_ind",
        POOL,
        "assignments.see",
        part="assignments",
    ),
    Place(
        "interests",
        "pages/programme/interests.py",
        N_("Declared relationships"),
        "handshake",
        POOL,
        "interests.see",
        part="assignments",
    ),
    Place("cases", "pages/cases/cases.py", N_("Cases"), "route", WORK, "cases.see", part="cases"),
    Place("case", "pages/cases/case.py", N_("Case"), "route", WORK, "cases.see", part="cases", in_menu=False),
    Place(
        "services",
        "pages/cases/services.py",
        N_("Local services"),
        "home_health",
        POOL,
        "services.see",
        part="cases",
    ),
    Place(
        "claims",
        "pages/peers/claims.py",
        N_("My expenses"),
        "receipt",
        MONEY,
        "expenses.claim",
        part="expenses",
    ),
    Place(
        "expenses",
        "pages/peers/expenses.py",
        N_("Expenses"),
        "receipt",
        MONEY,
        "expenses.see",
        part="expenses",
    ),
    Place(
        "refunds",
        "pages/cases/refunds.py",
        N_("Travel refunds"),
        "directions_bus",
        MONEY,
        "refunds.see",
        part="cases",
    ),
    Place(
        "organisations",
        "pages/programme/organisations.py",
        N_("Organisations"),
        "domain",
        POOL,
        "organisations.edit",
        part="organisations",
    ),
    Place(
        "forum", "pages/programme/forum.py", N_("Programme Forum"), "forum", POOL, "pool.see", part="forum"
    ),
    Place(
        "evaluation",
        "pages/programme/evaluation.py",
        N_("Evaluation"),
        "rate_review",
        POOL,
        "feedback.see",
        part="evaluation",
    ),
    Place(
        "figures",
        "pages/everyone/figures.py",
        N_("Figures"),
        "bar_chart",
        POOL,
        "figures.see",
        part="figures",
    ),
    Place(
        "concerns",
        "pages/everyone/concerns.py",
        N_("Safeguarding"),
        "health_and_safety",
        CARE,
        "concerns.see",
        part="concerns",
    ),
    Place(
        "complaints",
        "pages/cases/complaints.py",
        N_("Complaints"),
        "report",
        CARE,
        "complaints.see",
        part="complaints",
    ),
    Place(
        "presence", "pages/contract/presence.py", N_("Offices"), "storefront", WORK, "visits.see", "contracts"
    ),
    Place("team", "pages/contract/team.py", N_("Team"), "school", POOL, "team.see", "contracts"),
    Place(
        "contract",
        "pages/contract/contract.py",
        N_("Contract"),
        "contract",
        MONEY,
        "contracts.see",
        "contracts",
    ),
    Place(
        "bills",
        "pages/contract/bills.py",
        N_("Invoices to the buyer"),
        "request_quote",
        MONEY,
        "bills.see",
        "contracts",
    ),
    Place(
        "milestones",
        "pages/contract/milestones.py",
        N_("Milestones"),
        "flag",
        MONEY,
        "milestones.see",
        "contracts",
    ),
    Place("buyer", "pages/contract/buyer.py", N_("The buyer"), "groups_3", MONEY, "buyer.see", "contracts"),
    Place("returns", "pages/contract/returns.py", N_("Returns"), "outbox", MONEY, "returns.see", "returns"),
    Place(
        "tracker",
        "pages/contract/tracker.py",
        N_("Mentee Tracker"),
        "table_view",
        WORK,
        "tracker.see",
        "returns",
    ),
    Place("levels", "pages/contract/levels.py", N_("Service levels"), "speed", WORK, "levels.see", "returns"),
    Place("samples", "pages/contract/samples.py", N_("Samples"), "casino", MONEY, "samples.see", "returns"),
    Place(
        "success",
        "pages/contract/success.py",
        N_("Success factors"),
        "flag_circle",
        POOL,
        "success.see",
        "returns",
    ),
    Place("my-pairs", "pages/pairs/mine.py", N_("My pairs"), "diversity_1", WORK, "pairs.own", part="pairs"),
    Place("pairs", "pages/pairs/pairs.py", N_("Pairs"), "group", WORK, "pairs.see", part="pairs"),
    Place("pair", "pages/pairs/pair.py", N_("Pair"), "group", WORK, "pairs.see", part="pairs", in_menu=False),
    Place(
        "register-of-mentors",
        "pages/pairs/register.py",
        N_("The register"),
        "groups",
        POOL,
        "pairs.see",
        part="pairs",
    ),
    Place(
        "training", "pages/pairs/training.py", N_("Training"), "school", POOL, "courses.see", part="courses"
    ),
    Place("scheme", "pages/pairs/scheme.py", N_("The scheme"), "insights", POOL, "review.see", part="review"),
    Place(
        "voice",
        "pages/pairs/voice.py",
        N_("Say what you think"),
        "chat_bubble",
        CARE,
        "answers.give",
        part="pairs",
    ),
    Place(
        "imports", "pages/programme/imports.py", N_("Bring in a file"), "upload_file", CARE, "imports.bring"
    ),
    Place("export", "pages/programme/export.py", N_("Take out"), "download", CARE, "workbook.export"),
    Place(
        "sheet-check", "pages/house/sheet_check.py", N_("Check the workbook"), "rule", CARE, "workbook.check"
    ),
    Place(
        "spreadsheet",
        "pages/house/spreadsheet.py",
        N_("Spreadsheet"),
        "table_chart",
        CARE,
        "workbook.setup",
    ),
    Place("history", "pages/house/history.py", N_("History"), "history", CARE, "audit.see"),
    Place("templates", "pages/house/templates.py", N_("Templates"), "docs", CARE, "templates.check"),
    Place("requests", "pages/house/requests.py", N_("Requests"), "contact_page", CARE, "requests.see"),
    Place(
        "retention",
        "pages/house/retention.py",
        N_("Kept long enough"),
        "auto_delete",
        CARE,
        "retention.propose",
    ),
    Place("people", "pages/house/people.py", N_("People"), "manage_accounts", CARE, "people.see"),
    Place("exceptions", "pages/house/exceptions.py", N_("Exceptions"), "gavel", CARE, "exceptions.allow"),
    Place("guide", "pages/everyone/guide.py", N_("Guide"), "menu_book", CARE, "guide.see"),
)
# Pixels between the links of the menu: far enough apart for a thumb (WCAG 2.2, 2.5.8).
GAP = 11
# Marks a link to the page one is on already; it never stays in the address.
FRESH = "fresh"
BY_URL = {place.url: place for place in PLACES}


def is_open(place: Place, ctx: Context) -> bool:
    """Whether the page is shown to this visitor in this programme."""
    in_programme = not place.part or place.part in ctx.programme.pages
    return in_programme and ctx.actor.role in MAY.get(place.right, frozenset())


def require_open(ctx: Context, page: st.Page) -> None:
    """Stop at a page that this programme does not use, or that the role lacks; the page asks once more."""
    place = BY_URL.get(page.url_path, PLACES[0])
    if not is_open(place, ctx):
        refuse(ctx, place.right, place.url)


def build(ctx: Context | None) -> st.Page:
    """Register every page, draw the visitor's own in the sidebar, and give the one the address asks for.

    All are registered, also before sign-in, so that a deep link is known and reaches the page's own guard
    instead of Streamlit's "Page not found".
    """
    pages = {place.url: _page(place) for place in PLACES}
    chosen = st.navigation(list(pages.values()), position="hidden")
    st.session_state[":page"] = chosen.url_path
    shown = [place for place in PLACES if ctx is not None and is_open(place, ctx)]
    st.session_state[":pages"] = {place.url: pages[place.url] for place in shown}
    _forget_what_was_open()
    if shown:
        _menu(shown)
    return chosen


def _page(place: Place) -> st.Page:
    return st.Page(
        str(ROOT / place.file),
        title=_(place.title),
        icon=f":material/{place.icon}:",
        url_path=place.url,
        default=place is PLACES[0],
    )


def _menu(shown: Sequence[Place]) -> None:
    """The visitor's pages by section, in a list of our own: Streamlit's breaks the rules for lists (X12)."""
    with st.sidebar:
        for section in SECTIONS:
            own = [place for place in shown if place.section == section and place.in_menu]
            if own:
                with st.container(gap=GAP, key=f"menu:{SECTIONS.index(section)}"):
                    st.header(_(section), anchor=False)
                    for place in own:
                        _link(place.url)
        scripts.mark_current(st.session_state[":page"])


def _link(url: str, label: str | None = None, params: Mapping[str, str] | None = None) -> None:
    is_here = url == (st.session_state[":page"] or PLACES[0].url)
    asked = dict(params or {}) | ({FRESH: "1"} if is_here else {})
    st.page_link(st.session_state[":pages"][url], label=label, query_params=asked or None)


def _forget_what_was_open() -> None:
    """A link to the very page one is on: the browser would keep the record and filters of before in its address."""
    if FRESH in st.query_params:
        st.query_params.from_dict({name: value for name, value in st.query_params.items() if name != FRESH})


def is_linked(url: str) -> bool:
    """Whether this visitor can go to the page."""
    return url in st.session_state.get(":pages", ())


def link(label: str, url: str, **params: str) -> None:
    """A link to another page with its filters, `link(_(N_("14 lines")), "approvals", state="ready")`.

    To a page that this visitor does not have, the words alone.
    """
    if is_linked(url):
        _link(url, safe(label), params)
    else:
        st.markdown(safe(label))


def button_to(label: str, url: str, key: str, **params: str) -> None:
    """A button that goes to another page with its filters; nothing where the visitor does not have it."""
    if is_linked(url) and st.button(safe(label), key=key):
        go(url, **params)


def go(url: str, **params: str) -> NoReturn:
    """Go to another page now."""
    st.switch_page(str(ROOT / BY_URL[url].file), query_params=params or None)
