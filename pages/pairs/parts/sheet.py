"""A meeting on the screen: writing it down, signing it, correcting what is signed, what stays between two (P5, W3)."""

import streamlit as st

from pages import ui
from pages.pairs.parts import papers
from pages.programme.parts import drawers, scan, shown
from pages.ui import _
from schemas.column import Row
from schemas.words import N_
from schemas.work import Sessions
from services import access, courses, pair_papers, scans, sheets
from services.context import Context

TITLES = {"done": N_("What we did"), "held_on": N_("Date")}
PLAIN = {name: "" for name in ("done", "next_steps", "place")}


def write(ctx: Context, pair: str, row: Row | None = None) -> None:
    """The sheet's fields, in the programme's order."""
    key = f"sheet:{row.id}:{row['_change']}" if row else f"sheet:{pair}"
    names = tuple(name for name in sheets.fields(ctx) if row is None or name != sheets.NOTES)
    first = row or {"held_on": ctx.today}
    # a draft is in its writer's bundle, and what is between two is in none
    is_kept = row is None and sheets.NOTES not in names
    typed = ui.form(Sessions, names, key, values=first, titles=TITLES, helps=PLAIN, keep=is_kept)

    def save(ctx: Context, op: str) -> object:
        return sheets.write(ctx, op, pair, typed.changes(row) if row else typed.values(), row)

    ui.act(_(N_("Save the meeting")), key, save, N_("Saved."))


def card(ctx: Context, row: Row) -> None:
    """One meeting as its reader may see it."""
    about = [_(N_("Next on {day}"), day=ui.day(row["next_on"]))] if row["next_on"] else []
    signed = courses.terms(ctx.programme).is_signed and sheets.is_read_by(ctx)
    badge = {"badge_words": ui.say(sheets.state(ctx, row)), "tone": _tone(row)} if signed else {}
    with ui.card(ui.day(row["held_on"]), *about, **badge):  # type: ignore[arg-type]
        if sheets.is_read_by(ctx):
            drawers.opens(
                _(N_("Open")), f"sheet:{row.id}", lambda: one(ctx, row), heading=ui.day(row["held_on"])
            )


def _tone(row: Row) -> ui.Tone:
    return ui.DONE if sheets.is_signed(row) else ui.TODAY


def one(ctx: Context, row: Row) -> None:
    """One meeting in full, with what its reader may do about it."""
    names = [name for name in sheets.fields(ctx) if name != sheets.NOTES]
    shown.facts(row, [Sessions.columns[name] for name in (*names, "corrections")])
    if row[sheets.SCAN.name]:
        paper(ctx, row)
    if access.may(ctx, sheets.WRITE):
        own(ctx, row)
    if courses.terms(ctx.programme).is_signed:
        papers.word(_(N_("Word")), lambda language: pair_papers.sheet(ctx, row.id, language), row.id)


def own(ctx: Context, row: Row) -> None:
    """What the pair's mentor may do: open the notes, sign, change, or correct what is signed."""
    if row[sheets.NOTES]:
        between(ctx, row)
    if sheets.is_signed(row):
        correct(row)
        return
    if courses.terms(ctx.programme).is_signed:
        sign(ctx, row)
    with st.expander(_(N_("Change it"))):
        write(ctx, row["assignment"], row)


def between(ctx: Context, row: Row) -> None:
    """Notes for the two alone; every opening is logged."""
    if st.button(_(N_("Open our notes")), key=f"notes:{row.id}", icon=":material/lock_open:"):
        ui.text(shown.loaded(lambda: sheets.notes(ctx, row.id)))
        st.caption(_(N_("Noted in the log: you have read this.")))


def sign(ctx: Context, row: Row) -> None:
    """Both sign, together on the screen or on the printed sheet, which is kept with it."""
    key = f"sign:{row.id}:{row['_change']}"
    st.caption(_(N_("Read it through together. Once both have signed, it stays as it is.")))
    typed = ui.form(Sessions, ("signed_how",), key)
    photo = ui.Filling(Sessions, (), key).widget("photo")
    if sheets.is_on_paper(ctx, typed.text("signed_how")):
        scan.field(_(N_("Photo or PDF of the sheet, signed by both")), key, photo, sheets.SCAN.name)
    ui.act(
        _(N_("We both sign")),
        key,
        lambda ctx, op: sheets.sign(
            ctx, op, row, ("mentor", "mentee"), typed.text("signed_how"), scan.given(photo)
        ),
        N_("Signed by both."),
    )


def paper(ctx: Context, row: Row) -> None:
    """The paper that both signed, opened by a tap; every opening is logged."""
    if st.button(_(N_("Open the signed sheet")), key=f"scan:{row.id}", icon=":material/lock_open:"):
        found = shown.loaded(lambda: sheets.scan(ctx, row.id))
        name = scans.file_name("sheet", row.id, found.form)
        scan.show(
            found,
            name,
            _(N_("Photo of the signed sheet")),
            _(N_("Take out the sheet")),
            f"scan:{row.id}:file",
        )
        st.caption(_(N_("Noted in the log: you have read this.")))


def correct(row: Row) -> None:
    """Both signed: a correction stands beside it with its day."""
    key = f"correct:{row.id}:{row['_change']}"
    st.caption(_(N_("Both of you have signed this. A correction stands beside it with its day.")))
    typed = ui.form(
        Sessions, ("corrections",), key, titles={"corrections": N_("What is wrong, and what is right")}
    )
    ui.act(
        _(N_("Add the correction")),
        key,
        lambda ctx, op: sheets.correct(ctx, op, row, typed.text("corrections")),
        N_("Added."),
    )
