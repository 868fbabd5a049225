"""The workbook as one process holds it: the last good copy, and what a broken tab leaves standing (X1, X2, X3)."""

from pathlib import Path

import pytest

from schemas.errors import StoreUnavailable
from schemas.mentors import Mentors
from schemas.people import People
from services import records
from services.store.interface import Needs
from services.workbook import Workbook, read_rows
from tests.cast import ANGHARAD, KEY, as_, new_workbook
from tests.sheets_standin.server import Server


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def gone(*_: object, **__: object) -> None:
    raise StoreUnavailable()


def test_the_last_good_copy_stays_when_the_workbook_can_not_be_read(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook.refresh()
    read_at, people = workbook.read_at, workbook.table(People.tab).rows
    with monkeypatch.context() as broken:
        broken.setattr(workbook.store, "edition", gone)
        workbook.refresh()
        assert isinstance(workbook.trouble, StoreUnavailable)
        assert workbook.table(People.tab).rows == people and workbook.read_at == read_at
    workbook.refresh()
    assert workbook.trouble is None


def test_a_workbook_never_read_says_so(workbook: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook.store, "read", gone)
    new = Workbook(workbook.store, workbook.seals)
    with pytest.raises(StoreUnavailable):
        new.refresh()
    with pytest.raises(StoreUnavailable):
        new.table(People.tab)


def test_people_stay_signed_in_while_google_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """They read the last good copy; saving is refused in plain words."""
    from services.people import memberships
    from tests.cast import CAST, NOW, cast_in, op
    from tests.spreadsheets import open_spreadsheet

    with Server() as server:
        monkeypatch.setenv("SHEETS_API_BASE", server.base)
        workbook = cast_in(open_spreadsheet(server, fresh_seconds=0))
        workbook.refresh()
        server.service.plan_troubles(["401"] * 50)
        assert len(memberships(workbook.store)) == len(CAST)
        workbook.refresh()
        assert workbook.trouble is not None
        ctx = as_(ANGHARAD, workbook, NOW)
        with pytest.raises(StoreUnavailable, match="key"):
            records.commit(
                ctx,
                op(),
                "mentors.edit",
                "x",
                Needs(whole=("Mentors",)),
                lambda fresh: [records.New(Mentors, {})],
            )


def test_two_rows_of_one_id_are_both_set_aside() -> None:
    """Whoever pays one of them could not say which."""
    blank = dict.fromkeys(Mentors.columns, "")
    lines = [
        {**blank, "_id": id_, "name": "Mair", "status": "applied"} for id_ in ("MEN-1", "MEN-2", "MEN-1")
    ]
    good, wrong = read_rows(Mentors, lines)
    assert "MEN-1" not in {row.id for row in good}
    assert [problem.row for problem in wrong["MEN-1"] if problem.field == "_id"] == [2, 4]
    assert "MEN-2" not in wrong or all(problem.field != "_id" for problem in wrong["MEN-2"])


def test_a_renamed_column_breaks_its_own_register_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Good registers keep working; the broken one stands as it was read last, and takes no writing."""
    from services.seals import Seals
    from services.store.interface import Append, Needs, Operation
    from services.store.sheets.store import SheetsStore
    from services.store.sheets.wire import connect
    from services.workbook import tabs
    from tests.cast import CAST, NOW, op
    from tests.services.store.workbook import now

    with Server() as server:
        monkeypatch.setenv("SHEETS_API_BASE", server.base)
        store = SheetsStore(connect(server.key, {"token": "tester"}), now, fresh_seconds=0)
        store.open(tabs())
        cells = {"programme": "ssw", "language": "English", "status": "active"}
        people = [
            Append(
                "People",
                {**cells, "_id": each.id, "name": each.name, "email": each.email, "role": each.role.value},
            )
            for each in CAST
        ]
        store.commit(Operation(op(), "", "test", "start", NOW, "ssw"), Needs(), lambda fresh: people)
        workbook = Workbook(store, Seals([KEY]))
        workbook.refresh()
        with server.service.person() as person:
            person.edit("Mentors", "B1", "Enw")
        workbook.refresh()
        assert list(workbook.broken) == ["Mentors"] and len(workbook.table(People.tab).rows) == len(CAST)
        ctx = as_(ANGHARAD, workbook)
        with pytest.raises(StoreUnavailable, match="Mentors.*column.*missing"):
            records.commit(
                ctx,
                op(),
                "mentors.edit",
                "x",
                Needs(),
                lambda fresh: [records.New(Mentors, {"name": "Siân", "status": "applied"})],
            )
        records.view(ctx).all(Mentors)
        with server.service.person() as person:
            person.edit("Mentors", "B1", Mentors.columns[list(Mentors.columns)[1]].title)
        workbook.refresh()
        assert not workbook.broken
