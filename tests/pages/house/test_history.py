"""The history on the page (X4)."""

from schemas.mentors import Mentors
from services import records
from services.records import Edit, New
from services.store.interface import Needs
from tests.cast import ADA, ANGHARAD, MAIR, MARC, op
from tests.desk import Desk, all_words

PAGE = "pages/house/history.py"


def filled(desk: Desk) -> None:
    marc = desk.as_(MARC)
    values = {"name": "Mair Pritchard", "status": "applied", "area": "Swansea"}
    add = [New(Mentors, values, MAIR.mentor)]
    records.commit(marc, op(), "mentors.edit", values, Needs(), lambda fresh: add)
    edit = [Edit(Mentors, MAIR.mentor, {"area": "Powys"})]
    needs = Needs(rows=(("Mentors", MAIR.mentor),))
    records.commit(marc, op(), "mentors.edit", "Powys", needs, lambda fresh: edit)


def test_the_newest_change_stands_first_with_who_and_from_what_to_what(desk: Desk) -> None:
    filled(desk)
    table = desk.page(PAGE, ANGHARAD, tab="Mentors").dataframe[0].value
    first = table.iloc[0]
    assert (first["who"], first["record"], first["changes"]) == (
        "Marc Sayce",
        "Mentors: Mair Pritchard",
        "Area: Swansea → Powys",
    )


def test_one_record_s_history_has_an_address_of_its_own(desk: Desk) -> None:
    filled(desk)
    words = all_words(desk.page(PAGE, ANGHARAD, register="Mentors", id=MAIR.mentor))
    assert "Swansea" in words
    assert "Powys" in words


def test_a_filter_that_finds_nothing_says_so(desk: Desk) -> None:
    assert "No changes by these filters." in all_words(desk.page(PAGE, ANGHARAD, tab="Timesheets"))


def test_an_administrator_reads_no_mentor_s_history(desk: Desk) -> None:
    filled(desk)
    test = desk.page(PAGE, ADA, register="Mentors", id=MAIR.mentor)
    assert "Powys" not in all_words(test)


def test_a_mentor_may_not(desk: Desk) -> None:
    assert desk.page(PAGE, MAIR).error
