"""The register of those willing to mentor: what they offer, their training, their worker (P1, P2, P8, W1, W7, W13)."""

import streamlit as st

from pages import ui
from pages.pairs.parts import retiring
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.mentees import Mentees
from schemas.mentors import Checks, Mentors, MentorStatus
from schemas.words import N_
from services import courses, mentors, policies, records, willing
from services.context import Context
from services.store.interface import Receipt

ctx = ui.visit("pairs.see")
rows = records.view(ctx)
SOUGHT = tuple(Mentors.columns[name] for name in ("name", "offers", "experience", "post"))
POLICIES = ctx.programme.choices("policies")


def add() -> None:
    """Somebody new in the register."""
    typed = ui.form(Mentors, willing.fields(ctx), "register", values={"recruited_on": ctx.today})
    ui.act(
        _(N_("Take into the register")),
        "register",
        lambda ctx, op: willing.register(ctx, op, typed.values()),
        N_("Taken in. Training comes before the first match."),
    )


def lacks(row: Row) -> list[str]:
    """What comes before the first match, in words."""
    training = courses.lacking(ctx.programme, rows, row.id, ctx.today)
    unread = policies.unread(ctx.programme, rows, row.id, ctx.today)
    said = [courses.said(ctx, each) for each in training]
    return said + [ctx.programme.choice_words("policies", each, ui.language()) for each in unread]


def is_ready(row: Row) -> bool:
    """Whether nothing of their own stands in the way of a match today."""
    return row["status"] == MentorStatus.APPROVED and willing.may_mentor(ctx, row) and not lacks(row)


def card(row: Row) -> None:
    """One person: what they offer, whether they can be matched."""
    missing = lacks(row)
    badge = _(N_("trained")) if not missing else _(N_("{count} to do"), N_("{count} to do"), len(missing))
    about = [row["post"] or "", ui.cell_words(Mentors.columns["offers"], row["offers"])]
    if row["may_mentor_until"]:
        about.append(_(N_("may mentor until {day}"), day=ui.day(row["may_mentor_until"])))
    if row["status"] == MentorStatus.PAUSED:
        badge = ui.say(row["status"])
    elif not willing.may_mentor(ctx, row):
        badge = _(N_("out of office"))
    tone = ui.DONE if is_ready(row) else ui.TODAY
    with ui.card(row["name"], *about, badge_words=badge, tone=tone, key=f"card:{row.id}"):
        drawers.opens(_(N_("Open")), f"entry:{row.id}", lambda: one(row, missing), heading=row["name"])


def one(row: Row, missing: list[str]) -> None:
    """An entry: its details to change, what is still to do, and the way out."""
    if missing:
        st.info(ui.safe(_(N_("Before the first match: {what}."), what=", ".join(missing))))
    key = f"entry:{row.id}:{row['_change']}"
    typed = ui.form(Mentors, willing.fields(ctx), key, values=row)
    ui.act(
        _(N_("Save")),
        key,
        lambda ctx, op: willing.edit(ctx, op, ui.seen(key, Mentors, row), typed.changes(row)),
        N_("Saved."),
    )
    if POLICIES:
        on_paper(row)
    retiring.form(ctx, row)
    leave(row)


def on_paper(row: Row) -> None:
    """A policy acknowledged on paper (W7)."""
    unread = policies.unread(ctx.programme, rows, row.id, ctx.today)
    if not unread:
        return
    st.subheader(_(N_("Acknowledged on paper")), anchor=False)
    key = f"paper:{row.id}"
    offered = {each: ctx.programme.choice_words("policies", each, ui.language()) for each in unread}
    chosen = ui.form(
        Checks,
        ("reference", "from_on"),
        key,
        values={"from_on": ctx.today},
        options={"reference": offered},
        titles={"reference": N_("Policy"), "from_on": N_("Acknowledged on")},
        helps={"from_on": ""},
    )

    def save(ctx: Context, op: str) -> Receipt:
        return policies.acknowledge(ctx, op, chosen.text("reference"), row, chosen.value("from_on"))

    ui.act(_(N_("Record it")), key, save, N_("Recorded."))


def leave(row: Row) -> None:
    """Pause, go on, or leave the register."""
    with st.container(horizontal=True):
        if row["status"] == MentorStatus.APPROVED:
            ui.act(
                _(N_("Takes nobody on for now")),
                f"pause:{row.id}",
                lambda ctx, op: mentors.pause(ctx, op, row),
                N_("Paused."),
                kind="secondary",
            )
        elif row["status"] == MentorStatus.PAUSED:
            ui.act(
                _(N_("Takes people on again")),
                f"resume:{row.id}",
                lambda ctx, op: mentors.resume(ctx, op, row),
                N_("Open again."),
                kind="secondary",
            )
        ui.act(
            _(N_("Left the register")),
            f"leave:{row.id}",
            lambda ctx, op: mentors.leave(ctx, op, row, ctx.today),
            N_("Noted."),
            kind="secondary",
            ask=_(N_("They are in no list any more. What is recorded stays.")),
        )


def workers() -> None:
    """Those who are mentored and have no named worker yet (W13)."""
    without = [row for row in rows.all(Mentees) if not row["worker"]]
    for row in sorted(without, key=lambda each: each["name"].casefold()):
        key = f"worker:{row.id}"
        ui.lines(row["name"])
        typed = ui.form(Mentees, ("worker",), key)
        ui.act(
            _(N_("Name the worker")),
            key,
            lambda ctx, op, row=row, typed=typed: willing.name_worker(ctx, op, row, typed.text("worker")),
            N_("Named."),
        )
    if not without:
        st.caption(_(N_("Everybody has one.")))


everything = willing.listed(ctx)
ui.title(_(N_("The register")), _(N_("Who is willing to mentor, what they offer, and what they still need.")))
ready = sum(is_ready(row) for row in everything)
ui.figures([(_(N_("In the register")), str(len(everything))), (_(N_("Can be matched")), str(ready))])
with st.container(horizontal=True):
    drawers.opens(_(N_("Add somebody")), "register", add, kind="primary", icon=":material/person_add:")
    if courses.terms(ctx.programme).has_workers:
        drawers.opens(_(N_("Named workers of those mentored")), "workers", workers)
to_ask = {row.id for row in willing.to_ask(ctx)}
asks = (
    ui.filters("ask", {"election": _(N_("to ask before the election"))}, {"election": len(to_ask)})
    if to_ask
    else None
)
typed = ui.search("register", _(N_("Name, or what is offered")))
found = ui.found([row for row in everything if not asks or row.id in to_ask], typed, SOUGHT)
for row in found:
    card(row)
if not everything:
    ui.empty(_(N_("Nobody is in the register yet.")), _(N_("Add the first person who is willing.")))
elif not found:
    ui.empty(_(N_("Nobody fits.")), _(N_("Take the filter away, or search for less.")))
