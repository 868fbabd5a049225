"""The shortlist of peers with its reasons, and asking several of them (L3)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.peers import Projects
from schemas.words import N_
from services import enquiries, peer_search, projects
from services.context import Context
from services.peer_search import Suggestion
from services.placements import Request
from services.projects import Project

SHOWN = 12
TYPED = (
    "name",
    "kind",
    "manager",
    "support_officer",
    "starts_on",
    "ends_on",
    "days",
    "hotel",
    "is_public",
    "public_agreed_by",
    "needs_insurance",
)


def show(ctx: Context, request: Request) -> None:
    """Peers in order, each with reasons; tick several and ask them; those who can't be asked come last."""
    found = peer_search.shortlist(ctx, request.row.id)
    free = [each for each in found if not each.blocked_by]
    blocked = [each for each in found if each.blocked_by]
    st.caption(_(N_("The list advises. Every point stands beside its reason.")))
    if not free:
        ui.empty(
            _(N_("Nobody in the database can be asked just now.")),
            _(N_("Look below for what stands in the way, or widen what is looked for.")),
        )
    for place, each in enumerate(free[:SHOWN], start=1):
        _suggestion(request, each, place)
    if free:
        _ask(ctx, request, free[:SHOWN])
    if blocked:
        words = N_("{count} peer can't be asked now"), N_("{count} peers can't be asked now")
        with st.expander(_(*words, len(blocked)), icon=":material/block:"):
            for each in blocked[: 4 * SHOWN]:
                ui.lines(each.peer["name"], *(ui.say(reason.words) for reason in each.blocked_by))


def _suggestion(request: Request, each: Suggestion, place: int) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            words = _(N_("{place}. · {points} points"), place=place, points=each.points)
            ui.badge(words, ui.DONE if place == 1 else ui.LATER)
            ui.link(each.peer["name"], "peer", id=each.peer.id)
            st.checkbox(_(N_("Ask")), key=_tick(request, each))
        about = ", ".join(filter(None, (each.peer["post"], each.council)))
        reasons = (_reason(ui.say(one.words), one.points, one.out_of) for one in each.reasons)
        ui.text("\n".join(filter(None, (about, *reasons))))


def _reason(words: str, points: int, out_of: int) -> str:
    if not out_of:
        return words
    return _(N_("{words} ({points} of {out_of})"), words=words, points=points, out_of=out_of)


def _tick(request: Request, each: Suggestion) -> str:
    return f"ask:{request.row.id}:{each.peer.id}"


def _ask(ctx: Context, request: Request, found: list[Suggestion]) -> None:
    ticked = [each.peer.id for each in found if st.session_state.get(_tick(request, each))]
    words = N_("Ask {count} peer"), N_("Ask {count} peers")
    ui.act(
        _(*words, len(ticked)) if ticked else _(N_("Ask them")),
        f"ask:{request.row.id}",
        lambda ctx, op: enquiries.ask(ctx, op, request.row.id, ticked),
        N_("Noted. Send them the e-mail; a member’s group office gets it first."),
        disabled=not ticked,
    )


def staff(ctx: Context, project: Project | None = None) -> dict[str, dict[str, str]]:
    """Whom to choose as manager and support officer: our staff, and whoever is named already."""
    who = projects.staff(ctx)
    if project is None:
        return dict.fromkeys(projects.STAFF, who)
    named = {"manager": project.manager, "support_officer": project.officer}
    return {name: {project.row[name] or "": named[name]} | who for name in projects.STAFF}


def open_project(ctx: Context, request: Request) -> None:
    """Set up the project of a request, with what the request says."""
    key, row = f"open-project:{request.row.id}", request.row
    first = {
        "kind": row["project_kind"],
        "starts_on": row["from_on"],
        "ends_on": row["to_on"],
        "days": row["days"],
        "support_officer": ctx.actor.id,
        "name": f"{request.council['name']}: {row['project_kind'] or ''}",
    }
    filling = ui.form(Projects, TYPED, key, values=first, options=staff(ctx))
    ui.act(
        _(N_("Set up the project")),
        key,
        lambda ctx, op: projects.open_for(ctx, op, row.id, filling.values()),
        N_("Set up. Issue the purchase orders next."),
    )
