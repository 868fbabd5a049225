"""From a council's requirement to its choice: asked, answered, put forward, chosen, told, replaced (L3, L5)."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest

from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors
from schemas.peers import Enquiries
from services import enquiries, history, peer_search, peers, placement_letters, placements, records
from services.placement_letters import Kind
from services.workbook import Workbook
from tests.cast import op
from tests.lga import (
    FIRST_DAY,
    HELEN,
    LAST_DAY,
    OFFICE_ID,
    OLU,
    REQUEST_ID,
    RITA,
    SAM,
    TODAY,
    VALE,
    as_,
    made,
    new_workbook,
    put,
    row_of,
)
from tests.services import placing
from tests.services.placing import NO, YES


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def status(workbook: Workbook, row: Row) -> str:
    return str(row_of(workbook, Enquiries, row.id)["status"])


def test_the_shortlist_puts_the_post_wanted_first_and_gives_reasons(workbook: Workbook) -> None:
    """L3."""
    first, second = peer_search.shortlist(as_(SAM, workbook), REQUEST_ID)
    assert (first.peer.id, second.peer.id) == (OLU.mentor, VALE.mentor)
    assert "Director of finance" in str(first.reasons[0].words)


def test_a_member_is_asked_by_way_of_the_group_office_and_sees_it_only_then(workbook: Workbook) -> None:
    """L3: member peers go through their group office first."""
    ctx = as_(SAM, workbook)
    rows = made(workbook, enquiries.ask(ctx, op(), REQUEST_ID, [OLU.mentor, VALE.mentor]), Enquiries)
    officer, member = sorted(rows, key=lambda row: row["status"])
    assert (officer["status"], member["status"]) == ("asked", "with the group office")
    assert placements.mine(as_(VALE, workbook)) == []
    letter = placement_letters.for_enquiry(ctx, REQUEST_ID, member.id, "en")
    assert (letter.kind, letter.email) == (Kind.ASK_GROUP, "independent@example.org")
    enquiries.passed_on(ctx, op(), member)
    (mine,) = placements.mine(as_(VALE, workbook))
    assert (mine.council, mine.from_on) == ("Brockney Borough Council", FIRST_DAY)


def test_nobody_is_asked_twice_and_no_member_without_a_group_office(workbook: Workbook) -> None:
    ctx = as_(SAM, workbook)
    enquiries.ask(ctx, op(), REQUEST_ID, [OLU.mentor])
    with pytest.raises(NotYet, match="asked about this already"):
        enquiries.ask(ctx, op(), REQUEST_ID, [OLU.mentor])
    put(workbook, Mentors, "MEN-NFFCRD", name="No Office", status="approved", recruited_on=TODAY,
        peer_kind="member", political_group="Labour")  # fmt: skip
    with pytest.raises(InvalidEntry, match="Group office"):
        enquiries.ask(ctx, op(), REQUEST_ID, ["MEN-NFFCRD"])


def test_nobody_is_asked_without_days_and_dates_and_it_is_said_where_they_are_written(
    workbook: Workbook,
) -> None:
    """L3: peers are asked with days and dates."""
    ctx = as_(SAM, workbook)
    shown = row_of(workbook, Referrals, REQUEST_ID)
    placements.edit(ctx, op(), shown, {"days": None})
    with pytest.raises(NotYet, match="Edit the request above"):
        enquiries.ask(ctx, op(), REQUEST_ID, [OLU.mentor])


def test_not_available_stays_with_the_dates_for_the_next_search(workbook: Workbook) -> None:
    """L3."""
    olu, _ = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, NO)
    kept = row_of(workbook, Enquiries, olu.id)
    assert (kept["status"], kept["busy_from_on"], kept["busy_to_on"]) == (
        "not interested or not available", FIRST_DAY, LAST_DAY,
    )  # fmt: skip
    put(workbook, Referrals, "REF-NXTNXT", mentee="GRP-BRQCKN", received_on=TODAY, route="came by itself",
        project_kind="event", from_on=LAST_DAY, status="received")  # fmt: skip
    found = peer_search.shortlist(as_(SAM, workbook), "REF-NXTNXT")
    (blocked,) = [each for each in found if each.blocked_by]
    assert blocked.peer.id == OLU.mentor
    assert blocked.blocked_by[0].why == "availability"


def test_only_those_who_said_yes_are_put_forward_all_or_none(workbook: Workbook) -> None:
    """L3, RM64."""
    olu, vale = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, YES)
    with pytest.raises(NotYet, match="interested and available"):
        enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [olu.id, vale.id])
    assert status(workbook, olu) == "interested and available"
    with pytest.raises(NotYet):
        placement_letters.profiles(as_(SAM, workbook), REQUEST_ID, "en")


def test_a_declared_conflict_is_decided_about_before_the_council_reads_the_name(workbook: Workbook) -> None:
    """L5."""
    olu, _ = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, {**YES, "conflict": "My sister works there."})
    with pytest.raises(NotYet, match="declared a conflict"):
        enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [olu.id])
    enquiries.settle(
        as_(SAM, workbook), op(), placing.enquiry(workbook, olu), "Another department; may go ahead."
    )
    enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [olu.id])
    assert status(workbook, olu) == "put forward"


def test_another_conflict_than_the_one_decided_about_is_decided_about_anew(workbook: Workbook) -> None:
    """L5."""
    olu, _ = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, {**YES, "conflict": "I golf with the mayor."})
    enquiries.settle(as_(SAM, workbook), op(), placing.enquiry(workbook, olu), "May go ahead.")
    told = {**YES, "conflict": "I am married to the mayor."}
    enquiries.answer(as_(OLU, workbook), op(), placing.enquiry(workbook, olu), told)
    with pytest.raises(NotYet, match="declared a conflict"):
        enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [olu.id])


def test_a_decision_about_a_conflict_is_not_undone_once_the_council_read_the_name(workbook: Workbook) -> None:
    """L5, X4."""
    olu, _ = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, {**YES, "conflict": "I golf with the mayor."})
    enquiries.settle(as_(SAM, workbook), "settled-it", placing.enquiry(workbook, olu), "May go ahead.")
    enquiries.put_forward(as_(RITA, workbook), op(), REQUEST_ID, [olu.id])
    with pytest.raises(NotYet, match="decided about since"):
        history.undo_last(as_(SAM, workbook), op(), "settled-it")


def test_nobody_removed_or_out_of_office_since_they_said_yes_is_put_forward_or_chosen(
    workbook: Workbook,
) -> None:
    """L2, L3."""
    olu, vale = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, YES)
    enquiries.answer(as_(VALE, workbook), op(), vale, YES)
    sam = as_(SAM, workbook)
    enquiries.put_forward(sam, op(), REQUEST_ID, [vale.id])
    left = {"out_of_office_on": TODAY}
    peers.edit(sam, op(), row_of(workbook, Mentors, OLU.mentor), left)
    with pytest.raises(NotYet, match="out of office"):
        enquiries.put_forward(sam, op(), REQUEST_ID, [olu.id])
    reason = peers.terms(sam).removal_reasons[0].en
    for peer in (OLU, VALE):
        peers.remove(as_(HELEN, workbook), op(), row_of(workbook, Mentors, peer.mentor), reason)
    with pytest.raises(NotYet, match="no longer in the database"):
        enquiries.put_forward(sam, op(), REQUEST_ID, [olu.id])
    with pytest.raises(NotYet):
        enquiries.profile(sam, vale.id)
    with pytest.raises(NotYet):
        placement_letters.profiles(sam, REQUEST_ID, "en")
    with pytest.raises(NotYet, match="no longer in the database"):
        enquiries.decide_choice(sam, op(), REQUEST_ID, [vale.id], TODAY)
    enquiries.decide_choice(sam, op(), REQUEST_ID, [], TODAY)
    assert status(workbook, vale) == "not chosen"


def test_a_choice_a_word_and_a_release_have_their_day(workbook: Workbook) -> None:
    """L3: a day left blank is asked for, and none is ahead."""
    olu, vale = placing.forward(workbook)
    sam, blank = as_(SAM, workbook), cast(date, None)
    for deed in (
        lambda: enquiries.decide_choice(sam, op(), REQUEST_ID, [olu.id], blank),
        lambda: enquiries.withdraw(sam, op(), vale, blank, "Ill."),
        lambda: enquiries.decide_choice(sam, op(), REQUEST_ID, [olu.id], LAST_DAY),
    ):
        with pytest.raises(InvalidEntry):
            deed()
    enquiries.decide_choice(sam, op(), REQUEST_ID, [olu.id], TODAY)
    with pytest.raises(InvalidEntry):
        enquiries.told(sam, op(), [olu.id], blank)
    with pytest.raises(InvalidEntry):
        enquiries.release(sam, op(), placing.enquiry(workbook, olu), blank)


def test_nobody_is_put_forward_for_a_request_that_is_closed(workbook: Workbook) -> None:
    """L3."""
    olu, _ = placing.asked(workbook)
    enquiries.answer(as_(OLU, workbook), op(), olu, YES)
    placements.close(as_(SAM, workbook), op(), row_of(workbook, Referrals, REQUEST_ID))
    with pytest.raises(NotYet, match="closed"):
        enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [olu.id])


def test_nobody_is_asked_to_be_a_peer_at_their_own_council(workbook: Workbook) -> None:
    """L5."""
    put(workbook, Mentees, "GRP-HRMHRM", name="Harmer  County council", status="active")
    put(workbook, Referrals, "REF-HRMHRM", mentee="GRP-HRMHRM", received_on=TODAY, route="came by itself",
        project_kind="peer challenge", from_on=FIRST_DAY, to_on=LAST_DAY, days=Decimal(4), status="received")  # fmt: skip
    with pytest.raises(NotYet, match="belongs to this council"):
        enquiries.ask(as_(SAM, workbook), op(), "REF-HRMHRM", [OLU.mentor])


def test_the_council_chooses_and_the_unsuccessful_are_told_too_a_member_by_the_group_office(
    workbook: Workbook,
) -> None:
    """L3."""
    olu, vale = placing.chosen(workbook)
    assert (olu["status"], vale["status"]) == ("chosen", "not chosen")
    assert row_of(workbook, Referrals, REQUEST_ID)["status"] == "mentor chosen"
    ctx = as_(SAM, workbook)
    letters = [placement_letters.for_enquiry(ctx, REQUEST_ID, row.id, "en") for row in (olu, vale)]
    assert [each.kind for each in letters] == [Kind.CHOSEN, Kind.NOT_CHOSEN]
    assert [each.email for each in letters] == ["olu.marsh@example.org", "independent@example.org"]
    assert "employer" in letters[0].text
    enquiries.told(ctx, op(), [olu.id, vale.id], TODAY)
    assert placing.enquiry(workbook, vale)["told_on"] == TODAY


def test_the_council_reads_profiles_of_those_put_forward_and_of_nobody_else(workbook: Workbook) -> None:
    """RM65: only agreed profiles, and only in the letter of that request."""
    placing.forward(workbook)
    letter = placement_letters.profiles(as_(SAM, workbook), REQUEST_ID, "en")
    assert (letter.to, letter.email) == ("K. Ames", "ames@example.org")
    assert "Led three budgets." in letter.text
    assert "Leads a council" in letter.text


def test_a_withdrawal_opens_the_search_again_with_what_was_learned(workbook: Workbook) -> None:
    """L5."""
    olu, vale = placing.chosen(workbook)
    enquiries.withdraw(as_(OLU, workbook), op(), olu, TODAY, "Called to an inquiry at home.")
    found = placements.card(as_(SAM, workbook), REQUEST_ID)
    assert placements.is_short(found)
    assert found.lessons == ("Called to an inquiry at home.",)
    enquiries.put_forward(as_(SAM, workbook), op(), REQUEST_ID, [vale.id])
    enquiries.decide_choice(as_(SAM, workbook), op(), REQUEST_ID, [vale.id], TODAY)
    assert status(workbook, vale) == "chosen"


def test_a_peer_answers_for_themselves_alone(workbook: Workbook) -> None:
    olu, _ = placing.asked(workbook)
    with pytest.raises(NotAllowed):
        enquiries.answer(as_(VALE, workbook), op(), olu, YES)


def test_an_answer_needs_both_words_and_a_no_is_one(workbook: Workbook) -> None:
    olu, _ = placing.asked(workbook)
    with pytest.raises(InvalidEntry, match="Available"):
        enquiries.answer(as_(OLU, workbook), op(), olu, {"is_interested": True, "is_available": None})
    enquiries.answer(as_(OLU, workbook), op(), olu, {"is_interested": False, "is_available": False})
    assert status(workbook, olu) == "not interested or not available"


def test_a_council_is_not_logged_twice(workbook: Workbook) -> None:
    ctx = as_(SAM, workbook)
    given = {"received_on": TODAY, "project_kind": "mentoring"}
    with pytest.raises(InvalidEntry, match="already"):
        placements.receive(ctx, op(), {"name": "brockney  borough council"}, given)
    placements.receive(ctx, op(), {"name": "Another Council"}, given)
    placements.receive(ctx, op(), {}, given, known="GRP-BRQCKN")
    assert len(records.ground(ctx).all(Mentees)) == 2
    assert len(placements.listed(ctx)) == 3


def test_a_letter_is_a_word_file_in_both_languages(workbook: Workbook) -> None:
    import io

    from docx import Document

    placing.chosen(workbook)
    found = placements.card(as_(SAM, workbook), REQUEST_ID)
    for language, word in (("en", "chosen"), ("cy", "Dewiswyd")):
        letter = placement_letters.for_enquiry(
            as_(SAM, workbook), REQUEST_ID, found.at("chosen")[0].enquiry.id, language
        )
        document = Document(io.BytesIO(placement_letters.word_file(as_(SAM, workbook), letter, language)))
        assert word in "\n".join(each.text for each in document.paragraphs)


def test_a_member_out_of_office_for_more_than_a_year_is_not_asked(workbook: Workbook) -> None:
    """L2."""
    put(workbook, Mentors, "MEN-LDMMBR", name="Old Member", status="approved", recruited_on=date(2020, 1, 1),
        peer_kind="member", political_group="Labour", group_office=OFFICE_ID,
        out_of_office_on=date(2025, 11, 17))  # fmt: skip
    with pytest.raises(NotYet, match="out of office"):
        enquiries.ask(as_(SAM, workbook), op(), REQUEST_ID, ["MEN-LDMMBR"])
