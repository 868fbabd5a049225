"""An import on the screen: the file, where its columns go, what it would do (X9)."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.ui import acts
from pages.ui.downloads import CSV, download
from pages.ui.layout import figures
from pages.ui.lists import table
from pages.ui.troubles import show_error
from pages.ui.words import _, language, safe, say
from schemas.column import number, text
from schemas.errors import OurError
from schemas.words import N_
from services.imports import bring, files, mapping
from services.imports.files import Upload
from services.imports.plan import RowStatus
from services.imports.preview import Preview
from services.programmes import Recipe

CHOSEN = "imports:chosen"
WRONG_COLUMNS = (
    number(N_("Row"), name="row"),
    text(N_("Column"), name="column"),
    text(N_("What is wrong"), name="wrong"),
    text(N_("In the file"), name="value"),
)
WARNED_COLUMNS = (number(N_("Row"), name="row"), text(N_("What is odd"), name="words"))
WIDTHS = {"row": 50, "column": 110, "wrong": 430}
COUNTS = {
    RowStatus.NEW: N_("New"),
    RowStatus.CHANGED: N_("Changed"),
    RowStatus.SAME: N_("Already there"),
    RowStatus.SKIPPED: N_("Left out"),
    RowStatus.WRONG: N_("Wrong"),
}
ALWAYS = {RowStatus.NEW, RowStatus.SAME, RowStatus.WRONG}


def file(key: str, label: str) -> Upload | None:
    """The file somebody chose, read once; what can't be read is told in plain words."""
    given = st.file_uploader(label, key=key, max_upload_size=10, on_change=acts.note, args=("",))
    if given is None:
        st.session_state.pop(CHOSEN, None)
        return None
    kept = st.session_state.get(CHOSEN)
    if kept is None or kept[0] != given.file_id:
        kept = (given.file_id, _read(given.name, given.getvalue()))
        st.session_state[CHOSEN] = kept
    if isinstance(kept[1], OurError):
        show_error(kept[1])
        return None
    upload: Upload = kept[1]
    return upload


def _read(name: str, content: bytes) -> Upload | OurError:
    try:
        return files.read(name, content)
    except OurError as error:
        return error


def columns(upload: Upload, recipe: Recipe) -> dict[str, str]:
    """Where each column goes: preselected by its heading, every one to be changed; open where one is left."""
    first = mapping.default(recipe, upload.columns)
    targets = mapping.targets(recipe)
    needed = {each.code for each in targets if each.is_needed}
    is_plain = set(upload.columns) <= set(first) and needed <= set(first.values())
    words = {"": _(N_("Leave out"))} | {
        each.code: say(each.title) + (f" ({_(N_('needed'))})" if each.is_needed else "") for each in targets
    }
    label = _(N_("Where the {count} column goes"), N_("Where the {count} columns go"), len(upload.columns))
    with st.expander(label, expanded=not is_plain):
        chosen = _choosers(upload, f"imports:to:{upload.digest[:12]}:{recipe.code}", first, words)
    return {column: target for column, target in chosen.items() if target}


def _choosers(upload: Upload, key: str, first: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    chosen = {}
    sides = st.columns(2)
    for place, column in enumerate(upload.columns):
        with sides[place % 2]:
            chosen[column] = st.selectbox(
                safe(column),
                list(words),
                index=list(words).index(first.get(column, "")),
                format_func=words.__getitem__,
                key=f"{key}:{place}",
            )
    return chosen


def show(looked: Preview) -> None:
    """Counts, every wrong row with its sentence, the good rows."""
    counts = looked.counts
    figures([(_(COUNTS[each]), str(counts[each])) for each in COUNTS if each in ALWAYS or counts[each]])
    if looked.wrong:
        _wrong(looked)
    if looked.warned:
        _warned(looked)
    _good(looked)


def _warned(looked: Preview) -> None:
    """What is odd in rows that come in as they stand."""
    st.subheader(_(N_("Comes in, and worth a look")), anchor=False)
    rows = [
        {"_id": f"{line.row.number}:{place}", "row": line.row.number, "words": say(words)}
        for line in looked.warned
        for place, words in enumerate(line.warnings)
    ]
    table(rows, WARNED_COLUMNS, "warned", widths={"row": 50}, alt=_(N_("Rows worth a look")))


def _wrong(looked: Preview) -> None:
    """Each wrong cell by row number and column, and the same rows as a file to mend."""
    st.subheader(_(N_("What is wrong")), anchor=False)
    rows = [
        {
            "_id": f"{line.row.number}:{place}",
            "row": line.row.number,
            "column": problem.field,
            "value": problem.value,
            "wrong": say(problem.words),
        }
        for line in looked.wrong
        for place, problem in enumerate(line.problems)
    ]
    table(rows, WRONG_COLUMNS, "wrong", widths=WIDTHS, alt=_(N_("Wrong rows of the file")))
    rejected(looked, "before")


def rejected(looked: Preview, key: str) -> None:
    """The rows that do not come in, as a file."""
    count, reader = len(looked.wrong), language()
    download(
        _(N_("Download the {count} wrong row"), N_("Download the {count} wrong rows"), count),
        lambda: bring.rejected_file(looked, reader),
        "wrong-rows.csv",
        CSV,
        key=f"imports:rejected:{key}",
    )


def _good(looked: Preview) -> None:
    """The rows with nothing wrong, as they stand in the file."""
    columns = looked.upload.columns
    heads = (number(N_("Row"), name="row"), text(N_("Comes in as"), name="status"))
    rows: list[dict[str, Any]] = [
        {"_id": str(line.row.number), "row": line.row.number, "status": say(line.status)}
        | {f"c{place}": line.row.cells[column] for place, column in enumerate(columns)}
        for line in looked.good
    ]
    label = _(N_("{count} good row"), N_("{count} good rows"), len(rows))
    with st.expander(label, expanded=bool(rows) and not looked.wrong):
        more = [text(column, name=f"c{place}") for place, column in enumerate(columns)]
        table(rows, (*heads, *more), "good", alt=_(N_("Good rows of the file")))
