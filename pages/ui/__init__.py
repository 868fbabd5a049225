"""The pages' own kit, the only place that knows how Streamlit draws; `from pages import ui` (design 1).

Nothing here loads pandas or altair before a page asks for a table or a chart.
"""

from pages.ui.acts import act, attempt, done, forget_trouble, note, op_id, seen, trouble
from pages.ui.downloads import CALENDAR, CSV, EXCEL, PDF, WORD, ZIP, download, picture
from pages.ui.forms import Filling, form, record_options
from pages.ui.histories import last_update, row_history
from pages.ui.layout import (
    DONE,
    LATE,
    LATER,
    TODAY,
    Tone,
    badge,
    card,
    drawer,
    due_badge,
    empty,
    figures,
    title,
)
from pages.ui.lists import cell_words, filters, fingerprint, found, pick, print_view, search, table, wording
from pages.ui.navigation import button_to, go, link
from pages.ui.passwords import password
from pages.ui.troubles import show_error
from pages.ui.views import is_for_several, is_on_paper, list_tools
from pages.ui.visitor import visit
from pages.ui.words import (
    _,
    day,
    hours,
    language,
    lines,
    many_lines,
    moment,
    money,
    safe,
    say,
    short,
    text,
    weekday,
)

__all__ = [
    "CALENDAR",
    "CSV",
    "DONE",
    "EXCEL",
    "LATE",
    "LATER",
    "PDF",
    "TODAY",
    "WORD",
    "ZIP",
    "Filling",
    "Tone",
    "_",
    "act",
    "attempt",
    "badge",
    "button_to",
    "card",
    "cell_words",
    "day",
    "done",
    "download",
    "drawer",
    "due_badge",
    "empty",
    "figures",
    "fingerprint",
    "filters",
    "forget_trouble",
    "form",
    "found",
    "go",
    "hours",
    "is_for_several",
    "is_on_paper",
    "language",
    "last_update",
    "lines",
    "link",
    "many_lines",
    "list_tools",
    "moment",
    "money",
    "note",
    "op_id",
    "password",
    "pick",
    "picture",
    "print_view",
    "record_options",
    "row_history",
    "safe",
    "say",
    "search",
    "seen",
    "short",
    "show_error",
    "table",
    "text",
    "title",
    "trouble",
    "visit",
    "weekday",
    "wording",
]
