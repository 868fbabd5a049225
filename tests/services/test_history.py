"""Who changed what, and the way back (X4)."""

from pathlib import Path

import pytest

from schemas.errors import NotAllowed, NotYet, StaleRow
from schemas.mentors import Mentors
from services import history, records
from services.records import Edit, New
from services.store.interface import Needs
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, MAIR, MARC, as_, new_workbook, op

VALUES = {"name": "Mair Pritchard", "status": "applied", "area": "Swansea"}
NEEDS = Needs(rows=((Mentors.tab, "MEN-MAIRPR"),))


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = new_workbook(tmp_path / "workbook.sqlite3")
    add = [New(Mentors, VALUES, "MEN-MAIRPR")]
    records.commit(as_(MARC, made), op(), "mentors.edit", VALUES, Needs(), lambda fresh: add)
    return made


def _move(workbook: Workbook, area: str, who: object = MARC) -> None:
    edit = Edit(Mentors, "MEN-MAIRPR", {"area": area})
    records.commit(as_(who, workbook), op(), "mentors.edit", area, NEEDS, lambda fresh: [edit])  # type: ignore[arg-type]


def test_a_record_s_history_says_who_when_and_from_what_to_what(workbook: Workbook) -> None:
    _move(workbook, "Powys")
    newest, first = history.of_record(as_(ANGHARAD, workbook), Mentors, "MEN-MAIRPR")
    (field,) = newest.fields
    assert (newest.who, field.title, field.old, field.new) == ("Marc Sayce", "Area", "Swansea", "Powys")
    assert first.action == "mentors.edit"


def test_a_mentor_may_not_read_the_history(workbook: Workbook) -> None:
    with pytest.raises(NotAllowed):
        history.of_record(as_(MAIR, workbook), Mentors, "MEN-MAIRPR")


def test_one_s_last_change_can_be_undone(workbook: Workbook) -> None:
    _move(workbook, "Powys")
    marc = as_(MARC, workbook)
    last = history.last_change(marc)
    assert last is not None
    history.undo(marc, op(), last["op_id"])
    assert records.view(marc).get(Mentors, "MEN-MAIRPR").area == "Swansea"


def test_undoing_a_new_record_archives_it_and_deletes_nothing(workbook: Workbook) -> None:
    marc, add = as_(MARC, workbook), [New(Mentors, {**VALUES, "name": "Nobody Else"}, "MEN-NBBDYY")]
    records.commit(marc, op(), "mentors.edit", "one more", Needs(), lambda fresh: add)
    last = history.last_change(marc)
    assert last is not None
    history.undo(marc, op(), last["op_id"])
    assert records.view(marc).find(Mentors, "MEN-NBBDYY") is None
    cells = workbook.store.read("Mentors").rows["Mentors"][-1]
    assert cells["name"] == "Nobody Else" and cells["_archived"]


def test_a_new_record_that_others_name_is_not_undone(workbook: Workbook) -> None:
    """Mair signs in for her entry in the pool: taking it back would leave her without one (X4)."""
    marc = as_(MARC, workbook)
    last = history.last_change(marc)
    assert last is not None
    with pytest.raises(NotYet):
        history.undo(marc, op(), last["op_id"])
    assert records.view(marc).find(Mentors, "MEN-MAIRPR") is not None


def test_an_undo_stops_where_somebody_changed_the_row_since(workbook: Workbook) -> None:
    _move(workbook, "Powys")
    marc = as_(MARC, workbook)
    last = history.last_change(marc)
    assert last is not None
    _move(workbook, "Conwy", ANGHARAD)
    with pytest.raises(StaleRow):
        history.undo(marc, op(), last["op_id"])


def test_nobody_undoes_somebody_else_s_change(workbook: Workbook) -> None:
    last = history.last_change(as_(MARC, workbook))
    assert last is not None
    with pytest.raises(NotYet):
        history.undo(as_(ANGHARAD, workbook), op(), last["op_id"])


def test_the_newest_changes_can_be_asked_for_by_register_and_by_person(workbook: Workbook) -> None:
    _move(workbook, "Powys")
    _move(workbook, "Gwynedd", ANGHARAD)
    manager = as_(ANGHARAD, workbook)
    of_marc = history.newest(manager, tab="Mentors", who=MARC.id)
    assert [entry.fields[0].new for _, _, entry in of_marc][:1] == ["Powys"]
    assert {entry.who_id for _, _, entry in of_marc} == {MARC.id}
    assert history.newest(manager, tab="Timesheets") == []
    assert set(history.writers(manager)) >= {MARC.id, ANGHARAD.id}


def test_an_administrator_reads_of_people_and_figures_alone(workbook: Workbook) -> None:
    """X5: no people's records, in the history either."""
    assert history.newest(as_(ADA, workbook), tab="Mentors") == []


def test_a_change_of_a_choice_is_told_in_the_reader_s_words(workbook: Workbook) -> None:
    manager = as_(ANGHARAD, workbook)
    (_, _, made) = history.newest(manager, tab="Mentors")[0]
    assert ("Status", "", "applied") in [(field.title, field.old, field.new) for field in made.fields]


def test_only_the_newest_of_one_s_changes_is_undone_by_the_button(workbook: Workbook) -> None:
    """A payment of last month is not unmade by whoever once recorded it."""
    marc = as_(MARC, workbook)
    first = history.last_change(marc)
    assert first is not None
    _move(workbook, "Powys")
    with pytest.raises(NotYet):
        history.undo_last(marc, op(), first["op_id"])
    newest = history.last_change(marc)
    assert newest is not None
    history.undo_last(marc, op(), newest["op_id"])
    assert records.view(marc).get(Mentors, "MEN-MAIRPR").area == "Swansea"


def test_the_newest_changes_are_read_again_only_when_something_changed(
    workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click on the history page costs no reading of the store (figures)."""
    asked: list[int] = []
    audit = workbook.store.audit
    monkeypatch.setattr(
        workbook.store, "audit", lambda limit, before=None: asked.append(limit) or audit(limit, before)
    )
    angharad = as_(ANGHARAD, workbook)
    first = history.newest(angharad)
    history.writers(angharad)
    assert history.newest(angharad) == first
    assert len(asked) == 1
    _move(workbook, "Conwy")
    assert len(history.newest(angharad)) == len(first) + 1
    assert len(asked) == 2
