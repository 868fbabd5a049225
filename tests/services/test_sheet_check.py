"""What people's hands did to the charity's spreadsheet, told and mended by who may (X2, X4, X5)."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.column import Register
from schemas.errors import NotAllowed, OurError, StaleRow
from schemas.mentors import Mentors
from schemas.people import People
from schemas.work import Timesheets
from services import history, records, repairs, sheet_check
from services.records import Edit, New
from services.seals import Seals
from services.sheet_check import Check, Line
from services.store.interface import Needs
from services.store.sheets import dress
from services.store.sheets.check import Repair, What
from services.store.sheets.store import SheetsStore
from services.workbook import Workbook, tabs
from tests.cast import ADA, ANGHARAD, FINN, KEY, MAIR, MARC, as_, cast_in, new_workbook, op
from tests.sheets_standin.server import Server
from tests.spreadsheets import open_spreadsheet

POOL = {"name": "Mair Pritchard", "status": "approved", "area": "Swansea", "days_a_month": Decimal(2)}
POOL |= {"recruited_on": date(2026, 1, 31), "email": "mair.pritchard@example.org"}


def made_ready(store: SheetsStore) -> None:
    """The cast and two mentors in rows 2 and 3, the tabs dressed."""
    made = cast_in(store)
    add(as_(ANGHARAD, made), Mentors, POOL, MAIR.mentor)
    add(as_(ANGHARAD, made), Mentors, {"name": "Gethin Llywelyn", "status": "applied"}, "MEN-GETHIN")
    dress.dress(store.connection, tabs())


@pytest.fixture(scope="module")
def google() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def store(google: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsStore]:
    monkeypatch.setenv("SHEETS_API_BASE", google.base)
    made = open_spreadsheet(google, fresh_seconds=0, scene=made_ready)
    made.save_seconds, made.connection.wire.slowest_read = 60, 10  # a busy machine is no fault of the sheet's
    yield made
    made.close()


@pytest.fixture
def workbook(store: SheetsStore) -> Workbook:
    """As `made_ready` left it, and read."""
    made = Workbook(store, Seals([KEY]))
    made.refresh()
    return made


class Hand:
    """Somebody at the sheet, one deed at a time; see `tests.sheets_standin.people`."""

    def __init__(self, google: Server, key: str) -> None:
        self.google, self.key = google, key

    def __getattr__(self, deed: str) -> Callable[..., Any]:
        def do(*about: Any, **more: Any) -> Any:
            with self.google.service.person(self.key) as person:
                return getattr(person, deed)(*about, **more)

        return do


@pytest.fixture
def person(google: Server, store: SheetsStore) -> Hand:
    return Hand(google, store.connection.key)


def add(ctx: Any, register: type[Register], values: dict[str, Any], id_: str) -> None:
    records.commit(ctx, op(), "mentors.edit", values, Needs(), lambda fresh: [New(register, values, id_)])


def letter(register: type[Register], column: str) -> str:
    from services.store.sheets.check import letters

    return letters(list(register.columns).index(column))


def checked(workbook: Workbook, actor: Any = ANGHARAD) -> Check:
    sheet_check.read_again(as_(actor, workbook))
    check = sheet_check.check(as_(actor, workbook))
    assert check is not None
    return check


def one(workbook: Workbook, what: What, actor: Any = ANGHARAD) -> Line:
    (line,) = [line for line in checked(workbook, actor).lines if line.finding.what is what]
    return line


def mended(workbook: Workbook, line: Line, how: Repair, actor: Any = ANGHARAD) -> None:
    sheet_check.repair(as_(actor, workbook), op(), line, how)


def test_a_file_has_no_sheet_to_check(tmp_path: Any) -> None:
    assert sheet_check.check(as_(ANGHARAD, new_workbook(tmp_path / "workbook.sqlite3"))) is None


def test_a_spreadsheet_that_nobody_touched_is_in_order(workbook: Workbook) -> None:
    check = checked(workbook)
    assert (check.lines, check.report.rows, check.faults) == ((), (), 0)
    assert check.report.counts["Mentors"] == 2


def test_looking_at_the_page_again_reads_nothing_new(workbook: Workbook, store: SheetsStore) -> None:
    checked(workbook)
    store.fresh_seconds = 60
    checked(workbook)
    before = store.connection.wire.made["read"]
    sheet_check.check(as_(ANGHARAD, workbook))
    assert store.connection.wire.made["read"] == before


@pytest.mark.parametrize("actor", [MAIR, FINN])
def test_the_check_is_closed_to_others(workbook: Workbook, actor: object) -> None:
    with pytest.raises(NotAllowed):
        sheet_check.check(as_(actor, workbook))  # type: ignore[arg-type]


# --- cells -----------------------------------------------------------------------------------------


def test_a_number_as_text_is_told_and_becomes_a_number_while_the_row_works_on(
    workbook: Workbook, person: Hand, store: SheetsStore
) -> None:
    place = f"{letter(Mentors, 'days_a_month')}2"
    person.edit("Mentors", place, "'2")
    line = one(workbook, What.TEXT, MARC)
    assert (line.tab, line.finding.row, line.value) == ("Mentors", 2, "2")
    assert str(line.words).startswith("Days a month is text")
    assert records.view(as_(MARC, workbook)).get(Mentors, MAIR.mentor).days_a_month == 2
    mended(workbook, line, Repair.RETYPE, MARC)
    assert store.connection.values([f"Mentors!{place}"]) == [[[2]]]
    assert checked(workbook).lines == ()


def test_a_date_as_text_sets_its_row_aside_and_what_it_means_is_filled_in(
    workbook: Workbook, person: Hand
) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'recruited_on')}2", "'28/02/2026")
    check = checked(workbook)
    (row,) = check.report.rows
    (fault,) = row.faults
    assert (row.place, fault.value, fault.meant) == (2, "28/02/2026", "2026-02-28")
    assert check.lines == () and check.faults == 1
    assert [row.id for row in records.view(as_(MARC, workbook)).all(Mentors)] == ["MEN-GETHIN"]
    repairs.mend(as_(MARC, workbook), op(), row, {"recruited_on": fault.meant})
    assert checked(workbook).faults == 0


def test_a_wrong_row_is_told_by_its_number_in_the_sheet_blank_rows_counted(
    workbook: Workbook, person: Hand
) -> None:
    person.insert_row("Mentors", 2)
    person.edit("Mentors", f"{letter(Mentors, 'days_a_month')}4", "two")
    (row,) = checked(workbook).report.rows
    assert (row.id, row.place) == ("MEN-GETHIN", 4)


def test_a_formula_becomes_its_value_and_the_history_keeps_it(workbook: Workbook, person: Hand) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'days_a_month')}2", "=1+2")
    mended(workbook, one(workbook, What.FORMULA, MARC), Repair.RETYPE, MARC)
    told = told_of(workbook)
    assert ("Marc Sayce", "Days a month", "=1+2", "3") in told
    assert ("In the spreadsheet", "Days a month", "2", "3") in told
    assert checked(workbook).faults == 0


def test_personal_cells_are_told_but_not_shown(workbook: Workbook, person: Hand) -> None:
    """The column is text in the sheet; a person made it a number's."""
    sheet = person._number("Mentors")
    at = list(Mentors.columns).index("phone")
    cell = {"userEnteredValue": {"numberValue": 7700900123}}
    start = {"sheetId": sheet, "rowIndex": 1, "columnIndex": at}
    person._do("updateCells", start=start, rows=[{"values": [cell]}], fields="userEnteredValue")
    assert one(workbook, What.NUMBER).value == "••••"


def test_an_administrator_sees_where_but_neither_the_value_nor_a_repair(
    workbook: Workbook, person: Hand
) -> None:
    """X5: no people's records."""
    person.edit("Mentors", f"{letter(Mentors, 'days_a_month')}2", "'2")
    line = one(workbook, What.TEXT, ADA)
    assert (line.value, line.repairs, line.cure) == ("••••", (), sheet_check.SOMEBODY)
    with pytest.raises(NotAllowed):
        mended(workbook, line, Repair.RETYPE, ADA)


def test_a_cell_that_was_decided_on_comes_back_as_the_history_knows_it(
    workbook: Workbook, person: Hand
) -> None:
    """A repair is no way around an approval, nor does it make a hand's figure good."""
    angharad = as_(ANGHARAD, workbook)
    from schemas.assignments import Assignments

    texts = {"mentor": MAIR.mentor, "starts_on": "2026-07-01", "ends_on": "2026-12-18", "days": "4"}
    texts |= {"activity": "Event", "approved_on": "2026-06-30", "status": "approved"}
    add(angharad, Assignments, records.typed_values(Assignments, texts), "ASG-MAIR22")
    hours = {"mentor": MAIR.mentor, "assignment": "ASG-MAIR22", "worked_on": "2026-07-02", "hours": "3.5"}
    texts = {**hours, "is_chargeable": "yes", "status": "submitted"}
    add(angharad, Timesheets, records.typed_values(Timesheets, texts), "TIM-LINE22")
    person.edit("Timesheets", f"{letter(Timesheets, 'hours')}2", "=3.5*2")
    line = one(workbook, What.FORMULA)
    assert line.repairs == (Repair.PUT_BACK,)
    mended(workbook, line, Repair.PUT_BACK)
    assert records.view(angharad).get(Timesheets, "TIM-LINE22").hours == Decimal("3.5")
    assert checked(workbook).faults == 0
    person.edit("Timesheets", f"{letter(Timesheets, 'hours')}2", "'3.5")
    mended(workbook, one(workbook, What.TEXT), Repair.PUT_BACK)
    assert checked(workbook).faults == 0


def test_a_hand_s_figure_that_the_history_tells_of_is_still_not_what_was_decided(
    workbook: Workbook, person: Hand
) -> None:
    """RM33: the next save notes the hand edit in the history; that makes it nobody's decision."""
    person.edit("Mentors", f"{letter(Mentors, 'status')}2", "aproved")
    checked(workbook)
    add(as_(MARC, workbook), Mentors, {"name": "Nia", "status": "applied"}, "MEN-NIA222")
    (row,) = checked(workbook).report.rows
    assert (row.faults[0].back, row.faults[0].is_typed) == ("approved", False)


# --- rows ------------------------------------------------------------------------------------------


def test_a_row_typed_in_the_sheet_is_adopted_and_counts(workbook: Workbook, person: Hand) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'name')}4", "Nia Voyle")
    person.edit("Mentors", f"{letter(Mentors, 'status')}4", "applied")
    line = one(workbook, What.NO_ID, MARC)
    assert checked(workbook, MARC).report.rows == () and line.repairs == (Repair.ADOPT,)
    mended(workbook, line, Repair.ADOPT, MARC)
    (nia,) = [row for row in records.view(as_(MARC, workbook)).all(Mentors) if row.name == "Nia Voyle"]
    assert nia.id.startswith("MEN-")
    (told,) = history.of_record(as_(ANGHARAD, workbook), Mentors, nia.id)
    assert (told.who, told.action) == ("Marc Sayce", "sheet.adopted")
    assert ("Name", "", "Nia Voyle") in [(field.title, field.old, field.new) for field in told.fields]


def test_a_row_that_skipped_its_approval_is_not_adopted(workbook: Workbook, person: Hand) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'name')}4", "Nia Voyle")
    person.edit("Mentors", f"{letter(Mentors, 'status')}4", "approved")
    line = one(workbook, What.NO_ID, MARC)
    assert line.repairs == () and "First mend this" in str(line.cure)


def test_hours_typed_in_the_sheet_are_sent_to_the_app(workbook: Workbook, person: Hand) -> None:
    """RM33: nobody's hours come in past the mentor who worked them."""
    person.edit("Timesheets", f"{letter(Timesheets, 'hours')}2", "4")
    line = one(workbook, What.NO_ID)
    assert (line.repairs, line.cure) == ((), sheet_check.IN_THE_APP)


def test_nobody_lets_themselves_in_by_a_row_typed_in_people(workbook: Workbook, person: Hand) -> None:
    """RM07."""
    person.edit("People", f"{letter(People, 'name')}9", "Me")
    line = one(workbook, What.NO_ID)
    assert line.repairs == ()


def test_a_doubled_row_sets_both_aside_until_one_is_cleared(workbook: Workbook, person: Hand) -> None:
    person.double_row("Mentors", 2)
    line = one(workbook, What.ROW_DOUBLED, MARC)
    assert (line.finding.row, line.value) == (3, MAIR.mentor)
    assert [row.id for row in records.view(as_(MARC, workbook)).all(Mentors)] == ["MEN-GETHIN"]
    mended(workbook, line, Repair.CLEAR, MARC)
    assert records.view(as_(MARC, workbook)).get(Mentors, MAIR.mentor).days_a_month == 2
    assert checked(workbook).faults == 0
    told = history.of_record(as_(ANGHARAD, workbook), Mentors, MAIR.mentor)[0]
    assert told.action == "sheet.cleared" and told.fields


def test_what_a_doubled_row_lost_is_not_what_the_history_would_put_back(
    workbook: Workbook, person: Hand
) -> None:
    person.double_row("Mentors", 2)
    mended(workbook, one(workbook, What.ROW_DOUBLED), Repair.CLEAR)
    known = repairs.past(as_(ANGHARAD, workbook), Mentors, MAIR.mentor)
    assert known is not None and known["name"] == "Mair Pritchard"


def test_a_deleted_row_comes_back_whole_from_the_history(workbook: Workbook, person: Hand) -> None:
    before = records.view(as_(MARC, workbook)).get(Mentors, MAIR.mentor)
    person.delete_row("Mentors", 2)
    line = one(workbook, What.ROW_GONE, MARC)
    assert line.repairs == (Repair.PUT_BACK,)
    mended(workbook, line, Repair.PUT_BACK, MARC)
    after = records.view(as_(MARC, workbook)).get(Mentors, MAIR.mentor)
    own = [column.name for column in Mentors.own_columns()]
    assert [after[name] for name in own] == [before[name] for name in own]
    assert checked(workbook).faults == 0


def test_a_deleted_row_comes_back_with_what_hands_had_written_in_it(workbook: Workbook, person: Hand) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'area')}3", "Powys")
    checked(workbook)
    person.delete_row("Mentors", 3)
    mended(workbook, one(workbook, What.ROW_GONE), Repair.PUT_BACK)
    assert records.view(as_(MARC, workbook)).get(Mentors, "MEN-GETHIN").area == "Powys"


def test_only_a_manager_or_administrator_accepts_that_a_row_is_gone(workbook: Workbook, person: Hand) -> None:
    person.delete_row("Mentors", 3)
    assert Repair.LEAVE not in one(workbook, What.ROW_GONE, MARC).repairs
    mended(workbook, one(workbook, What.ROW_GONE), Repair.LEAVE)
    assert checked(workbook).lines == ()


def test_another_programme_s_rows_are_not_shown(workbook: Workbook, person: Hand) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'days_a_month')}3", "'2")
    person.edit("Mentors", f"{letter(Mentors, 'programme')}3", "dwp")
    from services.programmes import all_programmes

    if "dwp" in all_programmes():
        assert checked(workbook).lines == ()


# --- tabs and columns --------------------------------------------------------------------------------


def test_a_renamed_column_stops_its_register_alone_and_gets_its_name_back(
    workbook: Workbook, person: Hand
) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'name')}1", "Enw")
    line = one(workbook, What.COLUMN_GONE, MARC)
    assert (line.value, line.repairs) == ("Enw", (Repair.HEADING,))
    add(as_(ANGHARAD, workbook), People, _newcomer(), "PER-NEWNEW")
    with pytest.raises(OurError, match="column .* is missing"):
        add(as_(MARC, workbook), Mentors, {"name": "Nia", "status": "applied"}, "MEN-NIA222")
    mended(workbook, line, Repair.HEADING, MARC)
    add(as_(MARC, workbook), Mentors, {"name": "Nia", "status": "applied"}, "MEN-NIA222")
    assert checked(workbook).faults == 0


def _newcomer() -> dict[str, Any]:
    return {"name": "New", "email": "new@example.org", "role": "Finance", "status": "active"}


def test_a_broken_tab_at_the_start_of_a_process_is_still_told(
    workbook: Workbook, person: Hand, store: SheetsStore
) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'name')}1", "Enw")
    person.delete_tab("Development")
    other = SheetsStore(store.connection, store.clock, 0)
    other.open(list(store.tabs.values()))
    fresh = Workbook(other, workbook.seals)
    whats = [line.finding.what for line in checked(fresh).lines]
    assert whats[:2] == [What.TAB_GONE, What.COLUMN_GONE]
    assert "Mentors" not in checked(fresh).report.counts


def test_only_a_manager_or_administrator_accepts_a_gap_in_the_history(
    workbook: Workbook, person: Hand
) -> None:
    person.delete_row("Audit", 4)
    line = one(workbook, What.HISTORY_GAP, MARC)
    assert (line.repairs, line.cure) == ((), sheet_check.A_MANAGER)
    mended(workbook, one(workbook, What.HISTORY_GAP, ADA), Repair.LEAVE, ADA)
    assert checked(workbook).faults == 0


def test_a_repair_is_not_offered_for_undo(workbook: Workbook, person: Hand) -> None:
    person.rename_tab("Mentors", "Mentoriaid")
    mended(workbook, one(workbook, What.TAB_RENAMED, MARC), Repair.TAB_NAME, MARC)
    assert history.last_change(as_(MARC, workbook)) is None


# --- the history -----------------------------------------------------------------------------------


def told_of(workbook: Workbook, id_: str = MAIR.mentor) -> list[tuple[str, str, str, str]]:
    found = history.of_record(as_(ANGHARAD, workbook), Mentors, id_)
    return [(entry.who, field.title, field.old, field.new) for entry in found for field in entry.fields]


EDIT = ("In the spreadsheet", "Area", "Swansea", "Powys")


def test_a_hand_edit_is_in_the_record_s_history_at_once_and_after_the_next_save_once(
    workbook: Workbook, person: Hand
) -> None:
    workbook.refresh()
    person.edit("Mentors", f"{letter(Mentors, 'area')}2", "Powys")
    workbook.look_again()
    assert told_of(workbook)[0] == EDIT
    add(as_(MARC, workbook), Mentors, {"name": "Nia", "status": "applied"}, "MEN-NIA222")
    assert told_of(workbook).count(EDIT) == 1
    entries = history.of_record(as_(ANGHARAD, workbook), Mentors, MAIR.mentor)
    assert entries[0].action == "sheet.edited"


def test_two_processes_that_both_saw_a_hand_edit_tell_of_it_once(
    workbook: Workbook, person: Hand, store: SheetsStore
) -> None:
    other = SheetsStore(store.connection, store.clock, 0)
    other.open(list(store.tabs.values()))
    second = Workbook(other, workbook.seals)
    workbook.refresh()
    second.refresh()
    person.edit("Mentors", f"{letter(Mentors, 'area')}2", "Powys")
    workbook.look_again()
    second.look_again()
    add(as_(MARC, workbook), Mentors, {"name": "Nia", "status": "applied"}, "MEN-NIA222")
    add(as_(MARC, second), Mentors, {"name": "Gwen", "status": "applied"}, "MEN-GWEN22")
    second.look_again()
    assert told_of(workbook).count(EDIT) == 1 and told_of(second).count(EDIT) == 1


def test_the_app_s_own_columns_never_show_in_the_history(workbook: Workbook, person: Hand) -> None:
    workbook.refresh()
    person.edit("Mentors", f"{letter(Mentors, '_updated_by')}2", "nobody")
    person.edit("Mentors", f"{letter(Mentors, 'area')}2", "Powys")
    workbook.look_again()
    titles = {title for _, title, *_ in told_of(workbook)}
    assert not titles & {"Updated by", "Updated at", "Change", "Id"}


def test_undo_refuses_over_a_hand_edit(workbook: Workbook, person: Hand) -> None:
    marc = as_(MARC, workbook)
    edit = Edit(Mentors, MAIR.mentor, {"area": "Conwy"})
    needs = Needs(rows=((Mentors.tab, MAIR.mentor),))
    key = op()
    records.commit(marc, key, "mentors.edit", "x", needs, lambda fresh: [edit])
    person.edit("Mentors", f"{letter(Mentors, 'area')}2", "Powys")
    with pytest.raises(StaleRow):
        history.undo_last(marc, op(), key)


def test_a_repair_stops_where_the_place_says_something_else_by_now(workbook: Workbook, person: Hand) -> None:
    person.edit("Mentors", f"{letter(Mentors, 'days_a_month')}2", "'2")
    line = one(workbook, What.TEXT)
    person.edit("Mentors", f"{letter(Mentors, 'days_a_month')}2", "'3")
    with pytest.raises(OurError, match="no longer says"):
        mended(workbook, line, Repair.RETYPE)
