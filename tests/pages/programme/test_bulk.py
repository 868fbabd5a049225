"""Several groups changed at once from their list: ticked, looked at, changed, undone (X13)."""

from streamlit.testing.v1 import AppTest

from pages.ui import lists
from pages.ui.navigation import BY_URL
from schemas.mentees import Mentees
from services import groups
from tests.cast import MARC
from tests.desk import Desk
from tests.pages.programme.reading import assert_no_bug, busy, fill, press, words
from tests.services.staff import rows_of

__all__ = ["busy"]


def ticked(desk: Desk, *places: int) -> AppTest:
    """The groups' page with several to be changed and those rows ticked, as clicks on their boxes do."""
    page = desk.page(BY_URL["groups"].file, MARC)
    page.toggle(key="groups:several").set_value(True).run()
    shown = [entry.group for entry in groups.listed(desk.as_(MARC))]
    key = f"table:groups:{lists.fingerprint(shown)}"
    page.session_state[key] = {"selection": {"rows": list(places), "columns": [], "cells": []}}
    return page.run()


def facilitators(desk: Desk) -> list[str | None]:
    return [row["facilitator"] for row in rows_of(desk.workbook, Mentees)]


def test_ticking_opens_no_group_while_several_are_chosen(busy: Desk) -> None:
    page = ticked(busy, 0)
    assert_no_bug(page)
    assert page.title[0].value == "Groups"
    assert "Change 1 row" in words(page)


def test_two_groups_get_another_facilitator_and_undo_gives_the_old_back(busy: Desk) -> None:
    before = facilitators(busy)
    page = press(ticked(busy, 0, 1), "Change 2 rows")
    fill(page, "What to change", "facilitator")
    page = press(page, "Change 2 rows")
    fill(page, "Facilitator", "Delyth Nash")
    page = press(page, "Change 2 rows")
    assert_no_bug(page)
    said = words(page)
    assert "Becomes" in said and "Delyth Nash" in said
    assert facilitators(busy) == before
    [button for button in page.button if button.label == "Change 2 rows"][-1].click().run()
    assert facilitators(busy).count("Delyth Nash") == 2
    press(page, "Undo")
    assert facilitators(busy) == before
