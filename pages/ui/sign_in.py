"""The page before all others: real sign-in where it is set up, else the invented people of the example (X5)."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode
from uuid import uuid4

import streamlit as st

from pages.ui import scripts, visitor
from pages.ui.house import house
from pages.ui.visitor import Door
from pages.ui.words import _, lines, safe, say
from schemas.column import Role, Row
from schemas.errors import OurError
from schemas.words import N_, speak_for
from services import accounts
from services.context import Context

WHAT_THEY_DO = {
    Role.MENTOR: N_("Records hours and Activity Records, sees what is paid"),
    Role.COORDINATOR: N_("Looks after groups, plans and matching"),
    Role.MANAGER: N_("Approves hours and assignments, sees the whole programme"),
    Role.FINANCE: N_("Makes the quarter's invoice letters and records payment"),
    Role.EVALUATOR: N_("Sees figures and anonymised records only"),
    Role.ADMINISTRATOR: N_("Looks after people and set-up, sees nobody's records"),
}


def draw() -> None:
    """Sign in, or say plainly why one cannot."""
    from pages.ui.shell import language_switch

    speak_for({})
    language_switch(visitor.language())
    st.title("Mentor Desk", anchor=False)
    here = house()
    door = visitor.find(here)
    if door is Door.STRANGER:
        _stranger()
    elif door is Door.CHOICE:
        _programmes(visitor.memberships(here))
    elif here.settings.has_sign_in:
        _providers(here.settings.sign_in.providers, is_over=door is Door.OVER)
    elif visitor.may_choose(here):
        _choose(visitor.invented_people(here))
    else:
        st.error(
            _(N_("Ask the person who looks after Mentor Desk to set up sign-in.")),
            title=_(N_("Sign-in is not set up, so nobody can come in from here.")),
            icon=":material/lock:",
        )


def _stranger() -> None:
    """The same page for whoever is unknown, stopped or has no verified address: it tells nobody which (RM02)."""
    st.error(
        _(N_("Ask your Programme Manager to add your address, or sign in with another account.")),
        title=_(N_("This account opens nothing here.")),
        icon=":material/person_off:",
    )
    st.button(_(N_("Sign out")), on_click=st.logout, key=":sign-out")


def _providers(names: Sequence[str], *, is_over: bool) -> None:
    if is_over:
        st.info(
            _(N_("Sign in again to go on. What you had typed into a form is kept.")),
            title=_(N_("Your visit is over.")),
            icon=":material/schedule:",
        )
    else:
        st.write(_(N_("Sign in with your work account.")))
    for name in names:
        label = _(N_("Sign in with {provider}"), provider=safe(name.title())) if name else _(N_("Sign in"))
        if st.button(label, type="primary", icon=":material/login:", key=f":sign-in:{name}"):
            scripts.go(f"/sign-in?{urlencode({'with': name, 'next': asked_for()})}")


def _programmes(rows: Sequence[Row]) -> None:
    """Which of one's programmes to work in; another can be chosen in the sidebar later."""
    st.write(_(N_("Where will you work now?")))
    programmes = house().programmes
    for row in rows:
        name = programmes[row["programme"]].name.said(visitor.language())
        speak_for(programmes[row["programme"]].wording)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            lines(name, say(row["role"]))
            if st.button(_(N_("Open")), key=f":in:{visitor.choice_of(row)}"):
                scripts.go(address(visitor.choice_of(row), asked_for()))


def _choose(people: list[Row]) -> None:
    """The invented people by programme; whoever works in two stands once, and switches in the sidebar."""
    st.caption(
        _(N_("This is the example workbook on this machine: everyone in it is invented. Who will you be?"))
    )
    programmes, order = house().programmes, list(WHAT_THEY_DO)
    people = sorted(people, key=lambda row: order.index(row["role"]))
    main = _main_rows(people)
    here = [code for code in programmes if any(row["programme"] == code for row in main)]
    for code in sorted(here, key=lambda code: programmes[code].starts_on, reverse=True):
        if len(here) > 1:
            st.subheader(safe(programmes[code].name.said(visitor.language())), anchor=False)
        speak_for(programmes[code].wording)
        for person in (row for row in main if row["programme"] == code):
            _invented(person, [row for row in people if row is not person and _is_same(row, person)])


def _main_rows(people: Sequence[Row]) -> list[Row]:
    """Of each human being the row of the most telling role: whoever leads one programme may help in another."""
    found: list[Row] = []
    for row in sorted(people, key=lambda row: row["role"] != Role.MANAGER):
        if not any(_is_same(row, other) and row["programme"] != other["programme"] for other in found):
            found.append(row)
    return [row for row in people if row in found]


def _is_same(one: Row, other: Row) -> bool:
    return str(one["email"]).casefold() == str(other["email"]).casefold()


def _invented(person: Row, others: Sequence[Row]) -> None:
    elsewhere = [row for row in others if row["programme"] != person["programme"]]
    also = [
        _(
            N_("Also {role} in {programme}"),
            role=say(row["role"]),
            programme=house().programmes[row["programme"]].short_name.said(visitor.language()),
        )
        for row in elsewhere
    ]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        lines(f"{person['name']}, {say(person['role'])}", say(WHAT_THEY_DO[person["role"]]), *also)
        label = _(N_("Sign in as {name}"), name=safe(person["name"].split()[0]))
        if st.button(label, key=f":as:{person.id}"):
            scripts.go(address(person.id, asked_for()))


def asked_for() -> str:
    """The page and filters that the visitor's address asks for, to open after signing in."""
    page = st.session_state.get(":page", "")
    query = urlencode(st.query_params.to_dict())
    return f"/{page}" + (f"?{query}" if query else "")


def address(person: str, next_: str) -> str:
    """The route that makes this browser that person's."""
    return f"/sign-in?as={quote(person)}&next={quote(next_)}"


def leave(ctx: Context) -> None:
    """Sign out: every visit of this person is over, here, in other browsers and at the provider (RM05)."""
    if not st.user.get("is_logged_in", False):
        scripts.go("/sign-out")
        return
    try:
        accounts.sign_out(ctx, uuid4().hex)
    except OurError as error:
        visitor.log.warning("sign-out not kept actor=%s: %s", ctx.actor.id, type(error).__name__)
    st.logout()
