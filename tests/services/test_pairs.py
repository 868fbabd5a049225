"""Matched, met, agreed, ended, in both programmes of pairs (P2, P3, P4, W1, W2, W8)."""

from datetime import date
from pathlib import Path

import pytest

from schemas.assignments import Assignments
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentees import Mentees, Referrals
from schemas.mentors import Mentors
from schemas.words import say
from services import pair_requests, pairs, records, willing
from services.pairs import Stage
from services.workbook import Workbook
from tests import powys, wmtd
from tests.cast import op
from tests.powys import BETH, OWEN
from tests.wmtd import CLEM, KIT


@pytest.fixture
def council(tmp_path: Path) -> Workbook:
    return powys.new_workbook(tmp_path / "council.sqlite3")


@pytest.fixture
def service(tmp_path: Path) -> Workbook:
    return wmtd.new_workbook(tmp_path / "workbook.sqlite3")


def test_a_retired_member_is_matched_with_a_new_member_only(council: Workbook) -> None:
    """P8: refused in plain words; what is missing is noted, and the match goes through."""
    ctx = powys.as_(OWEN, council)
    powys.CAST.put(
        council, "Mentors", "MEN-RTJRED", name="Gwilym Stead", status="approved", recruited_on=date(2025, 11, 3),
        peer_kind="Former member", out_of_office_on=date(2026, 5, 7), may_mentor_until=date(2027, 5, 6),
    )  # fmt: skip
    powys.CAST.train(council, "MEN-RTJRED", (date(2025, 11, 20),))
    with pytest.raises(NotYet, match="note first when this member was first elected"):
        pairs.match(ctx, op(), request(council), "MEN-RTJRED", "He chaired too.")
    tomos = powys.CAST.row_of(council, Mentees, powys.MENTEE_ID)
    pair_requests.note_elected(ctx, op(), tomos, date(2022, 5, 5))
    with pytest.raises(NotYet, match="new members only; this member was first elected on 5 May 2022"):
        pairs.match(ctx, op(), request(council), "MEN-RTJRED", "He chaired too.")
    tomos = powys.CAST.row_of(council, Mentees, powys.MENTEE_ID)
    pair_requests.note_elected(ctx, op(), tomos, date(2026, 9, 10))
    pairs.match(ctx, op(), request(council), "MEN-RTJRED", "He chaired too.")
    assert newest(council)["mentor"] == "MEN-RTJRED"


def test_reasons_name_topics_and_gender_in_the_reader_s_language(council: Workbook) -> None:
    """X7: what is looked for is a choice of the programme's, so its Welsh is there."""
    ctx = powys.as_(OWEN, council, language="cy")
    shown = request(council)
    pair_requests.edit(ctx, op(), shown, {"gender": "man"})
    by_name = {each.mentor["name"]: each for each in pairs.suggest(ctx, powys.REQUEST_ID)}
    told = " ".join(say(reason.words, "cy") for reason in by_name["Beth Corrie"].reasons)
    assert "dod i ddeall y drefn" in told and "ropes" not in told
    refused = " ".join(say(reason.words, "cy") for reason in by_name["Beth Corrie"].blocked_by)
    assert "dyn" in refused and "man" not in refused.split()


def test_a_pair_that_found_itself_keeps_that_rule(council: Workbook) -> None:
    """P8."""
    powys.CAST.put(
        council, "Mentors", "MEN-RTJRED", name="Gwilym Stead", status="approved", recruited_on=date(2025, 11, 3),
        peer_kind="Former member", out_of_office_on=date(2026, 5, 7), may_mentor_until=date(2027, 5, 6),
    )  # fmt: skip
    powys.CAST.train(council, "MEN-RTJRED", (date(2025, 11, 20),))
    ctx, met = powys.as_(OWEN, council), {"first_met_on": date(2026, 10, 5), "mentee_goes_on": True}
    long_there = {"name": "Sioned Pugh", "first_elected_on": date(2017, 5, 4)}
    with pytest.raises(NotYet, match="new members only"):
        pairs.record_natural(ctx, op(), "MEN-RTJRED", met, person=long_there)
    pairs.record_natural(
        ctx, op(), "MEN-RTJRED", met, person={**long_there, "first_elected_on": date(2026, 9, 10)}
    )
    assert newest(council)["matched_how"] == "found each other"


def test_councillors_are_asked_for_neither_a_worker_nor_mediation(council: Workbook) -> None:
    """W8 and W13 are not theirs."""
    ctx = powys.as_(OWEN, council)
    assert "worker" not in (*pair_requests.person_fields(ctx), *willing.fields(ctx))
    assert pairs.ending_fields(ctx) == ("ends_on", "ending", "ending_why")
    with pytest.raises(NotAllowed):
        pair_requests.ask(ctx, op(), {"received_on": powys.TODAY, "wants": "x"}, {"name": "A", "worker": "B"})


def request(workbook: Workbook) -> Row:
    return powys.CAST.row_of(workbook, Referrals, powys.REQUEST_ID)


def newest(workbook: Workbook, module: object = powys) -> Row:
    """The pair that was made last."""
    cast = module.CAST  # type: ignore[attr-defined]
    rows = records.ground(cast.as_(cast.people[0], workbook)).all(Assignments)
    return rows[-1]


def test_only_those_who_did_the_training_are_matched_earlier_mentors_too(council: Workbook) -> None:
    """P2: Cerys has mentored since 2020."""
    with pytest.raises(NotYet, match="Training still to come: mentoring techniques, personal style"):
        pairs.match(powys.as_(OWEN, council), op(), request(council), powys.UNTRAINED_ID, "She leads.")
    assert request(council)["status"] == "received"


def test_a_pair_in_powys_runs_once_the_mentee_says_yes(council: Workbook) -> None:
    """P3: the mentee's say."""
    ctx = powys.as_(OWEN, council)
    pairs.match(ctx, op(), request(council), BETH.mentor, "Both chair.")
    pair = newest(council)
    assert (pairs.stage(pair), pair["matched_how"]) == (Stage.TO_MEET, "by officers")
    assert request(council)["status"] == "mentor chosen"
    with pytest.raises(InvalidEntry, match="mentee wants to go on"):
        pairs.first_meeting(ctx, op(), pair, {"first_met_on": date(2026, 10, 6)})
    pairs.first_meeting(ctx, op(), pair, {"first_met_on": date(2026, 10, 6), "mentee_goes_on": True})
    pair = newest(council)
    assert (pairs.stage(pair), pair["starts_on"]) == (Stage.RUNNING, date(2026, 10, 6))


def test_a_no_closes_the_pair_and_the_request_waits_again(council: Workbook) -> None:
    ctx = powys.as_(OWEN, council)
    pairs.match(ctx, op(), request(council), BETH.mentor, "Both chair.")
    said = {"first_met_on": date(2026, 10, 6), "mentee_goes_on": False}
    pairs.first_meeting(ctx, op(), newest(council), said)
    assert pairs.stage(newest(council)) is Stage.NOT_GOING_ON
    assert request(council)["status"] == "received"
    assert records.view(powys.as_(BETH, council)).find(Mentees, powys.MENTEE_ID) is None


def test_a_mentor_of_another_authority_is_recorded_as_found_outside(council: Workbook) -> None:
    outside = "MEN-JUTSJD"
    powys.CAST.put(
        council, "Mentors", outside, name="Nell Archer", status="approved", recruited_on=date(2026, 1, 5),
        peer_kind="Member of another authority",
    )  # fmt: skip
    powys.CAST.train(council, outside, (date(2026, 2, 2),))
    pairs.match(powys.as_(OWEN, council), op(), request(council), outside, "Nobody here chairs planning.")
    assert newest(council)["matched_how"] == "from outside the authority"


def test_what_a_group_provides_goes_to_its_leader_and_nobody_is_matched(council: Workbook) -> None:
    """P4."""
    ctx = powys.as_(OWEN, council)
    with pytest.raises(InvalidEntry, match="Passed on to is needed"):
        pair_requests.pass_on(ctx, op(), request(council), " ")
    pair_requests.pass_on(ctx, op(), request(council), "Cllr Ann Lloyd")
    row = request(council)
    assert (row["status"], row["is_out_of_scope"], row["passed_to"]) == ("closed", True, "Cllr Ann Lloyd")
    with pytest.raises(NotYet, match="closed"):
        pairs.match(ctx, op(), row, BETH.mentor, "All the same.")


def test_a_pair_that_found_itself_is_recorded_with_somebody_new(council: Workbook) -> None:
    given = {"first_met_on": date(2026, 10, 1), "mentee_goes_on": True}
    pairs.record_natural(
        powys.as_(OWEN, council),
        op(),
        BETH.mentor,
        given,
        person={"name": "Elan Price", "email": "elan@example.org"},
    )
    pair = newest(council)
    assert (pairs.stage(pair), pair["matched_how"]) == (Stage.RUNNING, "found each other")
    assert powys.CAST.row_of(council, Mentees, pair["mentee"])["name"] == "Elan Price"


def test_nobody_is_taken_in_twice_nor_asks_twice(council: Workbook) -> None:
    ctx, wish = powys.as_(OWEN, council), {"received_on": date(2026, 10, 5), "wants": "Time"}
    with pytest.raises(InvalidEntry, match="is known already"):
        pair_requests.ask(ctx, op(), wish, {"name": "tomos reeve"})
    with pytest.raises(NotYet, match="open already"):
        pair_requests.ask(ctx, op(), wish, mentee=powys.MENTEE_ID)


def test_a_mentor_neither_matches_nor_sees_requests(council: Workbook) -> None:
    ctx = powys.as_(BETH, council)
    with pytest.raises(NotAllowed):
        pairs.match(ctx, op(), request(council), BETH.mentor, "Me.")
    with pytest.raises(NotAllowed):
        pair_requests.listed(ctx)
    assert [each.row.id for each in pairs.listed(ctx)] == [powys.PAIR_ID]


def test_a_first_meeting_of_young_people_is_chaired_and_both_are_asked_then_they_agree(
    service: Workbook,
) -> None:
    """W2."""
    ctx, shown = wmtd.as_(CLEM, service), wmtd.CAST.row_of(service, Assignments, wmtd.NEW_PAIR_ID)
    met = {"first_met_on": date(2026, 10, 5), "mentor_goes_on": True, "mentee_goes_on": True}
    with pytest.raises(InvalidEntry, match="Chaired by is needed"):
        pairs.first_meeting(ctx, op(), shown, met)
    agreed = {
        "agreement_on": date(2026, 10, 6),
        "purpose": "A flat",
        "goals": "Move",
        "expectations": "Turn up",
    }
    with pytest.raises(NotYet, match="both said"):
        pairs.agree(ctx, op(), shown, agreed)
    pairs.first_meeting(ctx, op(), shown, {**met, "chaired_by": "Clem Adair"})
    shown = wmtd.CAST.row_of(service, Assignments, wmtd.NEW_PAIR_ID)
    assert pairs.stage(shown) is Stage.TO_AGREE
    with pytest.raises(InvalidEntry, match="before the first meeting"):
        pairs.agree(ctx, op(), shown, {**agreed, "agreement_on": date(2026, 10, 4)})
    pairs.agree(ctx, op(), shown, agreed)
    row = wmtd.CAST.row_of(service, Assignments, wmtd.NEW_PAIR_ID)
    assert (pairs.stage(row), row["starts_on"]) == (Stage.RUNNING, date(2026, 10, 6))


def test_no_pair_begins_with_a_supporter_who_left_since_they_were_matched(service: Workbook) -> None:
    """P2, W2: the two are closed by a no, and the request waits again."""
    clem, shown = wmtd.as_(CLEM, service), wmtd.CAST.row_of(service, Assignments, wmtd.NEW_PAIR_ID)
    with service.store.writer.begin() as sheet:  # type: ignore[attr-defined]
        sheet.exec_driver_sql(
            "UPDATE Mentors SET status = 'left', left_on = '2026-10-06' WHERE _id = ?", (KIT.mentor,)
        )
    met = {"first_met_on": date(2026, 10, 5), "chaired_by": "Clem Adair", "mentee_goes_on": True}
    with pytest.raises(NotYet, match="Kit Marlow has been no mentor since 6 October 2026"):
        pairs.first_meeting(clem, op(), shown, {**met, "mentor_goes_on": True})
    pairs.first_meeting(clem, op(), shown, {**met, "mentor_goes_on": False})
    assert wmtd.CAST.row_of(service, Referrals, wmtd.FORM_ID)["status"] == "received"


def test_the_form_is_the_supporters_to_read_once_they_have_met(service: Workbook) -> None:
    """RM82."""
    kit = wmtd.as_(KIT, service)
    with pytest.raises(NotAllowed):
        pair_requests.form_for(kit, wmtd.NEW_PAIR_ID)
    met = {
        "first_met_on": date(2026, 10, 5),
        "chaired_by": "Clem Adair",
        "mentor_goes_on": True,
        "mentee_goes_on": True,
    }
    shown = wmtd.CAST.row_of(service, Assignments, wmtd.NEW_PAIR_ID)
    pairs.first_meeting(wmtd.as_(CLEM, service), op(), shown, met)
    form = pair_requests.form_for(kit, wmtd.NEW_PAIR_ID)
    assert form is not None
    assert form["seeks"] == ("cooking",)


def test_an_unhappy_ending_says_what_came_of_mediation(service: Workbook) -> None:
    """W8."""
    ctx, shown = wmtd.as_(CLEM, service), wmtd.CAST.row_of(service, Assignments, wmtd.PAIR_ID)
    ending = {"ends_on": date(2026, 10, 7), "ending": "one of them was unhappy", "ending_why": "They clash."}
    with pytest.raises(InvalidEntry, match="What came of the mediation is needed"):
        pairs.end(ctx, op(), shown, ending)
    pairs.mediate(ctx, op(), shown, {"mediated_on": date(2026, 10, 5), "mediation": "Both want to stop."})
    pairs.end(ctx, op(), wmtd.CAST.row_of(service, Assignments, wmtd.PAIR_ID), ending)
    assert pairs.stage(wmtd.CAST.row_of(service, Assignments, wmtd.PAIR_ID)) is Stage.ENDED
    assert records.view(wmtd.as_(KIT, service)).find(Mentees, wmtd.OTHER_ID) is None


def test_whoever_does_not_stand_again_mentors_for_twelve_months_from_election_day_at_most(
    council: Workbook,
) -> None:
    """P8."""
    ctx = powys.as_(OWEN, council)
    assert [row["name"] for row in willing.to_ask(ctx)] == ["Beth Corrie", "Idris Vaughan"]
    shown = powys.CAST.row_of(council, Mentors, BETH.mentor)
    said = {"stands_again": False, "out_of_office_on": date(2027, 5, 6), "may_mentor_until": date(2028, 5, 7)}
    with pytest.raises(InvalidEntry, match="6 May 2028 at the latest"):
        willing.retire(ctx, op(), shown, said)
    willing.retire(ctx, op(), shown, {**said, "may_mentor_until": date(2028, 5, 6)})
    now = powys.CAST.row_of(council, Mentors, BETH.mentor)
    assert now["out_of_office_on"] == date(2027, 5, 6), "election day, where no other day is known"
    with pytest.raises(InvalidEntry, match="only for those who do not stand again"):
        willing.retire(ctx, op(), now, {"stands_again": True, "out_of_office_on": date(2027, 5, 6)})
    assert [row["name"] for row in willing.to_ask(ctx)] == ["Idris Vaughan"]


def test_every_mentee_can_be_given_a_named_worker(service: Workbook) -> None:
    """W13."""
    shown = wmtd.CAST.row_of(service, Mentees, wmtd.MENTEE_ID)
    willing.name_worker(wmtd.as_(CLEM, service), op(), shown, "Moira Dent")
    assert wmtd.CAST.row_of(service, Mentees, wmtd.MENTEE_ID)["worker"] == "Moira Dent"


def test_a_supporter_says_what_they_offer_and_nothing_else(service: Workbook) -> None:
    """W1."""
    ctx, shown = wmtd.as_(KIT, service), wmtd.CAST.row_of(service, Mentors, KIT.mentor)
    willing.offer(ctx, op(), shown, {"offers": ("DIY",)})
    assert willing.own(ctx)["offers"] == ("DIY",)
    with pytest.raises(NotAllowed):
        willing.offer(ctx, op(), shown, {"status": "left"})


def test_a_post_is_asked_for_only_where_posts_are_held(service: Workbook, council: Workbook) -> None:
    """Nothing stands on a form that is not theirs (P3, W1)."""
    clem, owen = wmtd.as_(CLEM, service), powys.as_(OWEN, council)
    assert "post" not in {*pair_requests.wish_fields(clem), *willing.fields(clem)}
    assert "post" in pair_requests.wish_fields(owen) and "post" in willing.fields(owen)
    with pytest.raises(NotAllowed):
        willing.register(clem, op(), {"name": "Bo", "recruited_on": wmtd.TODAY, "post": "Leader"})
