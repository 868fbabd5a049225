"""Which recipe fits a file, and which of its columns goes where (X9).

A mapping is {file column: target}. A target is a recipe's own file column ("Panel date") or a further column
of a record the recipe makes ("mentor.availability"). A file column that is not in the mapping is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.column import COMMON, Register
from schemas.errors import InvalidEntry, Problem
from schemas.registers import BY_TAB
from schemas.words import N_, Message, message, say
from services.imports.files import MARKED
from services.programmes import Making, Programme, Recipe


@dataclass(frozen=True)
class Target:
    """Somewhere a file column may go; `title` is for the person who chooses."""

    code: str
    title: Message
    is_needed: bool


def targets(recipe: Recipe) -> tuple[Target, ...]:
    """Everywhere a file's columns may go, the recipe's own columns first."""
    needed = _needed(recipe)
    own = [Target(name, _heading(recipe, name), name in needed) for name in sources(recipe)]
    return (*own, *(target for making in recipe.makes for target in _further(making)))


def _heading(recipe: Recipe, column: str) -> Message:
    return message("{words}", words=recipe.heading(column))


def sources(recipe: Recipe) -> tuple[str, ...]:
    """The file columns that a recipe reads, in the order it names them."""
    return tuple(dict.fromkeys(name for making in recipe.makes for name in _read_by(making)))


def _read_by(making: Making) -> Iterable[str]:
    yield from making.columns
    for find in making.find.values():
        yield from (*find.by.values(), *find.prefer.values(), *find.within)
    yield from making.when


def _needed(recipe: Recipe) -> set[str]:
    """The file columns without which no row could come in."""
    found: set[str] = set()
    for making in recipe.makes:
        if not making.when:
            needed = {column.name for column in _register(making).own_columns() if column.required}
            needed |= set(making.required)
            found |= {source for source, column in making.columns.items() if column in needed}
            found |= {
                source for column in needed & set(making.find) for source in making.find[column].by.values()
            }
    return found


def _further(making: Making) -> Iterable[Target]:
    register = _register(making)
    set_already = {
        *making.columns.values(),
        *making.fixed,
        *making.find,
        *making.same,
        *making.follow,
        *making.choose,
    }
    for column in register.own_columns():
        if column.name not in set_already and not (column.to or column.sealed or column.moves):
            title = message("{record}: {field}", record=Message(register.one), field=Message(column.title))
            yield Target(f"{making.called}.{column.name}", title, False)


def best(programme: Programme, columns: Sequence[str]) -> Recipe | None:
    """The recipe that these columns suit best, or `None` where none is likely.

    One that has all it needs goes before one that lacks something; then the more columns it knows the better.
    """
    scored = [(_score(recipe, columns), recipe) for recipe in programme.imports]
    (suits, known), recipe = max(scored, key=lambda pair: pair[0], default=((False, 0), None))
    is_likely = recipe is not None and (suits or known * 2 >= len(sources(recipe)))
    return recipe if is_likely else None


def _score(recipe: Recipe, columns: Sequence[str]) -> tuple[bool, int]:
    found = set(default(recipe, columns).values())
    return _needed(recipe) <= found, len(found & set(sources(recipe)))


def default(recipe: Recipe, columns: Sequence[str]) -> dict[str, str]:
    """The mapping that the headings suggest: the recipe's names, other names for them, the registers' titles."""
    known = _known(recipe)
    mapping: dict[str, str] = {}
    for column in columns:
        target = known.get(_bare(column), "")
        if target and target not in mapping.values() and column != MARKED:
            mapping[column] = target
    return mapping


def _known(recipe: Recipe) -> dict[str, str]:
    known = {_bare(name): name for name in sources(recipe)}
    for name, welsh in recipe.welsh.items():
        known.setdefault(_bare(welsh), name)
    for name, others in recipe.also.items():
        for other in others:
            known.setdefault(_bare(other), name)
    for making in recipe.makes:
        register = _register(making)
        for source, column in making.columns.items():
            for language in ("en", "cy"):
                known.setdefault(_bare(say(register.columns[column].title, language)), source)
    return known


def check(recipe: Recipe, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Refuse a mapping that no row could come in by: unknown, doubled or missing targets."""
    titles = {target.code: target.title for target in targets(recipe)}
    chosen = [target for target in mapping.values() if target]
    problems = [
        Problem(column, message(N_("{column} goes to a column that is not there."), column=column))
        for column, target in mapping.items()
        if target and (target not in titles or column not in columns)
    ]
    problems += [
        Problem(
            code,
            message(N_("Two columns of the file go to {target}. Choose one."), target=titles.get(code, code)),
        )
        for code in dict.fromkeys(chosen)
        if chosen.count(code) > 1
    ]
    problems += [
        Problem(
            target.code, message(N_("Choose which column of the file holds {target}."), target=target.title)
        )
        for target in targets(recipe)
        if target.is_needed and target.code not in chosen
    ]
    if problems:
        raise InvalidEntry(problems, Message(N_("Change where the columns go, then look again.")))


def _register(making: Making) -> type[Register]:
    return BY_TAB[making.register]


def _bare(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def columns_of(making: Making, mapped: Iterable[str]) -> dict[str, str]:
    """{target: register column} of one record: the recipe's and those a person added."""
    prefix = f"{making.called}."
    names = {*_register(making).columns} - set(COMMON)
    more = {code: code.removeprefix(prefix) for code in mapped if code.startswith(prefix)}
    return {**making.columns, **{code: name for code, name in more.items() if name in names}}
