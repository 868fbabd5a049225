"""The buyer's ten success factors on one page, with what the records say of each (D26)."""

from pages import ui
from pages.ui import _
from schemas.words import N_
from services import success

ctx = ui.visit("success.see")
ui.title(
    _(N_("Success factors")),
    _(N_("What the buyer looks at to tell whether the trial works, and what the records say today.")),
)
for factor in success.of(ctx):
    says = [ui.say(each) for each in factor.says] or [_(N_("The records say nothing of this."))]
    with ui.card(f"{factor.term.code}: {factor.term.title.said(ui.language())}", *says):
        pass
