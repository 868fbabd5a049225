"""A programme is a folder: its rules' figures, words, forms and imports, read from `programme.toml` (design 3).

Unknown keys are refused with file and line, so that a typing mistake never becomes a silent default. Money
and durations carry their unit in the key; every figure carries its source and the day it holds from.
"""

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from schemas.errors import ASK_ADMINISTRATOR, OurError
from schemas.words import N_, Message, message
from services.terms import (
    Area,
    Bilingual,
    CaseTerms,
    ContractTerms,
    ExpenseTerms,
    Option,
    PairTerms,
    PlacementTerms,
)

__all__ = ["Area", "Bilingual", "Option", "Programme", "ProgrammeProblem", "all_programmes", "load"]

GROUPS, PEOPLE = "groups", "people"
TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Figure:
    """A figure from a day on, and where it is written down."""

    from_on: date
    value: Decimal
    source: str


@dataclass(frozen=True)
class InsuranceFigures:
    """When to warn of cover that ends; no days at all where no insurance is asked for."""

    warn_days: tuple[int, ...]
    source: str


@dataclass(frozen=True)
class InvoiceFigures:
    """How letters are numbered and to whom they go."""

    number: str
    addressed_to: Bilingual
    address: str
    vat_percent: Decimal
    source: str


@dataclass(frozen=True)
class Retention:
    """How long a register's rows are kept, counted from a column's day, and what happens then: "erase" or "archive".

    `source` is where that is written down, or that it is the charity's own choice.
    """

    months: int
    counted_from: str
    then: str
    source: str


@dataclass(frozen=True)
class BackupFigures:
    """How long copies of the workbook are kept."""

    kept_days: int
    source: str


@dataclass(frozen=True)
class Find:
    """How an import finds a record that is there already, by the register's columns (`mentee.name` follows a link).

    Of several, `prefer` and then `within` decide: {file column with a date: "first-day column last-day column"}.
    """

    register: str
    by: Mapping[str, str]
    prefer: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    missing: Bilingual | None = None


@dataclass(frozen=True)
class Choose:
    """A value that depends on a column of the made record: whether it is filled, or what it says.

    `equals` is the whole of it, `begins` how it starts, letter case aside; where it is not so, `or_else` is asked,
    and at the end `otherwise` stands (blank: nothing).
    """

    when: str
    then: str
    otherwise: str = ""
    equals: str = ""
    begins: str = ""
    or_else: "Choose | None" = None

    @property
    def asks(self) -> tuple[str, ...]:
        """Every column it looks at."""
        return (self.when, *(self.or_else.asks if self.or_else else ()))


@dataclass(frozen=True)
class Making:
    """One record that a file row makes: its register, its columns from the file's, its key.

    `when` are the file columns that must be filled, `when_is` what the last of them must say. `fixed` and `once`
    hold for a new record only; `counted` tells equal rows of one file apart by their order; a record under
    `reuse` is taken as it is where it is there, whatever the row says of it, unless rows update. `follow` takes a
    value from a record found: {"mentor": "case.mentor"}. `warns` names what is said of a row that comes in as it is.
    """

    register: str
    called: str
    columns: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    when_is: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    once: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    find: Mapping[str, Find] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    choose: Mapping[str, Choose] = field(default_factory=dict)
    follow: Mapping[str, str] = field(default_factory=dict)
    warns: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    counted: bool = False
    reuse: bool = False


@dataclass(frozen=True)
class Recipe:
    """How one kind of file comes in: file column to register and column (X9).

    `also` are other headings for a file column, `welsh` its Welsh one, for a Welsh file and a Welsh reader.
    """

    code: str
    title: Bilingual
    makes: tuple[Making, ...]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    welsh: Mapping[str, str] = field(default_factory=dict)

    def heading(self, column: str) -> Bilingual:
        """A file column's name in both languages."""
        return Bilingual(column, self.welsh.get(column, column))


@dataclass(frozen=True)
class Programme:
    """One scheme: everything about it that is not a rule.

    `mentees` says whether "groups" are supported or "people", whose records fewer may see (X5). `wording` is the
    programme's own for any sentence or name of the product: {English as it is in the code: both languages}.
    `run_by_cy` is for a body with a Welsh name of its own.
    """

    code: str
    name: Bilingual
    short_name: Bilingual
    run_by: str
    nation: str
    languages: tuple[str, ...]
    starts_on: date
    ends_on: date
    source: str
    pages: tuple[str, ...]
    words: Mapping[str, Bilingual]
    options: Mapping[str, tuple[Option, ...]]
    areas: tuple[Area, ...]
    figures: Mapping[str, tuple[Figure, ...]]
    insurance: InsuranceFigures
    invoices: InvoiceFigures
    due_days: Mapping[str, int]
    retention: Mapping[str, Retention]
    backups: BackupFigures
    run_by_cy: str = ""
    imports: tuple[Recipe, ...] = ()
    mentees: str = GROUPS
    wording: Mapping[str, Bilingual] = field(default_factory=dict)
    cases: CaseTerms | None = None
    contract: ContractTerms | None = None
    placements: PlacementTerms | None = None
    expenses: ExpenseTerms | None = None
    pairs: PairTerms | None = None
    folder: Path = field(default=TEMPLATES, compare=False)

    def run_by_in(self, language: str) -> str:
        """Who runs it, by the name that it has in a language; most have one name."""
        return self.run_by_cy if language == "cy" and self.run_by_cy else self.run_by

    def word(self, name: str, language: str) -> str:
        """What this programme calls a thing: a mentee is a "group" here, a "young person" there."""
        return self.words[name].said(language)

    def choices(self, list_name: str) -> tuple[str, ...]:
        """The English values of a list, as they stand in the sheet."""
        if list_name == "areas":
            return tuple(area.en for area in self.areas)
        if list_name == "offices":
            return tuple(office for area in self.areas for office in area.offices)
        if list_name == "routes" and self.cases:
            return tuple(route.en for route in self.cases.routes)
        return tuple(option.en for option in self._options(list_name))

    def choice_words(self, list_name: str, value: str, language: str) -> str:
        """A stored choice in the reader's language; a value no longer in the list stays as it is."""
        options = {"areas": self.areas, "routes": self.cases.routes if self.cases else ()}.get(
            list_name, self._options(list_name)
        )
        found = next((option for option in options if option.en == value), None)
        return found.cy if found and language == "cy" else value

    def _options(self, list_name: str) -> tuple[Option, ...]:
        for terms in (self.placements, self.expenses):
            if terms is not None and list_name in terms.lists():
                return terms.lists()[list_name]
        return self.options.get(list_name, ())

    def area(self, name: str | None) -> Area | None:
        """An area by its name; `None` where it is none of the programme's."""
        return next((area for area in self.areas if area.en == name), None)

    @property
    def is_of_people(self) -> bool:
        """Whether those supported are persons, with a person's rights over their records."""
        return self.mentees == PEOPLE

    @property
    def documents(self) -> Path:
        """Where this programme's Word templates are, one folder per language."""
        return self.folder / "documents"


class ProgrammeProblem(OurError):
    """A programme folder says something Mentor Desk does not know: file, line and key."""

    def __init__(self, file: Path, text: str, key: str, what: Message) -> None:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if _names(row, key)), 1)
        super().__init__(
            message(N_("{file}, line {line}: {key} {what}"), file=file.name, line=line, key=key, what=what),
            ASK_ADMINISTRATOR,
        )


def _names(row: str, key: str) -> bool:
    bare = row.strip().lstrip("[").replace('"', "")
    return bare.startswith(key) or f".{key}" in bare or f"{key} =" in bare


@lru_cache
def load(folder: Path) -> Programme:
    """The programme in a folder; raises `ProgrammeProblem` with file and line."""
    file = folder / "programme.toml"
    text = file.read_text()
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProgrammeProblem(file, text, "", message(N_("is not TOML: {error}"), error=error)) from None
    reader = _Reader(file, text)
    built: Programme = reader.build(Programme, data, leave=("folder",))
    return dataclasses.replace(built, folder=folder)


@lru_cache
def all_programmes(templates: Path = TEMPLATES) -> dict[str, Programme]:
    """Every programme folder, by code."""
    folders = sorted(file.parent for file in templates.glob("*/programme.toml"))
    found = [load(folder) for folder in folders]
    return {programme.code: programme for programme in found}


class _Reader:
    """Builds the dataclasses from TOML tables, refusing what they do not name."""

    def __init__(self, file: Path, text: str) -> None:
        self.file, self.text = file, text

    def build(self, kind: type[Any], data: Mapping[str, Any], leave: tuple[str, ...] = ()) -> Any:
        wanted = {f.name: f for f in dataclasses.fields(kind) if f.name not in leave}
        hints = typing.get_type_hints(kind)
        given = {key.replace("-", "_"): value for key, value in data.items()}
        for key in given:
            if key not in wanted:
                raise ProgrammeProblem(self.file, self.text, key, Message(N_("is not known here.")))
        for name, wish in wanted.items():
            no_default = wish.default is dataclasses.MISSING and wish.default_factory is dataclasses.MISSING
            if name not in given and no_default:
                raise ProgrammeProblem(self.file, self.text, name, Message(N_("is missing.")))
        return kind(**{name: self.value(hints[name], value, name) for name, value in given.items()})

    def value(self, kind: Any, value: Any, key: str) -> Any:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is types.UnionType:
            return self.value(inner[0], value, key)
        if origin is tuple:
            return tuple(self.value(inner[0], each, key) for each in self._is(value, list, key))
        if origin is Mapping:
            return {
                name: self.value(inner[1], each, name) for name, each in self._is(value, dict, key).items()
            }
        if dataclasses.is_dataclass(kind):
            return self.build(typing.cast(type, kind), self._is(value, dict, key))
        if kind is Decimal:
            return Decimal(self._is(value, str, key))
        return self._is(value, kind, key)

    def _is(self, value: Any, kind: Any, key: str) -> Any:
        names = {str: N_("text in quotes"), int: N_("a whole number"), list: N_("a list"), date: N_("a date")}
        if type(value) is not kind:
            wanted = Message(names.get(kind, N_("a table")))
            raise ProgrammeProblem(self.file, self.text, key, message(N_("must be {wanted}."), wanted=wanted))
        return value
