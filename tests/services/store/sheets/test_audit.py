"""The history's rows in the sheet say all that an entry says, and junk that people type there breaks nothing (X4)."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.store.interface import AUDIT_COLUMNS, Tab
from services.store.sheets.audit import (
    COLUMNS,
    LONGEST,
    Deed,
    End,
    Entry,
    before_line,
    end_of,
    entries_of,
    finisher,
    image_of,
    length,
    lines_of,
)

TAB = Tab("Mentors", ("_id", "programme", "Name", "_change", "_updated_at", "_updated_by"))
TABS = {TAB.name: TAB}
PLACES = {name: at for at, name in enumerate(TAB.columns)}


def entry(number: int = 5, count: int = 1, deed: str = Deed.CHANGE, **fields: tuple[str, str]) -> Entry:
    cells = dict.fromkeys(AUDIT_COLUMNS, "") | {
        "_id": f"{number}-abcd/{count}",
        "number": str(number),
        "register": "Mentors",
        "row": "M-1",
        "fields": json.dumps({name: list(pair) for name, pair in fields.items()}, sort_keys=True),
    }
    return Entry(cells, 1, deed, "4-xyz")


@given(
    st.text(max_size=50),
    st.sampled_from(Deed),
    st.dictionaries(st.text("a/1-", min_size=1), st.text(), max_size=2),
)
def test_an_entry_reads_back_as_it_was_written(text: str, deed: Deed, closes: dict[str, str]) -> None:
    made = replace(entry(Name=("a", text)), deed=deed, closes=closes)
    assert entries_of(lines_of(made), [], TABS) == [made]


def test_long_fields_take_several_rows_and_come_back_whole() -> None:
    made = [
        entry(6, Name=("a", "x" * 3 * LONGEST)),
        entry(5, 1),
        entry(5, 2, Name=("a", "y" * (LONGEST + 1))),
    ]
    lines = [line for each in made for line in lines_of(each)]
    assert len(lines) == length(made) == 4 + 1 + 2
    assert all(len(str(cell)) <= LONGEST for line in lines for cell in line)
    assert entries_of(lines, [], TABS) == made


def test_the_row_before_is_found_by_the_entry_whatever_the_order_of_the_copies() -> None:
    first, second = entry(5, 1), entry(5, 2)
    before = [
        [*before_line(second, PLACES), "M-2", "ssw", "Ben", "", "", ""],
        [*before_line(first, PLACES), "M-1", "ssw", "Ann"],
    ]
    found = entries_of([*lines_of(first), *lines_of(second)], before, TABS)
    assert [(each.image or {})["Name"] for each in found] == ["Ann", "Ben"]
    assert [each.hit for each in found] == [True, False]


def test_what_a_person_typed_into_a_written_cell_is_met() -> None:
    made = replace(entry(Name=("Ann", "Anna")), image={"_id": "M-1", "Name": "Annie"})
    assert made.met() == {"Name": "Annie"}
    assert replace(made, image={"_id": "M-2", "Name": "Annie"}).met() == {}


JUNK = st.lists(
    st.lists(st.text(max_size=8) | st.integers() | st.booleans(), max_size=len(COLUMNS) + 2), max_size=4
)


@given(JUNK, JUNK, st.integers(0, len(COLUMNS) - 1), st.text(max_size=8))
def test_junk_that_people_type_into_the_history_breaks_nothing(
    lines: list[list[str]], before: list[list[str]], at: int, text: str
) -> None:
    typed_over = lines_of(entry(Name=("a", "b")))
    typed_over[0][at] = text
    for each in entries_of([*lines, *typed_over], [["5-abcd/1", text], *before], TABS):
        assert each.number >= 0 and each.count >= 0
        assert isinstance(each.fields, dict) and isinstance(each.met(), dict) and isinstance(each.hit, bool)


def test_a_copy_whose_columns_a_person_wrote_over_tells_nothing() -> None:
    for typed in ("", "5", "[1]", '{"_id": -1}', '{"_id": "x"}', '{"_id": true}'):
        assert image_of(["5-abcd/1", typed, "M-1"], TAB) is None


def test_an_end_is_followed_through_every_settlement() -> None:
    closings = {"5-a/1": f"{End.FINISHED} by 6-b/2", "6-b/2": f"{End.FINISHED} by 7-c/1"}
    one = replace(entry(), cells=entry().cells | {"_id": "5-a/1"})
    assert end_of(one, closings) == End.FINISHED and finisher(one, closings) == "7-c/1"
    assert end_of(one, closings | {"7-c/1": End.CONFLICT}) == End.CONFLICT
    assert end_of(one, {}) == "" and finisher(one, {}) == "5-a/1"
