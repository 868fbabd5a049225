"""A peer's own expenses, for the phone: written down with a photo, seen as they will be paid back, sent (L6, X13)."""

from decimal import Decimal
from typing import Any

import streamlit as st

from pages import ui
from pages.peers.parts import expense_lines
from pages.programme.parts import scan, shown
from pages.ui import _
from schemas.column import Row
from schemas.errors import InvalidEntry
from schemas.expenses import Expenses, ExpenseStatus
from schemas.words import N_, Message, message
from services import expense_claims, expenses
from services.context import Context
from services.expense_claims import Claim, Line
from services.store.interface import Receipt

ORDER = ("spent_on", "what", "pounds", "miles", "nights", "is_london", "saves", "project")
HELPS = {
    "what": N_("Where from and to, or what it was"),
    "nights": N_("How many nights away; blank where it was none"),
    "project": N_("Blank for training and briefings"),
}

ctx = ui.visit("expenses.claim")


def entry(row: Row | None) -> None:
    """The form: the kind first, then only what that kind asks; what is paid back is said before it is saved."""
    key = f"claim:{row.id}:{row['_change']}" if row else "claim"
    first: dict[str, Any] = dict(row) if row else {"spent_on": ctx.today}
    top = ui.form(Expenses, ("kind",), key, values=first)
    kind = expense_claims.kind_of(ctx, top.text("kind"))
    if kind is None:
        return
    if kind.note:
        st.caption(ui.safe(kind.note.said(ctx.language)))
    asked = expenses.fields(ctx, kind.en)
    rest = ui.form(
        Expenses,
        [name for name in ORDER if name in asked],
        key,
        values=first,
        helps=HELPS,
        live=("pounds", "miles"),
    )
    photo = ui.Filling(Expenses, (), key).widget("photo")
    if not kind.is_mileage:
        photo_field(key, photo, is_newer=bool(row and row["receipt"]))
    comes_to(top, rest, row, has_photo=bool(st.session_state.get(photo)))
    save_button(key, top, rest, photo, row)


def photo_field(key: str, photo: str, *, is_newer: bool) -> None:
    """A photo from the telephone's camera, or a file; what is wrong with it is said beside it."""
    label = _(N_("A newer receipt")) if is_newer else _(N_("Photo or PDF of the receipt"))
    scan.field(label, key, photo, "receipt")


def comes_to(top: ui.Filling, rest: ui.Filling, row: Row | None, *, has_photo: bool) -> None:
    """What would be paid back of it, what not, and why, before it is sent."""
    try:
        typed = {**top.values(), **rest.values()}
    except InvalidEntry:
        return
    receipt = "here" if has_photo else (row or {}).get("receipt")
    agreed = {name: (row or {}).get(name) for name in ("approved_before_on",)}
    worth = expense_claims.preview(ctx, {**typed, **agreed, "receipt": receipt}, row.id if row else "")
    if worth is None or not worth.pounds:
        return
    show = st.warning if worth.capped or worth.stops else st.info
    said = (expense_lines.amounts(worth), *map(ui.say, (*worth.why, *worth.stops)))
    show(ui.safe(" ".join(each if each.endswith(".") else f"{each}." for each in said)))


def save_button(key: str, top: ui.Filling, rest: ui.Filling, photo: str, row: Row | None) -> None:
    """Keep it; nothing is sent yet."""

    def save(ctx: Context, op: str) -> Receipt:
        return expenses.save(ctx, op, {**top.values(), **rest.values()}, row, scan.given(photo))

    def clicked() -> None:
        if ui.attempt(key, save, Message(N_("Kept. Send it when all of this trip is here."))) is not None:
            st.query_params.clear()

    with st.container(horizontal=True):
        st.button(_(N_("Keep it")), key=f"{key}:button", type="primary", on_click=clicked)
        if row is not None:
            st.button(
                _(N_("Leave it as it is")),
                key=f"{key}:leave",
                type="tertiary",
                on_click=st.query_params.clear,
            )
    ui.trouble(key)


def card(line: Line) -> None:
    """One item, with what is paid back of it and the step that is mine."""
    row = line.row
    said = (expense_lines.heading(ctx, row), *expense_lines.about(line, is_hers=True))
    with ui.card(
        *said, badge_words=ui.say(row["status"]), tone=expense_lines.tone(row), key=f"line:{row.id}"
    ):
        expense_lines.offer_receipt(ctx, row)
        if row["status"] in expense_claims.OPEN:
            with st.container(horizontal=True):
                ui.button_to(_(N_("Change")), "claims", f"change:{row.id}", id=row.id)
                ui.act(
                    _(N_("Delete it")),
                    f"drop:{row.id}",
                    lambda ctx, op: expenses.drop(ctx, op, row),
                    N_("Deleted."),
                    kind="tertiary",
                    ask=_(N_("Delete this expense and its receipt?")),
                )
        if row["status"] == ExpenseStatus.SUBMITTED:
            ui.act(
                _(N_("Take back")),
                f"back:{row.id}",
                lambda ctx, op: expenses.take_back(ctx, op, row),
                N_("Taken back. You can change it now."),
                kind="tertiary",
            )


def to_send(lines: list[Line]) -> None:
    """The one main button: all that is spent and not sent."""
    rows = [line.row for line in lines]
    pounds = sum((line.worth.payable for line in lines), Decimal())
    ui.act(
        _(
            N_("Send {count} item, {amount}"),
            N_("Send {count} items, {amount}"),
            len(rows),
            amount=ui.money(pounds),
        ),
        "send",
        lambda ctx, op: expenses.submit(ctx, op, rows),
        message(N_("{count} item sent."), N_("{count} items sent."), len(rows)),
    )


def sent(claim: Claim) -> None:
    """A claim that was sent: how each of its items stands, and the form."""
    with st.expander(ui.safe(expense_lines.claim_title(claim))):
        expense_lines.offer_form(ctx, claim)
        for line in claim.lines:
            if line.row["status"] not in expense_claims.OPEN:
                card(line)


def show() -> None:
    """What came back on top, then the form, then what waits to be sent, then the claims."""
    lines = shown.loaded(lambda: expense_claims.mine(ctx))
    asked = next((line for line in lines if line.row.id == st.query_params.get("id", "")), None)
    if asked is not None and asked.row["status"] in expense_claims.OPEN:
        st.subheader(_(N_("Change this expense")), anchor=False)
        entry(asked.row)
        return
    opened = [line for line in lines if line.row["status"] in expense_claims.OPEN]
    for line in opened:
        if line.row["status"] == ExpenseStatus.RETURNED:
            card(line)
    st.subheader(_(N_("Write down an expense")), anchor=False)
    entry(None)
    spent = [line for line in opened if line.row["spent_on"] <= ctx.today]
    if ready := [line for line in spent if expenses.may_be_sent(ctx, line.row)]:
        to_send(ready)
    if left := len(spent) - len(ready):
        words = (
            N_("{count} item is not ready to send: see what it lacks."),
            N_("{count} items are not ready to send: see what they lack."),
        )
        st.caption(_(*words, left))
    for line in opened:
        if line.row["status"] == ExpenseStatus.DRAFT:
            card(line)
    numbers = {line.row["claim"] for line in lines if line.row["claim"]}
    for number in sorted(numbers, reverse=True):
        sent(expense_claims.card(ctx, number))


ui.title(_(N_("My expenses")), _(N_("Keep every receipt: a photo of it is enough. Miles need no receipt.")))
show()
