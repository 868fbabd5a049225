"""The parts of a peer's own page (L2 to L5, L7 to L9)."""

from typing import Any

import streamlit as st

from pages import ui
from pages.peers.parts import asked, team, timeline
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.mentors import Mentors
from schemas.peers import Enquiries, EnquiryStatus
from schemas.words import N_
from services import enquiries, marks, needs, peers, placement_letters, placements, projects
from services.context import Context
from services.placements import Mine
from services.projects import Project

PROFILE = ("profile", "post", "offers", "skills", "languages", "phone", "availability", "out_of_office_on")
NEEDS = {
    "emergency_contact": N_("Whom we ring in an emergency"),
    "diet": N_("What I eat"),
    "mobility": N_("What I need to get about"),
}
MAY_WITHDRAW = frozenset({EnquiryStatus.WILLING, EnquiryStatus.PUT_FORWARD, EnquiryStatus.CHOSEN})
MAY_ANSWER = frozenset({EnquiryStatus.ASKED, EnquiryStatus.WILLING, EnquiryStatus.NOT_WILLING})


def show_title(ctx: Context) -> None:
    """The noun, and what waits."""
    waiting = sum(each.enquiry["status"] == EnquiryStatus.ASKED for each in placements.mine(ctx))
    words = N_("{count} request waits for your answer."), N_("{count} requests wait for your answer.")
    ui.title(_(N_("My projects")), _(*words, waiting) if waiting else _(N_("Nothing waits for your answer.")))


def chosen_part() -> str:
    """Which part is open, in the address."""
    parts = {
        "asked": _(N_("Asked")),
        "projects": _(N_("Projects")),
        "profile": _(N_("Profile")),
        "needs": _(N_("What I need")),
    }
    return ui.filters("part", parts, default="asked") or "asked"


# --- asked --------------------------------------------------------------------------------------------------


def show_asked(ctx: Context) -> None:
    """Each request with its days, and a yes or no in two taps."""
    found = placements.mine(ctx)
    if not found:
        ui.empty(_(N_("You have not been asked yet.")), _(N_("Councils choose; we ask when you fit.")))
    for each in found:
        _asked(ctx, each)


def _asked(ctx: Context, each: Mine) -> None:
    row = each.enquiry
    days = ""
    if each.from_on:
        last = each.to_on or each.from_on
        days = _(N_("{first} to {last}"), first=ui.day(each.from_on), last=ui.day(last))
    kind = ctx.programme.choice_words("project_kinds", each.kind, ctx.language)
    tone = asked.TONES.get(row["status"], ui.LATER)
    about = (kind, each.wanted, days)
    with ui.card(
        each.council, *filter(None, about), badge_words=ui.say(row["status"]), tone=tone, key=row.id
    ):
        if row["status"] == EnquiryStatus.ASKED:
            _yes_or_no(ctx, row)
        elif row["status"] in MAY_ANSWER:
            drawers.opens(_(N_("Change my answer")), f"answer:{row.id}", lambda: _answer(ctx, row))
        if row["status"] in MAY_WITHDRAW:
            drawers.opens(
                _(N_("I must withdraw")),
                f"withdraw:{row.id}",
                lambda: asked.withdraw(ctx, row),
                kind="tertiary",
            )


def _yes_or_no(ctx: Context, row: Row) -> None:
    yes: dict[str, Any] = {"is_interested": True, "is_available": True}
    with st.container(horizontal=True):
        ui.act(
            _(N_("Yes, I am interested and available")),
            f"yes:{row.id}",
            lambda ctx, op: enquiries.answer(ctx, op, row, yes),
            N_("Thank you. We tell you what the council chooses."),
        )
        drawers.opens(_(N_("No, or with a remark")), f"answer:{row.id}", lambda: _answer(ctx, row))


def _answer(ctx: Context, row: Row) -> None:
    key = f"own-answer:{row.id}:{row['_change']}"
    st.caption(
        _(N_("Name any political activity or other conflict. Days you can’t are kept for the next request."))
    )
    filling = ui.form(Enquiries, asked.ANSWER, key, values=row)
    ui.act(
        _(N_("Send my answer")),
        key,
        lambda ctx, op: enquiries.answer(ctx, op, row, filling.values()),
        N_("Thank you. It is noted."),
    )


# --- projects -----------------------------------------------------------------------------------------------


def show_projects(ctx: Context) -> None:
    """Where I was chosen: days, who to ask, team, timeline, order, and looking back."""
    found = projects.listed(ctx)
    if not found:
        ui.empty(_(N_("No project yet.")), _(N_("It stands here once a council has chosen you.")))
    for each in found:
        _project(ctx, each)


def _project(ctx: Context, each: Project) -> None:
    row = each.row
    st.subheader(ui.safe(row["name"]), anchor=False)
    words = N_("{council}. Project manager: {manager}. Ask {officer} about anything.")
    manager, officer = each.manager or "–", each.officer or "–"
    ui.text(_(words, council=each.council, manager=manager, officer=officer))
    ui.badge(ui.say(row["status"]))
    if row["reason"]:
        ui.text(row["reason"])
    public = N_("It may be named publicly.") if row["is_public"] else N_("Don’t name it publicly yet.")
    ui.text(_(public))
    if row["needs_insurance"]:
        st.warning(_(N_("You need public liability insurance of your own.")), icon=":material/policy:")
    ui.text(_(N_("Team: {names}"), names=", ".join(member.peer["name"] for member in each.team)))
    timeline.show(each)
    me = next((member for member in each.team if member.peer.id == ctx.actor.mentor), None)
    with st.container(horizontal=True):
        timeline.calendar(ctx, row)
        if me is not None and me.order is not None:
            _order(ctx, me.order)
        if row["status"] in marks.OVER:
            drawers.opens(
                _(N_("Look back")),
                f"marks:{row.id}",
                lambda: team.look_back(ctx, each, ctx.actor.mentor, row["name"]),
            )


def _order(ctx: Context, order: Row) -> None:
    ui.download(
        _(N_("Purchase order {number}"), number=order["number"]),
        lambda: placement_letters.order_file(ctx, order.id, ctx.language),
        f"{order['number']}.docx",
        ui.WORD,
        key=f"order:{order.id}",
    )


# --- profile and needs --------------------------------------------------------------------------------------


def show_profile(ctx: Context) -> None:
    """What a council reads of me, and the charter."""
    entry = peers.own(ctx)
    row = entry.peer
    for _flag, words in entry.flags:
        st.info(ui.safe(ui.say(words)))
    if row["profile_agreed_on"]:
        st.caption(
            ui.safe(_(N_("Agreed on {day}. A council may read it."), day=ui.day(row["profile_agreed_on"])))
        )
    key = f"own-profile:{row['_change']}"
    filling = ui.form(Mentors, PROFILE, key, values=row)
    ui.act(
        _(N_("Yes, this is right")),
        key,
        lambda ctx, op: peers.review_own(ctx, op, row, filling.changes(row)),
        N_("Saved, as agreed with you today."),
    )
    _charter(ctx, row)


def _charter(ctx: Context, row: Row) -> None:
    rules = peers.terms(ctx)
    st.subheader(_(N_("Charter and terms")), anchor=False)
    ui.text(rules.charter.said(ctx.language))
    if row["charter_version"] == rules.charter_version:
        words = N_("You accepted the version of {version} on {day}.")
        st.caption(ui.safe(_(words, version=rules.charter_version, day=ui.day(row["charter_on"]))))
        return
    ui.act(
        _(N_("I accept the charter and terms")),
        "charter",
        lambda ctx, op: peers.accept(ctx, op),
        N_("Accepted. Thank you."),
        kind="secondary",
    )


def show_needs(ctx: Context) -> None:
    """Whom we ring, what I eat, how I get about: for the project's own staff alone."""
    if not projects.listed(ctx):
        ui.empty(
            _(N_("We ask this once you are chosen for a project.")), _(N_("Nothing of it is kept before."))
        )
        return
    st.caption(_(N_("Sealed. Only the manager and the support officer of your project open it.")))
    key = "own-needs"
    filling = ui.form(Mentors, needs.FIELDS, key, values=needs.own(ctx), titles=NEEDS)
    ui.act(
        _(N_("Save what I need")),
        key,
        lambda ctx, op: needs.write(ctx, op, filling.values()),
        N_("Saved and sealed."),
    )
