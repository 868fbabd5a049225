"""The guide, made from the registers' own descriptions, so that it can't fall behind them (design 2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.column import Column, Register
from schemas.kinds import Kind
from schemas.registers import REGISTERS
from schemas.words import N_, Message, say
from services import access
from services.access import Scope
from services.context import Context
from services.guide_words import ABOUT, NEXT, PARTS

EXTENT = {
    Scope.ALL: N_("You see every row of your programme."),
    Scope.OWN: N_("You see your own rows."),
    Scope.MASKED: N_("You see every row, without what would name a person."),
}
KINDS = {
    Kind.TEXT: N_("one line of text"),
    Kind.LONG_TEXT: N_("text with line breaks"),
    Kind.NUMBER: N_("a number"),
    Kind.MONEY: N_("pounds and pence"),
    Kind.HOURS: N_("hours in quarters, like 3.25"),
    Kind.DATE: N_("a date, like 21/11/2026"),
    Kind.TIME: N_("a time, like 14:30"),
    Kind.YES_NO: N_("yes or no"),
    Kind.CHOICE: N_("a choice"),
    Kind.LIST: N_("several, split by ;"),
    Kind.LINK: N_("a record"),
    Kind.INSTANT: N_("a date and time"),
}
OWN_KEEPING = frozenset({"Drafts", "Views"})


@dataclass(frozen=True)
class Entry:
    """One column as the guide tells it, worded for the reader."""

    title: str
    meaning: str
    kind: str
    choices: tuple[str, ...]
    is_needed: bool


@dataclass(frozen=True)
class Chapter:
    """One register that the reader sees: what it is for, its columns, and who acts next at each status."""

    tab: str
    title: str
    about: str
    extent: str
    columns: tuple[Entry, ...]
    next: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """Everything it says, for searching."""
        said = [self.title, self.about]
        said += [f"{each.title} {each.meaning} {' '.join(each.choices)}" for each in self.columns]
        return " ".join([*said, *(f"{status} {who}" for status, who in self.next)])


@dataclass(frozen=True)
class Term:
    """A word of the programme in both languages."""

    en: str
    cy: str


def chapters(ctx: Context) -> list[Chapter]:
    """The registers that the programme uses and the reader's role sees, in the order of the workbook."""
    access.require(ctx, "guide.see")
    return [
        _chapter(ctx, register)
        for register in REGISTERS
        if access.scope(ctx, register.tab) is not None and is_used(ctx, register.tab)
    ]


def is_used(ctx: Context, tab: str) -> bool:
    """Whether the reader's programme works with a register: its own keeping is nobody's reading."""
    parts = PARTS.get(tab)
    return tab not in OWN_KEEPING and (parts is None or not parts.isdisjoint(ctx.programme.pages))


def _chapter(ctx: Context, register: type[Register]) -> Chapter:
    scope = access.scope(ctx, register.tab)
    following = NEXT.get(register.tab, {})
    return Chapter(
        register.tab,
        say(register.tab, ctx.language),
        say(ABOUT.get(register.tab, ""), ctx.language),
        say(EXTENT[scope], ctx.language) if scope else "",
        tuple(_entry(ctx, column) for column in register.own_columns()),
        tuple((say(status, ctx.language), say(who, ctx.language)) for status, who in following.items()),
    )


def _entry(ctx: Context, column: Column) -> Entry:
    kind = say(KINDS[column.kind], ctx.language)
    if column.to:
        kind = say(Message(N_("a record of {register}"), {"register": Message(column.to)}), ctx.language)
    return Entry(
        say(column.title, ctx.language),
        say(column.help, ctx.language),
        kind,
        tuple(_choices(ctx, column)),
        column.required,
    )


def _choices(ctx: Context, column: Column) -> Iterator[str]:
    for choice in column.choices:
        yield say(choice, ctx.language)
    if column.options and column.options != "areas":
        for value in ctx.programme.choices(column.options):
            yield ctx.programme.choice_words(column.options, value, ctx.language)


def glossary(ctx: Context) -> list[Term]:
    """The programme's own words, in both languages, by the English (X7)."""
    access.require(ctx, "guide.see")
    words = [Term(word.en, word.cy) for word in ctx.programme.words.values()]
    options = [Term(option.en, option.cy) for options in ctx.programme.options.values() for option in options]
    areas = [Term(area.en, area.cy) for area in ctx.programme.areas if area.en != area.cy]
    found = {term.en.casefold(): term for term in [*areas, *options, *words]}
    return [found[key] for key in sorted(found)]
