"""The cases, the latest first; a mentor's own on a phone (D1, D5, 3.6)."""

from pages import ui
from pages.ui import _
from schemas.words import N_
from services import cases

ctx = ui.visit("cases.see")
ui.title(_(N_("Cases")), _(N_("From referral to the end, the latest first.")))
for entry in cases.listed(ctx):
    with ui.card(entry.mentee, entry.mentor, badge_words=ui.say(entry.stage)):
        ui.link(_(N_("Open")), "case", id=entry.case.id)
