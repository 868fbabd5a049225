"""The charity's own Google spreadsheet: how it stands, and making it ready again (X1, X2)."""

from collections.abc import Sequence

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import text
from schemas.errors import OurError
from schemas.words import N_, Message
from services import spreadsheet
from services.spreadsheet import State, Step

ABOUT = (text(N_("What"), name="what"), text(N_("How it is"), name="how"))
STEPS = (text(N_("Result"), name="result"), text(N_("Step"), name="step"))
KEPT = "spreadsheet:steps"

ctx = ui.visit("workbook.setup")


def how_it_stands(state: State) -> None:
    """What it is called, who may open it, and whether everything is as it should be."""
    named = {
        N_("Title"): state.title,
        N_("Dates"): dates(state),
        N_("Tabs"): tabs(state),
        N_("Protected ranges"): str(state.protected),
        N_("Test of safe saving"): proof(state),
    }
    ui.print_view([{"what": _(what), "how": how} for what, how in named.items()], ABOUT)
    st.link_button(_(N_("Open it in Google Sheets")), state.address, icon=":material/open_in_new:")
    if state.account:
        ui.text(_(N_("It must be shared with this address, as Editor, and with nobody who need not see it:")))
        st.code(state.account, language=None)


def dates(state: State) -> str:
    """How it reads a date that somebody types."""
    if state.is_british:
        return _(N_("the British way: 3/4/2026 is 3 April"))
    return _(N_("as in {locale}, {zone}. Make it ready again."), locale=state.locale, zone=state.zone)


def tabs(state: State) -> str:
    """How many of ours are there, and which are gone."""
    there = _(N_("{number} there"), number=len(state.tabs))
    if not state.missing:
        return there
    return _(
        N_("{there}; deleted by hand: {gone}. Take them back with File, Version history."),
        there=there,
        gone=", ".join(state.missing),
    )


def proof(state: State) -> str:
    """When it was last tried that no save can overwrite another."""
    if state.proved is None:
        return _(N_("not tried yet. Make it ready again."))
    when = ui.moment(state.proved)
    if state.holds:
        return _(N_("passed on {when}"), when=when)
    return _(N_("failed on {when}: run Mentor Desk as one server process only"), when=when)


def told(steps: Sequence[Step]) -> Message:
    """Keep what was done for the list below the button."""
    st.session_state[KEPT] = steps
    if all(step.holds for step in steps):
        return Message(N_("The spreadsheet is ready."))
    return Message(N_("Made ready, but look at what is marked below."))


def show_steps(steps: Sequence[Step]) -> None:
    """Each step with its result; what needs a person comes first."""
    marked = sorted(steps, key=lambda step: step.holds)
    words = {True: _(N_("done")), False: _(N_("look at this"))}
    rows = [{"result": words[step.holds], "step": ui.say(step.words)} for step in marked]
    ui.print_view(rows, STEPS)


ui.title(_(N_("Spreadsheet")), _(N_("The charity’s own Google spreadsheet, where the registers are kept.")))
try:
    state = spreadsheet.state(ctx)
    if state is None:
        ui.empty(
            ui.say(spreadsheet.engine(ctx)),
            _(
                N_(
                    "To keep the registers in a Google spreadsheet instead, set one up as docs/google-sheets.md says, "
                    "then take everything there with “make move”."
                )
            ),
        )
    else:
        how_it_stands(state)
except OurError as error:
    ui.show_error(error)
if spreadsheet.sheets_of(ctx.workbook.store) is not None:
    ui.act(
        _(N_("Make ready again")),
        "ready",
        lambda ctx, op: spreadsheet.make_ready_again(ctx),
        told,
        icon=":material/construction:",
        help=_(N_("Takes about a minute. Nothing that is yours is touched.")),
    )
    if KEPT in st.session_state:
        show_steps(st.session_state[KEPT])
