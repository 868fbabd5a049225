"""Who may sign in, and as what; nobody touches their own (X5, RM06, RM07)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Role, Row, text
from schemas.people import People, PersonStatus
from schemas.words import N_, message
from services import access, concerns, people_register

ctx = ui.visit("people.see")
HAS_DUTY = concerns.PART in ctx.programme.pages
# whoever supervises is a member of staff; a young co-ordinator is told apart here (W6)
HAS_YOUNG = bool(ctx.programme.choices("supervisions"))
FIELDS = (
    *("name", "email", "role", "mentor", "language"),
    *(("duty",) if HAS_DUTY else ()),
    *(("is_young",) if HAS_YOUNG else ()),
)
COLUMNS = (
    People.name,
    People.email,
    People.role,
    *((People.duty,) if HAS_DUTY else ()),
    text(N_("Pool entry"), name="entry"),
    People.status,
)


def invite() -> None:
    """A new person: name, address, role, and for a mentor their entry in the pool."""
    filling = ui.form(
        People,
        FIELDS,
        "invite",
        values={"language": "English"},
        options={"mentor": people_register.mentor_choices(ctx)},
    )
    ui.act(
        _(N_("Invite this person")),
        "invite",
        lambda ctx, op: people_register.invite(ctx, op, filling.values()),
        N_("Invited. They can sign in with this address now."),
    )


def change(row: Row) -> None:
    """Another name, address, role, language, pool entry or duty."""
    filling = ui.form(
        People,
        FIELDS,
        f"change:{row.id}",
        values=row,
        options={"mentor": people_register.mentor_choices(ctx, row["mentor"])},
    )
    ui.act(
        _(N_("Save the changes")),
        f"change:{row.id}",
        lambda ctx, op: people_register.change(ctx, op, row, filling.values()),
        N_("Saved. It holds from their next click."),
    )


def deal_with(row: Row) -> None:
    """What may be done with the person chosen in the list."""
    ui.lines(row["name"], ui.say(row["role"]))
    if people_register.is_oneself(ctx, row):
        st.info(_(N_("This is you. Another manager or an administrator changes your role and access.")))
        return
    with st.container(horizontal=True):
        if st.button(_(N_("Change")), key="change:open", icon=":material/edit:"):
            ui.drawer(_(N_("Change a person")), lambda: change(row))
        if row["status"] == PersonStatus.ACTIVE:
            ui.act(
                _(N_("Stop")),
                f"stop:{row.id}",
                lambda ctx, op: people_register.stop(ctx, op, row),
                message(N_("{name} is out from their next click."), name=row["name"]),
                kind="secondary",
                ask=_(N_("They are out at their next click. Their rows and their history stay.")),
            )
        else:
            ui.act(
                _(N_("Start again")),
                f"start:{row.id}",
                lambda ctx, op: people_register.start_again(ctx, op, row),
                message(N_("{name} may sign in again."), name=row["name"]),
                kind="secondary",
            )


rows = people_register.listed(ctx)
ui.title(_(N_("People")), _(N_("Who may sign in to this programme, and as what.")))
if access.may(ctx, people_register.ACTION) and st.button(
    _(N_("Invite a person")), key="invite:open", type="primary", icon=":material/person_add:"
):
    ui.drawer(_(N_("Invite a person")), invite)
states = {status.value: ui.say(status) for status in PersonStatus}
with st.container(horizontal=True, vertical_alignment="bottom"):
    state = ui.filters("state", states, {each: sum(row["status"] == each for row in rows) for each in states})
    role = ui.pick("role", {role.value: ui.say(role) for role in Role}, label=_(N_("Role")))
kept = [row for row in rows if state in (None, row["status"]) and role in (None, row["role"])]
entries = people_register.mentor_names(ctx)
shown = [Row(row, entry=entries.get(row["mentor"] or "", "")) for row in kept]
with st.container(horizontal=True, vertical_alignment="center"):
    typed = ui.search("people", _(N_("Name or e-mail")))
    ui.list_tools("people")
found = ui.found(shown, typed, COLUMNS)
if not found:
    ui.empty(_(N_("Nobody here by these filters.")), _(N_("Take a filter away, or invite somebody.")))
else:
    hint = _(N_("Choose a row to change a role, to stop somebody or to start them again."))
    chosen = ui.table(found, COLUMNS, "people", select="one", alt=_(N_("People who may sign in")), hint=hint)
    if chosen:
        deal_with(next(row for row in rows if row.id == chosen[0]))
