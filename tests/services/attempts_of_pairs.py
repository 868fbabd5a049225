"""What each row of the access matrix about pairs says, done for one role (RM71 to RM82).

In Powys the matrix's mentor is Beth, in peer support Kit. A deed raises where it is refused, and answers where not.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.peers import Answers, Diaries
from schemas.work import Sessions
from services import answers, concerns, diaries, history, pair_requests, pairs, reviews, sheets
from services.context import Actor
from services.workbook import Workbook
from tests import powys, wmtd
from tests.cast import op
from tests.wmtd import KIT, ROO

Deed = Callable[[], Any]
Prepare = Callable[[Workbook, Actor], Deed]
NOTES = "She doubts the budget vote."


def read_own_notes(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: _same(sheets.notes(powys.as_(actor, workbook), "SES-CHAJRS"), NOTES)


def read_another_s_notes(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: sheets.notes(powys.as_(actor, workbook), "SES-SCNDME")


def see_match(workbook: Workbook, actor: Actor) -> Deed:
    """Of another pair: that it is there, and its dates."""
    ctx = powys.as_(actor, workbook)

    def deed() -> None:
        found = pairs.get(ctx, powys.OTHER_PAIR_ID)
        assert (found.row["starts_on"], found.last_on) == (date(2026, 6, 3), date(2026, 9, 1))
        (met,) = sheets.listed(ctx, powys.OTHER_PAIR_ID)
        assert met["held_on"] == date(2026, 9, 1)
        assert met["pair_notes"] is None

    return deed


def see_counts(workbook: Workbook, actor: Actor) -> Deed:
    """Two pairs are too few to be shown; none of the counts is between one and four."""
    ctx = powys.as_(actor, workbook)

    def deed() -> None:
        shown = [figure.count for section in reviews.review(ctx).sections[:5] for figure in section.figures]
        assert shown
        assert not any(count and count < 5 for count in shown)

    return deed


def read_own_sheet(workbook: Workbook, actor: Actor) -> Deed:
    return lambda: _same(sheets.get(wmtd.as_(actor, workbook), wmtd.SHEET_ID)["done"], "A curry")


def read_another_s_sheet(workbook: Workbook, actor: Actor) -> Deed:
    """The same sheet, tried by a supporter who is given the same supportee after Kit."""
    wmtd.CAST.put(
        workbook, "Assignments", "ASG-RQQNEX", mentor=ROO.mentor, mentee=wmtd.OTHER_ID, matched_how="by staff",
        status="proposed",
    )  # fmt: skip
    who = ROO if actor is KIT else actor
    return lambda: _same(sheets.get(wmtd.as_(who, workbook), wmtd.SHEET_ID)["done"], "A curry")


def edit_signed_sheet(workbook: Workbook, actor: Actor) -> Deed:
    shown, ctx = wmtd.CAST.row_of(workbook, Sessions, wmtd.SIGNED_ID), wmtd.as_(actor, workbook)
    return lambda: sheets.write(ctx, op(), wmtd.PAIR_ID, {"done": "Nothing"}, shown)


def read_another_s_diary(workbook: Workbook, actor: Actor) -> Deed:
    given = {"written_on": date(2026, 10, 1), "words": "I was afraid."}
    writer = ROO if actor is KIT else KIT
    saved = diaries.write(wmtd.as_(writer, workbook), op(), given).saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Diaries.tab]
    return lambda: diaries.opened(wmtd.as_(actor, workbook), id_)


def read_feedback(workbook: Workbook, actor: Actor) -> Deed:
    given = {"side": "supportee", "safe": Decimal(2), "words": "Kit is late."}
    answers.give(wmtd.as_(ROO, workbook), given)
    (row,) = answers.listed(wmtd.emptied(workbook))
    assert row["_id"].startswith(Answers.prefix)
    return lambda: _same(answers.words(wmtd.as_(actor, workbook), row.id), "Kit is late.")


def raise_concern(workbook: Workbook, actor: Actor) -> Deed:
    given = {"about": "Lou Tandy", "words": "Somebody hits Lou.", "is_urgent": True}
    return lambda: concerns.raise_one(wmtd.as_(actor, workbook), op(), given)


def delete_concern(workbook: Workbook, actor: Actor) -> Deed:
    """No verb deletes one; the nearest is taking back what somebody else raised."""
    key, other = op(), ROO if actor is KIT else KIT
    concerns.raise_one(wmtd.as_(other, workbook), key, {"words": "Somebody hits Lou."})
    return lambda: history.undo(wmtd.as_(actor, workbook), op(), key)


def see_form(workbook: Workbook, actor: Actor) -> Deed:
    """What Sky looks for, before Sky and Kit have met."""

    def deed() -> None:
        found = pair_requests.form_for(wmtd.as_(actor, workbook), wmtd.NEW_PAIR_ID)
        assert found is not None
        assert found.id == wmtd.FORM_ID

    return deed


def _same(said: str, expected: str) -> None:
    assert said == expected


ATTEMPTS_OF_POWYS: dict[str, Prepare] = {
    "RM71": read_own_notes,
    "RM72": read_another_s_notes,
    "RM73": see_match,
    "RM74": see_counts,
}
ATTEMPTS_OF_WMTD: dict[str, Prepare] = {
    "RM75": read_own_sheet,
    "RM76": read_another_s_sheet,
    "RM77": edit_signed_sheet,
    "RM78": read_another_s_diary,
    "RM79": read_feedback,
    "RM80": raise_concern,
    "RM81": delete_concern,
    "RM82": see_form,
}
