"""Every word a person sees is gathered, with its plural, for its Welsh (X7)."""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog

from tools.words import _write, gathered, words_of


def test_a_marked_word_is_gathered_once() -> None:
    assert list(words_of('x = N_("Hours")\ny = message(N_("{name} is here"), name=1)')) == [
        "Hours",
        "{name} is here",
    ]


def test_two_marked_words_in_one_call_are_a_singular_and_its_plural() -> None:
    source = 'message(N_("{count} line"), N_("{count} lines"), 3)'
    assert list(words_of(source)) == [("{count} line", "{count} lines")]


def test_two_counting_words_kept_together_are_a_singular_and_its_plural() -> None:
    """Else `_(*words, n)` finds neither form, and a Welsh page counts in English."""
    source = 'words = N_("Ask {count} peer"), N_("Ask {count} peers")\nother = N_("Yes"), N_("No")'
    assert list(words_of(source)) == [("Ask {count} peer", "Ask {count} peers"), "Yes", "No"]


def test_a_title_and_its_help_are_two_words_and_not_a_plural() -> None:
    """Columns are written `text(N_("Panel"), N_("Who sat on it"))`."""
    source = 'panel = text(N_("Panel"), N_("Who sat on it"))'
    assert list(words_of(source)) == ["Panel", "Who sat on it"]


def test_the_code_s_own_words_are_found() -> None:
    ids = {entry.id for entry in gathered()}
    assert "This is not here, or not open to you." in ids
    assert ("{count} day late", "{count} days late") in ids


def test_the_same_words_compile_to_the_same_bytes(tmp_path: Path) -> None:
    """Else every run would change the compiled file, and its history would say nothing."""
    made = []
    for name, day in (("first", 3), ("second", 4)):
        catalogue = Catalog(locale="cy", creation_date=datetime(2026, 2, day, tzinfo=UTC))
        catalogue.add("Hours", "Oriau")
        _write(catalogue, tmp_path / name / "words.po")
        made.append((tmp_path / name / "words.mo").read_bytes())
    assert made[0] == made[1]
