"""Forms drawn from the registers' own columns: widgets, errors beside each field, drafts (X13, X14)."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

import streamlit as st

from pages.ui import acts
from pages.ui.visitor import context
from pages.ui.words import _, language, safe, say
from schemas import kinds
from schemas.column import Column, Register
from schemas.kinds import Kind
from schemas.registers import BY_TAB
from schemas.words import N_, plain
from services import records

Options = Mapping[str, str]


@dataclass(frozen=True)
class Filling:
    """One form being filled: what stands in its fields now, also in a button's callback."""

    register: type[Register]
    names: tuple[str, ...]
    key: str

    def texts(self) -> dict[str, str]:
        """Each field as text, as typed; blank for empty."""
        return {name: self.text(name) for name in self.names}

    def text(self, name: str) -> str:
        """One field as text, as typed."""
        return _as_text(self.register.columns[name], st.session_state.get(self.widget(name)))

    def values(self) -> dict[str, Any]:
        """What the fields mean; raises `InvalidEntry` with every wrong field at once."""
        return records.typed_values(self.register, self.texts())

    def changes(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """Only what was filled in otherwise than `shown`, so that what others changed meanwhile stays (X3)."""
        return {
            name: value
            for name, value in self.values().items()
            if _blank_alike(value) != _blank_alike(shown.get(name))
        }

    def value(self, name: str) -> Any:
        """What one field means, for a hint while typing; `None` while it is blank or can't be read."""
        try:
            return self.register.columns[name].typed(self.text(name))
        except kinds.Unreadable:
            return None

    def widget(self, name: str) -> str:
        """The key of a field's widget in this filling."""
        return f"{self.key}:{acts.filling(self.key)}:{name}"


def form(
    register: type[Register],
    names: Sequence[str],
    key: str,
    *,
    values: Mapping[str, Any] | None = None,
    options: Mapping[str, Options] | None = None,
    titles: Mapping[str, str] | None = None,
    helps: Mapping[str, str] | None = None,
    live: Sequence[str] = (),
    keep: bool = False,
    into: Mapping[str, Any] | None = None,
) -> Filling:
    """Draw the fields; give the filling for the button beside: `act(..., key=key, action=...)` of the same key.

    `values` are first values; `options` are value -> words for links and lists where not all are wanted;
    `live` text fields answer while one types. `keep` saves a draft and restores it after a refresh. `into` puts
    a field in a container of the page's own, `{"note": st.expander(...)}`.
    """
    filling = Filling(register, tuple(names), key)
    first = dict(values or {})
    if keep:
        from pages.ui import drafts

        first |= drafts.restored(filling)
    wrong = acts.problems(key)
    for name in names:
        column = register.columns[name]
        field = _Field(
            column,
            filling.widget(name),
            say((titles or {}).get(name, column.title)),
            say((helps or {}).get(name, column.help)) or None,
            first.get(name),
            (options or {}).get(name),
            name in live,
        )
        with (into or {}).get(name) or nullcontext():
            field.draw()
            if name in wrong:
                st.markdown(f":red[:material/error: {safe(say(wrong[name].words))}]")
    if keep:
        drafts.keep(filling)
    return filling


@dataclass(frozen=True)
class _Field:
    column: Column
    key: str
    title: str
    help: str | None
    first: Any
    options: Options | None
    is_live: bool

    def draw(self) -> None:
        draw = {
            Kind.LONG_TEXT: self.long_text,
            Kind.HOURS: self.hours,
            Kind.DATE: self.date,
            Kind.TIME: self.time,
            Kind.YES_NO: self.yes_no,
            Kind.CHOICE: self.choice,
            Kind.LIST: self.items,
            Kind.LINK: self.choice,
        }.get(self.column.kind, self.text)
        draw()

    @property
    def common(self) -> dict[str, Any]:
        return {"key": self.key, "help": self.help, "persist_state": "session"}

    def text(self) -> None:
        if self.offered():
            return self.choice()
        # not type="email": the browser would keep a wrong address to itself, and blank would be saved
        st.text_input(self.title, self.typed(), live=self.is_live, **self.common)
        return None

    def long_text(self) -> None:
        st.text_area(self.title, self.typed(), **self.common)

    def hours(self) -> None:
        if self.is_live:  # a number field would answer only when one leaves it
            return self.text()
        first = float(self.first) if self.first not in (None, "") else None
        st.number_input(
            self.title, min_value=0.0, max_value=24.0, value=first, step=0.25, format="%0.2f", **self.common
        )
        return None

    def date(self) -> None:
        st.date_input(
            self.title,
            self.first or None,
            min_value=kinds.EARLIEST,
            max_value=kinds.LATEST,
            format="DD/MM/YYYY",
            **self.common,
        )

    def time(self) -> None:
        st.time_input(self.title, self.first or None, format="24h", **self.common)

    def yes_no(self) -> None:
        words = {True: _(N_("yes")), False: _(N_("no"))}
        index = None if self.first is None else int(not self.first)
        st.radio(
            self.title, [True, False], index=index, format_func=lambda is_yes: words[is_yes],
            horizontal=True, **self.common,
        )  # fmt: skip

    def choice(self) -> None:
        offered = self.offered()
        values = list(offered)
        if self.first not in offered and self.first:
            values.append(str(self.first))
        st.selectbox(
            self.title,
            values,
            index=values.index(self.first) if self.first else None,
            format_func=lambda value: offered.get(value, value),
            placeholder=_(N_("Choose")),
            **self.common,
        )

    def items(self) -> None:
        offered = self.offered()
        first = list(self.first or ())
        if not offered:
            st.text_input(self.title, "; ".join(first), **self.common)
            return
        values = [*offered, *(item for item in first if item not in offered)]
        st.multiselect(
            self.title,
            values,
            first,
            format_func=lambda value: offered.get(value, value),
            placeholder=_(N_("Choose")),
            **self.common,
        )

    def typed(self) -> str:
        return _as_text(self.column, self.first)

    def offered(self) -> Options:
        """What may be chosen: as given, the kind's choices, the programme's list, or every record one sees."""
        if self.options is not None:
            return self.options
        if self.column.choices:
            return {value: say(value) for value in self.column.choices}
        if self.column.options:
            programme = context().programme
            return {
                value: programme.choice_words(self.column.options, value, language())
                for value in programme.choices(self.column.options)
            }
        return record_options(BY_TAB[self.column.to]) if self.column.to else {}


def _blank_alike(value: Any) -> Any:
    return None if value in ("", ()) else value


def record_options(register: type[Register], rows: Sequence[Any] | None = None) -> dict[str, str]:
    """The records one may see (or `rows`) as id -> name, by name: for links and pickers."""
    view = records.view(context())
    named = {row.id: view.name(register, row.id) for row in (view.all(register) if rows is None else rows)}
    return dict(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def _as_text(column: Column, value: Any) -> str:
    """A widget's value as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return plain(Decimal(str(value)))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, list | tuple):
        return "; ".join(value)
    return str(value) if isinstance(value, str) else column.write(value)
