"""Workbooks to begin a test with, made once by each worker and copied: making one takes longer than most tests."""

from collections.abc import Callable
from copy import copy
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from services import example
from services.programmes import all_programmes
from services.seals import Seals, keys_beside
from services.store import create_store, utc_now
from services.store.sqlite import SqliteStore
from services.workbook import Workbook, tabs

Scene = Callable[[Workbook], object]
"""Writes what a workbook holds at the beginning of a test: a function without arguments of its own."""

_FOLDER = TemporaryDirectory(prefix="mentor-desk-tests-")
_MASTERS: dict[Scene, Workbook] = {}


def copy_of(scene: Scene, path: Path, seals: Seals) -> Workbook:
    """A workbook at `path` with that scene in it: a file of its own, which the store's own opening made."""
    if scene not in _MASTERS:
        _MASTERS[scene] = _made(scene, Path(_FOLDER.name) / f"{len(_MASTERS)}.sqlite3", seals)
    master = _MASTERS[scene]
    copyfile(_file_of(master), path)
    path.chmod(0o600)
    return _as_read(master, Workbook(_like_the_first(SqliteStore(path, utc_now)), seals))


def example_at(path: Path, today: date | None = None) -> Path:
    """The five invented examples as on that day, with their keys, at `path`: what a first `make run` makes."""
    master = _example(today or utc_now().date())
    for suffix in (".sqlite3", ".key"):
        copyfile(master.with_suffix(suffix), path.with_suffix(suffix))
        path.with_suffix(suffix).chmod(0o600)
    return path


@cache
def _example(today: date) -> Path:
    master = Path(_FOLDER.name) / f"example-{today}.sqlite3"
    store = create_store(str(master), tabs())
    example.fill(store, Seals(keys_beside(master)), all_programmes(), today)
    store.close()
    return master


def _made(scene: Scene, path: Path, seals: Seals) -> Workbook:
    workbook = Workbook(create_store(str(path), tabs()), seals)
    scene(workbook)
    workbook.refresh()
    workbook.store.close()  # which brings the write-ahead log into the file
    assert not path.with_name(f"{path.name}-wal").exists()
    return workbook


def _file_of(workbook: Workbook) -> Path:
    assert isinstance(workbook.store, SqliteStore)
    return workbook.store.path


def _like_the_first(store: SqliteStore) -> SqliteStore:
    """Spare a copy the describing of its tables and the compiling of its queries: both are the first's."""
    first = next(iter(_MASTERS.values())).store
    assert isinstance(first, SqliteStore)
    store._registers = first._registers
    for engine, known in ((store.writer, first.writer), (store.reader, first.reader)):
        engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
    return store


def _as_read(master: Workbook, workbook: Workbook) -> Workbook:
    """The copy holds the scene's rows read, as after a first page; everything else is its own."""
    for name, value in vars(master).items():
        if name not in {"store", "seals"} and "lock" not in type(value).__name__.lower():
            setattr(workbook, name, copy(value))
    return workbook
