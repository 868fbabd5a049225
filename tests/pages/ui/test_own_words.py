"""What is drawn or made in a thread of its own says the programme's words too (X7, design 3)."""

from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import streamlit as st

from pages.ui import downloads, files, visitor, words
from schemas.words import say
from tests import wmtd


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of peer support that was drawn once, by another thread."""
    ctx = wmtd.as_(wmtd.CLEM, wmtd.new_workbook(tmp_path / "workbook.sqlite3"), language="cy")
    monkeypatch.setattr(st, "session_state", {":context": ctx})
    monkeypatch.setattr(visitor, "get_script_run_ctx", lambda **_: object())
    monkeypatch.setattr(files, "owner", lambda: "")
    monkeypatch.setattr(files, "remember", lambda content, made_by: content)


def in_a_thread(deed: Any) -> list[Any]:
    """What a deed gives in a thread that knows nothing yet."""
    found: list[Any] = []
    thread = Thread(target=lambda: found.append(deed()))
    thread.start()
    thread.join(timeout=20)
    return found


def test_a_drawer_that_is_drawn_again(page: None) -> None:
    assert in_a_thread(lambda: (words.language(), words.say("Mentor"))) == [("cy", "Cefnogwr")]


def test_a_file_that_is_made_on_a_click(page: None) -> None:
    made = downloads._logged(lambda: say("Mentors in the register", "en").encode(), "scheme-review-en.docx")
    assert in_a_thread(made) == [b"Supporters in the register"]
