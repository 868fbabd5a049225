"""What is written about a mentor: the drawers of the pool and of a mentor's own page (S1, S2, S19)."""

import streamlit as st

from pages import ui
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.mentors import Checks, Engagements, Mentors, MentorStatus
from schemas.organisations import OrganisationKind, Organisations
from schemas.people import Exceptions
from schemas.words import N_
from services import access, checks, engagements, mentors, organisations
from services.context import Context
from services.pool import Card

WHO = ("name", "email", "phone", "area", "languages", "skills", "experience", "days_a_month", "availability")
RECRUITED = ("recruited_on", "panel")
TERMS = ("terms", "host", "from_on", "contract_version", "annex_version", "accepted_on")


def hosts(ctx: Context) -> dict[str, dict[str, str]]:
    """The hosts a mentor can have."""
    found = organisations.listed(ctx, kind=OrganisationKind.HOST)
    return {"host": ui.record_options(Organisations, found)}


def add(ctx: Context) -> None:
    """Take up somebody who applied, with how they are to be engaged where that is known."""
    key = "mentor:add"
    person = ui.form(Mentors, (*WHO, *RECRUITED, "notes"), key)
    st.subheader(_(N_("How they are engaged")), anchor=False)
    st.caption(_(N_("Leave this empty while it is not decided.")))
    terms = ui.form(Engagements, ("terms", "host", "from_on"), key, options=hosts(ctx))

    def save(ctx: Context, op: str) -> object:
        typed = terms.values()
        return mentors.add(ctx, op, person.values(), typed if any(typed.values()) else None)

    ui.act(_(N_("Add to the pool")), key, save, N_("Added. The mentor is approved once the panel has met."))


def steps(ctx: Context, row: Row) -> None:
    """What can be done with a mentor where they stand, by whoever may."""
    with st.container(horizontal=True):
        if row["status"] == MentorStatus.APPLIED and access.may(ctx, "mentors.approve"):
            drawers.opens(_(N_("Approve")), "approve", lambda: _approve(row), kind="primary")
        drawers.edits(
            Mentors,
            (*WHO, "notes") if row["status"] != MentorStatus.APPLIED else (*WHO, *RECRUITED, "notes"),
            row,
            mentors.edit,
            N_("Saved."),
        )
        if row["status"] == MentorStatus.APPROVED:
            ui.act(
                _(N_("Pause")),
                f"pause:{row.id}",
                lambda ctx, op: mentors.pause(ctx, op, row),
                N_("Paused: no new assignments for now."),
                kind="secondary",
            )
        if row["status"] == MentorStatus.PAUSED and access.may(ctx, "mentors.approve"):
            ui.act(
                _(N_("Open to new work again")),
                f"resume:{row.id}",
                lambda ctx, op: mentors.resume(ctx, op, row),
                N_("Open to new assignments again."),
            )
        if row["status"] in mentors.IN_POOL:
            drawers.opens(_(N_("Left the pool")), "leave", lambda: _leave(ctx, row))


def _approve(row: Row) -> None:
    key = f"approve:{row.id}:{row['_change']}"
    st.caption(
        _(N_("Only a mentor recruited through the procedure is approved: record the day and the panel."))
    )
    filling = ui.form(Mentors, RECRUITED, key, values=row)

    def approve(ctx: Context, op: str) -> object:
        typed = filling.values()
        return mentors.approve(ctx, op, row, typed["recruited_on"], typed["panel"] or "")

    ui.act(_(N_("Approve this mentor")), key, approve, N_("Approved."))


def _leave(ctx: Context, row: Row) -> None:
    key = f"leave:{row.id}:{row['_change']}"
    st.caption(_(N_("Work dated after the last day is not paid. Nothing is deleted.")))
    filling = ui.form(Mentors, ("left_on",), key, values={"left_on": ctx.today})
    ui.act(
        _(N_("Record the last day")),
        key,
        lambda ctx, op: mentors.leave(ctx, op, row, filling.values()["left_on"] or ctx.today),
        N_("Recorded."),
    )


def engage(ctx: Context, mentor: str) -> None:
    """Engage a mentor from a day on, hosted or direct."""
    key = f"engage:{mentor}"
    st.caption(_(N_("What was worked before that day keeps its own terms and rate.")))
    filling = ui.form(Engagements, TERMS, key, options=hosts(ctx))
    ui.act(
        _(N_("Record the engagement")),
        key,
        lambda ctx, op: engagements.engage(ctx, op, mentor, filling.values()),
        N_("Recorded."),
    )


def record_check(holder: dict[str, str]) -> None:
    """Record a dated proof that a mentor or an organisation holds."""
    key = f"check:{''.join(holder.values())}"
    names = ("kind", "issuer", "reference", "from_on", "to_on", "seen_by", "seen_on")
    filling = ui.form(Checks, names, key, values={"kind": "public liability insurance"})
    ui.act(
        _(N_("Record the proof")),
        key,
        lambda ctx, op: checks.record(ctx, op, {**filling.values(), **holder}),
        N_("Recorded."),
    )


def show_proofs(ctx: Context, rows: tuple[Row, ...] | list[Row]) -> None:
    """Proofs as cards, those unseen with the way to say one has seen the copy."""
    if not rows:
        ui.empty(_(N_("No proof is recorded.")), _(N_("Record the insurance, then look at the copy.")))
    for row in rows:
        _proof(ctx, row)


def _proof(ctx: Context, row: Row) -> None:
    columns = Checks.columns
    days = [ui.short(row[name]) for name in ("from_on", "to_on")]
    if row["seen_on"]:
        seen = _(N_("Copy seen on {day} by {who}"), day=ui.short(row["seen_on"]), who=row["seen_by"] or "–")
    else:
        seen = _(N_("Nobody has recorded seeing a copy"))
    about = (
        " · ".join(filter(None, (row["issuer"], row["reference"], _holder(row)))),
        _(N_("{first} to {last}"), first=days[0] or "…", last=days[1] or "…"),
        seen,
    )
    is_over = row["to_on"] is not None and row["to_on"] < ctx.today
    words, tone = (_(N_("over")), ui.LATER) if is_over else (_(N_("in force")), ui.DONE)
    with ui.card(ui.cell_words(columns["kind"], row["kind"]), *about, badge_words=words, tone=tone):
        if not row["seen_on"]:
            ui.act(
                _(N_("I have seen the copy")),
                f"seen:{row.id}",
                lambda ctx, op: checks.see_copy(ctx, op, row),
                N_("Recorded."),
                kind="secondary",
            )
        drawers.edits(Checks, ("issuer", "reference", "from_on", "to_on"), row, checks.edit, N_("Saved."))


def _holder(row: Row) -> str:
    if not row["organisation"]:
        return ""
    return _(N_("held by {host}"), host=ui.cell_words(Checks.columns["organisation"], row["organisation"]))


def show_gaps(ctx: Context, card: Card) -> None:
    """The insurance gaps that may be paid, with why; and the Programme Manager's way to record one (S2)."""
    columns = (Exceptions.from_on, Exceptions.to_on, Exceptions.reason, Exceptions.allowed_on)
    if card.gaps_allowed:
        st.subheader(_(N_("Gaps that may be paid")), anchor=False)
        ui.print_view(card.gaps_allowed, columns)
    if access.may(ctx, "gaps.allow"):
        drawers.opens(_(N_("Say why a gap may be paid")), "gap", lambda: _allow_gap(card.entry.mentor.id))


def _allow_gap(mentor: str) -> None:
    key = f"gap:{mentor}"
    st.caption(_(N_("Work in an insurance gap is held back until you record why it may be paid.")))
    filling = ui.form(Exceptions, ("from_on", "to_on", "reason"), key)

    def allow(ctx: Context, op: str) -> object:
        typed = filling.values()
        return checks.allow_gap(ctx, op, mentor, typed["from_on"], typed["to_on"], typed["reason"] or "")

    ui.act(_(N_("Record it")), key, allow, N_("Recorded: this work may be paid."))
