"""Written advice: inside the role's boundary, reviewed before it goes out, version by version (S13)."""

import streamlit as st

from pages import ui
from pages.mentor.parts.papers import paper_files
from pages.ui import _
from schemas.column import Row
from schemas.words import N_, Message
from schemas.work import Advice, AdviceStatus
from services import advice, record_choices, work
from services.context import Context
from services.store.interface import Receipt

ctx = ui.visit("advice.write")
TEXTS = ("assignment", "title", "background", "suggestions", "elsewhere")
OUTSIDE = {
    "not_legal": N_("Outside the role: leases, contracts, liability, what a group's constitution must say."),
    "not_technical": N_(
        "Outside the role: specifying a system, sizing an installation, signing off a design."
    ),
    "not_financial": N_(
        "Outside the role: what to buy, borrow or invest, and forecasts others will rely on."
    ),
    "not_planning": N_("Outside the role: whether permission is needed, or how to get it."),
    "not_their_work": N_(
        "Help them draft it, by all means; the application, plan or event stays theirs to do."
    ),
}
WAITS = {
    AdviceStatus.DRAFT: N_("waiting for you to send it"),
    AdviceStatus.IN_REVIEW: N_("waiting for your Facilitator"),
    AdviceStatus.RETURNED: N_("waiting for you to mend it"),
    AdviceStatus.SENT: N_("may go to the group"),
    AdviceStatus.SUPERSEDED: N_("replaced by a later version"),
}
TONES = {AdviceStatus.RETURNED: ui.LATE, AdviceStatus.SENT: ui.DONE}


def write(shown: Row | None) -> None:
    """The advice and the five confirmations, each on its own."""
    key = f"advice:{shown.id if shown else 'new'}"
    groups = record_choices.groups_of(ctx)
    first = dict(shown) if shown else {"assignment": next((row.id for row in groups), None)}
    if shown and shown["reason"]:
        ui.badge(_(N_("Why it came back")), ui.LATE)
        ui.text(shown["reason"])
    words, boundary = st.container(), st.container(border=True)
    with boundary:
        st.subheader(_(N_("Is it inside your role?")), anchor=False)
        st.caption(
            _(N_("If one of these is not so, leave that part out and say where to get professional advice."))
        )
        places = {name: st.container() for name in advice.BOUNDARY}
    typed = ui.form(
        Advice,
        [*TEXTS, *advice.BOUNDARY],
        key,
        values=first,
        options={"assignment": {row.id: work.name_of(ctx, row) for row in groups}},
        titles={**advice.BOUNDARY, "assignment": N_("Group")},
        keep=True,
        into=dict.fromkeys(TEXTS, words) | places,
    )
    for name, place in places.items():
        place.caption(ui.safe(_(OUTSIDE[name])))
    saving(typed, shown)


def saving(typed: ui.Filling, shown: Row | None) -> None:
    """Keep it, or hand it to the Facilitator."""

    def save(ctx: Context, op: str, *, send: bool) -> Receipt:
        return advice.save(ctx, op, typed.values(), shown, send=send)

    kept = (typed.key, lambda ctx, op: save(ctx, op, send=False), Message(N_("Draft saved.")))
    sent = (typed.key, lambda ctx, op: save(ctx, op, send=True), Message(N_("Sent to your Facilitator.")))
    with st.container(horizontal=True):
        st.button(_(N_("Save draft")), key=f"{typed.key}:draft:button", on_click=leave, args=kept)
        st.button(
            _(N_("Send for review")), key=f"{typed.key}:send", type="primary", on_click=leave, args=sent
        )
    ui.trouble(typed.key)


def leave(key: str, action: object, words: Message) -> None:
    """Save; then back to the list."""
    if ui.attempt(key, action, words) is not None:
        st.query_params.clear()


def piece(row: Row) -> None:
    """One version: how it stands, and what can be done with it."""
    about = _(
        N_("{group} · version {version}"),
        group=ui.cell_words(Advice.mentee, row["mentee"]),
        version=row["version"],
    )
    with st.container(border=True, key=f"advice:{row.id}:card"):
        ui.badge(ui.say(row["status"]), TONES.get(row["status"], ui.LATER))
        ui.lines(row["title"], about, _(WAITS[row["status"]]))
        if row["status"] == AdviceStatus.RETURNED and row["reason"]:
            ui.text(row["reason"])
        with st.container(horizontal=True):
            deeds(row)
        paper_files(row.id, lambda code: advice.document(ctx, row.id, code), f"written-advice-{row.id}.docx")


def deeds(row: Row) -> None:
    """Mend it, or begin its next version."""
    if row["status"] in advice.OPEN:
        words = _(N_("Mend")) if row["status"] == AdviceStatus.RETURNED else _(N_("Change"))
        ui.button_to(words, "advice", f"open:{row.id}", id=row.id)
    if row["status"] == AdviceStatus.SENT:
        ui.act(
            _(N_("Begin a new version")),
            f"version:{row.id}",
            lambda ctx, op: advice.new_version(ctx, op, row),
            Message(N_("The next version is a draft now.")),
            kind="secondary",
        )


def everything() -> None:
    """Every version, the newest first."""
    own = advice.all_advice(ctx)
    if record_choices.groups_of(ctx):
        ui.button_to(_(N_("Write advice")), "advice", "new", new="yes")
    if not own:
        ui.empty(
            _(N_("You have written no advice.")),
            _(N_("Whatever you give a group in writing is made here, from the programme's template.")),
        )
    for row in own:
        piece(row)


ui.title(
    _(N_("Written advice")), _(N_("Anything you give a group in writing. Your Facilitator reads it first."))
)
asked = st.query_params.get("id", "")
found = next(
    (row for row in advice.all_advice(ctx) if row.id == asked and row["status"] in advice.OPEN), None
)
if found is not None or st.query_params.get("new"):
    write(found)
    ui.link(_(N_("All my advice")), "advice")
else:
    everything()
