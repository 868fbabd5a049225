"""What a misplaced change calls for, case by case (X3)."""

import json
from dataclasses import replace

import pytest

from services.store.interface import AUDIT_COLUMNS, Cells, Tab
from services.store.sheets.audit import Deed, End, Entry
from services.store.sheets.grid import Grid
from services.store.sheets.settle import Step, steps, suspects

TAB = Tab("Mentors", ("_id", "programme", "Name", "_change", "_updated_at", "_updated_by"))
ANN: Cells = {
    "_id": "M-1",
    "programme": "ssw",
    "Name": "Ann",
    "_change": "3-old",
    "_updated_at": "",
    "_updated_by": "",
}
BEN: Cells = {
    "_id": "M-2",
    "programme": "ssw",
    "Name": "Ben",
    "_change": "2-old",
    "_updated_at": "",
    "_updated_by": "",
}
BLANK: Cells = dict.fromkeys(TAB.columns, "")
STAMP = {"_change": "5-abcd", "_updated_at": "noon", "_updated_by": "asha"}
BACK = {
    "Name": ("Anna", "Ben"),
    "_change": ("5-abcd", "2-old"),
    "_updated_at": ("noon", ""),
    "_updated_by": ("asha", ""),
}


def change(image: Cells | None, count: int = 1, deed: str = Deed.CHANGE) -> Entry:
    """Ann shall be called Anna."""
    cells = dict.fromkeys(AUDIT_COLUMNS, "") | {
        "_id": f"5-abcd/{count}",
        "number": "5",
        "at": "noon",
        "who": "asha",
        "register": "Mentors",
        "row": "M-1",
        "fields": json.dumps({"Name": ["Ann", "Anna"]}),
    }
    return Entry(cells, 1, deed, "3-old", image=image)


def grids(*rows: Cells) -> dict[str, Grid]:
    return {"Mentors": Grid(TAB, TAB.columns, [[row[name] for name in TAB.columns] for row in rows])}


def settled(entry: Entry, *rows: Cells, others: tuple[Entry, ...] = ()) -> list[Step]:
    return steps(suspects([entry], 5), grids(*rows), [entry, *others])


def stray(row: Cells) -> Cells:
    return {**row, "Name": "Anna", **STAMP}


def test_a_change_that_hit_its_row_calls_for_nothing() -> None:
    assert settled(change(ANN), stray(ANN), BEN) == []


def test_a_stray_value_goes_back_and_the_change_is_made_after_all() -> None:
    entry = change(BEN)
    assert settled(entry, ANN, stray(BEN)) == [
        Step(Deed.BACK, ("Mentors", 1), BACK),
        Step(Deed.CHANGE, ("Mentors", 0), {"Name": ("Ann", "Anna")}, entry, End.FINISHED),
    ]


def test_what_was_typed_over_a_stray_value_stays() -> None:
    entry = change(BEN)
    back, _ = settled(entry, ANN, {**stray(BEN), "Name": "Benny"})
    assert "Name" not in back.fields and back.fields["_change"] == ("5-abcd", "2-old")


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        (({**ANN, "Name": "Annie"}, stray(BEN)), End.CONFLICT),
        ((stray(BEN),), End.GONE),
        (({**ANN, "Name": "Anna"}, stray(BEN)), End.FINISHED),
    ],
    ids=["typed over", "deleted", "typed the same"],
)
def test_a_change_alone_is_given_up_where_its_row_says_otherwise_by_now(
    rows: tuple[Cells, ...], end: str
) -> None:
    entry = change(BEN)
    assert settled(entry, *rows)[-1] == Step(ends=entry, end=end)


def test_the_rest_of_a_change_is_insisted_on_where_a_part_stands() -> None:
    """All of a change or nothing: what somebody typed meanwhile is in the history."""
    entry, added = change(BEN), change(None, 2, Deed.ADD)
    last = settled(entry, {**ANN, "Name": "Annie"}, stray(BEN), others=(added,))[-1]
    assert last == Step(Deed.INSIST, ("Mentors", 0), {"Name": ("Ann", "Anna")}, entry, End.FINISHED)


def test_none_of_several_is_made_where_one_can_t_be_and_no_part_stands() -> None:
    one, two = change(BEN), change(BLANK, 2)
    two = replace(two, cells=two.cells | {"row": "M-3"})
    suspected = suspects([one, two], 5)
    found = steps(suspected, grids(ANN, stray(BEN), stray(BLANK)), [one, two])
    assert [(step.ends, step.end) for step in found if step.ends] == [(one, End.CONFLICT), (two, End.GONE)]
    assert all(step.deed == Deed.BACK for step in found if step.spot)


def test_two_blank_rows_hit_by_one_change_are_both_emptied() -> None:
    one, two = change(BLANK), change(BLANK, 2)
    found = steps(suspects([one, two], 5), grids(stray(BLANK), stray(BLANK), ANN), [one, two])
    assert {step.spot for step in found if step.deed == Deed.BACK} == {("Mentors", 0), ("Mentors", 1)}


def test_a_row_that_bears_the_mark_overrules_a_copy_of_nothing() -> None:
    """A filtered row may be copied as blank; the row itself shows that it was hit."""
    assert settled(change(BLANK), stray(ANN), BEN) == []
    assert settled(change(None), stray(ANN), BEN) == []


def test_where_nothing_tells_what_was_hit_it_is_closed_as_unclear() -> None:
    entry = change(None)
    assert settled(entry, ANN, BEN) == [Step(ends=entry, end=End.UNCLEAR)]
    assert suspects([entry], 6) == []  # whoever wrote next had settled it
