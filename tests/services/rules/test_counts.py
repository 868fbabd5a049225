"""No count under five is shown, nor found by taking the others from the whole (RM74)."""

from hypothesis import given
from hypothesis import strategies as st

from services.rules.counts import one, shown


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    assert shown({"a": 3, "b": 8, "c": 20}, 5) == {"a": None, "b": None, "c": 20}


def test_none_and_five_are_shown() -> None:
    assert shown({"a": 0, "b": 5}, 5) == {"a": 0, "b": 5}
    assert (one(4, 5), one(5, 5), one(0, 5)) == (None, 5, 0)


def test_two_ones_are_not_found_in_a_rest_of_two() -> None:
    assert shown({"a": 1, "b": 1, "c": 8, "d": 9}, 5) == {"a": None, "b": None, "c": None, "d": 9}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 12), max_size=6))
def test_no_small_count_is_shown_and_no_single_one_is_hidden_beside_another(counts: dict[str, int]) -> None:
    found = shown(counts, 5)
    hidden = [name for name, count in found.items() if count is None]
    assert not any(count is not None and 0 < count < 5 for count in found.values())
    if hidden and any(count for name, count in counts.items() if name not in hidden):
        assert len(hidden) > 1
        assert sum(counts[name] for name in hidden) >= 5
