"""What is written about a peer: details, profile, briefing, removal (L1, L2, L9)."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.mentors import Mentors, MentorStatus
from schemas.organisations import OrganisationKind, Organisations
from schemas.words import N_
from schemas.work import Development
from services import access, organisations, peers
from services.context import Context
from services.peers import Entry

DETAILS = (
    "name",
    "email",
    "phone",
    "peer_kind",
    "post",
    "organisation",
    "political_group",
    "group_office",
    "offers",
    "skills",
    "languages",
    "area",
    "gender",
    "joined_how",
    "is_on_payroll",
    "out_of_office_on",
    "stands_again",
    "notes",
)


def kinds(ctx: Context) -> tuple[str, ...]:
    """The kinds of peer."""
    return ctx.programme.choices("peer_kinds")


def options(ctx: Context) -> dict[str, dict[str, str]]:
    """The councils and group offices to choose from."""
    if not access.may(ctx, "organisations.edit"):
        return {}
    found = organisations.listed(ctx)
    offices = [row for row in found if row["kind"] == OrganisationKind.GROUP_OFFICE]
    others = [row for row in found if row["kind"] != OrganisationKind.GROUP_OFFICE]
    return {
        "organisation": dict(ui.record_options(Organisations, others)),
        "group_office": dict(ui.record_options(Organisations, offices)),
    }


def add(ctx: Context) -> None:
    """Take up somebody who expressed an interest."""
    filling = ui.form(Mentors, DETAILS, "peer:add", options=options(ctx))
    ui.act(
        _(N_("Add the peer")),
        "peer:add",
        lambda ctx, op: peers.add(ctx, op, filling.values()),
        N_("Added. Agree a profile with them next."),
    )


def brief(ctx: Context, entries: Sequence[Entry]) -> None:
    """A briefing or training, for everybody who came."""
    key = "peer:brief"
    filling = ui.form(Development, ("held_on", "topic", "title"), key, values={"held_on": ctx.today})
    names = {each.peer.id: each.peer["name"] for each in entries}
    st.multiselect(_(N_("Who came")), list(names), format_func=lambda id_: names[id_], key=f"{key}:who")
    ui.act(
        _(N_("Record it")),
        key,
        lambda ctx, op: peers.brief(ctx, op, st.session_state.get(f"{key}:who", []), filling.values()),
        N_("Recorded."),
        also=(f"{key}:who",),
    )


def steps(ctx: Context, row: Row) -> None:
    """What can be done with a peer where they stand, by whoever may."""
    with st.container(horizontal=True):
        if row["status"] in {MentorStatus.APPLIED, MentorStatus.PAUSED}:
            ui.act(
                _(N_("Take up into the database")),
                f"take-up:{row.id}",
                lambda ctx, op: peers.take_up(ctx, op, row),
                N_("They can be asked now."),
            )
        if row["status"] != MentorStatus.LEFT:
            drawers.opens(_(N_("Agree the profile")), "agree", lambda: _agree(ctx, row))
            drawers.edits(Mentors, DETAILS, row, peers.edit, N_("Saved."), options=options(ctx))
        if row["status"] == MentorStatus.APPROVED:
            ui.act(
                _(N_("Pause")),
                f"pause:{row.id}",
                lambda ctx, op: peers.pause(ctx, op, row),
                N_("Paused: they are asked nothing for now."),
                kind="secondary",
            )
        if row["status"] != MentorStatus.LEFT and access.may(ctx, "peers.remove"):
            drawers.opens(_(N_("Remove")), "remove", lambda: _remove(ctx, row))
        if row["removal_reason"] and access.may(ctx, "removals.open"):
            drawers.opens_sealed(
                _(N_("Why they were removed")), "removal", lambda: peers.removal(ctx, row.id), _removal
            )


def _removal(words: str) -> None:
    st.caption(_(N_("The manager alone opens this. That you looked is noted.")))
    ui.text(words)


def _agree(ctx: Context, row: Row) -> None:
    key = f"agree:{row.id}:{row['_change']}"
    first = {"profile": row["profile"], "profile_agreed_on": ctx.today}
    filling = ui.form(Mentors, ("profile", "profile_agreed_on"), key, values=first)

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        return peers.agree(ctx, op, row, typed["profile"] or "", typed["profile_agreed_on"])

    ui.act(_(N_("Save the profile")), key, save, N_("Saved, with the day it was agreed."))


def _remove(ctx: Context, row: Row) -> None:
    key = f"remove:{row.id}:{row['_change']}"
    names = ctx.programme.choices("removal_reasons")
    st.caption(_(N_("The reason is sealed: it may be a conviction. The manager alone can open it.")))
    st.radio(
        _(N_("Reason")),
        names,
        index=None,
        format_func=lambda name: ctx.programme.choice_words("removal_reasons", name, ctx.language),
        key=f"{key}:reason",
    )
    filling = ui.form(Mentors, ("removal_reason", "left_on"), key, values={"left_on": ctx.today})

    def save(ctx: Context, op: str) -> object:
        typed, reason = filling.values(), st.session_state.get(f"{key}:reason") or ""
        on: date = typed["left_on"] or ctx.today
        return peers.remove(ctx, op, row, reason, str(typed["removal_reason"] or ""), on)

    ui.act(_(N_("Remove them")), key, save, N_("Removed. The reason is sealed."))
