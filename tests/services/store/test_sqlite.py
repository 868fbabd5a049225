"""What only a file can do wrong, and the backup of it (X3)."""

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from schemas.errors import StoreUnavailable
from services.store.sqlite import SqliteStore
from tests.services.store.workbook import TABS, SqlWorkbook, add, now, rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder that does not exist yet, and a name that an address would trip over."""
    return tmp_path / "Tŷ #1 100%" / "work book?.sqlite3"


@pytest.fixture
def file_store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path, now)
    store.open(TABS)
    yield store
    store.close()


def test_the_file_is_made_where_it_was_asked_for_and_only_its_owner_reads_it(
    file_store: SqliteStore, path: Path
) -> None:
    """X6."""
    add(file_store, "op-1", "MEN-1")
    files = list(path.parent.iterdir())
    assert path in files
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_every_save_is_flushed_and_readers_have_their_own_view(file_store: SqliteStore) -> None:
    with file_store.writer.connect() as writer, file_store.reader.connect() as reader:
        assert writer.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert reader.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert reader.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_numbers_cannot_slip_in_among_the_text(file_store: SqliteStore, path: Path) -> None:
    add(file_store, "op-1", "MEN-1")
    with closing(sqlite3.connect(path)) as other:
        other.execute('UPDATE "Mentors" SET "Days" = 3')
        other.commit()
        with pytest.raises(sqlite3.IntegrityError):
            other.execute('UPDATE "Mentors" SET "Days" = x\'00\'')
    assert rows(file_store)["MEN-1"]["Days"] == "3"


def test_replacing_an_audit_row_is_refused_too(file_store: SqliteStore, path: Path) -> None:
    """X4: REPLACE deletes a row without asking the trigger on deletion."""
    receipt = add(file_store, "op-1", "MEN-1")
    with closing(sqlite3.connect(path)) as other:
        for key, value in (("_id", receipt.audit[0]["_id"]), ("_place", 1)):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                other.execute(f'INSERT OR REPLACE INTO "Audit" ({key}, who) VALUES (?, ?)', (value, "x"))


def test_a_file_that_went_missing_is_said_and_never_comes_back_empty(
    file_store: SqliteStore, path: Path
) -> None:
    add(file_store, "op-1", "MEN-1")
    away = path.rename(path.with_suffix(".away"))
    for call in (file_store.number, lambda: rows(file_store), lambda: add(file_store, "op-2", "MEN-2")):
        with pytest.raises(StoreUnavailable, match="not where it was"):
            call()
    assert not path.exists()
    away.rename(path)
    assert list(rows(file_store)) == ["MEN-1"]


def test_another_file_put_in_its_place_is_the_one_that_is_read_and_written(
    file_store: SqliteStore, path: Path
) -> None:
    """Else saves would go to a file without a name, and be gone with the next start."""
    add(file_store, "op-1", "MEN-1")
    backup = path.with_name("backup.sqlite3")
    file_store.backup(backup)
    add(file_store, "op-2", "MEN-2")
    file_store.close()
    rows(file_store)
    backup.replace(path)
    assert list(rows(file_store)) == ["MEN-1"] and file_store.read("Mentors", since=2).whole
    add(file_store, "op-3", "MEN-3")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute('SELECT count(*) FROM "Mentors"').fetchone() == (2,)


@pytest.mark.parametrize("content", [b"not a workbook " * 500, b"PK\x03\x04" + b"\0" * 5000])
def test_a_file_that_is_no_workbook_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="damaged"):
        SqliteStore(path, now).open(TABS)
    assert path.read_bytes() == content


def test_a_damaged_page_is_said(file_store: SqliteStore, path: Path) -> None:
    add(file_store, "op-1", *(f"MEN-{n}" for n in range(500)), Notes="x" * 300)
    file_store.close()
    pages = path.read_bytes()
    path.write_bytes(pages[: len(pages) // 4] + b"\xff" * (len(pages) // 2))
    with pytest.raises(StoreUnavailable, match="damaged"):
        rows(file_store)


def test_a_full_disk_is_said_and_nothing_is_saved(file_store: SqliteStore, path: Path) -> None:
    add(file_store, "op-1", "MEN-1")

    @event.listens_for(file_store.writer, "checkout")
    def no_room(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # as large as it is, and no larger

    with pytest.raises(StoreUnavailable, match="no room"):
        add(file_store, "op-2", *(f"MEN-2{n}" for n in range(200)), Notes="x" * 2000)
    assert list(rows(file_store)) == ["MEN-1"] and file_store.number() == 1


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(StoreUnavailable, match="not where it was"):
        SqliteStore(tmp_path / "data" / "workbook.sqlite3", now).open(TABS)


def test_a_backup_taken_while_people_save_is_whole(file_store: SqliteStore, path: Path) -> None:
    """Every change in it has all its rows, and it opens as a workbook."""

    def save(n: int) -> None:
        add(file_store, f"op-{n}", *(f"MEN-{n}-{row}" for row in range(50)), Notes="x" * 500)

    backup = path.with_name("backup.sqlite3")
    with ThreadPoolExecutor(1) as person:
        saves = [person.submit(save, n) for n in range(20)]
        saves[2].result()
        file_store.backup(backup)
    kept = SqlWorkbook(str(shutil.copy(backup, path.with_name("copy.sqlite3")))).open()
    number = kept.number()
    assert number >= 3 and len(rows(kept)) == 50 * number == len(kept.audit(2000))
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert not list(path.parent.glob("*.unfinished*"))
