"""Erased on a spreadsheet: nothing is left in any cell of any tab, nor after a crash in between (X6)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from schemas.errors import NotYet
from schemas.mentors import Mentors
from schemas.organisations import Payees
from schemas.people import People
from schemas.requests import Requests
from services import erasure, moving, sealing
from services.seals import Seals
from services.store.sheets import erasing
from services.store.sheets.store import SheetsStore
from services.workbook import Workbook
from tests.cast import ANGHARAD, KEY, NOW, as_, new_workbook, op
from tests.services.facts import CANARIES, FACTS, change, planted, raw
from tests.services.staff import GETHIN_ID, put, row_of
from tests.services.test_erasure import RHYS, figures, proposed
from tests.sheets_standin.server import Server
from tests.spreadsheets import open_spreadsheet


@pytest.fixture
def workbook(tmp_path: Path, sheets: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbook]:
    """The planted scene in a spreadsheet, with changes made there, so that rows were copied too."""
    monkeypatch.setenv("SHEETS_API_BASE", sheets.base)
    file = new_workbook(tmp_path / "workbook.sqlite3", planted)
    store = open_spreadsheet(sheets, fresh_seconds=0)
    moving.move(file.store, store)
    made = Workbook(store, file.seals)
    assert KEY
    put(made, People, RHYS.id, name=RHYS.name, email=RHYS.email, role="Programme Manager", status="active")
    change(made, Mentors, GETHIN_ID, notes=FACTS["old notes"])
    change(made, Mentors, GETHIN_ID, notes=FACTS["notes"])
    change(made, Payees, "PAY-GETHIN", address=FACTS["old address"])
    change(made, Payees, "PAY-GETHIN", address=FACTS["address"])
    yield made
    store.close()


def cells(workbook: Workbook) -> str:
    """Every cell of every tab, sealed ones opened, whoever's tab it is."""
    store = workbook.store
    assert isinstance(store, SheetsStore)
    titles = [sheet["properties"]["title"] for sheet in store.connection.describe()["sheets"]]
    opened = erasure.opener(as_(ANGHARAD, workbook))
    found = []
    for rows in store.connection.values([f"'{title}'" for title in titles]):
        for cell in (str(cell) for row in rows for cell in row):
            found.append(cell)
            found += [
                opened(each) or "" for each in cell.replace('"', " ").split() if each.startswith("sealed:")
            ]
    return "\n".join(found)


def left(workbook: Workbook) -> list[str]:
    said = cells(workbook).casefold()
    return [name for name, fact in FACTS.items() if fact.casefold() in said or "gethin_llywelyn" in said]


def test_none_of_the_25_facts_is_left_in_any_cell(workbook: Workbook) -> None:
    row, before = proposed(workbook), figures(workbook)
    assert len(left(workbook)) == 25
    erasure.confirm(as_(RHYS, workbook), op(), row)
    assert left(workbook) == []
    assert figures(workbook) == before
    said = cells(workbook)
    theirs = {name: words for name, words in CANARIES.items() if name != "panel"}
    assert [name for name, words in theirs.items() if words not in said] == []
    assert row_of(workbook, Requests, row.id)["status"] == "answered"


def test_saves_go_on_afterwards_and_nothing_is_taken_for_typing_by_hand(workbook: Workbook) -> None:
    row = proposed(workbook)
    erasure.confirm(as_(RHYS, workbook), op(), row)
    change(workbook, Mentors, "MEN-MAIRPR", notes="rang today")
    assert row_of(workbook, Mentors, "MEN-MAIRPR")["notes"] == "rang today"
    actions = [entry["action"] for entry in workbook.store.audit(20)]
    assert "sheet.edited" not in actions
    assert "sheet.settled" not in actions


def test_a_crash_between_rows_and_history_is_finished_by_the_same_button(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, key = proposed(workbook), op()

    def crash(*about: object) -> None:
        raise ConnectionAbortedError

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_clean", crash)
        with pytest.raises(ConnectionAbortedError):
            erasure.confirm(as_(RHYS, workbook), key, row)
    workbook.look_again()
    assert "notes" in left(workbook)
    assert erasure.confirm(as_(RHYS, workbook), key, row).repeated
    assert left(workbook) == []
    assert erasure.confirm(as_(RHYS, workbook), key, row).repeated


def test_the_history_keeps_who_when_and_which_field(workbook: Workbook) -> None:
    before = workbook.store.history("Mentors", GETHIN_ID)
    row = proposed(workbook)
    erasure.confirm(as_(RHYS, workbook), op(), row)
    after = workbook.store.history("Mentors", GETHIN_ID)[-len(before) :]
    for old, new in zip(before, after, strict=True):
        assert (old["_id"], old["at"], old["who"]) == (new["_id"], new["at"], new["who"])
        assert json.loads(old["fields"]).keys() == json.loads(new["fields"]).keys()


def test_a_row_without_an_id_that_names_the_person_is_mended_first(workbook: Workbook) -> None:
    row = proposed(workbook)
    store = workbook.store
    assert isinstance(store, SheetsStore)
    place = store.found.book["Organisations"]  # type: ignore[union-attr]
    header = store.connection.values([f"'{place.title}'!1:1"])[0][0]
    line = ["" for _ in header]
    line[header.index("Notes")] = f"Ask {FACTS['name']}"
    line[header.index("Programme")] = "ssw"
    from services.store.sheets.batch import append_lines

    store.connection.batch([append_lines([line], place.sheet_id)])
    with pytest.raises(NotYet, match="without an id"):
        erasure.confirm(as_(RHYS, workbook), op(), row)


def test_a_spreadsheet_is_resealed_with_its_history_and_copied_rows(workbook: Workbook) -> None:
    new = Fernet.generate_key().decode()
    raw(workbook, "Payees", "PAY-GETHIN", sort_code=workbook.seals.close("20-45-78"))
    assert sealing.reseal(workbook.store, Seals([new, KEY]), NOW) > 3
    alone = Seals([new])
    tokens = [each for each in cells(workbook).replace('"', " ").split() if each.startswith("sealed:")]
    assert len(tokens) > 10
    assert [token for token in tokens if not alone.is_newest(token)] == []
