"""Everybody asked about a request: their answer, put forward, chosen, told, released, withdrawn (L3, L5)."""

from collections.abc import Iterator
from datetime import date

import streamlit as st

from pages import ui
from pages.peers.parts import letters
from pages.programme.parts import drawers
from pages.ui import _
from schemas.column import Row
from schemas.peers import Enquiries, EnquiryStatus
from schemas.words import N_
from services import access, enquiries, placements
from services.context import Context
from services.placements import Asked, Request

TONES = {
    EnquiryStatus.CHOSEN: ui.DONE,
    EnquiryStatus.WILLING: ui.TODAY,
    EnquiryStatus.PUT_FORWARD: ui.TODAY,
}
ANSWER = ("is_interested", "is_available", "busy_from_on", "busy_to_on", "conflict")
WORDS_OF_DAYS = (
    ("group_asked_on", N_("group office asked {day}")),
    ("asked_on", N_("asked {day}")),
    ("answered_on", N_("answered {day}")),
    ("put_forward_on", N_("put forward {day}")),
    ("decided_on", N_("council decided {day}")),
    ("told_on", N_("told {day}")),
    ("released_on", N_("released {day}")),
    ("withdrawn_on", N_("withdrew {day}")),
)


def show(ctx: Context, request: Request) -> None:
    """A card for each, and below what is done for several at once."""
    if not request.asked:
        ui.empty(_(N_("Nobody has been asked yet.")), _(N_("Tick peers in the search below.")))
    for each in request.asked:
        _card(ctx, request, each)
    if access.may(ctx, "placements.edit"):
        _together(ctx, request)


def _card(ctx: Context, request: Request, each: Asked) -> None:
    row = each.enquiry
    about = " · ".join(filter(None, (each.peer["post"], each.council, each.peer["political_group"])))
    days = ", ".join(
        _(words, day=ui.short(row[name])) for name, words in WORDS_OF_DAYS if isinstance(row[name], date)
    )
    said = (about, days, *_remarks(row))
    tone = TONES.get(row["status"], ui.LATER)
    with ui.card(each.peer["name"], *said, badge_words=ui.say(row["status"]), tone=tone, key=row.id):
        if access.may(ctx, "placements.edit"):
            _buttons(ctx, request, each)


def _remarks(row: Row) -> Iterator[str]:
    """When they can't, and what they declared."""
    if row["busy_from_on"]:
        words = N_("Not available from {first} to {last}.")
        last = row["busy_to_on"] or row["busy_from_on"]
        yield _(words, first=ui.day(row["busy_from_on"]), last=ui.day(last))
    if row["conflict"]:
        yield _(N_("Declared: {words}"), words=row["conflict"])
        yield row["conflict_settled"] or _(N_("Nothing decided about it yet."))


def _buttons(ctx: Context, request: Request, each: Asked) -> None:
    row, status = each.enquiry, each.enquiry["status"]
    with st.container(horizontal=True, width="content"):
        letters.offer(ctx, f"enquiry:{row.id}", lambda language: letters.enquiry(ctx, request, row, language))
        if status == EnquiryStatus.WITH_GROUP:
            ui.act(
                _(N_("The group office passed it on")),
                f"passed:{row.id}",
                lambda ctx, op: enquiries.passed_on(ctx, op, row),
                N_("Noted. The peer can answer on their own page."),
                kind="secondary",
            )
        if status in enquiries.WAITING or status in {EnquiryStatus.WILLING, EnquiryStatus.NOT_WILLING}:
            drawers.opens(_(N_("Note the answer")), f"answer:{row.id}", lambda: answer(ctx, each))
        if row["conflict"] and not row["conflict_settled"]:
            drawers.opens(_(N_("Decide about the conflict")), f"settle:{row.id}", lambda: _settle(each))
        if status == EnquiryStatus.CHOSEN and each.needs_release and row["released_on"] is None:
            drawers.opens(_(N_("Employer’s release")), f"release:{row.id}", lambda: _release(ctx, each))
        if status in {EnquiryStatus.WILLING, EnquiryStatus.PUT_FORWARD, EnquiryStatus.CHOSEN}:
            drawers.opens(_(N_("They withdraw")), f"withdraw:{row.id}", lambda: withdraw(ctx, each.enquiry))


def answer(ctx: Context, each: Asked) -> None:
    """The peer's answer, noted for them."""
    row = each.enquiry
    key = f"answer:{row.id}:{row['_change']}"
    filling = ui.form(Enquiries, ANSWER, key, values=row)
    ui.act(
        _(N_("Save the answer")),
        key,
        lambda ctx, op: enquiries.answer(ctx, op, row, filling.values()),
        N_("Noted."),
    )


def _settle(each: Asked) -> None:
    row = each.enquiry
    key = f"settle:{row.id}:{row['_change']}"
    ui.text(row["conflict"])
    filling = ui.form(Enquiries, ("conflict_settled",), key, values=row)
    ui.act(
        _(N_("Save")),
        key,
        lambda ctx, op: enquiries.settle(ctx, op, row, filling.values()["conflict_settled"] or ""),
        N_("Saved."),
    )


def _release(ctx: Context, each: Asked) -> None:
    row = each.enquiry
    key = f"release:{row.id}:{row['_change']}"
    st.caption(_(N_("The employer releases them for this project and goes on paying their salary.")))
    filling = ui.form(Enquiries, ("released_on",), key, values={"released_on": ctx.today})
    ui.act(
        _(N_("Record it")),
        key,
        lambda ctx, op: enquiries.release(ctx, op, row, filling.values()["released_on"] or ctx.today),
        N_("Recorded."),
    )


def withdraw(ctx: Context, row: Row) -> None:
    """A peer can't keep to it."""
    key = f"withdraw:{row.id}:{row['_change']}"
    st.caption(_(N_("The search opens again; what you write helps it.")))
    filling = ui.form(Enquiries, ("withdrawn_on", "withdrawal"), key, values={"withdrawn_on": ctx.today})

    def save(ctx: Context, op: str) -> object:
        typed = filling.values()
        on, why = typed["withdrawn_on"] or ctx.today, typed["withdrawal"] or ""
        return enquiries.withdraw(ctx, op, row, on, why)

    ui.act(_(N_("Withdraw")), key, save, N_("Noted. The search is open again."))


# --- several at once ----------------------------------------------------------------------------------------


def _together(ctx: Context, request: Request) -> None:
    willing = [*request.at(EnquiryStatus.WILLING)]
    if placements.is_short(request):
        willing += request.at(EnquiryStatus.NOT_CHOSEN)
    forward = request.at(EnquiryStatus.PUT_FORWARD)
    untold = [each.enquiry.id for each in request.at(*enquiries.UNTOLD) if each.enquiry["told_on"] is None]
    id_ = request.row.id
    with st.container(horizontal=True):
        if willing:
            ids = [each.enquiry.id for each in willing]
            words = N_("Put {count} peer forward"), N_("Put {count} peers forward")
            ui.act(
                _(*words, len(ids)),
                f"forward:{id_}",
                lambda ctx, op: enquiries.put_forward(ctx, op, id_, ids),
                N_("Put forward. Send the council their profiles."),
            )
        if request.at(*placements.SEEN_BY_COUNCIL):
            letters.offer(
                ctx,
                f"profiles:{id_}",
                lambda language: letters.profiles(ctx, id_, language),
                label=_(N_("Profiles for the council")),
            )
        if forward:
            drawers.opens(
                _(N_("The council’s choice")), f"choice:{id_}", lambda: _choice(ctx, request), kind="primary"
            )
        if untold:
            words = N_("{count} peer was told"), N_("{count} peers were told")
            ui.act(
                _(*words, len(untold)),
                f"told:{id_}",
                lambda ctx, op: enquiries.told(ctx, op, untold, ctx.today),
                N_("Noted."),
                kind="secondary",
            )


def _choice(ctx: Context, request: Request) -> None:
    forward = request.at(EnquiryStatus.PUT_FORWARD)
    key = f"choice:{request.row.id}"
    st.caption(_(N_("Tick whom the council chose. The others are not chosen, and are told too.")))
    for each in forward:
        st.checkbox(ui.safe(each.peer["name"]), key=f"{key}:{each.enquiry.id}")
    filling = ui.form(Enquiries, ("decided_on",), key, values={"decided_on": ctx.today})

    def save(ctx: Context, op: str) -> object:
        picked = [each.enquiry.id for each in forward if st.session_state.get(f"{key}:{each.enquiry.id}")]
        on = filling.values()["decided_on"] or ctx.today
        return enquiries.decide_choice(ctx, op, request.row.id, picked, on)

    ui.act(_(N_("Record the choice")), key, save, N_("Recorded. Tell everybody, the others too."))
