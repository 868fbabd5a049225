"""What one process holds of the spreadsheet: what changed since when, and whose hand it was (X2, X4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from services.store.interface import Look, Tab
from services.store.sheets.grid import Grid
from services.store.sheets.memory import Memory

TAB = Tab("Mentors", ("_id", "programme", "name", "days", "_change"), {"days": Look("days", "hours")})
HEADER = list(TAB.columns)
MAIR, SION = ["MEN-1", "ssw", "Mair", 3, "1-aaaa"], ["MEN-2", "ssw", "Siôn", 2, "1-aaaa"]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def holding(*lines: list[object]) -> Memory:
    """A process that has read these rows."""
    memory = Memory()
    read(memory, *lines)
    return memory


def read(memory: Memory, *lines: list[object], header: list[str] = HEADER) -> None:
    memory.hold({"Mentors": Grid(TAB, header, [list(line) for line in lines])}, NOW)  # type: ignore[arg-type]


def told(memory: Memory) -> list[tuple[str, dict[str, tuple[str, str]]]]:
    """The edits by hand that the history will tell."""
    return [(edit.row, dict(edit.fields)) for edit in memory.edits]


def test_reading_the_same_again_changes_nothing() -> None:
    memory = holding(MAIR, SION)
    edition = memory.edition
    read(memory, MAIR, SION)
    assert memory.edition == edition and memory.since(["Mentors"], edition) == {"Mentors": ()}
    assert told(memory) == []


def test_a_cell_changed_by_hand_is_told_with_old_and_new() -> None:
    memory = holding(MAIR, SION)
    edition = memory.edition
    read(memory, MAIR, [*SION[:3], 2.5, "1-aaaa"])
    assert told(memory) == [("MEN-2", {"days": ("2", "2.5")})]
    changed = memory.since(["Mentors"], edition)
    assert changed is not None and [row["_id"] for row in changed["Mentors"]] == ["MEN-2"]


def test_a_change_of_the_apps_own_in_another_process_is_no_edit_by_hand() -> None:
    memory = holding(MAIR, SION)
    edition = memory.edition
    read(memory, MAIR, [*SION[:3], 5, "2-bbbb"])
    assert told(memory) == [] and memory.edition > edition


def test_a_sort_moves_rows_and_edits_none() -> None:
    memory = holding(MAIR, SION)
    edition = memory.edition
    read(memory, SION, MAIR)
    assert told(memory) == [] and memory.since(["Mentors"], edition) is None


def test_a_row_deleted_by_hand_is_told_with_what_it_said() -> None:
    memory = holding(MAIR, SION)
    edition = memory.edition
    read(memory, MAIR)
    assert told(memory) == [("MEN-2", {"programme": ("ssw", ""), "name": ("Siôn", ""), "days": ("2", "")})]
    assert memory.since(["Mentors"], edition) is None


def test_a_row_typed_below_the_others_is_told_as_new() -> None:
    memory = holding(MAIR)
    read(memory, MAIR, ["MEN-9", "ssw", "Bron"])
    assert told(memory) == [("MEN-9", {"programme": ("", "ssw"), "name": ("", "Bron")})]


@pytest.mark.parametrize("header", [["_id", "programme", "Enw", "days", "_change"], [*HEADER, "name"]])
def test_a_tab_with_a_column_missing_or_doubled_leaves_the_last_good_reading(header: list[str]) -> None:
    memory = holding(MAIR, SION)
    read(memory, MAIR, header=header)
    assert list(memory.broken) == ["Mentors"] and len(memory.tabs["Mentors"].grid.lines) == 2
    read(memory, MAIR, SION)
    assert memory.broken == {} and told(memory) == []


def test_columns_moved_by_hand_are_no_edit_of_any_row() -> None:
    memory = holding(MAIR, SION)
    moved = ["_id", "name", "programme", "days", "_change"]
    read(
        memory,
        *([line[0], line[2], line[1], *line[3:]] for line in (MAIR, SION)),
        header=moved,
    )
    assert told(memory) == []


def test_a_reader_and_a_saver_share_it() -> None:
    """One visitor's page asks what changed while another's save is noted."""
    memory = holding(MAIR)
    before = memory.edition

    def save() -> None:
        for count in range(20_000):
            with memory.lock:
                memory.edition += 1
                memory.patch("Mentors", f"MEN-{count}")

    with ThreadPoolExecutor(1) as saver:
        saved = saver.submit(save)
        while not saved.done():
            memory.since(["Mentors"], before)
    saved.result()
