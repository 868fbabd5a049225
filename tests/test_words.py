"""Every word a person sees has its Welsh, whole and up to date (X7)."""

import gettext
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from schemas.registers import REGISTERS
from schemas.words import LOCALE, message, say
from tools.words import gathered

PO = LOCALE / "cy" / "LC_MESSAGES" / "mentor_desk.po"
GAP = re.compile(r"\{\w*[^}]*\}")
SAME_IN_BOTH = {
    "Mentor",
    "Panel",
    "Person",
    "Id",
    "Tab",
    "Excel",
    "mentor",
    "{count} person",
    "Contract",
    "Contract {version}",
    "Cost",
    "PDF: {language}",
    "Word",
    "Word, {language}",
    "Word: {language}",
}
MUTATED = {
    1: ("1 llinell", "1 diwrnod", "1 papur"),
    2: ("2 linell", "2 ddiwrnod", "2 bapur"),
    3: ("3 llinell", "3 diwrnod", "3 phapur"),
    4: ("4 llinell", "4 diwrnod", "4 papur"),
    6: ("6 llinell", "6 diwrnod", "6 phapur"),
}


@cache
def catalogue() -> Catalog:
    """The Welsh catalogue as its file says it."""
    return read_po(BytesIO(PO.read_bytes()), locale="cy")


def entries() -> Iterator[Message]:
    """Every word of the catalogue that has its Welsh; those without are one test's affair."""
    return (entry for entry in catalogue() if entry.id and any(forms(entry.string)))


def forms(said: object) -> tuple[str, ...]:
    """The one form of a word, or the several of a plural."""
    return (said,) if isinstance(said, str) else tuple(said)  # type: ignore[arg-type]


def first(entry: Message) -> str:
    return forms(entry.id)[0]


def test_every_gathered_word_has_its_welsh() -> None:
    """When this fails: `python -m tools.words`, then write the Welsh of what it names."""
    have = {entry.id: entry.string for entry in entries()}
    missing = [word.id for word in gathered() if word.id and not all(forms(have.get(word.id) or ""))]
    assert missing == []


def test_the_catalogue_holds_no_word_the_code_has_dropped() -> None:
    wanted = {word.id for word in gathered()}
    assert [entry.id for entry in entries() if entry.id not in wanted] == []


def test_every_welsh_form_keeps_the_sentences_gaps() -> None:
    """A gap lost is a name or an amount nobody sees; a gap added is an error while a page is drawn."""
    wrong = [
        (entry.id, said)
        for entry in entries()
        for said in forms(entry.string)
        if sorted(GAP.findall(said)) != sorted(GAP.findall(first(entry)))
    ]
    assert wrong == []


def test_a_plural_has_the_five_forms_of_welsh() -> None:
    """Other, one, two, three and six (CLDR)."""
    assert catalogue().num_plurals == 5
    few = [entry.id for entry in entries() if not isinstance(entry.id, str) and len(entry.string) != 5]
    assert few == []


def test_a_sentence_ends_in_welsh_as_it_does_in_english() -> None:
    """A full stop or question mark lost on the way shows beside others that have theirs."""
    wrong = [
        entry.id
        for entry in entries()
        for said in forms(entry.string)
        if first(entry).endswith((".", "?")) != said.endswith((".", "?"))
    ]
    assert wrong == []


def test_nothing_is_left_in_english() -> None:
    """A word that is the same in both languages is named above; gaps and marks alone have no language."""
    same = {
        first(entry)
        for entry in entries()
        if first(entry) in forms(entry.string) and re.search(r"[A-Za-z]", GAP.sub("", first(entry)))
    }
    assert same - SAME_IN_BOTH == set()


def test_no_welsh_waits_as_fuzzy() -> None:
    """A fuzzy entry is not compiled: its page would be English. Doubts are comments instead."""
    assert [entry.id for entry in entries() if entry.fuzzy] == []


def test_the_compiled_catalogue_says_what_the_file_says() -> None:
    compiled = read_mo(BytesIO(PO.with_suffix(".mo").read_bytes()))
    words = {forms(entry.id): forms(entry.string) for entry in entries()}
    assert {forms(entry.id): forms(entry.string) for entry in compiled if entry.id} == words


def test_every_title_help_choice_and_rule_of_the_registers_is_in_the_catalogue() -> None:
    """They reach the page through `say()`, which finds nothing for a word nobody marked (design 2)."""
    have = {form for entry in entries() for form in forms(entry.id)}
    said = {
        word
        for register in REGISTERS
        for column in register.columns.values()
        for word in (register.tab, register.one, column.title, column.help, *column.choices)
    }
    said |= {rule.words.text for register in REGISTERS for rule in register.rules}
    assert {str(word) for word in said if word} - have - {"Cymraeg"} == set()


@pytest.mark.parametrize(("count", "words"), MUTATED.items())
def test_a_number_mutates_the_word_after_it(count: int, words: tuple[str, ...]) -> None:
    pairs = (
        ("{count} line", "{count} lines"),
        ("{count} day", "{count} days"),
        ("{count} paper", "{count} papers"),
    )
    assert tuple(say(message(one, many, count), "cy") for one, many in pairs) == words


def test_the_months_of_a_quarter_mutate_after_i() -> None:
    welsh = gettext.translation("mentor_desk", LOCALE, ["cy"])
    assert welsh.gettext("January to March {year}") == "Ionawr i Fawrth {year}"


@pytest.mark.parametrize(
    "label",
    ["Programme Manager", "Activity Record", "public liability insurance", "variation", "payee", "shortlist"],
)
def test_a_term_of_the_glossary_is_the_catalogues_word_for_it(label: str) -> None:
    rows = re.findall(
        r"^\| ([^|]+?) \| ([^|]+?) \|", (LOCALE / "cy" / "glossary.md").read_text(), re.MULTILINE
    )
    said = {first(entry).lower(): forms(entry.string)[0].lower() for entry in entries()}
    assert said[label.lower()] == dict(rows)[label].lower()
