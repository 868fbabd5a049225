"""Every word a person sees is gathered, with its plural, for its Welsh (X7)."""

from tools.words import gathered, words_of


def test_a_marked_word_is_gathered_once() -> None:
    assert list(words_of('x = N_("Hours")\ny = message(N_("{name} is here"), name=1)')) == [
        "Hours",
        "{name} is here",
    ]


def test_two_marked_words_in_one_call_are_a_singular_and_its_plural() -> None:
    source = 'message(N_("{count} line"), N_("{count} lines"), 3)'
    assert list(words_of(source)) == [("{count} line", "{count} lines")]


def test_a_title_and_its_help_are_two_words_and_not_a_plural() -> None:
    """Columns are written `text(N_("Panel"), N_("Who sat on it"))`."""
    source = 'panel = text(N_("Panel"), N_("Who sat on it"))'
    assert list(words_of(source)) == ["Panel", "Who sat on it"]


def test_the_code_s_own_words_are_found() -> None:
    ids = {entry.id for entry in gathered()}
    assert "This is not here, or not open to you." in ids
    assert ("{count} day late", "{count} days late") in ids
