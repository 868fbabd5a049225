"""Lists: filters kept in the address, search that is not, tables that hand back ids (X13)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Literal

import streamlit as st

from pages.ui.layout import Tone
from pages.ui.troubles import table_html
from pages.ui.views import is_for_several, is_on_paper
from pages.ui.visitor import context
from pages.ui.words import _, html, language, safe, say
from schemas import words
from schemas.column import Column
from schemas.kinds import Kind
from schemas.words import N_
from services import records
from services.context import Context

Rows = Sequence[Mapping[str, Any]]
MOST_COLOURED = 500


def filters(
    key: str,
    options: Mapping[str, str],
    counts: Mapping[str, int] | None = None,
    *,
    label: str = "",
    default: str | None = None,
) -> str | None:
    """One line of pills; the chosen value stands in the address as `?key=value`.

    `options` is value -> words in the visitor's language; values are short, English and constant. None chosen
    is `default`.
    """
    widget = _at_address(key, options, default)
    words = {value: _counted(said, counts, value) for value, said in options.items()}
    _chosen_anew(widget, words)
    chosen = st.pills(
        safe(label or _(N_("Show"))),
        list(options),
        format_func=lambda value: words[value],
        key=widget,
        label_visibility="visible" if label else "collapsed",
    )
    _keep(key, chosen if chosen != default else None)
    return chosen if chosen is not None else default


def _chosen_anew(widget: str, words: Mapping[str, str]) -> None:
    """Choose the pill again where its count has changed: the browser knows it by its words, and would show none."""
    drawn = f"words:{widget}"
    if st.session_state.get(drawn, words) != words:
        st.session_state[widget] = st.session_state.get(widget)
    st.session_state[drawn] = dict(words)


def pick(key: str, options: Mapping[str, str], *, label: str, default: str | None = None) -> str | None:
    """A choice from a longer list, kept in the address as `?key=value`; for areas, mentors by id, quarters."""
    widget = _at_address(key, options, default)
    chosen = st.selectbox(
        safe(label),
        list(options),
        index=None,
        format_func=lambda value: options[value],
        placeholder=_(N_("All")),
        key=widget,
    )
    _keep(key, chosen if chosen != default else None)
    return chosen if chosen is not None else default


def _at_address(key: str, options: Mapping[str, str], default: str | None) -> str:
    """The filter's widget, set to what the address says: at first, and whenever a link has changed the address.

    A named view of the page one is on already changes the address under filters that are drawn.
    """
    given = st.query_params.get(key)
    widget = f"filter:{_page()}:{key}"
    if widget not in st.session_state or given != st.session_state.get(_address(key)):
        st.session_state[widget] = given if given in options else default
    return widget


def _page() -> str:
    return str(st.session_state.get(":page", ""))


def _address(key: str) -> str:
    return f"address:{_page()}:{key}"


def _counted(words: str, counts: Mapping[str, int] | None, value: str) -> str:
    return safe(f"{words} {counts.get(value, 0)}") if counts is not None else safe(words)


def _keep(key: str, value: str | None) -> None:
    st.session_state[_address(key)] = value
    if value is None:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != value:
        st.query_params[key] = value


def search(key: str, what: str) -> str:
    """A search box, its text never in the address; `what` says what it looks through."""
    typed = st.text_input(
        safe(what),
        key=f"search:{key}",
        type="search",
        placeholder=what,
        label_visibility="collapsed",
        live=True,
        width=260,
    )
    return (typed or "").strip()


def found(rows: Sequence[Any], text: str, columns: Sequence[Column]) -> list[Any]:
    """The rows in whose shown words every searched word stands, whatever the capitals and accents."""
    wanted = [_plain(word) for word in text.split()]
    if not wanted:
        return list(rows)
    worded = wording()
    said = (_plain(" ".join(worded(column, row.get(column.name)) for column in columns)) for row in rows)
    return [row for row, shown in zip(rows, said, strict=True) if all(word in shown for word in wanted)]


def _plain(text: str) -> str:
    import unicodedata

    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).replace("’", "'")


def cell_words(column: Column, value: Any) -> str:
    """One value as a reader of tables wants it: names for links, Sat 21 Nov 2026, £1,310.71."""
    return wording()(column, value)


def wording() -> Callable[[Column, Any], str]:
    """`cell_words` for many cells, and for a file's builder, which runs where there is no session.

    Cells repeat themselves: what a value is called is looked up once.
    """
    known: dict[tuple[str, Any], str] = {}
    make = _wording(context())

    def worded(column: Column, value: Any) -> str:
        key = (column.name, value)
        if key not in known:
            known[key] = make(column, value)
        return known[key]

    return worded


def _wording(ctx: Context) -> Callable[[Column, Any], str]:
    say = partial(words.say, language=ctx.language)
    choice, rows = ctx.programme.choice_words, records.view(ctx)

    def worded(column: Column, value: Any) -> str:
        if value is None or value == "":
            return ""
        if column.kind in _FORMATS:
            return _FORMATS[column.kind](value, ctx.language)
        if column.kind is Kind.YES_NO:
            return say(N_("yes") if value else N_("no"))
        if column.kind is Kind.CHOICE:
            return say(str(value))
        if column.options:
            items = value if isinstance(value, tuple) else (value,)
            return "; ".join(choice(column.options, item, ctx.language) for item in items)
        return rows.words(column, value)

    return worded


_FORMATS: dict[Kind, Callable[[Any, str], str]] = {
    Kind.DATE: words.short_day,
    Kind.MONEY: lambda value, _: words.money(value),
    Kind.HOURS: lambda value, _: words.plain(value),
    Kind.INSTANT: words.instant_words,
}


def table(
    rows: Rows,
    columns: Sequence[Column],
    key: str,
    *,
    select: Literal["many", "one"] | None = None,
    alt: str = "",
    height: int | Literal["auto", "content", "stretch"] = "auto",
    tones: Mapping[str, Sequence[Tone]] | None = None,
    bars: Mapping[str, float] | None = None,
    widths: Mapping[str, int] | None = None,
    hint: str = "",
) -> list[str]:
    """A table to compare and choose in; gives the `_id`s of the chosen rows as they were shown.

    Where the list's tools (`list_tools` of the same key) ask for the print view it is a plain table, and where
    they ask for several rows any number can be ticked. `hint` says below it what ticking does.

    `columns` are schema columns (or `schemas.column.money(N_("Amount"), name="pounds")` for what was worked
    out); dates, money and hours are formatted by their kind. `tones` colours a column's words, row by row;
    `bars` draws a number column as a bar up to the given full length; `widths` are pixels, for a table that
    would not fit a laptop's screen.
    """
    if is_on_paper(key):
        print_view(rows, columns)
        return []
    select = "many" if is_for_several(key) else select
    state = st.dataframe(
        _toned(_frame(rows, columns), tones or {}),
        hide_index=True,
        column_config={
            column.name: _config(column, (widths or {}).get(column.name), (bars or {}).get(column.name))
            for column in columns
        },
        key=f"table:{key}:{fingerprint(rows)}",
        on_select="rerun" if select else "ignore",
        selection_mode="single-row" if select == "one" else "multi-row",
        height=height,
        placeholder="",
        alt=alt or None,
    )
    if not select:
        return []
    if hint and not is_for_several(key):
        st.caption(safe(hint))
    return [str(rows[at]["_id"]) for at in state["selection"]["rows"] if at < len(rows)]


def fingerprint(rows: Rows) -> str:
    """Tells one list of rows from another: a selection of positions never outlives the list it was made in."""
    import hashlib

    ids = "\n".join(str(row.get("_id", "")) for row in rows)
    return hashlib.sha256(ids.encode()).hexdigest()[:12]


def _frame(rows: Rows, columns: Sequence[Column]) -> Any:
    import pandas as pd

    worded = wording()
    return pd.DataFrame(
        {column.name: [_shown(column, row.get(column.name), worded) for row in rows] for column in columns},
        columns=[column.name for column in columns],
    )


def _toned(frame: Any, tones: Mapping[str, Sequence[Tone]]) -> Any:
    """The same frame with coloured words; the colour only repeats what the words say.

    A long list does without: pandas takes 0.1 ms to colour a cell.
    """
    if not tones or len(frame) > MOST_COLOURED:
        return frame
    theme = {Tone.LATE: "#b3262d", Tone.TODAY: "#a8500a", Tone.DONE: "#1f6f5c", Tone.LATER: "#6b675e"}
    style = frame.style.format(partial(_styled, code=language()), na_rep="")
    for name, row_tones in tones.items():
        css = [f"color: {theme[tone]}" for tone in row_tones]
        style = style.apply(lambda _, css=css: css, subset=[name], axis=0)
    return style


def _styled(value: Any, code: str) -> str:
    """A cell of a coloured table, which pandas words and not the browser."""
    if isinstance(value, float):
        return f"{value:g}"
    return words.short_day(value, code) if isinstance(value, date) else str(value)


_NUMERIC = {Kind.MONEY, Kind.HOURS, Kind.NUMBER}


def _shown(column: Column, value: Any, worded: Callable[[Column, Any], str]) -> Any:
    if column.kind in _NUMERIC:
        return None if value is None else float(value)
    if column.kind is Kind.DATE:
        return value
    return worded(column, value)


def _config(column: Column, width: int | None = None, full: float | None = None) -> Any:
    make = st.column_config
    common = {"label": say(column.title), "help": say(column.help) or None, "width": width}
    if full is not None:
        return make.ProgressColumn(**common, min_value=0, max_value=full, format="%g")
    if column.kind is Kind.DATE:
        return make.DateColumn(**common, format="DD/MM/YYYY" if language() == "cy" else "ddd D MMM YYYY")
    if column.kind is Kind.MONEY:
        return make.NumberColumn(**common, format="£%,.2f")
    if column.kind is Kind.HOURS:
        return make.NumberColumn(**common, format="%.2f")
    if column.kind is Kind.NUMBER:
        return make.NumberColumn(**common)
    return make.TextColumn(**common)


def print_view(rows: Rows, columns: Sequence[Column]) -> None:
    """The same rows as a plain table, for reading aloud and for paper; everything escaped."""
    right = frozenset(at for at, column in enumerate(columns) if column.kind in _NUMERIC)
    heads = [say(column.title) for column in columns]
    worded = wording()
    cells = [tuple(worded(column, row.get(column.name)) for column in columns) for row in rows]
    html(table_html(heads, cells, right))
