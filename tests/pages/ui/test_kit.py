"""The kit's promises: nothing typed is lost, nothing is saved twice, user text stays text (X3, X13, X14)."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import lists
from schemas.column import Role
from schemas.mentors import Mentors
from schemas.people import Drafts
from services import records
from services.context import Actor
from tests.cast import ANGHARAD, EVAN, MARC
from tests.desk import Desk, all_words, claims
from tests.server import PATIENCE

TRIAL = Path(__file__).parent / "trial.py"


def trial(person: Actor | None = ANGHARAD, **params: str) -> AppTest:
    """The trial page as a person."""
    test = AppTest.from_file(str(TRIAL), default_timeout=PATIENCE)
    test.user = claims(person)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def fill(test: AppTest, name: str, email: str = "nia@example.org", number: int = 0) -> AppTest:
    """Type into the trial's form."""
    test.text_input(key=f"mentor:{number}:name").set_value(name)
    return test.text_input(key=f"mentor:{number}:email").set_value(email).run()


def add(test: AppTest) -> AppTest:
    return test.button(key="mentor:button").click().run()


def names(desk: Desk) -> list[str]:
    return [row["name"] for row in records.view(desk.as_(ANGHARAD)).all(Mentors)]


def test_the_trial_page_runs(desk: Desk) -> None:
    test = trial()
    assert not test.exception
    assert test.title[0].value.startswith("Trial")


def test_nobody_and_the_wrong_role_read_one_plain_refusal_and_no_rows(desk: Desk) -> None:
    """X5: the guard stops the page, whatever the navigation showed."""
    assert not trial(None).title
    refused = trial(EVAN)
    assert not refused.title
    assert not refused.dataframe
    assert "not open to you" in refused.error[0].proto.title


def test_a_filled_form_is_saved_once_and_the_next_one_starts_empty(desk: Desk) -> None:
    test = add(fill(trial(), "Nia Bowen"))
    assert not test.exception
    assert names(desk) == ["Nia Bowen"]
    assert test.text_input(key="mentor:1:name").value == ""
    assert "Added." in all_words(test)


def test_a_second_click_with_the_same_key_saves_nothing_twice(desk: Desk) -> None:
    """X3: a double click is one change."""
    test = fill(trial(), "Nia Bowen")
    op = test.session_state["mentor:op"]
    add(test)
    test.session_state["mentor:op"] = op
    add(fill(test, "Nia Bowen", number=1))
    assert names(desk) == ["Nia Bowen"]


def test_every_wrong_field_is_told_at_once_beside_it_and_nothing_typed_is_lost(desk: Desk) -> None:
    """X14: one plain message per wrong field."""
    test = add(fill(trial(), "Nia\u202eBowen", "not an address"))
    assert names(desk) == []
    beside = [each.value for each in test.markdown if each.value.startswith(":red[")]
    assert len(beside) == 2
    assert test.text_input(key="mentor:0:email").value == "not an address"
    test = add(fill(test, "Nia Bowen"))
    assert names(desk) == ["Nia Bowen"]
    assert not test.error


def test_undo_takes_the_last_change_back(desk: Desk) -> None:
    """X4."""
    test = add(fill(trial(), "Nia Bowen"))
    test.button(key=":undo").click().run()
    assert names(desk) == []


def test_a_bug_shows_a_reference_and_logs_no_name(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """X6: no personal data in logs."""
    test = trial().button(key="break:button").click().run()
    assert "reference" in test.error[0].value
    assert not test.exception
    assert "Mair" not in caplog.text
    assert "break_down" in caplog.text


def test_a_stopped_person_does_nothing_with_their_next_click(desk: Desk) -> None:
    """X5: the button's callback runs before the page's guard, and asks again who is there."""
    test = fill(trial(MARC), "Nia Bowen")
    test.user = claims(Actor("PER-GONE22", "Gone", Role.COORDINATOR, "gone@example.org"))
    add(test)
    assert names(desk) == []


def test_a_selection_is_by_record_and_not_by_place_in_the_list(desk: Desk) -> None:
    """X3: rows that came meanwhile do not shift what was chosen."""
    test = trial()
    for number, name in enumerate(("Nia Bowen", "Owain Rees")):
        add(fill(test, name, number=number))
    assert names(desk) == ["Nia Bowen", "Owain Rees"]
    shown = records.view(desk.as_(ANGHARAD)).all(Mentors)
    test.session_state[f"table:mentors:{lists.fingerprint(shown)}"] = {
        "selection": {"rows": [1], "columns": [], "cells": []}
    }
    test.button(key="edit").click().run()
    test.text_input(key="new name").set_value("Owain Rhys")
    test.button(key="rename:button").click().run()
    assert names(desk) == ["Nia Bowen", "Owain Rhys"]
    assert lists.fingerprint(shown) != lists.fingerprint(shown[1:])


def test_a_chosen_filter_stands_in_the_address_and_typed_text_never_does(desk: Desk) -> None:
    """X13."""
    test = trial(state="applied")
    assert test.pills[0].value == "applied"
    test.pills[0].set_value("approved").run()
    assert test.query_params["state"] in ("approved", ["approved"])
    test.text_input(key="search:mentors").set_value("Nia").run()
    assert "Nia" not in str(dict(test.query_params))


def test_a_link_that_changes_the_address_changes_the_filter_that_is_drawn_already(desk: Desk) -> None:
    """X13: a named view of the page one is on; without it the filter would write its old value back."""
    test = trial(state="applied")
    test.query_params["state"] = "approved"
    test.run()
    assert test.pills[0].value == "approved"
    del test.query_params["state"]
    test.run()
    assert test.pills[0].value is None
    assert "state" not in dict(test.query_params)


def test_a_draft_comes_back_in_a_new_session_and_goes_when_the_form_is_saved(desk: Desk) -> None:
    """X13: a refresh loses nothing."""
    fill(trial(), "Nia Bo")
    (draft,) = records.ground(desk.as_(ANGHARAD)).all(Drafts)
    assert "Nia" not in draft["content"].token
    again = trial()
    assert again.text_input(key="mentor:0:name").value == "Nia Bo"
    add(again)
    assert trial().text_input(key="mentor:0:name").value == ""
    (draft,) = records.ground(desk.as_(ANGHARAD)).all(Drafts)
    assert not draft["content"]


def test_user_text_is_shown_as_text(desk: Desk) -> None:
    """X14: markup typed by a person is escaped wherever the kit draws it."""
    test = add(fill(trial(), "<img src=x> **bold**"))
    shown = [element.proto.body for element in test.get("html")]
    assert any("&lt;img src=x&gt; **bold**" in body for body in shown)
    assert not any("<img" in body for body in shown)


def test_a_named_view_keeps_the_filters_of_the_page(desk: Desk) -> None:
    """X13."""
    test = trial(state="applied")
    test.text_input(key="view:trial:0:name").set_value("Waiting").run()
    test.button(key="view:trial:button").click().run()
    assert not test.error
    assert "Waiting" in all_words(test)


def test_search_finds_whatever_the_accents(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"_id": "1", "name": "Siân O’Brien", "recruited_on": None, "status": None}]
    monkeypatch.setattr(lists, "context", lambda: desk.as_(ANGHARAD))
    assert lists.found(rows, "sian o'brien", (Mentors.name,)) == rows
    assert lists.found(rows, "sian huws", (Mentors.name,)) == []
