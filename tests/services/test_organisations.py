"""Hosts, referrers and partners (S1)."""

from pathlib import Path

import pytest

from schemas.errors import NotAllowed, StaleRow
from schemas.organisations import Organisations
from services import organisations
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, FINN, MAIR, MARC, as_, op
from tests.services.staff import HOST_ID, made, nothing_written, row_of, rows_of, staffed

REFERRER = {"name": "Y Porth", "kind": "referrer"}


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return staffed(tmp_path)


def test_an_organisation_is_taken_up_once_however_often_one_clicks(workbook: Workbook) -> None:
    key, ctx = op(), as_(MARC, workbook)
    row = made(workbook, organisations.add(ctx, key, REFERRER), Organisations)
    organisations.add(ctx, key, REFERRER)
    assert row["status"] == "active"
    assert len(rows_of(workbook, Organisations)) == 2


def test_the_list_is_by_kind_and_leaves_out_the_closed(workbook: Workbook) -> None:
    ctx = as_(MARC, workbook)
    organisations.add(ctx, op(), REFERRER)
    assert [row["name"] for row in organisations.listed(ctx)] == ["Menter y Bryn", "Y Porth"]
    assert [row.id for row in organisations.listed(ctx, kind="host")] == [HOST_ID]
    organisations.edit(ctx, op(), row_of(workbook, Organisations, HOST_ID), {"status": "closed"})
    assert organisations.listed(ctx, kind="host") == []
    assert len(organisations.listed(ctx, status="")) == 2


def test_two_edits_merge_and_a_clash_shows_both(workbook: Workbook) -> None:
    shown = row_of(workbook, Organisations, HOST_ID)
    organisations.edit(as_(MARC, workbook), op(), shown, {"phone": "07700 900123"})
    organisations.edit(as_(ANGHARAD, workbook), op(), shown, {"email": "helo@example.org"})
    assert row_of(workbook, Organisations, HOST_ID)["phone"] == "07700 900123"
    with nothing_written(workbook, StaleRow) as caught:
        organisations.edit(as_(ANGHARAD, workbook), op(), shown, {"phone": "07700 900456"})
    assert [clash.field for clash in caught.value.clashes] == ["phone"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("actor", [MAIR, FINN, ADA])
def test_others_neither_list_nor_add(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    with nothing_written(workbook, NotAllowed):
        organisations.add(ctx, op(), REFERRER)
    with pytest.raises(NotAllowed):
        organisations.listed(ctx)
