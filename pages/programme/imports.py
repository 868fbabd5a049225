"""A charity's own files brought in: choose, say where the columns go, look, bring in, take back (X9)."""

from dataclasses import dataclass

import streamlit as st

from pages import ui
from pages.ui import _, previews
from schemas.errors import OurError
from schemas.people import ImportStatus
from schemas.words import N_, Message, message
from services.context import Context
from services.imports import bring, earlier, mapping, preview
from services.imports.bring import ALL_OR_NOTHING, GOOD, Imported
from services.imports.earlier import Earlier
from services.imports.files import Upload
from services.imports.plan import RowStatus
from services.imports.preview import Preview
from services.programmes import Recipe

RESULT = "imports:result"
LOOKED = "imports:looked"
TURN = "imports:turn"
PAGES = {"Mentors": "pool", "Mentees": "groups", "Timesheets": "approvals"}
EXISTING = {
    "add": N_("Call the row wrong"),
    "update": N_("Change what is there"),
    "skip": N_("Leave the row out"),
}
ONLY = {GOOD: N_("Bring in the good rows"), ALL_OR_NOTHING: N_("Nothing unless all are right")}

ctx = ui.visit("imports.bring")


@dataclass(frozen=True)
class Done:
    """The import just made, with its preview for the file of rejected rows."""

    imported: Imported
    looked: Preview


def chosen_recipe(upload: Upload) -> Recipe | None:
    """What the file is, as its headings suggest; the person may know better."""
    recipes = {recipe.code: recipe for recipe in ctx.programme.imports}
    best = mapping.best(ctx.programme, upload.columns)
    code = st.selectbox(
        _(N_("What the file holds")),
        list(recipes),
        index=list(recipes).index(best.code) if best else None,
        format_func=lambda code: recipes[code].title.said(ctx.language),
        placeholder=_(N_("Choose")),
        key=f"imports:recipe:{upload.digest[:12]}",
        width=420,
    )
    return recipes[code] if code else None


def looked_at(upload: Upload, recipe: Recipe) -> Preview | None:
    """The preview, made again only when the file, the choices or the workbook have changed."""
    to = previews.columns(upload, recipe)
    existing = st.radio(
        _(N_("If a record is there already and says something else")),
        list(EXISTING),
        format_func=lambda value: _(EXISTING[value]),
        horizontal=True,
        key="imports:existing",
    )
    versions = (ctx.workbook.table(tab).version for tab in preview.registers_of(recipe))
    key = (upload.digest, recipe.code, tuple(to.items()), existing, *versions)
    kept = st.session_state.get(LOOKED)
    if kept is None or kept[0] != key:
        try:
            kept = (key, preview.preview(ctx, recipe, upload, to, existing))
        except OurError as error:
            ui.show_error(error)
            return None
        st.session_state[LOOKED] = kept
    return kept[1]


def bring_in(looked: Preview) -> None:
    """The one primary button; nothing to bring in is said, not a greyed riddle."""
    count = looked.counts[RowStatus.NEW] + looked.counts[RowStatus.CHANGED]
    only = GOOD
    if looked.wrong:
        only = st.radio(
            _(N_("With wrong rows in the file")),
            list(ONLY),
            format_func=lambda value: _(ONLY[value]),
            horizontal=True,
            key="imports:only",
        )
    if not count:
        st.info(_(N_("There is nothing new in this file, so there is nothing to bring in.")))
        return

    def brought(ctx: Context, op: str) -> Imported:
        imported = bring.bring(ctx, op, looked, only)
        st.session_state[RESULT] = Done(imported, looked)
        st.session_state[TURN] += 1
        return imported

    ui.act(
        _(N_("Bring in {count} row"), N_("Bring in {count} rows"), count),
        "imports:bring",
        brought,
        lambda done: message(N_("{count} row came in."), N_("{count} rows came in."), done.rows_in),
    )


def show_result(done: Done) -> None:
    """What came of it, the rejected rows as a file, the way to the register."""
    imported, recipe = done.imported, done.looked.order.recipe
    with st.container(border=True):
        ui.lines(
            _(N_("{count} row came in"), N_("{count} rows came in"), imported.rows_in),
            _(N_("Already there: {rows}"), rows=imported.rows_same) if imported.rows_same else "",
            _(N_("Wrong, and left out: {rows}"), rows=imported.rows_wrong) if imported.rows_wrong else "",
        )
        with st.container(horizontal=True):
            if imported.rows_wrong:
                previews.rejected(done.looked, "after")
            for tab in dict.fromkeys(making.register for making in recipe.makes if making.register in PAGES):
                ui.button_to(_(N_("Look at: {register}"), register=Message(tab)), PAGES[tab], f"see:{tab}")


def show_earlier(each: Earlier) -> None:
    """One earlier import, with its undo while it is one's own and stands."""
    row = each.row
    badge = (ui.say(row["status"] or ""), ui.LATER if row["status"] == ImportStatus.UNDONE else ui.DONE)
    rows_words = _(
        N_("{recipe}: {rows_in} in, {rows_wrong} wrong"),
        recipe=each.recipe,
        rows_in=row["rows_in"] or "0",
        rows_wrong=row["rows_wrong"] or "0",
    )
    with ui.card(
        row["file_name"], rows_words, f"{each.who}, {ui.moment(each.at)}", badge_words=badge[0], tone=badge[1]
    ):
        if each.may_undo:
            ui.act(
                _(N_("Take back")),
                f"imports:undo:{row.id}",
                lambda ctx, op: bring.undo(ctx, op, row.id),
                N_("The import is taken back."),
                kind="secondary",
                ask=_(N_("Rows it made are archived, cells it changed are as before.")),
            )


ui.title(
    _(N_("Bring in a file")),
    _(
        N_(
            "Choose a file, look at what it would do, then bring it in. Nothing is written before the last button."
        )
    ),
)
turn = st.session_state.setdefault(TURN, 0)
upload = previews.file(f"imports:file:{turn}", _(N_("Your file: CSV or Excel, with a heading row")))
if upload is not None:
    st.session_state.pop(RESULT, None)
if (done := st.session_state.get(RESULT)) is not None:
    show_result(done)
if upload is not None and (recipe := chosen_recipe(upload)) is not None:
    if preview.came_before(ctx, upload):
        st.info(_(N_("This very file came in before. A second time changes nothing.")))
    if (looked := looked_at(upload, recipe)) is not None:
        previews.show(looked)
        bring_in(looked)
st.subheader(_(N_("Brought in so far")), anchor=False)
past = earlier.listed(ctx)
for each in past[:20]:
    show_earlier(each)
if not past:
    ui.empty(
        _(N_("No file has been brought in yet.")),
        _(N_("Begin with the mentor pool: the others build upon it.")),
    )
