"""Written advice that waits for its review: read, let it go out, or return it with a reason (S13)."""

import streamlit as st

from pages import ui
from pages.mentor.parts.papers import paper_files
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.words import N_
from schemas.work import Advice, AdviceStatus
from services import access, advice
from services.context import Context

TEXTS = (Advice.background, Advice.suggestions, Advice.elsewhere)
COLUMNS = (
    Advice.title,
    Advice.version,
    Advice.mentee,
    Advice.mentor,
    Advice.status,
    Advice.reviewed_on,
)
WIDTHS = {"title": 190, "version": 60, "mentee": 150, "mentor": 115, "status": 75, "reviewed_on": 115}
SEARCHED = (Advice.title, Advice.mentee, Advice.mentor)
STATES = (AdviceStatus.IN_REVIEW, AdviceStatus.RETURNED, AdviceStatus.SENT, AdviceStatus.SUPERSEDED)


def show_piece(ctx: Context, row: Row) -> None:
    """One version: its words, what its author confirmed, and the paper itself."""
    group, mentor = (ui.cell_words(column, row[column.name]) for column in SEARCHED[1:])
    about = _(N_("{group} · version {version}"), group=group, version=row["version"])
    with st.container(border=True, key=f"piece:{row.id}"):
        show_state(ctx, row)
        ui.lines(row["title"], about, mentor)
        for column in TEXTS:
            if row[column.name]:
                st.caption(ui.safe(ui.say(column.title)))
                ui.text(row[column.name])
        show_boundary(row)
        if row["reason"]:
            st.caption(ui.safe(ui.say(Advice.reason.title)))
            ui.text(row["reason"])
        if row["status"] == AdviceStatus.IN_REVIEW and access.may(ctx, "advice.review"):
            show_answers(row)
        paper_files(row.id, lambda code: advice.document(ctx, row.id, code), f"written-advice-{row.id}.docx")
        ui.row_history(Advice, row)


def show_state(ctx: Context, row: Row) -> None:
    """The day by which it should be reviewed, or how it stands."""
    if row["status"] == AdviceStatus.IN_REVIEW:
        ui.due_badge(advice.due_on(ctx, row), ctx.today)
    else:
        ui.badge(ui.say(row["status"]))


def show_boundary(row: Row) -> None:
    """Each excluded kind, and whether the author confirmed that it is not in there."""
    st.caption(_(N_("What the author confirmed")))
    for name, words in advice.BOUNDARY.items():
        if row[name]:
            st.markdown(f":material/check: {ui.safe(_(words))}")
        else:
            unsaid = _(N_("Not confirmed: {what}"), what=_(words))
            st.markdown(f":red[:material/close: {ui.safe(unsaid)}]")


def show_answers(row: Row) -> None:
    """Let it go out, or return it."""
    with st.container(horizontal=True):
        ui.act(
            _(N_("Let it go out")),
            f"send:{row.id}",
            lambda ctx, op: advice.review(ctx, op, row, sends=True),
            N_("It may go to the group. The mentor sees it."),
            icon=":material/check:",
        )
        drawers.opens(_(N_("Return with a reason")), f"return:{row.id}", lambda: give_back(row))


def give_back(row: Row) -> None:
    """Why it comes back: outside the role, or what to say otherwise."""
    key = f"return:{row.id}:{row['_change']}"
    ui.lines(row["title"])
    filling = ui.form(Advice, ("reason",), key, titles={"reason": N_("What the mentor should do")})
    ui.act(
        _(N_("Return it")),
        key,
        lambda ctx, op: advice.review(ctx, op, row, sends=False, reason=filling.values()["reason"] or ""),
        N_("Returned to the mentor."),
    )


def show_register(ctx: Context, everything: list[Row]) -> None:
    """Every version, filtered; the chosen one to read."""
    st.subheader(_(N_("Every version")), anchor=False)
    counts = {state: sum(row["status"] == state for row in everything) for state in STATES}
    with st.container(horizontal=True, vertical_alignment="center"):
        status = ui.filters("status", {state: ui.say(state) for state in STATES}, counts)
    with st.container(horizontal=True, vertical_alignment="center"):
        typed = ui.search("advice", _(N_("Title, mentor or group")))
        ui.list_tools("advice-review")
    fitting = [row for row in everything if status in (None, row["status"])]
    rows = ui.found(fitting, typed, SEARCHED)
    if not rows:
        ui.empty(_(N_("No advice fits these filters.")), _(N_("Take a filter away, or search for less.")))
        return
    chosen = ui.table(
        rows, COLUMNS, "advice-review", select="one", alt=_(N_("Written advice, each version")), widths=WIDTHS
    )
    for row in rows:
        if row.id in chosen:
            show_piece(ctx, row)


ctx = ui.visit("advice.see")
ui.title(
    _(N_("Advice to review")),
    _(N_("What mentors want to give a group in writing. Nothing goes out before it has been read here.")),
)
everything = advice.all_advice(ctx)
waiting = advice.waiting(ctx)
asked = st.query_params.get("id", "")
for row in sorted(waiting, key=lambda row: row.id != asked):
    show_piece(ctx, row)
for row in everything:
    if row not in waiting:
        ui.trouble(f"send:{row.id}")  # a colleague was quicker: its card is gone, the reason stays
        if row.id == asked:
            show_piece(ctx, row)
if not waiting:
    ui.empty(
        _(N_("No advice waits for a review.")), _(N_("Mentors' advice shows here as soon as they send it."))
    )
if everything:
    show_register(ctx, everything)
