"""The database of peers: kept current, charter, briefing, removal with its reason sealed (L1, L2, L9)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.errors import InvalidEntry, NotAllowed
from schemas.mentors import Mentors
from schemas.organisations import Organisations
from services import history, peers
from services.peers import Flag
from services.workbook import Workbook
from tests.cast import op
from tests.lga import (
    ABE,
    EVE,
    FAY,
    HELEN,
    OLU,
    SAM,
    TODAY,
    VALE,
    as_,
    made,
    new_workbook,
    on,
    row_of,
)

CONVICTION = "criminal conviction"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    return new_workbook(tmp_path / "workbook.sqlite3")


def test_a_group_office_gets_its_own_groups_peers_alone(workbook: Workbook) -> None:
    """L1."""
    found = peers.listed(as_(SAM, workbook), group="Independent")
    assert [each.peer["name"] for each in found] == ["Robin Vale"]
    assert peers.listed(as_(SAM, workbook), group="Labour") == []


def test_a_new_peer_names_their_kind_and_how_they_joined_a_member_their_group(workbook: Workbook) -> None:
    ctx = as_(SAM, workbook)
    given = {"name": "New One", "peer_kind": "member", "joined_how": "CV"}
    with pytest.raises(InvalidEntry, match="Political group"):
        peers.add(ctx, op(), given)
    (row,) = made(workbook, peers.add(ctx, op(), {**given, "political_group": "Labour"}), Mentors)
    peers.take_up(ctx, op(), row)
    assert row_of(workbook, Mentors, row.id)["status"] == "approved"
    with pytest.raises(InvalidEntry, match="members only"):
        peers.edit(ctx, op(), row_of(workbook, Mentors, OLU.mentor), {"political_group": "Labour"})


def test_an_officer_out_of_service_is_flagged_at_once_a_member_after_a_year(workbook: Workbook) -> None:
    """L2."""
    for actor in (OLU, VALE):
        peers.edit(
            as_(SAM, workbook), op(), row_of(workbook, Mentors, actor.mentor), {"out_of_office_on": TODAY}
        )
    assert Flag.OUT_TOO_LONG in peers.card(as_(SAM, workbook), OLU.mentor).codes
    assert Flag.OUT_OF_OFFICE in peers.card(as_(SAM, workbook), VALE.mentor).codes
    later = on(as_(SAM, workbook), date(2027, 11, 19))
    assert Flag.OUT_TOO_LONG in peers.card(later, VALE.mentor).codes


def test_a_peer_looks_at_their_profile_and_it_is_agreed_that_day(workbook: Workbook) -> None:
    """L2, RM63."""
    later = date(2027, 6, 2)
    assert Flag.OLD_PROFILE in peers.card(on(as_(SAM, workbook), later), OLU.mentor).codes
    mine = row_of(workbook, Mentors, OLU.mentor)
    peers.review_own(on(as_(OLU, workbook), later), op(), mine, {"profile": "Led four budgets."})
    assert row_of(workbook, Mentors, OLU.mentor)["profile_agreed_on"] == later
    with pytest.raises(NotAllowed):
        peers.review_own(as_(OLU, workbook), op(), row_of(workbook, Mentors, VALE.mentor), {"profile": "x"})
    with pytest.raises(NotAllowed):
        peers.review_own(as_(OLU, workbook), op(), mine, {"peer_kind": "member"})


def test_the_charter_is_accepted_with_its_version_and_day(workbook: Workbook) -> None:
    """L9."""
    peers.accept(as_(VALE, workbook), op())
    mine = row_of(workbook, Mentors, VALE.mentor)
    assert (mine["charter_version"], mine["charter_on"]) == ("2017-08", TODAY)


def test_a_briefing_is_recorded_for_everybody_who_came(workbook: Workbook) -> None:
    """L1."""
    given = {"held_on": TODAY, "topic": "peer briefing"}
    peers.brief(as_(SAM, workbook), op(), [OLU.mentor, VALE.mentor], given)
    assert [row["title"] for row in peers.trained(as_(SAM, workbook), OLU.mentor)] == ["Peer briefing"]


def test_a_removal_takes_one_of_the_six_reasons_sealed_and_the_manager_alone_opens_it(
    workbook: Workbook,
) -> None:
    """L2, RM67: it may be a conviction."""
    assert len(peers.terms(as_(HELEN, workbook)).removal_reasons) == 6
    shown = row_of(workbook, Mentors, OLU.mentor)
    with pytest.raises(InvalidEntry, match="not one of the reasons"):
        peers.remove(as_(HELEN, workbook), op(), shown, "we do not like them")
    with pytest.raises(NotAllowed):
        peers.remove(as_(SAM, workbook), op(), shown, CONVICTION)
    peers.remove(as_(HELEN, workbook), op(), shown, CONVICTION, "Told us on 2 November.")
    left = row_of(workbook, Mentors, OLU.mentor)
    assert (left["status"], left["left_on"]) == ("left", TODAY)
    assert CONVICTION not in str(left["removal_reason"])
    assert peers.removal(as_(HELEN, workbook), OLU.mentor).startswith(CONVICTION)
    for other in (SAM, VALE, FAY, EVE, ABE, OLU):
        with pytest.raises(NotAllowed):
            peers.removal(as_(other, workbook), OLU.mentor)


def test_a_removals_reason_stands_in_no_history_and_no_export(workbook: Workbook) -> None:
    peers.remove(as_(HELEN, workbook), op(), row_of(workbook, Mentors, OLU.mentor), CONVICTION)
    said = str(history.of_record(as_(HELEN, workbook), Mentors, OLU.mentor))
    assert CONVICTION not in said
    assert "conviction" not in str(history.newest(as_(ABE, workbook)))


def test_nobody_but_staff_lists_peers(workbook: Workbook) -> None:
    for other in (OLU, FAY, EVE, ABE):
        with pytest.raises(NotAllowed):
            peers.listed(as_(other, workbook))
    assert peers.card(as_(SAM, workbook), OLU.mentor).council == "Harmer County Council"
    assert row_of(workbook, Organisations, "ORG-HRMCNC")
