"""The guide is made from the registers, for the reader's role (X7, design 2)."""

from pathlib import Path

import pytest

from schemas.registers import BY_TAB
from services import access, guide
from services.workbook import Workbook
from tests import dwp
from tests.cast import ADA, ANGHARAD, CAST, MAIR, as_, new_workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


@pytest.mark.parametrize("actor", CAST)
def test_a_reader_finds_the_registers_they_see_and_no_others(workbook: Workbook, actor: object) -> None:
    ctx = as_(actor, workbook)  # type: ignore[arg-type]
    shown = {chapter.tab for chapter in guide.chapters(ctx)}
    assert shown == {tab for tab in BY_TAB if access.scope(ctx, tab) and guide.is_used(ctx, tab)}
    assert not shown & guide.OWN_KEEPING


def test_the_guide_leaves_out_the_registers_of_other_programmes(workbook: Workbook, tmp_path: Path) -> None:
    groups = {chapter.tab for chapter in guide.chapters(as_(ANGHARAD, workbook))}
    people = {chapter.tab for chapter in guide.chapters(dwp.as_(dwp.NORA, dwp.new_workbook(tmp_path / "2")))}
    assert {"Timesheets", "Invoices", "Advice", "Assignments"} <= groups - people
    assert {"Cases", "Interviews", "Contracts", "Returns", "Complaints", "Concerns"} <= people - groups
    assert {"Mentors", "Mentees", "Plans", "Sessions", "People"} <= people & groups


def test_every_register_says_what_it_is_for(workbook: Workbook) -> None:
    assert set(guide.ABOUT) == set(BY_TAB) - guide.OWN_KEEPING


def test_every_status_that_moves_says_who_acts_next() -> None:
    for register in BY_TAB.values():
        for column in register.columns.values():
            if column.moves is not None:
                assert set(guide.NEXT[register.tab]) == set(column.choices), register.tab


def test_a_column_is_told_with_its_meaning_kind_and_choices(workbook: Workbook) -> None:
    chapters = {chapter.tab: chapter for chapter in guide.chapters(as_(MAIR, workbook))}
    entries = {entry.title: entry for entry in chapters["Timesheets"].columns}
    assert entries["Hours"].kind == "hours in quarters, like 3.25"
    assert entries["Hours"].is_needed
    assert "submitted" in entries["Status"].choices
    assert ("submitted", "waiting for the Programme Manager") in chapters["Timesheets"].next
    assert chapters["Timesheets"].extent == "You see your own rows."


def test_the_glossary_has_the_programme_s_words_in_both_languages(workbook: Workbook) -> None:
    terms = {term.en: term.cy for term in guide.glossary(as_(ADA, workbook))}
    assert terms["Facilitator"] == "Hwylusydd"
    assert terms["Cardiff"] == "Caerdydd"
    assert [term.en for term in guide.glossary(as_(ANGHARAD, workbook))] == sorted(terms, key=str.casefold)
