"""Answers that nobody signs leave their box together: nobody can say which was put in when (W9)."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import NotAllowed, NotYet
from schemas.peers import Answers
from services import answers, diaries, reviews
from services.seals import Sealed
from services.store.interface import AUDIT
from services.workbook import Workbook
from tests import wmtd
from tests.cast import op
from tests.wmtd import CLEM, EDIE, KIT, ROO, as_

SAID = ("Nobody listens.", "All is well.", "Meet on Sundays.")


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return wmtd.new_workbook(tmp_path / "workbook.sqlite3")


def give(workbook: Workbook, *said: str, hour: int = 9) -> None:
    """Kit, Roo, Kit each write in their diary, answer, and write again: what stands beside an answer tells its hour."""
    for n, words in enumerate(said):
        ctx = as_((KIT, ROO)[n % 2], workbook, now=datetime(2026, 10, 7, hour, n, tzinfo=UTC))
        noted = {"written_on": ctx.today, "words": "A day."}
        diaries.write(ctx, op(), noted)
        answers.give(ctx, {"side": "supporter", "heard": Decimal(n + 1), "words": words})
        diaries.write(ctx, op(), noted)


def lines(workbook: Workbook) -> list[dict[str, str]]:
    """The history, oldest first, as it stands in the file."""
    return list(workbook.store.audit(10_000))[::-1]


def opened(workbook: Workbook, lines: list[dict[str, str]]) -> str:
    """What these say, every sealed cell opened with the key."""
    found: list[str] = []
    for line in lines:
        pairs = json.loads(line["fields"] or "{}").values()
        for cell in (cell for pair in pairs for cell in pair if cell.startswith("sealed:")):
            found.append(workbook.seals.readable(Sealed(cell)) or "")
    return json.dumps([lines, found])


def of_answers(workbook: Workbook, action: str) -> list[dict[str, str]]:
    return [line for line in lines(workbook) if line["register"] == Answers.tab and line["action"] == action]


def test_nobody_reads_an_answer_while_it_is_in_the_box(workbook: Workbook) -> None:
    give(workbook, *SAID[:2])
    clem = as_(CLEM, workbook)
    assert (answers.listed(clem), answers.in_the_box(clem), answers.may_be_emptied(clem)) == ([], 2, False)
    with pytest.raises(NotYet, match="Fewer than 3 answers are in the box"):
        answers.empty(clem, op())
    assert all(each.count in {0, None} for each in reviews.review(as_(EDIE, workbook)).voices)


def test_they_come_out_whole_and_all_of_one_change(workbook: Workbook) -> None:
    give(workbook, *SAID)
    clem = as_(CLEM, workbook)
    assert answers.may_be_emptied(clem)
    answers.empty(clem, op())
    out = answers.listed(clem)
    assert {(answers.words(clem, row.id), row["heard"]) for row in out} == {
        (words, n) for n, words in enumerate(SAID, 1)
    }
    assert len({row["_change"] for row in out}) == 1
    assert answers.in_the_box(clem) == 0


def test_not_even_with_the_key_does_the_history_say_what_was_put_in_when(workbook: Workbook) -> None:
    """From the whole file: order, numbers, times, digests and what is sealed in the history."""
    give(workbook, *SAID)
    assert all(words in opened(workbook, of_answers(workbook, "answers.give")) for words in SAID), (
        "as it was put in"
    )
    answers.empty(as_(CLEM, workbook), op())
    given = of_answers(workbook, "answers.give")
    assert len(given) == 3
    apart = {name: {line[name] for line in given} for name in ("who", "at", "digest", "why", "fields")}
    assert {name: len(values) for name, values in apart.items() if name != "fields"} == dict.fromkeys(
        ("who", "at", "digest", "why"), 1
    )
    told = opened(workbook, [line for line in lines(workbook) if line["action"] != "answers.empty"])
    assert not any(words in told for words in SAID)
    taken = opened(workbook, of_answers(workbook, "answers.empty"))
    assert '"posted"' not in taken or "sealed" not in json.dumps(
        [json.loads(line["fields"]).get("posted") for line in of_answers(workbook, "answers.empty")]
    )


def test_a_row_does_not_come_out_with_what_was_put_into_it(workbook: Workbook) -> None:
    """Twelve answers in a box: each stands where it was put with a chance of one in twelve."""
    for n in range(12):
        answers.give(as_(KIT, workbook), {"side": "supporter", "words": f"answer {n}"})
    put_in = [line["row"] for line in of_answers(workbook, "answers.give")]
    clem = as_(CLEM, workbook)
    answers.empty(clem, op())
    out = [answers.words(clem, id_) for id_ in put_in]
    assert sorted(out) == sorted(f"answer {n}" for n in range(12))
    in_place = sum(words == f"answer {n}" for n, words in enumerate(out))
    assert in_place < 8  # eight or more by chance: 1 in 90,000


@pytest.mark.parametrize("actor", [KIT, ROO, EDIE])
def test_only_staff_empty_the_box(workbook: Workbook, actor: Any) -> None:
    give(workbook, *SAID)
    with pytest.raises(NotAllowed):
        answers.empty(as_(actor, workbook), op())


def test_the_history_s_other_lines_stay_as_they_were(workbook: Workbook) -> None:
    give(workbook, *SAID)
    before = [line for line in lines(workbook) if line["register"] != Answers.tab]
    answers.empty(as_(CLEM, workbook), op())
    assert [line for line in lines(workbook) if line["register"] != Answers.tab] == before
    assert AUDIT not in {line["register"] for line in before}


def test_a_spreadsheet_forgets_what_the_box_held_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from services.seals import Seals
    from tests.cast import KEY
    from tests.sheets_standin.server import Server
    from tests.spreadsheets import open_spreadsheet

    with Server() as google:
        monkeypatch.setenv("SHEETS_API_BASE", google.base)
        workbook = Workbook(open_spreadsheet(google, fresh_seconds=0), Seals([KEY]))
        workbook.refresh()
        for words in SAID:
            answers.give(as_(KIT, workbook), {"side": "supporter", "words": words})
        clem = as_(CLEM, workbook)
        answers.empty(clem, op())
        assert {answers.words(clem, row.id) for row in answers.listed(clem)} == set(SAID)
        given = of_answers(workbook, "answers.give")
        assert len({line["fields"] for line in given}) == 1 and not any(
            words in opened(workbook, given) for words in SAID
        )
