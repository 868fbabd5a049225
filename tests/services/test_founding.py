"""The first administrator of a workbook in which nobody may sign in yet (X5)."""

from pathlib import Path

import pytest

from schemas.errors import InvalidEntry
from services import founding
from services.store import create_store
from services.store.interface import Needs, Store, Update
from services.workbook import tabs
from tests.cast import NOW
from tests.services.store.workbook import deciding, operation


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create_store(str(tmp_path / "workbook.sqlite3"), tabs())


def names(store: Store, programme: str = "ssw") -> list[str]:
    return [row["name"] for row in founding.administrators(store, programme)]


def test_the_first_administrator_may_sign_in_and_stands_in_the_history(store: Store) -> None:
    assert founding.appoint(store, "ssw", "Ada Blythe", "ada.blythe@example.org", NOW)
    assert names(store) == ["Ada Blythe"]
    (line,) = store.audit(10)
    assert (line["who"], line["action"], line["why"]) == ("Set-up", "people.edit", "first administrator")


def test_a_second_one_is_for_the_first_to_invite(store: Store) -> None:
    founding.appoint(store, "ssw", "Ada Blythe", "ada.blythe@example.org", NOW)
    assert not founding.appoint(store, "ssw", "Bryn Otter", "bryn.otter@example.org", NOW)
    assert names(store) == ["Ada Blythe"] and store.number() == 1


def test_each_programme_has_its_own_first(store: Store) -> None:
    founding.appoint(store, "ssw", "Ada Blythe", "ada.blythe@example.org", NOW)
    assert founding.appoint(store, "other", "Bryn Otter", "bryn.otter@example.org", NOW)
    assert names(store, "other") == ["Bryn Otter"]


def test_where_the_only_administrator_was_stopped_another_may_be_appointed(store: Store) -> None:
    founding.appoint(store, "ssw", "Ada Blythe", "ada.blythe@example.org", NOW)
    (ada,) = founding.administrators(store, "ssw")
    stop = Update("People", ada.id, {"status": "stopped"}, {"status": "active"})
    store.commit(operation("op-stop"), Needs(rows=(("People", ada.id),)), deciding(stop))
    assert founding.appoint(store, "ssw", "Bryn Otter", "bryn.otter@example.org", NOW)
    assert names(store) == ["Bryn Otter"]


@pytest.mark.parametrize(
    ("name", "email", "fields"),
    [("", "ada@example.org", {"name"}), ("Ada", "ada", {"email"}), ("A\nda", " ", {"name", "email"})],
)
def test_what_is_wrong_is_told_at_once_and_nothing_is_written(
    store: Store, name: str, email: str, fields: set[str]
) -> None:
    with pytest.raises(InvalidEntry) as refusal:
        founding.appoint(store, "ssw", name, email, NOW)
    assert {problem.field for problem in refusal.value.problems} == fields
    assert store.number() == 0
