"""Who may both approve and issue, allowed by name; each use listed (X15)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import instant, text
from schemas.people import Exceptions, People, PersonStatus
from schemas.words import N_
from services import deeds, exceptions, people, records
from services.exceptions import Allowed

USES = (
    instant(N_("When"), name="at"),
    text(N_("Who"), name="who"),
    text(N_("What"), name="what"),
)

ctx = ui.visit("exceptions.allow")


def allow() -> None:
    """One person, the reason, from when to when."""
    active = [
        row
        for row in records.view(ctx).where(People, "status", PersonStatus.ACTIVE)
        if not people.is_same_human(ctx, row.id, ctx.actor.id)
    ]
    named = {row.id: f"{row['name']} ({ui.say(row['role'])})" for row in active}
    filling = ui.form(
        Exceptions,
        ("person", "reason", "from_on", "to_on"),
        "allow",
        values={"from_on": ctx.today},
        options={"person": named},
        helps={"to_on": N_("Blank for as long as it is needed")},
    )
    ui.act(
        _(N_("Allow to approve and issue")),
        "allow",
        lambda ctx, op: exceptions.allow(ctx, op, **filling.values()),
        N_("Allowed. Each use will be listed here."),
    )


def show(each: Allowed) -> None:
    """One exception: whether it holds, why, until when, and each use."""
    row = each.row
    badge = (_(N_("In force")), ui.TODAY) if each.in_force else (_(N_("Not in force")), ui.LATER)
    until = ui.day(row["to_on"]) or _(N_("no end"))
    span = _(N_("From {first} to {last}"), first=ui.day(row["from_on"]), last=until)
    with ui.card(each.person, row["reason"], span, badge_words=badge[0], tone=badge[1]):
        if each.in_force:
            ui.act(
                _(N_("End it today")),
                f"end:{row.id}",
                lambda ctx, op: exceptions.end(ctx, op, row, ctx.today),
                N_("It ends today."),
                kind="secondary",
                ask=_(N_("From tomorrow this person needs a colleague again.")),
            )
    label = _(N_("Used {count} time"), N_("Used {count} times"), len(each.uses))
    with st.expander(label):
        uses = [{"at": use.at, "who": use.who, "what": ui.say(deeds.name(use.action))} for use in each.uses]
        if uses:
            ui.print_view(uses, USES)
        else:
            st.caption(_(N_("Not used yet.")))


listed = exceptions.listed(ctx)
ui.title(
    _(N_("Exceptions")),
    _(
        N_(
            "Nobody issues letters for hours they approved. In a small team you can allow it, by name, with a reason."
        )
    ),
)
if st.button(_(N_("Allow somebody")), key="allow:open", type="primary", icon=":material/add:"):
    ui.drawer(_(N_("Allow one person to approve and issue")), allow)
for each in listed:
    show(each)
if not listed:
    ui.empty(
        _(N_("Nobody is allowed to do both.")),
        _(N_("That is how it should be where there are two people. Allow it only where there are not.")),
    )
