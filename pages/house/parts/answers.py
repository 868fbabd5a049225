"""The steps of one request, in a drawer: who it is, the bundle, the erasure, the answer (X6)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import Row
from schemas.requests import RequestKind, Requests, RequestStatus
from schemas.words import N_
from services import bundle, certificates, erasure, history, people, requests
from services.context import Context
from services.erasure import Preview
from services.traces import subject


def show(ctx: Context, row: Row) -> None:
    """What is known of the request, and its next step."""
    _facts(ctx, row)
    if row["status"] == RequestStatus.RECEIVED:
        _identity(ctx, row)
    elif row["status"] == RequestStatus.IN_HAND:
        _in_hand(ctx, row)
    elif row["status"] == RequestStatus.PROPOSED:
        _second(ctx, row)
    elif row["kind"] == RequestKind.ERASURE and row["status"] == RequestStatus.ANSWERED:
        _certificate(ctx, row)


def _facts(ctx: Context, row: Row) -> None:
    names = (
        "person",
        "answer_to",
        "received_on",
        "due_on",
        "identity_how",
        "extension_reason",
        "reason",
        "outcome",
    )
    for name in names:
        if row[name]:
            ui.lines(
                ui.say(Requests.columns[name].title),
                history.shown_value(ctx, Requests.columns[name], row[name]),
            )


def _identity(ctx: Context, row: Row) -> None:
    key = f"identity:{row.id}"
    filling = ui.form(
        Requests,
        requests.IDENTITY,
        key,
        values={"identity_on": ctx.today},
        options={"record": subject.choices(ctx)},
    )
    ui.act(
        _(N_("This is the person")),
        key,
        lambda ctx, op: requests.identify(ctx, op, row, filling.values()),
        N_("The request is in hand."),
    )
    _refuse(row)


def _in_hand(ctx: Context, row: Row) -> None:
    if row["kind"] == RequestKind.ERASURE:
        _propose(ctx, row)
    else:
        if row["kind"] == RequestKind.ACCESS:
            _bundle(ctx, row)
        _answer(row)
    _extend(row)
    _refuse(row)


def _propose(ctx: Context, row: Row) -> None:
    seen = erasure.preview(ctx, row)
    _preview(seen)
    key = f"propose:{row.id}"
    filling = ui.form(Requests, ("reason",), key)
    ui.act(
        _(N_("Propose the erasure")),
        key,
        lambda ctx, op: erasure.propose(ctx, op, row, filling.text("reason")),
        N_("Proposed. Another Programme Manager has to confirm it."),
        disabled=bool(seen.against),
    )


def _preview(seen: Preview) -> None:
    ui.lines(_(N_("Looked for")), "; ".join(seen.words))
    for part in seen.parts:
        ui.lines(
            ui.say(part.tab),
            _(N_("{emptied} emptied, {named} without the name"), emptied=part.emptied, named=part.named),
        )
    for words in seen.against:
        st.warning(ui.say(words), icon=":material/block:")


def _second(ctx: Context, row: Row) -> None:
    who = history.person_name(ctx, row["proposed_by"])
    ui.lines(_(N_("{who} proposed it on {day}"), who=who, day=ui.day(row["proposed_on"])))
    _preview(erasure.preview(ctx, row))
    if people.is_same_human(ctx, row["proposed_by"], ctx.actor.id):
        st.info(_(N_("Somebody else has to confirm it.")))
    else:
        ui.act(
            _(N_("Erase this person")),
            f"confirm:{row.id}",
            lambda ctx, op: erasure.confirm(ctx, op, row),
            N_("Erased. The certificate is ready."),
            ask=_(
                N_("This can’t be undone: what is erased is nowhere any more, but in copies made earlier.")
            ),
        )
    key = f"back:{row.id}"
    filling = ui.form(Requests, ("reason",), key)
    ui.act(
        _(N_("Send it back")),
        key,
        lambda ctx, op: erasure.send_back(ctx, op, row, filling.text("reason")),
        N_("It is in hand again."),
        kind="secondary",
    )


def _bundle(ctx: Context, row: Row) -> None:
    """Everything about the person, to be read before it is sent."""
    st.caption(_(N_("Read both files before you send them: what somebody wrote of others without a known name is in them.")))  # fmt: skip
    also = st.text_input(_(N_("Further words to take out, split by ;")), key=f"also:{row.id}")
    words = tuple(word.strip() for word in also.split(";") if word.strip())
    password = ui.password(f"bundle:{row.id}")
    for code, label in (
        ("en", N_("Everything about this person, in English")),
        ("cy", N_("The same in Welsh")),
    ):
        if password:
            ui.download(
                _(label),
                lambda code=code: bundle.files(ctx, row, code, password, words),
                f"{row.id}-{code}.zip",
                ui.ZIP,
                key=f"bundle:{code}",
            )


def _certificate(ctx: Context, row: Row) -> None:
    for code, label in (("en", N_("Certificate in English")), ("cy", N_("Certificate in Welsh"))):
        ui.download(
            _(label),
            lambda code=code: certificates.word_file(ctx, row, code),
            f"erasure-{row.id}-{code}.docx",
            ui.WORD,
            key=f"certificate:{code}",
        )


def _answer(row: Row) -> None:
    key = f"answer:{row.id}"
    filling = ui.form(Requests, ("outcome",), key)
    ui.act(
        _(N_("Answered")),
        key,
        lambda ctx, op: requests.answer(ctx, op, row, filling.text("outcome")),
        N_("The request is closed."),
    )


def _extend(row: Row) -> None:
    if row["is_extended"]:
        return
    with st.expander(_(N_("It takes longer"))):
        key = f"extend:{row.id}"
        filling = ui.form(Requests, ("extension_reason",), key)
        ui.act(
            _(N_("Take two more months")),
            key,
            lambda ctx, op: requests.extend(ctx, op, row, filling.text("extension_reason")),
            N_("Two more months. Tell the person why, within the first month."),
            kind="secondary",
        )


def _refuse(row: Row) -> None:
    with st.expander(_(N_("Refuse it"))):
        key = f"refuse:{row.id}"
        filling = ui.form(Requests, ("outcome",), key)
        ui.act(
            _(N_("Refuse the request")),
            key,
            lambda ctx, op: requests.answer(ctx, op, row, filling.text("outcome"), refuse=True),
            N_("Refused. Tell the person why, and that they may complain to the Information Commissioner."),
            kind="secondary",
        )
