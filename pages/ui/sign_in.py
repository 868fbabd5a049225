"""The page before all others: real sign-in where it is set up, else the invented people of the example (X5)."""

from urllib.parse import quote, urlencode

import streamlit as st

from pages.ui import scripts, visitor
from pages.ui.house import house
from pages.ui.words import _, lines, safe, say
from schemas.column import Role, Row
from schemas.words import N_

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

    language_switch(visitor.language())
    st.title("Mentor Desk", anchor=False)
    here = house()
    if here.settings.has_sign_in:
        _with_account()
    elif visitor.may_choose(here):
        _choose(visitor.invented_people(here))
    else:
        st.error(
            _(N_("Ask the person who looks after Mentor Desk to set up sign-in.")),
            title=_(N_("Sign-in is not set up, so nobody can come in from here.")),
            icon=":material/lock:",
        )


def _with_account() -> None:
    if visitor.email_of_visitor():
        st.error(
            _(N_("Ask your Programme Manager to add your address, or sign in with another.")),
            title=_(N_("Nobody with this e-mail address works in a programme here.")),
            icon=":material/person_off:",
        )
        st.button(_(N_("Sign out")), on_click=st.logout, key=":sign-out")
        return
    st.write(_(N_("Sign in with your work account.")))
    st.button(_(N_("Sign in")), type="primary", icon=":material/login:", on_click=st.login, key=":sign-in")


def _choose(people: list[Row]) -> None:
    st.caption(
        _(N_("This is the example workbook on this machine: everyone in it is invented. Who will you be?"))
    )
    order = list(WHAT_THEY_DO)
    for person in sorted(people, key=lambda row: order.index(row["role"])):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            lines(f"{person['name']}, {say(person['role'])}", say(WHAT_THEY_DO[person["role"]]))
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


def leave() -> None:
    """Sign out here, and at the provider where there is one."""
    if st.user.get("is_logged_in", False):
        st.logout()
    scripts.go("/sign-out")
