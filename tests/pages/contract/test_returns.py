"""The pages of the returns, levels, tracker, samples and success factors, role by role (D13 to D17, D26)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import lists
from schemas.column import Row
from schemas.contracts import Contracts, Improvements, Postings, ReturnKind, Returns, Samples
from services import levels, records, returns, samples
from services.context import Actor, Context
from services.workbook import Workbook
from tests import dwp
from tests.desk import Desk, all_words, closed, settled
from tests.dwp import ANDY, COLIN, DEE, ELSA, FERN, NORA, OMAR
from tests.services.test_samples import scene as people

TODAY = date(2024, 7, 4)
PAGES = {
    "returns": {NORA, COLIN, FERN, ELSA},
    "tracker": {NORA, COLIN, DEE},
    "levels": {NORA, COLIN, DEE},
    "samples": {NORA, COLIN, ELSA},
    "success": {NORA, COLIN, ELSA},
}


def scene(workbook: Workbook) -> None:
    """The sample's people, and a posting in area 8 short of what annex C asks."""
    people(workbook)
    dwp.put(
        workbook, Postings, "PST-AREA80", contract=dwp.CONTRACT_ID, mentor=OMAR.mentor, area="8",
        weekly_hours=Decimal(20), from_on=date(2023, 4, 1),
    )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "workbook.sqlite3"
    yield settled(dwp.new_workbook(path, scene), path, TODAY)
    closed()


def context(desk: Desk, actor: Actor = NORA) -> Context:
    return dwp.on(dwp.as_(actor, desk.workbook), TODAY)


def contract(desk: Desk) -> Row:
    return records.ground(context(desk)).get(Contracts, dwp.CONTRACT_ID)


def page(desk: Desk, name: str, actor: Actor = NORA, language: str = "en", **params: str) -> AppTest:
    test = desk.page(f"pages/contract/{name}.py", actor, language, **params)
    assert not test.exception
    return test


def tick(test: AppTest, key: str, ids: list[str], at: int) -> AppTest:
    name = f"table:{key}:{lists.fingerprint([{'_id': id_} for id_ in ids])}"
    test.session_state[name] = {"selection": {"rows": [at], "columns": [], "cells": []}}
    return test.run()


def press(test: AppTest, label: str) -> AppTest:
    return next(each for each in test.button if each.label == label).click().run()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_its_readers_and_is_refused_to_the_others(desk: Desk, name: str) -> None:
    for actor in (NORA, COLIN, DEE, FERN, ELSA, ANDY):
        test = desk.page(f"pages/contract/{name}.py", actor)
        assert not test.exception, actor.name
        assert bool(test.error) is (actor not in PAGES[name]), actor.name


def test_the_month_shows_its_figures_and_a_figure_its_cases(desk: Desk) -> None:
    test = page(desk, "returns", month="2024-04")
    assert [(each.label, each.value) for each in test.metric][1:3] == [
        ("New referrals", "6"),
        ("New starts", "6"),
    ]
    made = returns.pmi(context(desk), contract(desk), returns.month_of(date(2024, 4, 1)))
    keys = [each.key for each in made.measures]
    test = tick(test, "pmi", keys, keys.index("starts"))
    assert "Starts on the programme" in [each.value for each in test.subheader]
    assert len(test.dataframe[1].value) == 6


def test_the_manager_writes_down_that_the_return_went_and_it_stays(desk: Desk) -> None:
    test = press(page(desk, "returns", month="2024-06"), "Write down that it was sent")
    narrative = next(each for each in test.text_area)
    assert "Spend against profile: £0.00" in narrative.value
    press(test, "Write it down")
    row = returns.sent_row(context(desk), contract(desk), ReturnKind.PMI, returns.month_of(date(2024, 6, 1)))
    assert row is not None and row["sent_on"] == TODAY and "Recruitment: 1 new referrals" in row["narrative"]
    assert "As it was sent on 4 July 2024." in all_words(page(desk, "returns", month="2024-06"))


def test_what_is_due_and_sent_is_listed_with_how_it_stands(desk: Desk) -> None:
    test = page(desk, "returns", FERN, month="2024-06")
    table = next(
        each.value
        for each in test.dataframe
        if "How it stands" in each.value.columns or "state" in each.value
    )
    assert "late" in set(table["state"]) and "to be sent" in set(table["state"])


def test_a_mentor_sees_only_the_own_lines_and_no_count_of_the_rest(desk: Desk) -> None:
    """3.6, RM45, RM46."""
    test = page(desk, "tracker", DEE, month="2024-06")
    assert [(each.label, each.value) for each in test.metric] == [("Mentees", "6")]
    assert len(test.dataframe[0].value) == 6
    other = page(desk, "tracker", OMAR, month="2024-06")
    assert [each.value for each in other.metric] == ["1"]


def test_the_tracker_leaves_only_under_a_password_and_by_the_manager(desk: Desk) -> None:
    """RM55, RM56."""
    test = page(desk, "tracker", month="2024-06")
    assert "made only with a password" in all_words(test) and not test.get("download_button")
    test.text_input(key="password:tracker").set_value("quiet lantern harbour").run()
    assert [each.label for each in test.get("download_button")] == ["Download, encrypted"]
    assert not page(desk, "tracker", COLIN, month="2024-06").text_input


def test_a_missed_level_begins_its_plan_and_the_plan_its_word_file(desk: Desk) -> None:
    test = page(desk, "levels", month="2024-06")
    tallies = levels.report(context(desk), contract(desk), returns.month_of(date(2024, 6, 1)))
    ids = [f"{each.level.code}:{each.area}" for each in tallies]
    at = next(n for n, each in enumerate(tallies) if each.level.code == "fte" and each.area == "8")
    assert test.dataframe[0].value["state"].iloc[at] == "3.5 of 4 wanting"
    test = press(tick(test, "report", ids, at), "Begin an improvement plan")
    press(test, "Begin the plan")
    (row,) = records.ground(context(desk)).all(Improvements)
    assert (row["level"], row["area"], row["month"], row["missed"]) == ("fte", "8", date(2024, 6, 1), 1)
    words = all_words(page(desk, "levels", COLIN, month="2024-06"))
    assert "Full-time equivalents, area 8" in words


def test_a_mentor_sees_what_is_late_on_the_own_cases_and_no_report(desk: Desk) -> None:
    test = page(desk, "levels", DEE)
    assert not test.tabs and len(test.dataframe) == 1
    mine = {row["number"] for row in records.view(context(desk, DEE)).all(returns.Cases)}
    assert set(test.dataframe[0].value["number"]) <= mine


def test_a_sample_is_drawn_by_the_manager_and_read_without_names(desk: Desk) -> None:
    press(page(desk, "samples"), "Draw the plans")
    (row,) = records.ground(context(desk)).all(Samples)
    test = page(desk, "samples", ELSA)
    assert row["seed"] in all_words(test)
    said = " ".join(str(cell) for cell in test.dataframe[0].value.to_numpy().ravel())
    assert "Robin" not in said and "sobriety holds" in said
    assert not [each for each in test.button if each.label.startswith("Draw")]
    assert len(samples.drawn_of(context(desk), row.id).rows) == 2


def test_each_success_factor_says_what_the_records_say(desk: Desk) -> None:
    said = all_words(page(desk, "success"))
    assert all(f"SF{n}" in said for n in range(1, 11))
    assert "0 of 2 areas have their least number of mentors today: 2 full-time equivalents of 7." in said
    assert "7 mentees had a diagnostic interview; 6 of them agreed a SMART Action Plan." in said
    assert "surveys after six and twelve months measure this" in said


def test_a_welsh_reader_reads_every_page_in_welsh(desk: Desk) -> None:
    for name, words in (("returns", "Ffurflenni"), ("levels", "Lefelau gwasanaeth"), ("samples", "Samplau")):
        assert words in all_words(page(desk, name, NORA, "cy", month="2024-06"))


def test_no_return_is_written_down_twice(desk: Desk) -> None:
    returns.send_pmi(
        context(desk), "a" * 32, contract(desk), returns.month_of(date(2024, 6, 1)), {"sent_on": TODAY}
    )
    test = page(desk, "returns", month="2024-06")
    assert "Write down that it was sent" not in [each.label for each in test.button]
    assert len(records.ground(context(desk)).all(Returns)) == 1
