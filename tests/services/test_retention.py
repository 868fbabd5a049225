"""What is kept long enough goes, by two persons, after it was shown as a list (X6)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.assignments import Feedback
from schemas.errors import NotAllowed, NotYet
from schemas.money import InvoiceLines
from schemas.people import Drafts, People
from schemas.registers import BY_TAB
from services import retention
from services.programmes import all_programmes
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, MARC, as_, new_workbook, op
from tests.services.facts import FACTS, planted, raw_new
from tests.services.staff import GETHIN_ID, put
from tests.services.test_erasure import RHYS, everything, figures

LATE = datetime(2034, 1, 10, 9, tzinfo=UTC)


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    made = new_workbook(tmp_path / "workbook.sqlite3", planted)
    put(made, People, RHYS.id, name=RHYS.name, email=RHYS.email, role="Programme Manager", status="active")
    old = made.seals.close('{"done": "an old canary draft"}')
    raw_new(made, "Drafts", "DRA-OLDONE", person="PER-MENTOR", form="x", content=old, saved_at="2026-06-01T09:00:00+00:00")  # fmt: skip
    put(made, Feedback, "FBK-OLDONE", mentor="MEN-MAIRPR", assignment="ASG-MAIRPR", given_by="group", given_on=date(2023, 9, 1), useful=Decimal(3), words="old words", status="acted upon")  # fmt: skip
    return made


def ids(workbook: Workbook, now: datetime | None = None) -> dict[str, str]:
    ctx = as_(ANGHARAD, workbook, now) if now else as_(ANGHARAD, workbook)
    return {old.id: old.then for old in retention.listed(ctx)}


def run(workbook: Workbook, now: datetime | None = None) -> None:
    first, second = (as_(each, workbook, now) if now else as_(each, workbook) for each in (ANGHARAD, RHYS))
    retention.propose(first, op(), retention.listed(first))
    proposal = retention.waiting(second)
    assert proposal is not None
    retention.confirm(second, op(), proposal)


def test_only_what_is_older_than_its_period_is_listed(workbook: Workbook) -> None:
    assert ids(workbook) == {"DRA-OLDONE": "erase", "FBK-OLDONE": "archive"}


def test_seven_years_after_leaving_a_mentor_is_listed_and_not_a_day_before(workbook: Workbook) -> None:
    assert GETHIN_ID not in ids(workbook, datetime(2033, 9, 30, 9, tzinfo=UTC))
    assert ids(workbook, datetime(2033, 10, 1, 9, tzinfo=UTC))[GETHIN_ID] == "erase"


def test_a_run_erases_and_archives_exactly_what_was_shown(workbook: Workbook) -> None:
    run(workbook)
    assert "an old canary draft" not in everything(workbook)
    assert workbook.table(Feedback.tab).rows["FBK-OLDONE"]["_archived"] == retention.ARCHIVED
    assert FACTS["draft"] in everything(workbook)
    assert ids(workbook) == {}
    assert workbook.table(Drafts.tab).problems == ()


def test_an_old_mentor_goes_whole_and_the_books_stay(workbook: Workbook) -> None:
    lines = [dict(row) for row in workbook.of(InvoiceLines.tab, "ssw").values()]
    before = figures(workbook)[:2]
    run(workbook, LATE)
    said = everything(workbook).casefold()
    assert [name for name, fact in FACTS.items() if fact.casefold() in said] == []
    assert figures(workbook)[:2] == before
    assert [row["amount_pounds"] for row in lines] == [
        row["amount_pounds"] for row in workbook.of(InvoiceLines.tab, "ssw").values()
    ]


def test_nobody_runs_what_they_proposed(workbook: Workbook) -> None:
    ctx = as_(ANGHARAD, workbook)
    retention.propose(ctx, op(), retention.listed(ctx))
    proposal = retention.waiting(ctx)
    with pytest.raises(NotYet, match="yourself"):
        retention.confirm(ctx, op(), proposal)
    assert "an old canary draft" in everything(workbook)


def test_what_was_changed_since_is_not_cleared(workbook: Workbook) -> None:
    from tests.services.facts import raw

    ctx = as_(ANGHARAD, workbook)
    retention.propose(ctx, op(), retention.listed(ctx))
    raw(workbook, "Feedback", "FBK-OLDONE", given_on="2026-09-01")
    with pytest.raises(NotYet, match="not the same"):
        retention.confirm(as_(RHYS, workbook), op(), retention.waiting(ctx))
    retention.refuse(as_(RHYS, workbook), op(), retention.waiting(ctx), "One was wrong.")
    assert retention.waiting(ctx) is None
    assert "an old canary draft" in everything(workbook)


@pytest.mark.parametrize("actor", [ADA, MARC], ids=lambda actor: actor.role)
def test_nobody_but_the_manager_lists_or_runs(workbook: Workbook, actor) -> None:  # noqa: ANN001
    with pytest.raises(NotAllowed):
        retention.listed(as_(actor, workbook))


def test_every_programme_s_periods_name_a_date_of_their_register_and_a_source() -> None:
    for programme in all_programmes().values():
        for tab, rule in programme.retention.items():
            assert BY_TAB[tab].columns[rule.counted_from].kind in ("date", "instant")
            assert rule.then in ("erase", "archive")
            assert rule.source and rule.months > 0
