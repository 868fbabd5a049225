"""What went wrong, said once and in words a person can act on; a bug is logged without personal data."""

import logging
import traceback
from html import escape
from uuid import uuid4

import streamlit as st

from pages.ui.words import _, html, safe, say
from schemas.errors import InvalidEntry, OurError, StaleRow
from schemas.words import N_
from services.context import Context

log = logging.getLogger("mentor_desk.bugs")


class Bug(Exception):
    """Something nobody at the screen can mend; `reference` is in the log."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(reference)


def show_error(error: OurError) -> None:
    """The reason and the remedy; every wrong field of a form; both versions of a stale record."""
    body = [safe(say(error.remedy))]
    if isinstance(error, InvalidEntry) and len(error.problems) > 1:
        body = [f"- {safe(say(problem.words))}" for problem in error.problems] + ["", *body]
    st.error("\n".join(body), title=safe(say(error.reason)), icon=":material/error:")
    if isinstance(error, StaleRow) and error.clashes:
        _show_versions(error)


def show_last_copy(ctx: Context) -> None:
    """What can't be read just now is shown as it was read last; saving there is refused meanwhile."""
    from pages.ui.words import moment

    when = moment(ctx.workbook.read_at)
    if (trouble := ctx.workbook.trouble) is not None:
        words = N_(
            "You see the workbook as it was read at {when}. Nothing can be saved until it answers again."
        )
        st.warning(_(words, when=when), title=safe(say(trouble.reason)), icon=":material/cloud_off:")
    for broken in ctx.workbook.broken.values():
        st.warning(safe(say(broken.remedy)), title=safe(say(broken.reason)), icon=":material/table:")


def _show_versions(error: StaleRow) -> None:
    heads = (N_("Field"), N_("Before"), N_("Now in the workbook"), N_("Yours"))
    rows = [(clash.field, clash.was, clash.now, clash.mine) for clash in error.clashes]
    html(table_html([_(head) for head in heads], rows))


def table_html(heads: list[str], rows: list[tuple[str, ...]], right: frozenset[int] = frozenset()) -> str:
    """A plain HTML table with everything escaped, for reading and printing; figures stand to the right."""
    head = "".join(_cell("th", name, at in right) for at, name in enumerate(heads))
    body = "".join(
        "<tr>" + "".join(_cell("td", words, at in right) for at, words in enumerate(row)) + "</tr>"
        for row in rows
    )
    return (
        '<div style="overflow-x: auto"><table style="border-collapse: collapse; width: 100%">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(kind: str, words: str, is_right: bool) -> str:
    """One cell of a plain table."""
    side = "right; white-space: nowrap" if is_right else "left; overflow-wrap: break-word"
    style = f"padding: 0.35rem 0.75rem; border-bottom: 1px solid #d9d6cf; text-align: {side}"
    scope = ' scope="col"' if kind == "th" else ""
    return f'<{kind}{scope} style="{style}">{escape(words)}</{kind}>'


def log_bug(error: BaseException) -> Bug:
    """Log where it broke, under a reference; the message may hold a person's words and stays out."""
    reference = uuid4().hex[:8].upper()
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    log.error("bug %s %s at %s", reference, type(error).__name__, " < ".join(reversed(places[-12:])))
    return Bug(reference)


def show_bug(bug: Bug) -> None:
    """Plain words and the reference."""
    st.error(
        _(
            N_("Tell the person who looks after Mentor Desk, with this reference: {reference}"),
            reference=bug.reference,
        ),
        title=_(N_("Something went wrong on our side.")),
        icon=":material/error:",
    )


def without_words(record: logging.LogRecord) -> bool:
    """Keeps Streamlit's own traceback out of the log: its last line may quote a person's record."""
    record.exc_info = record.exc_text = None
    return record.msg != "Uncaught app execution"


def on_script_error(error: BaseException) -> bool:
    """Streamlit's hook for whatever a page did not catch."""
    if isinstance(error, OurError):
        show_error(error)
    else:
        show_bug(log_bug(error))
    return True
