"""A project's team: orders, needs, letters, and both views of each peer's part (L7, L8, L10)."""

from decimal import Decimal

import streamlit as st

from pages import ui
from pages.peers.parts import letters
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import text
from schemas.mentors import Mentors
from schemas.peers import MarkBy, Marks, Orders
from schemas.words import N_
from services import access, marks, needs, placement_letters, projects
from services.context import Context
from services.marks import Side
from services.projects import Member, Project

ORDER = ("fee_pounds", "from_on", "to_on", "deliverables")
SIDES = (
    text(N_("Competency"), name="competency"),
    text(N_("The peer"), name="peer"),
    text(N_("The council"), name="council"),
)


def show(ctx: Context, project: Project) -> None:
    """A card for each peer."""
    if not project.team:
        ui.empty(_(N_("Nobody is in the team yet.")), _(N_("The council chooses on the request’s page.")))
    for member in project.team:
        _card(ctx, project, member)


def _card(ctx: Context, project: Project, member: Member) -> None:
    peer, row = member.peer, project.row
    badge = _(N_("something missing")) if member.lacks else _(N_("ready"))
    tone = ui.TODAY if member.lacks else ui.DONE
    about = (peer["post"] or "", *(ui.say(each) for each in member.lacks))
    card = ui.card(peer["name"], *about, badge_words=badge, tone=tone, key=f"team:{peer.id}")
    with card, st.container(horizontal=True, width="content"):
        letters.offer(
            ctx,
            f"team:{row.id}:{peer.id}",
            lambda language: placement_letters.for_team(ctx, row.id, peer.id, language),
        )
        _order(ctx, project, member)
        if needs.is_staff_of(ctx, row):
            drawers.opens_sealed(
                _(N_("What they need")),
                f"needs:{peer.id}",
                lambda: needs.opened(ctx, row.id, peer.id),
                _needs,
            )
        drawers.opens(
            _(N_("Looking back")),
            f"marks:{peer.id}",
            lambda: look_back(ctx, project, peer.id, peer["name"]),
        )


def _needs(opened: dict[str, str]) -> None:
    st.caption(_(N_("Seen by the project’s own staff alone. That you looked is noted.")))
    for name, words in opened.items():
        ui.lines(ui.say(Mentors.columns[name].title), words or _(N_("nothing written down")))


def _order(ctx: Context, project: Project, member: Member) -> None:
    order, row = member.order, project.row
    if order is not None:
        ui.download(
            _(N_("Purchase order {number}"), number=order["number"]),
            lambda: placement_letters.order_file(ctx, order.id, ctx.language),
            f"{order['number']}.docx",
            ui.WORD,
            key=f"order:{order.id}",
        )
    elif member.peer["is_on_payroll"]:
        ui.text(_(N_("On our payroll: no purchase order.")))
    elif access.may(ctx, "orders.issue") and row["status"] in projects.UNDER_WAY:
        heading = _(N_("Issue a purchase order"))
        drawers.opens(heading, f"order:{member.peer.id}", lambda: _issue(ctx, project, member))


def _issue(ctx: Context, project: Project, member: Member) -> None:
    key = f"order:{project.row.id}:{member.peer.id}"
    ui.lines(member.peer["name"], project.row["name"])
    filling = ui.form(Orders, ORDER, key, values=projects.first_order(ctx, project.row))
    ui.act(
        _(N_("Issue it")),
        key,
        lambda ctx, op: projects.issue_order(ctx, op, project.row, member.peer.id, filling.values()),
        N_("Issued. Send it before the project begins."),
    )


# --- looking back -------------------------------------------------------------------------------------------


def look_back(ctx: Context, project: Project, peer: str, name: str) -> None:
    """Both views side by side, and the form for the one that is still missing."""
    side = marks.side_by_side(ctx, project.row.id, peer)
    st.caption(ui.safe(name))
    show_sides(side)
    mine = MarkBy.PEER if ctx.actor.mentor else MarkBy.COUNCIL
    if mine not in side.given_on and project.row["status"] in marks.OVER:
        heading = N_("Your own view") if mine is MarkBy.PEER else N_("What the council says")
        st.subheader(_(heading), anchor=False)
        give(ctx, project.row.id, peer, side)


def show_sides(side: Side) -> None:
    """The five competencies, each with both marks."""
    rows = [
        {
            "_id": line.competency.en,
            "competency": line.competency.cy if ui.language() == "cy" else line.competency.en,
            "peer": _mark(line.by_peer),
            "council": _mark(line.by_council),
        }
        for line in side.lines
    ]
    ui.print_view(rows, SIDES)
    for by, words in side.accounts.items():
        ui.lines(ui.say(by), words)


def _mark(mark: Decimal | None) -> str:
    return f"{mark:f}" if mark is not None else _(N_("not yet"))


def give(ctx: Context, project: str, peer: str, side: Side) -> None:
    """A mark for every competency, one not shown to five fully, and an account of the whole."""
    key = f"marks:{project}:{peer}:{ctx.actor.id}"
    for line in side.lines:
        words = line.competency.cy if ui.language() == "cy" else line.competency.en
        meaning = line.competency.meaning.said(ui.language())
        st.segmented_control(
            ui.safe(words),
            range(1, 6),
            key=f"{key}:{line.competency.en}",
            help=ui.safe(meaning),
            width="stretch",
        )
    filling = ui.form(Marks, ("words",), key)

    def save(ctx: Context, op: str) -> object:
        given = {
            line.competency.en: Decimal(chosen)
            for line in side.lines
            if (chosen := st.session_state.get(f"{key}:{line.competency.en}"))
        }
        return marks.look_back(ctx, op, project, peer, given, filling.values()["words"] or "")

    ui.act(_(N_("Save the marks")), key, save, N_("Saved. Thank you."))
