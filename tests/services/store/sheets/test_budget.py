"""What a view and a save cost in calls to Google: a charity has 60 of each a minute, all its people together (X1)."""

from collections.abc import Iterator

import pytest

from schemas.mentors import Mentors
from services import records
from services.store.interface import Needs
from services.workbook import Workbook
from tests.cast import ANGHARAD, as_, cast_in, op
from tests.services.staff import fill
from tests.sheets_standin.server import Server
from tests.spreadsheets import open_spreadsheet


@pytest.fixture(scope="module")
def google() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def workbook(google: Server, monkeypatch: pytest.MonkeyPatch) -> Workbook:
    """Two mentors, two groups and a host, read a moment ago."""
    monkeypatch.setenv("SHEETS_API_BASE", google.base)
    made = fill(cast_in(open_spreadsheet(google)))
    made.refresh()
    google.service.log.clear()
    return made


def calls(google: Server) -> list[str]:
    """What was asked of Google since the workbook was read."""
    return [each.kind for each in google.service.log]


def test_a_warm_view_of_every_register_asks_google_nothing(workbook: Workbook, google: Server) -> None:
    for _ in range(10):
        workbook.refresh()
        records.view(as_(ANGHARAD, workbook)).all(Mentors)
    assert calls(google) == []


def test_a_cold_view_of_all_registers_is_one_read(workbook: Workbook, google: Server) -> None:
    workbook.store.look_again()
    workbook.refresh()
    assert calls(google) == ["read"]


def test_a_change_is_one_read_and_one_write_with_its_history(workbook: Workbook, google: Server) -> None:
    ctx = as_(ANGHARAD, workbook)
    row = records.view(ctx).all(Mentors)[0]
    needs = Needs(rows=((Mentors.tab, row.id),))
    edit = [records.Edit(Mentors, row.id, {"area": "Ceredigion"}, shown=row)]
    records.commit(ctx, op(), "mentors.edit", "x", needs, lambda fresh: edit)
    assert calls(google) == ["read", "write"]
    assert records.view(ctx).get(Mentors, row.id).area == "Ceredigion"
    assert len(workbook.store.audit(5)) >= 5 and calls(google) == ["read", "write"]


def test_a_new_row_is_one_write(workbook: Workbook, google: Server) -> None:
    ctx = as_(ANGHARAD, workbook)
    new = [records.New(Mentors, {"name": "Siân", "status": "applied"})]
    receipt = records.commit(ctx, op(), "mentors.edit", "x", Needs(), lambda fresh: new)
    assert calls(google) == ["write"]
    assert records.view(ctx).get(Mentors, receipt.saved[0][1]["_id"]).name == "Siân"


def test_the_same_new_row_again_writes_nothing(workbook: Workbook, google: Server) -> None:
    """A double click."""
    ctx, key = as_(ANGHARAD, workbook), op()
    for _ in range(2):
        new = [records.New(Mentors, {"name": "Siân", "status": "applied"})]
        records.commit(ctx, key, "mentors.edit", "x", Needs(), lambda fresh, new=new: new)
    assert calls(google).count("write") == 1
    assert [row.name for row in records.view(ctx).all(Mentors)].count("Siân") == 1
