"""The sixth programme: its folder copied and edited, no Python, and the app runs it (design 3)."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pages.ui import house
from pages.ui.house import House
from pages.ui.navigation import BY_URL
from schemas.people import People
from services import approvals, example, invoices, letters, records, runs
from services.context import Context
from services.people import actor_of
from services.programmes import TEMPLATES, all_programmes
from services.rules import periods
from services.seals import Seals
from services.settings import Settings
from services.store import create_store
from services.workbook import Workbook, tabs
from tests.cast import KEY, NOW, as_
from tests.desk import Desk
from tests.pages.programme.reading import REFUSED, assert_no_bug, words

TODAY = date(2026, 11, 16)
EDITS = (
    ('code = "ssw"', 'code = "allotments"'),
    ('en = "Sustainable Steps Wales – Mentoring"', 'en = "Allotment Partners"'),
    ('en = "Sustainable Steps Wales"', 'en = "Allotment Partners"'),
    ('mentee = { en = "Group", cy = "Grŵp" }', 'mentee = { en = "Allotment", cy = "Rhandir" }'),
    ('mentees = { en = "Groups", cy = "Grwpiau" }', 'mentees = { en = "Allotments", cy = "Rhandiroedd" }'),
    ('value = "250.00"', 'value = "140.00"'),
    ('value = "300.00"', 'value = "210.00"'),
    ('number = "SSW-{year}-{count:04}"', 'number = "ALL-{year}-{count:03}"'),
    ('"advice", "reflections", ', ""),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An installation whose only programme is the edited copy, with the copy's own example in it."""
    folder = Path(shutil.copytree(TEMPLATES / "ssw", tmp_path / "templates" / "allotments"))
    file = folder / "programme.toml"
    text = file.read_text()
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text)
    programmes = all_programmes(folder.parent)
    path = tmp_path / "workbook.sqlite3"
    store, seals = create_store(str(path), tabs()), Seals([KEY])
    example.fill(store, seals, programmes, TODAY)
    settings = Settings(str(path), (KEY,), has_sign_in=False, today=TODAY)
    house.settle(House(settings, Workbook(store, seals), programmes))
    yield Desk(house.house().workbook)
    house.settle(None)


def person(desk: Desk, role: str):  # noqa: ANN201 - an actor
    """One of the copy's own people."""
    rows = desk.workbook.of(People.tab, "allotments").values()
    return actor_of(next(row for row in rows if row["role"] == role))


def ctx_of(desk: Desk, role: str) -> Context:
    """A context of the copied programme."""
    now = NOW.replace(month=TODAY.month, day=TODAY.day)
    programme = house.house().programmes["allotments"]
    return replace(as_(person(desk, role), desk.workbook, now), programme=programme)


@pytest.mark.parametrize(
    ("url", "role", "fact"),
    [
        ("today", "Programme Manager", "Approve hours"),
        ("pool", "Programme Manager", "Mair Pritchard"),
        ("groups", "Facilitator", "Clwb Beicio'r Bont"),
        ("assignments", "Programme Manager", "Programme Forum"),
        ("approvals", "Programme Manager", "Waiting for you"),
        ("invoices", "Finance", "The quarter"),
        ("register", "Finance", "ALL-2026-"),
        ("work", "Mentor", "days left"),
        ("figures", "Evaluator", "Figures"),
        ("people", "Administrator", "Marc Sayce"),
        ("guide", "Mentor", "Guide"),
    ],
)
def test_its_pages_open_on_its_own_example(desk: Desk, url: str, role: str, fact: str) -> None:
    page = desk.page(BY_URL[url].file, person(desk, role))
    assert_no_bug(page)
    assert fact in words(page)
    assert "Sustainable Steps" not in words(page)


@pytest.mark.parametrize(("language", "word"), [("en", "Allotments"), ("cy", "Rhandiroedd")])
def test_its_own_words_stand_at_the_top_of_its_pages(desk: Desk, language: str, word: str) -> None:
    page = desk.page(BY_URL["groups"].file, person(desk, "Facilitator"), language)
    assert page.title[0].value == word


def test_its_own_rates_pay_its_hours(desk: Desk) -> None:
    said = words(desk.page(BY_URL["rates"].file, person(desk, "Finance")))
    assert "£140.00" in said and "£210.00" in said
    assert "£250.00" not in said and "£300.00" not in said
    waiting = [claim for claim in approvals.waiting(ctx_of(desk, "Programme Manager")) if claim.pounds]
    assert waiting
    assert {claim.pounds / claim.line["hours"] for claim in waiting} <= {20, 30}


def test_its_own_letter_carries_its_name_and_number(desk: Desk) -> None:
    from io import BytesIO

    from docx import Document

    finance = ctx_of(desk, "Finance")
    period = periods.quarter(2026, 3)
    seen = runs.preview(finance, period)
    assert seen.letters
    row = invoices.register(finance)[0]
    document = Document(BytesIO(letters.letter(finance, row.id, "en")))
    header = "\n".join(each.text for section in document.sections for each in section.header.paragraphs)
    cells = (
        cell.text for section in document.sections for table in section.header.tables for cell in table._cells
    )
    body = "\n".join(each.text for each in document.paragraphs)
    assert "Allotment Partners" in header + body + "\n".join(cells)
    assert row["number"].startswith("ALL-2026-")


def test_a_page_it_does_not_use_is_not_there(desk: Desk) -> None:
    """Its `pages` leave out written advice and reflections."""
    for url in ("advice-review", "reflections"):
        page = desk.page(BY_URL[url].file, person(desk, "Facilitator"))
        assert REFUSED in words(page)


def test_its_rows_are_nobody_elses(desk: Desk) -> None:
    """RM08: the same workbook read in another programme holds none of them."""
    other = replace(ctx_of(desk, "Programme Manager"), programme=all_programmes()["ssw"])
    rows = records.view(other)
    assert not rows.all(People)
