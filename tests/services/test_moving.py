"""A whole workbook moves between file, database and spreadsheet, every row equal (X1)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from services import example, moving
from services.moving import MovedOtherwise, NotMovable
from services.programmes import all_programmes
from services.seals import Seals
from services.store import create_store
from services.store.interface import AUDIT, NotEmpty, Store
from services.store.sheets.store import SheetsStore
from services.store.sheets.wire import connect
from services.workbook import tabs
from tests.cast import KEY, NOW
from tests.services.store.workbook import now
from tests.sheets_standin.server import Server

TODAY = date(2026, 11, 22)
Make = Callable[[str], Store]


@pytest.fixture(scope="module")
def sheets() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def make(
    request: pytest.FixtureRequest, sheets: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Make:
    """An empty workbook of an engine."""
    monkeypatch.setenv("SHEETS_API_BASE", sheets.base)

    def made(engine: str) -> Store:
        if engine == "sheets":
            key = sheets.service.new_spreadsheet("Registers").key
            store = SheetsStore(connect(key, {"token": "tester"}), now)
            store.connection.wire.reads.most = store.connection.wire.writes.most = 100_000
            store.open(tabs())
            return store
        if engine == "postgresql":
            server = request.getfixturevalue("postgresql_server")
            return create_store(server.new_database(), tabs())
        return create_store(str(tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite3"), tabs())

    return made


@pytest.fixture
def full(tmp_path: Path) -> Store:
    """The example of SSW, with a history."""
    store = create_store(str(tmp_path / "full.sqlite3"), tabs())
    programme = {"ssw": all_programmes()["ssw"]}
    example.fill(store, Seals([KEY]), programme, NOW.date(), empty=False)
    return store


def everything(store: Store) -> dict[str, object]:
    store.look_again()
    return dict(store.read(*(tab.name for tab in tabs()), AUDIT).rows)


@pytest.mark.parametrize("way", ["sheets", "postgresql", "sqlite"])
def test_a_workbook_goes_there_and_back_with_every_row_equal(full: Store, make: Make, way: str) -> None:
    there, back = make(way), make("sqlite")
    moved = moving.move(full, there)
    moving.move(there, back)
    assert everything(there) == everything(full) == everything(back)
    assert moved.rows["Timesheets"] > 50 and moved.changes > 100
    assert there.number() == full.number() == back.number()


def test_only_an_empty_workbook_is_filled(full: Store, make: Make) -> None:
    for engine in ("sheets", "sqlite"):
        other = make(engine)
        moving.move(full, other)
        before = everything(other)
        with pytest.raises(NotEmpty, match="already"):
            moving.move(full, other)
        assert everything(other) == before


def test_a_backup_is_a_dated_file_and_a_second_one_of_the_day_another(full: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    first = moving.back_up(full, folder, TODAY)
    second = moving.back_up(full, folder, TODAY)
    assert [path.name for path in (first, second)] == [
        "mentor-desk-2026-11-22.sqlite3",
        "mentor-desk-2026-11-22-2.sqlite3",
    ]
    assert sorted(path.name for path in folder.iterdir()) == sorted([first.name, second.name])
    assert everything(create_store(str(first), tabs())) == everything(full)


def test_a_doubled_row_stops_the_move_before_anything_is_written(
    make: Make, full: Store, sheets: Server
) -> None:
    source, target = make("sheets"), make("sqlite")
    moving.move(full, source)
    assert isinstance(source, SheetsStore)
    with sheets.service.person(source.connection.key) as person:
        person.double_row("Mentors", 2)
    with pytest.raises(NotMovable, match="Mentors.*sheet check"):
        moving.move(source, target)
    assert not any(everything(target).values())


def test_a_copy_that_differs_is_never_called_moved(
    full: Store, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = make("sqlite")
    fill = target.fill
    monkeypatch.setattr(target, "fill", lambda rows, audit: fill({**rows, "Mentors": ()}, audit))
    with pytest.raises(MovedOtherwise, match="Mentors"):
        moving.move(full, target)
