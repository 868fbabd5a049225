"""Sheets, notes between two, diaries, answers nobody signs, supervision by staff (P5, W3, W4, W6, W9)."""

import base64
import json
import logging
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.cases import Concerns
from schemas.column import Row
from schemas.errors import InvalidEntry, NotAllowed, NotYet
from schemas.mentors import Checks
from schemas.peers import Answers, Courses, Diaries, SetUp
from schemas.people import People
from schemas.registers import BY_TAB
from schemas.work import Sessions
from services import (
    access,
    answers,
    concerns,
    courses,
    diaries,
    erasure,
    history,
    people,
    policies,
    records,
    repairs,
    setting_up,
    sheets,
    supervision,
)
from services.store.interface import AUDIT
from services.workbook import Workbook
from tests import powys, wmtd
from tests.cast import op
from tests.powys import BETH, HELEN, OWEN
from tests.services.attempts_of_pairs import NOTES
from tests.wmtd import CLEM, COURSE_ID, KIT, MOIRA, PAIR_ID, ROO, SHEET_ID, SIGNED_ID, UNTRAINED_ID, YAZ

HOW = "on the screen, both together"


@pytest.fixture
def council(tmp_path: Path) -> Workbook:
    return powys.new_workbook(tmp_path / "council.sqlite3")


@pytest.fixture
def service(tmp_path: Path) -> Workbook:
    return wmtd.new_workbook(tmp_path / "workbook.sqlite3")


def sheet(workbook: Workbook, id_: str = SHEET_ID) -> Row:
    return wmtd.CAST.row_of(workbook, Sessions, id_)


# --- the sheet (W3) --------------------------------------------------------------------------------


def test_the_sheet_asks_for_exactly_what_the_appendix_has(service: Workbook) -> None:
    assert sheets.fields(wmtd.as_(KIT, service)) == (
        "held_on", "place", "why_met", "done", "achieved", "next_steps", "next_on", "next_at",
    )  # fmt: skip


def test_a_meeting_is_written_and_signed_by_both(service: Workbook) -> None:
    kit = wmtd.as_(KIT, service)
    given = {
        "held_on": date(2026, 10, 6),
        "done": "Shopped",
        "next_on": date(2026, 10, 20),
        "next_at": time(16),
    }
    (_, cells), *_ = sheets.write(kit, op(), PAIR_ID, given).saved
    shown = sheet(service, cells["_id"])
    sheets.sign(kit, op(), shown, ("mentor",), HOW)
    assert not sheets.is_signed(sheet(service, shown.id))
    sheets.sign(kit, op(), sheet(service, shown.id), ("mentee",), HOW)
    assert sheet(service, shown.id)["status"] == "accepted"


def test_a_change_takes_back_the_one_signature_there_was(service: Workbook) -> None:
    kit = wmtd.as_(KIT, service)
    sheets.sign(kit, op(), sheet(service), ("mentor",), HOW)
    sheets.write(kit, op(), PAIR_ID, {"done": "A stew"}, sheet(service))
    assert (sheet(service)["signed_mentor_on"], sheet(service)["done"]) == (None, "A stew")


def test_what_both_signed_is_corrected_beside_and_never_changed(service: Workbook) -> None:
    """RM77."""
    kit = wmtd.as_(KIT, service)
    with pytest.raises(NotYet, match="Add a correction"):
        sheets.write(kit, op(), PAIR_ID, {"done": "Nothing"}, sheet(service, SIGNED_ID))
    sheets.correct(kit, op(), sheet(service, SIGNED_ID), "It was at the flat.")
    sheets.correct(kit, op(), sheet(service, SIGNED_ID), "And Lou cooked.")
    row = sheet(service, SIGNED_ID)
    assert row["done"] == "A curry"
    assert row["corrections"] == (
        "7 October 2026, Kit Marlow: It was at the flat.\n7 October 2026, Kit Marlow: And Lou cooked."
    )


def test_a_signature_is_not_taken_back_by_undo(service: Workbook) -> None:
    """RM77: neither one's own last change, nor what was written before it was signed."""
    kit, written, signed = wmtd.as_(KIT, service), op(), op()
    sheets.write(kit, written, PAIR_ID, {"done": "A stew"}, sheet(service))
    sheets.sign(kit, signed, sheet(service), ("mentor", "mentee"), HOW)
    for deed in (lambda: history.undo_last(kit, op(), signed), lambda: history.undo(kit, op(), written)):
        with pytest.raises(NotYet):
            deed()
    assert sheets.is_signed(sheet(service))


def test_another_supporter_writes_in_nobody_s_pair(service: Workbook) -> None:
    with pytest.raises(NotAllowed):
        sheets.write(wmtd.as_(ROO, service), op(), PAIR_ID, {"held_on": date(2026, 10, 6)})


def test_a_meeting_is_not_dated_ahead_nor_its_next_one_behind(service: Workbook) -> None:
    kit = wmtd.as_(KIT, service)
    with pytest.raises(InvalidEntry, match="future"):
        sheets.write(kit, op(), PAIR_ID, {"held_on": date(2026, 10, 8)})
    with pytest.raises(InvalidEntry, match="before the first meeting"):
        sheets.write(kit, op(), PAIR_ID, {"held_on": date(2026, 8, 2)})
    with pytest.raises(InvalidEntry, match="before this meeting"):
        sheets.write(kit, op(), PAIR_ID, {"held_on": date(2026, 10, 6), "next_on": date(2026, 10, 5)})


# --- notes between two (P5) ------------------------------------------------------------------------


def test_notes_are_sealed_logged_and_in_no_column_that_officers_read(
    council: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    """RM71, RM72."""
    caplog.set_level(logging.INFO)
    assert sheets.notes(powys.as_(BETH, council), "SES-CHAJRS") == NOTES
    assert "opened column=pair_notes record=SES-CHAJRS actor=PER-BETHME" in caplog.text
    raw = council.store.read(Sessions.tab).rows[Sessions.tab]
    assert all(NOTES not in cell for cells in raw for cell in cells.values())
    for officer in (HELEN, OWEN):
        (met,) = sheets.listed(powys.as_(officer, council), powys.PAIR_ID)
        assert {name for name, value in met.items() if value} <= {
            "held_on", "next_on", "mentor", "mentee", "assignment", "status", "programme",
            *(name for name in met if name.startswith("_")),
        }  # fmt: skip
        with pytest.raises(NotAllowed):
            sheets.get(powys.as_(officer, council), "SES-CHAJRS")


def test_no_field_of_a_sheet_that_officers_might_read_can_be_written_in_powys(council: Workbook) -> None:
    with pytest.raises(NotAllowed):
        sheets.write(
            powys.as_(BETH, council),
            op(),
            powys.PAIR_ID,
            {"held_on": date(2026, 10, 6), "done": "We talked."},
        )


# --- the diary (W4) --------------------------------------------------------------------------------


def test_a_diary_is_its_writer_s_alone(service: Workbook) -> None:
    """RM78: no role sees so much as that there is one."""
    given = {"written_on": date(2026, 10, 6), "words": "I was afraid."}
    ((_, cells),) = diaries.write(wmtd.as_(KIT, service), op(), given).saved
    for other in (MOIRA, CLEM, YAZ, ROO):
        assert records.view(wmtd.as_(other, service)).all(Diaries) == []
    assert diaries.opened(wmtd.as_(KIT, service), cells["_id"]) == "I was afraid."


def test_what_is_sealed_is_opened_in_its_own_column_alone(service: Workbook) -> None:
    """P5, W4, X6: whoever may open the sheet copies a diary's cell into one that they may open here."""
    given = {"written_on": date(2026, 10, 6), "words": "I was afraid."}
    ((_, cells),) = diaries.write(wmtd.as_(KIT, service), op(), given).saved
    clem, told = wmtd.as_(CLEM, service), {"held_on": date(2026, 10, 6), "title": "Group", "notes": "Fine."}
    ((_, seen),) = supervision.record(clem, op(), told, [KIT.mentor]).saved
    with service.store.writer.begin() as sheet:  # type: ignore[attr-defined]
        sheet.exec_driver_sql("UPDATE Development SET notes = ? WHERE _id = ?", (cells["words"], seen["_id"]))
    service.refresh()
    with pytest.raises(NotYet, match="sealed for another column"):
        supervision.notes(clem, seen["_id"])
    assert diaries.opened(wmtd.as_(KIT, service), cells["_id"]) == "I was afraid."


def test_how_many_diaries_there_are_is_in_no_count(service: Workbook) -> None:
    """RM78: neither on the check of the workbook nor where somebody whom a diary names is to be erased."""
    given = {"written_on": date(2026, 10, 6), "words": "Lou Tandy worries me."}
    diaries.write(wmtd.as_(KIT, service), op(), given)
    for staff in (MOIRA, CLEM, YAZ, wmtd.ARLO):
        assert Diaries.tab not in repairs.report(wmtd.as_(staff, service)).counts
    request = wmtd.CAST.put(
        service, "Requests", "REQ-LQUTND", kind="erasure", person="Lou Tandy", record=wmtd.OTHER_ID,
        received_on=date(2026, 10, 5), due_on=date(2026, 11, 5), status="in hand",
    )  # fmt: skip
    parts = erasure.preview(wmtd.as_(MOIRA, service), request).parts
    assert parts and Diaries.tab not in {part.tab for part in parts}


def test_a_programme_without_diaries_has_none(council: Workbook) -> None:
    with pytest.raises(NotAllowed):
        diaries.listed(powys.as_(BETH, council))


# --- answers that nobody signs (W9) ----------------------------------------------------------------


def test_nothing_in_the_whole_workbook_says_who_answered_or_on_which_day(
    service: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = _everything(service)
    answers.give(
        wmtd.as_(KIT, service), {"side": "supporter", "safe": Decimal(2), "words": "Nobody listens."}
    )
    new = [cells for cells in _everything(service) if cells not in before]
    assert len(new) == 2, "the row and its line in the history, and nothing else"
    told = json.dumps(new)
    for mark in (KIT.id, KIT.mentor, "Kit", "2026-10-07", "10-07", "Nobody listens", "09:30"):
        assert mark not in told
    assert {cells.get("who") or cells.get("_updated_by") for cells in new} == {"anonymous"}
    assert all(cells.get("at", "2026-10-01").startswith("2026-10-01") for cells in new)
    assert KIT.id not in caplog.text


def test_no_sealed_cell_says_in_which_second_it_was_closed(service: Workbook) -> None:
    """W9: the time in the token, beside who was signed in then, would say who wrote it."""
    answers.give(wmtd.as_(KIT, service), {"side": "supporter", "words": "Nobody listens."})
    told = json.dumps(_everything(service))
    tokens = re.findall(r"sealed:([\w=-]+)", told)
    assert tokens
    assert {int.from_bytes(base64.urlsafe_b64decode(token)[1:9]) for token in tokens} == {0}


def test_the_same_words_sent_by_two_people_leave_the_same_trace(service: Workbook) -> None:
    """Neither the key nor the digest is made of whoever sends."""
    given = {"side": "supporter", "words": "Nobody listens."}
    for who in (KIT, ROO):
        answers.give(wmtd.as_(who, service), given)
    first, second = service.store.audit(2)
    assert (first["who"], first["digest"]) == (second["who"], second["digest"])
    assert first["op_id"] != second["op_id"]


def _everything(workbook: Workbook) -> list[dict[str, str]]:
    rows = workbook.store.read(*BY_TAB).rows
    assert AUDIT not in rows
    return [cells for of in rows.values() for cells in of] + list(workbook.store.audit(1000))


def test_staff_read_an_answer_and_say_what_they_did_supporters_read_none(service: Workbook) -> None:
    """RM79."""
    answers.give(wmtd.as_(ROO, service), {"side": "supportee", "words": "Kit is late."})
    clem = wmtd.emptied(service)
    (row,) = answers.listed(clem)
    assert (row["month"], answers.words(clem, row.id)) == (date(2026, 10, 1), "Kit is late.")
    answers.respond(clem, op(), row, "We spoke with every supporter.")
    assert records.view(wmtd.as_(KIT, service)).all(Answers) == []


def test_emptying_the_box_is_not_undone(service: Workbook) -> None:
    """W9, X3: what was in the box is forgotten, so undoing would leave nothing of any answer."""
    for n in range(6):
        answers.give(wmtd.as_(KIT, service), {"side": "supporter", "words": f"Thought {n}."})
    clem = wmtd.as_(CLEM, service)
    answers.empty(clem, "emptied-it")
    assert history.last_change(clem) is None
    with pytest.raises(NotYet):
        history.undo_last(clem, op(), "emptied-it")
    assert {answers.words(clem, row.id) for row in answers.listed(clem)} == {
        f"Thought {n}." for n in range(6)
    }


def test_a_cell_typed_over_in_the_box_keeps_no_other_answer_there(service: Workbook) -> None:
    """W9, X2."""
    for n in range(7):
        answers.give(wmtd.as_(KIT, service), {"side": "supporter", "words": f"Thought {n}."})
    with service.store.writer.begin() as sheet:  # type: ignore[attr-defined]
        sheet.exec_driver_sql("UPDATE Answers SET posted = 'x' WHERE _id = (SELECT min(_id) FROM Answers)")
    clem = wmtd.as_(CLEM, service)
    answers.empty(clem, op())
    assert (len(answers.listed(clem)), answers.in_the_box(clem)) == (6, 1)


def test_an_empty_answer_is_refused_and_leaves_nothing(service: Workbook) -> None:
    before = service.store.number()
    with pytest.raises(InvalidEntry, match="scales is needed"):
        answers.give(wmtd.as_(KIT, service), {"side": "supporter"})
    assert service.store.number() == before


# --- supervision, training, policies, setting up (W5, W6, W7, W12) ---------------------------------


def test_supervision_is_by_staff_and_a_young_coordinator_opens_neither_notes_nor_concerns(
    service: Workbook,
) -> None:
    """W6."""
    clem, yaz = wmtd.as_(CLEM, service), wmtd.as_(YAZ, service)
    given = {"held_on": date(2026, 10, 6), "title": "Individual supervision", "notes": "Kit is tired."}
    ((_, cells),) = supervision.record(clem, op(), given, [KIT.mentor]).saved
    assert supervision.notes(clem, cells["_id"]) == "Kit is tired."
    for deed in (
        lambda: supervision.notes(yaz, cells["_id"]),
        lambda: supervision.listed(yaz),
        lambda: supervision.record(yaz, op(), given, [KIT.mentor]),
        lambda: concerns.listed(yaz),
        lambda: supervision.notes(wmtd.as_(KIT, service), cells["_id"]),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert access.may(yaz, "pairs.edit")


def test_a_safeguarding_duty_written_by_hand_opens_no_concern_to_a_young_coordinator(
    service: Workbook,
) -> None:
    """W6, W10."""
    row = wmtd.CAST.row_of(service, People, YAZ.id)
    concerns.raise_one(wmtd.as_(KIT, service), op(), {"about": "Lou", "words": "I am worried."})
    yaz = wmtd.as_(people.actor_of(Row(row, duty="deputy")), service)
    with pytest.raises(NotAllowed):
        concerns.listed(yaz)
    assert records.view(yaz).all(Concerns) == []


def test_who_came_to_what_makes_the_training_whole(service: Workbook) -> None:
    """W5: Bo comes to everything on two dates, then to a third two weeks on."""
    clem = wmtd.as_(CLEM, service)
    course = wmtd.CAST.row_of(service, Courses, COURSE_ID)
    first, second, third = courses.days_of(course)
    for day, elements in ((first, course["covers"][:4]), (second, course["covers"][4:])):
        courses.attended(clem, op(), course, day, elements, [UNTRAINED_ID])
    assert courses.lacking(clem.programme, records.view(clem), UNTRAINED_ID, wmtd.TODAY) == (courses.SPREAD,)
    courses.attended(clem, op(), course, third, course["covers"][:1], [UNTRAINED_ID])
    again = courses.attended(clem, op(), course, third, course["covers"][:1], [UNTRAINED_ID])
    assert again.saved == (), "whoever is noted stays noted once"
    assert courses.require_done(clem, UNTRAINED_ID).done_on == third


def test_a_course_has_real_days_and_covers_what_is_noted(service: Workbook) -> None:
    clem, course = wmtd.as_(CLEM, service), wmtd.CAST.row_of(service, Courses, COURSE_ID)
    with pytest.raises(InvalidEntry, match="no day that reads “soon”"):
        courses.save(clem, op(), {"name": "Autumn", "held_on": ("soon",)})
    with pytest.raises(InvalidEntry, match="not one of the course's days"):
        courses.attended(clem, op(), course, date(2026, 3, 3), course["covers"], [UNTRAINED_ID])


def test_a_supporter_acknowledges_each_policy_once(service: Workbook) -> None:
    """W7."""
    wmtd.CAST.put(
        service, "Mentors", "MEN-NEWCQM", name="Ola Reed", status="approved", recruited_on=date(2026, 9, 1)
    )
    ola = wmtd.as_(type(KIT)("PER-NEWCQM", "Ola Reed", KIT.role, "ola@example.org", "MEN-NEWCQM"), service)
    assert len(policies.own_unread(ola)) == 4
    policies.acknowledge(ola, op(), "confidentiality")
    policies.acknowledge(ola, op(), "confidentiality")
    assert len(records.view(ola).where(Checks, "mentor", "MEN-NEWCQM")) == 1
    assert "confidentiality" not in policies.own_unread(ola)
    with pytest.raises(InvalidEntry):
        policies.acknowledge(ola, op(), "parking")


def test_a_stage_is_agreed_by_both_and_only_what_was_decided_is_agreed(service: Workbook) -> None:
    """W12."""
    clem = wmtd.as_(CLEM, service)
    with pytest.raises(InvalidEntry, match="What was decided is needed"):
        setting_up.save(clem, op(), "Matching", {"agreed_staff_on": date(2026, 10, 1)})
    given = {"decided": "Forms, then a chaired meeting", "agreed_young_on": date(2026, 10, 1)}
    ((_, cells),) = setting_up.save(clem, op(), "Matching", given).saved
    shown = wmtd.CAST.row_of(service, SetUp, cells["_id"])
    setting_up.save(clem, op(), "Matching", {"agreed_staff_on": date(2026, 10, 2)}, shown)
    assert [each.name for each in setting_up.listed(clem) if each.is_agreed] == ["Matching"]


def test_the_answer_is_dated_to_the_beginning_of_the_month_in_the_reader_s_list(service: Workbook) -> None:
    late = wmtd.as_(KIT, service, now=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    answers.give(late, {"side": "supporter", "useful": Decimal(5)})
    (row,) = answers.listed(wmtd.emptied(service))
    assert row["month"] == date(2026, 10, 1)
