"""What every engine promises (X1, X3, X4); each test runs on SQLite, on PostgreSQL and on a spreadsheet."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from schemas.errors import OperationReused
from services.store.interface import (
    AUDIT_COLUMNS,
    Append,
    Change,
    Fresh,
    IdTaken,
    Needs,
    Store,
    Tab,
    Update,
)
from tests.services.store.workbook import (
    MENTORS,
    NOON,
    OWN,
    TABS,
    Workbook,
    add,
    change,
    deciding,
    never,
    operation,
    rows,
)
from tests.services.store.worker import CAP, take_up_to_the_cap


def worker(workbook: Workbook, deed: str, argument: str = "-") -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.services.store.worker", workbook.address, deed, argument]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


# What a commit writes


def test_a_new_row_carries_its_mark_its_hour_and_its_author(store: Store) -> None:
    receipt = add(store, "op-1", "MEN-1", Name="Siân")
    row = rows(store)["MEN-1"]
    assert receipt.number == 1 and receipt.saved == (("Mentors", row),) and not receipt.repeated
    assert row.pop("_change").startswith("1-") and len(receipt.saved[0][1]["_change"]) == 6
    assert row == {
        "_id": "MEN-1",
        "programme": "ssw",
        "Name": "Siân",
        "Notes": "",
        "Days": "",
        "_updated_at": "2026-11-21T12:00:00+00:00",
        "_updated_by": "asha@example.org",
    }


def test_an_audit_row_says_who_what_from_and_to(store: Store) -> None:
    """X4."""
    add(store, "op-1", "MEN-1", Name="Sian", Days="3")
    receipt = change(store, "op-2", "MEN-1", Name="Siân", Notes="ŵ")
    (audit,) = receipt.audit
    assert tuple(audit) == AUDIT_COLUMNS
    assert audit["fields"] == '{"Name": ["Sian", "Siân"], "Notes": ["", "ŵ"]}'
    assert audit["_id"] == receipt.saved[0][1]["_change"] + "/1"
    assert [audit[name] for name in ("number", "at", "who", "programme", "op_id", "digest")] == [
        "2",
        NOON.isoformat(),
        "asha@example.org",
        "ssw",
        "op-2",
        "as typed",
    ]
    assert [audit[name] for name in ("action", "why", "register", "row")] == [
        "mentors.save",
        "asked by phone",
        "Mentors",
        "MEN-1",
    ]


def test_an_update_leaves_the_other_cells_alone(store: Store) -> None:
    add(store, "op-1", "MEN-1", "MEN-2", Name="Sian", Days="3")
    receipt = change(store, "op-2", "MEN-1", Name="Siân")
    assert receipt.saved[0][1] == rows(store)["MEN-1"]
    assert rows(store)["MEN-1"]["Days"] == "3"
    assert rows(store)["MEN-2"]["Name"] == "Sian"


def test_one_commit_may_add_a_row_change_it_and_write_another_register(store: Store) -> None:
    receipt = store.commit(
        operation("op-1"),
        Needs(),
        deciding(
            Append("Mentors", {"_id": "MEN-1", "Name": "Bron"}),
            Append("Invoice lines", {"_id": "LIN-1", "Hours": "7"}),
            Update("Mentors", "MEN-1", {"Days": "2"}, {"Days": ""}),
        ),
    )
    assert rows(store)["MEN-1"]["Days"] == "2" and rows(store)["MEN-1"]["Name"] == "Bron"
    assert rows(store, "Invoice lines")["LIN-1"]["Hours"] == "7"
    assert [row["_id"].split("/")[1] for row in receipt.audit] == ["1", "2", "3"]
    assert len(receipt.saved) == 2


def test_what_a_cell_holds_comes_back_exactly(store: Store) -> None:
    """X14: printable text is data."""
    texts = [
        "=1+1",
        "+44 7700 900123",
        "@SUM(A1)",
        "-",
        "0042",
        "1e5",
        "TRUE",
        "NULL",
        " two  spaces ",
        "Ŵyn ŷ Siân Tŷ'n-y-coed",
        "e\u0301 and é",
        "👩🏽‍🌾🏴\U000e0067\U000e0062",
        "one\ntwo\r\nthree\ttab",
        '\'; DROP TABLE "Mentors"; --',
        "%s %(x)s {0} :x ? $1 \\n",
        "x" * 10_000,
        "",
    ]
    changes = [Append("Mentors", {"_id": f"MEN-{n}", "Notes": text}) for n, text in enumerate(texts)]
    receipt = store.commit(operation("op-1"), Needs(), lambda fresh: changes)
    assert [row["Notes"] for row in store.read("Mentors").rows["Mentors"]] == texts
    assert [json.loads(row["fields"]).get("Notes", ["", ""])[1] for row in receipt.audit] == texts
    found = store.commit(operation("op-2"), Needs(where=(("Mentors", "Notes", texts[13]),)), _note_all)
    assert [row["_id"] for _, row in found.saved] == ["MEN-13"]


def _note_all(fresh: Fresh) -> list[Change]:
    return [Update("Mentors", id, {"Days": "1"}, {"Days": ""}) for id in fresh.rows("Mentors")]


def test_odd_names_of_registers_and_columns_are_only_names(workbook: Workbook) -> None:
    """Two long ones differ only beyond what PostgreSQL keeps of a name."""
    long = "Which of these best describes the advice that the group asked for, in its own words? "
    odd = ("Hours (%)", 'It\'s "quoted"', "a:b", "[x].y", "50% £ %s", "Tŷ", "select", long + "1", long + "2")
    tab = Tab('Plans; "it\'s" 100%', ("_id", *odd, *OWN))
    store = workbook.open([tab])
    cells = {name: f"{n}: {name}" for n, name in enumerate(odd)}
    store.commit(operation("op-1"), Needs(), deciding(Append(tab.name, {"_id": "A", **cells})))
    store.commit(
        operation("op-2"), Needs(), deciding(Update(tab.name, "A", {odd[0]: "7"}, {odd[0]: cells[odd[0]]}))
    )
    wider = Tab(tab.name, (*tab.columns, "50% new: ?"))
    again = workbook.open([wider])
    (row,) = again.read(tab.name).rows[tab.name]
    assert {name: row[name] for name in odd} == {**cells, odd[0]: "7"}


# What a commit refuses


def test_a_refusal_in_decide_passes_through_and_nothing_is_written(store: Store) -> None:
    class Refusal(Exception):
        pass

    def decide(fresh: Fresh) -> list[Change]:
        raise Refusal

    with pytest.raises(Refusal):
        store.commit(operation("op-1"), Needs(), decide)
    assert store.number() == 0 and store.audit(10) == ()
    assert add(store, "op-1", "MEN-1").number == 1


def test_deciding_nothing_writes_nothing(store: Store) -> None:
    add(store, "op-1", "MEN-1")
    receipt = store.commit(operation("op-2"), Needs(), deciding())
    assert (receipt.number, receipt.saved, receipt.audit, receipt.repeated) == (1, (), (), False)
    assert store.number() == 1 and len(store.audit(10)) == 1


WRONG: dict[str, tuple[type[Exception], Change]] = {
    "an id that is taken": (IdTaken, Append("Mentors", {"_id": "MEN-1"})),
    "a row that is missing": (LookupError, Update("Mentors", "MEN-9", {"Name": "x"}, {"Name": ""})),
    "a row decided on otherwise": (ValueError, Update("Mentors", "MEN-1", {"Name": "x"}, {"Name": "Bob"})),
    "a column that is not there": (ValueError, Append("Mentors", {"_id": "MEN-2", "Shoe": "9"})),
    "a register that is not there": (ValueError, Append("Shoes", {"_id": "MEN-2"})),
    "the audit": (ValueError, Append("Audit", {"_id": "MEN-2"})),
    "a blank id": (ValueError, Append("Mentors", {"_id": ""})),
    "another id for a row": (ValueError, Update("Mentors", "MEN-1", {"_id": "MEN-2"}, {})),
    "a number for a text": (TypeError, Append("Mentors", {"_id": "MEN-2", "Days": 3})),  # type: ignore[dict-item]
    "a nil character": (ValueError, Append("Mentors", {"_id": "MEN-2", "Name": "a\0b"})),
    "half a character": (ValueError, Append("Mentors", {"_id": "MEN-2", "Name": "\ud800"})),
}


@pytest.mark.parametrize("what", WRONG)
def test_one_wrong_change_stops_the_whole_commit(store: Store, what: str) -> None:
    add(store, "op-1", "MEN-1", Name="Siân")
    error, wrong = WRONG[what]
    good = Append("Mentors", {"_id": "MEN-3"})
    with pytest.raises(error):
        store.commit(operation("op-2"), Needs(), deciding(good, wrong))
    assert list(rows(store)) == ["MEN-1"] and store.number() == 1 and len(store.audit(10)) == 1


def test_two_registers_alike_but_for_capitals_are_refused(workbook: Workbook) -> None:
    with pytest.raises(ValueError, match="capitals"):
        workbook.open([MENTORS, Tab("mentors", ("_id",))])
    with pytest.raises(ValueError, match="capitals"):
        workbook.open([Tab("Mentors", ("_id", "Name", "name"))])


# What decide sees


def test_decide_sees_what_it_needs_and_nothing_else(store: Store) -> None:
    add(store, "op-1", "MEN-1", "MEN-2", Days="2")
    add(store, "op-2", "MEN-3", "MEN-4", Days="4")
    add(store, "op-3", "LIN-1", register="Invoice lines")
    seen: list[Fresh] = []

    def look(fresh: Fresh) -> list[Change]:
        seen.append(fresh)
        return []

    one_and_some = Needs(rows=(("Mentors", "MEN-1"), ("Mentors", "MEN-9")), where=(("Mentors", "Days", "4"),))
    store.commit(operation("op-4"), one_and_some, look)
    store.commit(operation("op-5"), Needs(whole=("Invoice lines",), rows=(("Mentors", "MEN-9"),)), look)
    assert set(seen[0].rows("Mentors")) == {"MEN-1", "MEN-3", "MEN-4"}
    assert seen[0].rows("Mentors")["MEN-3"] == rows(store)["MEN-3"]
    assert set(seen[1].rows("Invoice lines")) == {"LIN-1"} and seen[1].rows("Mentors") == {}
    with pytest.raises(ValueError, match="Needs"):
        seen[0].rows("Invoice lines")


def test_many_rows_can_be_needed_at_once(store: Store) -> None:
    ids = [f"MEN-{n}" for n in range(1234)]
    add(store, "op-1", *ids)
    needs = Needs(rows=tuple(("Mentors", id) for id in ids))
    assert len(store.commit(operation("op-2"), needs, _note_all).saved) == 1234
    assert {row["Days"] for row in rows(store).values()} == {"1"}


def test_scribbling_on_what_was_read_changes_nothing(store: Store) -> None:
    add(store, "op-1", "MEN-1", Name="Siân")

    def scribble(fresh: Fresh) -> list[Change]:
        fresh.rows("Mentors")["MEN-1"]["Name"] = "Scribble"
        return [Update("Mentors", "MEN-1", {"Days": "1"}, {"Days": ""})]

    receipt = store.commit(operation("op-2"), Needs(whole=("Mentors",)), scribble)
    assert rows(store)["MEN-1"]["Name"] == receipt.saved[0][1]["Name"] == "Siân"


# The same operation again


def test_the_same_operation_again_is_answered_not_repeated(store: Store) -> None:
    first = add(store, "op-1", "MEN-1", "MEN-2", Name="Siân")
    again = store.commit(operation("op-1"), Needs(), never)
    assert again.repeated and again.number == first.number
    assert sorted(again.saved, key=str) == sorted(first.saved, key=str) and again.audit == first.audit
    assert store.number() == 1


def test_a_repeated_receipt_shows_rows_as_they_stand_now(store: Store) -> None:
    """Else whoever patches a list from it would put an old row back."""
    add(store, "op-1", "MEN-1", Name="Sian")
    change(store, "op-2", "MEN-1", Name="Siân")
    again = store.commit(operation("op-1"), Needs(), never)
    assert again.number == 1 and again.saved == (("Mentors", rows(store)["MEN-1"]),)


def test_the_same_operation_with_other_content_is_refused(store: Store) -> None:
    add(store, "op-1", "MEN-1")
    with pytest.raises(OperationReused):
        store.commit(operation("op-1", "typed otherwise"), Needs(), never)
    assert store.number() == 1


def test_a_double_click_makes_one_row(store: Store) -> None:
    together = Barrier(2)

    def click(id: str) -> bool:
        together.wait()
        return add(store, "op-1", id).repeated

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(click, ["MEN-1", "MEN-2"])) == [False, True]
    assert len(rows(store)) == 1 and len(store.audit(10)) == 1


# Reading


def test_a_reading_since_an_edition_gives_exactly_the_rows_changed_after_it(store: Store) -> None:
    add(store, "op-1", "MEN-1", "MEN-2", "MEN-3")
    add(store, "op-2", "LIN-1", register="Invoice lines")
    since = store.read("Mentors", "Invoice lines").edition
    change(store, "op-3", "MEN-2", Name="Bron")
    add(store, "op-4", "MEN-4")
    reading = store.read("Mentors", "Invoice lines", since=since)
    assert not reading.whole and reading.number == 4 == store.number()
    assert [row["_id"] for row in reading.rows["Mentors"]] == ["MEN-2", "MEN-4"]
    assert reading.rows["Invoice lines"] == ()
    assert store.read("Mentors", since=reading.edition).rows == {"Mentors": ()}


def test_a_receipt_says_which_edition_it_follows(store: Store) -> None:
    """So that whoever holds that edition need not read again."""
    add(store, "op-1", "MEN-1")
    held = store.read("Mentors", "Invoice lines").edition
    receipt = change(store, "op-2", "MEN-1", Name="Bron")
    assert receipt.follows == held != receipt.edition
    assert store.read("Mentors", since=receipt.edition).rows == {"Mentors": ()}


def test_a_whole_reading_keeps_the_order_in_which_rows_came(store: Store) -> None:
    add(store, "op-1", "MEN-3", "MEN-1", "MEN-2")
    change(store, "op-2", "MEN-3", Name="Bron")
    add(store, "op-3", "MEN-0")
    reading = store.read("Mentors")
    assert [row["_id"] for row in reading.rows["Mentors"]] == ["MEN-3", "MEN-1", "MEN-2", "MEN-0"]
    assert reading.whole and reading.at.tzinfo is not None


def test_a_register_nobody_knows_is_a_bug(store: Store) -> None:
    with pytest.raises(ValueError, match="Shoes"):
        store.read("Shoes")


def test_the_audit_can_be_read_like_a_register(store: Store) -> None:
    receipt = add(store, "op-1", "MEN-1")
    assert store.read("Audit").rows["Audit"] == receipt.audit


def test_history_is_of_one_record_newest_first(store: Store) -> None:
    """X4."""
    add(store, "op-1", "SAME-1", "MEN-2")
    add(store, "op-2", "SAME-1", register="Invoice lines")
    change(store, "op-3", "SAME-1", Name="Bron")
    assert [row["op_id"] for row in store.history("Mentors", "SAME-1")] == ["op-3", "op-1"]
    assert store.history("Mentors", "MEN-9") == ()


def test_pages_of_the_audit_never_break_off_within_a_change(store: Store) -> None:
    add(store, "op-1", "MEN-1")
    add(store, "op-2", *(f"MEN-2{n}" for n in range(12)))
    change(store, "op-3", "MEN-1", Name="Bron")
    first = store.audit(5)
    assert [row["number"] for row in first] == ["3"] + ["2"] * 12
    assert [row["row"] for row in first[1:3]] == ["MEN-211", "MEN-210"]
    rest = store.audit(5, before=int(first[-1]["number"]))
    assert [row["op_id"] for row in rest] == ["op-1"]
    assert store.audit(5, before=1) == ()


# Edits made with another program

DEEDS = {
    "change": lambda workbook: workbook.change_name("MEN-1", "Siân"),
    "add": lambda workbook: workbook.add_row("MEN-9"),
    "delete": lambda workbook: workbook.delete_row("MEN-1"),
}
TOUCHED = {"change": ["MEN-1"], "add": ["MEN-9"]}
LEFT = {"change": ["Siân", ""], "add": ["", "", ""], "delete": [""]}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_edit_by_hand_is_noticed_by_every_holder_of_an_older_reading(
    workbook: Workbook, deed: str
) -> None:
    store, other = workbook.open(), workbook.open()
    add(store, "op-1", "MEN-1", "MEN-2")
    since = {holder: holder.read("Mentors", "Invoice lines").edition for holder in (store, other)}
    DEEDS[deed](workbook)
    for holder in (store, other):
        reading = holder.read("Mentors", since=since[holder])
        names = [row["Name"] for row in holder.read("Mentors").rows["Mentors"]]
        assert names == LEFT[deed] and reading.edition != since[holder]
        assert reading.whole or [row["_id"] for row in reading.rows["Mentors"]] == TOUCHED[deed]
        assert holder.read("Invoice lines", since=since[holder]).rows == {"Invoice lines": ()}
        assert not holder.read("Mentors", since=holder.read("Mentors").edition).whole


def test_an_edit_by_hand_is_noticed_among_commits(workbook: Workbook) -> None:
    """Another process's save must not hide it."""
    store = workbook.open()
    add(store, "op-1", "MEN-1", "MEN-2")
    since = store.read("Mentors").edition
    workbook.delete_row("MEN-1")
    add(workbook.open(), "op-2", "MEN-3")
    reading = store.read("Mentors", since=since)
    assert reading.whole and [row["_id"] for row in reading.rows["Mentors"]] == ["MEN-2", "MEN-3"]
    assert not store.read("Mentors", since=reading.edition).whole


def test_a_commit_is_no_edit_by_hand(store: Store) -> None:
    add(store, "op-1", "MEN-1")
    since = store.read("Mentors").edition
    change(store, "op-2", "MEN-1", Name="Bron")
    assert store.number() == 2 and not store.read("Mentors", since=since).whole


# Several at once


def test_two_people_never_pass_a_cap_together(store: Store) -> None:
    with ThreadPoolExecutor(2) as people:
        taken = list(people.map(lambda name: take_up_to_the_cap(store, name), ["a", "b"]))
    assert sum(taken) == CAP == len(rows(store)) == store.number() == len(store.audit(1000))


def test_two_processes_never_pass_a_cap_together(workbook: Workbook) -> None:
    """They also open one empty workbook at the same time."""
    both = [worker(workbook, "take", name) for name in ("a", "b")]
    taken = [int(process.communicate(timeout=60)[0]) for process in both]
    assert sum(taken) == CAP == len(rows(workbook.open()))


def test_several_processes_may_open_an_empty_workbook_at_once(workbook: Workbook) -> None:
    several = [worker(workbook, "open") for _ in range(4)]
    assert [process.communicate(timeout=60)[0] for process in several] == ["0\n"] * 4


def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    add(store, "op-1", "MEN-1", Name="before")
    seen = []

    def decide(fresh: Fresh) -> list[Change]:
        with ThreadPoolExecutor(1) as reader:
            started = time.monotonic()
            seen.append(reader.submit(rows, store).result(timeout=5)["MEN-1"]["Name"])
            seen.append(time.monotonic() - started < 2)
        return [Update("Mentors", "MEN-1", {"Name": "after"}, {"Name": "before"})]

    store.commit(operation("op-2"), Needs(rows=(("Mentors", "MEN-1"),)), decide)
    assert seen == ["before", True] and rows(store)["MEN-1"]["Name"] == "after"


# Crashes and lost answers


def test_crashes_at_any_moment_lose_nothing_acknowledged(workbook: Workbook) -> None:
    store = workbook.open()
    for turn in range(4):
        process = worker(workbook, "save", f"turn{turn}")
        assert process.stdout and process.stdout.readline() == "ready\n"
        time.sleep(0.05 + turn * 0.037)
        process.kill()
        acknowledged = process.stdout.read().split("\n")[:-1]
        found = [id for id in rows(store) if id.startswith(f"turn{turn}-")]
        assert len(found) in (200 * len(acknowledged), 200 * (len(acknowledged) + 1))
    time.sleep(0.5)  # what was under way when its process was killed may still land
    everything = rows(store)
    assert len(store.audit(100_000)) == len(everything)


def test_opening_again_keeps_everything(workbook: Workbook) -> None:
    receipt = add(workbook.open(), "op-1", "MEN-1", Name="Siân")
    again = workbook.open((*TABS, Tab("Audit", ("_id", "anything"))))
    assert again.number() == 1 and again.read("Mentors").rows["Mentors"] == (receipt.saved[0][1],)
