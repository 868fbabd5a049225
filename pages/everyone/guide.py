"""What each register holds, what each column means and who acts next; the programme's words (X7)."""

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import text
from schemas.words import N_
from services import guide
from services.guide import Chapter

COLUMNS = (
    text(N_("Column"), name="title"),
    text(N_("What it means"), name="meaning"),
    text(N_("What stands there"), name="kind"),
)
NEXT = (text(N_("Status"), name="status"), text(N_("Who acts next"), name="who"))
TERMS = (text(N_("English"), name="en"), text(N_("Welsh"), name="cy"))
CHAPTER = (text("", name="words"),)

ctx = ui.visit("guide.see")


def show(chapter: Chapter, *, is_open: bool) -> None:
    """One register: what it is for, who acts next, its columns."""
    with st.expander(ui.safe(chapter.title), expanded=is_open):
        st.markdown(ui.safe(f"{chapter.about} {chapter.extent}"))
        if chapter.next:
            ui.print_view([{"status": status, "who": who} for status, who in chapter.next], NEXT)
        rows = [
            {
                "title": f"{each.title} *" if each.is_needed else each.title,
                "meaning": each.meaning,
                "kind": ": ".join(filter(None, (each.kind, "; ".join(each.choices)))),
            }
            for each in chapter.columns
        ]
        ui.print_view(rows, COLUMNS)
        st.caption(_(N_("An asterisk: a row can't exist without it.")).replace("*", ""))


def registers(searched: str) -> None:
    """The registers this reader sees, by what is searched."""
    chapters = [{"words": chapter.words, "chapter": chapter} for chapter in guide.chapters(ctx)]
    found = ui.found(chapters, searched, CHAPTER)
    for each in found:
        show(each["chapter"], is_open=bool(searched) and len(found) <= 3)
    if not found:
        ui.empty(_(N_("Nothing is called that.")), _(N_("Try another word, or a shorter one.")))


def words(searched: str) -> None:
    """The programme's words side by side."""
    terms = [{"en": term.en, "cy": term.cy} for term in guide.glossary(ctx)]
    found = ui.found(terms, searched, TERMS)
    if found:
        ui.print_view(found, TERMS)
    else:
        ui.empty(_(N_("Nothing is called that.")), _(N_("Try another word, or a shorter one.")))


ui.title(_(N_("Guide")), _(N_("What you find where, what each word means, and who acts next.")))
parts = {"registers": _(N_("Registers")), "words": _(N_("Words in both languages"))}
part = ui.filters("part", parts, default="registers")
searched = ui.search("guide", _(N_("Search the guide")))
if part == "words":
    words(searched)
else:
    registers(searched)
